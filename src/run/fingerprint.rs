//! What is kept of an article's words so that a reprint of it is known: hashes of the whole, of its three-word sequences (MinHash) and
//! of its numbers.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::hash::mix;
use crate::letters;

/// Least hash values of a signature.
const VALUES: usize = 32;
/// Values of a band.
const BAND: usize = 4;
/// Words of a sequence.
const SEQUENCE: usize = 3;
/// Words that an article must have.
const FEWEST: usize = 20;
/// Different numbers that both articles must have so that they are compared.
const NUMBERS: usize = 2;
/// Numbers that are kept: those of the least hash values.
const SAMPLE: usize = 16;
/// Odd factor of the hash functions: 2^64 divided by the golden ratio.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// What is kept of an article's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// Hash of all words.
    pub whole: u64,
    least: Vec<u16>,
    /// Least hash values of its different numbers, each with the word before it; in order, none of them nought.
    pub numbers: Vec<u16>,
}

/// Bytes of a [`Signature`] in the store.
pub(super) const RECORD: usize = (VALUES + SAMPLE) * 2 + 12;

/// What is kept of an original beside its keys, and where its id stands.
pub(super) struct Signature {
    values: [u16; VALUES + SAMPLE],
    /// Where its id begins, and the length of it.
    pub id: u64,
    pub id_length: u32,
}

impl Signature {
    pub fn of(print: &Fingerprint, id: u64, id_length: usize) -> Self {
        let mut values = [0; VALUES + SAMPLE];
        let (least, numbers) = values.split_at_mut(VALUES);
        for (to, from) in least.iter_mut().zip(&print.least) {
            *to = *from;
        }
        for (to, from) in numbers.iter_mut().zip(&print.numbers) {
            *to = *from;
        }
        Signature {
            values,
            id,
            id_length: id_length as u32,
        }
    }

    pub fn least(&self) -> &[u16] {
        &self.values[..VALUES]
    }

    pub fn numbers(&self) -> &[u16] {
        let numbers = &self.values[VALUES..];
        let end = numbers.iter().position(|&n| n == 0);
        &numbers[..end.unwrap_or(SAMPLE)]
    }

    pub fn bytes(&self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        for (to, from) in bytes.chunks_exact_mut(2).zip(self.values) {
            to.copy_from_slice(&from.to_le_bytes());
        }
        let (_, place) = bytes.split_at_mut(RECORD - 12);
        place[..8].copy_from_slice(&self.id.to_le_bytes());
        place[8..].copy_from_slice(&self.id_length.to_le_bytes());
        bytes
    }

    pub fn from_bytes(bytes: &[u8; RECORD]) -> Self {
        let mut values = [0; VALUES + SAMPLE];
        for (to, from) in values.iter_mut().zip(bytes.chunks_exact(2)) {
            *to = u16::from_le_bytes([from[0], from[1]]);
        }
        let mut id = [0; 8];
        let mut id_length = [0; 4];
        id.copy_from_slice(&bytes[RECORD - 12..RECORD - 4]);
        id_length.copy_from_slice(&bytes[RECORD - 4..]);
        Signature {
            values,
            id: u64::from_le_bytes(id),
            id_length: u32::from_le_bytes(id_length),
        }
    }
}

/// Share of the numbers of two articles that both have, by the least of all; 1 where one has too few to tell.
pub(super) fn share_of_numbers(a: &[u16], b: &[u16]) -> f64 {
    if a.len() < NUMBERS || b.len() < NUMBERS {
        return 1.0;
    }
    let (mut i, mut j, mut same, mut all) = (0, 0, 0, 0);
    // Of two samples of the least values, only what lies below the end of both is told of both.
    while all < SAMPLE && i < a.len() && j < b.len() {
        all += 1;
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j) = (i + 1, j + 1);
                same += 1;
            }
        }
    }
    // What is left of one that was kept whole is the other's no more.
    let left = |list: &[u16], at: usize, other: &[u16]| {
        if other.len() < SAMPLE {
            list.len() - at
        } else {
            0
        }
    };
    let left = left(a, i, b) + left(b, j, a);
    f64::from(same) / f64::from(all as u32 + left.min(SAMPLE.saturating_sub(all)) as u32)
}

