//! A number with all that belongs to it -> [`Amount`]: range, approximation, unit or counted noun.

use std::borrow::Cow;

use super::approximation::{self, Approximation};
use super::count;
use super::cursor::Cursor;
use super::number::{self, Number, Tail};
use super::unit::{self, Unit};
use super::words::{Alone, NumeralKind, Roles};
use crate::document::{Amount, AmountKind, Decimal, Rule};
use crate::morph::Number as Grammatical;
use crate::segment::{Gap, LetterCase, TokenKind};
use crate::span::Span;

/// An amount and the tokens it covers.
pub(super) struct Found {
    pub amount: Amount,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Group of currencies that only the context can tell apart; 0 for none.
    pub group: u16,
}

/// What stands at an anchor.
pub(super) enum Outcome {
    Amount(Found),
    /// A number with a scale word and no unit: perhaps money that was named before.
    Bare(Found),
    /// Nothing; the next token to look at.
    Skip(usize),
}

/// A number with the sign before it and the unit behind it.
struct Side {
    first: usize,
    end: usize,
    number: Number,
    value: Decimal,
    unit: Option<Unit>,
    /// The currency stands before the number.
    prefixed: bool,
}

/// Reads the amount whose number, or whose sign before it, stands at `anchor`.
pub(super) fn read(c: &Cursor<'_>, anchor: usize) -> Outcome {
    if c.is(anchor, Roles::COMPOUND) || c.kind(anchor) == Some(TokenKind::NumberWord) {
        if let Some(found) = compound(c, anchor) {
            return Outcome::Amount(found);
        }
        if c.is(anchor, Roles::COMPOUND) {
            return Outcome::Skip(anchor + 1);
        }
    }
    let start = number_at(c, anchor);
    let Some(mut low) = side(c, start) else {
        return Outcome::Skip(skip(c, start));
    };
    let mut first = low.first;
    let mut high: Option<Side> = None;
    if let Some(connector) = connector(c, &low)
        && let Some(other) = side(c, number_at(c, connector.next))
        && join(c, &mut low, &other, &connector).is_some()
    {
        first = connector.first;
        high = Some(other);
    }
    finish(c, first, low, high)
}

/// Past everything of a broken number, so that no tail of it is read as a number of its own.
fn skip(c: &Cursor<'_>, start: usize) -> usize {
    let mut at = start + 1;
    while c.kind(at) == Some(TokenKind::Number) && c.gap(at) <= Gap::Space {
        at += 1;
    }
    at
}

/// The token of the number itself, past signs and a plus.
fn number_at(c: &Cursor<'_>, anchor: usize) -> usize {
    let mut at = anchor;
    for _ in 0..3 {
        let sign = matches!(c.kind(at), Some(TokenKind::Symbol | TokenKind::Other))
            || (c.is(at, Roles::PREFIX) && !c.is(at, Roles::NUMERAL))
            || (c.kind(at) == Some(TokenKind::Word)
                && c.glued(at + 1)
                && c.kind(at + 1) == Some(TokenKind::Symbol));
        if !sign {
            break;
        }
        at += 1;
    }
    at
}

