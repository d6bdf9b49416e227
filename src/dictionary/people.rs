//! The people of the dictionaries, to be found by their surnames.

use super::entry::Entries;
use crate::document::EntityType;
use crate::words::stem;

/// Names of people by the key of their last word.
#[derive(Default)]
pub struct People {
    /// Key of the surname and index of the name, sorted.
    names: Vec<(u64, u32)>,
}

impl People {
    /// The people of `entries`.
    pub(crate) fn new(entries: &Entries) -> Self {
        let mut names = Vec::new();
        let mut lower = String::new();
        for (index, name) in entries.names.iter().enumerate() {
            if entries.entries[name.entry as usize].kind != EntityType::Person {
                continue;
            }
            let last = name.text.rsplit(' ').next().unwrap_or(&name.text);
            lower.clear();
            lower.extend(last.chars().flat_map(char::to_lowercase));
            names.push((stem::key(&lower), index as u32));
        }
        names.sort_unstable();
        People { names }
    }

    /// Indices of the names whose last word has the key.
    pub fn with_key(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let first = self.names.partition_point(|(k, _)| *k < key);
        self.names[first..]
            .iter()
            .take_while(move |(k, _)| *k == key)
            .map(|(_, name)| *name)
    }
}
