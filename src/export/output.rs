//! The folder of a run: files grow under a hidden folder inside it and get their names when all of them are whole.
//!
//! Beside them grows a journal, one line for each item of the input: what the ledger needs to know of it, and how long every file
//! is after it. A run that was killed is taken up after the last line whose files are all long enough; what stands behind is
//! cut off. Invariant: a file with its own name in the output folder is complete. `run.json` goes away first and comes last, so that
//! it stands only beside a complete set. A locked file in the hidden folder keeps a second run out; the system unlocks it when the
//! program ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Name of the hidden folder where unfinished files grow.
pub const PARTIAL: &str = ".glagol-partial";
const JOURNAL: &str = "journal.jsonl";
const BEGUN: &str = "begun.json";
const LOCK: &str = "lock";
/// How much work a killed run may lose, in time and in bytes of output.
const FLUSH: Duration = Duration::from_secs(2);
const FLUSH_BYTES: u64 = 4 << 20;

/// The output folder of a run that is under way.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    partial: PathBuf,
    /// Held as long as the run is under way.
    lock: Option<File>,
    files: Vec<Growing>,
    journal: Growing,
    /// When everything was put on disk last, and how long all files were together.
    flushed: Instant,
    flushed_at: u64,
    /// The line of the journal at hand, and the lengths in it.
    line: Vec<u8>,
    at: Vec<u64>,
}

/// A file that grows.
#[derive(Debug)]
struct Growing {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    length: u64,
    /// Whether it gets its name in the end.
    keep: bool,
}

/// Names a file of an [`Output`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(usize);

/// A line of the journal: how long every file is, what is known of the item by now, and the item itself.
#[derive(Deserialize)]
struct Line<O, E>(Vec<u64>, O, E);

fn write_error(path: &Path, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Write, error.to_string()).at(path)
}

impl Growing {
    fn open(folder: &Path, name: &str, keep: bool) -> Result<Self> {
        let path = folder.join(name);
        let file = OpenOptions::new().append(true).create(true).open(&path);
        let file = file.map_err(|e| write_error(&path, &e))?;
        let length = file.metadata().map_err(|e| write_error(&path, &e))?.len();
        Ok(Growing {
            name: name.to_owned(),
            path,
            file: BufWriter::with_capacity(1 << 17, file),
            length,
            keep,
        })
    }

    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        self.file
            .write_all(bytes)
            .map_err(|e| write_error(&self.path, &e))
    }

    fn flush(&mut self) -> Result<()> {
        self.file.flush().map_err(|e| write_error(&self.path, &e))
    }

    fn cut(&mut self, length: u64) -> Result<()> {
        self.flush()?;
        // A file that was cut to nothing, a new one too, is written out by some file systems (ext4) before it is closed.
        if self.length != length {
            let file = self.file.get_ref();
            file.set_len(length)
                .map_err(|e| write_error(&self.path, &e))?;
            self.length = length;
        }
        Ok(())
    }
}

