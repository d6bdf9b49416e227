//! A reading of a word form.

use super::tag::Tag;

/// One reading of a word form.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Dictionary form, lower case, with ё where the dictionary has it.
    pub lemma: Box<str>,
    /// Grammemes.
    pub tag: Tag,
    /// Chance of this reading out of context; those of one form add up to 1.
    pub chance: f32,
    /// The word is not in the dictionary; the reading was guessed from its ending.
    pub guessed: bool,
}

/// Readings with the first of each lemma marked: what is asked of a lemma needs to be asked once.
pub fn with_new_lemmas(readings: &[Reading]) -> impl Iterator<Item = (&Reading, bool)> {
    readings
        .iter()
        .enumerate()
        .map(|(i, r)| (r, readings[..i].iter().all(|other| other.lemma != r.lemma)))
}
