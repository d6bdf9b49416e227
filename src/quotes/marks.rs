//! Quotation marks -> pairs, of every shape, nested, doubled, lost on one side, over several paragraphs.
//!
//! Input: tokens and blocks of a document. Output: [`Pair`]s in order of their outer start, longer first, nested but never
//! crossing. A pair is found within its paragraph first, so that an odd mark spoils nothing beyond it; marks that are left over
//! then look for a partner in the next paragraphs, or for the layout and the punctuation that show where the lost one stood.
//! Work is linear in the number of tokens: the stack of open marks and the number of paragraphs looked ahead are bounded.

use crate::document::{BlockKind, Document, TokenRange};
use crate::segment::{Gap, LetterCase, Side, Token, TokenKind};

/// Words between two marks, or between a mark and the place where its partner was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Tokens between the marks.
    pub inner: TokenRange,
    /// The same with the marks that are there.
    pub outer: TokenRange,
    /// Opening and closing mark stand in the text.
    pub whole: bool,
    /// The opening mark was lost, not the closing one.
    pub unopened: bool,
    /// Index of the pair that it stands in.
    pub parent: Option<u32>,
    /// Nothing but a single mark on each side (‘…’).
    pub single: bool,
}

/// A paragraph: one block's tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Index of its block.
    pub block: u32,
    /// First mark that opens and was not closed here.
    unclosed: Option<u32>,
    /// First mark that closes and was not opened here, with nothing left open before it.
    unopened: Option<u32>,
    /// Index of the pair that begins with the first token.
    leading: Option<u32>,
    /// First of its pairs, as they were found.
    first_pair: u32,
}

/// Deepest nesting; what is deeper is noise.
const DEPTH: usize = 8;
/// Paragraphs after the first that one speech may run on.
const PARAGRAPHS: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// « » << >>
    Angle,
    /// „ ,,
    Low,
    /// “
    Left,
    /// ”
    Right,
    /// " '' ``
    Straight,
    /// ' ’ ‘ ‚ ‹ ›
    Single,
}

fn shape(token: &Token, text: &str) -> Shape {
    match token.span.slice(text) {
        "«" | "»" | "<<" | ">>" => Shape::Angle,
        "„" | "‟" | ",," => Shape::Low,
        "“" | "‘‘" => Shape::Left,
        "”" | "’’" => Shape::Right,
        "\"" | "''" | "``" | "´´" => Shape::Straight,
        _ => Shape::Single,
    }
}

#[derive(Clone, Copy)]
struct Open {
    token: u32,
    shape: Shape,
}

/// Which way a mark is read, given the marks open before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Opens,
    Closes,
    Nothing,
}

/// The paragraphs of a document.
pub(super) fn paragraphs(doc: &Document) -> Vec<Paragraph> {
    let mut out = Vec::with_capacity(doc.blocks.len());
    let mut at = 0;
    for (index, block) in (0u32..).zip(&doc.blocks) {
        let start = at;
        while doc
            .tokens
            .get(at)
            .is_some_and(|t| t.span.start < block.span.end)
        {
            at += 1;
        }
        if start < at {
            out.push(Paragraph {
                tokens: TokenRange::new(start, at),
                block: index,
                unclosed: None,
                unopened: None,
                leading: None,
                first_pair: 0,
            });
        }
    }
    out
}

