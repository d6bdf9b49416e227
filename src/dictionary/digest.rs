//! The compiled-in dictionaries as the build script digested them: rows of fixed length over one text, with the keys of names
//! worked out, and tables of names that are looked up where they lie. Nothing is parsed or checked when the program starts.
//!
//! The layout is that of `build.rs`; all numbers are little-endian.

use super::row::Row;
use crate::error::{Error, ErrorKind, Result};
use crate::hash;
use crate::words::stem;

const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/digest.txt"));
const ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/digest_rows.bin"));
const FLEETING: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/digest_fleeting.bin"));
const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/digest_names.bin"));
include!(concat!(env!("OUT_DIR"), "/digest.rs"));
include!(concat!(env!("OUT_DIR"), "/digest_files.rs"));

/// Bytes of a row.
const ROW: usize = 56;

/// A row of a compiled-in entity dictionary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DigestRow {
    pub(crate) fields: Row<'static>,
    /// `dictionary:ID`.
    pub(crate) rule: &'static str,
}

fn number(bytes: &[u8], at: usize) -> usize {
    let mut number = [0; 4];
    number.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(number) as usize
}

fn long(bytes: &[u8], at: usize) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(number)
}

/// The text at a place: offset in four bytes, length in two.
fn text(row: &[u8], at: usize) -> &'static str {
    let start = number(row, at);
    let length = usize::from(row[at + 4]) | usize::from(row[at + 5]) << 8;
    TEXT.get(start..start + length).unwrap_or("")
}

/// Whether the digest was made by a program that hashes words as this one does.
pub(super) fn check() -> Result<()> {
    if stem::key(PROBE.0) == PROBE.1 {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Bug,
        "the dictionaries were compiled for another sort of processor",
    ))
}

/// The rows of all compiled-in entity dictionaries, in order.
pub(crate) fn rows() -> impl ExactSizeIterator<Item = DigestRow> {
    ROWS.as_chunks::<ROW>().0.iter().map(|row| {
        let rule = text(row, 6);
        DigestRow {
            rule,
            fields: Row {
                id: rule.split_once(':').map_or(rule, |(_, id)| id),
                name: text(row, 0),
                class: text(row, 12),
                country: text(row, 18),
                role: text(row, 24),
                r#type: row[30],
                lang: row[31],
                kind: row[32],
                sex: row[33],
                matching: row[34],
            },
        }
    })
}

/// The keys of the first two words of row `index`'s name (see [`stem::key`]), 0 for none; nothing where the name needs to be cut
/// into tokens first.
pub(crate) fn keys(index: usize) -> Option<[u64; 2]> {
    let row = ROWS.get(index * ROW..(index + 1) * ROW)?;
    (row[35] == 0).then(|| [long(row, 40), long(row, 48)])
}

/// Second keys of words whose last vowel comes and goes: row, which of its first two words, and key, in order.
pub(crate) fn fleeting_keys() -> impl Iterator<Item = (usize, usize, u64)> {
    FLEETING
        .as_chunks::<16>()
        .0
        .iter()
        .map(|k| (number(k, 0), number(k, 4), long(k, 8)))
}

/// What the lists of given names, surnames and English words say of a word by its [`hash::word`]; the bits are those of
/// `build.rs`.
pub(crate) fn name_bits(hash: u64) -> u8 {
    const SLOT: usize = 8;
    let mask = NAMES.len() / SLOT - 1;
    // The lowest byte of a hash gives way to the bits.
    let mut slot = hash::slot(hash >> 8 << 8) & mask;
    loop {
        let found = long(NAMES, slot * SLOT);
        if found == 0 {
            return 0;
        }
        if found >> 8 == hash >> 8 {
            return found as u8;
        }
        slot = (slot + 1) & mask;
    }
}
