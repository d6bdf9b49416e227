//! The same articles in every container give the same quotes, titles, dates and sources. What made the files stands beside them, in
//! `tests/data/inputs/make.py`.
#![cfg(feature = "cli")]

mod common;

use std::path::{Path, PathBuf};

use common::{Folder, column, documents, run, status, stderr, stdout, table};
use serde_json::{Value, json};

const SOURCE: &str = "Чуйские вести";

fn input(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/inputs")
        .join(name)
}

/// Kind, words and speaker of a document's quotes, and values of its amounts.
fn found(doc: &Value) -> Value {
    let list = |key: &str| doc[key].as_array().expect("a list").clone();
    let quotes = list("quotes");
    let quotes = quotes
        .iter()
        .map(|q| json!([q["kind"], q["text"], q["speaker"]["name"]]));
    let amounts = list("amounts");
    let amounts = amounts.iter().map(|a| json!([a["value"], a["unit"]]));
    json!([quotes.collect::<Value>(), amounts.collect::<Value>()])
}

/// What the three articles have, by hand.
fn expected() -> [Value; 3] {
    [
        json!([
            [
                ["direct", "Мы ждали это судно четыре года", "Олег Сафин"],
                ["indirect", "билет обойдётся в 300 рублей", "Анна Лисицына"]
            ],
            [[2500000000u64, "RUB"], [300, "RUB"]]
        ]),
        json!([
            [
                ["direct", "Читателей стало вдвое больше", "Нина Котова"],
                ["indirect", "на ремонт ушло 40 млн рублей", "Павел Рогов"]
            ],
            [[40000000, "RUB"]]
        ]),
        json!([
            [[
                "direct",
                "It lifts twice as much as the old one",
                "Martin Hale"
            ]],
            [[3000000, "USD"]]
        ]),
    ]
}

const TITLES: [&str; 3] = [
    "Паром через залив пойдёт весной",
    "Библиотека открылась после ремонта",
    "Harbour gets a new crane",
];
const DATES: [&str; 3] = ["2026-02-05", "2026-02-06", "2026-02-07"];

/// Direct and indirect quotes of a page in one order, whatever else is found in the third article.
fn same(got: &Value, expected: &Value, way: &str) {
    let quotes = |v: &Value| v[0].as_array().expect("quotes").clone();
    for quote in quotes(expected) {
        assert!(quotes(got).contains(&quote), "{way}: {quote} in {got}");
    }
    for amount in expected[1].as_array().expect("amounts") {
        let amounts = got[1].as_array().expect("amounts");
        assert!(amounts.contains(amount), "{way}: {amount} in {got}");
    }
}

