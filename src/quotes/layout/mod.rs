//! Speech that the layout sets off: lines that open with a dash, turns of an interview, paragraphs after «Дословно:».
//!
//! Input: paragraphs and pairs of marks; output: [`Quoted`] with its parts, in order. A paragraph that stands inside a pair of
//! marks is never taken. [`dialogue`] reads lines that open with a dash, [`extent`] says how many paragraphs one speech has.

mod dialogue;
mod extent;

use super::labels::{self, Label};
use super::marks::Paragraph;
use crate::document::TokenKind;
use crate::document::{BlockKind, TokenRange};
use crate::language::Packs;
use crate::language::kind::Content;
use crate::language::types::Pair;
use crate::language::types::{Part, Setting};
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::Function;
use crate::quotes::types::Quoted;
use crate::view::View;
use dialogue::{dash_lines, opens_with_dash, without_remarks};
use extent::{continuation, extend_to, speaks_of_itself, until_next_label};

/// Finds speech set off by layout.
pub(super) fn find(
    packs: &Packs,
    view: &View<'_>,
    paragraphs: &[Paragraph],
    pairs: &[Pair],
) -> Vec<Quoted> {
    let lines = lines(view, paragraphs, pairs);
    let mut found = Vec::new();
    let free: Vec<bool> = lines.iter().map(|l| *l == Line::Plain).collect();
    let turns = labels::turns(view, paragraphs, &free);
    let mut at = 0;
    while at < paragraphs.len() {
        if let Some(label) = turns.get(at).copied().flatten() {
            let mut spoken: Vec<Part> = Vec::new();
            let end = paragraphs[at].tokens.end as usize;
            spoken.extend(Part::of(view, label.speech as usize, end));
            let next = until_next_label(view, paragraphs, &lines, &turns, at)
                .unwrap_or_else(|| continuation(view, paragraphs, &lines, &turns, at));
            extend_to(view, paragraphs, next, &mut spoken);
            without_remarks(view, &mut spoken);
            push(
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
            at = dash_lines(
                (packs, view),
                paragraphs,
                at..end,
                &lines,
                &turns,
                &mut found,
            );
            continue;
        }
        if let Some(next) = paragraphs.get(at + 1)
            && lines[at + 1] == Line::Plain
            && turns.get(at + 1).is_none_or(Option::is_none)
            && introduces_block(view, &paragraphs[at], next)
        {
            let mut spoken: Vec<Part> = Vec::new();
            spoken.extend(Part::of(
                view,
                next.tokens.start as usize,
                next.tokens.end as usize,
            ));
            push(next, spoken, Setting::Block, None, false, &mut found);
            at += 2;
            continue;
        }
        if lines[at] == Line::Plain
            && let Some(author) = paragraphs.get(at + 1).and_then(|p| signature(view, p))
        {
            let mut spoken: Vec<Part> = Vec::new();
            spoken.extend(Part::of(
                view,
                paragraphs[at].tokens.start as usize,
                paragraphs[at].tokens.end as usize,
            ));
            push(
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

fn push(
    paragraph: &Paragraph,
    spoken: Vec<Part>,
    setting: Setting,
    label: Option<Label>,
    attributed: bool,
    found: &mut Vec<Quoted>,
) {
    let Some(last) = spoken.last() else {
        return;
    };
    let start = label.map_or(paragraph.tokens.start, |l| l.name.start);
    let end = paragraph.tokens.end.max(last.tokens.end);
    let tokens = TokenRange { start, end };
    found.push(Quoted {
        parts: spoken,
        tokens,
        setting,
        block: paragraph.block,
        label,
        attributed,
    });
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
            || view.facts(i).function.any(Function::DOCUMENT)
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
