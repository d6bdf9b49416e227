//! Given names with their sex and frequency (`dictionaries/given_name_counts.csv`) and surnames whose ending does not show the
//! nominative (`dictionaries/surname_nominatives.csv`).
//! They are looked up in a table that the build script made; patronymics are told by the given name that they are made of.
//!
//! Invariant (checked when built): names are in lower case.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::counts;
use super::morphology::Morphology;
use crate::document::Sex;
use crate::error::Result;
use crate::hash;
use crate::tables::Tables;

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

/// How many people bear a name: the lists that are compiled in, which lie ready, and those of users over them.
#[derive(Default)]
pub(super) struct NameCounts {
    /// Men, women and bearers of a surname, by hash of the name; what is not given is as compiled in.
    own: HashMap<u64, [Option<u32>; 3], FxBuildHasher>,
}

impl NameCounts {
    /// With the users' lists of `tables`.
    pub(super) fn load(tables: &Tables) -> Result<Self> {
        let mut counts = NameCounts::default();
        let mut add = |name: &str, place: usize, count: &str| {
            if name != name.to_lowercase() {
                return Err(format!("{name} is not in lower case"));
            }
            let number = count
                .parse()
                .map_err(|_| format!("count is {count:?}, which is no whole number"))?;
            counts.own.entry(hash::exact(name)).or_default()[place] = Some(number);
            Ok(())
        };
        let columns = ["name", "sex", "count"];
        tables.each_own_row("given_name_counts.csv", columns, |[name, sex, count]| {
            add(name, usize::from(sex == "f"), count)
        })?;
        let columns = ["name", "count"];
        tables.each_own_row("surname_nominatives.csv", columns, |[name, count]| {
            add(name, 2, count)
        })?;
        Ok(counts)
    }

    /// Looks a given name up: nominative, lower case; ё and е are one.
    pub(super) fn given_name(&self, lower: &str) -> Option<GivenName> {
        let plain = self.look_up(lower);
        if !lower.contains('ё') {
            return plain;
        }
        let folded = self.look_up(&lower.replace('ё', "е"));
        match (plain, folded) {
            (Some(a), Some(b)) => Some(GivenName {
                male: a.male.max(b.male),
                female: a.female.max(b.female),
            }),
            (a, b) => a.or(b),
        }
    }

    fn look_up(&self, lower: &str) -> Option<GivenName> {
        let [male, female, _] = self.counts(hash::exact(lower))?;
        (male + female > 0).then_some(GivenName { male, female })
    }

    /// Bearers of a surname of which the ending alone does not show that it is a nominative (Дуда, Кравец, Белый).
    pub(super) fn surname_nominative(&self, lower: &str) -> Option<u32> {
        let [.., bearers] = self.counts(hash::exact(lower))?;
        (bearers > 0).then_some(bearers)
    }

    fn counts(&self, hash: u64) -> Option<[u32; 3]> {
        let counts = counts::counts(hash);
        if self.own.is_empty() {
            return counts;
        }
        let Some(own) = self.own.get(&hash) else {
            return counts;
        };
        let ours = counts.unwrap_or_default();
        let mut counts = [0; 3];
        for ((count, own), ours) in counts.iter_mut().zip(own).zip(ours) {
            *count = own.unwrap_or(ours);
        }
        Some(counts)
    }
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
                nominatives.iter().any(|n| {
                    self.counts
                        .given_name(&format!("{stem}{n}"))
                        .is_some_and(|name| name.male > 0)
                })
            })
        }) || matches!(
            lower,
            "павлович" | "павловна" | "петрович" | "петровна" | "львович" | "львовна"
        )
    }

    /// Bearers of a given name: nominative, any letter case.
    pub fn given_name(&self, nominative: &str) -> Option<GivenName> {
        self.counts.given_name(&nominative.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found() {
        let (tables, counts) = (Tables::default(), NameCounts::default());
        let columns = ["name", "sex", "count"];
        let held = tables.each_row("given_name_counts.csv", columns, |[name, sex, count]| {
            let found = counts.given_name(name).expect(name);
            let sex = if sex == "m" { Sex::Male } else { Sex::Female };
            let count: u32 = count.parse().expect("a number");
            assert!(found.count(sex) >= count, "{name}");
            Ok(())
        });
        held.expect("reads");
        let held = tables.each_row("surname_nominatives.csv", ["name"], |[name]| {
            assert!(counts.surname_nominative(name).is_some(), "{name}");
            Ok(())
        });
        held.expect("reads");
        assert_eq!(
            counts.given_name("пётр").and_then(GivenName::sex),
            Some(Sex::Male)
        );
        assert!(counts.surname_nominative("дуда").is_some());
        for word in ["стол", "", "яяя", "а", "\n", ","] {
            assert_eq!(counts.given_name(word), None, "{word}");
        }
    }

    #[test]
    fn users_counts_win() {
        let tables = Tables::of([
            (
                "given_name_counts.csv",
                "name,sex,count\nбуратина,f,90\nпётр,m,7\n",
            ),
            ("surname_nominatives.csv", "name,count\nдудочка,3\n"),
        ]);
        let counts = NameCounts::load(&tables.expect("good rows")).expect("loads");
        assert_eq!(counts.given_name("буратина").map(|n| n.female), Some(90));
        assert_eq!(counts.look_up("пётр").map(|n| n.male), Some(7));
        assert_eq!(counts.surname_nominative("дудочка"), Some(3));
        assert_eq!(
            counts.surname_nominative("дуда"),
            NameCounts::default().surname_nominative("дуда")
        );
    }
}
