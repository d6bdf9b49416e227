//! Speed of the stage that finds amounts and dates, alone, on one thread, over the articles of `corpus/`.
//!
//! `cargo bench --bench amounts` prints MB of UTF-8 a second; that the counts stay what they were is asserted.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use glagol::document::{Document, Source};
use glagol::pipeline::Stage;
use glagol::{Pipeline, Scratch};

/// Copies of the corpus in the text that is measured.
const COPIES: usize = 20;

/// Runs, of which the best counts.
const RUNS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let pipeline = Pipeline::new()?;
    for lang in ["ru", "en"] {
        let folder = format!("{}/corpus/{lang}", env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<_> = std::fs::read_dir(folder)?
            .filter_map(|e| e.ok().map(|e| e.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "txt"))
            .collect();
        paths.sort();
        let mut text = String::new();
        for path in &paths {
            text.push_str(&std::fs::read_to_string(path)?);
            text.push_str("\n\n");
        }
        let text = text.repeat(COPIES);
        let bytes = text.len();
        let mut scratch = Scratch::default();
        let mut doc = Document::new(Source::default(), text);
        pipeline.work(Stage::Clean, &mut doc, &mut scratch);
        pipeline.work(Stage::Segment, &mut doc, &mut scratch);
        let mut best = f64::INFINITY;
        for _ in 0..RUNS {
            let start = Instant::now();
            pipeline.work(Stage::Amounts, black_box(&mut doc), &mut scratch);
            best = best.min(start.elapsed().as_secs_f64());
        }
        assert!(
            doc.amounts.len() >= paths.len() * COPIES,
            "an article has an amount at least"
        );
        writeln!(
            out,
            "{lang}: {:.1} MB/s, {} amounts, {} dates in {:.1} MB",
            bytes as f64 / best / 1e6,
            doc.amounts.len(),
            doc.dates.len(),
            bytes as f64 / 1e6
        )?;
    }
    Ok(())
}
