//! Personal names: from the case form that stands in the text to the nominative with its sex, and back.
//!
//! Input: the words of a full or partial name in order, as written. Each word has candidates: nominatives that the paradigms
//! of [`super::endings`] allow for it, weighed by the list of given names and by the morphological dictionary. The words of
//! one name agree in case and sex, so the best sum over all words for one case and one sex decides. Words that do not bend
//! (particles, Ким in «Ким Чен Ыном», Касым in «Касым-Жомарта») join any case at a price.
//! Invariant: as many words come out as went in, each with the letter case that it had.

use std::rc::Rc;

use super::endings::{Form, Paradigm, Part};
use super::lists::{GivenName, given_name, surname_nominative};
use super::particles::Particle;
use super::{Case, CaseSet, Gender, Morphology, NameType, Pos, Reading};
use crate::document::Sex;
use crate::letters;

/// What a word of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum NamePart {
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
    /// Surname.
    Surname,
    /// Not known.
    #[default]
    Unknown,
}

/// A word of a name as the text has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord<'a> {
    /// The word, in any letter case.
    pub text: &'a str,
    /// What it is.
    pub part: NamePart,
}

impl<'a> NameWord<'a> {
    /// A word of which nothing is known.
    pub const fn new(text: &'a str) -> Self {
        NameWord {
            text,
            part: NamePart::Unknown,
        }
    }
}

/// How sure the words around a name are of its case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Hash)]
pub enum Certainty {
    /// Another case is less likely.
    #[default]
    Likely,
    /// Another case is unlikely: «императора Акихито».
    Fair,
    /// A position that agrees with the name, or a preposition, says the case.
    Firm,
}

/// What the words around a name say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameContext {
    /// Cases in which the name may stand; others have a price.
    pub cases: CaseSet,
    /// How high it is.
    pub certainty: Certainty,
    /// Sex of the person.
    pub sex: Option<Sex>,
    /// Sex of the person if the name stands in the nominative: that of a verb in the past.
    pub subject: Option<Sex>,
}

impl Default for NameContext {
    fn default() -> Self {
        NameContext {
            cases: CaseSet::ALL,
            certainty: Certainty::Likely,
            sex: None,
            subject: None,
        }
    }
}

/// A name in the nominative.
#[derive(Clone, Debug, PartialEq)]
pub struct Nominative {
    /// Its words, as many as were given.
    pub words: Vec<String>,
    /// Sex, where the forms or the given name show it.
    pub sex: Option<Sex>,
    /// Case that the name stood in.
    pub case: Case,
    /// Natural logarithm of a weight; to be compared with that of other readings of the same words only.
    pub score: f32,
}

impl Nominative {
    /// The words with spaces between them.
    pub fn joined(&self) -> String {
        self.words.join(" ")
    }
}

/// The vowels of Russian.
const VOWELS: &str = "аеёиоуыэюя";

/// Price of a word that keeps its nominative where the name stands in another case.
const UNBENT: f32 = -4.5;
/// The same for a short word before another: «Дэн Сяопином».
const UNBENT_SHORT: f32 = -1.6;
/// The same where all words but the last are that short: «Ким Чен Ыном».
const UNBENT_SYLLABLE: f32 = -0.2;
/// The same for the first half of a hyphenated word: «Касым-Жомарта».
const UNBENT_HALF: f32 = -0.7;
/// Price of a paradigm where the table has one with a longer ending for such words.
const SHORTER: f32 = -1.6;
/// The same where the word looks like the nominative, of which the longer ending says how likely it is.
const SHORTER_NOMINATIVE: f32 = -4.0;
/// Logarithm of the chance of rows that no list makes likelier: that a name in -а or -ой does not bend.
const RAREST: f32 = -4.0;
/// Price of a surname in the plural that stands alone, where its form may be another word's.
const FAMILY: f32 = -1.5;
/// Price of a Chinese given name that no syllables make.
const NO_SYLLABLES: f32 = -3.0;
/// Price of a nominative of three letters that no list has, of which a letter would have to be cut: «Чу» is no form of «Ча».
const TINY: f32 = -2.0;
/// Price of an adjective before a name: «святой Марк».
const EPITHET: f32 = -0.3;
/// Surnames that weigh more are no accidents of the list: ten bearers.
const LISTED: f32 = 0.6;
/// What the caller's knowledge of the sex weighs.
const HINT: f32 = 4.0;
/// Price of a case that the words around do not expect, by how sure they are.
const fn unexpected(certainty: Certainty) -> f32 {
    match certainty {
        Certainty::Likely => -1.5,
        Certainty::Fair => -2.5,
        Certainty::Firm => -3.5,
    }
}
/// Price of a sex that a word which agrees with the name does not show.
const OTHER_SEX: f32 = -5.0;
/// The same where the name has to be the subject of the verb that shows it.
const OTHER_SUBJECT: f32 = -3.5;
/// Readings whose weights differ by less do not tell the sex.
const UNSURE: f32 = 0.6;

