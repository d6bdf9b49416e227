//! Facts about words, found once for every distinct word and kept as numbers: the hot path of every stage is a table look-up.
//!
//! Each thread has a [`Lexicon`] of its own (a cache; nothing in it reaches the output); the threads of a batch tell each other what
//! they have learnt ([`SharedFacts`]). A token's [`WordId`] names its
//! lower-cased form; [`Lexicon::facts`] gives what the dictionaries and the morphology know of it. A stage that needs to know
//! something of a word adds a field of its own type to [`Facts`], filled in [`Lexicon::learn`] by a function of that stage.

use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::morph::Reading;
use crate::pipeline::Resources;
use crate::quotes::{ClauseFacts, English, cues};
use crate::tag::crf;
use crate::tag::names::NameFlags;
use crate::tag::organisations::OrganisationWord;
use crate::tag::stem;

/// A distinct lower-cased word of a thread's [`Lexicon`].
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
    pub lower: Arc<str>,
    /// Its readings, the likeliest first; none for Latin words.
    pub readings: Arc<[Reading]>,
    /// Hash of its likeliest lemma, or of the word itself where it has no reading.
    pub lemma: u64,
    /// Key of the word in the gazetteer (see [`crate::tag::stem`]).
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
    /// Where it stands in the names of the dictionaries (see [`crate::tag::gazetteer::Gazetteer::places_of`]).
    pub places: u16,
    /// What it is in amounts and dates.
    pub amount: crate::amounts::WordFacts,
}

impl Facts {
    /// What is known of tokens that are no words.
    fn nothing() -> Self {
        Facts {
            lower: Arc::from(""),
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

/// Distinct surface forms that a lexicon keeps before it starts afresh: about 60 MB at most.
const LIMIT: usize = 200_000;

/// What the threads of a batch have learnt of words, so that each word is learnt by one of them only.
#[derive(Default)]
pub struct SharedFacts {
    shards: [Shard; SHARDS],
}

/// Words in lower case -> what is known of them: one copy for all threads, since there is more of it than near caches hold.
type Shard = Mutex<HashMap<Arc<str>, Arc<Facts>, FxBuildHasher>>;

/// Parts of [`SharedFacts`], so that threads seldom wait for each other.
const SHARDS: usize = 32;

impl SharedFacts {
    fn shard(&self, lower: &str) -> &Shard {
        &self.shards[stem::exact_hash(lower) as usize % SHARDS]
    }

    fn get(&self, lower: &str) -> Option<Arc<Facts>> {
        let shard = self.shard(lower).lock();
        shard
            .unwrap_or_else(PoisonError::into_inner)
            .get(lower)
            .cloned()
    }

    /// Takes facts in while there is room: as many words as one lexicon may hold.
    fn put(&self, facts: &Arc<Facts>) {
        let shard = self.shard(&facts.lower).lock();
        let mut shard = shard.unwrap_or_else(PoisonError::into_inner);
        if shard.len() < LIMIT / SHARDS {
            shard.insert(facts.lower.clone(), facts.clone());
        }
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

/// The word facts of one thread.
pub struct Lexicon {
    /// Surface form as in the text -> its lower-cased word.
    forms: Forms,
    /// Lower-cased word -> id.
    words: HashMap<Arc<str>, WordId, FxBuildHasher>,
    facts: Vec<Arc<Facts>>,
    /// What the other threads of the batch have learnt.
    shared: Option<Arc<SharedFacts>>,
    lower: String,
    /// How often it has started afresh.
    generation: u32,
}

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon {
            forms: Forms::default(),
            words: HashMap::default(),
            facts: vec![Arc::new(Facts::nothing())],
            shared: None,
            lower: String::new(),
            generation: 1,
        }
    }
}

impl Lexicon {
    /// One that learns together with those of other threads. They have to work with the same dictionaries.
    pub fn sharing(shared: Arc<SharedFacts>) -> Self {
        Lexicon {
            shared: Some(shared),
            ..Lexicon::default()
        }
    }

    /// What is known of a word.
    pub fn facts(&self, word: WordId) -> &Facts {
        &self.facts[word.0 as usize]
    }

    /// Called between documents: forgets everything where it has grown too large.
    pub fn trim(&mut self) {
        if self.forms.len() > LIMIT {
            *self = Lexicon {
                generation: self.generation + 1,
                shared: self.shared.take(),
                ..Lexicon::default()
            };
        }
    }

    /// Which of its lives it is in: ids of words hold within one only.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The word of a surface form; learns what it does not know.
    pub fn word(&mut self, resources: &Resources, form: &str) -> WordId {
        let key = stem::exact_hash(form);
        if let Some(&id) = self.forms.get(&key) {
            return id;
        }
        fold(form, &mut self.lower);
        let id = match self.words.get(self.lower.as_str()) {
            Some(&id) => id,
            None => {
                let id = WordId(self.facts.len() as u32);
                let facts = self.ask(resources);
                self.words.insert(facts.lower.clone(), id);
                self.facts.push(facts);
                id
            }
        };
        self.forms.insert(key, id);
        id
    }

    /// The facts of the word in `lower`: another thread's, or our own.
    fn ask(&self, resources: &Resources) -> Arc<Facts> {
        let Some(shared) = &self.shared else {
            return Arc::new(Self::learn(resources, &self.lower));
        };
        shared.get(&self.lower).unwrap_or_else(|| {
            let facts = Arc::new(Self::learn(resources, &self.lower));
            shared.put(&facts);
            facts
        })
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
            quote: resources.quotes.cues().facts(lower, &readings),
            clause: resources.quotes.clause_facts(lower, &readings),
            english: resources.quotes.english().facts(lower),
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
