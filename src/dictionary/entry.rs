//! Rows of the entity dictionaries -> entries with their names, checked row by row.
//!
//! One row a name; rows of one id make one entry. The same columns serve the dictionaries that are compiled in and users' own
//! files: `id,type,class,name,lang,kind,sex,country,role,match,source`. Columns that a user's file leaves out count as empty,
//! except `id`, `type`, `name`.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::digest;
use super::row::{COLUMNS, Row};
use crate::document::{EntityType, Lang, Maker, Sex};
use crate::error::{Error, ErrorKind, Result};
use crate::tables::Tables;
use crate::tables::kinds::Readers;

/// What sort of name a row gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// The canonical name of its language.
    Full,
    /// A shorter name.
    Short,
    /// An abbreviation.
    Abbreviation,
    /// Another spelling or name.
    Variant,
    /// The long official name; for people with the patronymic.
    Formal,
    /// A name that is no longer used.
    Former,
    /// The adjective of a place: no mention, but it tells whose a thing is.
    Adjective,
    /// An inhabitant: no mention of the place.
    Demonym,
    /// Feminine form of a position.
    Feminine,
}

/// In the order of [`crate::tables::kinds::KINDS`].
const KINDS: [NameKind; 9] = [
    NameKind::Full,
    NameKind::Short,
    NameKind::Abbreviation,
    NameKind::Variant,
    NameKind::Formal,
    NameKind::Former,
    NameKind::Adjective,
    NameKind::Demonym,
    NameKind::Feminine,
];

/// How freely a name may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matching {
    /// Wherever its letter case fits.
    Normal,
    /// Only where the context speaks for it: the name is an ordinary word or another name too.
    Context,
    /// Only in exactly this letter case.
    Exact,
}

/// In the order of [`crate::tables::kinds::MATCHES`].
const MATCHES: [Matching; 3] = [Matching::Normal, Matching::Context, Matching::Exact];
/// In the order of [`crate::tables::kinds::TYPES`].
const TYPES: [EntityType; 4] = [
    EntityType::Person,
    EntityType::Organisation,
    EntityType::Place,
    EntityType::Position,
];
/// In the order of [`crate::tables::kinds::SEXES`].
const SEXES: [Option<Sex>; 3] = [None, Some(Sex::Male), Some(Sex::Female)];
/// In the order of [`crate::tables::kinds::LANGS`].
const LANGS: [Lang; 2] = [Lang::Ru, Lang::En];

/// Text of a dictionary: compiled in, or a user's.
pub type Text = Cow<'static, str>;

/// A name of an entry.
#[derive(Clone, Debug)]
pub struct Name {
    /// Index of its entry.
    pub entry: u32,
    /// As the dictionary writes it, in the nominative.
    pub text: Text,
    /// Language.
    pub lang: Lang,
    /// What sort of name.
    pub kind: NameKind,
    /// How freely it may match.
    pub matching: Matching,
}

/// A person, organisation, place or position of a dictionary.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Stable id.
    pub id: Arc<str>,
    /// What it is.
    pub kind: EntityType,
    /// Finer sort (`ministry`, `city`, `politician` …).
    pub class: Text,
    /// Sex of a person.
    pub sex: Option<Sex>,
    /// ISO 3166 code of its country.
    pub country: Text,
    /// Index of the canonical Russian name.
    pub ru: Option<u32>,
    /// Index of the canonical English name.
    pub en: Option<u32>,
    /// Best-known office in Russian.
    pub role_ru: Option<Text>,
    /// Best-known office in English.
    pub role_en: Option<Text>,
    /// `dictionary:ID`.
    pub rule: Maker,
    /// From a user's file, which wins over ours.
    pub own: bool,
}

/// All entries with their names.
#[derive(Default)]
pub struct Entries {
    /// Entries in order of first row.
    pub entries: Vec<Entry>,
    /// Names in order of rows.
    pub names: Vec<Name>,
    ids: HashMap<Arc<str>, u32, FxBuildHasher>,
}

impl Entries {
    /// The entry of an id.
    pub fn by_id(&self, id: &str) -> Option<(u32, &Entry)> {
        let &index = self.ids.get(id)?;
        Some((index, &self.entries[index as usize]))
    }

    /// The canonical name of an entry in a language, else in the other.
    pub fn canonical(&self, entry: &Entry, lang: Lang) -> Option<&str> {
        let (first, second) = match lang {
            Lang::En => (entry.en, entry.ru),
            _ => (entry.ru, entry.en),
        };
        first.or(second).map(|i| &*self.names[i as usize].text)
    }

    /// The dictionaries that are compiled in, as the build script digested them.
    ///
    /// # Errors
    /// [`ErrorKind::Bug`] where the digest does not fit this program.
    pub(crate) fn compiled_in() -> Result<Self> {
        digest::check()?;
        let mut entries = Entries::default();
        let count = digest::rows().len();
        entries.names.reserve(count);
        entries.entries.reserve(count / 2);
        entries.ids.reserve(count / 2);
        for row in digest::rows() {
            let rule = || Maker::Row(row.rule);
            entries
                .add(&row.fields, false, Cow::Borrowed, rule)
                .map_err(|reason| Error::new(ErrorKind::Bug, reason))?;
        }
        Ok(entries)
    }

