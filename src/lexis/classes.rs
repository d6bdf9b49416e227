//! What a word is and what may follow it, in one set: its classes ([`Function`]) and, where it is a cue, its frames ([`Frames`]).
//!
//! English has little inflection, so that a form can be of several classes at once (“claims” is a verb and a noun); the rules decide by what
//! stands beside it, and ask for classes and frames alike.

use super::cues::frames::Frames;
use super::cues::function::Function;

/// A set of classes and frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Classes {
    /// What may follow it as a cue.
    pub frames: Frames,
    /// What it is.
    pub function: Function,
}

macro_rules! named {
    ($($kind:ident: $($name:ident)*;)*) => {
        /// The classes and frames by name: see [`Function`] and [`Frames`].
        #[allow(missing_docs)]
        impl Classes {
            $($(pub const $name: Classes = Classes::$kind($kind::$name);)*)*
        }
    };
}

#[allow(non_snake_case)]
impl Classes {
    const fn Function(function: Function) -> Classes {
        Classes {
            frames: Frames(0),
            function,
        }
    }

    const fn Frames(frames: Frames) -> Classes {
        Classes {
            frames,
            function: Function(0),
        }
    }

    /// Whether any of `other` is among them.
    pub const fn any(self, other: Classes) -> bool {
        self.frames.any(other.frames) || self.function.any(other.function)
    }

    /// Those of both.
    pub const fn or(self, other: Classes) -> Classes {
        Classes {
            frames: self.frames.or(other.frames),
            function: self.function.or(other.function),
        }
    }

    /// Those that both have.
    pub const fn and(self, other: Classes) -> Classes {
        Classes {
            frames: self.frames.and(other.frames),
            function: self.function.and(other.function),
        }
    }

    /// Be, have, do or a modal.
    pub const AUXILIARY: Classes = Classes::BE
        .or(Classes::HAVE)
        .or(Classes::DO)
        .or(Classes::MODAL);
    /// A clause without “that” may follow the cue.
    pub const WITH_CLAUSE: Classes = Classes::Frames(Frames::ZERO);
    /// A clause with “that” may follow the cue.
    pub const WITH_THAT: Classes = Classes::Frames(Frames::THAT);
    /// “to” and an infinitive.
    pub const WITH_TO: Classes = Classes::Frames(Frames::INFINITIVE);
    /// A noun phrase that is what is said: “criticized the plan”.
    pub const WITH_OBJECT: Classes = Classes::Frames(Frames::OBJECT);
    /// Somebody and an infinitive: “urged them to go”.
    pub const WHOM_TO: Classes = Classes::Frames(Frames::OBJECT_INFINITIVE);
    /// A noun of the list of cues.
    pub const NOUN: Classes = Classes::Frames(Frames::NOUN_THAT);
}

named! {
    Frames: AFTER DIRECT WHOM VERB ADJECTIVE PHRASE SPEECH;
    Function: DETERMINER SUBJECT OBJECT_PRONOUN BE HAVE DO MODAL PREPOSITION AND CONJUNCTION RELATIVE TO THAT NOT ADVERB TIME
        POSSESSIVE OF AS SPEAKING CONTRAST BASE THIRD PAST ING DOCUMENT MEDIA COMPANY CHIEF SOURCE PLURAL QUESTION DIALOGUE DEFINITE
        INDEFINITE;
}
