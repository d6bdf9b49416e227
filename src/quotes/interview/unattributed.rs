//! Direct quotations that nothing beside them names: whose are they?
//!
//! Input: quotes in order of start, paragraphs and turns; output: the same quotes with a speaker where the paragraph or sentence before
//! is about one person, or, in a headline, where one person says most of the text. Their confidence is low.

use super::pronoun::antecedent;
use super::{Turn, of_entity};
use crate::document::{
    BlockKind, Document, EntityType, Quote, QuoteKind, Rule, Sex, Speaker, TokenRange,
};
use crate::document::{Gap, TokenKind};
use crate::language::types::Setting;
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::Function;
use crate::morph::{Case, Number};
use crate::quotes::marks::Paragraph;
use crate::view::View;

/// Speakers of direct quotations that nothing beside them names: set apart in a paragraph of their own they go on with the
/// speech of the paragraph before, or are introduced there («Его речь приводим:»); in a headline they are the main speaker's.
pub(in crate::quotes) fn settle_unattributed(
    view: &View<'_>,
    paragraphs: &[Paragraph],
    turns: &[Turn],
    quotes: &mut [Quote],
) {
    let doc = view.doc;
    let mut main = None;
    for i in 0..quotes.len() {
        let quote = &quotes[i];
        if quote.kind != QuoteKind::Direct || quote.speaker.is_some() || quote.cue.is_some() {
            continue;
        }
        let (start, end) = (quote.spans[0].start, quote.spans[quote.spans.len() - 1].end);
        let turn = turns.binary_search_by_key(&start, |t| t.start).ok();
        if turn.is_some_and(|t| turns[t].setting != Setting::Block) {
            continue;
        }
        let at =
            paragraphs.partition_point(|p| doc.tokens[p.tokens.start as usize].span.start <= start);
        let Some(index) = at.checked_sub(1) else {
            continue;
        };
        let Some(own) = view.span(paragraphs[index].tokens) else {
            continue;
        };
        // Marks and a full stop may stand around the words.
        const AROUND: u32 = 6;
        let whole = start <= own.start + AROUND && end + AROUND >= own.end;
        let title = doc
            .block_at(start as usize)
            .is_some_and(|b| doc.blocks[b].kind == BlockKind::Title);
        let found = if title {
            (main.get_or_insert_with(|| main_speaker(doc, quotes))).map(|e| (Rule::SpeakerMain, e))
        } else if whole && index > 0 {
            let Some(before) = view.span(paragraphs[index - 1].tokens) else {
                continue;
            };
            let last = quotes[..i]
                .iter()
                .rev()
                .find(|q| q.kind == QuoteKind::Direct)
                .filter(|q| {
                    let (s, e) = (q.spans[0].start, q.spans[q.spans.len() - 1].end);
                    s <= before.start + AROUND && e + AROUND >= before.end
                });
            let found = match last {
                Some(last) => last.speaker.as_ref().and_then(|s| s.entity),
                None => introduced(view, paragraphs[index - 1].tokens).or_else(|| {
                    // «Ещё одно место из письма:» — the writer of the block before.
                    let before = turn?.checked_sub(1)?;
                    let start = turns[before].start;
                    let i = quotes
                        .binary_search_by_key(&start, |q| q.spans[0].start)
                        .ok()?;
                    quotes[i].speaker.as_ref().and_then(|s| s.entity)
                }),
            };
            found.map(|e| (Rule::SpeakerParagraphBefore, e))
        } else if !whole {
            subject_before(view, start).map(|e| (Rule::SpeakerSentenceBefore, e))
        } else {
            None
        };
        if let Some((rule, entity)) = found {
            let quote = &mut quotes[i];
            quote.speaker = Some(Speaker {
                rule: Some(rule),
                ..of_entity(doc, entity, None)
            });
            quote.confidence = quote.confidence.min(0.6);
        }
    }
}

