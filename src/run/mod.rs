//! A whole run: inputs -> a folder of tables. What `glagol run` does, without its terminal.
//!
//! One thread reads, others decode, process and write the rows of one document each ([`made`]); the calling thread puts them into
//! files in the order of the input and keeps the [`ledger`] of what it has seen. The files are the same bytes whatever the
//! number of threads.

mod ledger;
mod made;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::batch::{self, BatchOptions};
use crate::error::{Error, Result};
use crate::export::csv::{CsvOptions, Lines};
use crate::export::output::{FileId, Output};
use crate::export::rows::TableSet;
use crate::export::table::Table;
use crate::pipeline::Pipeline;
use crate::read::{self, RawDocument, ReadOptions};

use ledger::Ledger;
use made::{Made, Maker};

pub use ledger::Counts;

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
        }
    }
}

/// What another thread may see of a run while it is under way, and its switch.
#[derive(Debug, Default)]
pub struct Monitor {
    /// Set it, and the run ends after the documents at hand.
    pub stop: AtomicBool,
    /// Documents done.
    pub documents: AtomicU64,
    /// Bytes of text done.
    pub bytes: AtomicU64,
    /// Bytes taken from files.
    pub consumed: Arc<AtomicU64>,
}

/// How a run went.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// What was found.
    pub counts: Counts,
    /// The first failures, for a message; `errors.csv` has all.
    pub failures: Vec<String>,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Runs.
///
/// # Errors
/// Where the output folder cannot be written.
pub fn run(pipeline: &Pipeline, options: &RunOptions, monitor: &Monitor) -> Result<Report> {
    let maker = Maker::new(pipeline, options);
    let mut sink = Sink::new(options, &maker, monitor)?;
    batch::ordered(
        options.batch,
        &monitor.stop,
        |give| {
            let (inputs, consumed) = (&options.inputs, &monitor.consumed);
            let _: ControlFlow<()> =
                read::read(inputs, &options.read, 0, consumed, &mut |raw| give(raw));
        },
        |scratch, raw: Result<RawDocument>| maker.make(scratch, raw),
        |made| sink.take(made),
    )?;
    let stopped = monitor.stop.load(Ordering::Relaxed);
    let report = Report {
        counts: sink.ledger.counts.clone(),
        failures: std::mem::take(&mut sink.failures),
        stopped,
    };
    sink.finish()?;
    Ok(report)
}

/// Puts what threads made into files, in order.
struct Sink<'a> {
    options: &'a RunOptions,
    maker: &'a Maker<'a>,
    monitor: &'a Monitor,
    output: Output,
    tables: Vec<(Table, FileId)>,
    json: Option<FileId>,
    ledger: Ledger,
    failures: Vec<String>,
}

/// Failures that a report names.
const NAMED_FAILURES: usize = 10;

impl<'a> Sink<'a> {
    fn new(options: &'a RunOptions, maker: &'a Maker<'a>, monitor: &'a Monitor) -> Result<Self> {
        let mut output = Output::create(&options.out)?;
        let mut tables = Vec::new();
        let mut header = Lines::default();
        for table in Table::ALL {
            if options.write_csv && options.tables.has(table) || table == Table::Errors {
                let file = output.file(&format!("{}.csv", table.name()))?;
                header.bytes.clear();
                if options.csv.bom {
                    header.bytes.extend_from_slice("\u{FEFF}".as_bytes());
                }
                let mut row = header.row(options.csv);
                for column in table.columns() {
                    row.text(column.name);
                }
                row.finish();
                output.append(file, &header.bytes)?;
                tables.push((table, file));
            }
        }
        let json = match options.write_jsonl {
            true => Some(output.file("documents.jsonl")?),
            false => None,
        };
        Ok(Sink {
            options,
            maker,
            monitor,
            output,
            tables,
            json,
            ledger: Ledger::default(),
            failures: Vec::new(),
        })
    }

    fn take(&mut self, made: Made) -> Result<()> {
        let mut made = match made {
            Made::Document(made) => made,
            Made::Failure { id, error } => return self.fail(&id, &error, true),
        };
        if let Some(id) = self.ledger.new_id(made.doc.id()) {
            let old = std::mem::replace(&mut made.doc.source.id, id);
            let reason = format!(
                "another document has the id {old:?}: this one is called {:?}",
                made.doc.id()
            );
            self.maker.encode(&mut made);
            let warning =
                Error::new(crate::error::ErrorKind::Collision, reason).at(&made.provenance.path);
            let id = made.doc.id().to_owned();
            self.fail(&id, &with_line(warning, made.provenance.line), false)?;
        }
        if made.provenance.damaged > 0 {
            let reason = format!(
                "{} characters could not be read as {} and were replaced by U+FFFD",
                made.provenance.damaged, made.provenance.encoding
            );
            let warning =
                Error::new(crate::error::ErrorKind::Damaged, reason).at(&made.provenance.path);
            let id = made.doc.id().to_owned();
            self.fail(&id, &with_line(warning, made.provenance.line), false)?;
        }
        self.ledger.add(&made.doc);
        self.monitor.documents.fetch_add(1, Ordering::Relaxed);
        self.monitor
            .bytes
            .fetch_add(made.doc.text.len() as u64, Ordering::Relaxed);
        let lines = &mut made.rows.tables[Table::Documents.index()];
        if !lines.bytes.is_empty() {
            lines.row_rest(self.options.csv).text("").text("").finish();
        }
        for &(table, file) in &self.tables {
            let lines = &made.rows.tables[table.index()];
            self.ledger.counts.guarded += lines.guarded;
            self.output.append(file, &lines.bytes)?;
        }
        if let Some(file) = self.json {
            self.output.append(file, &made.json)?;
        }
        Ok(())
    }

    /// Notes a failure or, where nothing is lost, a warning.
    fn fail(&mut self, id: &str, error: &Error, lost: bool) -> Result<()> {
        if lost {
            self.ledger.counts.errors += 1;
            if self.failures.len() < NAMED_FAILURES {
                self.failures.push(error.to_string());
            }
        } else {
            self.ledger.counts.warnings += 1;
        }
        let mut lines = Lines::default();
        let path = error.path().map(|p| p.display().to_string());
        lines
            .row(self.options.csv)
            .text(id)
            .optional(path.as_deref())
            .maybe(error.line())
            .text(if lost { "error" } else { "warning" })
            .text(error.kind().as_str())
            .text(error.reason())
            .finish();
        self.append(Table::Errors, &lines)
    }

    fn append(&mut self, table: Table, lines: &Lines) -> Result<()> {
        self.ledger.counts.guarded += lines.guarded;
        match self.tables.iter().find(|(t, _)| *t == table) {
            Some(&(_, file)) => self.output.append(file, &lines.bytes),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<()> {
        let summary = self.ledger.summary_rows(self.options.csv);
        self.append(Table::Summary, &summary)?;
        let record = serde_json::json!({
            "glagol": env!("CARGO_PKG_VERSION"),
            "inputs": self.options.inputs,
            "counts": self.ledger.counts,
        });
        let file = self.output.file("run.json")?;
        let text = serde_json::to_vec_pretty(&record).unwrap_or_default();
        self.output.append(file, &text)?;
        self.output.append(file, b"\n")?;
        self.output.finish()
    }
}

fn with_line(error: Error, line: Option<u64>) -> Error {
    match line {
        Some(line) => error.on_line(line),
        None => error,
    }
}
