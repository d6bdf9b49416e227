//! Speech that the layout sets off: lines that open with a dash, turns of an interview, paragraphs after «Дословно:».
//!
//! Input: paragraphs and pairs of marks; output: [`Quoted`] with its parts, in order. A paragraph that stands inside a pair of
//! marks is never taken.

use std::ops::Range;

use crate::document::{BlockKind, EntityType, Lang, TokenRange};
use crate::segment::{Gap, Side, TokenKind};
use crate::span::Span;

use super::cues::Function;
use super::kind::Content;
use super::labels::{self, Label};
use super::marks::{Pair, Paragraph};
use super::parts;
use super::types::{Part, Quoted, Setting};
use super::view::View;
use super::words::ClauseFacts;

/// Finds speech set off by layout.
pub(super) fn find(view: &View<'_>, paragraphs: &[Paragraph], pairs: &[Pair]) -> Vec<Quoted> {
    let lines = lines(view, paragraphs, pairs);
    let mut found = Vec::new();
    let free: Vec<bool> = lines.iter().map(|l| *l == Line::Plain).collect();
    let turns = labels::turns(view, paragraphs, &free);
    let mut at = 0;
    while at < paragraphs.len() {
        if let Some(label) = turns.get(at).copied().flatten() {
            let mut spoken: Vec<Part> = Vec::new();
            let end = paragraphs[at].tokens.end as usize;
            spoken.extend(view.part(label.speech as usize, end));
            let next = until_next_label(view, paragraphs, &lines, &turns, at)
                .unwrap_or_else(|| continuation(view, paragraphs, &lines, &turns, at));
            extend_to(view, paragraphs, next, &mut spoken);
            without_remarks(view, &mut spoken);
            push(
                view,
                &paragraphs[at],
                spoken,
                Setting::Turn,
                Some(label),
                false,
                &mut found,
            );
            at = next;
            continue;
        }
        if lines[at] == Line::Dash {
            let mut end = at + 1;
            while end < paragraphs.len() && lines[end] == Line::Dash {
                end += 1;
            }
            at = dash_lines(view, paragraphs, at..end, &lines, &turns, &mut found);
            continue;
        }
        if let Some(next) = paragraphs.get(at + 1)
            && lines[at + 1] == Line::Plain
            && turns.get(at + 1).is_none_or(Option::is_none)
            && introduces_block(view, &paragraphs[at], next)
        {
            let mut spoken: Vec<Part> = Vec::new();
            spoken.extend(view.part(next.tokens.start as usize, next.tokens.end as usize));
            push(view, next, spoken, Setting::Block, None, false, &mut found);
            at += 2;
            continue;
        }
        if lines[at] == Line::Plain
            && let Some(author) = paragraphs.get(at + 1).and_then(|p| signature(view, p))
        {
            let mut spoken: Vec<Part> = Vec::new();
            spoken.extend(view.part(
                paragraphs[at].tokens.start as usize,
                paragraphs[at].tokens.end as usize,
            ));
            push(
                view,
                &paragraphs[at],
                spoken,
                Setting::Block,
                Some(Label::of(author)),
                false,
                &mut found,
            );
            at += 2;
            continue;
        }
        at += 1;
    }
    found
}

/// What a paragraph looks like to this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Opens with a dash.
    Dash,
    /// Of the article, outside all marks, without a mark at its start.
    Plain,
    /// Anything else.
    Other,
}

fn lines(view: &View<'_>, paragraphs: &[Paragraph], pairs: &[Pair]) -> Vec<Line> {
    let mut until = 0;
    let mut next = 0;
    paragraphs
        .iter()
        .map(|p| {
            let start = p.tokens.start;
            while next < pairs.len() && pairs[next].outer.start <= start {
                until = until.max(pairs[next].outer.end);
                next += 1;
            }
            let kind = view.doc.blocks[p.block as usize].kind;
            if until > start
                || !matches!(
                    kind,
                    BlockKind::Body | BlockKind::Heading | BlockKind::Title
                )
            {
                Line::Other
            } else if opens_with_dash(view, p) {
                Line::Dash
            } else if kind == BlockKind::Body && view.kind(start as usize) != TokenKind::Quote {
                Line::Plain
            } else {
                Line::Other
            }
        })
        .collect()
}

