//! A table that grows and is read by many threads without locks, and columns of facts about words, which are such tables.
//!
//! What was put at a place stays there and is never changed, so that a reader needs no more than to see whether it is there. The table
//! grows by pieces, each a fourth or less of what is there already: nothing is moved, and little room is empty.

use std::sync::OnceLock;

use super::WordId;

/// One fact about every word of a list, found where it is asked for first. A room owns the columns that it reads.
pub struct Column<T> {
    table: Table<T>,
    /// That of what is no word.
    nothing: T,
}

impl<T: Default> Default for Column<T> {
    fn default() -> Self {
        Column {
            table: Table::default(),
            nothing: T::default(),
        }
    }
}

impl<T> Column<T> {
    /// The fact about a word; `find` finds it where no thread has. What is no word has the default.
    pub fn get(&self, word: WordId, find: impl FnOnce() -> T) -> &T {
        match word {
            WordId::NONE => &self.nothing,
            WordId(place) => self.table.get_or_make(place, find).unwrap_or(&self.nothing),
        }
    }
}

/// Values at places from 0 on.
pub(super) struct Table<T> {
    pieces: [OnceLock<Box<[OnceLock<T>]>>; PIECES],
}

/// Places of the first four pieces together.
const FIRST: u32 = 1024;
/// Pieces for all places of 31 bits.
const PIECES: usize = 4 * (31 - FIRST.ilog2() as usize);

/// Number of the piece that a place is in, its size, and the place within it.
fn find(place: u32) -> (usize, usize, usize) {
    let n = place.saturating_add(FIRST);
    let bits = n.ilog2();
    let size = 1usize << (bits - 2);
    let quarter = (n >> (bits - 2)) as usize & 3;
    let piece = (bits - FIRST.ilog2()) as usize * 4 + quarter;
    (piece, size, n as usize & (size - 1))
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            pieces: [const { OnceLock::new() }; PIECES],
        }
    }
}

impl<T> Table<T> {
    /// What is at a place, if anything is.
    pub fn get(&self, place: u32) -> Option<&T> {
        let (piece, _, within) = find(place);
        self.pieces.get(piece)?.get()?.get(within)?.get()
    }

    /// What is at a place; `make` gives it where nothing is. None beyond 31 bits.
    pub fn get_or_make(&self, place: u32, make: impl FnOnce() -> T) -> Option<&T> {
        let (piece, size, within) = find(place);
        let piece = self
            .pieces
            .get(piece)?
            .get_or_init(|| (0..size).map(|_| OnceLock::new()).collect());
        Some(piece.get(within)?.get_or_init(make))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_each_other_through_all_pieces() {
        let mut last = find(0);
        assert_eq!(last, (0, 256, 0));
        for place in 1..300_000 {
            let (piece, size, within) = find(place);
            if within == 0 {
                assert_eq!((piece, last.2 + 1), (last.0 + 1, last.1), "{place}");
            } else {
                assert_eq!(
                    (piece, size, within),
                    (last.0, last.1, last.2 + 1),
                    "{place}"
                );
            }
            last = (piece, size, within);
        }
        assert_eq!(find((1 << 31) - 1 - FIRST).0, PIECES - 1);
        assert_eq!(find(u32::MAX).0, PIECES + 3);
    }

    #[test]
    fn what_was_put_first_stays() {
        let table = Table::default();
        assert_eq!(table.get(5000), None);
        assert_eq!(table.get_or_make(5000, || 'a'), Some(&'a'));
        assert_eq!(table.get_or_make(5000, || 'b'), Some(&'a'));
        assert_eq!((table.get(5000), table.get(4999)), (Some(&'a'), None));
        assert_eq!(table.get_or_make(u32::MAX, || 'c'), None);
    }
}
