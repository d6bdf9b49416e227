//! `glagol dict check` of tables other than people, organisations, places and positions: which table a file is, what is broken in it,
//! and what looks wrong.

use std::collections::BTreeMap;
use std::path::Path;

use glagol::tables::check::{self, Whose};
use glagol::tables::kinds::{self, Cell, Readers, Table};
use glagol::{Pipeline, Tables};

use super::terminal::{SOME_FAILED, count, print};

/// The table that a file is, by its header, and by its name where the header does not decide; nothing for people, organisations, places
/// and positions, and for what is no table of ours. The error says between which tables the name must decide.
pub fn table_of(path: &Path, text: &str) -> Result<Option<(&'static Table, &'static str)>, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let named = kinds::of_file(&name);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let Ok(header) = reader.headers() else {
        return Ok(None);
    };
    let mut fits = check::of_header(header);
    let by_name = named
        .filter(|(table, _)| fits.is_empty() || fits.iter().any(|fit| std::ptr::eq(*fit, *table)));
    if let Some((table, file)) = by_name {
        return Ok((table.readers != Readers::Entities).then_some((table, file)));
    }
    if fits.len() > 1 {
        let whole: Vec<&'static Table> = fits
            .iter()
            .copied()
            .filter(|table| table.columns.len() == header.len())
            .collect();
        if !whole.is_empty() {
            fits = whole;
        }
    }
    if fits.len() > 1 {
        // Of tables with the same columns, the one whose classes the file has.
        let sound: Vec<&'static Table> = fits
            .iter()
            .copied()
            .filter(|table| check::check(table, Whose::Users, text).is_ok())
            .collect();
        if !sound.is_empty() {
            fits = sound;
        }
    }
    match fits.as_slice() {
        [] => Ok(None),
        [table] if table.readers == Readers::Entities => Ok(None),
        [table] => Ok(table.files.first().map(|file| (*table, *file))),
        several => {
            let files: Vec<&str> = several.iter().flat_map(|t| t.files).copied().collect();
            let files = files.join(" or ");
            Err(format!(
                "its columns are those of {files}: give it that name"
            ))
        }
    }
}

/// Checks a table, and prints what is found.
pub fn check(table: &'static Table, file: &'static str, path: &str, text: &str) -> u8 {
    let report = report(table, file, path, text);
    for line in &report.lines {
        print(line);
    }
    print(&format!(
        "{} of {file}; {}, {}",
        count(report.rows, "row"),
        count(report.broken, "broken row"),
        count(report.warnings, "warning")
    ));
    if report.broken > 0 { SOME_FAILED } else { 0 }
}

#[derive(Default)]
struct Report {
    lines: Vec<String>,
    rows: u64,
    broken: u64,
    warnings: u64,
}

fn report(table: &'static Table, file: &'static str, path: &str, text: &str) -> Report {
    let mut report = Report::default();
    let (mut broken, mut warnings) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    let read = check::each_record(
        table,
        Whose::Users,
        text,
        |header, record, line| {
            report.rows += 1;
            header.check(record)?;
            let cells: Vec<String> = header
                .columns()
                .map(|column| header.cell(record, column).to_owned())
                .collect();
            for (column, cell) in table.columns.iter().zip(&cells) {
                for word in cell.split([' ', '-']) {
                    if matches!(column.cell, Cell::Word) && mixed(word) {
                        warnings.push((line, format!("{word:?} mixes Latin and Cyrillic letters")));
                    }
                }
            }
            match seen.get(&cells) {
                Some(first) => {
                    warnings.push((line, format!("the row stands in line {first} already")))
                }
                None => {
                    seen.insert(cells, line);
                }
            }
            Ok(())
        },
        |line, reason| {
            broken.push((line, reason));
            Ok(())
        },
    );
    broken.extend(read.err());
    let mut lines: Vec<(u64, String)> = Vec::new();
    report.broken = broken.len() as u64;
    report.warnings = warnings.len() as u64;
    lines.extend(
        broken
            .into_iter()
            .map(|(line, reason)| (line, format!("{path}:{line}: {reason}"))),
    );
    lines.extend(
        warnings
            .into_iter()
            .map(|(line, reason)| (line, format!("{path}:{line}: warning: {reason}"))),
    );
    lines.sort();
    report.lines.extend(lines.into_iter().map(|(_, line)| line));
    // What no description says: a name in capitals, a position that is not there.
    if report.broken == 0 && matches!(table.readers, Readers::Program | Readers::Digest) {
        let loaded = Tables::over(file, path, text).and_then(|t| Pipeline::with_data(&t));
        if let Err(e) = loaded {
            report.broken += 1;
            report.lines.push(e.to_string());
        }
    }
    report
}

/// Whether a word has letters of both alphabets.
fn mixed(word: &str) -> bool {
    let cyrillic = |c: char| ('\u{400}'..='\u{52F}').contains(&c);
    word.chars().any(cyrillic) && word.chars().any(|c| c.is_ascii_alphabetic())
}
