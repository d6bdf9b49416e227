//! Every entity over all documents of a run: the table `summary`.
//!
//! Rows are added up in memory while they are few; from [`LIMIT`] bytes on they go to a file, sorted, and all of them are added
//! up in the end. So memory does not grow with the number of names.

use std::cmp::Reverse;
use std::path::PathBuf;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::error::Result;
use crate::export::csv::{CsvOptions, Lines};
use crate::export::rows::Tally;
use crate::read::date::is_iso;

use super::sorter::Sorter;

/// Bytes of rows in memory.
const LIMIT: usize = 3 << 20;

/// An entity of a document, or a speaker that is none.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Named {
    /// Type and id, or name where there is no id, with a tab between.
    key: String,
    name: String,
    name_en: Option<String>,
    mentions: u32,
    quotes: u32,
}

/// All that are in a document.
pub(super) fn named(doc: &Document) -> Vec<Named> {
    let tally = Tally::of(doc);
    let mut named: Vec<Named> = doc
        .entities
        .iter()
        .enumerate()
        .map(|(i, entity)| {
            let name = entity.canonical.as_ref().unwrap_or(&entity.name);
            let id = if entity.id.is_empty() {
                name
            } else {
                &entity.id
            };
            Named {
                key: format!("{}\t{id}", entity.kind.as_str()),
                name: name.clone(),
                name_en: entity.name_en.clone(),
                mentions: tally.mentions[i],
                quotes: tally.quotes[i],
            }
        })
        .collect();
    let mut nameless: HashMap<&str, usize, FxBuildHasher> = HashMap::default();
    for quote in &doc.quotes {
        let Some(speaker) = &quote.speaker else {
            continue;
        };
        if speaker.entity.is_some() || speaker.unnamed || speaker.name.is_empty() {
            continue;
        }
        let name = speaker.name.as_str();
        let at = *nameless.entry(name).or_insert(named.len());
        match named.get_mut(at) {
            Some(known) => known.quotes += 1,
            None => named.push(Named {
                key: format!("\t{name}"),
                name: name.to_owned(),
                name_en: None,
                mentions: 0,
                quotes: 1,
            }),
        }
    }
    named
}

/// An entity over all documents.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Row {
    name: String,
    name_en: Option<String>,
    /// Documents, mentions, quotes.
    all: [u64; 3],
    /// The same without duplicates.
    unique: [u64; 3],
    first_date: Option<String>,
    last_date: Option<String>,
}

impl Row {
    fn add(&mut self, other: &Row) {
        for i in 0..3 {
            self.all[i] += other.all[i];
            self.unique[i] += other.unique[i];
        }
        self.note(other.first_date.as_deref());
        self.note(other.last_date.as_deref());
    }

    fn note(&mut self, date: Option<&str>) {
        // Dates in words cannot be compared.
        let Some(date) = date.filter(|date| is_iso(date)) else {
            return;
        };
        if self.first_date.as_deref().is_none_or(|d| date < d) {
            self.first_date = Some(date.to_owned());
        }
        if self.last_date.as_deref().is_none_or(|d| date > d) {
            self.last_date = Some(date.to_owned());
        }
    }

    /// Bytes in memory, with its key of so many bytes; roughly.
    fn size(&self, key: usize) -> usize {
        key + self.name.len() + self.name_en.as_ref().map_or(0, String::len) + 320
    }
}

/// Order of the table: mentions, quotes, then by type and id.
type Rank = (Reverse<u64>, Reverse<u64>, String);

#[derive(Debug)]
pub(super) struct Summary {
    rows: HashMap<String, Row, FxBuildHasher>,
    bytes: usize,
    limit: usize,
    spilt: Sorter<String, Row>,
    path: PathBuf,
}

impl Summary {
    /// Files that it needs have names that begin with `path`.
    pub fn new(path: PathBuf) -> Self {
        let mut names = path.clone().into_os_string();
        names.push(".names");
        Summary {
            rows: HashMap::default(),
            bytes: 0,
            limit: LIMIT,
            spilt: Sorter::new(names.into(), usize::MAX),
            path,
        }
    }

    /// Adds the names of a document.
    pub fn add(&mut self, named: &[Named], date: Option<&str>, is_unique: bool) -> Result<()> {
        for named in named {
            let found = [1, u64::from(named.mentions), u64::from(named.quotes)];
            let row = match self.rows.get_mut(&named.key) {
                Some(row) => row,
                None => {
                    let row = Row {
                        name: named.name.clone(),
                        name_en: named.name_en.clone(),
                        ..Row::default()
                    };
                    self.bytes += row.size(named.key.len());
                    self.rows.entry(named.key.clone()).or_insert(row)
                }
            };
            for (i, n) in found.into_iter().enumerate() {
                row.all[i] += n;
                row.unique[i] += if is_unique { n } else { 0 };
            }
            row.note(date);
        }
        if self.bytes > self.limit {
            self.set_aside()?;
            self.spilt.spill()?;
        }
        Ok(())
    }

