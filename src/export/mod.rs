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
mod window;
#[cfg(feature = "xlsx")]
pub mod workbook;

pub use json::write_json;
