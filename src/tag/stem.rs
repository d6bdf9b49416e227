//! A word's key for dictionary look-up: what is left when every Russian case ending is taken off.
//!
//! Two case forms of one word have one key; so have some words that are no forms of each other (Иван, Иванов), which is why
//! a look-up is followed by a check of the forms. The key costs no memory and no dictionary of forms: a row of a user's
//! dictionary is as cheap as one of ours. (The build script works out the keys of the compiled-in dictionaries with this file.)

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Endings of Russian nouns and adjectives, and what surnames in -ов, -ин are left with after those; longest first.
const ENDINGS: [&str; 48] = [
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "ием", "ов",
    "ев", "ом", "ем", "ах", "ях", "ой", "ей", "ою", "ею", "ую", "юю", "ая", "яя", "ое", "ее", "ые",
    "ие", "ый", "ий", "ым", "им", "ых", "их", "ам", "ям", "ья", "ью", "а", "я", "о", "е", "ы", "и",
    "у", "ю",
];

/// The key of a lower-cased word.
pub fn key(lower: &str) -> u64 {
    hash(stem(lower))
}

/// Hash of a lower-cased word; ё and е are one letter.
pub fn hash(lower: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in lower.chars() {
        let c = if c == 'ё' { 'е' } else { c };
        hasher.write_u32(u32::from(c));
    }
    hasher.finish()
}

/// Hash of a lower-cased word in exactly this spelling.
pub fn exact_hash(lower: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(lower.as_bytes());
    hasher.finish()
}

/// Where a table looks for a hash first; to be cut to the table's size.
pub fn slot(hash: u64) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
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
    loop {
        // Every ending ends in one of these letters; most stems stop here.
        let tail = stem
            .as_bytes()
            .last_chunk::<2>()
            .copied()
            .unwrap_or_default();
        let last = char::from_u32((u32::from(tail[0]) & 0x1F) << 6 | u32::from(tail[1]) & 0x3F);
        if !matches!(
            last,
            Some('ь' | 'й' | 'а' | 'я' | 'о' | 'е' | 'ы' | 'и' | 'у' | 'ю' | 'в' | 'м' | 'х')
        ) {
            return stem;
        }
        let cut = stem
            .strip_suffix(['ь', 'й'])
            .or_else(|| ENDINGS.iter().find_map(|e| stem.strip_suffix(e)));
        match cut {
            // Two letters have to stay, or «Том» and «Ким» would lose themselves.
            Some(rest) if rest.len() >= 4 => stem = rest,
            _ => return stem,
        }
    }
}

/// Whether `ending` is one of the endings that [`stem`] takes off.
pub fn is_ending(ending: &str) -> bool {
    matches!(ending, "ь" | "й") || ENDINGS.contains(&ending)
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
