//! Records of JSON, one a line and in arrays.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    glagol_fuzz::read_as("a.jsonl", bytes);
    glagol_fuzz::read_as("a.json", bytes);
});
