//! The shipped tables are in order, DICTIONARIES.md describes them, and their examples hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use glagol::Pipeline;
use glagol::document::Document;
use glagol::morph::Morphology;
use glagol::tables::kinds::{Cell, Need, TABLES, Table};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries")
}

/// Header and rows of a shipped table.
fn rows(file: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(folder().join(file)).expect("opens");
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = cells(reader.headers().expect("a header"));
    let rows = reader.records().map(|r| cells(&r.expect("a row")));
    (header, rows.collect())
}

#[test]
fn no_row_stands_twice_and_sorted_tables_are_sorted() {
    let mut sorted = 0;
    for table in TABLES {
        for file in table.files {
            let (_, rows) = rows(file);
            let mut seen = BTreeSet::new();
            for row in &rows {
                assert!(seen.insert(row), "{file}: {row:?} stands there twice");
            }
            if table.sorted {
                sorted += 1;
                let out_of_order = rows.windows(2).find(|pair| pair[0] > pair[1]);
                assert_eq!(out_of_order, None, "{file}");
            }
        }
    }
    assert!(sorted > 10, "{sorted}");
}

#[test]
fn every_source_has_its_licence() {
    let licences = fs::read_to_string(folder().join("LICENSES.md")).expect("reads");
    for source in glagol::tables::kinds::SOURCES {
        assert!(licences.contains(&format!("| `{source}` |")), "{source}");
    }
}

/// All values that the cells of a column may have; nothing where the list is not closed.
fn values(cell: &Cell) -> Vec<&'static str> {
    match cell {
        Cell::One(values) | Cell::Several(values) | Cell::Known(values) => values.to_vec(),
        Cell::By(_, cases, other) => {
            let cases = cases.iter().flat_map(|(_, cell)| values(cell));
            cases.chain(values(other)).collect()
        }
        Cell::Text | Cell::Word | Cell::Number | Cell::Letters(_) | Cell::Empty => Vec::new(),
    }
}

/// What a section says: of each column its meaning, and of each value of a column its meaning.
#[derive(Default)]
struct Section {
    columns: BTreeMap<String, String>,
    values: BTreeMap<String, BTreeMap<String, String>>,
}

fn code(cell: &str) -> Option<String> {
    let cell = cell.trim().strip_prefix('`')?.strip_suffix('`')?;
    Some(cell.to_owned())
}

fn section(text: &str) -> Section {
    let mut section = Section::default();
    // The column whose values the table at hand has; the columns themselves where there is none.
    let mut of: Option<String> = None;
    for line in text.lines().filter(|l| l.starts_with('|')) {
        let line = line.replace("`|`", "`bar`");
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let [first, meaning] = cells.as_slice() else {
            panic!("{line}: two cells make a row");
        };
        if meaning.trim().starts_with("---") {
            continue;
        }
        if first.trim() == "column" {
            of = None;
            continue;
        }
        let first = code(first).unwrap_or_else(|| panic!("{line}: a name stands in backticks"));
        let meaning = meaning.trim().to_owned();
        assert!(meaning.len() > 1, "{line}");
        let heads = ["what", "which", "how", "where"];
        let head = heads.iter().any(|h| meaning.starts_with(h))
            && section.columns.contains_key(&first)
            && !section.values.contains_key(&first);
        if head {
            section.values.insert(first.clone(), BTreeMap::new());
            of = Some(first);
            continue;
        }
        match &of {
            Some(column) => {
                let values = section.values.get_mut(column).expect("was begun");
                assert!(values.insert(first, meaning).is_none(), "{line}: twice");
            }
            None => {
                assert!(section.columns.insert(first, meaning).is_none(), "{line}");
            }
        }
    }
    section
}

#[test]
fn the_document_describes_every_table_column_and_class() {
    let path = folder().with_file_name("DICTIONARIES.md");
    let text = fs::read_to_string(path).expect("reads");
    let (_, common) = text
        .split_once("## Columns that many tables have")
        .expect("the common columns");
    let common = section(common.split("\n## ").next().unwrap_or(""));
    for table in TABLES {
        let heading = table.files.iter().map(|f| format!("`{f}`"));
        let heading = format!("\n### {}\n", heading.collect::<Vec<_>>().join(", "));
        let (_, rest) = text
            .split_once(&heading)
            .unwrap_or_else(|| panic!("there is no section{heading}"));
        let body = rest.split("\n## ").next().unwrap_or("");
        let body = body.split("\n### ").next().unwrap_or("");
        described(table, body, &section(body), &common);
    }
    assert_eq!(text.matches("\n### ").count(), TABLES.len());
}

