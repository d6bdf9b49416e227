//! What a common noun or a document stands for: «издание», «ведомство», «в сообщении», “the company”.
//!
//! Input: the head of the source and where it begins; output: an organisation of the document, an earlier source, or a fuller
//! phrase with the same noun. Invariant: a person is found only as whoever spoke last.

use super::{BEFORE, FAR, HORIZON, ISSUED, Referent, Referents, SPOKEN, Said};
use crate::document::{EntityType, TokenRange};
use crate::document::{Side, TokenKind};
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, Function, Grammar};

impl Referents<'_, '_> {
    /// Who issued «сообщение», «документ»: the organisation or document that spoke last, else the one that the sentences before
    /// are about, else whoever spoke last.
    pub(super) fn issuer(&self, head: usize, start: usize) -> Option<Referent> {
        let view = self.view;
        let doc = view.doc;
        if view.function(head, Function::PERSONAL)
            && let Some(last) = self
                .said
                .last()
                .filter(|s| s.person && self.distance(s.at, start) <= 3)
        {
            return Some(self.referent(last));
        }
        let spoke = |s: &&Said| !s.person && self.distance(s.at, start) <= ISSUED;
        if let Some(said) = self.said.iter().rev().take(SPOKEN).find(spoke) {
            return Some(self.referent(said));
        }
        let here = doc.sentence_at(doc.tokens[start].span.start())?;
        let mut best: Option<(usize, u32)> = None;
        for mention in doc.mentions_before(start).iter().rev().take(FAR) {
            let at = mention.tokens.start as usize;
            let away =
                here.saturating_sub(doc.sentence_at(doc.tokens[at].span.start()).unwrap_or(0));
            if away > 3 || best.is_some_and(|(b, _)| away > b) {
                break;
            }
            // «написал в Twitter»: no issuer.
            let place = at > 0 && view.function(at - 1, Function::IN);
            if mention.kind == EntityType::Organisation
                && !mention.generic
                && !place
                && !view.is_masked(at)
                && let Some(entity) = mention.entity
            {
                best = Some((away, entity));
            }
        }
        if let Some((_, entity)) = best {
            return Some(Referent::Entity(entity));
        }
        let last = self
            .said
            .last()
            .filter(|s| self.distance(s.at, start) <= HORIZON)?;
        Some(self.referent(last))
    }

    /// The source whose words go on in «Отмечается, что»: the organisation or document that spoke last, not long before.
    pub(in crate::quotes) fn goes_on(&self, at: usize) -> Option<Referent> {
        let said = self.said.last()?;
        (!said.person && self.distance(said.at, at) <= 3).then(|| self.referent(said))
    }

    /// The organisation that «издание», «ведомство», «компания» stands for.
    pub(super) fn collective(&self, head: usize, limited: bool) -> Option<Referent> {
        let (noun, key) = (self.view.facts(head).collective, self.view.key(head));
        let last = self.said.last();
        let spoke = |entity: u32| match last {
            Some(last) if last.speaker.entity == Some(entity) => 2,
            _ => u8::from(self.spoke[entity as usize]),
        };
        let found = self
            .organisations
            .find(self.view, head, limited, &self.count, spoke);
        // «пресс-служба МЧС … в ведомстве»: a source that is no entity and spoke last.
        let nameless = last.filter(|s| {
            !s.person
                && s.speaker.entity.is_none()
                && s.agreement != Agreement::PLURAL
                && (s.phrase.len() > 2 || s.quoted)
                && self.distance(s.at, head) <= if s.quoted { HORIZON } else { 3 }
                && (noun.is_media() && s.quoted
                    || noun.is_general() && !noun.is_media()
                    || s.phrase.first() == Some(&key))
        });
        match (found, nameless) {
            (Some(entity), _) => Some(Referent::Entity(entity)),
            (None, Some(said)) => Some(self.referent(said)),
            (None, None) => self.described(head),
        }
    }

