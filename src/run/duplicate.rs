//! Reprints: which document has the same or nearly the same article as an earlier one.
//!
//! The article's words (blocks of the article alone, letter case aside) make a hash of the whole and a MinHash signature of its
//! three-word sequences: 32 least hash values, of which 16 bits are kept. Documents whose signatures agree in all four values
//! of one of eight bands are compared; from a share of 0.7 on they count as one. A pair that shares 0.7 is found in 89 cases of
//! 100, one that shares 0.8 in 99. A document of fewer than [`FEWEST`] words is no duplicate of anything.
//! Memory: some 220 bytes a document that is no duplicate.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::letters;

/// Least hash values of a signature.
const VALUES: usize = 32;
/// Values of a band.
const BAND: usize = 4;
/// Words of a sequence.
const SEQUENCE: usize = 3;
/// Share of sequences from which on two articles count as one.
const ENOUGH: f64 = 0.7;
/// Words that an article must have.
const FEWEST: usize = 20;

/// What is kept of an article's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    whole: u64,
    least: Vec<u16>,
}

/// A well-mixed 64-bit value (the finalizer of MurmurHash3).
const fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x ^= x >> 33;
    x = x.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    x ^ (x >> 33)
}

impl Fingerprint {
    /// Of the article; none where it has too few words.
    pub fn of(doc: &Document) -> Option<Self> {
        let mut words: Vec<u64> = Vec::with_capacity(doc.tokens.len());
        for block in doc.blocks.iter().filter(|b| b.kind.is_article()) {
            let mut hash = 0u64;
            for c in block.span.slice(&doc.text).chars() {
                if letters::is_letter_or_digit(c) {
                    // ё and е, й and и count as they are: reprints keep them.
                    hash = (hash ^ u64::from(letters::lower(c)))
                        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                        .rotate_left(23);
                } else if hash != 0 && c != '\u{AD}' && c != '\u{301}' {
                    words.push(mix(hash));
                    hash = 0;
                }
            }
            if hash != 0 {
                words.push(mix(hash));
            }
        }
        if words.len() < FEWEST {
            return None;
        }
        let whole = words
            .iter()
            .fold(0, |h: u64, &w| mix(h.wrapping_mul(31).wrapping_add(w)));
        let mut least = [u32::MAX; VALUES];
        for sequence in words.windows(SEQUENCE) {
            let key = sequence.iter().fold(0, |h: u64, &w| h.rotate_left(21) ^ w);
            let key = mix(key) | 1;
            for (i, least) in least.iter_mut().enumerate() {
                // Multiply-shift: a hash function for every odd factor.
                const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
                let factor = STEP.wrapping_mul(2 * i as u64 + 1);
                *least = (*least).min((key.wrapping_mul(factor) >> 32) as u32);
            }
        }
        Some(Fingerprint {
            whole,
            // The high bits of a least value are nearly all nought.
            least: least.iter().map(|&l| mix(u64::from(l)) as u16).collect(),
        })
    }

    fn bands(&self) -> impl Iterator<Item = u32> + '_ {
        self.least.chunks_exact(BAND).enumerate().map(|(i, band)| {
            let key = band
                .iter()
                .fold(i as u64 + 1, |h, &v| mix(h ^ u64::from(v)));
            key as u32
        })
    }

    fn share(&self, other: &[u16]) -> f64 {
        let same = self.least.iter().zip(other).filter(|(a, b)| a == b).count();
        same as f64 / VALUES as f64
    }
}

/// The articles seen so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    whole: HashMap<u64, u32, FxBuildHasher>,
    bands: HashMap<u32, u32, FxBuildHasher>,
    /// Signatures of the originals, one after another.
    least: Vec<u16>,
    /// Ids of the originals, one after another, and where each ends.
    ids: String,
    ends: Vec<u32>,
}

/// A document that repeats an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Duplicate {
    /// Id of the earlier one.
    pub of: String,
    /// Share of sequences in common.
    pub share: f64,
}

impl Seen {
    /// The earlier document that this one repeats; notes it where there is none.
    pub fn check(&mut self, id: &str, print: &Fingerprint) -> Option<Duplicate> {
        if let Some(&index) = self.whole.get(&print.whole) {
            return Some(Duplicate {
                of: self.id(index).to_owned(),
                share: 1.0,
            });
        }
        let mut best: Option<(f64, u32)> = None;
        for band in print.bands() {
            if let Some(&index) = self.bands.get(&band) {
                let at = index as usize * VALUES;
                let share = self
                    .least
                    .get(at..at + VALUES)
                    .map_or(0.0, |l| print.share(l));
                if share >= ENOUGH
                    && best.is_none_or(|(b, i)| share > b || (share == b && index < i))
                {
                    best = Some((share, index));
                }
            }
        }
        if let Some((share, index)) = best {
            // Other words in the order of sequences: not the same, whatever the signature says.
            return Some(Duplicate {
                of: self.id(index).to_owned(),
                share: share.min(0.99),
            });
        }
        let index = self.ends.len() as u32;
        self.whole.insert(print.whole, index);
        for band in print.bands() {
            self.bands.entry(band).or_insert(index);
        }
        self.least.extend_from_slice(&print.least);
        self.least.resize((index as usize + 1) * VALUES, 0);
        self.ids.push_str(id);
        self.ends.push(self.ids.len() as u32);
        None
    }

    fn id(&self, index: u32) -> &str {
        let index = index as usize;
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i]);
        &self.ids[start as usize..self.ends[index] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, Lang, Source};
    use crate::span::Span;

    fn print(text: &str) -> Option<Fingerprint> {
        let mut doc = Document::new(Source::default(), text.to_owned());
        let span = Span::new(0, text.len());
        doc.blocks.push(Block {
            span,
            kind: BlockKind::Body,
            lang: Lang::Ru,
        });
        Fingerprint::of(&doc)
    }

    /// A text of `n` words, different for every seed.
    fn words(n: usize, seed: u64) -> Vec<String> {
        (0..n as u64)
            .map(|i| format!("слово{}", mix(seed * 1000 + i) % 5000))
            .collect()
    }

    #[test]
    fn reprints_are_found_and_others_not() {
        let mut seen = Seen::default();
        let original = words(200, 1);
        assert_eq!(
            seen.check("a", &print(&original.join(" ")).expect("long")),
            None
        );
        let again = original.join(", ").to_uppercase();
        let found = seen.check("b", &print(&again).expect("long"));
        assert_eq!(
            found,
            Some(Duplicate {
                of: "a".into(),
                share: 1.0
            })
        );
        let mut edited = original.clone();
        edited[50] = "другое".into();
        edited.push("конец".into());
        let found = seen
            .check("c", &print(&edited.join(" ")).expect("long"))
            .expect("near");
        assert!(
            found.of == "a" && found.share >= ENOUGH && found.share < 1.0,
            "{found:?}"
        );
        let mut half = original[..100].to_vec();
        half.extend(words(100, 2));
        assert_eq!(
            seen.check("d", &print(&half.join(" ")).expect("long")),
            None
        );
        for seed in 3..60 {
            assert_eq!(
                seen.check("e", &print(&words(200, seed).join(" ")).expect("long")),
                None
            );
        }
        assert_eq!(print("слишком мало слов"), None);
    }
}
