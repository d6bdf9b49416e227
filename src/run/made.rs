//! One raw document -> everything that the files of a run get of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::batch::{Weighed, caught};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::export::rows::{Provenance, Rows, RowsOf, TableSet};
use crate::export::{brat, write_json};
use crate::pipeline::{Pipeline, Scratch};
use crate::read::RawDocument;
use crate::span::OffsetMap;

use super::RunOptions;
use super::ledger::Entry;

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

/// A document with its rows.
pub(super) struct MadeDocument {
    pub doc: Document,
    pub provenance: Provenance,
    pub rows: Rows,
    pub json: Vec<u8>,
    /// Annotations for brat.
    pub brat: String,
    /// What the ledger gets.
    pub entry: Entry,
    /// The same, for the journal.
    pub note: Vec<u8>,
    /// The thread that made it.
    thread: usize,
}

impl Weighed for Made {
    fn weight(&self) -> usize {
        match self {
            Made::Failure { .. } => 0,
            Made::Document(made) => {
                let rows: usize = made.rows.tables.iter().map(|t| t.bytes.len()).sum();
                // What was found in a text takes about as much memory as the text five times over.
                made.doc.text.len() * 6 + rows + made.json.len() + made.brat.len() + made.note.len()
            }
        }
    }
}

/// Lists of documents that are done with; threads beyond that many share one.
const THREADS: usize = 64;

fn this_thread() -> usize {
    rayon::current_thread_index().unwrap_or(0) % THREADS
}

/// Makes documents; shared by all threads.
pub(super) struct Maker<'a> {
    pipeline: &'a Pipeline,
    options: &'a RunOptions,
    tables: TableSet,
    /// Documents that are done with, by the thread that made them. It takes them away, because to free their thousand pieces takes longer
    /// than to write their rows, and all rows are written by one thread; and memory is given back most cheaply where it was asked for.
    done: [Mutex<Vec<MadeDocument>>; THREADS],
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
            done: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// Leaves a document to be freed.
    pub fn discard(&self, made: Box<MadeDocument>) {
        self.done_of(made.thread).push(*made);
    }

    fn done_of(&self, thread: usize) -> MutexGuard<'_, Vec<MadeDocument>> {
        self.done[thread]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Decodes, processes and writes the rows.
    pub fn make(&self, scratch: &mut Scratch, raw: Result<RawDocument>) -> Made {
        let done = std::mem::take(&mut *self.done_of(this_thread()));
        drop(done);
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
        let mut made = Box::new(MadeDocument {
            doc: self.pipeline.process_document(read.document, scratch),
            provenance: read.provenance,
            rows: Rows::default(),
            json: Vec::new(),
            brat: String::new(),
            entry: Entry::default(),
            note: Vec::new(),
            thread: this_thread(),
        });
        made.entry = Entry::of(&made.doc, &made.provenance);
        made.note = serde_json::to_vec(&made.entry)
            .map_err(|e| Error::new(ErrorKind::Bug, e.to_string()))?;
        self.encode(&mut made);
        Ok(made)
    }

    /// Writes the rows, or writes them again where the document got another id.
    pub fn encode(&self, made: &mut MadeDocument) {
        let map = OffsetMap::new(&made.doc.text);
        made.rows =
            RowsOf::new(&made.doc, &map, self.options.csv).write(self.tables, &made.provenance);
        made.json.clear();
        if self.options.write_jsonl {
            // Writing to memory does not fail.
            let _ = write_json(&made.doc, &map, &mut made.json);
        }
        if self.options.write_brat {
            made.brat = brat::annotations(&made.doc, &map);
        }
    }
}
