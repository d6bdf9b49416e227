//! What is known of an entity before all its mentions are.

use crate::document::{EntityType, Sex};

/// An entity while its mentions are gathered.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) kind: EntityType,
    /// Index of its dictionary entry.
    pub(super) entry: Option<u32>,
    /// Fullest name so far, in the nominative.
    pub(super) name: String,
    /// How full it is.
    pub(super) fullness: usize,
    pub(super) sex: Option<Sex>,
    /// Several people have this name.
    pub(super) ambiguous: bool,
    /// Slug of an entity that has no dictionary entry; made from the name where it is empty.
    pub(super) slug: String,
}
