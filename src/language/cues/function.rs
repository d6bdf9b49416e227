//! Small words and classes of words that the rules name.
//!
//! Input: the classes of `dictionaries/function_words.csv`, and single words that are grammar (не, что, по); output: [`Function`].

use super::bits::bits;

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

impl Function {
    /// What a class of the dictionary is; nothing for those that English alone reads (see [`crate::language::english::English`]).
    ///
    /// # Errors
    /// The class, where it is unknown.
    pub(super) fn of_class(lang: &str, class: &str) -> Result<Option<Function>, String> {
        Ok(Some(match (lang, class) {
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
            ) => return Ok(None),
            (_, "time") => Function::TIME,
            _ => return Err(format!("class is {class:?}")),
        }))
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
}
