//! What a word says about the words in marks around it: finite verbs and subjects make a clause, «я» and «мы» make speech,
//! «газета» before a mark makes a name.
//!
//! Input: `dictionaries/clause_words.csv`, `dictionaries/quoted_names.csv`, and the readings of a Russian word. Output:
//! [`ClauseFacts`], found once for every distinct word.

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

use crate::error::Result;
use crate::morph::{Case, Pos, Reading, Tense, VerbForm, with_new_lemmas};
use crate::tables::Tables;

/// A set of facts about one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseFacts(u16);

impl ClauseFacts {
    /// A finite verb or a predicative (нет, нужно).
    pub(crate) const FINITE: ClauseFacts = ClauseFacts(1);
    /// A finite verb that may have somebody else as its subject: past, or third person.
    pub(crate) const THIRD: ClauseFacts = ClauseFacts(2);
    /// May be the subject of a clause.
    pub(crate) const SUBJECT: ClauseFacts = ClauseFacts(4);
    /// Speaks of the speaker: я, мы, наш, a verb in the first person.
    pub(crate) const FIRST: ClauseFacts = ClauseFacts(8);
    /// Speaks to somebody: вы, ваш, an imperative.
    pub(crate) const SECOND: ClauseFacts = ClauseFacts(16);
    /// Opens a clause: что, чтобы, that.
    pub(crate) const COMPLEMENT: ClauseFacts = ClauseFacts(32);
    /// A common noun whose name stands in marks after it.
    pub(crate) const NAMED: ClauseFacts = ClauseFacts(64);
    /// A verb in the past or in the third person and nothing else.
    pub(crate) const VERB: ClauseFacts = ClauseFacts(128);
    /// A personal pronoun of the third person in the nominative.
    pub(crate) const HE: ClauseFacts = ClauseFacts(256);

    /// Announces words as they were said or written: «Дословно:».
    pub(crate) const VERBATIM: ClauseFacts = ClauseFacts(512);
    /// Calls somebody or something by words: «назвать», “describe”.
    pub(crate) const NAMING: ClauseFacts = ClauseFacts(1024);
    /// Says that a term follows: «так называемый», “so-called”.
    pub(crate) const TERM: ClauseFacts = ClauseFacts(2048);
    /// Label of an interviewer's turns: «Вопрос», “Q”.
    pub(crate) const QUESTION: ClauseFacts = ClauseFacts(4096);
    /// Label of the answers.
    pub(crate) const ANSWER: ClauseFacts = ClauseFacts(8192);

    /// Whether all of `other` is among these.
    pub(crate) const fn has(self, other: ClauseFacts) -> bool {
        self.0 & other.0 == other.0
    }

    fn add(&mut self, other: ClauseFacts) {
        self.0 |= other.0;
    }
}

/// Chance that a word must have of being what it is taken for.
const LIKELY: f32 = 0.35;

/// The words of both dictionaries.
pub struct ClauseWords {
    forms: HashMap<Box<str>, ClauseFacts, FxBuildHasher>,
    named: HashSet<Box<str>, FxBuildHasher>,
}

impl ClauseWords {
    /// The words of `tables`.
    pub fn load(tables: &Tables) -> Result<Self> {
        let mut words = ClauseWords {
            forms: HashMap::default(),
            named: HashSet::default(),
        };
        tables.each_row("clause_words.csv", ["word", "class"], |[word, class]| {
            let fact = match class {
                "finite" => ClauseFacts::FINITE,
                "subject" => ClauseFacts::SUBJECT,
                "first" => ClauseFacts::FIRST,
                "second" => ClauseFacts::SECOND,
                "complement" => ClauseFacts::COMPLEMENT,
                "verbatim" => ClauseFacts::VERBATIM,
                "naming" => ClauseFacts::NAMING,
                "term" => ClauseFacts::TERM,
                "question" => ClauseFacts::QUESTION,
                "answer" => ClauseFacts::ANSWER,
                other => return Err(format!("class {other:?} is unknown")),
            };
            words.forms.entry_ref(word).or_default().add(fact);
            Ok(())
        })?;
        tables.each_row("quoted_names.csv", ["word"], |[word]| {
            words.named.insert(word.into());
            Ok(())
        })?;
        Ok(words)
    }

