//! Where the words that a preposition governs end.
//!
//! Input: a preposition and the end of its clause; output: the token after what it governs, or after the first noun of it.
//! Invariant: that token lies behind the preposition and not behind the end.

use super::case::{Wanted, in_case};
use crate::document::EntityType;
use crate::document::{Side, TokenKind};
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::view::View;

/// Skips a preposition with what it governs; the token after it.
pub fn skip_prepositional(view: &View<'_>, at: usize, end: usize, agree: Agreement) -> usize {
    let mut j = at + 1;
    let mut head = None;
    while j < end {
        let facts = view.facts(j);
        let grammar = facts.grammar;
        match view.kind(j) {
            TokenKind::Number | TokenKind::NumberWord | TokenKind::Symbol => {
                j += 1;
                continue;
            }
            TokenKind::Quote if view.token(j).side != Side::Close => {
                if let Some(close) = view.closing(j, end, 10) {
                    head = Some(j);
                    j = close + 1;
                    continue;
                }
                return j;
            }
            TokenKind::Word | TokenKind::Abbreviation | TokenKind::Initial | TokenKind::Url => {}
            _ => return j,
        }
        // «При этом Рахой сказал»
        if head.is_none()
            && j > at + 1
            && view.function(j - 1, Function::THIS)
            && view.nominative_name(j)
        {
            return j;
        }
        // «Об этом министр сообщил»: the pronoun is all that is governed.
        let pronoun = view.function(j, Function::THIS)
            || matches!(view.lower(j), "этого" | "этому" | "этим" | "того");
        let noun_follows = j + 1 < end
            && view.grammar(j + 1, Grammar::ANY_NOUN)
            && !view.grammar(j + 1, Grammar::NOM)
            && !view.nominative_name(j + 1);
        if head.is_none() && pronoun && !noun_follows {
            return j + 1;
        }
        let Some(governed) = head else {
            if grammar.any(Grammar::ANY_NOUN.or(Grammar::UNKNOWN))
                && !grammar.any(Grammar::PREPOSITION)
                || grammar.any(Grammar::POSSESSIVE) && !grammar.any(Grammar::ANY_ADJECTIVE)
            {
                // «в ходе», «в своём твиттере»: an adjective may look like a noun.
                let adjective = grammar.any(Grammar::ANY_ADJECTIVE)
                    && j + 1 < end
                    && view.grammar(j + 1, Grammar::ANY_NOUN)
                    && view.mention_at(j).is_none();
                if !adjective && !grammar.any(Grammar::POSSESSIVE) {
                    head = Some(j);
                }
            } else if grammar.any(Grammar::FINITE.or(Grammar::PREPOSITION)) {
                return j;
            }
            j += 1;
            continue;
        };
        let same = view.mention_at(j).is_some() && view.mention_at(j) == view.mention_at(j - 1);
        if same {
            j += 1;
            continue;
        }
        let time = view.function(governed, Function::TIME);
        let person = view.entity_at(j) == Some(EntityType::Person);
        let fits = grammar.any(Grammar::NOM.or(Grammar::UNKNOWN))
            && (facts.agreement.any(agree) || grammar.any(Grammar::UNKNOWN));
        let genitive = grammar.any(Grammar::GEN.or(Grammar::ADJ_GEN));
        // «в своих выступлениях Ризви заявляет»
        let setting = view.function(governed, Function::SETTING);
        if setting
            && view.capital(j)
            && grammar.any(Grammar::UNKNOWN)
            && in_case(view, j, Wanted::Nominative)
            && view.readings_known(j)
        {
            return j;
        }
        if person && !view.grammar(j, Grammar::NOM) && !grammar.any(Grammar::PRONOUN) {
            j += 1;
            continue;
        }
        if person && fits || time && fits && !genitive {
            return j;
        }
        if grammar.any(Grammar::PRONOUN) || grammar.any(Grammar::PREPOSITION) {
            return j;
        }
        if genitive && !grammar.any(Grammar::FINITE)
            || view.foreign_name(j) && !time
            || time && view.kind(j) == TokenKind::Abbreviation
        {
            j += 1;
            continue;
        }
        return j;
    }
    j
}

/// The token after the first noun of a prepositional phrase.
pub(super) fn after_first_noun(view: &View<'_>, at: usize, end: usize) -> usize {
    (at + 1..end)
        .find(|&i| view.grammar(i, Grammar::ANY_NOUN) && !view.grammar(i, Grammar::ANY_ADJECTIVE))
        .map_or(end, |i| i + 1)
}
