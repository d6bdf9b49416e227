//! What the words near marks make of the words in them: a name behind «газета», a term behind «так называемый», somebody's words
//! beside a cue.
//!
//! Input: token indices of the mark and of the bounds of its paragraph; output: whether, or where, such a word stands in the sentence.

use super::content::Content;
use crate::document::EntityType;
use crate::document::TokenKind;
use crate::language::types::Pair;
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::Frames;
use crate::view::View;

/// Tokens before a mark within which a verb of naming («назвал его») governs the words in it.
const NAMING_WITHIN: usize = 8;

/// Whether a noun before the mark, or an organisation or place in the marks, makes them a name's.
pub fn named(view: &View<'_>, start: usize, pair: &Pair, content: &Content) -> bool {
    let open = pair.outer.start as usize;
    let term = open > start && view.clause(open - 1).has(ClauseFacts::TERM);
    if term && content.words <= 8 {
        return true;
    }
    let head = open > start && view.clause(open - 1).has(ClauseFacts::NAMED);
    let naming = naming_before(view, start, open);
    if head && !naming && (content.opens_capital && content.words <= 12 || content.words <= 2) {
        return true;
    }
    view.doc
        .mentions_from(pair.outer.start.saturating_sub(12) as usize)
        .iter()
        .take_while(|m| m.tokens.start <= pair.inner.start)
        .any(|m| {
            m.kind != EntityType::Position
                && m.tokens.start <= pair.inner.start
                && m.tokens.end >= pair.inner.end
        })
}

/// Whether a verb of naming stands shortly before the mark, with nothing but its object between.
fn naming_before(view: &View<'_>, start: usize, open: usize) -> bool {
    (start.max(open.saturating_sub(NAMING_WITHIN))..open)
        .rev()
        .take_while(|&i| !view.stop(i))
        .any(|i| view.clause(i).has(ClauseFacts::NAMING))
}

/// Index of the nearest cue before the mark in its sentence, at most `tokens` before it.
pub fn cue_before(view: &View<'_>, start: usize, open: usize, tokens: usize) -> Option<usize> {
    (start.max(open.saturating_sub(tokens))..open)
        .rev()
        .take_while(|&i| !view.stop(i))
        .find(|&i| view.any_cue(i) || view.clause(i).has(ClauseFacts::NAMING))
}

/// Whether the sentence says further on who speaks: «…, заявил глава».
pub fn cue_after(view: &View<'_>, from: usize, end: usize) -> bool {
    (from..end)
        .take(40)
        .take_while(|&i| !view.stop(i))
        .zip(from.saturating_sub(1)..)
        .any(|(i, before)| {
            view.speech(i) && matches!(view.kind(before), TokenKind::Comma | TokenKind::Dash)
        })
}

/// Whether the cue speaks of the words in marks: a verb of naming, «по словам», or one with «что» or a comma before the mark.
pub fn governed(view: &View<'_>, start: usize, open: usize, cue: Option<usize>) -> bool {
    if naming_before(view, start, open) {
        return true;
    }
    let Some(cue) = cue else { return true };
    let frames = view.facts(cue).frames;
    let words = Frames::NOUN_PO.or(Frames::NOUN_SO).or(Frames::PREPOSITION);
    frames.any(words)
        || frames.any(Frames::THAT.or(Frames::AFTER))
            && (cue + 1..open).any(|i| {
                matches!(view.kind(i), TokenKind::Comma | TokenKind::Colon)
                    || view.clause(i).has(ClauseFacts::COMPLEMENT)
            })
}