/// The person whom the sentence before a quotation is about: «Ибраева водопроводу не верит. «Мне шестьдесят, я посижу у колодца».»
/// It names nobody else, begins with the name or a pronoun, and has no words in marks of its own.
fn subject_before(view: &View<'_>, start: u32) -> Option<u32> {
    let doc = view.doc;
    // The mark opens the sentence of its words, or stands right before it.
    let words = doc.tokens.partition_point(|t| t.span.start < start);
    let mark = words.checked_sub(1)?;
    if view.kind(mark) != TokenKind::Quote || view.get(mark)?.gap >= Gap::Line {
        return None;
    }
    let before = doc.tokens.get(mark.checked_sub(1)?)?;
    let sentence = doc.sentences[doc.sentence_at(before.span.start())?].tokens;
    let narrated = sentence.end as usize == mark
        && before.kind == TokenKind::Stop
        && sentence.range().all(|i| view.kind(i) != TokenKind::Quote);
    if !narrated {
        return None;
    }
    let within = doc.mentions_from(sentence.start as usize);
    let persons = || {
        within
            .iter()
            .take_while(|m| m.tokens.start < sentence.end)
            .filter(|m| m.kind == EntityType::Person)
    };
    let first = sentence.start as usize;
    if let Some(sex) = pronoun(view, first) {
        return persons()
            .next()
            .is_none()
            .then(|| antecedent(view, first, Some(sex), Number::Singular))
            .flatten();
    }
    let mention = persons().next()?;
    // «Директор Ибраева», “The governor, Vusala Rzayeva”: nothing but a title stands before the name.
    let title = within
        .iter()
        .take_while(|m| m.tokens.start < mention.tokens.start)
        .any(|m| m.kind == EntityType::Position && m.tokens.end + 1 >= mention.tokens.start);
    let opens = mention.tokens.start == sentence.start
        || title && mention.tokens.start <= sentence.start + 6;
    let nominative = mention.tokens.range().all(|i| {
        let readings = view.readings(i);
        readings.is_empty() || readings.iter().any(|r| r.tag.case == Case::Nominative)
    });
    let genitive = view
        .text(mention.tokens.end as usize)
        .starts_with(['\'', '’']);
    (opens && nominative && !genitive && persons().all(|m| m.entity == mention.entity))
        .then_some(mention.entity)
        .flatten()
}

/// The sex of «он», “she”.
fn pronoun(view: &View<'_>, i: usize) -> Option<Sex> {
    match view.text(i) {
        "Он" | "He" => Some(Sex::Male),
        "Она" | "She" => Some(Sex::Female),
        _ => None,
    }
}

/// The only person whom a paragraph names, where it speaks of speech or of a text.
fn introduced(view: &View<'_>, tokens: TokenRange) -> Option<u32> {
    let doc = view.doc;
    let mut persons = doc
        .mentions_from(tokens.start as usize)
        .iter()
        .take_while(|m| m.tokens.start < tokens.end)
        .filter(|m| m.kind == EntityType::Person)
        .filter_map(|m| m.entity);
    let first = persons.next()?;
    let speaks = tokens.range().any(|i| {
        view.speech(i)
            || view.clause(i).has(ClauseFacts::VERBATIM)
            || view.facts(i).function.any(Function::DOCUMENT)
    });
    (speaks && persons.all(|p| p == first)).then_some(first)
}

/// The person who says more than half of all words with a speaker: in an interview not who asks most.
fn main_speaker(doc: &Document, quotes: &[Quote]) -> Option<u32> {
    let mut bytes = vec![0usize; doc.entities.len()];
    let mut all = 0;
    for quote in quotes {
        let Some(entity) = quote.speaker.as_ref().and_then(|s| s.entity) else {
            continue;
        };
        let own: usize = quote.spans.iter().map(|s| s.len()).sum();
        all += own;
        bytes[entity as usize] += own;
    }
    (0u32..)
        .zip(bytes)
        .find(|&(entity, own)| {
            own * 2 > all && doc.entities[entity as usize].kind == EntityType::Person
        })
        .map(|c| c.0)
}
