//! What weights find, against what is marked in a text.
//!
//! Input: a weights file and marked documents as in [`super::gold`]; output: counts by type, or the names that differ.

use super::gold::{gold_spans, labels, read_line};
use crate::document::{Document, Source};
use crate::error::Result;
use crate::pipeline::{Pipeline, Scratch, Stage};
use crate::tag::crf::{self, Model};

/// How many entities are in the gold, were found, and were found rightly (span and type).
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreement {
    /// In the gold.
    pub gold: usize,
    /// Found.
    pub found: usize,
    /// Found with the very span and type.
    pub right: usize,
}

impl Agreement {
    /// Adds the counts of another part.
    pub fn add(&mut self, other: Agreement) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Compares what a weights file finds with the gold of a JSON lines text, by type (people, organisations, places) in the
/// project's own convention, on the documents for which `keep` says yes to their number.
///
/// # Errors
/// As [`super::TrainingSet::add`]; and where the weights file does not load.
pub fn evaluate(
    pipeline: &Pipeline,
    weights: &[u8],
    file: &str,
    text: &str,
    keep: impl Fn(usize) -> bool,
) -> Result<[Agreement; 3]> {
    let mut sums = [Agreement::default(); 3];
    compare(
        pipeline,
        weights,
        file,
        text,
        keep,
        |_, _, wanted, found| {
            for &(_, _, kind) in wanted {
                sums[kind].gold += 1;
            }
            for stretch in found {
                sums[stretch.2].found += 1;
                sums[stretch.2].right += usize::from(wanted.contains(stretch));
            }
        },
    )?;
    Ok(sums)
}

/// Gives the gold and the found stretches of every document that `keep` lets through.
fn compare(
    pipeline: &Pipeline,
    weights: &[u8],
    file: &str,
    text: &str,
    keep: impl Fn(usize) -> bool,
    mut each: impl FnMut(&Document, &str, &[Stretch], &[Stretch]),
) -> Result<()> {
    let model = Model::load(weights, weights)?;
    let entries = &pipeline.dictionaries().entries;
    let mut scratch = Scratch::default();
    let (mut hits, mut marks, mut tagged) = (Vec::new(), Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate() {
        if !keep(n) {
            continue;
        }
        let gold = read_line(file, n, line)?;
        let spans = gold_spans(&gold);
        let mut doc = Document::new(Source::default(), gold.text);
        pipeline.work(Stage::Clean, &mut doc, &mut scratch);
        pipeline.work(Stage::Segment, &mut doc, &mut scratch);
        pipeline.look(&mut scratch, |words, lexicon| {
            // What the columns keep of words is of the pipeline's own model.
            let columns = crf::Columns::default();
            let words = crf::Words {
                columns: &columns,
                ..words
            };
            crate::tag::find_hits(words.known, lexicon, &doc, &mut hits);
            crf::mark_hits(entries, &doc, &hits, &mut marks);
            let mut cache = crf::Cache::default();
            model.tag(&doc, words, &marks, &mut cache, &mut tagged);
        });
        let found: Vec<Stretch> = tagged
            .iter()
            .map(|t| {
                let kind = crf::TYPES.iter().position(|k| *k == t.kind).unwrap_or(0);
                (t.tokens.start as usize, t.tokens.end as usize, kind)
            })
            .collect();
        each(&doc, &gold.id, &stretches(&labels(&doc, &spans)), &found);
    }
    Ok(())
}

/// First token, end, number of the type.
type Stretch = (usize, usize, usize);

/// What a weights file finds otherwise than the gold says: lines of id, `-` (missed) or `+` (too much), type, name.
///
/// # Errors
/// As [`evaluate`].
pub fn differences(
    pipeline: &Pipeline,
    weights: &[u8],
    file: &str,
    text: &str,
) -> Result<Vec<String>> {
    let mut out = Vec::new();
    compare(
        pipeline,
        weights,
        file,
        text,
        |_| true,
        |doc, id, wanted, found| {
            let line = |sign: char, &(start, end, kind): &(usize, usize, usize)| {
                let first = doc.tokens[start].span.start as usize;
                let last = doc.tokens[end - 1].span.end as usize;
                format!(
                    "{id} {sign} {} {}",
                    crf::TYPES[kind].as_str(),
                    &doc.text[first..last]
                )
            };
            out.extend(
                wanted
                    .iter()
                    .filter(|w| !found.contains(w))
                    .map(|w| line('-', w)),
            );
            out.extend(
                found
                    .iter()
                    .filter(|f| !wanted.contains(f))
                    .map(|f| line('+', f)),
            );
        },
    )?;
    Ok(out)
}

/// Labels -> (first token, end, type).
fn stretches(labels: &[u8]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let label = usize::from(label);
        match out.last_mut() {
            Some(last) if label != 0 && label % 2 == 0 && last.1 == i => last.1 = i + 1,
            _ if label != 0 => out.push((i, i + 1, (label - 1) / 2)),
            _ => {}
        }
    }
    out
}
