//! Rows of the entity dictionaries -> entries with their names, checked row by row.
//!
//! One row a name; rows of one id make one entry. The same columns serve the dictionaries that are compiled in and users' own
//! files: `id,type,class,name,lang,kind,sex,country,role,match,source`. Columns that a user's file leaves out count as empty,
//! except `id`, `type`, `name`.

use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::document::{EntityType, Lang, Rule, Sex};
use crate::error::{Error, ErrorKind, Result};

/// A row as it stands in the file.
struct Row<'a> {
    id: &'a str,
    r#type: &'a str,
    class: &'a str,
    name: &'a str,
    lang: &'a str,
    kind: &'a str,
    sex: &'a str,
    country: &'a str,
    role: &'a str,
    matching: &'a str,
}

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

/// A name of an entry.
#[derive(Clone, Debug)]
pub struct Name {
    /// Index of its entry.
    pub entry: u32,
    /// As the dictionary writes it, in the nominative.
    pub text: Box<str>,
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
    pub class: Box<str>,
    /// Sex of a person.
    pub sex: Option<Sex>,
    /// ISO 3166 code of its country.
    pub country: Box<str>,
    /// Index of the canonical Russian name.
    pub ru: Option<u32>,
    /// Index of the canonical English name.
    pub en: Option<u32>,
    /// Best-known office in Russian.
    pub role_ru: Option<Box<str>>,
    /// Best-known office in English.
    pub role_en: Option<Box<str>>,
    /// `dictionary:ID`.
    pub rule: Rule,
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

    /// Adds the rows of a CSV text; `own` marks a user's file.
    ///
    /// # Errors
    /// [`ErrorKind::Dictionary`] with file, line and reason at the first broken row; rows before it stay added.
    pub fn add_csv(&mut self, file: &str, text: &str, own: bool) -> Result<()> {
        let mut header = true;
        super::each_row(
            file,
            text,
            [
                "id", "type", "class", "name", "lang", "kind", "sex", "country", "role", "match",
            ],
            |[
                id,
                r#type,
                class,
                name,
                lang,
                kind,
                sex,
                country,
                role,
                matching,
            ]| {
                if std::mem::take(&mut header) && id.is_empty() && r#type.is_empty() {
                    return Err("id and type are empty: does the file have the header line?".into());
                }
                self.add(
                    &Row {
                        id,
                        r#type,
                        class,
                        name,
                        lang,
                        kind,
                        sex,
                        country,
                        role,
                        matching,
                    },
                    own,
                )
            },
        )
    }

    /// Appends the entries of another set. An entry whose id is here already keeps its first type; names are added to it.
    ///
    /// # Errors
    /// [`ErrorKind::Dictionary`] where an id has one type here and another there.
    pub fn append(&mut self, other: Entries) -> Result<()> {
        let first_name = self.names.len() as u32;
        let mut places = Vec::with_capacity(other.entries.len());
        for mut entry in other.entries {
            entry.ru = entry.ru.map(|n| n + first_name);
            entry.en = entry.en.map(|n| n + first_name);
            if let Some(&place) = self.ids.get(&entry.id) {
                if self.entries[place as usize].kind != entry.kind {
                    return Err(Error::new(
                        ErrorKind::Dictionary,
                        format!("id {} has two types", entry.id),
                    ));
                }
                places.push(place);
                continue;
            }
            places.push(self.entries.len() as u32);
            self.ids.insert(entry.id.clone(), self.entries.len() as u32);
            self.entries.push(entry);
        }
        self.names.extend(other.names.into_iter().map(|mut name| {
            name.entry = places[name.entry as usize];
            name
        }));
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, own: bool) -> std::result::Result<(), String> {
        let kind = match row.r#type {
            "PER" => EntityType::Person,
            "ORG" => EntityType::Organisation,
            "LOC" => EntityType::Place,
            "POS" => EntityType::Position,
            other => return Err(format!("type is {other:?}, not PER, ORG, LOC or POS")),
        };
        let sex = match row.sex {
            "" => None,
            "m" => Some(Sex::Male),
            "f" => Some(Sex::Female),
            other => return Err(format!("sex is {other:?}, not m, f or empty")),
        };
        let name_kind = match row.kind {
            "" | "full" => NameKind::Full,
            "short" => NameKind::Short,
            "abbr" => NameKind::Abbreviation,
            "variant" => NameKind::Variant,
            "formal" => NameKind::Formal,
            "former" => NameKind::Former,
            "adjective" => NameKind::Adjective,
            "demonym" => NameKind::Demonym,
            "feminine" => NameKind::Feminine,
            other => {
                return Err(format!(
                    "kind is {other:?}, which is none of the known kinds"
                ));
            }
        };
        let matching = match row.matching {
            "" => Matching::Normal,
            "context" => Matching::Context,
            "exact" => Matching::Exact,
            other => return Err(format!("match is {other:?}, not context, exact or empty")),
        };
        let lang = match row.lang {
            "ru" => Lang::Ru,
            "en" => Lang::En,
            "" if row.name.is_ascii() => Lang::En,
            "" => Lang::Ru,
            other => return Err(format!("lang is {other:?}, not ru or en")),
        };
        if row.id.is_empty() {
            return Err("id is empty".into());
        }
        if !row.name.chars().any(char::is_alphanumeric) {
            return Err(format!("name {:?} holds no letter or digit", row.name));
        }
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
                    class: row.class.into(),
                    sex,
                    country: row.country.into(),
                    ru: None,
                    en: None,
                    role_ru: None,
                    role_en: None,
                    rule: Rule::row(format!("dictionary:{id}").into()),
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
            *role = Some(row.role.into());
        }
        self.names.push(Name {
            entry: index,
            text: row.name.into(),
            lang,
            kind: name_kind,
            matching,
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
