//! The same pages give the same entities and quotes, whatever they come in: files, records, tables, archives, old encodings, HTML.
#![cfg(feature = "cli")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{ARTICLE, Folder, documents, run, status, stderr};
use serde_json::{Value, json};

/// Five pages of the corpus: three whose marks are whole, two where the page lost some.
const PAGES: [&str; 5] = [
    "ru/01-bridge-over-the-chu",
    "ru/02-lost-marks-tractors",
    "ru/07-nested-marks-senate",
    "ru/08-lost-marks-railway",
    "en/01-harbour-dredging",
];

/// Name without folder and extension -> text.
fn pages() -> Vec<(&'static str, String)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    PAGES
        .map(|name| {
            let text = fs::read_to_string(corpus.join(format!("{name}.txt"))).expect("the page");
            (name.split_once('/').expect("a folder").1, text)
        })
        .to_vec()
}

/// Of every document: its entities, and kind, words and speaker of its quotes.
fn found(out: &Path) -> BTreeMap<String, (Value, Value)> {
    documents(out)
        .into_iter()
        .map(|doc| {
            let id = doc["id"].as_str().expect("an id");
            let name = id.rsplit('/').next().unwrap_or(id);
            let name = name.split('.').next().unwrap_or(name).to_owned();
            let quotes = doc["quotes"].as_array().expect("quotes").iter();
            let quotes = quotes.map(|q| json!([q["kind"], q["text"], q["speaker"]["name"]]));
            (name, (doc["entities"].clone(), quotes.collect()))
        })
        .collect()
}

/// A file of an input, and what is said to the program beside its name.
struct Input {
    name: String,
    bytes: Vec<u8>,
    more: &'static [&'static str],
}

fn input(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Input {
    Input {
        name: name.into(),
        bytes: bytes.into(),
        more: &[],
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn windows_1251(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1251.encode(text);
    assert!(!lost, "a letter that windows-1251 lacks");
    bytes.into_owned()
}

fn html(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let paragraphs: String = lines
        .map(|line| line.replace('&', "&amp;").replace('<', "&lt;"))
        .map(|line| format!("<p>{line}</p>\n"))
        .collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article>\n{paragraphs}</article></body></html>"
    )
}

fn table(delimiter: u8, pages: &[(&str, String)]) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(Vec::new());
    table.write_record(["id", "text"]).expect("written");
    for (name, text) in pages {
        table.write_record([name, text.as_str()]).expect("written");
    }
    table.into_inner().expect("written")
}

/// Runs over a folder of inputs and compares what is found with `expected`.
fn compare(way: &str, inputs: Vec<Input>, expected: &BTreeMap<String, (Value, Value)>) {
    let folder = Folder::new("inputs");
    let mut more: &[&str] = &[];
    for input in inputs {
        folder.write(&format!("in/{}", input.name), input.bytes);
        more = input.more;
    }
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, more);
    assert_eq!(status(&ran), 0, "{way}: {}", stderr(&ran));
    let got = found(&out);
    assert!(got.keys().eq(expected.keys()), "{way}: {:?}", got.keys());
    for (name, (entities, quotes)) in expected {
        assert_eq!(got[name].0, *entities, "{way}: entities of {name}");
        assert_eq!(got[name].1, *quotes, "{way}: quotes of {name}");
    }
}

