//! Names of people that the tagger cut wrongly: two in one stretch, a surname behind «фон», a given name before a patronymic, an
//! initial before another; and adjectives that are no names.
//!
//! Input and output: stretches in order; one is cut in two, lengthened or left out, never laid over another.

use super::Context;
use crate::dictionary::Matching;
use crate::dictionary::names::NameFlags;
use crate::document::{EntityType, TokenRange};
use crate::document::{Gap, LetterCase, TokenKind};
use crate::morph::{NameType, Number, Pos};
use crate::tag::candidate::Candidate;

impl Context<'_> {
    /// «лидер „Арсенала“»-less: «защитник Арсенала Киран Гиббс», «В.Шеймана А.Кулешов»: two names that the tagger took for one.
    pub(super) fn split_names(&self, found: &mut Vec<Candidate>) {
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
        let first = self.facts(range.start).name();
        let any_surname = NameFlags::SURNAME.bits() | NameFlags::KNOWN_SURNAME.bits();
        let person = rest.clone().all(|i| self.capital(i) && !self.latin(i))
            && match rest.len() {
                1 => {
                    c.kind == EntityType::Organisation
                        && self.facts(rest.start).name().bits() & any_surname != 0
                        && !self.facts(rest.start).name().any(NameFlags::ORDINARY)
                }
                2 | 3 => self.facts(rest.start).name().any(NameFlags::GIVEN),
                _ => false,
            };
        (person && !first.any(NameFlags::GIVEN))
            .then(|| (rest.start, (self.kind_of(hit), EntityType::Person)))
    }

    /// “Johannes van Wyk”, «Людвиг ван Гал»: a particle joins the given name to the surname behind it.
    pub(super) fn particles(&self, found: &mut Vec<Candidate>) {
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

    /// Whether the word at `i` is a particle of surnames, in small letters.
    fn is_particle(&self, i: usize) -> bool {
        let name = self.facts(i).name();
        self.case(i) == LetterCase::Lower
            && name.any(NameFlags::PARTICLE)
            && !name.any(NameFlags::AMBIGUOUS)
    }

    /// «кассир Раиса Петровна Голубева»: a given name that is another word too stands before its patronymic.
    pub(super) fn before_patronymics(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let start = c.tokens.start as usize;
            let patronymic = c.kind == EntityType::Person
                && start > 0
                && self.facts(start).name().any(NameFlags::PATRONYMIC);
            if patronymic
                && self.capital(start - 1)
                && self.facts(start - 1).name().any(NameFlags::GIVEN)
                && self.doc.tokens[start].gap == Gap::Space
            {
                let tokens = TokenRange::new(start - 1, c.tokens.end as usize);
                if Self::free(found, TokenRange::new(start - 1, start)) {
                    Self::put(found, Candidate { tokens, ..c });
                }
            }
        }
    }
    /// «Ж.-К. Трише»: an initial that a hyphen joins to the one before it.
    pub(super) fn joined_initials(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let start = c.tokens.start as usize;
            let initial = |i: usize| self.doc.tokens[i].kind == TokenKind::Initial;
            let joined = c.kind == EntityType::Person
                && c.tokens.len() > 1
                && start >= 2
                && initial(start)
                && initial(start - 2)
                && self.doc.tokens[start].gap == Gap::None
                && self.doc.tokens[start - 1].gap == Gap::None
                && self.doc.tokens[start - 1].span.slice(&self.doc.text) == "-";
            if joined {
                let tokens = TokenRange::new(start - 2, c.tokens.end as usize);
                let before = found.len();
                Self::put(found, Candidate { tokens, ..c });
                n = n.saturating_sub(before - found.len());
            }
        }
    }

    /// «Нобелевскую премию»: an adjective that is no surname, and agrees with the common noun behind it, names nobody.
    pub(super) fn drop_adjectives(&self, found: &mut Vec<Candidate>) {
        found.retain(|c| {
            c.kind != EntityType::Person
                || c.tokens.len() != 1
                || c.name.is_some()
                || !self.is_adjective(c.tokens.range().start)
        });
    }

    /// Whether the word at `i` is an adjective of the common noun behind it and nothing else.
    fn is_adjective(&self, i: usize) -> bool {
        let noun = i + 1;
        let beside = self.doc.tokens.get(noun).is_some_and(|t| {
            t.kind == TokenKind::Word && t.gap == Gap::Space && t.case == LetterCase::Lower
        });
        if !beside || !self.is_word(i) || !self.is_word(noun) {
            return false;
        }
        let facts = self.facts(i);
        if facts.name().any(NameFlags::SURNAME)
            || facts.name().any(NameFlags::KNOWN_SURNAME)
            || facts.readings().is_empty()
        {
            return false;
        }
        facts
            .readings()
            .iter()
            .all(|r| !r.guessed && r.tag.pos == Pos::Adjective && r.tag.name == NameType::None)
            && facts.readings().iter().any(|a| {
                self.facts(noun).readings().iter().any(|n| {
                    let agree = n.tag.case == a.tag.case && n.tag.number == a.tag.number;
                    let plural = n.tag.number == Number::Plural;
                    n.tag.pos == Pos::Noun
                        && !n.guessed
                        && agree
                        && (plural || n.tag.gender == a.tag.gender)
                })
            })
    }
}
