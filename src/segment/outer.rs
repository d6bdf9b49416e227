//! Sentences that do not end inside a quotation.
//!
//! Input: a document with its sentences; output: the same, joined where the marks of one stand open.

use crate::document::{Document, Sentence, TokenRange};
use crate::document::{Side, TokenKind};

/// The sentences of a document with quotations kept whole: sentences of one block are joined while a quotation mark that was
/// opened in them stands open.
///
/// ```
/// let glagol = glagol::Pipeline::new()?;
/// let doc = glagol.process("Он сказал: «Мы готовы. Начнём завтра». Все ушли.");
/// assert_eq!(doc.sentences.len(), 3);
/// assert_eq!(glagol::segment::outer_sentences(&doc).len(), 2);
/// # Ok::<(), glagol::Error>(())
/// ```
pub fn outer_sentences(doc: &Document) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::with_capacity(doc.sentences.len());
    let mut depth = 0i32;
    let mut straight = false;
    for sentence in &doc.sentences {
        match out.last_mut() {
            Some(last) if last.block == sentence.block && (depth > 0 || straight) => {
                last.span = last.span.cover(sentence.span);
                last.tokens = TokenRange {
                    start: last.tokens.start,
                    end: sentence.tokens.end,
                };
            }
            _ => {
                (depth, straight) = (0, false);
                out.push(*sentence);
            }
        }
        for token in &doc.tokens[sentence.tokens.range()] {
            if token.kind != TokenKind::Quote {
                continue;
            }
            match (token.span.slice(&doc.text), token.side) {
                ("\"", _) => straight = !straight,
                (_, Side::Open) => depth += 1,
                (_, Side::Close) => depth = (depth - 1).max(0),
                _ => {}
            }
        }
    }
    out
}
