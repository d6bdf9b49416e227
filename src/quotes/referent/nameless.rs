//! Sources without a name that are spoken of again: «собеседник», «представитель завода», «они», «мужчина».
//!
//! Input: the words of a source; output: a source that spoke before, or a noun phrase that did not speak yet. Invariant: a
//! noun phrase that did not speak is looked for in this sentence and the two before only.

use super::{HORIZON, Referent, Referents, SPOKEN, Said};
use crate::document::TokenKind;
use crate::document::{EntityType, TokenRange};
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::morph::{Case, Gender, Number, Pos, Reading};

impl Referents<'_, '_> {
    /// «собеседник», «собеседник агентства»: the nameless source that spoke last, else the person who did.
    pub(super) fn interlocutor(&self, start: usize, end: usize) -> Option<Referent> {
        // «собеседник, близкий к следствию» is somebody new.
        let view = self.view;
        let outlet = |i: usize| {
            view.facts(i).collective.is_media()
                || view.entity_at(i) == Some(EntityType::Organisation)
                || view.kind(i) == TokenKind::Quote
        };
        // «собеседник в министерстве» as well.
        let described = (start..end).any(|i| view.grammar(i, Grammar::PREPOSITION));
        if described || end > start + 5 || end > start + 1 && !(start + 1..end).any(outlet) {
            return None;
        }
        let near = |s: &&Said| s.person && self.distance(s.at, start) <= 2 * HORIZON;
        let last = self.said.iter().rev().find(near)?;
        let nameless = |s: &&Said| {
            s.speaker.entity.is_none()
                && s.agreement != Agreement::PLURAL
                && self.distance(s.at, start) <= 2 * HORIZON
        };
        let said = self
            .said
            .iter()
            .rev()
            .take(SPOKEN)
            .filter(|s| s.person)
            .find(nameless)
            .or_else(|| (self.distance(last.at, start) <= 1).then_some(last))?;
        Some(self.referent(said))
    }

    /// A source before that named nobody, with the same head and all the words of this one: «представитель завода» after
    /// «представитель завода «Волна» в Москве».
    pub(super) fn phrase_before(
        &self,
        content: &[u64],
        head: usize,
        start: usize,
        plural: bool,
    ) -> Option<Referent> {
        let head = self.view.key(head);
        let fuller = |s: &&Said| {
            s.phrase.first() == Some(&head)
                && s.phrase.len() > content.len()
                && (s.agreement == Agreement::PLURAL) == plural
                && content.iter().all(|k| s.phrase.contains(k))
                && self.distance(s.at, start) <= 2 * HORIZON
        };
        let said = self.said.iter().rev().take(SPOKEN).find(fuller)?;
        Some(self.referent(said))
    }

    /// «они», «по их мнению», «последние»: the group that spoke last, or the nearest plural of people in this or the two
    /// sentences before, its subject first. With a gender, one nameless person («мужчина», «женщина») instead.
    pub(super) fn group_before(&self, start: usize, one: Option<Gender>) -> Option<Referent> {
        let view = self.view;
        let doc = view.doc;
        if one.is_none()
            && let Some(last) = self.said.last()
            && last.agreement == Agreement::PLURAL
            && self.distance(last.at, start) <= HORIZON
        {
            return Some(self.referent(last));
        }
        let here = doc.sentence_at(doc.tokens[start].span.start())?;
        for back in 0..=2.min(here) {
            let tokens = doc.sentences[here - back].tokens.range();
            let end = tokens.end.min(start);
            let mut found: Option<(bool, SourcePhrase)> = None;
            for i in tokens.start..end {
                let people = |r: &Reading| {
                    r.tag.pos == Pos::Noun
                        && r.tag.animate == Some(true)
                        && r.chance >= 0.2
                        && match one {
                            None => r.tag.number == Number::Plural,
                            Some(gender) => {
                                r.tag.number == Number::Singular
                                    && r.tag.gender == gender
                                    && r.tag.case == Case::Nominative
                            }
                        }
                };
                if view.is_masked(i)
                    || view.function(i, Function::ANYONE)
                    || view
                        .mention_at(i)
                        .is_some_and(|m| doc.mentions[m as usize].kind == EntityType::Person)
                    || !view.readings(i).iter().any(people)
                {
                    continue;
                }
                let subject = view.grammar(i, Grammar::NOM);
                let mut from = i;
                while from > tokens.start
                    && view.grammar(from - 1, Grammar::ANY_ADJECTIVE.or(Grammar::POSSESSIVE))
                    && !view.grammar(from - 1, Grammar::FINITE)
                    && view.token(from - 1).is_wordlike()
                {
                    from -= 1;
                }
                let wanted = if subject {
                    Wanted::Nominative
                } else {
                    Wanted::Genitive
                };
                let read = phrase::read(view, from, end, wanted, Agreement::ANY)
                    .filter(|phrase| phrase.head == i)
                    .map_or((from, i + 1), |phrase| (phrase.start, phrase.end));
                if found.as_ref().is_none_or(|(s, _)| !*s && subject) {
                    found = Some((
                        subject,
                        SourcePhrase {
                            tokens: TokenRange::new(read.0, read.1),
                            head: i as u32,
                            mention: None,
                            oblique: !subject,
                        },
                    ));
                }
            }
            if let Some((_, phrase)) = found {
                return Some(Referent::Phrase(phrase));
            }
        }
        if one.is_some() {
            return None;
        }
        let last = self
            .said
            .iter()
            .rev()
            .take(3)
            .find(|s| s.agreement == Agreement::PLURAL)?;
        Some(self.referent(last))
    }
}