#[test]
fn five_pages_are_the_same_in_every_input() {
    let pages = pages();
    let folder = Folder::new("plain");
    for (name, text) in &pages {
        folder.write(&format!("in/{name}.txt"), text);
    }
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    let expected = found(&out);
    assert_eq!(expected.len(), PAGES.len());
    for (entities, quotes) in expected.values() {
        let is_full = |list: &Value| list.as_array().is_some_and(|l| l.len() > 1);
        assert!(is_full(entities) && is_full(quotes));
    }
    let each = |extension: &str, bytes: &dyn Fn(&str) -> Vec<u8>| -> Vec<Input> {
        let file =
            |(name, text): &(&str, String)| input(format!("{name}.{extension}"), bytes(text));
        pages.iter().map(file).collect()
    };
    compare("Markdown", each("md", &|t| t.into()), &expected);
    let marked = |t: &str| {
        let head = "---\ntitle: x\ndate: 2026-03-05\n---\n\n";
        format!("{head}# {}", t.trim_start()).into_bytes()
    };
    compare("Markdown with a head", each("md", &marked), &expected);
    compare(
        "byte-order mark",
        each("txt", &|t| format!("\u{FEFF}{t}").into()),
        &expected,
    );
    compare("UTF-16", each("txt", &utf16), &expected);
    compare("windows-1251", each("txt", &windows_1251), &expected);
    let records: Vec<Value> = pages
        .iter()
        .map(|(name, text)| json!({"id": name, "headline": "x", "body": text}))
        .collect();
    let lines: String = records.iter().map(|r| format!("{r}\n")).collect();
    compare("JSON lines", vec![input("all.jsonl", lines)], &expected);
    compare(
        "JSON",
        vec![input(
            "all.json",
            serde_json::to_vec_pretty(&records).expect("JSON"),
        )],
        &expected,
    );
    compare(
        "CSV",
        vec![input("all.csv", table(b',', &pages))],
        &expected,
    );
    compare(
        "CSV with semicolons",
        vec![input("all.csv", table(b';', &pages))],
        &expected,
    );
    compare(
        "TSV",
        vec![input("all.tsv", table(b'\t', &pages))],
        &expected,
    );
    let old = String::from_utf8(table(b';', &pages)).expect("UTF-8");
    compare(
        "CSV in windows-1251",
        vec![input("all.csv", windows_1251(&old))],
        &expected,
    );
    if cfg!(feature = "html") {
        compare("HTML", each("html", &|t| html(t).into()), &expected);
        compare(
            "HTML that is called text",
            each("txt", &|t| html(t).into()),
            &expected,
        );
        let mut whole = each("html", &|t| html(t).into());
        for input in &mut whole {
            input.more = &["--html", "page"];
        }
        compare("HTML, all that shows", whole, &expected);
    }
    #[cfg(feature = "archives")]
    {
        compare(
            "gzip",
            each("txt.gz", &|t| archives::gzip(t.as_bytes())),
            &expected,
        );
        compare(
            "Zstandard",
            each("txt.zst", &|t| archives::zstd(t.as_bytes())),
            &expected,
        );
        compare(
            "zip",
            vec![input("all.zip", archives::zip(&pages))],
            &expected,
        );
        let tar = archives::tar(&pages);
        compare(
            "tar.gz",
            vec![input("all.tar.gz", archives::gzip(&tar))],
            &expected,
        );
        compare("tar", vec![input("all.tar", tar)], &expected);
    }
}

#[cfg(feature = "archives")]
mod archives {
    use std::io::{Cursor, Write};

    pub fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).expect("packs");
        packed.finish().expect("packs")
    }

    pub fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    pub fn tar(pages: &[(&str, String)]) -> Vec<u8> {
        let mut tar = tar::Builder::new(Vec::new());
        for (name, text) in pages {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            tar.append_data(&mut header, format!("pages/{name}.txt"), text.as_bytes())
                .expect("packs");
        }
        tar.into_inner().expect("packs")
    }

    pub fn zip(pages: &[(&str, String)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, text) in pages {
            zip.start_file(format!("pages/{name}.txt"), options)
                .expect("packs");
            zip.write_all(text.as_bytes()).expect("packs");
        }
        zip.start_file("__MACOSX/a.txt", options).expect("packs");
        zip.write_all(b"no article").expect("packs");
        zip.finish().expect("packs").into_inner()
    }
}

#[test]
fn fields_formats_and_encodings_can_be_named() {
    let folder = Folder::new("named");
    let plain = folder.path("plain-out");
    let ran = run(&folder.write("plain/a.txt", ARTICLE), &plain, &[]);
    assert_eq!(status(&ran), 0);
    let expected = found(&plain);
    let record = json!({"lead": ARTICLE, "text": "Нет.", "key": "a"});
    let quoted = ARTICLE.replace('"', "\"\"");
    for (name, bytes, more) in [
        (
            "a.txt",
            windows_1251(ARTICLE),
            &["--encoding", "cp1251"][..],
        ),
        (
            "one.json",
            serde_json::to_vec_pretty(&record).expect("JSON"),
            &["--text-field", "lead", "--id-field", "key"],
        ),
        (
            "b.csv",
            format!("n,lead,text\na,\"{quoted}\",Нет.\n").into(),
            &["--text-field", "lead", "--id-field", "n"],
        ),
        (
            "a",
            format!("{record}\n").into(),
            &[
                "--input-format",
                "jsonl",
                "--text-field",
                "lead",
                "--id-field",
                "key",
            ],
        ),
    ] {
        let out = folder.path(&format!("{name}-out"));
        let ran = run(&folder.write(&format!("in/{name}"), bytes), &out, more);
        assert_eq!(status(&ran), 0, "{name}: {}", stderr(&ran));
        assert_eq!(found(&out), expected, "{name}");
    }
}

