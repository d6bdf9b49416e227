//! Indirect quotations in English.

use super::clause::View;
use super::cues::CueList;
use super::types::{Attribution, Draft};
use crate::document::TokenRange;

/// Appends the indirect quotations of one sentence.
pub fn sentence(
    _cues: &CueList,
    _view: &View<'_>,
    _tokens: TokenRange,
    _title: bool,
    _found: &mut Vec<Draft>,
) {
}

/// The attribution beside a direct quotation.
pub fn direct(_cues: &CueList, _view: &View<'_>, _draft: &Draft) -> Option<Attribution> {
    None
}

/// The attribution of a fragment.
pub fn fragment(_cues: &CueList, _view: &View<'_>, _draft: &Draft) -> Option<Attribution> {
    None
}