    /// Hands all rows to the sorter, which puts them in order.
    fn set_aside(&mut self) -> Result<()> {
        self.bytes = 0;
        // They are sorted next.
        for (key, row) in self.rows.drain() {
            self.spilt.push(key, row, 0)?;
        }
        Ok(())
    }

    /// Writes the table, most mentioned first, to `take`, some rows at a time.
    pub fn write(
        mut self,
        csv: CsvOptions,
        mut take: impl FnMut(&Lines) -> Result<()>,
    ) -> Result<()> {
        self.set_aside()?;
        self.rows.shrink_to_fit();
        let mut path = self.path.clone().into_os_string();
        path.push(".ranks");
        let mut ranked: Sorter<Rank, Row> = Sorter::new(path.into(), self.limit);
        let mut rank = |key: String, row: Row| {
            let size = row.size(key.len());
            let rank = (Reverse(row.all[1]), Reverse(row.all[2]), key);
            ranked.push(rank, row, size)
        };
        let mut last: Option<(String, Row)> = None;
        for item in self.spilt.finish()? {
            let (key, row) = item?;
            match &mut last {
                Some((before, sum)) if *before == key => sum.add(&row),
                _ => {
                    if let Some((key, row)) = last.replace((key, row)) {
                        rank(key, row)?;
                    }
                }
            }
        }
        if let Some((key, row)) = last {
            rank(key, row)?;
        }
        let mut lines = Lines::default();
        for item in ranked.finish()? {
            let ((_, _, key), row) = item?;
            let (kind, id) = key.split_once('\t').unwrap_or(("", &key));
            let mut cells = lines.row(csv);
            cells
                .text(kind)
                .text(if kind.is_empty() { "" } else { id })
                .text(&row.name)
                .optional(row.name_en.as_deref());
            for n in row.all.into_iter().chain(row.unique) {
                cells.integer(n);
            }
            cells
                .optional(row.first_date.as_deref())
                .optional(row.last_date.as_deref())
                .finish();
            if lines.bytes.len() > 1 << 16 {
                take(&lines)?;
                lines = Lines::default();
            }
        }
        take(&lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(limit: usize) -> (String, usize) {
        let path =
            std::env::temp_dir().join(format!("glagol-summary-{}-{limit}", std::process::id()));
        let mut summary = Summary::new(path.clone());
        summary.limit = limit;
        for i in 0..300u32 {
            let named = [0, 1, 2].map(|j| Named {
                key: format!("PER\tp-{}", i * (j + 1) % 40),
                name: format!("Имя из {i}"),
                name_en: None,
                mentions: 1 + i % 4,
                quotes: j,
            });
            let date = format!("2026-03-{:02}", 1 + i % 28);
            summary.add(&named, Some(&date), i % 5 != 0).expect("adds");
        }
        let mut out = Vec::new();
        let runs = format!("{}.names.0", path.display());
        let spilt = usize::from(std::path::Path::new(&runs).exists());
        summary
            .write(CsvOptions::default(), |lines| {
                out.extend_from_slice(&lines.bytes);
                Ok(())
            })
            .expect("writes");
        let folder = path.parent().expect("a folder");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        for entry in std::fs::read_dir(folder).expect("lists").flatten() {
            if entry
                .file_name()
                .to_string_lossy()
                .starts_with(&format!("{name}."))
            {
                std::fs::remove_file(entry.path()).expect("removed");
            }
        }
        (String::from_utf8(out).expect("UTF-8"), spilt)
    }

    #[test]
    fn rows_are_the_same_whatever_the_memory() {
        let (whole, spilt) = table(LIMIT);
        assert_eq!((whole.lines().count(), spilt), (40, 0));
        // The name is that of the first document; 300 times three names of 40.
        assert!(whole.contains("PER,p-1,Имя из 1,"), "{whole}");
        let documents: u64 = whole
            .lines()
            .filter_map(|l| l.split(',').nth(4)?.parse::<u64>().ok())
            .sum();
        assert_eq!(documents, 900);
        assert!(whole.lines().all(|l| l.contains(",2026-03-0")), "{whole}");
        for limit in [0, 2000] {
            assert_eq!(table(limit), (whole.clone(), 1));
        }
    }
}