#[test]
fn what_replaced_characters_is_counted_in_every_input() {
    let folder = Folder::new("damaged");
    // Half a character in UTF-16.
    let text = "Мост через реку откроют осенью, сообщили в мэрии";
    let broken = |before: &str, after: &str| -> Vec<u8> {
        let units = before.encode_utf16().chain([0xD800]);
        units
            .chain(after.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    folder.write("in/a.csv", broken(&format!("text\n\"{text}"), "»\"\n"));
    folder.write(
        "in/b.jsonl",
        broken(&format!("{{\"text\": \"{text}"), ".\"}\n"),
    );
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert_eq!(common::column(&out, "documents", "damaged"), ["1", "1"]);
    assert_eq!(
        common::column(&out, "errors", "kind"),
        ["damaged", "damaged"]
    );
}

#[cfg(feature = "archives")]
#[test]
fn standard_input_may_be_packed() {
    use std::io::Write;
    let pages = pages();
    let tar = archives::tar(&pages);
    let ids = |bytes: &[u8]| {
        let folder = Folder::new("packed-stdin");
        let out = folder.path("out");
        let mut child = common::glagol(&["run", "-", "--quiet", "--out"])
            .arg(&out)
            .stdin(std::process::Stdio::piped())
            .spawn()
            .expect("runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // What is refused is not read to its end.
        let _ = stdin.write_all(bytes);
        drop(stdin);
        child.wait().expect("ends");
        let reasons = common::column(&out, "errors", "reason");
        (common::column(&out, "documents", "document"), reasons)
    };
    let one = (vec!["stdin".to_owned()], Vec::new());
    assert_eq!(ids(ARTICLE.as_bytes()), one);
    assert_eq!(ids(&archives::gzip(ARTICLE.as_bytes())), one);
    assert_eq!(ids(&archives::zstd(ARTICLE.as_bytes())), one);
    for bytes in [&archives::gzip(&tar), &archives::zstd(&tar), &tar] {
        let (ids, reasons) = ids(bytes);
        assert_eq!((ids.len(), reasons.len()), (PAGES.len(), 0));
        assert_eq!(ids[0], "stdin/pages/01-bridge-over-the-chu.txt");
    }
    let (none, reasons) = ids(&archives::zip(&pages));
    assert!(
        none.is_empty() && reasons[0].contains("name the file"),
        "{reasons:?}"
    );
}

#[cfg(feature = "archives")]
#[test]
fn what_lies_packed_in_an_archive_is_told() {
    use std::io::Write;
    let folder = Folder::new("inner");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let inner = archives::zip(&pages());
    for (name, bytes) in [
        ("a.txt", ARTICLE.as_bytes()),
        ("inner.zip", &inner),
        ("b.txt.gz", b"\x1F\x8B\x08\0"),
        ("photo.jpg", b"x"),
    ] {
        zip.start_file(name, options).expect("packs");
        zip.write_all(bytes).expect("packs");
    }
    let bytes = zip.finish().expect("packs").into_inner();
    let out = folder.path("out");
    let ran = run(&folder.write("all.zip", bytes), &out, &[]);
    assert_eq!(status(&ran), 1);
    assert_eq!(
        common::column(&out, "documents", "document"),
        ["all.zip/a.txt"]
    );
    let paths = common::column(&out, "errors", "path");
    assert!(paths[2].ends_with("photo.jpg"), "{paths:?}");
    assert!(paths[0].ends_with("all.zip/inner.zip") && paths[1].ends_with("b.txt.gz"));
    assert!(
        stderr(&ran).contains("1 file passed over"),
        "{}",
        stderr(&ran)
    );
}
