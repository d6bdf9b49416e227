//! English.

pub mod words;
