//! Words in marks -> direct speech, a fragment of speech, or neither (a name, a title, a term).
//!
//! Decided by what stands around the marks ([`sides`]: a colon or comma, an attribution behind, the start of a sentence), by what the
//! words are ([`content`]: a clause with finite verb and subject, names, how many), and by the words near them ([`near`]: a cue, a noun
//! whose name stands in marks). [`russian`] and [`english`] weigh these. Examples beside the rules are in `tests/quotes_marks.rs`.

mod content;
mod english;
mod near;
mod russian;
mod sides;

pub(super) use content::Content;

use std::ops::Range;

use super::marks::Pair;
use crate::document::{Lang, QuoteKind, Rule};
use crate::view::View;
use english::judge_english;
use russian::judge_russian;
use sides::{left, right};

/// What words in marks are taken for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub kind: QuoteKind,
    pub rule: Rule,
    /// Chance that kind and span are right.
    pub confidence: f32,
}

fn direct(rule: Rule, confidence: f32) -> Option<Verdict> {
    Some(Verdict {
        kind: QuoteKind::Direct,
        rule,
        confidence,
    })
}

fn fragment(rule: Rule, confidence: f32) -> Option<Verdict> {
    Some(Verdict {
        kind: QuoteKind::Fragment,
        rule,
        confidence,
    })
}

/// Judges the words of a pair; `range` runs from the first token of the paragraph of its first mark to the last of that of its
/// last.
pub(super) fn judge(view: &View<'_>, range: Range<usize>, pair: &Pair) -> Option<Verdict> {
    let content = Content::of(view, pair.inner);
    if content.words == 0 {
        return None;
    }
    let english = view.lang(pair.inner.start as usize) == Lang::En;
    let left = left(view, range.start, pair);
    let right = right(view, range.end, pair, &content, english);
    if english {
        judge_english(view, range, pair, &content, left, right)
    } else {
        judge_russian(view, range, pair, &content, left, right)
    }
}

/// Words that nobody puts in marks as a term or a name.
const LONG_FRAGMENT: usize = 4;
