//! Indirect quotations: what a cue of speech, writing or opinion introduces without marks.
//!
//! Input: the sentences of a document and the words in marks found before; output: [`Draft`]s of kind indirect with cue and source. Which
//! patterns a sentence is read with is its language's; a language without a pack has none. An outlet's word for another's statement is
//! no statement of its own, and neither are words that are wholly a fragment in marks.

use crate::document::{
    BlockKind, Document, Lang, QuoteKind, Rule, Sentence, TokenKind, TokenRange,
};
use crate::language::Packs;
use crate::language::clauses::Clauses;
use crate::language::pack::{Language, Piece};
use crate::language::types::Draft;
use crate::lexis::cues::{Frames, Grammar};
use crate::span::Span;
use crate::view::View;

/// Longest stretch that is worked through as one sentence, in tokens.
const LONGEST: usize = 500;

/// Appends the indirect quotations of the document to `drafts`, which hold the words in marks already.
pub fn find(packs: &Packs, view: &View<'_>, drafts: &mut Vec<Draft>) {
    let doc = view.doc;
    // Cues that words in marks have claimed.
    let mut taken: Vec<TokenRange> = drafts
        .iter()
        .filter(|d| d.kind == QuoteKind::Direct)
        .filter_map(|d| d.attribution.as_ref().map(|a| a.cue))
        .collect();
    taken.sort_unstable();
    let mut clauses = Clauses::new(view);
    let mut found = Vec::new();
    for (index, sentence) in doc.sentences.iter().enumerate() {
        // A Russian word or two in an English page is read as English.
        let lang = match doc.lang {
            Lang::En => Lang::En,
            _ => doc.blocks[sentence.block as usize].lang,
        };
        let Some(pack) = packs.of(lang) else {
            continue;
        };
        let title = is_headline(doc, sentence);
        if !title && !may_quote(pack, view, sentence) {
            continue;
        }
        let range = sentence.tokens.range();
        // A page without full stops is worked through in pieces, so that the work stays linear in its length.
        for start in range.clone().step_by(LONGEST) {
            let tokens = TokenRange::new(start, range.end.min(start + LONGEST));
            let first = taken.partition_point(|t| t.end <= tokens.start);
            let last = taken.partition_point(|t| t.start < tokens.end);
            let piece = Piece {
                sentence: index,
                tokens,
                title,
                taken: taken.get(first..last).unwrap_or(&[]),
            };
            pack.sentence(&mut clauses, piece, &mut found);
        }
    }
    prune(view, drafts, &mut found);
    drafts.append(&mut found);
}

/// Whether a sentence has a cue outside quoted words, or a colon among its first words.
fn may_quote(pack: &dyn Language, view: &View<'_>, sentence: &Sentence) -> bool {
    let mut range = sentence.tokens.range();
    let cue = |i: usize| pack.is_cue(view, i) && !view.is_masked(i);
    range.clone().any(cue)
        || range
            .by_ref()
            .take(12)
            .any(|i| view.kind(i) == TokenKind::Colon)
}

/// Whether a sentence is a headline: the page's own, or in a list of links a block of one sentence without a full stop.
fn is_headline(doc: &Document, sentence: &Sentence) -> bool {
    let block = &doc.blocks[sentence.block as usize];
    match block.kind {
        BlockKind::Title => true,
        BlockKind::Links => {
            let last = doc.tokens[sentence.tokens.range()].last();
            block.span == sentence.span && last.is_some_and(|t| t.kind != TokenKind::Stop)
        }
        _ => false,
    }
}

/// Drops what is no statement of its own: an outlet's word for another's statement (the outlet passes it on), and words that
/// are wholly a fragment in marks.
fn prune(view: &View<'_>, drafts: &[Draft], found: &mut Vec<Draft>) {
    let mut gone = vec![false; found.len()];
    for outer in 0..found.len() {
        let span = cover(&found[outer]);
        // Drafts are in order of start.
        let near = drafts.partition_point(|d| d.parts[0].start < span.start);
        let whole = drafts[near..].iter().take(2).any(|d| {
            d.kind == QuoteKind::Fragment && {
                let inner = cover(d);
                span.contains(inner) && inner.len() * 10 >= span.len() * 9
            }
        });
        if whole {
            gone[outer] = true;
            continue;
        }
        let outlet = found[outer].attribution.as_ref().and_then(|a| {
            let source = a.source.as_ref()?;
            let cue = a
                .cue
                .range()
                .any(|i| view.frames(i, Frames::VIA.or(Frames::NOUN_PO)));
            let person = source.mention.is_some_and(|m| {
                view.doc.mentions[m as usize].kind == crate::document::EntityType::Person
            });
            let pronoun = view.grammar(
                source.head as usize,
                Grammar::PRONOUN.or(Grammar::POSSESSIVE),
            );
            (cue && !person && !pronoun).then_some(source.mention)
        });
        let Some(outlet) = outlet else { continue };
        for inner in outer.saturating_sub(3)..(outer + 4).min(found.len()) {
            if inner == outer || gone[inner] {
                continue;
            }
            let within = cover(&found[inner]);
            let main = matches!(
                found[inner].rule,
                Rule::IndirectThat
                    | Rule::IndirectByWordsOf
                    | Rule::IndirectAfter
                    | Rule::IndirectAsSaid
            );
            let claims = found[inner].attribution.as_ref().is_some_and(|a| {
                a.source.is_some()
                    && view.doc.tokens[a.cue.start as usize].span.start >= span.start
                    && view.doc.tokens[a.cue.start as usize].span.start < span.end
            });
            if main
                && claims
                && within.start < span.end
                && span.start < within.end
                && within.len() * 10 >= span.len() * 4
            {
                gone[outer] = true;
                if let (Some(m), Some(a)) = (outlet, found[inner].attribution.as_mut()) {
                    a.via.push(m);
                }
                break;
            }
        }
    }
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        !gone[index - 1]
    });
}

/// From the start of the first part to the end of the last.
fn cover(draft: &Draft) -> Span {
    draft.parts[0].cover(draft.parts[draft.parts.len() - 1])
}
