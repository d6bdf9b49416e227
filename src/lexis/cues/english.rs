//! English cues: every form of a verb, both forms of a noun; cues of several words.
//!
//! Input: a row of `dictionaries/cues.csv`; output: word forms with the [`CueForm`] that each is, and what may follow each.

use super::frames::{CueForm, Frames};
use super::function::Function;
use super::{CueList, English};
use crate::lexis::classes::Classes;

/// A cue of several words.
#[derive(Debug)]
pub struct Phrase {
    /// The words after the first.
    pub rest: Box<[Box<str>]>,
    /// What it may be followed by, and its form.
    pub word: Classes,
    /// It is a preposition (“according to”) rather than a verb.
    pub preposition: bool,
}

impl CueList {
    /// Takes a row in. Of a cue of several words the first one tells that it may begin here.
    pub(super) fn add_english(&mut self, cue: &str, kind: &str, frames: Frames, forms: &str) {
        let (first, rest) = cue.split_once(' ').unwrap_or((cue, ""));
        let mut words: Vec<(String, CueForm, Function)> = Vec::new();
        // What may follow a noun or an adjective says nothing of the verb of the same form.
        let frames = match kind {
            "noun" => Frames::NOUN_THAT,
            "adj" => Frames::ADJECTIVE,
            _ => frames,
        };
        match kind {
            "verb" => {
                words.extend(english_forms(first, forms).into_iter().map(|(word, form)| {
                    let part = if word == first {
                        Function::BASE
                    } else if word.ends_with("ing") {
                        Function::ING
                    } else if word.ends_with('s') && !forms.split(' ').any(|f| f == word) {
                        Function::THIRD
                    } else {
                        Function::PAST
                    };
                    (word, form, part)
                }));
                // “read”, “put”: one form for base and past.
                if forms.split(' ').any(|f| f == first) {
                    words.push((first.to_owned(), CueForm::Finite, Function::PAST));
                }
            }
            "noun" => {
                let plural = match first.strip_suffix('y') {
                    Some(stem) => format!("{stem}ies"),
                    None => format!("{first}s"),
                };
                for word in [first.to_owned(), plural] {
                    words.push((word, CueForm::None, Function::default()));
                }
            }
            _ => words.push((first.to_owned(), CueForm::None, Function::default())),
        }
        for (word, form, function) in words {
            let entry = self.english.entry(word.as_str().into()).or_default();
            entry.function.set(function);
            if rest.is_empty() {
                entry.frames.set(frames);
                // A form that can be finite counts as finite («read», «put»).
                if entry.form == CueForm::None {
                    entry.form = form;
                }
                continue;
            }
            entry.frames.set(Frames::PHRASE);
            let rest: Box<[Box<str>]> = rest.split(' ').map(Box::from).collect();
            let known = self.phrases.entry(word.into()).or_default();
            // Two rows of one cue say together what it is, in whatever order they stand.
            let same = |p: &&mut Phrase| p.rest == rest && p.word.function == function;
            match known.iter_mut().find(same) {
                Some(phrase) => phrase.word.frames.set(frames),
                None => known.push(Phrase {
                    rest,
                    word: Classes { frames, function },
                    preposition: kind == "phrase",
                }),
            }
        }
    }

    /// The cues of several words that begin with a lower-cased word.
    pub(crate) fn phrases(&self, lower: &str) -> &[Phrase] {
        self.phrases.get(lower).map_or(&[], Vec::as_slice)
    }

    /// What the lists say of a lower-cased word without readings.
    pub(super) fn english_word(&self, lower: &str, known: bool) -> English {
        if let Some(&word) = self.english.get(lower) {
            return word;
        }
        // “he’s”, “they’d”: pronoun and auxiliary in one token.
        let first = lower.split_once('\'').map_or("", |(first, _)| first);
        let pronoun = |f: &Function| f.any(Function::SUBJECT);
        English {
            function: match self.functions.get(first).copied().filter(pronoun) {
                Some(function) if !known => function.without(Function::PRONOUN),
                _ => Function::default(),
            },
            ..English::default()
        }
    }
}

/// The last letter of a verb of one syllable that doubles it: beg, begged; slam, slamming. Longer verbs that do (referred) give their
/// forms in the list.
fn doubles(base: &str) -> Option<char> {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut tail = base.chars().rev();
    let (last, inner, before) = (tail.next()?, tail.next()?, tail.next()?);
    // The u of “quip” is none.
    let one =
        |before: char, rest: Option<char>| !vowel(before) || before == 'u' && rest == Some('q');
    let closed = !vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel(inner);
    let rest = tail.next();
    let short = tail.all(|c| !vowel(c)) && rest.is_none_or(|c| !vowel(c));
    (closed && one(before, rest) && short).then_some(last)
}

/// Forms of an English verb: the regular ones, and the irregular past and participle that the list gives.
pub(crate) fn english_forms(base: &str, irregular: &str) -> Vec<(String, CueForm)> {
    let vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    let before_last = base.chars().rev().nth(1);
    let mut forms = vec![(base.to_owned(), CueForm::Finite)];
    let consonant_y = base.ends_with('y') && !vowel(before_last);
    let doubled;
    let stem = if consonant_y {
        &base[..base.len() - 1]
    } else if let Some(last) = doubles(base) {
        doubled = format!("{base}{last}");
        &doubled
    } else {
        base.strip_suffix('e').unwrap_or(base)
    };
    let s = if consonant_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|e| base.ends_with(e))
        || base.ends_with('o') && !vowel(before_last)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        let forms = |base: &str, irregular: &str| -> Vec<String> {
            let forms = english_forms(base, irregular);
            forms.into_iter().map(|(form, _)| form).collect()
        };
        assert_eq!(forms("beg", ""), ["beg", "begs", "begging", "begged"]);
        assert_eq!(forms("slam", ""), ["slam", "slams", "slamming", "slammed"]);
        assert_eq!(forms("quip", ""), ["quip", "quips", "quipping", "quipped"]);
        assert_eq!(forms("echo", ""), ["echo", "echoes", "echoing", "echoed"]);
        assert_eq!(forms("deny", ""), ["deny", "denies", "denying", "denied"]);
        assert_eq!(forms("aim", ""), ["aim", "aims", "aiming", "aimed"]);
        assert_eq!(forms("vow", ""), ["vow", "vows", "vowing", "vowed"]);
        assert_eq!(
            forms("offer", ""),
            ["offer", "offers", "offering", "offered"]
        );
        assert_eq!(
            forms("agree", ""),
            ["agree", "agrees", "agreeing", "agreed"]
        );
    }
}
