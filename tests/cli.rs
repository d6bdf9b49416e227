//! The command line: what runs read and write, and what they say.
#![cfg(feature = "cli")]

mod common;

use std::fs;
use std::io::Write;
use std::process::Stdio;

use common::{
    ARTICLE, Folder, column, documents, files, glagol, many, run, status, stderr, stdout, table,
};
use glagol::export::csv::unguard;
use glagol::export::table::{ColumnKind, Table};

#[test]
fn a_folder_becomes_tables() {
    let folder = Folder::new("tables");
    folder.write("in/ru/a.txt", ARTICLE);
    folder.write("in/b.jsonl", many(20));
    folder.write("in/.hidden.txt", ARTICLE);
    folder.write("in/photo.jpg", b"\xFF\xD8\xFF");
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert!(stderr(&ran).contains("21 documents"), "{}", stderr(&ran));
    let names: Vec<String> = files(&out).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "amounts.csv",
            "dates.csv",
            "documents.csv",
            "documents.jsonl",
            "entities.csv",
            "errors.csv",
            "mentions.csv",
            "quote_parts.csv",
            "quotes.csv",
            "run.json",
            "sentences.csv",
            "summary.csv"
        ]
    );
    let texts: std::collections::BTreeMap<String, Vec<char>> = documents(&out)
        .iter()
        .map(|d| {
            (
                d["id"].as_str().expect("id").into(),
                d["text"].as_str().expect("text").chars().collect(),
            )
        })
        .collect();
    assert!(texts.contains_key("ru/a.txt") && texts.contains_key("doc-3"));
    let mut sliced = 0;
    for of in Table::ALL {
        let (header, rows) = table(&out, of.name());
        let expected: Vec<&str> = of.columns().iter().map(|c| c.name).collect();
        assert_eq!(header, expected, "{}", of.name());
        let at = |name: &str| header.iter().position(|h| h == name);
        for row in &rows {
            assert_eq!(row.len(), header.len(), "{}", of.name());
            for (cell, column) in row.iter().zip(of.columns()) {
                let fits = match column.kind {
                    ColumnKind::Text => true,
                    ColumnKind::Integer => cell.is_empty() || cell.parse::<u64>().is_ok(),
                    ColumnKind::Number => cell.is_empty() || cell.parse::<f64>().is_ok(),
                    ColumnKind::Bool => matches!(cell.as_str(), "" | "true" | "false"),
                };
                assert!(fits, "{}.{}: {cell}", of.name(), column.name);
            }
            // The words of a quote are its parts joined; those of all other rows are a slice of the document's text.
            if let (Some(start), Some(end), Some(text)) = (at("start"), at("end"), at("text"))
                && of != Table::Quotes
                && !row[start].is_empty()
            {
                let whole = &texts[&row[at("document").expect("document")]];
                let slice: String = whole
                    [row[start].parse().expect("start")..row[end].parse().expect("end")]
                    .iter()
                    .collect();
                assert_eq!(unguard(&row[text], b','), slice, "{}", of.name());
                sliced += 1;
            }
        }
    }
    assert!(sliced > 500, "{sliced}");
    assert!(
        column(&out, "quotes", "text")
            .iter()
            .any(|q| q.starts_with("Дети ждали этого"))
    );
    let record: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("run.json")).expect("run.json"))
            .expect("JSON");
    assert_eq!(record["counts"]["documents"], 21);
    assert_eq!(
        record["dictionaries"]["cues.csv"].as_str().map(str::len),
        Some(64)
    );
}

/// A sentence of a list that goes on and on, among others.
fn long_list() -> String {
    let prices: Vec<String> = (1..=400).map(|n| format!("{n} рублей")).collect();
    format!(
        "Мост стоит 5 млн рублей. Цены: {}. Всё.\n",
        prices.join(", ")
    )
}

