//! Words of names that were read before: what a thread has worked out of them.
//!
//! Input: a lower-cased word; output: its readings, and its candidates as a part of a name. They depend on nothing but the
//! compiled-in dictionaries, and the same words stand in name after name.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::candidates::Candidate;
use super::morphology::Morphology;
use super::name::NamePart;
use super::reading::Reading;

/// Words that a thread keeps before it starts afresh: about ten megabytes.
const KEPT: usize = 8_000;

thread_local! {
    static KNOWN: RefCell<Words> = RefCell::default();
}

type Words = HashMap<Box<str>, Rc<KnownWord>, FxBuildHasher>;

/// A word without a hyphen.
pub(super) struct KnownWord {
    lower: Box<str>,
    /// Its readings, the likeliest first.
    pub(super) readings: Arc<[Reading]>,
    /// Candidates for each part of a name that it was asked for.
    candidates: [OnceCell<Vec<Candidate>>; 4],
}

impl KnownWord {
    /// Its candidates as a part of a name.
    pub(super) fn candidates(&self, morphology: &Morphology, part: NamePart) -> &[Candidate] {
        self.candidates[part as usize].get_or_init(|| {
            let mut list = Vec::new();
            morphology.plain_candidates(&self.lower, &self.readings, part, &mut list);
            list
        })
    }
}

impl Morphology {
    /// What is known of a lower-cased word without a hyphen.
    pub(super) fn known(&self, lower: &str) -> Rc<KnownWord> {
        KNOWN.with_borrow_mut(|known| match known.get(lower) {
            Some(word) => word.clone(),
            None => keep(known, lower, self.readings(lower).into()),
        })
    }

    /// Takes over the readings of a lower-cased word, so that they need not be looked for.
    pub(crate) fn note(&self, lower: &str, readings: &Arc<[Reading]>) {
        if readings.is_empty() {
            return;
        }
        KNOWN.with_borrow_mut(|known| {
            if !known.contains_key(lower) {
                keep(known, lower, readings.clone());
            }
        });
    }
}

fn keep(words: &mut Words, lower: &str, readings: Arc<[Reading]>) -> Rc<KnownWord> {
    if words.len() >= KEPT {
        words.clear();
    }
    let word = Rc::new(KnownWord {
        lower: lower.into(),
        readings,
        candidates: Default::default(),
    });
    words.insert(lower.into(), word.clone());
    word
}
