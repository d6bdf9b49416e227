//! `glagol run`: inputs -> tables in a folder, with progress and a summary.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use clap::Args;
use glagol::run::{Monitor, Report, RunOptions};
use indicatif::{ProgressBar, ProgressStyle};

use super::{BROKE_OFF, SOME_FAILED, USAGE, tell};

#[derive(Args)]
pub struct RunArgs {
    /// Files and folders to read; - is standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the tables; made where it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Threads; as many as there are cores where none is given.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "N")]
    threads: usize,
    /// What to write.
    #[arg(long, value_delimiter = ',', default_values = ["csv", "jsonl"])]
    format: Vec<OutputFormat>,
    /// A dictionary of your own (CSV); may be given several times.
    #[arg(long, value_name = "FILE")]
    dict: Vec<PathBuf>,
    /// Leave out the byte-order mark at the head of CSV files (Excel then misreads Cyrillic).
    #[arg(long)]
    no_bom: bool,
    /// Character between the cells of CSV files.
    #[arg(long, default_value = ",", value_name = "CHAR")]
    delimiter: char,
    /// Leave cells as they are that a spreadsheet would take for formulas.
    #[arg(long)]
    raw_cells: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OutputFormat {
    /// One CSV file a table.
    Csv,
    /// documents.jsonl, one document a line.
    Jsonl,
}

pub fn run(args: &RunArgs) -> u8 {
    let Some(delimiter) = u8::try_from(args.delimiter)
        .ok()
        .filter(|d| d.is_ascii() && *d != b'"')
    else {
        tell("glagol: the delimiter must be one ASCII character");
        return USAGE;
    };
    let mut options = RunOptions::new(args.inputs.clone(), args.out.clone());
    options.csv.delimiter = delimiter;
    options.csv.bom = !args.no_bom;
    options.csv.guard = !args.raw_cells;
    options.write_csv = args.format.contains(&OutputFormat::Csv);
    options.write_jsonl = args.format.contains(&OutputFormat::Jsonl);
    options.batch.threads = args.threads;
    let pipeline = match super::pipeline(&args.dict) {
        Ok(pipeline) => pipeline,
        Err(e) => {
            tell(&format!("glagol: {e}"));
            return USAGE;
        }
    };
    let started = Instant::now();
    let monitor = Monitor::default();
    let ran = std::thread::scope(|scope| {
        let (done, is_done) = std::sync::mpsc::channel::<()>();
        if !args.quiet && std::io::stderr().is_terminal() {
            let monitor = &monitor;
            scope.spawn(move || show_progress(monitor, &is_done));
        }
        let ran = glagol::run::run(&pipeline, &options, &monitor);
        drop(done);
        ran
    });
    match ran {
        Ok(report) => {
            if !args.quiet {
                summarise(&report, started.elapsed(), args);
            }
            if report.counts.errors > 0 {
                SOME_FAILED
            } else {
                0
            }
        }
        Err(e) => {
            tell(&format!("glagol: {e}"));
            if monitor.documents.load(Ordering::Relaxed) == 0 {
                USAGE
            } else {
                BROKE_OFF
            }
        }
    }
}

fn show_progress(monitor: &Monitor, is_done: &std::sync::mpsc::Receiver<()>) {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    let started = Instant::now();
    while is_done.recv_timeout(Duration::from_millis(100))
        == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
    {
        let seconds = started.elapsed().as_secs_f64();
        let documents = monitor.documents.load(Ordering::Relaxed);
        let megabytes = monitor.bytes.load(Ordering::Relaxed) as f64 / 1e6;
        bar.set_message(format!(
            "{documents} documents, {:.0}/s, {:.1} MB/s",
            documents as f64 / seconds,
            megabytes / seconds
        ));
    }
    bar.finish_and_clear();
}

fn summarise(report: &Report, elapsed: Duration, args: &RunArgs) {
    let counts = &report.counts;
    let seconds = elapsed.as_secs_f64();
    let megabytes = counts.bytes as f64 / 1e6;
    tell(&format!(
        "{} documents, {} sentences, {} mentions of {} entities, {} amounts, {} quotes",
        counts.documents,
        counts.sentences,
        counts.mentions,
        counts.entities,
        counts.amounts,
        counts.quotes
    ));
    tell(&format!(
        "{megabytes:.1} MB in {seconds:.1} s: {:.1} MB/s, {:.0} documents/s",
        megabytes / seconds,
        counts.documents as f64 / seconds
    ));
    if counts.documents + counts.errors == 0 {
        tell("There was nothing to read: no file of a known format.");
    }
    if counts.errors > 0 {
        tell(&format!(
            "{} failed; all are in {}:",
            counts.errors,
            args.out.join("errors.csv").display()
        ));
        for failure in &report.failures {
            tell(&format!("  {failure}"));
        }
    }
    if counts.guarded > 0 && args.format.contains(&OutputFormat::Csv) {
        tell(&format!(
            "{} cells begin like a formula and got an apostrophe in front (--raw-cells leaves them as they are)",
            counts.guarded
        ));
    }
}
