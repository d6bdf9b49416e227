//! Mentions of people -> entities: full names first, then surnames, initials and given names alone joined to them, then the
//! people of the dictionaries.
//!
//! A surname alone belongs to the person of that surname who was mentioned last before it, else to the first one after it; its
//! form must be one that a person of that sex has. What fits nobody is a person of its own.

use std::sync::Arc;

use super::known::{NameCache, Reading};
use super::{Cluster, context};
use crate::document::{Document, EntityType, Sex, TokenRange};
use crate::letters::{folded, without_yo};
use crate::lexicon::WordId;
use crate::morph::{Case, CaseSet, NameContext, NamePart, NameWord, Particle, Particles};
use crate::pipeline::{Resources, Scratch};
use crate::segment::{LetterCase, TokenKind};
use crate::tag::names::NameFlags;
use crate::tag::stem;

/// A word of a mention.
#[derive(Clone, Copy)]
struct Word {
    token: usize,
    part: NamePart,
    initial: bool,
}

/// A mention's name, taken apart; words in the nominative, lower case, ё as е.
#[derive(Clone, Debug, Default)]
struct PersonName {
    given: Option<String>,
    given_initial: Option<char>,
    patronymic: Option<String>,
    surname: Option<String>,
    /// Names between given name and surname that are no patronymic.
    middle: Vec<String>,
    /// In the nominative, as the text writes it.
    whole: String,
    words: usize,
    /// How much it says: words count more than initials.
    fullness: usize,
    sex: Option<Sex>,
    /// Sex that the words around it show.
    shown: Option<Sex>,
}

/// A mention's words with the readings of its name.
#[derive(Default)]
struct Found {
    words: Vec<Word>,
    readings: Option<Arc<[Reading]>>,
    context: NameContext,
    /// The same for mentions whose words may be forms of the same words.
    key: u64,
}

/// A person of the document.
struct Person {
    name: PersonName,
    cluster: usize,
    /// Mention seen last, while mentions are gone through in order.
    seen: Option<usize>,
    first: usize,
    /// Mentions by full name.
    full: usize,
}

