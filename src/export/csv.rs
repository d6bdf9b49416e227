//! Cells -> lines of CSV (RFC 4180, lines end in CR LF), safe to open in a spreadsheet.
//!
//! A text cell that begins with `=`, `+`, `-` or `@` (full width or not, behind blanks too), a tab or a line end is a formula to a
//! spreadsheet. Such a cell gets one apostrophe in front. A file may be opened as if another separator stood between its cells; then a cell
//! ends where that separator stands in its text, and a formula behind it gets an apostrophe as well. So do texts that have apostrophes of
//! their own in these places; [`unguard`] takes exactly what was put there away again, so that nothing is lost. Numbers are never
//! touched.

use std::borrow::Cow;
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
    /// What stands in the columns `sentence_text`.
    pub sentence_text: SentenceText,
}

/// What stands in the columns `sentence_text`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SentenceText {
    /// The sentence in every table that has the column, however long it is.
    Full,
    /// What stands around the words, in the tables of quotes, amounts and dates.
    #[default]
    Window,
    /// Nothing.
    None,
}

impl SentenceText {
    /// Its name on the command line and in `run.json`.
    pub const fn as_str(self) -> &'static str {
        match self {
            SentenceText::Full => "full",
            SentenceText::Window => "window",
            SentenceText::None => "none",
        }
    }
}

impl Default for CsvOptions {
    fn default() -> Self {
        CsvOptions {
            delimiter: b',',
            bom: true,
            guard: true,
            sentence_text: SentenceText::Window,
        }
    }
}

/// Signs that begin a formula.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would take a cell of this text for a formula, or a reader the guard for the text's own apostrophe.
fn needs_guard(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let before = &text.as_bytes()[..text.len() - rest.len()];
    rest.starts_with(SIGNS) || before.iter().any(|b| matches!(b, b'\t' | b'\r' | b'\n'))
}

/// Whether a byte may end a cell where the file is opened with another separator than its own.
const fn separates(byte: u8, delimiter: u8) -> bool {
    byte != delimiter && matches!(byte, b',' | b';' | b'|' | b'\t' | b'\n' | b'\r')
}

/// Whether a formula begins right behind a separator. Marks around a cell hide none; what breaks the line or the cell does. With a blank
/// before it, a hyphen behind a comma is a dash («да», - сказал он), which no spreadsheet takes for a formula there.
fn needs_inner_guard(separator: u8, text: &str) -> bool {
    let is_skipped =
        |c: char| matches!(c, '\'' | '"') || c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n');
    let rest = text.trim_start_matches(is_skipped);
    let between = &text[..text.len() - rest.len()];
    let is_dash =
        || separator == b',' && rest.starts_with('-') && between.contains(char::is_whitespace);
    rest.starts_with(SIGNS) && !is_dash()
}

/// The text with apostrophes where it needs them; the same text where it needs none.
fn guard(text: &str, delimiter: u8) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    if needs_guard(text) {
        out.push('\'');
    }
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if separates(byte, delimiter) && needs_inner_guard(byte, &text[at + 1..]) {
            out.push_str(&text[kept..=at]);
            out.push('\'');
            kept = at + 1;
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// The text of a guarded cell as it was before, in a file with this byte between its cells.
pub fn unguard(cell: &str, delimiter: u8) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => 1,
        _ => 0,
    };
    for (at, pair) in cell.as_bytes().windows(2).enumerate().skip(kept) {
        if pair[1] == b'\''
            && separates(pair[0], delimiter)
            && needs_inner_guard(pair[0], &cell[at + 2..])
        {
            out.push_str(&cell[kept..=at]);
            kept = at + 2;
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(&cell[kept..]);
    }
    out.push_str(&cell[kept..]);
    Cow::Owned(out)
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
        // Nothing in most cells separates, so that only their beginning is looked at.
        let is_plain = !any(bytes, |b| {
            (b == delimiter) | (b == b'"') | (b == b'\n') | (b == b'\r') | separates(b, delimiter)
        });
        let guarded = match self.options.guard && (!is_plain || needs_guard(text)) {
            true => guard(text, delimiter),
            false => Cow::Borrowed(text),
        };
        let bytes = guarded.as_bytes();
        self.lines.guarded += u64::from(matches!(guarded, Cow::Owned(_)));
        let out = &mut self.lines.bytes;
        let quote = !is_plain
            && any(bytes, |b| {
                (b == delimiter) | (b == b'"') | (b == b'\n') | (b == b'\r')
            });
        if !quote {
            out.extend_from_slice(bytes);
            return self;
        }
        out.push(b'"');
        for piece in bytes.split_inclusive(|&b| b == b'"') {
            out.extend_from_slice(piece);
            if piece.ends_with(b"\"") {
                out.push(b'"');
            }
        }
        out.push(b'"');
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
    fn formulas_behind_other_separators_are_made_safe() {
        for (text, guarded) in [
            ("  =1+1", "'  =1+1"),
            ("＝СУММ(A1)", "'＝СУММ(A1)"),
            ("\u{A0}+7", "'\u{A0}+7"),
            ("да;=1+1", "да;'=1+1"),
            ("да;\"=1+1", "да;'\"=1+1"),
            ("да\t- 5", "да\t'- 5"),
            ("да|@x", "да|'@x"),
            ("да\n=1\r\n－2", "да\n'=1\r\n'－2"),
            ("да;'=1", "да;''=1"),
            ("да, =1", "да, =1"),
            ("да; нет", "да; нет"),
        ] {
            assert_eq!(guard(text, b','), guarded);
            assert_eq!(unguard(guarded, b','), text);
        }
        for (text, guarded) in [
            ("да,=1; =2", "да,'=1; =2"),
            ("да, =1", "да,' =1"),
            ("«Да», - сказал он", "«Да», - сказал он"),
            ("да,-1", "да,'-1"),
        ] {
            assert_eq!(guard(text, b';'), guarded);
            assert_eq!(unguard(guarded, b';'), text);
        }
    }

    #[test]
    fn no_cell_of_any_opening_is_a_formula() {
        let text = "x;=1,=2|=3\t=4\n=5\r\n=6;\" =7,\"\"-8";
        for delimiter in [b',', b';', b'\t', b'|'] {
            let options = CsvOptions {
                delimiter,
                ..CsvOptions::default()
            };
            let mut lines = Lines::default();
            lines.row(options).text("id").text(text).text(text).finish();
            for other in [b',', b';', b'\t', b'|'] {
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .delimiter(other)
                    .from_reader(lines.bytes.as_slice());
                for cell in reader
                    .records()
                    .flatten()
                    .flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    let first = cell.trim_start_matches(['"', ' ']).chars().next();
                    assert!(
                        first.is_none_or(|c| !SIGNS.contains(&c)),
                        "{cell:?} with {delimiter} opened with {other}"
                    );
                }
            }
        }
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
        fn what_is_written_is_read_again(cells in proptest::collection::vec("([ '=+@＝\t\"\r\n,;|-]|[а-я]|\\PC){0,12}", 1..6)) {
            let refs: Vec<&str> = cells.iter().map(String::as_str).collect();
            let text = line(&refs);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let record = reader.records().next();
            let back: Vec<String> = match record {
                Some(Ok(record)) => record.iter().map(|c| unguard(c, b',').into_owned()).collect(),
                // A line of one empty cell is an empty line to a reader.
                _ => vec![String::new()],
            };
            prop_assert_eq!(back, cells);
        }
    }
}
