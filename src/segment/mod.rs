//! Blocks -> tokens and sentences.
//!
//! Invariant: tokens and sentences are ordered, disjoint, on character boundaries, and with the white space between them give
//! back the text. A sentence never crosses a block.

mod abbreviation;
mod address;
mod token;

pub use token::{Gap, LetterCase, Side, Token, TokenKind};

use abbreviation::{Abbreviations, gap_between};

use once_cell::sync::OnceCell;

use crate::document::{Document, Lang, Sentence, TokenRange};
use crate::error::Result;
use crate::lexicon::WordId;
use crate::pipeline::{Resources, Scratch};
use crate::span::Span;

static ABBREVIATIONS: OnceCell<Abbreviations> = OnceCell::new();

/// The sentence splitter with its abbreviations.
pub struct Segmenter {
    abbreviations: &'static Abbreviations,
}

/// Appends the tokens of `text[within]`, cut as those of a Russian block are: for the words of dictionary names.
pub(crate) fn tokenize(text: &str, within: Span, out: &mut Vec<Token>) {
    if let Ok(abbreviations) = ABBREVIATIONS.get_or_try_init(Abbreviations::new) {
        token::tokenize(text, within, Gap::Paragraph, Lang::Ru, abbreviations, out);
    }
}

impl Segmenter {
    /// Loads the abbreviations that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        Ok(Segmenter {
            abbreviations: ABBREVIATIONS.get_or_try_init(Abbreviations::new)?,
        })
    }
}

/// Fills `doc.tokens`, `doc.sentences` and `scratch.words`.
pub fn split(resources: &Resources, scratch: &mut Scratch, doc: &mut Document) {
    doc.tokens.clear();
    doc.sentences.clear();
    scratch.words.clear();
    let Document {
        text,
        tokens,
        sentences,
        blocks,
        ..
    } = doc;
    let abbreviations = resources.segmenter.abbreviations;
    let mut gap = Gap::Paragraph;
    for (index, block) in blocks.iter().enumerate() {
        let first = tokens.len();
        if let Some(before) = index.checked_sub(1).and_then(|i| blocks.get(i)) {
            gap = gap_between(
                text.get(before.span.end()..block.span.start())
                    .unwrap_or("\n\n"),
            );
        }
        token::tokenize(text, block.span, gap, block.lang, abbreviations, tokens);
        let mut start = first;
        for i in first..tokens.len() {
            let last = i + 1 == tokens.len();
            let ends = match tokens[i].kind {
                TokenKind::Stop => true,
                TokenKind::Abbreviation => abbreviations.may_end(
                    tokens[i].span.slice(text),
                    text,
                    tokens[i].span.end(),
                    &tokens[first..i],
                ),
                _ => false,
            };
            let boundary = ends
                && !last
                && tokens[i + 1].gap != Gap::None
                && tokens[i + 1].case != LetterCase::Lower;
            if last || boundary {
                sentences.push(Sentence {
                    span: Span {
                        start: tokens[start].span.start,
                        end: tokens[i].span.end,
                    },
                    tokens: TokenRange::new(start, i + 1),
                    block: index as u32,
                });
                start = i + 1;
            }
        }
    }
    scratch.words.extend(tokens.iter().map(|t| {
        if t.is_wordlike() {
            scratch.lexicon.word(resources, t.span.slice(text))
        } else {
            WordId::NONE
        }
    }));
}
