//! What a single word can be in an amount or date: number, scale, currency, unit, approximation, month.
//!
//! Invariant: a word that no table knows has no roles, and the hot path skips it after one comparison.

use std::borrow::Cow;

use serde::Deserialize;

use crate::document::{Bound, Decimal};
use crate::letters::without_yo;

/// What a word can be, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(pub(super) u64);

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
    /// What a lone year may stand behind (English).
    pub const BEFORE_YEAR: Roles = Roles(1 << 30);
    /// What a lone month may stand behind.
    pub const BEFORE_MONTH: Roles = Roles(1 << 31);
    /// What a day of the week stands behind where it is a date (Russian).
    pub const BEFORE_WEEKDAY: Roles = Roles(1 << 32);
    /// Tells that degrees are those of a map.
    pub const COORDINATE: Roles = Roles(1 << 33);
    /// A plural that may belong to the plural behind it: “sports clubs”.
    pub const ATTRIBUTIVE: Roles = Roles(1 << 34);
    /// A word of bounds that may stand before a preposition: «минимум на 10 процентов».
    pub const ADVERB: Roles = Roles(1 << 35);
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

    pub fn add(&mut self, other: Roles) {
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
    /// Index into [`super::tables::Words::currencies`].
    pub(super) currency: u16,
    /// Index into [`super::tables::Words::units`].
    pub(super) unit: u16,
    /// Index into [`super::tables::Words::before`].
    pub(super) before: u16,
    /// Index into [`super::tables::Words::after`].
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

    pub(super) fn merge(&mut self, other: &WordFacts) {
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

/// A phrase of approximation.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Folded forms; a comma is a word of its own.
    pub words: Vec<Box<str>>,
    pub approx: bool,
    pub bound: Option<Bound>,
}

impl WordFacts {
    pub(super) fn merge_currency(&mut self, group: u16, kind: CurrencyKind) {
        self.roles.add(Roles::CURRENCY);
        if kind == CurrencyKind::Minor {
            self.roles.add(Roles::MINOR);
        }
        self.currency = group;
    }
}

/// Lower case as given, ё as е.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    without_yo(word)
}
