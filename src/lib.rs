//! glagol (глагол: word, speech) reads Russian and English news and says who is mentioned, which organisations and places,
//! which amounts, and who said what.
//!
//! [`Pipeline::process`] does it for one text, [`batch`] for many, [`run`] for folders and files into tables. The way of a document:
//! read -> decode -> clean -> segment -> tag -> resolve -> quotes -> export; [`pipeline`] shows the flow. What is found stands in a
//! [`Document`], as [`Span`]s of bytes; [`OffsetMap`] turns them into code points.

pub mod batch;
mod bytes;
pub mod decode;
pub mod dictionary;
pub mod document;
mod error;
pub mod export;
mod hash;
mod letters;
pub mod pipeline;
pub mod read;
pub mod run;
mod span;

// The stages and what they stand on: open to benches and to tests of one stage, and no part of the API.
#[doc(hidden)]
pub mod amounts;
#[doc(hidden)]
pub mod clean;
#[doc(hidden)]
pub mod language;
#[doc(hidden)]
pub mod lexis;
#[doc(hidden)]
pub mod morph;
#[doc(hidden)]
pub mod quotes;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod segment;
#[doc(hidden)]
pub mod tables;
#[doc(hidden)]
pub mod tag;
#[doc(hidden)]
pub mod train;
#[doc(hidden)]
pub mod view;
#[doc(hidden)]
pub mod words;

pub use document::Document;
pub use error::{Error, ErrorKind, Result};
pub use pipeline::{Pipeline, Scratch};
pub use span::{OffsetMap, Span};
pub use tables::Tables;

/// The examples of README.md are run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
