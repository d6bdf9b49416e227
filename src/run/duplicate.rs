//! Reprints: which document has the same or nearly the same article as an earlier one.
//!
//! The article's words (blocks of the article alone, letter case aside) make a hash of the whole and a MinHash signature of its
//! three-word sequences: 32 least hash values, of which 16 bits are kept. Documents whose signatures agree in all four values
//! of one of eight bands are compared; from a share of 0.7 on they count as one. A pair that shares 0.7 is found in 89 cases of
//! 100, one that shares 0.8 in 99. A document of fewer than [`FEWEST`] words is no duplicate of anything.
//!
//! Notices of the weather or of exchange rates are one text with other numbers every day, and no reprints: of two articles that have
//! numbers, half of the numbers must be the same. Words alone are compared where one of them has fewer than [`NUMBERS`].
//!
//! Of every document that is no duplicate, 108 bytes, its id and nine keys of 12 bytes are kept, in a [`Store`] and an [`Index`].

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::error::Result;
use crate::letters;

use super::store::{Found, Index, Store};

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
/// Different numbers that both articles must have so that they are compared.
const NUMBERS: usize = 2;
/// Numbers that are kept: those of the least hash values.
const SAMPLE: usize = 16;
/// Share of numbers from which on two articles may count as one.
const ENOUGH_NUMBERS: f64 = 0.5;

/// What is kept of an article's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    whole: u64,
    least: Vec<u16>,
    /// Least hash values of its different numbers, each with the word before it; in order, none of them nought.
    numbers: Vec<u16>,
}

/// Bytes of a [`Signature`] in the store.
const RECORD: usize = (VALUES + SAMPLE) * 2 + 12;

/// What is kept of an original beside its keys, and where its id stands.
struct Signature {
    values: [u16; VALUES + SAMPLE],
    id: u64,
    id_length: u32,
}

