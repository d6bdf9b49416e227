//! Cues in English text, of one word and of several.

use super::reader::Reader;
use crate::document::TokenRange;
use crate::lexis::classes::Classes;
use crate::lexis::cues::CueList;

/// A cue in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub tokens: TokenRange,
    /// What may follow it.
    pub word: Classes,
    /// It is a preposition: “according to”.
    pub preposition: bool,
}

/// The cue that begins at token `i`: the longest of several words, or a word of the list.
pub(super) fn cue_at(words: &CueList, reader: Reader<'_, '_>, i: usize) -> Option<Found> {
    let word = reader.word(i);
    let mut best: Option<Found> = None;
    if word.any(Classes::PHRASE) {
        for phrase in words.phrases(reader.view.lower(i)) {
            let fits = phrase.rest.iter().enumerate().all(|(k, w)| {
                i + 1 + k < reader.view.doc.tokens.len() && reader.view.lower(i + 1 + k) == &**w
            });
            let end = i + 1 + phrase.rest.len();
            if fits && best.is_none_or(|b| (b.tokens.end as usize) < end) {
                best = Some(Found {
                    tokens: TokenRange::new(i, end),
                    word: phrase.word,
                    preposition: phrase.preposition,
                });
            }
        }
    }
    if best.is_none() && word.any(Classes::VERB) {
        best = Some(Found {
            tokens: TokenRange::new(i, i + 1),
            word,
            preposition: false,
        });
    }
    best
}
