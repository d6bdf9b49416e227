//! Who is named beside words in marks: after them («A», — сказал X), between their parts, before them (X сказал: «A»), and for
//! fragments in the clause around them.
//!
//! Input: drafts of quoted words without attribution; output: the same with an [`Attribution`] where the text gives one. Here is settled
//! where it is looked for first; [`mod@behind`], [`mod@before`] and [`around`] look there, [`mod@claim`] says what a verb or «по словам» makes of it.

mod around;
mod before;
mod behind;
mod claim;

pub(super) use claim::attribution;

use super::english;
use super::subject::Clauses;
use super::types::{Attribution, Draft};
use crate::document::{Document, Lang, QuoteKind};
use crate::view::View;
use around::fragment;
use before::before;
use behind::{behind, behind_colon, region_after};

/// Longest attribution after or before words in marks, in tokens.
const REACH: usize = 70;

/// Gives each direct quotation of `drafts` the attribution that stands beside it.
pub fn attach(view: &View<'_>, drafts: &mut [Draft]) {
    let words = &view.known.glossary.languages.cues;
    let mut clauses = Clauses::new(view);
    for draft in drafts.iter_mut() {
        if draft.attribution.is_some() {
            continue;
        }
        let english = is_english(view.doc, draft);
        draft.attribution = match (draft.kind, english) {
            (QuoteKind::Direct, false) => direct(view, &mut clauses, draft),
            (QuoteKind::Fragment, false) => fragment(view, &mut clauses, draft),
            (QuoteKind::Direct, true) => english::direct(words, view, draft),
            (QuoteKind::Fragment, true) => english::fragment(words, view, draft),
            _ => None,
        };
    }
}

fn is_english(doc: &Document, draft: &Draft) -> bool {
    let block = doc.block_at(draft.parts[0].start());
    block.map_or(doc.lang, |b| doc.blocks[b].lang) == Lang::En
}

fn direct(view: &View<'_>, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution> {
    let doc = view.doc;
    // Between the parts.
    for pair in draft.parts.windows(2) {
        let from = doc.tokens_in(pair[0]).end as usize;
        let to = doc.tokens_in(pair[1]).start as usize;
        if let Some((a, b, dash)) = region_after(view, from, to)
            && let Some(found) = behind(view, clauses, a, b, dash)
        {
            return Some(found);
        }
    }
    let end = draft.tokens.end as usize;
    if let Some((a, b, dash)) = region_after(view, end, (end + REACH).min(doc.tokens.len()))
        && let Some(found) = behind(view, clauses, a, b, dash)
    {
        return Some(found);
    }
    before(view, clauses, draft.tokens.start as usize).or_else(|| behind_colon(view, end))
}
