//! Tokens -> mentions of people, organisations, places and positions.

pub mod gazetteer;
pub mod stem;

use crate::dictionary::{Entries, Matching, NameKind};
use crate::document::{Document, EntityType, Mention};
use crate::error::Result;
use crate::pipeline::{Resources, Scratch};
use crate::span::Span;

use gazetteer::Gazetteer;

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
];

/// Dictionaries, grammar and trained tagger of entities.
pub struct Tagger {
    entries: Entries,
    gazetteer: Gazetteer,
}

impl Tagger {
    /// With the dictionaries that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        let mut entries = Entries::default();
        for (file, text) in COMPILED_IN {
            entries.add_csv(file, text, false)?;
        }
        let mut gazetteer = Gazetteer::default();
        gazetteer.add(&entries, 0);
        Ok(Tagger { entries, gazetteer })
    }

    /// All dictionary entries.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }
}

/// Fills `doc.mentions`.
pub fn find_mentions(resources: &Resources, scratch: &mut Scratch, doc: &mut Document) {
    doc.mentions.clear();
    let tagger = &resources.tagger;
    let mut hits = Vec::new();
    let mut at = 0;
    while at < doc.tokens.len() {
        hits.clear();
        tagger
            .gazetteer
            .hits_at(resources, &tagger.entries, scratch, doc, at, &mut hits);
        let hit = hits.iter().find(|h| {
            let name = &tagger.entries.names[h.name as usize];
            name.matching != Matching::Context
                && !matches!(name.kind, NameKind::Adjective | NameKind::Demonym)
        });
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        let name = &tagger.entries.names[hit.name as usize];
        let entry = &tagger.entries.entries[name.entry as usize];
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
        at = range.end;
    }
}