/// A number, its sign and its unit.
fn side(c: &Cursor<'_>, start: usize) -> Option<Side> {
    let number = number::read(c, start)?;
    let mut first = start;
    let mut value = number.value;
    let mut unit = None;
    let mut end = number.end;
    let mut prefixed = false;
    if let Some((at, code)) = unit::sign_before(c, start) {
        first = at;
        prefixed = true;
        // $1.2 million US: nothing else belongs to it.
        unit = Some(Unit {
            kind: AmountKind::Money,
            symbol: Some(code),
            end,
            minor: false,
            change: None,
            group: 0,
        });
        if number.thousands.is_some() && !c.english() {
            // «$635,000» keeps the commas of its own country.
            value = number.thousands.unwrap_or(value);
        }
    } else if let Some(found) = unit::after(c, end, &number) {
        // «на 73-м километре» counts nothing: a cardinal asks for the plural.
        if c.kind(start) == Some(TokenKind::NumberWord)
            && c.facts(end).is_some_and(|f| {
                !f.readings.is_empty()
                    && f.readings
                        .iter()
                        .all(|r| r.tag.number != Grammatical::Plural)
            })
        {
            return None;
        }
        end = found.end;
        unit = Some(found);
    }
    // A minus: glued to the number, or the word, before degrees and percentages.
    let signed = matches!(
        unit,
        Some(Unit {
            kind: AmountKind::Measure | AmountKind::Percent,
            ..
        })
    ) || unit.is_none();
    if signed && let Some(previous) = c.before(first) {
        let minus = c.glued(first)
            && c.kind(previous) == Some(TokenKind::Dash)
            && !c.glued(previous)
            && matches!(c.slice(previous), "-" | "−" | "–")
            && unit.is_some();
        if minus || (c.is_lower(previous, &["минус", "minus"]) && c.follows(first)) {
            first = previous;
            value = value.negated();
        } else if (c.glued(first) && c.slice(previous) == "+")
            || (c.is_lower(previous, &["плюс"]) && c.follows(first) && unit.is_some())
        {
            first = previous;
        }
    }
    // a million, a dozen
    let begins = c.word(start);
    if begins.is(Roles::NUMERAL)
        && (begins.numeral.alone == Alone::Article || c.is_lower(start, &["half", "quarter"]))
        && let Some(previous) = c.before(first)
        && c.is_lower(previous, &["a", "an"])
    {
        first = previous;
    }
    Some(Side {
        first,
        end,
        number,
        value,
        unit,
        prefixed,
    })
}

/// What joins two numbers to a range.
struct Connector {
    /// First token of the range: the first number, or «от», “between” before it.
    first: usize,
    /// Token after the connector.
    next: usize,
    /// A dash or «или», without words before the first number.
    loose: bool,
}

