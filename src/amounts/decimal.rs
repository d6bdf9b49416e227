//! Exact decimal arithmetic, and digits as pages write them -> [`Decimal`]. Nothing here touches floating point; what does
//! not fit 128 bits, or is no well-formed number, is none.

use crate::document::{Decimal, Lang};

/// Most digits after the point that are kept.
const SCALE_LIMIT: u8 = 18;

impl Decimal {
    /// A whole number.
    pub const fn whole(digits: i128) -> Self {
        Decimal { digits, scale: 0 }
    }

    /// Without zeros at the end of the fraction.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The same number with `scale` digits after the point; none where it has more or grows too large.
    fn widened(self, scale: u8) -> Option<i128> {
        let places = scale.checked_sub(self.scale)?;
        10i128
            .checked_pow(u32::from(places))
            .and_then(|f| self.digits.checked_mul(f))
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.widened(scale)?.checked_add(other.widened(scale)?)?;
        Some(Decimal { digits, scale }.trimmed())
    }

    /// Product.
    pub fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (self.trimmed(), other.trimmed());
        let digits = a.digits.checked_mul(b.digits)?;
        let product = Decimal {
            digits,
            scale: a.scale.checked_add(b.scale)?,
        }
        .trimmed();
        (product.scale <= SCALE_LIMIT).then_some(product)
    }

    /// A hundredth of it: copecks as roubles.
    pub fn hundredth(self) -> Option<Self> {
        self.times(Decimal {
            digits: 1,
            scale: 2,
        })
    }

    /// With the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Decimal {
            digits: -self.digits,
            scale: self.scale,
        }
    }

    /// Whether it is less than `other`; false where the two cannot be compared.
    pub fn is_less(self, other: Self) -> bool {
        let scale = self.scale.max(other.scale);
        match (self.widened(scale), other.widened(scale)) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        }
    }

    /// Whether it has a fraction.
    pub fn is_fraction(self) -> bool {
        self.trimmed().scale > 0
    }

    /// The whole part.
    pub fn floor(self) -> i128 {
        let places = 10i128.checked_pow(u32::from(self.scale)).unwrap_or(1);
        self.digits.div_euclid(places)
    }

    /// From the plain notation of dictionaries: digits with at most one point.
    pub fn from_plain(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        number_of(whole, fraction)
    }
}

/// What a group of digits says that only its unit can decide: `1,500` in Russian is one and a half litres, or 1500 people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// The value as the conventions of the language read it.
    pub value: Decimal,
    /// The other reading, where a comma or point before three digits may separate thousands.
    pub thousands: Option<Decimal>,
    /// Written with a separator of any kind.
    pub grouped: bool,
}

/// Reads digits with their separators. None for what is no well-formed number (`1,2,3`; `10.00.1`).
pub(super) fn read(text: &str, lang: Lang) -> Option<Digits> {
    let plain = |value| Digits {
        value,
        thousands: None,
        grouped: false,
    };
    if text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(Decimal::whole).map(plain);
    }
    // Spaces and apostrophes only ever separate thousands; the tokeniser has checked their groups.
    let mut groups: Vec<(char, String)> = vec![(' ', String::new())];
    let mut spaced = false;
    for c in text.chars() {
        match c {
            '0'..='9' => groups.last_mut()?.1.push(c),
            ',' | '.' => groups.push((c, String::new())),
            _ => spaced = true,
        }
    }
    if groups.iter().any(|g| g.1.is_empty()) {
        return None;
    }
    let [(_, first), rest @ ..] = groups.as_slice() else {
        return None;
    };
    let grouped = |value, thousands| Digits {
        value,
        thousands,
        grouped: true,
    };
    match rest {
        [] => number_of(first, "").map(|v| grouped(v, None)),
        [(mark, fraction)] => {
            let decimal = number_of(first, fraction)?;
            let joined =
                (fraction.len() == 3 && first.len() <= 3 && !first.starts_with('0') && !spaced)
                    .then(|| number_of(&format!("{first}{fraction}"), ""))
                    .flatten();
            match (mark, lang, joined) {
                (',', Lang::En, Some(joined)) => Some(grouped(joined, None)),
                (',', Lang::En, None) if fraction.len() > 2 => None,
                ('.', Lang::En, _) => Some(grouped(decimal, None)),
                // In Russian a comma is the decimal mark; a point before three digits separates thousands more often than not.
                (_, _, joined) => Some(grouped(decimal, joined)),
            }
        }
        [.., (last_mark, last)] => {
            let mark = rest[0].0;
            let inner = &rest[..rest.len() - 1];
            if !inner.iter().all(|g| g.0 == mark) || spaced || first.starts_with('0') {
                return None;
            }
            let mut whole = first.clone();
            inner.iter().for_each(|g| whole.push_str(&g.1));
            let threes = first.len() <= 3 && inner.iter().all(|g| g.1.len() == 3);
            // 12,34,567: lakhs and crores.
            let indian = lang == Lang::En
                && first.len() <= 2
                && mark == ','
                && inner.iter().all(|g| g.1.len() == 2);
            if *last_mark == mark {
                let fits = last.len() == 3 && (threes || indian);
                whole.push_str(last);
                return fits
                    .then(|| number_of(&whole, ""))
                    .flatten()
                    .map(|v| grouped(v, None));
            }
            (threes && last.len() <= 4)
                .then(|| number_of(&whole, last))
                .flatten()
                .map(|v| grouped(v, None))
        }
    }
}

