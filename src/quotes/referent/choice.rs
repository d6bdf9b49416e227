//! Which way a source without a name says who is meant: by a pronoun, a role, a noun for anybody, a document.
//!
//! Input: a [`SourcePhrase`] without a name and what the verb agrees with; output: a [`Referent`], or nothing. English sources
//! go to rules of their own. Invariant: words that hide a source («неназванный представитель») mean nobody who has a name.

use super::{FAR, HORIZON, Referent, Referents, keys};
use crate::document::TokenKind;
use crate::document::{EntityType, Mention, Rule, Sex};
use crate::language::types::{Draft, SourcePhrase};
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::morph::{Gender, Pos};

/// A referent as found by a rule.
pub(super) fn by(rule: Rule, referent: Option<Referent>) -> Option<(Rule, Referent)> {
    referent.map(|r| (rule, r))
}

impl Referents<'_, '_> {
    /// Who the source is that has no name of its own.
    pub fn find(
        &self,
        source: &SourcePhrase,
        agree: Agreement,
        draft: &Draft,
    ) -> Option<(Rule, Referent)> {
        let view = self.view;
        let head = source.head as usize;
        let facts = view.facts(head);
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        if view.is_english(head) {
            return self.english(source);
        }
        // «он», «сам он»
        let alone = (start..end)
            .all(|i| i == head || view.function(i, Function::SELF) || view.lower(i) == "же");
        if facts.grammar.any(Grammar::PRONOUN.or(Grammar::POSSESSIVE)) && alone {
            return by(Rule::SpeakerPronoun, self.pronoun(head, start, draft));
        }
        let content = keys(view, start, end);
        // «неназванный представитель министерства» is nobody who has a name.
        if (start..end).any(|i| view.function(i, Function::ANONYMOUS)) {
            return None;
        }
        let plural = view.is_plural(head, source.oblique);
        // «собеседник агентства»: whoever just spoke to the outlet.
        if facts.function.any(Function::SOURCE) {
            return match view.function(head, Function::INTERLOCUTOR) && !plural {
                true => by(Rule::SpeakerInterlocutor, self.interlocutor(start, end)),
                false => by(
                    Rule::SpeakerPhraseBefore,
                    self.phrase_before(&content, head, start, plural),
                ),
            };
        }
        if plural {
            let pronoun = view.function(head, Function::GROUP)
                || !view.readings(head).iter().any(|r| r.tag.pos == Pos::Noun);
            if end == start + 1 && pronoun {
                return by(Rule::SpeakerGroup, self.group_before(start, None));
            }
            if end == start + 1 && facts.function.any(Function::ANYONE) {
                let last = self.said.last().filter(|s| {
                    s.agreement == Agreement::PLURAL && self.distance(s.at, start) <= HORIZON
                })?;
                return by(Rule::SpeakerGroup, Some(self.referent(last)));
            }
            return by(
                Rule::SpeakerPhraseBefore,
                self.phrase_before(&content, head, start, true),
            );
        }
        let bare = end == head + 1
            && (start..head).all(|i| {
                view.grammar(i, Grammar::ANY_ADJECTIVE) && !view.capital(i)
                    || i == start && view.grammar(i, Grammar::ANY_ADJECTIVE)
            });
        let people = facts.grammar.any(Grammar::ANIMATE) || view.is_people(head);
        if !people {
            if facts.function.any(Function::DOCUMENT) && bare {
                return by(Rule::SpeakerIssuer, self.issuer(head, start));
            }
            if facts.collective.is_noun() && bare {
                let limited = (start..head).any(|i| {
                    !view.grammar(i, Grammar::DETERMINER) && !view.function(i, Function::OWN)
                });
                return by(Rule::SpeakerOrganisation, self.collective(head, limited));
            }
        }
        let position = view
            .mention_at(head)
            .map(|m| &view.doc.mentions[m as usize])
            .filter(|m| m.kind == EntityType::Position);
        let anyone = facts.function.any(Function::ANYONE);
        if !people && position.is_none() && !anyone {
            return by(
                Rule::SpeakerPhraseBefore,
                self.phrase_before(&content, head, start, false),
            );
        }
        if content.len() > 1
            && let Some(before) = self.phrase_before(&content, head, start, false)
        {
            return by(Rule::SpeakerPhraseBefore, Some(before));
        }
        // «пресс-секретарь Юрова» is not Yurov.
        let named = |entity: &u32| {
            !(head + 1..end).any(|i| {
                view.mention_at(i).is_some_and(|m| {
                    let mention = &view.doc.mentions[m as usize];
                    let genitive = view.grammar(i, Grammar::GEN)
                        && !view.grammar(i, Grammar::NOM.or(Grammar::UNKNOWN));
                    let related =
                        view.function(head, Function::RELATION) && mention.tokens.len() == 1;
                    let joined = position.is_some_and(|p| p.holder == Some(m));
                    let bent = !source.oblique && view.is_bent(m);
                    mention.kind == EntityType::Person
                        && mention.entity == Some(*entity)
                        && mention.tokens.start as usize == i
                        && (related || bent || genitive && !source.oblique && !joined)
                })
            })
        };
        // «мэр предложила»: no man.
        let agrees = |entity: &u32| {
            let sex = view.doc.entities[*entity as usize].sex;
            !matches!(
                (agree, sex),
                (Agreement::FEMALE, Some(Sex::Male)) | (Agreement::MALE, Some(Sex::Female))
            )
        };
        let named = |entity: &u32| named(entity) && agrees(entity);
        let holder = self
            .holder(&content, head, (start, end), agree)
            .filter(named);
        if let Some(entity) = holder {
            return by(Rule::SpeakerOffice, Some(Referent::Entity(entity)));
        }
        let general = position.is_some_and(|m| self.is_general(m)) && end == start + 1;
        if let Some(entity) = position.and_then(|m| m.entity).filter(named)
            && !general
        {
            // «Политик» goes on with whoever spoke last, where only a list says that another is one.
            let listed = !self
                .roles()
                .iter()
                .any(|r| r.entity == entity && r.at > 0 && r.keys.contains(&view.key(head)));
            let last = self.said.last().and_then(|s| s.speaker.entity).filter(|e| {
                let known = &view.doc.entities[*e as usize];
                known.kind == EntityType::Person
                    && agrees(e)
                    && !self.roles().iter().any(|r| r.entity == *e && r.at > 0)
            });
            let near = self
                .said
                .last()
                .is_some_and(|s| self.distance(s.at, start) <= 1);
            return match last {
                Some(last) if end == start + 1 && listed && near => {
                    by(Rule::SpeakerNoun, Some(Referent::Entity(last)))
                }
                _ => by(Rule::SpeakerOffice, Some(Referent::Entity(entity))),
            };
        }
        if let Some(before) = self.phrase_before(&content, head, start, false) {
            return by(Rule::SpeakerPhraseBefore, Some(before));
        }
        let start = start + usize::from(view.function(start, Function::SELF));
        // A bare noun («врач», «дипломат», «мужчина») means somebody just spoken of; «обвинительница» may be anybody.
        let known = position.is_some()
            || facts.function.any(Function::ANYONE)
            || facts.grammar.any(Grammar::ANIMATE) && !facts.function.any(Function::RELATION);
        // «Прокурор, ведущий дело, сказал»: somebody new.
        let described = end + 1 < view.doc.tokens.len()
            && view.kind(end) == TokenKind::Comma
            && view.grammar(end + 1, Grammar::PARTICIPLE);
        let nobody = position.is_some_and(|m| m.entity.is_none()) && !general;
        if end - start == 1 && known && !described && !nobody {
            let sex = match (agree, facts.agreement) {
                (Agreement::MALE, _) => Some(Sex::Male),
                (Agreement::FEMALE, _) => Some(Sex::Female),
                (_, Agreement::FEMALE) => Some(Sex::Female),
                _ if anyone && source.oblique => match view.oblique_agreement(head) {
                    Agreement::FEMALE => Some(Sex::Female),
                    Agreement::MALE => Some(Sex::Male),
                    _ => None,
                },
                _ => None,
            };
            let before = self.person_before(start, sex, false);
            let other = position.and_then(|m| m.entity).filter(|_| general);
            let found = match (before, other) {
                (Some(Referent::Said(speaker)), Some(other)) => {
                    // Of a nameless source and a person who may be meant the one that was spoken of last.
                    let seen = view
                        .doc
                        .mentions_before(start)
                        .iter()
                        .rev()
                        .take(FAR)
                        .find(|m| m.entity == Some(other) && m.kind == EntityType::Person)
                        .map_or(0, |m| m.tokens.start as usize);
                    let said = self.said.iter().rev().find(|s| s.speaker.entity.is_none());
                    if said.is_some_and(|s| s.at < seen) {
                        Some(Referent::Entity(other))
                    } else {
                        Some(Referent::Said(speaker))
                    }
                }
                (None, Some(other)) => Some(Referent::Entity(other)),
                (None, None) if anyone => self.group_before(
                    start,
                    Some(if sex == Some(Sex::Female) {
                        Gender::Feminine
                    } else {
                        Gender::Masculine
                    }),
                ),
                (before, _) => before,
            };
            return by(Rule::SpeakerNoun, found);
        }
        None
    }

    /// A position that may stand for anybody («эксперт», «политик»).
    fn is_general(&self, position: &Mention) -> bool {
        position
            .id
            .as_deref()
            .and_then(|id| self.entries.by_id(id))
            .is_some_and(|(index, _)| self.relations.is_anybody(index))
    }
}
