//! Cues that are no verbs: “according to X”, “X's claim that A”, “X is confident that A”, headlines “X: A”.
//!
//! Input: a cue, or the token of a noun or an adjective; output: a quotation where it has a source and words of its own, and the
//! token to go on at. Invariant: a noun or an adjective inside the words of a quotation opens none.

use super::{Complement, Finder};
use crate::document::TokenRange;
use crate::document::{Rule, TokenKind};
use crate::language::english::cue::Found;
use crate::language::types::SourcePhrase;
use crate::lexis::classes::Classes;

impl Finder<'_, '_, '_> {
    /// “According to X, A”; “A, according to X”.
    pub(super) fn according(&mut self, cue: &Found) -> usize {
        let reader = self.reader;
        let at = cue.tokens.start as usize;
        let next = cue.tokens.end as usize;
        let Some(source) = reader.after(next, self.end, true) else {
            return next;
        };
        let tail = source.tokens.end as usize;
        let first = (self.start..at)
            .all(|i| !reader.wordlike(i) || reader.is(i, Classes::AND.or(Classes::CONTRAST)));
        if first || at == self.covered && reader.kind(tail) == TokenKind::Comma {
            let Some(comma) =
                (tail..self.end.min(tail + 24)).find(|&i| reader.kind(i) == TokenKind::Comma)
            else {
                return tail;
            };
            // An apposition has a comma of its own: “According to X, a spokesman, A”.
            let mut from = comma + 1;
            if reader.is(from, Classes::DETERMINER.or(Classes::RELATIVE))
                && let Some(second) =
                    (from..self.end.min(from + 14)).find(|&i| reader.kind(i) == TokenKind::Comma)
                && !(from..second).any(|i| {
                    reader.is(i, Classes::AUXILIARY.or(Classes::VERB))
                        && !reader.genitive(i)
                        && !reader.noun_use(i, from)
                })
            {
                from = second + 1;
            }
            let to = self.content_end(from, Complement::Clause, cue);
            if self.push(
                &[(from, to)],
                cue.tokens,
                Some(source),
                Rule::IndirectAccording,
                0.85,
            ) {
                self.covered = to;
            }
            return tail;
        }
        let mut to = at;
        if to > self.start && reader.kind(to - 1) == TokenKind::Comma {
            to -= 1;
        }
        let from = self.covered.max(self.start);
        if from < to {
            self.last = Some(source.clone());
            // “The harbour, according to X, is full”: the clause goes on behind the aside.
            let next = tail + 1;
            let verb = reader.kind(tail) == TokenKind::Comma
                && next < self.end
                && (reader.is(next, Classes::AUXILIARY)
                    || reader.loose_verb(next)
                    || reader.is(next, Classes::VERB) && !reader.noun_use(next, tail));
            let mut parts = vec![(from, to)];
            if verb {
                parts.push((next, self.content_end(next, Complement::Clause, cue)));
            }
            let end = parts[parts.len() - 1].1.max(tail);
            if self.push(
                &parts,
                cue.tokens,
                Some(source),
                Rule::IndirectAccording,
                0.85,
            ) {
                self.covered = end;
            }
        }
        tail
    }

    /// “his claim that A”, “X's promise to A”.
    pub(super) fn noun(&mut self, i: usize) -> usize {
        let reader = self.reader;
        if self.inside(i) || i + 2 >= self.end {
            return i + 1;
        }
        let owner = if i > self.start { self.owner(i) } else { None };
        let that = reader.is(i + 1, Classes::THAT);
        let about = owner.is_some()
            && (reader.is(i + 1, Classes::TO)
                || reader.is(i + 1, Classes::OF)
                || matches!(reader.view.lower(i + 1), "about" | "for" | "on" | "against"));
        if !that && !about {
            return i + 1;
        }
        // “a report that was”: a relative clause.
        if that
            && (reader.is(i + 2, Classes::AUXILIARY)
                || reader.is(i + 2, Classes::VERB) && !reader.noun_use(i + 2, i))
        {
            return i + 1;
        }
        let source = owner.or_else(|| self.last.clone()).or_else(|| {
            let verb = (self.start + 1..i).rev().find(|&v| {
                reader.is(v, Classes::HAVE.or(Classes::VERB)) && !reader.noun_use(v, self.start)
            })?;
            reader.subject(verb, self.start, None)
        });
        let Some(source) = source else { return i + 1 };
        let cue = Found {
            tokens: TokenRange::new(i, i + 1),
            word: Classes::default(),
            preposition: false,
        };
        let from = i + 2;
        let to = self.content_end(
            from,
            if that {
                Complement::Clause
            } else {
                Complement::Phrase
            },
            &cue,
        );
        let confidence = if that { 0.6 } else { 0.4 };
        if self.push(
            &[(from, to)],
            cue.tokens,
            Some(source),
            Rule::IndirectNoun,
            confidence,
        ) {
            self.covered = to;
        }
        i + 1
    }

    /// Whose the noun at `i` is: “his claim”, “Clinton's latest claim”.
    fn owner(&self, i: usize) -> Option<SourcePhrase> {
        let reader = self.reader;
        for j in (self.start.max(i.saturating_sub(4))..i).rev() {
            if reader.is(j, Classes::POSSESSIVE) {
                return Some(reader.phrase(j, j + 1, j));
            }
            if reader.genitive(j) {
                return reader.before(self.start, j);
            }
            if !reader.wordlike(j)
                || reader.is(
                    j,
                    Classes::PREPOSITION
                        .or(Classes::DETERMINER)
                        .or(Classes::AUXILIARY),
                )
            {
                return None;
            }
        }
        None
    }

    /// “X is confident that A”.
    pub(super) fn adjective(&mut self, i: usize) -> usize {
        let reader = self.reader;
        if self.inside(i) || i == self.start || i + 2 >= self.end {
            return i + 1;
        }
        let mut verb = i - 1;
        while verb > self.start && reader.is(verb, Classes::ADVERB.or(Classes::NOT)) {
            verb -= 1;
        }
        let contracted =
            reader.is(verb, Classes::SUBJECT) && reader.view.lower(verb).contains('\'');
        if !reader.is(verb, Classes::BE) && !contracted {
            return i + 1;
        }
        let from = if reader.is(i + 1, Classes::THAT)
            || reader.is(i + 1, Classes::TO)
            || matches!(reader.view.lower(i + 1), "about" | "of" | "by" | "with")
        {
            i + 2
        } else if reader.is(i + 1, Classes::SUBJECT) {
            i + 1
        } else {
            return i + 1;
        };
        let source = if contracted {
            Some(reader.phrase(verb, verb + 1, verb))
        } else {
            reader.subject(verb, self.start, self.last.as_ref())
        };
        let Some(source) = source.filter(|s| !reader.is(s.head as usize, Classes::SPEAKING)) else {
            return i + 1;
        };
        if matches!(
            reader.view.lower(source.head as usize),
            "it" | "it's" | "that"
        ) {
            return i + 1;
        }
        let cue = Found {
            tokens: TokenRange::new(i, i + 1),
            word: Classes::default(),
            preposition: false,
        };
        let to = self.content_end(from, Complement::Clause, &cue);
        self.last = Some(source.clone());
        if self.push(
            &[(from, to)],
            cue.tokens,
            Some(source),
            Rule::IndirectAdjective,
            0.6,
        ) {
            self.covered = to;
        }
        i + 1
    }

    /// “X: A” over an article.
    pub(super) fn headline(&mut self) -> bool {
        let reader = self.reader;
        let Some(colon) = (self.start + 1..self.end.min(self.start + 9))
            .find(|&i| reader.kind(i) == TokenKind::Colon)
        else {
            return false;
        };
        if colon + 2 >= self.end || (colon + 1..self.end).any(|i| reader.view.is_masked(i)) {
            return false;
        }
        let Some(source) = reader.before(self.start, colon) else {
            return false;
        };
        if source.tokens.start as usize != self.start
            || (self.start..colon).any(|i| {
                reader.is(i, Classes::VERB.or(Classes::AUXILIARY))
                    && !reader.noun_use(i, self.start)
            })
        {
            return false;
        }
        let cue = TokenRange::new(colon, colon + 1);
        self.push(
            &[(colon + 1, self.end)],
            cue,
            Some(source),
            Rule::IndirectHeadline,
            0.7,
        )
    }
}
