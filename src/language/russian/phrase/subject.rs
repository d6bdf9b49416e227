//! Which phrases of a clause may be the subject of a verb.
//!
//! Input: a range of tokens and what the verb agrees with; output: the [`Phrase`]s in the nominative that agree, in order.
//! Invariant: none begins before the one ahead of it ends, none begins in words that are masked.

use super::case::Wanted;
use super::prepositional::after_first_noun;
use super::{read, skip_prepositional};
use crate::document::{Side, TokenKind};
use crate::language::clauses::Phrase;
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::view::View;

/// The phrases of `start..end` that may be the subject of a verb that asks for `agree`, in order.
pub fn subjects(
    view: &View<'_>,
    start: usize,
    end: usize,
    agree: Agreement,
    greedy: bool,
    out: &mut Vec<Phrase>,
) {
    out.clear();
    let mut i = start;
    while i < end {
        if view.is_masked(i) {
            i += 1;
            continue;
        }
        let grammar = view.facts(i).grammar;
        // «год спустя X»: it governs what stands before.
        if view.lower(i) == "спустя" && i > start && view.grammar(i - 1, Grammar::ANY_NOUN) {
            i += 1;
            continue;
        }
        if grammar.any(Grammar::PREPOSITION)
            && view.mention_at(i).is_none()
            && !grammar.any(Grammar::NOM)
        {
            let after = skip_prepositional(view, i, end, agree).max(i + 1);
            i = if greedy {
                after
            } else {
                after_first_noun(view, i, after)
            };
            continue;
        }
        // «сообщили «Вестям» в ведомстве»: whom it was told.
        if agree == Agreement::PLURAL
            && view.kind(i) == TokenKind::Quote
            && view.token(i).side != Side::Close
            && !(view.capital(i + 1) && view.is_plural(i + 1, false))
            && let Some(close) = view.closing(i, end, 8)
        {
            i = close + 1;
            continue;
        }
        if view.function(
            i,
            Function::AS
                .or(Function::AND)
                .or(Function::CONTRAST)
                .or(Function::WHICH)
                .or(Function::SUBORDINATE),
        ) {
            i += 1;
            continue;
        }
        // «Израиль и США выступили»: together they are several.
        if agree == Agreement::PLURAL
            && read(view, i, end, Wanted::Nominative, agree).is_none()
            && let Some(mut phrase) = read(view, i, end, Wanted::Nominative, Agreement::ANY)
        {
            let joined = (phrase.start..phrase.end).any(|t| view.function(t, Function::AND));
            if !joined
                && phrase.end < end
                && view.lower(phrase.end) == "и"
                && let Some(second) = read(
                    view,
                    phrase.end + 1,
                    end,
                    Wanted::Nominative,
                    Agreement::ANY,
                )
                && !view.has_predicate(phrase.end..second.end)
            {
                phrase.end = second.end;
                phrase.weight = phrase.weight.max(second.weight);
                i = phrase.end;
                out.push(phrase);
                continue;
            }
            if joined {
                i = phrase.end.max(i + 1);
                out.push(phrase);
                continue;
            }
        }
        // A bare dative or genitive name («сообщил Иванову Петров») is passed over by its case; «свои возможности» are no subject.
        match read(view, i, end, Wanted::Nominative, agree) {
            Some(phrase) if view.function(i, Function::OWN) => i = phrase.end.max(i + 1),
            Some(phrase) => {
                i = phrase.end.max(i + 1);
                out.push(phrase);
            }
            None => i += 1,
        }
    }
}