/// Pairs the marks of a document.
pub(super) fn pair(doc: &Document, paragraphs: &mut [Paragraph]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut lost: Vec<(usize, u32)> = Vec::new();
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        paragraph.first_pair = pairs.len() as u32;
        pair_paragraph(doc, paragraph, index, &mut pairs, &mut lost);
    }
    let mut dead = vec![false; pairs.len()];
    // Ordered and disjoint.
    let mut mended: Vec<Pair> = Vec::new();
    for (p, paragraph) in paragraphs.iter().enumerate() {
        let taken = mended.last().map_or(0, |q| q.outer.end);
        let Some(open) = paragraph.unclosed.filter(|&open| open >= taken) else {
            continue;
        };
        mended.extend(
            run_on(doc, paragraphs, p, open, &pairs, &mut dead)
                .or_else(|| close_lost(doc, paragraph, open)),
        );
    }
    let closed = mended.len();
    for (p, close) in lost {
        let next = mended[..closed].partition_point(|q| q.outer.start <= close);
        let covered = next > 0 && mended[next - 1].outer.end > close;
        if !covered {
            let until = paragraphs
                .get(p + 1)
                .map_or(pairs.len(), |n| n.first_pair as usize);
            let own = &pairs[paragraphs[p].first_pair as usize..until];
            mended.extend(open_lost(doc, &paragraphs[p], close, own));
        }
    }
    let mut live = dead.iter();
    pairs.retain(|_| !live.next().copied().unwrap_or(false));
    pairs.append(&mut mended);
    nest(pairs)
}

/// Pairs the marks of one paragraph; notes what is left over.
fn pair_paragraph(
    doc: &Document,
    paragraph: &mut Paragraph,
    index: usize,
    pairs: &mut Vec<Pair>,
    lost: &mut Vec<(usize, u32)>,
) {
    let text = &doc.text;
    let mut stack: [Open; DEPTH] = [Open {
        token: 0,
        shape: Shape::Straight,
    }; DEPTH];
    let mut depth = 0;
    for i in paragraph.tokens.range() {
        let token = &doc.tokens[i];
        if token.kind != TokenKind::Quote {
            continue;
        }
        let shape = shape(token, text);
        match read(doc, i, shape, &stack[..depth]) {
            Reading::Opens => {
                if depth < DEPTH {
                    stack[depth] = Open {
                        token: i as u32,
                        shape,
                    };
                    depth += 1;
                }
            }
            Reading::Closes => {
                let partner = partner(shape, &stack[..depth]);
                if let Some(at) = partner {
                    let open = stack[at].token;
                    if paragraph.tokens.start == open {
                        paragraph.leading = Some(pairs.len() as u32);
                    }
                    pairs.push(Pair {
                        inner: TokenRange::new(open as usize + 1, i),
                        outer: TokenRange::new(open as usize, i + 1),
                        whole: true,
                        unopened: false,
                        parent: None,
                        single: stack[at].shape == Shape::Single,
                    });
                    depth = at;
                } else if shape != Shape::Single {
                    if depth == 0 && paragraph.unopened.is_none() {
                        paragraph.unopened = Some(i as u32);
                    }
                    if lost.last().is_none_or(|&(p, _)| p != index) {
                        lost.push((index, i as u32));
                    } else if let Some(last) = lost.last_mut() {
                        // Of several, the last has most chance to stand before an attribution.
                        if followed_by_attribution(doc, i, paragraph.tokens.end as usize)
                            && !followed_by_attribution(
                                doc,
                                last.1 as usize,
                                paragraph.tokens.end as usize,
                            )
                        {
                            *last = (index, i as u32);
                        }
                    }
                }
            }
            Reading::Nothing => {}
        }
    }
    paragraph.unclosed = stack[..depth]
        .iter()
        .find(|o| o.shape != Shape::Single)
        .map(|o| o.token);
}

