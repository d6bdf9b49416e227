//! Small words and classes of words that the rules name.
//!
//! Input: the classes of `dictionaries/function_words.csv`, and single words that are grammar (не, что, по); output: [`Function`].

use super::bits::bits;

bits! {
    /// Small words that the rules name, and the classes of `function_words.csv`.
    Function: u128 {
        /// что
        WHAT = 1;
        /// чтобы
        SO_THAT = 1 << 1;
        /// будто, якобы
        AS_IF = 1 << 2;
        /// как; as
        AS = 1 << 3;
        /// Forms of который, кто.
        WHICH = 1 << 4;
        /// о, об
        ABOUT = 1 << 5;
        /// этом, это
        THIS = 1 << 6;
        /// том, то
        DEMONSTRATIVE = 1 << 7;
        /// по
        PO = 1 << 8;
        /// со, с
        SO = 1 << 9;
        /// и, или; and, or
        AND = 1 << 10;
        /// но, а, однако; but, while, although
        CONTRAST = 1 << 11;
        /// не; not, never
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
        /// the, this, several
        DETERMINER = 1 << 64;
        /// he, they, I
        SUBJECT = 1 << 65;
        /// him, them
        OBJECT_PRONOUN = 1 << 66;
        /// is, were, been
        BE = 1 << 67;
        /// has, had
        HAVE = 1 << 68;
        /// did, don't
        DO = 1 << 69;
        /// will, could
        MODAL = 1 << 70;
        /// in, of, for
        PREPOSITION = 1 << 71;
        /// but, while, when, if: what begins another clause
        CONJUNCTION = 1 << 72;
        /// who, which, why
        RELATIVE = 1 << 73;
        /// to
        TO = 1 << 74;
        /// that
        THAT = 1 << 75;
        /// his, their
        POSSESSIVE = 1 << 76;
        /// of
        OF = 1 << 77;
        /// I, we, you: the narrator or the reader
        SPEAKING = 1 << 78;
        /// people, police: plural without an ending, or a word that stands for one
        PLURAL = 1 << 79;
        /// whether, why: opens a clause that is asked or told
        QUESTION = 1 << 80;
        /// “went” on, “shot” back: what speakers of a dialogue do
        DIALOGUE = 1 << 81;
        /// the, her: what follows has been spoken of
        DEFINITE = 1 << 82;
        /// a, some: what follows is new
        INDEFINITE = 1 << 83;
        /// Base form of a verb of the list of cues.
        BASE = 1 << 84;
        /// Third person.
        THIRD = 1 << 85;
        /// Past tense or past participle.
        PAST = 1 << 86;
        /// Form in -ing.
        ING = 1 << 87;
        /// A personal pronoun, or who: a token of its own.
        PRONOUN = 1 << 88;
    }
}

impl Function {
    /// What a word of a class of the dictionary is.
    ///
    /// # Errors
    /// The class, where it is unknown.
    pub(super) fn of_class(word: &str, lang: &str, class: &str) -> Result<Function, String> {
        Ok(match (lang, class) {
            ("ru", "setting") => Function::SETTING,
            (_, "source") => Function::SOURCE,
            (_, "time") => Function::TIME,
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
            ("en", _) => return Self::of_english(word, class),
            _ => return Err(format!("class is {class:?}")),
        })
    }

    /// The same in English, where some words of a class are grammar by themselves.
    fn of_english(word: &str, class: &str) -> Result<Function, String> {
        Ok(match (class, word) {
            ("possessive", _) => Function::POSSESSIVE,
            ("object", "her") => Function::POSSESSIVE.or(Function::PRONOUN),
            ("det" | "relative", "that") => Function::THAT,
            ("det", _) => Function::DETERMINER,
            ("speaking", _) => Function::SUBJECT
                .or(Function::SPEAKING)
                .or(Function::PRONOUN),
            ("relative", _) => Function::RELATIVE,
            ("subject", "who") => Function::RELATIVE.or(Function::PRONOUN),
            ("subject", _) => Function::SUBJECT.or(Function::PRONOUN),
            ("object", _) => Function::OBJECT_PRONOUN.or(Function::PRONOUN),
            ("be", _) => Function::BE,
            ("have", _) => Function::HAVE,
            ("do", _) => Function::DO,
            ("modal", _) => Function::MODAL,
            ("prep", "of") => Function::PREPOSITION.or(Function::OF),
            ("prep", "to") => Function::TO,
            ("prep", _) => Function::PREPOSITION,
            ("and", _) => Function::AND,
            ("contrast", _) => Function::CONJUNCTION.or(Function::CONTRAST),
            ("conj", "as") => Function::CONJUNCTION.or(Function::AS),
            ("conj", _) => Function::CONJUNCTION,
            ("not", _) => Function::NOT,
            ("adverb", _) => Function::ADVERB,
            ("plural", _) => Function::PLURAL,
            ("question", _) => Function::QUESTION,
            ("dialogue", _) => Function::DIALOGUE,
            ("definite", _) => Function::DEFINITE,
            ("indefinite", _) => Function::INDEFINITE,
            _ => return Err(format!("class is {class:?}")),
        })
    }

    /// The small words that rules name one by one.
    pub(super) fn of_word(word: &str) -> Function {
        match word {
            "что" => Function::WHAT,
            "чтобы" | "чтоб" => Function::SO_THAT,
            "будто" | "якобы" => Function::AS_IF,
            "как" => Function::AS,
            "о" | "об" => Function::ABOUT,
            "этом" | "это" | "чем" | "такое" => Function::THIS,
            "том" | "то" => Function::DEMONSTRATIVE,
            "по" | "про" => Function::PO,
            "со" | "с" => Function::SO,
            "и" | "или" => Function::AND,
            "но" | "а" | "однако" => Function::CONTRAST,
            "не" => Function::NOT,
            "в" | "во" | "на" => Function::IN,
            _ => Function::default(),
        }
    }
}
