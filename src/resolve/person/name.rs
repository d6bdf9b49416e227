//! A person's name, taken apart: given name, patronymic, surname.
//!
//! Input: the tokens of a mention and its readings or dictionary name; output: [`PersonName`]. Lists and order decide. Invariant: all
//! words are in the nominative, lower case, ё as е; only `whole` is as the text writes it.

use super::choice::{Forms, SameWords, choose};
use super::readings::Found;
use super::words::Word;
use crate::dictionary::names::NameFlags;
use crate::document::Sex;
use crate::letters::folded;
use crate::morph::NamePart;
use crate::resolve::given::Given;

/// A mention's name, taken apart; words in the nominative, lower case, ё as е.
#[derive(Clone, Debug, Default)]
pub(super) struct PersonName {
    pub(super) given: Option<String>,
    pub(super) given_initial: Option<char>,
    pub(super) patronymic: Option<String>,
    pub(super) surname: Option<String>,
    /// Names between given name and surname that are no patronymic.
    pub(super) middle: Vec<String>,
    /// In the nominative, as the text writes it.
    pub(super) whole: String,
    pub(super) words: usize,
    /// How much it says: words count more than initials.
    pub(super) fullness: usize,
    pub(super) sex: Option<Sex>,
    /// Sex that the words around it show.
    pub(super) shown: Option<Sex>,
}

impl PersonName {
    /// Takes over what the other mention of the same person says more.
    pub(super) fn merge(&mut self, name: &PersonName) {
        let richer = name.fullness > self.fullness
            || name.fullness == self.fullness && self.given.is_none() && name.given.is_some();
        if richer {
            self.whole.clone_from(&name.whole);
            self.words = name.words;
            self.fullness = name.fullness;
        }
        if self.given.is_none() {
            self.given.clone_from(&name.given);
        }
        self.given_initial = self.given_initial.or(name.given_initial);
        if self.patronymic.is_none() {
            self.patronymic.clone_from(&name.patronymic);
        }
        if self.surname.is_none() {
            self.surname.clone_from(&name.surname);
        }
        if self.middle.is_empty() {
            self.middle.clone_from(&name.middle);
        }
        self.sex = self.sex.or(name.sex);
        self.shown = self.shown.or(name.shown);
    }

    /// Puts the words, as `written` in the nominative, where they belong.
    fn take_words(&mut self, words: &[Word], written: &[Box<str>]) {
        for (word, text) in words.iter().zip(written) {
            if !self.whole.is_empty() {
                self.whole.push(if word.joined { '-' } else { ' ' });
            }
            self.whole.push_str(text);
        }
        let mut surname = Vec::new();
        for (word, text) in words.iter().zip(written) {
            if word.initial {
                if self.given_initial.is_none() {
                    self.given_initial = text.chars().next().and_then(|c| c.to_lowercase().next());
                }
                continue;
            }
            match word.part {
                NamePart::Given if self.given.is_none() => self.given = Some(folded(text)),
                NamePart::Patronymic => self.patronymic = Some(folded(text)),
                _ => surname.push(folded(text)),
            }
        }
        // Of several words behind the given name the last is the surname: Анна Мария Келлер.
        self.surname = surname.pop();
        self.middle = surname;
    }
}

/// Takes a mention's name apart and brings it into the nominative.
pub(super) fn take_apart(
    given: &Given<'_>,
    found: &Found,
    dictionary: Option<u32>,
    same: &SameWords<'_>,
    forms: &Forms,
) -> PersonName {
    let words = &found.words;
    let mut name = PersonName {
        words: words.len(),
        fullness: words.iter().map(|w| if w.initial { 1 } else { 4 }).sum(),
        ..PersonName::default()
    };
    let entries = &given.dictionaries().entries;
    let written: Vec<Box<str>> = match dictionary {
        Some(n) => {
            let entry = &entries.entries[entries.names[n as usize].entry as usize];
            name.sex = entry.sex;
            let text = &entries.names[n as usize].text;
            let own: Vec<Box<str>> = text.split(' ').map(Into::into).collect();
            if own.len() == words.len() {
                own
            } else if own.len() > words.len() && !words.is_empty() {
                // A title that the dictionary has in the name is left out of the mention.
                own[own.len() - words.len()..].to_vec()
            } else {
                name.whole = text.to_string();
                let mut parts = own.iter();
                name.given = parts.next().filter(|_| own.len() > 1).map(|w| folded(w));
                name.surname = own.last().map(|w| folded(w));
                return name;
            }
        }
        None => {
            let best = choose(given, found, same, forms);
            name.sex = best.and_then(|r| r.sex);
            name.shown = found.context.sex.or(found
                .context
                .subject
                .filter(|_| best.is_some_and(|r| r.nominative)));
            best.map_or_else(Vec::new, |r| r.words.clone())
        }
    };
    if name.sex.is_none() {
        name.sex = sex_of_latin(given, words);
    }
    name.take_words(words, &written);
    name
}

/// The sex that the given name of a Latin full name shows: its endings show none.
fn sex_of_latin(given: &Given<'_>, words: &[Word]) -> Option<Sex> {
    let first = words.first().filter(|w| words.len() > 1 && !w.initial)?;
    let facts = given.known.at(first.token);
    let (male, female) = (
        facts.name().any(NameFlags::GIVEN_MALE),
        facts.name().any(NameFlags::GIVEN_FEMALE),
    );
    match (facts.lower().is_ascii(), male, female) {
        (true, true, false) => Some(Sex::Male),
        (true, false, true) => Some(Sex::Female),
        _ => None,
    }
}
