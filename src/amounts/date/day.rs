//! Dates of a day: 05.02.2026; 5 февраля 2026 года; “February 5”.
//!
//! Input: the token of a number or month; output: a date to the day, its year that of the article where none stands there.

use super::{Found, Reader, day_of, year_of};
use crate::amounts::calendar::Day;
use crate::amounts::words::{NumeralKind, Roles};
use crate::document::TokenKind;
use crate::document::{Precision, Rule};

impl Reader<'_, '_> {
    /// 05.02.2026, 5.02.26, 2026-02-05, 05/02/2026.
    pub(super) fn numeric(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let text = c.slice(i);
        let plain = |s: &str| {
            (!s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit()))
                .then(|| s.parse::<i32>().ok())
                .flatten()
        };
        let parts: Vec<&str> = text.split('.').collect();
        if let [d, m, y] = parts.as_slice() {
            let day = day_of(plain(d)?, plain(m)?, year_of(y, plain(y)?)?)?;
            let end = self.after_year(i + 1);
            return self.found(i, end, Some(day.iso()), Precision::Day, Rule::DateNumeric);
        }
        let mark = c.slice(i + 1);
        if matches!(mark, "-" | "/" | "‑")
            && mark == c.slice(i + 3)
            && (i + 1..i + 5).all(|k| c.glued(k))
        {
            let (a, b, y) = (text, c.slice(i + 2), c.slice(i + 4));
            let day = if a.len() == 4 {
                day_of(plain(y)?, plain(b)?, plain(a)?)
            } else {
                let (a, b, y) = (plain(a)?, plain(b)?, year_of(y, plain(y)?)?);
                let (first, second) = if c.english() { (b, a) } else { (a, b) };
                day_of(first, second, y).or_else(|| day_of(second, first, y))
            }?;
            return self.found(i, i + 5, Some(day.iso()), Precision::Day, Rule::DateNumeric);
        }
        None
    }

    /// The number of a day: 5, 5-го, 5th, пятого, двадцать пятого. With the token after it.
    pub(super) fn day_number(&self, i: usize) -> Option<(u8, usize)> {
        let c = self.c;
        let text = c.slice(i);
        match c.kind(i)? {
            TokenKind::Number => text.parse().ok().map(|d| (d, i + 1)),
            TokenKind::NumberWord => {
                let at = text.find(|ch: char| !ch.is_ascii_digit())?;
                let ending = text.get(at..)?;
                matches!(
                    ending,
                    "-го" | "-е" | "-ого" | "-му" | "-ое" | "-м" | "st" | "nd" | "rd" | "th"
                )
                .then(|| text.get(..at)?.parse().ok().map(|d| (d, i + 1)))
                .flatten()
            }
            _ => {
                let facts = c.word(i);
                if facts.is(Roles::ORDINAL) && !facts.is(Roles::NUMERAL) {
                    return Some((u8::try_from(facts.numeral.hundredths / 100).ok()?, i + 1));
                }
                // двадцать пятого
                let next = c.word(i + 1);
                (facts.numeral.kind == NumeralKind::Ten
                    && facts.is(Roles::NUMERAL)
                    && next.is(Roles::ORDINAL)
                    && next.numeral.hundredths < 1000)
                    .then(|| {
                        u8::try_from((facts.numeral.hundredths + next.numeral.hundredths) / 100)
                            .ok()
                    })
                    .flatten()
                    .map(|d| (d, i + 2))
            }
        }
        .filter(|(d, _)| (1..=31).contains(d))
    }

    /// «5 февраля 2026 года», “5 February 2026”, the first day of «5-7 февраля».
    pub(super) fn day_month(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let (day, mut at) = self.day_number(i)?;
        if c.english() && c.is_lower(at, &["of"]) {
            at += 1;
        }
        if let Some(month) = self.month_at(at) {
            let (year, end) = self.year_after(at + 1);
            return self.day_found(i, end, year, month, day);
        }
        // The month stands after the last of several days.
        let mut last = at;
        for _ in 0..3 {
            let joined = c.kind(last) == Some(TokenKind::Dash)
                || c.kind(last) == Some(TokenKind::Comma)
                || c.is_lower(last, &["и", "или", "по", "до", "and", "to", "or"]);
            if !joined || c.kind(i) != Some(TokenKind::Number) {
                return None;
            }
            let (other, after) = self.day_number(last + 1)?;
            if c.kind(last + 1) != Some(TokenKind::Number) {
                return None;
            }
            if let Some(month) = self.month_at(after) {
                let (year, _) = self.year_after(after + 1);
                // «с 25 по 3 мая»: the first day lies in the month before.
                let earlier = day > other && c.is_lower(last, &["по", "до"]);
                if earlier {
                    return None;
                }
                return self.day_found(i, i + 1, year, month, day);
            }
            last = after;
        }
        None
    }

    pub(super) fn day_found(
        &self,
        first: usize,
        end: usize,
        year: Option<i32>,
        month: u8,
        day: u8,
    ) -> Option<Found> {
        // A leap year, so that 29 February without a year is a day.
        Day::new(year.unwrap_or(2000), month, day)?;
        let value = match year {
            Some(year) => Day::new(year, month, day).map(Day::iso),
            None => self.nearest(month, day).map(Day::iso),
        };
        self.found(first, end, value, Precision::Day, Rule::DateDay)
    }
}
