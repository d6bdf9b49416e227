//! Words of personal names: which lists and which readings say that a word is a given name, patronymic or surname.
//!
//! Input: a lower-cased word with its readings. Output: [`NameFlags`], found once for every distinct word.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::stem;
use crate::dictionary::{self, Entries};
use crate::document::EntityType;
use crate::error::Result;
use crate::morph::{Gender, NameType, Pos, Reading};

/// What is known of a word as part of a personal name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NameFlags(u16);

impl NameFlags {
    /// A given name of men.
    pub const GIVEN_MALE: NameFlags = NameFlags(1);
    /// A given name of women.
    pub const GIVEN_FEMALE: NameFlags = NameFlags(2);
    /// A patronymic.
    pub const PATRONYMIC: NameFlags = NameFlags(4);
    /// A surname of the lists or of the morphology.
    pub const SURNAME: NameFlags = NameFlags(8);
    /// The surname of somebody in the dictionaries of people.
    pub const KNOWN_SURNAME: NameFlags = NameFlags(16);
    /// An ordinary word too: the morphology knows it as no name.
    pub const ORDINARY: NameFlags = NameFlags(32);
    /// A place, for the morphology.
    pub const PLACE: NameFlags = NameFlags(64);
    /// The morphology does not know the word.
    pub const UNKNOWN: NameFlags = NameFlags(128);
    /// The name lists mark it as needing context.
    pub const CONTEXT: NameFlags = NameFlags(256);
    /// A given name of either sex.
    pub const GIVEN: NameFlags = NameFlags(3);

    /// Whether any of `other`'s flags is set.
    pub const fn any(self, other: NameFlags) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags as a number, for features.
    pub const fn bits(self) -> u16 {
        self.0
    }

    fn set(&mut self, other: NameFlags) {
        self.0 |= other.0;
    }
}

type Words = HashSet<u64, FxBuildHasher>;

/// The lists of given names and surnames, as hashes of lower-cased nominatives.
#[derive(Default)]
pub struct NameLists {
    given_male: Words,
    given_female: Words,
    surnames: Words,
    known: Words,
    context: Words,
    /// Ordinary English words.
    english: Words,
}

pub(super) const GIVEN: &str = include_str!("../../dictionaries/given_names.csv");
pub(super) const SURNAMES: &str = include_str!("../../dictionaries/surnames.csv");
const ENGLISH: &str = include_str!("../../dictionaries/english_words.csv");

impl NameLists {
    /// The compiled-in lists.
    pub(crate) fn load() -> Result<Self> {
        let mut lists = NameLists::default();
        let mut lower = String::new();
        dictionary::each_row(
            "given_names.csv",
            GIVEN,
            ["name", "sex", "match"],
            |[name, sex, matching]| {
                let hash = word_hash(name, &mut lower);
                if sex.contains('m') {
                    lists.given_male.insert(hash);
                }
                if sex.contains('f') {
                    lists.given_female.insert(hash);
                }
                if matching == "context" {
                    lists.context.insert(hash);
                }
                Ok(())
            },
        )?;
        dictionary::each_row(
            "surnames.csv",
            SURNAMES,
            ["name", "match"],
            |[name, matching]| {
                let hash = word_hash(name, &mut lower);
                lists.surnames.insert(hash);
                if matching == "context" {
                    lists.context.insert(hash);
                }
                Ok(())
            },
        )?;
        dictionary::each_row("english_words.csv", ENGLISH, ["word"], |[word]| {
            lists.english.insert(word_hash(word, &mut lower));
            Ok(())
        })?;
        Ok(lists)
    }

    /// Adds the last words of people's names from name `first` on.
    pub(crate) fn add_people(&mut self, entries: &Entries, first: usize) {
        let mut lower = String::new();
        for name in &entries.names[first.min(entries.names.len())..] {
            let entry = &entries.entries[name.entry as usize];
            if entry.kind == EntityType::Person
                && let Some((_, last)) = name.text.rsplit_once(' ')
            {
                self.known.insert(word_hash(last, &mut lower));
            }
        }
    }

