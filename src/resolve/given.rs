//! What the stage reads beside the document: words, spellings, hits of the dictionaries.

use crate::dictionary::Dictionaries;
use crate::dictionary::gazetteer::Hit;
use crate::morph::Morphology;
use crate::resolve::slug::Spelling;
use crate::view::Known;

/// What this stage reads beside the document.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The words of the document.
    pub known: Known<'a>,
    /// Spellings of names.
    pub spelling: &'a Spelling,
    /// All dictionary hits of the document, in order of start.
    pub hits: &'a [Hit],
    /// Of each mention of the document, the dictionary name that the whole of it is a form of.
    pub names: &'a [Option<u32>],
}

impl<'a> Given<'a> {
    /// Who and what the dictionaries know.
    pub fn dictionaries(&self) -> &'a Dictionaries {
        self.known.glossary.dictionaries
    }

    /// Forms of words.
    pub fn morphology(&self) -> &'a Morphology {
        self.known.glossary.morphology
    }

    /// Dictionary hits that lie within tokens `from..to`.
    pub(super) fn hits_between(&self, from: u32, to: u32) -> impl Iterator<Item = &'a Hit> {
        let first = self.hits.partition_point(|h| h.tokens.start < from);
        self.hits[first..]
            .iter()
            .take_while(move |h| h.tokens.start < to)
            .filter(move |h| h.tokens.end <= to)
    }
}
