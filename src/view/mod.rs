//! The words of a document with what the dictionaries and the languages know of them.
//!
//! Input: the word of each token, and the rooms below; output: facts by token or word, each found where it is asked for first and kept
//! in a column. Stages read words through [`Known`], and never change what is known.

mod document;

pub use document::View;

use std::sync::Arc;

use crate::dictionary::Dictionaries;
use crate::dictionary::names::NameFlags;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::lexis::Languages;
use crate::lexis::classes::Classes;
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::WordFacts;
use crate::morph::{Morphology, Reading};
use crate::words::{Column, Word, WordId, WordList};

/// What has been found of words so far, for all threads.
#[derive(Default)]
pub struct Columns {
    cue: Column<WordFacts>,
    clause: Column<ClauseFacts>,
    name: Column<NameFlags>,
    organisation: Column<OrganisationWord>,
    places: Column<u16>,
}

/// The words of a list with all that is known of them.
#[derive(Clone, Copy)]
pub struct Glossary<'a> {
    /// The words themselves.
    pub list: &'a WordList,
    /// Facts found so far.
    pub columns: &'a Columns,
    /// Whom to ask for readings and particles.
    pub morphology: &'a Morphology,
    /// Whom to ask for cues and classes.
    pub languages: &'a Languages,
    /// Whom to ask for names.
    pub dictionaries: &'a Dictionaries,
}

impl<'a> Glossary<'a> {
    /// A word with its readings.
    pub fn word(&self, id: WordId) -> &'a Word {
        self.list.word(id)
    }

    /// All that is known of a word.
    pub fn facts(&'a self, id: WordId) -> Facts<'a> {
        Facts { glossary: self, id }
    }
}

/// The words of one document, by token.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The word of each token; [`WordId::NONE`] where the token is no word.
    pub words: &'a [WordId],
    /// What is known of them.
    pub glossary: &'a Glossary<'a>,
}

impl<'a> Known<'a> {
    /// All that is known of a word.
    pub fn facts(&self, word: WordId) -> Facts<'a> {
        self.glossary.facts(word)
    }

    /// All that is known of the word of token `i`; of a place past the end what is known of no word.
    pub fn at(&self, i: usize) -> Facts<'a> {
        self.facts(self.words.get(i).copied().unwrap_or(WordId::NONE))
    }
}

/// All that is known of one word: each fact is looked up when it is asked for.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    glossary: &'a Glossary<'a>,
    id: WordId,
}

impl<'a> Facts<'a> {
    fn word(&self) -> &'a Word {
        self.glossary.list.word(self.id)
    }

    /// The word in lower case, as written; empty for what is no word.
    pub fn lower(&self) -> &'a str {
        &self.word().lower
    }

    /// Its readings, the likeliest first; none for Latin words.
    pub fn readings(&self) -> &'a [Reading] {
        &self.word().readings
    }

    /// The same, to be kept.
    pub fn shared_readings(&self) -> &'a Arc<[Reading]> {
        &self.word().readings
    }

    /// What its case forms share (see [`crate::words::stem`]).
    pub fn key(&self) -> u64 {
        self.word().key
    }

    /// What it is as a cue, and its grammar.
    pub fn cue(&self) -> &'a WordFacts {
        let g = self.glossary;
        let find = || {
            let word = self.word();
            g.languages.cues.facts(&word.lower, &word.readings)
        };
        g.columns.cue.get(self.id, find)
    }

    /// What it says of the clause that it stands in.
    pub fn clause(&self) -> ClauseFacts {
        let g = self.glossary;
        let find = || {
            let word = self.word();
            g.languages.clause_words.facts(&word.lower, &word.readings)
        };
        *g.columns.clause.get(self.id, find)
    }

    /// Its classes and, as a cue, its frames.
    pub fn classes(&self) -> Classes {
        self.cue().classes()
    }

    /// What it is as part of a personal name.
    pub fn name(&self) -> NameFlags {
        let g = self.glossary;
        let find = || {
            let word = self.word();
            let flags = g.dictionaries.names.flags(&word.lower, &word.readings);
            flags.with_particle(g.morphology.particles().of(&word.lower))
        };
        *g.columns.name.get(self.id, find)
    }

    /// What it is to the patterns of organisations.
    pub fn organisation(&self) -> OrganisationWord {
        let g = self.glossary;
        let find = || {
            let word = self.word();
            let words = &g.dictionaries.organisation_words;
            words.flags(&word.lower, &word.readings)
        };
        *g.columns.organisation.get(self.id, find)
    }

    /// Where it stands in the names of the dictionaries (see [`crate::dictionary::gazetteer::Gazetteer::places_of`]).
    pub fn places(&self) -> u16 {
        let g = self.glossary;
        let find = || g.dictionaries.gazetteer.places_of(self.word().key);
        *g.columns.places.get(self.id, find)
    }
}
