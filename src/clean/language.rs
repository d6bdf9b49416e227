//! Text of a block -> its language.
//!
//! A Cyrillic block is Russian unless letters that Russian has not make up a share of it that names and quotations do not
//! reach, or its commonest words are another language's. A Latin block is English unless it has more function words of another
//! language. The letters and words stand in `dictionaries/languages.csv`. Languages that [`Lang`] does not name are `Other`;
//! a short block that shows nothing counts as Russian or English by its script.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use crate::bytes::count;
use crate::document::Lang;
use crate::error::Result;
use crate::letters;
use crate::tables::Tables;

/// Bytes of a block that are looked at: enough to tell, and no more for long blocks.
const HORIZON: usize = 1500;

/// Share of letters foreign to Russian from which on a Cyrillic block is in another language.
const FOREIGN_LETTERS: f32 = 0.025;

#[derive(Deserialize)]
struct Row {
    lang: String,
    kind: Kind,
    value: String,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Letter,
    Word,
}

/// Letters and words by which languages are told apart.
pub(super) struct Languages {
    /// Codes of the languages; a bit of a mask each.
    codes: Vec<String>,
    /// Letters that Russian has not -> languages that have them.
    letters: HashMap<char, u32, FxBuildHasher>,
    /// Function words -> languages that have them.
    words: HashMap<Box<str>, u32, FxBuildHasher>,
    english: u32,
}

impl Languages {
    /// The letters and words of `tables`.
    pub(super) fn new(tables: &Tables) -> Result<Self> {
        let mut table = Languages {
            codes: Vec::new(),
            letters: HashMap::default(),
            words: HashMap::default(),
            english: 0,
        };
        tables.each("languages.csv", |row: Row| {
            let index = match table.codes.iter().position(|c| *c == row.lang) {
                Some(index) => index,
                None => {
                    table.codes.push(row.lang.clone());
                    table.codes.len() - 1
                }
            };
            let bit = 1u32.checked_shl(index as u32).unwrap_or(0);
            if row.lang == "en" {
                table.english = bit;
            }
            match row.kind {
                Kind::Word => *table.words.entry(row.value.into()).or_default() |= bit,
                Kind::Letter => {
                    for letter in row.value.chars() {
                        *table.letters.entry(letter).or_default() |= bit;
                    }
                }
            }
            Ok(())
        })?;
        Ok(table)
    }

    fn lang(&self, index: usize) -> Lang {
        match self.codes.get(index).map_or("", String::as_str) {
            "en" => Lang::En,
            "uk" => Lang::Uk,
            "be" => Lang::Be,
            "kk" => Lang::Kk,
            "ky" => Lang::Ky,
            _ => Lang::Other,
        }
    }

    /// Language of a block.
    pub(super) fn of(&self, text: &str) -> Lang {
        let mut end = text.len().min(HORIZON);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let part = &text[..end];
        let bytes = part.as_bytes();
        // A letter beyond ASCII is told by its first byte.
        let cyrillic = count(bytes, |b| matches!(b, 0xD0..=0xD3));
        let latin = count(
            bytes,
            |b| matches!(b, b'a'..=b'z' | b'A'..=b'Z' | 0xC3..=0xC9),
        );
        let other = count(
            bytes,
            |b| matches!(b, 0xD4..=0xDF | 0xE0..=0xE1 | 0xE3..=0xED),
        );
        if other > cyrillic + latin {
            return Lang::Other;
        }
        if cyrillic * 2 >= latin {
            let letters = cyrillic + latin;
            let foreign = has_foreign(bytes);
            return self.cyrillic(part, letters, foreign).unwrap_or(Lang::Ru);
        }
        self.latin(part).unwrap_or(Lang::En)
    }

    /// Language of a Cyrillic block, where it is not Russian.
    fn cyrillic(&self, text: &str, letters: usize, foreign: bool) -> Option<Lang> {
        let mut scores = [0u32; 32];
        let mut found = 0usize;
        if foreign {
            // Names keep their letters in Russian texts; other words have none but Russian ones.
            let mut name = false;
            let mut before = ' ';
            for c in text.chars() {
                if !before.is_alphabetic() {
                    name = c.is_uppercase();
                }
                before = c;
                if let Some(&mask) = self.letters.get(&c) {
                    found += usize::from(!name);
                    add(&mut scores, mask, 1);
                }
            }
        }
        if found >= 1 && found as f32 >= FOREIGN_LETTERS * letters as f32 {
            // A language that lacks one of the letters has not written the text.
            self.count_words(text, &mut scores);
            let (index, _) = best(&scores)?;
            return Some(self.lang(index));
        }
        if foreign || letters < 60 {
            return None;
        }
        // Bulgarian and its like show no letter of their own: many of their words and no Russian hard vowels.
        if text.contains(['ы', 'э', 'ё']) {
            return None;
        }
        let words = self.count_words(text, &mut scores);
        let (index, count) = best(&scores)?;
        (count as usize * 6 >= words && count >= 4).then(|| self.lang(index))
    }

