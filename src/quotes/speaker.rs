//! Drafts -> quotes: who the source of each is, by name.
//!
//! Input: [`Draft`]s of a document; output: `doc.quotes`, ordered by start. A source is resolved by its mention, by what a
//! pronoun or a role refers to, or by the discourse: the speaker before.

use super::types::Draft;
use crate::document::{Document, Quote, Speaker};
use crate::pipeline::{Resources, Scratch};

/// Fills `doc.quotes`.
pub fn settle(
    resources: &Resources,
    _scratch: &Scratch,
    doc: &mut Document,
    mut drafts: Vec<Draft>,
) {
    drafts.sort_by_key(|d| {
        (
            d.parts[0].start,
            std::cmp::Reverse(d.parts[d.parts.len() - 1].end),
        )
    });
    let mut quotes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let speaker = draft
            .attribution
            .as_ref()
            .and_then(|a| a.source.as_ref())
            .map(|s| {
                let r = s.tokens.range();
                let span = doc.tokens[r.start].span.cover(doc.tokens[r.end - 1].span);
                let entity = s.mention.and_then(|m| doc.mentions[m as usize].entity);
                let name = match entity {
                    Some(e) => doc.entities[e as usize].name.clone(),
                    None => {
                        let words: Vec<&str> = span.slice(&doc.text).split_whitespace().collect();
                        resources.morphology.phrase_nominative(&words)
                    }
                };
                Speaker {
                    span: Some(span),
                    entity,
                    name,
                    ..Speaker::default()
                }
            });
        let cue = draft.attribution.as_ref().map(|a| {
            let r = a.cue.range();
            doc.tokens[r.start].span.cover(doc.tokens[r.end - 1].span)
        });
        quotes.push(Quote {
            kind: draft.kind,
            spans: draft.parts,
            cue,
            speaker,
            via: Vec::new(),
            rule: draft.rule,
            confidence: draft.confidence,
        });
    }
    doc.quotes = quotes;
}
