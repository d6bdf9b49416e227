//! Tokens -> a number phrase with its value: digits, words, scale words, and all of them mixed
//! («2,5 тыс.», «пятьсот двадцать три», «1 млрд 200 млн», “two and a half million”).
//!
//! Invariant: the value is exact; a phrase that is not well-formed (two numbers in a row, `1,2,3`) is no number at all.

use super::cursor::Cursor;
use super::decimal;
use super::words::{Alone, Numeral, NumeralKind, Roles};
use crate::document::{Decimal, Lang};
use crate::morph::Case;
use crate::segment::{Gap, TokenKind};

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

/// One step of a number phrase.
enum Part {
    Digits(Decimal, Option<Decimal>, bool),
    Word(Numeral),
}

fn part(c: &Cursor<'_>, i: usize) -> Option<Part> {
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

    fn take_word(&mut self, i: usize, numeral: Numeral) -> bool {
        let value = numeral.value();
        let first = i == self.number.start;
        let taken = match numeral.kind {
            NumeralKind::Unit
            | NumeralKind::Teen
            | NumeralKind::Ten
            | NumeralKind::Hundred
            | NumeralKind::Collective => {
                let place = match numeral.kind {
                    NumeralKind::Hundred => 100,
                    NumeralKind::Ten => 10,
                    _ => 1,
                };
                // A teen fills the places of tens and units.
                let ceiling = if numeral.kind == NumeralKind::Teen {
                    10
                } else {
                    place
                };
                if self.number.digits && self.group.is_some()
                    || self.level <= ceiling && self.group.is_some()
                {
                    return false;
                }
                if numeral.kind == NumeralKind::Collective && !first {
                    return false;
                }
                self.level = place;
                self.group = Some(match self.group {
                    Some(group) => match group.plus(value) {
                        Some(sum) => sum,
                        None => return false,
                    },
                    None => value,
                });
                if numeral.upper > 0 {
                    if !first {
                        return false;
                    }
                    self.number.upper = Some(Decimal {
                        digits: i128::from(numeral.upper),
                        scale: 2,
                    });
                    self.level = 0;
                }
                true
            }
            NumeralKind::Half => {
                if !first || !self.half_scale(i, numeral) {
                    return false;
                }
                self.group = Some(value);
                self.level = 0;
                true
            }
            NumeralKind::Whole => {
                if !first {
                    return false;
                }
                self.group = Some(value);
                self.level = 0;
                self.number.scaled = numeral.hundredths >= 5000;
                if numeral.upper > 0 {
                    self.number.upper = Some(Decimal {
                        digits: i128::from(numeral.upper),
                        scale: 2,
                    });
                }
                true
            }
            NumeralKind::Scale => return self.take_scale(i, numeral),
            NumeralKind::Addend | NumeralKind::Ordinal => false,
        };
        if taken {
            self.number.digits = false;
            self.number.case = oblique(self.c.lower(i), numeral.kind);
        }
        taken
    }

    fn take_scale(&mut self, i: usize, numeral: Numeral) -> bool {
        let value = numeral.value().trimmed();
        let alone = self.group.is_none();
        if alone && !self.may_stand_alone(i, numeral) {
            return false;
        }
        if numeral.alone == Alone::Glued && !(self.c.glued(i) && self.number.digits) {
            return false;
        }
        let group = self.group.unwrap_or(Decimal::whole(1));
        let Some(product) = group.times(value) else {
            return false;
        };
        if numeral.hundredths <= 10_000 && self.number.digits {
            // «5 сотен» is said in words or digits alike, but digits with a fraction are not.
            if group.is_fraction() {
                return false;
            }
        }
        if let Some(upper) = self.number.upper.take() {
            self.number.upper = upper.times(value);
        }
        if let Some(thousands) = self.number.thousands.take()
            && self.c.english()
        {
            self.number.thousands = thousands.times(value);
        }
        self.number.digits = false;
        self.number.case = Case::None;
        if numeral.hundredths <= 10_000 {
            // two hundred fifty: a hundred stays in its group; «две сотни человек».
            self.group = Some(product);
            self.level = if numeral.hundredths == 10_000 { 100 } else { 0 };
            self.number.scaled = true;
            return true;
        }
        if numeral.hundredths >= self.scale {
            // «тысяча миллионов» and «5 тысяч миллиардов» are no usual numbers, but «сто тысяч миллионов» has a value.
            return false;
        }
        let Some(sum) = self.total.plus(product) else {
            return false;
        };
        self.total = sum;
        self.group = None;
        self.level = u64::MAX;
        self.scale = numeral.hundredths;
        self.number.scaled = true;
        true
    }

    /// Whether a scale word without a number means one of it.
    fn may_stand_alone(&self, i: usize, numeral: Numeral) -> bool {
        if i > self.number.start {
            return false;
        }
        match numeral.alone {
            Alone::One => {
                // «несколько тысяч», «сотни тысяч»: no number; «одна тысяча» is read with its number.
                !self.c.before(i).is_some_and(|p| {
                    self.c.kind(p) == Some(TokenKind::Number) || self.c.is(p, Roles::NUMERAL)
                })
            }
            Alone::Governed => self
                .c
                .before(i)
                .is_some_and(|p| self.c.is(p, Roles::GENITIVE)),
            Alone::Article => self
                .c
                .before(i)
                .is_some_and(|p| self.c.is_lower(p, &["a", "an"])),
            Alone::Never | Alone::Glued => false,
        }
    }

    /// полтора миллиона, полтора рубля; четверть миллиона, half a million.
    fn half_scale(&self, i: usize, numeral: Numeral) -> bool {
        if numeral.hundredths >= 100 {
            return true;
        }
        let mut next = i + 1;
        next += usize::from(self.c.is_lower(next, &["of"]));
        next += usize::from(self.c.is_lower(next, &["a"]));
        let facts = self.c.word(next);
        facts.is(Roles::NUMERAL) && facts.numeral.kind == NumeralKind::Scale
    }

    /// «с половиной», “and a half” after a number.
    fn half_after(&mut self, i: usize) -> Option<usize> {
        let group = self.group?;
        let c = self.c;
        let (end, value) = if c.is_lower(i, &["с", "со"]) && c.is(i + 1, Roles::NUMERAL) {
            let numeral = c.word(i + 1).numeral;
            (
                i + 2,
                (numeral.kind == NumeralKind::Addend).then(|| numeral.value())?,
            )
        } else if c.is_lower(i, &["and"])
            && c.is_lower(i + 1, &["a"])
            && c.is_lower(i + 2, &["half"])
        {
            (
                i + 3,
                Decimal {
                    digits: 5,
                    scale: 1,
                },
            )
        } else if c.glued(i) && matches!(c.slice(i), "½" | "¼" | "¾") {
            let digits = match c.slice(i) {
                "½" => 50,
                "¼" => 25,
                _ => 75,
            };
            (i + 1, Decimal { digits, scale: 2 })
        } else {
            return None;
        };
        self.group = Some(group.plus(value)?);
        self.level = 0;
        self.number.digits = true;
        Some(end)
    }

    /// two hundred and fifty.
    fn and_continues(&self, i: usize) -> bool {
        let next = self.c.word(i + 1);
        self.level == 100
            && !self.number.digits
            && next.is(Roles::NUMERAL)
            && matches!(
                next.numeral.kind,
                NumeralKind::Unit | NumeralKind::Teen | NumeralKind::Ten
            )
            && self.group.is_some()
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

/// The case that the ending of a number word shows, where a noun must share it.
fn oblique(lower: &str, kind: NumeralKind) -> Case {
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
