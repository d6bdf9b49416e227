//! Where a noun phrase of a case begins and which word is its head.
//!
//! Input: the token that it begins at, the case and what the verb agrees with; output: a [`Phrase`], or nothing where no word
//! there can be a head of that case. Invariant: the head lies inside the phrase.

use super::case::Wanted;
use super::extent::Growth;
use crate::document::{EntityType, Sex};
use crate::document::{Side, TokenKind};
use crate::language::clauses::Phrase;
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::morph::{Case, Number, Pos, VerbForm};
use crate::view::View;

/// Reads a noun phrase of the wanted case that begins at `at`.
pub fn read(
    view: &View<'_>,
    at: usize,
    end: usize,
    wanted: Wanted,
    agree: Agreement,
) -> Option<Phrase> {
    let mut j = at;
    let mut last_adjective = None;
    // Adjectives, determiners, numerals.
    while j < end {
        let facts = view.facts(j);
        let adjective = facts.grammar.any(wanted.adjective())
            || facts.grammar.any(Grammar::POSSESSIVE)
            || j > at
                && wanted == Wanted::Nominative
                && facts.grammar.any(Grammar::ADJ_GEN)
                && view.grammar(at, Grammar::NUMERAL);
        if !adjective
            || view
                .mention_at(j)
                .is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Person)
        {
            break;
        }
        if view.kind(j) == TokenKind::Comma {
            break;
        }
        // A noun that has an adjective's form too ends the run, unless a noun follows.
        let noun_follows = j + 1 < end
            && (view.grammar(j + 1, wanted.noun().or(wanted.adjective()))
                || view.mention_at(j + 1).is_some()
                || view.grammar(j, Grammar::NUMERAL) && view.grammar(j + 1, Grammar::GEN));
        if facts.grammar.any(wanted.noun())
            && !facts
                .grammar
                .any(Grammar::POSSESSIVE.or(Grammar::DETERMINER))
            && !noun_follows
        {
            break;
        }
        last_adjective = Some(j);
        j += 1;
    }
    let head = head_at(
        view,
        j,
        end,
        wanted,
        agree,
        last_adjective.is_some_and(|a| view.grammar(a, Grammar::NUMERAL)),
    );
    let (head, mut stop) = match (head, last_adjective) {
        (Some(stop), _) => (j, stop),
        // «Бастующие», «последние», «один из них».
        (None, Some(adjective)) => {
            let facts = view.facts(adjective);
            // «Прокурор, занимающийся делом, …»: the participle belongs to the noun before the comma.
            let governs = at > 0
                && view.kind(at - 1) == TokenKind::Comma
                && adjective + 1 < end
                && view.grammar(
                    adjective + 1,
                    Grammar::INS.or(Grammar::ADJ_INS).or(Grammar::PREPOSITION),
                );
            let attribute = facts.grammar.any(Grammar::PARTICIPLE)
                && behind_comma(view, at)
                && (governs
                    || !view.readings(adjective).iter().any(|r| {
                        r.tag.pos == Pos::Noun
                            || r.tag.verb_form == VerbForm::Participle
                                && (r.tag.passive
                                    || r.tag.number == Number::Plural
                                        && r.tag.case == wanted.case())
                    }));
            if facts.grammar.any(Grammar::POSSESSIVE)
                || wanted == Wanted::Nominative && !facts.agreement.any(agree)
                || facts.grammar.any(Grammar::SHORT)
                || attribute
            {
                return None;
            }
            (adjective, adjective + 1)
        }
        (None, None) => return None,
    };
    let facts = view.facts(head);
    let person = view.entity_at(head) == Some(EntityType::Person);
    let mut weight = match view.entity_at(head) {
        Some(EntityType::Person) => 5,
        Some(EntityType::Organisation | EntityType::Position) => 4,
        Some(EntityType::Place) => 2,
        None if facts.grammar.any(Grammar::PRONOUN) => 4,
        None if facts.grammar.any(Grammar::ANIMATE)
            || facts.function.any(Function::SOURCE)
            || view.is_people(head) =>
        {
            3
        }
        None if view.kind(head) == TokenKind::Quote => 3,
        None if view.foreign_name(head) => 3,
        None if facts.function.any(Function::TIME) => 0,
        None if facts.function.any(Function::SETTING) => 1,
        None => 2,
    };
    if !facts.grammar.any(Grammar::PRONOUN) {
        let mut growth = Growth {
            view,
            head,
            stop,
            end,
            wanted,
            person,
        };
        growth.extend();
        stop = growth.stop;
        let named = growth.person;
        if named {
            weight = 5;
        }
    }
    Some(Phrase {
        start: at,
        end: stop,
        head,
        weight,
    })
}

