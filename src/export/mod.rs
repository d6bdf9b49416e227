//! Documents -> tables. Offsets become code points here and nowhere else.

pub mod brat;
mod columns;
pub mod csv;
mod json;
pub mod output;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod rows;
pub mod table;
#[cfg(feature = "xlsx")]
pub mod workbook;
mod writer;

pub(crate) use json::push_json;
pub use json::write_json;
