//! Attributions inside a line of dialogue: “— It is late, says Ann. — Come in.”

use crate::document::TokenKind;
use crate::view::View;

/// Tokens that an attribution between two dashes may have.
const INTRODUCTION: usize = 40;

/// Where «, says X» or «? asks X» begins in a line of English dialogue, and where the speech goes on.
pub(super) fn attribution(
    view: &View<'_>,
    from: usize,
    end: usize,
) -> Option<(usize, Option<usize>)> {
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
            && view.is_lower(verb)
            && !view.is_lower(verb + 1)
            && view.kind(verb + 1) == TokenKind::Word;
        // “— Ann Lee, who tells the story of …” is an item of a list.
        if matches!(view.text(verb), "which" | "who" | "whose" | "that") {
            return None;
        }
        let cue = view.speech(verb) && view.is_lower(verb)
            || view.kind(verb) == TokenKind::Word && view.speech(verb + 1)
            || loose;
        if !cue {
            return None;
        }
        Some((if comma { i } else { i + 1 }, resume.map(|j| j + 1)))
    })
}
