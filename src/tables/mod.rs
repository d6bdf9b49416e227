//! The tables of `dictionaries/`: compiled in, with users' tables of the same names laid over them, row by row to those who read them.
//!
//! Input: the compiled-in texts and those of a user; output: rows, typed or as cells. [`kinds`] describes every table, [`check`] holds a
//! file against its description. Invariants: the compiled-in tables were checked when the program was built and are not checked again;
//! a user's table is checked before anything reads it, and a broken row is an error with file, line and reason.

pub mod check;
pub mod kinds;
mod rows;

use std::collections::HashSet;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};
use check::{Header, Whose};
use kinds::{Readers, Table};

/// The compiled-in texts by their names, but for those of people, organisations, places and positions.
static TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The file: `dictionaries/…` for ours.
    pub file: &'a str,
    /// The line; the header is line 1.
    pub line: u64,
    /// It is compiled in.
    pub ours: bool,
}

/// A user's table that lies over one of ours.
#[derive(Debug)]
pub struct Overlay {
    path: String,
    file: &'static str,
    table: &'static Table,
    text: String,
}

impl Overlay {
    /// Its file as the user named it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The table of ours that it lies over.
    pub fn file(&self) -> &'static str {
        self.file
    }

    /// Who reads it.
    pub fn readers(&self) -> Readers {
        self.table.readers
    }

    /// What it says, as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The tables that are compiled in, and those of a user over them. A user's rows are added behind ours, and take the place of all rows
/// of ours that are about the same: that have the same cells in the columns of the table's key (see `DICTIONARIES.md`).
///
/// ```
/// let tables = glagol::Tables::of([(
///     "cues.csv",
///     "cue,lang,kind,frames,class\nпробурчать,ru,verb,that after direct,speech\n",
/// )])?;
/// let glagol = glagol::Pipeline::with_data(&tables)?;
/// let doc = glagol.process("Иван Петров пробурчал, что дорогу закроют в мае.");
/// assert_eq!(doc.quotes.len(), 1);
/// # Ok::<(), glagol::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Tables {
    overlays: Vec<Overlay>,
}

