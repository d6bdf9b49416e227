//! Dictionary rows -> tables by folded form and by lemma. Russian words stand under their lemmas (and, where the morphology
//! may not know them, their forms), English ones under singular and plural.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use super::words::{
    Alone, Currency, CurrencyKind, Numeral, NumeralKind, Phrase, Roles, Unit, UnitUse, Use,
    WordFacts, fold,
};
use crate::document::{Bound, Decimal};
use crate::error::Result;
use crate::tables::Tables;

#[derive(Deserialize)]
struct CurrencyRow {
    code: Box<str>,
    country: String,
    kind: CurrencyKind,
    form: String,
    lang: String,
    r#use: Use,
    per_unit: u32,
}

#[derive(Deserialize)]
struct UnitRow {
    symbol: String,
    phrase: String,
    lang: String,
    r#use: String,
}

#[derive(Deserialize)]
struct PhraseRow {
    phrase: String,
    lang: String,
    kind: String,
    approx: String,
    bound: String,
}

#[derive(Deserialize)]
struct NumberRow {
    form: String,
    kind: NumeralKind,
    value: String,
    alone: Alone,
}

#[derive(Deserialize)]
struct DateRow {
    form: String,
    kind: String,
    value: i8,
    r#match: String,
}

#[derive(Deserialize)]
struct CountryRow {
    name: String,
    lang: String,
    kind: String,
    country: String,
}

#[derive(Deserialize)]
struct PluralRow {
    form: Box<str>,
    singular: Box<str>,
}

pub(super) type Table<V> = HashMap<Box<str>, V, FxBuildHasher>;

/// The dictionaries of amounts and dates.
#[derive(Default)]
pub(super) struct Words {
    pub forms: Table<WordFacts>,
    pub lemmas: Table<WordFacts>,
    pub currencies: Vec<Vec<Currency>>,
    pub units: Vec<Vec<Unit>>,
    pub before: Vec<Vec<Phrase>>,
    pub after: Vec<Vec<Phrase>>,
    /// Words after degrees that say they are below zero.
    pub below: Vec<Phrase>,
    pub signs: Table<&'static str>,
    /// Letters with the sign that follows them (us$).
    pub prefixes: Table<&'static str>,
    pub symbols: Table<u16>,
    pub plurals: Table<Box<str>>,
}

impl Words {
    /// Reads the dictionaries of `tables`.
    pub fn new(tables: &Tables) -> Result<Self> {
        let mut words = Words::default();
        words.read_numbers(tables)?;
        words.read_currencies(tables)?;
        words.read_units(tables)?;
        words.read_phrases(tables)?;
        words.read_dates(tables)?;
        words.read_countries(tables)?;
        tables.each("english_plurals.csv", |row: PluralRow| {
            words.plurals.insert(row.form, row.singular);
            Ok(())
        })?;
        Ok(words)
    }

    fn form(&mut self, form: &str) -> &mut WordFacts {
        self.forms.entry(fold(form).into()).or_default()
    }

    /// The entry of a lemma: Russian words by their lemmas, English by singular and plural.
    fn lemma(&mut self, lemma: &str) -> &mut WordFacts {
        self.lemmas.entry(fold(lemma).into()).or_default()
    }

    fn read_numbers(&mut self, tables: &Tables) -> Result<()> {
        tables.each("numbers.csv", |row: NumberRow| {
            let value = Decimal::from_plain(&row.value)
                .and_then(|v| v.times(Decimal::whole(100)))
                .filter(|v| v.scale == 0)
                .and_then(|v| u64::try_from(v.digits).ok())
                .ok_or("the value is no number")?;
            let role = if row.kind == NumeralKind::Ordinal {
                Roles::ORDINAL
            } else {
                Roles::NUMERAL
            };
            let entry = self.form(&row.form);
            if !entry.is(Roles::NUMERAL) {
                entry.numeral = Numeral {
                    kind: row.kind,
                    alone: row.alone,
                    hundredths: value,
                    upper: 0,
                };
            }
            entry.roles.add(role);
            Ok(())
        })
    }

