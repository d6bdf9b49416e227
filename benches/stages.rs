//! Speed of each stage after the language layer, one thread: `cargo bench --bench stages`.
//!
//! One long document of our own articles goes through all earlier stages first; then the stage at hand runs over it again and again.
//! Every bench asserts that it finds what it found the first time, so that a faster run is not one that does less.

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use glagol::document::Source;
use glagol::pipeline::Stage;
use glagol::{Document, Pipeline, Scratch};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

const RUSSIAN: &str = include_str!("data/ru.txt");

/// Copies of the articles in the document.
const COPIES: usize = 10;

fn main() {
    divan::main();
}

/// A stage, and how many things a document has after it.
type Work = (Stage, fn(&Document) -> usize);

const CLEAN: Work = (Stage::Clean, |d| d.blocks.len());
const SEGMENT: Work = (Stage::Segment, |d| d.tokens.len());
const TAG: Work = (Stage::Tag, |d| d.mentions.len());
const AMOUNTS: Work = (Stage::Amounts, |d| d.amounts.len() + d.dates.len());
const RESOLVE: Work = (Stage::Resolve, |d| d.entities.len());
const QUOTES: Work = (Stage::Quotes, |d| d.quotes.len());

fn run(bencher: Bencher<'_, '_>, (stage, count): Work) {
    let mut scratch = Scratch::default();
    let mut doc = Document::new(Source::default(), RUSSIAN.repeat(COPIES));
    for earlier in Stage::ALL.into_iter().take_while(|s| *s != stage) {
        PIPELINE.work(earlier, &mut doc, &mut scratch);
    }
    let ready = doc.clone();
    PIPELINE.work(stage, &mut doc, &mut scratch);
    let expected = count(&doc);
    assert!(expected > 0, "the stage finds nothing");
    bencher
        .counter(BytesCount::new(doc.text.len()))
        .with_inputs(|| ready.clone())
        .bench_local_refs(|doc| {
            PIPELINE.work(stage, doc, &mut scratch);
            assert_eq!(count(doc), expected);
        });
}

#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    run(bencher, CLEAN);
}

#[divan::bench]
fn segment_warm(bencher: Bencher<'_, '_>) {
    run(bencher, SEGMENT);
}

#[divan::bench]
fn tag_mentions(bencher: Bencher<'_, '_>) {
    run(bencher, TAG);
}

#[divan::bench]
fn find_amounts(bencher: Bencher<'_, '_>) {
    run(bencher, AMOUNTS);
}

#[divan::bench]
fn resolve_mentions(bencher: Bencher<'_, '_>) {
    run(bencher, RESOLVE);
}

#[divan::bench]
fn find_quotes(bencher: Bencher<'_, '_>) {
    run(bencher, QUOTES);
}
