//! Dates: day, month and year in digits and words, years, weekdays, and days told from the article's own («вчера»).
//!
//! Input: a token and the article's day, where it is known; output: ISO values as exact as the words are. A day or month
//! without a year takes the year that brings it nearest to the article; where that is not known, it has no value.

use super::calendar::Day;
use super::cursor::Cursor;
use super::words::{NumeralKind, Roles};
use crate::document::{DateMention, Precision, Rule};
use crate::morph::Case;
use crate::segment::{LetterCase, TokenKind};
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
        rule: &'static str,
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
                rule: Rule::named(rule),
            },
            end,
        })
    }

    /// 05.02.2026, 5.02.26, 2026-02-05, 05/02/2026.
    fn numeric(&self, i: usize) -> Option<Found> {
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
            return self.found(i, end, Some(day.iso()), Precision::Day, "date.numeric");
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
            return self.found(i, i + 5, Some(day.iso()), Precision::Day, "date.numeric");
        }
        None
    }

    /// The number of a day: 5, 5-го, 5th, пятого, двадцать пятого. With the token after it.
    fn day_number(&self, i: usize) -> Option<(u8, usize)> {
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

    /// «5 февраля 2026 года», “5 February 2026”, the first day of «5-7 февраля».
    fn day_month(&self, i: usize) -> Option<Found> {
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

    fn day_found(
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
        self.found(first, end, value, Precision::Day, "date.day")
    }

    /// The day of the year that brings it nearest to the article's.
    fn nearest(&self, month: u8, day: u8) -> Option<Day> {
        let today = self.today?;
        (today.year - 1..=today.year + 1)
            .filter_map(|y| Day::new(y, month, day))
            .min_by_key(|d| d.minus(today).abs())
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

    /// «в 2019 году», «2017—2030 годы», “in 2019”.
    fn year(&self, i: usize) -> Option<Found> {
        let c = self.c;
        let year = self.year_number(i)?;
        let iso = Some(format!("{year:04}"));
        if c.is(i + 1, Roles::YEAR) && c.follows(i + 1) {
            return self.found(i, i + 2, iso, Precision::Year, "date.year");
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
                return self.found(i, i + 1, iso, Precision::Year, "date.year");
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
            .then(|| self.found(i, i + 1, iso, Precision::Year, "date.year"))
            .flatten()
    }

    /// A month without a day: «в феврале 2026 года», “in February”; “February 5, 2026”.
    fn month(&self, i: usize) -> Option<Found> {
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
        self.found(first, end, value, Precision::Month, "date.month")
    }

    /// The last such day up to the article's, or the next where the words say so.
    fn weekday(&self, i: usize) -> Option<Found> {
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
            "date.weekday",
        )
    }

    fn relative_day(&self, i: usize) -> Option<Found> {
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
        self.found(i, i + 1, day, Precision::Day, "date.relative")
    }

    /// «в прошлом году», “last year”, «в этом месяце».
    fn shifted(&self, i: usize) -> Option<Found> {
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
            return self.found(i, i + 2, value, Precision::Year, "date.relative");
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
            return self.found(i, i + 2, value, Precision::Month, "date.relative");
        }
        None
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
