//! What stands right before an opening and right behind a closing mark.
//!
//! Input: a [`Pair`] and the bounds of its paragraphs; output: [`Left`] and [`Right`].

use super::content::Content;
use crate::document::{LetterCase, TokenKind};
use crate::language::habits::Habits;
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
    if next >= end {
        return Right::End;
    }
    let inside = habits.comma_inside;
    let behind = Behind {
        view,
        end,
        next,
        comma: view.kind(last) == TokenKind::Comma,
        stop: view.strong_stop(last),
        title: inside && content.words >= 2 && content.title,
        content,
        habits,
    };
    let attribution = match view.kind(next) {
        TokenKind::Stop => return Right::End,
        TokenKind::Colon => return Right::Colon,
        TokenKind::Comma => behind.after_comma(),
        TokenKind::Dash => behind.after_dash(),
        _ => behind.after_marks(),
    };
    let sentence = !matches!(view.kind(next), TokenKind::Comma | TokenKind::Dash)
        && !behind.comma
        && view.stop(last)
        && (view.may_open(next) || view.kind(next) == TokenKind::Quote);
    match attribution {
        true => Right::Attribution,
        false if sentence => Right::End,
        false => Right::Word,
    }
}

/// What is asked of the words behind a closing mark.
struct Behind<'a> {
    view: &'a View<'a>,
    /// The paragraph ends before this token.
    end: usize,
    /// The first token behind the mark.
    next: usize,
    /// The words in the marks end in a comma.
    comma: bool,
    /// They end in a question or exclamation mark, or dots.
    stop: bool,
    /// They are a title: before a comma it has its attribution at once or not at all.
    title: bool,
    content: &'a Content,
    habits: &'a Habits,
}

impl Behind<'_> {
    /// Whether a cue stands among so many tokens from `from` on, in the same sentence.
    fn cue_within(&self, from: usize, tokens: usize) -> bool {
        let view = self.view;
        let tokens = if self.title { tokens.min(6) } else { tokens };
        let noun = Function::DETERMINER
            .or(Function::POSSESSIVE)
            .or(Function::THAT);
        // “The Mill,” a film about …
        if self.title && view.function(from, noun) && !view.speech(from + 2) {
            return false;
        }
        let ends = |kind| matches!(kind, TokenKind::Semicolon | TokenKind::Colon);
        (from..self.end.min(from + tokens))
            .take_while(|&i| !view.stop(i) && !ends(view.kind(i)))
            .take_while(|&i| self.habits.comma_inside || view.kind(i) != TokenKind::Comma)
            .any(|i| view.speech(i))
    }

    /// “…,” he shrugged: a pronoun at `i`, a verb, and nothing more.
    fn pronoun_and_verb(&self, i: usize) -> bool {
        let view = self.view;
        self.habits.comma_inside
            && view.function(i, Function::SUBJECT)
            && view.is_lower(i + 1)
            && (i + 2 >= self.end || view.stop(i + 2))
    }

    /// «…», сказал X; «…», — сказал X; but «…», и …
    fn after_comma(&self) -> bool {
        let (view, next) = (self.view, self.next);
        if view.kind(next + 1) == TokenKind::Dash {
            return view.kind(next + 2) == TokenKind::Word
                && (view.is_lower(next + 2) || self.cue_within(next + 2, 6));
        }
        if self.pronoun_and_verb(next + 1) {
            return true;
        }
        let conjunction = view.clause(next + 1).has(ClauseFacts::COMPLEMENT)
            || view.function(next + 1, Function::CONTRAST.or(Function::WHICH))
            || opens_clause(view, next + 1);
        !conjunction && self.cue_within(next + 1, self.habits.cue_behind)
    }

    /// “…” ― Ann Lee: a name alone to the end of the line; «…» — сказал X.
    fn after_dash(&self) -> bool {
        let (view, next, end) = (self.view, self.next, self.end);
        let short = |i: usize| view.get(i).is_some_and(|t| t.span.len() <= 3);
        let signed = self.content.clause()
            && next + 2 <= end
            && end <= next + SIGNATURE
            && view.case(next + 1) == LetterCase::Capital
            && (next + 1..end).all(|i| !view.is_lower(i) || short(i));
        let verb = (self.comma || self.stop) && view.clause(next + 1).has(ClauseFacts::THIRD);
        signed || view.is_lower(next + 1) && (verb || self.cue_within(next + 1, 3))
    }

    /// “…,” said X; “…?” asked X: nothing stands between the mark and the attribution.
    fn after_marks(&self) -> bool {
        let (view, next, inside) = (self.view, self.next, self.habits.comma_inside);
        // A clause with a comma inside its marks waits for its attribution, whatever the verb.
        let waits = inside
            && self.comma
            && self.content.clause()
            && self.content.opens_capital
            && !self.title
            && view.get(next).is_some_and(|t| t.is_wordlike())
            && !opens_clause(view, next)
            && !view.function(next, Function::PREPOSITION.or(Function::TO));
        if waits || (self.comma || self.stop) && self.pronoun_and_verb(next) {
            return true;
        }
        if self.comma {
            return !(inside && opens_clause(view, next))
                && self.cue_within(next, self.habits.cue_behind);
        }
        self.stop
            && (view.is_lower(next) || inside)
            && self.cue_within(next, self.habits.cue_behind_stop)
    }
}
