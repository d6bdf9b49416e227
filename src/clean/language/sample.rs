//! A text -> its words alone: what is no word of any language says nothing of the language it stands in.
//!
//! Left out are addresses, handles, hashtags, and words of programs. Whatever is left stays in its order.

use std::borrow::Cow;

use crate::bytes::boundary_before;

/// The beginning of a text, of so many bytes at most.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    &text[..boundary_before(text, bytes)]
}

/// The text without what is no word.
pub(super) fn words_only(text: &str) -> Cow<'_, str> {
    let is_sign = |b: u8| matches!(b, b'@' | b'#' | b'/' | b'_' | b'{' | b'}' | b'=');
    if !text.bytes().any(is_sign) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        if !is_no_word(piece.trim()) {
            out.push_str(piece);
        } else if piece.ends_with('\n') {
            out.push('\n');
        }
    }
    Cow::Owned(out)
}

/// Whether a piece between two white spaces is an address, a handle, a hashtag or code.
fn is_no_word(piece: &str) -> bool {
    let bare = piece.trim_start_matches(['(', '[', '«', '"', '“']);
    let is_host = |part: &str| {
        part.contains('.') && part.is_ascii() && !part.starts_with('.') && !part.ends_with('.')
    };
    bare.starts_with('#')
        || bare.contains('@')
        || bare.contains("://")
        || bare.bytes().any(|b| matches!(b, b'_' | b'{' | b'}' | b'='))
        || bare.starts_with("www.")
        || bare.split_once('/').is_some_and(|(host, _)| is_host(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_handles_and_code_go() {
        for (text, words) in [
            ("Да, t.me/vest и https://a.example/b", "Да, и "),
            ("@vest пишет: #вода есть", "пишет: есть"),
            ("и/или 5 км/ч", "и/или 5 км/ч"),
            ("let a_b = {x} end", "let end"),
            ("(https://a.example)\nДа", "\nДа"),
            ("просто слова", "просто слова"),
        ] {
            assert_eq!(words_only(text), words, "{text}");
        }
    }
}
