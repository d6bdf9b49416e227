//! Mentions of people -> entities: full names first (`full`), then surnames, initials and given names alone joined to them
//! (`part`), then the people of the dictionaries (`known_people`).
//!
//! `words` says what the words of a name are, `readings` and `choice` bring it into the nominative, `name` takes it apart; `individual` is
//! what is known of each person. A surname alone belongs to the person of
//! that surname who was mentioned last before it, else to the first one after it; its form must be one that a person of that sex
//! has. What fits nobody is a person of its own. Invariant: every mention of a person gets a cluster, and the time grows with the
//! number of mentions, not with its square: people are looked up in indexes where a document has many of them.

mod choice;
mod compared;
mod full;
mod individual;
mod known_people;
mod name;
mod part;
mod readings;
#[cfg(test)]
mod tests;
mod words;

use super::cluster::Cluster;
use super::known::NameCache;
use crate::document::{Document, EntityType};
use crate::resolve::given::Given;

use choice::{Forms, SameWords};
use full::FullNames;
use individual::Person;
use known_people::Places;
use name::PersonName;
use part::{Part, PartIndex};

/// People of a document up to whom they are gone through one by one; of more than these an index is made.
const FEW: usize = 32;

/// Joins mentions of one person.
pub(super) fn link(
    given: &Given<'_>,
    cache: &mut NameCache,
    doc: &Document,
    clusters: &mut Vec<Cluster>,
    of_mention: &mut [Option<usize>],
) {
    let (people, of_person) = join(given, cache, (doc, FEW), clusters);
    let mut places = Places::default();
    for p in &people {
        known_people::finish(given, doc, p, &mut places, clusters);
    }
    for (mention, person) in of_mention.iter_mut().zip(&of_person) {
        if let Some(person) = person {
            *mention = Some(people[*person].cluster);
        }
    }
}

/// The people of a document and the person of each mention. Of more than `few` people indexes are made.
fn join(
    given: &Given<'_>,
    cache: &mut NameCache,
    (doc, few): (&Document, usize),
    clusters: &mut Vec<Cluster>,
) -> (Vec<Person>, Vec<Option<usize>>) {
    cache.trim();
    let names = names(given, doc, few, cache);
    let mut of_person: Vec<Option<usize>> = vec![None; doc.mentions.len()];
    let names = &names;
    let names = (names.as_slice(), few);
    let mut people = join_full_names(given, names, clusters, &mut of_person);
    full::join_initials(&mut people, &mut of_person, few);
    join_parts(given, doc, names, &mut people, clusters, &mut of_person);
    for p in &mut people {
        p.name.sex = p.name.sex.or(p.name.shown);
    }
    (people, of_person)
}

/// The name of each mention of a person, taken apart.
fn names(
    given: &Given<'_>,
    doc: &Document,
    few: usize,
    cache: &mut NameCache,
) -> Vec<Option<PersonName>> {
    let found = readings::read_all(given, doc, cache);
    let forms = Forms::of(given, doc, few);
    let same = SameWords::of(&found);
    let name = |(i, found)| {
        let dictionary = dictionary_name(given, i);
        name::take_apart(given, found, dictionary, &same, &forms)
    };
    found
        .iter()
        .enumerate()
        .zip(&doc.mentions)
        .map(|(found, m)| (m.kind == EntityType::Person).then(|| name(found)))
        .collect()
}

/// The name of a dictionary (its index) that a mention is.
fn dictionary_name(given: &Given<'_>, mention: usize) -> Option<u32> {
    given.names.get(mention).copied().flatten()
}

/// Full names and names of the dictionaries make people. Of more than `few` an index is made.
fn join_full_names(
    given: &Given<'_>,
    (names, few): (&[Option<PersonName>], usize),
    clusters: &mut Vec<Cluster>,
    of_person: &mut [Option<usize>],
) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut index: Option<FullNames> = None;
    for (i, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        let dictionary = dictionary_name(given, i);
        let full = name.surname.is_some() && (name.given.is_some() || name.given_initial.is_some());
        if !full && dictionary.is_none() {
            continue;
        }
        let entry = dictionary.map(|n| given.dictionaries().entries.names[n as usize].entry);
        let same = match &index {
            None => (0..people.len()).find(|&p| full::is_same(&people[p], clusters, name, entry)),
            Some(index) => index.find(&people, clusters, name, entry),
        };
        let person = same.unwrap_or_else(|| {
            people.push(Person::new(name.clone(), clusters, i));
            people.len() - 1
        });
        let p = &mut people[person];
        let c = &mut clusters[p.cluster];
        c.entry = c.entry.or(entry);
        p.name.merge(name);
        p.full += 1;
        of_person[i] = Some(person);
        match &mut index {
            Some(index) => index.add(person, &people[person], clusters),
            None if people.len() > few => index = Some(FullNames::of(&people, clusters)),
            None => {}
        }
    }
    people
}

/// Parts of names, in order of the text, go to the people whose they may be; what fits nobody makes people too.
fn join_parts(
    given: &Given<'_>,
    doc: &Document,
    (names, few): (&[Option<PersonName>], usize),
    people: &mut Vec<Person>,
    clusters: &mut Vec<Cluster>,
    of_person: &mut [Option<usize>],
) {
    let mut index: Option<PartIndex> = None;
    for (i, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        let person = of_person[i].unwrap_or_else(|| {
            let part = Part::of(given, doc, doc.mentions[i].tokens, name);
            if index.is_none() && people.len() > few {
                index = Some(PartIndex::of(given, people));
            }
            let best = match &index {
                None => part.best(people),
                Some(index) => index.best(&part, people),
            };
            let person = best.unwrap_or_else(|| {
                let mut name = name.clone();
                name.sex = part.courtesy().or(name.sex);
                people.push(Person::new(name, clusters, i));
                if let Some(index) = &mut index {
                    index.add(given, people, people.len() - 1);
                }
                people.len() - 1
            });
            let known = &mut people[person].name;
            known.shown = known.shown.or(name.shown);
            person
        });
        people[person].seen = Some(i);
        if let Some(index) = &mut index {
            index.see(person, i);
        }
        of_person[i] = Some(person);
    }
}
