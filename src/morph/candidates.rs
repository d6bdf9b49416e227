//! A word of a name -> its candidates: the nominatives that it may be a form of, with sex, cases and weight.
//!
//! Input: the words of the name and which of them is asked for; output: [`Candidate`]s. What a word by itself may be is [`super::plain`]'s;
//! here stands what depends on the words beside it and on hyphens. Invariant: every word has at least one candidate, itself.

use std::rc::Rc;

use super::endings::Form;
use super::lists::{GivenName, NameCounts};
use super::morphology::Morphology;
use super::name::{NamePart, NameWord};
use super::particles::Particle;
use super::reading::Reading;
use super::tag::{Case, CaseSet, Gender, NameType, Number, Pos};
use super::weights::known;
use super::writing::{VOWELS, fold};
use crate::document::Sex;

/// Price of a word that keeps its nominative where the name stands in another case.
const UNBENT: f32 = -4.5;

/// The same for a short word before another: «Дэн Сяопином».
const UNBENT_SHORT: f32 = -1.6;

/// The same where all words but the last are that short: «Ким Чен Ыном».
const UNBENT_SYLLABLE: f32 = -0.2;

/// The same for the first half of a hyphenated word: «Касым-Жомарта».
const UNBENT_HALF: f32 = -0.7;

/// Price of a Chinese given name that no syllables make.
const NO_SYLLABLES: f32 = -3.0;

/// Price of an adjective or common noun before a name: «святой Марк», «доктор Лиза».
const EPITHET: f32 = -0.3;

/// One way to read one word.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) nominative: Rc<str>,
    pub(super) form: Form,
    pub(super) cases: CaseSet,
    pub(super) score: f32,
}

