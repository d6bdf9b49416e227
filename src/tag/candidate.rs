//! What the steps of this stage hand on: stretches of tokens that may be names, then mentions.

use crate::document::{Document, EntityType, Mention, Rule, TokenRange};
use crate::span::Span;

/// What takes a stretch of tokens for a name.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub tokens: TokenRange,
    pub kind: EntityType,
    /// The dictionary's name, where the whole stretch is a form of it.
    pub name: Option<u32>,
    /// Whether the trained tagger marks it.
    pub tagged: bool,
    /// What found it, where no dictionary did.
    pub rule: Rule,
}

/// A mention with the dictionary name that the whole of it is a form of.
pub(super) type Found = (Mention, Option<u32>);

/// The bytes from the first to the last token of a range that is not empty.
pub(super) fn span_of(doc: &Document, tokens: TokenRange) -> Span {
    let range = tokens.range();
    Span {
        start: doc.tokens[range.start].span.start,
        end: doc.tokens[range.end - 1].span.end,
    }
}