fn number_of(whole: &str, fraction: &str) -> Option<Decimal> {
    let fraction = fraction.trim_end_matches('0');
    let scale = u8::try_from(fraction.len())
        .ok()
        .filter(|&s| s <= SCALE_LIMIT)?;
    if whole.len() > 30 {
        return None;
    }
    let mut digits = 0i128;
    for b in whole.bytes().chain(fraction.bytes()) {
        if !b.is_ascii_digit() {
            return None;
        }
        digits = digits.checked_mul(10)?.checked_add(i128::from(b - b'0'))?;
    }
    Some(Decimal { digits, scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, lang: Lang) -> Option<(i128, u8)> {
        read(text, lang).map(|d| (d.value.digits, d.value.scale))
    }

    #[test]
    fn reads_every_separator() {
        for (text, lang, want) in [
            ("1000000", Lang::Ru, Some((1_000_000, 0))),
            ("1 000 000", Lang::Ru, Some((1_000_000, 0))),
            ("940\u{A0}000", Lang::Ru, Some((940_000, 0))),
            ("1\u{2009}200,5", Lang::Ru, Some((12_005, 1))),
            ("1,5", Lang::Ru, Some((15, 1))),
            ("1,50", Lang::Ru, Some((15, 1))),
            ("1.844.036.360,12", Lang::Ru, Some((184_403_636_012, 2))),
            ("1,844,036.5", Lang::En, Some((18_440_365, 1))),
            ("1,500", Lang::En, Some((1500, 0))),
            ("1,500", Lang::Ru, Some((15, 1))),
            ("12,34,567", Lang::En, Some((1_234_567, 0))),
            ("1,2,3", Lang::Ru, None),
            ("1,2345", Lang::En, None),
            ("10.20.30", Lang::Ru, None),
            ("05.02.2026", Lang::Ru, None),
            ("99999999999999999999999999999999999999999", Lang::Ru, None),
        ] {
            assert_eq!(value(text, lang), want, "{text}");
        }
        let both = read("1,500", Lang::Ru).expect("a number");
        assert_eq!(both.thousands, Some(Decimal::whole(1500)));
    }

    #[test]
    fn arithmetic_is_exact_or_nothing() {
        let tenth = Decimal::from_plain("0.1").expect("a number");
        let sum = (0..10).try_fold(Decimal::whole(0), |s, _| s.plus(tenth));
        assert_eq!(sum, Some(Decimal::whole(1)));
        let half = Decimal::from_plain("2.5").expect("a number");
        assert_eq!(
            half.times(Decimal::whole(1_000_000)),
            Some(Decimal::whole(2_500_000))
        );
        assert_eq!(Decimal::whole(i128::MAX).plus(Decimal::whole(1)), None);
        assert!(tenth.is_less(Decimal::whole(1)) && !half.is_less(tenth));
        assert_eq!(Decimal::whole(520).hundredth(), Decimal::from_plain("5.2"));
    }
}
