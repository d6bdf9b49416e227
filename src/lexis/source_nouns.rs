//! Common nouns that stand for an organisation of the text: «издание», «ведомство», «компания», «профсоюз», and the classes of
//! organisations that each covers.
//!
//! Input: `dictionaries/source_nouns.csv`; output: the [`Collective`] of a lemma.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::error::Result;
use crate::tables::Tables;
use crate::tables::kinds::ORGANISATIONS;

/// Which organisations a common noun may stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collective(u32);

impl Collective {
    /// The word stands for organisations.
    const NOUN: u32 = 1 << 30;
    /// It says little of what they are: a newspaper may be called «издание», a journal no «газета».
    const GENERAL: u32 = 1 << 31;

    /// Whether the word is such a noun.
    pub const fn is_noun(self) -> bool {
        self.0 & Self::NOUN != 0
    }

    /// The word says little of what the organisation is.
    pub const fn is_general(self) -> bool {
        self.0 & Self::GENERAL != 0
    }

    /// Whether a name may stand behind the noun without marks as its own: «компания Orion», but not «суд Гааги».
    pub const fn takes_name(self) -> bool {
        const NAMED: u32 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 15;
        self.0 & NAMED != 0
    }

    /// Whether it covers a class of organisations.
    pub const fn has_class(self) -> bool {
        self.0 & !(Self::NOUN | Self::GENERAL) != 0
    }

    /// Whether both cover a class of organisations.
    pub const fn shares_class(self, other: Collective) -> bool {
        self.0 & other.0 & !(Self::NOUN | Self::GENERAL) != 0
    }

    /// The bit of a class: its place in [`ORGANISATIONS`].
    pub fn of_class(class: &str) -> Collective {
        let bit = ORGANISATIONS.iter().position(|c| *c == class);
        Collective(bit.map_or(0, |bit| 1 << bit))
    }

    /// Whether the word stands for media.
    pub const fn is_media(self) -> bool {
        self.0 & (1 << 10) != 0
    }
}

/// The nouns of the dictionary, by lemma (ё as е).
#[derive(Default)]
pub struct SourceNouns(HashMap<Box<str>, Collective, FxBuildHasher>);

impl SourceNouns {
    /// The list of `tables`.
    pub fn load(tables: &Tables) -> Result<Self> {
        let mut nouns = SourceNouns::default();
        tables.each_row(
            "source_nouns.csv",
            ["word", "classes", "general"],
            |[word, classes, general]| {
                let mut bits = Collective::NOUN;
                if general == "yes" {
                    bits |= Collective::GENERAL;
                }
                for class in classes.split(' ').filter(|c| *c != "named") {
                    let of = Collective::of_class(class);
                    if of == Collective::default() {
                        return Err(format!("class is {class:?}"));
                    }
                    bits |= of.0;
                }
                nouns
                    .0
                    .insert(word.replace('ё', "е").into(), Collective(bits));
                Ok(())
            },
        )?;
        Ok(nouns)
    }

    /// What a lemma (ё as е) stands for.
    pub fn of(&self, lemma: &str) -> Collective {
        self.0.get(lemma).copied().unwrap_or_default()
    }
}
