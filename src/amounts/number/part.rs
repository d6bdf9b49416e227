//! One token -> what it adds to a number: digits, or a word for a number.
//!
//! Input: a token; output: a [`Part`] with its value and its case where its ending shows one («5-ю», «двумя»).

use crate::amounts::cursor::Cursor;
use crate::amounts::decimal;
use crate::amounts::words::{Numeral, NumeralKind, Roles};
use crate::document::Decimal;
use crate::document::TokenKind;
use crate::morph::Case;

/// One step of a number phrase.
pub(super) enum Part {
    Digits(Decimal, Option<Decimal>, bool),
    Word(Numeral),
}

/// What token `i` adds to a number.
pub(super) fn part(c: &Cursor<'_>, i: usize) -> Option<Part> {
    match c.kind(i)? {
        TokenKind::Number => {
            let digits = decimal::read(c.slice(i), c.lang)?;
            Some(Part::Digits(
                digits.value,
                digits.thousands,
                !digits.grouped,
            ))
        }
        TokenKind::Word | TokenKind::Abbreviation | TokenKind::Initial => {
            let facts = c.word(i);
            facts
                .is(Roles::NUMERAL)
                .then_some(Part::Word(facts.numeral))
        }
        TokenKind::NumberWord => {
            cardinal_digits(c.slice(i)).map(|v| Part::Digits(Decimal::whole(v), None, false))
        }
        _ => None,
    }
}

/// Digits with the ending of a cardinal: 3-х, 24-х, 30-и, 20-ти, 7-ми, 3-мя, 40-ка, 10-ю.
fn cardinal_digits(text: &str) -> Option<i128> {
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, ending) = text.split_at(at);
    let value: i128 = digits.parse().ok()?;
    let ending = ending
        .strip_prefix(['-', '\u{2010}', '\u{2011}'])
        .unwrap_or("");
    let small = matches!(value % 10, 2..=4) && !matches!(value % 100, 12..=14);
    let fits = match ending {
        "х" => small && value < 1900,
        "мя" => small,
        "и" | "ти" | "ми" | "ю" | "тью" | "мью" => !small && value < 1900,
        "ка" => value % 100 == 40,
        "та" => value % 100 == 90 || value % 100 == 0,
        "м" => small && value < 100,
        _ => false,
    };
    fits.then_some(value)
}

/// The case that the ending of a number word shows, where a noun must share it.
pub(super) fn oblique(lower: &str, kind: NumeralKind) -> Case {
    let instrumental = matches!(
        kind,
        NumeralKind::Unit | NumeralKind::Teen | NumeralKind::Ten
    ) && (lower.ends_with("ью") || lower.ends_with("мя"));
    if instrumental {
        Case::Instrumental
    } else {
        Case::None
    }
}