#[test]
fn rows_show_what_stands_around_their_words() {
    let folder = Folder::new("windows");
    let input = folder.write("in.txt", long_list());
    let sentence_text = |name: &str, more: &[&str]| {
        let out = folder.path(&format!("out-{name}-{}", more.len()));
        if !out.exists() {
            assert_eq!(status(&run(&input, &out, more)), 0);
        }
        column(&out, name, "sentence_text")
    };
    let rows = sentence_text("amounts", &[]);
    assert_eq!(rows.len(), 401);
    assert_eq!(rows[0], "Мост стоит 5 млн рублей.");
    let (whole, text) = (long_list(), rows[200].as_str());
    let inner = text.trim_matches('…');
    assert!(text.starts_with('…') && text.ends_with('…'), "{text}");
    assert!(
        whole.contains(inner) && inner.contains("200 рублей"),
        "{text}"
    );
    let shown: usize = rows.iter().map(String::len).sum();
    assert!(shown < whole.len() * 17, "{shown} of {}", whole.len());
    assert!(
        sentence_text("mentions", &[])
            .iter()
            .chain(&sentence_text("entities", &[]))
            .all(String::is_empty)
    );
    let full = sentence_text("amounts", &["--sentence-text", "full"]);
    assert!(full[200].starts_with("Цены: 1 рублей") && full[200].ends_with("400 рублей."));
    let none = sentence_text("amounts", &["--sentence-text", "none", "-q"]);
    assert!(none.iter().all(String::is_empty));
}

#[test]
fn tables_are_packed_when_they_are_whole() {
    use std::io::Read;
    let folder = Folder::new("packed");
    let input = folder.write("in.jsonl", many(30));
    let plain = folder.path("plain");
    assert_eq!(status(&run(&input, &plain, &[])), 0);
    for (how, more) in [("gz", &["--pack", "gz"]), ("zst", &["--pack", "zst"])] {
        let out = folder.path(how);
        let mut sizes = (0, 0);
        let ran = run(&input, &out, more);
        assert_eq!(status(&ran), 0, "{}", stderr(&ran));
        for (name, bytes) in files(&plain) {
            if matches!(name.as_str(), "run.json" | "errors.csv") {
                assert!(out.join(&name).exists(), "{name}");
                continue;
            }
            assert!(!out.join(&name).exists(), "{name}");
            let packed = fs::read(out.join(format!("{name}.{how}"))).expect("the packed file");
            sizes = (sizes.0 + packed.len(), sizes.1 + bytes.len());
            let mut unpacked = Vec::new();
            match how {
                "gz" => flate2::read::GzDecoder::new(packed.as_slice())
                    .read_to_end(&mut unpacked)
                    .expect("gzip"),
                _ => ruzstd::decoding::StreamingDecoder::new(packed.as_slice())
                    .expect("a frame")
                    .read_to_end(&mut unpacked)
                    .expect("zstd"),
            };
            assert!(unpacked == bytes, "{name}");
        }
        assert!(sizes.0 * 2 < sizes.1, "{sizes:?}");
    }
    let ran = run(&input, &plain, &["--pack", "gz"]);
    assert!(stderr(&ran).contains("quotes.csv,"), "{}", stderr(&ran));
}

