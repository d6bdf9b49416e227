//! A number and its unit in one word: «100-процентный», «30-километровая», “$5-million”, “two-mile”, “R100m”.

use std::borrow::Cow;

use super::approximation::{self, Approximation};
use super::cursor::Cursor;
use super::quantity::{Found, span_of};
use super::unit;
use super::words::{NumeralKind, Roles};
use crate::document::LetterCase;
use crate::document::{Amount, AmountKind, Decimal, Rule};

/// 100-процентный, 30-километровая, $5-million, two-mile: digits or a number word with a unit behind a hyphen.
pub(super) fn read(c: &Cursor<'_>, i: usize) -> Option<Found> {
    let lower = c.lower(i);
    if let Some((value, code)) = c.seen.tables.glued_currency(lower) {
        let unit = (AmountKind::Money, Some(code));
        return Some(found(c, (i, i + 1), value, unit, Rule::AmountMoneySign));
    }
    let (head, part) = lower.split_once('-')?;
    let value = if c.is(i, Roles::COMPOUND) {
        c.word(i).numeral.value().trimmed()
    } else {
        super::decimal::read(head, c.lang)?.value
    };
    let scale_alone = c.is(i, Roles::COMPOUND) && c.word(i).numeral.kind == NumeralKind::Scale;
    if c.token(i)?.case == LetterCase::Upper || scale_alone {
        return None;
    }
    let mut value = value;
    let mut kind = AmountKind::Measure;
    let mut symbol = None;
    let mut first = i;
    let mut end = i + 1;
    let facts = c.seen.tables.suffix(part);
    let base = c.seen.tables.adjective_base(part);
    if let Some((at, code)) = unit::sign_before(c, i) {
        // $5-million
        first = at;
        kind = AmountKind::Money;
        symbol = Some(code);
        if facts.is(Roles::NUMERAL) && facts.numeral.kind == NumeralKind::Scale {
            value = value.times(facts.numeral.value())?;
        }
    } else if facts.is(Roles::PERCENT_ADJECTIVE) || facts.is(Roles::PERCENT) || percent_form(part) {
        kind = AmountKind::Percent;
    } else if c.english() && facts.is(Roles::NUMERAL) && facts.numeral.kind == NumeralKind::Scale {
        // 5-million dollars
        value = value.times(facts.numeral.value())?;
        let noun = c.word(i + 1);
        if !noun.is(Roles::CURRENCY) {
            return None;
        }
        kind = AmountKind::Money;
        symbol = c.seen.tables.currencies[usize::from(noun.currency)]
            .first()
            .map(|e| e.code);
        end = i + 2;
    } else {
        let named = if c.english() { Some(facts) } else { base }?;
        if named.is(Roles::UNIT) {
            // “a 45-degree tilt”
            if c.english() && part.starts_with("degree") {
                return None;
            }
            symbol = c.seen.tables.units[usize::from(named.unit)]
                .iter()
                .find(|u| u.rest.is_empty())
                .map(|u| u.symbol);
        } else if named.is(Roles::CURRENCY) {
            kind = AmountKind::Money;
            let row = c.seen.tables.currencies[usize::from(named.currency)].first()?;
            symbol = Some(row.code);
            if row.minor {
                value = value.hundredth()?;
            }
        } else {
            return None;
        }
        symbol?;
    }
    let unit = (kind, symbol);
    Some(found(c, (first, end), value, unit, Rule::AmountAdjective))
}

/// The amount of tokens `first..end`, with what stands before it.
fn found(
    c: &Cursor<'_>,
    (first, end): (usize, usize),
    value: Decimal,
    (kind, symbol): (AmountKind, Option<&'static str>),
    rule: Rule,
) -> Found {
    let mut approximation = Approximation::default();
    let first = approximation::before(c, first, &mut approximation);
    Found {
        amount: Amount {
            span: span_of(c, first, end),
            kind,
            value: value.trimmed(),
            value_max: None,
            unit: symbol.map(Cow::Borrowed),
            approx: approximation.approx,
            bound: approximation.bound,
            inferred: false,
            rule,
        },
        first,
        end,
        group: 0,
    }
}

/// процентный in any form.
fn percent_form(part: &str) -> bool {
    part.strip_prefix("процентн")
        .is_some_and(|e| !e.is_empty() && e.chars().count() <= 3)
}
