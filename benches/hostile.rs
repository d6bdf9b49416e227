//! Speed of the whole way over texts that are the worst case of some step: `cargo bench --bench hostile`.
//!
//! Beside the time stands the speed; none may be under a megabyte a second.

#[path = "../tests/common/hostile.rs"]
mod hostile;

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use glagol::document::Source;
use glagol::export::csv::CsvOptions;
use glagol::export::rows::{Provenance, Rows, RowsOf, TableSet};
use glagol::export::write_json;
use glagol::{Document, OffsetMap, Pipeline, Scratch};
use hostile::GENERATORS;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

const SIZE: usize = 256 << 10;

fn main() {
    divan::main();
}

fn names() -> impl Iterator<Item = &'static str> {
    // Markdown has a reader before the pipeline; its texts go through that here as they are.
    let all = GENERATORS.iter().chain(hostile::MARKDOWN);
    all.map(|(name, _)| *name)
}

#[divan::bench(args = names(), sample_count = 5, sample_size = 1)]
fn whole(bencher: Bencher<'_, '_>, name: &str) {
    let mut all = GENERATORS.iter().chain(hostile::MARKDOWN);
    let Some((_, make)) = all.find(|(other, _)| *other == name) else {
        return;
    };
    let doc = Document::new(Source::default(), make(SIZE));
    let mut scratch = Scratch::default();
    bencher
        .counter(BytesCount::new(doc.text.len()))
        .bench_local(|| {
            let doc = PIPELINE.process_document(doc.clone(), &mut scratch);
            let map = OffsetMap::new(&doc.text);
            let (mut rows, mut json) = (Rows::default(), Vec::new());
            RowsOf::new(&doc, &map, CsvOptions::default()).write(
                TableSet::ALL,
                &Provenance::default(),
                &mut rows,
            );
            write_json(&doc, &map, &mut json).expect("writes to memory");
            black_box((rows, json))
        });
}
