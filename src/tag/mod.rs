//! Tokens -> mentions of people, organisations, places and positions.
//!
//! dictionary hits (`gazetteer`) and the trained tagger (`crf`) -> what each is worth (`combine`) -> positions and who
//! holds them (`positions`). Invariant: mentions are ordered by start, longer first; two mentions of people, organisations or
//! places never overlap; a position may hold the name of an organisation or place («президент Беларуси»).

mod combine;
pub mod crf;
mod field;
mod latin;
mod patterns;
mod positions;

use crate::dictionary::Entries;
use crate::dictionary::composed::Composed;
use crate::dictionary::gazetteer::{Gazetteer, Hit};
use crate::dictionary::names::NameLists;
use crate::dictionary::organisation_words::OrganisationWords;
use crate::dictionary::people::People;
use crate::dictionary::roles::Roles;
use crate::document::{Document, Lang, Mention, TokenRange};
use crate::error::Result;
use crate::pipeline::{Resources, Scratch};
use crate::span::Span;

use crf::{Model, Tagged};

/// Dictionaries, grammar and trained tagger of entities.
pub struct Tagger {
    entries: Entries,
    gazetteer: Gazetteer,
    names: NameLists,
    people: People,
    organisations: OrganisationWords,
    roles: Roles,
    composed: Composed,
    model: Model,
}

impl Work {
    /// Dictionary hits that lie within tokens `from..to`.
    pub(crate) fn hits_between(&self, from: u32, to: u32) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|h| h.tokens.start < from);
        self.hits[first..]
            .iter()
            .take_while(move |h| h.tokens.start < to)
            .filter(move |h| h.tokens.end <= to)
    }
}

impl Tagger {
    /// With the dictionaries that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        let entries = Entries::compiled_in()?;
        let (gazetteer, (people, composed)) = rayon::join(
            || Gazetteer::compiled_in(&entries),
            || (People::new(&entries), Composed::new(&entries)),
        );
        Ok(Tagger {
            names: NameLists::default(),
            people,
            organisations: OrganisationWords::load()?,
            roles: Roles::load(&entries)?,
            composed,
            model: Model::compiled_in()?,
            entries,
            gazetteer,
        })
    }

    /// The trie of dictionary names.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Adds a dictionary of the user's own, whose entries win over ours. `file` is its name in errors.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] with file, line and reason at the first broken row.
    pub fn add_dictionary(&mut self, file: &str, text: &str) -> Result<()> {
        let first = self.entries.names.len();
        self.entries.add_csv(file, text, true)?;
        self.gazetteer.add(&self.entries, first);
        self.names.add_people(&self.entries, first);
        self.people = People::new(&self.entries);
        self.composed = Composed::new(&self.entries);
        Ok(())
    }

    /// Puts other weights of one language into the trained tagger: those of a file that [`train::train`] made.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where the file is of another version or size.
    pub fn set_model(&mut self, lang: Lang, bytes: &[u8]) -> Result<()> {
        self.model.set(lang, bytes)
    }

    /// The lists of given names and surnames.
    pub fn names(&self) -> &NameLists {
        &self.names
    }

    /// Organisations of countries by the words that they have in every country.
    pub fn composed(&self) -> &Composed {
        &self.composed
    }

    /// Which positions may stand for which.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The words that organisations are called by.
    pub fn organisations(&self) -> &OrganisationWords {
        &self.organisations
    }

    /// The people of the dictionaries by their surnames.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// All dictionary entries.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }
}

/// What the steps of this stage hand to each other, kept between documents.
#[derive(Default)]
pub struct Work {
    /// All dictionary hits, in order of start, the longest first.
    hits: Vec<Hit>,
    /// The longest hits from left to right, as the trained tagger sees them.
    best: Vec<Hit>,
    marks: Vec<u8>,
    tagged: Vec<Tagged>,
    /// Of each mention of the document, the dictionary name that the whole of it is a form of.
    pub names: Vec<Option<u32>>,
}

/// Collects the longest dictionary hits of the document, from left to right, without overlaps. What a hit is worth (ordinary
/// words, adjectives of places) is for later steps to weigh.
pub fn find_hits(resources: &Resources, scratch: &mut Scratch, doc: &Document, out: &mut Vec<Hit>) {
    let mut all = Vec::new();
    all_hits(resources, scratch, doc, &mut all);
    longest_hits(&all, out);
}

/// Every dictionary hit of the document, in order of start, the longest first.
fn all_hits(resources: &Resources, scratch: &mut Scratch, doc: &Document, out: &mut Vec<Hit>) {
    out.clear();
    let tagger = &resources.tagger;
    for at in 0..doc.tokens.len() {
        tagger.gazetteer.hits_at(resources, scratch, doc, at, out);
    }
}

/// Of hits in order of start, the longest first, those that do not overlap one before.
fn longest_hits(all: &[Hit], out: &mut Vec<Hit>) {
    out.clear();
    let mut end = 0;
    for hit in all {
        if hit.tokens.start >= end {
            out.push(*hit);
            end = hit.tokens.end;
        }
    }
}

/// The bytes from the first to the last token of a range that is not empty.
fn span_of(doc: &Document, tokens: TokenRange) -> Span {
    let range = tokens.range();
    Span {
        start: doc.tokens[range.start].span.start,
        end: doc.tokens[range.end - 1].span.end,
    }
}

/// Fills `doc.mentions`.
pub fn find_mentions(resources: &Resources, scratch: &mut Scratch, doc: &mut Document) {
    doc.mentions.clear();
    let tagger = &resources.tagger;
    let mut work = std::mem::take(&mut scratch.entities);
    all_hits(resources, scratch, doc, &mut work.hits);
    longest_hits(&work.hits, &mut work.best);
    crf::mark_hits(&tagger.entries, doc, &work.best, &mut work.marks);
    tagger
        .model
        .tag(doc, scratch, &work.marks, &mut work.tagged);
    let mut found = combine::combine(resources, scratch, doc, &work.hits, &work.tagged);
    positions::find_positions(resources, scratch, doc, &work.hits, &mut found);
    found.sort_by_key(|(m, _)| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
    work.names.clear();
    work.names.extend(found.iter().map(|(_, name)| *name));
    doc.mentions.extend(found.into_iter().map(|(m, _)| m));
    positions::find_holders(resources, scratch, doc);
    scratch.entities = work;
}

/// A mention with the dictionary name that the whole of it is a form of.
type Found = (Mention, Option<u32>);
