//! Organisations in Russian text whose names are in Latin letters, and names in marks that are things and no organisations.
//!
//! A second set of rules over the candidates of `combine`, beside `patterns`; input and output are the same.

use super::candidate::Candidate;
use super::patterns::Context;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::document::{EntityType, Rule, TokenRange};
use crate::document::{Gap, LetterCase, Side, TokenKind};

/// Longest name in Latin letters, in tokens.
const LONGEST: usize = 9;

impl Context<'_> {
    fn kind(&self, i: usize) -> Option<TokenKind> {
        self.doc.tokens.get(i).map(|t| t.kind)
    }

    /// «корабль „Союз“», «песня „Метро“»: what stands in marks behind a noun for a thing is no organisation, there and wherever
    /// the same words stand in marks behind no noun for an organisation.
    pub(super) fn drop_things(&self, found: &mut Vec<Candidate>) {
        let quote = |i: usize| self.kind(i) == Some(TokenKind::Quote);
        let mut things: Vec<TokenRange> = Vec::new();
        for (open, token) in self.doc.tokens.iter().enumerate().skip(1) {
            if token.kind != TokenKind::Quote
                || token.gap != Gap::Space
                || !self
                    .facts(open - 1)
                    .organisation()
                    .any(OrganisationWord::THING)
            {
                continue;
            }
            if let Some(close) = (open + 2..open + 2 + LONGEST).find(|&i| quote(i)) {
                things.push(TokenRange::new(open + 1, close));
            }
        }
        if things.is_empty() {
            return;
        }
        let same = |a: TokenRange, b: TokenRange| {
            a.len() == b.len()
                && a.range()
                    .zip(b.range())
                    .all(|(i, j)| self.is_word(i) && self.facts(i).key() == self.facts(j).key())
        };
        found.retain(|c| {
            // A name that fills its marks.
            let open = (c.tokens.start as usize).saturating_sub(1);
            let filled = open > 0 && quote(open) && quote(c.tokens.end as usize);
            c.kind != EntityType::Organisation
                || !filled
                || !things.iter().any(|t| same(*t, c.tokens))
                || self
                    .facts(open - 1)
                    .organisation()
                    .any(OrganisationWord::NAMED)
        });
    }

    /// Whether token `i` is a word in Latin letters that may stand in an organisation's name; a Roman numeral or a letter alone
    /// may not.
    fn latin_name_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
            && self.capital(i)
            && self.latin(i)
            && self.case(i) != LetterCase::Single
    }

    /// «портал SeaGate», «в American Bank of Trade»: a name in Latin letters behind a noun that calls for one, and the rest of one
    /// that was marked in part.
    pub(super) fn latin_names(&self, found: &mut Vec<Candidate>) {
        for n in 0..found.len() {
            let c = found[n];
            let range = c.tokens.range();
            if c.kind != EntityType::Organisation || !range.clone().all(|i| self.latin_name_word(i))
            {
                continue;
            }
            let limit = found
                .get(n + 1)
                .map_or(self.doc.tokens.len(), |next| next.tokens.start as usize);
            let mut end = range.end;
            while end < limit.min(range.start + LONGEST)
                && self.latin_name_word(end)
                && self.doc.tokens[end].gap == Gap::Space
            {
                end += 1;
            }
            if end > range.end {
                found[n].tokens.end = end as u32;
                found[n].name = None;
            }
        }
        let mut new = Vec::new();
        for sentence in &self.doc.sentences {
            let range = sentence.tokens.range();
            let mut i = range.start + 1;
            while i < range.end {
                if !self.latin_name_word(i)
                    || self.doc.tokens[i].gap != Gap::Space
                    || self.latin(i - 1)
                    || !self
                        .facts(i - 1)
                        .organisation()
                        .any(OrganisationWord::NAMED)
                {
                    i += 1;
                    continue;
                }
                let start = i;
                while i < range.end.min(start + LONGEST)
                    && self.latin_name_word(i)
                    && (i == start || self.doc.tokens[i].gap == Gap::Space)
                {
                    i += 1;
                }
                let tokens = TokenRange::new(start, i);
                if Self::free(found, tokens) {
                    new.push(self.named(tokens, EntityType::Organisation, Rule::EntityLatin));
                }
            }
        }
        for c in new {
            Self::put(found, c);
        }
    }

    /// «Промышленный банк Китая (Industrial Bank of China, IBC)»: the name of an organisation in another language, and what is short
    /// for it.
    pub(super) fn latin_brackets(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let mut open = c.tokens.end as usize;
            if c.kind != EntityType::Organisation || self.latin(open - 1) {
                continue;
            }
            if self.kind(open) == Some(TokenKind::Quote) {
                open += 1;
            }
            if !self.bracket(open, Side::Open) {
                continue;
            }
            // Latin words, the first with a capital; then a comma or dash and an abbreviation, perhaps.
            let first = open + 1;
            let mut end = first;
            while end < first + LONGEST
                && self.kind(end) == Some(TokenKind::Word)
                && self.latin(end)
            {
                end += 1;
            }
            if end == first || !self.capital(first) {
                continue;
            }
            let mut names = vec![TokenRange::new(first, end)];
            let joint = matches!(self.kind(end), Some(TokenKind::Comma | TokenKind::Dash));
            let short = |i: usize| {
                self.kind(i) == Some(TokenKind::Word)
                    && matches!(self.case(i), LetterCase::Upper | LetterCase::Mixed)
            };
            let mut close = end;
            if joint && end > first + 1 && short(end + 1) {
                names.push(TokenRange::new(end + 1, end + 2));
                close = end + 2;
            }
            if !self.bracket(close, Side::Close) {
                continue;
            }
            for tokens in names {
                let place = self
                    .hits_at(tokens.start as usize)
                    .any(|h| h.tokens == tokens && self.kind_of(h) == EntityType::Place);
                if place {
                    break;
                }
                let new = self
                    .dictionary_name(tokens, EntityType::Organisation)
                    .unwrap_or_else(|| {
                        self.named(tokens, EntityType::Organisation, Rule::EntityBracket)
                    });
                Self::put(found, new);
            }
        }
    }
}