#[test]
fn all_containers_give_the_same() {
    let folder = Folder::new("containers");
    // Name, documents, and whether it has titles, dates and sources.
    for (name, count, titled, dated, sourced, more) in [
        ("rss.xml", 3, true, true, true, &[][..]),
        ("atom.xml", 3, true, true, true, &[]),
        ("telegram.json", 3, false, true, true, &[]),
        ("telegram.html", 3, false, true, true, &[]),
        ("newsapi.json", 3, true, true, true, &[]),
        ("eventregistry.json", 3, true, true, true, &[]),
        ("solr.json", 3, true, true, true, &[]),
        ("pages.warc.gz", 3, true, true, true, &[]),
        ("message.eml", 1, true, true, false, &[]),
        ("box.mbox", 3, true, true, false, &[]),
        ("page.mhtml", 1, true, true, true, &[]),
        ("article.docx", 1, true, true, false, &[]),
        ("articles.xlsx", 3, true, true, true, &[]),
        ("article.txt.bz2", 1, false, false, false, &[]),
        ("article.txt.xz", 1, false, false, false, &[]),
        ("nexis.txt", 3, true, true, true, &[]),
        ("nexis-uni.txt", 3, true, true, true, &[]),
        ("factiva-codes.txt", 3, true, true, true, &[]),
        ("factiva.txt", 3, true, true, true, &[]),
        ("integrum.txt", 3, true, true, true, &[]),
        ("labels.txt", 3, true, true, true, &[]),
        (
            "split.txt",
            3,
            true,
            true,
            true,
            &[
                "--split",
                r"^### \d+",
                "--header",
                "@заголовок=title",
                "--header",
                "@день=date",
                "--header",
                "@где=source",
            ],
        ),
    ] {
        let out = folder.path(name);
        let ran = run(&input(name), &out, more);
        assert_eq!(status(&ran), 0, "{name}: {}", stderr(&ran));
        let docs = documents(&out);
        assert_eq!(docs.len(), count, "{name}");
        for (i, doc) in docs.iter().enumerate() {
            let way = format!("{name}, document {}", i + 1);
            same(&found(doc), &expected()[i], &way);
            let field = |key: &str| doc[key].as_str().unwrap_or_default().to_owned();
            if titled {
                assert_eq!(field("title"), TITLES[i], "{way}");
            }
            if dated {
                assert_eq!(field("date"), DATES[i], "{way}");
            }
            if sourced {
                assert_eq!(field("source"), SOURCE, "{way}");
            }
            for quote in doc["quotes"].as_array().expect("quotes") {
                let speaker = quote["speaker"]["text"].as_str().unwrap_or_default();
                let labels = ["Источник", "BYLINE", "Автор", "LENGTH", "Anna Kim"];
                assert!(!labels.contains(&speaker), "{way}: {quote}");
            }
        }
        // The list says as much before the run.
        let mut arguments = more.to_vec();
        arguments.push("--dry-run");
        let listed = stdout(&run(&input(name), &out, &arguments));
        let documents = match count {
            1 => "with 1 document,".to_owned(),
            n => format!("with {n} documents,"),
        };
        assert!(listed.contains(&documents), "{name}: {listed}");
        if titled && count == 3 {
            assert!(listed.contains(TITLES[0]), "{name}: {listed}");
        }
    }
}

