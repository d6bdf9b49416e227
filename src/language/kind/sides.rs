//! What stands right before an opening and right behind a closing mark.
//!
//! Input: a [`Pair`] and the bounds of its paragraphs; output: [`Left`] and [`Right`].

use super::content::Content;
use crate::document::{LetterCase, TokenKind};
use crate::language::region::Habits;
use crate::language::types::Pair;
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::Function;
use crate::view::View;

/// What stands before the opening mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// A paragraph or sentence begins with it.
    Start,
    Colon,
    Comma,
    Dash,
    /// Another quotation, right before or with a comma or conjunction between.
    Quote,
    Word,
}

/// What stands behind the closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// An attribution.
    Attribution,
    /// The sentence or paragraph ends.
    End,
    /// A colon: a headline goes on with whose words they are.
    Colon,
    /// The sentence goes on.
    Word,
}

/// What stands before a pair whose paragraph begins at token `start`.
pub(super) fn left(view: &View<'_>, start: usize, pair: &Pair) -> Left {
    let open = pair.outer.start as usize;
    if open <= start {
        return Left::Start;
    }
    let before = open - 1;
    match view.kind(before) {
        TokenKind::Colon => Left::Colon,
        TokenKind::Comma => {
            if before > start && view.kind(before - 1) == TokenKind::Quote {
                Left::Quote
            } else {
                Left::Comma
            }
        }
        TokenKind::Dash if before == start => Left::Start,
        TokenKind::Dash => Left::Dash,
        TokenKind::Stop | TokenKind::Hashtag | TokenKind::Other => Left::Start,
        TokenKind::Quote => {
            if view.stop(before.wrapping_sub(1)) {
                Left::Start
            } else {
                Left::Quote
            }
        }
        _ => {
            // A sentence boundary that the splitter found: after an abbreviation, or a stop inside other marks.
            let at = pair.outer.start;
            let s = view.doc.sentences.partition_point(|s| s.tokens.start < at);
            let starts = view
                .doc
                .sentences
                .get(s)
                .is_some_and(|s| s.tokens.start == at);
            if starts { Left::Start } else { Left::Word }
        }
    }
}

/// Longest signature behind a quotation, in tokens with its dash.
const SIGNATURE: usize = 8;

/// Whether a word joins or relates a clause: “and”, “who”, “that”.
fn opens_clause(view: &View<'_>, i: usize) -> bool {
    view.facts(i).function.any(
        Function::CONJUNCTION
            .or(Function::AND)
            .or(Function::RELATIVE)
            .or(Function::THAT),
    )
}

/// What stands behind a pair whose paragraph ends before token `end`.
pub(super) fn right(
    view: &View<'_>,
    end: usize,
    pair: &Pair,
    content: &Content,
    habits: &Habits,
) -> Right {
    let next = pair.outer.end as usize;
    let last = pair.inner.end as usize - 1;
    let inner_comma = view.kind(last) == TokenKind::Comma || view.strong_stop(last);
    if next >= end {
        return Right::End;
    }
    // A title before a comma has its attribution at once or not at all.
    let inside = habits.comma_inside;
    let title = inside && content.words >= 2 && content.title;
    let cue_within = |from: usize, tokens: usize| {
        let tokens = if title { tokens.min(6) } else { tokens };
        // “The Mill,” a film about …
        if title
            && view.facts(from).function.any(
                Function::DETERMINER
                    .or(Function::POSSESSIVE)
                    .or(Function::THAT),
            )
            && !view.speech(from + 2)
        {
            return false;
        }
        (from..end.min(from + tokens))
            .take_while(|&i| {
                !view.stop(i) && !matches!(view.kind(i), TokenKind::Semicolon | TokenKind::Colon)
            })
            .take_while(|&i| inside || view.kind(i) != TokenKind::Comma)
            .any(|i| view.speech(i))
    };
    match view.kind(next) {
        TokenKind::Comma if view.kind(next + 1) == TokenKind::Dash => {
            if view.kind(next + 2) == TokenKind::Word
                && (view.is_lower(next + 2) || cue_within(next + 2, 6))
            {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        TokenKind::Comma
            if inside
                && view.facts(next + 1).function.any(Function::SUBJECT)
                && view.is_lower(next + 2)
                && (next + 3 >= end || view.stop(next + 3)) =>
        {
            Right::Attribution
        }
        TokenKind::Comma => {
            let conjunction = view.clause(next + 1).has(ClauseFacts::COMPLEMENT)
                || view.facts(next + 1).function.any(
                    Function::AND
                        .or(Function::CONTRAST)
                        .or(Function::WHICH)
                        .or(Function::CONJUNCTION.or(Function::AND))
                        .or(Function::RELATIVE.or(Function::THAT)),
                );
            let within = habits.cue_behind;
            if !conjunction && cue_within(next + 1, within) {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        // “…” ― Ann Lee: a name alone to the end of the line.
        TokenKind::Dash
            if content.clause()
                && next + 2 <= end
                && end <= next + SIGNATURE
                && view.case(next + 1) == LetterCase::Capital
                && (next + 1..end).all(|i| {
                    !view.is_lower(i) || view.get(i).is_some_and(|t| t.span.len() <= 3)
                }) =>
        {
            Right::Attribution
        }
        TokenKind::Dash => {
            let lower = view.is_lower(next + 1);
            if lower && inner_comma && view.clause(next + 1).has(ClauseFacts::THIRD)
                || view.is_lower(next + 1) && cue_within(next + 1, 3)
            {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        TokenKind::Stop => Right::End,
        TokenKind::Colon => Right::Colon,
        // A clause with a comma inside its marks waits for its attribution, whatever the verb.
        _ if inside
            && view.kind(last) == TokenKind::Comma
            && content.clause()
            && content.opens_capital
            && !title
            && view.get(next).is_some_and(|t| t.is_wordlike())
            && !opens_clause(view, next)
            && !view
                .facts(next)
                .function
                .any(Function::PREPOSITION.or(Function::TO)) =>
        {
            Right::Attribution
        }
        // “…,” he shrugged.
        _ if inside
            && inner_comma
            && view.facts(next).function.any(Function::SUBJECT)
            && view.is_lower(next + 1)
            && (next + 2 >= end || view.stop(next + 2)) =>
        {
            Right::Attribution
        }
        _ if inner_comma && view.kind(last) == TokenKind::Comma => {
            if !(inside && opens_clause(view, next)) && cue_within(next, habits.cue_behind) {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        _ if inner_comma
            && (view.is_lower(next) || inside)
            && cue_within(next, habits.cue_behind_stop) =>
        {
            Right::Attribution
        }
        _ if view.stop(last) && (view.may_open(next) || view.kind(next) == TokenKind::Quote) => {
            Right::End
        }
        _ => Right::Word,
    }
}
