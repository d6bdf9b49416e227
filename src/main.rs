//! The `glagol` command.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use glagol::document::Source;
use glagol::export::write_json;
use glagol::{Document, OffsetMap, Pipeline, batch};

#[derive(serde::Deserialize)]
struct Record {
    id: String,
    text: String,
}

fn main() -> ExitCode {
    // First cut: JSON lines in, JSON lines out.
    let run = || -> Result<(), Box<dyn std::error::Error>> {
        let pipeline = Pipeline::new()?;
        let mut docs = Vec::new();
        for path in std::env::args().skip(1) {
            let file = std::io::BufReader::new(std::fs::File::open(&path)?);
            if path.ends_with(".jsonl") {
                for line in file.lines() {
                    let record: Record = serde_json::from_str(&line?)?;
                    docs.push(Document::new(
                        Source {
                            id: record.id,
                            ..Source::default()
                        },
                        record.text,
                    ));
                }
            } else {
                docs.push(Document::new(
                    Source {
                        id: path.clone(),
                        ..Source::default()
                    },
                    std::io::read_to_string(file)?,
                ));
            }
        }
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for doc in batch::process_all(&pipeline, docs) {
            write_json(&doc, &OffsetMap::new(&doc.text), &mut out)?;
        }
        out.flush()?;
        Ok(())
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
