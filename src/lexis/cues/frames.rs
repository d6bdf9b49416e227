//! What a cue introduces and where: the columns `frames`, `kind` and `class` of `dictionaries/cues.csv`.
//!
//! Input: a row; output: [`Frames`], or the value that no row may have. [`CueForm`] is the form in which a cue stands in a text.

use super::bits::bits;

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
        /// Somebody who is told, before the clause: “told them that”.
        WHOM = 1 << 29;
        /// Speech itself, not opinion, intention or attitude.
        SPEECH = 1 << 24;
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

impl Frames {
    /// What a row of the dictionary says of its cue.
    ///
    /// # Errors
    /// The value that is unknown.
    pub(super) fn of_row(kind: &str, frames: &str, class: &str) -> Result<Frames, String> {
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
                "phrase" | "noun" => Frames::default(),
                "whom" => Frames::WHOM,
                other => return Err(format!("frame is {other:?}")),
            });
        }
        match class {
            "opinion" | "intention" | "object" => bits.set(Frames::OPINION),
            "request" => bits.set(Frames::REQUEST.or(Frames::SPEECH)),
            "speech" | "document" | "promise" | "accuse" | "outlet" => {
                bits.set(Frames::SPEECH);
            }
            "light" => {}
            other => return Err(format!("class is {other:?}")),
        }
        Ok(bits)
    }
}
