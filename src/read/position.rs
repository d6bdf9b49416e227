//! How far a run has read: so many items, and what they were. A run that is taken up passes over as many, and learns whether they
//! are the same ones: a folder may have got files in between.

use std::path::Path;

use crate::hash;

/// A place between two items of the input: documents, or failures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    items: u64,
    /// Of paths and lines of all items before.
    hash: u64,
}

impl Position {
    /// Items before this place.
    pub fn items(self) -> u64 {
        self.items
    }

    /// The place behind one more item, which stands at this line of this file.
    #[must_use]
    pub fn after(self, path: &Path, line: Option<u64>) -> Self {
        let place = hash::of(&path.to_string_lossy()) ^ line.unwrap_or(0);
        Position {
            items: self.items + 1,
            hash: hash::mix(self.hash.wrapping_add(hash::mix(place))),
        }
    }
}
