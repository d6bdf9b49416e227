//! What a source refers to that does not say its name: pronouns («он», «по его словам»), roles («глава МИД», «министр»),
//! common nouns («мужчина», «компания», «издание»), documents («говорится в сообщении»).
//!
//! Input: a [`SourcePhrase`] and the sources before it; output: an entity of the document, an earlier source that has no name,
//! or nothing. Candidates are weighed by distance, grammatical case, sex and whether they spoke before.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::clause::View;
use super::collective::Organisations;
use super::cues::{Agreement, Function, Grammar};
use super::english::{English, FullNames};
use super::phrase::{self, Wanted};
use super::types::{Draft, SourcePhrase};
use crate::dictionary::Entries;
use crate::document::{EntityType, Lang, Mention, Sex, Speaker, TokenRange};
use crate::morph::{Case, Gender, Number, Pos, Reading};
use crate::pipeline::Resources;
use crate::resolve::reference::Roles;
use crate::segment::{Side, TokenKind};
use crate::tag::stem;

/// Who is meant.
#[derive(Clone, Debug)]
pub enum Referent {
    /// An entity of the document.
    Entity(u32),
    /// A source without a name of its own that spoke before.
    Said(Speaker),
    /// A noun phrase before that did not speak yet.
    Phrase(SourcePhrase),
}

/// A source that was resolved already.
pub(super) struct Said {
    /// First token of the phrase.
    at: usize,
    speaker: Speaker,
    agreement: Agreement,
    /// A person, or a noun phrase for one.
    pub(super) person: bool,
    /// Keys of the phrase's words, where it names nobody; the head first.
    phrase: Vec<u64>,
    /// A name in marks that nobody knows.
    quoted: bool,
}

/// A position that the text joins to a person.
struct Role {
    entity: u32,
    /// Keys of its words; the head first.
    keys: Vec<u64>,
    chief: bool,
    /// First token.
    at: usize,
}

/// The sources of a document so far, and the roles of its people.
pub struct Referents<'v, 'd> {
    pub(super) view: &'v View<'d>,
    entries: &'v Entries,
    relations: &'v Roles,
    /// First token that mentions each entity.
    first: Vec<u32>,
    /// How often each entity is mentioned.
    count: Vec<u32>,
    /// Whether each entity has spoken yet.
    spoke: Vec<bool>,
    pub(super) said: Vec<Said>,
    roles: Vec<Role>,
    organisations: Organisations,
    /// Names of several words, where the text is English.
    pub(super) names: FullNames,
}

/// Mentions back that a common noun looks.
const FAR: usize = 200;
/// Sentences back that a pronoun looks.
const HORIZON: usize = 6;
/// Sentences back in which the issuer of «сообщение» is looked for.
const ISSUED: usize = 8;
/// Tokens back that a common noun looks for itself with a name.
const BEFORE: usize = 300;
/// Sources back that a noun phrase is compared with.
const SPOKEN: usize = 16;

const ANY_ADJECTIVE: Grammar = Grammar(0x3F << 6);

