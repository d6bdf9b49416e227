//! What a single word can be in an amount or date: number, scale, currency, unit, approximation, month.
//!
//! Dictionary rows -> tables by folded form and by lemma -> [`WordFacts`] of each distinct word, found once. Invariant: a
//! word that no table knows has no roles, and the hot path skips it after one comparison.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use crate::dictionary::rows;
use crate::document::{Bound, Decimal};
use crate::error::{Error, ErrorKind, Result};
use crate::morph::{Pos, Reading};

/// What a word can be, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u32);

impl Roles {
    pub const NUMERAL: Roles = Roles(1);
    /// Parts joined by hyphens, the first of them a number: two-mile, half-million.
    pub const COMPOUND: Roles = Roles(1 << 1);
    pub const CURRENCY: Roles = Roles(1 << 2);
    /// A currency that may stand before its number: EUR 5, Rs 500.
    pub const PREFIX: Roles = Roles(1 << 3);
    pub const UNIT: Roles = Roles(1 << 4);
    pub const PERCENT: Roles = Roles(1 << 5);
    pub const PERCENT_ADJECTIVE: Roles = Roles(1 << 6);
    pub const POINT: Roles = Roles(1 << 7);
    /// Never counted: periods of time and their like.
    pub const UNCOUNTED: Roles = Roles(1 << 8);
    pub const LABEL: Roles = Roles(1 << 9);
    pub const CHANGE: Roles = Roles(1 << 10);
    pub const PREPOSITION: Roles = Roles(1 << 11);
    /// Last word of a phrase that stands before a number.
    pub const BEFORE: Roles = Roles(1 << 12);
    /// First word of a phrase that stands after a number.
    pub const AFTER: Roles = Roles(1 << 13);
    pub const MONTH: Roles = Roles(1 << 14);
    pub const WEEKDAY: Roles = Roles(1 << 15);
    pub const DAY: Roles = Roles(1 << 16);
    pub const SHIFT: Roles = Roles(1 << 17);
    pub const YEAR: Roles = Roles(1 << 18);
    pub const MONTH_WORD: Roles = Roles(1 << 19);
    pub const ORDINAL: Roles = Roles(1 << 20);
    /// A short form of a month.
    pub const SHORT: Roles = Roles(1 << 21);
    pub const REGION: Roles = Roles(1 << 22);
    pub const FUNCTION: Roles = Roles(1 << 23);
    pub const MINOR: Roles = Roles(1 << 24);
    /// Tells that pounds are a mass.
    pub const WEIGHT: Roles = Roles(1 << 25);
    /// Asks for the genitive, so that «тысячи» after it is singular.
    pub const GENITIVE: Roles = Roles(1 << 26);
    /// A word of capitals that can be counted though the morphology does not know it.
    pub const ACRONYM: Roles = Roles(1 << 27);
    /// Tells that degrees are those of a thermometer.
    pub const WEATHER: Roles = Roles(1 << 28);
    /// Tells that degrees are those of an angle.
    pub const ANGLE: Roles = Roles(1 << 29);
    /// What an amount or a date may begin with, numbers in digits and signs apart.
    pub const ANCHOR: Roles = Roles(
        Self::NUMERAL.0
            | Self::COMPOUND.0
            | Self::PREFIX.0
            | Self::MONTH.0
            | Self::WEEKDAY.0
            | Self::DAY.0
            | Self::SHIFT.0
            | Self::ORDINAL.0,
    );

    /// Whether the two share a role.
    pub const fn any(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Roles) {
        self.0 |= other.0;
    }
}

/// Which place a number word takes in a number phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NumeralKind {
    #[default]
    Unit,
    Teen,
    Ten,
    Hundred,
    /// двое, трое: counts people.
    Collective,
    /// полтора; half before a scale word.
    Half,
    /// полмиллиона: a whole number phrase in one word.
    Whole,
    /// тысяча, million, dozen.
    Scale,
    /// «с половиной».
    Addend,
    /// пятое, fifth.
    Ordinal,
}

/// Whether a scale word may stand alone, as one of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Alone {
    /// It must have a number.
    #[default]
    #[serde(rename = "")]
    Never,
    /// «тысячу».
    One,
    /// «тысячи» is singular only after a word that asks for the genitive.
    Governed,
    /// After “a”, “half a”.
    Article,
    /// Only glued to its digits: 5m.
    Glued,
}

