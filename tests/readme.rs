//! The README's lists of tables, columns and JSON keys are those that the program writes.

use std::collections::BTreeSet;
use std::fmt::Write;

use glagol::OffsetMap;
use glagol::export::table::Table;
use glagol::export::write_json;
use serde_json::Value;

const README: &str = include_str!("../README.md");

fn section(mark: &str) -> &'static str {
    let open = format!("<!-- {mark} -->");
    let close = format!("<!-- /{mark} -->");
    let start = README.find(&open).expect("the section begins") + open.len();
    let end = README.find(&close).expect("the section ends");
    README[start..end].trim()
}

fn tables() -> String {
    let mut out = String::new();
    for table in Table::ALL {
        writeln!(out, "**{}.csv**", table.name()).expect("writes to a string");
        out.push_str("\n| column | meaning |\n|---|---|\n");
        for column in table.columns() {
            writeln!(out, "| `{}` | {} |", column.name, column.about).expect("writes to a string");
        }
        out.push('\n');
    }
    out.trim().to_owned()
}

#[test]
fn columns_in_the_readme_are_those_of_the_program() {
    let wanted = tables();
    assert!(
        section("tables") == wanted,
        "put this between the marks of README.md:\n\n{wanted}\n"
    );
}

/// Every key below a value, with `[]` for the elements of a list.
fn keys(value: &Value, path: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = match path {
                    "" => key.clone(),
                    _ => format!("{path}.{key}"),
                };
                keys(value, &path, out);
                out.insert(path);
            }
        }
        Value::Array(list) => {
            for value in list.iter().filter(|v| v.is_object()) {
                keys(value, &format!("{path}[]"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn json_keys_in_the_readme_are_those_of_the_program() {
    let glagol = glagol::Pipeline::new().expect("loads");
    let doc = glagol.process(
        "«Завод откроем 5 марта 2026 года», — сказал министр Пётр Иванов, передаёт ТАСС. Он стоит 2 млн рублей.",
    );
    let mut line = Vec::new();
    write_json(&doc, &OffsetMap::new(&doc.text), &mut line).expect("writes");
    let mut written = BTreeSet::new();
    keys(
        &serde_json::from_slice(&line).expect("JSON"),
        "",
        &mut written,
    );
    // A row's first cell names keys of the document, or one whose own keys its second cell names first.
    let names = |text: &str| -> Vec<String> {
        let marked = text.split('`').skip(1).step_by(2);
        marked.map(str::to_owned).collect()
    };
    let mut told = BTreeSet::new();
    for row in section("json").lines().skip(2) {
        let cells: Vec<&str> = row.split('|').collect();
        let keys = names(cells[1]);
        let own = cells[2].split(';').next().unwrap_or("");
        for name in names(own).into_iter().filter(|_| cells[1].contains("[]")) {
            told.insert(format!("{}.{name}", keys[0]));
        }
        told.extend(keys.iter().map(|k| k.trim_end_matches("[]").to_owned()));
    }
    assert_eq!(told, written);
}
