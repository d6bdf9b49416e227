//! Names in quotation marks: behind a noun or an outlet's verb that calls for one, and names that the document has in marks elsewhere.
//!
//! Input: the document's marks and stretches; output: stretches more, where the words are free.

use std::hash::Hasher;

use hashbrown::HashMap;
use rustc_hash::{FxBuildHasher, FxHasher};

use super::{Context, LONGEST_MARKED};
use crate::dictionary::names::NameFlags;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::document::{EntityType, Rule, TokenRange};
use crate::document::{Gap, LetterCase, Side, TokenKind};
use crate::lexis::cues::{CueForm, Frames};
use crate::tag::candidate::Candidate;
use crate::words::WordId;

impl Context<'_> {
    /// «компания „Север“», «движение “За реку”»: what stands in marks behind a noun of the list is an organisation.
    pub(super) fn name_in_marks(&self, found: &mut Vec<Candidate>) {
        for sentence in &self.doc.sentences {
            let range = sentence.tokens.range();
            for open in range.clone().skip(1) {
                let token = self.doc.tokens[open];
                if token.kind != TokenKind::Quote
                    || token.side == Side::Close
                    || token.gap != Gap::Space
                    || !self.is_word(open - 1)
                    || !self.calls_for_name(open - 1)
                {
                    continue;
                }
                let close = (open + 2..range.end.min(open + 2 + LONGEST_MARKED)).find(|&i| {
                    self.doc.tokens[i].kind == TokenKind::Quote
                        && self.doc.tokens[i].gap == Gap::None
                });
                let Some(close) = close else { continue };
                let inner = TokenRange::new(open + 1, close);
                let begins =
                    self.capital(open + 1) || self.doc.tokens[open + 1].kind == TokenKind::Number;
                let sentence_inside = self.doc.tokens[inner.range()].iter().any(|t| {
                    matches!(
                        t.kind,
                        TokenKind::Comma | TokenKind::Stop | TokenKind::Quote | TokenKind::Dash
                    )
                });
                if !begins || sentence_inside {
                    continue;
                }
                let first = found.partition_point(|c| c.tokens.end <= inner.start);
                let settled = found[first..]
                    .iter()
                    .take_while(|c| c.tokens.start < inner.end)
                    .any(|c| {
                        c.kind == EntityType::Organisation
                            || c.tokens.start < inner.start
                            || c.tokens.end > inner.end
                    });
                if !settled {
                    Self::put(
                        found,
                        self.named(inner, EntityType::Organisation, Rule::EntityMarks),
                    );
                }
            }
        }
    }

    /// Whether a word calls for an organisation's name behind it: a noun of the list, or what outlets do («сообщает „Север“»).
    fn calls_for_name(&self, i: usize) -> bool {
        let facts = self.facts(i);
        facts.organisation().any(OrganisationWord::NAMED)
            || facts.cue().frames.any(Frames::VIA) && facts.cue().form == CueForm::Finite
    }

    /// Surnames of people with full names, and abbreviations and Latin names of organisations, wherever else the document has
    /// them.
    pub(super) fn marked_elsewhere(&self, found: &mut Vec<Candidate>) {
        let mut surnames: HashMap<u64, usize, FxBuildHasher> = HashMap::default();
        let mut names: HashMap<WordId, (EntityType, u32), FxBuildHasher> = HashMap::default();
        for c in found.iter() {
            let range = c.tokens.range();
            let last = range.end - 1;
            if !self.is_word(last) {
                continue;
            }
            match c.kind {
                EntityType::Person if range.len() > 1 && self.capital(last) => {
                    surnames.insert(self.facts(last).key(), last);
                }
                EntityType::Organisation
                    if range.len() == 1
                        && (matches!(self.case(last), LetterCase::Upper | LetterCase::Mixed)
                            || self.latin(last) && self.capital(last)) =>
                {
                    names
                        .entry(self.known.words[last])
                        .or_insert((c.kind, c.name.unwrap_or(u32::MAX)));
                }
                _ => {}
            }
        }
        if surnames.is_empty() && names.is_empty() {
            return;
        }
        let mut new = Vec::new();
        for sentence in &self.doc.sentences {
            let range = sentence.tokens.range();
            for i in range.clone() {
                if !self.capital(i) || self.doc.tokens[i].kind != TokenKind::Word {
                    continue;
                }
                let tokens = TokenRange::new(i, i + 1);
                let facts = self.facts(i);
                if let Some(&other) = surnames.get(&facts.key())
                    && self.is_name_word(range.start, i, other)
                    && Self::free(found, tokens)
                {
                    new.push(self.named(tokens, EntityType::Person, Rule::EntityPersonAgain));
                } else if let Some(&(kind, name)) = names.get(&self.known.words[i])
                    && (matches!(self.case(i), LetterCase::Upper | LetterCase::Mixed)
                        || self.latin(i) && i > range.start)
                    && Self::free(found, tokens)
                {
                    new.push(Candidate {
                        name: (name != u32::MAX).then_some(name),
                        ..self.named(tokens, kind, Rule::EntityOrganisationAgain)
                    });
                }
            }
        }
        Self::put_all(found, new);
    }

    /// Whether a capitalised word may be the surname that stands at `other`: no ordinary word that only begins its sentence,
    /// nor a word that another capital makes part of some other name.
    fn is_name_word(&self, sentence: usize, i: usize, other: usize) -> bool {
        let facts = self.facts(i);
        let ordinary = facts.name().any(NameFlags::ORDINARY);
        let begins = i == sentence || !self.is_word(i - 1) && i == sentence + 1;
        let neighbour = |j: usize| {
            self.doc.tokens.get(j).is_some_and(|t| {
                t.kind == TokenKind::Word && t.gap <= Gap::Space && self.capital(j)
            })
        };
        let beside = i > sentence && neighbour(i - 1) && i - 1 > sentence || neighbour(i + 1);
        let alike = {
            let (a, b) = (&facts.lower(), &self.facts(other).lower());
            a.len().abs_diff(b.len()) <= 6
        };
        // «Дом» and «дом»: such a word needs to stand where no sentence begins.
        alike && !beside && !(ordinary && begins)
    }

    /// An organisation whose name the document has in marks is one wherever the same words stand in marks, in any case form.
    pub(super) fn in_marks_again(&self, found: &mut Vec<Candidate>) {
        let quote = |i: usize| {
            self.doc
                .tokens
                .get(i)
                .is_some_and(|t| t.kind == TokenKind::Quote)
        };
        let known: Vec<Candidate> = found
            .iter()
            .filter(|c| {
                c.kind == EntityType::Organisation
                    && c.tokens.start > 0
                    && quote(c.tokens.start as usize - 1)
                    && quote(c.tokens.end as usize)
            })
            .copied()
            .collect();
        let marked = MarkedNames::of(self, &known);
        let Some(longest) = known.iter().map(|c| c.tokens.len()).max() else {
            return;
        };
        let mut new = Vec::new();
        for open in (0..self.doc.tokens.len()).filter(|&i| quote(i)) {
            let first = open + 1;
            let mut hasher = FxHasher::default();
            let again = (first..first + longest)
                .take_while(|&i| i < self.doc.tokens.len() && self.is_word(i))
                .filter_map(|i| {
                    hasher.write_u64(self.facts(i).key());
                    quote(i + 1).then(|| marked.other(hasher.finish(), first))?
                })
                .min()
                .map(|n| known[n as usize]);
            if let Some(c) = again
                && self.capital(first)
            {
                let tokens = TokenRange::new(first, first + c.tokens.len());
                if Self::free(found, tokens) {
                    new.push(Candidate {
                        tokens,
                        tagged: false,
                        ..c
                    });
                }
            }
        }
        Self::put_all(found, new);
    }
}

/// Names in marks by the keys of all their words.
struct MarkedNames(HashMap<u64, [Option<(usize, u32)>; 2], FxBuildHasher>);

impl MarkedNames {
    fn of(context: &Context<'_>, known: &[Candidate]) -> Self {
        let mut names: HashMap<u64, [Option<(usize, u32)>; 2], FxBuildHasher> = HashMap::default();
        for (n, c) in (0u32..).zip(known) {
            let mut hasher = FxHasher::default();
            for i in c.tokens.range() {
                // What is no word is like no other.
                match context.is_word(i) {
                    true => hasher.write_u64(context.facts(i).key()),
                    false => hasher.write_u64(u64::from(n) << 32),
                }
            }
            let kept = names.entry(hasher.finish()).or_default();
            if let Some(free) = kept.iter_mut().find(|k| k.is_none()) {
                *free = Some((c.tokens.range().start, n));
            }
        }
        MarkedNames(names)
    }

    /// The first name of these words that does not stand at `start` itself; its index.
    fn other(&self, words: u64, start: usize) -> Option<u32> {
        let kept = self.0.get(&words)?.iter().flatten();
        kept.filter(|(at, _)| *at != start).map(|(_, n)| *n).next()
    }
}
