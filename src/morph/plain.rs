//! A word without a hyphen -> its candidates as a part of a name, by the table of paradigms, as a family's name, and by the dictionary.
//!
//! Input: the word, its readings, and the part of the name that it is; output: candidates with the weight of what lists and dictionary
//! know of them. Depends on nothing but the compiled-in dictionaries, so that what was found is kept ([`super::known`]).

use std::rc::Rc;

use super::candidates::Candidate;
use super::endings::{Form, Paradigm, Part};
use super::lists::NameCounts;
use super::morphology::Morphology;
use super::name::NamePart;
use super::reading::Reading;
use super::tag::{Case, CaseSet, Gender, NameType, Number};
use super::weights::{same, weigh_given, weigh_readings, weigh_surname};
use super::writing::VOWELS;
use crate::document::Sex;

/// Price of a paradigm where the table has one with a longer ending for such words.
const SHORTER: f32 = -1.6;

/// The same where the word looks like the nominative, of which the longer ending says how likely it is.
const SHORTER_NOMINATIVE: f32 = -4.0;

/// Logarithm of the chance of rows that no list makes likelier: that a name in -а or -ой does not bend.
const RAREST: f32 = -4.0;

/// Price of a surname in the plural that stands alone, where its form may be another word's.
const FAMILY: f32 = -1.5;

/// Price of a nominative of three letters that no list has, of which a letter would have to be cut: «Чу» is no form of «Ча».
const TINY: f32 = -2.0;

/// Surnames that weigh more are no accidents of the list: ten bearers.
const LISTED: f32 = 0.6;

impl Morphology {
    /// Candidates of a word without a hyphen.
    pub(super) fn plain_candidates(
        &self,
        lower: &str,
        readings: &[Reading],
        part: NamePart,
        list: &mut Vec<Candidate>,
    ) {
        self.endings.readings(lower, |stem, paradigm, cases| {
            let short_stem = stem.len() < 4
                && !stem.is_empty()
                && paradigm.nominative.len() > 2
                && !lower.ends_with(&*paradigm.nominative);
            if !suits(paradigm, part) || short_stem || stem.len() + paradigm.nominative.len() < 4 {
                return;
            }
            let nominative: Rc<str> = [stem, &paradigm.nominative].concat().into();
            if is_spelt_so(&nominative) {
                let word = Word {
                    lower,
                    readings,
                    part,
                };
                self.by_paradigm(word, &nominative, (paradigm, cases), list);
            }
        });
        families(lower, part, list);
        listed(&self.counts, readings, part, list);
    }

    /// Candidates of one nominative by one row of the table of paradigms.
    fn by_paradigm(
        &self,
        word: Word<'_>,
        nominative: &Rc<str>,
        (paradigm, cases): (&Paradigm, CaseSet),
        list: &mut Vec<Candidate>,
    ) {
        let Word {
            lower,
            readings,
            part,
        } = word;
        let bearers = self.counts.given_name(nominative);
        let surname = weigh_surname(&self.counts, nominative, part, paradigm.part);
        let known = readings
            .iter()
            .any(|r| !r.guessed && same(&r.lemma, nominative));
        let kind = match part {
            NamePart::Given => Part::Given,
            NamePart::Surname => Part::Surname,
            NamePart::Patronymic => Part::Patronymic,
            NamePart::Unknown => paradigm.part,
        };
        for sex in [Sex::Male, Sex::Female] {
            if !paradigm.form.is(sex) {
                continue;
            }
            let form = match sex {
                Sex::Male => Form::Male,
                Sex::Female => Form::Female,
            };
            let given = weigh_given(bearers, sex, part, paradigm.part);
            let ending = &paradigm.nominative;
            let shorter = self.endings.has_longer(nominative, ending, kind, form);
            let tiny = nominative.len() <= 6
                && nominative.ends_with(['а', 'я'])
                && **nominative != *lower
                && given <= 0.0
                && surname == 0.0;
            // What a list knows does not depend on how rare its type is; that a word in -а does not bend is no such thing.
            let listed = (given > 0.5 || surname > LISTED) && paradigm.chance > RAREST;
            for case in cases.iter() {
                let chance = if case == Case::Nominative {
                    paradigm.nominative_chance
                } else {
                    paradigm.chance
                };
                list.push(Candidate {
                    nominative: nominative.clone(),
                    form,
                    cases: CaseSet::of(case),
                    score: if listed { chance.max(-0.7) } else { chance }
                        + match (shorter, **nominative == *lower) {
                            (false, _) => 0.0,
                            (true, true) => SHORTER_NOMINATIVE,
                            (true, false) => SHORTER,
                        }
                        + given
                        + surname
                        + if tiny { TINY } else { 0.0 }
                        + match known {
                            true => weigh_readings(readings, nominative, sex, case, part),
                            false => 0.0,
                        },
                });
            }
        }
    }
}

