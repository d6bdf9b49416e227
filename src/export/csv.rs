//! Cells -> lines of CSV (RFC 4180, lines end in CR LF), safe to open in a spreadsheet.
//!
//! A text cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is a formula to a spreadsheet. Such a cell gets
//! one apostrophe in front, and so does a cell that has apostrophes before such a character; [`unguard`] takes exactly that
//! apostrophe away again, so that nothing is lost. Numbers are never touched.

use std::fmt::{self, Write as _};

use crate::bytes::any;

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
        text.bytes().find(|&b| b != b'\''),
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
    /// Forgets all lines; their memory stays.
    pub fn clear(&mut self) {
        self.bytes.clear();
        (self.rows, self.guarded) = (0, 0);
    }

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

/// Cells that stand alike in many rows: encoded once, and copied into each of them.
#[derive(Debug, Default)]
pub struct Strips {
    lines: Lines,
    strips: Vec<Strip>,
}

#[derive(Debug)]
struct Strip {
    /// Place in the bytes of the lines.
    start: usize,
    end: usize,
    cells: usize,
    guarded: u64,
}

impl Strips {
    /// None yet, with room for so many of so many bytes together.
    pub fn with_capacity(strips: usize, bytes: usize) -> Self {
        Strips {
            lines: Lines {
                bytes: Vec::with_capacity(bytes),
                ..Lines::default()
            },
            strips: Vec::with_capacity(strips),
        }
    }

    /// Adds a strip of the cells that `write` writes, at least one.
    pub fn add(&mut self, options: CsvOptions, write: impl FnOnce(&mut RowWriter<'_>)) {
        let (start, guarded) = (self.lines.bytes.len(), self.lines.guarded);
        let mut row = self.lines.row(options);
        write(&mut row);
        let cells = row.pause();
        self.strips.push(Strip {
            start,
            end: self.lines.bytes.len(),
            cells,
            guarded: self.lines.guarded - guarded,
        });
    }

    /// Bytes that a strip takes, on average; rounded up.
    pub fn mean_length(&self) -> usize {
        self.lines.bytes.len().div_ceil(self.strips.len().max(1))
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
        let bytes = text.as_bytes();
        let delimiter = self.options.delimiter;
        let quote = any(bytes, |b| {
            (b == delimiter) | (b == b'"') | (b == b'\n') | (b == b'\r')
        });
        let guarded = self.options.guard && needs_guard(text);
        let out = &mut self.lines.bytes;
        if !quote && !guarded {
            out.extend_from_slice(bytes);
            return self;
        }
        self.lines.guarded += u64::from(guarded);
        if quote {
            out.push(b'"');
        }
        if guarded {
            out.push(b'\'');
        }
        for piece in bytes.split_inclusive(|&b| b == b'"') {
            out.extend_from_slice(piece);
            if piece.ends_with(b"\"") {
                out.push(b'"');
            }
        }
        if quote {
            out.push(b'"');
        }
        self
    }

    /// A cell of text, or an empty one.
    pub fn optional(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.empty(),
        }
    }

    /// An empty cell.
    pub fn empty(&mut self) -> &mut Self {
        self.next_cell();
        self
    }

    /// The cells of a strip; none where there is no strip of that index.
    pub fn strip(&mut self, strips: &Strips, index: usize) -> &mut Self {
        if let Some(strip) = strips.strips.get(index) {
            self.next_cell();
            self.cells += strip.cells - 1;
            self.lines.guarded += strip.guarded;
            let bytes = &strips.lines.bytes[strip.start..strip.end];
            self.lines.bytes.extend_from_slice(bytes);
        }
        self
    }

    /// A cell that is a decimal number.
    pub fn number(&mut self, number: impl fmt::Display) -> &mut Self {
        self.next_cell();
        let _ = write!(Utf8(&mut self.lines.bytes), "{number}");
        self
    }

    /// A cell that is a whole number.
    pub fn integer(&mut self, number: impl Into<u64>) -> &mut Self {
        self.next_cell();
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(number.into());
        self.lines.bytes.extend_from_slice(digits.as_bytes());
        self
    }

    /// A cell that is a whole number, or an empty one.
    pub fn maybe(&mut self, number: Option<impl Into<u64>>) -> &mut Self {
        match number {
            Some(number) => self.integer(number),
            None => self.empty(),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, yes: bool) -> &mut Self {
        self.next_cell();
        let text: &[u8] = if yes { b"true" } else { b"false" };
        self.lines.bytes.extend_from_slice(text);
        self
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

    #[test]
    fn strips_are_the_cells_that_they_were_made_of() {
        let options = CsvOptions::default();
        let cells = ["a, b", "-5", "", "Минск"];
        let mut written = Lines::default();
        let mut row = written.row(options);
        row.text("id");
        cells.iter().for_each(|cell| {
            row.text(cell);
        });
        row.integer(7u32).finish();
        let mut strips = Strips::default();
        strips.add(options, |row| {
            cells.iter().for_each(|cell| {
                row.text(cell);
            });
        });
        let mut copied = Lines::default();
        let mut row = copied.row(options);
        row.text("id").strip(&strips, 0).strip(&strips, 1);
        assert_eq!(row.integer(7u32).finish(), cells.len() + 2);
        assert_eq!(copied.bytes, written.bytes);
        assert_eq!((copied.guarded, written.guarded), (1, 1));
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
