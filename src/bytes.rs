//! Questions asked of every byte of a text, sixteen bytes at a time: without a branch for each byte, the processor compares and adds up
//! the sixteen at once.

/// Whether one of the bytes is as `is` says.
#[inline]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> bool {
    // The last ones may be looked at a second time, which is cheaper than one by one.
    if let Some(last) = bytes.last_chunk::<16>() {
        let mut chunks = bytes.as_chunks::<16>().0.iter();
        chunks.any(|chunk| in_chunk(chunk, is)) || in_chunk(last, is)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        in_chunk(first, is) | in_chunk(last, is)
    } else {
        bytes.iter().any(|&b| is(b))
    }
}

#[inline]
fn in_chunk<const N: usize>(chunk: &[u8; N], is: impl Fn(u8) -> bool + Copy) -> bool {
    chunk.iter().fold(false, |found, &b| found | is(b))
}

/// Number of the bytes that are as `is` says.
#[inline]
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> usize {
    let mut count = 0;
    // So few at a time that a byte holds their number.
    for chunk in bytes.chunks(128) {
        let found = chunk
            .iter()
            .fold(0u8, |n, &b| n.wrapping_add(u8::from(is(b))));
        count += usize::from(found);
    }
    count
}

/// The last place at `bytes` or before it that is no inside of a character.
pub(crate) fn boundary_before(text: &str, bytes: usize) -> usize {
    let end = bytes.min(text.len());
    (0..=end)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        for length in 0..300 {
            let mut bytes = vec![b'a'; length];
            assert!(!any(&bytes, |b| b == b'!'));
            assert_eq!(count(&bytes, |b| b == b'a'), length);
            for at in 0..length {
                bytes[at] = b'!';
                assert!(any(&bytes, |b| b == b'!'), "{at} of {length}");
                assert_eq!(count(&bytes, |b| b == b'!'), 1, "{at} of {length}");
                bytes[at] = b'a';
            }
        }
    }
}
