//! Speech that the layout sets off: lines that open with a dash, turns of an interview, paragraphs after «Дословно:».
//!
//! Input: paragraphs and pairs of marks; output: [`Quoted`] with its parts, in order. A paragraph that stands inside a pair of
//! marks is never taken.

use crate::document::{BlockKind, Lang, TokenRange};
use crate::segment::{Gap, TokenKind};
use crate::span::Span;

use super::kind::Content;
use super::marks::{Pair, Paragraph};
use super::parts;
use super::types::{Part, Quoted, Setting};
use super::view::View;

/// Finds speech set off by layout.
pub(super) fn find(view: &View<'_>, paragraphs: &[Paragraph], pairs: &[Pair]) -> Vec<Quoted> {
    let mut found = Vec::new();
    let free = |p: &Paragraph| {
        let start = p.tokens.start;
        let next = pairs.partition_point(|q| q.outer.start <= start);
        // Pairs that run over paragraphs are few, and the last one before begins in the paragraph before.
        !pairs[next.saturating_sub(64)..next]
            .iter()
            .any(|q| q.outer.start <= start && start < q.outer.end)
            && matches!(
                view.doc.blocks[p.block as usize].kind,
                BlockKind::Body | BlockKind::Heading
            )
    };
    let mut at = 0;
    while at < paragraphs.len() {
        if opens_with_dash(view, &paragraphs[at]) && free(&paragraphs[at]) {
            let mut end = at + 1;
            while end < paragraphs.len()
                && opens_with_dash(view, &paragraphs[end])
                && free(&paragraphs[end])
            {
                end += 1;
            }
            dash_lines(view, &paragraphs[at..end], &mut found);
            at = end;
            continue;
        }
        at += 1;
    }
    found
}

fn opens_with_dash(view: &View<'_>, paragraph: &Paragraph) -> bool {
    let start = paragraph.tokens.start as usize;
    paragraph.tokens.len() >= 2
        && view.kind(start) == TokenKind::Dash
        && view.token(start + 1).is_some_and(|t| t.gap != Gap::None)
}

/// A run of lines that open with a dash is dialogue, or a list of items.
fn dash_lines(view: &View<'_>, lines: &[Paragraph], found: &mut Vec<Quoted>) {
    let mut speech = 0usize;
    let mut items = 0usize;
    for line in lines {
        let (first, end) = (line.tokens.start as usize + 1, line.tokens.end as usize);
        let content = Content::of(view, TokenRange::new(first, end));
        let attributed = parts::insertion(view, first, end, true).is_some()
            || english_attribution(view, first, end).is_some();
        let asks = view.text(end - 1).contains('?');
        if attributed
            || asks && content.opens_capital
            || content.first_person && content.closes_stop
        {
            speech += 1;
        } else if !content.opens_capital || !content.closes_stop {
            items += 1;
        }
    }
    if speech == 0 || items > speech {
        return;
    }
    for line in lines {
        let (first, end) = (line.tokens.start as usize + 1, line.tokens.end as usize);
        let content = Content::of(view, TokenRange::new(first, end));
        let attributed = parts::insertion(view, first, end, true).is_some()
            || english_attribution(view, first, end).is_some();
        if !attributed && !content.closes_stop && !view.kind(end - 1).eq(&TokenKind::Quote) {
            continue;
        }
        let mut spoken = Vec::new();
        if view.lang(first) == Lang::En
            && let Some((before, after)) = english_attribution(view, first, end)
        {
            spoken.extend(view.part(first, before));
            if let Some(after) = after {
                spoken.extend(view.part(after, end));
            }
        } else {
            parts::split(view, first, end, true, &mut spoken);
        }
        without_remarks(view, &mut spoken);
        push(view, line, spoken, Setting::Dash, None, found);
    }
}

/// Where «, says X» or «? asks X» begins in a line of English dialogue, and where the speech goes on.
fn english_attribution(view: &View<'_>, from: usize, end: usize) -> Option<(usize, Option<usize>)> {
    if view.lang(from) != Lang::En {
        return None;
    }
    (from + 1..end).find_map(|i| {
        let comma = view.kind(i) == TokenKind::Comma;
        if !comma && !view.strong_stop(i) {
            return None;
        }
        let next = i + 1;
        let dash = view.kind(next) == TokenKind::Dash;
        let verb = if dash { next + 1 } else { next };
        let cue = view.speech(verb) || view.kind(verb) == TokenKind::Word && view.speech(verb + 1);
        if !cue || !view.lower(verb) && !view.speech(verb + 1) {
            return None;
        }
        let resume = (verb + 1..end).find(|&j| {
            view.kind(j) == TokenKind::Dash
                && matches!(view.kind(j - 1), TokenKind::Stop | TokenKind::Comma)
        });
        Some((if comma { i } else { i + 1 }, resume.map(|j| j + 1)))
    })
}

/// Cuts remarks in brackets («(Смеётся.)») out of the parts.
fn without_remarks(view: &View<'_>, parts: &mut Vec<Part>) {
    let whole = std::mem::take(parts);
    for part in whole {
        let range = part.tokens.range();
        let mut from = range.start;
        let mut i = range.start;
        while i < range.end {
            if view.text(i) == "("
                && view.capital(i + 1)
                && (i == range.start || view.stop(i - 1))
                && let Some(close) = (i..range.end.min(i + 12)).find(|&j| view.text(j) == ")")
                && (view.stop(close - 1) || close + 1 < range.end && view.stop(close + 1))
            {
                parts.extend(view.part(from, i));
                from = close + 1;
                if !view.stop(close - 1) {
                    from += 1;
                }
                i = from;
                continue;
            }
            i += 1;
        }
        parts.extend(view.part(from, range.end));
    }
}

fn push(
    view: &View<'_>,
    paragraph: &Paragraph,
    spoken: Vec<Part>,
    setting: Setting,
    label: Option<TokenRange>,
    found: &mut Vec<Quoted>,
) {
    let (Some(first), Some(last)) = (spoken.first(), spoken.last()) else {
        return;
    };
    let start = label.map_or(paragraph.tokens.start, |l| l.start);
    let end = paragraph.tokens.end.max(last.tokens.end);
    let tokens = TokenRange { start, end };
    let outer = view.span(tokens).unwrap_or(Span {
        start: first.span.start,
        end: last.span.end,
    });
    found.push(Quoted {
        parts: spoken,
        outer,
        tokens,
        setting,
        depth: 0,
        block: paragraph.block,
        label,
    });
}
