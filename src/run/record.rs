//! `run.json`: what was run on what, and what came of it; what a methods section needs, and nothing that differs between two runs
//! over the same input.

use serde::Serialize;
use serde_json::json;

use super::ledger::Ledger;
use super::options::RunOptions;
use super::packed::Pack;

/// A dictionary or table of the user's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DictionaryNote {
    /// File, as the user named it.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl DictionaryNote {
    /// Of a file's name and bytes.
    pub fn new(file: String, bytes: &[u8]) -> Self {
        use sha2::{Digest, Sha256};
        let sha256 = Sha256::digest(bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        DictionaryNote { file, sha256 }
    }
}

/// File and SHA-256 of the dictionaries that are compiled in.
const COMPILED_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/dictionaries.rs"));

fn options(options: &RunOptions) -> serde_json::Value {
    let formats: Vec<&str> = [
        ("csv", options.write_csv),
        ("jsonl", options.write_jsonl),
        ("xlsx", options.write_xlsx),
        ("parquet", options.write_parquet),
        ("brat", options.write_brat),
    ]
    .into_iter()
    .filter_map(|(name, wanted)| wanted.then_some(name))
    .collect();
    let tables: Vec<&str> = crate::export::table::Table::ALL
        .into_iter()
        .filter(|t| options.tables.has(*t))
        .map(crate::export::table::Table::name)
        .collect();
    let read = &options.read;
    json!({
        "inputs": options.inputs.iter().map(|i| i.to_string_lossy()).collect::<Vec<_>>(),
        "formats": formats,
        "tables": tables,
        "delimiter": char::from(options.csv.delimiter).to_string(),
        "bom": options.csv.bom,
        "guard_formulas": options.csv.guard,
        "sentence_text": options.csv.sentence_text.as_str(),
        "packing": options.pack.map(Pack::as_str),
        "encoding": read.encoding.map(encoding_rs::Encoding::name),
        "input_format": read.format.map(|format| format.as_str()),
        "text_field": read.fields.text,
        "id_field": read.fields.id,
        "title_field": read.fields.title,
        "date_field": read.fields.date,
        "source_field": read.fields.source,
        "max_bytes": read.max_bytes,
        "web_page": match read.page {
            crate::decode::PagePart::Article => "article",
            crate::decode::PagePart::Whole => "page",
        },
        "hidden_files": read.hidden,
        "split": read.split.as_ref().map(regex::Regex::as_str),
        "headers": read.headers.iter().map(|(name, label)| format!("{name}={}", label.as_str())).collect::<Vec<_>>(),
        "languages": options.languages.iter().map(|lang| lang.as_str()).collect::<Vec<_>>(),
    })
}

/// What two runs must share so that one can go on where the other broke off.
pub(super) fn settings(of: &RunOptions) -> String {
    let settings = json!({
        "glagol": env!("CARGO_PKG_VERSION"),
        "options": options(of),
        "dictionaries": of.dictionaries,
        "data": of.data,
        "compiled_in": COMPILED_IN,
    });
    settings.to_string()
}

/// The text of `run.json`. `remarks` say what the files of the run lack that its input had.
pub(super) fn record(of: &RunOptions, ledger: &Ledger, remarks: &[String]) -> String {
    let compiled_in: serde_json::Map<_, _> = COMPILED_IN
        .iter()
        .map(|(file, sha256)| ((*file).to_owned(), (*sha256).into()))
        .collect();
    let record = json!({
        "glagol": env!("CARGO_PKG_VERSION"),
        "options": options(of),
        "counts": ledger.counts,
        "failures": ledger.failures,
        "skipped": ledger.skipped,
        "missing_fields": ledger.missing,
        "remarks": remarks,
        "own_dictionaries": of.dictionaries,
        "own_tables": of.data,
        "dictionaries": compiled_in,
    });
    // A value of JSON is always written.
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
