//! Who holds the office that a source is named by: «глава МИД», «министр», “the president”.
//!
//! Input: the words of the phrase and what its verb agrees with; output: the person whose role fits it best; what the
//! text says weighs more than the dictionary. Invariant: a role that is taken shares the head or the first word, or both stand
//! for the chief of something.

use super::Referents;
use crate::document::{EntityType, Sex};
use crate::quotes::cues::{Agreement, Function, Grammar};
use crate::tag::stem;

impl Referents<'_, '_> {
    /// The person whose role in the text, or in the dictionary, is the one of the phrase.
    pub(in crate::quotes) fn holder(
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
            i == head || view.grammar(i, Grammar::ANY_ADJECTIVE) && !view.grammar(i, Grammar::NAME)
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
