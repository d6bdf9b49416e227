//! Words that organisations are called by: which lists say that a name in marks behind a word is an organisation's («компания
//! „Север“»), and which common nouns stand for one organisation (правительство, парламент).

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::error::Result;
use crate::hash;
use crate::morph::{Pos, Reading};
use crate::tables::Tables;

/// What a word is to the patterns of organisations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OrganisationWord(u8);

impl OrganisationWord {
    /// A name in marks behind it is an organisation's.
    pub const NAMED: OrganisationWord = OrganisationWord(1);
    /// Stands for one organisation by itself.
    pub const GENERIC: OrganisationWord = OrganisationWord(2);
    /// Begins the names of organisations (департамент, суд).
    pub const HEAD: OrganisationWord = OrganisationWord(4);
    /// Calls for a name that is no organisation's (корабль, песня).
    pub const THING: OrganisationWord = OrganisationWord(8);
    /// Is named by its field behind «по» (комитет, штаб).
    pub const OFFICE: OrganisationWord = OrganisationWord(16);
    /// Names no field behind «по» (итог, просьба).
    pub const OCCASION: OrganisationWord = OrganisationWord(32);

    /// Any noun that an organisation may be called by.
    pub const ANY: OrganisationWord =
        OrganisationWord(Self::NAMED.0 | Self::GENERIC.0 | Self::HEAD.0);

    /// Whether any of `other`'s flags is set.
    pub const fn any(self, other: OrganisationWord) -> bool {
        self.0 & other.0 != 0
    }
}

/// The list of such words, by hash of the lower-cased nominative.
pub struct OrganisationWords {
    words: HashMap<u64, u8, FxBuildHasher>,
}

impl OrganisationWords {
    /// The list of `tables`.
    pub(crate) fn load(tables: &Tables) -> Result<Self> {
        let mut words = HashMap::default();
        tables.each_row(
            "organisation_words.csv",
            ["word", "use"],
            |[word, usage]| {
                let flag = match usage {
                    "named" => OrganisationWord::NAMED,
                    "generic" => OrganisationWord::GENERIC,
                    "head" => OrganisationWord::HEAD,
                    "thing" => OrganisationWord::THING,
                    "office" => OrganisationWord::OFFICE,
                    "occasion" => OrganisationWord::OCCASION,
                    other => {
                        return Err(format!(
                            "use is {other:?}, not named, generic, head, thing, office or occasion"
                        ));
                    }
                };
                *words.entry(hash::word(word)).or_default() |= flag.0;
                Ok(())
            },
        )?;
        Ok(OrganisationWords { words })
    }

    /// What a lower-cased word is.
    pub fn flags(&self, lower: &str, readings: &[Reading]) -> OrganisationWord {
        let look_up = |word: &str| self.words.get(&hash::word(word)).copied().unwrap_or(0);
        let mut flags = look_up(lower);
        let mut last = "";
        for reading in readings {
            if matches!(reading.tag.pos, Pos::Noun | Pos::Name | Pos::Other)
                && *reading.lemma != *last
            {
                flags |= look_up(&reading.lemma);
                last = &reading.lemma;
            }
        }
        OrganisationWord(flags)
    }
}
