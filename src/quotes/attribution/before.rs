//! The attribution before words in marks: X сказал: «A»; Премьер-министр: «A»; Он развёл руками: «A».
//!
//! Input: the token of the opening mark; output: an [`Attribution`] within the sentence before it.

use super::REACH;
use super::claim::{attribution, by_words, claim};
use crate::document::TokenRange;
use crate::document::{Gap, TokenKind};
use crate::lexis::cues::{Agreement, CueForm, Frames, Grammar};
use crate::quotes::clause;
use crate::quotes::phrase::{self, Wanted};
use crate::quotes::subject::Clauses;
use crate::quotes::types::Attribution;
use crate::view::View;

/// Looks for the attribution in the sentence before the opening mark.
pub(super) fn before(
    view: &View<'_>,
    clauses: &mut Clauses<'_, '_>,
    start: usize,
) -> Option<Attribution> {
    let doc = view.doc;
    let mut to = start;
    while to > 0
        && matches!(view.kind(to - 1), TokenKind::Quote | TokenKind::Bracket)
        && to + 3 > start
    {
        to -= 1;
    }
    // «Он помолчал и спросил:», and the words on a line of their own that opens with a dash.
    if to > 1
        && view.kind(to - 1) == TokenKind::Dash
        && view.token(to - 1).gap >= Gap::Paragraph
        && view.kind(to - 2) == TokenKind::Colon
    {
        to -= 1;
    }
    if to == 0 {
        return None;
    }
    let last = to - 1;
    let introducing = matches!(
        view.kind(last),
        TokenKind::Colon | TokenKind::Comma | TokenKind::Dash
    ) || view.token(last).is_wordlike();
    if !introducing
        || view.is_masked(last)
        || view.token(to).gap >= Gap::Paragraph && view.kind(last) != TokenKind::Colon
    {
        return None;
    }
    let sentence = doc.sentence_at(doc.tokens[last].span.start())?;
    let mut from = (doc.sentences[sentence].tokens.start as usize).max(last.saturating_sub(REACH));
    if let Some(masked) = (from..last).rev().find(|&i| view.is_masked(i)) {
        from = masked + 1;
    }
    let to = last + usize::from(view.token(last).is_wordlike());
    if from >= to {
        return None;
    }
    clause::segments(view, from, to, &mut clauses.segments);
    let count = clauses.segments.len();
    if view.kind(last) != TokenKind::Colon
        && let Some(found) = by_words(view, clauses, from, to, count.saturating_sub(2))
    {
        return Some(found);
    }
    for segment in (0..count).rev() {
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
                    from,
                    false,
                    "attribution.before",
                );
            }
        }
    }
    if view.kind(last) == TokenKind::Colon {
        // «Премьер-министр: «A»», «Из письма министра: «A»».
        if !view.has_predicate(from..last)
            && let Some(phrase) = phrase::read(view, from, last, Wanted::Nominative, Agreement::ANY)
            && phrase.weight >= 3
            && phrase.end == last
        {
            let source = phrase::source(view, phrase, Wanted::Nominative);
            return Some(attribution(
                TokenRange::new(last, last + 1),
                Some(source),
                TokenRange::new(from, last + 1),
                "attribution.colon",
                0.75,
            ));
        }
        // «Он развёл руками: «A»».
        for segment in (0..count).rev() {
            let s = clauses.segments[segment];
            if let Some(at) = (s.start..s.end)
                .rev()
                .find(|&i| view.grammar(i, Grammar::FINITE))
            {
                return claim(view, clauses, at, segment, from, false, "attribution.colon")
                    .filter(|a| a.source.is_some());
            }
        }
    }
    None
}