    /// The flags of a lower-cased word.
    pub fn flags(&self, lower: &str, readings: &[Reading]) -> NameFlags {
        let mut flags = NameFlags::default();
        self.look_up(lower, &mut flags);
        if readings.is_empty() {
            flags.set(if self.english.contains(&folded_hash(lower)) {
                NameFlags::ORDINARY
            } else {
                NameFlags::UNKNOWN
            });
            if let Some(bare) = lower.strip_suffix("'s") {
                self.look_up(bare, &mut flags);
            }
            return flags;
        }
        let mut known = false;
        for reading in readings {
            if reading.guessed {
                self.look_up(&reading.lemma, &mut flags);
                continue;
            }
            known = true;
            let female = reading.tag.gender == Gender::Feminine;
            match reading.tag.name {
                NameType::Given => {
                    flags.set(if female {
                        NameFlags::GIVEN_FEMALE
                    } else {
                        NameFlags::GIVEN_MALE
                    });
                }
                NameType::Patronymic => flags.set(NameFlags::PATRONYMIC),
                NameType::Surname => flags.set(NameFlags::SURNAME),
                NameType::Place => flags.set(NameFlags::PLACE),
                NameType::Other => {}
                NameType::None if reading.tag.pos != Pos::Name => flags.set(NameFlags::ORDINARY),
                NameType::None => {}
            }
            self.look_up(&reading.lemma, &mut flags);
        }
        if !known {
            flags.set(NameFlags::UNKNOWN);
            self.look_up_nominatives(lower, &mut flags);
        }
        flags
    }

    /// Looks up what the word would be in the nominative if it were a name in another case.
    fn look_up_nominatives(&self, lower: &str, flags: &mut NameFlags) {
        const ENDINGS: [(&str, &[&str]); 16] = [
            ("ого", &["ий", "ый", "ой"]),
            ("ому", &["ий", "ый", "ой"]),
            ("ым", &["", "ый", "ий"]),
            ("им", &["ий"]),
            ("ой", &["", "а", "ая"]),
            ("ей", &["я", "а", "ь"]),
            ("ом", &[""]),
            ("ем", &["", "й", "ь"]),
            ("ую", &["ая"]),
            ("ых", &[""]),
            ("а", &[""]),
            ("я", &["й", "ь"]),
            ("у", &["", "а"]),
            ("ю", &["й", "ь", "я"]),
            ("е", &["", "а", "я", "й"]),
            ("ы", &["а", ""]),
        ];
        let mut word = String::with_capacity(lower.len() + 4);
        for (ending, nominatives) in ENDINGS {
            let Some(bare) = lower.strip_suffix(ending) else {
                continue;
            };
            if bare.chars().count() < 3 {
                continue;
            }
            for nominative in nominatives {
                word.clear();
                word.push_str(bare);
                word.push_str(nominative);
                self.look_up(&word, flags);
            }
        }
    }

    fn look_up(&self, lower: &str, flags: &mut NameFlags) {
        let hash = folded_hash(lower);
        for (words, flag) in [
            (&self.given_male, NameFlags::GIVEN_MALE),
            (&self.given_female, NameFlags::GIVEN_FEMALE),
            (&self.surnames, NameFlags::SURNAME),
            (&self.known, NameFlags::KNOWN_SURNAME),
            (&self.context, NameFlags::CONTEXT),
        ] {
            if words.contains(&hash) {
                flags.set(flag);
            }
        }
    }
}

fn word_hash(name: &str, lower: &mut String) -> u64 {
    lower.clear();
    crate::letters::push_lower(name, lower);
    folded_hash(lower)
}

/// Hash of a lower-cased word; ё and е are one letter.
fn folded_hash(lower: &str) -> u64 {
    stem::hash(lower)
}
