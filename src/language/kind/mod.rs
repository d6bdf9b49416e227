//! Words in marks -> direct speech, a fragment of speech, or neither (a name, a title, a term).
//!
//! Decided by what stands around the marks ([`sides`]: a colon or comma, an attribution behind, the start of a sentence), by what the
//! words are ([`content`]: a clause with finite verb and subject, names, how many), and by the words near them ([`near`]: a cue, a noun
//! whose name stands in marks). Each language weighs these in its own way ([`super::pack::Language::judge`]). Examples beside the rules are in
//! `tests/quotes_marks.rs`.

mod content;
pub(super) mod near;
mod sides;

pub use content::Content;
pub use sides::{Left, Right};

use std::ops::Range;

use super::habits::Habits;
use super::types::Pair;
use crate::document::{QuoteKind, Rule};
use crate::view::View;

/// What words in marks are taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Direct speech or a fragment.
    pub kind: QuoteKind,
    /// What says so.
    pub rule: Rule,
    /// Chance that kind and span are right.
    pub confidence: f32,
}

/// Speech, as a rule has it.
pub(super) fn direct(rule: Rule, confidence: f32) -> Option<Verdict> {
    Some(Verdict {
        kind: QuoteKind::Direct,
        rule,
        confidence,
    })
}

/// A fragment, as a rule has it.
pub(super) fn fragment(rule: Rule, confidence: f32) -> Option<Verdict> {
    Some(Verdict {
        kind: QuoteKind::Fragment,
        rule,
        confidence,
    })
}

/// Words in marks with what stands around them.
pub struct Marked<'a> {
    /// The document.
    pub view: &'a View<'a>,
    /// From the first token of the paragraph of the first mark to the last of that of the last one.
    pub range: Range<usize>,
    /// The marks.
    pub pair: &'a Pair,
    /// What the words are.
    pub content: Content,
    /// What stands before them.
    pub left: Left,
    /// What stands behind them.
    pub right: Right,
}

impl<'a> Marked<'a> {
    /// The words of a pair; nothing where there are none.
    pub fn of(
        view: &'a View<'a>,
        habits: &Habits,
        range: Range<usize>,
        pair: &'a Pair,
    ) -> Option<Self> {
        let content = Content::of(view, pair.inner);
        if content.words == 0 {
            return None;
        }
        Some(Marked {
            left: sides::left(view, range.start, pair),
            right: sides::right(view, range.end, pair, &content, habits),
            view,
            range,
            pair,
            content,
        })
    }
}

/// Words that nobody puts in marks as a term or a name.
pub(super) const LONG_FRAGMENT: usize = 4;
