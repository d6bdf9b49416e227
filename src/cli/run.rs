//! `glagol run`: a run of the library, with progress, signals and a summary.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use glagol::export::output::PARTIAL;
use glagol::read::{self, Listed, Packing};
use glagol::run::{DictionaryNote, Monitor, Report, RunOptions};
use glagol::{Error, ErrorKind};

use super::arguments::RunArgs;
use super::terminal::{BROKE_OFF, INTERRUPTED, SOME_FAILED, USAGE, count, print, tell};

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
    let loaded = super::load::tables(args.data.as_deref()).and_then(|tables| {
        let pipeline = super::load::pipeline(&tables, &args.dict)?;
        options.data.extend(tables.overlays().iter().map(|overlay| {
            DictionaryNote::new(overlay.path().to_owned(), overlay.text().as_bytes())
        }));
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
                "Interrupted after {}. What is done is kept; the same command with --resume goes on from there.",
                count(report.counts.documents, "document")
            ));
            INTERRUPTED
        }
        Ok(report) => {
            if !args.quiet {
                summarise(&report, monitor, started.elapsed(), &options);
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

/// How long a run may take to end in order. What hangs on a pipe or a network would never end; all that is lost then is what was not
/// in the journal yet.
#[cfg(feature = "ctrlc")]
const PATIENCE: Duration = Duration::from_secs(10);

#[cfg(feature = "ctrlc")]
fn stop_on_signal(monitor: &'static Monitor) {
    let end = || {
        tell(
            "Interrupted. What is done is kept; the same command with --resume goes on from there.",
        );
        std::process::exit(i32::from(INTERRUPTED))
    };
    // The second signal ends the program at once; without a handler the first does, and --resume works all the same.
    let _ = ctrlc::set_handler(move || {
        if monitor.stop.swap(true, Ordering::Relaxed) {
            end();
        }
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            end();
        });
    });
}

#[cfg(not(feature = "ctrlc"))]
fn stop_on_signal(_: &'static Monitor) {}

/// Lists what would be read: a line a file with tabs between path, format and encoding, size, id, and fields of records.
fn dry_run(options: &RunOptions) -> u8 {
    let (mut files, mut members, mut bytes, mut documents) = (0u64, 0u64, 0u64, 0u64);
    let (mut skipped, mut broken) = (0u64, 0u64);
    let mut read = options.read.clone();
    read.leave_out = std::fs::canonicalize(&options.out).ok();
    if options.inputs.iter().any(|input| input.as_os_str() == "-") {
        let format = read
            .format
            .map_or("told by its first bytes", |format| format.as_str());
        print(&format!("-\tstandard input: {format}"));
    }
    read::list(&options.inputs, &read, &mut |listed| match listed {
        Listed::File {
            path,
            id,
            format,
            packing,
            bytes: size,
            encoding,
            fields,
            records,
            about,
            ..
        } => {
            files += 1;
            documents += u64::from(id.is_some());
            members += u64::from(!packing.is_single());
            bytes += size;
            let mut how = format.as_str().to_owned();
            if packing != Packing::Plain {
                how += &format!(" in {}", packing.as_str());
            }
            let id = match (id, records) {
                (None, _) => "no records".to_owned(),
                (Some(id), None) => format!("id {id}"),
                (Some(id), Some(records)) => {
                    documents += records - 1;
                    format!("{}, first id {id}", count(records, "record"))
                }
            };
            let used: Vec<String> = fields
                .iter()
                .map(|(role, name)| format!("{role} in {name}"))
                .collect();
            let fields = match used.is_empty() {
                true => String::new(),
                false => format!("\t{}", used.join(", ")),
            };
            let about: String = ["title", "date", "source"]
                .iter()
                .zip(about)
                .filter_map(|(what, value)| Some(format!("\t{what}: {}", value?)))
                .collect();
            print(&format!(
                "{path}\t{how}, {encoding}\t{}\t{id}{fields}{about}",
                count(size, "byte")
            ));
        }
        Listed::Skipped { path, reason, .. } => {
            skipped += 1;
            print(&format!("{path}\tnot read: {reason}"));
        }
        Listed::Broken(e) => {
            broken += 1;
            print(&format!("{e}"));
        }
        _ => {}
    });
    let inside = match members {
        0 => String::new(),
        members => format!(" ({members} of them in archives)"),
    };
    print(&format!(
        "{} to read{inside} with {}, {}; {skipped} not read; {broken} cannot be read",
        count(files, "file"),
        count(documents, "document"),
        count(bytes, "byte")
    ));
    if broken > 0 { SOME_FAILED } else { 0 }
}

fn summarise(report: &Report, monitor: &Monitor, elapsed: Duration, options: &RunOptions) {
    let counts = &report.counts;
    let seconds = elapsed.as_secs_f64();
    let (documents, bytes) = super::progress::of_this_run(monitor);
    let megabytes = bytes as f64 / 1e6;
    let errors = options.out.join("errors.csv");
    tell(&format!(
        "{}, {}, {} of {}, {}, {}",
        count(counts.documents, "document"),
        count(counts.sentences, "sentence"),
        count(counts.mentions, "mention"),
        count(counts.entities, "entity"),
        count(counts.amounts, "amount"),
        count(counts.quotes, "quote")
    ));
    tell(&format!(
        "{megabytes:.1} MB in {seconds:.1} s: {:.1} MB/s, {:.0} documents/s",
        megabytes / seconds,
        documents as f64 / seconds
    ));
    if counts.duplicates > 0 {
        tell(&format!(
            "{} repeat{} an earlier document (documents.csv: duplicate_of); without them {}",
            counts.duplicates,
            if counts.duplicates == 1 { "s" } else { "" },
            count(counts.documents - counts.duplicates, "document")
        ));
    }
    let is_read = |code: &str| options.languages.iter().any(|lang| lang.as_str() == code);
    let others: Vec<String> = counts
        .languages
        .iter()
        .filter(|(code, _)| !is_read(code))
        .map(|(code, documents)| format!("{code} {documents}"))
        .collect();
    if !others.is_empty() {
        tell(&format!(
            "Documents in other languages, in which nothing was looked for: {}",
            others.join(", ")
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
    if counts.skipped > 0 {
        tell(&format!(
            "{} passed over; run.json counts the reasons, and {} has a row for each",
            count(counts.skipped, "file"),
            errors.display()
        ));
    }
    if counts.errors > 0 {
        tell(&format!(
            "{} failed; all are in {}:",
            counts.errors,
            errors.display()
        ));
        for failure in &report.failures {
            tell(&format!("  {failure}"));
        }
    }
    if counts.warnings > 0 {
        tell(&format!(
            "{} in {}",
            count(counts.warnings, "warning"),
            errors.display()
        ));
    }
    if counts.guarded > 0 && options.write_csv {
        let cells = match counts.guarded {
            1 => "1 cell begins".to_owned(),
            n => format!("{n} cells begin"),
        };
        tell(&format!(
            "{cells} like a formula and got an apostrophe in front (--raw-cells leaves them as they are)"
        ));
    }
}
