//! A whole run: inputs -> a folder of tables. What `glagol run` does, without its terminal.
//!
//! One thread reads, others decode, process and write the rows of one document each ([`made`]); the calling thread puts them into
//! files in the order of the input and keeps the [`ledger`] of what it has seen. The files are the same bytes whatever the
//! number of threads.

mod duplicate;
mod ledger;
mod made;
mod record;
mod sorter;
mod store;
mod summary;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::batch::{self, BatchOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::export::brat;
use crate::export::csv::{CsvOptions, Lines};
use crate::export::output::{FileId, Output};
use crate::export::rows::TableSet;
use crate::export::table::Table;
use crate::pipeline::Pipeline;
use crate::read::{self, RawDocument, ReadOptions};

use ledger::{Entry, Ledger, Outcome};
use made::{Made, MadeDocument, Maker};

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
            write_brat: false,
            resume: false,
            dictionaries: Vec::new(),
        }
    }

    /// Whether rows of tables are made.
    fn needs_tables(&self) -> bool {
        self.write_csv || self.write_xlsx
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
    let skip = sink.resumed;
    let mut reading = options.read.clone();
    reading.leave_out = fs::canonicalize(&options.out).ok();
    batch::ordered(
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
        sink.output.pause()?;
        return Ok(sink.report(true));
    }
    sink.finish()
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
    remarks: Vec<String>,
    resumed: u64,
    /// Warnings and guarded cells of the item at hand.
    warnings: u64,
    guarded: u64,
}

/// Failures that a report names.
const NAMED_FAILURES: usize = 10;

impl<'a> Sink<'a> {
    fn begin(options: &'a RunOptions, maker: &'a Maker<'a>, monitor: &'a Monitor) -> Result<Self> {
        let brat = options.out.join("brat");
        if options.write_brat && brat.exists() {
            let reason = "annotations are there already, and somebody may have worked on them: move them away first";
            return Err(Error::new(ErrorKind::Write, reason).at(brat));
        }
        let mut output = Output::begin(&options.out, &record::settings(options), options.resume)?;
        let mut tables = Vec::new();
        for table in Table::ALL {
            // Errors are told whatever is wanted.
            if options.needs_tables() && options.tables.has(table) || table == Table::Errors {
                let keep = options.write_csv || table == Table::Errors;
                tables.push((table, output.file(&format!("{}.csv", table.name()), keep)?));
            }
        }
        let json = match options.write_jsonl {
            true => Some(output.file("documents.jsonl", true)?),
            false => None,
        };
        let mut ledger = Ledger::new(&output.aside(""));
        let resumed = output.replay(|outcome: Outcome, entry: Entry| {
            let id = outcome.id.as_ref().unwrap_or(&entry.id);
            ledger.duplicate(id, &entry)?;
            ledger.add(entry, &outcome)
        })?;
        let sink = Sink {
            options,
            maker,
            monitor,
            output,
            tables,
            json,
            ledger,
            failures: Vec::new(),
            remarks: Vec::new(),
            resumed,
            warnings: 0,
            guarded: 0,
        };
        if resumed > 0 {
            Ok(sink)
        } else {
            sink.with_headers()
        }
    }

    fn with_headers(mut self) -> Result<Self> {
        for (table, file) in self.tables.clone() {
            let mut header = Lines::default();
            if self.options.csv.bom {
                header.bytes.extend_from_slice("\u{FEFF}".as_bytes());
            }
            let mut row = header.row(self.options.csv);
            for column in table.columns() {
                row.text(column.name);
            }
            row.finish();
            self.output.append(file, &header.bytes)?;
        }
        Ok(self)
    }

