//! Languages that quotations are found in: a trait with what a language brings, and a pack for each.
//!
//! Input: tokens around a cue of speech, as [`crate::view::View`] shows them; output: who is named there and which words are theirs.
//! [`pack`] is the trait, [`habits`] are how it sets attributions, [`region`] walks to where an attribution may stand, [`clauses`] and [`types`] are what a pack works on and gives,
//! [`statement`] keeps words without marks. A language joins the list of [`Packs`].

pub mod clauses;
pub mod english;
pub mod habits;
pub mod kind;
pub mod means;
pub mod pack;
pub mod region;
pub mod russian;
pub mod statement;
pub mod types;

use crate::document::Lang;
use pack::Language;

/// The languages that quotations are found in.
pub struct Packs(Vec<Box<dyn Language>>);

impl Default for Packs {
    fn default() -> Self {
        Packs(vec![Box::new(russian::Russian), Box::new(english::English)])
    }
}

impl Packs {
    /// The pack of a language; none for one that has no pack: words of such blocks are left alone.
    pub fn of(&self, lang: Lang) -> Option<&dyn Language> {
        let pack = self.0.iter().find(|pack| pack.lang() == lang)?;
        Some(&**pack)
    }

    /// The codes of the languages.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + '_ {
        self.0.iter().map(|pack| pack.lang())
    }

    /// Adds a language; one of the same code gives way to it.
    pub fn add(&mut self, pack: Box<dyn Language>) {
        self.0.insert(0, pack);
    }
}
