//! Noun phrases of English, read over tokens by small words, capitals and punctuation.
//!
//! Input: where a phrase begins or ends; output: a [`SourcePhrase`]. Names need no tagger here: a run of words that no small word breaks
//! is a phrase; a mention inside it only says whom it names.

use super::reader::Reader;
use crate::document::{EntityType, TokenRange};
use crate::document::{Gap, Side, TokenKind};
use crate::language::types::SourcePhrase;
use crate::lexis::classes::Classes;

/// Tokens of a noun phrase.
const LONGEST: usize = 24;

impl Reader<'_, '_> {
    /// The noun phrase that ends before `end`, with what belongs to it on the left.
    ///
    /// Long because it is one walk to the left: each word either belongs to the phrase or ends it, by what has been passed so far.
    pub fn before(&self, lo: usize, end: usize) -> Option<SourcePhrase> {
        if end <= lo {
            return None;
        }
        let view = self.view;
        if self.is(end - 1, Classes::SUBJECT) {
            return Some(self.phrase(end - 1, end, end - 1));
        }
        let mut start = end;
        let floor = lo.max(end.saturating_sub(LONGEST));
        while start > floor {
            let i = start - 1;
            if i + 1 < end && view.token(i + 1).gap >= Gap::Paragraph {
                break;
            }
            if view.is_masked(i) {
                break;
            }
            // “Sen. Ted Cruz (R-Texas)”
            if self.kind(i) == TokenKind::Bracket && view.token(i).side == Side::Close {
                let open = (floor..i)
                    .rev()
                    .take(8)
                    .find(|&j| self.kind(j) == TokenKind::Bracket);
                match open {
                    Some(open) if view.token(open).side == Side::Open => {
                        start = open;
                        continue;
                    }
                    _ => break,
                }
            }
            let word = self.word(i);
            if self.genitive(i) && i + 1 < end {
                start = i;
                continue;
            }
            if word.any(Classes::SUBJECT) {
                break;
            }
            if word.any(Classes::AND) {
                // “Sanders and Clinton said”, “police and prosecutors say”
                let left = i.checked_sub(1).filter(|&l| l >= lo);
                let joins = start < end
                    && left.is_some_and(|l| {
                        self.wordlike(l)
                            && !self.boundary(l)
                            && self.capital(l) == self.capital(i + 1)
                            && !self.is(l, Classes::VERB.or(Classes::PREPOSITION))
                            && !self.is(i + 1, Classes::VERB)
                            && !self.loose_verb(l)
                    });
                if joins {
                    start = i;
                    continue;
                }
                break;
            }
            if word.any(Classes::THAT) {
                break;
            }
            if word.any(Classes::PREPOSITION) {
                if start == end || i <= floor || !self.takes_preposition(lo, i) {
                    break;
                }
                start = i;
                continue;
            }
            if self.boundary(i) {
                break;
            }
            // Where a name ends the phrase, what stands before a verb of speech is a phrase of its own.
            if word.any(Classes::VERB) && !self.noun_use(i, lo) && i + 1 < end {
                let verb = !self.capital(i) && !word.any(Classes::NOUN.or(Classes::ING));
                if verb {
                    break;
                }
            }
            if word.any(Classes::TIME) && start < end && self.capital(i) && self.capital(start) {
                break;
            }
            if word.any(Classes::ADVERB) && start < end && !self.capital(i) {
                break;
            }
            start = i;
            if word.any(Classes::DETERMINER.or(Classes::POSSESSIVE)) {
                // “many of his contemporaries”, “all the senators”
                if i > floor
                    && self.is(i - 1, Classes::OF.or(Classes::DETERMINER))
                    && !self.is(i - 1, Classes::TIME)
                {
                    continue;
                }
                // “officials at the FBI said”
                if i > floor
                    && self.is(i - 1, Classes::PREPOSITION)
                    && self.takes_preposition(lo, i - 1)
                {
                    continue;
                }
                break;
            }
        }
        while start < end
            && (self.is(
                start,
                Classes::AND
                    .or(Classes::PREPOSITION)
                    .or(Classes::ADVERB)
                    .or(Classes::TO),
            ) || self.genitive(start)
                || !self.wordlike(start))
        {
            start += 1;
        }
        if start >= end
            || (start..end).all(|i| {
                self.is(i, Classes::TIME.or(Classes::DETERMINER)) && self.is(i, Classes::TIME)
            })
        {
            return None;
        }
        Some(self.phrase(start, end, self.head(start, end)))
    }

    /// Whether the preposition at `i` continues a noun phrase to its left: “officials at”, “a spokesman for”.
    fn takes_preposition(&self, lo: usize, i: usize) -> bool {
        if i <= lo {
            return false;
        }
        let left = i - 1;
        if !self.wordlike(left)
            || self.boundary(left)
            || self.is(
                left,
                Classes::AND
                    .or(Classes::ADVERB)
                    .or(Classes::SUBJECT)
                    .or(Classes::PREPOSITION)
                    .or(Classes::TIME),
            )
            || self.is(left, Classes::VERB) && !self.noun_use(left, lo)
            || self.loose_verb(left)
        {
            return false;
        }
        if self.is(i, Classes::OF) {
            return true;
        }
        // A common noun with its article somewhere before: the phrase began there.
        let mut j = left;
        let mut steps = 0;
        while steps < 6 {
            if self.is(j, Classes::DETERMINER.or(Classes::POSSESSIVE)) {
                return true;
            }
            if j == lo || !self.wordlike(j - 1) || self.boundary(j - 1) {
                break;
            }
            j -= 1;
            steps += 1;
        }
        // “officials in Iowa said”, at the start of the clause.
        !self.capital(left) && self.view.lower(left).ends_with('s')
            || j == lo && self.view.lower(left).ends_with('s')
    }