    /// The facts of a lower-cased word.
    pub fn facts(&self, lower: &str, readings: &[Reading]) -> ClauseFacts {
        let mut facts = self.forms.get(lower).copied().unwrap_or_default();
        let term = facts.has(ClauseFacts::TERM);
        if self.named.contains(lower) {
            facts.add(ClauseFacts::NAMED);
        }
        for (reading, _) in with_new_lemmas(readings).filter(|(_, new)| *new) {
            let naming = |of: &ClauseFacts| of.has(ClauseFacts::NAMING);
            if !term && self.forms.get(&*reading.lemma).is_some_and(naming) {
                facts.add(ClauseFacts::NAMING);
            }
            if self.named.contains(&*reading.lemma) {
                facts.add(ClauseFacts::NAMED);
            }
        }
        let chance = |wanted: &dyn Fn(&Reading) -> bool| -> f32 {
            readings
                .iter()
                .filter(|r| wanted(r))
                .map(|r| r.chance)
                .sum()
        };
        let finite = |r: &Reading| {
            r.tag.verb_form == VerbForm::Finite
                || r.tag.short && matches!(r.tag.pos, Pos::Adjective | Pos::Verb)
        };
        if chance(&finite) >= LIKELY {
            facts.add(ClauseFacts::FINITE);
        }
        let third = |r: &Reading| {
            r.tag.verb_form == VerbForm::Finite && (r.tag.tense == Tense::Past || r.tag.person == 3)
        };
        let sure = chance(&third);
        if sure >= LIKELY {
            facts.add(ClauseFacts::THIRD);
        }
        if sure >= 0.8 {
            facts.add(ClauseFacts::VERB);
        }
        // «миллиард окажется смешным», «трое ушли»: a numeral too.
        let subject = |r: &Reading| {
            r.tag.case == Case::Nominative
                && matches!(
                    r.tag.pos,
                    Pos::Noun | Pos::Name | Pos::Pronoun | Pos::Numeral
                )
        };
        // The nominative of «миллиард» or «рост» is rarer than its accusative.
        if chance(&subject) >= 0.12 {
            facts.add(ClauseFacts::SUBJECT);
        }
        let person = |wanted: u8| {
            move |r: &Reading| {
                r.tag.verb_form == VerbForm::Finite
                    && r.tag.person == wanted
                    && r.tag.tense != Tense::Imperative
            }
        };
        if chance(&person(1)) >= LIKELY {
            facts.add(ClauseFacts::FIRST);
        }
        let imperative =
            |r: &Reading| r.tag.tense == Tense::Imperative && r.tag.verb_form == VerbForm::Finite;
        if chance(&person(2)) >= LIKELY || chance(&imperative) >= 0.6 {
            facts.add(ClauseFacts::SECOND);
        }
        if matches!(lower, "он" | "она" | "они" | "he" | "she" | "they") {
            facts.add(ClauseFacts::HE);
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morph::Morphology;

    #[test]
    fn words_of_clauses() {
        let (words, morphology) = (
            ClauseWords::load(&Tables::default()).expect("loads"),
            Morphology::new().expect("loads"),
        );
        let facts = |w: &str| words.facts(w, &morphology.readings(w));
        assert!(facts("построим").has(ClauseFacts::FINITE));
        assert!(facts("построим").has(ClauseFacts::FIRST));
        assert!(facts("сказал").has(ClauseFacts::THIRD));
        assert!(facts("газете").has(ClauseFacts::NAMED));
        assert!(facts("can't").has(ClauseFacts::FINITE));
        assert!(facts("нельзя").has(ClauseFacts::FINITE));
        assert!(!facts("стройкой").has(ClauseFacts::FINITE));
        assert!(!facts("завода").has(ClauseFacts::SUBJECT));
        assert!(facts("миллиард").has(ClauseFacts::SUBJECT));
        assert!(!facts("миллиарда").has(ClauseFacts::SUBJECT));
    }
}
