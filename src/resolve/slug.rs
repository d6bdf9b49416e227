//! Names -> Latin letters and stable ids.

/// Letters of the Cyrillic alphabets in the plain transliteration that news in English uses.
const LATIN: [(char, &str); 45] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "yo"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('і', "i"),
    ('ї', "yi"),
    ('є', "ye"),
    ('ґ', "g"),
    ('ў', "u"),
    ('қ', "q"),
    ('ғ', "gh"),
    ('ү', "u"),
    ('ұ', "u"),
    ('ө', "o"),
    ('ң', "ng"),
    ('ә', "a"),
];

/// The name in Latin letters; what is Latin already stays.
pub(super) fn latin(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        match LATIN.iter().find(|(l, _)| *l == lower) {
            Some((_, text)) if c == lower => out.push_str(text),
            Some((_, text)) => {
                let mut letters = text.chars();
                out.extend(letters.next().map(|l| l.to_ascii_uppercase()));
                out.extend(letters);
            }
            None => out.push(c),
        }
    }
    // -ий and -ый are written -y.
    out.replace("iy ", "y ")
        .strip_suffix("iy")
        .map(|s| format!("{s}y"))
        .unwrap_or(out)
}

/// A stable id of a name: lower-case ASCII words with hyphens between them.
pub(super) fn of_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in latin(name).chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if let Some(plain) = plain(c) {
            out.push(plain);
        } else if !out.ends_with('-') && !out.is_empty() && !matches!(c, '\'' | '’' | '\u{301}') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() {
        // Names in other scripts: their letters as numbers.
        for c in name.chars().filter(|c| c.is_alphanumeric()) {
            out.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    out
}

/// A stable id of a person's name, in which the usual spellings of one name in Russian and English meet: Сергей Уткин, Sergei Utkin,
/// Sergey Utkin.
pub(super) fn of_person(name: &str) -> String {
    let mut slug = of_name(name);
    if !slug.is_ascii()
        || slug.starts_with('u') && slug[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return slug;
    }
    for (from, to) in SPELLINGS {
        if slug.contains(from) {
            slug = slug.replace(from, to);
        }
    }
    let mut out = String::with_capacity(slug.len());
    for word in slug.split('-') {
        if !out.is_empty() {
            out.push('-');
        }
        let ends = ["ey", "ei", "iy", "yy", "ii", "i", "y"];
        let bare = ends
            .iter()
            .find_map(|e| word.strip_suffix(e).filter(|b| b.len() > 1));
        let start = out.len();
        for c in bare.unwrap_or(word).chars() {
            // One letter for two.
            if out.len() == start || !out.ends_with(c) {
                out.push(c);
            }
        }
        if bare.is_some() {
            out.push('y');
        }
    }
    out
}

/// Spellings of one sound, in order.
const SPELLINGS: [(&str, &str); 17] = [
    ("shch", "sch"),
    ("dzh", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("tz", "ts"),
    ("x", "ks"),
    ("w", "v"),
    ("q", "k"),
    ("ye", "e"),
    ("yo", "e"),
    ("iya", "ia"),
    ("iia", "ia"),
    ("ander", "andr"),
    ("iyu", "iu"),
];

/// The letter below a diacritic, for those that European names have.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'ă' | 'ą' | 'ā' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ę' | 'ě' | 'ė' | 'ē' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ķ' => 'k',
        'ł' | 'ľ' | 'ļ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò'..='ö' | 'ø' | 'ő' | 'ō' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ű' | 'ů' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_id() {
        for (ru, en) in [
            ("Сергей Уткин", "Sergei Utkin"),
            ("Юлия Ахметова", "Yulia Akhmetova"),
            ("Пётр Тихонов", "Petr Tikhonov"),
            ("Дмитрий Кобяков", "Dmitri Kobyakov"),
            ("Александр Жуков", "Alexander Zhukov"),
            ("Асель Токаева", "Asel Tokayeva"),
            ("Максим Ельцов", "Maksim Yeltsov"),
            ("Рахим Жапаров", "Rahim Japarov"),
        ] {
            assert_eq!(of_person(ru), of_person(en));
        }
        for (a, b) in [
            ("Захаров Пётр", "Захарова Пётр"),
            ("Каримов Али", "Керимов Али"),
            ("Ли Анна", "Ло Анна"),
            ("Иванова Анна", "Иванова Инна"),
        ] {
            assert_ne!(of_person(a), of_person(b));
        }
    }

    #[test]
    fn slugs_are_plain_and_stable() {
        assert_eq!(of_name("Иванов Пётр"), "ivanov-pyotr");
        assert_eq!(of_name("Жан-Клод О’Нил"), "zhan-klod-onil");
        assert_eq!(of_name("Łukasz Gębała"), "lukasz-gebala");
        assert!(!of_name("習").is_empty());
        assert_eq!(latin("Андрей Белый"), "Andrey Belyy");
    }
}
