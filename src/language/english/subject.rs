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

impl Reader<'_, '_> {
    /// The subject of the verb at `verb`, no further left than `lo`; `last` is the subject of the verb before it, which a
    /// verb without one shares.
    pub fn subject(
        &self,
        verb: usize,
        lo: usize,
        last: Option<&SourcePhrase>,
    ) -> Option<SourcePhrase> {
        let view = self.view;
        let floor = lo.max(verb.saturating_sub(REACH));
        let ing = self.is(verb, Classes::ING);
        let mut p = verb;
        let mut chained = false;
        let mut auxiliary = false;
        for _ in 0..12 {
            if p <= floor {
                break;
            }
            let i = p - 1;
            let word = self.word(i);
            if view.is_masked(i) || p < verb && view.token(p).gap >= Gap::Paragraph {
                break;
            }
            if self.genitive(i) {
                // “Clinton's saying” is a contraction here.
                p = i;
                continue;
            }
            if word.any(Classes::AUXILIARY) {
                auxiliary = true;
                if word.any(Classes::SUBJECT) {
                    return Some(self.phrase(i, p, i));
                }
                p = i;
                continue;
            }
            if word.any(Classes::ADVERB.or(Classes::NOT)) && !word.any(Classes::SUBJECT)
                || word.any(Classes::TIME)
                || view.lower(i).ends_with("ly") && !self.capital(i)
            {
                p = i;
                continue;
            }
            if word.any(Classes::TO) {
                // “refused to say”, “was quick to point out”: the subject of the verb before.
                chained = true;
                break;
            }
            if word.any(Classes::RELATIVE.or(Classes::THAT)) {
                // “voters who said”: whom the pronoun stands for.
                let mut end = i;
                if end > floor && self.kind(end - 1) == TokenKind::Comma {
                    end -= 1;
                }
                return self
                    .before(floor, end)
                    .or_else(|| Some(self.phrase(i, i + 1, i)));
            }
            if word.any(Classes::AND) || word.any(Classes::CONTRAST) {
                chained = true;
                break;
            }
            match self.kind(i) {
                TokenKind::Comma | TokenKind::Dash => {
                    if ing && !auxiliary {
                        chained = true;
                        break;
                    }
                    // An apposition or aside between two commas: the subject stands before it.
                    if let Some(mut open) = self.aside(floor, i)
                        && let Some(mut found) = self.before(floor, open)
                        && !self.is(found.head as usize, Classes::TIME)
                    {
                        // “Marjorie Finn, 81, whose café burnt, said”
                        if found.tokens.len() == 1
                            && self.kind(found.tokens.start as usize) == TokenKind::Number
                            && let Some(further) = self.comma_before(floor, open)
                            && let Some(name) = self.before(floor, further)
                        {
                            (open, found) = (further, name);
                        }
                        // “its chief executive, Tobias Renn, said”; “the vicar of Thornby, the Reverend Giles Penhallow, said”
                        let named = self.is_name(open + 1, i)
                            || view.mention_at(i - 1).is_some_and(|m| {
                                let mention = &view.doc.mentions[m as usize];
                                mention.kind == EntityType::Person
                                    && mention.tokens.len() > 1
                                    && mention.tokens.end as usize == i
                                    && (open + 1..mention.tokens.start as usize)
                                        .all(|t| self.capital(t) || self.is(t, Classes::DETERMINER))
                            });
                        if !self.capital(found.head as usize) && named {
                            return Some(self.phrase(found.tokens.start as usize, i, i - 1));
                        }
                        return Some(found);
                    }
                    chained = true;
                    break;
                }
                TokenKind::Bracket if view.token(i).side == Side::Close => {
                    let open = (floor..i)
                        .rev()
                        .take(14)
                        .find(|&j| self.kind(j) == TokenKind::Bracket);
                    match open {
                        Some(open) => p = open,
                        None => break,
                    }
                    continue;
                }
                _ => {}
            }
            if word.any(Classes::PREPOSITION.or(Classes::CONJUNCTION)) {
                chained = true;
                break;
            }
            if self.loose_verb(i) && !self.is(i, Classes::NOUN)
                || word.any(Classes::VERB)
                    && !self.capital(i)
                    && !self.noun_use(i, floor)
                    && !word.any(Classes::NOUN)
            {
                // “kept insisting”
                chained = true;
                break;
            }
            if ing && !auxiliary && !word.any(Classes::SUBJECT) {
                // “issued a statement saying”, “emailed supporters saying”: the subject of the verb before.
                let found = self.before(floor, p)?;
                let mut start = found.tokens.start as usize;
                while start > floor
                    && self.is(
                        start - 1,
                        Classes::ADVERB.or(Classes::PREPOSITION).or(Classes::TO),
                    )
                {
                    start -= 1;
                }
                let verb = start.checked_sub(1).filter(|&v| {
                    v > floor
                        && (self.loose_verb(v)
                            || self.is(v, Classes::VERB) && !self.noun_use(v, floor))
                });
                return match verb {
                    Some(v) => self.subject(v, floor, last),
                    None => Some(found),
                };
            }
            return self.before(floor, p);
        }
        if let Some(last) = last
            && (chained || p <= floor)
        {
            return Some(last.clone());
        }
        if !chained {
            return None;
        }
        // “Nefzi said, adding”: the subject of the cue before; else of the clause.
        let cue = (floor + 1..p).rev().find(|&v| {
            self.is(v, Classes::SPEECH)
                && self.is(v, Classes::VERB)
                && self.is(v, Classes::PAST.or(Classes::THIRD))
                && !self.noun_use(v, floor)
        });
        cue.and_then(|v| self.subject(v, floor, None))
            .or_else(|| self.first_subject(floor, p))
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
