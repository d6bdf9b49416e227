//! A person of the document while mentions are joined.

use super::name::PersonName;
use crate::document::EntityType;
use crate::resolve::cluster::Cluster;

/// A person of the document.
pub(super) struct Person {
    pub(super) name: PersonName,
    pub(super) cluster: usize,
    /// Mention seen last, while mentions are gone through in order.
    pub(super) seen: Option<usize>,
    pub(super) first: usize,
    /// Mentions by full name.
    pub(super) full: usize,
}

impl Person {
    /// Of a name that no person before has, mentioned first at mention `first`; makes a cluster.
    pub(super) fn new(name: PersonName, clusters: &mut Vec<Cluster>, first: usize) -> Self {
        clusters.push(Cluster {
            kind: EntityType::Person,
            entry: None,
            name: name.whole.clone(),
            fullness: name.words,
            sex: name.sex,
            ambiguous: false,
            slug: String::new(),
        });
        Person {
            name,
            cluster: clusters.len() - 1,
            seen: None,
            first,
            full: 0,
        }
    }
}