impl<'v, 'd> Referents<'v, 'd> {
    /// No source so far.
    pub fn new(resources: &'v Resources, view: &'v View<'d>) -> Self {
        let doc = view.doc;
        let mut roles = Vec::new();
        let mut seen: HashSet<(u32, Vec<u64>), FxBuildHasher> = HashSet::default();
        for mention in &doc.mentions {
            if mention.kind == EntityType::Position
                && let Some(entity) = mention.holder.and_then(|h| doc.mentions[h as usize].entity)
            {
                let holder = mention.holder.map_or(mention.tokens.end, |h| {
                    doc.mentions[h as usize].tokens.start
                });
                let end = if holder > mention.tokens.end {
                    holder
                } else {
                    mention.tokens.end
                };
                let keys = keys(view, mention.tokens.start as usize, end as usize);
                // What a page says again and again of one person is one role.
                if !seen.insert((entity, keys.clone())) {
                    continue;
                }
                roles.push(Role {
                    entity,
                    keys,
                    chief: mention
                        .tokens
                        .range()
                        .any(|i| view.function(i, Function::CHIEF)),
                    at: mention.tokens.start as usize,
                });
            }
        }
        let entries = resources.tagger.entries();
        let chiefs = resources.quotes.cues();
        for (index, entity) in doc.entities.iter().enumerate() {
            if entity.kind != EntityType::Person {
                continue;
            }
            if let Some((_, entry)) = entries.by_id(&entity.id)
                && let Some(role) = entry.role_ru.as_deref()
            {
                for office in role.split(';') {
                    let words: Vec<String> = office
                        .split([' ', ','])
                        .filter(|w| w.chars().count() > 2)
                        .map(str::to_lowercase)
                        .collect();
                    roles.push(Role {
                        entity: index as u32,
                        keys: words.iter().map(|w| stem::key(w)).collect(),
                        chief: words.iter().any(|w| chiefs.is_chief(w)),
                        at: 0,
                    });
                }
            }
        }
        let mut first = vec![u32::MAX; doc.entities.len()];
        let mut count = vec![0u32; doc.entities.len()];
        for mention in &doc.mentions {
            if let Some(entity) = mention.entity {
                let entity = entity as usize;
                first[entity] = first[entity].min(mention.tokens.start);
                count[entity] += 1;
            }
        }
        Referents {
            view,
            entries,
            relations: resources.tagger.roles(),
            first,
            count,
            spoke: vec![false; doc.entities.len()],
            said: Vec::new(),
            roles,
            organisations: Organisations::new(entries, view),
            names: if doc.blocks.iter().any(|b| b.lang == Lang::En) {
                FullNames::of(view)
            } else {
                FullNames::default()
            },
        }
    }

    /// Remembers a source.
    pub fn note(&mut self, source: &SourcePhrase, speaker: &Speaker, agree: Agreement) {
        if speaker.name.is_empty() {
            return;
        }
        let view = self.view;
        let head = source.head as usize;
        let person = match speaker.entity {
            Some(e) => view.doc.entities[e as usize].kind == EntityType::Person,
            None => {
                view.grammar(head, Grammar::ANIMATE.or(Grammar::PRONOUN))
                    || view.is_people(head)
                    || speaker.unnamed
                    || speaker.sex.is_some()
                    || view.is_english(head)
                        && (view.entity_at(head) == Some(EntityType::Position)
                            || view.english(head).any(English::SOURCE))
                        && !view.lower(head).ends_with('s')
                    || view.is_english(head)
                        && view.capital(head)
                        && view.entity_at(head).is_none_or(|k| k == EntityType::Person)
            }
        };
        let own = if source.oblique && !view.readings(head).is_empty() {
            view.oblique_agreement(head)
        } else {
            view.facts(head).agreement
        };
        let agreement = match speaker.sex {
            Some(Sex::Female) => Agreement::FEMALE,
            Some(Sex::Male) => Agreement::MALE,
            None if !agree.is_empty() && !agree.and(own).is_empty() => agree.and(own),
            None => own,
        };
        if let Some(entity) = speaker.entity {
            self.spoke[entity as usize] = true;
        }
        let plural = view.is_plural(head, source.oblique);
        let phrase = if speaker.entity.is_none() {
            let mut words = vec![view.key(head)];
            for i in source.tokens.range() {
                // «пресс-служба» is spoken of as «служба».
                if let Some((_, last)) = view.lower(i).rsplit_once('-') {
                    words.push(stem::key(last));
                }
            }
            words.extend(keys(
                view,
                source.tokens.start as usize,
                source.tokens.end as usize,
            ));
            words
        } else {
            Vec::new()
        };
        self.said.push(Said {
            at: source.tokens.start as usize,
            speaker: speaker.clone(),
            agreement: if plural {
                Agreement::PLURAL
            } else if source.oblique && agreement.any(Agreement::SINGULAR) {
                agreement.and(Agreement::SINGULAR)
            } else {
                agreement
            },
            person,
            phrase,
            quoted: speaker.entity.is_none()
                && source
                    .tokens
                    .range()
                    .any(|i| view.kind(i) == TokenKind::Quote),
        });
    }

