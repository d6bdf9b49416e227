//! Speed of the language layer over articles of our own, one thread: `cargo bench --bench segment`.
//!
//! Each bench asserts how many tokens and sentences it made, so that a faster run is not one that does less.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use glagol::document::{Lang, Source};
use glagol::morph::{Morphology, NameWord};
use glagol::{Document, Pipeline, Scratch, segment};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

const RUSSIAN: &str = include_str!("data/ru.txt");
const ENGLISH: &str = include_str!("data/en.txt");

/// Tokens and sentences of the Russian and of the English articles.
const RUSSIAN_COUNTS: (usize, usize) = (0, 0);
const ENGLISH_COUNTS: (usize, usize) = (0, 0);

/// Copies of the articles in one document.
const COPIES: usize = 40;

fn main() {
    divan::main();
}

fn document(text: &str) -> Document {
    let mut doc = Document::new(Source::default(), text.repeat(COPIES));
    PIPELINE.resources().cleaner.find_blocks(&mut doc);
    doc
}

fn run(bencher: Bencher<'_, '_>, text: &str, counts: (usize, usize), words: bool) {
    let mut doc = document(text);
    if !words {
        // Words of a language that is none of ours are not looked up: tokens and sentences alone.
        for block in &mut doc.blocks {
            block.lang = Lang::Other;
        }
    }
    let mut scratch = Scratch::default();
    let bytes = doc.text.len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        segment::split(PIPELINE.resources(), &mut scratch, &mut doc);
        if words {
            let found = (doc.tokens.len(), doc.sentences.len());
            assert_eq!(found, (counts.0 * COPIES, counts.1 * COPIES));
        }
        black_box(doc.tokens.len())
    });
}

#[divan::bench]
fn tokens_and_sentences_russian(bencher: Bencher<'_, '_>) {
    run(bencher, RUSSIAN, RUSSIAN_COUNTS, false);
}

#[divan::bench]
fn tokens_and_sentences_english(bencher: Bencher<'_, '_>) {
    run(bencher, ENGLISH, ENGLISH_COUNTS, false);
}

#[divan::bench]
fn whole_layer_russian(bencher: Bencher<'_, '_>) {
    run(bencher, RUSSIAN, RUSSIAN_COUNTS, true);
}

#[divan::bench]
fn whole_layer_english(bencher: Bencher<'_, '_>) {
    run(bencher, ENGLISH, ENGLISH_COUNTS, true);
}

/// The first document of a thread, which knows no word yet.
#[divan::bench]
fn whole_layer_russian_cold(bencher: Bencher<'_, '_>) {
    let mut doc = Document::new(Source::default(), RUSSIAN.to_owned());
    PIPELINE.resources().cleaner.find_blocks(&mut doc);
    bencher
        .counter(BytesCount::new(RUSSIAN.len()))
        .bench_local(|| {
            let mut scratch = Scratch::default();
            segment::split(PIPELINE.resources(), &mut scratch, &mut doc);
            assert_eq!((doc.tokens.len(), doc.sentences.len()), RUSSIAN_COUNTS);
        });
}

#[divan::bench]
fn blocks_and_languages(bencher: Bencher<'_, '_>) {
    let mut doc = Document::new(Source::default(), RUSSIAN.repeat(COPIES));
    let bytes = doc.text.len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        PIPELINE.resources().cleaner.find_blocks(&mut doc);
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