/// Paragraphs that one turn may have after its first.
const TURN_PARAGRAPHS: usize = 8;

/// Index of the first paragraph after `at` that does not go on with its speech: what goes on speaks in the first person.
fn continuation(
    view: &View<'_>,
    paragraphs: &[Paragraph],
    lines: &[Line],
    turns: &[Option<Label>],
    at: usize,
) -> usize {
    let mut next = at + 1;
    while next < paragraphs.len().min(at + 1 + TURN_PARAGRAPHS)
        && lines[next] == Line::Plain
        && turns.get(next).is_none_or(Option::is_none)
        && speaks_of_itself(view, paragraphs[next].tokens)
    {
        next += 1;
    }
    next
}

/// Index of the next paragraph with a label, where everything before it goes on with the speech at `at`: a transcript has no
/// narrator. A paragraph that begins with a name or has an attribution in it is somebody else's, and so is one behind which the
/// same speaker gets a label again.
fn until_next_label(
    view: &View<'_>,
    paragraphs: &[Paragraph],
    lines: &[Line],
    turns: &[Option<Label>],
    at: usize,
) -> Option<usize> {
    let last = turns.len().min(at + 2 + TURN_PARAGRAPHS);
    let next = (at + 1..last).find(|&i| turns[i].is_some())?;
    let name = |i: usize| Some(view.span(turns[i]?.name)?.slice(&view.doc.text));
    if name(at) == name(next) {
        return None;
    }
    (at + 1..next)
        .all(|i| {
            let tokens = paragraphs[i].tokens;
            lines[i] == Line::Plain
                && !names_person(view, tokens)
                && parts::insertion(view, tokens.start as usize, tokens.end as usize, false)
                    .is_none()
        })
        .then_some(next)
}

/// Whether a paragraph begins with a person's name.
fn names_person(view: &View<'_>, tokens: TokenRange) -> bool {
    let mentions = &view.doc.mentions;
    let at = mentions.partition_point(|m| m.tokens.start < tokens.start);
    mentions[at..]
        .iter()
        .take_while(|m| m.tokens.start < tokens.end.min(tokens.start + 4))
        .any(|m| m.kind == EntityType::Person)
}

/// Whether words outside quotation marks speak in the first person, and no attribution follows them.
fn speaks_of_itself(view: &View<'_>, tokens: TokenRange) -> bool {
    let mut marks = 0usize;
    let own = tokens.range().any(|i| {
        if let Some(token) = view.token(i).filter(|t| t.kind == TokenKind::Quote) {
            marks = if token.side == Side::Open {
                marks + 1
            } else {
                marks.saturating_sub(1)
            };
        }
        let facts = view.clause(i);
        marks == 0
            && facts.has(ClauseFacts::FIRST)
            && (facts.has(ClauseFacts::SUBJECT)
                || facts.has(ClauseFacts::FINITE)
                || view.text(i).is_ascii())
    });
    own && parts::insertion(view, tokens.start as usize, tokens.end as usize, false).is_none()
}

/// Lengthens the last part to the end of the paragraph before `next`.
fn extend_to(view: &View<'_>, paragraphs: &[Paragraph], next: usize, spoken: &mut [Part]) {
    let Some(last) = spoken.last_mut() else {
        return;
    };
    let end = paragraphs[next - 1].tokens.end as usize;
    if end > last.tokens.end as usize
        && let Some(longer) = view.part(last.tokens.start as usize, end)
    {
        *last = longer;
    }
}

/// Tokens of a sentence before a colon in which the cue is looked for.
const INTRODUCTION: usize = 40;

