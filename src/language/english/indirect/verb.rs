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
    /// “A, said X”; “X said (that) A”, “X vowed to A”, “X criticized A”; “A, X said”, “As X noted, A”: the first that fits.
    pub(super) fn verb(&mut self, cue: &Found) -> usize {
        let reader = self.reader;
        let (at, next) = (cue.tokens.start as usize, cue.tokens.end as usize);
        if self.inside(at) {
            return next;
        }
        // What is called or asked has no words before it.
        let behind = cue.word.any(Classes::AFTER)
            && cue.word.any(Classes::WITH_THAT.or(Classes::WITH_CLAUSE));
        let spoken = behind && !cue.word.any(Classes::ING);
        if spoken && self.inverted(cue) {
            return self.covered.max(next);
        }
        if self.passive(cue) {
            return next;
        }
        let Some(source) = reader.subject(at, self.start, self.last.as_ref()) else {
            return next;
        };
        let narrator = reader.is(source.head as usize, Classes::SPEAKING);
        if narrator {
            return next;
        }
        self.last = Some(source.clone());
        if let Some((from, complement)) = self.complement(cue) {
            self.governed(cue, source, from, complement);
            return next;
        }
        let left = source.tokens.start as usize;
        if spoken && left > self.start && left < at {
            if self.said_behind(cue, source) {
                return self.covered.max(next);
            }
        } else if behind && left == self.start + 1 && reader.is(self.start, Classes::AS) {
            self.as_noted(cue, source);
        }
        next
    }

    /// “A, said X.”
    fn inverted(&mut self, cue: &Found) -> bool {
        let reader = self.reader;
        let (at, next) = (cue.tokens.start as usize, cue.tokens.end as usize);
        if at <= self.start || reader.kind(at - 1) != TokenKind::Comma || self.aside_before(at - 1)
        {
            return false;
        }
        let Some(source) = reader.after(next, self.end, true) else {
            return false;
        };
        let first = source.tokens.start as usize;
        let begins = Classes::DETERMINER
            .or(Classes::SUBJECT)
            .or(Classes::POSSESSIVE);
        !reader.is(source.head as usize, Classes::TIME)
            && self.closes(source.tokens.end as usize)
            && (reader.capital(first) || reader.is(first, begins))
            && self.push_around(cue, source, at - 1, Rule::IndirectAfter)
    }

    /// “X said (that) A”, “X vowed to A”, “X criticized A”: the words of kind `complement` that begin at `from`.
    fn governed(&mut self, cue: &Found, source: SourcePhrase, from: usize, complement: Complement) {
        let reader = self.reader;
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
            return;
        }
        if complement == Complement::Phrase && !reader.is(from, Classes::TO) {
            let words = (from..to).filter(|&i| reader.wordlike(i)).count();
            // “called the plan ‘a gift’”: the words in marks are all that is quoted.
            let named = cue.word.any(Classes::DIRECT) && reader.kind(to - 1) == TokenKind::Quote;
            if words < 3 || named {
                return;
            }
        }
        let confidence = match (complement, cue.word.any(Classes::SPEECH)) {
            (Complement::Clause, true) => 0.85,
            (Complement::Clause, false) => 0.7,
            (Complement::Phrase, _) => 0.5,
        };
        let (parts, rule) = ([(from, to)], Rule::IndirectClause);
        if self.push(&parts, cue.tokens, Some(source), rule, confidence) {
            self.covered = to;
        }
    }

    /// “A, X said.” “A1, X said, A2.”
    fn said_behind(&mut self, cue: &Found, source: SourcePhrase) -> bool {
        let mut comma = source.tokens.start as usize - 1;
        if comma > self.start && self.reader.is(comma, Classes::AS) {
            comma -= 1;
        }
        matches!(self.reader.kind(comma), TokenKind::Comma | TokenKind::Dash)
            && self.push_around(cue, source, comma, Rule::IndirectAfter)
    }

    /// “As X noted, A.”
    fn as_noted(&mut self, cue: &Found, source: SourcePhrase) {
        let next = cue.tokens.end as usize;
        let mut near = next..self.end.min(next + 12);
        let Some(comma) = near.find(|&i| self.reader.kind(i) == TokenKind::Comma) else {
            return;
        };
        let to = self.content_end(comma + 1, Complement::Clause, cue);
        let (parts, rule) = ([(comma + 1, to)], Rule::IndirectAs);
        if self.push(&parts, cue.tokens, Some(source), rule, 0.75) {
            self.covered = to;
        }
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
