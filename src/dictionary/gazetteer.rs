//! Names of the dictionaries by the keys of their first two words, so that any case form of them is found.
//!
//! No inflected form is ever generated or stored, so that a user's row costs as little as one of ours; which words are forms of a name's is
//! checked where names are looked for in a text.

use hashbrown::HashMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::digest;
use super::entry::Entries;
use crate::document::{Token, TokenKind, TokenRange};
use crate::letters;
use crate::span::Span;
use crate::words::stem;

/// Cuts a span of a text into tokens, as those of a Russian block are.
pub type Tokenizer = fn(&str, Span, &mut Vec<Token>);

/// A dictionary name found in the text, in whatever case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Tokens that it covers.
    pub tokens: TokenRange,
    /// Index into [`Entries::names`].
    pub name: u32,
}

/// All names of the dictionaries, by the keys of their first two words.
pub struct Gazetteer {
    /// Cuts names into words.
    pub tokenize: Tokenizer,
    /// Key of a name (see [`name_keys`]) -> its first link, counted from 1.
    heads: HashMap<u64, u32, FxBuildHasher>,
    /// Name, and the next link of the same key, 0 for none.
    links: Vec<(u32, u32)>,
    /// Word key -> which names the word stands in, and where: see [`Gazetteer::places_of`].
    places: HashMap<u64, u16, FxBuildHasher>,
}

/// Key of a name of several words.
pub fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23) ^ second.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Tokens that a name is made of.
pub fn counts(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Word
            | TokenKind::Abbreviation
            | TokenKind::Initial
            | TokenKind::Number
            | TokenKind::NumberWord
            | TokenKind::Url
    )
}

/// A word's key, and its second one where its last vowel comes and goes.
type Keys = (u64, Option<u64>);

/// The keys of a name's first two words; `lower` and `tokens` are room to work in.
fn name_keys(
    text: &str,
    tokenize: Tokenizer,
    lower: &mut String,
    tokens: &mut Vec<Token>,
) -> [Option<Keys>; 2] {
    let mut keys = [None; 2];
    let mut key_of = |word: &str| {
        lower.clear();
        letters::push_lower(word, lower);
        (stem::key(lower), stem::fleeting_key(lower))
    };
    // Letters, hyphens and spaces need no tokeniser, and most names are made of nothing else.
    if letters::is_plain(text) {
        let words = text.split(' ').filter(|w| w.bytes().any(|b| b != b'-'));
        for (key, word) in keys.iter_mut().zip(words) {
            *key = Some(key_of(word.trim_matches('-')));
        }
        return keys;
    }
    tokens.clear();
    tokenize(text, Span::new(0, text.len()), tokens);
    let words = tokens.iter().filter(|t| counts(t.kind));
    for (key, token) in keys.iter_mut().zip(words) {
        *key = Some(key_of(token.span.slice(text)));
    }
    keys
}

impl Gazetteer {
    /// The names of the compiled-in dictionaries, whose keys lie ready.
    pub(crate) fn compiled_in(entries: &Entries, tokenize: Tokenizer) -> Self {
        let mut gazetteer = Gazetteer {
            tokenize,
            heads: HashMap::default(),
            links: Vec::new(),
            places: HashMap::default(),
        };
        gazetteer.reserve(entries.names.len());
        let mut fleeting = digest::fleeting_keys().peekable();
        let (mut lower, mut tokens) = (String::new(), Vec::new());
        for (index, name) in entries.names.iter().enumerate() {
            let keys = match digest::keys(index) {
                Some(keys) => {
                    let mut keys = keys.map(|key| (key != 0).then_some((key, None)));
                    while let Some((_, place, key)) = fleeting.next_if(|(i, ..)| *i == index) {
                        if let Some(Some((_, second))) = keys.get_mut(place) {
                            *second = Some(key);
                        }
                    }
                    keys
                }
                None => name_keys(&name.text, tokenize, &mut lower, &mut tokens),
            };
            gazetteer.put(entries, index as u32, keys);
        }
        gazetteer
    }

    fn reserve(&mut self, names: usize) {
        self.heads.reserve(names);
        self.links.reserve(names);
        self.places.reserve(names);
    }

    /// Adds the names from `first` on.
    pub fn add(&mut self, entries: &Entries, first: usize) {
        let names = entries.names.get(first..).unwrap_or(&[]);
        let tokenize = self.tokenize;
        // Keys are found on all cores, and put into the tables in order.
        const CHUNK: usize = 4096;
        let keys: Vec<Vec<[Option<Keys>; 2]>> = names
            .par_chunks(CHUNK)
            .map(|names| {
                let (mut lower, mut tokens) = (String::new(), Vec::new());
                names
                    .iter()
                    .map(|name| name_keys(&name.text, tokenize, &mut lower, &mut tokens))
                    .collect()
            })
            .collect();
        self.reserve(names.len());
        for (index, keys) in (first as u32..).zip(keys.into_iter().flatten()) {
            self.put(entries, index, keys);
        }
    }

    /// Adds a name with the keys of its first two words.
    fn put(&mut self, entries: &Entries, index: u32, keys: [Option<Keys>; 2]) {
        let name = &entries.names[index as usize];
        let kind = entries.entries[name.entry as usize].kind as u16;
        let [Some(one), two] = keys else {
            return;
        };
        let place = u16::from(two.is_some());
        for key in [Some(one.0), one.1].into_iter().flatten() {
            *self.places.entry(key).or_default() |= 1 << (kind * 4 + place);
            let Some(two) = two else {
                self.link(key, index);
                continue;
            };
            for second in [Some(two.0), two.1].into_iter().flatten() {
                self.link(pair(key, second), index);
            }
        }
    }

    fn link(&mut self, key: u64, name: u32) {
        let head = self.heads.entry(key).or_insert(0);
        self.links.push((name, *head));
        *head = self.links.len() as u32;
    }

    /// In which names words of a key stand: four bits for each entity type (alone, first of several, two unused).
    pub fn places_of(&self, key: u64) -> u16 {
        self.places.get(&key).copied().unwrap_or(0)
    }

    /// The names whose first words have a key: of one word its own, of two [`pair`].
    pub fn names(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let mut link = self.heads.get(&key).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let &(name, next) = self.links.get((link as usize).checked_sub(1)?)?;
            link = next;
            Some(name)
        })
    }
}
