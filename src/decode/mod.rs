//! Bytes -> text: which character encoding a page is in, told by its content; and HTML to text.
//!
//! In this order: an encoding that the user forces; a byte-order mark; UTF-16 without one; UTF-8; UTF-8 with a few damaged
//! characters; an encoding that the page declares; else the likeliest of windows-1251, KOI8-R, IBM866 and their like. What
//! is no text at all is an error. Damaged characters become U+FFFD and are counted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::bytes::count;
use crate::error::{Error, ErrorKind, Result};

#[cfg(feature = "html")]
mod breaks;
#[cfg(feature = "html")]
pub mod html;
#[cfg(feature = "html")]
mod stripped;
#[cfg(feature = "html")]
mod tree;

/// Which part of a web page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PagePart {
    /// The article, where one is found.
    #[default]
    Article,
    /// Everything that shows.
    Whole,
}

/// A text with how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Characters that were replaced by U+FFFD.
    pub damaged: u32,
    /// The limit that a web page passes, in words, where it was read without the tree of its elements.
    pub limit: Option<String>,
}

/// The encoding of a name that a user or a page gives (`windows-1251`, `cp1251`, `koi8-r`, `cp866`, `utf-8` …).
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim();
    Encoding::for_label(name.as_bytes()).or_else(|| {
        match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "cp1251" | "win1251" => Some(encoding_rs::WINDOWS_1251),
            "cp866" | "ibm866" | "dos866" => Some(encoding_rs::IBM866),
            "utf16" => Some(UTF_16LE),
            _ => None,
        }
    })
}

/// Turns the bytes of a file into text.
///
/// # Errors
/// [`ErrorKind::Decode`] where they are no text, with what they seem to be.
pub fn decode(
    bytes: Vec<u8>,
    forced: Option<&'static Encoding>,
    declared: Option<&'static Encoding>,
) -> Result<Decoded> {
    if let Some(encoding) = forced {
        if encoding.is_single_byte() || encoding == UTF_8 {
            return Ok(decode_as(encoding, &bytes));
        }
        // Of the two kinds of UTF-16 a byte-order mark knows better.
        let encoding = Encoding::for_bom(&bytes).map_or(encoding, |(found, _)| found);
        return Ok(decode_as(encoding, &bytes));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes)
        && !bytes[mark..].starts_with(b"\0\0")
    {
        return Ok(decode_as(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return Ok(decode_as(encoding, &bytes));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            if let Some(reason) = not_text(text.as_bytes()) {
                return Err(Error::new(ErrorKind::Decode, reason));
            }
            return Ok(Decoded {
                text,
                encoding: UTF_8.name(),
                damaged: 0,
                limit: None,
            });
        }
        Err(e) => e.into_bytes(),
    };
    if let Some(reason) = not_text(&bytes) {
        return Err(Error::new(ErrorKind::Decode, reason));
    }
    if is_damaged_utf8(&bytes) {
        return Ok(decode_as(UTF_8, &bytes));
    }
    let encoding = match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => likeliest(&bytes),
    };
    Ok(decode_as(encoding, &bytes))
}

/// The encoding of a stream from its first bytes, where it is plainly not UTF-8; the bytes of a byte-order mark come second.
pub fn sniff(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return Some((encoding, mark));
    }
    if let Some(encoding) = utf16_without_mark(head) {
        return Some((encoding, 0));
    }
    match std::str::from_utf8(head) {
        Ok(_) => None,
        Err(e) if e.error_len().is_none() => None,
        Err(_) if not_text(head).is_some() || is_damaged_utf8(head) => None,
        Err(_) => Some((likeliest(head), 0)),
    }
}

/// Whether bytes begin as a web page does, whatever the name of the file.
pub fn is_page(bytes: &[u8]) -> bool {
    let begin = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let begin = begin.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"].iter().any(|tag| {
        let head = begin.get(..tag.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(tag))
            && begin
                .get(tag.len())
                .is_some_and(|b| b.is_ascii_whitespace() || *b == b'>')
    })
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_lowercase())
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let damaged = if had_errors {
        text.matches('\u{FFFD}').count() as u32
    } else {
        0
    };
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text.into_owned(),
    };
    Decoded {
        text,
        encoding: encoding.name(),
        damaged,
        limit: None,
    }
}

/// Bytes that tell enough of a page's encoding.
const ENOUGH: usize = 1 << 16;

fn likeliest(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // ASCII tells nothing: begin where something else begins.
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let head = &bytes[first.saturating_sub(64)..];
    detector.feed(&head[..head.len().min(ENOUGH)], true);
    detector.guess(Some(b"ru"), Utf8Detection::Deny)
}

