//! How a word is written: lower case for look-ups, and the text's letter case given back to a word that was bent.
//!
//! Invariant: soft hyphens and stress marks are no letters; a word has as many halves after as before.

use crate::letters;

/// The vowels of Russian.
pub(super) const VOWELS: &str = "аеёиоуыэюя";

/// Lower case, without soft hyphens and stress marks.
pub(super) fn fold(word: &str) -> String {
    if letters::is_plain(word) {
        let mut lower = String::with_capacity(word.len());
        letters::push_lower(word, &mut lower);
        return lower;
    }
    word.chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{300}' | '\u{301}' | '\u{200B}'))
        .map(|c| match c {
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// `lower` with the letter case of `text`: half by half where both have as many halves. Letters are upper case where the
/// text has them so; what is new is lower case unless the whole half is upper case.
pub(super) fn restore_case(text: &str, lower: &str) -> String {
    let halves = |word: &str| word.matches(['-', '\u{2010}', '\u{2011}']).count();
    if halves(lower) > 0 && halves(text) == halves(lower) {
        let restored: Vec<String> = text
            .split(['-', '\u{2010}', '\u{2011}'])
            .zip(lower.split('-'))
            .map(|(t, l)| restore_case(t, l))
            .collect();
        return restored.join("-");
    }
    let shouted = !text.chars().any(letters::is_lower)
        && text.chars().filter(|c| letters::is_letter(*c)).count() > 1;
    if shouted {
        return lower.to_uppercase();
    }
    let mut out = String::with_capacity(lower.len());
    let mut model = text
        .chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{300}' | '\u{301}' | '\u{200B}'))
        .map(letters::is_upper);
    for c in lower.chars() {
        if model.next() == Some(true) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}