/// A number word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numeral {
    pub kind: NumeralKind,
    pub alone: Alone,
    /// Value in hundredths.
    pub hundredths: u64,
    /// Upper end, in hundredths, of a range in one word (два-три); 0 for none.
    pub upper: u64,
}

impl Numeral {
    pub const fn value(self) -> Decimal {
        Decimal {
            digits: self.hundredths as i128,
            scale: 2,
        }
    }
}

/// What is known of a word for amounts and dates.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordFacts {
    pub(super) roles: Roles,
    pub(super) numeral: Numeral,
    /// Index into [`Words::currencies`].
    pub(super) currency: u16,
    /// Index into [`Words::units`].
    pub(super) unit: u16,
    /// Index into [`Words::before`].
    pub(super) before: u16,
    /// Index into [`Words::after`].
    pub(super) after: u16,
    /// Country of an adjective or name, as the two letters of its code.
    pub(super) region: [u8; 2],
    /// Number of the month or weekday; days or years to add.
    pub(super) date: i8,
}

impl WordFacts {
    /// Of a word that no table knows.
    pub(super) const NONE: WordFacts = WordFacts {
        roles: Roles(0),
        numeral: Numeral {
            kind: NumeralKind::Unit,
            alone: Alone::Never,
            hundredths: 0,
            upper: 0,
        },
        currency: 0,
        unit: 0,
        before: 0,
        after: 0,
        region: [0; 2],
        date: 0,
    };

    pub(super) const fn is(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }

    fn merge(&mut self, other: &WordFacts) {
        let fresh = Roles(other.roles.0 & !self.roles.0);
        self.roles.add(other.roles);
        if fresh.any(Roles::NUMERAL) || (fresh.any(Roles::ORDINAL) && !self.is(Roles::NUMERAL)) {
            self.numeral = other.numeral;
        }
        if fresh.any(Roles::CURRENCY) {
            self.currency = other.currency;
        }
        if fresh.any(Roles::UNIT) {
            self.unit = other.unit;
        }
        if fresh.any(Roles::BEFORE) {
            self.before = other.before;
        }
        if fresh.any(Roles::AFTER) {
            self.after = other.after;
        }
        if fresh.any(Roles::REGION) {
            self.region = other.region;
        }
        if self.date == 0 {
            self.date = other.date;
        }
    }
}

/// How a currency's name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Use {
    /// Alone it means this currency.
    Default,
    /// It means this currency where its country is named.
    Region,
    /// An ISO code that is also a word: after a number only.
    After,
    /// Only glued to its number.
    Glued,
    /// Letters that stand before a number as a sign does.
    Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CurrencyKind {
    Noun,
    Minor,
    Sign,
    Prefix,
    Abbreviation,
    Iso,
    /// A word for the country, shortened or missing in the dictionary of places.
    Country,
}

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

/// One meaning of a currency's name.
#[derive(Clone, Debug)]
pub(super) struct Currency {
    pub code: &'static str,
    pub country: [u8; 2],
    pub kind: CurrencyKind,
    pub usage: Use,
    /// A hundredth of the currency.
    pub minor: bool,
}

#[derive(Deserialize)]
struct UnitRow {
    symbol: String,
    phrase: String,
    lang: String,
    r#use: String,
}

/// A phrase that names a unit of measure.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub symbol: &'static str,
    /// Words after the first, folded lemmas or forms.
    pub rest: Vec<Box<str>>,
    pub usage: UnitUse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitUse {
    Word,
    Abbreviation,
    Glued,
    Upper,
    Lower,
    /// A name of money that is a unit of mass where the words say so.
    Mass,
    /// A word that is a unit only of temperatures.
    Weak,
}

#[derive(Deserialize)]
struct PhraseRow {
    phrase: String,
    lang: String,
    kind: String,
    approx: String,
    bound: String,
}

/// A phrase of approximation.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Folded forms; a comma is a word of its own.
    pub words: Vec<Box<str>>,
    pub approx: bool,
    pub bound: Option<Bound>,
}

#[derive(Deserialize)]
struct NumberRow {
    form: String,
    lang: String,
    kind: NumeralKind,
    value: String,
    alone: Alone,
}

