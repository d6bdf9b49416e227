//! Full names -> one person each: given name and surname, patronymics and middle names that do not contradict; and names with
//! initials, which join the full name that they may be short for.
//!
//! Invariant: with an index ([`FullNames`]) the same people come out as without one.

use hashbrown::HashMap;
use rustc_hash::{FxBuildHasher, FxHasher};
use std::hash::{Hash, Hasher};

use super::compared::compared;
use super::individual::Person;
use super::name::PersonName;
use crate::resolve::cluster::Cluster;
use crate::words::stem;

/// Whether a mention by a full name or a dictionary's (of entry `entry`) names this person.
pub(super) fn is_same(
    person: &Person,
    clusters: &[Cluster],
    name: &PersonName,
    entry: Option<u32>,
) -> bool {
    compared();
    let other = clusters[person.cluster].entry;
    entry.is_some() && entry == other
        || (entry.is_none() || other.is_none()) && same_full_name(&person.name, name)
}

/// Whether two names with given name and surname are one person's.
fn same_full_name(a: &PersonName, b: &PersonName) -> bool {
    let (Some(a_surname), Some(b_surname)) = (&a.surname, &b.surname) else {
        return false;
    };
    let (Some(a_given), Some(b_given)) = (&a.given, &b.given) else {
        return false;
    };
    // Words of one key begin alike.
    let begin_alike = |x: &str, y: &str| x.chars().next() == y.chars().next();
    if !begin_alike(a_surname, b_surname) || !begin_alike(a_given, b_given) {
        return false;
    }
    let patronymics = match (&a.patronymic, &b.patronymic) {
        (Some(x), Some(y)) => x == y || stem::key(x) == stem::key(y),
        _ => true,
    };
    let sexes = a.sex.is_none() || b.sex.is_none() || a.sex == b.sex;
    let alike = |x: &str, y: &str| x == y || sexes && stem::key(x) == stem::key(y);
    // «Абдул Карим Салех» and «Абдул Рашид Салех» are two.
    let middles = a.middle.is_empty()
        || b.middle.is_empty()
        || a.middle
            .iter()
            .any(|x| b.middle.iter().any(|y| alike(x, y)));
    patronymics && middles && alike(a_surname, b_surname) && alike(a_given, b_given)
}

/// People by their full names: given name, surname, and what else may tell two of one name apart.
#[derive(Default)]
pub(super) struct FullNames {
    /// The first person of a dictionary's entry.
    by_entry: HashMap<u32, usize, FxBuildHasher>,
    /// People under each of their [`keys_of`], in order.
    by_name: HashMap<u64, Vec<u32>, FxBuildHasher>,
}

/// What a name says of a patronymic or middle names, as far as it tells people apart.
#[derive(Clone, Copy, Hash)]
enum Told {
    /// Whatever it says.
    Anything,
    /// It has none.
    Nothing,
    /// This one, by its key.
    This(u64),
}

impl FullNames {
    /// Of these people.
    pub(super) fn of(people: &[Person], clusters: &[Cluster]) -> Self {
        let mut index = FullNames::default();
        for (n, person) in people.iter().enumerate() {
            index.add(n, person, clusters);
        }
        index
    }

    /// Adds person `n`, or what has been learnt of them since.
    pub(super) fn add(&mut self, n: usize, person: &Person, clusters: &[Cluster]) {
        if let Some(entry) = clusters[person.cluster].entry {
            let first = self.by_entry.entry(entry).or_insert(n);
            *first = n.min(*first);
        }
        let told = |told: Vec<Told>| [vec![Told::Anything], told].concat();
        let (patronymics, middles) = (patronymic_of(&person.name), middles_of(&person.name));
        for key in keys_of(&person.name, &told(patronymics), &told(middles)) {
            let list = self.by_name.entry(key).or_default();
            if let Err(at) = list.binary_search(&(n as u32)) {
                list.insert(at, n as u32);
            }
        }
    }

