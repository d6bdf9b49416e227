//! Everything found so far -> quotations and who said them.

pub mod cues;
pub mod types;

use crate::document::Document;
use crate::error::Result;
use crate::pipeline::{Resources, Scratch};

/// Cues of speech and the rules around them.
pub struct QuoteFinder {
    cues: cues::CueList,
}

impl QuoteFinder {
    /// With the dictionaries that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        Ok(QuoteFinder {
            cues: cues::CueList::load()?,
        })
    }

    /// The dictionary of cues.
    pub fn cues(&self) -> &cues::CueList {
        &self.cues
    }
}

/// Fills `doc.quotes`.
pub fn find_quotes(_resources: &Resources, _scratch: &mut Scratch, doc: &mut Document) {
    doc.quotes.clear();
}
