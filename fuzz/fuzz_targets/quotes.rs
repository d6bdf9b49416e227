//! All stages and what is written of them.
#![no_main]

use glagol::pipeline::Stage;

libfuzzer_sys::fuzz_target!(|text: &str| {
    glagol_fuzz::process(text, Stage::Quotes);
});
