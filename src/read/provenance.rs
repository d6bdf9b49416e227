//! Where a document came from, as far as its rows tell.

/// What is known of how a document was read; columns of `documents`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The file, as the user named it.
    pub path: String,
    /// Line of the record in the file, from 1.
    pub line: Option<u64>,
    /// Character encoding.
    pub encoding: &'static str,
    /// Characters that were replaced by U+FFFD.
    pub damaged: u32,
    /// Fields that the user named (`id`, `title`, `date`, `source`) and the record lacks.
    pub missing: Vec<&'static str>,
    /// Metadata (`id`, `date`, `source`) that was longer than every row should hold, and was cut.
    pub cut: Vec<&'static str>,
    /// What looks wrong with it, though nothing is lost.
    pub remarks: Vec<String>,
    /// The limit that a web page passes, in words, where it was read without the tree of its elements.
    pub limit: Option<String>,
}
