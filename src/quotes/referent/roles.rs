//! Who holds the office that a source is named by: «глава МИД», «министр», “the president”.
//!
//! Input: the words of the phrase and what its verb agrees with; output: the person whose role fits it best; what the
//! text says weighs more than the dictionary. Invariant: a role that is taken shares the head or the first word, or both stand
//! for the chief of something.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::{Referents, Role, keys};
use crate::document::{EntityType, Sex};
use crate::letters;
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::words::stem;

impl Referents<'_, '_> {
    /// The roles that the text gives to people, then those of the dictionary.
    pub(super) fn roles(&self) -> &[Role] {
        self.roles.get_or_init(|| {
            let mut roles = Vec::new();
            self.add_written(&mut roles);
            self.add_listed(&mut roles);
            roles
        })
    }

    fn add_written(&self, roles: &mut Vec<Role>) {
        let (view, doc) = (self.view, self.view.doc);
        let mut seen: HashSet<(u32, Vec<u64>), FxBuildHasher> = HashSet::default();
        for mention in &doc.mentions {
            if mention.kind == EntityType::Position
                && let Some(holder) = mention.holder.map(|h| &doc.mentions[h as usize])
                && let Some(entity) = holder.entity
            {
                let end = mention.tokens.end.max(holder.tokens.start);
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
    }

    fn add_listed(&self, roles: &mut Vec<Role>) {
        let mut lower = String::new();
        for (index, entity) in self.view.doc.entities.iter().enumerate() {
            if entity.kind != EntityType::Person {
                continue;
            }
            if let Some((_, entry)) = self.entries.by_id(&entity.id)
                && let Some(role) = entry.role_ru.as_deref()
            {
                for office in role.split(';') {
                    let mut role = Role {
                        entity: index as u32,
                        keys: Vec::new(),
                        chief: false,
                        at: 0,
                    };
                    for word in office.split([' ', ',']) {
                        if word.chars().nth(2).is_some() {
                            lower.clear();
                            letters::push_lower(word, &mut lower);
                            role.keys.push(stem::key(&lower));
                            role.chief |= self.cues.is_chief(&lower);
                        }
                    }
                    roles.push(role);
                }
            }
        }
    }

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
        for role in self.roles() {
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
