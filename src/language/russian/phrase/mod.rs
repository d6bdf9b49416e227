//! Russian noun phrases as sources: what a phrase is, and which case a word of it stands in.
//!
//! Input: a [`View`](crate::view::View) and a range of tokens; output: [`Phrase`](crate::language::clauses::Phrase)s that stand in the nominative (subjects) or another case
//! («по словам» and the genitive). Invariant: a phrase lies inside the range that it was looked for in.
//!
//! [`reading`] finds the head, [`extent`] what belongs to it, [`prepositional`] what a preposition governs, [`subject`] the
//! phrases that may be the subject of a verb, [`naming`] the mention that names a phrase.

mod case;
mod extent;
mod naming;
mod prepositional;
mod reading;
mod subject;

pub use case::Wanted;
pub use extent::{coordinated, with_attribute};
pub use naming::source;
pub use prepositional::skip_prepositional;
pub use reading::read;
pub use subject::subjects;
