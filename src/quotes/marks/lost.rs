//! Where speech ends or begins whose mark on one side is lost.
//!
//! Input: a mark without a partner in its paragraph; output: a [`Pair`] up to a mark of the next paragraphs, an attribution, or the
//! edge of the paragraph.

use super::Paragraph;
use super::attribution::{attribution_after, followed_by_attribution};
use super::shape::shape;
use crate::document::{BlockKind, Document, TokenRange};
use crate::document::{LetterCase, TokenKind};
use crate::language::types::Pair;

/// Paragraphs after the first that one speech may run on.
const PARAGRAPHS: usize = 12;

/// The pair of a mark that stays open over the end of its paragraph: the next paragraphs open it anew, or hold the mark that
/// closes it before any other mark opens.
pub(super) fn run_on(
    doc: &Document,
    paragraphs: &[Paragraph],
    p: usize,
    open: u32,
    pairs: &[Pair],
    dead: &mut [bool],
) -> Option<Pair> {
    let first = shape(&doc.tokens[open as usize], &doc.text);
    let end = paragraphs[p].tokens.end as usize;
    // Speech begins a sentence; a mark inside one is a name's that lost its partner.
    let begins = open == paragraphs[p].tokens.start
        || matches!(
            doc.tokens[open as usize - 1].kind,
            TokenKind::Stop | TokenKind::Colon | TokenKind::Dash | TokenKind::Quote
        );
    if !begins {
        return None;
    }
    // Speech that ends in an attribution lost its closing mark before it.
    let attributed =
        attribution_after(doc, open as usize + 1, end).is_some_and(|at| !resumes(doc, at, end));
    if attributed {
        return None;
    }
    let whole = |close: u32| Pair {
        inner: TokenRange::new(open as usize + 1, close as usize),
        outer: TokenRange::new(open as usize, close as usize + 1),
        whole: true,
        unopened: false,
        single: false,
    };
    for next in paragraphs.iter().skip(p + 1).take(PARAGRAPHS) {
        match doc.blocks[next.block as usize].kind {
            BlockKind::Body => {}
            BlockKind::Caption | BlockKind::Other => continue,
            _ => return None,
        }
        let start = &doc.tokens[next.tokens.start as usize];
        let opens = start.kind == TokenKind::Quote && shape(start, &doc.text) == first;
        if opens && next.unclosed == Some(next.tokens.start) {
            continue;
        }
        if opens && let Some(leading) = next.leading {
            // The last paragraph of a speech that every paragraph opens anew.
            let close = pairs[leading as usize].outer.end - 1;
            dead[leading as usize] = true;
            return Some(whole(close));
        }
        if opens {
            return None;
        }
        if let Some(close) = next.unopened
            && next.unclosed.is_none_or(|o| o > close)
        {
            return Some(whole(close));
        }
        if next.unclosed.is_some() {
            return None;
        }
    }
    None
}

/// The pair of a mark that is closed nowhere: up to the attribution in its paragraph, or, where it opens the paragraph or
/// follows a colon, up to the paragraph's end.
pub(super) fn close_lost(doc: &Document, paragraph: &Paragraph, open: u32) -> Option<Pair> {
    let first = open as usize + 1;
    let end = paragraph.tokens.end as usize;
    let half = |close: usize| {
        (first < close).then_some(Pair {
            inner: TokenRange::new(first, close),
            outer: TokenRange::new(first - 1, close),
            whole: false,
            unopened: false,
            single: false,
        })
    };
    if let Some(at) = attribution_after(doc, first, end) {
        return half(at);
    }
    let starts = open == paragraph.tokens.start
        || open
            .checked_sub(1)
            .is_some_and(|i| doc.tokens[i as usize].kind == TokenKind::Colon);
    let sentence = doc.tokens[end - 1].kind == TokenKind::Stop;
    if starts && sentence { half(end) } else { None }
}

/// The pair of a mark that closes what nothing opened: from the start of the paragraph, or of what follows the quotation or
/// the colon before it. The mark must stand before an attribution.
pub(super) fn open_lost(
    doc: &Document,
    paragraph: &Paragraph,
    close: u32,
    pairs: &[Pair],
) -> Option<Pair> {
    let close = close as usize;
    let range = paragraph.tokens.range();
    if !followed_by_attribution(doc, close, range.end) {
        return None;
    }
    let mut start = range.start;
    if let Some(before) = pairs.iter().rev().find(|q| {
        (q.outer.end as usize) < close
            && followed_by_attribution(doc, q.outer.end as usize - 1, range.end)
    }) {
        let from = before.outer.end as usize;
        start = 1 + (from..close).find(|&i| doc.tokens[i].kind == TokenKind::Stop)?;
    }
    // «X сказал: Мы придём», — a capital after the colon: speech begins there.
    if let Some(colon) = (start..close).find(|&i| doc.tokens[i].kind == TokenKind::Colon)
        && (start..colon).all(|i| doc.tokens[i].kind != TokenKind::Stop)
        && matches!(
            doc.tokens[colon + 1].case,
            LetterCase::Capital | LetterCase::Single
        )
    {
        start = colon + 1;
    }
    if doc
        .tokens
        .get(start)
        .is_some_and(|t| t.kind == TokenKind::Dash)
    {
        start += 1;
    }
    (start < close).then_some(Pair {
        inner: TokenRange::new(start, close),
        outer: TokenRange::new(start, close + 1),
        whole: false,
        unopened: true,
        single: false,
    })
}

/// Whether the speech goes on after the attribution that begins at `at`: «. — Мы», «, — мы».
fn resumes(doc: &Document, at: usize, end: usize) -> bool {
    (at + 3..end).any(|i| {
        doc.tokens[i].kind == TokenKind::Dash
            && matches!(doc.tokens[i - 1].kind, TokenKind::Stop | TokenKind::Comma)
    })
}
