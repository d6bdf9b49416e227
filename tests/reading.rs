//! What holds for any bytes whatever that are read: nothing panics, nothing is lost, and what was written is read again.

mod common;

use std::ops::ControlFlow;

use common::Folder;
use glagol::ErrorKind;
use glagol::decode;
use glagol::read::{self, Position, Progress, ReadOptions};
use proptest::prelude::*;

/// Words that a page may have, in the letters that the old encodings know too.
const WORDS: &[&str] = &[
    "министр",
    "заявил",
    "что",
    "дорогу",
    "построят",
    "в",
    "Минске",
    "Нина",
    "Лаптева",
    "5",
    "млн",
    "рублей,",
    "и",
    "мост.",
    "Об",
    "этом",
    "сообщила",
    "газета",
    "школу",
    "открыли",
    "после",
    "ремонта.",
    "Ёлка",
    "ещё",
    "-",
    "(да)",
];

/// A text of at least forty words: an encoding is told by what a page has.
fn page() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 40..120).prop_map(|words| words.join(" "))
}

/// What a text in a record may be: anything at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("«".to_owned()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just(",;\t".to_owned()),
        Just("{[]}".to_owned()),
        Just("\u{0}\u{1b}\u{FEFF}".to_owned()),
        Just("😀".to_owned()),
        "[а-яА-Я ]{1,12}",
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// Pieces of files that break readers.
fn broken_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(
            &[
                "{\"text\": \"Да.\"}\n",
                "{\"text\": \"\\ud83d\"}\n",
                "{\"id\": 1, \"text\": \"a",
                "[",
                "]",
                "{",
                "}",
                "\"",
                "\\",
                "\n",
                ",",
                "\r\n",
                "id,text\n",
                "id;text\n1;\"Да, да\"\n",
                "\"\"",
                "text\n",
                "\t",
                "null",
                "{\"text\": {\"a\": []}}\n",
                "\u{FEFF}",
                "Дождь.",
                "<html><body><article><p>",
                "</p>",
                "<script>",
                "<p>Дождь шёл весь день, сообщили в городе.</p>",
                "<meta charset=koi8-r>",
                "&#0;",
                "&nbsp;",
                "<!--",
                "<table>",
                "«",
            ][..]
        )
        .prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..8),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// What is read from a file: the text of each document or the kind of its error, in order.
fn read_file(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Result<String, ErrorKind>> {
    let folder = Folder::new("reading");
    let path = folder.write(name, bytes);
    let mut items = Vec::new();
    let (from, progress) = (Position::default(), Progress::default());
    read::read(&[path], options, from, &progress, &mut |raw| {
        let text = raw.and_then(|raw| raw.decode(options));
        items.push(text.map(|read| read.document.text).map_err(|e| e.kind()));
        ControlFlow::Continue(())
    })
    .expect("nothing was read before");
    items
}

fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut options = ReadOptions::default();
    options.encoding = Some(encoding_rs::UTF_8);
    read_file(name, bytes, &options)
        .into_iter()
        .map(|item| item.expect("no failure"))
        .collect()
}

fn csv_of(texts: &[String], delimiter: u8) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(Vec::new());
    table.write_record(["n", "text"]).expect("written");
    for (n, text) in texts.iter().enumerate() {
        table.write_record([&n.to_string(), text]).expect("written");
    }
    table.into_inner().expect("written")
}

