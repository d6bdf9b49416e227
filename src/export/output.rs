//! The folder of a run: files grow under a hidden folder inside it and get their names when all of them are whole.
//!
//! Invariant: a file with its own name in the output folder is complete. `run.json` goes away first and comes last, so that it
//! stands only beside a complete set.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Name of the hidden folder where unfinished files grow.
pub const PARTIAL: &str = ".glagol-partial";

/// The output folder of a run that is under way.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    partial: PathBuf,
    files: Vec<Growing>,
}

/// A file that grows.
#[derive(Debug)]
struct Growing {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    length: u64,
}

/// Names a file of an [`Output`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(usize);

fn write_error(path: &Path, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Write, error.to_string()).at(path)
}

impl Output {
    /// Makes the folder where it is not there, and an empty hidden folder in it.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn create(folder: &Path) -> Result<Self> {
        let partial = folder.join(PARTIAL);
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(|e| write_error(&partial, &e))?;
        }
        fs::create_dir_all(&partial).map_err(|e| write_error(folder, &e))?;
        Ok(Output {
            folder: folder.to_path_buf(),
            partial,
            files: Vec::new(),
        })
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn file(&mut self, name: &str) -> Result<FileId> {
        let path = self.partial.join(name);
        let file = File::create(&path).map_err(|e| write_error(&path, &e))?;
        self.files.push(Growing {
            name: name.to_owned(),
            path,
            file: BufWriter::with_capacity(1 << 17, file),
            length: 0,
        });
        Ok(FileId(self.files.len() - 1))
    }

    /// Adds to a file.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails (disk full, folder gone).
    pub fn append(&mut self, file: FileId, bytes: &[u8]) -> Result<()> {
        let growing = &mut self.files[file.0];
        growing.length += bytes.len() as u64;
        growing
            .file
            .write_all(bytes)
            .map_err(|e| write_error(&growing.path, &e))
    }

    /// Ends all files and gives them their names, `run.json` last.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn finish(mut self) -> Result<()> {
        for growing in &mut self.files {
            growing
                .file
                .flush()
                .map_err(|e| write_error(&growing.path, &e))?;
        }
        let record = self.folder.join("run.json");
        if record.exists() {
            fs::remove_file(&record).map_err(|e| write_error(&record, &e))?;
        }
        self.files.sort_by_key(|g| g.name == "run.json");
        for growing in self.files {
            drop(growing.file);
            let to = self.folder.join(&growing.name);
            fs::rename(&growing.path, &to).map_err(|e| write_error(&to, &e))?;
        }
        fs::remove_dir_all(&self.partial).map_err(|e| write_error(&self.partial, &e))
    }
}
