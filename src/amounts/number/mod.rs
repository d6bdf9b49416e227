//! Tokens -> a number phrase with its value: digits, words, scale words, and all of them mixed
//! («2,5 тыс.», «пятьсот двадцать три», «1 млрд 200 млн», “two and a half million”).
//!
//! Invariant: the value is exact; a phrase that is not well-formed (two numbers in a row, `1,2,3`) is no number at all.

mod part;
mod words;

use super::cursor::Cursor;
use super::words::{NumeralKind, Roles};
use crate::document::{Decimal, Lang};
use crate::document::{Gap, TokenKind};
use crate::morph::Case;
use part::{Part, part};

/// What the form of a number asks of the noun that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// два, 24: genitive singular, or an oblique plural.
    Paucal,
    /// пять, 25: genitive or oblique plural.
    Plural,
    /// двадцать один: singular.
    Singular,
    /// тысяча: genitive plural.
    Scale,
    /// двое: genitive or oblique plural.
    Collective,
    /// 2,5: genitive singular.
    Fraction,
}

/// A number in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    pub value: Decimal,
    /// Upper end of a range in one word (два-три).
    pub upper: Option<Decimal>,
    /// The value with a doubtful separator read as that of thousands.
    pub thousands: Option<Decimal>,
    /// A scale word stands in it.
    pub scaled: bool,
    /// Ends in digits.
    pub digits: bool,
    /// The first or only part is digits without separators.
    pub bare: bool,
    pub tail: Tail,
    /// Case of a number in words, where its form shows an oblique one.
    pub case: Case,
}

/// The number phrase that starts at `start`.
pub(super) fn read(c: &Cursor<'_>, start: usize) -> Option<Number> {
    let mut reader = Reader {
        c,
        total: Decimal::whole(0),
        group: None,
        level: u64::MAX,
        scale: u64::MAX,
        number: Number {
            start,
            end: start,
            value: Decimal::whole(0),
            upper: None,
            thousands: None,
            scaled: false,
            digits: false,
            bare: false,
            tail: Tail::Plural,
            case: Case::None,
        },
    };
    reader.run()?;
    let mut number = reader.number;
    number.value = match reader.group {
        Some(group) => reader.total.plus(group)?,
        None => reader.total,
    }
    .trimmed();
    // A number right behind a number: 10 000 00, «два пять».
    if c.follows(number.end)
        && matches!(c.kind(number.end), Some(TokenKind::Number))
        && c.gap(number.end) <= Gap::Space
    {
        return None;
    }
    number.tail = tail(c, &number);
    Some(number)
}

struct Reader<'c, 'a> {
    c: &'c Cursor<'a>,
    total: Decimal,
    /// What the next scale word multiplies.
    group: Option<Decimal>,
    /// The least place that the group has filled; the next word must be smaller.
    level: u64,
    /// The last scale word; the next must be smaller.
    scale: u64,
    number: Number,
}

impl Reader<'_, '_> {
    fn run(&mut self) -> Option<()> {
        let c = self.c;
        let mut i = self.number.start;
        while let Some(part) = self.fitting(i) {
            let taken = match part {
                Part::Digits(value, thousands, bare) => {
                    if self.group.is_some() {
                        break;
                    }
                    if self.number.scaled && !self.addable(i, value) {
                        break;
                    }
                    self.group = Some(value);
                    self.level = 0;
                    if i == self.number.start {
                        self.number.thousands = thousands;
                        self.number.bare = bare;
                    }
                    self.number.digits = true;
                    true
                }
                Part::Word(numeral) => self.take_word(i, numeral),
            };
            if !taken {
                break;
            }
            i += 1;
            // half a million
            if self.group.is_some_and(|g| g.is_less(Decimal::whole(1))) && c.english() {
                i += usize::from(c.is_lower(i, &["of"]));
                i += usize::from(c.is_lower(i, &["a"]));
            }
            self.number.end = i;
            if let Some(after) = self.half_after(i) {
                i = after;
                self.number.end = i;
            }
            // 5 (пять) миллионов: the words repeat the digits.
            if let Some(after) = self.repeated(i) {
                i = after;
                self.number.end = i;
            }
            if c.english() && self.c.is_lower(i, &["and"]) && self.and_continues(i) {
                i += 1;
            }
        }
        (self.number.end > self.number.start).then_some(())
    }

    /// The part at `i`, where it stands close enough to what was read.
    fn fitting(&self, i: usize) -> Option<Part> {
        if i > self.number.start {
            let gap = self.c.gap(i);
            if gap > Gap::Line || (gap == Gap::Line && self.c.lang != Lang::Ru) {
                return None;
            }
        }
        part(self.c, i)
    }

    /// Whether digits after a scale word go on with the number: «1 млрд 200 млн», «5 тысяч 300 рублей».
    fn addable(&self, i: usize, value: Decimal) -> bool {
        let next = self.c.word(i + 1);
        let scaled_next = next.is(Roles::NUMERAL)
            && next.numeral.kind == NumeralKind::Scale
            && next.numeral.hundredths < self.scale;
        let small = value.is_less(Decimal::whole(i128::from(self.scale / 100)));
        let counted = next.is(Roles::CURRENCY) && self.scale == 100_000;
        small && !value.is_fraction() && (scaled_next || counted)
    }

    /// «5 (пять)»: the end of the brackets, where they repeat the number before them.
    fn repeated(&self, i: usize) -> Option<usize> {
        if self.c.slice(i) != "(" || self.group.is_none() || !self.number.digits {
            return None;
        }
        let inner = part(self.c, i + 1).and_then(|_| read_inner(self.c, i + 1))?;
        (self.c.slice(inner.end) == ")" && Some(inner.value) == self.group.map(Decimal::trimmed))
            .then_some(inner.end + 1)
    }
}

fn read_inner(c: &Cursor<'_>, i: usize) -> Option<Number> {
    (c.kind(i) != Some(TokenKind::Number))
        .then(|| read(c, i))
        .flatten()
}

fn tail(c: &Cursor<'_>, number: &Number) -> Tail {
    let last = number.end.saturating_sub(1);
    let facts = c.word(last);
    if facts.is(Roles::NUMERAL) && c.kind(last) != Some(TokenKind::Number) {
        match facts.numeral.kind {
            NumeralKind::Scale => return Tail::Scale,
            NumeralKind::Whole if facts.numeral.hundredths >= 5000 => return Tail::Scale,
            NumeralKind::Collective => return Tail::Collective,
            _ => {}
        }
    }
    // 3-х, 24-х: an oblique case, so that the noun is plural.
    if c.kind(last) == Some(TokenKind::NumberWord) {
        return Tail::Plural;
    }
    let value = number.upper.unwrap_or(number.value);
    if value.is_fraction() {
        return Tail::Fraction;
    }
    let whole = value.floor();
    match (whole.rem_euclid(100), whole.rem_euclid(10)) {
        (11..=14, _) => Tail::Plural,
        (_, 1) => Tail::Singular,
        (_, 2..=4) => Tail::Paucal,
        _ => Tail::Plural,
    }
}
