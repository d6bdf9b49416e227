//! Facts about words, found once for every distinct word and kept as numbers: the hot path of every stage is a table look-up.
//!
//! All threads of a pipeline have one list of words ([`Words`]; nothing in it reaches the output), each with a [`Lexicon`] to look into
//! it: a word is learnt once, and what is known of it lies in near caches once. A token's [`WordId`] names its
//! lower-cased form; [`Lexicon::facts`] gives what the dictionaries and the morphology know of it. A stage that needs to know
//! something of a word adds a field of its own type to [`Facts`], filled in [`Words::learn`] by a function of that stage.

mod column;
pub mod stem;

use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::{HashMap, HashTable};

use crate::dictionary::names::NameFlags;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::language::clause_words::ClauseFacts;
use crate::language::cues;
use crate::language::english::words::English;
use crate::morph::Reading;
use crate::pipeline::Resources;
use crate::tag::crf;

use column::Table;

/// A distinct lower-cased word of a [`Lexicon`].
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

/// What is known of a lower-cased word.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The word in lower case, as written (ё kept, soft hyphens and stress marks left out).
    pub lower: Box<str>,
    /// Its readings, the likeliest first; none for Latin words.
    pub readings: Arc<[Reading]>,
    /// Hash of its likeliest lemma, or of the word itself where it has no reading.
    pub lemma: u64,
    /// Key of the word in the gazetteer (see [`crate::words::stem`]).
    pub key: u64,
    /// What it is to the quote stage.
    pub quote: cues::WordFacts,
    /// What it says of a clause, and of marks after it.
    pub clause: ClauseFacts,
    /// Its classes in English.
    pub english: English,
    /// What it is as part of a personal name.
    pub name: NameFlags,
    /// What it is to the patterns of organisations.
    pub organisation: OrganisationWord,
    /// Where it stands in the names of the dictionaries (see [`crate::dictionary::gazetteer::Gazetteer::places_of`]).
    pub places: u16,
    /// What it is in amounts and dates.
    pub amount: crate::amounts::WordFacts,
}

impl Facts {
    /// What is known of tokens that are no words.
    fn nothing() -> Self {
        Facts {
            lower: Box::from(""),
            readings: Arc::from([]),
            quote: cues::WordFacts::default(),
            clause: ClauseFacts::default(),
            english: English::default(),
            lemma: 0,
            key: 0,
            places: 0,
            name: NameFlags::default(),
            amount: crate::amounts::WordFacts::default(),
            organisation: OrganisationWord::default(),
        }
    }
}

/// Distinct surface forms that a thread keeps, and distinct words that all of them do, before they start afresh: some 100 MB.
const LIMIT: usize = 200_000;

/// The words that the threads of a pipeline have learnt, each of them once.
struct Words {
    /// Ids of words, by the hash of the word.
    shards: [Mutex<HashTable<WordId>>; SHARDS],
    facts: Table<Facts>,
    /// What words by themselves add to the scores of the tagger: its Russian and its English model.
    scores: [Table<crf::WordScores>; 2],
    /// The next id.
    next: AtomicU32,
    /// How often the list has been started afresh.
    generation: u32,
}

/// Parts of the ids of [`Words`], so that threads seldom wait for each other: a word is learnt while its part is locked.
const SHARDS: usize = 64;

impl Words {
    fn new(generation: u32) -> Self {
        let facts = Table::default();
        facts.get_or_make(0, Facts::nothing);
        Words {
            shards: [const { Mutex::new(HashTable::new()) }; SHARDS],
            facts,
            scores: Default::default(),
            next: AtomicU32::new(1),
            generation,
        }
    }

    fn len(&self) -> usize {
        self.next.load(Ordering::Relaxed) as usize
    }

