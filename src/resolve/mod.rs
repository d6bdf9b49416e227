//! Mentions -> entities: one entity a person, organisation or place of the document, with its name in the nominative and its id.
//!
//! People are joined by their names (`person`), organisations and places by dictionary id, form and abbreviation (`named`);
//! `reference` tells whom a position or a pronoun stands for. Invariant: every mention of a person,
//! organisation or place has an entity, and a position that of the person whom it stands for, where known; entities stand in order of their first mention.

mod cluster;
mod context;
mod given;
mod known;
mod named;
mod nominative;
mod person;
pub mod reference;
mod short_form;
mod slug;

use crate::document::{Document, Entity, EntityType, IdSource, Lang};

use cluster::Cluster;
pub use given::Given;
pub use known::{NameCache, SharedNames};
pub use nominative::phrase_nominative;
pub use slug::Spelling;

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
