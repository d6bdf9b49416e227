//! Speed of the quote stage over articles of our own, one thread: `cargo bench --bench quotes`.
//!
//! The bench asserts how many quotations it found, so that a faster run is not one that does less. Each text is taken at two
//! lengths: where the longer one goes at a lower speed, some work is no longer linear.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use glagol::document::Source;
use glagol::pipeline::Stage;
use glagol::{Document, Pipeline, Scratch};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

/// Copies of each text in one document: some 100 KB, and eight times that.
const COPIES: [usize; 2] = [1, 8];

/// Articles, and a dialogue in which pronouns speak; how often each makes 100 KB, and quotations in one copy at least.
fn text(name: &str) -> (String, usize) {
    let (one, copies) = match name {
        "ru" => (include_str!("data/ru.txt"), 7),
        "en" => (include_str!("data/en.txt"), 14),
        "ru dialogue" => (
            "— Где мост? — спросил Пётр Лунин.\n\n— Моста нет, — сказал он.\n\nПо его словам, мост не нужен.",
            600,
        ),
        _ => (
            "“Where is the bridge?” asked Peter Marsh.\n\n“There is none,” he said. He said that nobody needed it.",
            1000,
        ),
    };
    let least = if name.ends_with("dialogue") { 3 } else { 20 };
    (format!("{one}\n\n").repeat(copies), copies * least)
}

fn main() {
    divan::main();
}

#[divan::bench(args = ["ru", "en", "ru dialogue", "en dialogue"], consts = COPIES)]
fn find_quotes<const TIMES: usize>(bencher: Bencher<'_, '_>, name: &str) {
    let (text, least) = text(name);
    let mut scratch = Scratch::default();
    let document = Document::new(Source::default(), text.repeat(TIMES));
    let mut doc = PIPELINE.process_document(document, &mut scratch);
    let least = least * TIMES;
    assert!(doc.quotes.len() >= least, "{} quotations", doc.quotes.len());
    let bytes = doc.text.len();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(move || {
            PIPELINE.work(Stage::Quotes, &mut doc, &mut scratch);
            black_box(doc.quotes.len())
        });
}
