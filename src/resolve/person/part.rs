//! Parts of names (a surname, a given name with patronymic, a given name) -> the person of the document whose they may be.
//!
//! A part belongs to the person who was seen last of those whom it fits, else to the one who comes first; in English to the one
//! who has most full names. What decides whether it fits is a word of the person's name and the sex alone, so that all people
//! who have both in common are one [`Group`]. Invariant: with an index ([`PartIndex`]) the same people come out as without one.

use std::borrow::Cow;
use std::cmp::Reverse;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::compared::compared;
use super::individual::Person;
use super::name::PersonName;
use super::words::last_word;
use crate::document::{Document, Sex, TokenRange};
use crate::letters::without_yo;
use crate::morph::{Particle, Particles};
use crate::resolve::given::Given;
use crate::words::stem;

/// A mention that is no full name.
pub(super) struct Part<'a> {
    given: &'a Given<'a>,
    name: &'a PersonName,
    /// It is one token.
    alone: bool,
    /// All its letters are Latin.
    latin: bool,
    /// Its last word that is no initial, lower case, ё as е, and that word's key.
    last: Option<(Cow<'a, str>, u64)>,
    /// The sex that an English courtesy title before it shows.
    courtesy: Option<Sex>,
}

/// What of a person's name a part may be.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Slot {
    Surname,
    /// A surname without its article.
    Bare,
    /// «Борис Петкович», then «Петкович»: the patronymic was a surname.
    Patronymic,
    Given,
}

/// How likely it is that a part of a name is a person's, the more, the likelier: the sex that the words around the part show
/// comes first.
type Rank = (bool, Likely);

/// The same by what is known of the person alone.
type Likely = (usize, usize);

impl<'a> Part<'a> {
    pub(super) fn of(
        given: &'a Given<'a>,
        doc: &Document,
        tokens: TokenRange,
        name: &'a PersonName,
    ) -> Self {
        let last = last_word(given, doc, tokens).map(|token| {
            let facts = given.known.at(token);
            (without_yo(facts.lower()), facts.key())
        });
        Part {
            given,
            name,
            alone: tokens.len() == 1,
            latin: doc.tokens_text(tokens).is_ascii(),
            last,
            courtesy: courtesy(given, tokens),
        }
    }

    /// The sex that a courtesy title before it shows.
    pub(super) fn courtesy(&self) -> Option<Sex> {
        self.courtesy
    }

    /// Of all people the likeliest whom it fits.
    pub(super) fn best(&self, people: &[Person]) -> Option<usize> {
        let mut best: Option<(Rank, usize)> = None;
        for (n, person) in people.iter().enumerate() {
            if !self.fits(&person.name) {
                continue;
            }
            let likely = match person.seen {
                // News in English call the person that they are about by the surname, and others of the family by full name.
                _ if self.latin => (person.full, usize::MAX - person.first),
                Some(seen) => (1, seen),
                None => (0, usize::MAX - person.first),
            };
            let rank = (self.agrees(person.name.sex), likely);
            if best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, n));
            }
        }
        best.map(|(_, n)| n)
    }

    /// Whether it may be this person's.
    fn fits(&self, person: &PersonName) -> bool {
        if !self.fits_sex(person.sex) {
            return false;
        }
        match self.given_and_patronymic() {
            Some((given, _)) => {
                person.given.as_deref().map(stem::key) == Some(given)
                    && self.fits_patronymic(person.patronymic.as_deref().map(stem::key))
            }
            None => slots(self.given.morphology().particles(), person)
                .any(|(slot, word)| self.fits_word(slot, word, person.sex)),
        }
    }

    fn fits_sex(&self, person: Option<Sex>) -> bool {
        let other = |sex: Option<Sex>| sex.is_some() && person.is_some() && sex != person;
        !(other(self.courtesy) || self.name.patronymic.is_some() && other(self.name.sex))
    }

    /// Whether a person of this sex may be whom the words around it show: «Петрова заявила» is no Петров in the genitive, where
    /// there is a Петрова. A verb may belong to another word («Петрова задержала полиция»), so that this is no more than likely.
    fn agrees(&self, person: Option<Sex>) -> bool {
        self.name.shown.is_none() || person.is_none() || self.name.shown == person
    }

    /// Keys of both where it is «Александр Григорьевич».
    fn given_and_patronymic(&self) -> Option<(u64, u64)> {
        let given = self.name.given.as_deref()?;
        let patronymic = self.name.patronymic.as_deref()?;
        Some((stem::key(given), stem::key(patronymic)))
    }

    /// Whether its patronymic is a person's who has the one of this key, or none.
    fn fits_patronymic(&self, person: Option<u64>) -> bool {
        let Some(own) = self.name.patronymic.as_deref() else {
            return false;
        };
        match person {
            Some(key) => key == stem::key(own),
            // «Михаил Агранович» is no Михаил Хасая.
            None => self.given.morphology().is_patronymic(own),
        }
    }

    /// Whether its last word may be a form of this word of a person's name.
    fn fits_word(&self, slot: Slot, word: &str, sex: Option<Sex>) -> bool {
        let Some((found, key)) = &self.last else {
            return false;
        };
        compared();
        let allowed = match slot {
            Slot::Surname | Slot::Bare => true,
            Slot::Patronymic => self.alone,
            Slot::Given => self.alone && self.name.surname.is_none(),
        };
        // No case form begins with another letter.
        allowed
            && word.chars().next() == found.chars().next()
            && (**found == *word
                || (!word.is_ascii()
                    && !self
                        .given
                        .morphology()
                        .could_be_form_of(word, found, sex)
                        .is_empty())
                || stem::fleeting_key(word) == Some(*key))
    }
}