/// Joins mentions of one person.
pub(super) fn link(
    resources: &Resources,
    scratch: &mut Scratch,
    doc: &Document,
    clusters: &mut Vec<Cluster>,
    of_mention: &mut [Option<usize>],
) {
    let mut cache = std::mem::take(&mut scratch.names);
    cache.trim();
    let forms = Forms::of(scratch, doc);
    let found = read_all(resources, scratch, doc, &mut cache);
    let same = SameWords::of(&found);
    let mut people: Vec<Person> = Vec::new();
    let mut names: Vec<Option<PersonName>> = Vec::with_capacity(doc.mentions.len());
    let mut of_person: Vec<Option<usize>> = vec![None; doc.mentions.len()];
    for (i, mention) in doc.mentions.iter().enumerate() {
        if mention.kind != EntityType::Person {
            names.push(None);
            continue;
        }
        let dictionary = scratch.entities.names.get(i).copied().flatten();
        names.push(Some(take_apart(
            resources, scratch, &found[i], dictionary, &same, &forms,
        )));
    }
    // Full names make people.
    for (i, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        let dictionary = scratch.entities.names.get(i).copied().flatten();
        let full = name.surname.is_some() && (name.given.is_some() || name.given_initial.is_some());
        if !full && dictionary.is_none() {
            continue;
        }
        let entry = dictionary.map(|n| resources.tagger.entries().names[n as usize].entry);
        let same = people.iter().position(|p| {
            let other = clusters[p.cluster].entry;
            entry.is_some() && entry == other
                || (entry.is_none() || other.is_none()) && same_full_name(&p.name, name)
        });
        let person = same.unwrap_or_else(|| {
            people.push(new_person(name.clone(), clusters, i));
            people.len() - 1
        });
        let p = &mut people[person];
        let c = &mut clusters[p.cluster];
        c.entry = c.entry.or(entry);
        merge(&mut p.name, name);
        p.full += 1;
        of_person[i] = Some(person);
    }
    // Initials with a surname join a full name.
    join_initials(&mut people, &mut of_person, clusters);
    // Parts of names, in order of the text.
    for (i, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        if let Some(person) = of_person[i] {
            people[person].seen = Some(i);
            continue;
        }
        let tokens = doc.mentions[i].tokens;
        let courtesy = courtesy(scratch, tokens);
        let latin = doc.tokens_text(tokens).is_ascii();
        let mut best: Option<(usize, (usize, usize))> = None;
        for (n, p) in people.iter().enumerate() {
            if !part_fits(resources, scratch, doc, tokens, name, &p.name)
                || courtesy.is_some() && p.name.sex.is_some() && courtesy != p.name.sex
            {
                continue;
            }
            // News in English call the person that they are about by the surname, and others of the family by full name.
            let rank = match p.seen {
                _ if latin => (p.full, usize::MAX - p.first),
                Some(seen) => (1, seen),
                None => (0, usize::MAX - p.first),
            };
            if best.is_none_or(|(_, r)| rank > r) {
                best = Some((n, rank));
            }
        }
        let person = match best {
            Some((n, _)) => n,
            None => {
                let mut name = name.clone();
                name.sex = courtesy.or(name.sex);
                people.push(new_person(name, clusters, i));
                people.len() - 1
            }
        };
        people[person].seen = Some(i);
        let known = &mut people[person].name;
        known.shown = known.shown.or(name.shown);
        of_person[i] = Some(person);
    }
    for p in &mut people {
        p.name.sex = p.name.sex.or(p.name.shown);
    }
    for p in &people {
        finish(resources, scratch, doc, p, clusters);
    }
    for (mention, person) in of_mention.iter_mut().zip(&of_person) {
        if let Some(person) = person {
            *mention = Some(people[*person].cluster);
        }
    }
    scratch.names = cache;
}

fn new_person(name: PersonName, clusters: &mut Vec<Cluster>, first: usize) -> Person {
    clusters.push(Cluster {
        kind: EntityType::Person,
        entry: None,
        name: name.whole.clone(),
        fullness: name.words,
        sex: name.sex,
        ambiguous: false,
        slug: String::new(),
    });
    Person {
        name,
        cluster: clusters.len() - 1,
        seen: None,
        first,
        full: 0,
    }
}

