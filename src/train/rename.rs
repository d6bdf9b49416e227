//! English training documents under other names: JSON lines with entities -> the same documents with their people,
//! organisations and places renamed, so that the tagger learns how names stand in a sentence, not who was in the news.
//!
//! A name is replaced throughout its document. Given names and surnames come from the lists of names, places from the
//! dictionaries of places; some are made up of two halves of such names, as most names that a reader meets are in no list.
//! Organisations are put together from the parts of `dictionaries/name_parts.csv`. Abbreviations of states, initials, and a
//! share of the places and organisations stay as they are. Everything is drawn from a fixed seed.

use std::collections::BTreeMap;

use super::{Chance, GoldDocument, read_line};
use crate::dictionary::{self, NameKind};
use crate::document::{EntityType, Lang};
use crate::error::Result;
use crate::pipeline::Pipeline;
use crate::tables::Tables;

/// What names are made of.
struct Stock {
    /// Sorted.
    given: Vec<String>,
    /// Sorted.
    surnames: Vec<String>,
    places: Vec<String>,
    /// Last words of organisations, with their kind.
    heads: Vec<(String, String)>,
    topics: Vec<String>,
    adjectives: Vec<String>,
}

/// Gives `copies` renamed documents for each document of the JSON lines `text`. Only entities with offsets are renamed;
/// documents that have none are left out.
///
/// # Errors
/// [`crate::ErrorKind::Format`] with file and line where a line is no such document.
pub fn renamed(pipeline: &Pipeline, file: &str, text: &str, copies: usize) -> Result<String> {
    let stock = Stock::new(pipeline)?;
    let mut chance = Chance::new();
    let mut out = String::new();
    for (n, line) in text.lines().enumerate() {
        let gold = read_line(file, n, line)?;
        for copy in 0..copies {
            if let Some(document) = stock.rename(&gold, copy, &mut chance) {
                out.push_str(&document.to_string());
                out.push('\n');
            }
        }
    }
    Ok(out)
}

impl Stock {
    fn new(pipeline: &Pipeline) -> Result<Self> {
        let tables = Tables::default();
        let english = |file: &str| {
            let mut names: Vec<String> = Vec::new();
            tables
                .each_row(file, ["name", "lang"], |[name, lang]| {
                    if lang == "en" {
                        names.push(name.to_owned());
                    }
                    Ok(())
                })
                .map(|()| {
                    names.sort_unstable();
                    names
                })
        };
        let entries = &pipeline.dictionaries().entries;
        let place = |name: &&dictionary::Name| {
            name.lang == Lang::En
                && matches!(name.kind, NameKind::Full | NameKind::Short)
                && entries.entries[name.entry as usize].kind == EntityType::Place
        };
        let (mut heads, mut topics, mut adjectives) = (Vec::new(), Vec::new(), Vec::new());
        tables.each_row("name_parts.csv", ["part", "kind"], |[part, kind]| {
            match kind {
                "topic" => topics.push(part.to_owned()),
                "adjective" => adjectives.push(part.to_owned()),
                _ => heads.push((part.to_owned(), kind.to_owned())),
            }
            Ok(())
        })?;
        Ok(Stock {
            given: english("given_names.csv")?,
            surnames: english("surnames.csv")?,
            places: entries
                .names
                .iter()
                .filter(place)
                .map(|name| name.text.to_string())
                .collect(),
            heads,
            topics,
            adjectives,
        })
    }

