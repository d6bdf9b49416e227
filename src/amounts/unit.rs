//! What stands beside a number and names its unit: percentages, currencies, units of measure.
//!
//! Input: the token after a number (or before it, for signs); output: a [`Unit`] with the tokens it covers.

use super::cursor::Cursor;
use super::number;
use super::words::{Currency, CurrencyKind, Roles, Unit as UnitRow, UnitUse, Use, fold};
use crate::document::{AmountKind, Decimal};
use crate::document::{LetterCase, TokenKind};
use crate::morph::{Case, Pos, VerbForm};

/// The unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub kind: AmountKind,
    /// ISO code, symbol or `pp`.
    pub symbol: Option<&'static str>,
    /// One past its last token.
    pub end: usize,
    /// The number counts hundredths of it (копейки).
    pub minor: bool,
    /// Copecks or cents that follow: «5 рублей 20 копеек».
    pub change: Option<Decimal>,
    /// Group of currencies that only the context can tell apart.
    pub group: u16,
}

impl Unit {
    const fn new(kind: AmountKind, symbol: Option<&'static str>, end: usize) -> Self {
        Unit {
            kind,
            symbol,
            end,
            minor: false,
            change: None,
            group: 0,
        }
    }

    /// Whether two ends of a range have one unit.
    pub fn agrees(&self, other: &Unit) -> bool {
        self.kind == other.kind && (self.symbol == other.symbol) && self.minor == other.minor
    }
}

/// The unit that begins at token `i`, after a number.
pub(super) fn after(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    if !c.follows(i) {
        return None;
    }
    percent(c, i)
        .or_else(|| symbol_measure(c, i))
        .or_else(|| money(c, i))
        .or_else(|| measure(c, i))
}

fn percent(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    if c.slice(i) == "%" {
        // 5 % points
        let points = c.is_lower(i + 1, &["points", "point"]);
        let pp = points || (c.is(i + 1, Roles::POINT) && !c.is_lower(i + 1, &["п"]));
        let end = if pp { i + 2 } else { i + 1 };
        return Some(Unit::new(AmountKind::Percent, pp.then_some("pp"), end));
    }
    let facts = c.word(i);
    if c.is_lower(i, &["per"]) && c.is_lower(i + 1, &["cent"]) {
        return Some(english_points(c, i + 2));
    }
    if c.is_lower(i, &["percentage"]) && c.is_lower(i + 1, &["points", "point"]) {
        return Some(Unit::new(AmountKind::Percent, Some("pp"), i + 2));
    }
    if c.is_lower(i, &["pp", "п.п.", "п.п"]) {
        return Some(Unit::new(AmountKind::Percent, Some("pp"), i + 1));
    }
    if c.is_lower(i, &["п."]) && c.is_lower(i + 1, &["п.", "п"]) {
        return Some(Unit::new(AmountKind::Percent, Some("pp"), i + 2));
    }
    if facts.is(Roles::PERCENT_ADJECTIVE) {
        if c.is(i + 1, Roles::POINT) {
            return Some(Unit::new(AmountKind::Percent, Some("pp"), i + 2));
        }
        // «54 процентным преимуществом»: an adjective written apart.
        return Some(Unit::new(AmountKind::Percent, None, i + 1));
    }
    if facts.is(Roles::PERCENT) {
        return Some(if c.english() {
            english_points(c, i + 1)
        } else {
            Unit::new(AmountKind::Percent, None, i + 1)
        });
    }
    None
}

fn english_points(c: &Cursor<'_>, end: usize) -> Unit {
    if c.is_lower(end, &["point", "points"]) {
        return Unit::new(AmountKind::Percent, Some("pp"), end + 1);
    }
    Unit::new(AmountKind::Percent, None, end)
}

/// The currency before a number: sign, ISO code, letters with a sign. Its first token and code.
pub(super) fn sign_before(c: &Cursor<'_>, number: usize) -> Option<(usize, &'static str)> {
    let at = c.before(number)?;
    if !c.follows(number) {
        return None;
    }
    if c.kind(at) == Some(TokenKind::Symbol) {
        let sign = c.slice(at);
        let code = c.seen.tables.sign(sign)?;
        if c.glued(at)
            && let Some(letters) = c.before(at)
            && !c.lower(letters).is_empty()
        {
            let lower = c.lower(letters).replace('.', "");
            if let Some(code) = c.seen.tables.prefix(&format!("{lower}{sign}")) {
                return Some((letters, code));
            }
        }
        return Some((at, code));
    }
    if c.kind(at) == Some(TokenKind::Other) {
        return c.seen.tables.sign(c.slice(at)).map(|code| (at, code));
    }
    if c.is(at, Roles::PREFIX) && c.kind(number) == Some(TokenKind::Number) {
        let upper = matches!(
            c.token(at).map(|t| t.case),
            Some(LetterCase::Upper | LetterCase::Capital | LetterCase::Single)
        );
        let found = c.seen.tables.currencies[usize::from(c.word(at).currency)]
            .iter()
            .find(|e| {
                let iso_case = e.kind != CurrencyKind::Iso
                    || c.token(at).map(|t| t.case) == Some(LetterCase::Upper);
                iso_case && e.usage != Use::Region && (e.usage != Use::Sign || c.glued(number))
            })?;
        return upper.then_some((at, found.code));
    }
    None
}

