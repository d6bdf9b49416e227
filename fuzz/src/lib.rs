//! What the targets share: reading bytes as if they were a file, running stages over a text, and what must hold of anything that comes out.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

use glagol::document::Source;
use glagol::export::csv::CsvOptions;
use glagol::export::rows::{Provenance, Rows, RowsOf, TableSet};
use glagol::export::{brat, write_json};
use glagol::pipeline::Stage;
use glagol::read::{self, Position, Progress, ReadOptions};
use glagol::{Document, OffsetMap, Pipeline, Scratch, Span};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("the dictionaries load"));

/// A file of this process with that name, in memory where the system has such a place.
fn place(name: &str) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("glagol-fuzz-{}-{name}", std::process::id()))
}

/// Reads bytes as a file of that name is read, and decodes every document in it; gives the texts.
pub fn read_as(name: &str, bytes: &[u8]) -> Vec<String> {
    let path = place(name);
    std::fs::write(&path, bytes).expect("a place to write to");
    let mut options = ReadOptions::default();
    options.max_bytes = 1 << 20;
    let mut texts = Vec::new();
    let mut give = |raw: glagol::Result<read::RawDocument>| {
        if let Ok(read) = raw.and_then(|raw| raw.decode(&options)) {
            assert!(read.document.source.id.len() <= 300);
            texts.push(read.document.text);
        }
        ControlFlow::Continue(())
    };
    // What cannot be read is an error, and never a panic.
    let _ = read::read(&[path], &options, Position::default(), &Progress::default(), &mut give);
    texts
}

/// Runs the stages over a text up to `last`, and checks what they found.
pub fn process(text: &str, last: Stage) {
    thread_local! {
        static SCRATCH: std::cell::RefCell<Scratch> = std::cell::RefCell::default();
    }
    let source = Source {
        id: "any.txt".into(),
        ..Source::default()
    };
    let mut doc = Document::new(source, text.to_owned());
    SCRATCH.with_borrow_mut(|scratch| {
        for stage in Stage::ALL {
            PIPELINE.work(stage, &mut doc, scratch);
            if stage == last {
                break;
            }
        }
    });
    check(&doc);
    if last == Stage::Quotes {
        write(&doc);
    }
}

/// Spans lie on characters, in order where they must.
fn check(doc: &Document) {
    let text = &doc.text;
    let ordered = |spans: &mut dyn Iterator<Item = Span>| {
        let mut end = 0;
        for span in spans {
            assert!(end <= span.start() && span.start() <= span.end(), "{span:?} overlaps");
            assert!(text.get(span.start()..span.end()).is_some(), "{span:?} cuts a character");
            end = span.end();
        }
    };
    ordered(&mut doc.tokens.iter().map(|t| t.span));
    ordered(&mut doc.sentences.iter().map(|s| s.span));
    ordered(&mut doc.blocks.iter().map(|b| b.span));
    assert!(doc.sentences.iter().all(|s| s.tokens.range().len() <= 2000));
    let mut spans: Vec<Span> = doc.mentions.iter().map(|m| m.span).collect();
    spans.extend(doc.amounts.iter().map(|a| a.span));
    spans.extend(doc.dates.iter().map(|d| d.span));
    for quote in &doc.quotes {
        spans.extend(&quote.spans);
        spans.extend(quote.cue);
        spans.extend(quote.speaker.as_ref().and_then(|s| s.span));
    }
    for span in spans {
        assert!(text.get(span.start()..span.end()).is_some(), "{span:?} cuts a character");
    }
}

/// Tables, JSON and annotations can be written, and are bounded by the text.
fn write(doc: &Document) {
    let map = OffsetMap::new(&doc.text);
    let (mut rows, mut json) = (Rows::default(), Vec::new());
    RowsOf::new(doc, &map, CsvOptions::default()).write(TableSet::ALL, &Provenance::default(), &mut rows);
    let bytes: usize = rows.tables.iter().map(|table| table.bytes.len()).sum();
    assert!(bytes <= doc.text.len() * 80 + (1 << 20), "{bytes} bytes of tables");
    write_json(doc, &map, &mut json).expect("writes to memory");
    let marks = brat::annotations(doc, &map);
    assert!(marks.lines().all(|line| line.split('\t').count() <= 3));
}
