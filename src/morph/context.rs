//! Words that say in which case a name beside them stands, or whose name it is (`dictionaries/name_context.csv`).
//!
//! Columns: `word` (nominative, lower case), `class`, `value`, `source`. Classes: `preposition` (value: the cases that it governs,
//! letters of `gdail`: genitive, dative, accusative, instrumental, locative), `relation` (a noun for a person that takes another
//! person's name in the genitive: «сын Ивановой»), `either` (a feminine noun for people of both sexes: «глава»), `relative`
//! (a relative pronoun; value: the sex that it shows, `m` or `f`), `courtesy` (an English title before a name; value: the same),
//! `office` (with the value `highest`: the office of the head of a state or government).

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::tag::{Case, CaseSet};
use crate::document::Sex;
use crate::error::Result;
use crate::tables::Tables;

/// What a word says of a name beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContextWord {
    /// Cases that it governs as a preposition; empty where it is none.
    pub(crate) governs: CaseSet,
    /// Takes another person's name in the genitive.
    pub(crate) relation: bool,
    /// Such a noun that is an office too: «помощник президента Новак» may be either's name.
    pub(crate) deputy: bool,
    /// An office that somebody else holds: «исполняющий обязанности министра».
    pub(crate) duty: bool,
    /// Does not show the sex by its gender.
    pub(crate) either_sex: bool,
    /// Sex of the noun that it refers to.
    pub(crate) relative: Option<Sex>,
    /// Sex of whom it is an English title of, without its stop: `mr`.
    pub(crate) courtesy: Option<Sex>,
    /// The office of the head of a state or government.
    pub(crate) highest_office: bool,
}

/// The words of the list.
pub(super) struct ContextWords(HashMap<Box<str>, ContextWord, FxBuildHasher>);

impl ContextWords {
    /// The words of `tables`.
    pub(super) fn new(tables: &Tables) -> Result<Self> {
        let mut words: HashMap<Box<str>, ContextWord, FxBuildHasher> = HashMap::default();
        tables.each_row(
            "name_context.csv",
            ["word", "class", "value"],
            |[word, class, value]| {
                let entry = words.entry(word.into()).or_default();
                match (class, value) {
                    ("preposition", cases) => {
                        for letter in cases.chars() {
                            let case = match letter {
                                'g' => Case::Genitive,
                                'd' => Case::Dative,
                                'a' => Case::Accusative,
                                'i' => Case::Instrumental,
                                'l' => Case::Locative,
                                other => return Err(format!("case is {other:?}")),
                            };
                            entry.governs = entry.governs.with(CaseSet::of(case));
                        }
                    }
                    ("relation", kind) => {
                        entry.relation = true;
                        entry.deputy = kind == "office";
                    }
                    ("duty", _) => entry.duty = true,
                    ("either", _) => entry.either_sex = true,
                    ("relative", "m") => entry.relative = Some(Sex::Male),
                    ("relative", "f") => entry.relative = Some(Sex::Female),
                    ("courtesy", "m") => entry.courtesy = Some(Sex::Male),
                    ("courtesy", "f") => entry.courtesy = Some(Sex::Female),
                    ("office", "highest") => entry.highest_office = true,
                    _ => return Err(format!("class is {class:?}, value {value:?}")),
                }
                Ok(())
            },
        )?;
        Ok(ContextWords(words))
    }

    /// What a lower-cased word says; nothing where the list does not have it.
    pub(super) fn get(&self, lower: &str) -> ContextWord {
        self.0.get(lower).copied().unwrap_or_default()
    }
}