fn read(doc: &Document, i: usize, shape: Shape, stack: &[Open]) -> Reading {
    let token = &doc.tokens[i];
    let glued = i
        .checked_sub(1)
        .map(|j| &doc.tokens[j])
        .filter(|_| token.gap == Gap::None);
    let glued_after = doc.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None);
    let holds = |wanted: Shape| stack.iter().any(|o| o.shape == wanted);
    let by_side = |otherwise: Reading| match token.side {
        Side::Open => Reading::Opens,
        Side::Close => Reading::Closes,
        _ => otherwise,
    };
    match shape {
        Shape::Angle | Shape::Low => by_side(Reading::Opens),
        Shape::Right => {
            if token.side == Side::Open && stack.is_empty() {
                Reading::Opens
            } else {
                Reading::Closes
            }
        }
        Shape::Left => {
            let inner = stack.iter().rev().find(|o| o.shape != Shape::Single);
            match inner.map(|o| o.shape) {
                Some(Shape::Low) if token.side != Side::Open || token.gap == Gap::None => {
                    Reading::Closes
                }
                Some(_) => by_side(Reading::Opens),
                None if token.side == Side::Close => Reading::Closes,
                None => Reading::Opens,
            }
        }
        Shape::Straight => {
            // 5" is inches.
            let inches = glued.is_some_and(|t| t.kind == TokenKind::Number);
            if inches && !holds(Shape::Straight) {
                return Reading::Nothing;
            }
            let after_colon = glued.is_some_and(|t| t.kind == TokenKind::Colon) && glued_after;
            by_side(if after_colon || !holds(Shape::Straight) {
                Reading::Opens
            } else {
                Reading::Closes
            })
        }
        Shape::Single => {
            let open = stack.last().is_some_and(|o| o.shape == Shape::Single);
            let numeral = doc
                .tokens
                .get(i + 1)
                .is_some_and(|t| matches!(t.kind, TokenKind::Number | TokenKind::NumberWord));
            match token.side {
                Side::Open if !numeral => Reading::Opens,
                Side::Close | Side::Either if open => Reading::Closes,
                _ => Reading::Nothing,
            }
        }
    }
}

/// Which of the open marks a closing one belongs to: the nearest of its own shape, else the nearest double one.
fn partner(close: Shape, stack: &[Open]) -> Option<usize> {
    let fits = |open: Shape| match close {
        Shape::Right => matches!(open, Shape::Left | Shape::Low | Shape::Right),
        Shape::Left => matches!(open, Shape::Low | Shape::Left),
        other => open == other,
    };
    if close == Shape::Single {
        return stack.len().checked_sub(1).filter(|&i| fits(stack[i].shape));
    }
    stack
        .iter()
        .rposition(|o| fits(o.shape))
        .or_else(|| stack.iter().rposition(|o| o.shape != Shape::Single))
}

/// The pair of a mark that stays open over the end of its paragraph: the next paragraphs open it anew, or hold the mark that
/// closes it before any other mark opens.
fn run_on(
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
        parent: None,
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
fn close_lost(doc: &Document, paragraph: &Paragraph, open: u32) -> Option<Pair> {
    let first = open as usize + 1;
    let end = paragraph.tokens.end as usize;
    let half = |close: usize| {
        (first < close).then_some(Pair {
            inner: TokenRange::new(first, close),
            outer: TokenRange::new(first - 1, close),
            whole: false,
            unopened: false,
            parent: None,
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
fn open_lost(doc: &Document, paragraph: &Paragraph, close: u32, pairs: &[Pair]) -> Option<Pair> {
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
        parent: None,
        single: false,
    })
}

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

/// Whether the speech goes on after the attribution that begins at `at`: «. — Мы», «, — мы».
fn resumes(doc: &Document, at: usize, end: usize) -> bool {
    (at + 3..end).any(|i| {
        doc.tokens[i].kind == TokenKind::Dash
            && matches!(doc.tokens[i - 1].kind, TokenKind::Stop | TokenKind::Comma)
    })
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

/// Orders pairs, drops those that cross an earlier one or double another's marks, and finds each one's parent.
fn nest(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.retain(|p| !p.inner.is_empty());
    pairs.sort_by_key(|p| (p.outer.start, std::cmp::Reverse(p.outer.end)));
    let mut out: Vec<Pair> = Vec::with_capacity(pairs.len());
    let mut stack: Vec<u32> = Vec::new();
    for mut pair in pairs {
        while stack
            .last()
            .is_some_and(|&i| out[i as usize].outer.end <= pair.outer.start)
        {
            stack.pop();
        }
        if let Some(&top) = stack.last() {
            let above = &mut out[top as usize];
            if pair.outer.end > above.outer.end {
                continue;
            }
            if pair.outer == above.inner {
                // ««…»», ''«…»'': one quotation in two pairs of marks.
                above.inner = pair.inner;
                above.single &= pair.single;
                continue;
            }
        }
        pair.parent = stack.last().copied();
        stack.push(out.len() as u32);
        out.push(pair);
    }
    out
}
