//! The house of the library holds: no file imports upwards, no stage knows another or the pipeline, no circle of files has more than
//! three, and a long function of a stage has the reason at its head.
//!
//! Which room lies on which floor is taken from the table in ARCHITECTURE.md.

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use house::{House, Module};

/// Files that may import each other in a circle.
const CIRCLE: usize = 3;
/// Lines of a function of a stage that needs no reason.
const LINES: usize = 80;
/// Its parameters.
const PARAMETERS: usize = 6;

/// Rooms that are being rebuilt: circles inside them and their long functions are not looked at.
const REBUILT: [&str; 4] = ["quotes", "language", "lexis", "read"];

/// A room: all files of a folder of `src`, or one file there.
#[derive(Debug, PartialEq)]
struct Room {
    floor: u32,
    /// The rooms of its own floor that it may use.
    beside: Vec<String>,
}

/// Rooms by name.
type Floors = BTreeMap<String, Room>;

/// The floors of ARCHITECTURE.md: rows whose first cell is a number; then the room, then the rooms of its floor that it may use.
fn floors(text: &str) -> Floors {
    let names = |cell: &str| -> Vec<String> {
        let names = cell
            .split(',')
            .map(|name| name.trim().trim_matches('`').to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
        let [floor, rooms, beside, ..] = cells[..] else {
            return None;
        };
        let floor = floor.parse().ok()?;
        let rooms = names(rooms).into_iter();
        Some(rooms.map(move |room| {
            (
                room,
                Room {
                    floor,
                    beside: names(beside),
                },
            )
        }))
    });
    rows.flatten().collect()
}

/// The room that a module belongs to.
fn room(module: &str) -> &str {
    let mut parts = module.split("::");
    let root = parts.next().unwrap_or_default();
    parts.next().unwrap_or(root)
}

/// Imports that lead upwards, or into a room of the same floor that the table does not name.
fn against_floors(house: &House, floors: &Floors) -> Vec<String> {
    let mut found = Vec::new();
    for (module, file) in &house.files {
        let Some(own) = floors.get(room(module)) else {
            found.push(format!("{} belongs to no room", file.path));
            continue;
        };
        for (target, path) in &file.imports {
            let name = room(target);
            let below = floors
                .get(name)
                .is_some_and(|other| other.floor < own.floor);
            if name != room(module) && !below && !own.beside.iter().any(|b| b == name) {
                found.push(format!("{} imports {path}", file.path));
            }
        }
    }
    found
}