/// Adjectives that may stand before the name of a currency.
const ADJECTIVES: usize = 3;

/// Money by a sign or a name. The steps in order: a sign; «у. е.»; adjectives and the noun behind them; the country behind the noun; which
/// of the noun's currencies is meant; whether the noun is one at all; copecks and cents.
fn money(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    if matches!(c.kind(i), Some(TokenKind::Symbol | TokenKind::Other)) {
        return sign(c, i);
    }
    if let Some(end) = unit_of_account(c, i) {
        return Some(Unit::new(AmountKind::Money, Some("XXX"), end));
    }
    let name = CurrencyName::read(c, i)?;
    let mut end = name.noun + 1;
    if let Some(unit) = name.of_country_behind(c) {
        return Some(unit);
    }
    if c.is_lower(end, &["стерлингов", "sterling"]) && c.follows(end) {
        return Some(Unit::new(AmountKind::Money, Some("GBP"), end + 1));
    }
    if c.is_lower(end, &["кфа"]) {
        end += 1;
    }
    let chosen = name.chosen(c);
    let any = chosen.or_else(|| name.usable(c).next())?;
    if any.kind == CurrencyKind::Noun && !declined(c, name.noun) {
        return None;
    }
    // A pound of something is a mass.
    if any.code == "GBP" && name.region.is_none() && !any.minor && is_mass(c, i, end) {
        return Some(Unit::new(AmountKind::Measure, Some("lb"), end));
    }
    if name.is_none_in_english(c, end, chosen.is_some()) {
        return None;
    }
    let currency = c.word(name.noun).currency;
    let mut unit = Unit::new(AmountKind::Money, chosen.map(|e| e.code), end);
    unit.minor = any.minor;
    unit.group = if chosen.is_none() { currency } else { 0 };
    if !unit.minor
        && let Some((value, after)) = change(c, end, currency)
    {
        unit.change = Some(value);
        unit.end = after;
    }
    Some(unit)
}

/// The sign of a currency: 5 $, 500₽.
fn sign(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    let code = c.seen.tables.sign(c.slice(i))?;
    // “5 $10 bills”: the sign belongs to the number behind it.
    if c.glued(i + 1) && c.kind(i + 1) == Some(TokenKind::Number) && !c.glued(i) {
        return None;
    }
    Some(Unit::new(AmountKind::Money, Some(code), i + 1))
}

/// The name of a currency, with adjectives.
struct CurrencyName<'a> {
    noun: usize,
    /// It has adjectives.
    has_adjectives: bool,
    /// The country that they name.
    region: Option<[u8; 2]>,
    /// The currencies that the noun is a name of.
    group: &'a [Currency],
}

impl<'a> CurrencyName<'a> {
    /// The name that begins at token `i`; the noun is the first word that is one of currencies.
    fn read(c: &Cursor<'a>, i: usize) -> Option<Self> {
        let mut region: Option<[u8; 2]> = None;
        let mut noun = i;
        for k in 0..=ADJECTIVES {
            noun = i + k;
            if !c.follows(noun) {
                return None;
            }
            let facts = c.word(noun);
            if facts.is(Roles::CURRENCY) {
                // “Hong Kong dollars”: a name of two words ends before the noun.
                break;
            }
            let two_words = c.english()
                && region.is_none()
                && c.seen
                    .tables
                    .region_of(&format!("{} {}", c.lower(noun), c.lower(noun + 1)))
                    .map(|r| region = Some(r))
                    .is_some();
            if facts.is(Roles::REGION) && !two_words && region.is_none() {
                region = Some(facts.region);
            }
            let second_of_two = c.english() && region.is_some();
            if k == ADJECTIVES
                || !(two_words || facts.is(Roles::REGION) || second_of_two || is_adjective(c, noun))
            {
                return None;
            }
        }
        Some(CurrencyName {
            noun,
            has_adjectives: noun > i,
            region,
            group: &c.seen.tables.currencies[usize::from(c.word(noun).currency)],
        })
    }

