//! Chinese names in Russian spelling: a surname first, then a given name of one or two syllables, the last of which bends
//! («Ли Шанфу», «Си Цзиньпина»).
//!
//! Input: the lower-cased words of a name. Output: whether the first is a surname, and whether a word can be a given name in the
//! nominative: the spelling has some four hundred syllables (`dictionaries/chinese_names.csv`), and what cannot be cut into them is
//! a case form.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::error::Result;
use crate::tables::Tables;

/// Syllables and surnames.
pub(super) struct ChineseNames(HashMap<Box<str>, Kinds, FxBuildHasher>);

#[derive(Clone, Copy, Default)]
struct Kinds {
    surname: bool,
    syllable: bool,
}

impl ChineseNames {
    /// The syllables and surnames of `tables`.
    pub(super) fn new(tables: &Tables) -> Result<Self> {
        let mut words: HashMap<Box<str>, Kinds, FxBuildHasher> = HashMap::default();
        tables.each_row("chinese_names.csv", ["text", "kind"], |[text, kind]| {
            let kinds = words.entry(text.into()).or_default();
            match kind {
                "surname" => kinds.surname = true,
                "syllable" => kinds.syllable = true,
                _ => return Err(format!("kind is {kind:?}")),
            }
            Ok(())
        })?;
        Ok(ChineseNames(words))
    }

    /// Whether a lower-cased word is a surname.
    pub(super) fn is_surname(&self, lower: &str) -> bool {
        self.0.get(lower).is_some_and(|k| k.surname)
    }

    /// Whether a lower-cased word is a given name of one or two syllables; ъ may stand between them.
    pub(super) fn is_given_name(&self, lower: &str) -> bool {
        let syllable = |part: &str| self.0.get(part).is_some_and(|k| k.syllable);
        syllable(lower)
            || lower.char_indices().skip(1).any(|(at, _)| {
                let (first, second) = lower.split_at(at);
                syllable(first) && syllable(second.strip_prefix('ъ').unwrap_or(second))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nominatives_are_made_of_syllables() {
        let names = ChineseNames::new(&Tables::default()).expect("loads");
        assert!(names.is_surname("чжоу") && !names.is_surname("петров"));
        for name in ["цзиньпин", "шанфу", "лижэнь", "цинъи", "цян"] {
            assert!(names.is_given_name(name), "{name}");
        }
        for form in ["цзиньпина", "шанф", "лижэня", "цзиньпином", "", "ъ"]
        {
            assert!(!names.is_given_name(form), "{form}");
        }
    }
}
