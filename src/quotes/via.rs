//! Outlets that pass words on: «передаёт ТАСС», «сообщает Интерфакс со ссылкой на полицию».
//!
//! Input: a draft with its attribution; output: the same, with `via` filled; where an outlet names whom it refers to, that one
//! becomes the source and the outlet passes on.

use crate::document::EntityType;
use crate::document::TokenKind;
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::Draft;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function, Grammar};
use crate::view::View;

/// Tokens after a cue that belong to its attribution at most.
const REACH: usize = 40;

/// Finds the outlets of a draft.
pub fn find(view: &View<'_>, draft: &mut Draft) {
    let Some(attribution) = &mut draft.attribution else {
        return;
    };
    let doc = view.doc;
    let cue = attribution.cue.start as usize;
    let Some(sentence) = doc.sentence_at(doc.tokens[cue].span.start()) else {
        return;
    };
    let tokens = doc.sentences[sentence].tokens.range();
    let end = tokens.end.min(cue + REACH);
    let outlet_cue = view.frames(
        cue,
        Frames::VIA
            .or(Frames::QUOTING)
            .or(Frames::IMPERSONAL)
            .or(Frames::AFTER),
    );
    // «со ссылкой на X», «ссылаясь на X»
    let from = tokens.start.max(cue.saturating_sub(12));
    for i in (from..cue).chain(cue + 1..end) {
        if view.is_masked(i) {
            continue;
        }
        let refers = view.function(i, Function::REFER);
        if !refers || i + 1 >= end || view.lower(i + 1) != "на" || !outlet_cue {
            continue;
        }
        let end = if i < cue { cue } else { end };
        let stop = (i + 2..end)
            .find(|&j| {
                matches!(
                    view.kind(j),
                    TokenKind::Comma | TokenKind::Dash | TokenKind::Stop
                )
            })
            .unwrap_or(end);
        let Some(phrase) = phrase::read(view, i + 2, stop, Wanted::Accusative, Agreement::ANY)
        else {
            continue;
        };
        // «на оказавшиеся в распоряжении издания документы» names nobody.
        let thing = view.function(
            phrase.head,
            crate::lexis::cues::Function::DOCUMENT.or(crate::lexis::cues::Function::SETTING),
        ) || !view.grammar(phrase.head, Grammar::ACC.or(Grammar::UNKNOWN))
            && view.mention_at(phrase.head).is_none()
            && view.kind(phrase.head) != TokenKind::Quote;
        if thing && phrase.end == phrase.head + 1
            || thing
                && view.mention_at(phrase.head).is_none()
                && !view.function(phrase.head, crate::lexis::cues::Function::DOCUMENT)
        {
            continue;
        }
        if let Some(old) = attribution.source.take()
            && let Some(mention) = old.mention
        {
            attribution.via.push(mention);
        }
        let source = phrase::source(view, phrase, Wanted::Accusative);
        let behind = (stop + 1..end)
            .find(|&j| {
                matches!(
                    view.kind(j),
                    TokenKind::Comma | TokenKind::Dash | TokenKind::Stop
                )
            })
            .unwrap_or(end);
        let longer = phrase::with_attribute(view, &source, Some(behind));
        attribution.source = Some(longer.unwrap_or(source));
        break;
    }
    // «…, передаёт ТАСС», «…, пишет РБК» beside another source.
    if attribution.source.is_none() {
        return;
    }
    let own = attribution.source.as_ref().and_then(|s| s.mention);
    for i in tokens.start.max(cue.saturating_sub(2 * REACH))..tokens.end.min(cue + 2 * REACH) {
        if i == cue
            || view.is_masked(i)
            || view.facts(i).form != CueForm::Finite
            || !view.frames(i, Frames::VIA)
        {
            continue;
        }
        let before = i.checked_sub(1).map(|j| view.kind(j));
        if !matches!(before, Some(TokenKind::Comma | TokenKind::Dash)) {
            continue;
        }
        let mut j = i + 1;
        while j < tokens.end
            && (view.grammar(j, Grammar::ADVERB) || view.kind(j) == TokenKind::Quote)
        {
            j += 1;
        }
        if let Some(m) = (j < tokens.end).then(|| view.mention_at(j)).flatten()
            && doc.mentions[m as usize].kind == EntityType::Organisation
            && own != Some(m)
            && !attribution.via.contains(&m)
        {
            attribution.via.push(m);
        }
    }
}
