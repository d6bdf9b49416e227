//! What a run reads and writes, and whether it can begin.

use std::fs;
use std::path::PathBuf;

use crate::batch::BatchOptions;
use crate::document::Lang;
use crate::error::{Error, ErrorKind, Result};
use crate::export::csv::CsvOptions;
use crate::export::rows::TableSet;
use crate::pipeline::READABLE;
use crate::read::ReadOptions;

use super::packed::Pack;
use super::record::DictionaryNote;

/// What a run reads and writes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RunOptions {
    /// Files and folders; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// Folder for the output.
    pub out: PathBuf,
    /// How inputs are read.
    pub read: ReadOptions,
    /// Threads and memory.
    pub batch: BatchOptions,
    /// How CSV is written.
    pub csv: CsvOptions,
    /// Tables that are wanted.
    pub tables: TableSet,
    /// Whether the tables are written as CSV.
    pub write_csv: bool,
    /// Whether `documents.jsonl` is written.
    pub write_jsonl: bool,
    /// Whether the tables are written as a workbook, `glagol.xlsx`.
    pub write_xlsx: bool,
    /// Whether the tables are written as Parquet, a file a table.
    pub write_parquet: bool,
    /// How CSV and JSON lines are packed when they are whole; `errors.csv` is not.
    pub pack: Option<Pack>,
    /// Whether brat standoff is written into the folder `brat`.
    pub write_brat: bool,
    /// Whether a run that was broken off in `out` is taken up.
    pub resume: bool,
    /// Languages that are read; documents in others are rows of `documents` and nothing else.
    pub languages: Vec<Lang>,
    /// Dictionaries of the user's own that the pipeline has, for `run.json`.
    pub dictionaries: Vec<DictionaryNote>,
    /// Tables of the user's own that lie over the compiled-in ones, for `run.json`.
    pub data: Vec<DictionaryNote>,
}

impl RunOptions {
    /// CSV of all tables and JSON lines, from `inputs` into the folder `out`.
    pub fn new(inputs: Vec<PathBuf>, out: PathBuf) -> Self {
        RunOptions {
            inputs,
            out,
            read: ReadOptions::default(),
            batch: BatchOptions::default(),
            csv: CsvOptions::default(),
            tables: TableSet::ALL,
            write_csv: true,
            write_jsonl: true,
            write_xlsx: false,
            write_parquet: false,
            pack: None,
            write_brat: false,
            resume: false,
            languages: READABLE.to_vec(),
            dictionaries: Vec::new(),
            data: Vec::new(),
        }
    }

    /// Looks whether a run can begin, before anything is written.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] where none of the inputs is there, or the folder for the output is an input itself: the next run would
    /// read what this one wrote.
    pub fn check(&self) -> Result<()> {
        let missing = |input: &&PathBuf| input.as_os_str() != "-" && !input.exists();
        if let Some(first) = self.inputs.first()
            && self.inputs.iter().all(|input| missing(&input))
        {
            let reason = "there is no such file or folder";
            return Err(Error::new(ErrorKind::Read, reason).at(first));
        }
        let out = fs::canonicalize(&self.out).ok();
        let is_out = |input: &&PathBuf| out.is_some() && fs::canonicalize(input).ok() == out;
        match self.inputs.iter().find(is_out) {
            Some(input) => {
                let reason = "is a folder of the input as well: name another one for the output (--out), which may lie inside it";
                Err(Error::new(ErrorKind::Read, reason).at(input))
            }
            None => Ok(()),
        }
    }

    /// Whether rows of tables are made.
    pub(super) fn needs_tables(&self) -> bool {
        self.write_csv || self.write_xlsx || self.write_parquet
    }
}
