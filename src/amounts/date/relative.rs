//! Dates that are told from the day of the article: «в понедельник», «вчера», «в прошлом году».
//!
//! Input: the token of a weekday, a word for a day, or a word that shifts a year or month; output: a date, without a value where the day
//! of the article is not known.

use super::{Found, Reader};
use crate::amounts::calendar::Day;
use crate::amounts::words::Roles;
use crate::document::Precision;
use crate::document::{LetterCase, Rule};
use crate::morph::Case;

impl Reader<'_, '_> {
    /// The last such day up to the article's, or the next where the words say so.
    pub(super) fn weekday(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let want = i64::from(c.word(i).date);
        let mut first = i;
        let mut weeks = 0;
        let previous = c.before(i);
        if c.english() {
            if c.token(i)?.case != LetterCase::Capital {
                return None;
            }
            if let Some(p) = previous.filter(|&p| c.is(p, Roles::SHIFT)) {
                weeks = i64::from(c.word(p).date).max(0);
            }
        } else {
            // «среда обитания» is no day.
            let p = previous?;
            if c.is(p, Roles::SHIFT) {
                weeks = i64::from(c.word(p).date).max(0);
            } else if !c.is(p, Roles::BEFORE_WEEKDAY) {
                return None;
            }
            let accusative = c.facts(i).is_some_and(|f| {
                f.readings.iter().any(|r| {
                    matches!(
                        r.tag.case,
                        Case::Accusative | Case::Dative | Case::Genitive | Case::Instrumental
                    )
                })
            });
            if !accusative {
                return None;
            }
        }
        // «в понедельник, 5 мая»: the day itself follows and says it all.
        let day = self.today.map(|today| {
            let back = (today.weekday() - want).rem_euclid(7);
            if weeks > 0 {
                today.plus(7 - back)
            } else {
                today.plus(-back)
            }
        });
        if c.is(first, Roles::SHIFT) {
            first = i;
        }
        self.found(
            first,
            i + 1,
            day.map(Day::iso),
            Precision::Day,
            Rule::DateWeekday,
        )
    }

    pub(super) fn relative_day(&self, i: usize) -> Option<Found> {
        let c = self.c;
        // «накануне выборов»: before something else.
        if c.is_lower(i, &["накануне"])
            && c.facts(i + 1).is_some_and(|f| {
                f.readings
                    .iter()
                    .any(|r| r.tag.case == Case::Genitive && r.chance > 0.2)
            })
        {
            return None;
        }
        let day = self
            .today
            .map(|today| today.plus(i64::from(c.word(i).date)).iso());
        self.found(i, i + 1, day, Precision::Day, Rule::DateRelative)
    }

    /// «в прошлом году», “last year”, «в этом месяце».
    pub(super) fn shifted(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let by = i32::from(c.word(i).date);
        if !c.follows(i + 1) {
            return None;
        }
        if c.is(i + 1, Roles::YEAR)
            && !c.lower(i + 1).ends_with("годы")
            && !c.lower(i + 1).starts_with("гг")
        {
            let plural = c.facts(i + 1).is_some_and(|f| {
                !f.readings.is_empty()
                    && f.readings
                        .iter()
                        .all(|r| r.tag.number == crate::morph::Number::Plural)
            });
            if plural {
                return None;
            }
            let value = self.today.map(|d| format!("{:04}", d.year + by));
            return self.found(i, i + 2, value, Precision::Year, Rule::DateRelative);
        }
        if c.is(i + 1, Roles::MONTH_WORD) {
            let value = self.today.map(|d| {
                let months = d.year * 12 + i32::from(d.month) - 1 + by;
                format!(
                    "{:04}-{:02}",
                    months.div_euclid(12),
                    months.rem_euclid(12) + 1
                )
            });
            return self.found(i, i + 2, value, Precision::Month, Rule::DateRelative);
        }
        None
    }
}