    /// Adds the rows of a CSV text; `own` marks a user's file.
    ///
    /// # Errors
    /// [`ErrorKind::Dictionary`] with file, line and reason at the first broken row; rows before it stay added.
    pub fn add_csv(&mut self, file: &str, text: &str, own: bool) -> Result<()> {
        let mut header = true;
        crate::tables::each_row(file, text, COLUMNS, |fields| {
            if std::mem::take(&mut header) && fields[0].is_empty() && fields[1].is_empty() {
                return Err("id and type are empty: does the file have the header line?".into());
            }
            let row = Row::check(fields)?;
            let rule = || Maker::OwnRow(format!("dictionary:{}", row.id).into());
            self.add(&row, own, |text| Cow::Owned(text.to_owned()), rule)
        })
    }

    /// Adds the entity dictionaries of users that `tables` has.
    ///
    /// # Errors
    /// As [`Entries::add_csv`].
    pub(crate) fn add_tables(&mut self, tables: &Tables) -> Result<()> {
        let overlays = tables.overlays().iter();
        for overlay in overlays.filter(|o| o.readers() == Readers::Entities) {
            self.add_csv(overlay.path(), overlay.text(), true)?;
        }
        Ok(())
    }

    fn add<'a>(
        &mut self,
        row: &Row<'a>,
        own: bool,
        keep: impl Fn(&'a str) -> Text,
        rule: impl Fn() -> Maker,
    ) -> std::result::Result<(), String> {
        let kind = TYPES[usize::from(row.r#type)];
        let sex = SEXES[usize::from(row.sex)];
        let name_kind = KINDS[usize::from(row.kind)];
        let lang = LANGS[usize::from(row.lang)];
        // Rows of one entry stand together, so that most need no look-up.
        let same = self.entries.last().is_some_and(|e| *e.id == *row.id);
        let last = self.entries.len().wrapping_sub(1) as u32;
        let index = match same
            .then_some(last)
            .or_else(|| self.ids.get(row.id).copied())
        {
            Some(index) => index,
            None => {
                let index = self.entries.len() as u32;
                let id: Arc<str> = row.id.into();
                self.entries.push(Entry {
                    id: id.clone(),
                    kind,
                    class: keep(row.class),
                    sex,
                    country: keep(row.country),
                    ru: None,
                    en: None,
                    role_ru: None,
                    role_en: None,
                    rule: rule(),
                    own,
                });
                self.ids.insert(id, index);
                index
            }
        };
        let name = self.names.len() as u32;
        let entry = &mut self.entries[index as usize];
        if entry.kind != kind {
            return Err(format!(
                "id {} is {} here and {} before",
                row.id,
                kind.as_str(),
                entry.kind.as_str()
            ));
        }
        entry.sex = entry.sex.or(sex);
        let (canonical, role) = match lang {
            Lang::En => (&mut entry.en, &mut entry.role_en),
            _ => (&mut entry.ru, &mut entry.role_ru),
        };
        if name_kind == NameKind::Full && (canonical.is_none() || own) {
            *canonical = Some(name);
        }
        if !row.role.is_empty() && role.is_none() {
            *role = Some(keep(row.role));
        }
        self.names.push(Name {
            entry: index,
            text: keep(row.name),
            lang,
            kind: name_kind,
            matching: MATCHES[usize::from(row.matching)],
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,type,class,name,lang,kind,sex,country,role,match,source\n";

    #[test]
    fn rows_of_one_id_make_one_entry() {
        let mut all = Entries::default();
        let text = format!(
            "{HEADER}eaeu,ORG,international,Евразийский экономический союз,ru,full,,,,,hand\neaeu,ORG,international,EAEU,en,abbr,,,,exact,hand\n"
        );
        all.add_csv("a.csv", &text, false).expect("good rows");
        assert_eq!((all.entries.len(), all.names.len()), (1, 2));
        let (_, entry) = all.by_id("eaeu").expect("there");
        assert_eq!(
            all.canonical(entry, Lang::En),
            Some("Евразийский экономический союз")
        );
    }

    #[test]
    fn a_broken_row_names_file_line_and_reason() {
        let mut all = Entries::default();
        let text = format!("{HEADER}x,PER,,Пётр Иванов,ru,full,q,,,,hand\n");
        let error = all.add_csv("own.csv", &text, true).expect_err("bad sex");
        assert_eq!(
            error.to_string(),
            "own.csv:2: sex is \"q\", not m, f or empty"
        );
        let short = format!("{HEADER}x,PER\n");
        assert_eq!(
            all.add_csv("own.csv", &short, true)
                .expect_err("short row")
                .line(),
            Some(2)
        );
    }
}
