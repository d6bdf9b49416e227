//! Years and months without a day: в 2026 году, «в феврале», “since 2014”.
//!
//! Input: the token of a year or month; output: a date to the year or month.

use super::{Found, Reader};
use crate::amounts::words::Roles;
use crate::document::TokenKind;
use crate::document::{Precision, Rule};

impl Reader<'_, '_> {
    /// «в 2019 году», «2017—2030 годы», “in 2019”.
    pub(super) fn year(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let year = self.year_number(i)?;
        let iso = Some(format!("{year:04}"));
        if c.is(i + 1, Roles::YEAR) && c.follows(i + 1) {
            return self.found(i, i + 2, iso, Precision::Year, Rule::DateYear);
        }
        // The word stands after the last of several years.
        let mut last = i + 1;
        for _ in 0..4 {
            let joined = c.kind(last) == Some(TokenKind::Dash)
                || c.kind(last) == Some(TokenKind::Comma)
                || c.slice(last) == "/"
                || c.is_lower(last, &["и", "или", "по", "до"]);
            if !joined || self.year_number(last + 1).is_none() {
                break;
            }
            if c.is(last + 2, Roles::YEAR) {
                return self.found(i, i + 1, iso, Precision::Year, Rule::DateYear);
            }
            last += 2;
        }
        let english = c.english()
            && (1500..2100).contains(&year)
            && c.before(i).is_some_and(|p| c.is(p, Roles::BEFORE_YEAR))
            && !c.is(i + 1, Roles::CURRENCY)
            && !c.is(i + 1, Roles::UNIT)
            && c.kind(i + 1) != Some(TokenKind::Symbol);
        english
            .then(|| self.found(i, i + 1, iso, Precision::Year, Rule::DateYear))
            .flatten()
    }

    /// A month without a day: «в феврале 2026 года», “in February”; “February 5, 2026”.
    pub(super) fn month(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let month = self.month_at(i)?;
        if c.english() {
            if matches!(
                c.kind(i + 1),
                Some(TokenKind::Number | TokenKind::NumberWord)
            ) && let Some((day, after)) = self.day_number(i + 1)
                && c.follows(i + 1)
            {
                let (year, end) = self.year_after(after);
                return self.day_found(i, end, year, month, day);
            }
            if let Some(year) = self.year_number(i + 1) {
                return self.month_found(i, i + 2, Some(year), month);
            }
            let told = c
                .before(i)
                .is_some_and(|p| c.is(p, Roles::BEFORE_MONTH) || c.is(p, Roles::SHIFT));
            let short = c.word(i).is(Roles::SHORT);
            return (told && !short)
                .then(|| self.month_found(i, i + 1, None, month))
                .flatten();
        }
        if c.word(i).is(Roles::SHORT) {
            return None;
        }
        let (year, end) = self.year_after(i + 1);
        let told = year.is_some()
            || c.before(i).is_some_and(|p| {
                c.is(p, Roles::PREPOSITION) || c.is(p, Roles::BEFORE_MONTH) || c.is(p, Roles::SHIFT)
            });
        told.then(|| self.month_found(i, end, year, month))
            .flatten()
    }

    fn month_found(&self, first: usize, end: usize, year: Option<i32>, month: u8) -> Option<Found> {
        let year = year.or_else(|| self.nearest(month, 15).map(|d| d.year));
        let value = year.map(|y| format!("{y:04}-{month:02}"));
        self.found(first, end, value, Precision::Month, Rule::DateMonth)
    }
}
