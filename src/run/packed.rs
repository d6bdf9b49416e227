//! Files that are made of finished tables: the workbook, Parquet, and packed tables. All read the files of the run from beginning to
//! end, so that they need no memory of their own and nothing special when a run is taken up again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::batch;
use crate::error::{Error, ErrorKind, Result};
use crate::export::csv::CsvOptions;
use crate::export::table::Table;

/// Name of the workbook.
pub(super) const WORKBOOK: &str = "glagol.xlsx";

/// How tables are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pack {
    /// gzip, which everything reads.
    Gz,
    /// Zstandard: quicker, and a little larger than gzip.
    Zst,
}

impl Pack {
    /// What the names of packed files end with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Pack::Gz => "gz",
            Pack::Zst => "zst",
        }
    }
}

/// Packs a file of the run into another, which holds the same bytes for the same bytes.
#[cfg(feature = "archives")]
pub(super) fn pack(how: Pack, from: &Path, to: &Path) -> Result<()> {
    use std::fs::File;
    use std::io::{self, BufWriter, Write};

    let failed = |e: io::Error| Error::new(ErrorKind::Write, e.to_string()).at(to);
    let unread = |e: io::Error| Error::new(ErrorKind::Read, e.to_string()).at(from);
    let mut input = File::open(from).map_err(unread)?;
    caught(to, || {
        let mut output = BufWriter::new(File::create(to).map_err(failed)?);
        match how {
            Pack::Gz => {
                let level = flate2::Compression::default();
                let mut packer = flate2::write::GzEncoder::new(&mut output, level);
                io::copy(&mut input, &mut packer).map_err(failed)?;
                packer.finish().map_err(failed)?;
            }
            Pack::Zst => {
                use ruzstd::encoding::{CompressionLevel, compress};
                compress(input, &mut output, CompressionLevel::Fastest);
            }
        }
        output.flush().map_err(failed)
    })
}

#[cfg(not(feature = "archives"))]
pub(super) fn pack(_: Pack, _: &Path, _: &Path) -> Result<()> {
    let reason = "this build packs nothing (feature \"archives\")";
    Err(Error::new(ErrorKind::Write, reason))
}

/// Tables and the CSV files where they stand.
type Tables<'a> = [(Table, &'a Path)];

/// Where a file of this name grows.
type Place<'a> = dyn Fn(&str) -> PathBuf + 'a;

/// What `write` gives. The crates that it calls panic where the disk is full, and the run has to end in order all the same.
#[cfg_attr(
    not(any(feature = "xlsx", feature = "parquet", feature = "archives")),
    allow(dead_code)
)]
fn caught<T>(path: &Path, write: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|panic| {
        let reason = format!("cannot be written: {}", batch::message(&*panic));
        Err(Error::new(ErrorKind::Write, reason).at(path))
    })
}

/// Writes the workbook; gives what did not fit, in words.
#[cfg(feature = "xlsx")]
pub(super) fn workbook(
    tables: &Tables<'_>,
    csv: CsvOptions,
    place: &Place<'_>,
) -> Result<Vec<String>> {
    let path = place(WORKBOOK);
    let write = || crate::export::workbook::write_workbook(&path, tables, csv);
    let over = caught(&path, write)?;
    let mut remarks = Vec::new();
    for &(table, rows, sheets) in &over.long {
        let name = table.name();
        let rest = match sheets {
            2 => format!("sheet {name}_2"),
            last => format!("sheets {name}_2 to {name}_{last}"),
        };
        remarks.push(format!(
            "{WORKBOOK}: {name} has {rows} rows, more than the 1048575 that a sheet of Excel holds below its header; the rest is in the {rest}"
        ));
    }
    if over.cut > 0 {
        let (texts, were) = match over.cut {
            1 => ("text", "was"),
            _ => ("texts", "were"),
        };
        remarks.push(format!(
            "{WORKBOOK}: {} {texts} longer than the 32767 characters that a cell of Excel holds {were} cut and end in … (CSV and JSON lines have them whole)",
            over.cut
        ));
    }
    Ok(remarks)
}

/// Writes a Parquet file for every table; gives their names.
#[cfg(feature = "parquet")]
pub(super) fn parquet(
    tables: &Tables<'_>,
    csv: CsvOptions,
    place: &Place<'_>,
) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for &(table, path) in tables {
        let name = format!("{}.parquet", table.name());
        let to = place(&name);
        caught(&to, || {
            crate::export::parquet::write_table(&to, table, path, csv)
        })?;
        names.push(name);
    }
    Ok(names)
}

#[cfg(not(feature = "xlsx"))]
pub(super) fn workbook(_: &Tables<'_>, _: CsvOptions, _: &Place<'_>) -> Result<Vec<String>> {
    let reason = "this build writes no workbooks (feature \"xlsx\")";
    Err(Error::new(ErrorKind::Write, reason))
}

#[cfg(not(feature = "parquet"))]
pub(super) fn parquet(_: &Tables<'_>, _: CsvOptions, _: &Place<'_>) -> Result<Vec<String>> {
    let reason = "this build writes no Parquet (feature \"parquet\")";
    Err(Error::new(ErrorKind::Write, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_writer_is_an_error() {
        let path = Path::new("glagol.xlsx");
        assert_eq!(caught(path, || Ok(1)).ok(), Some(1));
        let full = caught::<()>(path, || panic!("No space left on device"));
        let error = full.expect_err("caught");
        assert_eq!(error.kind(), ErrorKind::Write);
        assert!(error.to_string().contains("No space left"), "{error}");
    }
}
