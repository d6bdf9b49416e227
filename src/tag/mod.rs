//! Tokens -> mentions of people, organisations, places and positions.

use crate::document::Document;
use crate::error::Result;
use crate::pipeline::{Resources, Scratch};

/// Dictionaries, grammar and trained tagger of entities.
pub struct Tagger {}

impl Tagger {
    /// With the dictionaries that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        Ok(Tagger {})
    }
}

/// Fills `doc.mentions`.
pub fn find_mentions(_resources: &Resources, _scratch: &mut Scratch, doc: &mut Document) {
    doc.mentions.clear();
}
