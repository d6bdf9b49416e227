//! Which way a quotation mark is read: does it open or close, and what?
//!
//! Input: a mark with the marks that are open before it; output: [`Reading`], and for a closing one the open mark that it belongs to.
//! “ closes what „ opened and opens otherwise; " opens where none of its kind is open.

use crate::document::Document;
use crate::document::{Gap, Side, Token, TokenKind};

/// Marks that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// « » << >>
    Angle,
    /// „ ,,
    Low,
    /// “
    Left,
    /// ”
    Right,
    /// " '' ``
    Straight,
    /// ' ’ ‘ ‚ ‹ ›
    Single,
}

/// The shape of a mark.
pub(super) fn shape(token: &Token, text: &str) -> Shape {
    match token.span.slice(text) {
        "«" | "»" | "<<" | ">>" => Shape::Angle,
        "„" | "‟" | ",," => Shape::Low,
        "“" | "‘‘" => Shape::Left,
        "”" | "’’" => Shape::Right,
        "\"" | "''" | "``" | "´´" => Shape::Straight,
        _ => Shape::Single,
    }
}

#[derive(Clone, Copy)]
pub(super) struct Open {
    pub token: u32,
    pub shape: Shape,
}

/// Which way a mark is read, given the marks open before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Opens,
    Closes,
    Nothing,
}

/// Reads the mark at token `i`; `stack` are the marks open before it.
pub(super) fn read(doc: &Document, i: usize, shape: Shape, stack: &[Open]) -> Reading {
    let token = &doc.tokens[i];
    let glued = i
        .checked_sub(1)
        .map(|j| &doc.tokens[j])
        .filter(|_| token.gap == Gap::None);
    let glued_after = doc.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None);
    let holds = |wanted: Shape| stack.iter().any(|o| o.shape == wanted);
    let by_side = |otherwise: Reading| match token.side {
        Side::Open => Reading::Opens,
        Side::Close => Reading::Closes,
        _ => otherwise,
    };
    match shape {
        Shape::Angle | Shape::Low => by_side(Reading::Opens),
        Shape::Right => {
            if token.side == Side::Open && stack.is_empty() {
                Reading::Opens
            } else {
                Reading::Closes
            }
        }
        Shape::Left => {
            let inner = stack.iter().rev().find(|o| o.shape != Shape::Single);
            match inner.map(|o| o.shape) {
                Some(Shape::Low) if token.side != Side::Open || token.gap == Gap::None => {
                    Reading::Closes
                }
                Some(_) => by_side(Reading::Opens),
                None if token.side == Side::Close => Reading::Closes,
                None => Reading::Opens,
            }
        }
        Shape::Straight => {
            // 5" is inches.
            let inches = glued.is_some_and(|t| t.kind == TokenKind::Number);
            if inches && !holds(Shape::Straight) {
                return Reading::Nothing;
            }
            let after_colon = glued.is_some_and(|t| t.kind == TokenKind::Colon) && glued_after;
            by_side(if after_colon || !holds(Shape::Straight) {
                Reading::Opens
            } else {
                Reading::Closes
            })
        }
        Shape::Single => {
            let open = stack.last().is_some_and(|o| o.shape == Shape::Single);
            let numeral = doc
                .tokens
                .get(i + 1)
                .is_some_and(|t| matches!(t.kind, TokenKind::Number | TokenKind::NumberWord));
            match token.side {
                Side::Open if !numeral => Reading::Opens,
                Side::Close | Side::Either if open => Reading::Closes,
                _ => Reading::Nothing,
            }
        }
    }
}

/// Which of the open marks a closing one belongs to: the nearest of its own shape, else the nearest double one.
pub(super) fn partner(close: Shape, stack: &[Open]) -> Option<usize> {
    let fits = |open: Shape| match close {
        Shape::Right => matches!(open, Shape::Left | Shape::Low | Shape::Right),
        Shape::Left => matches!(open, Shape::Low | Shape::Left),
        other => open == other,
    };
    if close == Shape::Single {
        return stack.len().checked_sub(1).filter(|&i| fits(stack[i].shape));
    }
    stack
        .iter()
        .rposition(|o| fits(o.shape))
        .or_else(|| stack.iter().rposition(|o| o.shape != Shape::Single))
}
