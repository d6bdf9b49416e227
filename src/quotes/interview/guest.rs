//! The person whom an interview is with.
//!
//! Input: a document and its turns; output: an entity, a person whom the article names before the first turn or questions call by
//! name.

use super::Turn;
use crate::dictionary::Entries;
use crate::document::{BlockKind, Document, EntityType, Mention};

/// Tokens of a question within which its addressee is named: «Анна Львовна, когда …».
const ADDRESS: u32 = 5;

/// The person whom an interview is with: of those whom the article names before its first turn, or questions call by name, the
/// one named most, the first of them. Journalists and the authors of pictures are not.
pub(super) fn guest(doc: &Document, entries: &Entries, turns: &[Turn]) -> Option<u32> {
    let first = turns.first()?.tokens.start;
    let mut counts = vec![0u32; doc.entities.len()];
    let mut order: Vec<u32> = Vec::new();
    let journalist = |m: &Mention| {
        m.id.as_deref()
            .and_then(|id| entries.by_id(id))
            .is_some_and(|(_, entry)| &*entry.class == "media")
    };
    let journalists: Vec<u32> = doc
        .mentions
        .iter()
        .filter(|m| m.kind == EntityType::Position && journalist(m))
        .filter_map(|m| doc.mentions[m.holder? as usize].entity)
        .collect();
    let article = |m: &&Mention| {
        m.kind == EntityType::Person
            && doc.block_at(m.span.start()).is_some_and(|b| {
                matches!(
                    doc.blocks[b].kind,
                    BlockKind::Title | BlockKind::Body | BlockKind::Heading
                )
            })
    };
    let lead = doc.mentions.iter().take_while(|m| m.tokens.start < first);
    let called = turns.iter().filter(|t| t.asks).flat_map(|t| {
        doc.mentions_from(t.tokens.start as usize)
            .iter()
            .take_while(|m| m.tokens.start < t.tokens.start + ADDRESS)
    });
    for entity in lead.chain(called).filter(article).filter_map(|m| m.entity) {
        if journalists.contains(&entity) {
            continue;
        }
        if counts[entity as usize] == 0 {
            order.push(entity);
        }
        counts[entity as usize] += 1;
    }
    let most = counts.iter().copied().max()?;
    order
        .into_iter()
        .find(|&entity| counts[entity as usize] == most)
}
