//! glagol (глагол: word, speech) reads Russian and English news and says who is mentioned, which organisations and places,
//! which amounts, and who said what.
//!
//! The way of a document: read -> decode -> clean -> segment -> tag -> resolve -> quotes -> export; each stage is the module
//! of that name, and [`pipeline`] shows the flow.

pub mod amounts;
pub mod batch;
pub mod clean;
pub mod decode;
pub mod dictionary;
pub mod document;
mod error;
pub mod export;
mod letters;
pub mod lexicon;
pub mod morph;
pub mod pipeline;
pub mod quotes;
pub mod read;
pub mod resolve;
pub mod run;
pub mod segment;
mod span;
pub mod tag;

pub use document::Document;
pub use error::{Error, ErrorKind, Result};
pub use pipeline::{Pipeline, Scratch};
pub use span::{OffsetMap, Span};

/// The examples of README.md are run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
