//! Who is named beside words in marks.
//!
//! Input: drafts of quoted words without attribution; output: the same with an [`Attribution`](crate::language::types::Attribution) where
//! the text gives one, by the patterns of the language that the words stand in.

use crate::document::QuoteKind;
use crate::language::clauses::Clauses;
use crate::language::types::Draft;
use crate::language::{Packs, region};
use crate::view::View;

/// Gives each quotation of `drafts` the attribution that stands beside it.
pub fn attach(packs: &Packs, view: &View<'_>, drafts: &mut [Draft]) {
    let mut clauses = Clauses::new(view);
    for draft in drafts.iter_mut().filter(|d| d.attribution.is_none()) {
        let lang = view.lang(draft.tokens.start as usize);
        let Some(pack) = packs.of(lang) else {
            continue;
        };
        draft.attribution = match draft.kind {
            QuoteKind::Direct => region::direct(pack, &mut clauses, draft),
            QuoteKind::Fragment => pack.fragment(&mut clauses, draft),
            QuoteKind::Indirect => None,
        };
    }
}
