//! Documents -> tables. Offsets become code points here and nowhere else.

mod json;

pub use json::write_json;
