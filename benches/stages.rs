//! Speed of each stage after the language layer, one thread: `cargo bench --bench stages`.
//!
//! One long document of our own articles goes through all earlier stages first; then the stage at hand runs over it again and again.
//! Every bench asserts that it finds what it found the first time, so that a faster run is not one that does less.

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use glagol::document::Source;
use glagol::pipeline::Resources;
use glagol::{Document, Pipeline, Scratch, amounts, quotes, resolve, segment, tag};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

const RUSSIAN: &str = include_str!("data/ru.txt");

/// Copies of the articles in the document.
const COPIES: usize = 10;

fn main() {
    divan::main();
}

/// A stage: what it does to a document, and how many things it has then found.
type Stage = (
    fn(&Resources, &mut Scratch, &mut Document),
    fn(&Document) -> usize,
);

const CLEAN: Stage = (|r, _, d| r.cleaner.find_blocks(d), |d| d.blocks.len());
const SEGMENT: Stage = (segment::split, |d| d.tokens.len());
const TAG: Stage = (tag::find_mentions, |d| d.mentions.len());
const AMOUNTS: Stage = (amounts::find_amounts, |d| d.amounts.len() + d.dates.len());
const RESOLVE: Stage = (resolve::link_mentions, |d| d.entities.len());
const QUOTES: Stage = (quotes::find_quotes, |d| d.quotes.len());

fn run(bencher: Bencher<'_, '_>, before: &[Stage], (work, count): Stage) {
    let resources = PIPELINE.resources();
    let mut scratch = Scratch::default();
    let mut doc = Document::new(Source::default(), RUSSIAN.repeat(COPIES));
    for (earlier, _) in before {
        earlier(resources, &mut scratch, &mut doc);
    }
    let ready = doc.clone();
    work(resources, &mut scratch, &mut doc);
    let expected = count(&doc);
    assert!(expected > 0, "the stage finds nothing");
    bencher
        .counter(BytesCount::new(doc.text.len()))
        .with_inputs(|| ready.clone())
        .bench_local_refs(|doc| {
            work(resources, &mut scratch, doc);
            assert_eq!(count(doc), expected);
        });
}

#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    run(bencher, &[], CLEAN);
}

#[divan::bench]
fn segment_warm(bencher: Bencher<'_, '_>) {
    run(bencher, &[CLEAN], SEGMENT);
}

#[divan::bench]
fn tag_mentions(bencher: Bencher<'_, '_>) {
    run(bencher, &[CLEAN, SEGMENT], TAG);
}

#[divan::bench]
fn find_amounts(bencher: Bencher<'_, '_>) {
    run(bencher, &[CLEAN, SEGMENT, TAG], AMOUNTS);
}

#[divan::bench]
fn resolve_mentions(bencher: Bencher<'_, '_>) {
    run(bencher, &[CLEAN, SEGMENT, TAG, AMOUNTS], RESOLVE);
}

#[divan::bench]
fn find_quotes(bencher: Bencher<'_, '_>) {
    run(bencher, &[CLEAN, SEGMENT, TAG, AMOUNTS, RESOLVE], QUOTES);
}
