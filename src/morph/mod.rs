//! Words: the readings of a Russian word form (lemma, part of speech, grammemes), prediction for unknown words, inflection.
//!
//! Everything that knows the crate behind it (rumorph, with the OpenCorpora and Wiktionary dictionary under CC BY-SA 4.0)
//! stands in this module; the rest of the library sees [`Reading`] and [`Tag`].

mod candidates;
mod chinese;
mod context;
mod counts;
mod endings;
mod forms;
mod known;
mod lists;
mod names;
mod particles;
mod phrase;
mod plain;
mod tag;
mod translit;
mod weights;
mod writing;

pub(crate) use context::ContextWord;
pub use lists::GivenName;
pub use names::{Certainty, NameContext, NamePart, NameWord, Nominative};
pub use particles::{Particle, Particles};
pub(crate) use phrase::PhraseWord;
pub use tag::{Case, CaseSet, Gender, NameType, Number, Pos, Tag, Tense, VerbForm};
pub use translit::{Standard, Transliterator, match_key};

use crate::error::{Error, ErrorKind, Result};

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

/// The Russian morphological dictionary. Shared between threads by reference.
pub struct Morphology {
    dictionary: rumorph::Dictionary,
    /// Tag of each UD tag number.
    tags: Vec<Tag>,
    /// Paradigms of names.
    endings: endings::Endings,
    particles: &'static Particles,
    chinese: chinese::ChineseNames,
    /// Words beside names.
    contexts: context::ContextWords,
}

impl Morphology {
    /// Loads the dictionary that is compiled in (about 10 ms).
    ///
    /// # Errors
    /// [`ErrorKind::Bug`] where the compiled-in data is damaged.
    pub fn new() -> Result<Self> {
        let dictionary = rumorph::Dictionary::bundled()
            .map_err(|e| Error::new(ErrorKind::Bug, format!("morphology does not load: {e}")))?;
        let tags = dictionary
            .ud_tags()
            .map(|t| Tag::from_ud(t.pos(), t.feats()))
            .collect();
        Ok(Morphology {
            dictionary,
            tags,
            endings: endings::Endings::new()?,
            chinese: chinese::ChineseNames::new()?,
            contexts: context::ContextWords::new()?,
            particles: Particles::get()?,
        })
    }

    /// Small words of names.
    pub fn particles(&self) -> &Particles {
        self.particles
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
