//! What a run has seen so far: ids, counts, reprints, and every entity over all documents.
//!
//! The ledger is a fold over [`Entry`]s, one for each item that was read. They are kept in the journal of the run, so that a
//! run that is taken up again has the ledger that it had. Memory: see [`super::duplicate`], some 10 bytes for each id, and a row of
//! the summary for every distinct entity.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::export::csv::{CsvOptions, Lines};
use crate::export::rows::Tally;

use super::duplicate::{Duplicate, Fingerprint, Seen};

/// Numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// Documents in the output.
    pub documents: u64,
    /// Documents that repeat an earlier one, nearly or exactly.
    pub duplicates: u64,
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

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.documents += other.documents;
        self.duplicates += other.duplicates;
        self.bytes += other.bytes;
        self.sentences += other.sentences;
        self.mentions += other.mentions;
        self.entities += other.entities;
        self.amounts += other.amounts;
        self.dates += other.dates;
        self.quotes += other.quotes;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.guarded += other.guarded;
    }
}

/// What one item adds to the ledger.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    pub id: String,
    pub date: Option<String>,
    pub counts: Counts,
    pub print: Option<Fingerprint>,
    /// Kind of the failure, where it is one.
    pub failure: Option<String>,
    named: Vec<Named>,
}

/// An entity of a document, or a speaker that is none.
#[derive(Debug, Serialize, Deserialize)]
struct Named {
    kind: String,
    id: String,
    name: String,
    name_en: Option<String>,
    mentions: u32,
    quotes: u32,
}

impl Entry {
    /// Of a document.
    pub fn of(doc: &Document) -> Self {
        let count = |n: usize| n as u64;
        let tally = Tally::of(doc);
        let mut named: Vec<Named> = doc
            .entities
            .iter()
            .enumerate()
            .map(|(i, entity)| Named {
                kind: entity.kind.as_str().to_owned(),
                id: entity.id.clone(),
                name: entity.canonical.as_ref().unwrap_or(&entity.name).clone(),
                name_en: entity.name_en.clone(),
                mentions: tally.mentions[i],
                quotes: tally.quotes[i],
            })
            .collect();
        let nameless = doc.quotes.iter().filter_map(|q| {
            let speaker = q.speaker.as_ref()?;
            (speaker.entity.is_none() && !speaker.unnamed && !speaker.name.is_empty())
                .then_some(&speaker.name)
        });
        for name in nameless {
            match named
                .iter_mut()
                .find(|n| n.kind.is_empty() && n.name == *name)
            {
                Some(known) => known.quotes += 1,
                None => named.push(Named {
                    kind: String::new(),
                    id: String::new(),
                    name: name.clone(),
                    name_en: None,
                    mentions: 0,
                    quotes: 1,
                }),
            }
        }
        Entry {
            id: doc.source.id.clone(),
            date: doc.source.date.clone(),
            counts: Counts {
                documents: 1,
                bytes: count(doc.text.len()),
                sentences: count(doc.sentences.len()),
                mentions: count(doc.mentions.len()),
                entities: count(doc.entities.len()),
                amounts: count(doc.amounts.len()),
                dates: count(doc.dates.len()),
                quotes: count(doc.quotes.len()),
                ..Counts::default()
            },
            print: Fingerprint::of(doc),
            failure: None,
            named,
        }
    }

    /// Of what was lost.
    pub fn failure(kind: &str) -> Self {
        Entry {
            counts: Counts {
                errors: 1,
                ..Counts::default()
            },
            failure: Some(kind.to_owned()),
            ..Entry::default()
        }
    }
}

/// An entity over all documents.
#[derive(Debug, Default)]
struct Row {
    name: String,
    name_en: Option<String>,
    all: [u64; 3],
    unique: [u64; 3],
    first_date: Option<String>,
    last_date: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub counts: Counts,
    /// Failures by kind.
    pub failures: BTreeMap<String, u64>,
    /// Hashes of all ids.
    ids: HashSet<u64, FxBuildHasher>,
    seen: Seen,
    /// Kind and id, or name where there is no id -> row.
    named: BTreeMap<(String, String), Row>,
}

impl Ledger {
    /// Another id for a document whose own is taken: with `#2`, `#3` … behind it.
    pub fn other_id(&self, id: &str) -> Option<String> {
        if !self.ids.contains(&hash(id)) {
            return None;
        }
        (2u32..)
            .map(|n| format!("{id}#{n}"))
            .find(|other| !self.ids.contains(&hash(other)))
    }

    /// The earlier document that one repeats. Notes the document as seen; to be asked once for each.
    pub fn duplicate(&mut self, id: &str, print: Option<&Fingerprint>) -> Option<Duplicate> {
        self.seen.check(id, print?)
    }

    /// Adds an item; `counts.duplicates` of it says whether it repeats another.
    pub fn add(&mut self, entry: Entry) {
        self.counts.add(&entry.counts);
        if let Some(kind) = entry.failure {
            *self.failures.entry(kind).or_default() += 1;
            return;
        }
        self.ids.insert(hash(&entry.id));
        let unique = entry.counts.duplicates == 0;
        for named in entry.named {
            let key = if named.id.is_empty() {
                named.name.clone()
            } else {
                named.id
            };
            let row = self.named.entry((named.kind, key)).or_insert_with(|| Row {
                name: named.name,
                name_en: named.name_en,
                ..Row::default()
            });
            let found = [1, u64::from(named.mentions), u64::from(named.quotes)];
            for (i, n) in found.into_iter().enumerate() {
                row.all[i] += n;
                row.unique[i] += if unique { n } else { 0 };
            }
            if let Some(date) = &entry.date {
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
        let mut rows: Vec<_> = self.named.iter().collect();
        rows.sort_by(|(a, x), (b, y)| {
            y.all[1]
                .cmp(&x.all[1])
                .then(y.all[2].cmp(&x.all[2]))
                .then_with(|| a.cmp(b))
        });
        let mut lines = Lines::default();
        for ((kind, id), row) in rows {
            let mut cells = lines.row(csv);
            cells
                .text(kind)
                .text(if kind.is_empty() { "" } else { id })
                .text(&row.name)
                .optional(row.name_en.as_deref());
            for n in row.all.into_iter().chain(row.unique) {
                cells.number(n);
            }
            cells
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
