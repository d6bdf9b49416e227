//! The README's list of tables and columns is the one that the program writes.

use std::fmt::Write;

use glagol::export::table::Table;

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