/// Takes over what the other mention of the same person says more.
fn merge(into: &mut PersonName, name: &PersonName) {
    let richer = name.fullness > into.fullness
        || name.fullness == into.fullness && into.given.is_none() && name.given.is_some();
    if richer {
        into.whole.clone_from(&name.whole);
        into.words = name.words;
        into.fullness = name.fullness;
    }
    if into.given.is_none() {
        into.given.clone_from(&name.given);
    }
    into.given_initial = into.given_initial.or(name.given_initial);
    if into.patronymic.is_none() {
        into.patronymic.clone_from(&name.patronymic);
    }
    if into.surname.is_none() {
        into.surname.clone_from(&name.surname);
    }
    if into.middle.is_empty() {
        into.middle.clone_from(&name.middle);
    }
    into.sex = into.sex.or(name.sex);
    into.shown = into.shown.or(name.shown);
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

/// «А. Петров» is the Андрей Петров of the document where there is one.
fn join_initials(people: &mut [Person], of_person: &mut [Option<usize>], clusters: &mut [Cluster]) {
    for i in 0..people.len() {
        let short = &people[i];
        if short.name.given.is_some() || short.name.given_initial.is_none() {
            continue;
        }
        let surname = short.name.surname.as_deref().map(stem::key);
        let full = (0..people.len()).find(|&j| {
            let p = &people[j];
            j != i
                && p.name.given.is_some()
                && p.name.given.as_deref().and_then(|g| g.chars().next())
                    == short.name.given_initial
                && p.name.surname.as_deref().map(stem::key) == surname
                && (p.name.sex.is_none()
                    || short.name.sex.is_none()
                    || p.name.sex == short.name.sex)
        });
        let Some(full) = full else { continue };
        for person in of_person.iter_mut().flatten() {
            if *person == i {
                *person = full;
            }
        }
        let name = people[i].name.clone();
        merge(&mut people[full].name, &name);
        people[full].first = people[full].first.min(people[i].first);
        // Nobody is left behind the short form.
        people[i].name = PersonName::default();
        let target = people[full].cluster;
        people[i].cluster = target;
        clusters[target].ambiguous = false;
    }
}

/// Whether a mention of one word, or of words that are no full name, may be this person's.
fn part_fits(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    tokens: TokenRange,
    part: &PersonName,
    person: &PersonName,
) -> bool {
    if let Some(sex) = part.sex
        && part.patronymic.is_some()
        && person.sex.is_some_and(|s| s != sex)
    {
        return false;
    }
    // Given name and patronymic: «Александр Григорьевич».
    if let (Some(given), Some(patronymic)) = (&part.given, &part.patronymic) {
        let given_fits = person.given.as_deref().map(stem::key) == Some(stem::key(given));
        return given_fits
            && person
                .patronymic
                .as_deref()
                // «Михаил Агранович» is no Михаил Хасая.
                .map_or_else(
                    || resources.morphology.is_patronymic(patronymic),
                    |p| stem::key(p) == stem::key(patronymic),
                );
    }
    let Some(token) = last_word(scratch, doc, tokens) else {
        return false;
    };
    let facts = scratch.lexicon.facts(scratch.words[token]);
    let found = without_yo(&facts.lower);
    let form_of = |wanted: &str, sex: Option<Sex>| {
        // No case form begins with another letter.
        wanted.chars().next() == found.chars().next()
            && (*found == *wanted
                || (!wanted.is_ascii()
                    && !resources
                        .morphology
                        .could_be_form_of(wanted, &found, sex)
                        .is_empty())
                || stem::fleeting_key(wanted) == Some(facts.key))
    };
    if let Some(surname) = &person.surname
        && (form_of(surname, person.sex)
            || bare_surname(resources.morphology.particles(), surname)
                .is_some_and(|bare| form_of(bare, person.sex)))
    {
        return true;
    }
    // «Борис Петкович», then «Петкович»: the patronymic was a surname.
    if tokens.len() == 1
        && person.surname.is_none()
        && let Some(patronymic) = &person.patronymic
        && form_of(patronymic, person.sex)
    {
        return true;
    }
    tokens.len() == 1
        && part.surname.is_none()
        && person
            .given
            .as_deref()
            .is_some_and(|given| form_of(given, person.sex))
}

/// A surname without its article: «аль-Хасани», «Хасани».
fn bare_surname<'a>(particles: &Particles, surname: &'a str) -> Option<&'a str> {
    let (article, bare) = surname.split_once('-')?;
    particles.of(article).is(Particle::JOINT).then_some(bare)
}

fn last_word(scratch: &Scratch, doc: &Document, tokens: TokenRange) -> Option<usize> {
    tokens
        .range()
        .rev()
        .find(|&i| scratch.words[i] != WordId::NONE && doc.tokens[i].kind != TokenKind::Initial)
}