/// The words of a person's name that a part may be.
fn slots<'a>(
    particles: &Particles,
    person: &'a PersonName,
) -> impl Iterator<Item = (Slot, &'a str)> {
    let surname = person.surname.as_deref();
    let patronymic = person.patronymic.as_deref();
    [
        (Slot::Surname, surname),
        (Slot::Bare, surname.and_then(|s| bare_surname(particles, s))),
        (Slot::Patronymic, patronymic.filter(|_| surname.is_none())),
        (Slot::Given, person.given.as_deref()),
    ]
    .into_iter()
    .filter_map(|(slot, word)| Some((slot, word?)))
}

/// A surname without its article: «аль-Хасани», «Хасани».
fn bare_surname<'a>(particles: &Particles, surname: &'a str) -> Option<&'a str> {
    let (article, bare) = surname.split_once('-')?;
    particles.of(article).is(Particle::JOINT).then_some(bare)
}

/// The sex that an English courtesy title before a name shows.
fn courtesy(given: &Given<'_>, tokens: TokenRange) -> Option<Sex> {
    let word = *given
        .known
        .words
        .get((tokens.start as usize).checked_sub(1)?)?;
    let lower = given.known.facts(word).lower();
    let title = lower.strip_suffix('.').unwrap_or(lower);
    given.morphology().context_word(title).courtesy
}

/// People whom the same parts of names fit.
struct Group {
    kind: Kind,
    sex: Option<Sex>,
    /// The one seen last, and at which mention.
    seen: Option<(usize, usize)>,
    /// The one who comes first in the text, with the mention.
    first: Reverse<(usize, usize)>,
    /// The one with most full names, of several the first in the text.
    fullest: (Likely, Reverse<usize>),
}

/// What the people of a group have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// A word of their names, as this person has it.
    Word(Slot, usize),
    /// Keys of given name and patronymic.
    Pair(u64, Option<u64>),
}

/// The people of a document by what of their names parts may be.
pub(super) struct PartIndex {
    groups: Vec<Group>,
    /// The groups of each person.
    of_person: Vec<Vec<u32>>,
    /// Groups by numbers that a word has in common with all its case forms.
    by_word: HashMap<u64, Vec<u32>, FxBuildHasher>,
    by_pair: HashMap<(u64, Option<u64>), Vec<u32>, FxBuildHasher>,
}

impl PartIndex {
    /// Of these people.
    pub(super) fn of(given: &Given<'_>, people: &[Person]) -> Self {
        let mut index = PartIndex {
            groups: Vec::new(),
            of_person: Vec::with_capacity(people.len()),
            by_word: HashMap::default(),
            by_pair: HashMap::default(),
        };
        for n in 0..people.len() {
            index.add(given, people, n);
        }
        index
    }

    /// Adds person `n`, the next.
    pub(super) fn add(&mut self, given: &Given<'_>, people: &[Person], n: usize) {
        let name = &people[n].name;
        let mut own = Vec::new();
        for (slot, word) in slots(given.morphology().particles(), name) {
            own.push(self.word_group(given, people, (n, slot, word)));
        }
        if let Some(given) = name.given.as_deref() {
            let pair = (stem::key(given), name.patronymic.as_deref().map(stem::key));
            own.push(self.pair_group(pair, name.sex));
        }
        for &group in &own {
            self.groups[group as usize].take_in(n, &people[n]);
        }
        self.of_person.push(own);
    }