/// UTF-16 where every second byte of nearly all characters is that of ASCII or Cyrillic.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(ENOUGH)];
    let pairs = head.len() / 2;
    if pairs < 2 || !head.contains(&0) {
        return None;
    }
    let share = |at: usize| {
        let high = head
            .chunks_exact(2)
            .filter(|pair| matches!(pair[at], 0x04 | 0x20) || (pair[at] == 0 && pair[1 - at] != 0));
        high.count() * 10 >= pairs * 9
    };
    match (share(1), share(0)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes that are not UTF-8 are nevertheless UTF-8 with a few broken characters: at least nine in ten of the
/// sequences of non-ASCII bytes are well-formed.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad * 9
}

/// What the bytes are, where they are no text.
fn not_text(bytes: &[u8]) -> Option<String> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"\xFF\xFE\0\0", "text in UTF-32, which is not read"),
        (b"\0\0\xFE\xFF", "text in UTF-32, which is not read"),
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an Office file"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x1F\x8B", "a gzip file"),
        (b"\x28\xB5\x2F\xFD", "a Zstandard file"),
        (b"\xD0\xCF\x11\xE0", "an old Office file"),
        (b"{\\rtf", "an RTF file"),
        (b"\x7FELF", "a program"),
    ];
    for (magic, what) in MAGIC {
        if bytes.starts_with(magic) {
            return Some(format!("not text: it looks like {what}"));
        }
    }
    let head = &bytes[..bytes.len().min(ENOUGH)];
    let control = count(head, |b| {
        (b < 0x20) & !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A | 0x1B)
    });
    // A stray control character is a fault of a page; one in twenty is no page.
    (control * 20 > head.len()).then(|| "not text: full of control characters".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};

    const PAGE: &str = "В Бишкеке открыли новую школу. «Дети ждали её три года», — сказала директор Айгуль Осмонова.\n";

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), None, None).expect("text")
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn encodings_are_told_by_content() {
        for encoding in [WINDOWS_1251, KOI8_R, IBM866] {
            let page = PAGE.replace('—', "-");
            let page = if encoding == WINDOWS_1251 {
                page
            } else {
                page.replace(['«', '»'], "\"")
            };
            let (bytes, _, unmappable) = encoding.encode(&page);
            assert!(!unmappable);
            let read = read(&bytes);
            assert_eq!(
                (read.text.as_str(), read.damaged),
                (page.as_str(), 0),
                "{}",
                encoding.name()
            );
        }
        for big in [false, true] {
            assert_eq!(read(&utf16(PAGE, big)).text, PAGE);
            assert_eq!(read(&utf16("\u{FEFF}Да", big)).text, "Да");
        }
        assert_eq!(read("\u{FEFF}Да".as_bytes()).text, "Да");
        assert_eq!(read(b"").text, "");
        assert_eq!(read(b"plain").encoding, "UTF-8");
    }

    #[test]
    fn a_flipped_bit_does_not_change_the_encoding() {
        let mut bytes = PAGE.as_bytes().to_vec();
        bytes[5] ^= 0x40;
        let read = read(&bytes);
        assert_eq!((read.encoding, read.damaged > 0), ("UTF-8", true));
    }

    #[test]
    fn what_is_no_text_is_told() {
        let utf32 = b"\xFF\xFE\0\0\x14\x04\0\0\x30\x04\0\0";
        for (bytes, word) in [
            (&b"%PDF-1.7 ..."[..], "PDF"),
            (utf32, "UTF-32"),
            (b"\x00\x01\x02\x03\xFF\xFE\x00", "control"),
        ] {
            let error = decode(bytes.to_vec(), None, None).expect_err("no text");
            assert!(error.reason().contains(word), "{error}");
        }
    }

    #[test]
    fn pages_are_known_by_their_first_tag() {
        for page in [
            "<!DOCTYPE html><p>",
            "\u{FEFF}\r\n<!doctype HTML PUBLIC>",
            "<html lang=ru>",
        ] {
            assert!(is_page(page.as_bytes()), "{page}");
        }
        for text in ["", "<htmlx>", "<p>Да", "«<html>»", "<html"] {
            assert!(!is_page(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn names_of_encodings_are_known() {
        for name in [
            "windows-1251",
            "cp1251",
            "CP866",
            "koi8-r",
            "UTF-16",
            "utf8",
        ] {
            assert!(encoding_named(name).is_some(), "{name}");
        }
        assert!(encoding_named("klingon").is_none());
    }
}
