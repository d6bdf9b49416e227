//! A number with all that belongs to it -> [`Amount`]: range, approximation, unit or counted noun.

use std::borrow::Cow;

use super::approximation::{self, Approximation};
use super::compound;
use super::count;
use super::cursor::Cursor;
use super::number::{self, Number, Tail};
use super::range;
use super::unit::{self, Unit};
use super::words::{Alone, Roles};
use crate::document::{Amount, AmountKind, Bound, Decimal, Rule};
use crate::document::{Gap, LetterCase, TokenKind};
use crate::morph::Number as Grammatical;
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
pub(super) struct Side {
    pub first: usize,
    pub end: usize,
    pub number: Number,
    pub value: Decimal,
    pub unit: Option<Unit>,
    /// The currency stands before the number.
    pub prefixed: bool,
}

/// Reads the amount whose number, or whose sign before it, stands at `anchor`.
pub(super) fn read(c: &Cursor<'_>, anchor: usize) -> Outcome {
    if c.is(anchor, Roles::COMPOUND) || c.kind(anchor) == Some(TokenKind::NumberWord) {
        if let Some(found) = compound::read(c, anchor) {
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
    if let Some(connector) = range::connector(c, &low)
        && let Some(other) = side(c, number_at(c, connector.next))
        && range::join(c, &mut low, &other, &connector).is_some()
    {
        first = connector.first;
        high = Some(other);
    }
    finish(c, first, low, high)
}

/// Past everything of a broken number, so that no tail of it is read as a number of its own.
fn skip(c: &Cursor<'_>, start: usize) -> usize {
    let mut at = start + 1;
    if c.kind(start) != Some(TokenKind::Number) {
        return at;
    }
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
    } else if let Some(found) = unit::after(c, end) {
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

/// An amount in the making.
struct Draft {
    kind: AmountKind,
    value: Decimal,
    value_max: Option<Decimal>,
    /// Code, symbol or counted noun.
    name: Option<Cow<'static, str>>,
    group: u16,
    rule: Rule,
    approximation: Approximation,
    first: usize,
    end: usize,
    /// It has neither unit nor noun.
    bare: bool,
}

/// What is known of the number or range that begins at token `first` -> the amount. The steps in order: words behind the number that bound it;
/// its unit, or the noun that is counted; words before it; «мороза» behind degrees.
fn finish(c: &Cursor<'_>, first: usize, low: Side, high: Option<Side>) -> Outcome {
    let last = high.as_ref().unwrap_or(&low);
    let mut draft = Draft {
        kind: AmountKind::Count,
        value: low.value,
        value_max: match &high {
            Some(high) => Some(high.value),
            None => low.number.upper.map(Decimal::trimmed),
        },
        name: None,
        group: 0,
        rule: Rule::AmountCount,
        approximation: Approximation::default(),
        first,
        end: last.end,
        bare: false,
    };
    let mut unit = last.unit.or(low.unit);
    if last.unit.is_none() || last.prefixed {
        draft.words_behind(c, &mut unit);
    }
    let settled = match unit {
        Some(unit) => draft.measure(c, unit, last),
        None => draft.count(c, &low, &last.number),
    };
    if let Err(next) = settled {
        return Outcome::Skip(next);
    }
    draft.first = approximation::before(c, first, &mut draft.approximation);
    if matches!(draft.name.as_deref(), Some("C" | "F")) {
        draft.below_zero(c);
    }
    draft.into_outcome(c)
}

impl Draft {
    /// Passes over «250 и более концертов», «17 тысяч с лишним подписей»; a unit may stand behind these words too.
    fn words_behind(&mut self, c: &Cursor<'_>, unit: &mut Option<Unit>) {
        let after = approximation::after(c, self.end, &mut self.approximation);
        if after <= self.end {
            return;
        }
        self.end = after;
        if unit.is_none()
            && let Some(found) = unit::after(c, self.end)
        {
            self.end = found.end;
            *unit = Some(found);
        }
    }

    /// Takes over a unit. Where it is no amount all the same, the next token to look at.
    fn measure(&mut self, c: &Cursor<'_>, unit: Unit, last: &Side) -> Result<(), usize> {
        self.kind = unit.kind;
        self.name = unit.symbol.map(Cow::Borrowed);
        self.group = unit.group;
        self.rule = match unit.kind {
            AmountKind::Money if last.prefixed => Rule::AmountMoneySign,
            AmountKind::Money => Rule::AmountMoney,
            AmountKind::Percent => Rule::AmountPercent,
            AmountKind::Measure => Rule::AmountMeasure,
            AmountKind::Count => Rule::AmountCount,
        };
        if unit.minor {
            let max = self.value_max.map(Decimal::hundredth);
            self.value = self.value.hundredth().ok_or(self.end)?;
            self.value_max = max.flatten();
        }
        if let Some(change) = unit.change {
            let target = self.value_max.as_mut().unwrap_or(&mut self.value);
            *target = target.plus(change).ok_or(self.end)?;
        }
        self.end = approximation::after(c, self.end, &mut self.approximation);
        match refused(c, self.first, self.end, self.kind) {
            true => Err(self.end.max(last.number.end)),
            false => Ok(()),
        }
    }

    /// Takes over the noun that is counted. Where nothing is, the next token to look at.
    fn count(&mut self, c: &Cursor<'_>, low: &Side, number: &Number) -> Result<(), usize> {
        if count::is_label(c, self.first) {
            return Err(number.end);
        }
        let range = self.value_max.is_some();
        let Some((after, noun)) = counted(c, self.first, self.end, low, number, range) else {
            self.bare = number.scaled && !self.value.is_less(Decimal::whole(1000));
            return if self.bare { Ok(()) } else { Err(number.end) };
        };
        // People and things come in whole numbers, so that «1,500 человек» are thousands.
        if self.value.is_fraction()
            && let Some(thousands) = number.thousands
        {
            self.value = thousands;
        }
        self.name = Some(Cow::Owned(noun));
        self.end = approximation::after(c, after, &mut self.approximation);
        Ok(())
    }

    /// «от 5 до 10 градусов мороза», «до 20 градусов мороза»: the other way round.
    fn below_zero(&mut self, c: &Cursor<'_>) {
        let Some(after) = approximation::below_zero(c, self.end) else {
            return;
        };
        self.end = after;
        (self.value, self.value_max) = match self.value_max {
            Some(high) => (high.negated(), Some(self.value.negated())),
            None => (self.value.negated(), None),
        };
        let bound = &mut self.approximation.bound;
        *bound = bound.map(|bound| match bound {
            Bound::Min => Bound::Max,
            Bound::Max => Bound::Min,
        });
    }

    fn into_outcome(self, c: &Cursor<'_>) -> Outcome {
        let found = Found {
            amount: Amount {
                span: span_of(c, self.first, self.end),
                kind: self.kind,
                value: self.value.trimmed(),
                value_max: self.value_max.map(Decimal::trimmed),
                unit: self.name,
                approx: self.approximation.approx,
                bound: self.approximation.bound,
                inferred: false,
                rule: self.rule,
            },
            first: self.first,
            end: self.end,
            group: self.group,
        };
        match self.bare {
            true => Outcome::Bare(found),
            false => Outcome::Amount(found),
        }
    }
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
fn refused(c: &Cursor<'_>, first: usize, end: usize, kind: AmountKind) -> bool {
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
        let coordinates = (end..end + 3).any(|i| c.is(i, Roles::COORDINATE));
        if coordinates {
            return true;
        }
    }
    false
}

/// The span of the tokens; a full stop that ends the sentence stays outside.
pub(super) fn span_of(c: &Cursor<'_>, first: usize, end: usize) -> Span {
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