/// Circles of more than `most`: sets each of which is reached from each other one.
fn circles(imports: &BTreeMap<&str, BTreeSet<&str>>, most: usize) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for &next in imports.get(at).into_iter().flatten() {
                if reached.insert(next) {
                    open.push(next);
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = imports.keys().map(|&m| (m, reach(m))).collect();
    let mut found = BTreeSet::new();
    for (&module, others) in &reached {
        let back = |other: &&&str| reached.get(**other).is_some_and(|r| r.contains(module));
        let circle: Vec<String> = others
            .iter()
            .filter(back)
            .map(|m| (*m).to_owned())
            .collect();
        if circle.len() > most {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

/// Circles of more than three files.
fn circles_of_files(house: &House) -> Vec<Vec<String>> {
    let imports = house.files.iter().map(|(module, file)| {
        let targets = file.imports.keys().map(Module::as_str).collect();
        (module.as_str(), targets)
    });
    circles(&imports.collect(), CIRCLE)
}

/// Functions of the stages that are long, or take many arguments, and do not say why: documentation with a line that begins with «Long
/// because», or «Wide because».
fn without_reason(house: &House, stages: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (module, file) in &house.files {
        for function in &file.functions {
            let says = |why: &str| function.docs.iter().any(|line| line.starts_with(why));
            let long = function.lines > LINES && !says("Long because");
            let wide = function.parameters > PARAMETERS && !says("Wide because");
            if stages.contains(&room(module)) && (long || wide) {
                let (name, lines, parameters) =
                    (&function.name, function.lines, function.parameters);
                found.push(format!(
                    "{}: {name} has {lines} lines, {parameters} parameters",
                    file.path
                ));
            }
        }
    }
    found
}

fn read_house() -> (House, Floors) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = House::of_folder(&root.join("src")).expect("src is read");
    let text =
        std::fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is read");
    (house, floors(&text))
}

/// The rooms that lie on the floor of the quotes.
fn stages(floors: &Floors) -> Vec<&str> {
    let floor = floors["quotes"].floor;
    let on_it = floors.iter().filter(|(_, room)| room.floor == floor);
    on_it.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn nothing_imports_upwards() {
    let (house, floors) = read_house();
    assert_eq!(against_floors(&house, &floors), [""; 0]);
    // Within a floor the table lets no two rooms use each other.
    let beside = floors.iter().map(|(name, room)| {
        let beside = room.beside.iter().map(String::as_str).collect();
        (name.as_str(), beside)
    });
    assert_eq!(circles(&beside.collect(), 0), [[""; 0]; 0]);
    let known: BTreeSet<&str> = house.files.keys().map(|module| room(module)).collect();
    let listed: BTreeSet<&str> = floors.keys().map(String::as_str).collect();
    assert_eq!(listed, known, "the table names rooms that are there");
}

#[test]
fn stages_know_neither_each_other_nor_the_pipeline() {
    let (_, floors) = read_house();
    let stages = stages(&floors);
    assert_eq!(
        stages,
        ["amounts", "clean", "quotes", "resolve", "segment", "tag"]
    );
    for stage in stages {
        assert_eq!(floors[stage].beside, [""; 0], "{stage}");
        assert!(floors[stage].floor < floors["pipeline"].floor);
    }
}

#[test]
fn circles_have_at_most_three_files() {
    let (house, _) = read_house();
    let mut circles = circles_of_files(&house);
    circles.retain(|circle| circle.iter().any(|module| !REBUILT.contains(&room(module))));
    assert_eq!(circles, [[""; 0]; 0]);
}

#[test]
fn long_functions_of_stages_say_why() {
    let (house, floors) = read_house();
    let mut stages = stages(&floors);
    stages.retain(|stage| !REBUILT.contains(stage));
    assert_eq!(without_reason(&house, &stages), [""; 0]);
}

/// A house of three floors, which holds, with changes to it: place of a file and its text.
fn made_up(changes: &[(&str, &str)]) -> (House, Floors) {
    let mut files = BTreeMap::from([
        (
            "lib.rs",
            "mod text; mod words; mod cut; mod name; mod whole; mod all; pub use text::Text;",
        ),
        ("text.rs", "pub struct Text;"),
        (
            "words/mod.rs",
            "mod list; pub use list::List; use crate::Text;",
        ),
        ("words/list.rs", "use crate::text::Text; pub struct List;"),
        ("cut.rs", "use crate::words::List; pub fn cut() {}"),
        (
            "name.rs",
            "use crate::{text::Text, words}; type List = words::List;",
        ),
        (
            "whole.rs",
            "use crate::{cut, name}; fn all() { cut::cut(); }",
        ),
        ("all.rs", "use crate::whole as one;"),
    ]);
    files.extend(changes.iter().copied());
    let own = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
    let table = "| Floor | Rooms | Beside |\n|---|---|---|\n| 0 | `text` | |\n| 1 | `words` | |\n| 2 | `cut`, `name` | |\n\
                 | 3 | `whole` | | |\n| 3 | `all` | `whole` | |\n| 4 | `lib` | | |\n";
    (
        House::of(&files.into_iter().map(own).collect()),
        floors(table),
    )
}

#[test]
fn imports_against_the_floors_are_found() {
    let found = |changes: &[(&str, &str)]| {
        let (house, floors) = made_up(changes);
        against_floors(&house, &floors)
    };
    assert_eq!(found(&[]), [""; 0]);
    for (file, text, path) in [
        // Upwards: in a `use` line, under another name, in braces, inside a function, in a macro, from a child.
        ("text.rs", "use crate::words::List;", "crate::words::List"),
        ("text.rs", "use crate::words as w;", "crate::words"),
        (
            "text.rs",
            "use std::{fmt, io}; use super::{words::{self, List}};",
            "super::words",
        ),
        (
            "text.rs",
            "fn f() -> u8 { crate::whole::all() }",
            "crate::whole::all",
        ),
        (
            "text.rs",
            "fn f() { assert!(g(&[super::words::List])); }",
            "super::words::List",
        ),
        (
            "words/list.rs",
            "use super::super::cut::cut;",
            "super::super::cut::cut",
        ),
        // A stage and another, a stage and what runs it.
        ("cut.rs", "use crate::name::Name;", "crate::name::Name"),
        (
            "cut.rs",
            "pub fn cut() { crate::whole::all() }",
            "crate::whole::all",
        ),
        // Beside, where the table does not say so.
        ("whole.rs", "use crate::all;", "crate::all"),
    ] {
        assert_eq!(
            found(&[(file, text)]),
            [format!("{file} imports {path}")],
            "{text}"
        );
    }
    // What only tests import, and what comments and texts say, is no import.
    for text in [
        "#[cfg(test)] mod tests { use crate::whole; }",
        "#[cfg(test)] use crate::whole; pub struct Text;",
        "#[cfg(test)] mod tests;",
        "// use crate::whole;\n/// [`crate::whole`]\nconst T: &str = \"crate::whole::all()\";",
        "use std::whole::all; fn whole() { std::whole::all() }",
    ] {
        assert_eq!(
            found(&[("text.rs", text), ("text/tests.rs", "use crate::whole;")]),
            [""; 0],
            "{text}"
        );
    }
    let more =
        "mod text; mod words; mod cut; mod name; mod whole; mod all; mod shed; pub use text::Text;";
    assert_eq!(
        found(&[("lib.rs", more), ("shed.rs", "")]),
        ["shed.rs belongs to no room"]
    );
}

#[test]
fn circles_are_found() {
    let found = |changes: &[(&str, &str)]| circles_of_files(&made_up(changes).0);
    assert_eq!(found(&[]), [[""; 0]; 0]);
    // The file of a folder and its children: what it hands on it imports.
    let folder = "mod a; mod b; mod list; pub use a::A; fn f() { b::g() } use list::List;";
    let child = ("words/a.rs", "use super::A;");
    let three = [
        ("words/mod.rs", folder),
        child,
        ("words/b.rs", "use super::a::A; use crate::words;"),
    ];
    assert_eq!(found(&three), [[""; 0]; 0]);
    let four = [
        three[0],
        child,
        three[2],
        ("words/list.rs", "use super::A; pub struct List;"),
    ];
    let circle = [
        "lib::words",
        "lib::words::a",
        "lib::words::b",
        "lib::words::list",
    ];
    assert_eq!(found(&four), [circle]);
}

#[test]
fn long_functions_without_a_reason_are_found() {
    let long = "a();\n".repeat(LINES - 1);
    let wide =
        "a: (u8, u8), b: Map<u8, u8>, c: &dyn Fn(u8, u8) -> u8, d: u8, e: u8, f: [u8; 2], g: u8";
    let found = |text: &str| {
        let (house, _) = made_up(&[("cut.rs", text)]);
        without_reason(&house, &["cut"])
    };
    let few = wide.strip_suffix(", g: u8").expect("its end");
    assert_eq!(found(&format!("fn f({few}) {{\n{}}}", &long[5..])), [""; 0]);
    assert_eq!(
        found(&format!("/// Cuts.\nfn f({few}) {{\n{long}}}")),
        ["cut.rs: f has 81 lines, 6 parameters"]
    );
    assert_eq!(
        found(&format!("impl X {{ fn f({wide},) -> u8 {{ 0 }} }}")),
        ["cut.rs: f has 1 lines, 7 parameters"]
    );
    let reasons = "/// Cuts.\n///\n/// Long because.\n/// Wide because of its\n/// tools.\n#[inline]\npub(crate) ";
    assert_eq!(
        found(&format!("{reasons}fn f({wide}) {{\n{long}}}")),
        [""; 0]
    );
    // The reason of another function is none.
    let other = format!("{reasons}fn e() {{}}\nfn f({wide}) {{}}");
    assert_eq!(found(&other).len(), 1);
}
