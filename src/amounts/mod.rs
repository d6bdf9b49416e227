//! Tokens -> amounts (money, percentages, measures, counts) and dates, with values.

use crate::document::Document;
use crate::error::Result;
use crate::pipeline::{Resources, Scratch};

/// Number words, currencies, units.
pub struct AmountFinder {}

impl AmountFinder {
    /// With the dictionaries that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        Ok(AmountFinder {})
    }
}

/// Fills `doc.amounts` and `doc.dates`, and the document's own date from its dateline where it has none.
pub fn find_amounts(_resources: &Resources, _scratch: &mut Scratch, doc: &mut Document) {
    doc.amounts.clear();
    doc.dates.clear();
}
