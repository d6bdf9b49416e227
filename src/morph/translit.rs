//! Cyrillic names in Latin letters and back, and a loose key under which the spellings of one name meet.
//!
//! The letters of each standard stand in `dictionaries/transliteration.csv` (columns: the letter and its spelling in each
//! standard), the way back in `dictionaries/latin_spellings.csv`; what depends on the letters around it is here. Input and output keep the order of words; upper case is kept.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use crate::error::Result;
use crate::tables::Tables;

#[derive(Deserialize)]
struct Row {
    letter: char,
    news: String,
    bgn: String,
    icao: String,
    iso9: String,
    gost: String,
}

#[derive(Deserialize)]
struct BackRow {
    latin: Box<str>,
    cyrillic: Box<str>,
}

/// A way to write Cyrillic in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Standard {
    /// As news in English does: Yeltsin, Zelensky, Sergey.
    #[default]
    News,
    /// BGN/PCGN 1947 for Russian: Yel’tsin, Zelenskiy.
    Bgn,
    /// Machine-readable passports, ICAO Doc 9303 (Russian passports since 2013): Eltsin, Zelenskii.
    Icao,
    /// ISO 9:1995, GOST 7.79-2000 system A: one letter for one letter.
    Iso9,
    /// GOST 7.79-2000 system B: ASCII only.
    Gost,
}

/// The tables of letters.
pub struct Transliterator {
    letters: HashMap<char, [Box<str>; 5], FxBuildHasher>,
    /// Latin spellings of Cyrillic letters, longer ones first.
    back: Vec<BackRow>,
}

impl Transliterator {
    /// Reads the tables that are compiled in.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where a table is damaged.
    pub fn new() -> Result<Self> {
        Self::with_tables(&Tables::default())
    }

    /// Reads `tables`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where a table is damaged.
    pub fn with_tables(tables: &Tables) -> Result<Self> {
        let mut letters = HashMap::default();
        tables.each("transliteration.csv", |r: Row| {
            let spellings = [r.news, r.bgn, r.icao, r.iso9, r.gost];
            letters.insert(r.letter, spellings.map(String::into_boxed_str));
            Ok(())
        })?;
        let mut back = Vec::new();
        tables.each("latin_spellings.csv", |row: BackRow| {
            back.push(row);
            Ok(())
        })?;
        back.sort_by_key(|r| std::cmp::Reverse(r.latin.len()));
        Ok(Transliterator { letters, back })
    }

    /// `text` in Latin letters; what is not Cyrillic stays as it is.
    ///
    /// ```
    /// use glagol::morph::{Standard, Transliterator};
    /// let t = Transliterator::new()?;
    /// assert_eq!(t.to_latin("Ерлан Кошанов", Standard::News), "Yerlan Koshanov");
    /// assert_eq!(t.to_latin("Юрий Щукин", Standard::Icao), "Iurii Shchukin");
    /// # Ok::<(), glagol::Error>(())
    /// ```
    pub fn to_latin(&self, text: &str, standard: Standard) -> String {
        let mut out = String::with_capacity(text.len());
        let chars: Vec<char> = text.chars().collect();
        for (i, &c) in chars.iter().enumerate() {
            let lower = c.to_lowercase().next().unwrap_or(c);
            let Some(spellings) = self.letters.get(&lower) else {
                out.push(c);
                continue;
            };
            let before = i.checked_sub(1).map(|k| lower_of(chars[k]));
            let next = chars.get(i + 1).map(|&n| lower_of(n));
            let ends = next.is_none_or(|n| !n.is_alphabetic());
            let plain: &str = &spellings[standard as usize];
            let spelling = match (standard, lower) {
                // Yeltsin, Dudayev, but Petrov.
                (Standard::News | Standard::Bgn, 'е')
                    if before
                        .is_none_or(|b| !b.is_alphabetic() || "аеёиоуыэюяьъйіїє".contains(b)) =>
                {
                    "ye"
                }
                // Zelensky, Dmitry.
                (Standard::News, 'и' | 'ы') if next == Some('й') && self.ends_at(&chars, i + 2) => {
                    ""
                }
                (Standard::News, 'ё') if before.is_some_and(|b| "жчшщ".contains(b)) => "e",
                (Standard::News, 'ь') if next.is_some_and(|n| "ео".contains(n)) => "",
                (Standard::Gost, 'ц') if next.is_some_and(|n| "еёиіыйэюя".contains(n)) => {
                    "c"
                }
                _ => plain,
            };
            if c == lower {
                out.push_str(spelling);
                continue;
            }
            let shouted = next.is_some_and(|_| chars.get(i + 1).is_some_and(|n| n.is_uppercase()))
                || (ends && i > 0 && chars[i - 1].is_uppercase());
            let mut letters = spelling.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            if shouted {
                out.extend(letters.flat_map(char::to_uppercase));
            } else {
                out.extend(letters);
            }
        }
        out
    }

