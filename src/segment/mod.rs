//! Blocks -> tokens and sentences.
//!
//! Invariant: tokens and sentences are ordered, disjoint, on character boundaries, and with the white space between them give
//! back the text. A sentence never crosses a block, and has at most 2,000 tokens. Both passes are linear in the text.

mod abbreviation;
mod address;
mod characters;
mod outer;
mod scanner;
mod sentence;
mod word;

pub use outer::outer_sentences;

use abbreviation::Abbreviations;
use sentence::{Known, Splitter};

use std::sync::Arc;

use crate::document::{Document, Gap, Lang, Sentence, Token, TokenRange};
use crate::error::Result;
use crate::morph::Morphology;
use crate::span::Span;
use crate::tables::Tables;
use crate::words::{Lexicon, WordId, WordList};

/// The sentence splitter with its abbreviations.
pub struct Segmenter {
    abbreviations: Arc<Abbreviations>,
}

/// Appends the tokens of `text[within]`, cut as those of a Russian block are: for the words of dictionary names.
pub(crate) fn tokenize(text: &str, within: Span, out: &mut Vec<Token>) {
    if let Ok(abbreviations) = Abbreviations::compiled_in() {
        scanner::tokenize(text, within, Gap::Paragraph, Lang::Ru, abbreviations, out);
    }
}

impl Segmenter {
    /// Loads the abbreviations, domains and particles of `tables`.
    pub(crate) fn new(tables: &Tables) -> Result<Self> {
        let abbreviations = match tables.overlays().is_empty() {
            true => Abbreviations::compiled_in()?.clone(),
            false => Arc::new(Abbreviations::new(tables)?),
        };
        Ok(Segmenter { abbreviations })
    }
}

/// Fills `doc.tokens` and `doc.sentences`, and `words` with the word of each token, which `list` and `lexicon` learn, in blocks of
/// the languages `read`.
pub fn split(
    segmenter: &Segmenter,
    morphology: &Morphology,
    (list, lexicon): (&WordList, &mut Lexicon),
    read: &[Lang],
    doc: &mut Document,
    words: &mut Vec<WordId>,
) {
    doc.tokens.clear();
    doc.sentences.clear();
    words.clear();
    let Document {
        text,
        tokens,
        sentences,
        blocks,
        ..
    } = doc;
    // A token of news is eleven bytes long on average, a sentence two hundred.
    tokens.reserve(text.len() / 10);
    sentences.reserve(text.len() / 150);
    let abbreviations = &*segmenter.abbreviations;
    let mut gap = Gap::Paragraph;
    for (index, block) in blocks.iter().enumerate() {
        let first = tokens.len();
        if let Some(before) = index.checked_sub(1).and_then(|i| blocks.get(i)) {
            gap = gap_between(
                text.get(before.span.end()..block.span.start())
                    .unwrap_or("\n\n"),
            );
        }
        scanner::tokenize(text, block.span, gap, block.lang, abbreviations, tokens);
        // Words of languages that nobody reads have no facts: nothing is guessed from their forms.
        let ours = read.contains(&block.lang);
        words.extend(tokens[first..].iter().map(|t| {
            if ours && t.is_wordlike() {
                lexicon.word(list, morphology, t.span.slice(text))
            } else {
                WordId::NONE
            }
        }));
        let splitter = Splitter {
            text,
            tokens: &tokens[first..],
            words: &words[first..],
            list,
            abbreviations,
            known: Known::default(),
        };
        splitter.sentences(|from, to| {
            let (from, to) = (first + from, first + to);
            sentences.push(Sentence {
                span: tokens[from].span.cover(tokens[to - 1].span),
                tokens: TokenRange::new(from, to),
                block: index as u32,
            });
        });
    }
}

/// What stands between the end of one block and the start of the next.
fn gap_between(between: &str) -> Gap {
    match between.bytes().filter(|&b| b == b'\n').count() {
        0 if between.is_empty() => Gap::None,
        0 => Gap::Space,
        1 => Gap::Line,
        _ => Gap::Paragraph,
    }
}
