//! Two numbers -> one range: «от 5 до 7 млн», «5–7 %», “between $5 and $7 million”. The scale word and the unit of the second
//! belong to both.

use super::cursor::Cursor;
use super::number::Number;
use super::quantity::Side;
use super::words::{NumeralKind, Roles};
use crate::document::Decimal;
use crate::document::TokenKind;

/// What joins two numbers to a range.
pub(super) struct Connector {
    /// First token of the range: the first number, or «от», “between” before it.
    pub first: usize,
    /// Token after the connector.
    pub next: usize,
    /// A dash or «или», without words before the first number.
    loose: bool,
}

pub(super) fn connector(c: &Cursor<'_>, low: &Side) -> Option<Connector> {
    let mut at = low.end;
    // «от 5 тысяч рублей и до 7 тысяч»
    if c.is_lower(at, &["и"]) && c.is_lower(at + 1, &["до"]) {
        at += 1;
    }
    let opener = c
        .before(low.first)
        .filter(|_| c.follows(low.first))
        .map(|p| (p, c.lower(p)));
    let number_next = |i: usize| {
        let mut i = i;
        while matches!(c.kind(i), Some(TokenKind::Symbol))
            || c.is(i, Roles::PREFIX) && c.kind(i) == Some(TokenKind::Word)
            || c.is_lower(i, &["минус", "плюс", "minus", "a"])
            || (c.kind(i) == Some(TokenKind::Word)
                && c.kind(i + 1) == Some(TokenKind::Symbol)
                && c.glued(i + 1))
            || (c.kind(i) == Some(TokenKind::Dash) && c.glued(i + 1))
        {
            i += 1;
        }
        c.kind(i) == Some(TokenKind::Number) || c.is(i, Roles::NUMERAL)
    };
    let between = matches!(opener, Some((_, "между" | "between")));
    let from = matches!(opener, Some((_, "от" | "from")));
    let opened = |first: usize| Connector {
        first,
        next: at + 1,

        loose: false,
    };
    if !c.follows(at) {
        return None;
    }
    if let Some((p, _)) = opener {
        if from && c.is_lower(at, &["до", "to"]) && number_next(at + 1) {
            // “rose from 5 to 7 million” is a change, not a range.
            let changed = c.english() && (p.saturating_sub(8)..p).any(|i| c.is(i, Roles::CHANGE));
            return (!changed).then(|| opened(p));
        }
        if between && c.is_lower(at, &["и", "and"]) && number_next(at + 1) {
            return Some(opened(p));
        }
    }
    if c.kind(at) == Some(TokenKind::Dash) && number_next(at + 1) {
        let spaced = !c.glued(at) || !c.glued(at + 1);
        let year_like =
            low.number.bare && low.unit.is_none() && (1900..2100).contains(&low.value.floor());
        // «в 2019 — 300 рублей» is no range; a space on one side alone is none either.
        if (c.glued(at) != c.glued(at + 1)) || (spaced && year_like) {
            return None;
        }
        return Some(Connector {
            first: low.first,
            next: at + 1,
            loose: true,
        });
    }
    let small_words = !low.number.digits && low.unit.is_none();
    if (c.is_lower(at, &["или", "or"]) || c.is_lower(at, &["to"]))
        && number_next(at + 1)
        && (c.is_lower(at, &["to"]) || low.unit.is_none() || low.prefixed || small_words)
    {
        let to = c.is_lower(at, &["to"]);
        // “rise by 8% to 12%”
        let changed = to
            && !matches!(opener, Some((_, "by")))
            && (c.start.max(low.first.saturating_sub(6))..low.first)
                .any(|i| c.is(i, Roles::CHANGE) || c.is_lower(i, &["from"]));
        return (!changed).then_some(Connector {
            first: low.first,
            next: at + 1,
            loose: true,
        });
    }
    None
}

/// Makes the first end of a range what it means beside the second: shares scale word and unit. None where the two are no
/// range.
pub(super) fn join(
    c: &Cursor<'_>,
    low: &mut Side,
    high: &Side,
    connector: &Connector,
) -> Option<()> {
    if low.number.upper.is_some() || high.number.upper.is_some() || high.prefixed && !low.prefixed {
        return None;
    }
    match (&low.unit, &high.unit) {
        (Some(a), Some(b)) if !a.agrees(b) => return None,
        // «5 км — 7»: the second number has lost its unit or is another thing.
        (Some(_), None) if !low.prefixed => return None,
        _ => {}
    }
    if connector.loose
        && low.unit.is_some()
        && !low.prefixed
        && c.is_lower(connector.next - 1, &["или", "or"])
    {
        return None;
    }
    // Digits of a fraction written with a dash, 5-летний and their like never come here; phone numbers have many parts.
    if connector.loose
        && c.kind(high.number.end) == Some(TokenKind::Dash)
        && c.glued(high.number.end)
    {
        return None;
    }
    if low.first > c.start
        && connector.loose
        && c.kind(low.first - 1) == Some(TokenKind::Dash)
        && c.glued(low.first)
        && c.glued(low.first - 1)
    {
        return None;
    }
    let share = high.number.scaled && !low.number.scaled && (low.unit.is_none() || low.prefixed);
    if share
        && let Some(scale) = scale_of(c, &high.number)
        && let Some(scaled) = low.value.times(scale)
        && scaled.is_less(high.value)
    {
        low.value = scaled;
        return Some(());
    }
    low.value.is_less(high.value).then_some(())
}

/// The factor of the scale words at the end of a number.
fn scale_of(c: &Cursor<'_>, number: &Number) -> Option<Decimal> {
    let facts = c.word(number.end - 1);
    (facts.is(Roles::NUMERAL)
        && facts.numeral.kind == NumeralKind::Scale
        && c.kind(number.end - 1) != Some(TokenKind::Number))
    .then(|| facts.numeral.value())
}
