//! A whole run: inputs -> a folder of tables. What `glagol run` does, without its terminal.
//!
//! One thread reads, others decode, process and write the rows of one document each ([`made`]), and put them into
//! files in the order of the input ([`sink`]), which keeps the [`ledger`] of what it has seen. The files are the same bytes whatever the
//! number of threads.

mod duplicate;
mod fingerprint;
mod ledger;
mod made;
mod options;
mod packed;
mod record;
mod sink;
mod sorter;
mod store;
mod summary;

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::batch;
use crate::error::Result;
use crate::pipeline::Pipeline;
use crate::read::{self, Progress, RawDocument, Stamps};

use made::Maker;
use sink::Sink;

pub use ledger::Counts;
pub use options::RunOptions;
pub use packed::Pack;
pub use record::DictionaryNote;

/// Name of the file that tells what files of the input looked like, beside the journal.
const STAMPS: &str = "stamps";

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
/// and a panic of anything but a document, as [`crate::ErrorKind::Bug`].
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
