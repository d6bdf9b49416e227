//! Packed files: the first byte says as what the others are read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((kind, bytes)) = bytes.split_first() {
        let names = ["a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.jsonl.zst"];
        glagol_fuzz::read_as(names[usize::from(*kind) % names.len()], bytes);
    }
});
