//! Patterns of attributions around words in marks: after them («A», — сказал X), between their parts, before them (X сказал: «A»), and
//! for fragments in the clause around them. [`claim`] says what a verb or «по словам» makes of the words beside it.

mod around;
mod before;
mod behind;
mod claim;

pub(super) use around::fragment;
pub(super) use before::BEFORE;
pub(super) use behind::{BEHIND, behind_colon};

/// Longest attribution after or before words in marks, in tokens.
pub(super) const REACH: usize = 70;
