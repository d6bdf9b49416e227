//! Tables in CSV or TSV: one record a row, columns by name.
//!
//! The separator of a `.csv` is told by its header, comma, semicolon or tab, or by a line `sep=` before it. A row that is longer than a document may be (most
//! often a quotation mark that never closes) ends the file with an error, because nobody knows where the next row begins.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use crate::error::{Error, ErrorKind};

use super::format::{Format, Kind};
use super::record::Role;
use super::{Body, Reader, read_error, too_large};

/// A table with commas or semicolons between cells.
pub(super) struct Csv;

impl Kind for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn holds(&self, shown: Format, _: &[u8]) -> bool {
        // A cell or a line may look like a text of a press database.
        shown.as_str() == self.name() || shown == super::press::PRESS
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        reader.table(from, id, path, None)
    }
}

/// A table with tabs between cells.
pub(super) struct Tsv;

impl Kind for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn holds(&self, shown: Format, _: &[u8]) -> bool {
        // A cell or a line may look like a text of a press database.
        shown.as_str() == self.name() || shown == super::press::PRESS
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv", "tab"]
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        reader.table(from, id, path, Some(b'\t'))
    }
}

impl Reader<'_, '_> {
    /// A record a row; `delimiter` where the name of the file tells it.
    pub(super) fn table(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        delimiter: Option<u8>,
    ) -> ControlFlow<()> {
        let mut from = match self.decoded(from, path) {
            Ok(from) => from,
            Err(e) => return self.fail(e),
        };
        let (told, delimiter) = match (delimiter, from.fill_buf()) {
            (Some(delimiter), _) => (0, delimiter),
            (None, Ok(head)) => told_delimiter(head).unwrap_or_else(|| (0, sniff_delimiter(head))),
            (None, Err(e)) => return self.fail(read_error(path, &e)),
        };
        from.consume(told);
        // Lines before the header.
        let before = u64::from(told > 0);
        // Room for the reader's own buffers, and for the other cells of a row.
        let room = (self.options.max_bytes as u64)
            .saturating_mul(2)
            .saturating_add(1 << 16);
        let left = Arc::new(AtomicU64::new(room));
        let last = Arc::new(AtomicU8::new(b'\n'));
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Metered {
                from,
                left: left.clone(),
                last: last.clone(),
            });
        let header = match rows.byte_headers() {
            Ok(header) => header.clone(),
            Err(e) => return self.fail(csv_error(path, before, &e)),
        };
        if header.iter().all(<[u8]>::is_empty) {
            return ControlFlow::Continue(());
        }
        let roles: Vec<Option<(Role, usize)>> = header
            .iter()
            .map(|name| self.options.fields.role(&String::from_utf8_lossy(name)))
            .collect();
        if !roles.iter().flatten().any(|(role, _)| *role == Role::Text) {
            let names: Vec<_> = header.iter().map(String::from_utf8_lossy).collect();
            let error = self.options.fields.no_text("column", &names);
            return self.fail(error.at(path).on_line(before + 1));
        }
        let mut row = csv::ByteRecord::new();
        // Line of the row at hand, where its last cell has several lines: such a cell stands in quotation marks.
        let mut quoted = None;
        for number in 1u64.. {
            left.store(room, Ordering::Relaxed);
            match rows.read_byte_record(&mut row) {
                Ok(false) => break,
                Ok(true) => {}
                Err(e) => return self.fail(csv_error(path, before, &e)),
            }
            let line = before + row.position().map_or(number, csv::Position::line);
            quoted = row
                .get(row.len().saturating_sub(1))
                .and_then(|cell| memchr::memchr(b'\n', cell))
                .map(|_| line);
            let cells: Vec<_> = roles
                .iter()
                .zip(&row)
                .filter_map(|(role, cell)| role.map(|role| (role, cell.to_vec())))
                .collect();
            let size: usize = cells.iter().map(|(_, cell)| cell.len()).sum();
            if size > self.options.max_bytes {
                self.fail(too_large(path, self.options.max_bytes).on_line(line))?;
            } else {
                self.document(format!("{id}:{line}"), path, Some(line), Body::Cells(cells))?;
            }
        }
        match quoted {
            Some(line) if last.load(Ordering::Relaxed) != b'"' => {
                let reason = "a quotation mark of this row never closes: all that follows in the file is part of the row";
                self.fail(Error::new(ErrorKind::Format, reason).at(path).on_line(line))
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

fn csv_error(path: &str, before: u64, error: &csv::Error) -> Error {
    let line = error.position().map(|p| before + p.line());
    let (kind, reason) = match error.kind() {
        csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => {
            (ErrorKind::Limit, e.to_string())
        }
        csv::ErrorKind::Io(e) => (ErrorKind::Read, e.to_string()),
        _ => (ErrorKind::Format, error.to_string()),
    };
    let error = Error::new(kind, reason).at(path);
    match line {
        Some(line) => error.on_line(line),
        None => error,
    }
}

/// The separator that a first line `sep=;` tells, as Excel writes it, and the length of that line.
fn told_delimiter(head: &[u8]) -> Option<(usize, u8)> {
    let rest = head
        .get(4..)
        .filter(|_| head[..4].eq_ignore_ascii_case(b"sep="))?;
    let (&delimiter, rest) = rest.split_first()?;
    let end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => return None,
    };
    Some((5 + end, delimiter))
}

/// The separator that the header line has most of, outside quotation marks.
fn sniff_delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &b in head {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for (delimiter, count) in &mut counts {
                    *count += u32::from(b == *delimiter);
                }
            }
            _ => {}
        }
    }
    let mut best = counts[0];
    for candidate in counts {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best.0
}

/// A stream that may give so many bytes until its meter is set again.
struct Metered<R> {
    from: R,
    left: Arc<AtomicU64>,
    /// The last byte that is no white space.
    last: Arc<AtomicU8>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "a row is larger than a document may be: a quotation mark that never closes? The rest of the file is not read",
            ));
        }
        let n = self.from.read(out)?;
        if let Some(&last) = out[..n].iter().rfind(|b| !b.is_ascii_whitespace()) {
            self.last.store(last, Ordering::Relaxed);
        }
        self.left
            .store(left.saturating_sub(n as u64), Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_by_the_header() {
        for (head, delimiter) in [
            ("id,text\n1;2;3", b','),
            ("id;text;\"a,b,c\"\n", b';'),
            ("id\ttext", b'\t'),
            ("text", b','),
            ("", b','),
        ] {
            assert_eq!(sniff_delimiter(head.as_bytes()), delimiter, "{head}");
        }
        for (head, told) in [
            ("sep=;\r\nid;text", Some((7, b';'))),
            ("SEP=\t\nid", Some((6, b'\t'))),
            ("sep=", None),
            ("sep=x, text\n", None),
            ("id,text\n", None),
        ] {
            assert_eq!(told_delimiter(head.as_bytes()), told, "{head}");
        }
    }
}
