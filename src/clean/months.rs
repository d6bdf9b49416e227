//! Which month a word is, as dates above articles and of records have it.
//!
//! Input: the nominatives of `dictionaries/dates.csv`, and a word; Russian nominatives and genitives, English names, and of both
//! the first three letters or more.

use serde::Deserialize;

use crate::error::Result;
use crate::tables::Tables;

#[derive(Deserialize)]
struct Row {
    form: String,
    kind: String,
    value: i8,
    r#match: String,
}

/// Names of months.
pub(crate) struct Months {
    names: Vec<(Box<str>, u8)>,
}

impl Months {
    /// Those of `tables`.
    pub fn load(tables: &Tables) -> Result<Self> {
        let mut names = Vec::new();
        tables.each("dates.csv", |row: Row| {
            if row.kind == "month" && row.r#match != "short" {
                let month = row.value.unsigned_abs();
                names.push((genitive(&row.form).into(), month));
                names.push((row.form.into(), month));
            }
            Ok(())
        })?;
        Ok(Months { names })
    }

    /// Whether a word is a month, or an abbreviation of one.
    pub fn has(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    /// The month of a word or an abbreviation, 1 to 12.
    pub fn number(&self, word: &str) -> Option<u8> {
        let lower = word.to_lowercase();
        if lower.chars().count() < 3 {
            return None;
        }
        let found = self.names.iter().find(|(name, _)| name.starts_with(&lower));
        found.map(|(_, month)| *month)
    }
}

/// «марта», «мая»: the genitive of a Russian month. An English one, which has no case, comes back as it is.
fn genitive(nominative: &str) -> String {
    match nominative.strip_suffix(['ь', 'й']) {
        Some(stem) => format!("{stem}я"),
        None if nominative.is_ascii() => nominative.to_owned(),
        None => format!("{nominative}а"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_both_cases_and_cut_short() {
        let months = Months::load(&Tables::default()).expect("loads");
        for word in [
            "Май",
            "мая",
            "августа",
            "янв",
            "ноября",
            "Sept",
            "JUNE",
            "may",
        ] {
            assert!(months.has(word), "{word}");
        }
        for (word, month) in [("мая", 5), ("Марта", 3), ("дек", 12), ("Aug", 8)] {
            assert_eq!(months.number(word), Some(month), "{word}");
        }
        for word in ["ма", "маяк", "марте", "Jo", "Mayor", ""] {
            assert!(!months.has(word), "{word}");
        }
    }
}
