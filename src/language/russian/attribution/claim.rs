//! What a verb or a phrase like «по словам» makes of the words beside it.
//!
//! Input: the token of the cue in a sentence cut into segments; output: an [`Attribution`] with the source, if there is one.

use crate::document::{Rule, TokenRange};
use crate::language::clauses::{Clauses, Cue};
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::{Attribution, SourcePhrase};
use crate::lexis::cues::{Agreement, Frames, Function, Grammar};
use crate::view::View;

/// «по словам X», «по его мнению» in the segments from `first` on.
pub(super) fn by_words(
    view: &View<'_>,
    clauses: &Clauses<'_, '_>,
    from: usize,
    to: usize,
    first: usize,
) -> Option<Attribution> {
    for segment in first..clauses.segments.len() {
        let s = clauses.segments[segment];
        for at in s.start.max(from)..s.end.min(to) {
            if !view.frames(
                at,
                Frames::NOUN_PO.or(Frames::NOUN_SO).or(Frames::PREPOSITION),
            ) {
                continue;
            }
            if let Some((cue, source)) = clauses.words_of(segment, at, to) {
                let tokens = TokenRange {
                    start: cue.start,
                    end: cue.end.max(source.tokens.end),
                };
                return Some(Attribution::new(
                    cue,
                    Some(source),
                    tokens,
                    Rule::AttributionByWordsOf,
                    0.85,
                ));
            }
        }
    }
    None
}

/// The attribution that the verb at `at` makes.
pub(super) fn claim(
    view: &View<'_>,
    clauses: &mut Clauses<'_, '_>,
    at: usize,
    segment: usize,
    from: usize,
    after: bool,
    rule: Rule,
) -> Option<Attribution> {
    let facts = *view.facts(at);
    let cue = Cue::read(view, at, segment);
    let end = clauses.segments.last().map_or(at + 1, |s| s.end);
    let mut via = Vec::new();
    let mut source = if facts.frames.any(Frames::QUOTING) && !facts.frames.any(Frames::THAT) {
        quoted_person(view, at + 1, end)
    } else {
        None
    };
    let quoting = facts.frames.any(Frames::QUOTING) && !facts.frames.any(Frames::THAT);
    if quoting {
        // «цитирует издание»: whose words they are was said before.
        if let Some(outlet) = clauses.subject(&cue, from, after).and_then(|s| s.mention) {
            via.push(outlet);
        }
    } else if facts.frames.any(Frames::IMPERSONAL) {
        source = clauses.document_place(&cue);
    } else {
        source = clauses.subject(&cue, from, after);
    }
    if facts.grammar.any(Grammar::FIRST_PERSON) && source.is_none() {
        return None;
    }
    let confidence = if source.is_some() { 0.9 } else { 0.5 };
    let tokens = TokenRange::new(from.min(at), end.max(at + 1));
    let mut found = Attribution::new(cue.tokens, source, tokens, rule, confidence);
    found.via = via;
    Some(found)
}

/// The object of «цитирует»: a person or organisation in the accusative.
fn quoted_person(view: &View<'_>, from: usize, to: usize) -> Option<SourcePhrase> {
    let phrase = phrase::read(view, from, to, Wanted::Accusative, Agreement::ANY)?;
    let named =
        (phrase.start..phrase.end).any(|i| view.mention_at(i).is_some()) || phrase.weight >= 3;
    let stands =
        !view.function(phrase.head, Function::DOCUMENT) && view.lower(phrase.head) != "слова";
    if named && stands {
        return Some(phrase::source(view, phrase, Wanted::Accusative));
    }
    // «приводит слова Иванова»
    if view.lower(phrase.head) == "слова" {
        let owner = phrase::read(view, phrase.head + 1, to, Wanted::Genitive, Agreement::ANY)?;
        return Some(phrase::source(view, owner, Wanted::Genitive));
    }
    None
}
