//! The date of a record or a page, as it is written there -> an ISO date, as exact as it is.

use once_cell::sync::Lazy;

use crate::clean::months::Months;
use crate::tables::Tables;

static MONTHS: Lazy<Option<Months>> = Lazy::new(|| Months::load(&Tables::default()).ok());

/// The ISO date in `2026-02-05T10:00:00Z`, `20260205`, `2026-02`, `05.02.2026`, `10:15, 5 февраля 2026 г.`,
/// `Thu, 05 Feb 2026 10:00:00 GMT`, `Feb 5, 2026`, or in seconds or milliseconds since 1970 (then of UTC); anything else as it stands. Of
/// `05/02/2026` the day stands first, as in Europe, unless only the month can.
pub(super) fn iso_date(date: &str) -> String {
    let parts: Vec<&str> = date
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    let found = match parts.as_slice() {
        [one] if one.len() == 8 => number(one, 8..=8)
            .and_then(|n| whole(n / 10000, (n / 100 % 100) as u32, (n % 100) as u32)),
        // 20260205T101500Z
        [one] if one.len() > 8 && one.is_char_boundary(8) && one[8..].starts_with('T') => {
            number(&one[..8], 8..=8)
                .and_then(|n| whole(n / 10000, (n / 100 % 100) as u32, (n % 100) as u32))
        }
        [one] | [one, _] if one.len() >= 10 && date.starts_with(one) => since_1970(one),
        [y, m] if date.len() == 7 => number(y, 4..=4)
            .zip(number(m, 2..=2))
            .filter(|(_, m)| (1..=12).contains(m))
            .map(|(y, m)| format!("{y:04}-{m:02}")),
        parts => parts.windows(3).find_map(|w| of_three(w[0], w[1], w[2])),
    };
    found.unwrap_or_else(|| date.to_owned())
}

/// Whether a date is one that [`iso_date`] understood, so that dates can be compared.
pub(crate) fn is_iso(date: &str) -> bool {
    let bytes = date.as_bytes();
    matches!(bytes.len(), 7 | 10)
        && bytes.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
}

fn number(part: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let fits = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| part.parse().ok()).flatten()
}

fn whole(year: u64, month: u32, day: u32) -> Option<String> {
    let fits =
        (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Three parts that follow each other.
fn of_three(a: &str, b: &str, c: &str) -> Option<String> {
    let small = |part: &str| number(part, 1..=2).map(|n| n as u32);
    let month = |part: &str| MONTHS.as_ref()?.number(part).map(u32::from);
    if let Some(year) = number(a, 4..=4) {
        // 2026-02-05T10:00:00: the day ends where the time begins.
        let day = c.split(['T', 't']).next().unwrap_or(c);
        return whole(year, small(b)?, small(day)?);
    }
    let year = number(c, 4..=4)?;
    match (small(a), small(b)) {
        (Some(day), Some(month)) if month <= 12 => whole(year, month, day),
        (Some(month), Some(day)) => whole(year, month, day),
        (Some(day), None) => whole(year, month(b)?, day),
        (None, Some(day)) => whole(year, month(a)?, day),
        (None, None) => None,
    }
}

/// The day, in UTC, of so many seconds or milliseconds since 1970, from 2001 to 2100.
fn since_1970(digits: &str) -> Option<String> {
    let seconds = match digits.len() {
        10 => number(digits, 10..=10)?,
        13 => number(digits, 13..=13)? / 1000,
        _ => return None,
    };
    if !(1_000_000_000..4_100_000_000).contains(&seconds) {
        return None;
    }
    // Days since 1 March 2000, the beginning of a cycle of 400 years: the leap day comes last in its year.
    let days = (seconds / 86_400).checked_sub(11_017)?;
    let year = (0..=101).rfind(|y| year_begin(*y) <= days)?;
    let of_year = days - year_begin(year);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (year, month + 3)
    } else {
        (year + 1, month - 9)
    };
    whole(2000 + year, month as u32, day as u32)
}

/// Days from 1 March 2000 to 1 March of this year of the century.
const fn year_begin(year: u64) -> u64 {
    // 2100 has no leap day, but for the days before 1 March 2100.
    365 * year + year / 4 - (if year >= 100 { 1 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_iso() {
        for (date, iso) in [
            ("2026-02-05", "2026-02-05"),
            ("2026-02-05T10:00:00+03:00", "2026-02-05"),
            ("2026-02-05 10:00", "2026-02-05"),
            ("2026-02", "2026-02"),
            ("20260205", "2026-02-05"),
            ("20260205T101500Z", "2026-02-05"),
            ("05.02.2026", "2026-02-05"),
            ("5.2.2026, 10:15", "2026-02-05"),
            ("10:15 05.02.2026", "2026-02-05"),
            ("12/25/2025", "2025-12-25"),
            ("Thu, 05 Feb 2026 10:00:00 GMT", "2026-02-05"),
            ("Feb 5, 2026", "2026-02-05"),
            ("5 февраля 2026 г., 10:15", "2026-02-05"),
            ("Опубликовано: 09:30, 15 мая 2026", "2026-05-15"),
            ("5 фев 2026", "2026-02-05"),
            ("1770249600", "2026-02-05"),
            ("1770249600.0", "2026-02-05"),
            ("1770335999000", "2026-02-05"),
            ("1709164800", "2024-02-29"),
            ("1709251200", "2024-03-01"),
            ("1000000000", "2001-09-09"),
            ("4099766400", "2099-12-01"),
            ("вчера", "вчера"),
            ("99.99.2026", "99.99.2026"),
            ("77012345678", "77012345678"),
            ("5 мартобря 2026", "5 мартобря 2026"),
            ("", ""),
        ] {
            assert_eq!(iso_date(date), iso, "{date}");
        }
        assert!(is_iso("2026-02") && is_iso("2026-02-05"));
        assert!(!is_iso("вчера") && !is_iso("2026-02-0") && !is_iso("05.02.2026"));
    }
}
