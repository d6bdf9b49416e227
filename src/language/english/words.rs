//! Classes of English words, and what an English cue may be followed by.
//!
//! Input: the rows of `cues.csv` and `function_words.csv` whose language is `en`; output: [`English`] bits of a lower-cased
//! word, found once for every distinct word. English has little inflection, so that a form can be of several classes at once
//! (“claims” is a verb and a noun); the rules decide by what stands beside it.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::error::Result;
use crate::language::cues::{each_cue, each_function_word, english_forms};

/// Classes of a word, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct English(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl English {
            $($(#[$doc])* pub const $name: English = English(1 << $bit);)*
        }
    };
}

classes! {
    /// the, this, several
    DETERMINER = 0;
    /// he, they, I
    SUBJECT = 1;
    /// him, them
    OBJECT_PRONOUN = 2;
    /// is, were, been
    BE = 3;
    /// has, had
    HAVE = 4;
    /// did, don't
    DO = 5;
    /// will, could
    MODAL = 6;
    /// in, of, for
    PREPOSITION = 7;
    /// and, or
    AND = 8;
    /// but, while, when, if: what begins another clause
    CONJUNCTION = 9;
    /// who, which, why
    RELATIVE = 10;
    /// to
    TO = 11;
    /// that
    THAT = 12;
    /// not, never
    NOT = 13;
    /// also, later
    ADVERB = 14;
    /// Monday, week
    TIME = 15;
    /// his, their
    POSSESSIVE = 16;
    /// of
    OF = 17;
    /// as
    AS = 18;
    /// I, we, you: the narrator or the reader
    SPEAKING = 19;
    /// but, while, although
    CONTRAST = 20;
    /// A clause with “that” may follow the cue.
    WITH_THAT = 24;
    /// A clause without it.
    WITH_CLAUSE = 25;
    /// It may stand after or inside the words.
    AFTER = 26;
    /// Words in marks.
    DIRECT = 27;
    /// “to” and an infinitive.
    WITH_TO = 28;
    /// A noun phrase that is what is said: “criticized the plan”.
    WITH_OBJECT = 29;
    /// Somebody and an infinitive: “urged them to go”.
    WHOM_TO = 30;
    /// Somebody who is told, before the clause.
    WHOM = 31;
    /// A verb of the list of cues.
    VERB = 32;
    /// Base form.
    BASE = 33;
    /// Third person.
    THIRD = 34;
    /// Past tense or past participle.
    PAST = 35;
    /// Form in -ing.
    ING = 36;
    /// An adjective of the list of cues.
    ADJECTIVE = 37;
    /// A noun of the list of cues.
    NOUN = 38;
    /// First word of a cue of several words.
    PHRASE = 39;
    /// A cue of speech, not of thought.
    SPEECH = 40;
    /// Report, poll: a document that speaks.
    DOCUMENT = 41;
    /// Newspaper, agency.
    MEDIA = 42;
    /// Company, campaign.
    COMPANY = 43;
    /// President, leader.
    CHIEF = 44;
    /// source, official: somebody whom the text does not name
    SOURCE = 45;
    /// people, police: plural without an ending, or a word that stands for one
    PLURAL = 46;
    /// whether, why: opens a clause that is asked or told
    QUESTION = 47;
    /// “went” on, “shot” back: what speakers of a dialogue do
    DIALOGUE = 48;
    /// the, her: what follows has been spoken of
    DEFINITE = 49;
    /// a, some: what follows is new
    INDEFINITE = 50;
}

impl English {
    /// Whether any of `other`'s bits is set.
    pub const fn any(self, other: English) -> bool {
        self.0 & other.0 != 0
    }

    /// The bits of both.
    pub const fn or(self, other: English) -> English {
        English(self.0 | other.0)
    }

    /// Be, have, do or a modal.
    pub const AUXILIARY: English = English::BE
        .or(English::HAVE)
        .or(English::DO)
        .or(English::MODAL);

    /// The bits that both have.
    pub const fn and(self, other: English) -> English {
        English(self.0 & other.0)
    }

    fn set(&mut self, other: English) {
        self.0 |= other.0;
    }
}

/// A cue of several words.
#[derive(Debug)]
pub struct Phrase {
    /// The words after the first.
    pub rest: Box<[Box<str>]>,
    /// What it may be followed by, and its form.
    pub word: English,
    /// It is a preposition (“according to”) rather than a verb.
    pub preposition: bool,
}

/// English words of the dictionaries.
#[derive(Default)]
pub struct EnglishWords {
    words: HashMap<Box<str>, English, FxBuildHasher>,
    phrases: HashMap<Box<str>, Vec<Phrase>, FxBuildHasher>,
}

impl EnglishWords {
    /// The compiled-in lists.
    pub(crate) fn load() -> Result<Self> {
        let mut list = EnglishWords::default();
        each_cue(|[cue, lang, kind, frames, class, forms]| {
            if lang == "en" {
                list.cue(cue, kind, frames, class, forms);
            }
            Ok(())
        })?;
        each_function_word(|[word, lang, class]| {
            if lang == "en" {
                list.add(word, function(word, class));
            }
            Ok(())
        })?;
        Ok(list)
    }

