//! What a source refers to that does not say its name: pronouns («он», «по его словам»), roles («глава МИД», «министр»),
//! common nouns («мужчина», «компания», «издание»), documents («говорится в сообщении»).
//!
//! Input: a [`SourcePhrase`] and the sources before it; output: an entity of the document, an earlier source that has no name,
//! or nothing. Candidates are weighed by distance, grammatical case, sex and whether they spoke before.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::clause::View;
use super::cues::{Agreement, Function, Grammar};
use super::english::FullNames;
use super::types::{Draft, SourcePhrase};
use crate::dictionary::Entries;
use crate::document::{EntityType, Lang, Sex, Speaker};
use crate::pipeline::Resources;
use crate::tag::stem;

/// Who is meant.
#[derive(Clone, Debug)]
pub enum Referent {
    /// An entity of the document.
    Entity(u32),
    /// A source without a name of its own that spoke before.
    Said(Speaker),
}

/// A source that was resolved already.
pub(super) struct Said {
    /// First token of the phrase.
    at: usize,
    speaker: Speaker,
    agreement: Agreement,
    /// A person, or a noun phrase for one.
    pub(super) person: bool,
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
    /// First token that mentions each entity.
    first: Vec<u32>,
    /// How often each entity is mentioned.
    count: Vec<u32>,
    /// Whether each entity has spoken yet.
    spoke: Vec<bool>,
    pub(super) said: Vec<Said>,
    roles: Vec<Role>,
    /// Names of several words, where the text is English.
    pub(super) names: FullNames,
}

/// Mentions back that a common noun looks.
const FAR: usize = 200;
/// Sentences back that a pronoun looks.
const HORIZON: usize = 6;

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
            first,
            count,
            spoke: vec![false; doc.entities.len()],
            said: Vec::new(),
            roles,
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
                    || speaker.unnamed
                    || speaker.sex.is_some()
                    || view.is_english(head)
                        && view.capital(head)
                        && view.entity_at(head).is_none_or(|k| k == EntityType::Person)
            }
        };
        let own = view.facts(head).agreement;
        let agreement = match speaker.sex {
            Some(Sex::Female) => Agreement::FEMALE,
            Some(Sex::Male) => Agreement::MALE,
            None if !agree.is_empty() && !agree.and(own).is_empty() => agree.and(own),
            None => own,
        };
        if let Some(entity) = speaker.entity {
            self.spoke[entity as usize] = true;
        }
        self.said.push(Said {
            at: source.tokens.start as usize,
            speaker: speaker.clone(),
            agreement,
            person,
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
        if facts.grammar.any(Grammar::PRONOUN.or(Grammar::POSSESSIVE)) && end == start + 1 {
            return self.pronoun(head, start, draft);
        }
        let content = keys(view, start, end);
        // Documents stand for who issued them; media and companies for the one that was named.
        if facts
            .function
            .any(Function::MEDIA.or(Function::COMPANY).or(Function::DOCUMENT))
            && content.len() <= 2
            && !facts.grammar.any(Grammar::ANIMATE)
        {
            return self.organisation(head, start, content.len());
        }
        let plural =
            !facts.agreement.is_empty() && facts.agreement == Agreement::PLURAL && !source.oblique;
        if plural {
            return None;
        }
        let position = view.entity_at(head) == Some(EntityType::Position);
        let animate = facts.grammar.any(Grammar::ANIMATE) || position;
        if !animate {
            return None;
        }
        if let Some(entity) = self.holder(&content, head, (start, end), agree) {
            return Some(Referent::Entity(entity));
        }
        // A bare noun («врач», «дипломат», «мужчина») means somebody just spoken of.
        if end - start == 1 {
            let sex = match (agree, facts.agreement) {
                (Agreement::MALE, _) => Some(Sex::Male),
                (Agreement::FEMALE, _) => Some(Sex::Female),
                (_, Agreement::FEMALE) => Some(Sex::Female),
                _ => None,
            };
            return self.person_before(start, sex, false);
        }
        None
    }

    fn pronoun(&self, head: usize, start: usize, _draft: &Draft) -> Option<Referent> {
        let view = self.view;
        match view.lower(head) {
            "он" | "его" | "него" | "ему" | "им" => {
                self.person_before(start, Some(Sex::Male), true)
            }
            "она" | "ее" | "её" | "нее" | "неё" | "ей" => {
                self.person_before(start, Some(Sex::Female), true)
            }
            "они" | "их" | "них" => {
                let last = self.said.last()?;
                (last.agreement == Agreement::PLURAL).then(|| self.referent(last))
            }
            _ => None,
        }
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
        for mention in doc.mentions[..first].iter().rev() {
            let at = mention.tokens.start as usize;
            let away = distance(at);
            if away > HORIZON {
                break;
            }
            if mention.kind != EntityType::Person || mention.tokens.end as usize > start {
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
