//! Training of the tagger: documents with marked entities -> a weights file (see [`crate::tag::crf`]).
//!
//! [`gold`] reads marked documents, [`descent`] learns weights from them, [`evaluation`] compares what weights find with what is marked.
//! Everything drawn by chance comes from a fixed seed ([`chance`]): the same data gives the same bytes.

mod chance;
mod descent;
mod evaluation;
mod gold;
pub mod rename;

pub(super) use chance::Chance;
pub use descent::train;
pub use evaluation::{Agreement, differences, evaluate};
pub use gold::join_texts;
pub(super) use gold::{GoldDocument, read_line};

use crate::document::{Document, Source};
use crate::error::Result;
use crate::pipeline::{Pipeline, Scratch, Stage};
use crate::tag::crf;
use gold::{gold_spans, labels, make_legal};

/// One sentence: features of each token, with the flags of [`crf::document_features`], and labels.
struct Example {
    features: Vec<Vec<u32>>,
    labels: Vec<u8>,
}

/// How the training goes.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: usize,
    /// First step length.
    pub rate: f32,
    /// Strength of the pull of every touched weight towards zero.
    pub decay: f32,
    /// Share of sentences whose dictionary features are left out, so that the model does not lean on lists alone.
    pub dropout: f32,
    /// Share of sentences whose names are taken for words never seen, so that the model does not learn them by heart.
    pub blind: f32,
    /// Rounds of training whose weights are averaged.
    pub rounds: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            epochs: 14,
            rate: 0.1,
            decay: 2e-5,
            dropout: 0.15,
            blind: 0.0,
            rounds: 4,
        }
    }
}

/// Documents of one file, ready to learn from.
#[derive(Default)]
pub struct TrainingSet {
    examples: Vec<Example>,
}

impl TrainingSet {
    /// Adds the documents of a JSON lines text for which `keep` says yes to the id.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] with file and line where a line is no such document.
    pub fn add(
        &mut self,
        pipeline: &Pipeline,
        file: &str,
        text: &str,
        keep: impl Fn(usize, &str) -> bool,
    ) -> Result<()> {
        let mut scratch = Scratch::default();
        for (n, line) in text.lines().enumerate() {
            let gold = read_line(file, n, line)?;
            if keep(n, &gold.id) {
                self.add_document(pipeline, &mut scratch, gold);
            }
        }
        Ok(())
    }

    fn add_document(&mut self, pipeline: &Pipeline, scratch: &mut Scratch, gold: GoldDocument) {
        let spans = gold_spans(&gold);
        let mut doc = Document::new(Source::default(), gold.text);
        pipeline.work(Stage::Clean, &mut doc, scratch);
        pipeline.work(Stage::Segment, &mut doc, scratch);
        let entries = &pipeline.dictionaries().entries;
        let with = pipeline.look(scratch, |words, lexicon| {
            let (mut hits, mut marks) = (Vec::new(), Vec::new());
            crate::tag::find_hits(words.known, lexicon, &doc, &mut hits);
            crf::mark_hits(entries, &doc, &hits, &mut marks);
            crf::document_features(&doc, words, &marks)
        });
        let labels = labels(&doc, &spans);
        for sentence in &doc.sentences {
            let range = sentence.tokens.range();
            let mut labels = labels[range.clone()].to_vec();
            make_legal(&mut labels);
            self.examples.push(Example {
                features: with[range].to_vec(),
                labels,
            });
        }
    }

    /// Number of sentences.
    pub fn len(&self) -> usize {
        self.examples.len()
    }

    /// Whether it holds no sentence.
    pub fn is_empty(&self) -> bool {
        self.examples.is_empty()
    }
}
