//! Dictionaries: CSV with a header, one row a name, into typed rows; a broken row is an error with file, line and reason.
//!
//! The entity dictionaries (people, organisations, places, positions) and users' own files share one set of columns:
//! `id,type,class,name,lang,kind,sex,country,role,match,source`.

pub mod composed;
pub(crate) mod digest;
mod entry;
pub mod gazetteer;
pub mod names;
pub mod organisation_words;
pub mod people;
pub mod roles;
mod row;

pub use entry::{Entries, Entry, Matching, Name, NameKind, Text};