fn described(table: &Table, body: &str, section: &Section, common: &Section) {
    let file = table.files[0];
    for column in table.columns {
        let name = column.name;
        let own = section.columns.get(name);
        let meaning = own.or(common.columns.get(name));
        let meaning = meaning.unwrap_or_else(|| panic!("{file}: what is {name}?"));
        let told = section.values.get(name);
        let wanted: BTreeSet<&str> = values(&column.cell)
            .into_iter()
            .filter(|v| !v.is_empty())
            .collect();
        match told {
            Some(told) => {
                let told: BTreeSet<&str> = told.keys().map(String::as_str).collect();
                assert_eq!(told, wanted, "{file}, {name}");
            }
            None if name == "classes" => {}
            None => {
                let shared = common.columns.get(name).map_or("", String::as_str);
                for value in wanted {
                    let value = format!("`{value}`");
                    assert!(
                        meaning.contains(&value) || shared.contains(&value),
                        "{file}, {name}: what is {value}?"
                    );
                }
            }
        }
    }
    for name in section.columns.keys() {
        assert!(
            table.columns.iter().any(|c| c.name == name),
            "{file} has no {name}"
        );
    }
    if table.readers.in_program() && table.files.len() == 1 {
        let key: Vec<String> = table.key.iter().map(|k| format!("`{k}`")).collect();
        let key = format!("Key: {}.", key.join(", "));
        assert!(body.contains(&key), "{file}: {key}");
        assert_eq!(body.contains("Sorted."), table.sorted, "{file}");
    }
}

/// Whether a document has a quote whose cue is a form of a word.
fn has_cue(doc: &Document, morphology: &Morphology, cue: &str, lang: &str, forms: &str) -> bool {
    doc.quotes.iter().filter_map(|q| q.cue).any(|span| {
        let text = span.slice(&doc.text).to_lowercase();
        text.split(' ').any(|word| match lang {
            "ru" => {
                let plain = |w: &str| w.replace('ё', "е");
                let mut readings = morphology.readings(word).into_iter();
                plain(word) == plain(cue) || readings.any(|r| plain(&r.lemma) == plain(cue))
            }
            _ => {
                let stem = cue.trim_end_matches(['e', 'y']);
                text == cue || word.starts_with(stem) || forms.split(' ').any(|f| f == word)
            }
        })
    })
}

#[test]
fn examples_of_cues_have_a_quote_and_counterexamples_none() {
    let pipeline = Pipeline::new().expect("loads");
    let morphology = Morphology::new().expect("loads");
    let (header, rows) = rows("cues.csv");
    let at = |name: &str| header.iter().position(|h| h == name).expect(name);
    let (cue, lang, forms) = (at("cue"), at("lang"), at("forms"));
    let (example, counter) = (at("example"), at("counter"));
    let mut checked = [0, 0];
    let mut wrong = Vec::new();
    for row in &rows {
        for (text, wanted) in [(&row[example], true), (&row[counter], false)] {
            if text.is_empty() {
                continue;
            }
            let doc = pipeline.process(text);
            if has_cue(&doc, &morphology, &row[cue], &row[lang], &row[forms]) != wanted {
                wrong.push(format!("{}: {wanted}: {text}", row[cue]));
            }
            checked[usize::from(wanted)] += 1;
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
    assert!(checked[1] >= 40 && checked[0] >= 8, "{checked:?}");
}

#[test]
fn every_value_of_the_descriptions_is_understood_where_it_is_read() {
    for table in TABLES {
        if !table.readers.in_program() || table.files.len() > 1 {
            continue;
        }
        let file = table.files[0];
        let (header, rows) = rows(file);
        // For each value of each closed column a row that has it, taken from the table itself where there is one.
        let mut text = csv::Writer::from_writer(Vec::new());
        text.write_record(&header).expect("memory takes it");
        let mut unused = Vec::new();
        // The list of classes of organisations is one for all tables.
        let closed =
            |c: &&glagol::tables::kinds::Column| c.need != Need::Ours && c.name != "classes";
        for column in table.columns.iter().filter(closed) {
            let Some(at) = header.iter().position(|h| h == column.name) else {
                continue;
            };
            for value in values(&column.cell).into_iter().filter(|v| !v.is_empty()) {
                let has = |row: &&Vec<String>| row[at].split(' ').any(|part| part == value);
                match rows.iter().find(has) {
                    Some(row) => text.write_record(row).expect("memory takes it"),
                    None => unused.push(format!("{}={value}", column.name)),
                }
            }
        }
        assert_eq!(
            unused,
            [] as [String; 0],
            "{file} describes what no row has"
        );
        let text = String::from_utf8(text.into_inner().expect("memory")).expect("UTF-8");
        let tables = glagol::Tables::of([(file, text)]).unwrap_or_else(|e| panic!("{e}"));
        Pipeline::with_data(&tables).unwrap_or_else(|e| panic!("{e}"));
    }
}
