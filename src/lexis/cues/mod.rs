//! Words that introduce speech: what the dictionary of cues and the grammar say of a word, found once for every distinct word.
//!
//! Input: a lower-cased word with its readings; output: [`WordFacts`], a few bit sets, so that the steps of the quote stage
//! compare numbers: [`frames`] says what may follow a cue, [`grammar`] what case and form a word can be, [`function`] which class of
//! words it belongs to. The words themselves stand in `dictionaries/cues.csv` and `dictionaries/function_words.csv`.

mod bits;
mod english;
pub(in crate::lexis) mod frames;
pub(in crate::lexis) mod function;
mod grammar;

pub use english::Phrase;
pub(crate) use english::english_forms;
pub use frames::{CueForm, Frames};
pub use function::Function;
pub use grammar::{Agreement, Grammar};

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::classes::Classes;
use super::source_nouns::{Collective, SourceNouns};
use crate::error::{Error, ErrorKind, Result};
use crate::letters::without_yo;
use crate::morph::{Case, Gender, Number, Pos, Reading, Tense, VerbForm};
use crate::tables::Tables;
use grammar::add_reading;

/// What the quote stage knows of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFacts {
    /// Frames, where the word is a cue.
    pub frames: Frames,
    /// Form, where the word is a cue.
    pub form: CueForm,
    /// Parts of speech and cases.
    pub grammar: Grammar,
    /// Gender and number of the nominative readings (nouns, adjectives).
    pub agreement: Agreement,
    /// Gender and number that a finite verb or short form asks of its subject.
    pub verb: Agreement,
    /// Small words.
    pub function: Function,
    /// Which organisations it may stand for.
    pub collective: Collective,
}

impl WordFacts {
    /// Classes and frames in one set.
    pub const fn classes(&self) -> Classes {
        Classes {
            frames: self.frames,
            function: self.function,
        }
    }
}

/// Readings rarer than this say nothing of a word in a running text.
const RARE: f32 = 0.03;

#[derive(Default)]
struct Cue {
    /// Frames by kind: verbs, short forms, nouns and prepositions of one lemma do not mix.
    verb: Frames,
    short: Frames,
    noun: Frames,
}

/// What the rows of an English form say.
#[derive(Clone, Copy, Default)]
struct English {
    frames: Frames,
    form: CueForm,
    /// Which form of the verb it is.
    function: Function,
}

/// The dictionary of cues and of function words.
#[derive(Default)]
pub struct CueList {
    /// Russian lemma (ё as е).
    russian: HashMap<Box<str>, Cue, FxBuildHasher>,
    /// English word form.
    english: HashMap<Box<str>, English, FxBuildHasher>,
    /// English cues of several words, by their first.
    phrases: HashMap<Box<str>, Vec<Phrase>, FxBuildHasher>,
    functions: HashMap<Box<str>, Function, FxBuildHasher>,
    nouns: SourceNouns,
}

/// Hands on the rows of `cues.csv`: cue, language, kind, frames, class, forms.
fn each_cue(
    tables: &Tables,
    take: impl FnMut([&str; 6]) -> std::result::Result<(), String>,
) -> Result<()> {
    tables.each_row(
        "cues.csv",
        ["cue", "lang", "kind", "frames", "class", "forms"],
        take,
    )
}

/// Hands on the rows of `function_words.csv`: word, language, class.
fn each_function_word(
    tables: &Tables,
    take: impl FnMut([&str; 3]) -> std::result::Result<(), String>,
) -> Result<()> {
    tables.each_row("function_words.csv", ["word", "lang", "class"], take)
}

impl CueList {
    /// The lists of `tables`.
    pub(crate) fn load(tables: &Tables) -> Result<Self> {
        let mut list = CueList::default();
        each_cue(tables, |[cue, lang, kind, frames, class, forms]| {
            let bits = Frames::of_row(kind, frames, class)?;
            if lang == "en" {
                list.add_english(cue, kind, bits, forms);
            } else {
                let entry = list
                    .russian
                    .entry(cue.replace('ё', "е").into())
                    .or_default();
                match kind {
                    "short" => entry.short.set(bits),
                    "verb" | "light" | "outlet_verb" => entry.verb.set(bits),
                    _ => entry.noun.set(bits),
                }
            }
            Ok(())
        })?;
        each_function_word(tables, |[word, lang, class]| {
            let bit = Function::of_class(word, lang, class)?;
            list.functions
                .entry(word.replace('ё', "е").into())
                .or_default()
                .set(bit);
            Ok(())
        })?;
        list.nouns = SourceNouns::load(tables)?;
        if list.russian.is_empty() || list.english.is_empty() {
            return Err(Error::new(ErrorKind::Dictionary, "no cues").at("cues.csv"));
        }
        Ok(list)
    }

    /// Whether a lower-cased word is the head of something («глава», «председатель», “president”).
    pub(crate) fn is_chief(&self, lower: &str) -> bool {
        self.functions
            .get(&*without_yo(lower))
            .is_some_and(|f| f.any(Function::CHIEF))
    }

