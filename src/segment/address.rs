//! Web and e-mail addresses: where one starts at a letter, how far it goes.
//!
//! A bare domain counts where its last part is a top-level domain of `dictionaries/domains.csv` and is written in lower case, or the way
//! that outlets write their names (Газета.Ru, News.Az); so a lost space («end.It was») makes no address.
//! Invariant: words that are joined by stops or marks are looked through once, not once from each of them: [`Refused`] keeps how far it is
//! known that nothing begins.

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::characters::char_at;
use crate::document::TokenKind;
use crate::error::Result;
use crate::tables::Tables;

/// The top-level domains of `dictionaries/domains.csv`, in every way that addresses and names of outlets write them.
pub(super) struct Domains {
    written: HashSet<Box<str>, FxBuildHasher>,
}

impl Domains {
    /// The list of `tables`.
    pub fn load(tables: &Tables) -> Result<Self> {
        let mut written = HashSet::default();
        tables.each_row("domains.csv", ["domain", "written"], |[domain, ways]| {
            for way in ways.split(' ') {
                let mut letters = domain.chars();
                written.insert(match way {
                    "lower" => domain.into(),
                    "upper" => domain.to_uppercase().into(),
                    "title" => letters
                        .next()
                        .into_iter()
                        .flat_map(char::to_uppercase)
                        .chain(letters)
                        .collect(),
                    other => return Err(format!("written is {other:?}")),
                });
            }
            Ok(())
        })?;
        Ok(Domains { written })
    }

    fn has(&self, part: &str) -> bool {
        self.written.contains(part)
    }
}

/// What earlier places of the same text have shown of those behind them.
#[derive(Default)]
pub(super) struct Refused {
    /// End of the last run of letters, digits and hyphens: the same from any place in it.
    run: usize,
    /// Up to here no e-mail address begins, for it would need the same `@`.
    email: usize,
    /// Up to here no domain begins, for it would need the same parts.
    domain: usize,
}

/// End and kind of the address that starts at `at`, a letter. `refused` is what is known from places before it.
pub(super) fn scan(
    domains: &Domains,
    text: &str,
    at: usize,
    refused: &mut Refused,
) -> Option<(usize, TokenKind)> {
    let bytes = text.as_bytes();
    // Cheap refusal: an address has one of these right after its first run of letters, digits and hyphens.
    let mut end = at.max(refused.run);
    while let Some(&b) = bytes.get(end) {
        if b.is_ascii_alphanumeric() || b == b'-' || b >= 0x80 {
            // Dashes and quotes of three bytes end a word; letters of our alphabets have two.
            if b >= 0xE2 {
                break;
            }
            end += 1;
        } else {
            break;
        }
    }
    refused.run = end;
    match bytes.get(end) {
        Some(b':') => {
            let scheme = &bytes[at..end];
            let known = [&b"http"[..], b"https", b"ftp"]
                .iter()
                .any(|s| scheme.eq_ignore_ascii_case(s));
            (known && text[end..].starts_with("://"))
                .then(|| (url_end(text, end + 3), TokenKind::Url))
        }
        Some(b'.')
            if bytes
                .get(end + 1)
                .is_some_and(|&b| b.is_ascii_alphanumeric() || b >= 0x80) =>
        {
            if bytes[at..end].eq_ignore_ascii_case(b"www") {
                return Some((url_end(text, end), TokenKind::Url));
            }
            email(text, at, refused).or_else(|| domain(domains, text, at, refused))
        }
        Some(b'@' | b'_' | b'+') => email(text, at, refused),
        _ => None,
    }
}

/// End of an address from somewhere inside it; closing marks and punctuation at its end are left out.
fn url_end(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut depth = 0i32;
    for c in text[from..].chars() {
        let stop = c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '«' | '»' | '“' | '”' | '|' | '\\' | '—' | '–' | '…'
            );
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if stop || depth < 0 {
            break;
        }
        end += c.len_utf8();
    }
    while let Some(c) = text[from..end].chars().next_back() {
        if !matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '’') {
            break;
        }
        end -= c.len_utf8();
    }
    end
}

fn email(text: &str, at: usize, refused: &mut Refused) -> Option<(usize, TokenKind)> {
    if at < refused.email {
        return None;
    }
    let bytes = text.as_bytes();
    let mut i = at;
    while bytes.get(i).is_some_and(|&b| {
        b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-')
    }) {
        i += 1;
    }
    if i == at || bytes.get(i) != Some(&b'@') {
        refused.email = i;
        return None;
    }
    let host = i + 1;
    let mut end = host;
    let mut dot = false;
    while let Some(&b) = bytes.get(end) {
        let after = bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if b.is_ascii_alphanumeric() || (matches!(b, b'.' | b'-') && after) {
            dot |= b == b'.';
            end += 1;
        } else {
            break;
        }
    }
    if !dot || end == host {
        refused.email = i;
        return None;
    }
    Some((end, TokenKind::Email))
}

fn domain(
    domains: &Domains,
    text: &str,
    at: usize,
    refused: &mut Refused,
) -> Option<(usize, TokenKind)> {
    if at < refused.domain {
        return None;
    }
    // Parts between dots; the last one that is a top-level domain ends the name.
    let mut end = None;
    let mut part = at;
    let mut i = at;
    loop {
        let c = if i < text.len() {
            char_at(text, i)
        } else {
            ' '
        };
        if c.is_alphanumeric() || c == '-' {
            i += c.len_utf8();
            continue;
        }
        let piece = &text[part..i];
        if piece.is_empty() || piece.ends_with('-') {
            break;
        }
        let domain = domains.has(piece);
        // A Cyrillic word before a Latin domain is a name (Газета.Ru); before a lower-case Cyrillic one too (Лента.ру).
        if part > at && domain {
            end = Some(i);
        }
        if c != '.' {
            break;
        }
        i += 1;
        part = i;
    }
    let Some(end) = end else {
        refused.domain = i;
        return None;
    };
    if text[end..].starts_with('/')
        && text
            .as_bytes()
            .get(end + 1)
            .is_some_and(|b| b.is_ascii_alphanumeric())
    {
        return Some((url_end(text, end), TokenKind::Url));
    }
    Some((end, TokenKind::Url))
}