#[test]
fn headlines_alone_are_documents() {
    let folder = Folder::new("headlines");
    let out = folder.path("out");
    let ran = run(&input("gdelt.json"), &out, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert_eq!(column(&out, "documents", "title"), TITLES);
    assert_eq!(column(&out, "documents", "date"), DATES);
    // A field of another name that is longer than the title may be the text: this is not guessed.
    let words = "слово ".repeat(60);
    let record = format!("{{\"title\": \"Мост\", \"words\": \"{words}\"}}");
    let ran = run(&folder.write("a.jsonl", record), &out, &[]);
    assert_eq!(status(&ran), 1);
    assert!(column(&out, "errors", "reason")[0].contains("there are: title, words"));
}

#[test]
fn parts_that_are_passed_over_are_told() {
    let folder = Folder::new("parts");
    for (name, reasons) in [
        ("telegram.json", vec!["Telegram itself"]),
        ("telegram.html", vec!["Telegram itself"]),
        (
            "pages.warc.gz",
            vec!["no page and no text", "an error or points elsewhere"],
        ),
        ("articles.xlsx", vec!["without a column for texts"]),
        ("factiva-codes.txt", vec!["that is no article"]),
    ] {
        let out = folder.path(name);
        run(&input(name), &out, &[]);
        let told = column(&out, "errors", "reason");
        assert_eq!(told.len(), reasons.len(), "{name}: {told:?}");
        for (told, reason) in told.iter().zip(reasons) {
            assert!(told.contains(reason), "{name}: {told}");
        }
        assert!(
            column(&out, "errors", "kind")
                .iter()
                .all(|k| k == "skipped")
        );
    }
}

#[test]
fn content_counts_more_than_names() {
    let folder = Folder::new("content");
    let read = |name: &str| std::fs::read(input(name)).expect("a file");
    for (from, name) in [
        ("rss.xml", "feed.php"),
        ("atom.xml", "feed.txt"),
        ("telegram.json", "result"),
        ("page.mhtml", "page.html"),
        ("message.eml", "letter.txt"),
        ("box.mbox", "box.txt"),
        ("pages.warc.gz", "crawl"),
        ("articles.xlsx", "table.bin"),
        ("article.docx", "article.zip"),
        ("article.txt.xz", "article.txt"),
    ] {
        folder.write(&format!("in/{name}/{name}"), read(from));
        let out = folder.path("out");
        let ran = run(&folder.path(&format!("in/{name}")), &out, &[]);
        assert_eq!(status(&ran), 0, "{name}: {}", stderr(&ran));
        let quotes = column(&out, "quotes", "speaker_name");
        assert!(
            quotes.contains(&"Олег Сафин".to_owned()),
            "{name}: {quotes:?}"
        );
    }
}

#[test]
fn what_is_not_read_is_refused_with_a_reason() {
    let folder = Folder::new("refused");
    for (name, bytes, reason) in [
        (
            "map.xml",
            "<?xml version=\"1.0\"?><urlset><url/></urlset>".into(),
            "a sitemap",
        ),
        ("x.xml", "<nitf><body/></nitf>".into(), "<nitf>"),
        (
            "a.xml",
            "<rss><channel><item><title>Да</title>".into(),
            "cut off",
        ),
        ("a.rtf", b"{\\rtf1 Da}".to_vec(), "RTF"),
        (
            "a.doc",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0".to_vec(),
            "old Office file",
        ),
        ("a.docx", b"PK\x03\x04word/".to_vec(), "broken Office file"),
        (
            "a.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nab".to_vec(),
            "record 1",
        ),
        (
            "two.json",
            b"{\"a\": [{\"text\": \"x\"}], \"b\": [{\"text\": \"y\"}]}".to_vec(),
            "several arrays (a, b)",
        ),
    ] {
        let bytes: Vec<u8> = bytes;
        let out = folder.path("out");
        let ran = run(&folder.write(name, bytes), &out, &[]);
        assert_eq!(status(&ran), 1, "{name}: {}", stderr(&ran));
        let told = column(&out, "errors", "reason").join("; ");
        assert!(told.contains(reason), "{name}: {told}");
        assert!(column(&out, "documents", "document").is_empty(), "{name}");
    }
}

#[test]
fn everything_in_a_folder_adds_up() {
    let folder = Folder::new("adds-up");
    let names: Vec<PathBuf> = std::fs::read_dir(input(""))
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    for (i, path) in names.iter().enumerate() {
        let name = path.file_name().expect("a name").to_string_lossy();
        folder.write(
            &format!("in/{i:03}-{name}"),
            std::fs::read(path).expect("a file"),
        );
    }
    for i in 100..200 {
        let (name, bytes): (_, &[u8]) = match i % 5 {
            0 => (format!("in/{i}.txt"), b"Da."),
            1 => (format!("in/{i}.jpg"), b"\xFF\xD8\xFF"),
            2 => (format!("in/{i}"), b"\0\0\0\0"),
            3 => (format!("in/.{i}"), b"Da."),
            _ => (format!("in/{i}.csv"), b""),
        };
        folder.write(&name, bytes);
    }
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    let read = column(&out, "documents", "path");
    let (header, rows) = table(&out, "errors");
    let at = |name: &str| header.iter().position(|h| h == name).expect("a column");
    // Every file has a document or a row of its own.
    let mut files: Vec<&str> = read.iter().map(String::as_str).collect();
    files.extend(rows.iter().map(|row| row[at("path")].as_str()));
    for entry in std::fs::read_dir(folder.path("in")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let path = path.to_string_lossy();
        assert!(files.iter().any(|file| file.starts_with(&*path)), "{path}");
    }
    let skipped = rows
        .iter()
        .filter(|row| row[at("kind")] == "skipped")
        .count();
    let record = std::fs::read_to_string(out.join("run.json")).expect("run.json");
    let record: Value = serde_json::from_str(&record).expect("JSON");
    let sum: u64 = record["skipped"]
        .as_object()
        .expect("reasons")
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(sum, skipped as u64, "{}", stderr(&ran));
    assert_eq!(record["counts"]["skipped"], sum);
}

#[test]
fn a_file_that_looks_like_several_articles_is_told() {
    let folder = Folder::new("several");
    let text = "Мост открыли\nОн новый.\n-----\nПаром пошёл\nОн старый.\n-----\nКран стоит\nОн цел.\n-----\nШкола ждёт\nОна нова.\n";
    let file = folder.write("a.txt", text);
    let out = folder.path("out");
    let ran = run(&file, &out, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert!(column(&out, "errors", "reason")[0].contains("looks like 3 articles"));
    let ran = run(&file, &out, &["--split", "^-----$"]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert_eq!(column(&out, "documents", "document").len(), 4);
    assert!(column(&out, "errors", "reason").is_empty());
}
