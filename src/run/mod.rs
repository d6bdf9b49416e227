//! A whole run: inputs -> a folder of tables. What `glagol run` does, without its terminal.
//!
//! One thread reads, others decode, process and write the rows of one document each ([`made`]); the calling thread puts them into
//! files in the order of the input ([`sink`]) and keeps the [`ledger`] of what it has seen. The files are the same bytes whatever the
//! number of threads.

mod duplicate;
mod fingerprint;
mod ledger;
mod made;
mod packed;
mod record;
mod sink;
mod sorter;
mod store;
mod summary;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::batch::{self, BatchOptions};
use crate::error::Result;
use crate::export::csv::CsvOptions;
use crate::export::rows::TableSet;
use crate::pipeline::Pipeline;
use crate::read::{self, RawDocument, ReadOptions};

use made::Maker;
use sink::Sink;

pub use ledger::Counts;
pub use record::DictionaryNote;

/// What a run reads and writes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RunOptions {
    /// Files and folders; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// Folder for the output.
    pub out: PathBuf,
    /// How inputs are read.
    pub read: ReadOptions,
    /// Threads and memory.
    pub batch: BatchOptions,
    /// How CSV is written.
    pub csv: CsvOptions,
    /// Tables that are wanted.
    pub tables: TableSet,
    /// Whether the tables are written as CSV.
    pub write_csv: bool,
    /// Whether `documents.jsonl` is written.
    pub write_jsonl: bool,
    /// Whether the tables are written as a workbook, `glagol.xlsx`.
    pub write_xlsx: bool,
    /// Whether the tables are written as Parquet, a file a table.
    pub write_parquet: bool,
    /// Whether brat standoff is written into the folder `brat`.
    pub write_brat: bool,
    /// Whether a run that was broken off in `out` is taken up.
    pub resume: bool,
    /// Dictionaries of the user's own that the pipeline has, for `run.json`.
    pub dictionaries: Vec<DictionaryNote>,
}

impl RunOptions {
    /// CSV of all tables and JSON lines, from `inputs` into the folder `out`.
    pub fn new(inputs: Vec<PathBuf>, out: PathBuf) -> Self {
        RunOptions {
            inputs,
            out,
            read: ReadOptions::default(),
            batch: BatchOptions::default(),
            csv: CsvOptions::default(),
            tables: TableSet::ALL,
            write_csv: true,
            write_jsonl: true,
            write_xlsx: false,
            write_parquet: false,
            write_brat: false,
            resume: false,
            dictionaries: Vec::new(),
        }
    }

    /// Whether rows of tables are made.
    fn needs_tables(&self) -> bool {
        self.write_csv || self.write_xlsx || self.write_parquet
    }
}

/// What another thread may see of a run while it is under way, and its switch.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Monitor {
    /// Set it, and the run ends after the documents at hand.
    pub stop: AtomicBool,
    /// Documents done, with those of an earlier run that were taken over.
    pub documents: AtomicU64,
    /// Bytes of text done, the same.
    pub bytes: AtomicU64,
    /// Documents that were taken over.
    pub resumed_documents: AtomicU64,
    /// Bytes of their texts.
    pub resumed_bytes: AtomicU64,
    /// Bytes taken from files, with those of files that were done before.
    pub consumed: Arc<AtomicU64>,
}

/// How a run went.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What was found.
    pub counts: Counts,
    /// The first failures, for a message; `errors.csv` has all.
    pub failures: Vec<String>,
    /// What the user should know besides.
    pub remarks: Vec<String>,
    /// Items of an earlier run that were taken over.
    pub resumed: u64,
    /// Whether it was stopped before the end; the run can be taken up.
    pub stopped: bool,
}

/// Runs.
///
/// # Errors
/// Where the output folder cannot be written, or the run to be taken up is another.
pub fn run(pipeline: &Pipeline, options: &RunOptions, monitor: &Monitor) -> Result<Report> {
    let maker = Maker::new(pipeline, options);
    let mut sink = Sink::begin(options, &maker, monitor)?;
    let skip = sink.resumed();
    let mut reading = options.read.clone();
    reading.leave_out = fs::canonicalize(&options.out).ok();
    batch::ordered(
        pipeline.pool(),
        options.batch,
        &monitor.stop,
        |give| {
            let (inputs, consumed) = (&options.inputs, &monitor.consumed);
            let _: ControlFlow<()> =
                read::read(inputs, &reading, skip, consumed, &mut |raw| give(raw));
        },
        |scratch, raw: Result<RawDocument>| maker.make(scratch, raw),
        |made| sink.take(made),
    )?;
    if monitor.stop.load(Ordering::Relaxed) {
        return sink.stop();
    }
    sink.finish()
}
