//! `glagol run`: a run of the library, with progress, signals and a summary.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use glagol::export::output::PARTIAL;
use glagol::read::{self, Format, Packing, Walked};
use glagol::run::{DictionaryNote, Monitor, Report, RunOptions};
use glagol::{Error, ErrorKind};

use super::arguments::{OutputFormat, RunArgs};
use super::{BROKE_OFF, INTERRUPTED, SOME_FAILED, USAGE, print, tell};

pub fn run(args: &RunArgs) -> u8 {
    let mut options = match args.options() {
        Ok(options) => options,
        Err(e) => {
            tell(&format!("glagol: {e}"));
            return USAGE;
        }
    };
    if let Err(e) = options.check() {
        tell(&format!("glagol: {e}"));
        return USAGE;
    }
    if args.dry_run {
        return dry_run(&options);
    }
    let loaded = super::pipeline(&args.dict).and_then(|pipeline| {
        for path in &args.dict {
            let bytes = std::fs::read(path)
                .map_err(|e| Error::new(ErrorKind::Read, e.to_string()).at(path))?;
            let note = DictionaryNote::new(path.display().to_string(), &bytes);
            options.dictionaries.push(note);
        }
        Ok(pipeline)
    });
    let pipeline = match loaded {
        // Kept to the end of the program: taking it apart would only take time.
        Ok(pipeline) => Box::leak(Box::new(pipeline)),
        Err(e) => {
            tell(&format!("glagol: {e}"));
            return USAGE;
        }
    };
    // A panic is told in errors.csv, with its place, and not on the terminal.
    super::panics::keep_quiet();
    let monitor: &'static Monitor = Box::leak(Box::default());
    stop_on_signal(monitor);
    let started = Instant::now();
    let ran = std::thread::scope(|scope| {
        let (done, is_done) = std::sync::mpsc::channel::<()>();
        if !args.quiet {
            let (monitor, options) = (&*monitor, &options);
            scope.spawn(move || super::progress::show(monitor, options, &is_done));
        }
        let ran = glagol::run::run(pipeline, &options, monitor);
        drop(done);
        ran
    });
    match ran {
        Ok(report) if report.stopped => {
            tell(&format!(
                "Interrupted after {} documents. What is done is kept; the same command with --resume goes on from there.",
                report.counts.documents
            ));
            INTERRUPTED
        }
        Ok(report) => {
            if !args.quiet {
                summarise(&report, monitor, started.elapsed(), args);
            }
            if report.counts.errors > 0 {
                SOME_FAILED
            } else {
                0
            }
        }
        Err(e) => {
            tell(&format!("glagol: {e}"));
            // Nothing was done by this run: it could not begin.
            if e.kind() == ErrorKind::Format || monitor.documents.load(Ordering::Relaxed) == 0 {
                return USAGE;
            }
            if options.out.join(PARTIAL).exists() {
                tell(
                    "The run broke off. What is done is kept; the same command with --resume goes on from there.",
                );
            } else {
                tell("The run broke off, and nothing of it is left.");
            }
            BROKE_OFF
        }
    }
}

#[cfg(feature = "ctrlc")]
fn stop_on_signal(monitor: &'static Monitor) {
    // The second signal ends the program at once; without a handler the first does, and --resume works all the same.
    let _ = ctrlc::set_handler(move || {
        if monitor.stop.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
}

#[cfg(not(feature = "ctrlc"))]
fn stop_on_signal(_: &'static Monitor) {}

/// Lists what would be read.
fn dry_run(options: &RunOptions) -> u8 {
    let (mut files, mut bytes, mut skipped, mut broken) = (0u64, 0u64, 0u64, 0u64);
    let mut read = options.read.clone();
    read.leave_out = std::fs::canonicalize(&options.out).ok();
    for input in &options.inputs {
        if input.as_os_str() == "-" {
            print("-\tstandard input");
            continue;
        }
        let _: ControlFlow<()> = read::walk(input, &read, &mut |found| {
            match found {
                Walked::File { path, id, named } => {
                    let (packing, format) = read::of_name(&id);
                    let format = format.or(read.format).or(named.then_some(Format::Text));
                    let size = std::fs::metadata(&path).map_or(0, |m| m.len());
                    let how = match (packing, format) {
                        (Packing::Plain, Some(format)) => format.as_str().to_owned(),
                        (packing, Some(format)) if packing.is_single() => {
                            format!("{} in {}", format.as_str(), packing.as_str())
                        }
                        (packing, _) => packing.as_str().to_owned(),
                    };
                    files += 1;
                    bytes += size;
                    print(&format!("{}\t{how}\t{size} bytes\tid {id}", path.display()));
                }
                Walked::Skipped { path } => {
                    skipped += 1;
                    print(&format!("{}\tnot read", path.display()));
                }
                Walked::Broken(e) => {
                    broken += 1;
                    print(&format!("{e}"));
                }
                _ => {}
            }
            ControlFlow::Continue(())
        });
    }
    print(&format!(
        "{files} files to read, {bytes} bytes; {skipped} not read; {broken} cannot be read"
    ));
    if broken > 0 { SOME_FAILED } else { 0 }
}

fn summarise(report: &Report, monitor: &Monitor, elapsed: Duration, args: &RunArgs) {
    let counts = &report.counts;
    let seconds = elapsed.as_secs_f64();
    let (documents, bytes) = super::progress::of_this_run(monitor);
    let megabytes = bytes as f64 / 1e6;
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
        documents as f64 / seconds
    ));
    if counts.duplicates > 0 {
        tell(&format!(
            "{} repeat an earlier document (documents.csv: duplicate_of); without them {} documents",
            counts.duplicates,
            counts.documents - counts.duplicates
        ));
    }
    if report.resumed > 0 {
        tell(&format!(
            "{} of these were taken over from the run that was broken off",
            report.resumed
        ));
    }
    for remark in &report.remarks {
        tell(remark);
    }
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
    if counts.warnings > 0 {
        tell(&format!(
            "{} warnings in {}",
            counts.warnings,
            args.out.join("errors.csv").display()
        ));
    }
    if counts.guarded > 0 && args.format.contains(&OutputFormat::Csv) {
        tell(&format!(
            "{} cells begin like a formula and got an apostrophe in front (--raw-cells leaves them as they are)",
            counts.guarded
        ));
    }
}