    fn ends_at(&self, chars: &[char], i: usize) -> bool {
        chars.get(i).is_none_or(|c| !c.is_alphabetic())
    }

    /// A Latin spelling of the English press in Cyrillic letters, the likeliest way. Names of other languages come out
    /// letter by letter.
    ///
    /// ```
    /// let t = glagol::morph::Transliterator::new()?;
    /// assert_eq!(t.to_cyrillic("Zhaparov"), "Жапаров");
    /// assert_eq!(t.to_cyrillic("Dmitry Khrushchev"), "Дмитрий Хрущев");
    /// # Ok::<(), glagol::Error>(())
    /// ```
    pub fn to_cyrillic(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        let lower: Vec<char> = text.chars().map(lower_of).collect();
        let source: Vec<char> = text.chars().collect();
        let mut i = 0;
        while i < lower.len() {
            let rest = &lower[i..];
            let at_end = |n: usize| rest.get(n).is_none_or(|c| !c.is_alphabetic());
            let at_start = i == 0 || !lower[i - 1].is_alphabetic();
            let after_vowel = i > 0 && "aeiouy".contains(lower[i - 1]);
            let (found, width) = if at_end(1) && rest[0] == 'y' && !after_vowel && !at_start {
                ("ий", 1)
            } else if starts(rest, "ky") && at_end(2) {
                ("кий", 2)
            } else if starts(rest, "ye") && (at_start || after_vowel) {
                ("е", 2)
            } else {
                self.back
                    .iter()
                    .filter(|r| {
                        // «ay» is one sound before a consonant only: Tokayev.
                        !r.cyrillic.ends_with('й')
                            || rest.get(2).is_none_or(|c| !"aeiou".contains(*c))
                    })
                    .find(|r| starts(rest, &r.latin))
                    .map_or(("", 1), |r| (&r.cyrillic, r.latin.len()))
            };
            if found.is_empty() && rest[0] != '\'' && rest[0] != '’' {
                out.push(source[i]);
                i += 1;
                continue;
            }
            if source[i].is_uppercase() {
                let mut letters = found.chars();
                out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                let shouted = source.get(i + 1).is_some_and(|c| c.is_uppercase());
                if shouted {
                    out.extend(letters.flat_map(char::to_uppercase));
                } else {
                    out.extend(letters);
                }
            } else {
                out.push_str(found);
            }
            i += width;
        }
        out
    }
}

fn lower_of(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn starts(rest: &[char], latin: &str) -> bool {
    rest.len() >= latin.len() && latin.chars().zip(rest).all(|(a, &b)| a == b)
}

/// The key under which the spellings of one name in Russian and in Latin letters meet: Лукашенко, Lukashenko and Lukashenka;
/// Токаев, Tokayev and Toqaev; Жапаров, Japarov and Zhaparov. Words stay apart by a space. Different names may share a key, so
/// a match has to be backed by something else; names that English spells by another language's rules (Xi Jinping) do not meet.
///
/// ```
/// use glagol::morph::match_key;
/// assert_eq!(match_key("Касым-Жомарт Токаев"), match_key("Kassym-Jomart Tokayev"));
/// assert_ne!(match_key("Токаев"), match_key("Дудаев"));
/// ```
pub fn match_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut sounds: Vec<char> = Vec::with_capacity(24);
    let split =
        |c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '`' | '\u{300}'..='\u{36F}'));
    for word in text.split(split).filter(|w| !w.is_empty()) {
        sounds.clear();
        sounds_of(word, &mut sounds);
        if sounds.is_empty() {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(skeleton(&sounds));
    }
    key
}

