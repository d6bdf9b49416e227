//! Letters by their bytes: lower case without the tables of Unicode for the letters that news are made of.

use std::borrow::Cow;

/// Appends `text` in lower case to `out`. Russian and ASCII letters take a short way; all others that of the standard library.
pub(crate) fn push_lower(text: &str, out: &mut String) {
    push_changed(text, out, |c, out| match c {
        'А'..='Я' => out.push(char::from_u32(c as u32 + 0x20).unwrap_or(c)),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'Ё' => out.push('ё'),
        _ => out.extend(c.to_lowercase()),
    });
}

/// `text` in lower case, with ё as е.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_changed(text, &mut out, |c, out| match c {
        'А'..='Я' => out.push(char::from_u32(c as u32 + 0x20).unwrap_or(c)),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'ё' | 'Ё' => out.push('е'),
        _ => out.extend(c.to_lowercase()),
    });
    out
}

/// Copies runs of what is in lower case already, and leaves every other character to `change`.
fn push_changed(text: &str, out: &mut String, change: impl Fn(char, &mut String)) {
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, 'а'..='я' | 'a'..='z' | ' '..='@') {
            continue;
        }
        out.push_str(&text[copied..at]);
        copied = at + c.len_utf8();
        change(c, out);
    }
    out.push_str(&text[copied..]);
}

/// Text with е for ё, which most texts are already.
pub(crate) fn without_yo(text: &str) -> Cow<'_, str> {
    // The last byte of ё tells most of the others apart; a fold reads many bytes at once.
    let may_have = text.bytes().fold(false, |any, b| any | (b == 0x91));
    if may_have && text.contains('ё') {
        Cow::Owned(text.replace('ё', "е"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a character is a letter or digit; the common ones are told without the tables of Unicode.
#[inline]
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'А'..='я' | 'ё' | 'Ё' => true,
        _ => !is_mark(c) && c.is_alphanumeric(),
    }
}

/// Quotation marks, dashes, dots and spaces beyond ASCII.
const fn is_mark(c: char) -> bool {
    matches!(c, '«' | '»' | '\u{A0}' | '\u{2000}'..='\u{206F}')
}

/// Whether a character is a letter; the common ones are told without the tables of Unicode.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        'А'..='я' | 'ё' | 'Ё' => true,
        _ => !is_mark(c) && c.is_alphabetic(),
    }
}

/// Whether a character is a letter in lower case; the common ones are told without the tables of Unicode.
pub(crate) fn is_lower(c: char) -> bool {
    match c {
        'а'..='я' | 'a'..='z' | 'ё' => true,
        'А'..='Я' => false,
        _ if c.is_ascii() => false,
        _ => c.is_lowercase(),
    }
}

/// Whether a character is a letter in upper case; the common ones are told without the tables of Unicode.
pub(crate) fn is_upper(c: char) -> bool {
    match c {
        'А'..='Я' | 'A'..='Z' | 'Ё' => true,
        'а'..='я' => false,
        _ if c.is_ascii() => false,
        _ => c.is_uppercase(),
    }
}

/// A character in lower case; of those that become several, the first.
pub(crate) fn lower(c: char) -> char {
    match c {
        'а'..='я' | 'a'..='z' | '0'..='9' => c,
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Letters and digits of ASCII in lower case; nought for all else.
static ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut b = 0u8;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            table[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

/// A letter or digit in lower case (of several characters the first); none where it is neither.
#[inline]
pub(crate) fn lower_alphanumeric(c: char) -> Option<char> {
    match c {
        '\0'..='\x7F' => match ASCII[c as usize] {
            0 => None,
            lower => Some(char::from(lower)),
        },
        'а'..='я' => Some(c),
        'А'..='Я' => char::from_u32(c as u32 + 0x20),
        _ => is_letter_or_digit(c).then(|| lower(c)),
    }
}

/// Whether every character is a Russian or ASCII letter, a space or a hyphen.
pub(crate) fn is_plain(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, 'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | 'ё' | 'Ё' | ' ' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_agrees_with_the_standard_library() {
        let text = "Ёлка ЩУКА BelTA Ўзбекистон Қазақстан İstanbul № 5 — Straße";
        let mut lower = String::new();
        push_lower(text, &mut lower);
        assert_eq!(lower, text.to_lowercase());
        assert_eq!(folded(text), text.to_lowercase().replace('ё', "е"));
        for c in ('\0'..'\u{3000}').chain(text.chars()) {
            assert_eq!(is_letter(c), c.is_alphabetic());
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric());
            assert_eq!(
                lower_alphanumeric(c),
                c.is_alphanumeric().then(|| super::lower(c))
            );
            assert_eq!(is_lower(c), c.is_lowercase());
            assert_eq!(is_upper(c), c.is_uppercase());
        }
        for (word, folded) in [
            ("ёлка", "елка"),
            ("самолёт", "самолет"),
            ("болото", "болото"),
            ("", ""),
        ] {
            assert_eq!(without_yo(word), folded);
        }
        assert!(is_plain("Нур-Султан Alpha") && !is_plain("Lenta.ru"));
    }
}
