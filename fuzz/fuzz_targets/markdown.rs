//! Markdown with its head.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    glagol_fuzz::read_as("a.md", bytes);
});
