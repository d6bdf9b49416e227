//! Tables of CSV -> one workbook (.xlsx), a sheet a table: header frozen, filters, widths by what the columns hold.
//!
//! Rows are written as they are read, so that memory does not grow with the tables. Cells are text or numbers and never
//! formulas. A sheet holds 1,048,576 rows: a longer table goes on in the next sheet (`mentions_2`). A cell holds 32,767 characters:
//! a longer text is cut and ends in `…`; both are told.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::csv::{CsvOptions, unguard};
use super::table::{Column, ColumnKind, Table};
use crate::error::{Error, ErrorKind, Result};

/// Rows of a sheet, with its header.
const ROWS: u32 = 1_048_576;
/// Characters of a cell, in UTF-16 units as Excel counts.
const CELL: usize = 32_767;

/// A workbook that may have a part of 4 GB or more is written as ZIP64, which Excel and LibreOffice read; a table takes up to six times
/// the bytes of its CSV.
const LARGE: u64 = 512 << 20;

/// What did not fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overflow {
    /// Tables that are longer than a sheet, with their rows and the number of their sheets.
    pub long: Vec<(Table, u64, u32)>,
    /// Cells whose text was cut.
    pub cut: u64,
}

/// Writes a workbook of tables that stand as CSV in files.
///
/// # Errors
/// [`ErrorKind::Write`] where the workbook cannot be written, [`ErrorKind::Read`] where a table cannot be read.
pub fn write_workbook(to: &Path, tables: &[(Table, &Path)], csv: CsvOptions) -> Result<Overflow> {
    write_sheets(to, tables, csv, ROWS)
}

/// Writes a workbook whose sheets hold so many rows, with their headers.
fn write_sheets(
    to: &Path,
    tables: &[(Table, &Path)],
    csv: CsvOptions,
    most: u32,
) -> Result<Overflow> {
    let failed = |e: XlsxError| Error::new(ErrorKind::Write, e.to_string()).at(to);
    let mut workbook = Workbook::new();
    // The time of its making is no part of it: equal runs have equal workbooks.
    let when = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&when));
    if let Some(folder) = to.parent() {
        workbook.set_tempdir(folder).map_err(failed)?;
    }
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let largest = tables.iter().map(|(_, path)| size(path)).max();
    let all: u64 = tables.iter().map(|(_, path)| size(path)).sum();
    workbook.use_zip_large_file(largest.is_some_and(|n| n > LARGE) || all > 4 * LARGE);
    let mut overflow = Overflow::default();
    for &(table, path) in tables {
        let (rows, sheets) = write_table(
            &mut workbook,
            table,
            path,
            csv,
            most,
            &mut overflow.cut,
            &failed,
        )?;
        if sheets > 1 {
            overflow.long.push((table, rows, sheets));
        }
    }
    workbook.save(to).map_err(failed)?;
    Ok(overflow)
}

/// Writes a table; gives its rows and its sheets.
fn write_table(
    workbook: &mut Workbook,
    table: Table,
    path: &Path,
    csv: CsvOptions,
    most: u32,
    cut_cells: &mut u64,
    failed: &dyn Fn(XlsxError) -> Error,
) -> Result<(u64, u32)> {
    let broken = |e: csv::Error| Error::new(ErrorKind::Read, e.to_string()).at(path);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(csv.delimiter)
        .has_headers(true)
        .flexible(true)
        .from_path(path)
        .map_err(broken)?;
    let header = Format::new().set_bold().set_align(FormatAlign::Top);
    let columns = table.columns();
    let mut record = csv::StringRecord::new();
    let (mut all, mut sheets) = (0, 0);
    let mut more = rows.read_record(&mut record).map_err(broken)?;
    while more || sheets == 0 {
        sheets += 1;
        let name = match sheets {
            1 => table.name().to_owned(),
            n => format!("{}_{n}", table.name()),
        };
        let sheet = workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        sheet.set_name(&name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        for (i, column) in (0u16..).zip(columns) {
            sheet.set_column_width(i, width(column)).map_err(failed)?;
        }
        for (i, column) in (0u16..).zip(columns) {
            sheet
                .write_string_with_format(0, i, column.name, &header)
                .map_err(failed)?;
        }
        let mut row = 1;
        while more && row < most {
            for ((i, column), cell) in (0u16..).zip(columns).zip(&record) {
                if cell.is_empty() {
                    continue;
                }
                let number = match column.kind {
                    ColumnKind::Integer | ColumnKind::Number => cell.parse::<f64>().ok(),
                    _ => None,
                };
                match (number, column.kind) {
                    // Excel keeps fifteen digits; a longer number stays text.
                    (Some(number), _) if cell.len() <= 15 => sheet.write_number(row, i, number),
                    (_, ColumnKind::Bool) => sheet.write_boolean(row, i, cell == "true"),
                    _ => {
                        let text = match csv.guard {
                            true => unguard(cell, csv.delimiter),
                            false => cell.into(),
                        };
                        let (text, cut) = fitting(&text);
                        *cut_cells += u64::from(cut);
                        sheet.write_string(row, i, text)
                    }
                }
                .map_err(failed)?;
            }
            row += 1;
            all += 1;
            more = rows.read_record(&mut record).map_err(broken)?;
        }
        let last = columns.len().saturating_sub(1) as u16;
        sheet.autofilter(0, 0, row - 1, last).map_err(failed)?;
    }
    Ok((all, sheets))
}

/// The text as far as a cell holds it.
fn fitting(text: &str) -> (std::borrow::Cow<'_, str>, bool) {
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return (text.into(), false);
    }
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            units += c.len_utf16();
            units > CELL - 1
        })
        .map_or(text.len(), |(at, _)| at);
    (format!("{}…", &text[..end]).into(), true)
}

