//! Who speaks in the turns of an interview and in lines of dialogue that name nobody.
//!
//! Input: the turns in the order of the text and the quotes with the speakers that attributions gave; output: the same quotes.
//! Here is settled what tells the speaker of each turn: [`label`] (a name, initials, an outlet, «Вопрос», «Ответ»), [`mod@guest`], the
//! person whom the interview is with, or [`dialogue`], who spoke before; [`unattributed`] has quotations that are no turns. An
//! interviewer whom no label names stays without a speaker.

mod dialogue;
mod guest;
mod label;
mod pronoun;
mod unattributed;

pub(super) use unattributed::settle_unattributed;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::labels::Label;
use crate::dictionary::Entries;
use crate::document::TokenKind;
use crate::document::{Document, EntityType, Quote, Rule, Speaker, TokenRange};
use crate::language::types::Setting;
use crate::span::Span;
use crate::view::View;
use dialogue::{Line, asking, in_dialogue};
use guest::guest;
use label::{by_label, by_word};

/// A turn or line of speech that the layout sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// First byte of its words.
    pub start: u32,
    /// First token of its line, and one past the last.
    pub tokens: TokenRange,
    /// How it is set off.
    pub setting: Setting,
    /// The label before it.
    pub label: Option<Label>,
    /// An attribution stands inside it.
    pub attributed: bool,
    /// Ends in a question mark.
    pub asks: bool,
}

/// What a label or a line says of who speaks.
#[derive(Clone, Debug, PartialEq)]
enum Voice {
    /// Leave what attributions gave.
    Keep,
    /// Nobody is named.
    Nobody,
    /// This one.
    Speaker(Speaker),
}

impl Voice {
    /// The same where the label stands at `span`.
    fn at(mut self, span: Span) -> Self {
        if let Voice::Speaker(speaker) = &mut self
            && speaker.span.is_some_and(|s| s.len() == span.len())
        {
            speaker.span = Some(span);
        }
        self
    }
}

/// Lines without attribution that make a dialogue an interview.
const QUESTIONS: usize = 3;

/// Sets the speakers of `quotes`, which are ordered by start, where `turns` tell.
pub(super) fn settle(view: &View<'_>, entries: &Entries, turns: &[Turn], quotes: &mut [Quote]) {
    if turns.is_empty() {
        return;
    }
    let doc = view.doc;
    let questions = turns
        .iter()
        .filter(|t| t.setting == Setting::Dash && t.asks && !t.attributed)
        .count();
    let attributed = turns
        .iter()
        .filter(|t| t.setting == Setting::Dash && t.attributed)
        .count();
    let interview = questions >= QUESTIONS && attributed * 2 <= questions;
    let asking = if interview { asking(turns) } else { Vec::new() };
    let guest = guest(doc, entries, turns);
    let mut spoken: Vec<Line> = Vec::new();
    // Whom each label means is found out once: a long interview has few.
    let mut labels: HashMap<&str, Voice, FxBuildHasher> = HashMap::default();
    for (index, turn) in turns.iter().enumerate() {
        let Ok(at) = quotes.binary_search_by_key(&turn.start, |q| q.spans[0].start) else {
            continue;
        };
        let quote = &quotes[at];
        let (rule, voice) = match (turn.setting, turn.label) {
            (Setting::Dash, _) if turn.attributed && quote.cue.is_none() => {
                let between = named_between(view, quote).map_or(Voice::Keep, Voice::Speaker);
                (Rule::SpeakerBetween, between)
            }
            (Setting::Turn | Setting::Block, Some(label)) => {
                let span = view.span(label.name).unwrap_or_default();
                let whole = view
                    .span(TokenRange {
                        start: label.name.start,
                        end: label.speech,
                    })
                    .unwrap_or_default();
                let voice = labels
                    .entry(whole.slice(&doc.text))
                    .or_insert_with(|| by_label(view, label, guest));
                (Rule::SpeakerLabel, voice.clone().at(span))
            }
            (Setting::Dash, _) if turn.attributed => (Rule::SpeakerBetween, Voice::Keep),
            // «Он помолчал и спросил:» on the line before.
            (Setting::Dash, _) if quote.speaker.is_some() && quote.cue.is_some() => {
                (Rule::SpeakerDialogue, Voice::Keep)
            }
            (Setting::Dash, _) if interview && asking[index] => (Rule::SpeakerGuest, Voice::Nobody),
            (Setting::Dash, _) if interview => {
                let guest = guest.map(|g| Voice::Speaker(of_entity(doc, g, None)));
                (Rule::SpeakerGuest, guest.unwrap_or(Voice::Nobody))
            }
            (Setting::Dash, _) => {
                let dialogue = in_dialogue(turn, &spoken, &quotes[..at]);
                (Rule::SpeakerDialogue, dialogue)
            }
            _ => (Rule::SpeakerDialogue, Voice::Keep),
        };
        let quote = &mut quotes[at];
        match voice {
            Voice::Keep => {}
            Voice::Nobody => {
                quote.speaker = None;
                quote.cue = None;
                quote.attribution = None;
            }
            Voice::Speaker(speaker) => {
                quote.speaker = Some(Speaker {
                    rule: Some(rule),
                    ..speaker
                });
                quote.cue = None;
                quote.attribution = None;
            }
        }
        if turn.setting == Setting::Dash {
            spoken.push(Line {
                asks: turn.asks,
                tokens: turn.tokens,
                speaker: quote.speaker.clone(),
            });
        }
    }
}

/// The person named between the first two parts of a quotation, where a verb that is no cue stands («смущается повар …»,
/// “corrects Declan”).
fn named_between(view: &View<'_>, quote: &Quote) -> Option<Speaker> {
    let doc = view.doc;
    let [first, second, ..] = quote.spans.as_slice() else {
        return None;
    };
    let at = doc.mentions.partition_point(|m| m.span.start < first.end);
    let mention = doc.mentions[at..]
        .iter()
        .take_while(|m| m.span.end <= second.start)
        .find(|m| m.kind == EntityType::Person);
    if let Some(mention) = mention {
        return Some(of_entity(doc, mention.entity?, Some(mention.span)));
    }
    // A name that nobody marked: verb and capital.
    let between = doc.tokens_in(Span {
        start: first.end,
        end: second.start,
    });
    let verb = between.range().find(|&i| view.kind(i) == TokenKind::Word)?;
    let name = verb + 1;
    if !view.is_lower(verb) || view.kind(name) != TokenKind::Word || view.is_lower(name) {
        return None;
    }
    let end = (name..between.end as usize)
        .find(|&i| view.kind(i) != TokenKind::Word || view.is_lower(i))
        .unwrap_or(between.end as usize);
    let span = view.span(TokenRange::new(name, end))?;
    let text = span.slice(&doc.text);
    Some(match by_word(doc, text) {
        Some(entity) => of_entity(doc, entity, Some(span)),
        None => Speaker {
            span: Some(span),
            name: text.to_owned(),
            ..Speaker::default()
        },
    })
}

/// An entity as a speaker, named at `label`.
fn of_entity(doc: &Document, entity: u32, label: Option<Span>) -> Speaker {
    let known = &doc.entities[entity as usize];
    Speaker {
        span: label,
        entity: Some(entity),
        name: known.name.clone(),
        sex: known.sex,
        role: known.role.clone(),
        unnamed: false,
        rule: None,
    }
}