impl Fingerprint {
    /// Of the article; none where it has too few words.
    pub fn of(doc: &Document) -> Option<Self> {
        let mut words: Vec<u64> = Vec::with_capacity(doc.tokens.len());
        let mut numbers: Vec<u16> = Vec::new();
        for block in doc.blocks.iter().filter(|b| b.kind.is_article()) {
            let (mut hash, mut is_number) = (0u64, true);
            let mut end = |hash: u64, is_number: bool| {
                let word = mix(hash);
                if is_number {
                    // With the word before it, so that «5» of the wind is not «5» of the rain.
                    let before = words.last().copied().unwrap_or(0);
                    numbers.push((mix(word ^ before.rotate_left(9)) as u16).max(1));
                }
                words.push(word);
            };
            for c in block.span.slice(&doc.text).chars() {
                if let Some(c) = letters::lower_alphanumeric(c) {
                    is_number &= c.is_ascii_digit();
                    // ё and е, й and и count as they are: reprints keep them.
                    hash = (hash ^ u64::from(c)).wrapping_mul(STEP).rotate_left(23);
                } else if hash != 0 && c != '\u{AD}' && c != '\u{301}' {
                    end(hash, is_number);
                    (hash, is_number) = (0, true);
                }
            }
            if hash != 0 {
                end(hash, is_number);
            }
        }
        if words.len() < FEWEST {
            return None;
        }
        let whole = words
            .iter()
            .fold(0, |h: u64, &w| mix(h.wrapping_mul(31).wrapping_add(w)));
        let mut least = [u64::MAX; VALUES];
        for sequence in words.windows(SEQUENCE) {
            let key = sequence.iter().fold(0, |h: u64, &w| h.rotate_left(21) ^ w);
            // Multiply-shift: a hash function for every odd factor. The factors are STEP times 1, 3, 5 …, so that one multiplication
            // gives the first value, and additions the others.
            let mut value = (mix(key) | 1).wrapping_mul(STEP);
            let twice = value.wrapping_mul(2);
            for least in &mut least {
                if value < *least {
                    *least = value;
                }
                value = value.wrapping_add(twice);
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(SAMPLE);
        Some(Fingerprint {
            whole,
            numbers,
            // Of the values the high half counts, whose own high bits are nearly all nought.
            least: least.iter().map(|&l| mix(l >> 32) as u16).collect(),
        })
    }

    /// A key for each band.
    pub fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.least.chunks_exact(BAND).enumerate().map(|(i, band)| {
            band.iter()
                .fold(i as u64 + 1, |h, &v| mix(h ^ u64::from(v)))
        })
    }

    /// Share of sequences that two articles have in common, estimated.
    pub fn share(&self, other: &[u16]) -> f64 {
        let same = self.least.iter().zip(other).filter(|(a, b)| a == b).count();
        same as f64 / VALUES as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_far_as_they_are_known() {
        assert_eq!(share_of_numbers(&[1], &[2]), 1.0);
        assert_eq!(share_of_numbers(&[1, 2], &[3, 4]), 0.0);
        assert_eq!(share_of_numbers(&[1, 2, 3], &[1, 2, 4]), 0.5);
        assert_eq!(share_of_numbers(&[1, 2, 3], &[1, 2, 3, 4]), 0.75);
        let full: Vec<u16> = (1..=SAMPLE as u16).collect();
        // What lies above the sample's end may be in the other article or not.
        assert_eq!(share_of_numbers(&full, &[1, 2, 100]), 2.0 / 16.0);
        assert_eq!(share_of_numbers(&full, &full), 1.0);
    }

    #[test]
    fn signatures_are_kept_as_they_are() {
        let print = Fingerprint {
            whole: 1,
            least: (100..100 + VALUES as u16).collect(),
            numbers: vec![3, 5, 60_000],
        };
        let back = Signature::from_bytes(&Signature::of(&print, 77, 5).bytes());
        assert_eq!((back.id, back.id_length), (77, 5));
        assert_eq!(
            (back.least(), back.numbers()),
            (&*print.least, &*print.numbers)
        );
    }
}
