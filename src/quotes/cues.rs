//! Words that introduce speech: what the dictionary of cues and the grammar say of a word, found once for every distinct word.
//!
//! Input: a lower-cased word with its readings; output: [`WordFacts`], a few bit sets, so that the steps of the quote stage
//! compare numbers. The words themselves stand in `dictionaries/cues.csv` (with frames: what may follow the cue) and
//! `dictionaries/function_words.csv`.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::collective::{Collective, SourceNouns};
use crate::dictionary;
use crate::error::{Error, ErrorKind, Result};
use crate::morph::{Case, Gender, Number, Pos, Reading, Tense, VerbForm};

macro_rules! bits {
    ($(#[$meta:meta])* $name:ident: $int:ty { $($(#[$doc:meta])* $flag:ident = $value:expr;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
        pub struct $name(pub(crate) $int);
        impl $name {
            $($(#[$doc])* pub const $flag: $name = $name($value);)*
            /// Whether any of `other`'s bits is set.
            pub const fn any(self, other: $name) -> bool {
                self.0 & other.0 != 0
            }
            /// The bits of both.
            pub const fn or(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }
            /// The bits that both have.
            pub const fn and(self, other: $name) -> $name {
                $name(self.0 & other.0)
            }
            /// Whether no bit is set.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }
            /// Sets `other`'s bits.
            pub const fn set(&mut self, other: $name) {
                self.0 |= other.0;
            }
        }
    };
}

bits! {
    /// What a cue introduces and where: the column `frames`, and with it the column `kind`.
    Frames: u32 {
        /// A clause with «что», “that”.
        THAT = 1;
        /// A clause without a conjunction (English).
        ZERO = 1 << 1;
        /// Stands after or inside the words: «…, сказал X».
        AFTER = 1 << 2;
        /// «Об этом сообщил X».
        ABOUT = 1 << 3;
        /// Words in quotation marks.
        DIRECT = 1 << 4;
        /// An infinitive: «призвал закрыть».
        INFINITIVE = 1 << 5;
        /// «чтобы»: «потребовал, чтобы».
        SUBJUNCTIVE = 1 << 6;
        /// No subject: «сообщается».
        IMPERSONAL = 1 << 7;
        /// «в том, что»: «обвинил его в том, что».
        FACT = 1 << 8;
        /// A noun after «по»: «по словам».
        NOUN_PO = 1 << 9;
        /// A noun after «со»: «со слов».
        NOUN_SO = 1 << 10;
        /// A preposition: «согласно».
        PREPOSITION = 1 << 11;
        /// A noun with a clause, governed by a light verb: «выразил надежду, что».
        NOUN_THAT = 1 << 12;
        /// A verb that means speech only with such a noun.
        LIGHT = 1 << 13;
        /// A short adjective or participle: «уверен».
        SHORT = 1 << 14;
        /// What outlets do with other people's words: «передаёт ТАСС».
        VIA = 1 << 15;
        /// Its object is whose words they are: «цитирует Иванова ТАСС».
        QUOTING = 1 << 16;
        /// An opinion rather than speech.
        OPINION = 1 << 17;
        /// A verb (of the kinds that have finite forms).
        VERB = 1 << 18;
        /// A noun phrase is what is said: “criticized the plan”.
        OBJECT = 1 << 19;
        /// An object and an infinitive: “urged them to go”.
        OBJECT_INFINITIVE = 1 << 20;
        /// An adjective: “confident that”.
        ADJECTIVE = 1 << 21;
        /// Asks for something.
        REQUEST = 1 << 22;
        /// First word of a cue of several words (English).
        PHRASE = 1 << 23;
        /// Calls something by words in marks: «назвал».
        NAMING = 1 << 25;
        /// Speech only where it is negated: «не исключил, что».
        DENIED = 1 << 26;
        /// Without a source it goes on with the one before: «Отмечается, что».
        GOES_ON = 1 << 27;
        /// Nothing without its document: «из отчёта следует».
        PLACED = 1 << 28;
        /// Speech itself, not opinion, intention or attitude.
        SPEECH = 1 << 24;
    }
}

bits! {
    /// Parts of speech and cases that a word form can have.
    Grammar: u32 {
        /// Noun, name or pronoun in the nominative; the bits after it are the other cases.
        NOM = 1;
        /// Genitive.
        GEN = 1 << 1;
        /// Dative.
        DAT = 1 << 2;
        /// Accusative.
        ACC = 1 << 3;
        /// Instrumental.
        INS = 1 << 4;
        /// Locative.
        LOC = 1 << 5;
        /// Noun, name or pronoun in any case.
        ANY_NOUN = 0x3F;
        /// Adjective, determiner, participle or numeral in any case.
        ANY_ADJECTIVE = 0x3F << 6;
        /// Adjective, determiner, participle or numeral in the nominative; the bits after it are the other cases.
        ADJ_NOM = 1 << 6;
        /// Genitive adjective.
        ADJ_GEN = 1 << 7;
        /// Dative adjective.
        ADJ_DAT = 1 << 8;
        /// Accusative adjective.
        ADJ_ACC = 1 << 9;
        /// Instrumental adjective.
        ADJ_INS = 1 << 10;
        /// Locative adjective.
        ADJ_LOC = 1 << 11;
        /// Finite verb.
        FINITE = 1 << 12;
        /// Infinitive.
        INFINITIVE = 1 << 13;
        /// Gerund.
        GERUND = 1 << 14;
        /// Full participle.
        PARTICIPLE = 1 << 15;
        /// Short adjective or participle.
        SHORT = 1 << 16;
        /// Pronoun that stands for a noun.
        PRONOUN = 1 << 17;
        /// Numeral.
        NUMERAL = 1 << 18;
        /// Preposition.
        PREPOSITION = 1 << 19;
        /// Adverb or particle.
        ADVERB = 1 << 20;
        /// Animate noun.
        ANIMATE = 1 << 21;
        /// No reading: Latin, or unknown to the morphology.
        UNKNOWN = 1 << 22;
        /// A name for the morphology.
        NAME = 1 << 23;
        /// Never changes its form.
        INDECLINABLE = 1 << 24;
        /// Has a past tense reading (verbs).
        PAST = 1 << 25;
        /// First or second person (verbs).
        FIRST_PERSON = 1 << 26;
        /// Pronoun of the third person in the genitive or a possessive (его, её, их).
        POSSESSIVE = 1 << 27;
        /// Determiner.
        DETERMINER = 1 << 28;
        /// Words of names in an oblique case only.
        OBLIQUE = 1 << 29;
    }
}

bits! {
    /// Gender and number that a word form can have.
    Agreement: u8 {
        /// Masculine singular.
        MALE = 1;
        /// Feminine singular.
        FEMALE = 2;
        /// Neuter singular.
        NEUTER = 4;
        /// Plural.
        PLURAL = 8;
        /// Any singular.
        SINGULAR = 7;
        /// Any.
        ANY = 15;
    }
}

bits! {
    /// Small words that the rules name, and the classes of `function_words.csv`.
    Function: u64 {
        /// что
        WHAT = 1;
        /// чтобы
        SO_THAT = 1 << 1;
        /// будто, якобы
        AS_IF = 1 << 2;
        /// как
        AS = 1 << 3;
        /// Forms of который, кто.
        WHICH = 1 << 4;
        /// о, об
        ABOUT = 1 << 5;
        /// этом, это
        THIS = 1 << 6;
        /// том, то
        THAT = 1 << 7;
        /// по
        PO = 1 << 8;
        /// со, с
        SO = 1 << 9;
        /// и
        AND = 1 << 10;
        /// но, а, однако
        BUT = 1 << 11;
        /// не
        NOT = 1 << 12;
        /// A noun of time or place of speech («в интервью»).
        SETTING = 1 << 13;
        /// источник, собеседник
        SOURCE = 1 << 14;
        /// A document that stands for who issued it.
        DOCUMENT = 1 << 15;
        /// An adverb that may stand between «как» and its verb.
        ADVERB = 1 << 16;
        /// свой
        OWN = 1 << 17;
        /// в
        IN = 1 << 18;
        /// Question words and subordinators other than что (если, когда, почему …).
        SUBORDINATE = 1 << 19;
        /// English determiner.
        EN_DET = 1 << 20;
        /// English subject pronoun.
        EN_SUBJECT = 1 << 21;
        /// English object pronoun.
        EN_OBJECT = 1 << 22;
        /// English preposition.
        EN_PREP = 1 << 24;
        /// English conjunction.
        EN_CONJ = 1 << 25;
        /// English relative or question word.
        EN_RELATIVE = 1 << 26;
        /// Days, months and other words of time.
        TIME = 1 << 28;
        /// Common nouns for media: «издание».
        MEDIA = 1 << 32;
        /// Common nouns for companies, parties, authorities: «компания».
        COMPANY = 1 << 33;
        /// Heads of something: «глава», «председатель».
        CHIEF = 1 << 34;
        /// Verbs that let an infinitive happen: «поспешил заявить».
        BEGINS = 1 << 35;
        /// A document that a person writes: «письмо», «твит».
        PERSONAL = 1 << 38;
        /// A number of people: «ряд», «большинство».
        QUANTITY = 1 << 39;
        /// Somebody who keeps back the name: «неназванный», «анонимный».
        ANONYMOUS = 1 << 40;
        /// Says no more of somebody than that it is a person: «мужчина».
        ANYONE = 1 << 37;
        /// Nouns of relation, whose complement is another person: «муж», «адвокат».
        RELATION = 1 << 36;
        /// «близкий к ведомству», «знающий дело», «пожелавший остаться неназванным».
        INSIDER = 1 << 41;
        /// «по его данным»: what an outlet has as well as a person.
        KNOWLEDGE = 1 << 42;
        /// «из-за того, что»: no statement follows.
        CAUSE = 1 << 43;
        /// A commercial company by its kind.
        FIRM = 1 << 44;
        /// «такое мнение высказал X»: takes up what was said before.
        SUCH = 1 << 45;
        /// Nouns that headlines name as their source: «… — эксперты».
        HEADLINE = 1 << 46;
        /// Before an adjective: «более жёстких».
        DEGREE = 1 << 47;
        /// «на вопрос», «на запрос»: what somebody answers.
        REPLY = 1 << 48;
        /// Prepositions whose phrase may belong to the noun before it: «министр по туризму».
        ATTRIBUTIVE = 1 << 49;
        /// Before «что» it makes a reason or a degree: «потому», «так».
        CORRELATE = 1 << 50;
        /// «со ссылкой на», «ссылаясь на».
        REFER = 1 << 51;
        /// сам
        SELF = 1 << 52;
        /// Stands for several who were spoken of: «последние», «те», «оба».
        GROUP = 1 << 53;
        /// «собеседник агентства»: who has just spoken to an outlet.
        INTERLOCUTOR = 1 << 54;
        /// What makes a conjunction of «как»: «после того как», «так как», «по мере того как».
        BEFORE_AS = 1 << 55;
        /// «в связи с тем, что», «несмотря на то, что»: a cause two words before.
        CAUSE_OF = 1 << 56;
    }
}

/// Form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum CueForm {
    /// No cue, or a form that does not matter (nouns, prepositions).
    #[default]
    None,
    /// Finite verb; in English the past tense, the third person, or the base form.
    Finite,
    /// Infinitive.
    Infinitive,
    /// Participle that agrees with a noun («заявивший»).
    Participle,
    /// Gerund («добавив»), English -ing form.
    Gerund,
    /// Short form («уверен», «сказано»).
    Short,
}

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

/// Readings rarer than this say nothing of a word in a running text.
const RARE: f32 = 0.03;

#[derive(Default)]
struct Cue {
    /// Frames by kind: verbs, short forms, nouns and prepositions of one lemma do not mix.
    verb: Frames,
    short: Frames,
    noun: Frames,
}

/// The dictionary of cues and of function words.
#[derive(Default)]
pub struct CueList {
    /// Russian lemma (ё as е).
    russian: HashMap<Box<str>, Cue, FxBuildHasher>,
    /// English word form.
    english: HashMap<Box<str>, (Frames, CueForm), FxBuildHasher>,
    functions: HashMap<Box<str>, Function, FxBuildHasher>,
    nouns: SourceNouns,
}

pub(super) const CUES: &str = include_str!("../../dictionaries/cues.csv");
pub(super) const FUNCTION_WORDS: &str = include_str!("../../dictionaries/function_words.csv");

impl CueList {
    /// The compiled-in lists.
    pub(crate) fn load() -> Result<Self> {
        let mut list = CueList::default();
        dictionary::each_row(
            "cues.csv",
            CUES,
            ["cue", "lang", "kind", "frames", "class", "forms"],
            |[cue, lang, kind, frames, class, forms]| {
                let mut bits = frames_of(kind, frames)?;
                match class {
                    "opinion" | "intention" | "object" => bits.set(Frames::OPINION),
                    "request" => bits.set(Frames::REQUEST.or(Frames::SPEECH)),
                    "speech" | "document" | "promise" | "accuse" | "outlet" => {
                        bits.set(Frames::SPEECH);
                    }
                    "light" => {}
                    other => return Err(format!("class is {other:?}")),
                }
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
            },
        )?;
        dictionary::each_row(
            "function_words.csv",
            FUNCTION_WORDS,
            ["word", "lang", "class"],
            |[word, lang, class]| {
                let bit = match (lang, class) {
                    ("ru", "setting") => Function::SETTING,
                    (_, "source") => Function::SOURCE,
                    (_, "document") => Function::DOCUMENT,
                    ("ru", "adverb") => Function::ADVERB,
                    (_, "media") => Function::MEDIA,
                    (_, "company") => Function::COMPANY,
                    ("ru", "insider") => Function::INSIDER,
                    ("ru", "knowledge") => Function::KNOWLEDGE,
                    ("ru", "cause") => Function::CAUSE,
                    (_, "firm") => Function::FIRM,
                    ("ru", "relation") => Function::RELATION,
                    ("ru", "personal") => Function::PERSONAL,
                    ("ru", "quantity") => Function::QUANTITY,
                    ("ru", "anonymous") => Function::ANONYMOUS,
                    ("ru", "anyone") => Function::ANYONE,
                    ("ru", "begins") => Function::BEGINS,
                    (_, "chief") => Function::CHIEF,
                    ("ru", "such") => Function::SUCH,
                    ("ru", "headline") => Function::HEADLINE,
                    ("ru", "degree") => Function::DEGREE,
                    ("ru", "reply") => Function::REPLY,
                    ("ru", "attributive") => Function::ATTRIBUTIVE,
                    ("ru", "correlate") => Function::CORRELATE,
                    ("ru", "refer") => Function::REFER,
                    ("ru", "self") => Function::SELF,
                    ("ru", "group") => Function::GROUP,
                    ("ru", "interlocutor") => Function::INTERLOCUTOR,
                    ("ru", "subordinate") => Function::SUBORDINATE,
                    ("ru", "before_as") => Function::BEFORE_AS,
                    ("ru", "cause_of") => Function::CAUSE_OF,
                    ("en", "det" | "possessive") => Function::EN_DET,
                    ("en", "subject" | "speaking") => Function::EN_SUBJECT,
                    ("en", "object") => Function::EN_OBJECT,
                    ("en", "prep") => Function::EN_PREP,
                    ("en", "conj" | "and" | "contrast") => Function::EN_CONJ,
                    ("en", "relative") => Function::EN_RELATIVE,
                    // The classes of `English` alone.
                    (
                        "en",
                        "be" | "have" | "do" | "modal" | "adverb" | "not" | "plural" | "question"
                        | "dialogue" | "definite" | "indefinite",
                    ) => return Ok(()),
                    (_, "time") => Function::TIME,
                    _ => return Err(format!("class is {class:?}")),
                };
                list.functions
                    .entry(word.replace('ё', "е").into())
                    .or_default()
                    .set(bit);
                Ok(())
            },
        )?;
        list.nouns = SourceNouns::load()?;
        if list.russian.is_empty() || list.english.is_empty() {
            return Err(Error::new(ErrorKind::Dictionary, "no cues").at("cues.csv"));
        }
        Ok(list)
    }

    /// Whether a lower-cased word is the head of something («глава», «председатель», “president”).
    pub(super) fn is_chief(&self, lower: &str) -> bool {
        self.functions
            .get(lower.replace('ё', "е").as_str())
            .is_some_and(|f| f.any(Function::CHIEF))
    }

    fn add_english(&mut self, cue: &str, kind: &str, bits: Frames, forms: &str) {
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

    /// What the lists and the readings say of a lower-cased word.
    pub(crate) fn facts(&self, lower: &str, readings: &[Reading]) -> WordFacts {
        let mut facts = WordFacts::default();
        let folded = lower.replace('ё', "е");
        facts.function = function_of(&folded);
        if let Some(&bits) = self.functions.get(folded.as_str()) {
            facts.function.set(bits);
        }
        if readings.is_empty() {
            facts.grammar.set(Grammar::UNKNOWN);
            if let Some(&(frames, form)) = self.english.get(lower) {
                facts.frames = frames;
                facts.form = form;
            }
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
                    facts.collective = self.nouns.of(&reading.lemma.replace('ё', "е"));
                }
                continue;
            }
            let lemma = reading.lemma.replace('ё', "е");
            let now = lemma.strip_prefix("экс-").unwrap_or(&lemma);
            if let Some(&bits) = self.functions.get(now) {
                facts.function.set(bits);
            }
            if reading.tag.pos == Pos::Noun && !facts.collective.is_noun() {
                facts.collective = self.nouns.of(&lemma);
            }
            match lemma.as_str() {
                "который" | "кто" => facts.function.set(Function::WHICH),
                "свой" => facts.function.set(Function::OWN),
                _ => {}
            }
            let cue = self.russian.get(lemma.as_str());
            if let Some(cue) = cue {
                add_cue(&mut facts, cue, reading);
            }
            before = (&reading.lemma, cue);
        }
        facts
    }
}

fn frames_of(kind: &str, frames: &str) -> std::result::Result<Frames, String> {
    let mut bits = match kind {
        "verb" => Frames::VERB,
        "light" => Frames::LIGHT.or(Frames::VERB),
        "outlet_verb" => Frames::VIA.or(Frames::VERB),
        "short" => Frames::SHORT,
        "noun_po" => Frames::NOUN_PO,
        "noun_so" => Frames::NOUN_SO,
        "noun_that" | "noun" | "inf_that" => Frames::NOUN_THAT,
        "prep" | "phrase" => Frames::PREPOSITION,
        "adj" => Frames::ADJECTIVE,
        other => return Err(format!("kind is {other:?}")),
    };
    for frame in frames.split(' ') {
        bits.set(match frame {
            "that" => Frames::THAT,
            "zero" => Frames::ZERO,
            "after" => Frames::AFTER,
            "about" => Frames::ABOUT,
            "direct" => Frames::DIRECT,
            "inf" => Frames::INFINITIVE,
            "subjunctive" => Frames::SUBJUNCTIVE,
            "impersonal" => Frames::IMPERSONAL,
            "that_fact" => Frames::FACT,
            "quoting" => Frames::QUOTING,
            "via" => Frames::VIA,
            "denied" => Frames::DENIED,
            "naming" => Frames::NAMING,
            "goes_on" => Frames::GOES_ON,
            "placed" => Frames::PLACED,
            "object" => Frames::OBJECT,
            "obj_inf" => Frames::OBJECT_INFINITIVE,
            // Said by the kind already.
            "phrase" | "noun" | "whom" => Frames::default(),
            other => return Err(format!("frame is {other:?}")),
        });
    }
    Ok(bits)
}

/// Small words that rules name one by one.
fn function_of(word: &str) -> Function {
    match word {
        "что" => Function::WHAT,
        "чтобы" | "чтоб" => Function::SO_THAT,
        "будто" | "якобы" => Function::AS_IF,
        "как" => Function::AS,
        "о" | "об" => Function::ABOUT,
        "этом" | "это" | "чем" | "такое" => Function::THIS,
        "том" | "то" => Function::THAT,
        "по" | "про" => Function::PO,
        "со" | "с" => Function::SO,
        "и" | "или" => Function::AND,
        "но" | "а" | "однако" => Function::BUT,
        "не" => Function::NOT,
        "в" | "во" | "на" => Function::IN,
        _ => Function::default(),
    }
}

fn add_reading(facts: &mut WordFacts, reading: &Reading) {
    let tag = &reading.tag;
    let agreement = agreement_of(tag.number, tag.gender);
    let case_bit = match tag.case {
        Case::Nominative => 1,
        Case::Genitive => 1 << 1,
        Case::Dative => 1 << 2,
        Case::Accusative => 1 << 3,
        Case::Instrumental => 1 << 4,
        Case::Locative => 1 << 5,
        _ => 0,
    };
    match tag.pos {
        Pos::Noun | Pos::Name | Pos::Pronoun => {
            if tag.indeclinable || tag.case == Case::None && tag.pos != Pos::Pronoun {
                facts.grammar.set(Grammar(0x3F).or(Grammar::INDECLINABLE));
                facts.agreement.set(agreement);
            }
            facts.grammar.set(Grammar(case_bit));
            if tag.case == Case::Nominative {
                facts.agreement.set(agreement);
                if tag.animate == Some(true) && tag.gender == Gender::Masculine {
                    facts.grammar.set(Grammar::ANIMATE);
                }
            }
            if tag.pos == Pos::Pronoun {
                facts.grammar.set(Grammar::PRONOUN);
            }
            if tag.pos == Pos::Name {
                facts.grammar.set(Grammar::NAME);
            }
        }
        Pos::Adjective | Pos::Determiner | Pos::Numeral => {
            if tag.short {
                facts.grammar.set(Grammar::SHORT);
                facts.verb.set(agreement);
                return;
            }
            facts.grammar.set(Grammar(case_bit << 6));
            if tag.case == Case::Nominative {
                facts.agreement.set(agreement);
            }
            if tag.pos == Pos::Numeral {
                facts.grammar.set(Grammar::NUMERAL);
            }
            if tag.pos == Pos::Determiner {
                facts.grammar.set(Grammar::DETERMINER);
                if matches!(&*reading.lemma, "его" | "её" | "ее" | "их") {
                    facts.grammar.set(Grammar::POSSESSIVE);
                }
            }
        }
        Pos::Verb => match tag.verb_form {
            VerbForm::Finite => {
                if tag.tense == Tense::Imperative {
                    return;
                }
                facts.grammar.set(Grammar::FINITE);
                if tag.tense == Tense::Past {
                    facts.grammar.set(Grammar::PAST);
                }
                if matches!(tag.person, 1 | 2) {
                    facts.grammar.set(Grammar::FIRST_PERSON);
                }
                facts.verb.set(agreement);
            }
            VerbForm::Infinitive => facts.grammar.set(Grammar::INFINITIVE),
            VerbForm::Gerund => facts.grammar.set(Grammar::GERUND),
            VerbForm::Participle if tag.short => {
                facts.grammar.set(Grammar::SHORT);
                facts.verb.set(agreement);
            }
            VerbForm::Participle => {
                facts
                    .grammar
                    .set(Grammar::PARTICIPLE.or(Grammar(case_bit << 6)));
                if tag.case == Case::Nominative {
                    facts.agreement.set(agreement);
                }
            }
            VerbForm::None => {}
        },
        Pos::Preposition => facts.grammar.set(Grammar::PREPOSITION),
        Pos::Adverb | Pos::Particle => facts.grammar.set(Grammar::ADVERB),
        _ => {}
    }
}

fn agreement_of(number: Number, gender: Gender) -> Agreement {
    match (number, gender) {
        (Number::Plural, _) => Agreement::PLURAL,
        (_, Gender::Masculine) => Agreement::MALE,
        (_, Gender::Feminine) => Agreement::FEMALE,
        (_, Gender::Neuter) => Agreement::NEUTER,
        (Number::Singular, Gender::None) => Agreement::SINGULAR,
        (Number::None, Gender::None) => Agreement::ANY,
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

/// Forms of an English verb: the regular ones, and the irregular past and participle that the list gives.
pub(super) fn english_forms(base: &str, irregular: &str) -> Vec<(String, CueForm)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morph::Morphology;

    #[test]
    fn words_have_frames_and_grammar() {
        let list = CueList::load().expect("loads");
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
