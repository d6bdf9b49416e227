//! A position without a name -> the person of the document who fits it best.
//!
//! Who fits is found out by the positions that the text gives to people and by the dictionary's roles of those people who have an entry. People
//! who hold a position alike are one [`Group`], of which the one seen last counts. Invariant: what a position belongs to decides
//! against a person who holds it elsewhere; the time does not grow with the square of a document's people and positions.

use std::cmp::Reverse;
use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::{entry_of, of_organisation, owners};
use crate::dictionary::{Entries, Entry};
use crate::document::{Document, EntityType, Lang};
use crate::resolve::given::Given;

/// People of a document and the positions that they hold, while its mentions are gone through in order.
pub(super) struct Holders<'a> {
    given: &'a Given<'a>,
    groups: Vec<Group>,
    by_office: HashMap<(Office, Owner), usize, FxBuildHasher>,
    /// Each once, in order.
    offices: Vec<Office>,
    /// Groups of each entity.
    of_person: Vec<Vec<usize>>,
    /// People who have an entry in the dictionary, with its index.
    listed: Vec<(u32, u32)>,
    /// Where each entity was seen last, in tokens.
    seen: Vec<Option<u32>>,
    /// What was found out of a position: the offices of which it may be said, and how well.
    related: HashMap<u32, Vec<Related>, FxBuildHasher>,
    /// People who have a position of these owners by the dictionary, and how well it fits.
    fitting: Fitting,
}

type Fitting = HashMap<(u32, Vec<Arc<str>>), Vec<(u32, u8)>, FxBuildHasher>;

/// A position that the text gives to somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Office {
    position: u32,
    /// It belongs to an organisation: the leader of a party is no head of state.
    of_organisation: bool,
}

/// What an office belongs to.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Owner {
    /// Whatever it is.
    Any,
    /// The text does not say.
    Unsaid,
    /// The place or organisation of this id.
    This(Arc<str>),
}

/// People who hold an office of one owner.
struct Group {
    /// Where one of them was seen last, in tokens, and who.
    seen: Option<(u32, Reverse<u32>)>,
    /// The one whom the text names first.
    first: Reverse<u32>,
}

/// An office of which a position may be said.
#[derive(Clone, Copy)]
struct Related {
    office: Office,
    /// How well it fits.
    alike: u8,
    /// Where the position belongs to nothing.
    unowned: bool,
}

/// How well a person fits: strength, where seen last, and who comes first in the text.
type Rank = (u8, Option<u32>, Reverse<u32>);

/// Tokens in which a word for anybody («эксперт») may look back for the person that it means.
const NEAR: u32 = 120;

impl<'a> Holders<'a> {
    /// Of a document whose mentions have their entities.
    pub(super) fn of(given: &'a Given<'a>, doc: &Document) -> Self {
        let entries = &given.dictionaries().entries;
        let person = |e: u32| doc.entities[e as usize].kind == EntityType::Person;
        let mut holders = Holders {
            given,
            groups: Vec::new(),
            by_office: HashMap::default(),
            offices: Vec::new(),
            of_person: vec![Vec::new(); doc.entities.len()],
            listed: (0u32..)
                .zip(&doc.entities)
                .filter(|&(e, _)| person(e))
                .filter_map(|(e, entity)| Some((e, entries.by_id(&entity.id)?.0)))
                .collect(),
            seen: vec![None; doc.entities.len()],
            related: HashMap::default(),
            fitting: HashMap::default(),
        };
        for m in &doc.mentions {
            if m.kind == EntityType::Position
                && let Some(position) = entry_of(given, m)
                && let Some(holder) = m.holder
                && let Some(holder) = doc.mentions[holder as usize].entity
                && person(holder)
            {
                let office = Office {
                    position,
                    of_organisation: of_organisation(doc, m),
                };
                holders.add(holder, office, owners(given, doc, m));
            }
        }
        holders.offices.sort_unstable();
        holders.offices.dedup();
        holders
    }

    /// A person holds an office of these owners.
    fn add(&mut self, person: u32, office: Office, owners: Vec<Arc<str>>) {
        let unsaid = owners.is_empty().then_some(Owner::Unsaid);
        let said = owners.into_iter().map(Owner::This);
        for owner in said.chain(unsaid).chain([Owner::Any]) {
            let group = *self.by_office.entry((office, owner)).or_insert_with(|| {
                self.offices.push(office);
                self.groups.push(Group {
                    seen: None,
                    first: Reverse(u32::MAX),
                });
                self.groups.len() - 1
            });
            self.groups[group].first = self.groups[group].first.max(Reverse(person));
            let own = &mut self.of_person[person as usize];
            if !own.contains(&group) {
                own.push(group);
            }
        }
    }

    /// An entity is seen at a token, no earlier than all before.
    pub(super) fn see(&mut self, entity: u32, at: u32) {
        self.seen[entity as usize] = Some(at);
        for &group in &self.of_person[entity as usize] {
            let seen = &mut self.groups[group].seen;
            *seen = (*seen).max(Some((at, Reverse(entity))));
        }
    }

