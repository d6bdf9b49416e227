//! Places in a text: [`Span`] in bytes, and [`OffsetMap`] that turns bytes into Unicode code points.
//!
//! Everything inside the library counts bytes of UTF-8; export alone counts code points, because that is
//! what Python, R and the annotation formats count.

use std::fmt;
use std::ops::Range;

use crate::bytes::count;

/// A half-open range of bytes in a document's text. Both ends lie on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `start..end` bytes.
    ///
    /// Texts are limited to 4 GiB (see [`crate::Error`]), so that an offset fits 32 bits.
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span {
            start: start as u32,
            end: end as u32,
        }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text that the span covers; empty where the span does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Turns byte offsets of one text into Unicode code points.
///
/// Building it reads the text once; a look-up is a table access and at most 15 bytes of counting.
///
/// ```
/// use glagol::{OffsetMap, Span};
/// let text = "ЕАЭС — союз";
/// let map = OffsetMap::new(text);
/// assert_eq!(map.code_point(text, "ЕАЭС".len()), 4);
/// assert_eq!(map.code_points(text, Span::new(0, text.len())), (0, 11));
/// ```
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    /// Code points before every 16th byte.
    marks: Vec<u32>,
}

/// Bytes between two marks of an [`OffsetMap`].
const STRIDE: usize = 16;

/// Code points that begin in the bytes.
fn begin(bytes: &[u8]) -> u32 {
    count(bytes, |b| !matches!(b, 0x80..=0xBF)) as u32
}

impl OffsetMap {
    /// The map of `text`.
    pub fn new(text: &str) -> Self {
        let mut map = OffsetMap::default();
        map.reset(text);
        map
    }

    /// Makes it the map of another text and keeps its memory.
    pub fn reset(&mut self, text: &str) {
        self.marks.clear();
        let (chunks, rest) = text.as_bytes().as_chunks::<STRIDE>();
        self.marks.reserve(chunks.len() + 2);
        let mut points = 0;
        self.marks.push(points);
        for chunk in chunks {
            points += begin(chunk);
            self.marks.push(points);
        }
        self.marks.push(points + begin(rest));
    }

    /// Code points before byte `offset` of `text`, which must be the text that the map was made of. An offset past the end
    /// counts as the end.
    pub fn code_point(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let mark = offset / STRIDE;
        let points = self.marks.get(mark).copied().unwrap_or(0);
        (points + begin(&text.as_bytes()[mark * STRIDE..offset])) as usize
    }

    /// Start and end of `span` in code points.
    pub fn code_points(&self, text: &str, span: Span) -> (usize, usize) {
        (
            self.code_point(text, span.start()),
            self.code_point(text, span.end()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_counting_chars() {
        let text = "Минск — 5 февраля; “quote” 😀 конец. ".repeat(9);
        let map = OffsetMap::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(map.code_point(&text, byte), n);
        }
        assert_eq!(map.code_point(&text, text.len()), text.chars().count());
    }

    #[test]
    fn spans_compare_by_bytes() {
        let (a, b) = (Span::new(0, 4), Span::new(4, 6));
        assert!(!a.overlaps(b) && a.cover(b).contains(b));
        assert_eq!(a.slice("да"), "да");
        assert_eq!(Span::new(1, 4).slice("да"), "");
    }
}
