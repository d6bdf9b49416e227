//! Which person «он», «она», «врач», “he” mean, and which group «они».
//!
//! Input: the first token of the source and the sex that its words have; output: the likeliest person before it, by distance,
//! case and who spoke. Invariant: nobody further back than a few sentences.

use super::{FAR, HORIZON, Referent, Referents};
use crate::document::{EntityType, Sex};
use crate::language::types::Draft;
use crate::lexis::cues::{Agreement, Function, Grammar};

impl Referents<'_, '_> {
    pub(super) fn pronoun(&self, head: usize, start: usize, draft: &Draft) -> Option<Referent> {
        let view = self.view;
        // «по его данным» may be said of an outlet, «по его словам» of a person only.
        if draft.attribution.as_ref().is_some_and(|a| {
            a.cue.len() > 1 && view.function(a.cue.end as usize - 1, Function::KNOWLEDGE)
        }) && matches!(view.lower(head), "его" | "ее" | "её")
            && let Some(last) = self
                .said
                .last()
                .filter(|s| !s.person && self.distance(s.at, start) <= 2)
        {
            return Some(self.referent(last));
        }
        match view.lower(head) {
            "он" | "его" | "него" | "ему" | "им" => {
                self.person_before(start, Some(Sex::Male), true)
            }
            "она" | "ее" | "её" | "нее" | "неё" | "ей" => self
                .person_before(start, Some(Sex::Female), true)
                // A name that looks like a man's («Мартин Обри»), where no woman was spoken of.
                .or_else(|| self.subject_before(start)),
            "они" | "их" | "них" => self.group_before(start, None),
            _ => None,
        }
    }

    /// The person that the sentence before, or this one, is about.
    fn subject_before(&self, start: usize) -> Option<Referent> {
        let view = self.view;
        view.doc
            .mentions_before(start)
            .iter()
            .rev()
            .take(12)
            .find(|m| {
                let at = m.tokens.start as usize;
                m.kind == EntityType::Person
                    && self.distance(at, start) <= 1
                    && view.nominative_name(at)
                    && !view.is_masked(at)
            })
            .and_then(|m| m.entity)
            .map(Referent::Entity)
    }

    /// The likeliest person before token `start`.
    pub(in crate::quotes) fn person_before(
        &self,
        start: usize,
        sex: Option<Sex>,
        pronoun: bool,
    ) -> Option<Referent> {
        let view = self.view;
        let doc = view.doc;
        let here = doc.sentence_at(doc.tokens[start].span.start())?;
        let fits = |other: Option<Sex>| sex.is_none() || other.is_none() || sex == other;
        let mut best: Option<(i32, Referent)> = None;
        let mut offer = |score: i32, referent: Referent| {
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, referent));
            }
        };
        let last_speaker = self.said.last().and_then(|s| s.speaker.entity);
        let distance = |at: usize| {
            let sentence = doc.sentence_at(doc.tokens[at].span.start()).unwrap_or(0);
            here.saturating_sub(sentence)
        };
        for mention in doc.mentions_before(start).iter().rev().take(FAR) {
            let at = mention.tokens.start as usize;
            let away = distance(at);
            if away > HORIZON {
                break;
            }
            // «Премьер приехал утром. Он сказал»
            let role = mention.kind == EntityType::Position && mention.holder.is_none();
            if mention.kind != EntityType::Person && !role || mention.tokens.end as usize > start {
                continue;
            }
            let Some(entity) = mention.entity else {
                continue;
            };
            let known = &doc.entities[entity as usize];
            if !fits(known.sex) {
                continue;
            }
            let subject = mention.tokens.range().all(|i| {
                view.grammar(i, Grammar::NOM.or(Grammar::UNKNOWN)) || !view.token(i).is_wordlike()
            });
            let mut score = 20 - 4 * away as i32;
            if subject {
                score += 4;
            }
            if last_speaker == Some(entity) {
                score += 4;
            } else if self.spoke[entity as usize] {
                score += 2;
            }
            if view.is_masked(at) {
                score -= 5;
            }
            if sex.is_some() && known.sex.is_some() {
                score += 2;
            }
            // «муж Биби» spoke, not Bibi.
            if !subject && away == 0 && pronoun {
                score -= 1;
            }
            offer(score, Referent::Entity(entity));
        }
        for (back, said) in self.said.iter().rev().enumerate().take(4) {
            if said.speaker.entity.is_some() || !said.person && back > 0 {
                continue;
            }
            let away = distance(said.at);
            if away > HORIZON || said.at >= start {
                continue;
            }
            let suits = match sex {
                _ if said.person && said.agreement.is_empty() && !self.inflected(said.at) => true,
                Some(Sex::Male) => said.agreement.any(Agreement::MALE),
                Some(Sex::Female) => said.agreement.any(Agreement::FEMALE),
                None => true,
            };
            if !suits || !said.person && !pronoun {
                continue;
            }
            let mut score = 24 - 4 * away as i32;
            if back == 0 {
                score += 4;
            }
            offer(score, Referent::Said(said.speaker.clone()));
        }
        // A source that was resolved to an entity through a role stands nearer than the name itself.
        for said in self.said.iter().rev().take(3) {
            let Some(entity) = said.speaker.entity else {
                continue;
            };
            let known = &doc.entities[entity as usize];
            if known.kind != EntityType::Person || !fits(known.sex) || said.at >= start {
                continue;
            }
            let away = distance(said.at);
            if away <= HORIZON + 2 {
                let last = last_speaker == Some(entity);
                offer(
                    20 - 4 * away as i32 + 4 + if last { 4 } else { 2 } + 2,
                    Referent::Entity(entity),
                );
            }
        }
        best.map(|(_, referent)| referent)
    }
}