    fn rename(
        &self,
        gold: &GoldDocument,
        copy: usize,
        chance: &mut Chance,
    ) -> Option<serde_json::Value> {
        let chars: Vec<char> = gold.text.chars().collect();
        let mut entities: Vec<(usize, usize, &str)> = gold
            .entities
            .iter()
            .filter_map(|e| Some((e.start?, e.end?, e.kind.as_str())))
            .filter(|(start, end, _)| start < end && *end <= chars.len())
            .collect();
        entities.sort_unstable();
        let (mut text, mut length, mut rows, mut at) = (String::new(), 0, Vec::new(), 0);
        let mut known = BTreeMap::new();
        for (start, end, kind) in entities {
            if start < at {
                continue;
            }
            text.extend(&chars[at..start]);
            length += start - at;
            let old: String = chars[start..end].iter().collect();
            let mut new = match kind {
                "PER" => self.person(&old, &mut known, chance),
                "LOC" => self.place_for(&old, &mut known, chance),
                _ => self.organisation_for(&old, &mut known, chance),
            };
            if let Some(bare) = new.strip_prefix("The ")
                && text.to_lowercase().ends_with("the ")
            {
                new = bare.to_owned();
            }
            let size = new.chars().count();
            rows.push(serde_json::json!([length, length + size, kind]));
            text.push_str(&new);
            length += size;
            at = end;
        }
        text.extend(&chars[at..]);
        (!rows.is_empty()).then(
            || serde_json::json!({"id": format!("{}~{copy}", gold.id), "text": text, "entities": rows}),
        )
    }

    /// Every word of the name by itself, so that «Smith» stays the surname of «John Smith».
    fn person(&self, old: &str, known: &mut Known, chance: &mut Chance) -> String {
        let words: Vec<&str> = old.split(' ').collect();
        let last = words.iter().rposition(|w| !stays(w));
        let mut new = Vec::new();
        for (i, word) in words.iter().enumerate() {
            if stays(word) {
                new.push((*word).to_owned());
                continue;
            }
            let given = Some(i) != last
                || words.len() == 1 && within(&self.given, word) && !within(&self.surnames, word);
            let name = known
                .entry(('P', word.to_lowercase()))
                .or_insert_with(|| match given {
                    true => self.given(chance),
                    false => self.surname(chance),
                });
            new.push(in_case_of(word, name));
        }
        new.join(" ")
    }

    fn place_for(&self, old: &str, known: &mut Known, chance: &mut Chance) -> String {
        let abbreviation = old.ends_with('.') || old.chars().count() <= 3;
        if abbreviation || chance.share(0.25) {
            return old.to_owned();
        }
        let new = known
            .entry(('L', old.to_lowercase()))
            .or_insert_with(|| self.place(chance));
        in_case_of(old, new)
    }

    fn organisation_for(&self, old: &str, known: &mut Known, chance: &mut Chance) -> String {
        known
            .entry(('O', old.to_lowercase()))
            .or_insert_with(|| match chance.share(0.35) {
                true => old.to_owned(),
                false => self.organisation(chance),
            })
            .clone()
    }

    fn given(&self, chance: &mut Chance) -> String {
        match chance.share(0.15) {
            true => blend(&self.given, chance),
            false => chance.pick(&self.given).to_string(),
        }
    }

    fn surname(&self, chance: &mut Chance) -> String {
        match chance.share(0.45) {
            true => blend(&self.surnames, chance),
            false => chance.pick(&self.surnames).to_string(),
        }
    }

    fn place(&self, chance: &mut Chance) -> String {
        let draw = chance.unit();
        if draw < 0.3 {
            blend(&self.places, chance)
        } else if draw < 0.4 {
            let end = chance.pick(&["", "", "ton", "ville", " Bay", " Creek"]);
            blend(&self.surnames, chance) + end
        } else if draw < 0.45 {
            chance.pick(&self.surnames).to_string()
        } else {
            chance.pick(&self.places).clone()
        }
    }

    fn organisation(&self, chance: &mut Chance) -> String {
        let (head, kind) = chance.pick(&self.heads);
        let kind = kind.as_str();
        let draw = chance.unit();
        if draw < 0.08 {
            let letters = b"ABCDEFGHIKLMNOPRSTUVW";
            let size = 3 + usize::from(chance.share(0.33));
            return (0..size)
                .map(|_| char::from(*chance.pick(letters)))
                .collect();
        }
        if draw < 0.16 {
            return blend(&self.surnames, chance);
        }
        if kind == "body" && draw < 0.4 {
            let link = chance.pick(&["of", "for"]);
            let mut name = format!("{head} {link} {}", chance.pick(&self.topics));
            if chance.share(0.3) {
                name += " and ";
                name += chance.pick::<String>(&self.topics);
            }
            return name;
        }
        if kind == "institution" && draw < 0.4 {
            return format!("{head} of {}", self.place(chance));
        }
        let first = self.first_part(kind, chance);
        let article = match kind == "media" && chance.share(0.3) {
            true => "The ",
            false => "",
        };
        format!("{article}{first} {head}")
    }

