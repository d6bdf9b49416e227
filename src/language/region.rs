//! Where an attribution may stand beside words in marks: behind them to the end of the sentence, before them from its beginning.
//!
//! Input: the token behind the closing mark, or that of the opening one; output: a range of tokens without quoted words. How many marks
//! may stand between, and which of them announce an attribution, is the language's habit.

use super::clauses::Clauses;
use super::habits::{LeadUp, Region, Step};
use super::pack::Language;
use super::types::{Attribution, Draft};
use crate::document::{Gap, TokenKind};
use crate::view::View;

/// The words behind a closing mark that may hold an attribution: to the end of the sentence, and before `limit`.
pub fn behind(
    pack: &dyn Language,
    view: &View<'_>,
    (from, limit): (usize, usize),
    between: bool,
) -> Option<Region> {
    let limit = limit.min(view.doc.tokens.len());
    let mut lead = pack.opens(view, from);
    let mut start = from;
    while start < limit && start < from + pack.habits().marks_between {
        match pack.step(view, lead, from, start) {
            Step::Over(seen) => lead = seen,
            Step::Begin(seen) => {
                lead = seen;
                break;
            }
            Step::Apart => return None,
        }
        start += 1;
    }
    let ends = |i: usize| {
        view.kind(i) == TokenKind::Stop
            || i > start && view.token(i).gap >= Gap::Paragraph
            || view.is_masked(i)
            || view.kind(i) == TokenKind::Quote && view.is_masked(i + 1)
    };
    let end = (start..limit)
        .find(|&i| ends(i))
        .unwrap_or(limit.max(start));
    (start < end && pack.begins(view, lead, start, between)).then_some(Region {
        start,
        end,
        dash: lead.dash,
    })
}

/// The first attribution that the patterns of a language find in the words behind a closing mark.
pub fn attribution_behind(
    pack: &dyn Language,
    clauses: &mut Clauses<'_, '_>,
    within: (usize, usize),
    between: bool,
) -> Option<Attribution> {
    let region = behind(pack, clauses.view, within, between)?;
    pack.cut(clauses, region.start, region.end);
    pack.behind().iter().find_map(|find| find(clauses, region))
}

/// The words that lead up to the opening mark at token `start`.
pub fn before(pack: &dyn Language, view: &View<'_>, start: usize) -> Option<LeadUp> {
    let mut to = start;
    while to > 0
        && to + 3 > start
        && matches!(view.kind(to - 1), TokenKind::Quote | TokenKind::Bracket)
    {
        to -= 1;
    }
    if pack.habits().dashed_line
        && to > 1
        && view.kind(to - 1) == TokenKind::Dash
        && view.token(to - 1).gap >= Gap::Paragraph
        && view.kind(to - 2) == TokenKind::Colon
    {
        to -= 1;
    }
    let last = to.checked_sub(1)?;
    let kind = view.kind(last);
    let word = pack.leads_up(view, last);
    let leads = word || matches!(kind, TokenKind::Comma | TokenKind::Colon | TokenKind::Dash);
    if !leads
        || view.is_masked(last)
        || view.token(to).gap >= Gap::Paragraph && kind != TokenKind::Colon
    {
        return None;
    }
    let sentence = view.doc.sentence_at(view.doc.tokens[last].span.start())?;
    let sentence = view.doc.sentences[sentence].tokens.start as usize;
    let mut from = sentence.max(last.saturating_sub(pack.habits().reach_before));
    if let Some(masked) = (from..last).rev().find(|&i| view.is_masked(i)) {
        from = pack.goes_on(view, masked + 1, last);
    }
    let end = last + usize::from(word);
    (from < end).then_some(LeadUp {
        from,
        last,
        end,
        to,
    })
}

/// The attribution beside a direct quotation: between its parts, behind them, before them.
pub fn direct(
    pack: &dyn Language,
    clauses: &mut Clauses<'_, '_>,
    draft: &Draft,
) -> Option<Attribution> {
    let doc = clauses.view.doc;
    for pair in draft.parts.windows(2) {
        let from = doc.tokens_in(pair[0]).end as usize;
        let to = doc.tokens_in(pair[1]).start as usize;
        if let Some(found) = attribution_behind(pack, clauses, (from, to), true) {
            return Some(found);
        }
    }
    let end = draft.tokens.end as usize;
    let behind = (end, end + pack.habits().reach);
    if let Some(found) = attribution_behind(pack, clauses, behind, false) {
        return Some(found);
    }
    before(pack, clauses.view, draft.tokens.start as usize)
        .and_then(|lead_up| {
            pack.cut(clauses, lead_up.from, lead_up.end);
            pack.before().iter().find_map(|find| find(clauses, lead_up))
        })
        .or_else(|| pack.across(clauses.view, end))
}
