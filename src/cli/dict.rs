//! `glagol dict`: what an author of a dictionary needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use glagol::dictionary::Entries;
use glagol::document::{EntityType, Sex};
use glagol::morph::{Case, Morphology, NamePart};

use super::terminal::{SOME_FAILED, USAGE, print, tell};

#[derive(Args)]
pub struct DictArgs {
    #[command(subcommand)]
    command: DictCommand,
}

#[derive(Subcommand)]
enum DictCommand {
    /// Check a dictionary or table row by row: what is broken, and what looks wrong. Its header says which it is; where two have the same
    /// columns, its name.
    Check {
        /// The table (CSV).
        file: PathBuf,
    },
    /// Show every row of every table that a word has.
    Explain {
        /// The word in any form, or a phrase or name.
        word: String,
        /// A folder of tables that lie over the built-in ones of the same names.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Show the case forms in which a person's name is found.
    Forms {
        /// The name in the nominative.
        name: String,
        /// What it names; only names of people (PER) have forms of their own.
        #[arg(long, value_name = "TYPE", default_value = "PER")]
        r#type: String,
        /// Sex.
        #[arg(long)]
        sex: Option<SexArg>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum SexArg {
    /// A man.
    M,
    /// A woman.
    F,
}

pub fn dict(args: &DictArgs) -> u8 {
    match &args.command {
        DictCommand::Check { file } => check(file),
        DictCommand::Explain { word, data } => explain(word, data.as_deref()),
        DictCommand::Forms { name, r#type, sex } => forms(name, r#type, *sex),
    }
}

const COLUMNS: [&str; 11] = [
    "id", "type", "class", "name", "lang", "kind", "sex", "country", "role", "match", "source",
];

fn check(file: &Path) -> u8 {
    let text = match super::load::read_text(file) {
        Ok(text) => text,
        Err(e) => {
            tell(&format!("glagol: {e}"));
            return USAGE;
        }
    };
    let path = file.display().to_string();
    match super::dict_check::table_of(file, &text) {
        Ok(Some((table, name))) => return super::dict_check::check(table, name, &path, &text),
        Ok(None) => {}
        Err(reason) => {
            tell(&format!("glagol: {path}: {reason}"));
            return USAGE;
        }
    }
    let report = check_text(&path, &text);
    for line in &report.lines {
        print(line);
    }
    print(&format!(
        "{} names of {} entries; {} broken rows, {} warnings",
        report.names, report.entries, report.broken, report.warnings
    ));
    if report.broken > 0 { SOME_FAILED } else { 0 }
}

fn explain(word: &str, data: Option<&Path>) -> u8 {
    let found = super::load::tables(data).and_then(|t| glagol::dictionary::explain(&t, word));
    let rows = match found {
        Ok(rows) => rows,
        Err(e) => {
            tell(&format!("glagol: {e}"));
            return USAGE;
        }
    };
    if rows.is_empty() {
        print(&format!("no table has {word:?}"));
    }
    for row in rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|(column, cell)| match cell.contains([' ', '"']) {
                true => format!("{column}={cell:?}"),
                false => format!("{column}={cell}"),
            })
            .collect();
        print(&format!("{}:{}: {}", row.file, row.line, cells.join(" ")));
    }
    0
}

#[derive(Default)]
struct Checked {
    lines: Vec<String>,
    names: usize,
    entries: usize,
    broken: usize,
    warnings: usize,
}

/// Checks every row by itself, so that one broken row does not hide the next.
fn check_text(file: &str, text: &str) -> Checked {
    let mut report = Checked::default();
    let mut entries = Entries::default();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(e) => {
            report.broken += 1;
            report.lines.push(format!("{file}:1: {e}"));
            return report;
        }
    };
    for need in ["id", "type", "name"] {
        if !header.iter().any(|h| h == need) {
            report.broken += 1;
            report
                .lines
                .push(format!("{file}:1: there is no column {need}"));
        }
    }
    for column in header.iter().filter(|h| !COLUMNS.contains(h)) {
        report.warnings += 1;
        report.lines.push(format!(
            "{file}:1: warning: column {column:?} means nothing here; known are {}",
            COLUMNS.join(", ")
        ));
    }
    if report.broken > 0 {
        return report;
    }
    let column = |name: &str| header.iter().position(|h| h == name);
    let (name_at, lang_at, sex_at, type_at) = (
        column("name"),
        column("lang"),
        column("sex"),
        column("type"),
    );
    let id_at = column("id");
    // Name in lower case and language -> id and line of its first row.
    let mut seen: BTreeMap<String, (String, u64)> = BTreeMap::new();
    let mut sexless: BTreeMap<String, (bool, u64)> = BTreeMap::new();
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                report.broken += 1;
                report.lines.push(format!("{file}:{before}: {e}"));
                continue;
            }
        }
        let line = record.position().map_or(before, csv::Position::line);
        if record.len() != header.len() {
            report.broken += 1;
            report.lines.push(format!(
                "{file}:{line}: {} cells where the header has {} (a comma in a name needs quotation marks round the cell)",
                record.len(),
                header.len()
            ));
            continue;
        }
        let mut one = csv::Writer::from_writer(Vec::new());
        let written = one
            .write_record(&header)
            .and_then(|()| one.write_record(&record))
            .ok()
            .and_then(|()| one.into_inner().ok())
            .and_then(|bytes| String::from_utf8(bytes).ok());
        if let Err(e) = entries.add_csv(file, &written.unwrap_or_default(), true) {
            report.broken += 1;
            report.lines.push(format!("{file}:{line}: {}", e.reason()));
            continue;
        }
        let cell = |at: Option<usize>| at.and_then(|i| record.get(i)).unwrap_or("");
        let (name, id) = (cell(name_at), cell(id_at));
        for warning in name_warnings(name, id) {
            report.warnings += 1;
            report
                .lines
                .push(format!("{file}:{line}: warning: {warning}"));
        }
        let key = format!(
            "{}\t{}\t{}",
            name.to_lowercase(),
            cell(lang_at),
            cell(type_at)
        );
        match seen.get(&key) {
            Some((other, first)) => {
                report.warnings += 1;
                report.lines.push(if other == id {
                    format!("{file}:{line}: warning: {name:?} stands in line {first} already")
                } else {
                    format!("{file}:{line}: warning: {name:?} is also a name of {other} (line {first}): mentions will be ambiguous")
                });
            }
            None => {
                seen.insert(key, (id.to_owned(), line));
            }
        }
        if cell(type_at) == "PER" {
            let known = sexless.entry(id.to_owned()).or_insert((false, line));
            known.0 |= !cell(sex_at).is_empty();
        }
    }
    for (id, (known, line)) in sexless {
        if !known {
            report.warnings += 1;
            report.lines.push(format!(
                "{file}:{line}: warning: no row of {id} says the sex (m or f), which pronouns need"
            ));
        }
    }
    report.names = entries.names.len();
    report.entries = entries.entries.len();
    report
}

