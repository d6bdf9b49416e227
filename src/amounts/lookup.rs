//! A word and its readings -> [`WordFacts`]; and what the parts of a compound, a sign or a plural mean.

use super::tables::Words;
use super::words::{Alone, CurrencyKind, Numeral, NumeralKind, Roles, Unit, Use, WordFacts, fold};
use crate::document::Decimal;
use crate::morph::{Pos, Reading};

impl Words {
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
        for form in [&*folded, bare] {
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
            if let Some(found) = self.lemmas.get(&*fold(&reading.lemma)) {
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
                .get(&*fold(part))
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
        if let Some(found) = self.forms.get(&*folded) {
            facts.merge(found);
        }
        if let Some(found) = self.lemmas.get(&*folded) {
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
