//! Mentions of organisations and places -> entities, by dictionary id, by form, and by abbreviations that the text introduces
//! in brackets («Всемирная организация здравоохранения (ВОЗ)»).

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::{Cluster, nominative};
use crate::document::{Document, EntityType, TokenRange};
use crate::lexicon::WordId;
use crate::pipeline::{Resources, Scratch};
use crate::segment::{LetterCase, Side, TokenKind};
use crate::tag::stem;

/// Joins mentions that name the same organisation or place.
pub(super) fn link(
    resources: &Resources,
    scratch: &Scratch,
    doc: &Document,
    clusters: &mut Vec<Cluster>,
    of_mention: &mut [Option<usize>],
) {
    let entries = resources.tagger.entries();
    let mut by_entry: HashMap<u32, usize, FxBuildHasher> = HashMap::default();
    let mut by_form: HashMap<(EntityType, u64), usize, FxBuildHasher> = HashMap::default();
    for (i, mention) in doc.mentions.iter().enumerate() {
        if !matches!(mention.kind, EntityType::Organisation | EntityType::Place) {
            continue;
        }
        let name = scratch.entities.names.get(i).copied().flatten();
        let entry = name.map(|n| entries.names[n as usize].entry);
        let form = (mention.kind, form_key(scratch, doc, mention.tokens));
        let known = entry
            .and_then(|e| by_entry.get(&e))
            .or_else(|| by_form.get(&form))
            .copied();
        let words = mention.tokens.len();
        let cluster = known.unwrap_or_else(|| {
            clusters.push(Cluster {
                kind: mention.kind,
                entry,
                name: String::new(),
                fullness: 0,
                sex: None,
                ambiguous: false,
                slug: String::new(),
            });
            clusters.len() - 1
        });
        if let Some(entry) = entry {
            by_entry.entry(entry).or_insert(cluster);
        }
        by_form.entry(form).or_insert(cluster);
        if let Some(short) = bracketed(doc, mention.tokens.end as usize) {
            let key = form_key(scratch, doc, TokenRange::new(short, short + 1));
            by_form
                .entry((EntityType::Organisation, key))
                .or_insert(cluster);
        }
        of_mention[i] = Some(cluster);
        let c = &mut clusters[cluster];
        c.entry = c.entry.or(entry);
        let fullness = 2 * words
            + usize::from(
                name.is_some()
                    && !matches!(
                        doc.tokens[mention.tokens.start as usize].case,
                        LetterCase::Upper
                    ),
            );
        if fullness > c.fullness {
            c.fullness = fullness;
            c.name = match name {
                Some(n) => entries.names[n as usize].text.to_string(),
                None => nominative::phrase_nominative(resources, doc, mention.tokens),
            };
        }
    }
}

/// One number for all case forms of a name.
fn form_key(scratch: &Scratch, doc: &Document, tokens: TokenRange) -> u64 {
    let mut key = 0u64;
    for i in tokens.range() {
        if scratch.words[i] != WordId::NONE || doc.tokens[i].kind == TokenKind::Number {
            key = key
                .rotate_left(7)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .wrapping_add(word_key(scratch, doc, i));
        }
    }
    if key == 0 {
        let span = doc.tokens_text(tokens);
        key = stem::hash(span);
    }
    key
}

fn word_key(scratch: &Scratch, doc: &Document, i: usize) -> u64 {
    match scratch.words[i] {
        WordId::NONE => stem::key(doc.tokens[i].span.slice(&doc.text)),
        word => scratch.lexicon.facts(word).key,
    }
}

/// The abbreviation that stands in brackets right after token `end`.
pub(crate) fn bracketed(doc: &Document, end: usize) -> Option<usize> {
    let mut at = end;
    // The name may stand in marks.
    if doc.tokens.get(at)?.kind == TokenKind::Quote {
        at += 1;
    }
    let open = doc.tokens.get(at)?;
    let mut short = at + 1;
    if doc.tokens.get(short)?.kind == TokenKind::Quote {
        short += 1;
    }
    let word = doc.tokens.get(short)?;
    let close = doc.tokens.get(short + 1)?;
    let bracket = |t: &crate::segment::Token, side| t.kind == TokenKind::Bracket && t.side == side;
    (bracket(open, Side::Open)
        && matches!(word.case, LetterCase::Upper | LetterCase::Mixed)
        && (bracket(close, Side::Close)
            || matches!(
                close.kind,
                TokenKind::Comma | TokenKind::Semicolon | TokenKind::Quote
            )))
    .then_some(short)
}
