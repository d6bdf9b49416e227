//! A word of a name in the nominative -> its case forms; and whether one word may be a form of another.
//!
//! Both go by the paradigms of [`super::endings`] alone and know every name. Invariant: a word and each word that may be a form of it have
//! a number in common ([`Morphology::nominative_numbers`], [`Morphology::form_numbers`]), so that forms are found in a hash table
//! and not by trying one word after the other.

use super::endings::Part;
use super::morphology::Morphology;
use super::name::NamePart;
use super::tag::{Case, CaseSet};
use super::writing::restore_case;
use crate::document::Sex;
use crate::hash;

impl Morphology {
    /// Every case form of a name's word in the nominative; the first form of each case is the usual one.
    ///
    /// The first half of a hyphenated given name keeps its form unless it ends in a vowel; both halves of a surname bend.
    pub fn name_forms(&self, nominative: &str, part: NamePart, sex: Sex) -> Vec<(Case, String)> {
        let lower = nominative.to_lowercase();
        let mut halves = lower.split('-');
        let last = halves.next_back().unwrap_or("");
        let before: Vec<&str> = halves.collect();
        let kind = match part {
            NamePart::Given => Part::Given,
            NamePart::Patronymic => Part::Patronymic,
            NamePart::Surname => Part::Surname,
            NamePart::Unknown => Part::Any,
        };
        self.endings
            .forms(last, kind, sex)
            .into_iter()
            .map(|(case, form)| {
                let mut whole = String::new();
                for half in &before {
                    let bends = match half.chars().next_back() {
                        Some('а' | 'я') => true,
                        _ => part == NamePart::Surname && is_possessive(half),
                    };
                    let bent = if bends {
                        self.endings
                            .forms(half, kind, sex)
                            .into_iter()
                            .find(|(c, _)| *c == case)
                            .map(|(_, f)| f)
                    } else {
                        None
                    };
                    whole.push_str(bent.as_deref().unwrap_or(half));
                    whole.push('-');
                }
                whole.push_str(&form);
                (case, restore_case(nominative, &whole))
            })
            .collect()
    }

    /// The cases in which the text's word `form` may be a form of the dictionary's word `nominative`: a part of a person's
    /// name, or a word of the name of a place or organisation. Both lower case. Empty where it is none.
    ///
    /// Goes by endings alone and asks no dictionary of words, so that it is quick and knows every name; it therefore takes
    /// «лондона» for a form of a name «лондон», and cannot know the vowels that come and go in words it has no row for.
    pub fn could_be_form_of(&self, nominative: &str, form: &str, sex: Option<Sex>) -> CaseSet {
        let mut cases = CaseSet::ALL;
        let (mut names, mut forms) = (nominative.split('-').peekable(), form.split('-'));
        while let Some(name) = names.next() {
            let Some(form) = forms.next() else {
                return CaseSet::EMPTY;
            };
            let mut here = self.endings.cases(name, form, |p| match sex {
                Some(sex) => p.part != Part::Noun && p.form.is(sex),
                None => true,
            });
            if name == form && (here.is_empty() || names.peek().is_some()) {
                here = if names.peek().is_some() {
                    CaseSet::ALL
                } else {
                    CaseSet::of(Case::Nominative)
                };
            }
            cases = cases.common(here);
        }
        if forms.next().is_some() {
            return CaseSet::EMPTY;
        }
        cases
    }

    /// Calls `f` with numbers of a word in the nominative, lower case. Each word for which [`Morphology::could_be_form_of`] finds a
    /// case has one of them among its [`Morphology::form_numbers`]; some that are no forms have too.
    pub(crate) fn nominative_numbers(&self, nominative: &str, mut f: impl FnMut(u64)) {
        f(self.word_number(nominative));
        let (first, last) = ends(nominative);
        self.endings
            .nominative_stems(last, |stem| f(number(first, stem, false)));
    }

    /// Calls `f` with numbers of the nominatives that a word, lower case, may be a form of.
    pub(crate) fn form_numbers(&self, form: &str, mut f: impl FnMut(u64)) {
        f(self.word_number(form));
        let (first, last) = ends(form);
        self.endings
            .form_stems(last, |stem, whole| f(number(first, stem, whole)));
    }

    /// The number that stands for a word as it is.
    pub(crate) fn word_number(&self, word: &str) -> u64 {
        let (first, last) = ends(word);
        number(first, last, true)
    }
}

/// What all forms of a word have in common with it: the first letter, where there are halves; and the last half, whose ending bends.
fn ends(word: &str) -> (Option<char>, &str) {
    match word.rsplit_once('-') {
        Some((before, last)) => (before.chars().next(), last),
        None => (None, word),
    }
}

/// A number for a stem, or for a whole word.
fn number(first: Option<char>, stem: &str, whole: bool) -> u64 {
    let salt = first.map_or(0, u64::from) << 1 | u64::from(whole);
    (hash::exact(stem) ^ salt).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Whether a surname is of the type in -ов, -ин or -ский, which bends before a hyphen too.
fn is_possessive(lower: &str) -> bool {
    ["ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ской"]
        .iter()
        .any(|e| lower.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that two words have in common as nominative and form.
    fn meet(morphology: &Morphology, nominative: &str, form: &str) -> bool {
        let (mut of_nominative, mut of_form) = (Vec::new(), Vec::new());
        morphology.nominative_numbers(nominative, |n| of_nominative.push(n));
        morphology.form_numbers(form, |n| of_form.push(n));
        of_nominative.iter().any(|n| of_form.contains(n))
    }

    #[test]
    fn forms_share_a_number_with_their_nominative() {
        let morphology = Morphology::new().expect("loads");
        let names = [
            "петров",
            "лев",
            "павел",
            "любовь",
            "цой",
            "ли",
            "гоголь",
            "заяц",
            "китаец",
            "дюма",
            "мария",
            "илья",
            "христос",
            "зеленский",
            "бакай",
            "сковорода",
            "петрова-водкина",
            "салтыков-щедрин",
            "жан-клод",
            "аль-хасани",
            "ким",
            "блажевич",
        ];
        let mut checked = 0;
        for nominative in names {
            for part in [NamePart::Given, NamePart::Surname, NamePart::Unknown] {
                for sex in [Sex::Male, Sex::Female] {
                    for (_, form) in morphology.name_forms(nominative, part, sex) {
                        assert!(meet(&morphology, nominative, &form), "{nominative} {form}");
                        checked += 1;
                    }
                }
            }
        }
        assert!(checked > 500);
        // Whatever may be a form by the table shares one, names or not.
        let words: Vec<String> = ["к", "ко", "лев", "брод", "анна-мар", "ю"]
            .iter()
            .flat_map(|stem| {
                [
                    "", "а", "я", "ь", "ю", "ой", "ий", "ец", "ца", "йца", "ом", "ём", "ие", "ов",
                    "ого",
                ]
                .iter()
                .map(move |end| format!("{stem}{end}"))
            })
            .collect();
        for a in &words {
            for b in &words {
                if !morphology.could_be_form_of(a, b, None).is_empty() {
                    assert!(meet(&morphology, a, b), "{a} {b}");
                }
            }
        }
        assert!(!meet(&morphology, "петров", "сидорова"));
        assert!(!meet(&morphology, "анна-мария", "инна-марии"));
    }
}
