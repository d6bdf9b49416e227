//! Which way a source without a name says who is meant: by a pronoun, a role, a noun for anybody, a document.
//!
//! Input: a [`SourcePhrase`] without a name and what the verb agrees with; output: a [`Referent`], or nothing. Where a
//! language reads off the words what to look for, that is looked for. Invariant: words that hide a source («неназванный представитель») mean nobody who has a name.

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

/// A noun phrase as a source, with what the rules ask of it.
struct Noun<'a> {
    source: &'a SourcePhrase,
    head: usize,
    /// What its verb agrees with.
    agree: Agreement,
    /// Keys of its content words.
    content: Vec<u64>,
    plural: bool,
    /// The head is a noun for people.
    people: bool,
    /// It says no more of somebody than that it is a person: «мужчина».
    anyone: bool,
    /// The position that the head stands in.
    position: Option<&'a Mention>,
    /// The position stands alone and may be anybody's.
    general: bool,
}

impl<'a> Noun<'a> {
    fn of(referents: &Referents<'a, '_>, source: &'a SourcePhrase, agree: Agreement) -> Self {
        let view = referents.view;
        let head = source.head as usize;
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        let position = view
            .mention_at(head)
            .map(|m| &view.doc.mentions[m as usize])
            .filter(|m| m.kind == EntityType::Position);
        Noun {
            source,
            head,
            agree,
            content: keys(view, start, end),
            plural: view.is_plural(head, source.oblique),
            people: view.grammar(head, Grammar::ANIMATE) || view.is_people(head),
            anyone: view.function(head, Function::ANYONE),
            position,
            general: end == start + 1 && position.is_some_and(|m| referents.is_general(m)),
        }
    }

    fn bounds(&self) -> (usize, usize) {
        let tokens = self.source.tokens;
        (tokens.start as usize, tokens.end as usize)
    }

    /// Whether an entity may be meant: it agrees with the verb and is nobody whom the phrase names as another.
    fn may_be(&self, referents: &Referents<'_, '_>, entity: u32) -> bool {
        self.agrees(referents, entity) && !self.names_as_another(referents, entity)
    }

    /// «мэр предложила»: no man.
    fn agrees(&self, referents: &Referents<'_, '_>, entity: u32) -> bool {
        let sex = referents.view.doc.entities[entity as usize].sex;
        !matches!(
            (self.agree, sex),
            (Agreement::FEMALE, Some(Sex::Male)) | (Agreement::MALE, Some(Sex::Female))
        )
    }

    /// «пресс-секретарь Юрова» is not Yurov.
    fn names_as_another(&self, referents: &Referents<'_, '_>, entity: u32) -> bool {
        let (view, head) = (referents.view, self.head);
        let oblique = self.source.oblique;
        (head + 1..self.bounds().1).any(|i| {
            view.mention_at(i).is_some_and(|m| {
                let mention = &view.doc.mentions[m as usize];
                let genitive = view.grammar(i, Grammar::GEN)
                    && !view.grammar(i, Grammar::NOM.or(Grammar::UNKNOWN));
                let related = view.function(head, Function::RELATION) && mention.tokens.len() == 1;
                let joined = self.position.is_some_and(|p| p.holder == Some(m));
                let bent = !oblique && view.is_bent(m);
                mention.kind == EntityType::Person
                    && mention.entity == Some(entity)
                    && mention.tokens.start as usize == i
                    && (related || bent || genitive && !oblique && !joined)
            })
        })
    }

