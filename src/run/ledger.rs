//! What a run has seen so far: ids, counts, reprints, and every entity over all documents.
//!
//! The ledger is a fold over [`Entry`]s, one for each item that was read, each with its [`Outcome`]. They are kept in the journal of the
//! run, so that a run that is taken up again has the ledger that it had. Its memory is bounded: see [`super::store`],
//! [`super::summary`].

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::error::Result;

use super::duplicate::{Duplicate, Seen};
use super::fingerprint::{Fingerprint, mix};
use super::store::{Found, Index};
use super::summary::{self, Named, Summary};

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

/// What a thread tells of one item, without knowing those before it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The document's own id.
    pub id: String,
    date: Option<String>,
    counts: Counts,
    print: Option<Fingerprint>,
    /// Kind of the failure, where it is one.
    failure: Option<String>,
    named: Vec<Named>,
}

/// What is known of an item when those before it are.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The document's id, where its own was taken.
    pub id: Option<String>,
    pub is_duplicate: bool,
    pub warnings: u64,
    pub guarded: u64,
}

impl Entry {
    /// Of a document.
    pub fn of(doc: &Document) -> Self {
        let count = |n: usize| n as u64;
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
            named: summary::named(doc),
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

    pub fn is_failure(&self) -> bool {
        self.failure.is_some()
    }
}

/// Bytes of the ids in memory.
const IDS: usize = 1 << 18;

#[derive(Debug)]
pub(super) struct Ledger {
    pub counts: Counts,
    /// Failures by kind.
    pub failures: BTreeMap<String, u64>,
    /// Hashes of all ids.
    ids: Index,
    seen: Seen,
    summary: Option<Summary>,
}

impl Ledger {
    /// What does not stay in memory goes to files in `folder`.
    pub fn new(folder: &Path) -> Self {
        Ledger {
            counts: Counts::default(),
            failures: BTreeMap::new(),
            ids: Index::new(folder.join("ids"), IDS),
            seen: Seen::new(folder),
            summary: Some(Summary::new(folder.join("summary"))),
        }
    }

    /// Notes a document's id, and gives another where it is taken: with `#2`, `#3` … behind it.
    pub fn take_id(&mut self, id: &str) -> Result<Option<String>> {
        if self.is_new(id)? {
            return Ok(None);
        }
        for n in 2u32.. {
            let other = format!("{id}#{n}");
            if self.is_new(&other)? {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    fn is_new(&mut self, id: &str) -> Result<bool> {
        let key = hash(id);
        match self.ids.find(key)? {
            Found::Number(_) => Ok(false),
            Found::Free(slot) => self.ids.insert(&[(key, slot)], 0).map(|()| true),
        }
    }

    /// The earlier document that one repeats. Notes the document as seen; to be asked once for each.
    pub fn duplicate(&mut self, id: &str, entry: &Entry) -> Result<Option<Duplicate>> {
        match &entry.print {
            Some(print) => self.seen.check(id, print),
            None => Ok(None),
        }
    }

    /// Adds an item.
    pub fn add(&mut self, entry: &Entry, outcome: &Outcome) -> Result<()> {
        self.counts.add(&entry.counts);
        self.counts.duplicates += u64::from(outcome.is_duplicate);
        self.counts.warnings += outcome.warnings;
        self.counts.guarded += outcome.guarded;
        if let Some(kind) = &entry.failure {
            *self.failures.entry(kind.clone()).or_default() += 1;
            return Ok(());
        }
        match &mut self.summary {
            Some(summary) => {
                summary.add(&entry.named, entry.date.as_deref(), !outcome.is_duplicate)
            }
            None => Ok(()),
        }
    }

    /// The table `summary`; to be taken once, in the end.
    pub fn take_summary(&mut self) -> Option<Summary> {
        self.summary.take()
    }
}

/// FNV-1a, 64 bits, mixed.
fn hash(text: &str) -> u64 {
    mix(text.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    }))
}
