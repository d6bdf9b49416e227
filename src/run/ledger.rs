//! What a run has seen so far: ids, counts, and every entity over all documents.
//!
//! Memory: some 10 bytes a document for its id, and a row of the summary for every distinct entity.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;
use serde::Serialize;

use crate::document::Document;
use crate::export::csv::{CsvOptions, Lines};
use crate::export::rows::Tally;

/// Numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Documents in the output.
    pub documents: u64,
    /// Bytes of their texts, in UTF-8.
    pub bytes: u64,
    /// Sentences.
    pub sentences: u64,
    /// Mentions.
    pub mentions: u64,
    /// Entities, each counted in every document it is in.
    pub entities: u64,
    /// Amounts.
    pub amounts: u64,
    /// Dates.
    pub dates: u64,
    /// Quotes.
    pub quotes: u64,
    /// Documents or files that were lost.
    pub errors: u64,
    /// Warnings: nothing was lost.
    pub warnings: u64,
    /// Cells of CSV that got an apostrophe so that no spreadsheet takes them for formulas.
    pub guarded: u64,
}

/// An entity over all documents.
#[derive(Debug, Default)]
struct Row {
    name: String,
    name_en: Option<String>,
    documents: u64,
    mentions: u64,
    quotes: u64,
    first_date: Option<String>,
    last_date: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub counts: Counts,
    /// Hashes of all ids.
    ids: HashSet<u64, FxBuildHasher>,
    entities: BTreeMap<(&'static str, String), Row>,
}

impl Ledger {
    /// Another id for a document whose own is taken: with `#2`, `#3` … behind it.
    pub fn new_id(&mut self, id: &str) -> Option<String> {
        if self.ids.insert(hash(id)) {
            return None;
        }
        (2u32..)
            .map(|n| format!("{id}#{n}"))
            .find(|other| self.ids.insert(hash(other)))
    }

    /// Counts a document.
    pub fn add(&mut self, doc: &Document) {
        let counts = &mut self.counts;
        counts.documents += 1;
        counts.bytes += doc.text.len() as u64;
        counts.sentences += doc.sentences.len() as u64;
        counts.mentions += doc.mentions.len() as u64;
        counts.entities += doc.entities.len() as u64;
        counts.amounts += doc.amounts.len() as u64;
        counts.dates += doc.dates.len() as u64;
        counts.quotes += doc.quotes.len() as u64;
        let tally = Tally::of(doc);
        for (i, entity) in doc.entities.iter().enumerate() {
            let name = entity.canonical.as_ref().unwrap_or(&entity.name);
            let row = self
                .entities
                .entry((entity.kind.as_str(), entity.id.clone()))
                .or_insert_with(|| Row {
                    name: name.clone(),
                    name_en: entity.name_en.clone(),
                    ..Row::default()
                });
            row.documents += 1;
            row.mentions += u64::from(tally.mentions[i]);
            row.quotes += u64::from(tally.quotes[i]);
            if let Some(date) = &doc.source.date {
                if row.first_date.as_ref().is_none_or(|d| date < d) {
                    row.first_date = Some(date.clone());
                }
                if row.last_date.as_ref().is_none_or(|d| date > d) {
                    row.last_date = Some(date.clone());
                }
            }
        }
    }

    /// The table `summary`, most mentioned first.
    pub fn summary_rows(&self, csv: CsvOptions) -> Lines {
        let mut rows: Vec<_> = self.entities.iter().collect();
        rows.sort_by(|(a, x), (b, y)| y.mentions.cmp(&x.mentions).then_with(|| a.cmp(b)));
        let mut lines = Lines::default();
        for ((kind, id), row) in rows {
            lines
                .row(csv)
                .text(kind)
                .text(id)
                .text(&row.name)
                .optional(row.name_en.as_deref())
                .number(row.documents)
                .number(row.mentions)
                .number(row.quotes)
                .number(row.documents)
                .number(row.mentions)
                .number(row.quotes)
                .optional(row.first_date.as_deref())
                .optional(row.last_date.as_deref())
                .finish();
        }
        lines
    }
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    })
}
