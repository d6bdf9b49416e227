//! English cues: every form of a verb, both forms of a noun.
//!
//! Input: a row of `dictionaries/cues.csv`; output: word forms with the [`CueForm`] that each is.

use super::CueList;
use super::frames::{CueForm, Frames};

impl CueList {
    /// Takes a row in. Of a cue of several words the first one tells that it may begin here.
    pub(super) fn add_english(&mut self, cue: &str, kind: &str, bits: Frames, forms: &str) {
        let (first, rest) = cue.split_once(' ').unwrap_or((cue, ""));
        let mut words: Vec<(String, CueForm)> = Vec::new();
        if kind == "verb" {
            words.extend(english_forms(first, forms));
        } else if kind == "noun" {
            words.push((first.to_owned(), CueForm::None));
            words.push((format!("{first}s"), CueForm::None));
        } else {
            words.push((first.to_owned(), CueForm::None));
        }
        for (word, form) in words {
            if rest.is_empty() {
                let entry = self.english.entry(word.into()).or_default();
                entry.0.set(bits);
                // A form that can be finite counts as finite («read», «put»).
                if entry.1 == CueForm::None {
                    entry.1 = form;
                }
            } else {
                self.english
                    .entry(word.into())
                    .or_default()
                    .0
                    .set(Frames::PHRASE);
            }
        }
    }
}

/// Forms of an English verb: the regular ones, and the irregular past and participle that the list gives.
pub(crate) fn english_forms(base: &str, irregular: &str) -> Vec<(String, CueForm)> {
    let vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    let before_last = base.chars().rev().nth(1);
    let mut forms = vec![(base.to_owned(), CueForm::Finite)];
    let consonant_y = base.ends_with('y') && !vowel(before_last);
    let stem = if consonant_y {
        &base[..base.len() - 1]
    } else {
        base.strip_suffix('e').unwrap_or(base)
    };
    let s = if consonant_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|e| base.ends_with(e))
    {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    forms.push((s, CueForm::Finite));
    let ing = if base.ends_with("ee") || consonant_y {
        format!("{base}ing")
    } else {
        format!("{stem}ing")
    };
    forms.push((ing, CueForm::Gerund));
    let past = if consonant_y {
        format!("{stem}ied")
    } else {
        format!("{stem}ed")
    };
    if irregular.is_empty() {
        forms.push((past, CueForm::Finite));
    } else {
        for form in irregular.split(' ') {
            let kind = if form.ends_with("ing") {
                CueForm::Gerund
            } else {
                CueForm::Finite
            };
            forms.push((form.to_owned(), kind));
        }
    }
    forms
}
