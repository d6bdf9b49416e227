//! What grammar and the rest of the document say of names: names in marks behind a noun that calls for one, names and
//! abbreviations in brackets, two names that stand side by side, and names that the document marks elsewhere.
//!
//! Input and output are the candidates of `combine`, in order and without overlaps.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::combine::Candidate;
use super::gazetteer::Hit;
use super::names::NameFlags;
use super::organisations::OrganisationWord;
use crate::dictionary::{Entries, Matching};
use crate::document::{Document, EntityType, TokenRange};
use crate::lexicon::{Facts, WordId};
use crate::pipeline::Scratch;
use crate::quotes::cues::{CueForm, Frames};
use crate::segment::{Gap, LetterCase, Side, TokenKind};

/// What the rules look at.
pub(super) struct Context<'a> {
    pub doc: &'a Document,
    pub scratch: &'a Scratch,
    pub entries: &'a Entries,
    pub hits: &'a [Hit],
}

/// Longest name in marks, in tokens.
const LONGEST_MARKED: usize = 9;

impl Context<'_> {
    pub(super) fn facts(&self, i: usize) -> &Facts {
        self.scratch.lexicon.facts(self.scratch.words[i])
    }

    pub(super) fn case(&self, i: usize) -> LetterCase {
        self.doc.tokens[i].case
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.scratch.words[i] != WordId::NONE
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.is_word(i) && !matches!(self.case(i), LetterCase::None | LetterCase::Lower)
    }

    pub(super) fn latin(&self, i: usize) -> bool {
        self.doc.tokens[i].span.slice(&self.doc.text).is_ascii()
    }

    pub(super) fn bracket(&self, i: usize, side: Side) -> bool {
        self.doc
            .tokens
            .get(i)
            .is_some_and(|t| t.kind == TokenKind::Bracket && t.side == side)
    }

    pub(super) fn hits_at(&self, i: usize) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|h| (h.tokens.start as usize) < i);
        self.hits[first..]
            .iter()
            .take_while(move |h| h.tokens.start as usize == i)
    }

    pub(super) fn kind_of(&self, hit: &Hit) -> EntityType {
        let name = &self.entries.names[hit.name as usize];
        self.entries.entries[name.entry as usize].kind
    }

    /// Whether no candidate shares a token with the range.
    pub(super) fn free(found: &[Candidate], tokens: TokenRange) -> bool {
        let at = found.partition_point(|c| c.tokens.end <= tokens.start);
        found.get(at).is_none_or(|c| c.tokens.start >= tokens.end)
    }

    /// Puts a candidate in its place, and takes away those that lie inside it.
    pub(super) fn put(found: &mut Vec<Candidate>, new: Candidate) {
        let first = found.partition_point(|c| c.tokens.end <= new.tokens.start);
        let last = found.partition_point(|c| c.tokens.start < new.tokens.end);
        found.splice(first..last.max(first), [new]);
    }

    /// Runs all rules.
    pub(super) fn refine(&self, found: &mut Vec<Candidate>) {
        self.split_names(found);
        self.particles(found);
        self.before_patronymics(found);
        self.name_in_marks(found);
        self.fields(found);
        self.drop_things(found);
        self.latin_names(found);
        self.brackets(found);
        self.latin_brackets(found);
        self.marked_elsewhere(found);
        self.in_marks_again(found);
    }

    /// «лидер „Арсенала“»-less: «защитник Арсенала Киран Гиббс», «В.Шеймана А.Кулешов»: two names that the tagger took for one.
    fn split_names(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            if let Some((at, kinds)) = self.seam(c) {
                let (mut left, mut right) = (c, c);
                left.tokens.end = at as u32;
                right.tokens.start = at as u32;
                (left.kind, right.kind) = kinds;
                (left.name, right.name) = (None, None);
                for half in [&mut left, &mut right] {
                    half.name = self
                        .hits_at(half.tokens.start as usize)
                        .find(|h| h.tokens == half.tokens && self.kind_of(h) == half.kind)
                        .map(|h| h.name);
                }
                found.splice(n..=n, [left, right]);
            }
            n += 1;
        }
    }

    /// “Johannes van Wyk”, «Людвиг ван Гал»: a particle joins the given name to the surname behind it.
    fn particles(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let end = c.tokens.end as usize;
            if c.kind != EntityType::Person || c.name.is_some() || c.tokens.len() > 2 {
                continue;
            }
            let particles = (end..self.doc.tokens.len().min(end + 2))
                .take_while(|&i| self.doc.tokens[i].gap == Gap::Space && self.is_particle(i))
                .count();
            let surname = end + particles;
            let known = self
                .doc
                .tokens
                .get(surname)
                .is_some_and(|t| t.gap == Gap::Space && t.case == LetterCase::Capital)
                && self.is_word(surname);
            if particles > 0 && known {
                let tokens = TokenRange::new(c.tokens.start as usize, surname + 1);
                Self::put(found, Candidate { tokens, ..c });
            }
        }
    }

    /// «кассир Раиса Петровна Голубева»: a given name that is another word too stands before its patronymic.
    fn before_patronymics(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let start = c.tokens.start as usize;
            let patronymic = c.kind == EntityType::Person
                && start > 0
                && self.facts(start).name.any(NameFlags::PATRONYMIC);
            if patronymic
                && self.capital(start - 1)
                && self.facts(start - 1).name.any(NameFlags::GIVEN)
                && self.doc.tokens[start].gap == Gap::Space
            {
                let tokens = TokenRange::new(start - 1, c.tokens.end as usize);
                if Self::free(found, TokenRange::new(start - 1, start)) {
                    Self::put(found, Candidate { tokens, ..c });
                }
            }
        }
    }

    /// Whether the word at `i` is a particle of surnames, in small letters.
    fn is_particle(&self, i: usize) -> bool {
        let name = self.facts(i).name;
        self.case(i) == LetterCase::Lower
            && name.any(NameFlags::PARTICLE)
            && !name.any(NameFlags::AMBIGUOUS)
    }

    /// Where one stretch holds two names: first token of the second, and the types of both.
    fn seam(&self, c: Candidate) -> Option<(usize, (EntityType, EntityType))> {
        let range = c.tokens.range();
        if range.len() < 2 || c.name.is_some() || c.kind == EntityType::Place {
            return None;
        }
        if c.kind == EntityType::Person {
            // Initials begin a name once a surname with initials has gone before.
            let initial = |i: usize| self.doc.tokens[i].kind == TokenKind::Initial;
            if initial(range.start)
                && let Some(i) = (range.start + 2..range.end)
                    .find(|&i| initial(i) && !initial(i - 1) && i + 1 < range.end)
            {
                return Some((i, (EntityType::Person, EntityType::Person)));
            }
        }
        // An organisation or place of the dictionary, then a person.
        let hit = self.hits_at(range.start).find(|h| {
            matches!(
                self.kind_of(h),
                EntityType::Organisation | EntityType::Place
            ) && self.entries.names[h.name as usize].matching != Matching::Context
                && h.tokens.end < c.tokens.end
        })?;
        let rest = hit.tokens.end as usize..range.end;
        let first = self.facts(range.start).name;
        let any_surname = NameFlags::SURNAME.bits() | NameFlags::KNOWN_SURNAME.bits();
        let person = rest.clone().all(|i| self.capital(i) && !self.latin(i))
            && match rest.len() {
                1 => {
                    c.kind == EntityType::Organisation
                        && self.facts(rest.start).name.bits() & any_surname != 0
                        && !self.facts(rest.start).name.any(NameFlags::ORDINARY)
                }
                2 | 3 => self.facts(rest.start).name.any(NameFlags::GIVEN),
                _ => false,
            };
        (person && !first.any(NameFlags::GIVEN))
            .then(|| (rest.start, (self.kind_of(hit), EntityType::Person)))
    }

    /// «компания „Север“», «движение “За реку”»: what stands in marks behind a noun of the list is an organisation.
    fn name_in_marks(&self, found: &mut Vec<Candidate>) {
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
                        self.named(inner, EntityType::Organisation, "organisation.marks"),
                    );
                }
            }
        }
    }

    /// Whether a word calls for an organisation's name behind it: a noun of the list, or what outlets do («сообщает „Север“»).
    fn calls_for_name(&self, i: usize) -> bool {
        let facts = self.facts(i);
        facts.organisation.any(OrganisationWord::NAMED)
            || facts.quote.frames.any(Frames::VIA) && facts.quote.form == CueForm::Finite
    }

    /// «Сумаила Сиссе (Soumaila Cisse)», «Всемирная организация здравоохранения (ВОЗ)».
    fn brackets(&self, found: &mut Vec<Candidate>) {
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
                    None => self.named(inner, c.kind, "name.bracket"),
                };
                Self::put(found, new);
            }
        }
    }

    pub(super) fn dictionary_name(
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
            rule: "dictionary",
        })
    }

    pub(super) fn named(
        &self,
        tokens: TokenRange,
        kind: EntityType,
        rule: &'static str,
    ) -> Candidate {
        Candidate {
            tokens,
            kind,
            name: None,
            tagged: false,
            rule,
        }
    }

    /// Surnames of people with full names, and abbreviations and Latin names of organisations, wherever else the document has
    /// them.
    fn marked_elsewhere(&self, found: &mut Vec<Candidate>) {
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
                    surnames.insert(self.facts(last).key, last);
                }
                EntityType::Organisation
                    if range.len() == 1
                        && (matches!(self.case(last), LetterCase::Upper | LetterCase::Mixed)
                            || self.latin(last) && self.capital(last)) =>
                {
                    names
                        .entry(self.scratch.words[last])
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
                if let Some(&other) = surnames.get(&facts.key)
                    && self.is_name_word(range.start, i, other)
                    && Self::free(found, tokens)
                {
                    new.push(self.named(tokens, EntityType::Person, "person.again"));
                } else if let Some(&(kind, name)) = names.get(&self.scratch.words[i])
                    && (matches!(self.case(i), LetterCase::Upper | LetterCase::Mixed)
                        || self.latin(i) && i > range.start)
                    && Self::free(found, tokens)
                {
                    new.push(Candidate {
                        name: (name != u32::MAX).then_some(name),
                        ..self.named(tokens, kind, "organisation.again")
                    });
                }
            }
        }
        for c in new {
            Self::put(found, c);
        }
    }

    /// Whether a capitalised word may be the surname that stands at `other`: no ordinary word that only begins its sentence,
    /// nor a word that another capital makes part of some other name.
    fn is_name_word(&self, sentence: usize, i: usize, other: usize) -> bool {
        let facts = self.facts(i);
        let ordinary = facts.name.any(NameFlags::ORDINARY);
        let begins = i == sentence || !self.is_word(i - 1) && i == sentence + 1;
        let neighbour = |j: usize| {
            self.doc.tokens.get(j).is_some_and(|t| {
                t.kind == TokenKind::Word && t.gap <= Gap::Space && self.capital(j)
            })
        };
        let beside = i > sentence && neighbour(i - 1) && i - 1 > sentence || neighbour(i + 1);
        let alike = {
            let (a, b) = (&facts.lower, &self.facts(other).lower);
            a.len().abs_diff(b.len()) <= 6
        };
        // «Дом» and «дом»: such a word needs to stand where no sentence begins.
        alike && !beside && !(ordinary && begins)
    }

    /// An organisation whose name the document has in marks is one wherever the same words stand in marks, in any case form.
    fn in_marks_again(&self, found: &mut Vec<Candidate>) {
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
        if known.is_empty() {
            return;
        }
        let same_word = |a: usize, b: usize| {
            self.is_word(a) && self.is_word(b) && self.facts(a).key == self.facts(b).key
        };
        let mut new = Vec::new();
        for open in (0..self.doc.tokens.len()).filter(|&i| quote(i)) {
            let first = open + 1;
            let again = known.iter().find(|c| {
                let range = c.tokens.range();
                first != range.start
                    && first + range.len() < self.doc.tokens.len()
                    && quote(first + range.len())
                    && range
                        .clone()
                        .all(|i| same_word(i, first + (i - range.start)))
            });
            if let Some(c) = again
                && self.capital(first)
            {
                let tokens = TokenRange::new(first, first + c.tokens.len());
                if Self::free(found, tokens) {
                    new.push(Candidate {
                        tokens,
                        tagged: false,
                        ..*c
                    });
                }
            }
        }
        for c in new {
            Self::put(found, c);
        }
    }
}