impl Tables {
    /// Lays all `.csv` files of a folder over the tables of the same names. Files must be UTF-8.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] where the folder or a file cannot be read or has no table; [`ErrorKind::Dictionary`] as for [`Tables::of`].
    pub fn read(folder: &Path) -> Result<Self> {
        let failed =
            |path: &Path, e: std::io::Error| Error::new(ErrorKind::Read, e.to_string()).at(path);
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|e| failed(folder, e))? {
            let path = entry.map_err(|e| failed(folder, e))?.path();
            if path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("csv"))
            {
                files.push(path);
            }
        }
        files.sort();
        if files.is_empty() {
            let reason = "there is no table (.csv) in this folder";
            return Err(Error::new(ErrorKind::Read, reason).at(folder));
        }
        let mut tables = Tables::default();
        for path in files {
            let bytes = std::fs::read(&path).map_err(|e| failed(&path, e))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                let reason = "tables must be UTF-8, and this is not";
                Error::new(ErrorKind::Dictionary, reason).at(&path)
            })?;
            tables.add(path.to_string_lossy().into_owned(), text)?;
        }
        Ok(tables)
    }

    /// Lays a text over the table `file`; `path` is its name in errors.
    ///
    /// # Errors
    /// As [`Tables::of`].
    pub fn over(file: &str, path: &str, text: &str) -> Result<Self> {
        let mut tables = Tables::default();
        tables.lay(file, path.to_owned(), text.to_owned())?;
        Ok(tables)
    }

    /// Lays texts over the tables of the same names: file (what stands before its last `/` is not looked at) and text.
    ///
    /// # Errors
    /// [`ErrorKind::Dictionary`] with file, line and reason where a file has no name of ours, or breaks the rules of its table.
    pub fn of<N: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self> {
        let mut tables = Tables::default();
        for (path, text) in files {
            tables.add(path.into(), text.into())?;
        }
        Ok(tables)
    }

    fn add(&mut self, path: String, text: String) -> Result<()> {
        let name = Path::new(&path).file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        self.lay(&name, path, text)
    }

    fn lay(&mut self, file: &str, path: String, text: String) -> Result<()> {
        let refused = |reason: String| Err(Error::new(ErrorKind::Dictionary, reason).at(&path));
        let Some((table, file)) = kinds::of_file(file) else {
            let known = kinds::TABLES.iter().filter(|t| t.readers.in_program());
            let known: Vec<&str> = known.flat_map(|t| t.files).copied().collect();
            return refused(format!(
                "no table has this name; there are {}",
                known.join(", ")
            ));
        };
        if !table.readers.in_program() {
            return refused("this table is not read in a run".to_owned());
        }
        check::check(table, Whose::Users, &text).map_err(|fault| broken(&path, fault))?;
        self.overlays.push(Overlay {
            path,
            file,
            table,
            text,
        });
        Ok(())
    }

    /// The user's tables.
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// The user's tables over one of ours.
    pub(crate) fn overlays_of(&self, file: &str) -> impl Iterator<Item = &Overlay> {
        self.overlays.iter().filter(move |o| o.file == file)
    }

    /// Hands the named columns of every row of a table to `take`, without allocating per row where no user's table lies over it. A column
    /// that the table lacks is an empty string.
    ///
    /// # Errors
    /// [`ErrorKind::Dictionary`] with the file, the line (the header is line 1) and the reason, which `take` gives.
    pub(crate) fn each_row<const N: usize>(
        &self,
        file: &str,
        columns: [&str; N],
        mut take: impl FnMut([&str; N]) -> Result<(), String>,
    ) -> Result<()> {
        if self.overlays_of(file).next().is_none() {
            return rows::each_row(compiled_in(file)?, columns, take)
                .map_err(|fault| broken(&format!("dictionaries/{file}"), fault));
        }
        self.each_record(file, &mut |_, header, record| {
            take(columns.map(|column| header.cell(record, column)))
        })
    }

    /// The same for users' rows alone.
    ///
    /// # Errors
    /// As [`Tables::each_row`].
    pub(crate) fn each_own_row<const N: usize>(
        &self,
        file: &str,
        columns: [&str; N],
        mut take: impl FnMut([&str; N]) -> Result<(), String>,
    ) -> Result<()> {
        for overlay in self.overlays_of(file) {
            rows::each_row(&overlay.text, columns, &mut take)
                .map_err(|fault| broken(&overlay.path, fault))?;
        }
        Ok(())
    }

    /// Hands every row of a table to `take`, as a type.
    ///
    /// # Errors
    /// As [`Tables::each_row`].
    pub(crate) fn each<T: DeserializeOwned>(
        &self,
        file: &str,
        mut take: impl FnMut(T) -> Result<(), String>,
    ) -> Result<()> {
        if self.overlays_of(file).next().is_none() {
            return each_typed(compiled_in(file)?, take)
                .map_err(|fault| broken(&format!("dictionaries/{file}"), fault));
        }
        let mut cells = csv::StringRecord::new();
        self.each_record(file, &mut |_, header, record| {
            let names: csv::StringRecord = header.columns().collect();
            cells.clear();
            for name in &names {
                cells.push_field(header.cell(record, name));
            }
            let row = cells.deserialize(Some(&names));
            take(row.map_err(|e| e.to_string())?)
        })
    }

    /// Hands on every row of every table, the users' too, but for the compiled-in people, organisations, places and positions, which are not
    /// kept as texts, and what tests alone read.
    ///
    /// # Errors
    /// As [`Tables::each_row`].
    pub(crate) fn every_row(
        &self,
        take: &mut dyn FnMut(Place<'_>, &Header, &csv::StringRecord),
    ) -> Result<()> {
        for file in kinds::TABLES.iter().flat_map(|table| table.files) {
            self.each_record(file, &mut |place, header, record| {
                let countries = header.table().readers == Readers::Entities;
                if !(countries && place.ours) {
                    take(place, header, record);
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Hands on the rows of ours that no user's row is about, then the user's.
    fn each_record(
        &self,
        file: &str,
        take: &mut dyn FnMut(Place<'_>, &Header, &csv::StringRecord) -> Result<(), String>,
    ) -> Result<()> {
        let end = |line, reason| Err((line, reason));
        let mut replaced: HashSet<Vec<String>> = HashSet::new();
        let key = |header: &Header, record: &csv::StringRecord| -> Vec<String> {
            header.key(record).into_iter().map(str::to_owned).collect()
        };
        for overlay in self.overlays_of(file) {
            let note = |header: &Header, record: &csv::StringRecord, _| {
                replaced.insert(key(header, record));
                Ok(())
            };
            check::each_record(overlay.table, Whose::Users, &overlay.text, note, end)
                .map_err(|fault| broken(&overlay.path, fault))?;
        }
        let text = TEXTS.iter().find(|(name, _)| *name == file);
        if let (Some((table, _)), Some((_, text))) = (kinds::of_file(file), text) {
            let path = format!("dictionaries/{file}");
            let ours = |header: &Header, record: &csv::StringRecord, line| {
                let place = Place {
                    file: &path,
                    line,
                    ours: true,
                };
                match replaced.contains(&key(header, record)) {
                    true => Ok(()),
                    false => take(place, header, record),
                }
            };
            check::each_record(table, Whose::Ours, text, ours, end)
                .map_err(|fault| broken(&path, fault))?;
        }
        for overlay in self.overlays_of(file) {
            let users = |header: &Header, record: &csv::StringRecord, line| {
                let place = Place {
                    file: &overlay.path,
                    line,
                    ours: false,
                };
                take(place, header, record)
            };
            check::each_record(overlay.table, Whose::Users, &overlay.text, users, end)
                .map_err(|fault| broken(&overlay.path, fault))?;
        }
        Ok(())
    }
}

impl Readers {
    /// Whether a run reads the table.
    pub fn in_program(self) -> bool {
        matches!(self, Readers::Program | Readers::Digest | Readers::Entities)
    }
}

/// The text of a table that is compiled in.
pub(crate) fn compiled_in(file: &str) -> Result<&'static str> {
    let found = TEXTS.iter().find(|(name, _)| *name == file);
    found
        .map(|(_, text)| *text)
        .ok_or_else(|| Error::new(ErrorKind::Bug, "no such table is compiled in").at(file))
}

fn broken(file: &str, (line, reason): (u64, String)) -> Error {
    Error::new(ErrorKind::Dictionary, reason)
        .at(file)
        .on_line(line)
}

fn each_typed<T: DeserializeOwned>(
    text: &str,
    mut take: impl FnMut(T) -> Result<(), String>,
) -> Result<(), (u64, String)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(true)
        .from_reader(text.as_bytes());
    let mut rows = reader.deserialize();
    loop {
        let line = rows.reader().position().line();
        let Some(row) = rows.next() else {
            return Ok(());
        };
        let taken = match row {
            Ok(row) => take(row),
            Err(e) => Err(e.to_string()),
        };
        taken.map_err(|reason| (line, reason))?;
    }
}

/// Reads every row of a CSV text; `file` is its name in errors.
///
/// # Errors
/// [`ErrorKind::Dictionary`] with the file, the line (the header is line 1) and the reason.
pub fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>> {
    let mut all = Vec::new();
    let push = |row| {
        all.push(row);
        Ok(())
    };
    each_typed(text, push).map_err(|fault| broken(file, fault))?;
    Ok(all)
}

/// Hands the named columns of every row of a CSV text to `take`, without allocating per row. A column that the header lacks
/// is an empty string. `file` is the text's name in errors.
///
/// # Errors
/// [`ErrorKind::Dictionary`] with the file, the line (the header is line 1) and the reason; the reason may come from `take`.
pub fn each_row<const N: usize>(
    file: &str,
    text: &str,
    columns: [&str; N],
    take: impl FnMut([&str; N]) -> std::result::Result<(), String>,
) -> Result<()> {
    rows::each_row(text, columns, take).map_err(|fault| broken(file, fault))
}
