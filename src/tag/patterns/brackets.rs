//! Names and abbreviations in brackets behind a name: «Министерство внутренних дел (МВД)».
//!
//! Input: brackets behind a stretch; output: a stretch more of the same type.

use super::Context;
use crate::document::{EntityType, Rule, TokenRange};
use crate::document::{LetterCase, Side, TokenKind};
use crate::tag::candidate::Candidate;

impl Context<'_> {
    /// «Сумаила Сиссе (Soumaila Cisse)», «Всемирная организация здравоохранения (ВОЗ)».
    pub(super) fn brackets(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let mut open = c.tokens.end as usize;
            if self
                .doc
                .tokens
                .get(open)
                .is_some_and(|t| t.kind == TokenKind::Quote)
            {
                open += 1;
            }
            if !self.bracket(open, Side::Open) {
                continue;
            }
            let Some(close) = (open + 2..open + 7).find(|&i| self.bracket(i, Side::Close)) else {
                continue;
            };
            let inner = TokenRange::new(open + 1, close);
            let (mut words, mut good) = (0, true);
            for i in inner.range() {
                words += usize::from(self.is_word(i));
                good &= match c.kind {
                    EntityType::Person => self.capital(i) && self.latin(i),
                    EntityType::Organisation => {
                        matches!(self.case(i), LetterCase::Upper | LetterCase::Mixed)
                    }
                    _ => false,
                };
            }
            let fits = match c.kind {
                EntityType::Person => {
                    (1..=5).contains(&words) && !self.latin(c.tokens.start as usize)
                }
                EntityType::Organisation => words == 1 && c.tokens.len() > 1,
                _ => false,
            };
            let place = self
                .hits_at(inner.start as usize)
                .any(|h| h.tokens == inner && self.kind_of(h) == EntityType::Place);
            if good && fits && !place {
                let new = match self.dictionary_name(inner, c.kind) {
                    Some(new) => new,
                    None => self.named(inner, c.kind, Rule::EntityBracket),
                };
                Self::put(found, new);
            }
        }
    }

    pub(in crate::tag) fn dictionary_name(
        &self,
        tokens: TokenRange,
        kind: EntityType,
    ) -> Option<Candidate> {
        let hit = self
            .hits_at(tokens.start as usize)
            .find(|h| h.tokens == tokens && self.kind_of(h) == kind)?;
        Some(Candidate {
            tokens,
            kind,
            name: Some(hit.name),
            tagged: false,
            rule: Rule::EntityDictionary,
        })
    }

    pub(in crate::tag) fn named(
        &self,
        tokens: TokenRange,
        kind: EntityType,
        rule: Rule,
    ) -> Candidate {
        Candidate {
            tokens,
            kind,
            name: None,
            tagged: false,
            rule,
        }
    }
}