    /// The id of a word in lower case; learns what it does not know.
    fn id(&self, resources: &Resources, lower: &str) -> WordId {
        let hash = stem::exact_hash(lower);
        // The lower bits say where in its part a word stands.
        let shard = self.shards[(hash >> 32) as usize % SHARDS].lock();
        let mut shard = shard.unwrap_or_else(PoisonError::into_inner);
        let lower_of = |id: &WordId| self.facts.get(id.0).map_or("", |facts| &facts.lower);
        if let Some(&id) = shard.find(hash, |id| lower_of(id) == lower) {
            return id;
        }
        let id = WordId(self.next.fetch_add(1, Ordering::Relaxed));
        let learn = || Self::learn(resources, lower);
        if self.facts.get_or_make(id.0, learn).is_none() {
            return WordId::NONE;
        }
        shard.insert_unique(hash, id, |id| stem::exact_hash(lower_of(id)));
        id
    }

    /// Asks every dictionary about a new word.
    fn learn(resources: &Resources, lower: &str) -> Facts {
        let readings = if lower.bytes().any(|b| b >= 0x80) {
            resources.morphology.readings(lower)
        } else {
            Vec::new()
        };
        let key = stem::key(lower);
        Facts {
            lower: lower.into(),
            quote: resources.language.cues.facts(lower, &readings),
            clause: resources.language.clause_words.facts(lower, &readings),
            english: resources.language.english.facts(lower),
            lemma: crf::lemma_hash(lower, &readings),
            key,
            places: resources.tagger.gazetteer().places_of(key),
            name: resources
                .tagger
                .names()
                .flags(lower, &readings)
                .with_particle(resources.morphology.particles().of(lower)),
            amount: resources.amounts.facts(lower, &readings),
            organisation: resources.tagger.organisations().flags(lower, &readings),
            readings: readings.into(),
        }
    }
}

/// The list of words that threads have together, and the one that comes after it when it is full.
pub struct SharedWords(Mutex<Arc<Words>>);

impl Default for SharedWords {
    fn default() -> Self {
        SharedWords(Mutex::new(Arc::new(Words::new(1))))
    }
}

impl SharedWords {
    /// The list at present; a new one where it has grown too large.
    fn current(&self) -> Arc<Words> {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if words.len() > LIMIT {
            *words = Arc::new(Words::new(words.generation + 1));
        }
        words.clone()
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

/// What one thread knows of words.
pub struct Lexicon {
    /// Surface form as in the text -> its lower-cased word.
    forms: Forms,
    words: Arc<Words>,
    shared: Arc<SharedWords>,
    /// What is known of words that are none.
    nothing: Facts,
    lower: String,
}

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon::sharing(Arc::default())
    }
}

impl Lexicon {
    /// One with the words of other threads. They have to work with the same dictionaries and weights.
    pub fn sharing(shared: Arc<SharedWords>) -> Self {
        Lexicon {
            forms: Forms::default(),
            words: shared.current(),
            shared,
            nothing: Facts::nothing(),
            lower: String::new(),
        }
    }

    /// A fresh one with the words of the same threads.
    pub(crate) fn renewed(&self) -> Self {
        Lexicon::sharing(self.shared.clone())
    }

    /// What is known of a word.
    pub fn facts(&self, word: WordId) -> &Facts {
        self.words.facts.get(word.0).unwrap_or(&self.nothing)
    }

    /// What a word by itself adds to the scores of the tagger's model of that number; `make` works it out where no thread has.
    pub(crate) fn scores(
        &self,
        model: usize,
        word: WordId,
        make: impl FnOnce() -> crf::WordScores,
    ) -> Option<&crf::WordScores> {
        self.words.scores[model].get_or_make(word.0, make)
    }

    /// Called between documents: forgets everything where it has grown too large.
    pub fn trim(&mut self) {
        if self.words.len() > LIMIT {
            self.words = self.shared.current();
            self.forms = Forms::default();
        }
        if self.forms.len() > LIMIT {
            self.forms = Forms::default();
        }
    }

    /// Which list of words it has: ids of words hold within one only.
    pub fn generation(&self) -> u32 {
        self.words.generation
    }

    /// The word of a surface form; learns what it does not know.
    pub fn word(&mut self, resources: &Resources, form: &str) -> WordId {
        let key = stem::exact_hash(form);
        if let Some(&id) = self.forms.get(&key) {
            return id;
        }
        fold(form, &mut self.lower);
        let id = self.words.id(resources, &self.lower);
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
