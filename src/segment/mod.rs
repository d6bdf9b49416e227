//! Blocks -> tokens and sentences.
//!
//! Invariant: tokens and sentences are ordered, disjoint, on character boundaries, and with the white space between them give
//! back the text. A sentence never crosses a block.

mod token;

pub(crate) use token::tokenize;
pub use token::{Gap, LetterCase, Token, TokenKind};

use crate::document::{Document, Sentence, TokenRange};
use crate::error::Result;
use crate::lexicon::WordId;
use crate::pipeline::{Resources, Scratch};
use crate::span::Span;

/// The sentence splitter with its abbreviations.
pub struct Segmenter {}

impl Segmenter {
    /// Loads the abbreviations that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        Ok(Segmenter {})
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
    for (index, block) in blocks.iter().enumerate() {
        let first = tokens.len();
        tokenize(text, block.span, tokens);
        let mut start = first;
        for i in first..tokens.len() {
            let last = i + 1 == tokens.len();
            let boundary = tokens[i].kind == TokenKind::Stop
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
    scratch.words.extend(tokens.iter().map(|t| match t.kind {
        TokenKind::Word | TokenKind::Abbreviation | TokenKind::Initial => {
            scratch.lexicon.word(resources, t.span.slice(text))
        }
        _ => WordId::NONE,
    }));
}
