//! Mentions of people -> the readings of their names: the words in the nominative, the sex that they show, the likeliest first.
//!
//! What stands around a name is asked of [`context`], what its words may be of the morphology; names that no thread has read before
//! alone cost time. Names of the dictionaries have no readings: their nominative is known.

use std::sync::Arc;

use super::words::{Word, parts};
use crate::dictionary::names::NameFlags;
use crate::document::TokenKind;
use crate::document::{Document, EntityType, Sex};
use crate::letters::folded;
use crate::morph::{Case, CaseSet, NameContext, NamePart, NameWord};
use crate::resolve::context;
use crate::resolve::given::Given;
use crate::resolve::known::{NameCache, Reading};

/// A mention's words with the readings of its name.
#[derive(Default)]
pub(super) struct Found {
    pub(super) words: Vec<Word>,
    pub(super) readings: Option<Arc<[Reading]>>,
    pub(super) context: NameContext,
    /// The same for mentions whose words may be forms of the same words.
    pub(super) key: u64,
}

/// Readings of the names of all mentions of people that no dictionary knows.
pub(super) fn read_all(given: &Given<'_>, doc: &Document, cache: &mut NameCache) -> Vec<Found> {
    let mut all = Vec::with_capacity(doc.mentions.len());
    for (i, mention) in doc.mentions.iter().enumerate() {
        let mut found = Found::default();
        if mention.kind == EntityType::Person {
            found.words = parts(given, doc, mention.tokens);
            if given.names.get(i).copied().flatten().is_none() {
                found.context = context::of_name(given, doc, i);
                if found.context == NameContext::default()
                    && let Some(cases) = beside(given, doc, &all, i)
                {
                    found.context.cases = cases;
                }
                found.key = found.words.iter().fold(found.words.len() as u64, |key, w| {
                    let word = given.known.at(w.token).key();
                    (key.rotate_left(13) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
                });
                let words = &found.words;
                found.readings = Some(readings(given, doc, i, words, found.context, cache));
            }
        }
        all.push(found);
    }
    all
}

/// The cases of the name before mention `i` where only a comma or «и» stands between: members of a list agree.
fn beside(given: &Given<'_>, doc: &Document, before: &[Found], i: usize) -> Option<CaseSet> {
    let last = &doc.mentions[i.checked_sub(1)?];
    let (end, start) = (
        last.tokens.end as usize,
        doc.mentions[i].tokens.start as usize,
    );
    let [between] = doc.tokens.get(end..start)? else {
        return None;
    };
    let joined = between.kind == TokenKind::Comma || between.span.slice(&doc.text) == "и";
    let found = before.last()?;
    let reading = found.readings.as_ref()?.first()?;
    if !joined {
        return None;
    }
    let mut cases = CaseSet::ALL;
    for (word, nominative) in found.words.iter().zip(&reading.words) {
        if !word.initial {
            let form = folded(doc.tokens[word.token].span.slice(&doc.text));
            let could =
                given
                    .morphology()
                    .could_be_form_of(&folded(nominative), &form, reading.sex);
            if !could.is_empty() {
                cases = cases.common(could);
            }
        }
    }
    (!cases.is_empty()).then_some(cases)
}

/// The readings of a name: its words in the nominative, and the sex that they show; the likeliest first.
fn readings(
    given: &Given<'_>,
    doc: &Document,
    mention: usize,
    words: &[Word],
    context: NameContext,
    cache: &mut NameCache,
) -> Arc<[Reading]> {
    let tokens = doc.mentions[mention].tokens;
    let key = (context, Box::from(doc.tokens_text(tokens)));
    cache.get(key, || work_out(given, doc, words, context))
}

/// The readings of a name by its words and what those around say.
fn work_out(
    given: &Given<'_>,
    doc: &Document,
    words: &[Word],
    context: NameContext,
) -> Arc<[Reading]> {
    let text = |w: &Word| doc.tokens[w.token].span.slice(&doc.text);
    let bent: Vec<NameWord<'_>> = words
        .iter()
        .filter(|w| !w.initial)
        .inspect(|w| {
            let facts = given.known.at(w.token);
            given
                .morphology()
                .note(facts.lower(), facts.shared_readings());
        })
        .map(|w| NameWord {
            text: text(w),
            // What order alone says is no certainty.
            part: match w.part {
                NamePart::Patronymic => NamePart::Patronymic,
                part if words.len() > 1 => part,
                _ => NamePart::Unknown,
            },
        })
        .collect();
    if bent.iter().any(|w| !w.text.is_ascii()) {
        let mut all = given.morphology().name_readings_in(&bent, context);
        if all.is_empty() {
            all.push(given.morphology().nominative(&bent, None));
        }
        all.truncate(READINGS);
        all.into_iter()
            .map(|reading| {
                let mut bent = reading.words.into_iter();
                Reading {
                    words: words
                        .iter()
                        .map(|word| match word.initial {
                            true => text(word).into(),
                            false => bent.next().unwrap_or_default().into_boxed_str(),
                        })
                        .collect(),
                    sex: reading.sex,
                    score: reading.score,
                    nominative: reading.case == Case::Nominative,
                }
            })
            .collect()
    } else {
        let flags = words
            .first()
            .map(|w| given.known.at(w.token).name())
            .filter(|_| words.len() > 1)
            .unwrap_or_default();
        let sex = match (
            flags.any(NameFlags::GIVEN_MALE),
            flags.any(NameFlags::GIVEN_FEMALE),
        ) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        };
        Arc::from([Reading {
            words: words.iter().map(|w| Box::from(text(w))).collect(),
            sex,
            score: 0.0,
            nominative: true,
        }])
    }
}

/// Readings of a name that are kept.
const READINGS: usize = 6;