impl Signature {
    fn of(print: &Fingerprint, id: u64, id_length: usize) -> Self {
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

    fn least(&self) -> &[u16] {
        &self.values[..VALUES]
    }

    fn numbers(&self) -> &[u16] {
        let numbers = &self.values[VALUES..];
        let end = numbers.iter().position(|&n| n == 0);
        &numbers[..end.unwrap_or(SAMPLE)]
    }

    fn bytes(&self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        for (to, from) in bytes.chunks_exact_mut(2).zip(self.values) {
            to.copy_from_slice(&from.to_le_bytes());
        }
        let (_, place) = bytes.split_at_mut(RECORD - 12);
        place[..8].copy_from_slice(&self.id.to_le_bytes());
        place[8..].copy_from_slice(&self.id_length.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8; RECORD]) -> Self {
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
fn share_of_numbers(a: &[u16], b: &[u16]) -> f64 {
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

/// A well-mixed 64-bit value (the finalizer of MurmurHash3).
pub(super) const fn mix(mut x: u64) -> u64 {
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
                if letters::is_letter_or_digit(c) {
                    is_number &= c.is_ascii_digit();
                    // ё and е, й and и count as they are: reprints keep them.
                    hash = (hash ^ u64::from(letters::lower(c)))
                        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                        .rotate_left(23);
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
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(SAMPLE);
        Some(Fingerprint {
            whole,
            numbers,
            // The high bits of a least value are nearly all nought.
            least: least.iter().map(|&l| mix(u64::from(l)) as u16).collect(),
        })
    }

    fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.least.chunks_exact(BAND).enumerate().map(|(i, band)| {
            band.iter()
                .fold(i as u64 + 1, |h, &v| mix(h ^ u64::from(v)))
        })
    }

    fn share(&self, other: &[u16]) -> f64 {
        let same = self.least.iter().zip(other).filter(|(a, b)| a == b).count();
        same as f64 / VALUES as f64
    }
}

/// The articles seen so far.
#[derive(Debug)]
pub(super) struct Seen {
    /// Hashes of whole articles, and of bands -> number of the original.
    keys: Index,
    /// A [`Signature`] for each original.
    signatures: Store,
    /// Ids of the originals, one after another.
    ids: Store,
}

/// Bytes of keys, of signatures and of ids in memory.
const KEYS_LIMIT: usize = 1 << 20;
const SIGNATURES_LIMIT: usize = 1 << 18;
const IDS_LIMIT: usize = 1 << 16;

/// A document that repeats an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Duplicate {
    /// Id of the earlier one.
    pub of: String,
    /// Share of sequences in common.
    pub share: f64,
}

impl Seen {
    /// What does not stay in memory goes to files in `folder`.
    pub fn new(folder: &Path) -> Self {
        Seen {
            keys: Index::new(folder.join("reprint-keys"), KEYS_LIMIT),
            signatures: Store::new(folder.join("reprint-signatures"), SIGNATURES_LIMIT),
            ids: Store::new(folder.join("reprint-ids"), IDS_LIMIT),
        }
    }

    /// The earlier document that this one repeats; notes it where there is none.
    pub fn check(&mut self, id: &str, print: &Fingerprint) -> Result<Option<Duplicate>> {
        let mut new = Vec::with_capacity(1 + VALUES / BAND);
        match self.keys.find(print.whole)? {
            Found::Free(slot) => new.push((print.whole, slot)),
            Found::Number(number) => {
                return Ok(Some(Duplicate {
                    of: self.id(&self.signature(number)?)?,
                    share: 1.0,
                }));
            }
        }
        let mut best: Option<(f64, u32, Signature)> = None;
        for band in print.bands() {
            let number = match self.keys.find(band)? {
                Found::Number(number) => number,
                Found::Free(slot) => {
                    new.push((band, slot));
                    continue;
                }
            };
            if best.as_ref().is_some_and(|(_, n, _)| *n == number) {
                continue;
            }
            let signature = self.signature(number)?;
            let share = print.share(signature.least());
            if share >= ENOUGH
                && share_of_numbers(&print.numbers, signature.numbers()) >= ENOUGH_NUMBERS
                && best
                    .as_ref()
                    .is_none_or(|(b, n, _)| share > *b || (share == *b && number < *n))
            {
                best = Some((share, number, signature));
            }
        }
        if let Some((share, _, signature)) = best {
            // Other words in the order of sequences: not the same, whatever the signature says.
            return Ok(Some(Duplicate {
                of: self.id(&signature)?,
                share: share.min(0.99),
            }));
        }
        let number = (self.signatures.length() / RECORD as u64) as u32;
        let signature = Signature::of(print, self.ids.length(), id.len());
        self.signatures.append(&signature.bytes())?;
        self.ids.append(id.as_bytes())?;
        self.keys.insert(&new, number)?;
        Ok(None)
    }

    fn signature(&self, number: u32) -> Result<Signature> {
        let mut bytes = [0; RECORD];
        let at = u64::from(number) * RECORD as u64;
        self.signatures.read(at, &mut bytes)?;
        Ok(Signature::from_bytes(&bytes))
    }

    fn id(&self, of: &Signature) -> Result<String> {
        let mut bytes = vec![0; of.id_length as usize];
        self.ids.read(of.id, &mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, Lang, Source};
    use crate::span::Span;

    fn print(text: &str) -> Fingerprint {
        maybe_print(text).expect("long enough")
    }

    fn maybe_print(text: &str) -> Option<Fingerprint> {
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

    /// Few enough documents that nothing goes to a file.
    fn seen() -> Seen {
        Seen::new(Path::new("nowhere"))
    }

    fn check(seen: &mut Seen, id: &str, text: &str) -> Option<Duplicate> {
        seen.check(id, &print(text)).expect("in memory")
    }

    #[test]
    fn reprints_are_found_and_others_not() {
        let mut seen = seen();
        let original = words(200, 1);
        assert_eq!(check(&mut seen, "a", &original.join(" ")), None);
        let again = original.join(", ").to_uppercase();
        let found = check(&mut seen, "b", &again);
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
        let found = check(&mut seen, "c", &edited.join(" ")).expect("near");
        assert!(
            found.of == "a" && found.share >= ENOUGH && found.share < 1.0,
            "{found:?}"
        );
        let mut half = original[..100].to_vec();
        half.extend(words(100, 2));
        assert_eq!(check(&mut seen, "d", &half.join(" ")), None);
        for seed in 3..60 {
            assert_eq!(check(&mut seen, "e", &words(200, seed).join(" ")), None);
        }
        assert_eq!(maybe_print("слишком мало слов"), None);
    }

    /// A notice of the day, of some ninety words and six numbers.
    fn notice(date: u32, rates: [&str; 2], change: u32) -> String {
        format!(
            "Национальный банк установил официальные курсы иностранных валют на {date} марта. Курс доллара составит {}, \
             курс евро составит {}. По сравнению с предыдущим днём доллар изменился на {change} тыйынов. Официальные курсы \
             применяются для учёта, налогов и таможенных платежей, а коммерческие банки и обменные бюро устанавливают свои \
             собственные курсы покупки и продажи, которые могут отличаться от официальных. Напомним, что обменные бюро \
             обязаны вывешивать курсы на видном месте, выдавать клиентам чек и принимать купюры любого года выпуска, \
             а жалобы на отказ принимает управление банковского надзора по телефону доверия или через приёмную на сайте. \
             Следующее заседание правления банка по учётной ставке пройдёт в обычном порядке, его итоги объявит пресс-служба. Решения правления публикуются на сайте банка в день заседания вместе с обзором цен и прогнозом.",
            rates[0], rates[1]
        )
    }

    #[test]
    fn notices_that_differ_in_their_numbers_are_no_reprints() {
        let first = notice(5, ["87,45 сома", "94,10 сома"], 3);
        let next = notice(6, ["87,52 сома", "94,18 сома"], 7);
        // By their words alone they would count as one.
        assert!(print(&first).share(&print(&next).least) >= ENOUGH);
        let mut seen = seen();
        assert_eq!(check(&mut seen, "a", &first), None);
        assert_eq!(check(&mut seen, "b", &next), None);
        // The same notice elsewhere, with one number that was set right.
        let mended = first.replace("на 3 тыйынов", "на 4 тыйына");
        let found = check(&mut seen, "c", &format!("{mended} Фото из архива."));
        assert_eq!(found.map(|d| d.of).as_deref(), Some("a"));
    }

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
        let print = print(&format!("{} 5 и 6 7", words(40, 9).join(" ")));
        assert_eq!(print.numbers.len(), 3);
        let back = Signature::from_bytes(&Signature::of(&print, 77, 5).bytes());
        assert_eq!((back.id, back.id_length), (77, 5));
        assert_eq!(
            (back.least(), back.numbers()),
            (&*print.least, &*print.numbers)
        );
    }
}
