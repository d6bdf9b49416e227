//! Tables of `dictionaries/`: CSV with a header, into typed rows; a broken row is an error with file, line and reason.
//!
//! Input: the text of a file and its name; output: its rows. Nothing here knows what a table is about.

mod rows;

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
    take: impl FnMut([&str; N]) -> std::result::Result<(), String>,
) -> Result<()> {
    rows::each_row(text, columns, take).map_err(|(line, reason)| {
        Error::new(ErrorKind::Dictionary, reason)
            .at(file)
            .on_line(line)
    })
}
