//! Mentions -> entities: one entity a person, organisation or place of the document, with its name in the nominative and its id.
//!
//! People are joined by their names (`person`), organisations and places by dictionary id, form and abbreviation (`named`);
//! `reference` tells whom a position or a pronoun stands for. Invariant: every mention of a person,
//! organisation or place has an entity, and a position that of the person whom it stands for, where known; entities stand in order of their first mention.

mod context;
mod known;
mod named;
mod nominative;
mod person;
pub mod reference;
mod short_form;
mod slug;

use crate::dictionary::Dictionaries;
use crate::dictionary::gazetteer::Hit;
use crate::document::{Document, Entity, EntityType, IdSource, Lang, Sex};
use crate::morph::Morphology;
use crate::view::Known;

pub use known::{NameCache, SharedNames};
pub use nominative::phrase_nominative;
pub use slug::Spelling;

/// What this stage reads beside the document.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The words of the document.
    pub known: Known<'a>,
    /// Spellings of names.
    pub spelling: &'a Spelling,
    /// All dictionary hits of the document, in order of start.
    pub hits: &'a [Hit],
    /// Of each mention of the document, the dictionary name that the whole of it is a form of.
    pub names: &'a [Option<u32>],
}

impl<'a> Given<'a> {
    /// Who and what the dictionaries know.
    pub fn dictionaries(&self) -> &'a Dictionaries {
        self.known.glossary.dictionaries
    }

    /// Forms of words.
    pub fn morphology(&self) -> &'a Morphology {
        self.known.glossary.morphology
    }

    /// Dictionary hits that lie within tokens `from..to`.
    fn hits_between(&self, from: u32, to: u32) -> impl Iterator<Item = &'a Hit> {
        let first = self.hits.partition_point(|h| h.tokens.start < from);
        self.hits[first..]
            .iter()
            .take_while(move |h| h.tokens.start < to)
            .filter(move |h| h.tokens.end <= to)
    }
}

/// An entity while its mentions are gathered.
#[derive(Clone, Debug)]
struct Cluster {
    kind: EntityType,
    /// Index of its dictionary entry.
    entry: Option<u32>,
    /// Fullest name so far, in the nominative.
    name: String,
    /// How full it is.
    fullness: usize,
    sex: Option<Sex>,
    /// Several people have this name.
    ambiguous: bool,
    /// Slug of an entity that has no dictionary entry; made from the name where it is empty.
    slug: String,
}

/// Fills `doc.entities` and each mention's entity.
pub fn link_mentions(given: &Given<'_>, names: &mut NameCache, doc: &mut Document) {
    doc.entities.clear();
    // Cluster of each mention.
    let mut of_mention: Vec<Option<usize>> = vec![None; doc.mentions.len()];
    let mut clusters: Vec<Cluster> = Vec::new();
    named::link(given, doc, &mut clusters, &mut of_mention);
    person::link(given, names, doc, &mut clusters, &mut of_mention);
    let mut index: Vec<Option<u32>> = vec![None; clusters.len()];
    let entries = &given.dictionaries().entries;
    for (mention, cluster) in doc.mentions.iter_mut().zip(&of_mention) {
        let Some(cluster) = *cluster else { continue };
        let entity = *index[cluster].get_or_insert_with(|| {
            let c = &clusters[cluster];
            let entry = c.entry.map(|e| &entries.entries[e as usize]);
            let slug = || match c.slug.is_empty() {
                true => given.spelling.of_name(&c.name),
                false => c.slug.clone(),
            };
            doc.entities.push(Entity {
                kind: c.kind,
                name: c.name.clone(),
                canonical: entry
                    .and_then(|e| entries.canonical(e, doc.lang))
                    .map(str::to_owned),
                name_en: match entry {
                    Some(e) => entries.canonical(e, Lang::En).map(str::to_owned),
                    None if c.kind == EntityType::Person => Some(given.spelling.latin(&c.name)),
                    None => None,
                },
                id: entry.map_or_else(slug, |e| e.id.to_string()),
                id_source: match entry {
                    Some(_) => IdSource::Dictionary,
                    None => IdSource::Name,
                },
                ambiguous: c.ambiguous,
                sex: c.sex.or(entry.and_then(|e| e.sex)),
                role: None,
            });
            doc.entities.len() as u32 - 1
        });
        mention.entity = Some(entity);
        if mention.id.is_none() {
            mention.id = clusters[cluster]
                .entry
                .map(|e| entries.entries[e as usize].id.clone());
        }
    }
    give_roles(given, doc);
    reference::resolve_positions(given, doc);
}

/// Gives each person the first position that the text joins to the name, in the nominative.
fn give_roles(given: &Given<'_>, doc: &mut Document) {
    for i in 0..doc.mentions.len() {
        let mention = &doc.mentions[i];
        let Some(person) = mention.holder.and_then(|h| doc.mentions[h as usize].entity) else {
            continue;
        };
        if doc.entities[person as usize].role.is_none() {
            let role = nominative::role(given, doc, i);
            doc.entities[person as usize].role = Some(role);
        }
    }
}
