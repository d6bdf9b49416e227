//! A word's key for dictionary look-up: what is left when every Russian case ending is taken off.
//!
//! Two case forms of one word have one key; so have some words that are no forms of each other (Иван, Иванов), which is why
//! a look-up is followed by a check of the forms. The key costs no memory and no dictionary of forms: a row of a user's
//! dictionary is as cheap as one of ours. (The build script works out the keys of the compiled-in dictionaries with this file.)

use crate::hash;

/// Endings of Russian nouns and adjectives, and what surnames in -ов, -ин are left with after those, by their last letter; longest
/// first, but for those in -й, which goes by itself.
fn endings_in(last: char) -> &'static [&'static str] {
    match last {
        'ь' => &["ь"],
        'й' => &["й", "ой", "ей", "ый", "ий"],
        'а' => &["а"],
        'я' => &["ая", "яя", "ья", "я"],
        'о' => &["ого", "его", "о"],
        'е' => &["ое", "ее", "ые", "ие", "е"],
        'ы' => &["ы"],
        'и' => &["иями", "ями", "ами", "ыми", "ими", "и"],
        'у' => &["ому", "ему", "у"],
        'ю' => &["ою", "ею", "ую", "юю", "ью", "ю"],
        'в' => &["ов", "ев"],
        'м' => &["иям", "ием", "ом", "ем", "ым", "им", "ам", "ям"],
        'х' => &["иях", "ах", "ях", "ых", "их"],
        _ => &[],
    }
}

/// The key of a lower-cased word.
pub fn key(lower: &str) -> u64 {
    hash::word(stem(lower))
}

/// A second key of a dictionary's word whose last vowel comes and goes: Павел, Павла; казахстанец, казахстанца.
pub fn fleeting_key(lower: &str) -> Option<u64> {
    let mut tail = lower.char_indices().rev();
    let (at, last) = tail.next()?;
    let (vowel_at, vowel) = tail.next()?;
    let (_, before) = tail.next()?;
    let consonant = |c: char| "бвгджзйклмнпрстфхцчшщ".contains(c);
    if !matches!(vowel, 'е' | 'о' | 'ё') || !consonant(last) || !consonant(before) {
        return None;
    }
    let mut word = String::with_capacity(lower.len());
    word.push_str(&lower[..vowel_at]);
    if before == 'л' && vowel == 'е' {
        word.push('ь');
    }
    word.push_str(&lower[at..]);
    Some(key(&word))
}

/// The word without its endings. Latin words lose only a possessive `'s`.
pub fn stem(lower: &str) -> &str {
    let bytes = lower.as_bytes();
    if bytes.last().is_some_and(u8::is_ascii) {
        return lower
            .strip_suffix("'s")
            .or_else(|| lower.strip_suffix('\''))
            .unwrap_or(lower);
    }
    let mut stem = lower;
    while let Some(last) = stem.chars().next_back() {
        let cut = endings_in(last)
            .iter()
            .find_map(|ending| stem.strip_suffix(ending));
        match cut {
            // Two letters have to stay, or «Том» and «Ким» would lose themselves.
            Some(rest) if rest.len() >= 4 => stem = rest,
            _ => break,
        }
    }
    stem
}

/// Whether `ending` is one of the endings that [`stem`] takes off.
pub fn is_ending(ending: &str) -> bool {
    let last = ending.chars().next_back();
    last.is_some_and(|last| endings_in(last).contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_forms_share_a_key() {
        for forms in [
            "токаев токаева токаеву токаевым токаеве",
            "чехия чехии чехию чехией",
            "минск минска минску минском минске",
            "евразийский евразийского евразийскому евразийским евразийском",
            "организация организации организацией организаций организациям",
            "дуда дуды дуде дудой",
            "ким кима киму кимом киме",
            "зеленский зеленского зеленским",
            "беларусь беларуси беларусью",
        ] {
            let keys: Vec<u64> = forms.split(' ').map(key).collect();
            assert!(keys.windows(2).all(|k| k[0] == k[1]), "{forms}");
        }
        assert_eq!(fleeting_key("павел"), Some(key("павла")));
        assert_eq!(fleeting_key("казахстанец"), Some(key("казахстанцем")));
        assert_ne!(key("минск"), key("пинск"));
        assert_eq!(key("belarus"), key("belarus's"));
    }
}