    /// Currencies of the noun as it is written: an ISO code in capitals beside the number, no abbreviation that is a sign only. «марк», «крон»: a
    /// reading as a currency is enough.
    fn usable(&self, c: &Cursor<'_>) -> impl Iterator<Item = &'a Currency> {
        let upper = c.token(self.noun).map(|t| t.case) == Some(LetterCase::Upper);
        let code = upper && !self.has_adjectives;
        let glued = c.glued(self.noun);
        self.group.iter().filter(move |e| match e.kind {
            CurrencyKind::Iso => code,
            CurrencyKind::Abbreviation => e.usage != Use::Sign,
            _ => e.usage != Use::Glued || glued,
        })
    }

    /// The unit where the country stands behind the noun, in the genitive: долларов США, рублей Беларуси.
    fn of_country_behind(&self, c: &Cursor<'_>) -> Option<Unit> {
        let end = self.noun + 1;
        if !c.is(end, Roles::REGION) || is_adjective(c, end) || !c.follows(end) {
            return None;
        }
        let country = c.word(end).region;
        let found = self
            .group
            .iter()
            .find(|e| e.country == country && e.usage != Use::Glued)?;
        // «рублей РБ», «долларов США»: an abbreviation shows no case.
        let genitive = c.facts(end).is_some_and(|f| {
            f.readings
                .iter()
                .any(|r| matches!(r.tag.case, Case::Genitive | Case::None))
        });
        if !genitive || self.region.is_some() {
            return None;
        }
        let mut unit = Unit::new(AmountKind::Money, Some(found.code), end + 1);
        unit.minor = found.minor;
        Some(unit)
    }

    /// Which of the currencies is meant: that of the country, or the one that has the name by itself; or the only one that has it at all, with
    /// an adjective that says nothing of the country.
    fn chosen(&self, c: &Cursor<'_>) -> Option<&'a Currency> {
        let by_usage = |fits: fn(Use) -> bool| self.usable(c).find(|e| fits(e.usage));
        let chosen = match self.region {
            Some(region) => self
                .usable(c)
                .find(|e| e.country == region)
                .or_else(|| by_usage(|usage| usage == Use::Default)),
            None => by_usage(|usage| matches!(usage, Use::Default | Use::After | Use::Glued)),
        };
        chosen.or_else(|| {
            let first = self.usable(c).next()?;
            (self.has_adjectives && self.group.iter().all(|e| e.code == first.code))
                .then_some(first)
        })
    }

    /// Whether an English noun is no currency where it stands: “8 Rand Paul”; “two real choices”, a name that several countries share, in the
    /// singular.
    fn is_none_in_english(&self, c: &Cursor<'_>, end: usize, is_chosen: bool) -> bool {
        let capital = |at: usize| c.token(at).map(|t| t.case) == Some(LetterCase::Capital);
        let name = capital(self.noun) && capital(end) && c.follows(end);
        let singular = !is_chosen && !c.lower(self.noun).ends_with('s');
        c.english() && self.region.is_none() && (name || singular)
    }
}

/// The end of «у. е.» written in two words.
fn unit_of_account(c: &Cursor<'_>, i: usize) -> Option<usize> {
    let part = |at: usize, letter: &str| {
        if c.lower(at).trim_end_matches('.') != letter {
            return None;
        }
        let stop = c.kind(at + 1) == Some(TokenKind::Stop) && c.glued(at + 1);
        (stop || c.lower(at).ends_with('.')).then_some(at + 1 + usize::from(stop))
    };
    part(i, "у").and_then(|at| part(at, "е"))
}

/// Whether pounds are those of a balance: «весит 8 фунтов», “8 pounds 6 ounces”, “50 pounds of flour”.
fn is_mass(c: &Cursor<'_>, i: usize, end: usize) -> bool {
    let weighed = (c.start.max(i.saturating_sub(5))..i).any(|k| c.is(k, Roles::WEIGHT));
    let ounces = c.is(end + 1, Roles::UNIT)
        && c.seen.tables.units[usize::from(c.word(end + 1).unit)]
            .iter()
            .any(|u| u.symbol == "oz");
    weighed || ounces || (c.english() && c.is_lower(end, &["of"]))
}

/// Whether the word is a noun in a form that a number can govern: not «сом» the fish's adjective, not a surname.
fn declined(c: &Cursor<'_>, i: usize) -> bool {
    let Some(facts) = c.facts(i) else {
        return false;
    };
    c.english()
        || facts.readings.iter().all(|r| r.guessed)
        || facts
            .readings
            .iter()
            .any(|r| matches!(r.tag.pos, Pos::Noun | Pos::Name | Pos::Adjective))
}

fn is_adjective(c: &Cursor<'_>, i: usize) -> bool {
    c.facts(i).is_some_and(|f| {
        f.readings.iter().any(|r| {
            (r.tag.pos == Pos::Adjective && !r.tag.short)
                || (r.tag.pos == Pos::Verb && r.tag.verb_form == VerbForm::Participle)
        }) || (f.readings.is_empty() && f.lower.ends_with('.') && c.word(i).is(Roles::REGION))
    })
}

/// «20 копеек» after «5 рублей»: its value in whole units and the end.
fn change(c: &Cursor<'_>, i: usize, group: u16) -> Option<(Decimal, usize)> {
    let at = if c.is_lower(i, &["и", "and"]) {
        i + 1
    } else {
        i
    };
    let starts = matches!(c.kind(at), Some(TokenKind::Number)) || c.is(at, Roles::NUMERAL);
    if !starts || !c.follows(at) {
        return None;
    }
    let number = number::read(c, at)?;
    let facts = c.word(number.end);
    if !facts.is(Roles::MINOR) || number.scaled || number.value.floor() >= 100 {
        return None;
    }
    let codes = &c.seen.tables.currencies[usize::from(group)];
    let minor = &c.seen.tables.currencies[usize::from(facts.currency)];
    let same = minor
        .iter()
        .any(|m| m.minor && codes.iter().any(|e| e.code == m.code));
    (same || c.english()).then_some((number.value.hundredth()?, number.end + 1))
}

fn symbol_measure(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    if c.kind(i) != Some(TokenKind::Symbol) && c.kind(i) != Some(TokenKind::Other) {
        return None;
    }
    pick(c, i, c.seen.tables.symbol_units(c.slice(i)))
}

fn measure(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    let facts = c.word(i);
    if facts.is(Roles::UNIT) {
        return pick(c, i, &c.seen.tables.units[usize::from(facts.unit)]);
    }
    // кубических метров газа, погонных метров: read as phrases; «больших километров» is none.
    None
}

fn pick(c: &Cursor<'_>, i: usize, rows: &[UnitRow]) -> Option<Unit> {
    for row in rows {
        let fits = match row.usage {
            UnitUse::Glued => c.glued(i) && !c.glued(i + 1),
            UnitUse::Upper => c.slice(i).chars().nth(1).is_some_and(char::is_uppercase),
            UnitUse::Lower => c.slice(i).chars().all(|ch| !ch.is_uppercase()),
            UnitUse::Mass | UnitUse::Weak | UnitUse::Word | UnitUse::Abbreviation => true,
        };
        let end = i + 1 + row.rest.len();
        if !fits
            || !row
                .rest
                .iter()
                .enumerate()
                .all(|(k, w)| is_part(c, i + 1 + k, w))
        {
            continue;
        }
        if row.symbol == "C" && row.rest.is_empty() && c.kind(i) == Some(TokenKind::Word) {
            return degrees(c, i, row);
        }
        return Some(Unit::new(AmountKind::Measure, Some(row.symbol), end));
    }
    None
}

/// Degrees without a name: of a thermometer, unless the sentence speaks of an angle; in English only where it speaks of
/// heat or cold, and of Fahrenheit where Celsius would kill.
fn degrees(c: &Cursor<'_>, i: usize, row: &UnitRow) -> Option<Unit> {
    let near = c.start.max(i.saturating_sub(12))..c.end.min(i + 6);
    let told = |roles: Roles| near.clone().any(|k| c.is(k, roles));
    if row.usage == UnitUse::Glued {
        return Some(Unit::new(AmountKind::Measure, Some("C"), i + 1));
    }
    if told(Roles::ANGLE) || (c.english() && !told(Roles::WEATHER)) {
        return None;
    }
    let hot = c.english()
        && i > c.start
        && super::decimal::read(c.slice(i - 1), c.lang).is_some_and(|d| d.value.floor() > 56);
    let symbol = if hot { "F" } else { "C" };
    Some(Unit::new(AmountKind::Measure, Some(symbol), i + 1))
}

/// Whether the token is a form of the word, or the sign itself.
fn is_part(c: &Cursor<'_>, i: usize, want: &str) -> bool {
    if !c.follows(i) {
        return false;
    }
    let Some(facts) = c.facts(i) else {
        return c.slice(i) == want;
    };
    let lower = fold(&facts.lower);
    lower == want
        || lower.trim_end_matches('.') == want.trim_end_matches('.')
        || facts.readings.iter().any(|r| fold(&r.lemma) == want)
        || (facts.readings.is_empty() && c.seen.tables.singular(&lower).is_some_and(|s| s == want))
}