#[test]
fn what_every_row_repeats_is_short() {
    let folder = Folder::new("short");
    let id = "x".repeat(100_000);
    let line = format!(r#"{{"id": "{id}", "score": NaN, "text": "Мост стоит 5 рублей."}}"#);
    let input = folder.write("in.jsonl", line);
    let out = folder.path("out");
    assert_eq!(status(&run(&input, &out, &[])), 0);
    let ids = column(&out, "amounts", "document");
    assert!(
        ids[0].starts_with("xxx") && ids[0].len() <= 300,
        "{}",
        ids[0]
    );
    assert_eq!(column(&out, "errors", "kind"), ["limit"]);
    assert_eq!(column(&out, "errors", "severity"), ["warning"]);
}

#[test]
fn threads_and_budgets_do_not_change_a_byte() {
    let folder = Folder::new("threads");
    let input = folder.write("in.jsonl", many(150));
    let mut results = Vec::new();
    for (i, more) in [
        &["--threads", "1"][..],
        &["--threads", "2"],
        &["--threads", "5", "--budget", "10K"],
    ]
    .into_iter()
    .enumerate()
    {
        let out = folder.path(&format!("out{i}"));
        let ran = run(&input, &out, more);
        assert_eq!(status(&ran), 0, "{}", stderr(&ran));
        results.push(files(&out));
    }
    assert!(results[0] == results[1] && results[0] == results[2]);
}

#[test]
fn documents_in_other_languages_are_rows_and_nothing_else() {
    let folder = Folder::new("languages");
    let record = |id: &str, text: &str| {
        let record = serde_json::json!({"id": id, "text": text});
        format!("{record}\n")
    };
    let input = folder.write(
        "in.jsonl",
        record("ru", "«Мост откроют весной», — сказал министр Пётр Ивин. https://a.example/b_c @vest #мост Он стоит 5 млн рублей.")
            + &record("en", "“The bridge will open in June,” said Jane Doe, who leads the office. It cost $5 million.")
            + &record("id", "\"Jembatan itu akan dibuka pada bulan Juni,\" kata Joko Widodo di Jakarta. Biayanya 5 juta dolar AS."),
    );
    let out = folder.path("out");
    let ran = run(&input, &out, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert!(
        stderr(&ran).contains("nothing was looked for: id 1"),
        "{}",
        stderr(&ran)
    );
    assert_eq!(column(&out, "documents", "lang"), ["ru", "en", "id"]);
    for name in ["quotes", "amounts", "mentions"] {
        let found = column(&out, name, "document");
        assert!(
            found.iter().any(|d| d == "ru") && found.iter().any(|d| d == "en"),
            "{name}"
        );
        assert!(!found.iter().any(|d| d == "id"), "{name}");
    }
    let record: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("run.json")).expect("run.json"))
            .expect("JSON");
    assert_eq!(
        record["counts"]["languages"],
        serde_json::json!({"en": 1, "id": 1, "ru": 1})
    );
    let russian = folder.path("russian");
    assert_eq!(status(&run(&input, &russian, &["--languages", "ru"])), 0);
    assert!(
        column(&russian, "quotes", "document")
            .iter()
            .all(|d| d == "ru")
    );
    assert_eq!(column(&russian, "documents", "lang"), ["ru", "en", "id"]);
    assert_eq!(
        status(&run(&input, &folder.path("x"), &["--languages", "de"])),
        2
    );
}

#[test]
fn standard_input_is_read() {
    for more in [&["--input-format", "jsonl"][..], &[]] {
        read_standard_input(more);
    }
}

fn read_standard_input(more: &[&str]) {
    let folder = Folder::new("stdin");
    let out = folder.path("out");
    let mut child = glagol(&["run", "-", "--quiet", "--out"])
        .arg(&out)
        .args(more)
        .stdin(Stdio::piped())
        .spawn()
        .expect("runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(many(3).as_bytes())
        .expect("written");
    assert!(child.wait().expect("ends").success());
    assert_eq!(
        column(&out, "documents", "document"),
        ["doc-0", "doc-1", "doc-2"]
    );
}

#[test]
fn csv_can_be_shaped() {
    let folder = Folder::new("csv");
    let input = folder.write("a.txt", "- Да, сказал он.\n");
    let read = |name: &str, more: &[&str]| {
        let out = folder.path(name);
        assert_eq!(status(&run(&input, &out, more)), 0);
        let mut names: Vec<String> = files(&out).into_iter().map(|f| f.0).collect();
        names.retain(|n| n.ends_with(".csv"));
        (
            fs::read_to_string(out.join("sentences.csv")).expect("the table"),
            names,
        )
    };
    let (text, _) = read("a", &[]);
    assert!(
        text.starts_with("\u{FEFF}document,date,") && text.contains(",\"'- Да"),
        "{text}"
    );
    let (text, names) = read(
        "b",
        &[
            "--no-bom",
            "--delimiter",
            ";",
            "--raw-cells",
            "--tables",
            "sentences,quotes",
            "--format",
            "csv",
        ],
    );
    assert!(
        text.starts_with("document;date;") && text.contains(";- Да"),
        "{text}"
    );
    assert_eq!(names, ["errors.csv", "quotes.csv", "sentences.csv"]);
}

#[test]
fn reprints_and_collisions_are_told() {
    let folder = Folder::new("reprints");
    let wire = common::article(7);
    folder.write("in/a.txt", &wire);
    folder.write(
        "in/b.txt",
        wire.replace("Мы", "Мы, конечно,")
            .replacen("рублей", "руб.", 1),
    );
    folder.write("in/c.txt", common::article(8));
    folder.write(
        "in/d.jsonl",
        format!(
            "{}\n{}\n",
            serde_json::json!({"id": "x", "text": wire}),
            serde_json::json!({"id": "x", "text": "Да."})
        ),
    );
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 0);
    assert_eq!(
        column(&out, "documents", "document"),
        ["a.txt", "b.txt", "c.txt", "x", "x#2"]
    );
    assert_eq!(
        column(&out, "documents", "duplicate_of"),
        ["", "a.txt", "", "a.txt", ""]
    );
    assert_eq!(column(&out, "documents", "similarity")[3], "1");
    assert_eq!(column(&out, "errors", "kind"), ["collision"]);
    assert_eq!(column(&out, "errors", "severity"), ["warning"]);
    let (all, unique) = (
        column(&out, "summary", "documents"),
        column(&out, "summary", "documents_unique"),
    );
    assert!(
        all.iter().zip(&unique).any(|(a, u)| a == "3" && u == "1"),
        "{all:?} {unique:?}"
    );
    assert!(
        stderr(&ran).contains("2 repeat an earlier document"),
        "{}",
        stderr(&ran)
    );
}

