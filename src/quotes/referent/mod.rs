//! What a source refers to that does not say its name: pronouns («он», «по его словам»), roles («глава МИД», «министр»),
//! common nouns («мужчина», «компания», «издание»), documents («говорится в сообщении»).
//!
//! Input: a [`SourcePhrase`] and the sources before it; output: an entity of the document, an earlier source that has no name,
//! or nothing. Candidates are weighed by distance, grammatical case, sex and whether they spoke before. Invariant: sources are
//! remembered in the order in which they are resolved, and no search changes what is remembered.
//!
//! This module remembers who spoke; [`choice`] decides what kind of source it is and whom to ask, [`pronouns`] looks for people,
//! [`roles`] for who holds an office, [`organisations`] for what a common noun or a document stands for, [`nameless`] for
//! sources and groups without a name.

mod choice;
mod meant;
mod nameless;
mod organisations;
mod pronouns;
mod roles;

use std::cell::OnceCell;

use super::collective::Organisations;
use crate::dictionary::Entries;
use crate::dictionary::roles::Roles;
use crate::document::TokenKind;
use crate::document::{EntityType, Sex, Speaker};
use crate::language::Packs;
use crate::language::means::FullNames;
use crate::language::pack::Language;
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, CueList, Function, Grammar};
use crate::view::View;
use crate::words::stem;

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
    packs: &'v Packs,
    entries: &'v Entries,
    cues: &'v CueList,
    relations: &'v Roles,
    /// First token that mentions each entity.
    first: Vec<u32>,
    /// How often each entity is mentioned.
    count: Vec<u32>,
    /// Whether each entity has spoken yet.
    spoke: Vec<bool>,
    pub(super) said: Vec<Said>,
    /// Roles of the people, once they are asked for.
    roles: OnceCell<Vec<Role>>,
    organisations: Organisations<'v>,
    /// Names of several words that shorter ones stand for.
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

impl<'v, 'd> Referents<'v, 'd> {
    /// No source so far.
    pub fn new(packs: &'v Packs, view: &'v View<'d>) -> Self {
        let doc = view.doc;
        let dictionaries = view.known.glossary.dictionaries;
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
            entries: &dictionaries.entries,
            cues: &view.known.glossary.languages.cues,
            relations: &dictionaries.roles,
            first,
            count,
            spoke: vec![false; doc.entities.len()],
            said: Vec::new(),
            roles: OnceCell::new(),
            organisations: Organisations::new(&dictionaries.entries, view),
            names: doc
                .blocks
                .iter()
                .filter_map(|b| packs.of(b.lang))
                .find_map(|pack| pack.full_names(view))
                .unwrap_or_default(),
            packs,
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
                    || self
                        .pack(head)
                        .is_some_and(|pack| pack.is_person(view, head))
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

    /// The language that token `i` stands in.
    pub(super) fn pack(&self, i: usize) -> Option<&'v dyn Language> {
        self.packs.of(self.view.lang(i))
    }

    /// Whether words agree in the language that token `i` stands in.
    fn inflected(&self, i: usize) -> bool {
        self.pack(i).is_none_or(|pack| pack.habits().inflected)
    }

    /// Sentences between the words at token `at` and those at `start`.
    fn distance(&self, at: usize, start: usize) -> usize {
        let doc = self.view.doc;
        let sentence = |i: usize| doc.sentence_at(doc.tokens[i].span.start()).unwrap_or(0);
        sentence(start).saturating_sub(sentence(at))
    }

    pub(super) fn referent(&self, said: &Said) -> Referent {
        match said.speaker.entity {
            Some(entity) => Referent::Entity(entity),
            None => Referent::Said(said.speaker.clone()),
        }
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
                        .or(Function::DETERMINER
                            .or(Function::POSSESSIVE)
                            .or(Function::THAT))
                        .or(Function::PREPOSITION.or(Function::TO))
                        .or(Function::OWN),
                )
        })
        .map(|i| view.key(i))
        .collect()
}
