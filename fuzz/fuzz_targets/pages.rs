//! Web pages, as articles and whole.
#![no_main]

use glagol::decode::PagePart;
use glagol::decode::html::read_page;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    glagol_fuzz::read_as("page.html", bytes);
    if let Ok(html) = std::str::from_utf8(bytes) {
        let _ = read_page(html, PagePart::Whole);
    }
});