#[derive(Deserialize)]
struct DateRow {
    form: String,
    lang: String,
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

type Table<V> = HashMap<Box<str>, V, FxBuildHasher>;

/// The dictionaries of amounts and dates.
#[derive(Default)]
pub(super) struct Words {
    forms: Table<WordFacts>,
    lemmas: Table<WordFacts>,
    pub currencies: Vec<Vec<Currency>>,
    pub units: Vec<Vec<Unit>>,
    pub before: Vec<Vec<Phrase>>,
    pub after: Vec<Vec<Phrase>>,
    signs: Table<&'static str>,
    /// Letters with the sign that follows them (us$).
    prefixes: Table<&'static str>,
    symbols: Table<u16>,
    plurals: Table<Box<str>>,
}

impl Words {
    /// Reads the dictionaries that are compiled in.
    pub fn new() -> Result<Self> {
        let mut words = Words::default();
        words.read_numbers()?;
        words.read_currencies()?;
        words.read_units()?;
        words.read_phrases()?;
        words.read_dates()?;
        words.read_countries()?;
        let file = "dictionaries/english_plurals.csv";
        for row in rows::<PluralRow>(file, include_str!("../../dictionaries/english_plurals.csv"))?
        {
            words.plurals.insert(row.form, row.singular);
        }
        Ok(words)
    }

    fn form(&mut self, form: &str) -> &mut WordFacts {
        self.forms.entry(fold(form).into()).or_default()
    }

    /// The entry of a lemma: Russian words by their lemmas, English by singular and plural.
    fn lemma(&mut self, lemma: &str) -> &mut WordFacts {
        self.lemmas.entry(fold(lemma).into()).or_default()
    }

    fn read_numbers(&mut self) -> Result<()> {
        let file = "dictionaries/numbers.csv";
        for (line, row) in (2..).zip(rows::<NumberRow>(
            file,
            include_str!("../../dictionaries/numbers.csv"),
        )?) {
            let value = Decimal::from_plain(&row.value)
                .and_then(|v| v.times(Decimal::whole(100)))
                .filter(|v| v.scale == 0)
                .and_then(|v| u64::try_from(v.digits).ok())
                .ok_or_else(|| broken(file, line, "the value is no number"))?;
            let role = if row.kind == NumeralKind::Ordinal {
                Roles::ORDINAL
            } else {
                Roles::NUMERAL
            };
            let _ = row.lang;
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
        }
        Ok(())
    }

