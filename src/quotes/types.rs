//! Words in marks, or set off by dashes, labels or a block, as marks and layout find them.

use super::labels::Label;
use crate::document::TokenRange;
use crate::language::types::{Part, Setting};

/// Words that may be a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Its parts without outer marks and without the comma or dash of the attribution, in order.
    pub parts: Vec<Part>,
    /// Everything from the first opening to the last closing mark; attributions stand before, after, or between the parts.
    pub tokens: TokenRange,
    /// How it is set off.
    pub setting: Setting,
    /// Index of the block that it begins in.
    pub block: u32,
    /// The label of an interview turn, where there is one: the speaker as the label names it.
    pub(super) label: Option<Label>,
    /// An attribution was found inside or behind it (lines of dialogue only).
    pub attributed: bool,
}
