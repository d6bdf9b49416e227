//! Words for numbers, added up: «пятьсот двадцать три», «1 млрд 200 млн», “two and a half million”, «с половиной».
//!
//! Input: a number word behind what was read so far; output: whether it goes on with the number. Each word must be of a smaller kind than
//! the one before it, a scale word smaller than the scale before it.

use super::Reader;
use super::part::oblique;
use crate::amounts::words::{Alone, Numeral, NumeralKind, Roles};
use crate::document::Decimal;
use crate::document::TokenKind;
use crate::morph::Case;

impl Reader<'_, '_> {
    pub(super) fn take_word(&mut self, i: usize, numeral: Numeral) -> bool {
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
    pub(super) fn half_after(&mut self, i: usize) -> Option<usize> {
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
    pub(super) fn and_continues(&self, i: usize) -> bool {
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
}
