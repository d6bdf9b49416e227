//! Who is the subject of an English verb.
//!
//! Input: the place of a verb; output: a [`SourcePhrase`]. English marks its subject by place: it stands before the verb, with
//! auxiliaries, adverbs and asides between; a verb without one shares that of the verb before it.

use super::reader::Reader;
use crate::document::EntityType;
use crate::document::{Gap, Side, TokenKind};
use crate::language::types::SourcePhrase;
use crate::lexis::classes::Classes;

/// Tokens that a subject may stand away from its verb.
const REACH: usize = 60;

/// Tokens and asides that are passed on the way to a subject.
const PASSED: usize = 12;

/// A walk from a verb to its subject on the left.
struct Walk<'a> {
    verb: usize,
    /// No further left than this token.
    floor: usize,
    /// The subject ends before this token.
    at: usize,
    /// An auxiliary has been passed.
    auxiliary: bool,
    /// The subject of the verb before.
    last: Option<&'a SourcePhrase>,
}

/// What the token left of a walk says of the subject.
enum Left {
    /// That is it, or there is none.
    Is(Option<SourcePhrase>),
    /// It stands further left, before that token.
    On(usize),
    /// The same; an auxiliary of the verb stands there.
    Auxiliary(usize),
    /// The verb shares the subject of another.
    Chained,
    /// Nothing further left belongs to the verb.
    Ends,
}

impl Reader<'_, '_> {
    /// The subject of the verb at `verb`, no further left than `lo`; `last` is the subject of the verb before it, which a
    /// verb without one shares. The tokens before the verb are asked one after the other ([`Self::left_of`]).
    pub fn subject(
        &self,
        verb: usize,
        lo: usize,
        last: Option<&SourcePhrase>,
    ) -> Option<SourcePhrase> {
        let mut walk = Walk {
            verb,
            floor: lo.max(verb.saturating_sub(REACH)),
            at: verb,
            auxiliary: false,
            last,
        };
        let mut chained = false;
        for _ in 0..PASSED {
            if walk.at <= walk.floor {
                break;
            }
            match self.left_of(&walk) {
                Left::Is(found) => return found,
                Left::On(at) => walk.at = at,
                Left::Auxiliary(at) => (walk.at, walk.auxiliary) = (at, true),
                Left::Chained => {
                    chained = true;
                    break;
                }
                Left::Ends => break,
            }
        }
        if let Some(last) = last
            && (chained || walk.at <= walk.floor)
        {
            return Some(last.clone());
        }
        chained.then(|| self.of_verb_before(&walk)).flatten()
    }

    /// What the token left of a walk says of the subject: the questions in order.
    fn left_of(&self, walk: &Walk<'_>) -> Left {
        let view = self.view;
        let i = walk.at - 1;
        let word = self.word(i);
        let ing = self.is(walk.verb, Classes::ING) && !walk.auxiliary;
        if view.is_masked(i) || walk.at < walk.verb && view.token(walk.at).gap >= Gap::Paragraph {
            return Left::Ends;
        }
        if self.genitive(i) {
            // “Clinton's saying” is a contraction here.
            return Left::On(i);
        }
        if word.any(Classes::AUXILIARY) {
            return match word.any(Classes::SUBJECT) {
                true => Left::Is(Some(self.phrase(i, walk.at, i))),
                false => Left::Auxiliary(i),
            };
        }
        if word.any(Classes::ADVERB.or(Classes::NOT)) && !word.any(Classes::SUBJECT)
            || word.any(Classes::TIME)
            || view.lower(i).ends_with("ly") && !self.capital(i)
        {
            return Left::On(i);
        }
        if word.any(Classes::TO) {
            // “refused to say”, “was quick to point out”: the subject of the verb before.
            return Left::Chained;
        }
        if word.any(Classes::RELATIVE.or(Classes::THAT)) {
            return Left::Is(Some(self.whom_relates(walk.floor, i)));
        }
        if word.any(Classes::AND.or(Classes::CONTRAST)) {
            return Left::Chained;
        }
        match self.kind(i) {
            TokenKind::Comma | TokenKind::Dash => {
                let found = match ing {
                    true => None,
                    false => self.before_aside(walk.floor, i),
                };
                return found.map_or(Left::Chained, |found| Left::Is(Some(found)));
            }
            TokenKind::Bracket if view.token(i).side == Side::Close => {
                let open = (walk.floor..i)
                    .rev()
                    .take(14)
                    .find(|&j| self.kind(j) == TokenKind::Bracket);
                return open.map_or(Left::Ends, Left::On);
            }
            _ => {}
        }
        if word.any(Classes::PREPOSITION.or(Classes::CONJUNCTION)) {
            return Left::Chained;
        }
        if self.loose_verb(i) && !self.is(i, Classes::NOUN)
            || word.any(Classes::VERB)
                && !self.capital(i)
                && !self.noun_use(i, walk.floor)
                && !word.any(Classes::NOUN)
        {
            // “kept insisting”
            return Left::Chained;
        }
        Left::Is(match ing && !word.any(Classes::SUBJECT) {
            true => self.of_object(walk),
            false => self.before(walk.floor, walk.at),
        })
    }

    /// “voters who said”: whom the pronoun at `i` stands for.
    fn whom_relates(&self, floor: usize, i: usize) -> SourcePhrase {
        let comma = i > floor && self.kind(i - 1) == TokenKind::Comma;
        self.before(floor, i - usize::from(comma))
            .unwrap_or_else(|| self.phrase(i, i + 1, i))
    }