    fn read_currencies(&mut self, tables: &Tables) -> Result<()> {
        self.currencies.push(Vec::new());
        let mut index: Table<u16> = Table::default();
        let mut codes: Table<&'static str> = Table::default();
        tables.each("currencies.csv", |row: CurrencyRow| {
            let code = match codes.get(&row.code) {
                Some(code) => code,
                None => {
                    // Codes live as long as the program; there are some two hundred, read once.
                    let code: &'static str = intern(&row.code);
                    codes.insert(row.code.clone(), code);
                    code
                }
            };
            let country =
                two_letters(&row.country).ok_or("the country is no code of two letters")?;
            match row.kind {
                CurrencyKind::Country => {
                    let entry = self.lemma(&row.form);
                    entry.roles.add(Roles::REGION);
                    entry.region = country;
                    let entry = self.form(&row.form);
                    entry.roles.add(Roles::REGION);
                    entry.region = country;
                    return Ok(());
                }
                CurrencyKind::Sign => {
                    self.signs.insert(row.form.into(), code);
                    return Ok(());
                }
                CurrencyKind::Prefix => {
                    self.prefixes
                        .insert(format!("{}{}", row.form, row.lang).into(), code);
                    return Ok(());
                }
                _ => {}
            }
            let key = fold(&row.form);
            let group = *index.entry(key.clone().into()).or_insert_with(|| {
                self.currencies.push(Vec::new());
                (self.currencies.len() - 1) as u16
            });
            self.currencies[usize::from(group)].push(Currency {
                code,
                country,
                kind: row.kind,
                usage: row.r#use,
                minor: row.per_unit == 100,
            });
            self.add_currency_word(&key, group, &row);
            Ok(())
        })
    }