/// Whether what begins at `at` stands in a clause that a comma opened a few words before.
fn behind_comma(view: &View<'_>, at: usize) -> bool {
    for i in (at.saturating_sub(8)..at).rev() {
        if view.kind(i) == TokenKind::Comma {
            return true;
        }
        if view.kind(i) == TokenKind::Stop || view.capital(i) || view.grammar(i, Grammar::FINITE) {
            return false;
        }
    }
    false
}

/// Whether a head of the wanted case stands at `j`; one past its last token.
fn head_at(
    view: &View<'_>,
    j: usize,
    end: usize,
    wanted: Wanted,
    agree: Agreement,
    counted: bool,
) -> Option<usize> {
    if j >= end {
        return None;
    }
    let facts = view.facts(j);
    let grammar = facts.grammar;
    let nominative = wanted == Wanted::Nominative;
    if view.kind(j) == TokenKind::Quote && view.token(j).side != Side::Close {
        if nominative && agree == Agreement::PLURAL && !view.is_plural(j + 1, false) {
            return None;
        }
        let close = view.closing(j, end, 8)?;
        // A name in marks («Ъ»), not a quotation.
        return (!view.is_masked(j) && view.capital(j + 1)).then_some(close + 1);
    }
    if matches!(view.kind(j), TokenKind::Url | TokenKind::Handle) {
        return Some(j + 1);
    }
    if !view.token(j).is_wordlike() {
        return None;
    }
    if view.mention_at(j).is_some() && view.foreign_name(j) || view.kind(j) == TokenKind::Initial {
        return Some(j + 1);
    }
    if grammar.any(Grammar::UNKNOWN) && view.capital(j) {
        return Some(j + 1);
    }
    if counted && grammar.any(Grammar::GEN) {
        return Some(j + 1);
    }
    // «сказал Ястребов»: a surname that reads as another word's genitive, but is the nominative of a name of the document.
    if nominative && agree != Agreement::PLURAL && is_nominative_of_name(view, j) {
        return Some(j + 1);
    }
    // «Рахой уточнил»: a name that the dictionary knows as a form of another word.
    if nominative && !grammar.any(Grammar::NOM) && view.capital(j) && view.nominative_name(j) {
        let sex = view
            .mention_at(j)
            .and_then(|m| view.doc.mentions[m as usize].entity)
            .and_then(|e| view.doc.entities[e as usize].sex);
        let fits = match sex {
            Some(Sex::Male) => agree.any(Agreement::MALE),
            Some(Sex::Female) => agree.any(Agreement::FEMALE),
            None => agree.any(Agreement::SINGULAR),
        };
        return fits.then_some(j + 1);
    }
    if !grammar.any(wanted.noun()) {
        return None;
    }
    // «им предложили»
    if nominative
        && grammar.any(Grammar::PRONOUN)
        && view
            .readings(j)
            .first()
            .is_some_and(|r| r.tag.pos == Pos::Pronoun && r.tag.case != Case::Nominative)
        && !view
            .readings(j)
            .iter()
            .any(|r| r.tag.pos == Pos::Pronoun && r.tag.case == Case::Nominative)
    {
        return None;
    }
    if nominative {
        let fits = facts.agreement.any(agree)
            // «ряд газет сообщили»
            || agree == Agreement::PLURAL
                && facts.function.any(Function::QUANTITY)
                && j + 1 < end
                && view.grammar(j + 1, Grammar::GEN.or(Grammar::ADJ_GEN))
            // «врач сообщила»: names of occupations are masculine for women too.
            || agree == Agreement::FEMALE
                && (grammar.any(Grammar::ANIMATE) || view.entity_at(j) == Some(EntityType::Position))
            || grammar.any(Grammar::INDECLINABLE) && view.capital(j);
        if !fits {
            return None;
        }
    }
    // Conjunctions and the like that the morphology also reads as nouns.
    if facts.function.any(
        Function::WHAT
            .or(Function::WHICH)
            .or(Function::THIS)
            .or(Function::DEMONSTRATIVE),
    ) && !nominative
    {
        return None;
    }
    if facts.function.any(Function::WHAT.or(Function::THIS)) {
        return None;
    }
    Some(j + 1)
}

/// Whether the person's name at `j`, of one word, stands there as in the nominative of the full name («Глеб Ястребов»).
fn is_nominative_of_name(view: &View<'_>, j: usize) -> bool {
    let doc = view.doc;
    let Some(mention) = view.mention_at(j).map(|m| &doc.mentions[m as usize]) else {
        return false;
    };
    let word = view.token(j).span.slice(&doc.text);
    mention.kind == EntityType::Person
        && mention.tokens.len() == 1
        && mention.entity.is_some_and(|e| {
            let name = &doc.entities[e as usize].name;
            name.contains(' ') && name.rsplit(' ').next() == Some(word)
        })
}
