//! Records of CSV, and cells that go into CSV and come back.
#![no_main]

use glagol::export::csv::{CsvOptions, Lines, unguard};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    glagol_fuzz::read_as("a.csv", bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        for delimiter in [b',', b';', b'\t'] {
            let mut options = CsvOptions::default();
            options.delimiter = delimiter;
            let mut lines = Lines::default();
            lines.row(options).text(text).text("x").finish();
            let line = String::from_utf8(lines.bytes).expect("UTF-8");
            let end = line.len() - "?x\r\n".len();
            let cell = match line.strip_prefix('"') {
                Some(_) => line[1..end - 1].replace("\"\"", "\""),
                None => line[..end].to_owned(),
            };
            assert_eq!(unguard(&cell, delimiter), text);
        }
    }
});
