//! Names -> Latin letters and stable ids.
//!
//! The letters stand in `dictionaries/transliteration.csv` (column `news`), what counts as one spelling of a person's name in
//! `dictionaries/name_spellings.csv`. An id depends on the name alone.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use crate::error::Result;
use crate::letters;
use crate::tables::Tables;

/// Spellings of names.
pub struct Spelling {
    /// Letters of the Cyrillic alphabets as news in English writes them, one by one.
    latin: HashMap<char, Box<str>, FxBuildHasher>,
    /// Spellings of one sound, in order.
    sounds: Vec<Sound>,
    /// The same at the end of a word.
    ends: Vec<(Box<str>, Box<str>)>,
}

/// A spelling and what it counts as.
struct Sound {
    spelling: Box<str>,
    like: Box<str>,
    /// [`letters_of`] the spelling.
    letters: u32,
}

#[derive(Deserialize)]
struct Letter {
    letter: char,
    news: Box<str>,
}

impl Spelling {
    /// The letters and spellings of `tables`.
    pub(crate) fn new(tables: &Tables) -> Result<Self> {
        let mut list = Spelling {
            latin: HashMap::default(),
            sounds: Vec::new(),
            ends: Vec::new(),
        };
        tables.each("transliteration.csv", |row: Letter| {
            list.latin.insert(row.letter, row.news);
            Ok(())
        })?;
        tables.each_row(
            "name_spellings.csv",
            ["spelling", "like", "place"],
            |[spelling, like, place]| {
                match place {
                    "any" => list.sounds.push(Sound {
                        spelling: spelling.into(),
                        like: like.into(),
                        letters: letters_of(spelling),
                    }),
                    "end" => list.ends.push((spelling.into(), like.into())),
                    other => return Err(format!("place is {other:?}")),
                }
                Ok(())
            },
        )?;
        Ok(list)
    }

    /// The name in Latin letters; what is Latin already stays.
    pub(super) fn latin(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        for c in name.chars() {
            if c.is_ascii() {
                out.push(c);
                continue;
            }
            let lower = letters::lower(c);
            match self.latin.get(&lower) {
                Some(text) if c == lower => out.push_str(text),
                Some(text) => {
                    let mut letters = text.chars();
                    out.extend(letters.next().map(|l| l.to_ascii_uppercase()));
                    out.extend(letters);
                }
                None => out.push(c),
            }
        }
        // -ий and -ый are written -y.
        if out.ends_with("iy") {
            out.truncate(out.len() - 2);
            out.push('y');
            out = out.replace("iy ", "y ");
        }
        out
    }

    /// A stable id of a name: lower-case ASCII words with hyphens between them.
    pub(super) fn of_name(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        let mut latin = self.latin(name);
        match latin.is_ascii() {
            true => latin.make_ascii_lowercase(),
            false => latin = latin.chars().flat_map(char::to_lowercase).collect(),
        }
        for c in latin.chars() {
            if c.is_ascii_alphanumeric() {
                out.push(c);
            } else if let Some(plain) = plain(c) {
                out.push(plain);
            } else if !out.ends_with('-') && !out.is_empty() && !matches!(c, '\'' | '’' | '\u{301}')
            {
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

    /// A stable id of a person's name, in which the usual spellings of one name in Russian and English meet: Сергей Уткин, Sergei
    /// Utkin, Sergey Utkin.
    pub(super) fn of_person(&self, name: &str) -> String {
        let mut slug = self.of_name(name);
        if !slug.is_ascii()
            || slug.starts_with('u') && slug[1..].starts_with(|c: char| c.is_ascii_digit())
        {
            return slug;
        }
        let mut present = letters_of(&slug);
        for sound in &self.sounds {
            // Most spellings have a letter that the name has not.
            if sound.letters & !present == 0 && slug.contains(&*sound.spelling) {
                slug = slug.replace(&*sound.spelling, &sound.like);
                present = letters_of(&slug);
            }
        }
        let mut out = String::with_capacity(slug.len());
        for word in slug.split('-') {
            if !out.is_empty() {
                out.push('-');
            }
            let end = self.ends.iter().find_map(|(end, like)| {
                let bare = word.strip_suffix(&**end).filter(|b| b.len() > 1)?;
                Some((bare, &**like))
            });
            let (bare, like) = end.unwrap_or((word, ""));
            let start = out.len();
            for c in bare.chars() {
                // One letter for two.
                if out.len() == start || !out.ends_with(c) {
                    out.push(c);
                }
            }
            out.push_str(like);
        }
        out
    }
}

/// A set of the letters of a word: one bit each.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |set, b| set | 1 << (b % 32))
}

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
        let spelling = Spelling::new(&Tables::default()).expect("loads");
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
            assert_eq!(spelling.of_person(ru), spelling.of_person(en));
        }
        for (a, b) in [
            ("Захаров Пётр", "Захарова Пётр"),
            ("Каримов Али", "Керимов Али"),
            ("Ли Анна", "Ло Анна"),
            ("Иванова Анна", "Иванова Инна"),
        ] {
            assert_ne!(spelling.of_person(a), spelling.of_person(b));
        }
    }

    #[test]
    fn slugs_are_plain_and_stable() {
        let spelling = Spelling::new(&Tables::default()).expect("loads");
        assert_eq!(spelling.of_name("Иванов Пётр"), "ivanov-pyotr");
        assert_eq!(spelling.of_name("Жан-Клод О’Нил"), "zhan-klod-onil");
        assert_eq!(spelling.of_name("Łukasz Gębała"), "lukasz-gebala");
        assert!(!spelling.of_name("習").is_empty());
        assert_eq!(spelling.latin("Андрей Белый"), "Andrey Belyy");
    }
}
