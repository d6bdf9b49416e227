//! The dateline that opens a paragraph: «Минск. 5 февраля. БЕЛТА - Премьер-министр …», “LONDON, Feb 5 (Reuters) - The …”.
//!
//! Place, date and agency stand before the first sentence, all in capitals or figures, and a dash or a slash with a full stop
//! closes them. Whatever else stands there makes it no dateline.

use super::months::Months;

/// Longest dateline, in bytes.
const LONGEST: usize = 140;

/// Where the dateline of a paragraph ends, dash included; none where it has none.
pub(super) fn dateline_end(text: &str, months: &Months) -> Option<usize> {
    let cut = (0..=LONGEST.min(text.len()))
        .rev()
        .find(|&i| text.is_char_boundary(i))?;
    let head = &text[..cut];
    let (before, after) = closing(head)?;
    let rest = text[after..].trim_start();
    let opens = rest.starts_with(|c: char| c.is_uppercase() || "«\"“„".contains(c));
    (opens && is_dateline(&text[..before], months)).then_some(after)
}

/// The first dash between spaces, or the slash and full stop that close an agency's name: its start and end.
fn closing(head: &str) -> Option<(usize, usize)> {
    /// First byte of the longer dashes.
    const DASH: u8 = "—".as_bytes()[0];
    memchr::memchr3_iter(b'-', DASH, b'/', head.as_bytes()).find_map(|i| {
        let (before, rest) = head.split_at(i);
        if rest.starts_with("/. ") {
            return Some((i, i + 2));
        }
        let after = rest.strip_prefix(['-', '–', '—'])?;
        let spaced = before.ends_with([' ', '\u{A0}']) && after.starts_with([' ', '\u{A0}']);
        spaced.then_some((i, head.len() - after.len()))
    })
}

/// Whether the words are place, date and agency and nothing else: all capitalised, in figures, or names of months; and either a date is
/// among them or the first word is in capitals.
fn is_dateline(head: &str, months: &Months) -> bool {
    let mut date = false;
    let mut words = 0;
    let mut first_upper = None;
    for word in head.split([' ', '\u{A0}', ',', '.', '/', '(', ')', ':']) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        words += 1;
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let upper = letters >= 2 && !word.chars().any(char::is_lowercase);
        first_upper.get_or_insert(upper);
        if months.has(word) {
            date = true;
        } else if !first.is_uppercase() && !first.is_ascii_digit() && !matches!(word, "г" | "года")
        {
            return false;
        }
    }
    (1..=10).contains(&words) && (date || first_upper == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_and_what_only_looks_like_them() {
        let months = Months::load(&crate::tables::Tables::default()).expect("loads");
        for (dateline, rest) in [
            (
                "Минск. 5 февраля. ВЕСТИ ПОЛЕСЬЯ -",
                " Премьер встретился с послом.",
            ),
            ("МОСКВА, 3 мар — Северные Новости —", " Завод закрыт."),
            ("БИШКЕК, 5 августа /Вести-Чуй/.", " Полиция нашла склад."),
            (
                "LONDON, Feb 5 (Northern Wire) -",
                " The mayor said on Monday.",
            ),
            ("TBILISI —", " Lawmakers voted on Tuesday."),
        ] {
            // Of two dashes the first closes the place and date.
            let text = format!("{dateline}{rest}");
            let end = dateline_end(&text, &months).expect(dateline);
            assert!(dateline.starts_with(&text[..end]), "{}", &text[..end]);
        }
        for no in [
            "Александр Петров - мэр города и депутат.",
            "ООН - это организация, в которую входит 193 страны.",
            "Вчера в Минске - Пётр Иванов сказал об этом первым.",
            "— Да, — сказал он. — Построим.",
            "5 февраля он приехал - Мария уже ждала.",
        ] {
            assert_eq!(dateline_end(no, &months), None, "{no}");
        }
    }
}