    /// The noun phrase that begins at `from`; its end is before `hi`. Prepositional phrases belong to it where `whole`.
    ///
    /// Long because it is one walk to the right: each word either belongs to the phrase or ends it, by what has been passed so far.
    pub fn after(&self, from: usize, hi: usize, whole: bool) -> Option<SourcePhrase> {
        let view = self.view;
        let hi = hi.min(from + LONGEST).min(view.doc.tokens.len());
        if from >= hi || view.is_masked(from) {
            return None;
        }
        if self.is(from, Classes::SUBJECT.or(Classes::OBJECT_PRONOUN))
            || self.is(from, Classes::POSSESSIVE)
                && (from + 1 >= hi || self.boundary(from + 1) || self.is(from + 1, Classes::THAT))
        {
            return Some(self.phrase(from, from + 1, from));
        }
        let mut end = from;
        let mut head_end = None;
        while end < hi {
            if end > from && view.token(end).gap >= Gap::Paragraph || view.is_masked(end) {
                break;
            }
            let word = self.word(end);
            if self.genitive(end) && end > from {
                end += 1;
                continue;
            }
            if word.any(Classes::PREPOSITION) {
                if end == from {
                    return None;
                }
                head_end.get_or_insert(end);
                let of = word.any(Classes::OF);
                let joins = whole
                    && (of || !self.capital(end - 1) && !self.is(end - 1, Classes::TIME))
                    && end + 1 < hi
                    && (self.wordlike(end + 1))
                    && !self.boundary(end + 1)
                    && !self.is(end + 1, Classes::TIME);
                if !joins && !of {
                    break;
                }
                end += 1;
                continue;
            }
            if word.any(Classes::AND) {
                let joins = end + 1 < hi
                    && end > from
                    && self.wordlike(end + 1)
                    && !self.boundary(end + 1)
                    && !self.is(
                        end + 1,
                        Classes::VERB
                            .or(Classes::SUBJECT)
                            .or(Classes::ADVERB)
                            .or(Classes::THAT),
                    )
                    && self.capital(end - 1) == self.capital(end + 1);
                if !joins {
                    break;
                }
                end += 1;
                continue;
            }
            if self.boundary(end)
                || word.any(Classes::THAT) && end > from
                || word.any(Classes::SUBJECT)
                || word.any(Classes::TIME)
                    && end > from
                    && (self.capital(end) || self.capital(end - 1))
                || word.any(Classes::ADVERB) && end > from
                || word.any(Classes::DETERMINER.or(Classes::POSSESSIVE))
                    && end > from
                    && !self.is(
                        end - 1,
                        Classes::DETERMINER
                            .or(Classes::PREPOSITION)
                            .or(Classes::AND),
                    )
            {
                break;
            }
            let verb = word.any(Classes::VERB)
                || word.any(Classes::PHRASE) && word.any(Classes::PAST.or(Classes::THIRD));
            if verb
                && end > from
                && !word.any(Classes::NOUN)
                && !self.capital(end)
                && !self.noun_use(end, from)
            {
                break;
            }
            end += 1;
        }
        while end > from
            && self.is(
                end - 1,
                Classes::PREPOSITION
                    .or(Classes::AND)
                    .or(Classes::DETERMINER),
            )
            && end - 1 > from
        {
            end -= 1;
        }
        if end <= from || self.is(from, Classes::THAT) && end == from + 1 {
            return None;
        }
        let head_end = head_end.unwrap_or(end).min(end);
        // “said its chief executive, Tobias Renn.”
        if whole && self.kind(end) == TokenKind::Comma && !self.capital(head_end - 1) {
            let close = (end + 1..hi)
                .find(|&i| !self.wordlike(i) || !self.capital(i) && !self.particle(i))
                .unwrap_or(hi);
            if self.is_name(end + 1, close)
                && (close >= hi || !self.wordlike(close) || self.is(close, Classes::PREPOSITION))
            {
                return Some(self.phrase(from, close, close - 1));
            }
        }
        Some(self.phrase(from, end, self.head(from, head_end)))
    }

    /// The head of a phrase: its last word before the first preposition.
    fn head(&self, start: usize, end: usize) -> usize {
        let stop = (start + 1..end)
            .find(|&i| self.is(i, Classes::PREPOSITION) || self.kind(i) == TokenKind::Bracket)
            .unwrap_or(end);
        (start..stop)
            .rev()
            .find(|&i| self.wordlike(i) && !self.genitive(i))
            .unwrap_or(start)
    }

    /// A phrase with the mention that names it best.
    pub fn phrase(&self, start: usize, end: usize, head: usize) -> SourcePhrase {
        let view = self.view;
        let mut best: Option<(u8, u32)> = None;
        for i in start..end {
            let Some(index) = view.mention_at(i) else {
                continue;
            };
            let mention = &view.doc.mentions[index as usize];
            let at_head = mention.tokens.range().contains(&head);
            let rank = match mention.kind {
                EntityType::Person if at_head => 5,
                EntityType::Organisation if at_head => 4,
                EntityType::Place if at_head => 3,
                EntityType::Position => 2,
                _ => continue,
            };
            if best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, index));
            }
        }
        // “a spokesman for Crowe”, “Crowe's lawyer”: the position is somebody else's.
        if best.is_some_and(|(rank, _)| rank == 2)
            && (start..end).any(|i| {
                i > head && self.is(i, Classes::PREPOSITION) || i < head && self.genitive(i)
            })
        {
            best = None;
        }
        SourcePhrase {
            tokens: TokenRange::new(start, end),
            head: head as u32,
            mention: best.map(|(_, m)| m),
            oblique: false,
        }
    }
}
