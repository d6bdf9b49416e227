//! Whether words in marks are speech in a Russian sentence.
//!
//! Input: what stands around the marks and what the words are; output: a [`Verdict`], or none for a name, a title, a term.

use crate::document::Rule;
use crate::document::TokenKind;
use crate::language::kind::near::{cue_after, cue_before, governed, named};
use crate::language::kind::{LONG_FRAGMENT, Left, Marked, Right, Verdict, direct, fragment};
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::{Frames, Function};

/// The verdict on a pair in Russian text.
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
    match (left, right) {
        (Left::Start, Right::Attribution) => {
            let confidence = if pair.whole { 0.95 } else { 0.8 };
            return direct(Rule::DirectAttributionAfter, confidence);
        }
        (Left::Colon, Right::Attribution) => return direct(Rule::DirectColon, 0.9),
        _ => {}
    }
    if !pair.whole
        && left != Left::Colon
        && !(left == Left::Start && content.first_person && clause)
    {
        return None;
    }
    if left == Left::Colon {
        let cue = cue_before(view, range.start, open.saturating_sub(1), 25);
        if named(view, range.start, pair, content) && !clause {
            return None;
        }
        if cue.is_some()
            && (clause || content.closes_stop || content.opens_capital && content.words >= 2)
        {
            return direct(Rule::DirectColon, 0.92);
        }
        if clause && content.opens_capital {
            return direct(Rule::DirectColonNoCue, 0.7);
        }
        if cue.is_some() && !content.name_like() {
            return fragment(Rule::FragmentColon, 0.6);
        }
        return None;
    }
    if left == Left::Start && matches!(right, Right::End | Right::Colon) {
        // «Следующий!» — a cry is a sentence of its own.
        let last = pair.inner.end as usize - 1;
        if content.opens_capital && view.strong_stop(last) && right == Right::End {
            return direct(Rule::DirectSentence, 0.7);
        }
        // «Мост упал ночью»: жители …: of three words it must be a whole clause; «Золотой граммофон»: … is a name.
        let whole = content.words >= 4
            || content.words == 3
                && right == Right::Colon
                && content.finite
                && content.subject
                && !content.predicate;
        if clause && content.opens_capital && whole {
            return direct(Rule::DirectSentence, 0.75);
        }
        return None;
    }
    let name = named(view, range.start, pair, content);
    if name {
        return None;
    }
    let before = open.saturating_sub(1);
    let cue = cue_before(view, range.start, open, 30);
    let that = view.clause(before).has(ClauseFacts::COMPLEMENT);
    if left == Left::Start {
        // «Стройка века» идёт: a name at the start of the narrator's sentence, unless the sentence says whose words.
        return if !content.name_like() && cue_after(view, close, range.end) {
            if clause && content.subject && right == Right::Attribution {
                direct(Rule::DirectAttributionAfter, 0.8)
            } else {
                fragment(Rule::FragmentSentenceCue, 0.5)
            }
        } else {
            None
        };
    }
    let adjacent = view.speech(before) || left == Left::Comma && cue.is_some();
    if right == Right::Attribution && content.opens_capital && clause && content.subject {
        return direct(Rule::DirectAttributionAfter, 0.8);
    }
    let subordinate = !content.opens_capital
        && view
            .facts(pair.inner.start as usize)
            .function
            .any(Function::SUBORDINATE.or(Function::AS))
        && pair.inner.range().all(|i| view.kind(i) != TokenKind::Comma);
    let own_clause =
        clause && content.own_finite && content.own_subject && !content.predicate && !subordinate;
    if own_clause && cue.is_some() {
        let after_that = that || left == Left::Quote || adjacent;
        // «…, что из-за дождей «поля стоят под водой»»: all but an adverbial stands in the marks.
        let inside_that = right == Right::End
            && left == Left::Word
            && content.words >= LONG_FRAGMENT
            && (range.start.max(open.saturating_sub(30))..open)
                .rev()
                .take_while(|&i| !view.stop(i))
                .find(|&i| {
                    view.clause(i).has(ClauseFacts::COMPLEMENT)
                        || view.facts(i).function.any(Function::WHICH)
                })
                .is_some_and(|i| view.facts(i).function.any(Function::WHAT));
        if after_that || inside_that {
            return direct(Rule::DirectClause, 0.75);
        }
    }
    if adjacent && clause && content.opens_capital && content.words >= 4 {
        return direct(Rule::DirectCueBefore, 0.75);
    }
    if cue.is_some() || right == Right::Attribution || cue_after(view, close, range.end) {
        if content.name_like()
            && !(cue.is_some_and(|c| view.facts(c).frames.any(Frames::DIRECT)) && content.finite)
        {
            return None;
        }
        if content.words <= TERM
            && right != Right::Attribution
            && !governed(view, range.start, open, cue)
        {
            return None;
        }
        return fragment(Rule::FragmentCue, 0.6);
    }
    if content.words >= LONG_FRAGMENT && !content.opens_capital {
        return fragment(Rule::FragmentLong, 0.5);
    }
    None
}

/// So few words may be a term, or the writer's irony: they need a cue that governs them.
pub(super) const TERM: usize = 2;