/// Takes a mention's name apart and brings it into the nominative.
fn take_apart(
    resources: &Resources,
    scratch: &Scratch,
    found: &Found,
    dictionary: Option<u32>,
    same: &SameWords<'_>,
    forms: &Forms,
) -> PersonName {
    let words = &found.words;
    let mut name = PersonName {
        words: words.len(),
        fullness: words.iter().map(|w| if w.initial { 1 } else { 4 }).sum(),
        ..PersonName::default()
    };
    let entries = resources.tagger.entries();
    let written: Vec<Box<str>> = match dictionary {
        Some(n) => {
            let entry = &entries.entries[entries.names[n as usize].entry as usize];
            name.sex = entry.sex;
            let text = &entries.names[n as usize].text;
            let own: Vec<Box<str>> = text.split(' ').map(Into::into).collect();
            if own.len() == words.len() {
                own
            } else if own.len() > words.len() && !words.is_empty() {
                // A title that the dictionary has in the name is left out of the mention.
                own[own.len() - words.len()..].to_vec()
            } else {
                name.whole = text.to_string();
                let mut parts = own.iter();
                name.given = parts.next().filter(|_| own.len() > 1).map(|w| folded(w));
                name.surname = own.last().map(|w| folded(w));
                return name;
            }
        }
        None => {
            let best = choose(resources, scratch, found, same, forms);
            name.sex = best.and_then(|r| r.sex);
            name.shown = found.context.sex.or(found
                .context
                .subject
                .filter(|_| best.is_some_and(|r| r.nominative)));
            best.map_or_else(Vec::new, |r| r.words.clone())
        }
    };
    // Latin names have no endings that show the sex; their given names do.
    if name.sex.is_none()
        && let Some(first) = words.first().filter(|w| words.len() > 1 && !w.initial)
    {
        let facts = scratch.lexicon.facts(scratch.words[first.token]);
        let (male, female) = (
            facts.name.any(NameFlags::GIVEN_MALE),
            facts.name.any(NameFlags::GIVEN_FEMALE),
        );
        name.sex = match (facts.lower.is_ascii(), male, female) {
            (true, true, false) => Some(Sex::Male),
            (true, false, true) => Some(Sex::Female),
            _ => None,
        };
    }
    name.whole = written.join(" ");
    let mut surname = Vec::new();
    for (word, text) in words.iter().zip(&written) {
        if word.initial {
            if name.given_initial.is_none() {
                name.given_initial = text.chars().next().and_then(|c| c.to_lowercase().next());
            }
            continue;
        }
        match word.part {
            NamePart::Given if name.given.is_none() => name.given = Some(folded(text)),
            NamePart::Patronymic => name.patronymic = Some(folded(text)),
            _ => surname.push(folded(text)),
        }
    }
    // Of several words behind the given name the last is the surname: Анна Мария Келлер.
    name.surname = surname.pop();
    name.middle = surname;
    name
}

/// What each word of a mention is, as far as lists and order tell.
fn parts(scratch: &Scratch, doc: &Document, tokens: TokenRange) -> Vec<Word> {
    let mut words: Vec<Word> = tokens
        .range()
        .filter(|&i| scratch.words[i] != WordId::NONE)
        .map(|token| Word {
            token,
            part: NamePart::Unknown,
            initial: doc.tokens[token].kind == TokenKind::Initial
                || matches!(doc.tokens[token].case, LetterCase::Single),
        })
        .collect();
    let flags = |w: &Word| scratch.lexicon.facts(scratch.words[w.token]).name;
    let any_surname = NameFlags::SURNAME.bits() | NameFlags::KNOWN_SURNAME.bits();
    let surname = |w: &Word| flags(w).bits() & any_surname != 0;
    let patronymic = (0..words.len())
        .find(|&n| n > 0 && flags(&words[n]).any(NameFlags::PATRONYMIC) && words.len() > 1);
    // «Слободан Стефанович»: behind a name that no Russian bears it is a surname.
    let foreign = |n: usize| words.len() == 2 && n == 1 && !flags(&words[0]).any(NameFlags::GIVEN);
    if let Some(n) = patronymic.filter(|&n| !foreign(n)) {
        // With three words the patronymic may be a surname too: «Иван Петрович Павлович».
        words[n].part = NamePart::Patronymic;
        words[n - 1].part = NamePart::Given;
        for (i, word) in words.iter_mut().enumerate() {
            if i + 1 < n || i > n {
                word.part = NamePart::Surname;
            }
        }
        return words;
    }
    if words.iter().any(|w| w.initial) {
        for word in words.iter_mut().filter(|w| !w.initial) {
            word.part = NamePart::Surname;
        }
        return words;
    }
    match words.len() {
        0 => {}
        1 => {
            let given = flags(&words[0]).any(NameFlags::GIVEN) && !surname(&words[0]);
            words[0].part = if given {
                NamePart::Given
            } else {
                NamePart::Surname
            };
        }
        2 => {
            let given = |w: &Word| flags(w).any(NameFlags::GIVEN);
            let turned = given(&words[1]) && !given(&words[0]) && surname(&words[0]);
            let (first, second) = if turned {
                (NamePart::Surname, NamePart::Given)
            } else {
                (NamePart::Given, NamePart::Surname)
            };
            words[0].part = first;
            words[1].part = second;
        }
        n => {
            words[0].part = NamePart::Given;
            words[n - 1].part = NamePart::Surname;
        }
    }
    words
}

