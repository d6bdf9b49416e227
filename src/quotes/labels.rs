//! Turns of an interview: which paragraphs begin with the label of who speaks («Вопрос:», «З. К.:», “Brandt:”, “Q.”).
//!
//! Input: paragraphs; output: the [`Label`] of each. A label is a few words with capitals before a colon, and is taken for one only
//! where labels come back: one at least twice, by its last word («CORNELIUS ABBOTT:», «ABBOTT:»), and three labelled paragraphs at
//! least. Behind the name a bracket («Вопрос («Вести»):») or a title («Марат Садыков, глава района:») may stand.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::document::TokenRange;
use crate::document::{Side, TokenKind};

use super::marks::Paragraph;
use crate::lexis::clause_words::ClauseFacts;
use crate::view::View;

/// Longest name in a label, in tokens.
const LABEL: usize = 6;
/// Longest title or bracket behind it, in tokens.
const ASIDE: usize = 12;

/// Who speaks in a paragraph, as its first words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The name, or the word for question and answer.
    pub name: TokenRange,
    /// What stands in brackets behind it; empty for nothing.
    pub aside: TokenRange,
    /// First token of the speech.
    pub speech: u32,
    /// Ends in a full stop instead of a colon: “Q.”
    dotted: bool,
}

impl Label {
    /// The author under a post.
    pub fn of(name: TokenRange) -> Self {
        Label {
            name,
            aside: TokenRange::default(),
            speech: name.end,
            dotted: false,
        }
    }
}

/// The label of each paragraph; `free` says which paragraphs may have one.
pub(super) fn turns(
    view: &View<'_>,
    paragraphs: &[Paragraph],
    free: &[bool],
) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = paragraphs
        .iter()
        .zip(free)
        .map(|(p, &free)| if free { label(view, p) } else { None })
        .collect();
    // «О. Иванов» begins with no label: letters with a full stop are labels only where both sorts come back.
    let dotted = |fact: ClauseFacts| {
        let wanted = |l: &&Label| l.dotted && view.clause(l.name.start as usize).has(fact);
        labels.iter().flatten().filter(wanted).count()
    };
    if dotted(ClauseFacts::QUESTION) < 2 || dotted(ClauseFacts::ANSWER) < 2 {
        for label in &mut labels {
            label.take_if(|l| l.dotted);
        }
    }
    let mut counts: HashMap<String, usize, FxBuildHasher> = HashMap::default();
    for label in labels.iter().flatten() {
        *counts.entry(key(view, label)).or_default() += 1;
    }
    let repeated: Vec<bool> = labels
        .iter()
        .map(|label| {
            label
                .as_ref()
                .is_some_and(|l| counts.get(&key(view, l)).is_some_and(|&n| n >= 2))
        })
        .collect();
    let turns = repeated.iter().filter(|&&r| r).count();
    if turns < 2 || labels.iter().flatten().count() < 3 {
        return Vec::new();
    }
    // A label that comes once counts beside one that comes back.
    let near = |j: usize| repeated.get(j).copied().unwrap_or(false);
    for (i, label) in labels.iter_mut().enumerate() {
        if !repeated[i] && !near(i + 1) && !near(i.wrapping_sub(1)) {
            *label = None;
        }
    }
    labels
}

/// What the labels of one speaker have in common: their last word; of initials all of them.
fn key(view: &View<'_>, label: &Label) -> String {
    let range = label.name.range();
    let initials = range.clone().any(|i| view.kind(i) == TokenKind::Initial);
    let last = range
        .rev()
        .find(|&i| view.kind(i) == TokenKind::Word)
        .filter(|_| !initials);
    match last {
        Some(i) => view.text(i).to_lowercase(),
        None => view
            .span(label.name)
            .map_or_else(String::new, |s| s.slice(&view.doc.text).to_lowercase()),
    }
}

fn label(view: &View<'_>, paragraph: &Paragraph) -> Option<Label> {
    let start = paragraph.tokens.start as usize;
    let end = paragraph.tokens.end as usize;
    if let Some(label) = dotted(view, start, end) {
        return Some(label);
    }
    let name_end = (start..end.min(start + LABEL + 1))
        .find(|&i| {
            !(matches!(
                view.kind(i),
                TokenKind::Word | TokenKind::Initial | TokenKind::Abbreviation
            ) || view.kind(i) == TokenKind::Stop && view.text(i) == ".")
        })
        .filter(|&i| i > start)?;
    let (colon, aside) = match view.kind(name_end) {
        TokenKind::Colon => (name_end, TokenRange::default()),
        TokenKind::Bracket if view.get(name_end)?.side == Side::Open => {
            let close = (name_end..end.min(name_end + ASIDE))
                .find(|&i| view.kind(i) == TokenKind::Bracket && i > name_end)?;
            let colon = close + 1;
            (view.kind(colon) == TokenKind::Colon)
                .then(|| (colon, TokenRange::new(name_end + 1, close)))?
        }
        // «Марат Садыков, глава района:» — a title in small letters, without a verb.
        TokenKind::Comma => {
            let colon = (name_end..end.min(name_end + ASIDE))
                .find(|&i| matches!(view.kind(i), TokenKind::Colon | TokenKind::Stop))
                .filter(|&i| view.kind(i) == TokenKind::Colon)?;
            let title = view.is_lower(name_end + 1)
                && name_end - start >= 2
                && !(name_end..colon).any(|i| view.clause(i).has(ClauseFacts::FINITE));
            title.then(|| (colon, TokenRange::default()))?
        }
        _ => return None,
    };
    // “Marsh: 1,769.” counts votes.
    if !(colon + 1..end).any(|i| view.kind(i) == TokenKind::Word) {
        return None;
    }
    let verb = (start..name_end).any(|i| view.clause(i).has(ClauseFacts::VERB));
    (view.may_open(start) && !verb).then(|| Label {
        name: TokenRange::new(start, name_end),
        aside,
        speech: colon as u32 + 1,
        dotted: false,
    })
}

/// “Q. When did you start?”
fn dotted(view: &View<'_>, start: usize, end: usize) -> Option<Label> {
    let facts = view.clause(start);
    let letter = facts.has(ClauseFacts::QUESTION) || facts.has(ClauseFacts::ANSWER);
    let speech = match view.kind(start) {
        TokenKind::Initial => start + 1,
        TokenKind::Word | TokenKind::Abbreviation
            if view.text(start + 1) == "." || view.text(start).ends_with('.') =>
        {
            start + 1 + usize::from(view.text(start + 1) == ".")
        }
        _ => return None,
    };
    // «В.: Почему?» has a colon too.
    let opens = speech < end && view.kind(speech) != TokenKind::Colon;
    (letter && view.may_open(start) && opens).then(|| Label {
        name: TokenRange::new(start, start + 1),
        aside: TokenRange::default(),
        speech: speech as u32,
        dotted: true,
    })
}
