//! The attribution behind words in marks or between their parts: «A», — сказал X; «A», по словам X; in headlines «A»: X.
//!
//! Input: the token behind the closing mark; output: an [`Attribution`] within the sentence. Behind a dash any verb will do.

use super::REACH;
use super::claim::{by_words, claim};
use crate::document::TokenRange;
use crate::document::{Gap, Rule, TokenKind};
use crate::language::clauses::Clauses;
use crate::language::habits::Region;
use crate::language::pack::Behind;
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::Attribution;
use crate::lexis::cues::{Agreement, CueForm, Frames, Grammar};
use crate::view::View;

/// What is looked for behind words in marks, in order.
pub(in crate::language::russian) const BEHIND: [Behind; 3] = [words_of, said, any_verb];

/// «A», по словам X.
fn words_of(clauses: &mut Clauses<'_, '_>, region: Region) -> Option<Attribution> {
    by_words(clauses.view, clauses, region.start, region.end, 0)
}

/// «A», — сказал X: the first cue of the first three segments; behind a dash a finite verb of the first segment keeps all later ones out.
fn said(clauses: &mut Clauses<'_, '_>, region: Region) -> Option<Attribution> {
    let view = clauses.view;
    let first = region.dash && finite(clauses).is_some();
    let segments = if first { 1 } else { 3 };
    for segment in 0..clauses.segments.len().min(segments) {
        let s = clauses.segments[segment];
        for at in s.start..s.end {
            let facts = view.facts(at);
            let speaks = facts.frames.any(Frames::VERB.or(Frames::SHORT))
                && facts.frames.any(
                    Frames::DIRECT
                        .or(Frames::AFTER)
                        .or(Frames::THAT)
                        .or(Frames::VIA)
                        .or(Frames::QUOTING),
                );
            let finite = facts.form == CueForm::Finite
                || facts.form == CueForm::Short
                    && facts.frames.any(Frames::IMPERSONAL.or(Frames::OPINION));
            if speaks && finite {
                return claim(
                    view,
                    clauses,
                    at,
                    segment,
                    region.start,
                    true,
                    Rule::AttributionAfter,
                );
            }
        }
    }
    None
}

/// «A», — улыбнулся X: behind a dash any verb will do.
fn any_verb(clauses: &mut Clauses<'_, '_>, region: Region) -> Option<Attribution> {
    if !region.dash {
        return None;
    }
    let at = finite(clauses)?;
    let view = clauses.view;
    claim(
        view,
        clauses,
        at,
        0,
        region.start,
        true,
        Rule::AttributionAfterDash,
    )
    .filter(|a| a.source.is_some())
}

/// The first finite verb of the first segment.
fn finite(clauses: &Clauses<'_, '_>) -> Option<usize> {
    let first = clauses.segments.first()?;
    (first.start..first.end).find(|&i| clauses.view.grammar(i, Grammar::FINITE))
}

/// «Мост упал ночью»: жители о паводке; «Ждём вторую неделю»: пассажиры вышли на площадь — in a headline whoever stands first behind
/// the colon spoke.
pub(in crate::language::russian) fn behind_colon(
    view: &View<'_>,
    end: usize,
) -> Option<Attribution> {
    let colon = (end..view.doc.tokens.len().min(end + 3))
        .take_while(|&i| view.token(i).gap < Gap::Line)
        .find(|&i| view.kind(i) == TokenKind::Colon)?;
    let to = (colon + 1..view.doc.tokens.len().min(colon + REACH))
        .find(|&i| {
            view.kind(i) == TokenKind::Stop
                || view.token(i).gap >= Gap::Paragraph
                || view.is_masked(i)
        })
        .unwrap_or(view.doc.tokens.len().min(colon + REACH));
    if colon + 1 >= to {
        return None;
    }
    let phrase = phrase::read(view, colon + 1, to, Wanted::Nominative, Agreement::ANY)
        .filter(|p| p.weight >= 3)?;
    let source = phrase::source(view, phrase, Wanted::Nominative);
    Some(Attribution::new(
        TokenRange::new(colon, colon + 1),
        Some(source),
        TokenRange::new(colon, phrase.end),
        Rule::AttributionBehindColon,
        0.7,
    ))
}
