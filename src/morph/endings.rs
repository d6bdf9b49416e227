//! Paradigms of names: which ending of a nominative goes with which endings of the other cases.
//!
//! The table is `dictionaries/name_endings.csv`. Columns: `part` (`given`, `surname`, `patronymic`, `any`, or `noun` for words
//! of places and organisations), `sex` (`m`, `f`, `b` for both, `n` neuter, `p` plural), `ending` (one or more endings of the
//! nominative; `^` for a whole word), `cut` (letters of it that the other cases lose), the endings of five cases (`|` between
//! alternatives, `*` for a form like the nominative), `chance` (how often a word with that nominative follows the row when no
//! dictionary knows it), `nominative_chance` (how often a word that looks like that nominative is one, if it differs), `example` (a nominative and some of its forms, tested). Everything is lower case.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use super::tag::{Case, CaseSet};
use crate::document::Sex;
use crate::error::Result;
use crate::tables::Tables;

const FILE: &str = "name_endings.csv";

#[derive(Deserialize)]
struct Row {
    part: Part,
    sex: Form,
    ending: String,
    cut: usize,
    genitive: String,
    dative: String,
    accusative: String,
    instrumental: String,
    locative: String,
    chance: f32,
    nominative_chance: Option<f32>,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

/// Part of a name that a paradigm is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Given,
    Surname,
    Patronymic,
    Any,
    Noun,
}

/// Sex or number of a paradigm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Form {
    #[serde(rename = "m")]
    Male,
    #[serde(rename = "f")]
    Female,
    #[serde(rename = "b")]
    Both,
    #[serde(rename = "n")]
    Neuter,
    #[serde(rename = "p")]
    Plural,
}

impl Form {
    pub(super) fn is(self, sex: Sex) -> bool {
        match self {
            Form::Both => true,
            Form::Male => sex == Sex::Male,
            Form::Female => sex == Sex::Female,
            Form::Neuter | Form::Plural => false,
        }
    }
}

/// One nominative ending with the endings of the other cases.
pub(super) struct Paradigm {
    pub(super) part: Part,
    pub(super) form: Form,
    /// Ending of the nominative.
    pub(super) nominative: Box<str>,
    whole: bool,
    /// Endings that take its place, by case; alternatives in order of use.
    cases: Vec<(Case, Box<str>)>,
    /// Natural logarithm of its chance.
    pub(super) chance: f32,
    /// The same where the word stands in the nominative.
    pub(super) nominative_chance: f32,
}

/// The table of paradigms.
pub(super) struct Endings {
    paradigms: Vec<Paradigm>,
    /// Ending of a form -> paradigms and the cases that have it there.
    by_form: HashMap<Box<str>, Vec<(u16, CaseSet)>, FxBuildHasher>,
    /// Ending of a nominative -> paradigms.
    by_nominative: HashMap<Box<str>, Vec<u16>, FxBuildHasher>,
}

/// Longest ending in letters.
const LONGEST: usize = 8;

impl Endings {
    /// The paradigms of `tables`.
    pub(super) fn new(tables: &Tables) -> Result<Self> {
        let mut table = Endings {
            paradigms: Vec::new(),
            by_form: HashMap::default(),
            by_nominative: HashMap::default(),
        };
        tables.each(FILE, |row: Row| {
            let mut endings = row.ending.split(' ');
            endings.try_for_each(|ending| table.add(&row, ending))
        })?;
        Ok(table)
    }

    fn add(&mut self, row: &Row, ending: &str) -> Result<(), String> {
        let whole = ending.starts_with('^');
        let ending = ending.trim_start_matches('^');
        let letters = ending.chars().count();
        if letters == 0 || letters > LONGEST || row.cut > letters {
            return Err(format!(
                "{ending}: no ending, or it is shorter than what is cut off"
            ));
        }
        let keep: String = ending.chars().take(letters - row.cut).collect();
        let mut cases: Vec<(Case, Box<str>)> = vec![(Case::Nominative, ending.into())];
        for (case, endings) in [
            (Case::Genitive, &row.genitive),
            (Case::Dative, &row.dative),
            (Case::Accusative, &row.accusative),
            (Case::Instrumental, &row.instrumental),
            (Case::Locative, &row.locative),
        ] {
            for tail in endings.split('|') {
                let form = match tail {
                    "*" => ending.to_owned(),
                    tail => format!("{keep}{tail}"),
                };
                cases.push((case, form.into()));
            }
        }
        let index = self.paradigms.len() as u16;
        for (case, form) in &cases {
            let list = self.by_form.entry(form.clone()).or_default();
            match list.iter_mut().find(|(i, _)| *i == index) {
                Some((_, set)) => *set = set.with(CaseSet::of(*case)),
                None => list.push((index, CaseSet::of(*case))),
            }
        }
        self.by_nominative
            .entry(ending.into())
            .or_default()
            .push(index);
        self.paradigms.push(Paradigm {
            part: row.part,
            form: row.sex,
            nominative: ending.into(),
            whole,
            cases,
            chance: row.chance.ln(),
            nominative_chance: row.nominative_chance.unwrap_or(row.chance).ln(),
        });
        Ok(())
    }

