//! The attribution before words in marks: X сказал: «A»; Премьер-министр: «A»; Он развёл руками: «A».
//!
//! Input: the token of the opening mark; output: an [`Attribution`] within the sentence before it.

use super::claim::{by_words, claim};
use crate::document::TokenRange;
use crate::document::{Rule, TokenKind};
use crate::language::clauses::Clauses;
use crate::language::clauses::Segment;
use crate::language::habits::LeadUp;
use crate::language::pack::Before;
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::Attribution;
use crate::lexis::cues::{Agreement, CueForm, Frames, Grammar};

/// What is looked for before words in marks, in order.
pub(in crate::language::russian) const BEFORE: [Before; 4] =
    [words_of, said, phrase_and_colon, any_verb];

/// По словам X, «A».
fn words_of(clauses: &mut Clauses<'_, '_>, lead_up: LeadUp) -> Option<Attribution> {
    let view = clauses.view;
    let (from, to) = (lead_up.from, lead_up.end);
    if view.kind(lead_up.last) == TokenKind::Colon {
        return None;
    }
    let first = clauses.segments.len().saturating_sub(2);
    by_words(view, clauses, from, to, first)
}

/// X сказал: «A»: the last cue.
fn said(clauses: &mut Clauses<'_, '_>, lead_up: LeadUp) -> Option<Attribution> {
    let view = clauses.view;
    for segment in (0..clauses.segments.len()).rev() {
        let s = clauses.segments[segment];
        for at in (s.start..s.end).rev() {
            let facts = view.facts(at);
            let speaks = facts.frames.any(Frames::VERB.or(Frames::SHORT))
                && facts.frames.any(
                    Frames::DIRECT
                        .or(Frames::AFTER)
                        .or(Frames::THAT)
                        .or(Frames::FACT),
                );
            if speaks && facts.form != CueForm::None && facts.form != CueForm::Infinitive {
                return claim(
                    view,
                    clauses,
                    at,
                    segment,
                    lead_up.from,
                    false,
                    Rule::AttributionBefore,
                );
            }
        }
    }
    None
}

/// Премьер-министр: «A»; Из письма министра: «A».
fn phrase_and_colon(clauses: &mut Clauses<'_, '_>, lead_up: LeadUp) -> Option<Attribution> {
    let view = clauses.view;
    let LeadUp { from, last, .. } = lead_up;
    if view.kind(last) != TokenKind::Colon || from >= last || view.has_predicate(from..last) {
        return None;
    }
    let phrase = phrase::read(view, from, last, Wanted::Nominative, Agreement::ANY)
        .filter(|phrase| phrase.weight >= 3 && phrase.end == last)?;
    let source = phrase::source(view, phrase, Wanted::Nominative);
    Some(Attribution::new(
        TokenRange::new(last, last + 1),
        Some(source),
        TokenRange::new(from, last + 1),
        Rule::AttributionColon,
        0.75,
    ))
}

/// Он развёл руками: «A»: the last segment with a finite verb.
fn any_verb(clauses: &mut Clauses<'_, '_>, lead_up: LeadUp) -> Option<Attribution> {
    let view = clauses.view;
    if view.kind(lead_up.last) != TokenKind::Colon {
        return None;
    }
    let verb_of = |s: Segment| {
        (s.start..s.end)
            .rev()
            .find(|&i| view.grammar(i, Grammar::FINITE))
    };
    let (segment, at) = (0..clauses.segments.len())
        .rev()
        .find_map(|k| Some((k, verb_of(clauses.segments[k])?)))?;
    claim(
        view,
        clauses,
        at,
        segment,
        lead_up.from,
        false,
        Rule::AttributionColon,
    )
    .filter(|a| a.source.is_some())
}
