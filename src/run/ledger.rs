//! What a run has seen so far: ids, counts, reprints, and every entity over all documents.
//!
//! The ledger is a fold over [`Entry`]s, one for each item that was read, each with its [`Outcome`]. They are kept in the journal of the
//! run, so that a run that is taken up again has the ledger that it had. Its memory is bounded: see [`super::store`],
//! [`super::summary`].

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::export::brat;
use crate::export::rows::Provenance;
use crate::hash;
use crate::read::Position;

use super::duplicate::{Duplicate, Seen};
use super::fingerprint::Fingerprint;
use super::store::{Found, Index};
use super::summary::{self, Named, Summary};

/// Numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// Documents in the output.
    pub documents: u64,
    /// Documents in each language, by its code.
    pub languages: BTreeMap<String, u64>,
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
    /// Files, or parts of files, that are none of ours and were passed over.
    #[serde(default)]
    pub skipped: u64,
    /// Warnings: nothing was lost.
    pub warnings: u64,
    /// Cells of CSV that got an apostrophe so that no spreadsheet takes them for formulas.
    pub guarded: u64,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.documents += other.documents;
        for (lang, documents) in &other.languages {
            *self.languages.entry(lang.clone()).or_default() += documents;
        }
        self.duplicates += other.duplicates;
        self.bytes += other.bytes;
        self.sentences += other.sentences;
        self.mentions += other.mentions;
        self.entities += other.entities;
        self.amounts += other.amounts;
        self.dates += other.dates;
        self.quotes += other.quotes;
        self.errors += other.errors;
        self.skipped += other.skipped;
        self.warnings += other.warnings;
        self.guarded += other.guarded;
    }
}

/// What a thread tells of one item, without knowing those before it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The document's own id.
    pub id: String,
    /// File and line of the item.
    path: String,
    line: Option<u64>,
    date: Option<String>,
    counts: Counts,
    print: Option<Fingerprint>,
    /// Fields that the user named and the record lacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
    /// Kind of the failure, where it is one.
    failure: Option<String>,
    /// Why it was passed over, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    skipped: Option<String>,
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
    /// Of a document, and where it was read.
    pub fn of(doc: &Document, from: &Provenance) -> Self {
        let count = |n: usize| n as u64;
        Entry {
            id: doc.source.id.clone(),
            path: from.path.clone(),
            line: from.line,
            missing: from.missing.iter().map(|&name| name.to_owned()).collect(),
            date: doc.source.date.clone(),
            counts: Counts {
                documents: 1,
                languages: [(doc.lang.as_str().to_owned(), 1)].into(),
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
            skipped: None,
            named: summary::named(doc),
        }
    }

    /// Of what was lost or passed over.
    pub fn failure(error: &Error) -> Self {
        let path = error.path().map(|p| p.to_string_lossy().into_owned());
        let is_skipped = error.kind() == ErrorKind::Skipped;
        Entry {
            path: path.unwrap_or_default(),
            line: error.line(),
            counts: Counts {
                errors: u64::from(!is_skipped),
                skipped: u64::from(is_skipped),
                ..Counts::default()
            },
            failure: (!is_skipped).then(|| error.kind().as_str().to_owned()),
            skipped: is_skipped.then(|| error.reason().to_owned()),
            ..Entry::default()
        }
    }

    pub fn is_failure(&self) -> bool {
        self.failure.is_some() || self.skipped.is_some()
    }
}

/// Bytes of the ids in memory.
const IDS: usize = 1 << 18;

#[derive(Debug)]
pub(super) struct Ledger {
    pub counts: Counts,
    /// Where the input stands behind the items so far.
    pub position: Position,
    /// Failures by kind.
    pub failures: BTreeMap<String, u64>,
    /// What was passed over, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Documents whose records lack a field that the user named, by field.
    pub missing: BTreeMap<String, u64>,
    /// Hashes of all ids.
    ids: Index,
    /// Hashes of all paths of brat files, in lower case.
    paths: Index,
    seen: Seen,
    summary: Option<Summary>,
}

impl Ledger {
    /// What does not stay in memory goes to files in `folder`.
    pub fn new(folder: &Path) -> Self {
        Ledger {
            counts: Counts::default(),
            position: Position::default(),
            failures: BTreeMap::new(),
            skipped: BTreeMap::new(),
            missing: BTreeMap::new(),
            ids: Index::new(folder.join("ids"), IDS),
            paths: Index::new(folder.join("paths"), IDS),
            seen: Seen::new(folder),
            summary: Some(Summary::new(folder.join("summary"))),
        }
    }

    /// Notes a document's id, and gives another where it is taken: with `#2`, `#3` … behind it.
    pub fn take_id(&mut self, id: &str) -> Result<Option<String>> {
        take(&mut self.ids, id, '#', str::to_owned)
    }

    /// A path for the brat files of a document, which no other document has.
    pub fn take_path(&mut self, id: &str) -> Result<String> {
        let path = brat::file_name(id);
        // To some systems names in upper and lower case are one.
        let other = take(&mut self.paths, &path, '~', str::to_lowercase)?;
        Ok(other.unwrap_or(path))
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
        self.position = self.position.after(Path::new(&entry.path), entry.line);
        self.counts.add(&entry.counts);
        self.counts.duplicates += u64::from(outcome.is_duplicate);
        self.counts.warnings += outcome.warnings;
        self.counts.guarded += outcome.guarded;
        for field in &entry.missing {
            *self.missing.entry(field.clone()).or_default() += 1;
        }
        if let Some(reason) = &entry.skipped {
            *self.skipped.entry(reason.clone()).or_default() += 1;
            return Ok(());
        }
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

/// Notes a name, as `key` has it, and gives another where it is taken: with `mark` and a number behind it.
fn take(
    taken: &mut Index,
    name: &str,
    mark: char,
    key: impl Fn(&str) -> String,
) -> Result<Option<String>> {
    let other = |n: u32| format!("{name}{mark}{n}");
    let look = |taken: &Index, name: &str| {
        let key = hash::of(&key(name));
        taken.find(key).map(|found| (key, found))
    };
    let (hash, found) = look(taken, name)?;
    if let Found::Free(slot) = found {
        return taken.insert(&[(hash, slot)], 0).map(|()| None);
    }
    // A free number behind one that is taken, in few steps also where all documents have one id.
    let (mut last, mut n) = (1u32, 2u32);
    let mut free: Option<(u32, u64, u64)> = None;
    while n > last {
        let (hash, found) = look(taken, &other(n))?;
        match (found, free) {
            (Found::Free(slot), _) => {
                free = Some((n, hash, slot));
                n = last + (n - last) / 2;
            }
            (Found::Number(_), None) => (last, n) = (n, n.saturating_mul(2)),
            (Found::Number(_), Some((least, ..))) => {
                last = n;
                n += (least - n) / 2;
            }
        }
    }
    match free {
        Some((n, hash, slot)) => {
            taken.insert(&[(hash, slot)], 0)?;
            Ok(Some(other(n)))
        }
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_the_next_number() {
        let mut taken = Index::new("nowhere".into(), 1 << 20);
        let mut next = |name: &str| {
            let other = take(&mut taken, name, '#', str::to_lowercase).expect("in memory");
            other.unwrap_or_else(|| name.to_owned())
        };
        assert_eq!(next("a"), "a");
        for n in 2..3000 {
            assert_eq!(next("A"), format!("A#{n}"));
        }
        assert_eq!(next("b#2"), "b#2");
        assert_eq!([next("b"), next("b"), next("b")], ["b", "b#3", "b#4"]);
    }
}
