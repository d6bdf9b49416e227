//! What a run has to remember of every document, in bounded memory: bytes at places, and a table of 64-bit keys.
//!
//! Both stay in memory while they are small and move to a file beside the unfinished tables when they are not. The system keeps
//! what is asked for often in its own cache, so that a look-up costs about a microsecond. The files are no part of the output and
//! hold nothing that the journal does not.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;

use crate::error::{Error, ErrorKind, Result};

/// Bytes that can be written and read anywhere; what was never written is nought.
#[derive(Debug)]
pub(super) struct Store {
    place: Place,
    path: PathBuf,
    length: u64,
    /// Bytes in memory at most.
    limit: usize,
}

#[derive(Debug)]
enum Place {
    Memory(Vec<u8>),
    File(File),
}

impl Store {
    /// An empty store, which makes a file at `path` when it has grown beyond `limit` bytes.
    pub fn new(path: PathBuf, limit: usize) -> Self {
        Store {
            place: Place::Memory(Vec::new()),
            path,
            length: 0,
            limit,
        }
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    fn error(&self, kind: ErrorKind, error: &std::io::Error) -> Error {
        Error::new(kind, error.to_string()).at(&self.path)
    }

    /// Makes the store at least this long.
    pub fn extend(&mut self, length: u64) -> Result<()> {
        if length <= self.length {
            return Ok(());
        }
        if let Place::Memory(bytes) = &mut self.place {
            if length <= self.limit as u64 {
                bytes.resize(length as usize, 0);
                self.length = length;
                return Ok(());
            }
            let bytes = std::mem::take(bytes);
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(true)
                .open(&self.path)
                .and_then(|file| at::write(&file, 0, &bytes).map(|()| file))
                .map_err(|e| self.error(ErrorKind::Write, &e))?;
            self.place = Place::File(file);
        }
        if let Place::File(file) = &self.place {
            file.set_len(length)
                .map_err(|e| self.error(ErrorKind::Write, &e))?;
        }
        self.length = length;
        Ok(())
    }

    /// Fills `out` with what stands at a place; the store must reach that far.
    pub fn read(&self, at: u64, out: &mut [u8]) -> Result<()> {
        match &self.place {
            Place::Memory(bytes) => {
                let at = at as usize;
                if let Some(part) = bytes.get(at..at + out.len()) {
                    out.copy_from_slice(part);
                }
                Ok(())
            }
            Place::File(file) => {
                at::read(file, at, out).map_err(|e| self.error(ErrorKind::Read, &e))
            }
        }
    }

    /// Writes at a place, which may lie behind the end.
    pub fn write(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        if matches!(self.place, Place::Memory(_)) {
            self.extend(at + bytes.len() as u64)?;
        }
        match &mut self.place {
            Place::Memory(all) => {
                let at = at as usize;
                if let Some(part) = all.get_mut(at..at + bytes.len()) {
                    part.copy_from_slice(bytes);
                }
            }
            Place::File(file) => {
                let wrote = at::write(file, at, bytes);
                wrote.map_err(|e| self.error(ErrorKind::Write, &e))?;
                self.length = self.length.max(at + bytes.len() as u64);
            }
        }
        Ok(())
    }

    /// Writes at the end.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.write(self.length, bytes)
    }
}

/// Reading and writing at a place of a file.
#[cfg(unix)]
mod at {
    use std::fs::File;
    use std::io::Result;
    use std::os::unix::fs::FileExt;

    pub fn read(file: &File, at: u64, out: &mut [u8]) -> Result<()> {
        file.read_exact_at(out, at)
    }

    pub fn write(file: &File, at: u64, bytes: &[u8]) -> Result<()> {
        file.write_all_at(bytes, at)
    }
}

/// Reading and writing at a place of a file.
#[cfg(not(unix))]
mod at {
    use std::fs::File;
    use std::io::{Read, Result, Seek, SeekFrom, Write};

    pub fn read(mut file: &File, at: u64, out: &mut [u8]) -> Result<()> {
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(out)
    }

    pub fn write(mut file: &File, at: u64, bytes: &[u8]) -> Result<()> {
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }
}

/// A hash table of well-mixed 64-bit keys and numbers; it has at most one number for a key.
#[derive(Debug)]
pub(super) struct Index {
    slots: Store,
    /// Number of slots, a power of two.
    capacity: u64,
    used: u64,
    path: PathBuf,
    limit: usize,
    /// How often it has moved, for the names of files.
    moves: u32,
}

/// What a table has of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Its number.
    Number(u32),
    /// Nothing, and this slot for it.
    Free(u64),
}

/// Bytes of a slot: key, then number. A slot whose key is nought is free.
const SLOT: usize = 12;
/// Slots that are read at once.
const READ: u64 = 16;

impl Index {
    /// An empty table, in memory up to `limit` bytes.
    pub fn new(path: PathBuf, limit: usize) -> Self {
        Index {
            slots: Store::new(path.clone(), limit),
            capacity: 0,
            used: 0,
            path,
            limit,
            moves: 0,
        }
    }

    /// The number of a key, or where there is a free slot for it.
    fn probe(&self, key: u64) -> Result<Found> {
        let mut at = key & (self.capacity - 1);
        let mut buffer = [0; SLOT * READ as usize];
        loop {
            let n = READ.min(self.capacity - at);
            let part = &mut buffer[..n as usize * SLOT];
            self.slots.read(at * SLOT as u64, part)?;
            for (i, slot) in (0..).zip(part.chunks_exact(SLOT)) {
                let (found, number) = unpack(slot);
                if found == key {
                    return Ok(Found::Number(number));
                }
                if found == 0 {
                    return Ok(Found::Free(at + i));
                }
            }
            at = (at + n) & (self.capacity - 1);
        }
    }