/// Takes the folder for this run alone; gives what holds it, where the file system has locks.
fn claim(folder: &Path, partial: &Path) -> Result<Option<File>> {
    let path = partial.join(LOCK);
    loop {
        fs::create_dir_all(partial).map_err(|e| {
            Error::new(ErrorKind::Write, format!("cannot be written into: {e}")).at(folder)
        })?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let lock = match lock {
            Ok(lock) => lock,
            // The run that was here ended in between.
            Err(_) if !partial.exists() => continue,
            Err(e) => return Err(write_error(&path, &e)),
        };
        match lock.try_lock() {
            Ok(()) if path.exists() => return Ok(Some(lock)),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let reason = "another run is writing into this folder: wait for its end, or name another folder";
                return Err(Error::new(ErrorKind::Write, reason).at(folder));
            }
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Removes everything in the hidden folder but its lock.
fn empty(partial: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(partial)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != LOCK {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

impl Output {
    /// Begins a run in a folder, which is made where it is not there. `settings` are what a run that takes this one up must share.
    /// With `resume`, a run that was broken off there is taken up.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where the folder cannot be written, or another run is writing into it; [`ErrorKind::Format`] where the
    /// run to be taken up was begun with other settings, or is complete.
    pub fn begin(folder: &Path, settings: &str, resume: bool) -> Result<Self> {
        let partial = folder.join(PARTIAL);
        let begun = partial.join(BEGUN);
        if resume && !begun.exists() && folder.join("run.json").exists() {
            let reason = "the run in this folder is complete: there is nothing to resume";
            return Err(Error::new(ErrorKind::Format, reason).at(folder));
        }
        let lock = claim(folder, &partial)?;
        if resume && begun.exists() {
            let before = fs::read_to_string(&begun).map_err(|e| write_error(&begun, &e))?;
            if before != settings {
                let reason = "the run that was broken off here had other inputs, options or dictionaries; begin anew without --resume";
                return Err(Error::new(ErrorKind::Format, reason).at(folder));
            }
        } else {
            empty(&partial).map_err(|e| write_error(&partial, &e))?;
            fs::write(&begun, settings).map_err(|e| write_error(&begun, &e))?;
        }
        Ok(Output {
            journal: Growing::open(&partial, JOURNAL, false)?,
            folder: folder.to_path_buf(),
            partial,
            lock,
            files: Vec::new(),
            flushed: Instant::now(),
            flushed_at: 0,
            line: Vec::new(),
            at: Vec::new(),
        })
    }

    /// Begins or goes on with a file; one that is not kept disappears in the end.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn file(&mut self, name: &str, keep: bool) -> Result<FileId> {
        self.files.push(Growing::open(&self.partial, name, keep)?);
        Ok(FileId(self.files.len() - 1))
    }

    /// Reads the journal of a run that was broken off, hands every item to `take`, and cuts the files to where they were after the
    /// last of them; gives the number of items. To be called when all files are open; a run that begins has none.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails; those of `take`.
    pub fn replay<O, E>(&mut self, mut take: impl FnMut(O, E) -> Result<()>) -> Result<u64>
    where
        O: for<'d> Deserialize<'d>,
        E: for<'d> Deserialize<'d>,
    {
        let from =
            File::open(&self.journal.path).map_err(|e| write_error(&self.journal.path, &e))?;
        let mut from = BufReader::new(from);
        let (mut text, mut items, mut journal) = (Vec::new(), 0, 0);
        let mut lengths = vec![0; self.files.len()];
        loop {
            text.clear();
            let n = from
                .read_until(b'\n', &mut text)
                .map_err(|e| write_error(&self.journal.path, &e))?;
            if n == 0 || text.last() != Some(&b'\n') {
                break;
            }
            let Ok(Line(at, outcome, item)) = serde_json::from_slice::<Line<O, E>>(&text) else {
                break;
            };
            let whole = at.len() == self.files.len()
                && at
                    .iter()
                    .zip(&self.files)
                    .all(|(at, file)| *at <= file.length);
            if !whole {
                break;
            }
            lengths = at;
            journal += n as u64;
            items += 1;
            take(outcome, item)?;
        }
        self.journal.cut(journal)?;
        for (file, length) in self.files.iter_mut().zip(lengths) {
            file.cut(length)?;
        }
        Ok(items)
    }

    /// Adds to a file.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails (disk full, folder gone).
    pub fn append(&mut self, file: FileId, bytes: &[u8]) -> Result<()> {
        self.files[file.0].append(bytes)
    }

    /// Notes that everything of an item is in the files; `item` is JSON of one line.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn note<O: Serialize>(&mut self, outcome: &O, item: &[u8]) -> Result<()> {
        let bug = |e: serde_json::Error| Error::new(ErrorKind::Bug, e.to_string());
        self.line.clear();
        self.line.push(b'[');
        self.at.clear();
        self.at.extend(self.files.iter().map(|f| f.length));
        serde_json::to_writer(&mut self.line, &self.at).map_err(bug)?;
        self.line.push(b',');
        serde_json::to_writer(&mut self.line, outcome).map_err(bug)?;
        self.line.push(b',');
        self.line.extend_from_slice(item);
        self.line.extend_from_slice(b"]\n");
        self.journal.append(&self.line)?;
        let length: u64 = self.at.iter().sum();
        if length > self.flushed_at + FLUSH_BYTES || self.flushed.elapsed() > FLUSH {
            self.flushed_at = length;
            self.pause()?;
        }
        Ok(())
    }

    /// Puts everything on disk, so that the run can be taken up from here.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn pause(&mut self) -> Result<()> {
        for file in &mut self.files {
            file.flush()?;
        }
        self.flushed = Instant::now();
        if !self.partial.exists() {
            return Err(Error::new(ErrorKind::Write, "the output folder is gone").at(&self.folder));
        }
        self.journal.flush()
    }

    /// A place in the hidden folder for something that grows by other means and gets its name in the end.
    pub fn aside(&self, name: &str) -> PathBuf {
        self.partial.join(name)
    }

    /// Gives a file no name in the end, for another one was made of it.
    pub fn drop_file(&mut self, file: FileId) {
        self.files[file.0].keep = false;
    }

    /// Where a file grows.
    pub fn path(&self, file: FileId) -> &Path {
        &self.files[file.0].path
    }

    /// Ends all files and gives them their names, after those of `asides`; `run.json` comes last.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where that fails.
    pub fn finish(&mut self, asides: &[String]) -> Result<()> {
        self.pause()?;
        let record = self.folder.join("run.json");
        if record.exists() {
            fs::remove_file(&record).map_err(|e| write_error(&record, &e))?;
        }
        let kept = self
            .files
            .iter()
            .filter(|f| f.keep)
            .map(|f| f.name.as_str());
        let mut names: Vec<&str> = asides.iter().map(String::as_str).chain(kept).collect();
        names.sort_by_key(|name| *name == "run.json");
        for name in names {
            let to = self.folder.join(name);
            fs::rename(self.partial.join(name), &to).map_err(|e| write_error(&to, &e))?;
        }
        // Some systems remove no file that is open.
        self.lock = None;
        fs::remove_dir_all(&self.partial).map_err(|e| write_error(&self.partial, &e))
    }
}
