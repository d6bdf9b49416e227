//! What a command needs before it begins: texts of small files, tables, a pipeline.

use std::path::{Path, PathBuf};

use glagol::{Error, ErrorKind, Pipeline, Result, Tables};

/// Reads a small text file, in any encoding.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let bytes =
        std::fs::read(path).map_err(|e| Error::new(ErrorKind::Read, e.to_string()).at(path))?;
    let read = glagol::decode::decode(bytes, None, None).map_err(|e| e.at(path))?;
    Ok(read.text)
}

/// The built-in tables, with those of a folder over them.
pub(super) fn tables(folder: Option<&Path>) -> Result<Tables> {
    folder.map_or_else(|| Ok(Tables::default()), Tables::read)
}

/// A pipeline with the user's tables and dictionaries.
pub(super) fn pipeline(tables: &Tables, dictionaries: &[PathBuf]) -> Result<Pipeline> {
    let mut pipeline = Pipeline::with_data(tables)?;
    for path in dictionaries {
        pipeline.add_dictionary(&path.display().to_string(), &read_text(path)?)?;
    }
    Ok(pipeline)
}
