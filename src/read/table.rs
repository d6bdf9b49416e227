//! Tables in CSV or TSV: one record a row, columns by name.
//!
//! The separator of a `.csv` is told by its header: comma, semicolon or tab. A row that is longer than a document may be (most
//! often a quotation mark that never closes) ends the file with an error, because nobody knows where the next row begins.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, ErrorKind};

use super::record::Role;
use super::{Body, Reader, read_error, too_large};

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
        let delimiter = match (delimiter, from.fill_buf()) {
            (Some(delimiter), _) => delimiter,
            (None, Ok(head)) => sniff_delimiter(head),
            (None, Err(e)) => return self.fail(read_error(path, &e)),
        };
        // Room for the reader's own buffers, and for the other cells of a row.
        let room = (self.options.max_bytes as u64)
            .saturating_mul(2)
            .saturating_add(1 << 16);
        let left = Arc::new(AtomicU64::new(room));
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Metered {
                from,
                left: left.clone(),
            });
        let header = match rows.byte_headers() {
            Ok(header) => header.clone(),
            Err(e) => return self.fail(csv_error(path, &e)),
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
            let reason = format!(
                "there is no column {:?}; the columns are {} (--text-field names one)",
                self.options.fields.text_name(),
                names.join(", ")
            );
            return self.fail(Error::new(ErrorKind::Format, reason).at(path).on_line(1));
        }
        let mut row = csv::ByteRecord::new();
        for number in 1u64.. {
            left.store(room, Ordering::Relaxed);
            match rows.read_byte_record(&mut row) {
                Ok(false) => break,
                Ok(true) => {}
                Err(e) => return self.fail(csv_error(path, &e)),
            }
            let line = row.position().map_or(number, csv::Position::line);
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
        ControlFlow::Continue(())
    }
}

fn csv_error(path: &str, error: &csv::Error) -> Error {
    let line = error.position().map(csv::Position::line);
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
    }
}