/// One code a sound: vowels a e i o u, й and y as `y`, consonants in lower case, J for ж and дж, C for ц, H for ч, S for ш, щ.
fn sounds_of(word: &str, out: &mut Vec<char>) {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let mut i = 0;
    while i < letters.len() {
        let next = letters.get(i + 1).copied().unwrap_or(' ');
        let third = letters.get(i + 2).copied().unwrap_or(' ');
        let (sound, width): (&str, usize) = match (letters[i], next) {
            ('д', 'ж') | ('z', 'h') => ("J", 2),
            ('d', 'j') => ("J", 2),
            ('т', 'с') | ('t', 's' | 'z') => ("C", 2),
            ('t', 'c') if third == 'h' => ("H", 3),
            ('s', 'h') if third == 'c' && letters.get(i + 3) == Some(&'h') => ("S", 4),
            ('s', 'c') if third == 'h' => ("S", 3),
            ('s', 'h') => ("S", 2),
            ('c', 'h') => ("H", 2),
            ('k', 'h') => ("h", 2),
            ('g', 'h') => ("g", 2),
            ('p', 'h') => ("f", 2),
            ('t', 'h') => ("t", 2),
            ('c', 'k') => ("k", 2),
            ('y' | 'й', 'o' | 'о') => ("e", 2),
            ('c', 'e' | 'i' | 'y') => ("s", 1),
            ('а' | 'a' | 'ə' | 'ä' | 'á' | 'ā' | 'ә', _) => ("a", 1),
            ('б' | 'b', _) => ("b", 1),
            ('в' | 'v' | 'w', _) => ("v", 1),
            ('г' | 'g' | 'ґ' | 'ғ' | 'ğ', _) => ("g", 1),
            ('д' | 'd', _) => ("d", 1),
            ('е' | 'ё' | 'э' | 'є' | 'e' | 'é' | 'è' | 'ë' | 'ē' | 'ė', _) => ("e", 1),
            ('ж' | 'j' | 'ž' | 'ҷ' | 'җ', _) => ("J", 1),
            ('з' | 'z', _) => ("z", 1),
            ('и' | 'і' | 'ї' | 'ы' | 'ӣ' | 'i' | 'ı' | 'í' | 'ī', _) => ("i", 1),
            ('й' | 'y', _) => ("y", 1),
            ('к' | 'k' | 'q' | 'қ' | 'c', _) => ("k", 1),
            ('л' | 'l' | 'ł', _) => ("l", 1),
            ('м' | 'm', _) => ("m", 1),
            ('н' | 'n' | 'ñ', _) => ("n", 1),
            ('ң', _) => ("ng", 1),
            ('о' | 'o' | 'ó' | 'ö' | 'ө' | 'ō', _) => ("o", 1),
            ('п' | 'p', _) => ("p", 1),
            ('р' | 'r', _) => ("r", 1),
            ('с' | 's', _) => ("s", 1),
            ('т' | 't', _) => ("t", 1),
            ('у' | 'u' | 'ú' | 'ü' | 'ү' | 'ұ' | 'ӯ' | 'ū', _) => ("u", 1),
            ('ў', _) => ("u", 1),
            ('ю', _) => ("u", 1),
            ('я', _) => ("a", 1),
            ('ф' | 'f', _) => ("f", 1),
            ('х' | 'h' | 'һ' | 'ҳ', _) => ("h", 1),
            ('ц', _) => ("C", 1),
            ('ч' | 'č' | 'ç', _) => ("H", 1),
            ('ш' | 'щ' | 'š' | 'ş', _) => ("S", 1),
            ('x', _) => ("ks", 1),
            (other, _) if other.is_alphabetic() && !matches!(other, 'ь' | 'ъ') => {
                out.push(other);
                ("", 1)
            }
            _ => ("", 1),
        };
        out.extend(sound.chars());
        i += width;
    }
}

