//! Quotation marks -> pairs, of every shape, nested, doubled, lost on one side, over several paragraphs.
//!
//! Input: tokens and blocks of a document. Output: [`Pair`]s in order of their outer start, longer first, nested but never
//! crossing. A pair is found within its paragraph first ([`mod@shape`]: which way a mark is read), so that an odd mark spoils nothing beyond
//! it; marks that are left over then look for a partner in the next paragraphs, or for the layout and the punctuation that show where
//! the lost one stood ([`lost`]).
//! Work is linear in the number of tokens: the stack of open marks and the number of paragraphs looked ahead are bounded.

mod attribution;
mod lost;
mod shape;

use crate::document::TokenKind;
use crate::document::{Document, TokenRange};
use crate::language::types::Pair;
use attribution::followed_by_attribution;
use lost::{close_lost, open_lost, run_on};
use shape::{Open, Reading, Shape, partner, read, shape};

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

/// Orders pairs, drops those that cross an earlier one or double another's marks.
fn nest(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.retain(|p| !p.inner.is_empty());
    pairs.sort_by_key(|p| (p.outer.start, std::cmp::Reverse(p.outer.end)));
    let mut out: Vec<Pair> = Vec::with_capacity(pairs.len());
    let mut stack: Vec<u32> = Vec::new();
    for pair in pairs {
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
        stack.push(out.len() as u32);
        out.push(pair);
    }
    out
}