    /// Adds a word that names currencies of a group.
    fn add_currency_word(&mut self, key: &str, group: u16, row: &CurrencyRow) {
        let by_lemma = matches!(row.kind, CurrencyKind::Noun | CurrencyKind::Minor);
        let entry = if by_lemma {
            self.lemma(key)
        } else {
            self.form(key)
        };
        entry.roles.add(Roles::CURRENCY);
        entry.currency = group;
        if by_lemma {
            // Words that do not bend, and rare ones, are missing from the morphology.
            let entry = self.form(key);
            entry.roles.add(Roles::CURRENCY);
            entry.currency = group;
        }
        let entry = if by_lemma {
            self.lemma(key)
        } else {
            self.form(key)
        };
        if row.kind == CurrencyKind::Minor {
            entry.roles.add(Roles::MINOR);
        }
        if (row.kind == CurrencyKind::Iso && row.r#use == Use::Default)
            || (row.kind == CurrencyKind::Abbreviation
                && (row.lang == "en" || row.r#use == Use::Sign))
        {
            entry.roles.add(Roles::PREFIX);
        }
        if !by_lemma && key.contains('.') {
            // «у. е.» in two tokens.
            self.forms.remove(key);
            self.form(&format!("{key}."))
                .merge_currency(group, row.kind);
        }
    }

    fn read_units(&mut self, tables: &Tables) -> Result<()> {
        self.units.push(Vec::new());
        let mut index: Table<u16> = Table::default();
        tables.each("units.csv", |row: UnitRow| {
            let phrase = row.phrase.to_lowercase();
            let mut parts = phrase.split(' ');
            let first = fold(parts.next().unwrap_or_default());
            let rest: Vec<Box<str>> = parts.map(|p| fold(p).into()).collect();
            let key = first.trim_end_matches('.').to_owned();
            let group = *index.entry(key.as_str().into()).or_insert_with(|| {
                self.units.push(Vec::new());
                (self.units.len() - 1) as u16
            });
            let usage = match row.r#use.as_str() {
                "glued" => UnitUse::Glued,
                "upper" => UnitUse::Upper,
                "lower" => UnitUse::Lower,
                "mass" => UnitUse::Mass,
                "weak" => UnitUse::Weak,
                "abbreviation" | "number_glued_or_after" => UnitUse::Abbreviation,
                _ => UnitUse::Word,
            };
            self.units[usize::from(group)].push(Unit {
                symbol: intern(&row.symbol),
                rest,
                usage,
            });
            if !key.chars().next().is_some_and(char::is_alphabetic) {
                self.symbols.insert(key.into(), group);
                return Ok(());
            }
            let entry = if row.lang.is_empty() {
                self.form(&key)
            } else {
                self.lemma(&key)
            };
            entry.roles.add(Roles::UNIT);
            entry.unit = group;
            Ok(())
        })?;
        for group in &mut self.units {
            group.sort_by_key(|u| std::cmp::Reverse(u.rest.len()));
        }
        Ok(())
    }

    fn read_phrases(&mut self, tables: &Tables) -> Result<()> {
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        let mut ends: Table<u16> = Table::default();
        let mut starts: Table<u16> = Table::default();
        tables.each("amount_words.csv", |row: PhraseRow| {
            let role = match row.kind.as_str() {
                "below" => {
                    self.below.push(Phrase {
                        words: fold(&row.phrase).split(' ').map(Into::into).collect(),
                        approx: false,
                        bound: None,
                    });
                    return Ok(());
                }
                "before" | "after" => {
                    self.add_approximation(&row, &mut ends, &mut starts);
                    return Ok(());
                }
                "preposition" => Roles::PREPOSITION,
                "change" => Roles::CHANGE,
                "label" => Roles::LABEL,
                "uncounted" => Roles::UNCOUNTED,
                "weight" => Roles::WEIGHT,
                "genitive" => Roles::GENITIVE,
                "weather" => Roles::WEATHER,
                "angle" => Roles::ANGLE,
                "acronym" => Roles::ACRONYM,
                "percent" => Roles::PERCENT,
                "percent_adjective" => Roles::PERCENT_ADJECTIVE,
                "point" => Roles::POINT,
                "function" => Roles::FUNCTION,
                "coordinate" => Roles::COORDINATE,
                "attributive" => Roles::ATTRIBUTIVE,
                "adverb" => Roles::ADVERB,
                _ => return Err("unknown kind of phrase".to_owned()),
            };
            let by_form = matches!(
                row.kind.as_str(),
                "preposition" | "function" | "genitive" | "acronym" | "attributive" | "adverb"
            ) || (row.lang == "en"
                && matches!(row.kind.as_str(), "change" | "weight"));
            if by_form || row.phrase.chars().count() <= 4 {
                self.form(&row.phrase).roles.add(role);
            }
            if !by_form {
                self.lemma(&row.phrase).roles.add(role);
            }
            Ok(())
        })?;
        for list in self.before.iter_mut().chain(self.after.iter_mut()) {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        Ok(())
    }

    /// Adds words before or behind a number that make it an approximation or a bound; `ends` and `starts` have the groups of phrases by the
    /// word that stands next to the number.
    fn add_approximation(
        &mut self,
        row: &PhraseRow,
        ends: &mut Table<u16>,
        starts: &mut Table<u16>,
    ) {
        let words: Vec<Box<str>> = fold(&row.phrase)
            .replace(',', " ,")
            .split(' ')
            .map(Into::into)
            .collect();
        let before = row.kind == "before";
        let edge = if before { words.last() } else { words.first() };
        let Some(edge) = edge.cloned() else {
            return;
        };
        let phrase = Phrase {
            words,
            approx: row.approx == "yes",
            bound: match row.bound.as_str() {
                "min" => Some(Bound::Min),
                "max" => Some(Bound::Max),
                _ => None,
            },
        };
        let (index, list) = if before {
            (ends, &mut self.before)
        } else {
            (starts, &mut self.after)
        };
        let group = *index.entry(edge.clone()).or_insert_with(|| {
            list.push(Vec::new());
            (list.len() - 1) as u16
        });
        list[usize::from(group)].push(phrase);
        let entry = self.form(&edge);
        if before {
            entry.before = group;
            entry.roles.add(Roles::BEFORE);
        } else {
            entry.after = group;
            entry.roles.add(Roles::AFTER);
        }
    }

    fn read_dates(&mut self, tables: &Tables) -> Result<()> {
        tables.each("dates.csv", |row: DateRow| {
            let role = match row.kind.as_str() {
                "month" => Roles::MONTH,
                "weekday" => Roles::WEEKDAY,
                "day" => Roles::DAY,
                "shift" => Roles::SHIFT,
                "year" => Roles::YEAR,
                "month_word" => Roles::MONTH_WORD,
                "before_year" => Roles::BEFORE_YEAR,
                "before_month" => Roles::BEFORE_MONTH,
                "before_weekday" => Roles::BEFORE_WEEKDAY,
                _ => return Err("unknown kind of date word".to_owned()),
            };
            let entry = if row.r#match == "lemma" {
                self.lemma(&row.form)
            } else {
                self.form(&row.form)
            };
            entry.roles.add(role);
            if row.r#match == "short" {
                entry.roles.add(Roles::SHORT);
            }
            if row.value != 0 {
                entry.date = row.value;
            }
            Ok(())
        })
    }

    /// Adjectives and names of countries, from the dictionary of places.
    fn read_countries(&mut self, tables: &Tables) -> Result<()> {
        tables.each("countries.csv", |row: CountryRow| {
            let wanted = matches!(
                row.kind.as_str(),
                "adjective" | "full" | "abbr" | "variant" | "former"
            );
            let Some(region) = two_letters(&row.country).filter(|_| wanted) else {
                return Ok(());
            };
            if row.name.contains(' ') && row.lang != "en" {
                return Ok(());
            }
            let lower = row.name.to_lowercase();
            let entry = if row.lang == "ru" {
                self.lemma(&lower)
            } else {
                self.form(&lower)
            };
            if !entry.is(Roles::REGION) {
                entry.roles.add(Roles::REGION);
                entry.region = region;
            }
            Ok(())
        })
    }
}

fn two_letters(code: &str) -> Option<[u8; 2]> {
    <[u8; 2]>::try_from(code.as_bytes()).ok()
}

/// Codes and symbols live as long as the program: there are a few hundred, and each is kept once.
fn intern(text: &str) -> &'static str {
    use std::sync::Mutex;
    static KNOWN: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(found) = known.iter().find(|k| **k == text) {
        return found;
    }
    let kept: &'static str = Box::leak(text.into());
    known.push(kept);
    kept
}
