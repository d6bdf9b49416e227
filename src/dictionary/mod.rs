//! Dictionaries: CSV with a header, one row a name, into typed rows; a broken row is an error with file, line and reason.
//!
//! The entity dictionaries (people, organisations, places, positions) and users' own files share one set of columns:
//! `id,type,class,name,lang,kind,sex,country,role,match,source`.

pub mod composed;
pub(crate) mod digest;
mod entry;
mod explain;
pub mod gazetteer;
pub mod names;
pub mod organisation_words;
pub mod people;
pub mod roles;
mod row;

pub use entry::{Entries, Entry, Matching, Name, NameKind, Text};
pub use explain::{Explained, explain};

use crate::error::Result;
use crate::tables::Tables;

/// Who and what the dictionaries know: entries with their names, and what is looked up by names.
pub struct Dictionaries {
    /// People, organisations, places and positions.
    pub entries: Entries,
    /// Their names, by keys.
    pub gazetteer: gazetteer::Gazetteer,
    /// Given names and surnames.
    pub names: names::NameLists,
    /// The people by their surnames.
    pub people: people::People,
    /// The words that organisations are called by.
    pub organisation_words: organisation_words::OrganisationWords,
    /// Which positions may stand for which.
    pub roles: roles::Roles,
    /// Organisations of countries by the words that they have in every country.
    pub composed: composed::Composed,
}

impl Dictionaries {
    /// Those that are compiled in, and a user's of `tables`, whose entries win over ours.
    pub(crate) fn new(tables: &Tables, tokenize: gazetteer::Tokenizer) -> Result<Self> {
        let mut entries = Entries::compiled_in()?;
        let ours = entries.names.len();
        entries.add_tables(tables)?;
        let (gazetteer, (people, composed)) = rayon::join(
            || gazetteer::Gazetteer::compiled_in(&entries, tokenize),
            || {
                (
                    people::People::new(&entries),
                    composed::Composed::new(&entries),
                )
            },
        );
        let mut names = names::NameLists::load(tables)?;
        names.add_people(&entries, ours);
        Ok(Dictionaries {
            names,
            people,
            organisation_words: organisation_words::OrganisationWords::load(tables)?,
            roles: roles::Roles::load(tables, &entries)?,
            composed,
            entries,
            gazetteer,
        })
    }

    /// Adds a dictionary of the user's own, whose entries win over ours. `file` is its name in errors.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] with file, line and reason at the first broken row.
    pub fn add(&mut self, file: &str, text: &str) -> Result<()> {
        let first = self.entries.names.len();
        self.entries.add_csv(file, text, true)?;
        self.gazetteer.add(&self.entries, first);
        self.names.add_people(&self.entries, first);
        self.people = people::People::new(&self.entries);
        self.composed = composed::Composed::new(&self.entries);
        Ok(())
    }
}
