//! Speed of the quote stage over articles of our own, one thread: `cargo bench --bench quotes`.
//!
//! The bench asserts how many quotations it found, so that a faster run is not one that does less.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use glagol::document::Source;
use glagol::{Document, Pipeline, Scratch, quotes};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

/// Copies of the articles in one document.
const COPIES: usize = 40;

fn main() {
    divan::main();
}

#[divan::bench(args = ["ru", "en"])]
fn find_quotes(bencher: Bencher<'_, '_>, lang: &str) {
    let one = match lang {
        "ru" => include_str!("data/ru.txt"),
        _ => include_str!("data/en.txt"),
    };
    let text = format!("{one}\n\n").repeat(COPIES);
    let mut scratch = Scratch::default();
    let doc = PIPELINE.process_document(Document::new(Source::default(), text), &mut scratch);
    let least = COPIES * 20;
    assert!(doc.quotes.len() > least, "{} quotations", doc.quotes.len());
    let bytes = doc.text.len();
    let mut doc = doc;
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(move || {
            quotes::find_quotes(PIPELINE.resources(), &mut scratch, &mut doc);
            black_box(doc.quotes.len())
        });
}