/// The sex that an English courtesy title before a name shows.
fn courtesy(scratch: &Scratch, tokens: TokenRange) -> Option<Sex> {
    let word = *scratch.words.get((tokens.start as usize).checked_sub(1)?)?;
    let lower = &*scratch.lexicon.facts(word).lower;
    match lower.strip_suffix('.').unwrap_or(lower) {
        "mr" => Some(Sex::Male),
        "mrs" | "ms" | "miss" => Some(Sex::Female),
        _ => None,
    }
}

/// Readings of the names of all mentions of people that no dictionary knows.
fn read_all(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    cache: &mut NameCache,
) -> Vec<Found> {
    let mut all = Vec::with_capacity(doc.mentions.len());
    for (i, mention) in doc.mentions.iter().enumerate() {
        let mut found = Found::default();
        if mention.kind == EntityType::Person {
            found.words = parts(scratch, doc, mention.tokens);
            if scratch.entities.names.get(i).copied().flatten().is_none() {
                found.context = context::of_name(resources, scratch, doc, i);
                if found.context == NameContext::default()
                    && let Some(cases) = beside(resources, doc, &all, i)
                {
                    found.context.cases = cases;
                }
                found.key = found.words.iter().fold(found.words.len() as u64, |key, w| {
                    let word = scratch.lexicon.facts(scratch.words[w.token]).key;
                    (key.rotate_left(13) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
                });
                let words = &found.words;
                found.readings = Some(readings(
                    resources,
                    scratch,
                    doc,
                    i,
                    words,
                    found.context,
                    cache,
                ));
            }
        }
        all.push(found);
    }
    all
}

/// The cases of the name before mention `i` where only a comma or «и» stands between: members of a list agree.
fn beside(resources: &Resources, doc: &Document, before: &[Found], i: usize) -> Option<CaseSet> {
    let last = &doc.mentions[i.checked_sub(1)?];
    let (end, start) = (
        last.tokens.end as usize,
        doc.mentions[i].tokens.start as usize,
    );
    let [between] = doc.tokens.get(end..start)? else {
        return None;
    };
    let joined = between.kind == TokenKind::Comma || between.span.slice(&doc.text) == "и";
    let found = before.last()?;
    let reading = found.readings.as_ref()?.first()?;
    if !joined {
        return None;
    }
    let mut cases = CaseSet::ALL;
    for (word, nominative) in found.words.iter().zip(&reading.words) {
        if !word.initial {
            let form = folded(doc.tokens[word.token].span.slice(&doc.text));
            let could =
                resources
                    .morphology
                    .could_be_form_of(&folded(nominative), &form, reading.sex);
            if !could.is_empty() {
                cases = cases.common(could);
            }
        }
    }
    (!cases.is_empty()).then_some(cases)
}

/// Words of the mentions of people, each once.
struct Forms {
    /// Last words, with the key of the word before them where there is one.
    last: Vec<Form>,
    /// First words of full names, with the key of the last word.
    first: Vec<Form>,
}

/// First letters of a word, the word, and the key of the other word of the name. Lists are in this order, so that forms of a word
/// stand together.
type Form = (Begin, WordId, u64);

type Begin = [Option<char>; 3];

fn begin(word: &str) -> Begin {
    let mut letters = word.chars();
    [letters.next(), letters.next(), letters.next()]
}

impl Forms {
    fn of(scratch: &Scratch, doc: &Document) -> Self {
        let mut forms = Forms {
            last: Vec::new(),
            first: Vec::new(),
        };
        for mention in doc.mentions.iter().filter(|m| m.kind == EntityType::Person) {
            let Some(last) = last_word(scratch, doc, mention.tokens) else {
                continue;
            };
            let first = mention.tokens.start as usize;
            let word = scratch.words[first];
            let key = |word| scratch.lexicon.facts(word).key;
            let form = |word, beside| (begin(&scratch.lexicon.facts(word).lower), word, beside);
            if first < last && word != WordId::NONE && doc.tokens[first].kind != TokenKind::Initial
            {
                forms.last.push(form(scratch.words[last], key(word)));
                forms.first.push(form(word, key(scratch.words[last])));
            } else {
                forms.last.push(form(scratch.words[last], 0));
            }
        }
        for list in [&mut forms.last, &mut forms.first] {
            list.sort_unstable();
            list.dedup();
        }
        forms
    }
}

/// The different readings of mentions whose words may be forms of the same words, of each the first few. Looked up by key, so that
/// the time does not grow with the square of a document's mentions.
struct SameWords<'a> {
    /// By key, then in order of the text.
    readings: Vec<(u64, &'a Arc<[Reading]>)>,
}

impl<'a> SameWords<'a> {
    fn of(found: &'a [Found]) -> Self {
        let mut all: Vec<(u64, &Arc<[Reading]>)> = found
            .iter()
            .filter_map(|f| f.readings.as_ref().map(|r| (f.key, r)))
            .collect();
        all.sort_by_key(|(key, _)| *key);
        let mut readings: Vec<(u64, &Arc<[Reading]>)> = Vec::with_capacity(all.len());
        for (key, r) in all {
            let known = readings.iter().rev().take_while(|(k, _)| *k == key);
            // One of them may be the asker's own.
            let (mut count, mut is_known) = (0, false);
            for (_, other) in known {
                count += 1;
                is_known |= Arc::ptr_eq(r, other);
            }
            if !is_known && count <= OTHER_FORMS {
                readings.push((key, r));
            }
        }
        SameWords { readings }
    }

    fn of_key(&self, key: u64) -> impl Iterator<Item = &'a Arc<[Reading]>> {
        let from = self.readings.partition_point(|(k, _)| *k < key);
        self.readings[from..]
            .iter()
            .take_while(move |(k, _)| *k == key)
            .map(|(_, r)| *r)
    }
}