    /// The number of a key, or where there is a free slot for it as long as nothing is inserted.
    pub fn find(&self, key: u64) -> Result<Found> {
        if self.capacity == 0 {
            return Ok(Found::Free(0));
        }
        self.probe(key.max(1))
    }

    /// Gives keys their number, unless they have one. Each comes with the free slot that [`Index::find`] gave for it; nothing may have
    /// been inserted since.
    pub fn insert(&mut self, keys: &[(u64, u64)], number: u32) -> Result<()> {
        let grows = (self.used + keys.len() as u64) * 3 > self.capacity * 2;
        if grows {
            self.grow()?;
        }
        for (i, &(key, slot)) in keys.iter().enumerate() {
            let key = key.max(1);
            let found = if grows || keys[..i].iter().any(|(_, taken)| *taken == slot) {
                self.probe(key)?
            } else {
                Found::Free(slot)
            };
            if let Found::Free(slot) = found {
                self.put(slot, key, number)?;
                self.used += 1;
            }
        }
        Ok(())
    }

    fn put(&mut self, slot: u64, key: u64, number: u32) -> Result<()> {
        let mut bytes = [0; SLOT];
        bytes[..8].copy_from_slice(&key.to_le_bytes());
        bytes[8..].copy_from_slice(&number.to_le_bytes());
        self.slots.write(slot * SLOT as u64, &bytes)
    }

    /// Moves everything into a table of twice the size; in a file, of four times.
    fn grow(&mut self) -> Result<()> {
        let capacity = match self.capacity {
            0 => 1 << 10,
            n if n as usize * SLOT * 2 <= self.limit => n * 2,
            n => n * 4,
        };
        self.moves += 1;
        let mut path = self.path.clone().into_os_string();
        path.push(format!(".{}", self.moves));
        let mut slots = Store::new(path.into(), self.limit);
        slots.extend(capacity * SLOT as u64)?;
        let old = std::mem::replace(&mut self.slots, slots);
        let before = std::mem::replace(&mut self.capacity, capacity);
        let mut buffer = vec![0; SLOT << 12];
        let mut at = 0;
        while at < before * SLOT as u64 {
            let n = (before * SLOT as u64 - at).min(buffer.len() as u64);
            let part = &mut buffer[..n as usize];
            old.read(at, part)?;
            for slot in part.chunks_exact(SLOT) {
                let (key, number) = unpack(slot);
                if key != 0
                    && let Found::Free(free) = self.probe(key)?
                {
                    self.put(free, key, number)?;
                }
            }
            at += n;
        }
        if let Place::File(file) = old.place {
            drop(file);
            // It goes away with its folder at the latest.
            let _ = std::fs::remove_file(&old.path);
        }
        Ok(())
    }
}

fn unpack(slot: &[u8]) -> (u64, u32) {
    let mut key = [0; 8];
    let mut number = [0; 4];
    key.copy_from_slice(&slot[..8]);
    number.copy_from_slice(&slot[8..SLOT]);
    (u64::from_le_bytes(key), u32::from_le_bytes(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    /// A file name of a test's own.
    fn path(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("glagol-store-{name}-{}", std::process::id()))
    }

    #[test]
    fn bytes_are_the_same_in_memory_and_in_a_file() {
        let path = path("bytes");
        for limit in [0, 10, 1000] {
            let mut store = Store::new(path.clone(), limit);
            store.append(b"abc").expect("writes");
            store.write(10, b"de").expect("writes");
            store.extend(20).expect("grows");
            store.append(b"fg").expect("writes");
            let mut all = vec![b'x'; 22];
            store.read(0, &mut all).expect("reads");
            assert_eq!(&all, b"abc\0\0\0\0\0\0\0de\0\0\0\0\0\0\0\0fg");
            assert_eq!(store.length(), 22);
        }
        std::fs::remove_file(&path).expect("there was a file");
    }

    #[test]
    fn a_table_keeps_the_first_number_of_a_key() {
        for limit in [0, 30_000, 1 << 30] {
            let path = path(&format!("table-{limit}"));
            let mut index = Index::new(path.clone(), limit);
            let mut expected = HashMap::new();
            assert_eq!(index.find(5).expect("reads"), Found::Free(0));
            let mut state = 1u64;
            for i in 0..2000u32 {
                // Keys repeat, and some lie side by side.
                let keys = [0; 5].map(|_: u64| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    (state >> 33) % 5000
                });
                let mut free = Vec::new();
                for key in keys {
                    match index.find(key).expect("reads") {
                        Found::Number(n) => assert_eq!(expected[&key.max(1)], n),
                        Found::Free(slot) => free.push((key, slot)),
                    }
                }
                index.insert(&free, i).expect("writes");
                for (key, _) in free {
                    expected.entry(key.max(1)).or_insert(i);
                }
            }
            for key in 1..6000 {
                let found = match index.find(key).expect("reads") {
                    Found::Number(n) => Some(n),
                    Found::Free(_) => None,
                };
                assert_eq!(found, expected.get(&key).copied());
            }
            assert_eq!(index.used, expected.len() as u64);
            let folder = path.parent().expect("a folder");
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            for entry in std::fs::read_dir(folder).expect("lists").flatten() {
                if entry.file_name().to_string_lossy().starts_with(&name) {
                    std::fs::remove_file(entry.path()).expect("removed");
                }
            }
        }
    }
}
