//! A file of any kind, from its bytes to its rows; the first byte says of which kind.
#![no_main]

use glagol::pipeline::Stage;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((kind, bytes)) = bytes.split_first() {
        let names = ["a.txt", "a.html", "a.md", "a.jsonl", "a.csv"];
        for text in glagol_fuzz::read_as(names[usize::from(*kind) % names.len()], bytes) {
            glagol_fuzz::process(&text, Stage::Quotes);
        }
    }
});