/// What another form of the surname in the document weighs for a reading of which it can be a form.
const OTHER_FORM: f32 = 1.6;
/// So many of them count.
const OTHER_FORMS: usize = 3;
/// The most that another mention of the same words counts against a reading that it does not have, or has as a worse one.
const OTHER_MENTION: f32 = 3.0;

/// The reading that is the likeliest by itself, by the other mentions of the same words, and by the other forms in which the
/// document has them: «Масса» beside «Массе» is Масса, beside «Массом» it is Масс.
fn choose<'a>(
    resources: &Resources,
    scratch: &Scratch,
    found: &'a Found,
    same: &SameWords<'_>,
    forms: &Forms,
) -> Option<&'a Reading> {
    let readings = found.readings.as_ref()?;
    let words = &found.words;
    let first = readings.first()?;
    if readings[1..].iter().all(|r| r.words == first.words) {
        return Some(first);
    }
    let lower = |word: &Word| &scratch.lexicon.facts(scratch.words[word.token]).lower;
    let key = |word: &Word| scratch.lexicon.facts(scratch.words[word.token]).key;
    // Forms of `word`; `beside` is the key of the other word of the name.
    let others = |list: &[Form], word: &Word, beside: u64| -> Vec<String> {
        let here = begin(lower(word));
        let from = list.partition_point(|(begin, ..)| *begin < here);
        list[from..]
            .iter()
            .take_while(|(begin, ..)| *begin == here)
            .filter(|&&(_, f, other)| {
                f != scratch.words[word.token] && (other == 0 || beside == 0 || other == beside)
            })
            .map(|&(_, f, _)| folded(&scratch.lexicon.facts(f).lower))
            .collect()
    };
    let own = words.last()?;
    // A surname beside another given name is another person's.
    let full = words.first().filter(|w| words.len() > 1 && !w.initial);
    let surnames = others(&forms.last, own, full.map_or(0, key));
    let given = full.map_or_else(Vec::new, |w| others(&forms.first, w, key(own)));
    let mentions: Vec<&Arc<[Reading]>> = same
        .of_key(found.key)
        .filter(|r| !Arc::ptr_eq(r, readings))
        .take(OTHER_FORMS)
        .collect();
    if surnames.is_empty() && given.is_empty() && mentions.is_empty() {
        return Some(first);
    }
    let fitting = |others: &[String], word: Option<&Box<str>>, sex: Option<Sex>| {
        let name = word.map_or_else(String::new, |w| folded(w));
        let fits = |other: &&String| {
            **other == name
                || !resources
                    .morphology
                    .could_be_form_of(&name, other, sex)
                    .is_empty()
        };
        OTHER_FORM * others.iter().filter(fits).count().min(OTHER_FORMS) as f32
    };
    let weight = |r: &Reading| {
        let against: f32 = mentions
            .iter()
            .map(|other| {
                let best = other.first().map_or(0.0, |r| r.score);
                let same = other
                    .iter()
                    .find(|o| o.words == r.words && (o.sex == r.sex || o.sex.is_none()));
                same.map_or(OTHER_MENTION, |o| (best - o.score).min(OTHER_MENTION))
            })
            .sum();
        r.score - against
            + fitting(&surnames, r.words.last(), r.sex)
            + fitting(&given, r.words.first(), r.sex)
    };
    let mut best = (weight(first), first);
    for reading in &readings[1..] {
        let weight = weight(reading);
        if weight > best.0 {
            best = (weight, reading);
        }
    }
    Some(best.1)
}

