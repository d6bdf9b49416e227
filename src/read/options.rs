//! How inputs are read.

use std::path::PathBuf;

use encoding_rs::Encoding;

use super::format::Format;
use super::press_labels::Label;
use super::record::Fields;
use crate::decode::PagePart;

/// How inputs are read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Encoding of all inputs; told by content where none is given.
    pub encoding: Option<&'static Encoding>,
    /// Format of standard input and of files whose names tell none. Where none is given, JSON on standard input is told by its first
    /// bytes, and all else is text.
    pub format: Option<Format>,
    /// Names of the fields or columns of records.
    pub fields: Fields,
    /// Bytes that one document may have.
    pub max_bytes: usize,
    /// Which part of web pages is read.
    pub page: PagePart,
    /// A folder that is not read, wherever it is met: where the output goes.
    pub leave_out: Option<PathBuf>,
    /// Whether files and folders whose names begin with a dot are read.
    pub hidden: bool,
    /// What the line is like that begins an article, in text files of many articles.
    pub split: Option<regex::Regex>,
    /// Labels of lines at the head of such articles, and what they say.
    pub headers: Vec<(String, Label)>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            encoding: None,
            format: None,
            fields: Fields::default(),
            max_bytes: 16 << 20,
            page: PagePart::default(),
            leave_out: None,
            hidden: false,
            split: None,
            headers: Vec::new(),
        }
    }
}