/// A word of a name, lower case, with its readings and the part that it is.
#[derive(Clone, Copy)]
struct Word<'a> {
    lower: &'a str,
    readings: &'a [Reading],
    part: NamePart,
}

/// Whether a Russian word may be spelt so.
fn is_spelt_so(nominative: &str) -> bool {
    let mut end = nominative.chars().rev();
    let soft_vowel = end.next() == Some('ь') && end.next().is_some_and(|c| VOWELS.contains(c));
    let endings = ["йа", "ьа", "скай", "цкай", "скуй", "цкуй"];
    !soft_vowel && !endings.iter().any(|end| nominative.ends_with(end))
}

/// Candidates as the surname of a family.
fn families(lower: &str, part: NamePart, list: &mut Vec<Candidate>) {
    // «братья Серовы»: a family.
    if part == NamePart::Unknown
        && let Some((bare, cases)) = plural_surname(lower)
    {
        list.push(Candidate {
            nominative: format!("{bare}ы").into(),
            form: Form::Both,
            cases,
            // «Серовы» can be nothing else, «Марины» can.
            score: match lower.ends_with("вы") {
                true => 1.0,
                false => FAMILY,
            },
        });
    }
    // «Анна и Пётр Серовы»: one of several people whom one surname in the plural names.
    if matches!(part, NamePart::Surname)
        && let Some((bare, cases)) = plural_surname(lower)
    {
        for (form, nominative) in [
            (Form::Male, bare.to_owned()),
            (Form::Female, format!("{bare}а")),
        ] {
            list.push(Candidate {
                nominative: nominative.as_str().into(),
                form,
                cases,
                score: -0.3,
            });
        }
    }
}

/// Candidates of words that the dictionary knows with a paradigm of their own (Лев, Любовь, Заяц).
fn listed(counts: &NameCounts, readings: &[Reading], part: NamePart, list: &mut Vec<Candidate>) {
    for reading in readings.iter().filter(|r| !r.guessed) {
        let form = match reading.tag.gender {
            Gender::Masculine => Form::Male,
            Gender::Feminine => Form::Female,
            _ => continue,
        };
        let named = matches!(
            reading.tag.name,
            NameType::Given | NameType::Surname | NameType::Patronymic
        );
        let singular = reading.tag.number != Number::Plural;
        let lemma: &str = &reading.lemma;
        if named
            && singular
            && !list
                .iter()
                .any(|c| same(&c.nominative, lemma) && c.form == form)
        {
            let sex = if form == Form::Male {
                Sex::Male
            } else {
                Sex::Female
            };
            let weight = weigh_readings(readings, lemma, sex, reading.tag.case, part);
            list.push(Candidate {
                nominative: lemma.into(),
                form,
                cases: CaseSet::of(reading.tag.case),
                score: -1.6 + weight + weigh_given(counts.given_name(lemma), sex, part, Part::Any),
            });
        }
    }
}

/// Whether a paradigm may be that of such a part of a name.
fn suits(paradigm: &Paradigm, part: NamePart) -> bool {
    match paradigm.part {
        Part::Noun => false,
        Part::Any => true,
        Part::Given => matches!(part, NamePart::Given | NamePart::Unknown),
        Part::Surname => matches!(part, NamePart::Surname | NamePart::Unknown),
        Part::Patronymic => matches!(part, NamePart::Patronymic | NamePart::Unknown),
    }
}

/// A surname of the type in -ов and -ин in the plural: its masculine nominative, and its cases.
fn plural_surname(lower: &str) -> Option<(&str, CaseSet)> {
    let genitive = [Case::Genitive, Case::Accusative, Case::Locative];
    let (bare, cases): (&str, &[Case]) = [
        ("ы", &[Case::Nominative][..]),
        ("ых", &genitive),
        ("ыми", &[Case::Instrumental]),
    ]
    .into_iter()
    .find_map(|(ending, cases)| Some((lower.strip_suffix(ending)?, cases)))?;
    let cases = cases
        .iter()
        .fold(CaseSet::EMPTY, |set, case| set.with(CaseSet::of(*case)));
    ["ов", "ев", "ёв", "ин", "ын"]
        .iter()
        .any(|e| bare.len() > 2 * e.len() && bare.ends_with(e))
        .then_some((bare, cases))
}
