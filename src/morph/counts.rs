//! How many people bear a name: the table that the build script made of `dictionaries/given_name_counts.csv` and
//! `dictionaries/surname_nominatives.csv`, looked into where it lies.
//!
//! Invariant (kept by `build.rs`): slots of twenty bytes, a power of two of them and some empty, each a hash and three numbers, all
//! little-endian.

use crate::hash;

const COUNTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/digest_counts.bin"));

/// How many men and women bear a given name and how many people a surname, by the [`hash::exact`] of its lower-case nominative.
pub(super) fn counts(name: u64) -> Option<[u32; 3]> {
    let slots = COUNTS.as_chunks::<20>().0;
    let mut slot = hash::slot(name) & (slots.len() - 1);
    loop {
        let (found, numbers) = slots[slot].split_first_chunk()?;
        match u64::from_le_bytes(*found) {
            0 => return None,
            found if found == name => {
                let (numbers, _) = numbers.as_chunks::<4>();
                return Some([0, 1, 2].map(|i| u32::from_le_bytes(numbers[i])));
            }
            _ => slot = (slot + 1) & (slots.len() - 1),
        }
    }
}
