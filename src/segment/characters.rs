//! Characters around a place of a text, and what a few of them are together.

use crate::letters;

/// White space and what is as invisible as it; control characters of ASCII, too. Those above it are most often letters that were read
/// wrongly.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
}

/// The character at `at`; U+FFFD past the end.
pub(super) fn char_at(text: &str, at: usize) -> char {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .unwrap_or('\u{FFFD}')
}

/// The character that ends before `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|rest| rest.chars().next_back())
}

pub(super) fn alphanumeric_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(0xD0 | 0xD1) => true,
        Some(_) => letters::is_letter_or_digit(char_at(text, at)),
    }
}

/// Skips at most two spaces, no line breaks.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let mut at = at;
    for _ in 0..2 {
        match char_at(text, at) {
            c @ (' ' | '\u{A0}' | '\u{202F}') => at += c.len_utf8(),
            _ => break,
        }
    }
    at
}

/// Whether a word is a Roman numeral in capitals.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 10
        && word
            .bytes()
            .all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
}
