//! Sorting of more than memory should hold: sorted runs go to files as lines of JSON and are merged in the end.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};

/// Sorts values by keys; values of one key come out in the order in which they came in.
#[derive(Debug)]
pub(super) struct Sorter<K, V> {
    items: Vec<(K, V)>,
    /// Size of the items in memory, and how large it may be.
    bytes: usize,
    limit: usize,
    path: PathBuf,
    runs: Vec<PathBuf>,
}

impl<K, V> Sorter<K, V>
where
    K: Ord + Serialize + DeserializeOwned,
    V: Serialize + DeserializeOwned,
{
    /// Keeps items of `limit` bytes in memory; runs go to files whose names begin with `path`.
    pub fn new(path: PathBuf, limit: usize) -> Self {
        Sorter {
            items: Vec::new(),
            bytes: 0,
            limit,
            path,
            runs: Vec::new(),
        }
    }

    /// Adds an item that takes about so many bytes.
    pub fn push(&mut self, key: K, value: V, bytes: usize) -> Result<()> {
        self.items.push((key, value));
        self.bytes += bytes;
        if self.bytes > self.limit {
            self.spill()?;
        }
        Ok(())
    }

    /// Puts what is in memory into a file.
    pub fn spill(&mut self) -> Result<()> {
        self.bytes = 0;
        let mut items = std::mem::take(&mut self.items);
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let mut path = self.path.clone().into_os_string();
        path.push(format!(".{}", self.runs.len()));
        let path = PathBuf::from(path);
        let failed = |e: std::io::Error| Error::new(ErrorKind::Write, e.to_string()).at(&path);
        let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
        for item in items {
            serde_json::to_writer(&mut file, &item).map_err(|e| failed(e.into()))?;
            file.write_all(b"\n").map_err(failed)?;
        }
        file.flush().map_err(failed)?;
        self.runs.push(path);
        Ok(())
    }

    /// All items in order.
    pub fn finish(mut self) -> Result<Merged<K, V>> {
        self.items.sort_by(|a, b| a.0.cmp(&b.0));
        let mut merged = Merged {
            runs: Vec::new(),
            rest: std::mem::take(&mut self.items).into_iter(),
            heads: BinaryHeap::new(),
        };
        for path in self.runs {
            let file = File::open(&path)
                .map_err(|e| Error::new(ErrorKind::Read, e.to_string()).at(&path))?;
            merged.runs.push((path, BufReader::new(file)));
        }
        for run in 0..=merged.runs.len() {
            merged.refill(run)?;
        }
        Ok(merged)
    }
}

/// Items in order.
pub(super) struct Merged<K, V> {
    runs: Vec<(PathBuf, BufReader<File>)>,
    /// The last run, which is in memory.
    rest: std::vec::IntoIter<(K, V)>,
    /// The first item of every run that has one left.
    heads: BinaryHeap<Head<K, V>>,
}

struct Head<K, V> {
    key: K,
    value: V,
    run: usize,
}

impl<K: Ord, V> Ord for Head<K, V> {
    /// The heap gives its greatest: the least key of the earliest run.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .key
            .cmp(&self.key)
            .then_with(|| other.run.cmp(&self.run))
    }
}

impl<K: Ord, V> PartialOrd for Head<K, V> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord, V> PartialEq for Head<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<K: Ord, V> Eq for Head<K, V> {}

impl<K, V> Merged<K, V>
where
    K: Ord + DeserializeOwned,
    V: DeserializeOwned,
{
    fn refill(&mut self, run: usize) -> Result<()> {
        let item = match self.runs.get_mut(run) {
            None => self.rest.next(),
            Some((path, file)) => {
                let failed =
                    |e: std::io::Error| Error::new(ErrorKind::Read, e.to_string()).at(&*path);
                let mut line = Vec::new();
                file.read_until(b'\n', &mut line).map_err(&failed)?;
                match line.is_empty() {
                    true => None,
                    false => Some(serde_json::from_slice(&line).map_err(|e| failed(e.into()))?),
                }
            }
        };
        if let Some((key, value)) = item {
            self.heads.push(Head { key, value, run });
        }
        Ok(())
    }
}

impl<K, V> Iterator for Merged<K, V>
where
    K: Ord + DeserializeOwned,
    V: DeserializeOwned,
{
    type Item = Result<(K, V)>;

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.heads.pop()?;
        Some(self.refill(head.run).map(|()| (head.key, head.value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_out_in_order_and_stable_whatever_the_memory() {
        let path = std::env::temp_dir().join(format!("glagol-sorter-{}", std::process::id()));
        let items: Vec<(u32, u32)> = (0..500).map(|i| (i * 7919 % 97, i)).collect();
        let mut expected = items.clone();
        expected.sort();
        for limit in [0, 300, 100_000] {
            let mut sorter = Sorter::new(path.clone(), limit);
            for &(key, value) in &items {
                sorter.push(key, value, 8).expect("adds");
            }
            let runs = sorter.runs.clone();
            assert_eq!(runs.is_empty(), limit == 100_000);
            let sorted: Vec<_> = sorter
                .finish()
                .expect("merges")
                .map(|item| item.expect("reads"))
                .collect();
            assert_eq!(sorted, expected);
            for run in runs {
                std::fs::remove_file(run).expect("removed");
            }
        }
    }
}
