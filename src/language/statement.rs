//! What is kept of the words that a pattern found without marks.
//!
//! Input: token ranges with their attribution; output: a [`Draft`] without punctuation at its ends, or nothing.

use super::types::{Attribution, Draft};
use crate::document::{QuoteKind, Side, TokenKind, TokenRange};
use crate::span::Span;
use crate::view::View;

/// Token ranges as one indirect quotation; nothing where no words of its own are left: words in marks are quotations themselves.
pub fn statement(
    view: &View<'_>,
    parts: &[(usize, usize)],
    attribution: Attribution,
) -> Option<Draft> {
    let mut spans: Vec<Span> = Vec::with_capacity(parts.len());
    let (mut first, mut last) = (usize::MAX, 0);
    for &(a, b) in parts {
        let Some((a, b)) = trim(view, a, b) else {
            continue;
        };
        spans.push(view.doc.tokens[a].span.cover(view.doc.tokens[b - 1].span));
        first = first.min(a);
        last = last.max(b);
    }
    if spans.is_empty() || (first..last).all(|i| view.is_masked(i) || !view.token(i).is_wordlike())
    {
        return None;
    }
    let (rule, confidence) = (attribution.rule, attribution.confidence);
    Some(Draft {
        kind: QuoteKind::Indirect,
        parts: spans,
        tokens: TokenRange::new(first, last),
        attribution: Some(attribution),
        setting: None,
        rule,
        confidence,
    })
}

/// Takes punctuation off both ends; marks stay where they pair within.
fn trim(view: &View<'_>, mut a: usize, mut b: usize) -> Option<(usize, usize)> {
    let loose = |i: usize| {
        matches!(
            view.kind(i),
            TokenKind::Comma
                | TokenKind::Dash
                | TokenKind::Stop
                | TokenKind::Colon
                | TokenKind::Semicolon
        )
    };
    while a < b
        && (loose(a) || view.kind(a) == TokenKind::Bracket && view.token(a).side == Side::Close)
    {
        a += 1;
    }
    while a < b
        && (loose(b - 1)
            || view.kind(b - 1) == TokenKind::Bracket && view.token(b - 1).side == Side::Open)
    {
        b -= 1;
    }
    (a < b).then_some((a, b))
}