/// Whether `paragraph` ends in a colon that gives somebody the word, and `next` is the words.
fn introduces_block(view: &View<'_>, paragraph: &Paragraph, next: &Paragraph) -> bool {
    let (start, end) = (
        paragraph.tokens.start as usize,
        paragraph.tokens.end as usize,
    );
    if view.kind(end - 1) != TokenKind::Colon {
        return false;
    }
    let mut words = (start.max(end.saturating_sub(INTRODUCTION))..end - 1)
        .rev()
        .take_while(|&i| !view.stop(i));
    let introduces = words.any(|i| {
        view.speech(i)
            || view.clause(i).has(ClauseFacts::VERBATIM)
            || view.cue(i).function.any(Function::DOCUMENT)
    });
    if !introduces {
        return false;
    }
    let content = Content::of(view, next.tokens);
    if !content.closes_stop || !content.opens_capital {
        return false;
    }
    // An emptied template leaves a longer gap before the narrator's next words.
    let gap = view.doc.text[view.doc.tokens[end - 1].span.end()
        ..view.doc.tokens[next.tokens.start as usize].span.start()]
        .bytes()
        .filter(|&b| b == b'\n')
        .count();
    gap <= 2 || speaks_of_itself(view, next.tokens)
}

/// The author of an embedded post: «— Имя (@name)» under it.
fn signature(view: &View<'_>, paragraph: &Paragraph) -> Option<TokenRange> {
    let start = paragraph.tokens.start as usize;
    if view.kind(start) != TokenKind::Dash {
        return None;
    }
    let end = paragraph.tokens.end as usize;
    let bracket = (start + 1..end.min(start + 8)).find(|&i| view.text(i) == "(")?;
    (view.kind(bracket + 1) == TokenKind::Handle && bracket > start + 1)
        .then(|| TokenRange::new(start + 1, bracket))
}

fn opens_with_dash(view: &View<'_>, paragraph: &Paragraph) -> bool {
    let start = paragraph.tokens.start as usize;
    paragraph.tokens.len() >= 2
        && view.kind(start) == TokenKind::Dash
        && view.token(start + 1).is_some_and(|t| t.gap != Gap::None)
}

/// Paragraphs of the narrator's between two lines of one dialogue.
const DIALOGUE_GAP: usize = 4;

/// A run of lines that open with a dash is dialogue, or a list of items. Gives the first paragraph after it.
fn dash_lines(
    view: &View<'_>,
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
        let attributed = attributed(view, first, end);
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
        let attributed = attributed(view, first, end);
        let closes = content.closes_stop || view.kind(end - 1) == TokenKind::Quote;
        if !(attributed || closes && content.opens_capital) {
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
        // A page that breaks lines inside a sentence.
        if at == run.end
            && !view.stop(end - 1)
            && lines.get(at) == Some(&Line::Plain)
            && view.lower(paragraphs[at].tokens.start as usize)
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
        push(view, line, spoken, Setting::Dash, None, attributed, found);
    }
    at
}

fn attributed(view: &View<'_>, first: usize, end: usize) -> bool {
    parts::insertion(view, first, end, true).is_some()
        || english_attribution(view, first, end).is_some()
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
        let resume = (verb + 1..end.min(verb + INTRODUCTION)).find(|&j| {
            view.kind(j) == TokenKind::Dash
                && matches!(view.kind(j - 1), TokenKind::Stop | TokenKind::Comma)
        });
        // “— No, corrects Ann. — Yes.”: between two dashes any verb before a name will do.
        let loose = resume.is_some_and(|j| j <= verb + 6)
            && view.lower(verb)
            && !view.lower(verb + 1)
            && view.kind(verb + 1) == TokenKind::Word;
        // “— Ann Lee, who tells the story of …” is an item of a list.
        if matches!(view.text(verb), "which" | "who" | "whose" | "that") {
            return None;
        }
        let cue = view.speech(verb) && view.lower(verb)
            || view.kind(verb) == TokenKind::Word && view.speech(verb + 1)
            || loose;
        if !cue {
            return None;
        }
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
    label: Option<Label>,
    attributed: bool,
    found: &mut Vec<Quoted>,
) {
    let (Some(first), Some(last)) = (spoken.first(), spoken.last()) else {
        return;
    };
    let start = label.map_or(paragraph.tokens.start, |l| l.name.start);
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
        attributed,
    });
}
