//! Roles and pronouns -> the person of the document that they stand for.
//!
//! A position without a name («президент Беларуси», «глава государства», «врач») stands for the person whom the document gives
//! that position, or who has it by the dictionary; what the position belongs to must not speak against it. Which general words
//! stand for which offices is `dictionaries/role_relations.csv`. Of several people the one mentioned last before it is taken.

use std::cmp::Reverse;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

use crate::dictionary::{self, Entry, NameKind};
use crate::document::{Document, EntityType, Lang, Mention, Sex};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::WordId;
use crate::morph::{Case, Gender, Number, Pos};
use crate::pipeline::{Resources, Scratch};
use crate::quotes::English;

const RELATIONS: &str = include_str!("../../dictionaries/role_relations.csv");

/// Which positions may stand for which.
pub struct Roles {
    /// General position -> the specific ones that it may stand for, as indices of entries.
    specific: HashMap<u32, Vec<u32>, FxBuildHasher>,
    /// Positions that may stand for anybody (эксперт).
    anybody: HashSet<u32, FxBuildHasher>,
}

impl Roles {
    /// The compiled-in relations.
    pub(crate) fn load(entries: &dictionary::Entries) -> Result<Self> {
        let mut roles = Roles {
            specific: HashMap::default(),
            anybody: HashSet::default(),
        };
        dictionary::each_row(
            "role_relations.csv",
            RELATIONS,
            ["general", "specific"],
            |[general, specific]| {
                let index = |id: &str| {
                    entries
                        .by_id(id)
                        .map(|(index, _)| index)
                        .ok_or_else(|| format!("there is no position {id}"))
                };
                if specific == "*" {
                    roles.anybody.insert(index(general)?);
                } else {
                    let listed = roles.specific.entry(index(general)?).or_default();
                    listed.push(index(specific)?);
                }
                Ok(())
            },
        )
        .map_err(|e: Error| Error::new(ErrorKind::Bug, e.to_string()))?;
        Ok(roles)
    }

    /// The positions that a general one may stand for (indices of entries).
    fn specific(&self, general: u32) -> &[u32] {
        self.specific.get(&general).map_or(&[], Vec::as_slice)
    }

    /// Whether a position (index of its entry) may stand for anybody.
    pub(crate) fn is_anybody(&self, position: u32) -> bool {
        self.anybody.contains(&position)
    }
}

/// A position that the text gives to a person.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    person: u32,
    position: u32,
    owners: Vec<Arc<str>>,
    /// It belongs to an organisation: the leader of a party is no head of state.
    of_organisation: bool,
}

/// Gives each position the person that it stands for, as `Mention::entity`, where one is known.
pub(super) fn resolve_positions(resources: &Resources, scratch: &Scratch, doc: &mut Document) {
    let entries = resources.tagger.entries();
    let position_of = |m: &Mention| -> Option<u32> {
        m.id.as_deref()
            .and_then(|id| entries.by_id(id))
            .map(|(i, _)| i)
    };
    let mut held: Vec<Held> = Vec::new();
    for m in &doc.mentions {
        if m.kind != EntityType::Position {
            continue;
        }
        if let (Some(holder), Some(position)) = (m.holder, position_of(m))
            && let Some(person) = doc.mentions[holder as usize].entity
        {
            held.push(Held {
                person,
                position,
                owners: owners(resources, scratch, doc, m),
                of_organisation: of_organisation(doc, m),
            });
        }
    }
    // What a long page says again and again is held once.
    held.sort_unstable();
    held.dedup();
    let mut fitting = Fitting::default();
    // Where each person was mentioned last before the position, in tokens.
    let mut seen: Vec<Option<u32>> = vec![None; doc.entities.len()];
    for i in 0..doc.mentions.len() {
        let m = &doc.mentions[i];
        if m.kind == EntityType::Person {
            if let Some(e) = m.entity {
                seen[e as usize] = Some(m.tokens.start);
            }
            continue;
        }
        if m.kind != EntityType::Position {
            continue;
        }
        let stands_for = match m.holder {
            Some(holder) => doc.mentions[holder as usize].entity,
            None => position_of(m)
                .filter(|_| is_reference(scratch, doc, m))
                .and_then(|position| {
                    best_person(
                        resources,
                        scratch,
                        doc,
                        (i, position),
                        &held,
                        &seen,
                        &mut fitting,
                    )
                }),
        };
        if let Some(e) = stands_for {
            let at = doc.mentions[i].tokens.start;
            doc.mentions[i].entity = Some(e);
            seen[e as usize] = Some(at);
        }
    }
}

/// The person that a position of the document stands for, with or without a name beside it.
pub fn person_for_role(doc: &Document, position: &Mention) -> Option<u32> {
    match position.holder {
        Some(holder) => doc.mentions.get(holder as usize)?.entity,
        None => position.entity,
    }
}

