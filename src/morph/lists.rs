//! Given names with their sex and frequency (`dictionaries/given_name_counts.csv`) and surnames whose ending does not show the
//! nominative (`dictionaries/surname_nominatives.csv`).
//!
//! Invariant (tested): names are in lower case.

use hashbrown::HashMap;
use once_cell::sync::Lazy;
use rustc_hash::FxBuildHasher;

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
    let plain = LISTS.given.get(lower).copied();
    if !lower.contains('ё') {
        return plain;
    }
    let folded = LISTS.given.get(lower.replace('ё', "е").as_str()).copied();
    match (plain, folded) {
        (Some(a), Some(b)) => Some(GivenName {
            male: a.male.max(b.male),
            female: a.female.max(b.female),
        }),
        (a, b) => a.or(b),
    }
}

/// Bearers of a surname of which the ending alone does not show that it is a nominative (Дуда, Кравец, Белый).
pub(super) fn surname_nominative(lower: &str) -> Option<u32> {
    LISTS.surnames.get(lower).copied()
}

fn number(fields: &str) -> u32 {
    let first = fields.split_once(',').map_or(fields, |(n, _)| n);
    first.parse().unwrap_or(1)
}

/// Given names and surnames by their lower-case nominative.
struct Lists {
    given: HashMap<&'static str, GivenName, FxBuildHasher>,
    surnames: HashMap<&'static str, u32, FxBuildHasher>,
}

/// Read at the first question, in about a millisecond.
static LISTS: Lazy<Lists> = Lazy::new(|| {
    let mut given: HashMap<&'static str, GivenName, FxBuildHasher> = HashMap::default();
    for (name, fields) in rows(GIVEN_NAMES) {
        let (sex, count) = fields.split_once(',').unwrap_or((fields, ""));
        let found = given.entry(name).or_default();
        match sex {
            "m" => found.male = number(count),
            _ => found.female = number(count),
        }
    }
    Lists {
        given,
        surnames: rows(SURNAMES)
            .map(|(name, fields)| (name, number(fields)))
            .collect(),
    }
});

/// First field and the rest of each row after the header.
fn rows(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines().skip(1).filter_map(|line| line.split_once(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found() {
        for (name, fields) in rows(GIVEN_NAMES) {
            let found = given_name(name).expect(name);
            let (sex, count) = fields.split_once(',').expect("a sex");
            let sex = if sex == "m" { Sex::Male } else { Sex::Female };
            assert!(found.count(sex) >= number(count), "{name}");
            assert_eq!(name, name.to_lowercase());
        }
        for (name, _) in rows(SURNAMES) {
            assert!(surname_nominative(name).is_some(), "{name}");
        }
        assert_eq!(given_name("пётр").and_then(GivenName::sex), Some(Sex::Male));
        assert!(surname_nominative("дуда").is_some());
        for word in ["стол", "", "яяя", "а", "\n", ","] {
            assert_eq!(given_name(word), None, "{word}");
        }
    }
}
