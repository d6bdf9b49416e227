//! Speed of the whole way, one thread: `cargo bench --bench pipeline`.
//!
//! Articles of our own, each with a number of its own in the text so that no two are the same. Every bench asserts that the same
//! things are found each time, so that a faster run is not one that does less.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use glagol::document::Source;
use glagol::export::csv::CsvOptions;
use glagol::export::rows::{Provenance, Rows, RowsOf, TableSet};
use glagol::export::write_json;
use glagol::{Document, OffsetMap, Pipeline, Scratch};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

const RUSSIAN: &str = include_str!("data/ru.txt");
const ENGLISH: &str = include_str!("data/en.txt");

fn main() {
    divan::main();
}

/// Documents of about three thousand bytes: the lines of `text` in runs, each run with a number.
fn documents(text: &str) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut page = String::new();
    for line in text.lines().cycle().take(text.lines().count() * 20) {
        page.push_str(line);
        page.push('\n');
        if page.len() > 3000 {
            let n = documents.len();
            page.push_str(&format!("\nПродано {n} билетов.\n"));
            let source = Source {
                id: format!("{n}"),
                ..Source::default()
            };
            documents.push(Document::new(source, std::mem::take(&mut page)));
        }
    }
    documents
}

fn bytes(documents: &[Document]) -> usize {
    documents.iter().map(|d| d.text.len()).sum()
}

/// Mentions and quotes of all documents.
fn process(documents: &[Document], scratch: &mut Scratch) -> (usize, usize) {
    documents.iter().fold((0, 0), |(mentions, quotes), doc| {
        let doc = PIPELINE.process_document(doc.clone(), scratch);
        (mentions + doc.mentions.len(), quotes + doc.quotes.len())
    })
}

fn whole(bencher: Bencher<'_, '_>, text: &str) {
    let documents = documents(text);
    let mut scratch = Scratch::default();
    let expected = process(&documents, &mut scratch);
    assert!(
        expected.0 > documents.len() && expected.1 > documents.len(),
        "{expected:?}"
    );
    bencher
        .counter(BytesCount::new(bytes(&documents)))
        .bench_local(|| {
            assert_eq!(process(&documents, &mut scratch), expected);
        });
}

#[divan::bench]
fn pipeline_russian(bencher: Bencher<'_, '_>) {
    whole(bencher, RUSSIAN);
}

#[divan::bench]
fn pipeline_english(bencher: Bencher<'_, '_>) {
    whole(bencher, ENGLISH);
}

fn found() -> Vec<Document> {
    let mut scratch = Scratch::default();
    documents(RUSSIAN)
        .into_iter()
        .map(|doc| PIPELINE.process_document(doc, &mut scratch))
        .collect()
}

#[divan::bench]
fn export_csv(bencher: Bencher<'_, '_>) {
    let found = found();
    let mentions: usize = found.iter().map(|d| d.mentions.len()).sum();
    bencher
        .counter(BytesCount::new(bytes(&found)))
        .bench_local(|| {
            let (mut rows, mut written) = (0, Rows::default());
            for doc in &found {
                let map = OffsetMap::new(&doc.text);
                RowsOf::new(doc, &map, CsvOptions::default()).write(
                    TableSet::ALL,
                    &Provenance::default(),
                    &mut written,
                );
                rows += written.tables[glagol::export::table::Table::Mentions.index()].rows;
                black_box(&written);
            }
            assert_eq!(rows, mentions as u64);
        });
}

#[divan::bench]
fn export_json(bencher: Bencher<'_, '_>) {
    let found = found();
    let mut out = Vec::new();
    bencher
        .counter(BytesCount::new(bytes(&found)))
        .bench_local(|| {
            out.clear();
            for doc in &found {
                write_json(doc, &OffsetMap::new(&doc.text), &mut out).expect("written to memory");
            }
            assert_eq!(out.iter().filter(|&&b| b == b'\n').count(), found.len());
        });
}

#[divan::bench]
fn start(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        black_box(
            Pipeline::new()
                .expect("loads")
                .dictionaries()
                .entries
                .names
                .len(),
        )
    });
}