#[test]
fn wrong_arguments_end_with_status_2() {
    let folder = Folder::new("usage");
    let input = folder.write("a.txt", ARTICLE);
    let bad = folder.write(
        "own.csv",
        "id,type,name\na,PER,Пётр Ивин\nb,PRS,Анна Ивина\n",
    );
    let bad = bad.to_string_lossy();
    for (more, word) in [
        (&["--delimiter", "ю"][..], "delimiter"),
        (&["--encoding", "klingon"], "klingon"),
        (&["--tables", "quote"], "quote_parts"),
        (&["--max-bytes", "5X"], "unit"),
        (&["--max-bytes", "1.5M"], "whole number"),
        (&["--delimiter", "e"], "tab"),
        (&["--threads", "100000"], "1024"),
        (&["--dict", "no-such.csv"], "no-such.csv"),
        (&["--dict", &bad], "own.csv:3: type is \"PRS\""),
        (&["--frobnicate"], "--frobnicate"),
    ] {
        let ran = run(&input, &folder.path("out"), more);
        assert_eq!(status(&ran), 2, "{more:?}");
        assert!(stderr(&ran).contains(word), "{more:?}: {}", stderr(&ran));
        assert!(!folder.path("out/run.json").exists());
    }
    // No input is there; nor is a dry run any use then.
    for more in [&[][..], &["--dry-run"]] {
        let ran = run(&folder.path("gone.txt"), &folder.path("out"), more);
        assert_eq!(status(&ran), 2);
        assert!(stderr(&ran).contains("no such file"), "{}", stderr(&ran));
        assert!(!folder.path("out").exists());
    }
    // The output folder is the input.
    let ran = run(&folder.path(""), &folder.path("."), &[]);
    assert_eq!(status(&ran), 2);
    assert!(
        stderr(&ran).contains("folder of the input"),
        "{}",
        stderr(&ran)
    );
    assert!(!folder.path("run.json").exists());
    // The output folder is a file.
    let ran = run(&input, &input, &[]);
    assert_eq!(status(&ran), 2, "{}", stderr(&ran));
    assert!(stderr(&ran).contains("a.txt"), "{}", stderr(&ran));
}

