//! Days of the Gregorian calendar: reading and writing ISO dates, adding days, weekdays.

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// None where the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        (day >= 1 && (1..=12).contains(&month) && day <= month_days(year, month)).then_some(Day {
            year,
            month,
            day,
        })
    }

    /// From the beginning of an ISO date (`2026-02-05T10:00`).
    pub fn from_iso(text: &str) -> Option<Self> {
        let part = |range: std::ops::Range<usize>| {
            text.get(range)
                .filter(|p| p.bytes().all(|b| b.is_ascii_digit()))?
                .parse::<u16>()
                .ok()
        };
        if text.get(4..5)? != "-" || text.get(7..8)? != "-" {
            return None;
        }
        Day::new(
            i32::from(part(0..4)?),
            u8::try_from(part(5..7)?).ok()?,
            u8::try_from(part(8..10)?).ok()?,
        )
    }

    /// `2026-02-05`
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Days since 1 March of the year 0.
    fn number(self) -> i64 {
        let (year, month) = if self.month > 2 {
            (i64::from(self.year), i64::from(self.month) - 3)
        } else {
            (i64::from(self.year) - 1, i64::from(self.month) + 9)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + i64::from(self.day)
            - 1
    }

    fn from_number(number: i64) -> Self {
        let era = number.div_euclid(146_097);
        let of_era = number.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Day {
            year: year as i32,
            month: month as u8,
            day: day as u8,
        }
    }

    /// The day `days` later.
    pub fn plus(self, days: i64) -> Self {
        Day::from_number(self.number() + days)
    }

    /// Days from `other` to this one.
    pub fn minus(self, other: Day) -> i64 {
        self.number() - other.number()
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i64 {
        // 1 March of the year 0 was a Wednesday.
        (self.number() + 2).rem_euclid(7) + 1
    }
}

fn month_days(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days() {
        let day = Day::new(2026, 2, 5).expect("a day");
        assert_eq!(day.weekday(), 4);
        assert_eq!(day.plus(-5).iso(), "2026-01-31");
        assert_eq!(day.plus(24).iso(), "2026-03-01");
        assert_eq!(
            Day::new(2024, 2, 28).expect("a day").plus(1).iso(),
            "2024-02-29"
        );
        assert_eq!(Day::new(2026, 2, 29), None);
        assert_eq!(Day::from_iso("2026-02-05T10:00"), Some(day));
        assert_eq!(Day::from_iso("5.2.2026"), None);
        for n in 0..4000 {
            let other = day.plus(n * 37);
            assert_eq!(other.minus(day), n * 37);
            assert_eq!(Day::new(other.year, other.month, other.day), Some(other));
        }
    }
}
