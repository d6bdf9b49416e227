//! Work grows with the text and not with its square, and tables with the text, for texts that are the worst case of some step. Work is
//! counted in time of the processor that this thread had, where the system tells it; a text four times as long may take five times as much.
#![cfg(feature = "cli")]

mod common;
#[path = "common/hostile.rs"]
mod hostile;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Instant;

use common::Folder;
use glagol::document::{Document, Source};
use glagol::export::csv::CsvOptions;
use glagol::export::rows::{Provenance, Rows, RowsOf, TableSet};
use glagol::export::write_json;
use glagol::read::{self, Position, Progress, RawDocument, ReadOptions};
use glagol::{OffsetMap, Pipeline, Scratch};
use hostile::{GENERATORS, MARKDOWN};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

/// Bytes of the shorter text.
const SHORT: usize = 32 << 10;
/// How many times as long the other one is, and how many times as much work it may take.
const LONGER: usize = 4;
const MOST: f64 = 5.0;
/// Measurements of each at most; the least counts, for a machine can only add to it.
const TIMES: usize = 5;
/// Nanoseconds that are measured at least.
const ENOUGH: u64 = 60_000_000;
/// Bytes of tables for each byte of the text, beside a megabyte.
const CSV: usize = 80;

/// Nanoseconds of the processor that this thread had.
fn work(since: Instant) -> u64 {
    fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| since.elapsed().as_nanos() as u64)
}

/// Work on one text, and bytes of its tables and of its JSON line.
fn once(text: &str, scratch: &mut Scratch) -> (usize, usize) {
    let source = Source {
        id: "any.txt".into(),
        ..Source::default()
    };
    let doc = Document::new(source, text.to_owned());
    let doc = PIPELINE.process_document(doc, scratch);
    let map = OffsetMap::new(&doc.text);
    let mut rows = Rows::default();
    let options = CsvOptions::default();
    RowsOf::new(&doc, &map, options).write(TableSet::ALL, &Provenance::default(), &mut rows);
    let mut json = Vec::new();
    write_json(&doc, &map, &mut json).expect("writes to memory");
    assert!(doc.sentences.iter().all(|s| s.tokens.range().len() <= 2000));
    let csv = rows.tables.iter().map(|table| table.bytes.len()).sum();
    (csv, json.len())
}

/// Nanoseconds that so many rounds of `f` take.
fn rounds(times: usize, mut f: impl FnMut()) -> u64 {
    let start = Instant::now();
    let before = work(start);
    (0..times).for_each(|_| f());
    work(start) - before
}

/// How many times as much work the longer text is, and nanoseconds for it. The shorter one is done as many times more often as it is shorter,
/// and both so often that the clock, which may tick 250 times a second, tells enough.
fn growth(mut short: impl FnMut(), mut long: impl FnMut()) -> (f64, f64) {
    let mut times = 1;
    while rounds(times, &mut long) < ENOUGH && times < 1 << 12 {
        times *= 2;
    }
    let (mut least, mut least_long) = (u64::MAX, u64::MAX);
    for _ in 0..TIMES {
        least = least.min(rounds(times * LONGER, &mut short));
        least_long = least_long.min(rounds(times, &mut long));
        if (least_long as f64) < least as f64 * MOST / LONGER as f64 * 0.9 {
            break;
        }
    }
    let ratio = least_long as f64 / least.max(1) as f64 * LONGER as f64;
    (ratio, least_long as f64 / times as f64)
}

/// Bytes of the shorter text, as the environment or `usual` says.
fn short(usual: usize) -> usize {
    let said = std::env::var("GLAGOL_SCALING").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(usual)
}

#[test]
fn work_and_rows_grow_with_the_text() {
    let only = std::env::var("GLAGOL_ONLY").ok();
    let mut scratch = Scratch::default();
    let mut told = String::new();
    let mut faults = Vec::new();
    for &(name, make) in GENERATORS {
        if only.as_deref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let (text, long) = (make(short(SHORT)), make(short(SHORT) * LONGER));
        let (csv, json) = once(&long, &mut scratch);
        let mut other = Scratch::default();
        let (ratio, time) = growth(
            || _ = once(&text, &mut scratch),
            || _ = once(&long, &mut other),
        );
        let exponent = ratio.ln() / (LONGER as f64).ln();
        let speed = long.len() as f64 / time * 1e3;
        let (csv_share, json_share) = (csv / long.len(), json / long.len());
        told += &format!(
            "{name}: {ratio:.1} times (exponent {exponent:.2}), {speed:.2} MB/s, CSV {csv_share}, JSON {json_share}\n"
        );
        if ratio > MOST {
            faults.push(format!("{name}: {ratio:.1} times as much work"));
        }
        if csv > long.len() * CSV + (1 << 20) {
            faults.push(format!(
                "{name}: {csv_share} bytes of tables for one of text"
            ));
        }
    }
    println!("{told}");
    assert!(faults.is_empty(), "{told}\n{}", faults.join("\n"));
}

#[test]
fn markdown_is_read_in_time_that_grows_with_it() {
    let folder = Folder::new("markdown-scaling");
    let options = ReadOptions::default();
    let decode = |path: &PathBuf| {
        let mut give = |raw: glagol::Result<RawDocument>| {
            let read = raw.and_then(|raw| raw.decode(&options)).expect("Markdown");
            assert!(read.document.source.id.ends_with(".md"));
            ControlFlow::Continue(())
        };
        let from = (Position::default(), Progress::default());
        read::read(
            std::slice::from_ref(path),
            &options,
            from.0,
            &from.1,
            &mut give,
        )
        .expect("reads");
    };
    for &(name, make) in MARKDOWN {
        let text = folder.write("short.md", make(SHORT * 4));
        let long = folder.write("long.md", make(SHORT * 4 * LONGER));
        let (ratio, _) = growth(|| decode(&text), || decode(&long));
        assert!(ratio < MOST, "{name}: {ratio:.1} times as much work");
    }
}
