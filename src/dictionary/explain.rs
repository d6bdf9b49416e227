//! Every row of every table that a word has: what `glagol dict explain` prints.
//!
//! Input: a word or phrase in any form; output: rows with file and line, in the order of the tables. A row is found by the word itself, by
//! what the morphology takes it for a form of, and an English cue by its forms.

use super::digest;
use crate::error::Result;
use crate::letters::without_yo;
use crate::lexis::cues::english_forms;
use crate::morph::Morphology;
use crate::tables::Tables;
use crate::tables::check::Header;
use crate::tables::kinds::{Cell, KINDS, LANGS, MATCHES, SEXES, TYPES};

/// A row that has a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The file: `dictionaries/…` for ours.
    pub file: String,
    /// Its line; the header is line 1.
    pub line: u64,
    /// Names and texts of the cells that are not empty.
    pub cells: Vec<(&'static str, String)>,
}

/// The rows of all tables that have a word. Rows of ours whose place a user's row takes are left out.
///
/// # Errors
/// Where a table or the morphology cannot be read.
pub fn explain(tables: &Tables, word: &str) -> Result<Vec<Explained>> {
    let morphology = Morphology::with_tables(tables)?;
    let folded = |word: &str| without_yo(&word.trim().to_lowercase()).into_owned();
    let mut forms = vec![folded(word)];
    for reading in morphology.readings(&word.trim().to_lowercase()) {
        let lemma = folded(&reading.lemma);
        if !forms.contains(&lemma) {
            forms.push(lemma);
        }
    }
    let mut found = Vec::new();
    tables.every_row(&mut |place, header, record| {
        if has(&forms, header, record) {
            let cells = header.columns().map(|c| (c, header.cell(record, c)));
            found.push(Explained {
                file: place.file.to_owned(),
                line: place.line,
                cells: cells
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|(column, cell)| (column, cell.to_owned()))
                    .collect(),
            });
        }
    })?;
    entities(&forms, &mut found);
    Ok(found)
}

/// Whether a row has a word of `forms`, lower-cased with ё as е.
fn has(forms: &[String], header: &Header, record: &csv::StringRecord) -> bool {
    let is = |text: &str| {
        let text = text.to_lowercase();
        let text = without_yo(&text);
        forms.iter().any(|form| *form == text)
            || text.contains(' ') && text.split(' ').any(|part| forms.iter().any(|f| f == part))
    };
    let words = header.table().columns.iter();
    let mut words = words.filter(|c| matches!(c.cell, Cell::Word));
    if words.any(|column| is(header.cell(record, column.name))) {
        return true;
    }
    let cue = header.cell(record, "cue");
    if cue.is_empty() || header.cell(record, "lang") != "en" {
        return false;
    }
    let first = cue.split(' ').next().unwrap_or(cue);
    match header.cell(record, "kind") {
        "verb" => english_forms(first, header.cell(record, "forms"))
            .iter()
            .any(|(form, _)| forms.contains(form)),
        "noun" => {
            let plural = first.strip_suffix('y').map(|stem| format!("{stem}ies"));
            forms.contains(&plural.unwrap_or_else(|| format!("{first}s")))
        }
        _ => false,
    }
}

/// The rows of the compiled-in dictionaries of people, organisations, places and positions.
fn entities(forms: &[String], found: &mut Vec<Explained>) {
    let mut file = 0;
    for (index, row) in digest::rows().enumerate() {
        while digest::FILES.get(file + 1).is_some_and(|f| f.1 <= index) {
            file += 1;
        }
        let row = row.fields;
        let name = row.name.to_lowercase();
        let name = without_yo(&name);
        // A person is looked for by the surname too.
        let last = match row.r#type {
            0 => name.rsplit(' ').next().unwrap_or(&name),
            _ => &name,
        };
        if !forms.iter().any(|form| *form == name || form == last) {
            continue;
        }
        let word = |list: &[&'static str], index: u8| list.get(usize::from(index)).copied();
        let cells = [
            ("id", Some(row.id)),
            ("type", word(&TYPES, row.r#type)),
            ("class", Some(row.class)),
            ("name", Some(row.name)),
            ("lang", word(&LANGS, row.lang)),
            ("kind", word(&KINDS, row.kind)),
            ("sex", word(&SEXES, row.sex)),
            ("country", Some(row.country)),
            ("role", Some(row.role)),
            ("match", word(&MATCHES, row.matching)),
        ];
        let (name, first) = digest::FILES.get(file).copied().unwrap_or_default();
        found.push(Explained {
            file: format!("dictionaries/{name}"),
            // The build has seen that every row is a line.
            line: (index - first) as u64 + 2,
            cells: cells
                .into_iter()
                .filter_map(|(column, cell)| Some((column, cell?)))
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(column, cell)| (column, cell.to_owned()))
                .collect(),
        });
    }
}
