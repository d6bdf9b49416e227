//! Workbooks and Parquet hold what the CSV tables hold, over the articles of `corpus/`.
#![cfg(feature = "cli")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Folder, files, run, status, stderr, table};
use glagol::export::csv::unguard;
use glagol::export::table::{ColumnKind, Table};

/// What a cell holds: nothing, a truth value, a number, or text.
#[derive(Debug, PartialEq)]
enum Cell {
    Empty,
    Bool(bool),
    Number(f64),
    Text(String),
}

/// The cell that stands for one of CSV.
fn expected(cell: &str, kind: ColumnKind) -> Cell {
    match kind {
        _ if cell.is_empty() => Cell::Empty,
        ColumnKind::Text => Cell::Text(unguard(cell, b',').into_owned()),
        ColumnKind::Bool => Cell::Bool(cell == "true"),
        ColumnKind::Integer | ColumnKind::Number => Cell::Number(cell.parse().expect("a number")),
    }
}

/// Runs over the corpus into CSV and another format.
fn run_corpus(folder: &Folder, format: &str) -> PathBuf {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let out = folder.path("out");
    let ran = run(&corpus, &out, &["--format", &format!("csv,{format}")]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    out
}

/// Compares one table, header and rows; gives the number of rows.
fn compare(out: &Path, of: Table, header: &[String], rows: &[Vec<Cell>]) -> usize {
    let (names, expected_rows) = table(out, of.name());
    assert_eq!(header, names, "{}", of.name());
    assert_eq!(rows.len(), expected_rows.len(), "{}", of.name());
    for (i, (row, cells)) in rows.iter().zip(&expected_rows).enumerate() {
        for ((cell, text), column) in row.iter().zip(cells).zip(of.columns()) {
            assert_eq!(
                *cell,
                expected(text, column.kind),
                "row {i} of {}.{}",
                of.name(),
                column.name
            );
        }
    }
    rows.len()
}

#[cfg(feature = "xlsx")]
mod workbook {
    use super::*;
    use std::io::Read;

    fn part(book: &mut zip::ZipArchive<fs::File>, name: &str) -> String {
        let mut text = String::new();
        let mut part = book.by_name(name).expect("the part");
        part.read_to_string(&mut text).expect("UTF-8");
        text
    }

    fn unescape(text: &str) -> String {
        let mut text = text.to_owned();
        for (from, to) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ] {
            text = text.replace(from, to);
        }
        text
    }

    /// What stands between two marks, and what is behind it.
    fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<(&'a str, &'a str)> {
        text.split_once(from)?.1.split_once(to)
    }

    /// The cells of a sheet, row by row, as many as there are columns.
    fn cells(sheet: &str, columns: usize) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for row in sheet.split("<row ").skip(1) {
            let mut cells: Vec<Cell> = (0..columns).map(|_| Cell::Empty).collect();
            for cell in row.split("<c ").skip(1) {
                let (head, rest) = cell.split_once('>').expect("a cell");
                let (place, _) = between(head, "r=\"", "\"").expect("a place");
                let column = place
                    .bytes()
                    .take_while(u8::is_ascii_uppercase)
                    .fold(0, |n, b| n * 26 + usize::from(b - b'A') + 1);
                let value = || between(rest, "<v>", "</v>").map(|v| v.0);
                cells[column - 1] = match between(head, "t=\"", "\"").map(|t| t.0) {
                    Some("inlineStr") => {
                        let text = rest.split_once("<t").expect("text").1;
                        Cell::Text(unescape(between(text, ">", "</t>").expect("text").0))
                    }
                    Some("b") => Cell::Bool(value() == Some("1")),
                    None => Cell::Number(value().expect("a value").parse().expect("a number")),
                    Some(other) => panic!("a cell of type {other}"),
                };
            }
            rows.push(cells);
        }
        rows
    }

    #[test]
    fn equal_runs_have_equal_workbooks() {
        let folder = Folder::new("xlsx-twice");
        let input = folder.write("in.txt", common::ARTICLE);
        let book = |out: &str| {
            let out = folder.path(out);
            assert_eq!(status(&run(&input, &out, &["--format", "xlsx"])), 0);
            // A time in seconds would differ.
            std::thread::sleep(std::time::Duration::from_millis(1100));
            fs::read(out.join("glagol.xlsx")).expect("the workbook")
        };
        assert!(book("a") == book("b"));
    }

    #[test]
    fn every_sheet_holds_its_table() {
        let folder = Folder::new("xlsx");
        let out = run_corpus(&folder, "xlsx");
        let file = fs::File::open(out.join("glagol.xlsx")).expect("the workbook");
        let mut book = zip::ZipArchive::new(file).expect("a workbook is a zip archive");
        let names = part(&mut book, "xl/workbook.xml");
        let mut total = 0;
        for (i, of) in Table::ALL.into_iter().enumerate() {
            assert!(
                names.contains(&format!(
                    "<sheet name=\"{}\" sheetId=\"{}\"",
                    of.name(),
                    i + 1
                )),
                "{names}"
            );
            let sheet = part(&mut book, &format!("xl/worksheets/sheet{}.xml", i + 1));
            assert!(!sheet.contains("<f>"), "a formula in {}", of.name());
            assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter "));
            let mut rows = cells(&sheet, of.columns().len());
            let header: Vec<String> = rows
                .remove(0)
                .into_iter()
                .map(|cell| match cell {
                    Cell::Text(name) => name,
                    other => panic!("{other:?} in the header"),
                })
                .collect();
            total += compare(&out, of, &header, &rows);
        }
        assert!(total > 1000, "{total}");
    }

    #[test]
    fn a_workbook_alone_leaves_no_tables() {
        let folder = Folder::new("xlsx-alone");
        let input = folder.write("a.txt", common::ARTICLE);
        let out = folder.path("out");
        let ran = run(&input, &out, &["--format", "xlsx"]);
        assert_eq!(status(&ran), 0, "{}", stderr(&ran));
        let names: Vec<String> = files(&out).into_iter().map(|f| f.0).collect();
        assert_eq!(names, ["errors.csv", "glagol.xlsx", "run.json"]);
    }
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    #[test]
    fn every_file_holds_its_table() {
        let folder = Folder::new("parquet");
        let out = run_corpus(&folder, "parquet");
        let mut total = 0;
        for of in Table::ALL {
            let path = out.join(format!("{}.parquet", of.name()));
            let file = fs::File::open(path).expect("the file");
            let reader = SerializedFileReader::new(file).expect("a Parquet file");
            let schema = reader.metadata().file_metadata().schema_descr();
            let header: Vec<String> = schema
                .columns()
                .iter()
                .map(|c| c.name().to_owned())
                .collect();
            let rows: Vec<Vec<Cell>> = reader
                .get_row_iter(None)
                .expect("rows")
                .map(|row| {
                    let row = row.expect("a row");
                    row.get_column_iter()
                        .map(|(_, field)| match field {
                            Field::Null => Cell::Empty,
                            Field::Bool(yes) => Cell::Bool(*yes),
                            Field::Long(n) => Cell::Number(*n as f64),
                            Field::Double(n) => Cell::Number(*n),
                            Field::Str(text) => Cell::Text(text.clone()),
                            other => panic!("{other:?}"),
                        })
                        .collect()
                })
                .collect();
            total += compare(&out, of, &header, &rows);
        }
        assert!(total > 1000, "{total}");
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let folder = Folder::new("no-parquet");
    let input = folder.write("a.txt", common::ARTICLE);
    let ran = run(&input, &folder.path("out"), &["--format", "parquet"]);
    assert_eq!(status(&ran), 2);
    assert!(
        stderr(&ran).contains("--features parquet") && stderr(&ran).contains("to_parquet"),
        "{}",
        stderr(&ran)
    );
    assert!(!folder.path("out").exists());
}
