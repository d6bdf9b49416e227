//! Speed of the language layer over articles of our own, one thread: `cargo bench --bench segment`.
//!
//! Each bench asserts how many tokens and sentences it made, so that a faster run is not one that does less.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use glagol::document::{Block, BlockKind, Lang, Source};
use glagol::morph::{Morphology, NameWord};
use glagol::pipeline::Stage;
use glagol::{Document, Pipeline, Scratch, Span};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

const RUSSIAN: &str = include_str!("data/ru.txt");
const ENGLISH: &str = include_str!("data/en.txt");

/// Tokens and sentences of the Russian and of the English articles.
const RUSSIAN_COUNTS: (usize, usize) = (1694, 145);
const ENGLISH_COUNTS: (usize, usize) = (1535, 107);

/// Copies of the articles in one document.
const COPIES: usize = 40;

fn main() {
    divan::main();
}

/// A document of which every line is a block, so that the counts depend on nothing but this layer.
fn document(text: String, lang: Lang) -> Document {
    let mut doc = Document::new(Source::default(), text);
    let mut at = 0;
    for line in doc.text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            doc.blocks.push(Block {
                span: Span::new(start, start + trimmed.len()),
                kind: BlockKind::Body,
                lang,
            });
        }
        at += line.len();
    }
    doc
}

fn run(bencher: Bencher<'_, '_>, text: &str, lang: Lang, counts: Option<(usize, usize)>) {
    let mut doc = document(text.repeat(COPIES), lang);
    let mut scratch = Scratch::default();
    let bytes = doc.text.len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        PIPELINE.work(Stage::Segment, &mut doc, &mut scratch);
        if let Some(counts) = counts {
            let found = (doc.tokens.len(), doc.sentences.len());
            assert_eq!(found, (counts.0 * COPIES, counts.1 * COPIES));
        }
        black_box(doc.tokens.len())
    });
}

/// Words of a language that is none of ours are not looked up: tokens and sentences alone.
#[divan::bench]
fn tokens_and_sentences_russian(bencher: Bencher<'_, '_>) {
    run(bencher, RUSSIAN, Lang::Other, None);
}

#[divan::bench]
fn tokens_and_sentences_english(bencher: Bencher<'_, '_>) {
    run(bencher, ENGLISH, Lang::Other, None);
}

#[divan::bench]
fn whole_layer_russian(bencher: Bencher<'_, '_>) {
    run(bencher, RUSSIAN, Lang::Ru, Some(RUSSIAN_COUNTS));
}

#[divan::bench]
fn whole_layer_english(bencher: Bencher<'_, '_>) {
    run(bencher, ENGLISH, Lang::En, Some(ENGLISH_COUNTS));
}

/// The first document of a thread, which knows no word yet.
#[divan::bench]
fn whole_layer_russian_cold(bencher: Bencher<'_, '_>) {
    let mut doc = document(RUSSIAN.to_owned(), Lang::Ru);
    bencher
        .counter(BytesCount::new(RUSSIAN.len()))
        .bench_local(|| {
            let mut scratch = Scratch::default();
            PIPELINE.work(Stage::Segment, &mut doc, &mut scratch);
            assert_eq!((doc.tokens.len(), doc.sentences.len()), RUSSIAN_COUNTS);
        });
}

/// A first pass over a collection, for a thread that knows no word when it begins: `GLAGOL_TEXTS` names a file of JSON lines with the
/// field `text`; without it, the articles in `corpus/ru`.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn whole_layer_of_a_collection(bencher: Bencher<'_, '_>) {
    let mut docs: Vec<Document> = collection()
        .into_iter()
        .map(|text| {
            let mut doc = Document::new(Source::default(), text);
            PIPELINE.work(Stage::Clean, &mut doc, &mut Scratch::default());
            doc
        })
        .collect();
    let bytes: usize = docs.iter().map(|doc| doc.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut scratch = Scratch::default();
        for doc in &mut docs {
            PIPELINE.work(Stage::Segment, doc, &mut scratch);
        }
        let tokens: usize = docs.iter().map(|doc| doc.tokens.len()).sum();
        assert!(tokens > bytes / 20);
    });
}

fn collection() -> Vec<String> {
    if let Ok(path) = std::env::var("GLAGOL_TEXTS") {
        let lines = std::fs::read_to_string(path).expect("GLAGOL_TEXTS can be read");
        let text = |line| {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON lines");
            record["text"].as_str().expect("field text").to_owned()
        };
        return lines.lines().map(text).collect();
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/ru");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("corpus/ru")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read_to_string(path).expect("UTF-8");
    paths.into_iter().map(read).collect()
}

#[divan::bench]
fn blocks_and_languages(bencher: Bencher<'_, '_>) {
    let mut doc = Document::new(Source::default(), RUSSIAN.repeat(COPIES));
    let bytes = doc.text.len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        PIPELINE.work(Stage::Clean, &mut doc, &mut Scratch::default());
        assert!(doc.blocks.len() > COPIES);
    });
}

#[divan::bench]
fn names_into_the_nominative(bencher: Bencher<'_, '_>) {
    let morphology = Morphology::new().expect("loads");
    let names = [
        ("Ерланом Кошановым", "Ерлан Кошанов"),
        ("Марии Захаровой", "Мария Захарова"),
        ("Касым-Жомарта Токаева", "Касым-Жомарт Токаев"),
        ("Терезы Мэй", "Тереза Мэй"),
    ];
    bencher
        .counter(divan::counter::ItemsCount::new(names.len()))
        .bench_local(|| {
            for (form, nominative) in names {
                let words: Vec<NameWord<'_>> = form.split(' ').map(NameWord::new).collect();
                assert_eq!(morphology.nominative(&words, None).joined(), nominative);
            }
        });
}
