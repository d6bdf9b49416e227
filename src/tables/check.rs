//! Whether a table is what [`super::kinds`] says: header and cells, each fault with its line and reason.
//!
//! Input: the text of a file and its kind; output: its faults in order. The build script reads the shipped tables with the same code, so
//! that this file leans on nothing but the standard library and `csv`.

use super::kinds::{Cell, Column, Need, TABLES, Table};

/// Whose a file is: ours must have all columns, a user's those that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Under `dictionaries/`.
    Ours,
    /// A user's.
    Users,
}

/// Where the columns of a table stand in a file.
#[derive(Debug)]
pub struct Header {
    table: &'static Table,
    whose: Whose,
    places: Vec<Option<usize>>,
    width: usize,
}

impl Header {
    /// Reads a header; the error says what is wrong with it.
    pub fn read(
        table: &'static Table,
        whose: Whose,
        names: &csv::StringRecord,
    ) -> Result<Self, String> {
        for (at, name) in names.iter().enumerate() {
            if !table.columns.iter().any(|c| c.name == name) {
                let known: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
                return Err(format!(
                    "column {name:?} means nothing here; known are {}",
                    known.join(", ")
                ));
            }
            if names.iter().take(at).any(|n| n == name) {
                return Err(format!("column {name:?} stands there twice"));
            }
        }
        let places: Vec<Option<usize>> = table
            .columns
            .iter()
            .map(|c| names.iter().position(|n| n == c.name))
            .collect();
        for (column, place) in table.columns.iter().zip(&places) {
            let needed = match column.need {
                Need::Filled => true,
                Need::MayBeEmpty | Need::Ours => whose == Whose::Ours,
                Need::Optional => false,
            };
            if needed && place.is_none() {
                return Err(format!("there is no column {}", column.name));
            }
        }
        if whose == Whose::Ours && !places.iter().flatten().is_sorted() {
            return Err("the columns stand in another order than described".to_owned());
        }
        Ok(Header {
            table,
            whose,
            places,
            width: names.len(),
        })
    }

    /// The cell of a column, empty where the file has no such column.
    pub fn cell<'a>(&self, record: &'a csv::StringRecord, column: &str) -> &'a str {
        let index = self.table.columns.iter().position(|c| c.name == column);
        index.map_or("", |index| self.cell_at(record, index))
    }

    /// The cells of the columns of [`Table::key`].
    pub fn key<'a>(&self, record: &'a csv::StringRecord) -> Vec<&'a str> {
        let key = self.table.key.iter();
        key.map(|column| self.cell(record, column)).collect()
    }

    /// The table that it is of.
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The names of all columns of the table, those too that the file has not.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.table.columns.iter().map(|c| c.name)
    }

    fn cell_at<'a>(&self, record: &'a csv::StringRecord, index: usize) -> &'a str {
        let place = self.places.get(index).copied().flatten();
        place.and_then(|place| record.get(place)).unwrap_or("")
    }

    /// Checks a row; the error is the reason why it is broken.
    pub fn check(&self, record: &csv::StringRecord) -> Result<(), String> {
        if record.len() != self.width {
            return Err(format!(
                "{} cells where the header has {} (a comma in a cell needs quotation marks round the cell)",
                record.len(),
                self.width
            ));
        }
        for (index, column) in self.table.columns.iter().enumerate() {
            let cell = self.cell_at(record, index);
            if cell.is_empty() {
                let needed = column.need == Need::Filled
                    || column.need == Need::Ours && self.whose == Whose::Ours;
                if needed {
                    return Err(format!("{} is empty", column.name));
                }
                continue;
            }
            let spaced = cell.trim() != cell || cell.contains("  ");
            if spaced && !matches!(column.cell, Cell::Text) {
                return Err(format!(
                    "{} is {cell:?}, with spaces at its ends or two in a row",
                    column.name
                ));
            }
            self.check_cell(record, column, &column.cell, cell)?;
        }
        Ok(())
    }

    fn check_cell(
        &self,
        record: &csv::StringRecord,
        column: &Column,
        holds: &Cell,
        cell: &str,
    ) -> Result<(), String> {
        let name = column.name;
        match holds {
            Cell::Text | Cell::Word => Ok(()),
            // A row of a user's own may have another source, or class.
            Cell::One(_) if column.need == Need::Ours && self.whose == Whose::Users => Ok(()),
            Cell::Known(_) if self.whose == Whose::Users => Ok(()),
            Cell::Number if cell.parse::<f64>().is_ok_and(f64::is_finite) => Ok(()),
            Cell::Number => Err(format!("{name} is {cell:?}, which is no number")),
            Cell::Letters(letters) => match cell.chars().find(|c| !letters.contains(*c)) {
                Some(_) => Err(format!("{name} is {cell:?}, not of the letters {letters}")),
                None => Ok(()),
            },
            Cell::One(values) | Cell::Known(values) => match values.contains(&cell) {
                true => Ok(()),
                false => Err(format!("{name} is {cell:?}, not {}", any_of(values))),
            },
            Cell::Several(values) => match cell.split(' ').find(|part| !values.contains(part)) {
                Some(part) => Err(format!("{name} has {part:?}, not {}", any_of(values))),
                None => Ok(()),
            },
            Cell::Empty => Err(format!("{name} is {cell:?} and says nothing here")),
            Cell::By(by, cases, other) => {
                let value = self.cell(record, by);
                let case = cases.iter().find(|(of, _)| *of == value);
                let holds = case.map_or(*other, |(_, holds)| holds);
                self.check_cell(record, column, holds, cell)
                    .map_err(|reason| format!("{reason} (where {by} is {value:?})"))
            }
        }
    }
}

fn any_of(values: &[&str]) -> String {
    match values {
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
        [] => "anything".to_owned(),
    }
}

/// Hands the header and each record of a CSV text to `take`, with its line; the first line is 1. Broken records and the errors of `take`
/// go to `fault`, which may end it.
pub fn each_record(
    table: &'static Table,
    whose: Whose,
    text: &str,
    mut take: impl FnMut(&Header, &csv::StringRecord, u64) -> Result<(), String>,
    mut fault: impl FnMut(u64, String) -> Result<(), (u64, String)>,
) -> Result<(), (u64, String)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let names = match reader.headers() {
        Ok(names) => names.clone(),
        Err(e) => return fault(1, e.to_string()),
    };
    let header = match Header::read(table, whose, &names) {
        Ok(header) => header,
        Err(reason) => return fault(1, reason),
    };
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) => {
                fault(line, e.to_string())?;
                continue;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        if let Err(reason) = take(&header, &record, line) {
            fault(line, reason)?;
        }
    }
}

/// The first fault of a file: line and reason.
pub fn check(table: &'static Table, whose: Whose, text: &str) -> Result<(), (u64, String)> {
    each_record(
        table,
        whose,
        text,
        |header, record, _| header.check(record),
        |line, reason| Err((line, reason)),
    )
}

/// The tables that a user's file with these columns may be.
pub fn of_header(names: &csv::StringRecord) -> Vec<&'static Table> {
    let fits = |table: &&'static Table| Header::read(table, Whose::Users, names).is_ok();
    TABLES.iter().filter(fits).collect()
}
