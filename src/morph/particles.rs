//! Small words of personal names: «фон», “van”; «аль» and «уль» between the halves of a name; «оглы», «кызы».
//!
//! Input: `dictionaries/name_particles.csv`. Output: the [`Particle`] of a lower-cased word. A word may be of several kinds.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::document::Sex;
use crate::error::Result;
use crate::tables::Tables;

/// What a word is as a particle of names: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Particle(u8);

impl Particle {
    /// A word of its own before a surname.
    pub const WORD: Particle = Particle(1);
    /// Such a word that is something else as well, or begins other names too: «да», “la”.
    pub const AMBIGUOUS: Particle = Particle(2);
    /// Joined to its name by a hyphen: «аль-Хасани», «Саифа-уль-Малука».
    pub const JOINT: Particle = Particle(4);
    /// Son, behind the father's name.
    const SON: Particle = Particle(8);
    /// Daughter, behind the father's name.
    const DAUGHTER: Particle = Particle(16);

    /// Whether all of `other` is among these.
    pub const fn is(self, other: Particle) -> bool {
        self.0 & other.0 == other.0
    }

    /// The sex that «son» or «daughter» behind a father's name shows.
    pub fn child(self) -> Option<Sex> {
        if self.is(Particle::SON) {
            Some(Sex::Male)
        } else if self.is(Particle::DAUGHTER) {
            Some(Sex::Female)
        } else {
            None
        }
    }
}

/// The list of particles.
#[derive(Debug)]
pub struct Particles {
    words: HashMap<Box<str>, Particle, FxBuildHasher>,
}

impl Particles {
    /// The list of `tables`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where a row has an unknown use.
    pub fn load(tables: &Tables) -> Result<Particles> {
        let mut words: HashMap<Box<str>, Particle, FxBuildHasher> = HashMap::default();
        tables.each_row("name_particles.csv", ["word", "use"], |[word, r#use]| {
            let particle = match r#use {
                "particle" => Particle::WORD,
                "ambiguous" => Particle(Particle::WORD.0 | Particle::AMBIGUOUS.0),
                "joint" => Particle::JOINT,
                "son" => Particle::SON,
                "daughter" => Particle::DAUGHTER,
                other => return Err(format!("use is {other:?}")),
            };
            words.entry(word.into()).or_default().0 |= particle.0;
            Ok(())
        })?;
        Ok(Particles { words })
    }

    /// What a lower-cased word is.
    pub fn of(&self, lower: &str) -> Particle {
        self.words.get(lower).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_of_names() {
        let list = Particles::load(&Tables::default()).expect("loads");
        assert!(list.of("фон").is(Particle::WORD) && !list.of("фон").is(Particle::AMBIGUOUS));
        assert!(list.of("да").is(Particle::AMBIGUOUS) && list.of("да").is(Particle::JOINT));
        assert!(list.of("уль").is(Particle::JOINT) && !list.of("уль").is(Particle::WORD));
        assert_eq!(list.of("оглы").child(), Some(Sex::Male));
        assert_eq!(list.of("кызы").child(), Some(Sex::Female));
        assert_eq!(list.of("дом"), Particle::default());
    }
}
