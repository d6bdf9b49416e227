//! What threads made -> the files of a run, in the order of the input; and the end of a run.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crate::error::{Error, ErrorKind, Result};
use crate::export::brat;
use crate::export::csv::Lines;
use crate::export::output::{FileId, Output};
use crate::export::table::Table;
use crate::read::Position;

use super::ledger::{Entry, Ledger, Outcome};
use super::made::{Made, MadeDocument, Maker};
use super::options::RunOptions;
use super::packed::Pack;
use super::{Monitor, Report, packed, record};

/// Puts what threads made into files, in order.
pub(super) struct Sink<'a> {
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

/// Folder of the brat files.
const BRAT: &str = "brat";
/// Failures that a report names.
const NAMED_FAILURES: usize = 10;

impl<'a> Sink<'a> {
    pub fn begin(
        options: &'a RunOptions,
        maker: &'a Maker<'a>,
        monitor: &'a Monitor,
    ) -> Result<Self> {
        let brat = options.out.join(BRAT);
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
            if !entry.is_failure() {
                ledger.take_id(&entry.id)?;
            }
            let id = outcome.id.as_ref().unwrap_or(&entry.id);
            if options.write_brat && !entry.is_failure() {
                ledger.take_path(id)?;
            }
            ledger.duplicate(id, &entry)?;
            ledger.add(&entry, &outcome)
        })?;
        for (done, taken_over, count) in [
            (
                &monitor.documents,
                &monitor.resumed_documents,
                ledger.counts.documents,
            ),
            (&monitor.bytes, &monitor.resumed_bytes, ledger.counts.bytes),
        ] {
            done.store(count, Ordering::Relaxed);
            taken_over.store(count, Ordering::Relaxed);
        }
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

    /// Takes what a thread made of the next item.
    pub fn take(&mut self, made: Made) -> Result<()> {
        (self.warnings, self.guarded) = (0, 0);
        match made {
            Made::Document(mut made) => {
                let outcome = self.document(&mut made)?;
                self.output.note(&outcome, &made.note)?;
                self.ledger.add(&made.entry, &outcome)?;
                self.maker.reuse(made);
                Ok(())
            }
            Made::Failure { id, error } => {
                let is_lost = error.kind() != ErrorKind::Skipped;
                self.row_of_error(&id, &error, is_lost)?;
                if is_lost && self.failures.len() < NAMED_FAILURES {
                    self.failures.push(error.to_string());
                }
                let entry = Entry::failure(&error);
                let outcome = self.outcome();
                let note = serde_json::to_vec(&entry)
                    .map_err(|e| Error::new(ErrorKind::Bug, e.to_string()))?;
                self.output.note(&outcome, &note)?;
                self.ledger.add(&entry, &outcome)
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
        let other = self.ledger.take_id(&made.source.id)?;
        if let Some(id) = &other {
            let reason = format!(
                "another document has the id {:?}: this one is called {id:?}",
                made.source.id
            );
            let warning = at(Error::new(ErrorKind::Collision, reason), made);
            self.warn(id, &warning)?;
            self.maker.rename(made, id);
        }
        if made.provenance.damaged > 0 {
            let characters = match made.provenance.damaged {
                1 => "1 character".to_owned(),
                n => format!("{n} characters"),
            };
            let reason = format!(
                "{characters} that could not be read as {} became U+FFFD",
                made.provenance.encoding
            );
            let warning = at(Error::new(ErrorKind::Damaged, reason), made);
            self.warn(&made.source.id, &warning)?;
        }
        for remark in std::mem::take(&mut made.provenance.remarks) {
            let warning = at(Error::new(ErrorKind::Format, remark), made);
            self.warn(&made.source.id, &warning)?;
        }
        if !made.provenance.cut.is_empty() {
            let what = made.provenance.cut.join(" and ");
            let reason = format!("{what} longer than rows should hold, and cut");
            let warning = at(Error::new(ErrorKind::Limit, reason), made);
            self.warn(&made.source.id, &warning)?;
        }
        if let Some(limit) = &made.provenance.limit {
            let reason = format!("the page was read as text, tag by tag: {limit}");
            let warning = at(Error::new(ErrorKind::Limit, reason), made);
            self.warn(&made.source.id, &warning)?;
        }
        let duplicate = self.ledger.duplicate(&made.source.id, &made.entry)?;
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
        let bytes = made.text.len() as u64;
        self.monitor.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(Outcome {
            id: other,
            is_duplicate: duplicate.is_some(),
            ..self.outcome()
        })
    }

    /// Text and annotations, each in a file.
    fn brat(&mut self, made: &MadeDocument) -> Result<()> {
        let name = self.ledger.take_path(&made.source.id)?;
        let stem = self.output.aside(BRAT).join(name);
        let file = |extension: &str, text: &str| {
            let mut path = stem.clone().into_os_string();
            path.push(extension);
            let path = PathBuf::from(path);
            path.parent()
                .map_or(Ok(()), fs::create_dir_all)
                .map_err(|e| Error::new(ErrorKind::Write, e.to_string()).at(&path))?;
            write(&path, text)
        };
        file(".txt", &made.text)?;
        file(".ann", &made.brat)
    }

    /// Writes a warning: nothing is lost.
    fn warn(&mut self, id: &str, warning: &Error) -> Result<()> {
        self.warnings += 1;
        self.row_of_error(id, warning, false)
    }

    fn row_of_error(&mut self, id: &str, error: &Error, lost: bool) -> Result<()> {
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

    /// Where the input stands behind all items so far.
    pub fn position(&self) -> Position {
        self.ledger.position
    }

    /// A place beside the unfinished files for something that is not kept.
    pub fn aside(&self, name: &str) -> PathBuf {
        self.output.aside(name)
    }

    /// Ends before the end, so that the run can be taken up.
    pub fn stop(mut self) -> Result<Report> {
        self.output.pause()?;
        Ok(self.report(true))
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

    /// Ends the run: the summary, what is made of finished tables, and all files get their names.
    pub fn finish(mut self) -> Result<Report> {
        self.guarded = 0;
        if let Some(summary) = self.ledger.take_summary() {
            summary.write(self.options.csv, |lines| self.append(Table::Summary, lines))?;
        }
        self.ledger.counts.guarded += self.guarded;
        self.output.pause()?;
        let mut asides = Vec::new();
        if self.options.write_xlsx || self.options.write_parquet {
            let wanted: Vec<_> = self
                .tables
                .iter()
                .filter(|(table, _)| self.options.tables.has(*table))
                .map(|&(table, file)| (table, self.output.path(file)))
                .collect();
            let place = |name: &str| self.output.aside(name);
            if self.options.write_xlsx {
                let remarks = packed::workbook(&wanted, self.options.csv, &place)?;
                self.remarks.extend(remarks);
                asides.push(packed::WORKBOOK.to_owned());
            }
            if self.options.write_parquet {
                asides.extend(packed::parquet(&wanted, self.options.csv, &place)?);
            }
        }
        if let Some(how) = self.options.pack {
            asides.extend(self.pack(how)?);
        }
        let brat = self.output.aside(BRAT);
        if self.options.write_brat && brat.exists() {
            write(&brat.join("annotation.conf"), &brat::configuration())?;
            asides.push(BRAT.to_owned());
        }
        let record = record::record(self.options, &self.ledger, &self.remarks);
        write(&self.output.aside("run.json"), &record)?;
        asides.push("run.json".to_owned());
        self.output.finish(&asides)?;
        for (field, count) in &self.ledger.missing {
            self.remarks.push(format!(
                "{count} records lack the field that --{field}-field names"
            ));
        }
        let older = self.older(&asides);
        if !older.is_empty() {
            self.remarks.push(format!(
                "{} holds files of an earlier run, too: {}",
                self.options.out.display(),
                older.join(", ")
            ));
        }
        Ok(self.report(false))
    }

    /// Packs the files that are kept; gives the names. What they are made of stays to the end, so that a run that is killed here is taken
    /// up here.
    fn pack(&mut self, how: Pack) -> Result<Vec<String>> {
        let tables = self.tables.iter().filter(|_| self.options.write_csv);
        let tables = tables.filter(|(table, _)| *table != Table::Errors);
        let files: Vec<FileId> = tables.map(|&(_, file)| file).chain(self.json).collect();
        let mut names = Vec::new();
        for file in files {
            let path = self.output.path(file).to_path_buf();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{name}.{}", how.as_str());
            packed::pack(how, &path, &self.output.aside(&name))?;
            self.output.drop_file(file);
            names.push(name);
        }
        Ok(names)
    }

    /// Files of the folder that only another run can have written there.
    fn older(&self, asides: &[String]) -> Vec<String> {
        let options = self.options;
        let kept = |table: Table| self.tables.iter().any(|(t, _)| *t == table);
        let mut names = Vec::new();
        let ending = options.pack.map(|pack| format!(".{}", pack.as_str()));
        let mut tell = |name: String, is_written: bool, is_packed: bool| {
            for other in ["", ".gz", ".zst"] {
                let own = match &ending {
                    Some(ending) if is_packed => other == ending,
                    _ => other.is_empty(),
                };
                if !(is_written && own) {
                    names.push(format!("{name}{other}"));
                }
            }
        };
        for table in Table::ALL {
            let is_written = kept(table) && (options.write_csv || table == Table::Errors);
            let name = format!("{}.csv", table.name());
            tell(name, is_written, table != Table::Errors);
        }
        tell("documents.jsonl".to_owned(), options.write_jsonl, true);
        names.extend(Table::ALL.map(|table| format!("{}.parquet", table.name())));
        names.extend([packed::WORKBOOK.to_owned(), BRAT.to_owned()]);
        names.retain(|name| !asides.contains(name) && options.out.join(name).exists());
        names
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|e| Error::new(ErrorKind::Write, e.to_string()).at(path))
}
