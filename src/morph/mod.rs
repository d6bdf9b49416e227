//! Words: the readings of a Russian word form (lemma, part of speech, grammemes), prediction for unknown words, inflection.
//!
//! Everything that knows the crate behind it (rumorph, with the OpenCorpora and Wiktionary dictionary under CC BY-SA 4.0)
//! stands in `morphology`; the rest of the library sees [`Reading`] and [`Tag`].

mod candidates;
mod chinese;
mod context;
mod counts;
mod endings;
mod forms;
mod known;
mod lists;
mod morphology;
mod name;
mod names;
mod particles;
mod phrase;
mod plain;
mod reading;
mod tag;
mod translit;
mod weights;
mod writing;

pub(crate) use context::ContextWord;
pub use lists::GivenName;
pub use morphology::Morphology;
pub use name::{Certainty, NameContext, NamePart, NameWord, Nominative};
pub use particles::{Particle, Particles};
pub(crate) use phrase::PhraseWord;
pub use reading::{Reading, with_new_lemmas};
pub use tag::{Case, CaseSet, Gender, NameType, Number, Pos, Tag, Tense, VerbForm};
pub use translit::{Standard, Transliterator, match_key};