/// The readings of a name: its words in the nominative, and the sex that they show; the likeliest first.
fn readings(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    mention: usize,
    words: &[Word],
    context: NameContext,
    cache: &mut NameCache,
) -> Arc<[Reading]> {
    let tokens = doc.mentions[mention].tokens;
    let key = (context, Box::from(doc.tokens_text(tokens)));
    cache.get(key, || work_out(resources, scratch, doc, words, context))
}

/// The readings of a name by its words and what those around say.
fn work_out(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    words: &[Word],
    context: NameContext,
) -> Arc<[Reading]> {
    let text = |w: &Word| doc.tokens[w.token].span.slice(&doc.text);
    let bent: Vec<NameWord<'_>> = words
        .iter()
        .filter(|w| !w.initial)
        .inspect(|w| {
            let facts = scratch.lexicon.facts(scratch.words[w.token]);
            resources.morphology.note(&facts.lower, &facts.readings);
        })
        .map(|w| NameWord {
            text: text(w),
            // What order alone says is no certainty.
            part: match w.part {
                NamePart::Patronymic => NamePart::Patronymic,
                part if words.len() > 1 => part,
                _ => NamePart::Unknown,
            },
        })
        .collect();
    if bent.iter().any(|w| !w.text.is_ascii()) {
        let mut all = resources.morphology.name_readings_in(&bent, context);
        if all.is_empty() {
            all.push(resources.morphology.nominative(&bent, None));
        }
        all.truncate(READINGS);
        all.into_iter()
            .map(|reading| {
                let mut bent = reading.words.into_iter();
                Reading {
                    words: words
                        .iter()
                        .map(|word| match word.initial {
                            true => text(word).into(),
                            false => bent.next().unwrap_or_default().into_boxed_str(),
                        })
                        .collect(),
                    sex: reading.sex,
                    score: reading.score,
                    nominative: reading.case == Case::Nominative,
                }
            })
            .collect()
    } else {
        let flags = words
            .first()
            .map(|w| scratch.lexicon.facts(scratch.words[w.token]).name)
            .filter(|_| words.len() > 1)
            .unwrap_or_default();
        let sex = match (
            flags.any(NameFlags::GIVEN_MALE),
            flags.any(NameFlags::GIVEN_FEMALE),
        ) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        };
        Arc::from([Reading {
            words: words.iter().map(|w| Box::from(text(w))).collect(),
            sex,
            score: 0.0,
            nominative: true,
        }])
    }
}