    fn read_currencies(&mut self) -> Result<()> {
        let file = "dictionaries/currencies.csv";
        self.currencies.push(Vec::new());
        let mut index: Table<u16> = Table::default();
        let mut codes: Table<&'static str> = Table::default();
        for (line, row) in (2..).zip(rows::<CurrencyRow>(
            file,
            include_str!("../../dictionaries/currencies.csv"),
        )?) {
            let code = match codes.get(&row.code) {
                Some(code) => code,
                None => {
                    // Codes live as long as the program; there are some two hundred, read once.
                    let code: &'static str = intern(&row.code);
                    codes.insert(row.code.clone(), code);
                    code
                }
            };
            let country = two_letters(&row.country)
                .ok_or_else(|| broken(file, line, "the country is no code of two letters"))?;
            match row.kind {
                CurrencyKind::Country => {
                    let entry = self.lemma(&row.form);
                    entry.roles.add(Roles::REGION);
                    entry.region = country;
                    let entry = self.form(&row.form);
                    entry.roles.add(Roles::REGION);
                    entry.region = country;
                    continue;
                }
                CurrencyKind::Sign => {
                    self.signs.insert(row.form.into(), code);
                    continue;
                }
                CurrencyKind::Prefix => {
                    self.prefixes
                        .insert(format!("{}{}", row.form, row.lang).into(), code);
                    continue;
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
            let by_lemma = matches!(row.kind, CurrencyKind::Noun | CurrencyKind::Minor);
            let entry = if by_lemma {
                self.lemma(&key)
            } else {
                self.form(&key)
            };
            entry.roles.add(Roles::CURRENCY);
            entry.currency = group;
            if by_lemma {
                // Words that do not bend, and rare ones, are missing from the morphology.
                let entry = self.form(&key);
                entry.roles.add(Roles::CURRENCY);
                entry.currency = group;
            }
            let entry = if by_lemma {
                self.lemma(&key)
            } else {
                self.form(&key)
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
                self.forms.remove(key.as_str());
                self.form(&format!("{key}."))
                    .merge_currency(group, row.kind);
            }
        }
        Ok(())
    }

    fn read_units(&mut self) -> Result<()> {
        let file = "dictionaries/units.csv";
        self.units.push(Vec::new());
        let mut index: Table<u16> = Table::default();
        for row in rows::<UnitRow>(file, include_str!("../../dictionaries/units.csv"))? {
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
                continue;
            }
            let entry = if row.lang.is_empty() {
                self.form(&key)
            } else {
                self.lemma(&key)
            };
            entry.roles.add(Roles::UNIT);
            entry.unit = group;
        }
        for group in &mut self.units {
            group.sort_by_key(|u| std::cmp::Reverse(u.rest.len()));
        }
        Ok(())
    }

    fn read_phrases(&mut self) -> Result<()> {
        let file = "dictionaries/amount_words.csv";
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        let mut ends: Table<u16> = Table::default();
        let mut starts: Table<u16> = Table::default();
        for (line, row) in (2..).zip(rows::<PhraseRow>(
            file,
            include_str!("../../dictionaries/amount_words.csv"),
        )?) {
            let role = match row.kind.as_str() {
                "before" | "after" => {
                    let words: Vec<Box<str>> = fold(&row.phrase)
                        .replace(',', " ,")
                        .split(' ')
                        .map(Into::into)
                        .collect();
                    let before = row.kind == "before";
                    let edge = if before { words.last() } else { words.first() };
                    let Some(edge) = edge.cloned() else { continue };
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
                        (&mut ends, &mut self.before)
                    } else {
                        (&mut starts, &mut self.after)
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
                    continue;
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
                _ => return Err(broken(file, line, "unknown kind of phrase")),
            };
            let by_form = matches!(
                row.kind.as_str(),
                "preposition" | "function" | "genitive" | "acronym"
            ) || (row.lang == "en"
                && matches!(row.kind.as_str(), "change" | "weight"));
            if by_form || row.phrase.chars().count() <= 4 {
                self.form(&row.phrase).roles.add(role);
            }
            if !by_form {
                self.lemma(&row.phrase).roles.add(role);
            }
        }
        for list in self.before.iter_mut().chain(self.after.iter_mut()) {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        Ok(())
    }

    fn read_dates(&mut self) -> Result<()> {
        let file = "dictionaries/dates.csv";
        for (line, row) in (2..).zip(rows::<DateRow>(
            file,
            include_str!("../../dictionaries/dates.csv"),
        )?) {
            let role = match row.kind.as_str() {
                "month" => Roles::MONTH,
                "weekday" => Roles::WEEKDAY,
                "day" => Roles::DAY,
                "shift" => Roles::SHIFT,
                "year" => Roles::YEAR,
                "month_word" => Roles::MONTH_WORD,
                _ => return Err(broken(file, line, "unknown kind of date word")),
            };
            let _ = row.lang;
            let entry = if row.r#match == "lemma" {
                self.lemma(&row.form)
            } else {
                self.form(&row.form)
            };
            entry.roles.add(role);
            if row.r#match == "short" {
                entry.roles.add(Roles::SHORT);
            }
            entry.date = row.value;
        }
        Ok(())
    }

    /// Adjectives and names of countries, from the dictionary of places.
    fn read_countries(&mut self) -> Result<()> {
        let file = "dictionaries/countries.csv";
        for row in rows::<CountryRow>(file, include_str!("../../dictionaries/countries.csv"))? {
            let wanted = matches!(
                row.kind.as_str(),
                "adjective" | "full" | "abbr" | "variant" | "former"
            );
            let Some(region) = two_letters(&row.country).filter(|_| wanted) else {
                continue;
            };
            if row.name.contains(' ') && row.lang != "en" {
                continue;
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
        }
        Ok(())
    }

    /// The code of a currency sign.
    pub fn sign(&self, text: &str) -> Option<&'static str> {
        self.signs.get(text).copied()
    }

    /// The code of letters with a currency sign after them, both as one string (`us$`).
    pub fn prefix(&self, lower: &str) -> Option<&'static str> {
        self.prefixes.get(lower).copied()
    }

    /// Units that begin with a symbol.
    pub fn symbol_units(&self, text: &str) -> &[Unit] {
        self.symbols
            .get(text)
            .map_or(&[][..], |&i| self.units[usize::from(i)].as_slice())
    }

