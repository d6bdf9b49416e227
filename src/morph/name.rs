//! What is asked of a name and what is answered: its words, what stands around it, its nominative.

use super::tag::{Case, CaseSet};
use crate::document::Sex;

/// What a word of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum NamePart {
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
    /// Surname.
    Surname,
    /// Not known.
    #[default]
    Unknown,
}

/// A word of a name as the text has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord<'a> {
    /// The word, in any letter case.
    pub text: &'a str,
    /// What it is.
    pub part: NamePart,
}

impl<'a> NameWord<'a> {
    /// A word of which nothing is known.
    pub const fn new(text: &'a str) -> Self {
        NameWord {
            text,
            part: NamePart::Unknown,
        }
    }
}

/// How sure the words around a name are of its case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Hash)]
pub enum Certainty {
    /// Another case is less likely.
    #[default]
    Likely,
    /// Another case is unlikely: «императора Акихито».
    Fair,
    /// A position that agrees with the name, or a preposition, says the case.
    Firm,
}

/// What the words around a name say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameContext {
    /// Cases in which the name may stand; others have a price.
    pub cases: CaseSet,
    /// How high it is.
    pub certainty: Certainty,
    /// Sex of the person.
    pub sex: Option<Sex>,
    /// Sex of the person if the name stands in the nominative: that of a verb in the past.
    pub subject: Option<Sex>,
}

impl Default for NameContext {
    fn default() -> Self {
        NameContext {
            cases: CaseSet::ALL,
            certainty: Certainty::Likely,
            sex: None,
            subject: None,
        }
    }
}

/// A name in the nominative.
#[derive(Clone, Debug, PartialEq)]
pub struct Nominative {
    /// Its words, as many as were given.
    pub words: Vec<String>,
    /// Sex, where the forms or the given name show it.
    pub sex: Option<Sex>,
    /// Case that the name stood in.
    pub case: Case,
    /// Natural logarithm of a weight; to be compared with that of other readings of the same words only.
    pub score: f32,
}

impl Nominative {
    /// The words with spaces between them.
    pub fn joined(&self) -> String {
        self.words.join(" ")
    }
}