/// Readings of a name that are kept.
const READINGS: usize = 6;

/// Settles a person's name, dictionary entry and id.
fn finish(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    person: &Person,
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
        let (entry, ambiguous) = look_up(resources, scratch, doc, person);
        c.entry = entry;
        c.ambiguous = ambiguous;
        if let Some(entry) = entry {
            let entries = resources.tagger.entries();
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
    c.slug = resources.spelling.of_person(&ordered);
}

/// The dictionary's person of this name: by given name and surname; by a surname alone where one person has it, or one of
/// a country that the document names. Also says whether several have it.
fn look_up(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    person: &Person,
) -> (Option<u32>, bool) {
    let entries = resources.tagger.entries();
    let name = &person.name;
    let Some(surname) = &name.surname else {
        return (None, false);
    };
    let mut fitting: Vec<u32> = Vec::new();
    let token = last_word(scratch, doc, doc.mentions[person.first].tokens);
    for index in resources.tagger.people().with_key(stem::key(surname)) {
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
            let lower = folded(&scratch.lexicon.facts(scratch.words[t]).lower);
            lower == last
                || !resources
                    .morphology
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
    let own: Vec<u32> = fitting
        .iter()
        .copied()
        .filter(|&e| entries.entries[e as usize].own)
        .collect();
    if !own.is_empty() {
        fitting = own;
    }
    if let [one] = fitting[..] {
        return (Some(one), false);
    }
    if fitting.is_empty() {
        return (None, false);
    }
    let named: Vec<u32> = fitting
        .iter()
        .copied()
        .filter(|&e| {
            let country = &entries.entries[e as usize].country;
            doc.mentions.iter().any(|m| {
                m.kind == EntityType::Place
                    && m.id
                        .as_deref()
                        .is_some_and(|id| id.eq_ignore_ascii_case(country))
            })
        })
        .collect();
    if let [one] = named[..] {
        return (Some(one), true);
    }
    // Of a family the one who held the highest office is meant where the text says no more.
    let highest: Vec<u32> = fitting
        .iter()
        .copied()
        .filter(|&e| {
            entries.entries[e as usize]
                .role_ru
                .as_deref()
                .is_some_and(|roles| roles.split("; ").any(is_highest_office))
        })
        .collect();
    match highest[..] {
        [one] => (Some(one), true),
        _ => (None, true),
    }
}

/// Whether a role is that of the head of a state or government.
fn is_highest_office(role: &str) -> bool {
    [
        "президент ",
        "премьер-министр ",
        "канцлер ",
        "король ",
        "королева ",
    ]
    .iter()
    .any(|office| role.starts_with(office))
}