/// Runs of vowels shrink to their first one, doubled consonants to one; an h that English or Russian may leave out goes, and so
/// does the e of a final -er.
fn skeleton(sounds: &[char]) -> Vec<char> {
    let vowel = |c: char| "aeiouy".contains(c);
    let mut out: Vec<char> = Vec::with_capacity(sounds.len());
    let mut i = 0;
    while i < sounds.len() {
        let c = sounds[i];
        if vowel(c) {
            let mut end = i;
            while end < sounds.len() && vowel(sounds[end]) {
                end += 1;
            }
            let first = sounds[i..end].iter().find(|&&v| v != 'y');
            out.push(*first.unwrap_or(&'i'));
            i = end;
            continue;
        }
        i += 1;
        let silent = c == 'h' && !out.is_empty() && sounds.get(i).is_none_or(|&n| !vowel(n));
        if !silent && out.last() != Some(&c) {
            out.push(c);
        }
    }
    if let [.., before, 'e', 'r'] = out[..]
        && !vowel(before)
        && out.len() > 4
    {
        let at = out.len() - 2;
        out.remove(at);
    }
    if out.last() == Some(&'o') {
        out.pop();
        out.push('a');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for spellings in [
            "Лукашенко Lukashenko Lukashenka",
            "Токаев Tokayev Tokaev Toqaev",
            "Жапаров Japarov Zhaparov",
            "Кошанов Koshanov",
            "Ерлан Yerlan Erlan",
            "Касым-Жомарт Kassym-Jomart Qasym-Zhomart",
            "Назарбаев Nazarbayev Nazarbaev",
            "Мирзиёев Mirziyoyev Mirziyoev Мирзиеев",
            "Алиев Aliyev Aliev Əliyev",
            "Ильхам Ilham Ilkham",
            "Бердымухамедов Berdimuhamedow Berdymukhammedov Berdimuhamedov",
            "Рахмон Rahmon Rakhmon",
            "Зеленский Zelensky Zelenskyy Zelenskiy Zelenskyi",
            "Дмитрий Dmitry Dmitri Dmitriy",
            "Сергей Sergey Sergei",
            "Пётр Pyotr Petr Петр",
            "Горбачёв Gorbachev Gorbachyov",
            "Хрущёв Khrushchev",
            "Чайковский Tchaikovsky Chaikovsky",
            "Ющенко Yushchenko",
            "Жээнбеков Jeenbekov Zheenbekov",
            "Пашинян Pashinyan",
            "Александр Aleksandr Alexander Alexandr",
            "Ельцин Yeltsin Eltsin",
            "Кузнецов Kuznetsov",
            "Джонсон Johnson",
            "Кобахидзе Kobakhidze",
            "Мехрибан Mehriban",
            "Юлия Yulia Yuliya",
            "Захарова Zakharova",
        ] {
            let keys: Vec<String> = spellings.split(' ').map(match_key).collect();
            assert!(
                keys.windows(2).all(|k| k[0] == k[1]),
                "{spellings}: {keys:?}"
            );
        }
    }

    #[test]
    fn different_names_keep_apart() {
        for (a, b) in [
            ("Токаев", "Дудаев"),
            ("Захаров", "Захарова"),
            ("Иванов", "Петров"),
            ("Шарипов", "Жарипов"),
            ("Каримов", "Керимов"),
            ("Ли", "Ло"),
        ] {
            assert_ne!(match_key(a), match_key(b));
        }
        assert_eq!(match_key(""), "");
        assert_eq!(match_key("— 5 !"), "");
    }

    #[test]
    fn standards_write_as_they_say() {
        let t = Transliterator::new().expect("loads");
        use Standard as S;
        for (name, standard, latin) in [
            ("Ельцин", S::News, "Yeltsin"),
            ("Ельцин", S::Bgn, "Yel’tsin"),
            ("Ельцин", S::Icao, "Eltsin"),
            ("Ельцин", S::Iso9, "Elʹcin"),
            ("Ельцин", S::Gost, "El`cin"),
            ("Владимир Зеленский", S::News, "Vladimir Zelensky"),
            ("Зеленский", S::Icao, "Zelenskii"),
            ("Хрущёв", S::News, "Khrushchev"),
            ("Щукин", S::Iso9, "Ŝukin"),
            ("Юлия Яхина", S::Icao, "Iuliia Iakhina"),
            ("Касым-Жомарт Токаев", S::News, "Kasym-Zhomart Tokayev"),
            ("Сергей Лавров", S::News, "Sergey Lavrov"),
            ("ЩУКА", S::News, "SHCHUKA"),
            ("Apple — Яблоко", S::News, "Apple — Yabloko"),
            ("Подъяпольская", S::Icao, "Podieiapolskaia"),
        ] {
            assert_eq!(t.to_latin(name, standard), latin, "{standard:?}");
        }
    }

    #[test]
    fn latin_goes_back() {
        let t = Transliterator::new().expect("loads");
        for (latin, name) in [
            ("Lukashenko", "Лукашенко"),
            ("Koshanov", "Кошанов"),
            ("Yerlan", "Ерлан"),
            ("Sergey", "Сергей"),
            ("Zakharova", "Захарова"),
            ("Zelensky", "Зеленский"),
            ("Tokayev", "Токаев"),
        ] {
            assert_eq!(t.to_cyrillic(latin), name);
        }
    }
}
