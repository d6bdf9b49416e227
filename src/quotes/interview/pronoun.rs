//! Pronouns of the third person -> whom they stand for.
//!
//! Input: a token; output: the sex and number that it shows, and the person before it who agrees with them. Invariant: nobody further
//! back than a few sentences.

use crate::document::{EntityType, Mention, Sex};
use crate::morph::{Case, Number};
use crate::view::View;
use crate::words::WordId;

/// Sentences in which a pronoun looks back.
const SENTENCES_BACK: usize = 5;

/// The person that a pronoun at token `at` stands for: of the persons and positions before it that agree with `sex`, in its own
/// sentence or one of the few before, those in the nominative first, then the nearest. Plural pronouns have no antecedent here.
pub(super) fn antecedent(
    view: &View<'_>,
    at: usize,
    sex: Option<Sex>,
    number: Number,
) -> Option<u32> {
    if number == Number::Plural {
        return None;
    }
    let doc = view.doc;
    let token = doc.tokens.get(at)?;
    let here = doc.sentence_at(token.span.start())?;
    for back in 0..=SENTENCES_BACK.min(here) {
        let sentence = &doc.sentences[here - back];
        let end = if back == 0 {
            at as u32
        } else {
            sentence.tokens.end
        };
        let first = doc
            .mentions
            .partition_point(|m| m.tokens.start < sentence.tokens.start);
        let mut best: Option<((bool, bool, u32), u32)> = None;
        for m in doc.mentions[first..]
            .iter()
            .take_while(|m| m.tokens.start < end)
        {
            if m.tokens.end > end || !matches!(m.kind, EntityType::Person | EntityType::Position) {
                continue;
            }
            let Some(entity) = m.entity else { continue };
            let known = doc.entities[entity as usize].sex;
            if sex.is_some() && known.is_some() && sex != known {
                continue;
            }
            let subject = is_nominative(view, m);
            // The subject of the sentence before is its first nominative; in one's own sentence the nearest counts.
            let near = if back == 0 {
                m.tokens.start
            } else {
                u32::MAX - m.tokens.start
            };
            let rank = (subject, sex.is_some() && known == sex, near);
            if best.is_none_or(|(b, _)| rank > b) {
                best = Some((rank, entity));
            }
        }
        if let Some((_, entity)) = best {
            return Some(entity);
        }
    }
    None
}

/// Whether a mention may stand in the nominative.
fn is_nominative(view: &View<'_>, m: &Mention) -> bool {
    let mut words = m
        .tokens
        .range()
        .filter(|&i| view.word(i) != WordId::NONE)
        .map(|i| view.readings(i))
        .filter(|readings| !readings.is_empty())
        .peekable();
    words.peek().is_none()
        || words.all(|readings| {
            readings
                .iter()
                .any(|r| r.tag.case == Case::Nominative || r.tag.indeclinable)
        })
}
