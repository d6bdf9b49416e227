//! A row of an entity dictionary: its fields, checked. The build script reads the compiled-in dictionaries with the same code as
//! the library reads users' files, so that this file leans on nothing but the standard library and
//! the description of tables.

use crate::tables::kinds::{KINDS, LANGS, MATCHES, SEXES, TYPES};

/// The columns of the entity dictionaries that are read.
pub const COLUMNS: [&str; 10] = [
    "id", "type", "class", "name", "lang", "kind", "sex", "country", "role", "match",
];

/// A row; the numbers are indices into the lists above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Id of the entry.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// Finer sort of the entry.
    pub class: &'a str,
    /// ISO 3166 code of the entry's country.
    pub country: &'a str,
    /// Best-known office.
    pub role: &'a str,
    /// Index into [`TYPES`].
    pub r#type: u8,
    /// Index into [`LANGS`].
    pub lang: u8,
    /// Index into [`KINDS`].
    pub kind: u8,
    /// Index into [`SEXES`].
    pub sex: u8,
    /// Index into [`MATCHES`].
    pub matching: u8,
}

fn place(list: &[&str], word: &str) -> Option<u8> {
    list.iter().position(|w| *w == word).map(|i| i as u8)
}

impl<'a> Row<'a> {
    /// Checks the fields of the columns [`COLUMNS`]; the error is the reason.
    pub fn check(fields: [&'a str; 10]) -> Result<Self, String> {
        let [
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
        ] = fields;
        let row = Row {
            id,
            name,
            class,
            country,
            role,
            r#type: place(&TYPES, r#type)
                .ok_or_else(|| format!("type is {type:?}, not PER, ORG, LOC or POS"))?,
            sex: place(&SEXES, sex).ok_or_else(|| format!("sex is {sex:?}, not m, f or empty"))?,
            kind: match kind {
                "" => 0,
                kind => place(&KINDS, kind)
                    .ok_or_else(|| format!("kind is {kind:?}, which is none of the known kinds"))?,
            },
            matching: place(&MATCHES, matching)
                .ok_or_else(|| format!("match is {matching:?}, not context, exact or empty"))?,
            lang: match lang {
                "" => u8::from(name.is_ascii()),
                lang => {
                    place(&LANGS, lang).ok_or_else(|| format!("lang is {lang:?}, not ru or en"))?
                }
            },
        };
        if id.is_empty() {
            return Err("id is empty".into());
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(format!("name {name:?} holds no letter or digit"));
        }
        Ok(row)
    }
}
