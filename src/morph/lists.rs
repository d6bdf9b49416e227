//! Given names with their sex and frequency (`dictionaries/given_name_counts.csv`) and surnames whose ending does not show the
//! nominative (`dictionaries/surname_nominatives.csv`), searched where they lie, without loading.
//!
//! Invariant (tested): rows are sorted by the bytes of the name, lower case.

use crate::document::Sex;

const GIVEN_NAMES: &str = include_str!("../../dictionaries/given_name_counts.csv");
const SURNAMES: &str = include_str!("../../dictionaries/surname_nominatives.csv");

/// How many men and women of the source bear a given name; zero where none does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivenName {
    /// Men.
    pub male: u32,
    /// Women.
    pub female: u32,
}

impl GivenName {
    /// Bearers of one sex.
    pub const fn count(self, sex: Sex) -> u32 {
        match sex {
            Sex::Male => self.male,
            Sex::Female => self.female,
        }
    }

    /// The sex that at least nine of ten bearers have.
    pub fn sex(self) -> Option<Sex> {
        if self.male > 9 * self.female {
            Some(Sex::Male)
        } else if self.female > 9 * self.male {
            Some(Sex::Female)
        } else {
            None
        }
    }
}

/// Looks a given name up: nominative, lower case; ё and е are one.
pub fn given_name(lower: &str) -> Option<GivenName> {
    let mut found = GivenName::default();
    let mut add = |word: &str| {
        for row in rows_of(GIVEN_NAMES, word) {
            let (sex, count) = row.split_once(',').unwrap_or((row, ""));
            let count = number(count);
            match sex {
                "m" => found.male = found.male.max(count),
                _ => found.female = found.female.max(count),
            }
        }
    };
    add(lower);
    if lower.contains('ё') {
        add(&lower.replace('ё', "е"));
    }
    (found != GivenName::default()).then_some(found)
}

/// Bearers of a surname of which the ending alone does not show that it is a nominative (Дуда, Кравец, Белый).
pub(super) fn surname_nominative(lower: &str) -> Option<u32> {
    rows_of(SURNAMES, lower).next().map(number)
}

fn number(fields: &str) -> u32 {
    let first = fields.split_once(',').map_or(fields, |(n, _)| n);
    first.parse().unwrap_or(1)
}

/// The rows of a word, without the word; `list` has a header and is sorted by the bytes of its first field.
fn rows_of<'a>(list: &'a str, word: &str) -> impl Iterator<Item = &'a str> {
    let rows = list.split_once('\n').map_or("", |(_, rows)| rows);
    // First row whose name is not smaller.
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = rows.as_bytes()[..(low + high) / 2]
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(0, |i| i + 1)
            .max(low);
        let line = line_at(rows, middle);
        if name_of(line) < word {
            low = middle + line.len() + 1;
        } else if middle == low {
            break;
        } else {
            high = middle;
        }
    }
    rows.get(low..).unwrap_or("").split('\n').map_while({
        let word = word.to_owned();
        move |line| line.strip_prefix(word.as_str())?.strip_prefix(',')
    })
}

fn line_at(rows: &str, at: usize) -> &str {
    let rest = &rows[at..];
    rest.split_once('\n').map_or(rest, |(line, _)| line)
}

fn name_of(line: &str) -> &str {
    line.split_once(',').map_or(line, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found() {
        for list in [GIVEN_NAMES, SURNAMES] {
            let mut before = "";
            for line in list.lines().skip(1) {
                let name = name_of(line);
                assert!(before <= name, "{before} stands before {name}");
                before = name;
                let rest = &line[name.len() + 1..];
                assert!(rows_of(list, name).any(|r| r == rest), "{line}");
            }
        }
        assert_eq!(given_name("пётр").and_then(GivenName::sex), Some(Sex::Male));
        assert!(surname_nominative("дуда").is_some());
        for word in ["стол", "", "яяя", "а", "\n", ","] {
            assert_eq!(given_name(word), None, "{word}");
        }
    }
}
