//! Organisations of a country by the words that they have in every country: «российский МИД», «МИД РФ» and «МИД» are the МИД
//! России where the text is about Russia.
//!
//! The rows of the dictionaries that end in their country's name («Министерство обороны Польши») are kept here by the words
//! before it and the country.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::entry::{Entries, NameKind};
use crate::document::{EntityType, Lang};
use crate::letters;
use crate::words::stem;

/// Entries by the key of a name without its country, and the country's index.
#[derive(Default)]
pub struct Composed {
    names: HashMap<(u64, u32), u32, FxBuildHasher>,
}

/// Adds a word's key to the key of the words before it.
pub(crate) fn add_key(key: u64, word: u64) -> u64 {
    key.rotate_left(7)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(word)
}

impl Composed {
    /// From the Russian names of organisations.
    pub(crate) fn new(entries: &Entries) -> Self {
        let mut countries: HashMap<u64, u32, FxBuildHasher> = HashMap::default();
        let mut lower = String::new();
        let mut key_of = |word: &str| {
            lower.clear();
            letters::push_lower(word, &mut lower);
            stem::key(&lower)
        };
        for name in &entries.names {
            let entry = &entries.entries[name.entry as usize];
            if &*entry.class == "country"
                && name.lang == Lang::Ru
                && !matches!(name.kind, NameKind::Adjective | NameKind::Demonym)
                && !name.text.contains(' ')
            {
                countries.entry(key_of(&name.text)).or_insert(name.entry);
            }
        }
        let mut names = HashMap::default();
        for name in &entries.names {
            let entry = &entries.entries[name.entry as usize];
            if entry.kind != EntityType::Organisation
                || name.lang != Lang::Ru
                || entry.country.is_empty()
            {
                continue;
            }
            let Some((before, last)) = name.text.rsplit_once(' ') else {
                continue;
            };
            let Some(&country) = countries.get(&key_of(last)) else {
                continue;
            };
            if !entries.entries[country as usize]
                .country
                .eq_ignore_ascii_case(&entry.country)
            {
                continue;
            }
            let key = before
                .split(' ')
                .fold(0, |key, word| add_key(key, key_of(word)));
            names.entry((key, country)).or_insert(name.entry);
        }
        Composed { names }
    }

    /// The organisation of a country whose name begins with words of this key.
    pub(crate) fn find(&self, key: u64, country: u32) -> Option<u32> {
        self.names.get(&(key, country)).copied()
    }
}
