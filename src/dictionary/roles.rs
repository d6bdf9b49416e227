//! Which positions may stand for which: «глава государства» for a president, «эксперт» for anybody.
//!
//! Input: `dictionaries/role_relations.csv`; output: [`Roles`], by indices of entries.

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

use super::entry::Entries;
use crate::error::Result;
use crate::tables::Tables;

/// Which positions may stand for which.
pub struct Roles {
    /// General position -> the specific ones that it may stand for, as indices of entries.
    specific: HashMap<u32, Vec<u32>, FxBuildHasher>,
    /// Positions that may stand for anybody (эксперт).
    anybody: HashSet<u32, FxBuildHasher>,
}

impl Roles {
    /// The relations of `tables` between the positions of `entries`.
    pub(crate) fn load(tables: &Tables, entries: &Entries) -> Result<Self> {
        let mut roles = Roles {
            specific: HashMap::default(),
            anybody: HashSet::default(),
        };
        tables.each_row(
            "role_relations.csv",
            ["general", "specific"],
            |[general, specific]| {
                let index = |id: &str| {
                    entries
                        .by_id(id)
                        .map(|(index, _)| index)
                        .ok_or_else(|| format!("there is no position {id}"))
                };
                if specific == "*" {
                    roles.anybody.insert(index(general)?);
                } else {
                    let listed = roles.specific.entry(index(general)?).or_default();
                    listed.push(index(specific)?);
                }
                Ok(())
            },
        )?;
        Ok(roles)
    }

    /// The positions that a general one may stand for (indices of entries).
    pub(crate) fn specific(&self, general: u32) -> &[u32] {
        self.specific.get(&general).map_or(&[], Vec::as_slice)
    }

    /// Whether a position (index of its entry) may stand for anybody.
    pub(crate) fn is_anybody(&self, position: u32) -> bool {
        self.anybody.contains(&position)
    }
}
