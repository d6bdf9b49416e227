//! What the words between two marks are: a clause, a name, how many.
//!
//! Input: their tokens; output: [`Content`], counted once.

use crate::document::TokenRange;
use crate::document::{LetterCase, TokenKind};
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::{Function, Grammar};
use crate::view::View;

/// What the words between the marks are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Content {
    /// Words.
    pub words: usize,
    /// Words with a capital or digits.
    pub capitals: usize,
    /// A finite verb stands there.
    pub finite: bool,
    /// What may be a subject stands there.
    pub subject: bool,
    /// The same before any relative clause.
    pub own_finite: bool,
    /// The same of the subject.
    pub own_subject: bool,
    /// Speaks of the speaker.
    pub first_person: bool,
    /// Speaks to somebody.
    pub second_person: bool,
    /// Begins with its verb, or an infinitive: the subject stands outside.
    pub predicate: bool,
    /// All words but short ones have a capital.
    pub title: bool,
    /// Sentence ends before the last token.
    pub stops: usize,
    /// Begins with a capital.
    pub opens_capital: bool,
    /// Ends in . ! ? …
    pub closes_stop: bool,
}

impl Content {
    /// Counts the words of a range.
    pub fn of(view: &View<'_>, tokens: TokenRange) -> Content {
        let mut content = Content {
            title: true,
            ..Content::default()
        };
        let mut relative = false;
        let range = tokens.range();
        let last = range.end.saturating_sub(1);
        for i in range.clone() {
            let Some(token) = view.get(i) else { break };
            if token.is_wordlike() || token.kind == TokenKind::Number {
                content.words += 1;
                content.title &= token.case != LetterCase::Lower || token.span.len() <= 3;
                if !matches!(token.case, LetterCase::Lower) {
                    content.capitals += 1;
                }
                let facts = view.clause(i);
                content.finite |= facts.has(ClauseFacts::FINITE);
                content.subject |= facts.has(ClauseFacts::SUBJECT);
                relative = relative && view.kind(i.saturating_sub(1)) != TokenKind::Comma
                    || view.facts(i).function.any(Function::WHICH);
                if !relative {
                    content.own_finite |= facts.has(ClauseFacts::FINITE);
                    content.own_subject |= facts.has(ClauseFacts::SUBJECT);
                }
                content.first_person |= facts.has(ClauseFacts::FIRST);
                content.second_person |= facts.has(ClauseFacts::SECOND);
            } else if token.kind == TokenKind::Stop && i != last {
                content.stops += 1;
            }
        }
        content.opens_capital = view.may_open(range.start)
            || !view.get(range.start).is_some_and(|t| t.is_wordlike())
                && view.may_open(range.start + 1);
        content.closes_stop = view.stop(last);
        let first = (range.start..range.end).find(|&i| {
            !view.facts(i).function.any(Function::NOT)
                && view.get(i).is_some_and(|t| t.is_wordlike())
        });
        content.predicate = first.is_some_and(|i| {
            view.is_lower(i)
                && (view.clause(i).has(ClauseFacts::VERB)
                    || view.facts(i).grammar.any(Grammar::INFINITIVE))
        });
        content
    }

    /// Enough for words of somebody's own: a finite verb, several sentences, or plain length.
    pub fn clause(&self) -> bool {
        self.finite && (self.words >= 2 || self.closes_stop) || self.stops > 0 || self.words >= 9
    }

    /// Looks like a name or title: a capital first, few words, no verb.
    pub fn name_like(&self) -> bool {
        self.words == 0
            || self.capitals == self.words && self.words <= 6 && !self.closes_stop
            || self.opens_capital
                && self.stops == 0
                && self.words <= 7
                && !self.first_person
                && (!self.finite || self.words <= 2)
    }
}
