//! The source of a page -> its text, tag by tag, without a tree: for pages that are too large or too tangled for one.
//!
//! One pass over the source: tags are left out, those that make lines of their own become line breaks, what is no text of the
//! page (scripts, styles, comments) is passed over, and references to characters become characters.

use html5ever::data::NAMED_ENTITIES;

use super::breaks::{INLINE, end_of, raw, tag_name};

/// Letters of the longest reference by name.
const LONGEST: usize = 32;

/// The text of a page.
pub(super) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        let is_tag = rest[open + 1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let (before, tag) = rest.split_at(open + usize::from(!is_tag));
        words(before, &mut out);
        rest = tag;
        if !is_tag {
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let name = tag_name(rest[1..].trim_start_matches('/'));
        let is_inline = INLINE
            .iter()
            .any(|inline| name.eq_ignore_ascii_case(inline));
        let passed = match (rest.starts_with("</"), raw(name)) {
            (false, Some(raw)) => end_of(rest, 1, raw),
            _ => 0,
        };
        rest = rest[passed..]
            .split_once('>')
            .map_or("", |(_, behind)| behind);
        if !is_inline && !out.ends_with('\n') {
            out.push('\n');
        }
    }
    words(rest, &mut out);
    out
}

/// Adds words, with one space wherever there is white space, and characters for references.
fn words(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '&'
            && let Some((found, behind)) = reference(rest)
        {
            out.push_str(&found);
            rest = behind;
        } else if !c.is_ascii_whitespace() {
            out.push(c);
        } else if !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// The characters of a reference whose `&` is read, and what stands behind it.
fn reference(text: &str) -> Option<(String, &str)> {
    let end = text
        .bytes()
        .take(LONGEST)
        .position(|b| !(b.is_ascii_alphanumeric() || b == b'#'))?;
    if text.as_bytes()[end] != b';' {
        return None;
    }
    let behind = &text[end + 1..];
    let found: String = match text[..end].strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number).filter(|&c| c != '\0')?.to_string()
        }
        None => {
            let &(first, second) = NAMED_ENTITIES.get(&text[..=end])?;
            let both = [first, second].into_iter().filter(|&n| n != 0);
            both.filter_map(char::from_u32).collect()
        }
    };
    Some((found, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_words_stay() {
        for (html, expected) in [
            ("<p>Да,\n <b>не</b>т</p><p>Yes</p>", "\nДа, нет\nYes\n"),
            (
                "a &lt; b < c &laquo;&#1076;&#x430;&raquo; &nosuch; &",
                "a < b < c «да» &nosuch; &",
            ),
            ("a<script>if (b<c) {}</script>d<!-- e -->f", "a\ndf"),
            ("a<style>b", "a\n"),
            ("a<br>b<img src='x'", "a\nb\n"),
            ("", ""),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }
}
