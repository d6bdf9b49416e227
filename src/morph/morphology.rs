//! The morphological dictionary with the tables of names: what every question about words is asked of.

use super::chinese::ChineseNames;
use super::context::{ContextWord, ContextWords};
use super::endings::Endings;
use super::lists::NameCounts;
use super::particles::Particles;
use super::reading::Reading;
use super::tag::Tag;
use crate::error::{Error, ErrorKind, Result};
use crate::tables::Tables;

/// The Russian morphological dictionary. Shared between threads by reference.
pub struct Morphology {
    pub(super) dictionary: rumorph::Dictionary,
    /// Tag of each UD tag number.
    tags: Vec<Tag>,
    /// Paradigms of names.
    pub(super) endings: Endings,
    pub(super) particles: Particles,
    /// Bearers of names.
    pub(super) counts: NameCounts,
    pub(super) chinese: ChineseNames,
    /// Words beside names.
    contexts: ContextWords,
}

impl Morphology {
    /// Loads the dictionary that is compiled in (about 10 ms).
    ///
    /// # Errors
    /// [`ErrorKind::Bug`] where the compiled-in data is damaged.
    pub fn new() -> Result<Self> {
        Self::with_tables(&Tables::default())
    }

    /// With the names and endings of `tables`.
    ///
    /// # Errors
    /// As [`Morphology::new`]; [`ErrorKind::Dictionary`] where a row of a user's table is broken.
    pub fn with_tables(tables: &Tables) -> Result<Self> {
        let dictionary = rumorph::Dictionary::bundled()
            .map_err(|e| Error::new(ErrorKind::Bug, format!("morphology does not load: {e}")))?;
        let tags = dictionary
            .ud_tags()
            .map(|t| Tag::from_ud(t.pos(), t.feats()))
            .collect();
        Ok(Morphology {
            dictionary,
            tags,
            counts: NameCounts::load(tables)?,
            endings: Endings::new(tables)?,
            chinese: ChineseNames::new(tables)?,
            contexts: ContextWords::new(tables)?,
            particles: Particles::load(tables)?,
        })
    }

    /// Small words of names.
    pub fn particles(&self) -> &Particles {
        &self.particles
    }

    /// What a lower-cased word says of a name beside it.
    pub(crate) fn context_word(&self, lower: &str) -> ContextWord {
        self.contexts.get(lower)
    }

    /// All readings of a word form, the likeliest first. Empty for what is no Cyrillic word.
    pub fn readings(&self, word: &str) -> Vec<Reading> {
        self.dictionary
            .analyze(word)
            .into_iter()
            .map(|a| Reading {
                tag: self
                    .tags
                    .get(usize::from(a.ud))
                    .copied()
                    .unwrap_or_default(),
                lemma: a.lemma.into_boxed_str(),
                chance: a.prob as f32,
                guessed: a.source == rumorph::Source::Guess,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morph::{Case, Gender, NameType, VerbForm};

    #[test]
    fn reads_cases_and_names() {
        let morphology = Morphology::new().expect("loads");
        let minsk = morphology.readings("минске");
        assert_eq!(&*minsk[0].lemma, "минск");
        assert_eq!(minsk[0].tag.case, Case::Locative);
        assert_eq!(minsk[0].tag.name, NameType::Place);
        let said = morphology.readings("сказал");
        assert_eq!(said[0].tag.verb_form, VerbForm::Finite);
        assert_eq!(said[0].tag.gender, Gender::Masculine);
    }
}
