//! Dictionaries: CSV with a header, one row a name, into typed rows; a broken row is an error with file, line and reason.
//!
//! The entity dictionaries (people, organisations, places, positions) and users' own files share one set of columns:
//! `id,type,class,name,lang,kind,sex,country,role,match,source`.

pub(crate) mod digest;
mod entry;
mod row;

pub use entry::{Entries, Entry, Matching, Name, NameKind, Text};

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

/// Hands the named columns of every row of a CSV text to `take`, without allocating per row. A column that the header lacks
/// is an empty string. `file` is the text's name in errors.
///
/// # Errors
/// [`ErrorKind::Dictionary`] with the file, the line (the header is line 1) and the reason; the reason may come from `take`.
pub fn each_row<const N: usize>(
    file: &str,
    text: &str,
    columns: [&str; N],
    mut take: impl FnMut([&str; N]) -> std::result::Result<(), String>,
) -> Result<()> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let broken = |line: u64, reason: String| {
        Error::new(ErrorKind::Dictionary, reason)
            .at(file)
            .on_line(line)
    };
    let headers = reader.headers().map_err(|e| broken(1, e.to_string()))?;
    let places = columns.map(|column| headers.iter().position(|h| h == column));
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) => return Err(broken(line, e.to_string())),
        }
        let line = record.position().map_or(line, csv::Position::line);
        let fields = places.map(|place| place.and_then(|i| record.get(i)).unwrap_or(""));
        take(fields).map_err(|reason| broken(line, reason))?;
    }
}
