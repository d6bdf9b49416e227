//! Who speaks in the turns of an interview and in lines of dialogue that name nobody.
//!
//! Input: the turns in the order of the text and the quotes with the speakers that attributions gave; output: the same quotes,
//! with speakers by label (a name, initials, an outlet, «Вопрос», «Ответ»), by the person whom the interview is with, and by who
//! spoke before in a dialogue. An interviewer whom no label names stays without a speaker.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::dictionary::Entries;
use crate::document::{
    BlockKind, Document, EntityType, Mention, Quote, QuoteKind, Sex, Speaker, TokenRange,
};
use crate::morph::{Case, Number};
use crate::resolve::reference::antecedent;
use crate::segment::{Gap, TokenKind};
use crate::span::Span;

use super::cues::Function;
use super::labels::Label;
use super::marks::Paragraph;
use super::types::Setting;
use super::view::View;
use super::words::ClauseFacts;

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
        let voice = match (turn.setting, turn.label) {
            (Setting::Dash, _) if turn.attributed && quote.cue.is_none() => {
                named_between(view, quote).map_or(Voice::Keep, Voice::Speaker)
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
                voice.clone().at(span)
            }
            (Setting::Dash, _) if turn.attributed => Voice::Keep,
            // «Он помолчал и спросил:» on the line before.
            (Setting::Dash, _) if quote.speaker.is_some() && quote.cue.is_some() => Voice::Keep,
            (Setting::Dash, _) if interview && asking[index] => Voice::Nobody,
            (Setting::Dash, _) if interview => {
                guest.map_or(Voice::Nobody, |g| Voice::Speaker(of_entity(doc, g, None)))
            }
            (Setting::Dash, _) => in_dialogue(turn, &spoken, &quotes[..at]),
            _ => Voice::Keep,
        };
        let quote = &mut quotes[at];
        match voice {
            Voice::Keep => {}
            Voice::Nobody => {
                quote.speaker = None;
                quote.cue = None;
            }
            Voice::Speaker(speaker) => {
                quote.speaker = Some(speaker);
                quote.cue = None;
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

/// A line of dialogue with who speaks it; nobody where none can be told.
struct Line {
    asks: bool,
    tokens: TokenRange,
    speaker: Option<Speaker>,
}

/// Lines of an interview that are the interviewer's. Those of one run take turns: the ones that mostly ask are questions, also
/// where one ends in a full stop («Расскажите о школе.»); a line by itself asks where it ends in a question mark.
fn asking(turns: &[Turn]) -> Vec<bool> {
    let mut asking: Vec<bool> = turns.iter().map(|t| t.asks).collect();
    let mut start = 0;
    while start < turns.len() {
        let mut end = start + 1;
        while end < turns.len() && follows(turns[end - 1].tokens, turns[end].tokens) {
            end += 1;
        }
        let run = &turns[start..end];
        // Lines at even and at odd places that ask.
        let [mut even, mut odd] = [0usize; 2];
        for (i, _) in run.iter().enumerate().filter(|(_, t)| t.asks) {
            if i % 2 == 0 {
                even += 1;
            } else {
                odd += 1;
            }
        }
        let (most, least) = (even.max(odd), even.min(odd));
        let plain = run
            .iter()
            .all(|t| t.setting == Setting::Dash && !t.attributed);
        if plain && run.len() >= 4 && most >= 2 && least * 3 <= most && most * 4 >= run.len() {
            for (i, asks) in asking[start..end].iter_mut().enumerate() {
                *asks = (i % 2 == 0) == (even > odd);
            }
        }
        start = end;
    }
    asking
}

/// Whether nothing of the narrator's stands between two lines.
fn follows(before: TokenRange, line: TokenRange) -> bool {
    before.end == line.start
}

/// Speakers of direct quotations that nothing beside them names: set apart in a paragraph of their own they go on with the
/// speech of the paragraph before, or are introduced there («Его речь приводим:»); in a headline they are the main speaker's.
pub(super) fn settle_unattributed(
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
            *main.get_or_insert_with(|| main_speaker(doc, quotes))
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
            match last {
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
            }
        } else if !whole {
            subject_before(view, start)
        } else {
            None
        };
        if let Some(entity) = found {
            let quote = &mut quotes[i];
            quote.speaker = Some(of_entity(doc, entity, None));
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
    if view.kind(mark) != TokenKind::Quote || view.token(mark)?.gap >= Gap::Line {
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
    let at = doc
        .mentions
        .partition_point(|m| m.tokens.start < sentence.start);
    let persons = || {
        doc.mentions[at..]
            .iter()
            .take_while(|m| m.tokens.start < sentence.end)
            .filter(|m| m.kind == EntityType::Person)
    };
    let first = sentence.start as usize;
    if let Some(sex) = pronoun(view, first) {
        return persons()
            .next()
            .is_none()
            .then(|| antecedent(view.scratch, doc, first, Some(sex), Number::Singular))
            .flatten();
    }
    let mention = persons().next()?;
    // «Директор Ибраева», “The governor, Vusala Rzayeva”: nothing but a title stands before the name.
    let title = doc.mentions[at..]
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
    let at = doc
        .mentions
        .partition_point(|m| m.tokens.start < tokens.start);
    let mut persons = doc.mentions[at..]
        .iter()
        .take_while(|m| m.tokens.start < tokens.end)
        .filter(|m| m.kind == EntityType::Person)
        .filter_map(|m| m.entity);
    let first = persons.next()?;
    let speaks = tokens.range().any(|i| {
        view.speech(i)
            || view.clause(i).has(ClauseFacts::VERBATIM)
            || view.cue(i).function.any(Function::DOCUMENT)
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

/// Lines of a dialogue, and quotations before it, within which somebody named still answers.
const REMEMBERED: usize = 12;

/// A line without attribution. Where two spoke in the lines right before it, they take turns. Else a question breaks in from
/// outside, and what follows a question answers it: the one who spoke before the question, if the question is not that one's own.
fn in_dialogue(turn: &Turn, spoken: &[Line], quotes: &[Quote]) -> Voice {
    let silent = |speaker: &Speaker| {
        Voice::Speaker(Speaker {
            span: None,
            ..speaker.clone()
        })
    };
    let Some(last) = spoken.last() else {
        return Voice::Nobody;
    };
    if let [.., other, last] = spoken
        && follows(last.tokens, turn.tokens)
        && follows(other.tokens, last.tokens)
        && let (Some(a), Some(b)) = (&other.speaker, &last.speaker)
        && a.name != b.name
    {
        return silent(a);
    }
    if turn.asks || !last.asks {
        return Voice::Nobody;
    }
    let asker = last.speaker.as_ref();
    let other = |speaker: &&Speaker| asker.is_none_or(|b| b.name != speaker.name);
    let answers = spoken
        .iter()
        .rev()
        .skip(1)
        .take(REMEMBERED)
        .filter_map(|line| line.speaker.as_ref())
        .find(other);
    // Somebody named asks whom the page has quoted before.
    let quoted = || {
        quotes
            .iter()
            .rev()
            .take(REMEMBERED)
            .filter(|q| q.kind == QuoteKind::Direct)
            .filter_map(|q| q.speaker.as_ref())
            .find(other)
    };
    answers
        .or_else(|| asker.and_then(|_| quoted()))
        .map_or(Voice::Nobody, silent)
}

/// Tokens of a question within which its addressee is named: «Анна Львовна, когда …».
const ADDRESS: u32 = 5;

/// The person whom an interview is with: of those whom the article names before its first turn, or questions call by name, the
/// one named most, the first of them. Journalists and the authors of pictures are not.
fn guest(doc: &Document, entries: &Entries, turns: &[Turn]) -> Option<u32> {
    let first = turns.first()?.tokens.start;
    let mut counts = vec![0u32; doc.entities.len()];
    let mut order: Vec<u32> = Vec::new();
    let journalist = |m: &Mention| {
        m.id.as_deref()
            .and_then(|id| entries.by_id(id))
            .is_some_and(|(_, entry)| &*entry.class == "media")
    };
    let journalists: Vec<u32> = doc
        .mentions
        .iter()
        .filter(|m| m.kind == EntityType::Position && journalist(m))
        .filter_map(|m| doc.mentions[m.holder? as usize].entity)
        .collect();
    let article = |m: &&Mention| {
        m.kind == EntityType::Person
            && doc.block_at(m.span.start()).is_some_and(|b| {
                matches!(
                    doc.blocks[b].kind,
                    BlockKind::Title | BlockKind::Body | BlockKind::Heading
                )
            })
    };
    let lead = doc.mentions.iter().take_while(|m| m.tokens.start < first);
    let called = turns.iter().filter(|t| t.asks).flat_map(|t| {
        let at = doc
            .mentions
            .partition_point(|m| m.tokens.start < t.tokens.start);
        doc.mentions[at..]
            .iter()
            .take_while(|m| m.tokens.start < t.tokens.start + ADDRESS)
    });
    for entity in lead.chain(called).filter(article).filter_map(|m| m.entity) {
        if journalists.contains(&entity) {
            continue;
        }
        if counts[entity as usize] == 0 {
            order.push(entity);
        }
        counts[entity as usize] += 1;
    }
    let most = counts.iter().copied().max()?;
    order
        .into_iter()
        .find(|&entity| counts[entity as usize] == most)
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
    if !view.lower(verb) || view.kind(name) != TokenKind::Word || view.lower(name) {
        return None;
    }
    let end = (name..between.end as usize)
        .find(|&i| view.kind(i) != TokenKind::Word || view.lower(i))
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

fn of_entity(doc: &Document, entity: u32, label: Option<Span>) -> Speaker {
    let known = &doc.entities[entity as usize];
    Speaker {
        span: label,
        entity: Some(entity),
        name: known.name.clone(),
        sex: known.sex,
        role: known.role.clone(),
        unnamed: false,
    }
}

fn by_label(view: &View<'_>, label: Label, guest: Option<u32>) -> Voice {
    let doc = view.doc;
    let aside = label.aside;
    let label = label.name;
    let Some(span) = view.span(label) else {
        return Voice::Nobody;
    };
    let first = view.clause(label.start as usize);
    if label.len() == 1 || view.stop(label.start as usize + 1) {
        if first.has(ClauseFacts::QUESTION) {
            return asker(view, aside).map_or(Voice::Nobody, Voice::Speaker);
        }
        if first.has(ClauseFacts::ANSWER) {
            return guest.map_or(Voice::Nobody, |g| Voice::Speaker(of_entity(doc, g, None)));
        }
    }
    let text = span.slice(&doc.text);
    let at = doc
        .mentions
        .partition_point(|m| m.tokens.start < label.start);
    let mention = doc.mentions[at..]
        .iter()
        .take_while(|m| m.tokens.start < label.end)
        .find(|m| m.kind == EntityType::Person && m.tokens.end <= label.end || m.tokens == label)
        .and_then(|m| m.entity);
    let entity = by_initials(doc, text)
        .or_else(|| by_word(doc, text))
        .or(mention);
    if let Some(entity) = entity {
        return Voice::Speaker(of_entity(doc, entity, Some(span)));
    }
    // «Корреспондент»: a common noun is no name.
    let common = label.len() == 1
        && view
            .readings(label.start as usize)
            .first()
            .is_some_and(|r| r.tag.pos == crate::morph::Pos::Noun && !r.guessed);
    let name = if common {
        text.to_lowercase()
    } else {
        text.to_owned()
    };
    Voice::Speaker(Speaker {
        span: Some(span),
        entity: None,
        name,
        ..Speaker::default()
    })
}

/// Who asks, as the bracket behind «Вопрос» says: a person, else an outlet.
fn asker(view: &View<'_>, aside: TokenRange) -> Option<Speaker> {
    let doc = view.doc;
    let at = doc
        .mentions
        .partition_point(|m| m.tokens.start < aside.start);
    let inside = || {
        doc.mentions[at..]
            .iter()
            .take_while(|m| m.tokens.end <= aside.end)
    };
    let mention = inside()
        .find(|m| m.kind == EntityType::Person)
        .or_else(|| inside().find(|m| m.kind == EntityType::Organisation));
    if let Some(mention) = mention {
        return Some(of_entity(doc, mention.entity?, Some(mention.span)));
    }
    // «сайт «Озеро.инфо»»: the name in marks.
    let mut marks = aside.range().filter(|&i| view.kind(i) == TokenKind::Quote);
    let (open, close) = (marks.next()?, marks.next_back()?);
    let span = view.span(TokenRange::new(open + 1, close))?;
    Some(Speaker {
        span: Some(span),
        name: span.slice(&doc.text).to_owned(),
        ..Speaker::default()
    })
}

/// «З. К.»: the person whose name has these initials, in this order or turned round.
fn by_initials(doc: &Document, label: &str) -> Option<u32> {
    let letters: Vec<char> = label
        .split(|c: char| c == '.' || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .map(|w| (w.chars().count() == 1).then(|| w.chars().next()).flatten())
        .collect::<Option<_>>()?;
    if letters.len() < 2 {
        return None;
    }
    persons(doc).find(|&i| {
        let mut own: Vec<char> = doc.entities[i as usize]
            .name
            .split_whitespace()
            .filter_map(|w| w.chars().next())
            .collect();
        let same = own == letters;
        own.reverse();
        same || own == letters
    })
}

/// A word of the label that is the last word of one person's or organisation's fullest name, or the whole of it.
fn by_word(doc: &Document, label: &str) -> Option<u32> {
    // «ЛУНИН:» is Пётр Лунин.
    let shouted = label.chars().count() > 1 && !label.chars().any(char::is_lowercase);
    let lower = label.to_lowercase();
    let same = |word: &str| word == label || shouted && word.to_lowercase() == lower;
    let one = label.split_whitespace().count() == 1;
    let fits = |i: &u32| {
        let entity = &doc.entities[*i as usize];
        let name = &entity.name;
        same(name)
            || entity.kind == EntityType::Person
                && one
                && name.contains(' ')
                && name.split_whitespace().any(same)
    };
    let mut all = (0u32..).take(doc.entities.len()).filter(fits);
    // The fullest name wins over the bare label.
    let first = all.next()?;
    let longest = std::iter::once(first)
        .chain(all)
        .max_by_key(|&i| (doc.entities[i as usize].name.len(), std::cmp::Reverse(i)))?;
    Some(longest)
}

fn persons(doc: &Document) -> impl Iterator<Item = u32> + '_ {
    (0u32..)
        .zip(&doc.entities)
        .filter(|(_, e)| e.kind == EntityType::Person)
        .map(|(i, _)| i)
}
