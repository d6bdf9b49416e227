//! The segments that punctuation cuts a sentence into: in Russian commas stand at nearly every border of a clause, so segments are what
//! clauses are made of.

use super::phrase;
use crate::document::{EntityType, Side, TokenKind, TokenRange};
use crate::language::clauses::Segment;
use crate::lexis::cues::{Function, Grammar};
use crate::view::View;

/// Cuts tokens `start..end` into segments at commas, dashes, colons, semicolons and brackets.
pub fn segments(view: &View<'_>, start: usize, end: usize, out: &mut Vec<Segment>) {
    out.clear();
    let mut depth = 0usize;
    let mut from = start;
    let mut i = start;
    while i < end {
        let kind = view.kind(i);
        let cut = matches!(
            kind,
            TokenKind::Comma
                | TokenKind::Colon
                | TokenKind::Semicolon
                | TokenKind::Dash
                | TokenKind::Bracket
        ) && !(kind == TokenKind::Comma && lists(view, start, i, end));
        if cut {
            if i > from || kind != TokenKind::Bracket {
                out.push(Segment {
                    start: from,
                    end: i,
                    bracketed: depth > 0,
                });
            }
            if kind == TokenKind::Bracket {
                if view.token(i).side == Side::Open {
                    depth += 1;
                } else {
                    depth = depth.saturating_sub(1);
                }
            }
            from = i + 1;
        }
        i += 1;
    }
    if from <= end {
        out.push(Segment {
            start: from,
            end,
            bracketed: depth > 0,
        });
    }
}

/// Whether the comma at `at` stands in a list of nouns of one oblique case that ends with «и»: «министр труда, занятости и
/// социальной защиты».
fn lists(view: &View<'_>, start: usize, at: usize, end: usize) -> bool {
    let before = at.wrapping_sub(1);
    if at <= start
        || !view.token(before).is_wordlike()
        || matches!(
            view.entity_at(before),
            Some(EntityType::Person | EntityType::Place)
        )
        || view.grammar(before, Grammar::NOM.or(Grammar::PRONOUN))
    {
        return false;
    }
    let Some(mut next) = phrase::coordinated(view, before, at + 1, end) else {
        return false;
    };
    let first = next - 1;
    while next < end
        && next < first + 4
        && view.grammar(next, Grammar::GEN)
        && view.token(next).is_wordlike()
        && !view.function(next, Function::AND)
    {
        next += 1;
    }
    next < end
        && view.lower(next) == "и"
        && phrase::coordinated(view, first, next + 1, end).is_some()
}

/// The sentence's tokens without the stop at its end.
pub fn core(view: &View<'_>, tokens: TokenRange) -> (usize, usize) {
    let (start, mut end) = (tokens.start as usize, tokens.end as usize);
    while end > start && view.kind(end - 1) == TokenKind::Stop {
        end -= 1;
    }
    (start, end)
}