    /// What stands before the last word of an organisation.
    fn first_part(&self, kind: &str, chance: &mut Chance) -> String {
        let draw = chance.next() % 5;
        match (kind, draw) {
            (_, 0) => self.surname(chance),
            (_, 1) => self.place(chance),
            ("media" | "body", 2) => chance.pick(&self.adjectives).to_string(),
            ("media" | "body", 3) => {
                format!(
                    "{} {}",
                    chance.pick(&self.adjectives),
                    chance.pick(&self.topics)
                )
            }
            ("media" | "body", _) => chance.pick(&self.topics).to_string(),
            (_, 2) => format!("{} {}", self.surname(chance), self.surname(chance)),
            (_, 3) => blend(&self.surnames, chance),
            (_, _) => self.surname(chance),
        }
    }
}

/// New names by type and old name in lower case.
type Known = BTreeMap<(char, String), String>;

fn within(sorted: &[String], word: &str) -> bool {
    sorted
        .binary_search_by(|name| name.as_str().cmp(word))
        .is_ok()
}

/// Initials, numerals and ages of a name.
fn stays(word: &str) -> bool {
    let bare = word.trim_matches(['.', ',']);
    bare.chars().count() < 2 || matches!(bare, "Jr" | "Sr" | "II" | "III" | "IV")
}

/// A name in capitals stays in capitals.
fn in_case_of(old: &str, new: &str) -> String {
    match old.chars().count() > 3 && !old.chars().any(char::is_lowercase) {
        true => new.to_uppercase(),
        false => new.to_owned(),
    }
}

/// A name that is in no list: the first half of one name and the second of another.
fn blend(names: &[impl AsRef<str>], chance: &mut Chance) -> String {
    let mut word = |_| -> Vec<char> {
        let name = chance.pick(names).as_ref();
        name.split(' ')
            .next()
            .unwrap_or_default()
            .chars()
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (front, back) = (word(0), word(1));
    let half = (front.len() / 2).max(2).min(front.len());
    let mut letters = front[..half].iter().chain(&back[back.len() / 2..]);
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(|c| c.to_uppercase())
        .collect();
    letters.fold(first, |mut name, c| {
        name.push(*c);
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Offsets of the copy point at names; one old name has one new name; what lies between stays.
    #[test]
    fn renames_throughout() {
        let text = "Mr. Odell met Jane Odell of Harbour Glass Ltd in Quimper, Va., on Monday.";
        let at = |name: &str, kind: &str| {
            let start = text.rfind(name).unwrap_or_default();
            serde_json::json!([start, start + name.len(), kind])
        };
        let line = serde_json::json!({"id": "a", "text": text, "entities": [
            [4, 9, "PER"],
            at("Jane Odell", "PER"),
            at("Harbour Glass Ltd", "ORG"),
            at("Quimper", "LOC"),
            at("Va.", "LOC"),
        ]});
        let pipeline = Pipeline::new().unwrap();
        let copies = renamed(&pipeline, "f", &line.to_string(), 20).unwrap();
        assert_eq!(copies.lines().count(), 20);
        let mut texts = std::collections::BTreeSet::new();
        for copy in copies.lines() {
            let copy: serde_json::Value = serde_json::from_str(copy).unwrap();
            let chars: Vec<char> = copy["text"].as_str().unwrap().chars().collect();
            let name = |n: usize| -> String {
                let offset = |i: usize| copy["entities"][n][i].as_u64().unwrap() as usize;
                chars[offset(0)..offset(1)].iter().collect()
            };
            assert!(name(1).ends_with(&format!(" {}", name(0))));
            assert_ne!(name(0), "Odell");
            assert_eq!(name(4), "Va.");
            let whole: String = chars.iter().collect();
            assert!(whole.starts_with("Mr. ") && whole.ends_with(", Va., on Monday."));
            texts.insert(whole);
        }
        assert!(texts.len() > 10);
    }
}
