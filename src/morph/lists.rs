//! Given names with their sex and frequency (`dictionaries/given_name_counts.csv`) and surnames whose ending does not show the
//! nominative (`dictionaries/surname_nominatives.csv`).
//! They are looked up in a table that the build script made; patronymics are told by the given name that they are made of.
//!
//! Invariant (checked when built): names are in lower case.

use super::counts;
use super::morphology::Morphology;
use crate::document::Sex;
use crate::hash;

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
    let plain = look_up(lower);
    if !lower.contains('ё') {
        return plain;
    }
    let folded = look_up(&lower.replace('ё', "е"));
    match (plain, folded) {
        (Some(a), Some(b)) => Some(GivenName {
            male: a.male.max(b.male),
            female: a.female.max(b.female),
        }),
        (a, b) => a.or(b),
    }
}

fn look_up(lower: &str) -> Option<GivenName> {
    let [male, female, _] = counts::counts(hash::exact(lower))?;
    (male + female > 0).then_some(GivenName { male, female })
}

/// Bearers of a surname of which the ending alone does not show that it is a nominative (Дуда, Кравец, Белый).
pub(super) fn surname_nominative(lower: &str) -> Option<u32> {
    let [.., bearers] = counts::counts(hash::exact(lower))?;
    (bearers > 0).then_some(bearers)
}

impl Morphology {
    /// Whether a lower-cased word in the nominative is made of a man's given name as patronymics are: «михайлович», no «агранович».
    pub fn is_patronymic(&self, lower: &str) -> bool {
        const ENDINGS: [(&str, &[&str]); 10] = [
            ("ьевич", &["ий"]),
            ("ьевна", &["ий"]),
            ("ович", &["", "о"]),
            ("овна", &["", "о"]),
            ("евич", &["й", "ь", "", "ей"]),
            ("евна", &["й", "ь", "", "ей"]),
            ("ич", &["а", "я"]),
            ("ична", &["а", "я"]),
            ("инична", &["а", "я"]),
            ("лыч", &["л"]),
        ];
        ENDINGS.iter().any(|(ending, nominatives)| {
            lower.strip_suffix(ending).is_some_and(|stem| {
                nominatives
                    .iter()
                    .any(|n| given_name(&format!("{stem}{n}")).is_some_and(|name| name.male > 0))
            })
        }) || matches!(
            lower,
            "павлович" | "павловна" | "петрович" | "петровна" | "львович" | "львовна"
        )
    }

    /// Bearers of a given name: nominative, any letter case.
    pub fn given_name(&self, nominative: &str) -> Option<GivenName> {
        given_name(&nominative.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN_NAMES: &str = include_str!("../../dictionaries/given_name_counts.csv");
    const SURNAMES: &str = include_str!("../../dictionaries/surname_nominatives.csv");

    fn number(fields: &str) -> u32 {
        let first = fields.split_once(',').map_or(fields, |(n, _)| n);
        first.parse().expect("a number")
    }

    /// First field and the rest of each row after the header.
    fn rows(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
        list.lines().skip(1).filter_map(|line| line.split_once(','))
    }

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