impl Morphology {
    /// All ways to read a word of a name.
    pub(super) fn word_candidates(&self, words: &[NameWord<'_>], index: usize) -> Vec<Candidate> {
        let word = words[index];
        let lower = fold(word.text);
        // «Ли Шанфу»: the surname of a Chinese name that has two words does not bend.
        let chinese = words.len() == 2 && self.chinese.is_surname(&fold(words[0].text));
        if let Some(fixed) = self.fixed(words, index, &lower, chinese) {
            return vec![fixed];
        }
        let known = (!lower.contains('-')).then(|| self.known(&lower));
        let readings = known.as_ref().map_or(&[][..], |known| &known.readings);
        let mut list = Vec::new();
        common_nouns(readings, words, index, &lower, &mut list);
        let particle = !word.text.chars().any(char::is_uppercase);
        if particle {
            list.push(unbent(
                &self.counts,
                &lower,
                if list.is_empty() { 0.0 } else { UNBENT },
            ));
            return list;
        }
        let all_short = words.len() > 2
            && words[..words.len() - 1]
                .iter()
                .all(|w| is_short(&w.text.to_lowercase()));
        if let Some(known) = &known {
            // The given names of East Asia are in no list, and the lists' short names are in none of theirs.
            let part = match all_short && index + 1 == words.len() {
                true => NamePart::Surname,
                false => word.part,
            };
            list.extend_from_slice(known.candidates(self, part));
        } else if let Some((before, last)) = lower.rsplit_once('-') {
            self.hyphenated(before, last, word.part, &mut list);
        }
        let syllables = index + 1 < words.len() && is_short(&lower);
        let price = match (syllables, all_short) {
            (true, true) => UNBENT_SYLLABLE,
            (true, false) => UNBENT_SHORT,
            _ => UNBENT,
        };
        let known = if price < UNBENT_SHORT {
            0.0
        } else {
            // A syllable that is known as a name is no worse for not bending.
            list.iter()
                .filter(|c| c.cases.has(Case::Nominative))
                .fold(0.0_f32, |best, c| best.max(c.score))
        };
        list.push(unbent(&self.counts, &lower, price + known));
        if chinese {
            for c in &mut list {
                c.score += match self.chinese.is_given_name(&c.nominative) {
                    true => 0.0,
                    false => NO_SYLLABLES,
                };
            }
        }
        list
    }

    /// The one reading of a word that does not bend whatever the case: «оглы», a father's name before it, Latin letters.
    fn fixed(
        &self,
        words: &[NameWord<'_>],
        index: usize,
        lower: &str,
        chinese: bool,
    ) -> Option<Candidate> {
        let child = |word: &str| self.particles.of(word).child();
        let of_sex = |sex, score| Candidate {
            nominative: lower.into(),
            form: match sex {
                Sex::Male => Form::Male,
                Sex::Female => Form::Female,
            },
            cases: CaseSet::ALL,
            score,
        };
        if let Some(sex) = child(lower) {
            return Some(of_sex(sex, 2.0));
        }
        let latin = lower.chars().next().is_none_or(|c| c.is_ascii());
        let fathers = words
            .get(index + 1)
            .is_some_and(|next| child(&next.text.to_lowercase()).is_some());
        if latin || fathers || lower.ends_with('.') {
            // A father's name says nothing of the child's sex.
            let mut fixed = unbent(&self.counts, lower, 0.0);
            fixed.form = Form::Both;
            return Some(fixed);
        }
        if chinese && index == 0 {
            return Some(unbent(&self.counts, lower, 0.0));
        }
        let particle = !words[index].text.chars().any(char::is_uppercase);
        let (_, last) = lower.rsplit_once('-').filter(|_| !particle)?;
        child(last).map(|sex| of_sex(sex, 1.0))
    }

    /// Candidates of a word of two or more halves.
    fn hyphenated(&self, before: &str, last: &str, part: NamePart, list: &mut Vec<Candidate>) {
        let mut tail = Vec::new();
        if self.particles.of(last).is(Particle::JOINT) {
            tail.push(unbent(&self.counts, last, 0.0));
        } else {
            let known = self.known(last);
            tail.extend_from_slice(known.candidates(self, part));
            // «Уильямс-младшая»
            tail.extend(known.readings.iter().filter_map(epithet));
            tail.push(unbent(&self.counts, last, UNBENT));
        }
        let mut head = Vec::new();
        match before.rsplit_once('-') {
            None => head.extend_from_slice(self.known(before).candidates(self, part)),
            Some((first, second)) => self.hyphenated(first, second, part, &mut head),
        }
        let firm = !before.ends_with(['а', 'я', 'у', 'ю', 'е', 'ы'])
            && !before.ends_with("ом")
            && !before.ends_with("ем");
        let price = if firm { UNBENT_HALF } else { UNBENT };
        // A half that is known as a name is no worse for not bending.
        let best = head
            .iter()
            .filter(|c| c.cases.has(Case::Nominative) && *c.nominative == *before)
            .fold(0.0_f32, |best, c| best.max(c.score));
        let mut fixed = unbent(&self.counts, before, price + if firm { best } else { 0.0 });
        // «Стюарт-младшая»: a surname that is a given name too says nothing of the sex.
        if part != NamePart::Given {
            fixed.form = Form::Both;
        }
        head.push(fixed);
        for t in &tail {
            for h in &head {
                let cases = t.cases.common(h.cases);
                let form = match (t.form, h.form) {
                    (a, b) if a == b => a,
                    (a, Form::Both) => a,
                    (Form::Both, b) => b,
                    _ => continue,
                };
                if cases.is_empty() {
                    continue;
                }
                let nominative: Rc<str> = format!("{}-{}", h.nominative, t.nominative).into();
                let mut score = t.score + h.score;
                if let Some(name) = self.counts.given_name(&nominative) {
                    score += match form {
                        Form::Female => known(name.female),
                        Form::Male => known(name.male),
                        _ => known(name.male.max(name.female)),
                    };
                }
                list.push(Candidate {
                    nominative,
                    form,
                    cases,
                    score,
                });
            }
        }
    }
}

/// A word that keeps its form in every case.
fn unbent(counts: &NameCounts, nominative: &str, score: f32) -> Candidate {
    let form = match counts.given_name(nominative).and_then(GivenName::sex) {
        Some(Sex::Male) => Form::Male,
        Some(Sex::Female) => Form::Female,
        None => Form::Both,
    };
    Candidate {
        nominative: nominative.into(),
        form,
        cases: CaseSet::ALL,
        score,
    }
}

/// What a common noun or adjective among the words of a name may be.
fn common_nouns(
    readings: &[Reading],
    words: &[NameWord<'_>],
    index: usize,
    lower: &str,
    list: &mut Vec<Candidate>,
) {
    for reading in readings.iter().filter(|r| !r.guessed) {
        let tag = &reading.tag;
        let person =
            tag.pos == Pos::Noun && tag.name == NameType::None && tag.animate == Some(true);
        // «доктору Лизе»: a common noun beside the name agrees in case, not in sex.
        if person && tag.number == Number::Singular && index + 1 < words.len() {
            list.push(Candidate {
                nominative: (*reading.lemma).into(),
                form: Form::Both,
                cases: CaseSet::of(tag.case),
                score: EPITHET,
            });
        }
        if index == 0 && words.len() > 1 {
            list.extend(epithet(reading));
        }
        // «Лейбористы» is no form of a name.
        let plural = person && tag.number == Number::Plural && tag.case == Case::Nominative;
        if plural && words.len() == 1 {
            list.push(Candidate {
                nominative: lower.into(),
                form: Form::Both,
                cases: CaseSet::of(Case::Nominative),
                score: 1.0,
            });
        }
    }
}

/// A full adjective before a name agrees with it: «святой Терезы» is «святая Тереза».
fn epithet(reading: &Reading) -> Option<Candidate> {
    let tag = &reading.tag;
    if tag.pos != Pos::Adjective || tag.number == Number::Plural {
        return None;
    }
    let stem = ["ый", "ий", "ой"]
        .iter()
        .find_map(|end| reading.lemma.strip_suffix(end))?;
    let (form, nominative) = match tag.gender {
        Gender::Masculine => (Form::Male, (*reading.lemma).into()),
        Gender::Feminine => {
            let soft = reading.lemma.ends_with("ий")
                && !stem.ends_with(['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч']);
            let ending = if soft { "яя" } else { "ая" };
            (Form::Female, format!("{stem}{ending}").into())
        }
        _ => return None,
    };
    Some(Candidate {
        nominative,
        form,
        cases: CaseSet::of(tag.case),
        score: EPITHET,
    })
}

/// One vowel and at most five letters: a syllable of an East Asian name.
fn is_short(lower: &str) -> bool {
    let vowels = lower.chars().filter(|c| VOWELS.contains(*c)).count();
    vowels == 1 && lower.chars().count() <= 5
}
