//! How many names are compared with each other: what a test holds against the number of people in a document.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    /// Names that were compared with each other.
    pub(super) static COMPARED: Cell<usize> = const { Cell::new(0) };
}

/// Counts a comparison of two names, for the test that says how their number grows with a document's people.
#[inline]
pub(super) fn compared() {
    #[cfg(test)]
    COMPARED.with(|count| count.set(count.get() + 1));
}
