//! Readings of people's names that were worked out before: names come again and again in news, and to bend one takes as long as to
//! tag a sentence. Nothing here depends on a document or reaches the output.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::document::Sex;
use crate::morph::NameContext;

/// Words of a name in the nominative, the sex that they show, and how likely that reading is.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) words: Vec<Box<str>>,
    pub(super) sex: Option<Sex>,
    pub(super) score: f32,
    /// The name stands in the nominative.
    pub(super) nominative: bool,
}

/// What the words around say and name as written -> its readings, the likeliest first.
type KnownNames = HashMap<(NameContext, Box<str>), Arc<[Reading]>, FxBuildHasher>;

/// Nominatives of names that were worked out before, per thread; nothing in it depends on a document.
#[derive(Default)]
pub struct NameCache {
    known: KnownNames,
    /// What the other threads of the batch have worked out.
    shared: Option<Arc<SharedNames>>,
}

/// Names that the threads of a batch have worked out, so that each is worked out by one of them only.
#[derive(Default)]
pub struct SharedNames(Mutex<KnownNames>);

/// Names that a cache keeps before it starts afresh, and the most that threads share.
const LIMIT: usize = 50_000;

impl SharedNames {
    fn lock(&self) -> MutexGuard<'_, KnownNames> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl NameCache {
    /// One that learns together with those of other threads. They have to work with the same dictionaries.
    pub(crate) fn sharing(shared: Arc<SharedNames>) -> Self {
        NameCache {
            known: KnownNames::default(),
            shared: Some(shared),
        }
    }

    /// Called between documents: forgets everything where it has grown too large.
    pub(super) fn trim(&mut self) {
        if self.known.len() > LIMIT {
            self.known.clear();
        }
    }

    /// The readings under a key; `work_out` finds those that no thread knows.
    pub(super) fn get(
        &mut self,
        key: (NameContext, Box<str>),
        work_out: impl FnOnce() -> Arc<[Reading]>,
    ) -> Arc<[Reading]> {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let told = self
            .shared
            .as_ref()
            .and_then(|shared| shared.lock().get(&key).cloned());
        let found = told.unwrap_or_else(|| {
            let found = work_out();
            if let Some(shared) = &self.shared {
                let mut shared = shared.lock();
                if shared.len() < LIMIT {
                    shared.insert(key.clone(), found.clone());
                }
            }
            found
        });
        self.known.insert(key, found.clone());
        found
    }
}