fn name_warnings(name: &str, id: &str) -> Vec<String> {
    let mut warnings = Vec::new();
    if name.trim() != name || name.contains("  ") {
        warnings.push(format!("{name:?} has spaces at its ends or two in a row"));
    }
    for word in name.split([' ', '-']) {
        let cyrillic = word.chars().any(|c| ('\u{400}'..='\u{52F}').contains(&c));
        if cyrillic && word.chars().any(|c| c.is_ascii_alphabetic()) {
            warnings.push(format!("{word:?} mixes Latin and Cyrillic letters"));
        }
    }
    if name.starts_with(['"', '«', '“']) {
        warnings.push(format!("{name:?}: names stand without quotation marks"));
    }
    if !id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
    {
        warnings.push(format!(
            "id {id:?}: letters a-z, digits and hyphens travel best between programs"
        ));
    }
    warnings
}

fn forms(name: &str, kind: &str, sex: Option<SexArg>) -> u8 {
    if kind != EntityType::Person.as_str() {
        tell(&format!(
            "glagol: forms are shown of names of people (--type PER); names of type {kind} are matched in the text word by word, \
             in every case that the dictionary of words or their endings allow"
        ));
        return USAGE;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty() {
        tell("glagol: the name is empty");
        return USAGE;
    }
    let morphology = match Morphology::new() {
        Ok(morphology) => morphology,
        Err(e) => {
            tell(&format!("glagol: {e}"));
            return USAGE;
        }
    };
    let sexes = match sex {
        Some(SexArg::M) => vec![Sex::Male],
        Some(SexArg::F) => vec![Sex::Female],
        None => vec![Sex::Male, Sex::Female],
    };
    for sex in sexes {
        print(match sex {
            Sex::Male => "m",
            Sex::Female => "f",
        });
        let columns: Vec<Vec<(Case, String)>> = (0..words.len())
            .map(|i| morphology.name_forms(words[i], part(&words, i), sex))
            .collect();
        for case in Case::ALL {
            let row: Vec<String> = words
                .iter()
                .zip(&columns)
                .map(|(word, forms)| {
                    let mut of_case: Vec<&str> = forms
                        .iter()
                        .filter(|(c, _)| *c == case)
                        .map(|(_, f)| f.as_str())
                        .collect();
                    of_case.dedup();
                    if of_case.is_empty() {
                        (*word).to_owned()
                    } else {
                        of_case.join("/")
                    }
                })
                .collect();
            print(&format!(
                "  {:<14}{}",
                format!("{case:?}").to_lowercase(),
                row.join(" ")
            ));
        }
    }
    0
}

/// What a word of a full name is: given name, patronymic, surname in this order.
fn part(words: &[&str], index: usize) -> NamePart {
    let lower = words[index].to_lowercase();
    let patronymic = ["вич", "вна", "чна", "оглы", "кызы", "улы", "уулу"]
        .iter()
        .any(|e| lower.ends_with(e));
    match index {
        _ if words.len() == 1 => NamePart::Surname,
        0 => NamePart::Given,
        _ if patronymic && words.len() > 2 => NamePart::Patronymic,
        i if i + 1 == words.len() => NamePart::Surname,
        _ => NamePart::Given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_broken_row_is_told() {
        let text = "id,type,name,sex\n\
                    a,PER,Пётр Ивaнов,m\n\
                    b,PRS,Анна Серова,f\n\
                    c,PER,Анна Серова\n\
                    d,ORG,«Ромашка»,\n\
                    e,PER,Олег Кин,x\n";
        let report = check_text("own.csv", text);
        let all = report.lines.join("\n");
        assert_eq!(
            (report.names, report.entries, report.broken),
            (2, 2, 3),
            "{all}"
        );
        for wanted in [
            "own.csv:2: warning: \"Ивaнов\" mixes",
            "own.csv:3: type is \"PRS\"",
            "own.csv:4: 3 cells",
            "own.csv:5: warning: \"«Ромашка»\": names",
            "own.csv:6: sex is \"x\"",
        ] {
            assert!(all.contains(wanted), "{wanted}\n{all}");
        }
    }
}
