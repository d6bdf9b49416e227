//! One raw document -> everything that the files of a run get of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::batch::{Weighed, caught};
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::export::rows::{Provenance, Rows, RowsOf, TableSet};
use crate::export::{brat, write_json};
use crate::pipeline::{Pipeline, Scratch};
use crate::read::RawDocument;
use crate::span::OffsetMap;

use super::ledger::Entry;
use super::options::RunOptions;

/// What a thread made.
pub(super) enum Made {
    /// A document.
    Document(Box<MadeDocument>),
    /// What went wrong.
    Failure {
        /// Id of the document, where it has one.
        id: String,
        /// With path and line.
        error: Error,
    },
}

/// The rows of a document, and what they were made from. What was found in the text is not among it: to hand its thousand pieces
/// to another thread would cost more than to find them again where that is asked for.
#[derive(Default)]
pub(super) struct MadeDocument {
    /// As it was read, but for the id, which may be another now.
    pub source: Source,
    pub text: String,
    pub provenance: Provenance,
    pub rows: Rows,
    pub json: Vec<u8>,
    /// Annotations for brat.
    pub brat: String,
    /// What the ledger gets.
    pub entry: Entry,
    /// The same, for the journal.
    pub note: Vec<u8>,
}

impl Weighed for RawDocument {
    fn weight(&self) -> usize {
        RawDocument::weight(self)
    }
}

impl Weighed for Made {
    fn weight(&self) -> usize {
        match self {
            Made::Failure { .. } => 0,
            Made::Document(made) => made.size(),
        }
    }
}

impl MadeDocument {
    /// Bytes in memory.
    fn size(&self) -> usize {
        let rows: usize = self.rows.tables.iter().map(|t| t.bytes.capacity()).sum();
        // The entry takes about as much as its note.
        self.text.capacity()
            + rows
            + self.json.capacity()
            + self.brat.capacity()
            + self.note.capacity() * 2
    }
}

/// Bytes that a document may take whose memory is used for the next one.
const KEPT: usize = 256 << 10;
/// Documents whose memory waits to be used.
const SPARE: usize = 32;

/// Makes documents; shared by all threads.
pub(super) struct Maker<'a> {
    pipeline: &'a Pipeline,
    options: &'a RunOptions,
    tables: TableSet,
    /// For documents that are made again.
    again: Mutex<Option<Scratch>>,
    /// Documents that are written, the last on top: its memory is still in near caches.
    spare: Mutex<Vec<MadeDocument>>,
}

impl<'a> Maker<'a> {
    pub fn new(pipeline: &'a Pipeline, options: &'a RunOptions) -> Self {
        let tables = if options.needs_tables() {
            options.tables
        } else {
            TableSet::NONE
        };
        Maker {
            pipeline,
            options,
            tables,
            again: Mutex::default(),
            spare: Mutex::default(),
        }
    }

    fn spare(&self) -> MutexGuard<'_, Vec<MadeDocument>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a document that is written, for its memory.
    pub fn reuse(&self, made: Box<MadeDocument>) {
        if made.size() <= KEPT {
            let mut spare = self.spare();
            if spare.len() < SPARE {
                spare.push(*made);
            }
        }
    }

    /// Decodes, processes and writes the rows.
    pub fn make(&self, scratch: &mut Scratch, raw: Result<RawDocument>) -> Made {
        let raw = match raw {
            Ok(raw) => raw,
            Err(error) => {
                return Made::Failure {
                    id: String::new(),
                    error,
                };
            }
        };
        let (id, path, line) = (raw.id.clone(), raw.path.clone(), raw.line);
        let made = caught(scratch, |scratch| self.document(scratch, raw));
        match made.and_then(|made| made) {
            Ok(made) => Made::Document(made),
            Err(error) => Made::Failure {
                id,
                error: match (error.path(), line) {
                    (None, Some(line)) => error.at(path).on_line(line),
                    (None, None) => error.at(path),
                    _ => error,
                },
            },
        }
    }

    fn document(&self, scratch: &mut Scratch, raw: RawDocument) -> Result<Box<MadeDocument>> {
        let read = raw.decode(&self.options.read)?;
        let source = read.document.source.clone();
        let doc = self
            .pipeline
            .process_in(&self.options.languages, read.document, scratch);
        let entry = Entry::of(&doc, &read.provenance);
        let spare = self.spare().pop().unwrap_or_default();
        let mut made = Box::new(MadeDocument {
            source,
            provenance: read.provenance,
            entry,
            ..spare
        });
        made.note.clear();
        serde_json::to_writer(&mut made.note, &made.entry)
            .map_err(|e| Error::new(ErrorKind::Bug, e.to_string()))?;
        self.encode(&doc, &mut made);
        made.text = doc.text;
        Ok(made)
    }

    /// Makes the rows again, for a document that got another id.
    pub fn rename(&self, made: &mut MadeDocument, id: &str) {
        id.clone_into(&mut made.source.id);
        let doc = Document::new(made.source.clone(), std::mem::take(&mut made.text));
        let mut again = self.again.lock().unwrap_or_else(PoisonError::into_inner);
        let pool = self.pipeline.pool();
        let scratch = again.get_or_insert_with(|| pool.take(1).pop().unwrap_or_default());
        let doc = self
            .pipeline
            .process_in(&self.options.languages, doc, scratch);
        drop(again);
        self.encode(&doc, made);
        made.text = doc.text;
    }

    /// Writes the rows.
    fn encode(&self, doc: &Document, made: &mut MadeDocument) {
        let map = OffsetMap::new(&doc.text);
        RowsOf::new(doc, &map, self.options.csv).write(
            self.tables,
            &made.provenance,
            &mut made.rows,
        );
        made.json.clear();
        if self.options.write_jsonl {
            // Writing to memory does not fail.
            let _ = write_json(doc, &map, &mut made.json);
        }
        if self.options.write_brat {
            made.brat = brat::annotations(doc, &map);
        }
    }
}
