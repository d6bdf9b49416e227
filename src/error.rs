//! What can go wrong in the library: one opaque [`Error`] that names the file, the line and the reason.

use std::fmt;
use std::path::{Path, PathBuf};

/// An error of the library. [`Error::kind`] tells errors apart; `Display` names the file, the line where there is one, and
/// the reason.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    line: Option<u64>,
    reason: String,
}

/// What sort of thing went wrong. The values are the column `kind` of `errors.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder could not be read.
    Read,
    /// A file or folder could not be written.
    Write,
    /// Bytes that are no text in any encoding that we know.
    Decode,
    /// A record (of JSON, CSV, an archive) that is not well-formed.
    Format,
    /// A row of a dictionary that breaks the dictionary's rules.
    Dictionary,
    /// Something larger than the limit set for it.
    Limit,
    /// Two documents with one id; nothing is lost.
    Collision,
    /// A file, or a part of one, that is none of ours and was passed over.
    Skipped,
    /// Characters that had to be replaced; nothing else is lost.
    Damaged,
    /// A fault of this library itself, caught and told.
    Bug,
}

impl ErrorKind {
    /// The name written into tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Read => "read",
            ErrorKind::Write => "write",
            ErrorKind::Decode => "decode",
            ErrorKind::Format => "format",
            ErrorKind::Dictionary => "dictionary",
            ErrorKind::Limit => "limit",
            ErrorKind::Collision => "collision",
            ErrorKind::Skipped => "skipped",
            ErrorKind::Damaged => "damaged",
            ErrorKind::Bug => "bug",
        }
    }
}

impl Error {
    /// An error of a kind, with its reason in plain words.
    pub fn new(kind: ErrorKind, reason: impl Into<String>) -> Self {
        Error {
            kind,
            path: None,
            line: None,
            reason: reason.into(),
        }
    }

    /// Names the file that it concerns.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// Names the line that it concerns; the first line is 1.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file that it concerns.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The line that it concerns; the first line is 1.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// The reason alone, without file and line.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}", path.display())?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
            }
            write!(f, ": ")?;
        } else if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Error {}

/// The library's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;