    /// “Marjorie Finn, 81, said”: the subject before the apposition or aside whose closing comma is at `close`.
    fn before_aside(&self, floor: usize, close: usize) -> Option<SourcePhrase> {
        let view = self.view;
        let mut open = self.aside(floor, close)?;
        let mut found = self
            .before(floor, open)
            .filter(|found| !self.is(found.head as usize, Classes::TIME))?;
        // “Marjorie Finn, 81, whose café burnt, said”
        if found.tokens.len() == 1
            && self.kind(found.tokens.start as usize) == TokenKind::Number
            && let Some(further) = self.comma_before(floor, open)
            && let Some(name) = self.before(floor, further)
        {
            (open, found) = (further, name);
        }
        // “its chief executive, Tobias Renn, said”; “the vicar of Thornby, the Reverend Giles Penhallow, said”
        let named = self.is_name(open + 1, close)
            || view.mention_at(close - 1).is_some_and(|m| {
                let mention = &view.doc.mentions[m as usize];
                mention.kind == EntityType::Person
                    && mention.tokens.len() > 1
                    && mention.tokens.end as usize == close
                    && (open + 1..mention.tokens.start as usize)
                        .all(|t| self.capital(t) || self.is(t, Classes::DETERMINER))
            });
        if !self.capital(found.head as usize) && named {
            return Some(self.phrase(found.tokens.start as usize, close, close - 1));
        }
        Some(found)
    }

    /// “issued a statement saying”, “emailed supporters saying”: the subject of the verb before the object that stands there.
    fn of_object(&self, walk: &Walk<'_>) -> Option<SourcePhrase> {
        let floor = walk.floor;
        let found = self.before(floor, walk.at)?;
        let mut start = found.tokens.start as usize;
        let small = Classes::ADVERB.or(Classes::PREPOSITION).or(Classes::TO);
        while start > floor && self.is(start - 1, small) {
            start -= 1;
        }
        let verb = start.checked_sub(1).filter(|&v| {
            v > floor
                && (self.loose_verb(v) || self.is(v, Classes::VERB) && !self.noun_use(v, floor))
        });
        match verb {
            Some(v) => self.subject(v, floor, walk.last),
            None => Some(found),
        }
    }

    /// “Nefzi said, adding”: the subject of the cue before; else of the clause.
    fn of_verb_before(&self, walk: &Walk<'_>) -> Option<SourcePhrase> {
        let floor = walk.floor;
        let cue = (floor + 1..walk.at).rev().find(|&v| {
            self.is(v, Classes::SPEECH)
                && self.is(v, Classes::VERB)
                && self.is(v, Classes::PAST.or(Classes::THIRD))
                && !self.noun_use(v, floor)
        });
        cue.and_then(|v| self.subject(v, floor, None))
            .or_else(|| self.first_subject(floor, walk.at))
    }

    /// The comma that opens the aside whose closing comma is at `close`.
    fn aside(&self, lo: usize, close: usize) -> Option<usize> {
        let kind = self.kind(close);
        let mut i = close;
        let mut commas = 0;
        while i > lo && close - i < 40 {
            i -= 1;
            if self.view.is_masked(i) || self.kind(i) == TokenKind::Semicolon {
                return None;
            }
            if self.kind(i) == kind {
                commas += 1;
                // “Sen. Ted Cruz, R-Texas, said”; “Smith, of Dayton, Ohio, said”: the comma before a place is no end.
                let inner = i + 1;
                let place = close - inner <= 3
                    && self.capital(inner)
                    && i > lo
                    && self.capital(i - 1)
                    && commas == 1;
                if place
                    && let Some(further) = self.comma_before(lo, i)
                    && self.is(further + 1, Classes::OF.or(Classes::DETERMINER))
                {
                    return Some(further);
                }
                return Some(i);
            }
        }
        None
    }

    fn comma_before(&self, lo: usize, at: usize) -> Option<usize> {
        (lo..at)
            .rev()
            .take(14)
            .find(|&j| self.kind(j) == TokenKind::Comma)
    }

    /// The subject of the clause that ends at `end`: the first noun phrase before its first auxiliary or verb.
    pub fn first_subject(&self, lo: usize, end: usize) -> Option<SourcePhrase> {
        let mut i = lo;
        while i < end {
            // “But he defended the policy”
            if i == lo
                && self.is(i, Classes::CONTRAST.or(Classes::AND))
                && self.is(i + 1, Classes::SUBJECT)
            {
                i += 1;
            }
            // Prepositional phrases at the start are no subjects.
            let participle = i == lo
                && self.view.lower(i).ends_with("ing")
                && !self.is(i + 1, Classes::AUXILIARY);
            if participle
                || self.is(
                    i,
                    Classes::PREPOSITION
                        .or(Classes::CONJUNCTION)
                        .or(Classes::TO),
                )
            {
                while i < end && self.kind(i) != TokenKind::Comma {
                    i += 1;
                }
                i += 1;
                continue;
            }
            if self.wordlike(i)
                && !self.is(
                    i,
                    Classes::ADVERB
                        .or(Classes::AND)
                        .or(Classes::TIME)
                        .or(Classes::CONTRAST)
                        .or(Classes::AUXILIARY),
                )
                && let Some(found) = self.after(i, end, false)
            {
                return Some(found);
            }
            i += 1;
        }
        None
    }
}
