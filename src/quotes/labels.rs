//! Turns of an interview: which paragraphs begin with the label of who speaks («Вопрос:», «З. К.:», “Brandt:”).
//!
//! Input: paragraphs; output: for each the tokens of its label. A label is a few words with capitals before a colon, and is
//! taken for one only where labels come back: one label at least twice, three labelled paragraphs at least.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::document::TokenRange;
use crate::segment::TokenKind;

use super::marks::Paragraph;
use super::view::View;
use super::words::ClauseFacts;

/// Longest label, in tokens.
const LABEL: usize = 6;

/// The label of each paragraph; `free` says which paragraphs may have one.
pub(super) fn turns(
    view: &View<'_>,
    paragraphs: &[Paragraph],
    free: &[bool],
) -> Vec<Option<TokenRange>> {
    let mut labels: Vec<Option<TokenRange>> = paragraphs
        .iter()
        .zip(free)
        .map(|(p, &free)| if free { label(view, p) } else { None })
        .collect();
    let text = |label: &TokenRange| view.span(*label).map_or("", |s| s.slice(&view.doc.text));
    let mut counts: HashMap<&str, usize, FxBuildHasher> = HashMap::default();
    for label in labels.iter().flatten() {
        *counts.entry(text(label)).or_default() += 1;
    }
    let repeated = |label: &TokenRange| counts.get(text(label)).copied().unwrap_or(0) >= 2;
    let turns = labels.iter().flatten().filter(|l| repeated(l)).count();
    if turns < 2 || labels.iter().flatten().count() < 3 {
        return Vec::new();
    }
    // A label that comes once counts beside one that comes back.
    let lone: Vec<bool> = (0..labels.len())
        .map(|i| {
            let near = |j: usize| {
                labels
                    .get(j)
                    .copied()
                    .flatten()
                    .is_some_and(|l| repeated(&l))
            };
            labels[i].is_some_and(|l| !repeated(&l)) && !near(i + 1) && !near(i.wrapping_sub(1))
        })
        .collect();
    for (label, lone) in labels.iter_mut().zip(lone) {
        if lone {
            *label = None;
        }
    }
    labels
}

fn label(view: &View<'_>, paragraph: &Paragraph) -> Option<TokenRange> {
    let start = paragraph.tokens.start as usize;
    let end = paragraph.tokens.end as usize;
    let colon =
        (start + 1..end.min(start + LABEL + 1)).find(|&i| view.kind(i) == TokenKind::Colon)?;
    if colon + 1 >= end {
        return None;
    }
    let fits = (start..colon).all(|i| {
        matches!(
            view.kind(i),
            TokenKind::Word | TokenKind::Initial | TokenKind::Abbreviation
        ) || view.kind(i) == TokenKind::Stop && view.text(i) == "."
    });
    let verb = (start..colon).any(|i| view.clause(i).has(ClauseFacts::VERB));
    (fits && view.capital(start) && !verb).then(|| TokenRange::new(start, colon))
}
