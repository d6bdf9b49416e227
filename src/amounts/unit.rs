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

fn money(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    // 5 $, 500₽
    if matches!(c.kind(i), Some(TokenKind::Symbol | TokenKind::Other)) {
        let code = c.seen.tables.sign(c.slice(i))?;
        // “5 $10 bills”: the sign belongs to the number behind it.
        if c.glued(i + 1) && c.kind(i + 1) == Some(TokenKind::Number) && !c.glued(i) {
            return None;
        }
        return Some(Unit::new(AmountKind::Money, Some(code), i + 1));
    }
    if let Some(end) = unit_of_account(c, i) {
        return Some(Unit::new(AmountKind::Money, Some("XXX"), end));
    }
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
    let facts = c.word(noun);
    // «марк», «крон»: a reading as a currency is enough, but a verb or an adjective is none.
    let group = &c.seen.tables.currencies[usize::from(facts.currency)];
    let mut end = noun + 1;
    // «у. е.»
    let upper = c.token(noun).map(|t| t.case) == Some(LetterCase::Upper);
    let adjacent = noun == i;
    let usable = |e: &&Currency| match e.kind {
        CurrencyKind::Iso => upper && adjacent,
        CurrencyKind::Abbreviation => e.usage != Use::Sign,
        _ => e.usage != Use::Glued || c.glued(noun),
    };
    // долларов США, рублей Беларуси
    if c.is(end, Roles::REGION)
        && !is_adjective(c, end)
        && c.follows(end)
        && let Some(found) = group
            .iter()
            .find(|e| e.country == c.word(end).region && e.usage != Use::Glued)
    {
        // «рублей РБ», «долларов США»: an abbreviation shows no case.
        let genitive = c.facts(end).is_some_and(|f| {
            f.readings
                .iter()
                .any(|r| matches!(r.tag.case, Case::Genitive | Case::None))
        });
        if genitive && region.is_none() {
            let mut unit = Unit::new(AmountKind::Money, Some(found.code), end + 1);
            unit.minor = found.minor;
            return Some(unit);
        }
    }
    if c.is_lower(end, &["стерлингов", "sterling"]) && c.follows(end) {
        let mut unit = Unit::new(AmountKind::Money, Some("GBP"), end + 1);
        unit.group = 0;
        return Some(unit);
    }
    if c.is_lower(end, &["кфа"]) {
        end += 1;
    }
    let chosen = match region {
        Some(region) => group
            .iter()
            .filter(usable)
            .find(|e| e.country == region)
            .or_else(|| {
                group
                    .iter()
                    .filter(usable)
                    .find(|e| e.usage == Use::Default)
            }),
        None => group
            .iter()
            .filter(usable)
            .find(|e| matches!(e.usage, Use::Default | Use::After | Use::Glued)),
    };
    // A name that one currency alone has, with an adjective that says nothing of the country.
    let chosen = chosen.or_else(|| {
        let first = group.iter().find(usable)?;
        (noun > i && group.iter().all(|e| e.code == first.code)).then_some(first)
    });
    let any = chosen.or_else(|| group.iter().find(usable))?;
    if any.kind == CurrencyKind::Noun && !declined(c, noun) {
        return None;
    }
    if any.code == "GBP" && region.is_none() && !any.minor && is_mass(c, i, end) {
        return Some(Unit::new(AmountKind::Measure, Some("lb"), end));
    }
    // “8 Rand Paul”
    let capital = |at: usize| c.token(at).map(|t| t.case) == Some(LetterCase::Capital);
    if c.english() && region.is_none() && capital(noun) && capital(end) && c.follows(end) {
        return None;
    }
    // “two real choices”: a name that several countries share, in the singular, is no currency.
    if c.english() && chosen.is_none() && region.is_none() && !c.lower(noun).ends_with('s') {
        return None;
    }
    // «бел. руб.», «дол. США» are read above by their adjectives; a pound of something is a mass.
    let mut unit = Unit::new(AmountKind::Money, chosen.map(|e| e.code), end);
    unit.minor = any.minor;
    unit.group = if chosen.is_none() { facts.currency } else { 0 };
    if !unit.minor
        && let Some((value, after)) = change(c, end, facts.currency)
    {
        unit.change = Some(value);
        unit.end = after;
    }
    Some(unit)
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
