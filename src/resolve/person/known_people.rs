//! People of a document -> the people of the dictionaries, or an id of their own.
//!
//! A person is looked up by surname and given name, by a surname alone where that says who is meant. Invariant: every person has an
//! entry or an id made from the name alone, so that one name has one id in all documents.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::individual::Person;
use super::words::last_word;
use crate::dictionary::Entry;
use crate::document::{Document, EntityType};
use crate::letters::folded;
use crate::resolve::cluster::Cluster;
use crate::resolve::given::Given;
use crate::words::stem;

/// Settles a person's name, dictionary entry and id.
pub(super) fn finish(
    given: &Given<'_>,
    doc: &Document,
    person: &Person,
    places: &mut Places,
    clusters: &mut [Cluster],
) {
    let name = &person.name;
    let c = &mut clusters[person.cluster];
    if name.whole.is_empty() {
        return;
    }
    c.name.clone_from(&name.whole);
    c.sex = name.sex;
    if c.entry.is_none() {
        let (entry, ambiguous) = look_up(given, doc, person, places);
        c.entry = entry;
        c.ambiguous = ambiguous;
        if let Some(entry) = entry {
            let entries = &given.dictionaries().entries;
            let known = &entries.entries[entry as usize];
            c.sex = known.sex.or(c.sex);
            // The dictionary knows the nominative of a surname better than its ending shows it.
            if name.words == 1
                && let Some(full) = entries.canonical(known, doc.lang)
                && let Some(last) = full.rsplit(' ').next()
                && name.surname.as_deref().map(stem::key) == Some(stem::key(&folded(last)))
            {
                c.name = last.to_owned();
            }
        }
    }
    if c.entry.is_some() {
        return;
    }
    // The dictionary has no id for it: one of its own.
    let mut ordered = String::new();
    for part in [&name.surname, &name.given, &name.patronymic]
        .into_iter()
        .flatten()
    {
        if !ordered.is_empty() {
            ordered.push(' ');
        }
        ordered.push_str(part);
    }
    if name.given.is_none()
        && let Some(initial) = name.given_initial
    {
        ordered.push(' ');
        ordered.push(initial);
    }
    c.slug = given.spelling.of_person(&ordered);
}

/// The dictionary's person of this name: by given name and surname; by a surname alone where one person has it, or one of
/// a country that the document names. Also says whether several have it.
fn look_up(
    given: &Given<'_>,
    doc: &Document,
    person: &Person,
    places: &mut Places,
) -> (Option<u32>, bool) {
    let entries = &given.dictionaries().entries.entries;
    let only = |among: &[u32], fits: &mut dyn FnMut(&Entry) -> bool| -> Vec<u32> {
        let fitting = among.iter().filter(|&&e| fits(&entries[e as usize]));
        fitting.copied().collect()
    };
    let mut bearers = bearers(given, doc, person);
    let own = only(&bearers, &mut |e| e.own);
    if !own.is_empty() {
        bearers = own;
    }
    match bearers[..] {
        [] => return (None, false),
        [one] => return (Some(one), false),
        _ => {}
    }
    if let [one] = only(&bearers, &mut |e| places.names(doc, &e.country))[..] {
        return (Some(one), true);
    }
    // Of a family the one who held the highest office is meant where the text says no more.
    let highest = only(&bearers, &mut |e| {
        e.role_ru
            .as_deref()
            .is_some_and(|roles| roles.split("; ").any(|r| is_highest_office(given, r)))
    });
    match highest[..] {
        [one] => (Some(one), true),
        _ => (None, true),
    }
}

/// The people of the dictionaries who have this name, as indices of entries.
fn bearers(given: &Given<'_>, doc: &Document, person: &Person) -> Vec<u32> {
    let entries = &given.dictionaries().entries;
    let name = &person.name;
    let mut fitting: Vec<u32> = Vec::new();
    let Some(surname) = &name.surname else {
        return fitting;
    };
    let token = last_word(given, doc, doc.mentions[person.first].tokens);
    for index in given.dictionaries().people.with_key(stem::key(surname)) {
        let known = &entries.names[index as usize];
        let entry = &entries.entries[known.entry as usize];
        let Some((before, last)) = known.text.rsplit_once(' ') else {
            continue;
        };
        let last = folded(last);
        if entry.sex.is_some() && name.sex.is_some() && entry.sex != name.sex && name.words > 1 {
            continue;
        }
        let form = token.is_some_and(|t| {
            let lower = folded(given.known.at(t).lower());
            lower == last
                || !given
                    .morphology()
                    .could_be_form_of(&last, &lower, entry.sex)
                    .is_empty()
        });
        if *surname != last && !form {
            continue;
        }
        let first = folded(before.split(' ').next().unwrap_or(before));
        let fits = match (&name.given, name.given_initial) {
            (Some(given), _) => first == *given || stem::key(&first) == stem::key(given),
            (None, Some(initial)) => first.starts_with(initial),
            (None, None) => true,
        };
        if fits && !fitting.contains(&known.entry) {
            fitting.push(known.entry);
        }
    }
    fitting
}

/// Ids of the places that a document names, gathered when they are asked for.
#[derive(Default)]
pub(super) struct Places(Option<HashSet<String, FxBuildHasher>>);

impl Places {
    /// Whether the document names the place of this id, in any letter case.
    fn names(&mut self, doc: &Document, id: &str) -> bool {
        let places = self.0.get_or_insert_with(|| {
            doc.mentions
                .iter()
                .filter(|m| m.kind == EntityType::Place)
                .filter_map(|m| m.id.as_deref())
                .map(str::to_ascii_lowercase)
                .collect()
        });
        places.contains(&id.to_ascii_lowercase())
    }
}

/// Whether a role is that of the head of a state or government.
fn is_highest_office(given: &Given<'_>, role: &str) -> bool {
    let word = |(office, _)| given.morphology().context_word(office).highest_office;
    role.split_once(' ').is_some_and(word)
}
