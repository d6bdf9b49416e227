//! Documents -> tables. Offsets become code points here and nowhere else.

pub mod csv;
mod json;
pub mod output;
pub mod rows;
pub mod table;

pub use json::write_json;