    /// Calls `f` with each way to read `word` as a case form: the stem that stays, the paradigm, the cases.
    pub(super) fn readings<'w>(
        &self,
        word: &'w str,
        mut f: impl FnMut(&'w str, &Paradigm, CaseSet),
    ) {
        for (stem, ending) in splits(word) {
            for &(index, cases) in self.by_form.get(ending).into_iter().flatten() {
                let paradigm = &self.paradigms[usize::from(index)];
                if paradigm.whole == stem.is_empty() {
                    f(stem, paradigm, cases);
                }
            }
        }
    }

    /// Calls `f` with each stem that `nominative` has by a row of the table: what its case forms begin with.
    pub(super) fn nominative_stems<'w>(&self, nominative: &'w str, mut f: impl FnMut(&'w str)) {
        for (stem, ending) in splits(nominative) {
            if !stem.is_empty() && self.by_nominative.contains_key(ending) {
                f(stem);
            }
        }
    }

    /// Calls `f` with each stem that `form` has by a row of the table, and with the nominatives of rows for a whole word (`true`).
    pub(super) fn form_stems<'s>(&'s self, form: &'s str, mut f: impl FnMut(&'s str, bool)) {
        for (stem, ending) in splits(form) {
            let Some(rows) = self.by_form.get(ending) else {
                continue;
            };
            if !stem.is_empty() {
                f(stem, false);
                continue;
            }
            for &(row, _) in rows {
                let paradigm = &self.paradigms[usize::from(row)];
                if paradigm.whole {
                    f(&paradigm.nominative, true);
                }
            }
        }
    }

    /// Whether the table has a longer ending than `ending` for the nominative of this part and sex: a row that rules it instead.
    pub(super) fn has_longer(
        &self,
        nominative: &str,
        ending: &str,
        part: Part,
        form: Form,
    ) -> bool {
        splits(nominative)
            .filter(|(_, longer)| longer.len() > ending.len())
            .any(|(stem, longer)| {
                let rows = self.by_nominative.get(longer).into_iter().flatten();
                rows.map(|&row| &self.paradigms[usize::from(row)]).any(|p| {
                    let same_part = p.part == part || p.part == Part::Any;
                    let same_form = p.form == form || p.form == Form::Both || form == Form::Both;
                    same_part && same_form && p.whole == stem.is_empty()
                })
            })
    }

    /// Every form of `nominative` by the row with the longest ending, the likelier of two such rows.
    pub(super) fn forms(&self, nominative: &str, part: Part, sex: Sex) -> Vec<(Case, String)> {
        let mut best: Option<(&str, &Paradigm)> = None;
        for (stem, ending) in splits(nominative) {
            for &index in self.by_nominative.get(ending).into_iter().flatten() {
                let p = &self.paradigms[usize::from(index)];
                let fits = (p.part == part || p.part == Part::Any)
                    && p.form.is(sex)
                    && p.whole == stem.is_empty();
                if fits
                    && best.is_none_or(|(_, b)| {
                        (p.nominative.len(), p.chance) > (b.nominative.len(), b.chance)
                    })
                {
                    best = Some((stem, p));
                }
            }
        }
        match best {
            None => Case::ALL.map(|c| (c, nominative.to_owned())).to_vec(),
            Some((stem, p)) => p
                .cases
                .iter()
                .map(|(case, ending)| (*case, format!("{stem}{ending}")))
                .collect(),
        }
    }

    /// Cases in which `form` may be a form of `nominative`; both lower case.
    pub(super) fn cases(
        &self,
        nominative: &str,
        form: &str,
        fits: impl Fn(&Paradigm) -> bool,
    ) -> CaseSet {
        let mut cases = CaseSet::EMPTY;
        self.readings(form, |stem, paradigm, set| {
            if fits(paradigm)
                && nominative
                    .strip_prefix(stem)
                    .is_some_and(|rest| rest == &*paradigm.nominative)
            {
                cases = cases.with(set);
            }
        });
        cases
    }
}

/// Every way to cut a word into a stem and an ending of none to [`LONGEST`] letters.
fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let endings = word.char_indices().rev().take(LONGEST);
    std::iter::once(word.len())
        .chain(endings.map(|(at, _)| at))
        .map(move |at| word.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_table_hold() {
        let tables = Tables::default();
        let table = Endings::new(&tables).expect("loads");
        let mut checked = 0;
        let held = tables.each(FILE, |row: Row| {
            let example = row.example.to_lowercase();
            let (nominative, forms) = example.split_once(' ').unwrap_or((&example, ""));
            for form in std::iter::once(nominative).chain(forms.split(' ')) {
                let cases = table.cases(nominative, form, |p| {
                    p.part == row.part && p.form == row.sex
                });
                assert!(
                    form.is_empty() || !cases.is_empty(),
                    "{form} is no form of {nominative} by the row {}",
                    row.ending
                );
                checked += 1;
            }
            Ok(())
        });
        held.expect("parses");
        assert!(checked > 100);
    }
}