    /// What is known of a lower-cased word.
    pub(crate) fn facts(&self, lower: &str) -> English {
        if let Some(&word) = self.words.get(lower) {
            return word;
        }
        // “he’s”, “they’d”: pronoun and auxiliary in one token.
        match lower.split_once('\'') {
            Some((first, _)) if !first.is_empty() => {
                let word = self.words.get(first).copied().unwrap_or_default();
                if word.any(English::SUBJECT) {
                    word
                } else {
                    English::default()
                }
            }
            _ => English::default(),
        }
    }

    /// The cues of several words that begin with a lower-cased word.
    pub(crate) fn phrases(&self, lower: &str) -> &[Phrase] {
        self.phrases.get(lower).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, word: &str, bits: English) {
        self.words.entry(word.into()).or_default().set(bits);
    }

    fn cue(&mut self, cue: &str, kind: &str, frames: &str, class: &str, forms: &str) {
        let mut bits = English::default();
        for frame in frames.split(' ') {
            bits.set(match frame {
                "that" => English::WITH_THAT,
                "zero" => English::WITH_CLAUSE,
                "after" => English::AFTER,
                "direct" => English::DIRECT,
                "inf" => English::WITH_TO,
                "object" => English::WITH_OBJECT,
                "obj_inf" => English::WHOM_TO,
                "whom" => English::WHOM,
                _ => English::default(),
            });
        }
        if matches!(class, "speech" | "request" | "promise") {
            bits.set(English::SPEECH);
        }
        let (first, rest) = cue.split_once(' ').unwrap_or((cue, ""));
        let mut words: Vec<(String, English)> = Vec::new();
        match kind {
            "verb" => {
                bits.set(English::VERB);
                words.extend(english_forms(first, forms).into_iter().map(|(w, _)| {
                    let form = if w == first {
                        English::BASE
                    } else if w.ends_with("ing") {
                        English::ING
                    } else if w.ends_with('s') && !forms.split(' ').any(|f| f == w) {
                        English::THIRD
                    } else {
                        English::PAST
                    };
                    (w, form)
                }));
                // “read”, “put”: one form for base and past.
                if forms.split(' ').any(|f| f == first) {
                    words.push((first.to_owned(), English::PAST));
                }
            }
            "noun" => {
                // What may follow a noun says nothing of the verb of the same form.
                bits = English::NOUN;
                let plural = match first.strip_suffix('y') {
                    Some(stem) => format!("{stem}ies"),
                    None => format!("{first}s"),
                };
                words.push((plural, English::default()));
                words.push((first.to_owned(), English::default()));
            }
            "adj" => {
                bits = English::ADJECTIVE;
                words.push((first.to_owned(), English::default()));
            }
            _ => words.push((first.to_owned(), English::default())),
        }
        for (word, form) in words {
            if rest.is_empty() {
                self.add(&word, bits.or(form));
                continue;
            }
            self.phrases
                .entry(word.as_str().into())
                .or_default()
                .push(Phrase {
                    rest: rest.split(' ').map(Box::from).collect(),
                    word: bits.or(form),
                    preposition: kind == "phrase",
                });
            self.add(&word, English::PHRASE.or(form));
        }
    }
}

/// The bits of a row of `function_words.csv`.
fn function(word: &str, class: &str) -> English {
    match (class, word) {
        ("possessive", _) => English::POSSESSIVE,
        ("det", "that") => English::THAT,
        ("det", _) => English::DETERMINER,
        ("speaking", _) => English::SUBJECT.or(English::SPEAKING),
        ("subject", "who") => English::RELATIVE,
        ("subject", _) => English::SUBJECT,
        ("object", "her") => English::POSSESSIVE,
        ("object", _) => English::OBJECT_PRONOUN,
        ("be", _) => English::BE,
        ("have", _) => English::HAVE,
        ("do", _) => English::DO,
        ("modal", _) => English::MODAL,
        ("prep", "of") => English::PREPOSITION.or(English::OF),
        ("prep", "to") => English::TO,
        ("prep", _) => English::PREPOSITION,
        ("and", _) => English::AND,
        ("contrast", _) => English::CONJUNCTION.or(English::CONTRAST),
        ("conj", "as") => English::CONJUNCTION.or(English::AS),
        ("conj", _) => English::CONJUNCTION,
        ("relative", "that") => English::THAT,
        ("relative", _) => English::RELATIVE,
        ("not", _) => English::NOT,
        ("adverb", _) => English::ADVERB,
        ("time", _) => English::TIME,
        ("document", _) => English::DOCUMENT,
        ("media", _) => English::MEDIA,
        ("company", _) => English::COMPANY,
        ("chief", _) => English::CHIEF,
        ("source", _) => English::SOURCE,
        ("plural", _) => English::PLURAL,
        ("question", _) => English::QUESTION,
        ("dialogue", _) => English::DIALOGUE,
        ("definite", _) => English::DEFINITE,
        ("indefinite", _) => English::INDEFINITE,
        _ => English::default(),
    }
}