/// A text as a reader gives it: a byte-order mark at the head of a record is none of its text.
fn as_read(text: &str) -> String {
    text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let first = decode::decode(bytes.clone(), None, None);
        let again = decode::decode(bytes.clone(), None, None);
        match (first, again) {
            (Ok(one), Ok(two)) => {
                let marks = one.text.matches('\u{FFFD}').count();
                prop_assert!(one.damaged as usize <= marks, "{} of {marks}", one.damaged);
                prop_assert_eq!(one, two);
            }
            (Err(one), Err(two)) => prop_assert_eq!((one.kind(), two.kind()), (ErrorKind::Decode, ErrorKind::Decode)),
            other => prop_assert!(false, "{other:?}"),
        }
        for name in ["cp1251", "koi8-r", "cp866", "utf-8", "utf-16"] {
            prop_assert!(decode::decode(bytes.clone(), decode::encoding_named(name), None).is_ok());
        }
    }

    #[test]
    fn a_page_is_the_same_in_every_encoding(text in page()) {
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R, encoding_rs::IBM866] {
            let (bytes, _, lost) = encoding.encode(&text);
            prop_assert!(!lost);
            for forced in [None, Some(encoding)] {
                let read = decode::decode(bytes.to_vec(), forced, None).expect("text");
                prop_assert_eq!((read.text.as_str(), read.damaged), (text.as_str(), 0));
                // KOI8-U has the letters of KOI8-R and four more.
                prop_assert_eq!(read.encoding.replace("KOI8-U", "KOI8-R"), encoding.name());
            }
        }
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big, text.clone().into_bytes(), format!("\u{FEFF}{text}").into_bytes()] {
            prop_assert_eq!(decode::decode(bytes, None, None).expect("text").text, text.as_str());
        }
    }

    #[test]
    fn a_damaged_page_keeps_its_other_words(text in page(), at in any::<prop::sample::Index>(), byte in 0x80u8..) {
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let read = decode::decode(bytes, None, None).expect("text");
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (before, after) = (words(&text), words(&read.text));
        let same = before.iter().filter(|w| after.contains(w)).count();
        prop_assert!(same + 3 >= before.len(), "{} words of {}: {}", same, before.len(), read.text);
    }

    #[test]
    fn json_lines_are_read_as_written(list in prop::collection::vec(any_text(), 1..8)) {
        let lines: String = list.iter().map(|t| format!("{}\n", serde_json::json!({"x": [t], "text": t}))).collect();
        let expected: Vec<String> = list.iter().map(|t| as_read(t)).collect();
        let read: Vec<String> = texts("a.jsonl", lines.as_bytes()).iter().map(|t| as_read(t)).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn json_is_read_as_written(list in prop::collection::vec(any_text(), 1..8), pretty in any::<bool>()) {
        let records: Vec<_> = list.iter().map(|t| serde_json::json!({"text": t, "more": {"text": "{"}})).collect();
        let bytes = if pretty { serde_json::to_vec_pretty(&records) } else { serde_json::to_vec(&records) };
        let read = texts("a.json", &bytes.expect("JSON"));
        prop_assert_eq!(read, list);
    }

    #[test]
    fn tables_are_read_as_written(list in prop::collection::vec(any_text(), 1..8)) {
        for (name, delimiter) in [("a.csv", b','), ("b.csv", b';'), ("c.tsv", b'\t')] {
            let read: Vec<String> = texts(name, &csv_of(&list, delimiter)).iter().map(|t| as_read(t)).collect();
            let expected: Vec<String> = list.iter().map(|t| as_read(t)).collect();
            prop_assert_eq!(read, expected, "{}", name);
        }
    }

    #[test]
    fn broken_files_are_read_or_told(bytes in broken_bytes()) {
        for name in ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.gz", "a.jsonl.zst", "a.zip", "a.tar", "a.tgz"] {
            let options = ReadOptions::default();
            let items = read_file(name, &bytes, &options);
            prop_assert_eq!(&items, &read_file(name, &bytes, &options), "{} is read otherwise again", name);
            for item in &items {
                prop_assert_ne!(item.as_ref().err(), Some(&ErrorKind::Bug));
            }
            // First bytes may show records, whatever the name is.
            if matches!(name, "a.txt" | "a.html") {
                prop_assert!(!items.is_empty(), "{}", name);
            }
        }
    }

    #[test]
    fn a_good_line_is_read_beside_broken_ones(before in broken_bytes(), after in broken_bytes()) {
        let mut bytes = b"{\"text\": \"x\"}\n".to_vec();
        for part in [&before[..], b"\n{\"text\": \"\xD0\x9D\xD0\xB8\xD0\xBD\xD0\xB0\"}\n", &after] {
            bytes.extend_from_slice(part);
        }
        let mut options = ReadOptions::default();
        options.encoding = Some(encoding_rs::UTF_8);
        let items = read_file("a.jsonl", &bytes, &options);
        prop_assert_eq!(items.first(), Some(&Ok("x".to_owned())));
        prop_assert!(items.contains(&Ok("Нина".to_owned())), "{items:?}");
        // Every line that is not blank is one item.
        let blank = |line: &[u8]| line.iter().all(u8::is_ascii_whitespace);
        let text = encoding_rs::UTF_8.decode_without_bom_handling(&bytes).0.into_owned();
        let lines = text.as_bytes().split(|&b| b == b'\n').filter(|line| !blank(line)).count();
        prop_assert_eq!(items.len(), lines);
    }
}