    /// The same noun before, with what names it: «профсоюз докеров «Якорь»», where nobody took it for a name.
    fn described(&self, head: usize) -> Option<Referent> {
        let view = self.view;
        let key = view.key(head);
        let before = (head.saturating_sub(BEFORE)..head)
            .rev()
            .filter(|&i| view.key(i) == key && !view.is_masked(i));
        for i in before.take(4) {
            let Some(next) = view.doc.tokens.get(i + 1) else {
                continue;
            };
            let named = next.kind == TokenKind::Quote && next.side != Side::Close
                || view.grammar(i + 1, Grammar::GEN.or(Grammar::ADJ_GEN)) && next.is_wordlike();
            if !named {
                continue;
            }
            let sentence = view.doc.sentence_at(view.doc.tokens[i].span.start())?;
            let end = view.doc.sentences[sentence].tokens.end as usize;
            let wanted = if view.grammar(i, Grammar::NOM) {
                Wanted::Nominative
            } else {
                Wanted::Genitive
            };
            let phrase = phrase::read(view, i, end.min(i + 12), wanted, Agreement::ANY)?;
            if phrase.end > i + 1 {
                return Some(Referent::Phrase(SourcePhrase {
                    tokens: TokenRange::new(i, phrase.end),
                    head: i as u32,
                    mention: None,
                    oblique: wanted != Wanted::Nominative,
                }));
            }
        }
        None
    }

    /// The organisation that a common noun or a document stands for.
    pub(in crate::quotes) fn organisation(
        &self,
        head: usize,
        start: usize,
        words: usize,
    ) -> Option<Referent> {
        let view = self.view;
        let doc = view.doc;
        let facts = view.facts(head);
        let document =
            facts.function.any(Function::DOCUMENT) && !facts.function.any(Function::COMPANY);
        if words > 1 && !document {
            // «надзорное ведомство»: the authority that spoke last.
            let last = self.said.last().filter(|last| !last.person)?;
            let adjective = start + 1 < head + 1
                && (start..head)
                    .all(|i| view.grammar(i, Grammar::ANY_ADJECTIVE) && !view.capital(i))
                || start == head;
            return (adjective && words == head - start + 1).then(|| self.referent(last));
        }
        // Who issued the document: the last to speak.
        if document {
            return self.said.last().map(|last| self.referent(last));
        }
        let media = facts.function.any(Function::MEDIA);
        let suits = |entity: u32| {
            let known = &doc.entities[entity as usize];
            if known.kind != EntityType::Organisation {
                return false;
            }
            match self.entries.by_id(&known.id) {
                Some((_, entry)) => (&*entry.class == "media") == media,
                None => !media || self.spoke[entity as usize],
            }
        };
        let company = view.function(head, Function::FIRM);
        // The organisation of its kind that is spoken of most, the nearer the better.
        let mut best: Option<(i32, u32)> = None;
        let mut scores: Vec<(u32, i32)> = Vec::new();
        for (back, mention) in doc
            .mentions_before(start)
            .iter()
            .rev()
            .enumerate()
            .take(FAR)
        {
            let Some(entity) = mention.entity else {
                continue;
            };
            if mention.generic || !suits(entity) {
                continue;
            }
            let class = self
                .entries
                .by_id(&doc.entities[entity as usize].id)
                .map(|(_, e)| &*e.class);
            let near = if back < 12 { 3 } else { 1 };
            let gain = near
                + if company && class == Some("company") {
                    4
                } else {
                    0
                };
            match scores.iter_mut().find(|(e, _)| *e == entity) {
                Some((_, score)) => *score += gain,
                None => scores.push((entity, gain)),
            }
        }
        for said in self.said.iter().rev().take(FAR) {
            if let Some(entity) = said.speaker.entity
                && let Some((_, score)) = scores.iter_mut().find(|(e, _)| *e == entity)
            {
                *score += 3;
            }
        }
        for (entity, score) in scores {
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, entity));
            }
        }
        if let Some((_, entity)) = best {
            return Some(Referent::Entity(entity));
        }
        self.said
            .iter()
            .rev()
            .find(|s| !s.person && s.speaker.entity.is_none())
            .map(|said| self.referent(said))
    }
}