    fn take(&mut self, made: Made) -> Result<()> {
        (self.warnings, self.guarded) = (0, 0);
        match made {
            Made::Document(mut made) => {
                let outcome = self.document(&mut made)?;
                self.output.note(&outcome, &made.note)?;
                self.ledger.add(std::mem::take(&mut made.entry), &outcome)?;
                self.maker.discard(made.doc);
                Ok(())
            }
            Made::Failure { id, error } => {
                self.error(&id, &error, true)?;
                if self.failures.len() < NAMED_FAILURES {
                    self.failures.push(error.to_string());
                }
                let entry = Entry::failure(error.kind().as_str());
                let outcome = self.outcome();
                let note = serde_json::to_vec(&entry)
                    .map_err(|e| Error::new(ErrorKind::Bug, e.to_string()))?;
                self.output.note(&outcome, &note)?;
                self.ledger.add(entry, &outcome)
            }
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome {
            warnings: self.warnings,
            guarded: self.guarded,
            ..Outcome::default()
        }
    }

    fn document(&mut self, made: &mut MadeDocument) -> Result<Outcome> {
        let at = |error: Error, made: &MadeDocument| {
            let error = error.at(&made.provenance.path);
            match made.provenance.line {
                Some(line) => error.on_line(line),
                None => error,
            }
        };
        let other = self.ledger.other_id(made.doc.id())?;
        if let Some(id) = &other {
            let reason = format!(
                "another document has the id {:?}: this one is called {id:?}",
                made.doc.id()
            );
            let warning = at(Error::new(ErrorKind::Collision, reason), made);
            self.error(id, &warning, false)?;
            made.doc.source.id.clone_from(id);
            self.maker.encode(made);
        }
        if made.provenance.damaged > 0 {
            let reason = format!(
                "{} characters could not be read as {} and were replaced by U+FFFD",
                made.provenance.damaged, made.provenance.encoding
            );
            let warning = at(Error::new(ErrorKind::Damaged, reason), made);
            self.error(made.doc.id(), &warning, false)?;
        }
        let duplicate = self.ledger.duplicate(made.doc.id(), &made.entry)?;
        let lines = &mut made.rows.tables[Table::Documents.index()];
        if !lines.bytes.is_empty() {
            let mut rest = lines.row_rest(self.options.csv);
            match &duplicate {
                Some(found) => rest
                    .text(&found.of)
                    .number((found.share * 100.0).round() / 100.0)
                    .finish(),
                None => rest.text("").text("").finish(),
            };
        }
        for &(table, file) in &self.tables {
            let lines = &made.rows.tables[table.index()];
            self.guarded += lines.guarded;
            self.output.append(file, &lines.bytes)?;
        }
        if let Some(file) = self.json {
            self.output.append(file, &made.json)?;
        }
        if self.options.write_brat {
            self.brat(made)?;
        }
        self.monitor.documents.fetch_add(1, Ordering::Relaxed);
        let bytes = made.doc.text.len() as u64;
        self.monitor.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(Outcome {
            id: other,
            is_duplicate: duplicate.is_some(),
            ..self.outcome()
        })
    }

    /// Text and annotations, each in a file.
    fn brat(&self, made: &MadeDocument) -> Result<()> {
        let stem = self
            .output
            .aside("brat")
            .join(brat::file_name(made.doc.id()));
        let write = |extension: &str, text: &str| {
            let mut path = stem.clone().into_os_string();
            path.push(extension);
            let path = PathBuf::from(path);
            path.parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, text))
                .map_err(|e| Error::new(ErrorKind::Write, e.to_string()).at(&path))
        };
        write(".txt", &made.doc.text)?;
        write(".ann", &made.brat)
    }

    /// Writes a failure or, where nothing is lost, a warning.
    fn error(&mut self, id: &str, error: &Error, lost: bool) -> Result<()> {
        self.warnings += u64::from(!lost);
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
        self.guarded += lines.guarded;
        match self.tables.iter().find(|(t, _)| *t == table) {
            Some(&(_, file)) => self.output.append(file, &lines.bytes),
            None => Ok(()),
        }
    }

    fn report(self, stopped: bool) -> Report {
        Report {
            counts: self.ledger.counts,
            failures: self.failures,
            remarks: self.remarks,
            resumed: self.resumed,
            stopped,
        }
    }

    fn finish(mut self) -> Result<Report> {
        self.guarded = 0;
        if let Some(summary) = self.ledger.take_summary() {
            summary.write(self.options.csv, |lines| self.append(Table::Summary, lines))?;
        }
        self.ledger.counts.guarded += self.guarded;
        let mut asides = Vec::new();
        if self.options.write_xlsx {
            self.output.pause()?;
            self.workbook()?;
            asides.push(WORKBOOK);
        }
        if self.options.write_brat && self.output.aside("brat").exists() {
            asides.push("brat");
        }
        let record = record::record(self.options, &self.ledger);
        let path = self.output.aside("run.json");
        fs::write(&path, record)
            .map_err(|e| Error::new(ErrorKind::Write, e.to_string()).at(&path))?;
        asides.push("run.json");
        self.output.finish(&asides)?;
        Ok(self.report(false))
    }

    #[cfg(feature = "xlsx")]
    fn workbook(&mut self) -> Result<()> {
        let wanted: Vec<_> = self
            .tables
            .iter()
            .filter(|(table, _)| self.options.tables.has(*table))
            .map(|&(table, file)| (table, self.output.path(file)))
            .collect();
        let to = self.output.aside(WORKBOOK);
        let over = crate::export::workbook::write_workbook(&to, &wanted, self.options.csv)?;
        if over.sheets > 0 {
            self.remarks.push(format!(
                "{WORKBOOK}: a sheet holds 1,048,576 rows; {} more sheets hold the rest (named _2, _3 …)",
                over.sheets
            ));
        }
        if over.cut > 0 {
            self.remarks.push(format!(
                "{WORKBOOK}: a cell holds 32,767 characters; {} longer texts were cut (CSV and JSONL have them whole)",
                over.cut
            ));
        }
        Ok(())
    }

    #[cfg(not(feature = "xlsx"))]
    fn workbook(&mut self) -> Result<()> {
        let reason = "this build writes no workbooks (feature \"xlsx\")";
        Err(Error::new(ErrorKind::Write, reason))
    }
}

/// Name of the workbook.
const WORKBOOK: &str = "glagol.xlsx";