    /// What the lists and the readings say of a lower-cased word.
    pub(crate) fn facts(&self, lower: &str, readings: &[Reading]) -> WordFacts {
        let mut facts = WordFacts::default();
        let folded = without_yo(lower);
        facts.function = Function::of_word(&folded);
        if let Some(&bits) = self.functions.get(&*folded) {
            facts.function.set(bits);
        }
        if readings.is_empty() {
            facts.grammar.set(Grammar::UNKNOWN);
            let word = self.english_word(lower, !facts.function.is_empty());
            facts.frames = word.frames;
            facts.form = word.form;
            facts.function.set(word.function);
            return facts;
        }
        if readings.iter().all(|r| r.guessed) {
            facts.grammar.set(Grammar::UNKNOWN);
        }
        let small = readings.first().is_some_and(|r| {
            r.chance > 0.9
                && matches!(
                    r.tag.pos,
                    Pos::Preposition | Pos::Conjunction | Pos::Particle | Pos::Pronoun
                )
        });
        // «рассказала Юрова»: a man's genitive for the dictionary, a woman's nominative as well.
        let feminine = ["ова", "ева", "ина", "ына"]
            .iter()
            .any(|e| folded.ends_with(e))
            && readings.iter().any(|r| {
                r.guessed
                    || r.tag.pos == Pos::Name
                        && r.tag.case == Case::Genitive
                        && r.tag.gender != Gender::Feminine
            });
        if feminine {
            facts.grammar.set(Grammar::NOM.or(Grammar::NAME));
            facts.agreement.set(Agreement::FEMALE);
        }
        // What the lists say of the lemma of the reading before.
        let mut before: (&str, Option<&Cue>) = ("", None);
        for reading in readings {
            // Names are rare in any dictionary, yet news is full of them; small words are no names.
            let kept = match reading.tag.pos {
                Pos::Name => !small,
                Pos::Numeral => true,
                _ => false,
            };
            if reading.chance < RARE && !kept {
                continue;
            }
            add_reading(&mut facts, reading);
            if *reading.lemma == *before.0 {
                if let Some(cue) = before.1 {
                    add_cue(&mut facts, cue, reading);
                }
                if reading.tag.pos == Pos::Noun && !facts.collective.is_noun() {
                    facts.collective = self.nouns.of(&without_yo(&reading.lemma));
                }
                continue;
            }
            let lemma = without_yo(&reading.lemma);
            let now = lemma.strip_prefix("экс-").unwrap_or(&lemma);
            if let Some(&bits) = self.functions.get(now) {
                facts.function.set(bits);
            }
            if reading.tag.pos == Pos::Noun && !facts.collective.is_noun() {
                facts.collective = self.nouns.of(&lemma);
            }
            match &*lemma {
                "который" | "кто" => facts.function.set(Function::WHICH),
                "свой" => facts.function.set(Function::OWN),
                _ => {}
            }
            let cue = self.russian.get(&*lemma);
            if let Some(cue) = cue {
                add_cue(&mut facts, cue, reading);
            }
            before = (&reading.lemma, cue);
        }
        facts
    }
}

fn add_cue(facts: &mut WordFacts, cue: &Cue, reading: &Reading) {
    let tag = &reading.tag;
    match tag.pos {
        Pos::Verb if tag.tense != Tense::Imperative => {
            if tag.verb_form == VerbForm::Participle && tag.short {
                if !cue.short.is_empty() && tag.passive {
                    facts.frames.set(cue.short);
                    facts.form = CueForm::Short;
                }
                return;
            }
            if tag.verb_form == VerbForm::Infinitive {
                facts.frames.set(cue.noun);
            }
            if cue.verb.is_empty() || (tag.verb_form == VerbForm::Participle && tag.passive) {
                return;
            }
            // «требуются уступки»: nobody demands.
            if tag.verb_form == VerbForm::Finite
                && tag.passive
                && !reading.lemma.ends_with("ся")
                && !cue.verb.any(Frames::IMPERSONAL)
                && (tag.number == Number::Plural || !cue.verb.any(Frames::INFINITIVE))
            {
                return;
            }
            // Another, likelier part of speech keeps the word for itself.
            if reading.chance < 0.2 {
                return;
            }
            facts.frames.set(cue.verb);
            facts.form = match tag.verb_form {
                VerbForm::Finite => CueForm::Finite,
                VerbForm::Infinitive => CueForm::Infinitive,
                VerbForm::Gerund => CueForm::Gerund,
                VerbForm::Participle => CueForm::Participle,
                VerbForm::None => facts.form,
            };
        }
        Pos::Adjective if tag.short && !cue.short.is_empty() => {
            facts.frames.set(cue.short);
            facts.form = CueForm::Short;
        }
        Pos::Noun | Pos::Preposition => facts.frames.set(cue.noun),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morph::Morphology;

    #[test]
    fn words_have_frames_and_grammar() {
        let list = CueList::load(&Tables::default()).expect("loads");
        let morphology = Morphology::new().expect("loads");
        let facts = |w: &str| list.facts(w, &morphology.readings(w));
        let said = facts("заявил");
        assert!(said.frames.any(Frames::THAT) && said.form == CueForm::Finite);
        assert_eq!(said.verb, Agreement::MALE);
        assert_eq!(facts("подчёркивая").form, CueForm::Gerund);
        assert_eq!(facts("уверена").verb, Agreement::FEMALE);
        assert!(facts("словам").frames.any(Frames::NOUN_PO));
        assert!(facts("столу").frames.is_empty());
        assert_eq!(list.facts("told", &[]).form, CueForm::Finite);
        assert_eq!(list.facts("denies", &[]).form, CueForm::Finite);
        assert_eq!(list.facts("adding", &[]).form, CueForm::Gerund);
        assert!(facts("table").frames.is_empty());
    }
}