/// Whether a position stands for one person here: singular, and no predicate («станет министром»).
fn is_reference(scratch: &Scratch, doc: &Document, m: &Mention) -> bool {
    let head = m.tokens.range().find_map(|i| {
        if scratch.words[i] == WordId::NONE {
            return None;
        }
        let facts = scratch.lexicon.facts(scratch.words[i]);
        facts
            .readings
            .iter()
            .find(|r| matches!(r.tag.pos, Pos::Noun | Pos::Name))
            .map(|r| (r.tag, &facts.lower))
    });
    match head {
        Some((tag, _)) => tag.number != Number::Plural && tag.case != Case::Instrumental,
        // English: the plural shows by its ending, and a reference has a determiner before it or begins its sentence.
        None => !doc.tokens_text(m.tokens).ends_with('s') && is_determined(scratch, doc, m),
    }
}

/// Whether an English position has a determiner up to three words before it, or begins its sentence: “the Belarusian leader”, but
/// not “ran for president”, “student loans”.
fn is_determined(scratch: &Scratch, doc: &Document, m: &Mention) -> bool {
    let at = m.tokens.start as usize;
    let begins = doc
        .tokens
        .get(at)
        .and_then(|t| doc.sentence_at(t.span.start()))
        .is_some_and(|s| doc.sentences[s].tokens.start as usize + 1 >= at);
    // The nearest article or the like decides: what “a” introduces is nobody whom the text has named before.
    let determiner = |i: usize| {
        let word = *scratch.words.get(i)?;
        let english = scratch.lexicon.facts(word).english;
        match english.any(English::DEFINITE.or(English::INDEFINITE)) {
            true => Some(english.any(English::DEFINITE)),
            false => None,
        }
    };
    (at.saturating_sub(3)..at)
        .rev()
        .find_map(determiner)
        .unwrap_or(begins)
}

