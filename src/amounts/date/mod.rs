//! Dates: day, month and year in digits and words, years, weekdays, and days told from the article's own («вчера»).
//!
//! Input: a token and the article's day, where it is known; output: ISO values as exact as the words are. A day or month
//! without a year takes the year that brings it nearest to the article; where that is not known, it has no value.

mod day;
mod period;
mod relative;

use super::calendar::Day;
use super::cursor::Cursor;
use super::words::Roles;
use crate::document::{DateMention, Precision, Rule};
use crate::document::{LetterCase, TokenKind};
use crate::span::Span;

/// A date and one past its last token.
pub(super) struct Found {
    pub date: DateMention,
    pub end: usize,
}

/// The date that begins at token `i`.
pub(super) fn read(c: &Cursor<'_>, i: usize, today: Option<Day>) -> Option<Found> {
    let reader = Reader { c, today };
    match c.kind(i)? {
        TokenKind::Number => reader
            .numeric(i)
            .or_else(|| reader.day_month(i))
            .or_else(|| reader.year(i)),
        TokenKind::NumberWord => reader.day_month(i),
        TokenKind::Word | TokenKind::Abbreviation => {
            let facts = c.word(i);
            let by_role =
                |roles: Roles, f: &dyn Fn() -> Option<Found>| facts.is(roles).then(f).flatten();
            by_role(Roles::ORDINAL, &|| reader.day_month(i))
                .or_else(|| by_role(Roles::NUMERAL, &|| reader.day_month(i)))
                .or_else(|| by_role(Roles::MONTH, &|| reader.month(i)))
                .or_else(|| by_role(Roles::WEEKDAY, &|| reader.weekday(i)))
                .or_else(|| by_role(Roles::DAY, &|| reader.relative_day(i)))
                .or_else(|| by_role(Roles::SHIFT, &|| reader.shifted(i)))
        }
        _ => None,
    }
}

struct Reader<'c, 'a> {
    c: &'c Cursor<'a>,
    today: Option<Day>,
}

impl Reader<'_, '_> {
    fn found(
        &self,
        first: usize,
        end: usize,
        value: Option<String>,
        precision: Precision,
        rule: Rule,
    ) -> Option<Found> {
        let c = self.c;
        let start = c.token(first)?.span.start();
        let last = c.token(end - 1)?;
        let mut stop = last.span.end();
        if end == c.end && last.kind == TokenKind::Abbreviation {
            stop -= 1;
        }
        Some(Found {
            date: DateMention {
                span: Span::new(start, stop),
                value,
                precision,
                rule,
            },
            end,
        })
    }

    /// The day of the year that brings it nearest to the article's.
    fn nearest(&self, month: u8, day: u8) -> Option<Day> {
        let today = self.today?;
        (today.year - 1..=today.year + 1)
            .filter_map(|y| Day::new(y, month, day))
            .min_by_key(|d| d.minus(today).abs())
    }

    fn month_at(&self, i: usize) -> Option<u8> {
        let c = self.c;
        let facts = c.word(i);
        if !facts.is(Roles::MONTH) || !c.follows(i) {
            return None;
        }
        if c.english() && c.token(i)?.case == LetterCase::Lower {
            return None;
        }
        u8::try_from(facts.date).ok()
    }

    /// A year at `i`, after a comma perhaps, with the word «года»; and one past it.
    fn year_after(&self, i: usize) -> (Option<i32>, usize) {
        let c = self.c;
        let at = if c.kind(i) == Some(TokenKind::Comma) {
            i + 1
        } else {
            i
        };
        match self.year_number(at) {
            Some(year) if c.english() || at == i || c.is(at + 1, Roles::YEAR) => {
                (Some(year), self.after_year(at + 1))
            }
            _ => {
                // «5 февраля этого года», «прошлого года»
                if c.is(i, Roles::SHIFT) && c.is(i + 1, Roles::YEAR) {
                    let year = self.today.map(|d| d.year + i32::from(c.word(i).date));
                    return (year, i + 2);
                }
                // «1 млн», «5 мая» and no year
                (None, i)
            }
        }
    }

    fn year_number(&self, i: usize) -> Option<i32> {
        let c = self.c;
        let text = c.slice(i);
        let year = (c.kind(i) == Some(TokenKind::Number) && c.follows(i) && text.len() == 4)
            .then(|| text.parse::<i32>().ok())
            .flatten()?;
        (1000..2200).contains(&year).then_some(year)
    }

    /// Past «года» or «г.» at `i`.
    fn after_year(&self, i: usize) -> usize {
        if self.c.is(i, Roles::YEAR) && self.c.follows(i) {
            i + 1
        } else {
            i
        }
    }
}

fn day_of(day: i32, month: i32, year: i32) -> Option<Day> {
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The year of two or four digits.
fn year_of(text: &str, value: i32) -> Option<i32> {
    match text.len() {
        4 => (1000..2200).contains(&value).then_some(value),
        2 => Some(if value < 70 {
            2000 + value
        } else {
            1900 + value
        }),
        _ => None,
    }
}
