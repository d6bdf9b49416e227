//! Dictionaries: CSV with a header, one row a name, into typed rows; a broken row is an error with file, line and reason.
//!
//! The entity dictionaries (people, organisations, places, positions) and users' own files share one set of columns:
//! `id,type,class,name,lang,kind,sex,country,role,match,source`.

mod entry;

pub use entry::{Entries, Entry, Matching, Name, NameKind};

use crate::error::{Error, ErrorKind, Result};
use serde::de::DeserializeOwned;

/// Reads every row of a CSV text; `file` is its name in errors.
///
/// # Errors
/// [`ErrorKind::Dictionary`] with the file, the line (the header is line 1) and the reason.
pub fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(true)
        .from_reader(text.as_bytes());
    reader
        .deserialize()
        .map(|row| {
            row.map_err(|e| {
                let line = e.position().map_or(0, csv::Position::line);
                Error::new(ErrorKind::Dictionary, e.to_string())
                    .at(file)
                    .on_line(line)
            })
        })
        .collect()
}