/// Ids of what a position belongs to: organisations and places in its mention, the adjective of a place in or before it.
fn owners(resources: &Resources, scratch: &Scratch, doc: &Document, m: &Mention) -> Vec<Arc<str>> {
    let entries = resources.tagger.entries();
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
    for hit in scratch.entities.hits_between(from, m.tokens.end + 1) {
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

/// How well a person fits a position; more is better, nothing where they do not fit.
fn fit(
    resources: &Resources,
    doc: &Document,
    person: u32,
    position: u32,
    owners: &[Arc<str>],
    held: &[Held],
) -> Option<u8> {
    let entries = resources.tagger.entries();
    let roles = resources.tagger.roles();
    let mut best = None;
    let first = held.partition_point(|h| h.person < person);
    for h in held[first..].iter().take_while(|h| h.person == person) {
        let shared = owners.iter().any(|o| h.owners.contains(o));
        if !owners.is_empty() && !h.owners.is_empty() && !shared {
            continue;
        }
        let alike = if h.position == position {
            2
        } else if roles.specific(position).contains(&h.position)
            || roles.specific(h.position).contains(&position)
                && owners.is_empty()
                && !h.of_organisation
            || contains_name(entries, position, h.position)
        {
            1
        } else {
            continue;
        };
        best = best.max(Some(2 + 2 * alike + u8::from(shared) * 2));
    }
    let entity = &doc.entities[person as usize];
    if let Some((_, entry)) = entries.by_id(&entity.id) {
        best = best.max(by_dictionary(resources, entry, position, owners));
    }
    best
}

/// Whether the general position's name is a word of the specific one's: «министр» and «министр обороны».
fn contains_name(entries: &dictionary::Entries, general: u32, specific: u32) -> bool {
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
fn by_dictionary(
    resources: &Resources,
    entry: &Entry,
    position: u32,
    owners: &[Arc<str>],
) -> Option<u8> {
    let entries = resources.tagger.entries();
    let roles = resources.tagger.roles();
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

/// The persons who fit a position with its owners, and how well: the same wherever it stands, so that it is found out once.
type Fitting = HashMap<(u32, Vec<Arc<str>>), Vec<(u32, u8)>, FxBuildHasher>;

/// The person of the document who fits the position of mention `at` best, of several the one mentioned last before it.
fn best_person(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    (at, position): (usize, u32),
    held: &[Held],
    seen: &[Option<u32>],
    fitting: &mut Fitting,
) -> Option<u32> {
    let m = &doc.mentions[at];
    let owners = owners(resources, scratch, doc, m);
    let anybody = resources.tagger.roles().anybody.contains(&position) && owners.is_empty();
    let fits = fitting.entry((position, owners)).or_insert_with_key(|key| {
        (0u32..)
            .zip(&doc.entities)
            .filter(|(_, entity)| entity.kind == EntityType::Person)
            .filter_map(|(n, _)| Some((n, fit(resources, doc, n, position, &key.1, held)?)))
            .collect()
    });
    let best = fits
        .iter()
        .map(|&(person, strength)| (strength, seen[person as usize], Reverse(person)))
        .max();
    // «эксперт» is whoever was named last, where nobody is known to be one.
    let near = || {
        doc.mentions[..at]
            .iter()
            .rev()
            .take_while(|o| m.tokens.start - o.tokens.start < NEAR)
            .filter_map(|o| o.entity)
            .filter(|&e| doc.entities[e as usize].kind == EntityType::Person)
            .map(|e| (0, seen[e as usize], Reverse(e)))
            .max()
    };
    best.or_else(|| near().filter(|_| anybody))
        .map(|(_, _, Reverse(person))| person)
}

/// Tokens in which a word for anybody («эксперт») may look back for the person that it means.
const NEAR: u32 = 120;

/// Sentences in which a pronoun looks back.
const SENTENCES_BACK: usize = 5;

/// The person that a pronoun at token `at` stands for: of the persons and positions before it that agree with `sex`, in its own
/// sentence or one of the few before, those in the nominative first, then the nearest. Plural pronouns have no antecedent here.
pub fn antecedent(
    scratch: &Scratch,
    doc: &Document,
    at: usize,
    sex: Option<Sex>,
    number: Number,
) -> Option<u32> {
    if number == Number::Plural {
        return None;
    }
    let token = doc.tokens.get(at)?;
    let here = doc.sentence_at(token.span.start())?;
    for back in 0..=SENTENCES_BACK.min(here) {
        let sentence = &doc.sentences[here - back];
        let end = if back == 0 {
            at as u32
        } else {
            sentence.tokens.end
        };
        let first = doc
            .mentions
            .partition_point(|m| m.tokens.start < sentence.tokens.start);
        let mut best: Option<((bool, bool, u32), u32)> = None;
        for m in doc.mentions[first..]
            .iter()
            .take_while(|m| m.tokens.start < end)
        {
            if m.tokens.end > end || !matches!(m.kind, EntityType::Person | EntityType::Position) {
                continue;
            }
            let Some(entity) = m.entity else { continue };
            let known = doc.entities[entity as usize].sex;
            if sex.is_some() && known.is_some() && sex != known {
                continue;
            }
            let subject = is_nominative(scratch, m);
            // The subject of the sentence before is its first nominative; in one's own sentence the nearest counts.
            let near = if back == 0 {
                m.tokens.start
            } else {
                u32::MAX - m.tokens.start
            };
            let rank = (subject, sex.is_some() && known == sex, near);
            if best.is_none_or(|(b, _)| rank > b) {
                best = Some((rank, entity));
            }
        }
        if let Some((_, entity)) = best {
            return Some(entity);
        }
    }
    None
}

/// Whether a mention may stand in the nominative.
fn is_nominative(scratch: &Scratch, m: &Mention) -> bool {
    let mut words = m
        .tokens
        .range()
        .filter(|&i| scratch.words[i] != WordId::NONE)
        .map(|i| scratch.lexicon.facts(scratch.words[i]))
        .filter(|f| !f.readings.is_empty())
        .peekable();
    words.peek().is_none()
        || words.all(|f| {
            f.readings
                .iter()
                .any(|r| r.tag.case == Case::Nominative || r.tag.indeclinable)
        })
}

/// The sex that a Russian or English pronoun of the third person shows, with its number; nothing for other words.
pub fn pronoun(scratch: &Scratch, at: usize) -> Option<(Option<Sex>, Number)> {
    let word = *scratch.words.get(at)?;
    if word == WordId::NONE {
        return None;
    }
    let facts = scratch.lexicon.facts(word);
    match &*facts.lower {
        "он" | "него" | "ему" | "нему" | "ним" | "нём" | "нем" | "he" | "him" | "his" | "его" => {
            Some((Some(Sex::Male), Number::Singular))
        }
        "она" | "её" | "ее" | "ей" | "ней" | "неё" | "нее" | "нею" | "she" | "her" | "hers" => {
            Some((Some(Sex::Female), Number::Singular))
        }
        "они" | "их" | "им" | "ими" | "них" | "they" | "them" | "their" => {
            Some((None, Number::Plural))
        }
        _ => None,
    }
}

/// The sex of a grammatical gender.
pub const fn sex_of(gender: Gender) -> Option<Sex> {
    match gender {
        Gender::Masculine => Some(Sex::Male),
        Gender::Feminine => Some(Sex::Female),
        _ => None,
    }
}
