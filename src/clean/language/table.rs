//! Letters and function words by which languages are told apart, from `dictionaries/languages.csv`.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use crate::document::Lang;
use crate::error::Result;
use crate::letters;
use crate::tables::Tables;

/// Languages that the table may have: a bit of a mask each.
pub(super) const MOST: usize = 64;

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

/// The table.
pub(super) struct Table {
    /// The languages, in the order of their bits.
    langs: Vec<Lang>,
    /// The bit of English.
    english: u64,
    /// Letters that Russian has not -> languages that have them.
    letters: HashMap<char, u64, FxBuildHasher>,
    /// Function words -> languages that have them.
    words: HashMap<Box<str>, u64, FxBuildHasher>,
}

/// How much of each language a text shows.
pub(super) struct Scores {
    all: [u32; MOST],
    /// Of these, what English has as well: `a` is a word of Hungarian, `in` of Dutch.
    english: [u32; MOST],
}

impl Scores {
    fn add(&mut self, mask: u64, english: u64) {
        let mut left = mask;
        while left != 0 {
            let index = left.trailing_zeros() as usize;
            self.all[index] += 1;
            self.english[index] += u32::from(mask & english != 0);
            left &= left - 1;
        }
    }
}

/// A language and the number of its words in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    pub lang: Lang,
    pub count: usize,
    /// Of these, the words that are English too.
    pub english: usize,
}

impl Table {
    /// The letters and words of `tables`.
    pub fn new(tables: &Tables) -> Result<Self> {
        let mut table = Table {
            langs: Vec::new(),
            english: 0,
            letters: HashMap::default(),
            words: HashMap::default(),
        };
        tables.each("languages.csv", |row: Row| {
            let lang = Lang::of_code(&row.lang);
            let index = match table.langs.iter().position(|&l| l == lang) {
                Some(index) => index,
                None => {
                    table.langs.push(lang);
                    table.langs.len() - 1
                }
            };
            let bit = 1u64.checked_shl(index as u32).unwrap_or(0);
            if lang == Lang::En {
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

    /// No score at all.
    pub fn scores(&self) -> Scores {
        Scores {
            all: [0; MOST],
            english: [0; MOST],
        }
    }

    /// The score of one language.
    pub fn score(&self, scores: &Scores, lang: Lang) -> usize {
        let index = self.langs.iter().position(|&l| l == lang);
        index.map_or(0, |i| scores.all[i] as usize)
    }

    /// The language with the highest score that is not zero, the first of equals, but for one.
    pub fn best(&self, scores: &Scores, but: Lang) -> Option<Score> {
        let mut best: Option<Score> = None;
        for (index, &lang) in self.langs.iter().enumerate() {
            let count = scores.all[index] as usize;
            if count > best.map_or(0, |b| b.count) && lang != but {
                let english = scores.english[index] as usize;
                best = Some(Score {
                    lang,
                    count,
                    english,
                });
            }
        }
        best
    }

    /// Adds the letters that Russian has not to the scores of their languages, where they stand in words without a capital: names
    /// keep their letters in Russian texts. Returns how many there are.
    pub fn count_letters(&self, text: &str, scores: &mut Scores) -> usize {
        let mut found = 0;
        let mut name = false;
        let mut before = ' ';
        for c in text.chars() {
            if !before.is_alphabetic() {
                name = c.is_uppercase();
            }
            before = c;
            if let Some(&mask) = self.letters.get(&c) {
                found += usize::from(!name);
                scores.add(mask, self.english);
            }
        }
        found
    }

    /// Letters beyond ASCII in words without a capital, which English has in names alone.
    pub fn foreign_latin(text: &str) -> usize {
        let words = text.split(|c: char| !c.is_alphabetic());
        words
            .filter(|word| !word.is_ascii() && word.starts_with(char::is_lowercase))
            .flat_map(str::chars)
            .filter(|c| !c.is_ascii())
            .count()
    }

    /// Adds the function words of each language to its score; returns the number of words.
    pub fn count_words(&self, text: &str, scores: &mut Scores) -> usize {
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
                scores.add(mask, self.english);
            }
        }
        count
    }
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
