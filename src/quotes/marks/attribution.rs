//! What punctuation alone shows of an attribution behind speech: «, — сказал», «! — сказал», «,” said».
//!
//! Input: tokens of a paragraph; output: whether, or where, one begins. Words are looked at for their letter case only.

use crate::document::Document;
use crate::document::{Gap, LetterCase, TokenKind};

/// First token in `from..end` where «, — сказал» or «! — сказал» begins: the comma, or what follows the stop.
pub(super) fn attribution_after(doc: &Document, from: usize, end: usize) -> Option<usize> {
    (from + 1..end).find_map(|i| {
        if doc.tokens[i].kind != TokenKind::Dash
            || doc.tokens[i].gap == Gap::None && !comma(doc, i - 1)
        {
            return None;
        }
        let next = doc.tokens.get(i + 1).filter(|_| i + 1 < end)?;
        if next.kind != TokenKind::Word || next.case != LetterCase::Lower {
            return None;
        }
        match doc.tokens[i - 1].kind {
            TokenKind::Comma => Some(i - 1),
            TokenKind::Stop if doc.tokens[i - 1].span.slice(&doc.text) != "." => Some(i),
            _ => None,
        }
    })
}

fn comma(doc: &Document, i: usize) -> bool {
    doc.tokens[i].kind == TokenKind::Comma
}

/// Whether what follows the closing mark at `close` looks like «», — сказал» or «,” said».
pub(super) fn followed_by_attribution(doc: &Document, close: usize, end: usize) -> bool {
    let kind = |i: usize| doc.tokens.get(i).filter(|_| i < end).map(|t| t.kind);
    let word = |i: usize| kind(i) == Some(TokenKind::Word);
    let inner = close
        .checked_sub(1)
        .map(|i| &doc.tokens[i])
        .is_some_and(|t| {
            t.kind == TokenKind::Comma
                || t.kind == TokenKind::Stop && t.span.slice(&doc.text) != "."
        });
    match kind(close + 1) {
        Some(TokenKind::Comma) => match kind(close + 2) {
            Some(TokenKind::Dash) => word(close + 3),
            _ => word(close + 2),
        },
        Some(TokenKind::Dash) => word(close + 2) && doc.tokens[close + 2].case == LetterCase::Lower,
        Some(TokenKind::Word) => inner,
        _ => false,
    }
}
