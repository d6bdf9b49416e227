//! Personal names: from the case form that stands in the text to the nominative with its sex, and back.
//!
//! Input: the words of a full or partial name in order, as written. Each word has candidates: nominatives that the paradigms
//! of [`super::endings`] allow for it, weighed by the list of given names and by the morphological dictionary. The words of
//! one name agree in case and sex, so the best sum over all words for one case and one sex decides. Words that do not bend
//! (particles, Ким in «Ким Чен Ыном», Касым in «Касым-Жомарта») join any case at a price.
//! Invariant: as many words come out as went in, each with the letter case that it had.

use std::rc::Rc;

use super::candidates::Candidate;
use super::endings::Form;
use super::morphology::Morphology;
use super::name::{Certainty, NameContext, NamePart, NameWord, Nominative};
use super::tag::Case;
use super::writing::restore_case;
use crate::document::Sex;

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

/// A score with the prices of a sex and case that the caller or the words around do not expect.
fn expected(
    mut score: f32,
    context: NameContext,
    hint: Option<Sex>,
    (sex, case): (Sex, Case),
) -> f32 {
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
    score
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

    /// The candidates of each word.
    fn candidates_of_all(&self, words: &[NameWord<'_>]) -> Vec<Vec<Candidate>> {
        let mut candidates: Vec<Vec<Candidate>> = (0..words.len())
            .map(|i| self.word_candidates(words, i))
            .collect();
        // An unknown given name in -а or -я is a woman's more often than a man's.
        if let (Some(first), [word, _, ..]) = (candidates.first_mut(), words)
            && word.part == NamePart::Unknown
        {
            for c in first.iter_mut().filter(|c| c.form == Form::Male) {
                if c.nominative.ends_with(['а', 'я'])
                    && self.counts.given_name(&c.nominative).is_none()
                {
                    c.score -= 0.8;
                }
            }
        }
        candidates
    }

    /// Whether a word may be a given name whose bearers are counted: they say already how likely a man and a woman are. Candidates of one
    /// nominative stand together.
    fn has_counted(&self, candidates: &[Vec<Candidate>]) -> bool {
        candidates.iter().any(|list| {
            list.chunk_by(|a, b| Rc::ptr_eq(&a.nominative, &b.nominative))
                .any(|alike| self.counts.given_name(&alike[0].nominative).is_some())
        })
    }

    /// The first `limit` of those readings.
    fn best_readings(
        &self,
        words: &[NameWord<'_>],
        hint: Option<Sex>,
        context: NameContext,
        limit: usize,
    ) -> Vec<Nominative> {
        let candidates = self.candidates_of_all(words);
        let counted = self.has_counted(&candidates);
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
                let score = chance + sex_chance(sex);
                let mut score = expected(score, context, hint, (sex, case));
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
}