    /// Language of a Latin block, where it is not English.
    fn latin(&self, text: &str) -> Option<Lang> {
        let mut scores = [0u32; 32];
        let words = self.count_words(text, &mut scores);
        let english = scores
            .iter()
            .enumerate()
            .filter(|(i, _)| self.english & (1 << i) != 0)
            .map(|(_, &n)| n)
            .next()
            .unwrap_or(0);
        let (index, count) = best(&scores)?;
        // Names hold foreign function words too («Rio de la Plata»); a text in another language has them everywhere.
        let clear = count >= 4 && count > 2 * english && count as usize * 8 >= words;
        clear.then(|| self.lang(index))
    }

    /// Adds the function words of each language to its score; returns the number of words.
    fn count_words(&self, text: &str, scores: &mut [u32; 32]) -> usize {
        let mut count = 0;
        let mut lower = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word;
            (word, rest) = first_word(rest);
            if word.is_empty() {
                continue;
            }
            count += 1;
            // Capitalised words are names more often than not.
            if word.len() > 20 || is_capital(word) {
                continue;
            }
            let plain = word.bytes().all(|b| b.is_ascii_lowercase());
            if !plain {
                lower.clear();
                letters::push_lower(word, &mut lower);
            }
            let word = if plain { word } else { lower.as_str() };
            if let Some(&mask) = self.words.get(word) {
                add(scores, mask, 1);
            }
        }
        count
    }
}

/// Whether a Cyrillic letter that Russian has not is among the bytes of a text.
fn has_foreign(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    // А-Я, а-я, Ё and ё are Russian; the rest of these two rows and all of the next two is not.
    bytes.iter().zip(next).fold(false, |found, (&a, &b)| {
        let russian = match a {
            0xD0 => b == 0x81 || b >= 0x90,
            0xD1 => b <= 0x8F || b == 0x91,
            _ => !matches!(a, 0xD2 | 0xD3),
        };
        found | !russian
    })
}

/// The letters that a text begins with, and what stands behind the character after them.
fn first_word(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(b) = bytes.get(end) {
        if b.is_ascii_alphabetic() {
            end += 1;
            continue;
        }
        let (word, rest) = text.split_at(end);
        let mut chars = rest.chars();
        match chars.next() {
            // The marks are letters of Uzbek.
            Some(c) if !c.is_ascii() && (letters::is_letter(c) || matches!(c, '‘' | 'ʻ')) => {
                end += c.len_utf8();
            }
            _ => return (word, chars.as_str()),
        }
    }
    (text, "")
}

/// Whether a word begins with a capital.
fn is_capital(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(b) if b.is_ascii() => b.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

fn add(scores: &mut [u32; 32], mask: u32, weight: u32) {
    let mut left = mask;
    while left != 0 {
        scores[left.trailing_zeros() as usize] += weight;
        left &= left - 1;
    }
}

/// The highest score that is not zero; the first of equals.
fn best(scores: &[u32; 32]) -> Option<(usize, u32)> {
    let mut best = None;
    for (i, &score) in scores.iter().enumerate() {
        if score > 0 && best.is_none_or(|(_, b)| score > b) {
            best = Some((i, score));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let languages = Languages::new(&Tables::default()).expect("loads");
        for (lang, text) in [
            (
                Lang::Ru,
                "Завод в Минске даст городу триста рабочих мест, сообщили в министерстве.",
            ),
            (Lang::Ru, "Президент провёл совещание"),
            (
                Lang::Ru,
                "Компания «Қазақтелеком» открыла новый офис в Алма-Ате, сообщает пресс-служба компании, которая принадлежит государству.",
            ),
            (Lang::Ru, "На карте от моря до гор"),
            (Lang::Ru, "BelTA: Минск принял гостей"),
            (
                Lang::En,
                "The plant will give the city three hundred jobs, the ministry said.",
            ),
            (Lang::En, "Minsk welcomes guests"),
            (
                Lang::En,
                "President visits Rio de Janeiro and Santa Cruz de la Sierra",
            ),
            (Lang::En, "Ministry of Foreign Affairs"),
            (
                Lang::Uk,
                "Завод дасть місту триста робочих місць, повідомили в міністерстві економіки.",
            ),
            (Lang::Uk, "Президент провів нараду з урядом"),
            (
                Lang::Be,
                "Завод дасць гораду трыста працоўных месцаў, паведамілі ў міністэрстве эканомікі.",
            ),
            (
                Lang::Kk,
                "Зауыт қалаға үш жүз жұмыс орнын береді, деп хабарлады министрлік.",
            ),
            (
                Lang::Ky,
                "Завод шаарга үч жүз жумуш ордун берет, деп билдирди министрлик өкүлү жана шаар мэри.",
            ),
            (
                Lang::Other,
                "Завод шаҳарга уч юзта иш ўрни беради, деб хабар қилди вазирлик.",
            ),
            (
                Lang::Other,
                "Zavod shaharga uch yuzta ish oʻrni beradi va bu haqda vazirlik xabar berdi, bu uchun yil oxirigacha ham pul ajratiladi.",
            ),
            (
                Lang::Other,
                "Das Werk wird der Stadt dreihundert Arbeitsplätze geben, sagte die Ministerin auf der Konferenz.",
            ),
            (
                Lang::Other,
                "Заводът ще даде на града триста работни места, каза министърът, като това беше съобщено през деня и от кметството, което ще помага.",
            ),
            (Lang::Other, "北京今天下雨"),
            (Lang::Ru, ""),
        ] {
            assert_eq!(languages.of(text), lang, "{text}");
        }
    }
}
