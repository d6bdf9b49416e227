//! Verbs as cues: “X said A”, “X vowed to A”, “A, X said”, “A1, X said, A2”, “As X noted, A”.
//!
//! Input: a cue of the sentence; output: a quotation where the verb has a subject and words of its own, and the token to go on
//! at. Invariant: a verb inside the words of a quotation that was found before opens none.

use super::{Complement, Finder};
use crate::document::{Rule, TokenKind};
use crate::language::english::cue::Found;
use crate::language::types::SourcePhrase;
use crate::lexis::classes::Classes;

impl Finder<'_, '_, '_> {
    /// “X said (that) A”, “X vowed to A”, “X criticized A”; “A, X said”.
    pub(super) fn verb(&mut self, cue: &Found) -> usize {
        let reader = self.reader;
        let at = cue.tokens.start as usize;
        let next = cue.tokens.end as usize;
        if self.inside(at) {
            return next;
        }
        // “A, said X.” What is called or asked has no words before it.
        let behind = cue.word.any(Classes::AFTER)
            && cue.word.any(Classes::WITH_THAT.or(Classes::WITH_CLAUSE));
        if behind
            && !cue.word.any(Classes::ING)
            && at > self.start
            && reader.kind(at - 1) == TokenKind::Comma
            && !self.aside_before(at - 1)
            && let Some(source) = reader.after(next, self.end, true)
            && !reader.is(source.head as usize, Classes::TIME)
            && self.closes(source.tokens.end as usize)
        {
            let capital = reader.capital(source.tokens.start as usize)
                || reader.is(
                    source.tokens.start as usize,
                    Classes::DETERMINER
                        .or(Classes::SUBJECT)
                        .or(Classes::POSSESSIVE),
                );
            if capital && self.push_around(cue, source, at - 1, Rule::IndirectAfter) {
                return self.covered.max(next);
            }
        }
        if self.passive(cue) {
            return next;
        }
        let source = reader.subject(at, self.start, self.last.as_ref());
        let Some(source) = source else {
            return next;
        };
        let narrator = reader.is(source.head as usize, Classes::SPEAKING);
        if narrator {
            return next;
        }
        self.last = Some(source.clone());
        if let Some((from, complement)) = self.complement(cue) {
            let mut to = self.content_end(from, complement, cue);
            // “When X announced A, …”: the main clause is behind the comma.
            let left = source.tokens.start as usize;
            if left > self.start
                && reader.is(left - 1, Classes::CONJUNCTION)
                && !reader.is(left - 1, Classes::CONTRAST)
                && let Some(comma) = (from..to).find(|&i| reader.kind(i) == TokenKind::Comma)
            {
                to = comma;
            }
            // “said goodbye”
            if complement == Complement::Clause && from + 1 >= to {
                return next;
            }
            if complement == Complement::Phrase && !reader.is(from, Classes::TO) {
                let words = (from..to).filter(|&i| reader.wordlike(i)).count();
                // “called the plan ‘a gift’”: the words in marks are all that is quoted.
                let named =
                    cue.word.any(Classes::DIRECT) && reader.kind(to - 1) == TokenKind::Quote;
                if words < 3 || named {
                    return next;
                }
            }
            let confidence = match (complement, cue.word.any(Classes::SPEECH)) {
                (Complement::Clause, true) => 0.85,
                (Complement::Clause, false) => 0.7,
                (Complement::Phrase, _) => 0.5,
            };
            if self.push(
                &[(from, to)],
                cue.tokens,
                Some(source),
                Rule::IndirectClause,
                confidence,
            ) {
                self.covered = to;
            }
            return next;
        }
        // “A, X said.” “A1, X said, A2.”
        let left = source.tokens.start as usize;
        if behind && !cue.word.any(Classes::ING) && left > self.start && left < at {
            let mut comma = left - 1;
            if comma > self.start && reader.is(comma, Classes::AS) {
                comma -= 1;
            }
            if matches!(reader.kind(comma), TokenKind::Comma | TokenKind::Dash)
                && self.push_around(cue, source, comma, Rule::IndirectAfter)
            {
                return self.covered.max(next);
            }
        } else if behind && left == self.start + 1 && reader.is(self.start, Classes::AS) {
            // “As X noted, A.”
            if let Some(comma) =
                (next..self.end.min(next + 12)).find(|&i| reader.kind(i) == TokenKind::Comma)
            {
                let to = self.content_end(comma + 1, Complement::Clause, cue);
                if self.push(
                    &[(comma + 1, to)],
                    cue.tokens,
                    Some(source),
                    Rule::IndirectAs,
                    0.75,
                ) {
                    self.covered = to;
                }
            }
        }
        next
    }

    /// Whether the comma at `close` ends a relative clause: “Margaret Abbott, who taught at the school, said …”.
    fn aside_before(&self, close: usize) -> bool {
        let reader = self.reader;
        let floor = self.start.max(close.saturating_sub(30));
        (floor..close)
            .rev()
            .take_while(|&i| reader.kind(i) != TokenKind::Semicolon && !reader.view.is_masked(i))
            .any(|i| {
                reader.kind(i) == TokenKind::Comma
                    && matches!(reader.view.lower(i + 1), "who" | "whose" | "which")
                    && i > self.start
                    && reader.capital(i - 1)
            })
    }

    /// “was criticized for”, “was told”: the subject is not who speaks.
    fn passive(&self, cue: &Found) -> bool {
        let reader = self.reader;
        if !cue.word.any(Classes::PAST) {
            return false;
        }
        let mut i = cue.tokens.start as usize;
        while i > self.start && reader.is(i - 1, Classes::ADVERB.or(Classes::NOT)) {
            i -= 1;
        }
        i > self.start && reader.is(i - 1, Classes::BE) && !reader.genitive(i - 1)
    }

    /// “A, X said” and “A1, X said, A2”: `comma` is the one before the attribution.
    pub(super) fn push_around(
        &mut self,
        cue: &Found,
        source: SourcePhrase,
        comma: usize,
        rule: Rule,
    ) -> bool {
        let reader = self.reader;
        let from = self.covered.max(self.start);
        if comma <= from {
            return false;
        }
        let tail = (cue.tokens.end.max(source.tokens.end)) as usize;
        let mut parts = [(from, comma), (0, 0)];
        let mut count = 1;
        // What goes on behind the attribution's comma.
        let mut close = tail;
        while close < self.end
            && close < tail + 24
            && reader.kind(close) != TokenKind::Comma
            && !reader.view.is_masked(close)
        {
            close += 1;
        }
        let opened = source.tokens.end > cue.tokens.end;
        if close + 1 < self.end
            && reader.kind(close) == TokenKind::Comma
            && close <= tail + 8
            && (!opened || reader.is(close + 1, Classes::AUXILIARY))
            && !reader.is(
                close + 1,
                Classes::ING
                    .or(Classes::RELATIVE)
                    .or(Classes::DETERMINER.or(Classes::AND).or(Classes::CONTRAST)),
            )
            && !self.attribution_ahead(close + 1, Complement::Clause)
        {
            let to = self.content_end(close + 1, Complement::Clause, cue);
            parts[1] = (close + 1, to);
            count = 2;
        }
        // A short lead is part of the sentence only where it goes on: “Voters, X said, …”.
        let short = comma - from <= 3;
        if short && count == 1 {
            return false;
        }
        let end = if count == 2 { parts[1].1 } else { tail };
        self.last = Some(source.clone());
        if self.push(&parts[..count], cue.tokens, Some(source), rule, 0.8) {
            self.covered = end;
            return true;
        }
        false
    }
}
