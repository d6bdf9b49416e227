//! Parts of speech, cases and agreement of a word form, as the rules about sources ask for them.
//!
//! Input: the readings of a form by the morphology, one after the other; output: the sum of what they allow: [`Grammar`], the gender and
//! number of a nominative, and those that a verb asks of its subject ([`Agreement`]).

use super::WordFacts;
use super::bits::bits;
use crate::morph::{Case, Gender, Number, Pos, Reading, Tense, VerbForm};

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

/// Adds what a reading allows.
pub(super) fn add_reading(facts: &mut WordFacts, reading: &Reading) {
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