    /// The country of an English name of several words.
    pub fn region_of(&self, lower: &str) -> Option<[u8; 2]> {
        self.forms
            .get(lower)
            .filter(|f| f.is(Roles::REGION))
            .map(|f| f.region)
    }

    /// The singular of an English plural; none for what is no plural.
    pub fn singular(&self, lower: &str) -> Option<String> {
        if let Some(singular) = self.plurals.get(lower) {
            return (!singular.is_empty()).then(|| singular.as_ref().to_owned());
        }
        // The second part of a compound decides: policemen, stepchildren, ex-wives.
        if let Some((first, last)) = lower.rsplit_once('-')
            && let Some(singular) = self.plurals.get(last)
        {
            return (!singular.is_empty()).then(|| format!("{first}-{singular}"));
        }
        if let Some(stem) = lower.strip_suffix("men").filter(|s| s.len() >= 3) {
            return Some(format!("{stem}man"));
        }
        let stem = lower.strip_suffix('s')?;
        if stem.len() < 2 || stem.ends_with(['s', 'u', '\'']) || stem.ends_with("i") {
            return None;
        }
        if let Some(stem) = stem.strip_suffix("ie") {
            return Some(format!("{stem}y"));
        }
        for ending in ["sse", "xe", "che", "she", "zze"] {
            if stem.ends_with(ending) {
                return Some(stem[..stem.len() - 1].to_owned());
            }
        }
        Some(stem.to_owned())
    }

    /// What a lower-cased word is.
    pub fn facts(&self, lower: &str, readings: &[Reading]) -> WordFacts {
        let mut facts = self.simple(lower, readings);
        if self.glued_currency(lower).is_some() {
            facts.roles.add(Roles::COMPOUND);
        } else if !facts.is(Roles::NUMERAL) && lower.contains('-') {
            self.compound(lower, &mut facts);
        }
        facts
    }

    fn simple(&self, lower: &str, readings: &[Reading]) -> WordFacts {
        let folded = fold(lower);
        let bare = folded.trim_end_matches('.');
        let mut facts = WordFacts::default();
        for form in [folded.as_str(), bare] {
            if let Some(found) = self.forms.get(form) {
                facts.merge(found);
            }
        }
        for (i, reading) in readings.iter().enumerate() {
            if reading.guessed && facts.roles != Roles::default() {
                continue;
            }
            if readings[..i].iter().any(|r| r.lemma == reading.lemma) {
                continue;
            }
            if let Some(found) = self.lemmas.get(fold(&reading.lemma).as_str()) {
                // «стали» is a form of «сталь» as well: a change is told by verbs and nouns alike, a country by its name only.
                let name_only = found.is(Roles::REGION) && reading.tag.pos == Pos::Verb;
                if !name_only {
                    facts.merge(found);
                }
            }
        }
        if bare.chars().all(|c| !('\u{400}'..'\u{530}').contains(&c)) {
            if let Some(found) = self.lemmas.get(bare) {
                facts.merge(found);
            } else if let Some(found) = bare.strip_suffix('s').and_then(|s| self.lemmas.get(s)) {
                facts.merge(found);
            } else if let Some(found) = self
                .singular(bare)
                .and_then(|s| self.lemmas.get(s.as_str()).copied())
            {
                facts.merge(&found);
            }
        }
        facts
    }

    /// A sum in one word, its currency in letters: R100m, Rs500. Its value and code.
    pub fn glued_currency(&self, lower: &str) -> Option<(Decimal, &'static str)> {
        let at = lower
            .find(|c: char| c.is_ascii_digit())
            .filter(|&at| (1..=2).contains(&at))?;
        let (letters, rest) = lower.split_at(at);
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, scale) = rest.split_at(end);
        let facts = self.forms.get(letters).filter(|f| f.is(Roles::PREFIX))?;
        let currency = self.currencies[usize::from(facts.currency)]
            .iter()
            .find(|e| e.kind == CurrencyKind::Abbreviation)?;
        let value = Decimal::from_plain(digits)?;
        if scale.is_empty() {
            // R25 is a road.
            return (currency.usage != Use::Sign).then_some((value, currency.code));
        }
        let scale = self
            .forms
            .get(scale)
            .filter(|f| f.is(Roles::NUMERAL) && f.numeral.kind == NumeralKind::Scale)?;
        Some((value.times(scale.numeral.value())?, currency.code))
    }