#[test]
fn a_dictionary_of_ones_own_counts() {
    let folder = Folder::new("dict");
    let input = folder.write(
        "a.txt",
        "Договор с Зырянским фондом подписали в Томске. В Зырянский фонд поступили деньги.\n",
    );
    let dictionary = folder.write("own.csv", "id,type,name,lang\nzf,ORG,Зырянский фонд,ru\n");
    let out = folder.path("out");
    let ran = run(&input, &out, &["--dict", &dictionary.to_string_lossy()]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    let ids = column(&out, "mentions", "id");
    assert_eq!(ids.iter().filter(|id| *id == "zf").count(), 2, "{ids:?}");
    let record = fs::read_to_string(out.join("run.json")).expect("run.json");
    assert!(record.contains("own.csv") && record.contains("sha256"));
    let checked = glagol(&["dict", "check"])
        .arg(&dictionary)
        .output()
        .expect("runs");
    assert_eq!(status(&checked), 0);
    assert!(
        stdout(&checked).contains("1 names of 1 entries; 0 broken rows"),
        "{}",
        stdout(&checked)
    );
}

#[test]
fn forms_of_a_name_are_shown() {
    let shown = glagol(&[
        "dict",
        "forms",
        "Касым-Жомарт Токаев",
        "--type",
        "PER",
        "--sex",
        "m",
    ])
    .output()
    .expect("runs");
    assert_eq!(status(&shown), 0);
    assert!(
        stdout(&shown).contains("dative        Касым-Жомарту Токаеву"),
        "{}",
        stdout(&shown)
    );
}

#[test]
fn an_article_is_shown() {
    let folder = Folder::new("show");
    let input = folder.write("a.txt", ARTICLE);
    let shown = glagol(&["show", "--explain"])
        .arg(&input)
        .output()
        .expect("runs");
    assert_eq!(status(&shown), 0);
    let text = stdout(&shown);
    for wanted in [
        "[Бишкеке LOC]",
        "[Айгуль Осмонова PER]",
        "Quotes",
        "Rules (offsets in code points)",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(!text.contains('\x1b'));
    let colours = glagol(&["show", "--color", "always"])
        .arg(&input)
        .output()
        .expect("runs");
    assert!(stdout(&colours).contains("\x1b[1;32mАйгуль Осмонова"));
    assert_eq!(
        status(&glagol(&["show", "no-such.txt"]).output().expect("runs")),
        1
    );
}

#[test]
fn a_dry_run_lists_what_a_run_does() {
    let folder = Folder::new("dry");
    folder.write("in/a.txt", ARTICLE);
    let nothing = b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0";
    folder.write("in/b.jsonl.gz", nothing);
    folder.write("in/c.jpg", b"");
    let (old, _, _) = encoding_rs::WINDOWS_1251.encode(ARTICLE);
    folder.write("in/d.txt", &old);
    folder.write("in/e.txt", b"%PDF-1.4");
    folder.write("in/f.csv", "key;текст;day\n7;Да.;1\n");
    folder.write("in/g.jsonl", "{\"words\": \"Да.\"}\n");
    let page = "<!doctype html><p>Да.</p>";
    let file = fs::File::create(folder.path("in/h.zip")).expect("a file");
    let mut archive = zip::ZipWriter::new(file);
    let plain = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [
        ("x/page.txt", page.as_bytes()),
        ("two.jsonl", b"{\"id\": \"k\", \"body\": \"\"}\n{"),
        ("photo.png", b""),
        ("inner.zip", b""),
    ] {
        archive.start_file(name, plain).expect("a member");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive");
    let input = folder.path("in");
    let more = ["--dry-run", "--id-field", "key"];
    let listed = glagol(&["run"]).arg(&input).args(more).output();
    let listed = listed.expect("runs without a folder for output");
    assert_eq!(status(&listed), 1, "{}", stderr(&listed));
    let text = stdout(&listed).replace(&format!("{}/", input.display()), "");
    let expected = format!(
        "a.txt\ttext, UTF-8\t{} bytes\tid a.txt\n\
         b.jsonl.gz\tjsonl in gzip, UTF-8\t20 bytes\tno records\n\
         c.jpg\tnot read: files of this extension are no articles\n\
         d.txt\ttext, windows-1251\t{} bytes\tid d.txt\n\
         e.txt: not text: it looks like a PDF file\n\
         f.csv\tcsv, UTF-8\t29 bytes\t1 record, first id 7\ttext in текст, id in key\n\
         g.jsonl:1: no field has a name that is known for texts; there are: words (--text-field names the one of the text)\n\
         h.zip/x/page.txt\thtml in zip, UTF-8\t27 bytes\tid h.zip/x/page.txt\n\
         h.zip/two.jsonl\tjsonl in zip, UTF-8\t25 bytes\t2 records, first id h.zip/two.jsonl:1\ttext in body\n\
         h.zip/photo.png\tnot read: files of this extension are no articles\n\
         h.zip/inner.zip: a packed file inside an archive is not read: unpack the archive first\n\
         6 files to read (2 of them in archives) with 6 documents, {} bytes; 2 not read; 3 cannot be read\n",
        ARTICLE.len(),
        old.len(),
        20 + ARTICLE.len() + old.len() + 29 + 27 + 25
    );
    assert_eq!(text, expected);
    // A run finds what the list says, and what stands further on in the files.
    let out = folder.path("out");
    assert_eq!(status(&run(&input, &out, &more[1..])), 1);
    assert_eq!(
        column(&out, "documents", "document"),
        [
            "a.txt",
            "d.txt",
            "7",
            "h.zip/x/page.txt",
            "h.zip/two.jsonl:1"
        ]
    );
    let kinds = column(&out, "errors", "kind");
    let skipped = kinds.iter().filter(|kind| *kind == "skipped").count();
    assert_eq!((kinds.len(), skipped), (7, 3), "{kinds:?}");
    // The output lies inside the input, and is not listed.
    let again = run(&folder.path(""), &out, &["--dry-run"]);
    assert!(
        !stdout(&again).contains("documents.csv"),
        "{}",
        stdout(&again)
    );
}

#[test]
fn brat_files_hold_offsets_and_are_never_overwritten() {
    let folder = Folder::new("brat");
    let input = folder.write("a.txt", ARTICLE);
    let out = folder.path("out");
    assert_eq!(status(&run(&input, &out, &["--format", "brat"])), 0);
    let text: Vec<char> = fs::read_to_string(out.join("brat/a.txt.txt"))
        .expect("text")
        .chars()
        .collect();
    let annotations = fs::read_to_string(out.join("brat/a.txt.ann")).expect("annotations");
    let mut marks = 0;
    for line in annotations.lines().filter(|l| l.starts_with('T')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let place = cells[1].split_once(' ').expect("a kind").1;
        let slices: Vec<String> = place
            .split(';')
            .map(|p| {
                let (start, end) = p.split_once(' ').expect("two offsets");
                text[start.parse().expect("start")..end.parse().expect("end")]
                    .iter()
                    .collect()
            })
            .collect();
        assert_eq!(slices.join(" "), cells[2], "{line}");
        marks += 1;
    }
    assert!(marks > 5, "{annotations}");
    let again = run(&input, &out, &["--format", "brat"]);
    assert_eq!(status(&again), 2);
    assert!(stderr(&again).contains("move them away"));
}

#[test]
fn every_document_has_brat_files_of_its_own() {
    let folder = Folder::new("brat-names");
    let long = "k/".repeat(3000);
    let ids = [
        "a?b", "a_b", "a:b", "x", "x.txt", "x.txt/y", "A", "a", "NUL", "..", &long,
    ];
    let lines: String = ids
        .iter()
        .map(|id| {
            format!(
                "{}\n",
                serde_json::json!({"id": id, "text": format!("{id}. {ARTICLE}")})
            )
        })
        .collect();
    let input = folder.write("a.jsonl", lines);
    let out = folder.path("out");
    let ran = run(&input, &out, &["--format", "brat,jsonl"]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    let mut texts = Vec::new();
    let mut open = vec![out.join("brat")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "txt") {
                assert!(path.with_extension("ann").exists(), "{}", path.display());
                texts.push(fs::read_to_string(path).expect("a text"));
            }
        }
    }
    texts.sort();
    let mut expected: Vec<String> = documents(&out)
        .iter()
        .map(|d| d["text"].as_str().expect("text").to_owned())
        .collect();
    expected.sort();
    assert_eq!(texts.len(), ids.len());
    assert!(texts == expected);
    assert!(out.join("brat/annotation.conf").exists());
}

#[test]
fn files_of_an_earlier_run_are_told() {
    let folder = Folder::new("older");
    let input = folder.write("a.txt", ARTICLE);
    let out = folder.path("out");
    assert_eq!(status(&run(&input, &out, &["--format", "csv"])), 0);
    let same = run(&input, &out, &["--format", "csv"]);
    assert!(!stderr(&same).contains("earlier run"), "{}", stderr(&same));
    let ran = run(&input, &out, &["--format", "jsonl"]);
    assert!(
        stderr(&ran).contains("earlier run, too: documents.csv,"),
        "{}",
        stderr(&ran)
    );
    assert!(!stderr(&ran).contains("errors.csv"), "{}", stderr(&ran));
}

#[test]
fn one_id_for_all_takes_no_time() {
    let folder = Folder::new("one-id");
    let lines: String = (0..30_000)
        .map(|n| format!("{{\"id\": \"x\", \"text\": \"Да, {n}.\"}}\n"))
        .collect();
    let out = folder.path("out");
    let begun = std::time::Instant::now();
    let ran = run(
        &folder.write("a.jsonl", lines),
        &out,
        &["--tables", "documents"],
    );
    assert_eq!(status(&ran), 0);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    let ids = column(&out, "documents", "document");
    assert_eq!((ids[1].as_str(), ids[29_999].as_str()), ("x#2", "x#30000"));
}

#[test]
fn what_is_passed_over_is_told() {
    let folder = Folder::new("passed-over");
    for name in [
        "a.txt",
        "readmenot.txt",
        "README.md",
        "b.txt",
        "b.json",
        "page",
        "index.php?id=5",
        "photo.jpg",
        ".hidden.txt",
    ] {
        folder.write(&format!("in/{name}"), ARTICLE);
    }
    let (input, out) = (folder.path("in"), folder.path("out"));
    let ran = run(&input, &out, &[]);
    assert_eq!(
        column(&out, "documents", "document"),
        ["a.txt", "b.txt", "readmenot.txt"]
    );
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert!(
        stderr(&ran).contains("6 files passed over"),
        "{}",
        stderr(&ran)
    );
    // Each has a row, and all together are counted by reason.
    assert_eq!(column(&out, "errors", "kind"), ["skipped"; 6]);
    assert_eq!(column(&out, "errors", "severity"), ["warning"; 6]);
    let record = fs::read_to_string(out.join("run.json")).expect("run.json");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    assert_eq!(record["counts"]["skipped"], 6);
    let reasons = record["skipped"].as_object().expect("reasons");
    let counted: u64 = reasons.values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!((reasons.len(), counted), (5, 6), "{reasons:?}");
    let listed = stdout(&run(&input, &out, &["--dry-run"]));
    for line in [
        "README.md\tnot read: a README",
        "b.json\tnot read: it accompanies the .txt",
        "photo.jpg\tnot read: files of this extension",
    ] {
        assert!(listed.contains(line), "{line}: {listed}");
    }
    // With a format for names that tell none, these are read; pictures are not.
    let ran = run(&input, &out, &["--input-format", "text"]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert_eq!(
        column(&out, "documents", "document"),
        ["a.txt", "b.txt", "index.php?id=5", "page", "readmenot.txt"]
    );
}

#[test]
fn a_field_that_no_record_has_is_told() {
    let folder = Folder::new("fields");
    let input = folder.write(
        "a.jsonl",
        "{\"text\": \"Да.\", \"day\": \"5 марта 2026\"}\n{\"text\": \"Нет.\"}\n",
    );
    let out = folder.path("out");
    let ran = run(
        &input,
        &out,
        &["--date-field", "day", "--id-field", "nummer"],
    );
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    for told in [
        "1 records lack the field that --date-field names",
        "2 records lack the field that --id-field names",
    ] {
        assert!(stderr(&ran).contains(told), "{}", stderr(&ran));
    }
    assert_eq!(column(&out, "documents", "date"), ["2026-03-05", ""]);
    let record = fs::read_to_string(out.join("run.json")).expect("run.json");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    assert_eq!(record["missing_fields"]["id"], 2);
    let ran = run(&input, &out, &["--text-field", "body"]);
    assert_eq!(status(&ran), 1);
    assert!(
        stderr(&ran).contains("there is no field \"body\"; there are: day, text"),
        "{}",
        stderr(&ran)
    );
}

#[test]
fn names_of_files_do_not_break_lines() {
    let folder = Folder::new("line-break");
    folder.write("in/a\nb\u{1b}[1m.txt", ARTICLE);
    let listed = stdout(&run(
        &folder.path("in"),
        &folder.path("out"),
        &["--dry-run"],
    ));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("a\\nb\\u{1b}[1m.txt"), "{listed}");
}