    /// Who the source is that has no name of its own.
    pub fn find(&self, source: &SourcePhrase, agree: Agreement, draft: &Draft) -> Option<Referent> {
        let view = self.view;
        let head = source.head as usize;
        let facts = view.facts(head);
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        if view.is_english(head) {
            return self.english(source);
        }
        // «он», «сам он»
        let alone = (start..end)
            .all(|i| i == head || matches!(view.lower(i), "сам" | "сама" | "сами" | "же"));
        if facts.grammar.any(Grammar::PRONOUN.or(Grammar::POSSESSIVE)) && alone {
            return self.pronoun(head, start, draft);
        }
        let content = keys(view, start, end);
        // «неназванный представитель министерства» is nobody who has a name.
        if (start..end).any(|i| view.function(i, Function::ANONYMOUS)) {
            return None;
        }
        let plural = view.is_plural(head, source.oblique);
        // «собеседник агентства»: whoever just spoke to the outlet.
        if facts.function.any(Function::SOURCE) {
            return match view.lower(head).starts_with("собеседни") && !plural {
                true => self.interlocutor(start, end),
                false => self.phrase_before(&content, head, start, plural),
            };
        }
        if plural {
            let pronoun = matches!(
                view.lower(head),
                "последние" | "последних" | "те" | "тех" | "оба" | "обе"
            ) || !view.readings(head).iter().any(|r| r.tag.pos == Pos::Noun);
            if end == start + 1 && pronoun {
                return self.group_before(start, None);
            }
            if end == start + 1 && facts.function.any(Function::ANYONE) {
                let last = self.said.last().filter(|s| {
                    s.agreement == Agreement::PLURAL && self.distance(s.at, start) <= HORIZON
                })?;
                return Some(self.referent(last));
            }
            return self.phrase_before(&content, head, start, true);
        }
        let bare = end == head + 1
            && (start..head).all(|i| {
                view.grammar(i, ANY_ADJECTIVE) && !view.capital(i)
                    || i == start && view.grammar(i, ANY_ADJECTIVE)
            });
        let people = facts.grammar.any(Grammar::ANIMATE) || view.is_people(head);
        if !people {
            if facts.function.any(Function::DOCUMENT) && bare {
                return self.issuer(head, start);
            }
            if facts.collective.is_noun() && bare {
                let limited = (start..head).any(|i| {
                    !view.grammar(i, Grammar::DETERMINER) && !view.function(i, Function::OWN)
                });
                return self.collective(head, limited);
            }
        }
        let position = view
            .mention_at(head)
            .map(|m| &view.doc.mentions[m as usize])
            .filter(|m| m.kind == EntityType::Position);
        let anyone = facts.function.any(Function::ANYONE);
        if !people && position.is_none() && !anyone {
            return self.phrase_before(&content, head, start, false);
        }
        if content.len() > 1
            && let Some(before) = self.phrase_before(&content, head, start, false)
        {
            return Some(before);
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
            return Some(Referent::Entity(entity));
        }
        let general = position.is_some_and(|m| self.is_general(m)) && end == start + 1;
        if let Some(entity) = position.and_then(|m| m.entity).filter(named)
            && !general
        {
            // «Политик» goes on with whoever spoke last, where only a list says that another is one.
            let listed = !self
                .roles
                .iter()
                .any(|r| r.entity == entity && r.at > 0 && r.keys.contains(&view.key(head)));
            let last = self.said.last().and_then(|s| s.speaker.entity).filter(|e| {
                let known = &view.doc.entities[*e as usize];
                known.kind == EntityType::Person
                    && agrees(e)
                    && !self.roles.iter().any(|r| r.entity == *e && r.at > 0)
            });
            let near = self
                .said
                .last()
                .is_some_and(|s| self.distance(s.at, start) <= 1);
            return Some(Referent::Entity(match last {
                Some(last) if end == start + 1 && listed && near => last,
                _ => entity,
            }));
        }
        if let Some(before) = self.phrase_before(&content, head, start, false) {
            return Some(before);
        }
        let start = start + usize::from(matches!(view.lower(start), "сам" | "сама"));
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
            return match (before, other) {
                (Some(Referent::Said(speaker)), Some(other)) => {
                    // Of a nameless source and a person who may be meant the one that was spoken of last.
                    let first = view
                        .doc
                        .mentions
                        .partition_point(|m| (m.tokens.start as usize) < start);
                    let seen = view.doc.mentions[..first]
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

    fn pronoun(&self, head: usize, start: usize, draft: &Draft) -> Option<Referent> {
        let view = self.view;
        // «по его данным» may be said of an outlet, «по его словам» of a person only.
        if draft.attribution.as_ref().is_some_and(|a| {
            a.cue.len() > 1
                && matches!(
                    view.lower(a.cue.end as usize - 1),
                    "данным"
                        | "информации"
                        | "сведениям"
                        | "оценке"
                        | "оценкам"
                        | "подсчётам"
                        | "подсчетам"
                        | "прогнозу"
                        | "прогнозам"
                )
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
        let first = view
            .doc
            .mentions
            .partition_point(|m| (m.tokens.start as usize) < start);
        view.doc.mentions[..first]
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

    /// Sentences between the words at token `at` and those at `start`.
    fn distance(&self, at: usize, start: usize) -> usize {
        let doc = self.view.doc;
        let sentence = |i: usize| doc.sentence_at(doc.tokens[i].span.start()).unwrap_or(0);
        sentence(start).saturating_sub(sentence(at))
    }

    /// «собеседник», «собеседник агентства»: the nameless source that spoke last, else the person who did.
    fn interlocutor(&self, start: usize, end: usize) -> Option<Referent> {
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
    fn phrase_before(
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
    fn group_before(&self, start: usize, one: Option<Gender>) -> Option<Referent> {
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
                    && view.grammar(from - 1, ANY_ADJECTIVE.or(Grammar::POSSESSIVE))
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

    /// Who issued «сообщение», «документ»: the organisation or document that spoke last, else the one that the sentences before
    /// are about, else whoever spoke last.
    fn issuer(&self, head: usize, start: usize) -> Option<Referent> {
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
        let first = doc
            .mentions
            .partition_point(|m| (m.tokens.start as usize) < start);
        let mut best: Option<(usize, u32)> = None;
        for mention in doc.mentions[..first].iter().rev().take(FAR) {
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
    pub(super) fn goes_on(&self, at: usize) -> Option<Referent> {
        let said = self.said.last()?;
        (!said.person && self.distance(said.at, at) <= 3).then(|| self.referent(said))
    }

    /// The organisation that «издание», «ведомство», «компания» stands for.
    fn collective(&self, head: usize, limited: bool) -> Option<Referent> {
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

    pub(super) fn referent(&self, said: &Said) -> Referent {
        match said.speaker.entity {
            Some(entity) => Referent::Entity(entity),
            None => Referent::Said(said.speaker.clone()),
        }
    }

    /// The likeliest person before token `start`.
    pub(super) fn person_before(
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
        let first = doc
            .mentions
            .partition_point(|m| (m.tokens.start as usize) < start);
        for mention in doc.mentions[..first].iter().rev().take(FAR) {
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
                _ if said.person && view.is_english(said.at) && said.agreement.is_empty() => true,
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

    /// The organisation that a common noun or a document stands for.
    pub(super) fn organisation(&self, head: usize, start: usize, words: usize) -> Option<Referent> {
        let view = self.view;
        let doc = view.doc;
        let facts = view.facts(head);
        let document =
            facts.function.any(Function::DOCUMENT) && !facts.function.any(Function::COMPANY);
        if words > 1 && !document {
            // «надзорное ведомство»: the authority that spoke last.
            let last = self.said.last().filter(|last| !last.person)?;
            let adjective = start + 1 < head + 1
                && (start..head).all(|i| view.grammar(i, Grammar(0x3F << 6)) && !view.capital(i))
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
        let company = matches!(
            view.lower(head),
            "компания"
                | "компании"
                | "авиакомпания"
                | "авиакомпании"
                | "перевозчик"
                | "фирма"
                | "корпорация"
                | "концерн"
                | "company"
        );
        // The organisation of its kind that is spoken of most, the nearer the better.
        let first = doc
            .mentions
            .partition_point(|m| (m.tokens.start as usize) < start);
        let mut best: Option<(i32, u32)> = None;
        let mut scores: Vec<(u32, i32)> = Vec::new();
        for (back, mention) in doc.mentions[..first].iter().rev().enumerate().take(FAR) {
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

    /// The person whose role in the text, or in the dictionary, is the one of the phrase.
    pub(super) fn holder(
        &self,
        content: &[u64],
        head: usize,
        (start, end): (usize, usize),
        agree: Agreement,
    ) -> Option<u32> {
        let view = self.view;
        let doc = view.doc;
        let &first = content.first()?;
        let chief = view.function(head, Function::CHIEF);
        // An organisation in the phrase says more than its abbreviation: «глава МИД».
        let mut content = content.to_vec();
        for i in start..end {
            if let Some(m) = view.mention_at(i)
                && let Some(entity) = doc.mentions[m as usize].entity
                && doc.mentions[m as usize].kind == EntityType::Organisation
            {
                let known = &doc.entities[entity as usize];
                for name in [Some(known.name.as_str()), known.canonical.as_deref()]
                    .into_iter()
                    .flatten()
                {
                    for word in name.split(' ').filter(|w| w.chars().count() > 2) {
                        let key = stem::key(&word.to_lowercase());
                        if !content.contains(&key) {
                            content.push(key);
                        }
                    }
                }
            }
        }
        let content = &content[..];
        // «китайский лидер»: the adjective of a country says little here.
        let adjectives = (start..end).all(|i| {
            i == head || view.grammar(i, Grammar(0x3F << 6)) && !view.grammar(i, Grammar::NAME)
        });
        let head_key = view.key(head);
        let mut best: Option<(i32, u32)> = None;
        for role in &self.roles {
            let entity = &doc.entities[role.entity as usize];
            let mismatch = matches!((agree, entity.sex), (Agreement::MALE, Some(Sex::Female)));
            if mismatch || role.keys.is_empty() {
                continue;
            }
            let same = role.keys.contains(&head_key) || role.keys[0] == first;
            let mut score = match (same, chief && role.chief) {
                (true, _) => 30,
                (false, true) => 15,
                _ => continue,
            };
            let shared = content
                .iter()
                .filter(|&&k| k != head_key && role.keys.contains(&k))
                .count();
            let complement = content.iter().find(|&&k| k != head_key);
            let first_shared = complement.is_some_and(|k| role.keys.contains(k));
            let complement = complement.is_some();
            if shared > 0 {
                // «глава ЦИК ДНР» is about the commission first.
                score += if first_shared { 15 } else { 8 } + shared as i32;
            } else if complement && role.keys.len() > 1 && !adjectives {
                score -= 12;
            }
            if role.at > 0 {
                score += 3;
                if role.at < start {
                    score += 2;
                }
            }
            // What the text itself says of somebody weighs more than the dictionary; who is spoken of much is meant more often.
            if role.at == 0 {
                score -= 4;
            }
            let index = role.entity as usize;
            score += if (self.first[index] as usize) < start {
                self.count[index].min(4) as i32
            } else {
                -3
            };
            if self.spoke[index] {
                score += 6;
            }
            if self
                .said
                .last()
                .is_some_and(|s| s.speaker.entity == Some(role.entity))
            {
                score += 3;
            }
            if score >= 24 && best.is_none_or(|(b, _)| score >= b) {
                best = Some((score, role.entity));
            }
        }
        best.map(|(_, entity)| entity)
    }
}

/// Keys of the content words of a phrase; the head is among the first.
fn keys(view: &View<'_>, start: usize, end: usize) -> Vec<u64> {
    (start..end)
        .filter(|&i| {
            view.token(i).is_wordlike()
                && !view.grammar(i, Grammar::PREPOSITION.or(Grammar::POSSESSIVE))
                && !view.function(
                    i,
                    Function::AND
                        .or(Function::EN_DET)
                        .or(Function::EN_PREP)
                        .or(Function::OWN),
                )
        })
        .map(|i| view.key(i))
        .collect()
}
