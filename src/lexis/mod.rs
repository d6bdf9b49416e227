//! What a language brings: its cues of speech, its closed classes of words, and what they say of the words beside them.

pub mod classes;
pub mod clause_words;
pub mod cues;
pub mod source_nouns;

use crate::error::Result;
use crate::tables::Tables;

/// The words of both languages that stages ask for.
pub struct Languages {
    /// Cues of speech and classes of words.
    pub cues: cues::CueList,
    /// What words say of the clause that they stand in.
    pub clause_words: clause_words::ClauseWords,
}

impl Languages {
    /// With the words of `tables`.
    pub(crate) fn new(tables: &Tables) -> Result<Self> {
        Ok(Languages {
            cues: cues::CueList::load(tables)?,
            clause_words: clause_words::ClauseWords::load(tables)?,
        })
    }
}
