//! Hashes that are the same in every run: of texts ([`of`]), on every machine too; of words ([`word`], [`exact`]), which are looked up in
//! tables, on machines of one word size. (The build script lays out the compiled-in tables with this file.)

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// A well-mixed 64-bit value (the finalizer of MurmurHash3).
pub(crate) const fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x ^= x >> 33;
    x = x.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    x ^ (x >> 33)
}

/// Of a text: FNV-1a, mixed.
pub(crate) fn of(text: &str) -> u64 {
    mix(text.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    }))
}

/// Of a lower-cased word; ё and е are one letter.
pub(crate) fn word(lower: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in lower.chars() {
        let c = if c == 'ё' { 'е' } else { c };
        hasher.write_u32(u32::from(c));
    }
    hasher.finish()
}

/// Of a word in exactly this spelling.
pub(crate) fn exact(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Where a table looks for the hash of a word first; to be cut to the table's size.
pub(crate) fn slot(hash: u64) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}
