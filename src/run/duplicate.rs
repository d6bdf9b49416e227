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

use crate::error::Result;

use super::fingerprint::{Fingerprint, RECORD, Signature, share_of_numbers};
use super::store::{Found, Index, Store};

/// Share of sequences from which on two articles count as one.
const ENOUGH: f64 = 0.7;
/// Share of numbers from which on two articles may count as one.
const ENOUGH_NUMBERS: f64 = 0.5;

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
        let mut new = Vec::with_capacity(9);
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
    use crate::document::{Block, BlockKind, Document, Lang, Source};
    use crate::hash::mix;
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

    /// Share of sequences of two texts.
    fn share(a: &str, b: &str) -> f64 {
        print(a).share(Signature::of(&print(b), 0, 0).least())
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
        assert!(share(&first, &next) >= ENOUGH);
        let mut seen = seen();
        assert_eq!(check(&mut seen, "a", &first), None);
        assert_eq!(check(&mut seen, "b", &next), None);
        // The same notice elsewhere, with one number that was set right.
        let mended = first.replace("на 3 тыйынов", "на 4 тыйына");
        let found = check(&mut seen, "c", &format!("{mended} Фото из архива."));
        assert_eq!(found.map(|d| d.of).as_deref(), Some("a"));
    }
}
