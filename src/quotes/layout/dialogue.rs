//! Lines that open with a dash: dialogue, or a list of items?
//!
//! Input: a run of such lines; output: the speech of each, without attributions and remarks, where it is dialogue.

use std::ops::Range;

use super::extent::{continuation, extend_to};
use super::{Line, push};
use crate::document::TokenRange;
use crate::document::{Gap, TokenKind};
use crate::language::Packs;
use crate::language::kind::Content;
use crate::language::types::{Part, Setting};
use crate::quotes::labels::Label;
use crate::quotes::marks::Paragraph;
use crate::quotes::parts;
use crate::quotes::types::Quoted;
use crate::view::View;

/// Paragraphs of the narrator's between two lines of one dialogue.
const DIALOGUE_GAP: usize = 4;

pub(super) fn opens_with_dash(view: &View<'_>, paragraph: &Paragraph) -> bool {
    let start = paragraph.tokens.start as usize;
    paragraph.tokens.len() >= 2
        && view.kind(start) == TokenKind::Dash
        && view.get(start + 1).is_some_and(|t| t.gap != Gap::None)
}

/// A run of lines that open with a dash is dialogue, or a list of items. Gives the first paragraph after it.
pub(super) fn dash_lines(
    (packs, view): (&Packs, &View<'_>),
    paragraphs: &[Paragraph],
    run: Range<usize>,
    lines: &[Line],
    turns: &[Option<Label>],
    found: &mut Vec<Quoted>,
) -> usize {
    let mut speech = 0usize;
    let mut items = 0usize;
    for line in &paragraphs[run.clone()] {
        let (first, end) = (line.tokens.start as usize + 1, line.tokens.end as usize);
        let content = Content::of(view, TokenRange::new(first, end));
        let attributed = attributed(packs, view, first, end);
        let asks = view.text(end - 1).contains('?');
        if attributed
            || asks && content.opens_capital
            || content.opens_capital
                && content.closes_stop
                && (content.first_person || content.second_person)
        {
            speech += 1;
        } else if !content.opens_capital || !content.closes_stop {
            items += 1;
        }
    }
    // A single line goes with the dialogue before it.
    let near = paragraphs[run.start.saturating_sub(DIALOGUE_GAP)]
        .tokens
        .start;
    let listed = run.start > 0 && {
        let end = paragraphs[run.start - 1].tokens.end as usize;
        view.kind(end - 1) == TokenKind::Colon
    };
    let before = !listed
        && found
            .last()
            .is_some_and(|q| q.setting == Setting::Dash && q.tokens.start >= near);
    if speech == 0 && !(before && items == 0) || items > speech {
        return run.end;
    }
    let mut at = run.start;
    while at < run.end {
        let line = &paragraphs[at];
        at += 1;
        let (first, end) = (line.tokens.start as usize + 1, line.tokens.end as usize);
        let content = Content::of(view, TokenRange::new(first, end));
        let attributed = attributed(packs, view, first, end);
        let closes = content.closes_stop || view.kind(end - 1) == TokenKind::Quote;
        if !(attributed || closes && content.opens_capital) {
            continue;
        }
        let mut spoken = Vec::new();
        if let Some((before, after)) = within_line(packs, view, first, end) {
            spoken.extend(Part::of(view, first, before));
            if let Some(after) = after {
                spoken.extend(Part::of(view, after, end));
            }
        } else {
            parts::split(view, first, end, true, &mut spoken);
        }
        // A page that breaks lines inside a sentence.
        if at == run.end
            && !view.stop(end - 1)
            && lines.get(at) == Some(&Line::Plain)
            && view.is_lower(paragraphs[at].tokens.start as usize)
            && spoken.last().is_some_and(|p| p.tokens.end as usize == end)
        {
            at += 1;
            extend_to(view, paragraphs, at, &mut spoken);
        } else if at == run.end && !attributed {
            let next = continuation(view, paragraphs, lines, turns, at - 1);
            // Only between lines of a dialogue: after its last line the narrator speaks.
            if lines.get(next) == Some(&Line::Dash) {
                extend_to(view, paragraphs, next, &mut spoken);
                at = next;
            }
        }
        without_remarks(view, &mut spoken);
        push(line, spoken, Setting::Dash, None, attributed, found);
    }
    at
}

pub(super) fn attributed(packs: &Packs, view: &View<'_>, first: usize, end: usize) -> bool {
    parts::insertion(view, first, end, true).is_some()
        || within_line(packs, view, first, end).is_some()
}

/// What the language of the line says of an attribution inside it.
fn within_line(
    packs: &Packs,
    view: &View<'_>,
    from: usize,
    end: usize,
) -> Option<(usize, Option<usize>)> {
    packs.of(view.lang(from))?.within_line(view, from, end)
}

/// Cuts remarks in brackets («(Смеётся.)») out of the parts.
pub(super) fn without_remarks(view: &View<'_>, parts: &mut Vec<Part>) {
    let whole = std::mem::take(parts);
    for part in whole {
        let range = part.tokens.range();
        let mut from = range.start;
        let mut i = range.start;
        while i < range.end {
            if view.text(i) == "("
                && view.may_open(i + 1)
                && (i == range.start || view.stop(i - 1))
                && let Some(close) = (i..range.end.min(i + 12)).find(|&j| view.text(j) == ")")
                && (view.stop(close - 1) || close + 1 < range.end && view.stop(close + 1))
            {
                parts.extend(Part::of(view, from, i));
                from = close + 1;
                if !view.stop(close - 1) {
                    from += 1;
                }
                i = from;
                continue;
            }
            i += 1;
        }
        parts.extend(Part::of(view, from, range.end));
    }
}