fn connector(c: &Cursor<'_>, low: &Side) -> Option<Connector> {
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
        let changed = to
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
fn join(c: &Cursor<'_>, low: &mut Side, high: &Side, connector: &Connector) -> Option<()> {
    if low.number.upper.is_some() || high.number.upper.is_some() || high.prefixed && !low.prefixed {
        return None;
    }
    match (&low.unit, &high.unit) {
        (Some(a), Some(b)) if !a.agrees(b) => return None,
        (Some(a), None) if !low.prefixed => {
            // «5 км — 7»: the second number has lost its unit or is another thing.
            let _ = a;
            return None;
        }
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

fn finish(c: &Cursor<'_>, first: usize, low: Side, high: Option<Side>) -> Outcome {
    let mut approximation = Approximation::default();
    let last = high.as_ref().unwrap_or(&low);
    let number = last.number;
    let mut value = low.value;
    let mut value_max = match &high {
        Some(high) => Some(high.value),
        None => low.number.upper.map(Decimal::trimmed),
    };
    let mut end = last.end;
    let mut unit = last.unit.or(low.unit);
    // «250 и более концертов», «17 тысяч с лишним подписей»
    if last.unit.is_none() || last.prefixed {
        let after = approximation::after(c, end, &mut approximation);
        if after > end {
            end = after;
            if unit.is_none()
                && let Some(found) = unit::after(c, end, &number)
            {
                end = found.end;
                unit = Some(found);
            }
        }
    }
    let mut rule = Rule::named("amount.count");
    let mut kind = AmountKind::Count;
    let mut name: Option<Cow<'static, str>> = None;
    let mut group = 0;
    let mut bare = false;
    if let Some(found) = unit {
        kind = found.kind;
        name = found.symbol.map(Cow::Borrowed);
        group = found.group;
        rule = Rule::named(match kind {
            AmountKind::Money if last.prefixed => "amount.money.sign",
            AmountKind::Money => "amount.money",
            AmountKind::Percent => "amount.percent",
            AmountKind::Measure => "amount.measure",
            AmountKind::Count => "amount.count",
        });
        if found.minor {
            let (Some(a), b) = (value.hundredth(), value_max.map(Decimal::hundredth)) else {
                return Outcome::Skip(end);
            };
            value = a;
            value_max = b.flatten();
        }
        if let Some(change) = found.change {
            let target = value_max.as_mut().unwrap_or(&mut value);
            match target.plus(change) {
                Some(sum) => *target = sum,
                None => return Outcome::Skip(end),
            }
        }
        end = approximation::after(c, end, &mut approximation);
        if refused(c, first, &low, end, kind) {
            return Outcome::Skip(end.max(number.end));
        }
    } else {
        if count::is_label(c, first) {
            return Outcome::Skip(number.end);
        }
        match counted(c, first, end, &low, &number, value_max.is_some()) {
            Some((after, noun)) => {
                if !noun_is_discrete(&value)
                    && let Some(thousands) = number.thousands
                {
                    value = thousands;
                }
                end = after;
                name = Some(Cow::Owned(noun));
                end = approximation::after(c, end, &mut approximation);
            }
            None if number.scaled && !value.is_less(Decimal::whole(1000)) => bare = true,
            None => return Outcome::Skip(number.end),
        }
    }
    let first = approximation::before(c, first, &mut approximation);
    let span = span_of(c, first, end);
    let found = Found {
        amount: Amount {
            span,
            kind,
            value: value.trimmed(),
            value_max: value_max.map(Decimal::trimmed),
            unit: name,
            approx: approximation.approx,
            bound: approximation.bound,
            inferred: false,
            rule,
        },
        first,
        end,
        group,
    };
    if bare {
        Outcome::Bare(found)
    } else {
        Outcome::Amount(found)
    }
}

/// People and things come in whole numbers, so that «1,500 человек» are thousands.
fn noun_is_discrete(value: &Decimal) -> bool {
    !value.is_fraction()
}

/// The counted noun, unless the number is no count at all.
fn counted(
    c: &Cursor<'_>,
    first: usize,
    end: usize,
    low: &Side,
    number: &Number,
    range: bool,
) -> Option<(usize, String)> {
    if !c.follows(end)
        || c.glued(end) && c.kind(end - 1) == Some(TokenKind::Number) && !number.scaled
    {
        return None;
    }
    let value = number.value;
    if (value == Decimal::whole(1) || value == Decimal::whole(0)) && !range {
        return None;
    }
    if value.is_fraction() && number.thousands.is_none() && number.tail != Tail::Fraction {
        return None;
    }
    // «в 2-3 раза», «в 13 раз»: how many times over.
    let (after, noun) = count::noun_after(c, end, number)?;
    if noun == "раз"
        && c.before(approximation::before(
            c,
            first,
            &mut Approximation::default(),
        ))
        .is_some_and(|p| c.is_lower(p, &["в", "во"]))
    {
        return None;
    }
    if value.is_fraction() && number.thousands.is_none() && number.digits && noun.is_empty() {
        return None;
    }
    // “4 in 10 voters”
    if c.english()
        && let Some(p) = c.before(first).filter(|&p| c.is_lower(p, &["in"]))
        && p > c.start
        && (c.kind(p - 1) == Some(TokenKind::Number) || c.is(p - 1, Roles::NUMERAL))
    {
        return None;
    }
    // A year before a noun: «в 2014 странами», “2016 elections”.
    let year = number.bare
        && low.number.bare
        && c.slice(number.start).len() == 4
        && (1900..=2100).contains(&value.floor());
    let name = c.token(end).is_some_and(|t| t.case != LetterCase::Lower);
    if year && (c.english() || after > end + 1 || name) {
        return None;
    }
    // 3:1, 20.2, 12/7
    if let Some(previous) = c.before(first)
        && c.glued(first)
        && matches!(
            c.kind(previous),
            Some(TokenKind::Colon | TokenKind::Dash | TokenKind::Comma | TokenKind::Stop)
        )
    {
        return None;
    }
    Some((after, noun))
}

/// Numbers with a unit that are no amounts all the same.
fn refused(c: &Cursor<'_>, first: usize, low: &Side, end: usize, kind: AmountKind) -> bool {
    // 3:1 %, 10/20 km
    let glued = c.before(first).is_some_and(|p| {
        c.glued(first)
            && matches!(c.kind(p), Some(TokenKind::Colon))
            && c.kind(p.wrapping_sub(1)) == Some(TokenKind::Number)
    });
    if glued {
        return true;
    }
    if kind == AmountKind::Measure {
        // 40 градусов северной широты
        let coordinates = (end..end + 3).any(|i| {
            c.is_lower(
                i,
                &["широты", "долготы", "latitude", "longitude", "с.ш.", "в.д."],
            )
        });
        if coordinates {
            return true;
        }
        // 5 в. is a century, 5 г. a year.
        let _ = low;
    }
    false
}

/// The span of the tokens; a full stop that ends the sentence stays outside.
fn span_of(c: &Cursor<'_>, first: usize, end: usize) -> Span {
    let start = c.token(first).map_or(0, |t| t.span.start());
    let last = end.saturating_sub(1);
    let mut stop = c.token(last).map_or(start, |t| t.span.end());
    if last + 1 == c.end
        && c.kind(last) == Some(TokenKind::Abbreviation)
        && c.slice(last).ends_with('.')
    {
        stop -= 1;
    }
    Span::new(start, stop.max(start))
}

/// 100-процентный, 30-километровая, $5-million, two-mile: digits or a number word with a unit behind a hyphen.
fn compound(c: &Cursor<'_>, i: usize) -> Option<Found> {
    let lower = c.lower(i);
    if let Some((value, code)) = c.tables.glued_currency(lower) {
        let mut approximation = Approximation::default();
        let first = approximation::before(c, i, &mut approximation);
        return Some(Found {
            amount: Amount {
                span: span_of(c, first, i + 1),
                kind: AmountKind::Money,
                value: value.trimmed(),
                value_max: None,
                unit: Some(Cow::Borrowed(code)),
                approx: approximation.approx,
                bound: approximation.bound,
                inferred: false,
                rule: Rule::named("amount.money.sign"),
            },
            first,
            end: i + 1,
            group: 0,
        });
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
    let facts = c.tables.suffix(part);
    let base = c.tables.adjective_base(part);
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
        symbol = c.tables.currencies[usize::from(noun.currency)]
            .first()
            .map(|e| e.code);
        end = i + 2;
    } else {
        let found = if c.english() { Some(facts) } else { base }?;
        if found.is(Roles::UNIT) {
            // “a 45-degree tilt”
            if c.english() && part.starts_with("degree") {
                return None;
            }
            symbol = c.tables.units[usize::from(found.unit)]
                .iter()
                .find(|u| u.rest.is_empty())
                .map(|u| u.symbol);
        } else if found.is(Roles::CURRENCY) {
            kind = AmountKind::Money;
            let row = c.tables.currencies[usize::from(found.currency)].first()?;
            symbol = Some(row.code);
            if row.minor {
                value = value.hundredth()?;
            }
        } else {
            return None;
        }
        symbol?;
    }
    let mut approximation = Approximation::default();
    let first = approximation::before(c, first, &mut approximation);
    Some(Found {
        amount: Amount {
            span: span_of(c, first, end),
            kind,
            value: value.trimmed(),
            value_max: None,
            unit: symbol.map(Cow::Borrowed),
            approx: approximation.approx,
            bound: approximation.bound,
            inferred: false,
            rule: Rule::named("amount.adjective"),
        },
        first,
        end,
        group: 0,
    })
}

/// процентный in any form.
fn percent_form(part: &str) -> bool {
    part.strip_prefix("процентн")
        .is_some_and(|e| !e.is_empty() && e.chars().count() <= 3)
}