/// Natural logarithms of how often a name stands in each case in news; order of [`Case::ALL`].
const CASES: [f32; 6] = [-0.8, -1.4, -2.5, -2.7, -1.9, -3.4];

/// News are of men more often than the lists of names are.
const RARER: f32 = -0.1;

/// How likely a name is a man's or a woman's where nothing shows it: most people in news are men.
const fn sex_chance(sex: Sex) -> f32 {
    match sex {
        Sex::Male => -0.3,
        Sex::Female => -1.4,
    }
}

/// One way to read one word.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    nominative: Rc<str>,
    form: Form,
    cases: CaseSet,
    score: f32,
}

impl Morphology {
    /// The likeliest nominative of a name.
    pub fn nominative(&self, words: &[NameWord<'_>], hint: Option<Sex>) -> Nominative {
        let mut readings = self.best_readings(words, hint, NameContext::default(), 1);
        if readings.is_empty() {
            return Nominative {
                words: words.iter().map(|w| w.text.to_owned()).collect(),
                sex: hint,
                case: Case::Nominative,
                score: 0.0,
            };
        }
        readings.swap_remove(0)
    }

    /// All readings of a name that differ in their words or sex, the likeliest first.
    ///
    /// A document that names the person elsewhere can choose among them: «Иванова» is Иванова or Иванов.
    pub fn name_readings(&self, words: &[NameWord<'_>], hint: Option<Sex>) -> Vec<Nominative> {
        self.best_readings(words, hint, NameContext::default(), usize::MAX)
    }

    /// The same where the words around say in which cases the name stands, or whose name it is.
    pub fn name_readings_in(
        &self,
        words: &[NameWord<'_>],
        context: NameContext,
    ) -> Vec<Nominative> {
        self.best_readings(words, None, context, usize::MAX)
    }

    /// The first `limit` of those readings.
    fn best_readings(
        &self,
        words: &[NameWord<'_>],
        hint: Option<Sex>,
        context: NameContext,
        limit: usize,
    ) -> Vec<Nominative> {
        let mut candidates: Vec<Vec<Candidate>> = (0..words.len())
            .map(|i| self.word_candidates(words, i))
            .collect();
        // An unknown given name in -а or -я is a woman's more often than a man's.
        if let (Some(first), [word, _, ..]) = (candidates.first_mut(), words)
            && word.part == NamePart::Unknown
        {
            for c in first.iter_mut().filter(|c| c.form == Form::Male) {
                if c.nominative.ends_with(['а', 'я']) && given_name(&c.nominative).is_none() {
                    c.score -= 0.8;
                }
            }
        }
        // The bearers of a given name already say how likely a man and a woman are. Candidates of one nominative stand together.
        let counted = candidates.iter().any(|list| {
            list.chunk_by(|a, b| Rc::ptr_eq(&a.nominative, &b.nominative))
                .any(|alike| given_name(&alike[0].nominative).is_some())
        });
        let sex_chance = |sex| match (counted, sex) {
            (false, sex) => sex_chance(sex),
            (true, Sex::Male) => 0.0,
            (true, Sex::Female) => RARER,
        };
        // Nominatives of all combinations one after the other, as many to each as the name has words.
        let mut picks: Vec<&str> = Vec::with_capacity(12 * words.len());
        let mut combinations: Vec<(f32, Sex, Case, usize)> = Vec::with_capacity(12);
        for sex in [Sex::Male, Sex::Female] {
            for (case, chance) in Case::ALL.into_iter().zip(CASES) {
                let mut score = chance + sex_chance(sex);
                if let Some(hint) = hint {
                    score += if hint == sex { HINT } else { -HINT };
                }
                if !context.cases.has(case) {
                    score += unexpected(context.certainty);
                }
                if context.sex.is_some_and(|shown| shown != sex) {
                    score += OTHER_SEX;
                }
                if case == Case::Nominative && context.subject.is_some_and(|shown| shown != sex) {
                    score += OTHER_SUBJECT;
                }
                let at = picks.len();
                for list in &candidates {
                    let best = list
                        .iter()
                        .filter(|c| c.cases.has(case) && c.form.is(sex))
                        .max_by(|a, b| a.score.total_cmp(&b.score));
                    let Some(best) = best else { break };
                    score += best.score;
                    picks.push(&best.nominative);
                }
                if picks.len() == at + words.len() && !words.is_empty() {
                    combinations.push((score, sex, case, at));
                } else {
                    picks.truncate(at);
                }
            }
        }
        combinations.sort_by(|a, b| b.0.total_cmp(&a.0));
        let picked = |at: usize| &picks[at..at + words.len()];
        let mut kept: Vec<Nominative> = Vec::new();
        for (i, &(score, sex, case, at)) in combinations.iter().enumerate() {
            let known = combinations[..i]
                .iter()
                .any(|k| k.1 == sex && picked(k.3) == picked(at));
            if known {
                continue;
            }
            kept.push(Nominative {
                words: words
                    .iter()
                    .zip(picked(at))
                    .map(|(word, nominative)| restore_case(word.text, nominative))
                    .collect(),
                sex: Some(sex),
                case,
                score,
            });
            if kept.len() == limit {
                break;
            }
        }
        let net = |c: &(f32, Sex, Case, usize)| c.0 - sex_chance(c.1);
        if let (Some(first), None) = (combinations.first(), hint)
            && let Some(other) = combinations.iter().find(|c| c.1 != first.1)
            && net(first) - net(other) < UNSURE
            && picked(first.3) == picked(other.3)
            && let Some(best) = kept.first_mut()
        {
            best.sex = None;
        }
        kept
    }

    /// Whether a lower-cased word in the nominative is made of a man's given name as patronymics are: «михайлович», no «агранович».
    pub fn is_patronymic(&self, lower: &str) -> bool {
        const ENDINGS: [(&str, &[&str]); 10] = [
            ("ьевич", &["ий"]),
            ("ьевна", &["ий"]),
            ("ович", &["", "о"]),
            ("овна", &["", "о"]),
            ("евич", &["й", "ь", "", "ей"]),
            ("евна", &["й", "ь", "", "ей"]),
            ("ич", &["а", "я"]),
            ("ична", &["а", "я"]),
            ("инична", &["а", "я"]),
            ("лыч", &["л"]),
        ];
        ENDINGS.iter().any(|(ending, nominatives)| {
            lower.strip_suffix(ending).is_some_and(|stem| {
                nominatives
                    .iter()
                    .any(|n| given_name(&format!("{stem}{n}")).is_some_and(|name| name.male > 0))
            })
        }) || matches!(
            lower,
            "павлович" | "павловна" | "петрович" | "петровна" | "львович" | "львовна"
        )
    }

    /// Bearers of a given name: nominative, any letter case.
    pub fn given_name(&self, nominative: &str) -> Option<GivenName> {
        given_name(&nominative.to_lowercase())
    }

    fn word_candidates(&self, words: &[NameWord<'_>], index: usize) -> Vec<Candidate> {
        let word = words[index];
        let lower = fold(word.text);
        let next = words.get(index + 1).map(|w| w.text.to_lowercase());
        if let Some(sex) = self.particles.of(&lower).child() {
            return vec![Candidate {
                nominative: lower.as_str().into(),
                form: match sex {
                    Sex::Male => Form::Male,
                    Sex::Female => Form::Female,
                },
                cases: CaseSet::ALL,
                score: 2.0,
            }];
        }
        let latin = lower.chars().next().is_none_or(|c| c.is_ascii());
        let particle = !word.text.chars().any(char::is_uppercase);
        let fathers = next
            .as_deref()
            .is_some_and(|n| self.particles.of(n).child().is_some());
        if latin || fathers || lower.ends_with('.') {
            // A father's name says nothing of the child's sex.
            let mut fixed = unbent(&lower, 0.0);
            fixed.form = Form::Both;
            return vec![fixed];
        }
        // «Ли Шанфу»: the surname of a Chinese name that has two words does not bend.
        let chinese = words.len() == 2 && self.chinese.is_surname(&fold(words[0].text));
        if chinese && index == 0 {
            return vec![unbent(&lower, 0.0)];
        }
        let mut list = Vec::new();
        // «доктору Лизе»: a common noun beside the name agrees in case, not in sex.
        let known = (!lower.contains('-')).then(|| self.known(&lower));
        let readings = known.as_ref().map_or(&[][..], |known| &known.readings);
        for reading in readings.iter().filter(|r| !r.guessed) {
            let tag = &reading.tag;
            let title = tag.pos == Pos::Noun
                && tag.name == NameType::None
                && tag.animate == Some(true)
                && tag.number == super::Number::Singular;
            if title && index + 1 < words.len() {
                list.push(Candidate {
                    nominative: (*reading.lemma).into(),
                    form: Form::Both,
                    cases: CaseSet::of(tag.case),
                    score: -0.3,
                });
            }
            if index == 0 && words.len() > 1 {
                list.extend(epithet(reading));
            }
            // «Лейбористы» is no form of a name.
            let plural = tag.pos == Pos::Noun
                && tag.name == NameType::None
                && tag.animate == Some(true)
                && tag.number == super::Number::Plural
                && tag.case == Case::Nominative;
            if plural && words.len() == 1 {
                list.push(Candidate {
                    nominative: lower.as_str().into(),
                    form: Form::Both,
                    cases: CaseSet::of(Case::Nominative),
                    score: 1.0,
                });
            }
        }
        if particle {
            list.push(unbent(&lower, if list.is_empty() { 0.0 } else { UNBENT }));
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
            if let Some(sex) = self.particles.of(last).child() {
                let mut fixed = unbent(&lower, 1.0);
                fixed.form = if sex == Sex::Male {
                    Form::Male
                } else {
                    Form::Female
                };
                return vec![fixed];
            }
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
        list.push(unbent(&lower, price + known));
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

    /// Candidates of a word of two or more halves.
    fn hyphenated(&self, before: &str, last: &str, part: NamePart, list: &mut Vec<Candidate>) {
        let mut tail = Vec::new();
        if self.particles.of(last).is(Particle::JOINT) {
            tail.push(unbent(last, 0.0));
        } else {
            let known = self.known(last);
            tail.extend_from_slice(known.candidates(self, part));
            // «Уильямс-младшая»
            tail.extend(known.readings.iter().filter_map(epithet));
            tail.push(unbent(last, UNBENT));
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
        let mut fixed = unbent(before, price + if firm { best } else { 0.0 });
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
                if let Some(name) = given_name(&nominative) {
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
            // No Russian word is spelt so.
            let mut end = nominative.chars().rev();
            let soft_vowel =
                end.next() == Some('ь') && end.next().is_some_and(|c| VOWELS.contains(c));
            let adjective = ["скай", "цкай", "скуй", "цкуй"]
                .iter()
                .any(|end| nominative.ends_with(end));
            if nominative.ends_with("йа") || nominative.ends_with("ьа") || soft_vowel || adjective
            {
                return;
            }
            let bearers = given_name(&nominative);
            let surname = weigh_surname(&nominative, part, paradigm.part);
            let known = readings
                .iter()
                .any(|r| !r.guessed && same(&r.lemma, &nominative));
            for sex in [Sex::Male, Sex::Female] {
                if !paradigm.form.is(sex) {
                    continue;
                }
                let form = match sex {
                    Sex::Male => Form::Male,
                    Sex::Female => Form::Female,
                };
                let kind = match part {
                    NamePart::Given => Part::Given,
                    NamePart::Surname => Part::Surname,
                    NamePart::Patronymic => Part::Patronymic,
                    NamePart::Unknown => paradigm.part,
                };
                let given = weigh_given(bearers, sex, part, paradigm.part);
                let ending = &paradigm.nominative;
                let shorter = self.endings.has_longer(&nominative, ending, kind, form);
                let tiny = nominative.len() <= 6
                    && nominative.ends_with(['а', 'я'])
                    && *nominative != *lower
                    && given <= 0.0
                    && surname == 0.0;
                for case in cases.iter() {
                    let chance = if case == Case::Nominative {
                        paradigm.nominative_chance
                    } else {
                        paradigm.chance
                    };
                    // What a list knows does not depend on how rare its type is; that a word in -а does not bend is no such thing.
                    let listed = given > 0.5 || surname > LISTED;
                    let chance = if listed && paradigm.chance > RAREST {
                        chance.max(-0.7)
                    } else {
                        chance
                    };
                    list.push(Candidate {
                        nominative: nominative.clone(),
                        form,
                        cases: CaseSet::of(case),
                        score: chance
                            + match (shorter, *nominative == *lower) {
                                (false, _) => 0.0,
                                (true, true) => SHORTER_NOMINATIVE,
                                (true, false) => SHORTER,
                            }
                            + given
                            + surname
                            + if tiny { TINY } else { 0.0 }
                            + match known {
                                true => weigh_readings(readings, &nominative, sex, case, part),
                                false => 0.0,
                            },
                    });
                }
            }
        });
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
        // Words that the dictionary knows with a paradigm of their own (Лев, Любовь, Заяц).
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
            let singular = reading.tag.number != super::Number::Plural;
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
                    score: -1.6 + weight + weigh_given(given_name(lemma), sex, part, Part::Any),
                });
            }
        }
    }
}

fn unbent(nominative: &str, score: f32) -> Candidate {
    let form = match given_name(nominative).and_then(GivenName::sex) {
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

/// A full adjective before a name agrees with it: «святой Терезы» is «святая Тереза».
fn epithet(reading: &Reading) -> Option<Candidate> {
    let tag = &reading.tag;
    if tag.pos != Pos::Adjective || tag.number == super::Number::Plural {
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

/// What it weighs that a given name has so many bearers.
fn known(count: u32) -> f32 {
    if count == 0 {
        0.0
    } else {
        1.0 + 0.45 * (count as f32).ln_1p()
    }
}

/// What it weighs that the list of surnames has the word as a nominative.
fn weigh_surname(nominative: &str, part: NamePart, paradigm: Part) -> f32 {
    let fits = matches!(part, NamePart::Surname | NamePart::Unknown)
        && matches!(paradigm, Part::Surname | Part::Any);
    if !fits {
        return 0.0;
    }
    let known = surname_nominative(nominative).or_else(|| {
        // The list has men's surnames: Мозговая beside Мозговой.
        let stem = nominative.strip_suffix("ая")?;
        ["ой", "ый"]
            .iter()
            .find_map(|end| surname_nominative(&format!("{stem}{end}")))
    });
    match known {
        None => 0.0,
        Some(count) => (0.35 * (count as f32).ln_1p() - 0.2).max(0.1),
    }
}

/// What it weighs that the list of given names has the word as a nominative.
fn weigh_given(bearers: Option<GivenName>, sex: Sex, part: NamePart, paradigm: Part) -> f32 {
    if part == NamePart::Patronymic || paradigm == Part::Patronymic {
        return 0.0;
    }
    let Some(name) = bearers else {
        return 0.0;
    };
    let weight = match name.count(sex) {
        0 => -1.5,
        n => known(n),
    };
    match part {
        NamePart::Surname => weight.clamp(0.0, 0.3),
        _ if paradigm == Part::Surname => 0.0,
        _ => weight,
    }
}

/// What it weighs that the morphological dictionary reads the word as this case of this nominative.
fn weigh_readings(
    readings: &[Reading],
    nominative: &str,
    sex: Sex,
    case: Case,
    part: NamePart,
) -> f32 {
    let gender = match sex {
        Sex::Male => Gender::Masculine,
        Sex::Female => Gender::Feminine,
    };
    readings
        .iter()
        .filter(|r| !r.guessed && r.tag.case == case && same(&r.lemma, nominative))
        .map(|r| {
            let tag = &r.tag;
            let same_sex = tag.gender == gender
                || tag.gender == Gender::None
                || (tag.indeclinable && tag.name == NameType::Surname);
            match (tag.name, part) {
                (NameType::Given, NamePart::Given | NamePart::Unknown) if same_sex => 1.5,
                (NameType::Surname, NamePart::Surname | NamePart::Unknown) if same_sex => 2.0,
                (NameType::Patronymic, NamePart::Patronymic | NamePart::Unknown) if same_sex => 2.0,
                (NameType::Given | NameType::Surname | NameType::Patronymic, _) if same_sex => 0.7,
                (NameType::Given | NameType::Patronymic, _) => -0.5,
                (NameType::Place, _) => 0.3,
                (NameType::None | NameType::Other, _)
                    if matches!(tag.pos, Pos::Noun | Pos::Name)
                        && tag.number != super::Number::Plural =>
                {
                    0.8
                }
                _ => 0.0,
            }
        })
        .fold(
            0.0_f32,
            |a: f32, b: f32| if b.abs() > a.abs() { b } else { a },
        )
}

/// Whether two words are the same but for ё.
fn same(a: &str, b: &str) -> bool {
    let fold = |c: char| if c == 'ё' { 'е' } else { c };
    a.chars().map(fold).eq(b.chars().map(fold))
}

/// One vowel and at most five letters: a syllable of an East Asian name.
fn is_short(lower: &str) -> bool {
    let vowels = lower.chars().filter(|c| VOWELS.contains(*c)).count();
    vowels == 1 && lower.chars().count() <= 5
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

/// Lower case, without soft hyphens and stress marks.
fn fold(word: &str) -> String {
    if letters::is_plain(word) {
        let mut lower = String::with_capacity(word.len());
        letters::push_lower(word, &mut lower);
        return lower;
    }
    word.chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{300}' | '\u{301}' | '\u{200B}'))
        .map(|c| match c {
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// `lower` with the letter case of `text`: half by half where both have as many halves. Letters are upper case where the
/// text has them so; what is new is lower case unless the whole half is upper case.
pub(super) fn restore_case(text: &str, lower: &str) -> String {
    let halves = |word: &str| word.matches(['-', '\u{2010}', '\u{2011}']).count();
    if halves(lower) > 0 && halves(text) == halves(lower) {
        let restored: Vec<String> = text
            .split(['-', '\u{2010}', '\u{2011}'])
            .zip(lower.split('-'))
            .map(|(t, l)| restore_case(t, l))
            .collect();
        return restored.join("-");
    }
    let shouted = !text.chars().any(letters::is_lower)
        && text.chars().filter(|c| letters::is_letter(*c)).count() > 1;
    if shouted {
        return lower.to_uppercase();
    }
    let mut out = String::with_capacity(lower.len());
    let mut model = text
        .chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{300}' | '\u{301}' | '\u{200B}'))
        .map(letters::is_upper);
    for c in lower.chars() {
        if model.next() == Some(true) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}