    /// The sex that verb and noun show.
    fn sex(&self, referents: &Referents<'_, '_>) -> Option<Sex> {
        let view = referents.view;
        match (self.agree, view.facts(self.head).agreement) {
            (Agreement::MALE, _) => Some(Sex::Male),
            (Agreement::FEMALE, _) | (_, Agreement::FEMALE) => Some(Sex::Female),
            _ if self.anyone && self.source.oblique => match view.oblique_agreement(self.head) {
                Agreement::FEMALE => Some(Sex::Female),
                Agreement::MALE => Some(Sex::Male),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Referents<'_, '_> {
    /// Who the source is that has no name of its own: what its language reads off its words; else a pronoun, a nameless source, several, a
    /// document or body, a person by role or by a common noun.
    pub fn find(
        &self,
        source: &SourcePhrase,
        agree: Agreement,
        draft: &Draft,
    ) -> Option<(Rule, Referent)> {
        let view = self.view;
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        let pack = self.pack(source.head as usize)?;
        if let Some(means) = pack.means(view, source) {
            return self.meant(means, source);
        }
        let noun = Noun::of(self, source, agree);
        // «он», «сам он»
        let alone = (start..end)
            .all(|i| i == noun.head || view.function(i, Function::SELF) || view.lower(i) == "же");
        let pronoun = Grammar::PRONOUN.or(Grammar::POSSESSIVE);
        if view.grammar(noun.head, pronoun) && alone {
            return by(Rule::SpeakerPronoun, self.pronoun(noun.head, start, draft));
        }
        // «неназванный представитель министерства» is nobody who has a name.
        if (start..end).any(|i| view.function(i, Function::ANONYMOUS)) {
            return None;
        }
        if view.function(noun.head, Function::SOURCE) {
            return self.nameless(&noun);
        }
        if noun.plural {
            return self.several(&noun);
        }
        if let Some(body) = self.document_or_body(&noun) {
            return body;
        }
        let before = || {
            let before = self.phrase_before(&noun.content, noun.head, start, false);
            by(Rule::SpeakerPhraseBefore, before)
        };
        if !noun.people && noun.position.is_none() && !noun.anyone {
            return before();
        }
        if noun.content.len() > 1
            && let Some(before) = before()
        {
            return Some(before);
        }
        self.by_role(&noun)
            .or_else(before)
            .or_else(|| by(Rule::SpeakerNoun, self.by_common_noun(&noun)))
    }

    /// «собеседник агентства»: whoever just spoke to the outlet; «источник»: the one before.
    fn nameless(&self, noun: &Noun<'_>) -> Option<(Rule, Referent)> {
        let (start, end) = noun.bounds();
        match self.view.function(noun.head, Function::INTERLOCUTOR) && !noun.plural {
            true => by(Rule::SpeakerInterlocutor, self.interlocutor(start, end)),
            false => by(
                Rule::SpeakerPhraseBefore,
                self.phrase_before(&noun.content, noun.head, start, noun.plural),
            ),
        }
    }

    /// «они», «последние», «люди»: a group that was spoken of.
    fn several(&self, noun: &Noun<'_>) -> Option<(Rule, Referent)> {
        let view = self.view;
        let (start, end) = noun.bounds();
        let pronoun = view.function(noun.head, Function::GROUP)
            || !view
                .readings(noun.head)
                .iter()
                .any(|r| r.tag.pos == Pos::Noun);
        if end == start + 1 && pronoun {
            return by(Rule::SpeakerGroup, self.group_before(start, None));
        }
        if end == start + 1 && noun.anyone {
            let last = self.said.last().filter(|s| {
                s.agreement == Agreement::PLURAL && self.distance(s.at, start) <= HORIZON
            })?;
            return by(Rule::SpeakerGroup, Some(self.referent(last)));
        }
        by(
            Rule::SpeakerPhraseBefore,
            self.phrase_before(&noun.content, noun.head, start, true),
        )
    }

    /// «в сообщении», «ведомство»: who issued a document, or the body that a bare noun stands for; nothing for other nouns.
    fn document_or_body(&self, noun: &Noun<'_>) -> Option<Option<(Rule, Referent)>> {
        let view = self.view;
        let (start, end) = noun.bounds();
        let adjective = |i: usize| view.grammar(i, Grammar::ANY_ADJECTIVE);
        let bare = end == noun.head + 1
            && (start..noun.head).all(|i| adjective(i) && (i == start || !view.capital(i)));
        if noun.people || !bare {
            return None;
        }
        if view.function(noun.head, Function::DOCUMENT) {
            return Some(by(Rule::SpeakerIssuer, self.issuer(noun.head, start)));
        }
        view.facts(noun.head).collective.is_noun().then(|| {
            let limited = (start..noun.head)
                .any(|i| !view.grammar(i, Grammar::DETERMINER) && !view.function(i, Function::OWN));
            by(
                Rule::SpeakerOrganisation,
                self.collective(noun.head, limited),
            )
        })
    }

    /// «министр», «глава МИД»: who holds the office, by the text or by the dictionary.
    fn by_role(&self, noun: &Noun<'_>) -> Option<(Rule, Referent)> {
        let view = self.view;
        let (start, end) = noun.bounds();
        let holder = self
            .holder(&noun.content, noun.head, (start, end), noun.agree)
            .filter(|&e| noun.may_be(self, e));
        if let Some(entity) = holder {
            return Some((Rule::SpeakerOffice, Referent::Entity(entity)));
        }
        let entity = noun
            .position
            .and_then(|m| m.entity)
            .filter(|&e| noun.may_be(self, e) && !noun.general)?;
        // «Политик» goes on with whoever spoke last, where only a list says that another is one.
        let written = |e: u32| self.roles().iter().any(|r| r.entity == e && r.at > 0);
        let key = view.key(noun.head);
        let called = self
            .roles()
            .iter()
            .any(|r| r.entity == entity && r.at > 0 && r.keys.contains(&key));
        let said = self.said.last();
        let last = said.and_then(|s| s.speaker.entity).filter(|&e| {
            view.doc.entities[e as usize].kind == EntityType::Person
                && noun.agrees(self, e)
                && !written(e)
        });
        let near = said.is_some_and(|s| self.distance(s.at, start) <= 1);
        Some(match last {
            Some(last) if end == start + 1 && !called && near => {
                (Rule::SpeakerNoun, Referent::Entity(last))
            }
            _ => (Rule::SpeakerOffice, Referent::Entity(entity)),
        })
    }

    /// «врач», «дипломат», «мужчина»: a bare noun means somebody just spoken of; «обвинительница» may be anybody.
    fn by_common_noun(&self, noun: &Noun<'_>) -> Option<Referent> {
        let view = self.view;
        let facts = view.facts(noun.head);
        let (start, end) = noun.bounds();
        let start = start + usize::from(view.function(start, Function::SELF));
        let known = noun.position.is_some()
            || noun.anyone
            || facts.grammar.any(Grammar::ANIMATE) && !facts.function.any(Function::RELATION);
        // «Прокурор, ведущий дело, сказал»: somebody new.
        let described = end + 1 < view.doc.tokens.len()
            && view.kind(end) == TokenKind::Comma
            && view.grammar(end + 1, Grammar::PARTICIPLE);
        let nobody = noun.position.is_some_and(|m| m.entity.is_none()) && !noun.general;
        if end - start != 1 || !known || described || nobody {
            return None;
        }
        let sex = noun.sex(self);
        let before = self.person_before(start, sex, false);
        let other = noun
            .position
            .and_then(|m| m.entity)
            .filter(|_| noun.general);
        match (before, other) {
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
                Some(match said.is_some_and(|s| s.at < seen) {
                    true => Referent::Entity(other),
                    false => Referent::Said(speaker),
                })
            }
            (None, Some(other)) => Some(Referent::Entity(other)),
            (None, None) if noun.anyone => {
                let gender = match sex {
                    Some(Sex::Female) => Gender::Feminine,
                    _ => Gender::Masculine,
                };
                self.group_before(start, Some(gender))
            }
            (before, _) => before,
        }
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
