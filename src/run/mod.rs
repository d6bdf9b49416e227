//! A whole run: inputs -> a folder of tables. What `glagol run` does, without its terminal.
//!
//! One thread reads, others decode, process and write the rows of one document each ([`made`]), and put them into
//! files in the order of the input ([`sink`]), which keeps the [`ledger`] of what it has seen. The files are the same bytes whatever the
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
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::batch::{self, BatchOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::export::csv::CsvOptions;
use crate::export::rows::TableSet;
use crate::pipeline::Pipeline;
use crate::read::{self, Progress, RawDocument, ReadOptions, Stamps};

use made::Maker;
use sink::Sink;

pub use ledger::Counts;
pub use record::DictionaryNote;

/// Name of the file that tells what files of the input looked like, beside the journal.
const STAMPS: &str = "stamps";

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

    /// Looks whether a run can begin, before anything is written.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] where none of the inputs is there, or the folder for the output is an input itself: the next run would
    /// read what this one wrote.
    pub fn check(&self) -> Result<()> {
        let missing = |input: &&PathBuf| input.as_os_str() != "-" && !input.exists();
        if let Some(first) = self.inputs.first()
            && self.inputs.iter().all(|input| missing(&input))
        {
            let reason = "there is no such file or folder";
            return Err(Error::new(ErrorKind::Read, reason).at(first));
        }
        let out = fs::canonicalize(&self.out).ok();
        let is_out = |input: &&PathBuf| out.is_some() && fs::canonicalize(input).ok() == out;
        match self.inputs.iter().find(is_out) {
            Some(input) => {
                let reason = "is a folder of the input as well: name another one for the output (--out), which may lie inside it";
                Err(Error::new(ErrorKind::Read, reason).at(input))
            }
            None => Ok(()),
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
    /// How far reading is, with what was read before.
    pub reading: Progress,
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
/// Those of [`RunOptions::check`]; where the output folder cannot be written, or the run to be taken up is another, or had another input;
/// and a panic of anything but a document, as [`ErrorKind::Bug`].
pub fn run(pipeline: &Pipeline, options: &RunOptions, monitor: &Monitor) -> Result<Report> {
    batch::guarded(|| run_on(pipeline, options, monitor)).flatten()
}

fn run_on(pipeline: &Pipeline, options: &RunOptions, monitor: &Monitor) -> Result<Report> {
    options.check()?;
    let maker = Maker::new(pipeline, options);
    let mut sink = Sink::begin(options, &maker, monitor)?;
    let from = sink.position();
    let stamps = Stamps::open(&sink.aside(STAMPS))?;
    let mut read_all = Ok(());
    let mut reading = options.read.clone();
    reading.leave_out = fs::canonicalize(&options.out).ok();
    batch::ordered(
        pipeline.pool(),
        options.batch,
        &monitor.stop,
        |give| {
            let (inputs, progress) = (&options.inputs, &monitor.reading);
            read_all = read::read_from(inputs, &reading, from, stamps, progress, &mut |raw| {
                give(raw)
            });
        },
        |scratch, raw: Result<RawDocument>| maker.make(scratch, raw),
        |made| sink.take(made),
    )?;
    if monitor.stop.load(Ordering::Relaxed) {
        return sink.stop();
    }
    read_all?;
    sink.finish()
}
