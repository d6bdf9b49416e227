//! What is kept of the words that the patterns found.
//!
//! Input: token ranges with cue and source; output: [`Draft`]s without punctuation at their ends. An outlet's word for another's
//! statement is no statement of its own, and neither are words that are wholly a fragment in marks.

use super::Finder;
use crate::document::{QuoteKind, Rule, TokenRange};
use crate::document::{Side, TokenKind};
use crate::lexis::cues::{Frames, Grammar};
use crate::quotes::types::{Attribution, Draft, SourcePhrase};
use crate::span::Span;
use crate::view::View;

impl Finder<'_, '_> {
    /// Keeps token ranges as one quotation; says whether anything is left of them.
    pub(super) fn push(
        &mut self,
        parts: Vec<(usize, usize)>,
        cue: TokenRange,
        source: Option<SourcePhrase>,
        rule: &'static str,
        confidence: f32,
    ) -> bool {
        self.push_with(parts, cue, source, rule, confidence, None)
    }

    /// The same where the attribution is more than its cue: `tokens` are its bounds.
    pub(super) fn push_with(
        &mut self,
        parts: Vec<(usize, usize)>,
        cue: TokenRange,
        source: Option<SourcePhrase>,
        rule: &'static str,
        confidence: f32,
        tokens: Option<(usize, usize)>,
    ) -> bool {
        let view = self.view;
        let mut spans: Vec<Span> = Vec::with_capacity(parts.len());
        let (mut first, mut last) = (usize::MAX, 0);
        for (a, b) in parts {
            let Some((a, b)) = trim(view, a, b) else {
                continue;
            };
            spans.push(view.doc.tokens[a].span.cover(view.doc.tokens[b - 1].span));
            first = first.min(a);
            last = last.max(b);
        }
        if spans.is_empty() {
            return false;
        }
        // Nothing but words in marks: they are a quotation of their own.
        if (first..last).all(|i| view.is_masked(i) || !view.token(i).is_wordlike()) {
            return false;
        }
        spans.sort();
        let cover = tokens.map_or(cue, |(a, b)| TokenRange::new(a, b));
        let attribution = Attribution {
            cue,
            source,
            via: Vec::new(),
            tokens: cover,
            rule: Rule::named(rule),
            confidence,
        };
        if let Some(source) = &attribution.source {
            self.clauses.previous = Some((last, source.clone()));
        }
        self.found.push(Draft {
            kind: QuoteKind::Indirect,
            parts: spans,
            tokens: TokenRange::new(first, last),
            attribution: Some(attribution),
            setting: None,
            rule: Rule::named(rule),
            confidence,
        });
        true
    }
}

/// Takes punctuation off both ends; marks stay where they pair within.
pub(in crate::quotes) fn trim(
    view: &View<'_>,
    mut a: usize,
    mut b: usize,
) -> Option<(usize, usize)> {
    let loose = |i: usize| {
        matches!(
            view.kind(i),
            TokenKind::Comma
                | TokenKind::Dash
                | TokenKind::Stop
                | TokenKind::Colon
                | TokenKind::Semicolon
        )
    };
    while a < b
        && (loose(a) || view.kind(a) == TokenKind::Bracket && view.token(a).side == Side::Close)
    {
        a += 1;
    }
    while a < b
        && (loose(b - 1)
            || view.kind(b - 1) == TokenKind::Bracket && view.token(b - 1).side == Side::Open)
    {
        b -= 1;
    }
    (a < b).then_some((a, b))
}

/// Drops what is no statement of its own: an outlet's word for another's statement (the outlet passes it on), and words that
/// are wholly a fragment in marks.
pub(super) fn prune(view: &View<'_>, drafts: &[Draft], found: &mut Vec<Draft>) {
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
                found[inner].rule.as_str(),
                "indirect.that" | "indirect.by_words_of" | "indirect.after" | "indirect.as_said"
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
