//! Roles and pronouns -> the person of the document that they stand for.
//!
//! A position without a name («президент Беларуси», «глава государства», «врач») stands for the person whom the document gives
//! that position, or who has it by the dictionary (`holders`); what the position belongs to must not speak against it. Which general
//! words stand for which offices is `dictionaries/role_relations.csv`. Of several people the one mentioned last before it is taken.
//! Invariant: a plural, a predicate («станет ректором») and what an English article introduces stand for nobody.

mod holders;

use std::sync::Arc;

use crate::dictionary::NameKind;
use crate::document::{Document, EntityType, Mention};
use crate::lexis::classes::Classes;
use crate::morph::{Case, Number, Pos};
use crate::resolve::given::Given;
use crate::words::WordId;

use holders::Holders;

/// Gives each position the person that it stands for, as `Mention::entity`, where one is known.
pub(super) fn resolve_positions(given: &Given<'_>, doc: &mut Document) {
    let mut holders = Holders::of(given, doc);
    for i in 0..doc.mentions.len() {
        let m = &doc.mentions[i];
        let at = m.tokens.start;
        let stands_for = match (m.kind, m.holder) {
            (EntityType::Person, _) => {
                if let Some(e) = m.entity {
                    holders.see(e, at);
                }
                continue;
            }
            (EntityType::Position, Some(holder)) => doc.mentions[holder as usize].entity,
            (EntityType::Position, None) => entry_of(given, m)
                .filter(|_| is_reference(given, doc, m))
                .and_then(|position| {
                    let owners = owners(given, doc, m);
                    holders.best(doc, i, position, owners)
                }),
            _ => continue,
        };
        if let Some(e) = stands_for {
            doc.mentions[i].entity = Some(e);
            holders.see(e, at);
        }
    }
}

/// The entry of a position, as its index.
fn entry_of(given: &Given<'_>, m: &Mention) -> Option<u32> {
    let entries = &given.dictionaries().entries;
    let (index, _) = entries.by_id(m.id.as_deref()?)?;
    Some(index)
}

/// Whether a position stands for one person here: singular, and no predicate («станет министром»).
fn is_reference(given: &Given<'_>, doc: &Document, m: &Mention) -> bool {
    let head = m.tokens.range().find_map(|i| {
        if given.known.words[i] == WordId::NONE {
            return None;
        }
        let facts = given.known.at(i);
        facts
            .readings()
            .iter()
            .find(|r| matches!(r.tag.pos, Pos::Noun | Pos::Name))
            .map(|r| (r.tag, facts.lower()))
    });
    match head {
        Some((tag, _)) => tag.number != Number::Plural && tag.case != Case::Instrumental,
        // English: the plural shows by its ending, and a reference has a determiner before it or begins its sentence.
        None => !doc.tokens_text(m.tokens).ends_with('s') && is_determined(given, doc, m),
    }
}

/// Whether an English position has a determiner up to three words before it, or begins its sentence: “the Belarusian leader”, but
/// not “ran for president”, “student loans”.
fn is_determined(given: &Given<'_>, doc: &Document, m: &Mention) -> bool {
    let at = m.tokens.start as usize;
    let begins = doc
        .tokens
        .get(at)
        .and_then(|t| doc.sentence_at(t.span.start()))
        .is_some_and(|s| doc.sentences[s].tokens.start as usize + 1 >= at);
    // The nearest article or the like decides: what “a” introduces is nobody whom the text has named before.
    let determiner = |i: usize| {
        let word = *given.known.words.get(i)?;
        let english = given.known.facts(word).classes();
        match english.any(Classes::DEFINITE.or(Classes::INDEFINITE)) {
            true => Some(english.any(Classes::DEFINITE)),
            false => None,
        }
    };
    (at.saturating_sub(3)..at)
        .rev()
        .find_map(determiner)
        .unwrap_or(begins)
}

/// Ids of what a position belongs to: organisations and places in its mention, the adjective of a place in or before it.
fn owners(given: &Given<'_>, doc: &Document, m: &Mention) -> Vec<Arc<str>> {
    let entries = &given.dictionaries().entries;
    let mut ids: Vec<Arc<str>> = Vec::new();
    let first = doc
        .mentions
        .partition_point(|o| o.tokens.start < m.tokens.start);
    for other in doc.mentions[first..]
        .iter()
        .take_while(|o| o.tokens.start < m.tokens.end)
    {
        if matches!(other.kind, EntityType::Organisation | EntityType::Place) {
            let id = other.id.clone().or_else(|| {
                other
                    .entity
                    .map(|e| Arc::from(doc.entities[e as usize].id.as_str()))
            });
            ids.extend(id);
        }
    }
    // «белорусский лидер», «глава белорусского государства»: one word before, two behind.
    let from = m.tokens.start.saturating_sub(1);
    for hit in given.hits_between(from, m.tokens.end + 1) {
        let name = &entries.names[hit.name as usize];
        if name.kind == NameKind::Adjective {
            ids.push(entries.entries[name.entry as usize].id.clone());
        }
    }
    ids
}

/// Whether an organisation stands in the words of a position.
fn of_organisation(doc: &Document, m: &Mention) -> bool {
    let first = doc
        .mentions
        .partition_point(|o| o.tokens.start < m.tokens.start);
    doc.mentions[first..]
        .iter()
        .take_while(|o| o.tokens.start < m.tokens.end)
        .any(|o| o.kind == EntityType::Organisation)
}
