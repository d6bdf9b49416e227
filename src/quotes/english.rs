//! Indirect quotations in English.

use super::clause::View;
use super::cues::CueList;
use super::types::Draft;
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