    /// The group of a word of person `n`, a new one where nobody had it.
    fn word_group(
        &mut self,
        given: &Given<'_>,
        people: &[Person],
        (n, slot, word): (usize, Slot, &str),
    ) -> u32 {
        let sex = people[n].name.sex;
        let particles = given.morphology().particles();
        let known = self
            .by_word
            .get(&given.morphology().word_number(word))
            .into_iter()
            .flatten()
            .find(|&&g| {
                let group = &self.groups[g as usize];
                group.sex == sex && group.word(particles, people) == Some((slot, word))
            });
        if let Some(&known) = known {
            return known;
        }
        let group = self.new_group(Kind::Word(slot, n), sex);
        let mut add = |number| {
            let list = self.by_word.entry(number).or_default();
            if list.last() != Some(&group) {
                list.push(group);
            }
        };
        given.morphology().nominative_numbers(word, &mut add);
        stem::fleeting_key(word).into_iter().for_each(add);
        group
    }

    fn pair_group(&mut self, pair: (u64, Option<u64>), sex: Option<Sex>) -> u32 {
        let known = self
            .by_pair
            .get(&pair)
            .into_iter()
            .flatten()
            .find(|&&g| self.groups[g as usize].sex == sex);
        if let Some(&known) = known {
            return known;
        }
        let group = self.new_group(Kind::Pair(pair.0, pair.1), sex);
        self.by_pair.entry(pair).or_default().push(group);
        group
    }

    fn new_group(&mut self, kind: Kind, sex: Option<Sex>) -> u32 {
        self.groups.push(Group {
            kind,
            sex,
            seen: None,
            first: Reverse((usize::MAX, usize::MAX)),
            fullest: ((0, 0), Reverse(usize::MAX)),
        });
        self.groups.len() as u32 - 1
    }

    /// Person `n` is seen at a mention, later than all before.
    pub(super) fn see(&mut self, n: usize, mention: usize) {
        for &group in &self.of_person[n] {
            self.groups[group as usize].seen = Some((mention, n));
        }
    }

    /// Of all people the likeliest whom the part fits: whom [`Part::best`] finds.
    pub(super) fn best(&self, part: &Part<'_>, people: &[Person]) -> Option<usize> {
        let particles = part.given.morphology().particles();
        let mut best: Option<(Rank, Reverse<usize>)> = None;
        let mut consider = |group: &Group| {
            if part.fits_sex(group.sex) {
                let (likely, n) = group.best(part.latin);
                best = best.max(Some(((part.agrees(group.sex), likely), n)));
            }
        };
        if let Some((given, patronymic)) = part.given_and_patronymic() {
            for other in [Some(patronymic), None] {
                let groups = self.by_pair.get(&(given, other)).into_iter().flatten();
                if part.fits_patronymic(other) {
                    groups.for_each(|&g| consider(&self.groups[g as usize]));
                }
            }
        } else if let Some((found, key)) = &part.last {
            let mut look_at = |number: u64| {
                for &g in self.by_word.get(&number).into_iter().flatten() {
                    let group = &self.groups[g as usize];
                    if let Some((slot, word)) = group.word(particles, people)
                        && part.fits_word(slot, word, group.sex)
                    {
                        consider(group);
                    }
                }
            };
            part.given.morphology().form_numbers(found, &mut look_at);
            look_at(*key);
        }
        best.map(|(_, Reverse(n))| n)
    }
}

impl Group {
    /// The word that its people have in common.
    fn word<'p>(&self, particles: &Particles, people: &'p [Person]) -> Option<(Slot, &'p str)> {
        match self.kind {
            Kind::Word(slot, n) => {
                slots(particles, &people[n].name).find(|(other, _)| *other == slot)
            }
            Kind::Pair(..) => None,
        }
    }

    fn take_in(&mut self, n: usize, person: &Person) {
        let seen = person.seen.map(|mention| (mention, n));
        self.seen = self.seen.max(seen);
        self.first = self.first.max(Reverse((person.first, n)));
        let rank = (person.full, usize::MAX - person.first);
        self.fullest = self.fullest.max((rank, Reverse(n)));
    }

    /// The likeliest of its people.
    fn best(&self, latin: bool) -> (Likely, Reverse<usize>) {
        match (self.seen, self.first) {
            _ if latin => self.fullest,
            (Some((seen, n)), _) => ((1, seen), Reverse(n)),
            (None, Reverse((first, n))) => ((0, usize::MAX - first), Reverse(n)),
        }
    }
}
