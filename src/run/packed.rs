//! Files that are made of finished tables: the workbook, and Parquet. Both read the CSV of the run row by row, so that they need
//! no memory of their own and nothing special when a run is taken up again.

use std::path::{Path, PathBuf};

use crate::error::Result;
#[cfg(not(all(feature = "xlsx", feature = "parquet")))]
use crate::error::{Error, ErrorKind};
use crate::export::csv::CsvOptions;
use crate::export::table::Table;

/// Name of the workbook.
pub(super) const WORKBOOK: &str = "glagol.xlsx";

/// Tables and the CSV files where they stand.
type Tables<'a> = [(Table, &'a Path)];

/// Where a file of this name grows.
type Place<'a> = dyn Fn(&str) -> PathBuf + 'a;

/// Writes the workbook; gives what did not fit, in words.
#[cfg(feature = "xlsx")]
pub(super) fn workbook(
    tables: &Tables<'_>,
    csv: CsvOptions,
    place: &Place<'_>,
) -> Result<Vec<String>> {
    let over = crate::export::workbook::write_workbook(&place(WORKBOOK), tables, csv)?;
    let mut remarks = Vec::new();
    if over.sheets > 0 {
        remarks.push(format!(
            "{WORKBOOK}: a sheet holds 1,048,576 rows; {} more sheets hold the rest (named _2, _3 …)",
            over.sheets
        ));
    }
    if over.cut > 0 {
        remarks.push(format!(
            "{WORKBOOK}: a cell holds 32,767 characters; {} longer texts were cut (CSV and JSONL have them whole)",
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
        crate::export::parquet::write_table(&place(&name), table, path, csv)?;
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
