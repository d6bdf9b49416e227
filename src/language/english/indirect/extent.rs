//! Where quoted words end: before another attribution, a contrast, a time that belongs to the verb, or with the sentence.
//!
//! Input: the first token of the words and their cue; output: one past their last token. Invariant: it does not lie behind the
//! end of the sentence.

use super::{Complement, Finder};
use crate::document::TokenKind;
use crate::language::english::cue::{Found, cue_at};
use crate::lexis::classes::Classes;

impl Finder<'_, '_, '_> {
    /// Where the words that begin at `from` end: at the first token that closes them, else with the sentence.
    pub(super) fn content_end(&self, from: usize, complement: Complement, cue: &Found) -> usize {
        (from + 1..self.end)
            .filter(|&i| !self.reader.view.is_masked(i))
            .find(|&i| self.closed_at(i, complement, cue))
            .unwrap_or(self.end)
    }

    /// Whether the words of a cue end before token `i`.
    fn closed_at(&self, i: usize, complement: Complement, cue: &Found) -> bool {
        let reader = self.reader;
        let view = reader.view;
        match reader.kind(i) {
            TokenKind::Semicolon => true,
            // “… said the open night would go on: ‘A’”
            TokenKind::Colon => {
                i + 2 < view.doc.tokens.len()
                    && reader.kind(i + 1) == TokenKind::Quote
                    && view.is_masked(i + 2)
            }
            TokenKind::Comma | TokenKind::Dash => self.closed_by_comma(i, complement),
            TokenKind::Word if reader.is(i, Classes::AND.or(Classes::CONTRAST)) => {
                self.closed_by_another(i, complement, cue)
            }
            _ => false,
        }
    }

    /// A comma or dash at `i` before another attribution, a time that belongs to the verb, or what is no part of a phrase.
    fn closed_by_comma(&self, i: usize, complement: Complement) -> bool {
        let reader = self.reader;
        let view = reader.view;
        let mut next = i + 1;
        while next < self.end && reader.kind(next) == TokenKind::Quote {
            next += 1;
        }
        if self.attribution_ahead(next, complement) || self.time_behind(next) {
            return true;
        }
        let apart = Classes::CONTRAST
            .or(Classes::RELATIVE)
            .or(Classes::ING)
            .or(Classes::SUBJECT)
            .or(Classes::CONJUNCTION);
        let clause = Classes::VERB.or(Classes::SUBJECT).or(Classes::AUXILIARY);
        complement == Complement::Phrase
            && (reader.is(next, apart)
                || reader.kind(i) == TokenKind::Dash
                || reader.is(next, Classes::AND)
                    && (reader.is(next + 1, clause) || reader.is(next + 2, Classes::AUXILIARY))
                || view.lower(next).ends_with("ing"))
    }

    /// “…, hours before drivers were due to walk out”
    fn time_behind(&self, next: usize) -> bool {
        let reader = self.reader;
        let counted = |i: usize| {
            reader.is(i, Classes::DETERMINER)
                || matches!(reader.kind(i), TokenKind::Number | TokenKind::NumberWord)
        };
        let time = next + (next..next + 3).take_while(|&i| counted(i)).count();
        matches!(
            reader.view.lower(time),
            "minutes" | "hours" | "days" | "weeks" | "months" | "day" | "week" | "month"
        ) && matches!(reader.view.lower(time + 1), "before" | "after")
    }

    /// “criticized the plan and called for another”: an “and” or “but” at `i` before another cue of the same form.
    fn closed_by_another(&self, i: usize, complement: Complement, cue: &Found) -> bool {
        let reader = self.reader;
        let mut next = i + 1;
        while reader.is(next, Classes::ADVERB) {
            next += 1;
        }
        let forms = Classes::PAST
            .or(Classes::THIRD)
            .or(Classes::BASE)
            .or(Classes::ING);
        let other = cue_at(self.words, reader, next).filter(|c| {
            !c.preposition && c.word.any(cue.word.and(forms)) && !reader.noun_use(next, self.start)
        });
        let phrase = complement == Complement::Phrase;
        if let Some(other) = other {
            let behind = other.tokens.end as usize;
            let speaks = other.word.any(Classes::SPEECH)
                && cue.word.any(Classes::SPEECH)
                && self.complement(&other).is_some();
            if phrase
                || speaks
                || other.word.any(Classes::WITH_TO) && reader.is(behind, Classes::TO)
                || behind > next + 1 && cue.word.any(Classes::SPEECH)
            {
                return true;
            }
        }
        phrase
            && (reader.is(i, Classes::CONTRAST)
                || reader.is(next, Classes::SUBJECT)
                || reader.loose_verb(next)
                    && !cue.word.any(Classes::ING)
                    && cue.word.any(Classes::PAST))
    }

    /// Whether the words from `next` on are another attribution: “saying …”, “and added that”, “according to”, “X said”.
    pub(super) fn attribution_ahead(&self, next: usize, complement: Complement) -> bool {
        let reader = self.reader;
        if next >= self.end {
            return false;
        }
        let mut i = next;
        let joined = reader.is(i, Classes::AND.or(Classes::CONTRAST));
        if joined {
            i += 1;
        }
        while i < self.end && reader.is(i, Classes::ADVERB) {
            i += 1;
        }
        if let Some(cue) = cue_at(self.words, reader, i) {
            if cue.preposition {
                return true;
            }
            if cue.word.any(Classes::ING) && cue.word.any(Classes::SPEECH) {
                return true;
            }
            if joined
                && cue.word.any(Classes::PAST.or(Classes::THIRD))
                && !reader.noun_use(i, self.start)
                && (complement == Complement::Phrase || cue.word.any(Classes::SPEECH))
            {
                return true;
            }
            // “…, said X”
            if !joined
                && cue.word.any(Classes::AFTER)
                && cue.word.any(Classes::SPEECH)
                && cue.word.any(Classes::PAST.or(Classes::THIRD))
            {
                return true;
            }
        }
        // “…, X said”; “…, while X says that …”
        let mut j = i;
        while j < self.end.min(i + 9) {
            if matches!(
                reader.kind(j),
                TokenKind::Comma | TokenKind::Quote | TokenKind::Colon
            ) {
                return false;
            }
            if j > i
                && let Some(cue) = cue_at(self.words, reader, j)
                && cue.word.any(Classes::PAST.or(Classes::THIRD))
                && cue.word.any(Classes::SPEECH)
                && cue.word.any(Classes::AFTER)
                && !reader.noun_use(j, i)
            {
                let after = cue.tokens.end as usize;
                return joined || self.closes(after);
            }
            j += 1;
        }
        false
    }

    /// Whether an attribution may end at `i`: at the sentence's end, a comma, or words of time and place.
    pub(super) fn closes(&self, i: usize) -> bool {
        let reader = self.reader;
        i >= self.end
            || matches!(
                reader.kind(i),
                TokenKind::Comma | TokenKind::Dash | TokenKind::Bracket | TokenKind::Semicolon
            )
            || reader.is(
                i,
                Classes::TIME
                    .or(Classes::ADVERB)
                    .or(Classes::CONJUNCTION)
                    .or(Classes::RELATIVE)
                    .or(Classes::PREPOSITION),
            ) && !reader.is(i, Classes::THAT)
    }
}
