//! Distinct words, each read once, and columns of facts about them: the hot path of every stage is a table look-up.
//!
//! All threads of a pipeline have one [`WordList`] (nothing in it reaches the output), each with a [`Lexicon`] to look into it: a word is
//! learnt once, and what is known of it lies in near caches once. A token's [`WordId`] names its lower-cased form; the list gives
//! its letters and its readings. What else a stage needs to know of a word is a [`Column`] of that stage, filled where it is asked for
//! first: the list knows no stage.

mod column;
pub mod stem;

use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::{HashMap, HashTable};

use crate::hash;
use crate::morph::{Morphology, Reading};

pub use column::Column;
use column::Table;

/// A distinct lower-cased word of a [`WordList`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// The word of tokens that are no words.
    pub const NONE: WordId = WordId(0);

    /// As an index into a table of words.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A lower-cased word with its readings.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word in lower case, as written (ё kept, soft hyphens and stress marks left out).
    pub lower: Box<str>,
    /// Its readings, the likeliest first; none for Latin words.
    pub readings: Arc<[Reading]>,
    /// What its case forms share (see [`stem`]).
    pub key: u64,
}

/// Words that a pipeline's threads have together: each of them once.
pub struct WordList {
    /// Ids of words, by the hash of the word.
    shards: [Mutex<HashTable<WordId>>; SHARDS],
    words: Table<Word>,
    /// What is known of words that are none.
    nothing: Word,
    /// The next id.
    next: AtomicU32,
    /// How often the list has been started afresh.
    generation: u32,
}

/// Parts of the ids of [`WordList`], so that threads seldom wait for each other: a word is learnt while its part is locked.
const SHARDS: usize = 64;

/// Distinct surface forms that a thread keeps, and distinct words that all of them do, before they start afresh: some 100 MB.
const LIMIT: usize = 200_000;

impl WordList {
    /// An empty list; `generation` tells it from those before it.
    pub fn new(generation: u32) -> Self {
        WordList {
            shards: [const { Mutex::new(HashTable::new()) }; SHARDS],
            words: Table::default(),
            nothing: Word {
                lower: Box::from(""),
                readings: Arc::from([]),
                key: 0,
            },
            next: AtomicU32::new(1),
            generation,
        }
    }

    /// Whether it has grown so large that a new one should be begun.
    pub fn is_full(&self) -> bool {
        self.next.load(Ordering::Relaxed) as usize > LIMIT
    }

    /// Which list of words it is: ids of words hold within one only.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// A word with its readings.
    pub fn word(&self, id: WordId) -> &Word {
        match id {
            WordId::NONE => &self.nothing,
            id => self.words.get(id.0).unwrap_or(&self.nothing),
        }
    }

    /// The id of a word in lower case; learns what it does not know.
    fn id(&self, morphology: &Morphology, lower: &str) -> WordId {
        let hash = hash::exact(lower);
        // The lower bits say where in its part a word stands.
        let shard = self.shards[(hash >> 32) as usize % SHARDS].lock();
        let mut shard = shard.unwrap_or_else(PoisonError::into_inner);
        let lower_of = |id: &WordId| self.words.get(id.0).map_or("", |word| &word.lower);
        if let Some(&id) = shard.find(hash, |id| lower_of(id) == lower) {
            return id;
        }
        let id = WordId(self.next.fetch_add(1, Ordering::Relaxed));
        let learn = || Word {
            lower: lower.into(),
            readings: match lower.is_ascii() {
                true => Arc::from([]),
                false => morphology.readings(lower).into(),
            },
            key: stem::key(lower),
        };
        if self.words.get_or_make(id.0, learn).is_none() {
            return WordId::NONE;
        }
        shard.insert_unique(hash, id, |id| hash::exact(lower_of(id)));
        id
    }
}

/// Words of surface forms, by a hash of 64 bits instead of the form: the table is looked into for every token and has to be small.
/// Two of 200,000 forms have one hash once in a billion lexicons.
type Forms = HashMap<u64, WordId, BuildHasherDefault<IsHash>>;

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct IsHash(u64);

impl Hasher for IsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes
            .iter()
            .fold(self.0, |hash, b| hash.rotate_left(8) ^ u64::from(*b));
    }
}

/// What one thread knows of the words of a list: surface form as in the text -> its lower-cased word.
#[derive(Default)]
pub struct Lexicon {
    forms: Forms,
    /// The list whose ids these are.
    generation: u32,
    lower: String,
}

impl Lexicon {
    /// Called between documents: forgets everything where it has grown too large, or where the list is another one.
    pub fn trim(&mut self, list: &WordList) {
        if self.generation != list.generation || self.forms.len() > LIMIT {
            self.forms = Forms::default();
            self.generation = list.generation;
        }
    }

    /// The word of a surface form; the list learns what it does not know.
    pub fn word(&mut self, list: &WordList, morphology: &Morphology, form: &str) -> WordId {
        let key = hash::exact(form);
        if let Some(&id) = self.forms.get(&key) {
            return id;
        }
        fold(form, &mut self.lower);
        let id = list.id(morphology, &self.lower);
        self.forms.insert(key, id);
        id
    }
}

/// Lower case without soft hyphens and stress marks, which pages put inside words; hyphens and apostrophes of one shape.
fn fold(form: &str, out: &mut String) {
    out.clear();
    for c in form.chars() {
        match c {
            '\u{AD}' | '\u{300}' | '\u{301}' | '\u{200B}' | '\u{2060}' => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{2019}' | '\u{2BC}' => out.push('\''),
            'А'..='Я' => out.push(char::from_u32(c as u32 + 0x20).unwrap_or(c)),
            'а'..='я' => out.push(c),
            _ => out.extend(c.to_lowercase()),
        }
    }
}
