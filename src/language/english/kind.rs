//! Whether words in marks are speech in an English sentence, where attributions stand behind a comma inside the marks.
//!
//! Input: what stands around the marks and what the words are; output: a [`Verdict`], or none for a name, a title, a term.

use crate::document::Rule;
use crate::language::kind::near::{cue_after, cue_before, named};
use crate::language::kind::{LONG_FRAGMENT, Left, Marked, Right, Verdict, direct, fragment};

/// The verdict on a pair in English text.
pub(super) fn judge(marked: &Marked<'_>) -> Option<Verdict> {
    let Marked {
        view,
        range,
        pair,
        content,
        left,
        right,
    } = marked;
    let (left, right) = (*left, *right);
    let open = pair.outer.start as usize;
    let close = pair.outer.end as usize;
    let clause = content.clause();
    // A value of markup: author="…".
    if open > range.start && view.text(open - 1) == "=" {
        return None;
    }
    if left == Left::Start && right == Right::Attribution {
        return direct(
            Rule::DirectAttributionAfter,
            if pair.whole { 0.95 } else { 0.75 },
        );
    }
    if !pair.whole && left != Left::Colon && left != Left::Start {
        return None;
    }
    let cue = cue_before(view, range.start, open, 30);
    if left == Left::Colon || left == Left::Comma {
        let before = open.saturating_sub(2);
        let near = cue_before(view, range.start, open, 12);
        if left == Left::Colon && (clause || content.closes_stop || content.words >= 3) {
            return direct(Rule::DirectColon, if near.is_some() { 0.9 } else { 0.7 });
        }
        // Behind a comma too, “we are going to lose” with a small letter is part of the narrator's sentence.
        if left == Left::Comma && (near.is_some() || view.speech(before)) && content.opens_capital {
            return direct(Rule::DirectCueBefore, 0.9);
        }
    }
    if left == Left::Start && matches!(right, Right::End | Right::Colon) {
        // «Следующий!» — a cry is a sentence of its own.
        let last = pair.inner.end as usize - 1;
        if content.opens_capital && view.strong_stop(last) && right == Right::End {
            return direct(Rule::DirectSentence, 0.7);
        }
        if (clause || right == Right::Colon) && content.words >= 4 {
            return direct(Rule::DirectSentence, 0.75);
        }
        return None;
    }
    if named(view, range.start, pair, content) {
        return None;
    }
    if open > range.start && view.speech(open - 1) {
        let whole = right == Right::End && content.finite && content.subject;
        if clause && content.opens_capital || whole {
            return direct(Rule::DirectCueBefore, 0.85);
        }
    }
    if cue.is_some() || right == Right::Attribution || cue_after(view, close, range.end) {
        if content.capitals == content.words && content.words > 1 {
            return None;
        }
        return fragment(Rule::FragmentCue, 0.6);
    }
    if content.words >= LONG_FRAGMENT && !content.opens_capital {
        return fragment(Rule::FragmentLong, 0.5);
    }
    None
}