/// Width of a column in characters.
fn width(column: &Column) -> f64 {
    match (column.kind, column.name) {
        (_, "text" | "sentence_text" | "reason") => 60.0,
        (_, "document" | "path" | "title" | "name" | "canonical" | "name_en") => 28.0,
        (_, name) if name.contains("name") || name.contains("canonical") || name == "speaker" => {
            28.0
        }
        (ColumnKind::Text, _) => 16.0,
        _ => 10.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in the cells of a sheet of an unpacked workbook, in order.
    #[cfg(feature = "archives")]
    fn texts(book: &Path, sheet: u32) -> Vec<String> {
        let file = std::fs::File::open(book).expect("the workbook");
        let mut book = zip::ZipArchive::new(file).expect("a zip archive");
        let name = format!("xl/worksheets/sheet{sheet}.xml");
        let part = book.by_name(&name).expect("the sheet");
        let text = std::io::read_to_string(part).expect("UTF-8");
        assert!(text.contains("state=\"frozen\"") && text.contains("<autoFilter"));
        text.split("<t>")
            .skip(1)
            .filter_map(|cell| Some(cell.split_once("</t>")?.0.to_owned()))
            .collect()
    }

    #[cfg(feature = "archives")]
    #[test]
    fn a_long_table_goes_on_in_the_next_sheet() {
        let folder = std::env::temp_dir().join(format!("glagol-sheets-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let header: Vec<&str> = Table::Sentences.columns().iter().map(|c| c.name).collect();
        let csv: String = (0..24).map(|n| format!("doc{n}\n")).collect();
        let path = folder.join("sentences.csv");
        std::fs::write(&path, format!("{}\n{csv}", header.join(","))).expect("written");
        let book = folder.join("book.xlsx");
        let names =
            |rows: std::ops::Range<u32>| rows.map(|n| format!("doc{n}")).collect::<Vec<_>>();
        // With the header, ten rows hold nine: 24 take three sheets. Two that are full are two.
        for (most, sheets) in [(10, vec![0..9, 9..18, 18..24]), (13, vec![0..12, 12..24])] {
            let over = write_sheets(
                &book,
                &[(Table::Sentences, &path)],
                CsvOptions::default(),
                most,
            )
            .expect("a workbook");
            for (sheet, rows) in (1..).zip(&sheets) {
                let found = texts(&book, sheet);
                assert_eq!(found[..header.len()], header, "{sheet}");
                assert_eq!(found[header.len()..], names(rows.clone()), "{sheet}");
            }
            let long = vec![(Table::Sentences, 24, sheets.len() as u32)];
            assert_eq!(over, Overflow { long, cut: 0 });
        }
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn long_texts_are_cut_to_a_cell() {
        let (text, cut) = fitting("да");
        assert_eq!((text.as_ref(), cut), ("да", false));
        let long = "я😀".repeat(20_000);
        let (text, cut) = fitting(&long);
        assert!(cut && text.encode_utf16().count() <= CELL && text.ends_with('…'));
        assert!(!fitting(&"я".repeat(CELL)).1);
    }
}
