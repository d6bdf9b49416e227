//! What files looked like when they were read: a number for the path and one for size and time of change, in the order of the input. A
//! run that is taken up passes over files that were done; one that looks otherwise now was changed in between, and what was made of it
//! would not fit.
//!
//! The numbers stand in a file, sixteen bytes for each, written as soon as it is opened, so that they are there whenever a document of
//! it is. What is not known (zero, or beyond the end) fits everything.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::error::{Error, ErrorKind, Result};
use crate::hash;

/// How a file compares with the one that was read in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is the same, or nothing is known.
    Same,
    /// It was changed.
    Changed,
    /// It is another.
    Other,
}

/// Bytes of a file's numbers.
const SIZE: usize = 16;

/// Numbers of the files that were read.
#[derive(Debug, Default)]
pub struct Stamps {
    file: Option<File>,
    /// The same file, while what was noted before is compared.
    before: Option<BufReader<File>>,
    /// Files so far.
    count: u64,
}

impl Stamps {
    /// Those that a file holds; it is made where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] where it cannot be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |e: std::io::Error| Error::new(ErrorKind::Write, e.to_string()).at(path);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(failed)?;
        Ok(Stamps {
            before: Some(BufReader::new(File::open(path).map_err(failed)?)),
            file: Some(file),
            count: 0,
        })
    }

    /// How the next file compares with the one that was read in its place.
    pub(super) fn fit(&mut self, path: &str, meta: Option<&Metadata>) -> Fit {
        self.count += 1;
        let mut known = [0; SIZE];
        let read = |before: &mut BufReader<File>| before.read_exact(&mut known).is_ok();
        if !self.before.as_mut().is_some_and(read) {
            return Fit::Same;
        }
        let now = numbers(path, meta);
        let (path, looks) = (0..SIZE / 2, SIZE / 2..SIZE);
        let differ = |part: std::ops::Range<usize>| {
            let unknown = [0; SIZE / 2];
            let (a, b) = (&known[part.clone()], &now[part]);
            a != b && a != unknown && b != unknown
        };
        match (differ(path), differ(looks)) {
            (true, _) => Fit::Other,
            (_, true) => Fit::Changed,
            _ => Fit::Same,
        }
    }

    /// Notes how the next file looks.
    pub(super) fn note(&mut self, path: &str, meta: Option<&Metadata>) {
        let Some(file) = &mut self.file else { return };
        let begins = self.before.take().is_some();
        let place = self.count * SIZE as u64;
        self.count += 1;
        let put = |file: &mut File| -> std::io::Result<()> {
            if begins {
                file.set_len(place)?;
                file.seek(SeekFrom::Start(place))?;
            }
            file.write_all(&numbers(path, meta))
        };
        // Where the disk is full the run ends by its tables; nothing more is known here then.
        if put(file).is_err() {
            self.file = None;
        }
    }
}

/// The numbers of a file.
fn numbers(path: &str, meta: Option<&Metadata>) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes[..SIZE / 2].copy_from_slice(&hash::of(path).max(1).to_le_bytes());
    bytes[SIZE / 2..].copy_from_slice(&stamp(meta).to_le_bytes());
    bytes
}

/// Size and time of change as one number; zero where they are not known.
fn stamp(meta: Option<&Metadata>) -> u64 {
    // A pipe that is named as a file has another time at every start.
    let meta = meta.filter(|m| m.is_file());
    let Some((size, changed)) = meta.and_then(|m| Some((m.len(), m.modified().ok()?))) else {
        return 0;
    };
    let time = match changed.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as u64,
        Err(before) => !(before.duration().as_nanos() as u64),
    };
    hash::mix(hash::mix(size).wrapping_add(time)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_known_again() {
        let folder = std::env::temp_dir().join(format!("glagol-stamps-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let meta = |name: &str| std::fs::metadata(folder.join(name)).ok();
        for name in ["a", "b", "c"] {
            std::fs::write(folder.join(name), name).expect("written");
        }
        let path = folder.join("stamps");
        let mut first = Stamps::open(&path).expect("opened");
        for name in ["a", "b", "gone", "c"] {
            first.note(name, meta(name).as_ref());
        }
        drop(first);
        std::fs::write(folder.join("b"), "bb").expect("written");
        let mut again = Stamps::open(&path).expect("opened");
        let fit = |stamps: &mut Stamps, name: &str| stamps.fit(name, meta(name).as_ref());
        assert_eq!(fit(&mut again, "a"), Fit::Same);
        assert_eq!(fit(&mut again, "b"), Fit::Changed);
        // Of a file that could not be looked at only the path is known.
        assert_eq!(fit(&mut again, "gone"), Fit::Same);
        again.note("b", meta("b").as_ref());
        drop(again);
        // From there on the numbers are new ones, and behind them none is known.
        let mut third = Stamps::open(&path).expect("opened");
        let names = ["a", "c", "gone", "b", "a"];
        let fits = names.map(|name| fit(&mut third, name));
        use Fit::{Other, Same};
        assert_eq!(fits, [Same, Other, Same, Same, Same]);
        assert_eq!(fit(&mut Stamps::default(), "a"), Fit::Same);
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
