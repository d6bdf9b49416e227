//! The attribution behind words in marks or between their parts: «A», — сказал X; «A», по словам X; in headlines «A»: X.
//!
//! Input: the token behind the closing mark; output: an [`Attribution`] within the sentence. Behind a dash any verb will do.

use super::REACH;
use super::claim::{attribution, by_words, claim};
use crate::document::TokenRange;
use crate::document::{Gap, LetterCase, Side, TokenKind};
use crate::lexis::cues::{Agreement, CueForm, Frames, Grammar};
use crate::quotes::clause;
use crate::quotes::phrase::{self, Wanted};
use crate::quotes::subject::Clauses;
use crate::quotes::types::Attribution;
use crate::view::View;

/// The words behind a closing mark that may hold an attribution: after a comma or dash, to the end of the sentence.
pub(super) fn region_after(
    view: &View<'_>,
    from: usize,
    limit: usize,
) -> Option<(usize, usize, bool)> {
    let mut i = from;
    let (mut comma, mut dash) = (false, false);
    while i < limit && i < from + 6 {
        // A line of dialogue has nothing behind it but the next line; but «A» and on the next line «заявил X» belong together.
        if view.token(i).gap >= Gap::Paragraph {
            let verb = view.token(i).case == LetterCase::Lower
                && view.facts(i).form == CueForm::Finite
                && view.frames(i, Frames::DIRECT)
                && i > from;
            if !verb {
                return None;
            }
            comma = true;
            break;
        }
        match view.kind(i) {
            TokenKind::Comma => comma = true,
            TokenKind::Dash => dash = true,
            TokenKind::Quote if view.token(i).side != Side::Open || !comma && !dash => {}
            TokenKind::Stop | TokenKind::Bracket => {}
            _ => break,
        }
        i += 1;
    }
    if !(comma || dash) {
        return None;
    }
    let start = i;
    while i < limit {
        let kind = view.kind(i);
        let opens = kind == TokenKind::Quote && view.is_masked(i + 1);
        if kind == TokenKind::Stop
            || i > start && view.token(i).gap >= Gap::Paragraph
            || view.is_masked(i)
            || opens
        {
            break;
        }
        i += 1;
    }
    (i > start).then_some((start, i, dash))
}

/// Looks for the attribution in the words behind a quotation.
pub(super) fn behind(
    view: &View<'_>,
    clauses: &mut Clauses<'_, '_>,
    from: usize,
    to: usize,
    dash: bool,
) -> Option<Attribution> {
    clause::segments(view, from, to, &mut clauses.segments);
    // «A», по словам X.
    if let Some(found) = by_words(view, clauses, from, to, 0) {
        return Some(found);
    }
    let mut loose = None;
    for segment in 0..clauses.segments.len().min(3) {
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
                return claim(view, clauses, at, segment, from, true, "attribution.after");
            }
            if loose.is_none() && facts.grammar.any(Grammar::FINITE) && segment == 0 {
                loose = Some(at);
            }
        }
        if segment == 0 && loose.is_some() && dash {
            break;
        }
    }
    // «A», — улыбнулся X: behind a dash any verb will do.
    let at = loose.filter(|_| dash)?;
    claim(view, clauses, at, 0, from, true, "attribution.after_dash").filter(|a| a.source.is_some())
}

/// «Мост упал ночью»: жители о паводке; «Ждём вторую неделю»: пассажиры вышли на площадь — in a headline whoever stands first behind
/// the colon spoke.
pub(super) fn behind_colon(view: &View<'_>, end: usize) -> Option<Attribution> {
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
    Some(attribution(
        TokenRange::new(colon, colon + 1),
        Some(source),
        TokenRange::new(colon, phrase.end),
        "attribution.behind_colon",
        0.7,
    ))
}
