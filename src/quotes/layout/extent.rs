//! How many paragraphs one speech has: those that go on in the first person, or, in a transcript, all up to the next label.
//!
//! Input: index of its first paragraph; output: index of the first one behind it.

use super::Line;
use crate::document::{EntityType, TokenRange};
use crate::document::{Side, TokenKind};
use crate::language::types::Part;
use crate::lexis::clause_words::ClauseFacts;
use crate::quotes::labels::Label;
use crate::quotes::marks::Paragraph;
use crate::quotes::parts;
use crate::view::View;

/// Paragraphs that one turn may have after its first.
const TURN_PARAGRAPHS: usize = 8;

/// Index of the first paragraph after `at` that does not go on with its speech: what goes on speaks in the first person.
pub(super) fn continuation(
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
pub(super) fn until_next_label(
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
    view.doc
        .mentions_from(tokens.start as usize)
        .iter()
        .take_while(|m| m.tokens.start < tokens.end.min(tokens.start + 4))
        .any(|m| m.kind == EntityType::Person)
}

/// Whether words outside quotation marks speak in the first person, and no attribution follows them.
pub(super) fn speaks_of_itself(view: &View<'_>, tokens: TokenRange) -> bool {
    let mut marks = 0usize;
    let own = tokens.range().any(|i| {
        if let Some(token) = view.get(i).filter(|t| t.kind == TokenKind::Quote) {
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
pub(super) fn extend_to(
    view: &View<'_>,
    paragraphs: &[Paragraph],
    next: usize,
    spoken: &mut [Part],
) {
    let Some(last) = spoken.last_mut() else {
        return;
    };
    let end = paragraphs[next - 1].tokens.end as usize;
    if end > last.tokens.end as usize
        && let Some(longer) = Part::of(view, last.tokens.start as usize, end)
    {
        *last = longer;
    }
}
