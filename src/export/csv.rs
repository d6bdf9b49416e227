//! Cells -> lines of CSV (RFC 4180, lines end in CR LF), safe to open in a spreadsheet.
//!
//! A text cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is a formula to a spreadsheet. Such a cell gets
//! one apostrophe in front, and so does a cell that has apostrophes before such a character; [`unguard`] takes exactly that
//! apostrophe away again, so that nothing is lost. Numbers are never touched.

use std::fmt::{self, Write as _};

/// How the CSV files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvOptions {
    /// Byte between cells.
    pub delimiter: u8,
    /// Whether files begin with a byte-order mark, which Excel needs to see that they are UTF-8.
    pub bom: bool,
    /// Whether cells that a spreadsheet would take for a formula get an apostrophe in front.
    pub guard: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        CsvOptions {
            delimiter: b',',
            bom: true,
            guard: true,
        }
    }
}

/// Whether a spreadsheet would take the text for a formula, or a reader the guard for the text's own apostrophe.
fn needs_guard(text: &str) -> bool {
    matches!(
        text.trim_start_matches('\'').as_bytes().first(),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
    )
}

/// The text of a guarded cell as it was before.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

/// Lines of one table, as they grow.
#[derive(Debug, Default)]
pub struct Lines {
    /// The lines so far, without header.
    pub bytes: Vec<u8>,
    /// Number of whole lines.
    pub rows: u64,
    /// Cells that got an apostrophe in front.
    pub guarded: u64,
}

/// Writes one row into [`Lines`]; [`RowWriter::finish`] ends it.
pub struct RowWriter<'a> {
    lines: &'a mut Lines,
    options: CsvOptions,
    first: bool,
    cells: usize,
}

impl Lines {
    /// Begins a row.
    pub fn row(&mut self, options: CsvOptions) -> RowWriter<'_> {
        RowWriter {
            lines: self,
            options,
            first: true,
            cells: 0,
        }
    }
}

impl RowWriter<'_> {
    fn next_cell(&mut self) {
        if !self.first {
            self.lines.bytes.push(self.options.delimiter);
        }
        self.first = false;
        self.cells += 1;
    }

    /// A cell of text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.next_cell();
        let guarded = self.options.guard && needs_guard(text);
        self.lines.guarded += u64::from(guarded);
        let bytes = text.as_bytes();
        let delimiter = self.options.delimiter;
        // Looked through to the end, without a branch for each byte.
        let quote = bytes.iter().fold(false, |quote, &b| {
            quote | (b == delimiter) | (b == b'"') | (b == b'\n') | (b == b'\r')
        });
        let out = &mut self.lines.bytes;
        if quote {
            out.push(b'"');
        }
        if guarded {
            out.push(b'\'');
        }
        if !bytes.contains(&b'"') {
            out.extend_from_slice(bytes);
        } else {
            for piece in bytes.split_inclusive(|&b| b == b'"') {
                out.extend_from_slice(piece);
                if piece.ends_with(b"\"") {
                    out.push(b'"');
                }
            }
        }
        if quote {
            out.push(b'"');
        }
        self
    }

    /// A cell of text, or an empty one.
    pub fn optional(&mut self, text: Option<&str>) -> &mut Self {
        self.text(text.unwrap_or(""))
    }

    /// A cell that is a number.
    pub fn number(&mut self, number: impl fmt::Display) -> &mut Self {
        self.next_cell();
        let _ = write!(Utf8(&mut self.lines.bytes), "{number}");
        self
    }

    /// A cell that is a number, or an empty one.
    pub fn maybe(&mut self, number: Option<impl fmt::Display>) -> &mut Self {
        match number {
            Some(number) => self.number(number),
            None => self.text(""),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, yes: bool) -> &mut Self {
        self.number(yes)
    }

    /// Ends the row; gives the number of its cells.
    pub fn finish(&mut self) -> usize {
        self.lines.bytes.extend_from_slice(b"\r\n");
        self.lines.rows += 1;
        self.cells
    }

    /// Leaves the row open for [`Lines::row_rest`]; gives the number of cells so far.
    pub fn pause(&mut self) -> usize {
        self.cells
    }
}

impl Lines {
    /// Goes on with a row that was paused.
    pub fn row_rest(&mut self, options: CsvOptions) -> RowWriter<'_> {
        RowWriter {
            lines: self,
            options,
            first: false,
            cells: 0,
        }
    }
}

struct Utf8<'a>(&'a mut Vec<u8>);

impl fmt::Write for Utf8<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(cells: &[&str]) -> String {
        let mut lines = Lines::default();
        let mut row = lines.row(CsvOptions::default());
        for cell in cells {
            row.text(cell);
        }
        row.finish();
        String::from_utf8(lines.bytes).expect("UTF-8")
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            line(&["да", "a,b", "он \"так\"", "две\nстроки", ""]),
            "да,\"a,b\",\"он \"\"так\"\"\",\"две\nстроки\",\r\n"
        );
    }

    #[test]
    fn formulas_are_made_safe() {
        assert_eq!(
            line(&["=1+1", "- Да", "'=x", "'да"]),
            "'=1+1,'- Да,''=x,'да\r\n"
        );
        assert_eq!(line(&["— Да", "5 %"]), "— Да,5 %\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(cells in proptest::collection::vec("(['=+@\t\"\r\n,-]|[а-я]|\\PC){0,8}", 1..6)) {
            let refs: Vec<&str> = cells.iter().map(String::as_str).collect();
            let text = line(&refs);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let record = reader.records().next();
            let back: Vec<String> = match record {
                Some(Ok(record)) => record.iter().map(|c| unguard(c).to_owned()).collect(),
                // A line of one empty cell is an empty line to a reader.
                _ => vec![String::new()],
            };
            prop_assert_eq!(back, cells);
        }
    }
}