    /// The person who fits a position best, of several the one seen last; mention `at` is the position's.
    pub(super) fn best(
        &mut self,
        doc: &Document,
        at: usize,
        position: u32,
        owners: Vec<Arc<str>>,
    ) -> Option<u32> {
        let unowned = owners.is_empty();
        let held = self.by_text(position, &owners);
        let listed = self.by_dictionary(position, owners);
        if let Some((_, _, Reverse(person))) = held.max(listed) {
            return Some(person);
        }
        if !unowned || !self.given.dictionaries().roles.is_anybody(position) {
            return None;
        }
        // «эксперт» is whoever was named last, where nobody is known to be one.
        let start = doc.mentions[at].tokens.start;
        doc.mentions[..at]
            .iter()
            .rev()
            .take_while(|o| start - o.tokens.start < NEAR)
            .filter_map(|o| o.entity)
            .filter(|&e| doc.entities[e as usize].kind == EntityType::Person)
            .max_by_key(|&e| (self.seen[e as usize], Reverse(e)))
    }

    /// The best of those to whom the text gives such a position.
    fn by_text(&mut self, position: u32, owners: &[Arc<str>]) -> Option<Rank> {
        let (given, offices) = (self.given, &self.offices);
        let related = self
            .related
            .entry(position)
            .or_insert_with(|| related(given, position, offices));
        let mut best: Option<Rank> = None;
        for r in related.iter().filter(|r| owners.is_empty() || !r.unowned) {
            let said = owners.iter().map(|o| (Owner::This(o.clone()), 2));
            let unsaid = match owners.is_empty() {
                true => Owner::Any,
                false => Owner::Unsaid,
            };
            for (owner, shared) in said.chain([(unsaid, 0)]) {
                let Some(&group) = self.by_office.get(&(r.office, owner)) else {
                    continue;
                };
                let group = &self.groups[group];
                let strength = 2 + 2 * r.alike + shared;
                let rank = match group.seen {
                    Some((at, person)) => (strength, Some(at), person),
                    None => (strength, None, group.first),
                };
                best = best.max(Some(rank));
            }
        }
        best
    }

    /// The best of those who have the position by the dictionary.
    fn by_dictionary(&mut self, position: u32, owners: Vec<Arc<str>>) -> Option<Rank> {
        let (given, listed) = (self.given, &self.listed);
        let entries = &given.dictionaries().entries;
        let fitting = self
            .fitting
            .entry((position, owners))
            .or_insert_with_key(|(_, owners)| {
                listed
                    .iter()
                    .filter_map(|&(person, entry)| {
                        let entry = &entries.entries[entry as usize];
                        Some((person, by_roles(given, entry, position, owners)?))
                    })
                    .collect()
            });
        fitting
            .iter()
            .map(|&(person, strength)| (strength, self.seen[person as usize], Reverse(person)))
            .max()
    }
}

/// Which of the offices that people hold a position may mean.
fn related(given: &Given<'_>, position: u32, offices: &[Office]) -> Vec<Related> {
    let entries = &given.dictionaries().entries;
    let roles = &given.dictionaries().roles;
    let relation = |&office: &Office| {
        let of = |alike, unowned| {
            Some(Related {
                office,
                alike,
                unowned,
            })
        };
        if office.position == position {
            of(2, false)
        } else if roles.specific(position).contains(&office.position)
            || contains_name(entries, position, office.position)
        {
            of(1, false)
        } else if roles.specific(office.position).contains(&position) && !office.of_organisation {
            of(1, true)
        } else {
            None
        }
    };
    offices.iter().filter_map(relation).collect()
}

/// Whether the general position's name is a word of the specific one's: «министр» and «министр обороны».
fn contains_name(entries: &Entries, general: u32, specific: u32) -> bool {
    let name = |e: u32, lang| entries.canonical(&entries.entries[e as usize], lang);
    [Lang::Ru, Lang::En]
        .into_iter()
        .any(|lang| match (name(general, lang), name(specific, lang)) {
            (Some(general), Some(specific)) => {
                specific.split([' ', '-']).any(|word| word == general)
            }
            _ => false,
        })
}

/// What the dictionary's roles of a person say.
fn by_roles(given: &Given<'_>, entry: &Entry, position: u32, owners: &[Arc<str>]) -> Option<u8> {
    let entries = &given.dictionaries().entries;
    let roles = &given.dictionaries().roles;
    let country = |id: &Arc<str>| id.eq_ignore_ascii_case(&entry.country);
    let own = owners.iter().any(country);
    // A place that is another country, or an organisation of another country, speaks against it.
    let foreign = owners.iter().any(|o| {
        entries.by_id(o).is_some_and(|(_, e)| {
            !e.country.is_empty() && !e.country.eq_ignore_ascii_case(&entry.country)
        })
    });
    if foreign {
        return None;
    }
    let known = [(&entry.role_ru, Lang::Ru), (&entry.role_en, Lang::En)];
    let mut best = None;
    let mut tails: Vec<&str> = Vec::new();
    for (text, lang) in known {
        let Some(text) = text else { continue };
        for (n, segment) in text.split("; ").enumerate() {
            // A role in English holds the position's words, for the country stands first there.
            tails.clear();
            tails.push(segment);
            if lang == Lang::En {
                tails.extend(segment.match_indices(' ').map(|(at, _)| &segment[at + 1..]));
            }
            let starts = |p: u32| {
                entries
                    .canonical(&entries.entries[p as usize], lang)
                    .is_some_and(|name| tails.iter().any(|tail| starts_with_words(tail, name)))
            };
            let alike = if starts(position) {
                2
            } else if roles.specific(position).iter().any(|&p| starts(p)) {
                1
            } else {
                continue;
            };
            let first = u8::from(n == 0);
            best = best.max(Some(alike + first + 3 * u8::from(own)));
        }
    }
    best
}

/// Whether `text` begins with the words of `start`.
fn starts_with_words(text: &str, start: &str) -> bool {
    text.strip_prefix(start)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
}