    /// Words of several parts: twenty-five; два-три; two-mile; half-million.
    fn compound(&self, lower: &str, facts: &mut WordFacts) {
        let Some((first, rest)) = lower.split_once('-') else {
            return;
        };
        let number = |part: &str| {
            self.forms
                .get(fold(part).as_str())
                .filter(|f| f.is(Roles::NUMERAL))
                .map(|f| f.numeral)
        };
        let Some(a) = number(first) else { return };
        let Some(b) = number(rest) else {
            let known =
                a.kind != NumeralKind::Addend && self.suffix(rest).roles != Roles::default();
            if known || first.bytes().all(|b| b.is_ascii_lowercase()) {
                facts.roles.add(Roles::COMPOUND);
                facts.numeral = a;
            }
            return;
        };
        let numeral = match (a.kind, b.kind) {
            (NumeralKind::Ten, NumeralKind::Unit) if first.is_ascii() => Numeral {
                kind: NumeralKind::Teen,
                hundredths: a.hundredths + b.hundredths,
                ..a
            },
            (_, NumeralKind::Scale) if first.is_ascii() => Numeral {
                kind: NumeralKind::Whole,
                hundredths: a.hundredths / 100 * b.hundredths
                    + a.hundredths % 100 * (b.hundredths / 100),
                ..a
            },
            (x, y) if a.hundredths < b.hundredths && x != NumeralKind::Scale => Numeral {
                kind: if y == NumeralKind::Scale {
                    NumeralKind::Whole
                } else {
                    y
                },
                upper: b.hundredths,
                ..a
            },
            // тысяча-полторы: the second part counts the first.
            (NumeralKind::Scale, NumeralKind::Half) => Numeral {
                kind: NumeralKind::Whole,
                alone: Alone::Never,
                hundredths: a.hundredths,
                upper: a.hundredths / 100 * b.hundredths,
            },
            _ => return,
        };
        facts.roles.add(Roles::NUMERAL);
        facts.numeral = numeral;
    }

    /// What follows the hyphen of a compound: a unit, a percentage, a currency, a scale word.
    pub fn suffix(&self, part: &str) -> WordFacts {
        let folded = fold(part);
        let mut facts = WordFacts::default();
        if let Some(found) = self.forms.get(folded.as_str()) {
            facts.merge(found);
        }
        if let Some(found) = self.lemmas.get(folded.as_str()) {
            facts.merge(found);
        }
        facts
    }

    /// The noun that a Russian adjective after digits is made of: 30-километровый, 20-долларовая, 100-процентное.
    pub fn adjective_base(&self, part: &str) -> Option<WordFacts> {
        let folded = fold(part);
        let stem = ENDINGS.iter().find_map(|e| folded.strip_suffix(e))?;
        for (suffix, noun) in [
            ("ов", ""),
            ("ев", "ь"),
            ("н", ""),
            ("н", "а"),
            ("ев", ""),
            ("н", "ь"),
            ("", "а"),
        ] {
            if let Some(base) = stem.strip_suffix(suffix)
                && let Some(found) = self.lemmas.get(format!("{base}{noun}").as_str())
                && found.is(PARTS)
            {
                return Some(*found);
            }
        }
        None
    }
}

const PARTS: Roles = Roles(Roles::UNIT.0 | Roles::CURRENCY.0 | Roles::PERCENT.0);

/// Endings of adjectives.
const ENDINGS: [&str; 15] = [
    "ыми", "ого", "ому", "ими", "его", "ый", "ой", "ая", "ую", "ое", "ые", "ых", "ым", "ом", "ий",
];

impl WordFacts {
    fn merge_currency(&mut self, group: u16, kind: CurrencyKind) {
        self.roles.add(Roles::CURRENCY);
        if kind == CurrencyKind::Minor {
            self.roles.add(Roles::MINOR);
        }
        self.currency = group;
    }
}

/// Lower case as given, ё as е.
pub(super) fn fold(word: &str) -> String {
    word.replace('ё', "е")
}

fn two_letters(code: &str) -> Option<[u8; 2]> {
    <[u8; 2]>::try_from(code.as_bytes()).ok()
}

fn broken(file: &str, line: u64, reason: &str) -> Error {
    Error::new(ErrorKind::Dictionary, reason)
        .at(file)
        .on_line(line)
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
