//! Whose a fragment is: «X назвал это «A»», «по словам X, «A» и B».
//!
//! Input: the draft of a fragment; output: the [`Attribution`] that the nearest cue of its sentence makes.

use super::REACH;
use super::claim::{by_words, claim};
use crate::document::Rule;
use crate::language::clauses::Clauses;
use crate::language::russian::clause;
use crate::language::types::{Attribution, Draft};
use crate::lexis::cues::{CueForm, Frames};

/// The clause around a fragment: «X назвал это «A»».
pub(in crate::language::russian) fn fragment(
    clauses: &mut Clauses<'_, '_>,
    draft: &Draft,
) -> Option<Attribution> {
    let view = clauses.view;
    let doc = view.doc;
    let sentence = doc.sentence_at(draft.parts[0].start())?;
    let (from, to) = clause::core(view, doc.sentences[sentence].tokens);
    let here = draft.tokens.start as usize;
    let (from, to) = (
        from.max(here.saturating_sub(REACH)),
        to.min(here + 2 * REACH),
    );
    clause::segments(view, from, to, &mut clauses.segments);
    let mut best: Option<(usize, usize, usize)> = None;
    for (index, s) in clauses.segments.iter().enumerate() {
        for at in s.start..s.end {
            let facts = view.facts(at);
            if view.is_masked(at)
                || draft.tokens.range().contains(&at)
                || facts.form == CueForm::None
                || !facts.frames.any(Frames::VERB)
                || !facts.frames.any(Frames::SPEECH.or(Frames::OPINION))
            {
                continue;
            }
            let distance = if at < here {
                here - at
            } else {
                (at - here) * 3
            };
            let distance = if facts.frames.any(Frames::NAMING) {
                distance / 2
            } else {
                distance
            };
            if best.is_none_or(|(d, ..)| distance < d) {
                best = Some((distance, index, at));
            }
        }
    }
    if let Some((_, segment, at)) = best {
        let found = claim(
            view,
            clauses,
            at,
            segment,
            from,
            at > here,
            Rule::AttributionAround,
        );
        if found.is_some() {
            return found;
        }
    }
    for segment in 0..clauses.segments.len() {
        let s = clauses.segments[segment];
        if let Some(found) = by_words(view, clauses, s.start, s.end, segment) {
            return Some(found);
        }
    }
    None
}
