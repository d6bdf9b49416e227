//! Tokens -> mentions of people, organisations, places and positions.

pub mod crf;
pub mod gazetteer;
pub mod names;
pub mod stem;
pub mod train;

use rayon::prelude::*;

use crate::dictionary::{Entries, Matching, NameKind};
use crate::document::{Document, EntityType, Mention, Rule};
use crate::error::Result;
use crate::pipeline::{Resources, Scratch};
use crate::span::Span;

use crf::Model;
use gazetteer::{Gazetteer, Hit};
use names::NameLists;

/// The entity dictionaries that are compiled in: file name and text.
const COMPILED_IN: &[(&str, &str)] = &[
    (
        "countries.csv",
        include_str!("../../dictionaries/countries.csv"),
    ),
    (
        "regions.csv",
        include_str!("../../dictionaries/regions.csv"),
    ),
    ("cities.csv", include_str!("../../dictionaries/cities.csv")),
    (
        "geography.csv",
        include_str!("../../dictionaries/geography.csv"),
    ),
    (
        "organisations.csv",
        include_str!("../../dictionaries/organisations.csv"),
    ),
    ("media.csv", include_str!("../../dictionaries/media.csv")),
    (
        "companies.csv",
        include_str!("../../dictionaries/companies.csv"),
    ),
    (
        "people_region.csv",
        include_str!("../../dictionaries/people_region.csv"),
    ),
    (
        "people_world.csv",
        include_str!("../../dictionaries/people_world.csv"),
    ),
    (
        "positions.csv",
        include_str!("../../dictionaries/positions.csv"),
    ),
];

/// Dictionaries, grammar and trained tagger of entities.
pub struct Tagger {
    entries: Entries,
    gazetteer: Gazetteer,
    names: NameLists,
    model: Model,
}

impl Tagger {
    /// With the dictionaries that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        let read = |(file, text): &(&str, &str)| {
            let mut entries = Entries::default();
            entries.add_csv(file, text, false).map(|()| entries)
        };
        let (files, names) = rayon::join(
            || COMPILED_IN.par_iter().map(read).collect::<Result<Vec<_>>>(),
            NameLists::load,
        );
        let mut entries = Entries::default();
        for file in files? {
            entries.append(file)?;
        }
        let mut names = names?;
        let mut gazetteer = Gazetteer::default();
        rayon::join(
            || gazetteer.add(&entries, 0),
            || names.add_people(&entries, 0),
        );
        Ok(Tagger {
            names,
            model: Model::load(include_bytes!("../../dictionaries/tagger.bin"))?,
            entries,
            gazetteer,
        })
    }

    /// The trie of dictionary names.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The lists of given names and surnames.
    pub fn names(&self) -> &NameLists {
        &self.names
    }

    /// All dictionary entries.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }
}

/// Collects the longest dictionary hits of the document, from left to right, without overlaps. What a hit is worth (ordinary
/// words, adjectives of places) is for later steps to weigh.
pub fn find_hits(resources: &Resources, scratch: &mut Scratch, doc: &Document, out: &mut Vec<Hit>) {
    out.clear();
    let tagger = &resources.tagger;
    let mut hits = Vec::new();
    let mut at = 0;
    while at < doc.tokens.len() {
        hits.clear();
        tagger
            .gazetteer
            .hits_at(resources, &tagger.entries, scratch, doc, at, &mut hits);
        match hits.first() {
            Some(hit) => {
                out.push(*hit);
                at = hit.tokens.end as usize;
            }
            None => at += 1,
        }
    }
}

/// Fills `doc.mentions`.
pub fn find_mentions(resources: &Resources, scratch: &mut Scratch, doc: &mut Document) {
    doc.mentions.clear();
    let tagger = &resources.tagger;
    let (mut hits, mut marks, mut tagged) = (Vec::new(), Vec::new(), Vec::new());
    find_hits(resources, scratch, doc, &mut hits);
    crf::mark_hits(&tagger.entries, doc, &hits, &mut marks);
    tagger.model.tag(doc, scratch, &marks, &mut tagged);
    for t in &tagged {
        let range = t.tokens.range();
        doc.mentions.push(Mention {
            span: Span {
                start: doc.tokens[range.start].span.start,
                end: doc.tokens[range.end - 1].span.end,
            },
            tokens: t.tokens,
            kind: t.kind,
            entity: None,
            generic: false,
            holder: None,
            id: None,
            rule: Rule::named("tagger"),
        });
    }
    for hit in &hits {
        let name = &tagger.entries.names[hit.name as usize];
        let entry = &tagger.entries.entries[name.entry as usize];
        let taken = doc
            .mentions
            .iter()
            .any(|m| m.tokens.start < hit.tokens.end && hit.tokens.start < m.tokens.end);
        if taken
            || name.matching == Matching::Context
            || matches!(name.kind, NameKind::Adjective | NameKind::Demonym)
        {
            continue;
        }
        let range = hit.tokens.range();
        doc.mentions.push(Mention {
            span: Span {
                start: doc.tokens[range.start].span.start,
                end: doc.tokens[range.end - 1].span.end,
            },
            tokens: hit.tokens,
            kind: entry.kind,
            entity: None,
            generic: false,
            holder: None,
            id: (entry.kind != EntityType::Position).then(|| entry.id.clone()),
            rule: entry.rule.clone(),
        });
    }
    doc.mentions
        .sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
}
