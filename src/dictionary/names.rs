//! Words of personal names: which lists and which readings say that a word is a given name, patronymic or surname.
//!
//! Input: a lower-cased word with its readings. Output: [`NameFlags`], found once for every distinct word.

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

use super::digest;
use super::entry::Entries;
use crate::document::EntityType;
use crate::error::Result;
use crate::hash;
use crate::morph::{Gender, NameType, Particle, Pos, Reading, with_new_lemmas};
use crate::tables::Tables;

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
    /// A particle before surnames: «фон», “van”.
    pub const PARTICLE: NameFlags = NameFlags(512);
    /// A particle that is another word too: «да».
    pub const AMBIGUOUS: NameFlags = NameFlags(1024);
    /// A given name of either sex.
    pub const GIVEN: NameFlags = NameFlags(3);

    /// Whether any of `other`'s flags is set.
    pub const fn any(self, other: NameFlags) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags as a number, for features: those that the tagger's weights know.
    pub const fn bits(self) -> u16 {
        self.0 & (NameFlags::PARTICLE.0 - 1)
    }

    /// With what the word is as a particle.
    pub fn with_particle(mut self, particle: Particle) -> Self {
        if particle.is(Particle::WORD) {
            self.set(NameFlags::PARTICLE);
        }
        if particle.is(Particle::AMBIGUOUS) {
            self.set(NameFlags::AMBIGUOUS);
        }
        self
    }

    fn set(&mut self, other: NameFlags) {
        self.0 |= other.0;
    }
}

/// Flags of the bits of the compiled-in lists, in the order of the bits.
const FLAGS: [NameFlags; 5] = [
    NameFlags::GIVEN_MALE,
    NameFlags::GIVEN_FEMALE,
    NameFlags::SURNAME,
    NameFlags::KNOWN_SURNAME,
    NameFlags::CONTEXT,
];
const GIVEN_MALE: u8 = 1;
const GIVEN_FEMALE: u8 = 1 << 1;
const SURNAME: u8 = 1 << 2;
const CONTEXT: u8 = 1 << 4;
/// Bit of ordinary English words.
const ENGLISH: u8 = 1 << 5;

/// The lists of given names and surnames: those that are compiled in, which lie ready, and what users' dictionaries add.
#[derive(Default)]
pub struct NameLists {
    /// Hashes of the surnames of people in users' dictionaries.
    known: HashSet<u64, FxBuildHasher>,
    /// What users' lists say of a word, by its hash: the bits that they speak of, and those that they set.
    own: HashMap<u64, (u8, u8), FxBuildHasher>,
}

impl NameLists {
    /// With the lists of users that `tables` has.
    pub(crate) fn load(tables: &Tables) -> Result<Self> {
        let mut lists = NameLists::default();
        let mut lower = String::new();
        let mut add = |word: &str, of: u8, bits: u8| {
            lower.clear();
            crate::letters::push_lower(word, &mut lower);
            let own = lists.own.entry(hash::word(&lower)).or_default();
            *own = (own.0 | of, own.1 & !of | bits);
        };
        let context = |matching: &str| CONTEXT * u8::from(matching == "context");
        let columns = ["name", "sex", "match"];
        tables.each_own_row("given_names.csv", columns, |[name, sex, matching]| {
            let male = GIVEN_MALE * u8::from(sex.contains('m'));
            let female = GIVEN_FEMALE * u8::from(sex.contains('f'));
            let of = GIVEN_MALE | GIVEN_FEMALE | CONTEXT;
            add(name, of, male | female | context(matching));
            Ok(())
        })?;
        tables.each_own_row("surnames.csv", ["name", "match"], |[name, matching]| {
            add(name, SURNAME | CONTEXT, SURNAME | context(matching));
            Ok(())
        })?;
        tables.each_own_row("english_words.csv", ["word"], |[word]| {
            add(word, ENGLISH, ENGLISH);
            Ok(())
        })?;
        Ok(lists)
    }

    /// The bits of a word by its hash.
    fn bits(&self, hash: u64) -> u8 {
        let bits = digest::name_bits(hash);
        if self.own.is_empty() {
            return bits;
        }
        let own = self.own.get(&hash).copied();
        own.map_or(bits, |(of, set)| bits & !of | set)
    }

    /// Adds the last words of people's names from name `first` on.
    pub(crate) fn add_people(&mut self, entries: &Entries, first: usize) {
        let mut lower = String::new();
        for name in &entries.names[first.min(entries.names.len())..] {
            let entry = &entries.entries[name.entry as usize];
            if entry.kind == EntityType::Person
                && let Some((_, last)) = name.text.rsplit_once(' ')
            {
                lower.clear();
                crate::letters::push_lower(last, &mut lower);
                self.known.insert(hash::word(&lower));
            }
        }
    }

    /// The flags of a lower-cased word.
    pub fn flags(&self, lower: &str, readings: &[Reading]) -> NameFlags {
        let mut flags = NameFlags::default();
        self.look_up(lower, &mut flags);
        if readings.is_empty() {
            flags.set(if self.bits(hash::word(lower)) & ENGLISH != 0 {
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
        for (reading, new_lemma) in with_new_lemmas(readings) {
            if new_lemma {
                self.look_up(&reading.lemma, &mut flags);
            }
            if reading.guessed {
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
        }
        if !known {
            flags.set(NameFlags::UNKNOWN);
            if self.made_from_given(lower) {
                flags.set(NameFlags::PATRONYMIC);
            }
            self.look_up_nominatives(lower, &mut flags);
        }
        flags
    }

    /// «Ерланович», «Ерлановны»: a patronymic of a given name of the lists.
    fn made_from_given(&self, lower: &str) -> bool {
        const MALE: [&str; 5] = ["ич", "ича", "ичу", "ичем", "иче"];
        const FEMALE: [&str; 5] = ["на", "ны", "не", "ну", "ной"];
        let stem = MALE
            .iter()
            .chain(&FEMALE)
            .find_map(|ending| lower.strip_suffix(ending));
        let Some(stem) = stem else { return false };
        let given = |bare: &str, nominatives: &[&str]| {
            nominatives.iter().any(|ending| {
                let mut flags = NameFlags::default();
                self.look_up(&format!("{bare}{ending}"), &mut flags);
                flags.any(NameFlags::GIVEN_MALE)
            })
        };
        match (stem.strip_suffix("ов"), stem.strip_suffix("ев")) {
            (Some(bare), _) => given(bare, &["", "о"]),
            (_, Some(bare)) => given(bare, &["й", "ь", "", "ий"]),
            _ => false,
        }
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
        let hash = hash::word(lower);
        let bits = self.bits(hash);
        if bits != 0 {
            for (bit, flag) in FLAGS.into_iter().enumerate() {
                if bits & (1 << bit) != 0 {
                    flags.set(flag);
                }
            }
        }
        if !self.known.is_empty() && self.known.contains(&hash) {
            flags.set(NameFlags::KNOWN_SURNAME);
        }
    }
}