    /// The first person for whom [`is_same`] holds.
    pub(super) fn find(
        &self,
        people: &[Person],
        clusters: &[Cluster],
        name: &PersonName,
        entry: Option<u32>,
    ) -> Option<usize> {
        let mut first = entry.and_then(|e| self.by_entry.get(&e)).copied();
        let agreeing = |told: Vec<Told>| match told[..] {
            [Told::Nothing] => vec![Told::Anything],
            _ => [vec![Told::Nothing], told].concat(),
        };
        let patronymics = agreeing(patronymic_of(name));
        let middles = agreeing(middles_of(name));
        for key in keys_of(name, &patronymics, &middles) {
            let found = self
                .by_name
                .get(&key)
                .into_iter()
                .flatten()
                .map(|&n| n as usize)
                .take_while(|&n| first.is_none_or(|first| n < first))
                .find(|&n| is_same(&people[n], clusters, name, entry));
            first = found.or(first);
        }
        first
    }
}

fn patronymic_of(name: &PersonName) -> Vec<Told> {
    vec![match &name.patronymic {
        None => Told::Nothing,
        Some(word) => Told::This(stem::key(word)),
    }]
}

fn middles_of(name: &PersonName) -> Vec<Told> {
    match name.middle.is_empty() {
        true => vec![Told::Nothing],
        false => name
            .middle
            .iter()
            .map(|word| Told::This(stem::key(word)))
            .collect(),
    }
}

/// Numbers of a full name with each of these patronymics and middle names; none of a name that is not full.
fn keys_of(name: &PersonName, patronymics: &[Told], middles: &[Told]) -> Vec<u64> {
    let (Some(surname), Some(given)) = (&name.surname, &name.given) else {
        return Vec::new();
    };
    let words = (stem::key(surname), stem::key(given));
    let key = |patronymic: &Told, middle: &Told| {
        let mut hasher = FxHasher::default();
        (words, patronymic, middle).hash(&mut hasher);
        hasher.finish()
    };
    patronymics
        .iter()
        .flat_map(|p| middles.iter().map(move |m| key(p, m)))
        .collect()
}

/// «А. Петров» is the Андрей Петров of the document where there is one. Of more than `few` people an index is made.
pub(super) fn join_initials(people: &mut [Person], of_person: &mut [Option<usize>], few: usize) {
    let is_short = |p: &Person| p.name.given.is_none() && p.name.given_initial.is_some();
    if !people.iter().any(is_short) {
        return;
    }
    let index = (people.len() > few).then(|| by_initial(people));
    let mut joined: Vec<Option<usize>> = vec![None; people.len()];
    for i in 0..people.len() {
        if !is_short(&people[i]) {
            continue;
        }
        let full = match &index {
            None => (0..people.len()).find(|&j| is_short_for(&people[i].name, &people[j].name)),
            Some(index) => index
                .get(&(surname_key(&people[i].name), people[i].name.given_initial))
                .into_iter()
                .flatten()
                .map(|&j| j as usize)
                .find(|&j| is_short_for(&people[i].name, &people[j].name)),
        };
        let Some(full) = full else { continue };
        joined[i] = Some(full);
        // Nobody is left behind the short form.
        let name = std::mem::take(&mut people[i].name);
        people[full].name.merge(&name);
        people[full].first = people[full].first.min(people[i].first);
        people[i].cluster = people[full].cluster;
    }
    for person in of_person.iter_mut().flatten() {
        *person = joined[*person].unwrap_or(*person);
    }
}

/// Whether a name with an initial may be short for a full one.
fn is_short_for(short: &PersonName, full: &PersonName) -> bool {
    compared();
    full.given.is_some()
        && initial(full) == short.given_initial
        && surname_key(full) == surname_key(short)
        && (full.sex.is_none() || short.sex.is_none() || full.sex == short.sex)
}

/// People with a given name, by surname and initial, in order.
fn by_initial(people: &[Person]) -> HashMap<(Option<u64>, Option<char>), Vec<u32>, FxBuildHasher> {
    let mut index: HashMap<_, Vec<u32>, FxBuildHasher> = HashMap::default();
    for (n, person) in (0u32..).zip(people) {
        if person.name.given.is_some() {
            let key = (surname_key(&person.name), initial(&person.name));
            index.entry(key).or_default().push(n);
        }
    }
    index
}

fn initial(name: &PersonName) -> Option<char> {
    name.given.as_deref().and_then(|g| g.chars().next())
}

fn surname_key(name: &PersonName) -> Option<u64> {
    name.surname.as_deref().map(stem::key)
}
