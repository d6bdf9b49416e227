//! Words whose verb of speech stands behind them, inside them, or after «как» before them: «A, сообщил X», «A, сказал он, B»,
//! «Как отметил X, A».
//!
//! Input: a finite [`Cue`] that governs nothing behind it; output: a draft of the words around its attribution. An outlet behind
//! what somebody else said is who passes it on.

use super::Finder;
use crate::document::TokenKind;
use crate::document::{EntityType, Rule};
use crate::language::clauses::Cue;
use crate::language::russian::phrase;
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{CueForm, Frames, Function, Grammar};

impl Finder<'_, '_, '_> {
    /// «A, сообщил X», «A1, сказал он, A2», «Как отметил X, A».
    pub(super) fn after(&mut self, cue: &Cue, (start, end): (usize, usize)) {
        let view = self.view;
        if cue.form != CueForm::Finite
            && !(cue.form == CueForm::Short
                && (cue.frames.any(Frames::IMPERSONAL) || cue.frames.any(Frames::OPINION)))
        {
            return;
        }
        let segment = self.clauses.segments[cue.segment];
        // What stands before the verb in its segment: «как», adverbs, time, or the subject after «как».
        let as_said = (segment.start..cue.at).find(|&i| view.function(i, Function::AS));
        if let Some(i) = as_said
            && i > segment.start + 1
        {
            return;
        }
        // «После того, как суд признал …»
        if as_said.is_some()
            && segment.start >= start + 2
            && view.function(segment.start - 2, Function::BEFORE_AS)
        {
            return;
        }
        let mut i = segment.start;
        if as_said.is_none() {
            while i < cue.at {
                if view.function(i, Function::ADVERB) || view.grammar(i, Grammar::ADVERB) {
                    i += 1;
                } else if view.grammar(i, Grammar::PREPOSITION) {
                    let next = phrase::skip_prepositional(view, i, cue.at, cue.agree);
                    if next <= i {
                        return;
                    }
                    i = next;
                } else {
                    return;
                }
            }
        }
        if self
            .clauses
            .next_begins_with(cue.segment, Function::WHAT.or(Function::SO_THAT))
        {
            return;
        }
        let first_segment = cue.segment == 0
            || self.clauses.segments[..cue.segment]
                .iter()
                .all(|s| view.free_words(s.start..s.end) == 0);
        if first_segment && as_said.is_none() {
            return;
        }
        let mut opener = segment.start.saturating_sub(1);
        if !first_segment && !matches!(view.kind(opener), TokenKind::Comma | TokenKind::Dash) {
            return;
        }
        if !first_segment
            && view.kind(opener) == TokenKind::Dash
            && opener > start
            && view.kind(opener - 1) == TokenKind::Comma
        {
            opener -= 1;
        }
        // The source.
        let impersonal = cue.frames.any(Frames::IMPERSONAL);
        let source = if impersonal {
            self.clauses.document_place(cue)
        } else {
            self.clauses.subject(cue, start, true)
        };
        if source.is_none() && (!impersonal || cue.frames.any(Frames::PLACED)) {
            return;
        }
        if !impersonal
            && as_said.is_none()
            && source
                .as_ref()
                .is_some_and(|s| (s.tokens.start as usize) < cue.at)
        {
            // «родился в Минске, писал стихи»
            return;
        }
        // «X заявил о готовности, передаёт ТАСС»: the words are X's, the outlet passes them on.
        let (source, outlet) = match source {
            Some(outlet) if as_said.is_none() && self.is_outlet(&outlet) => {
                match self.speaker_within(start, cue.segment) {
                    Some(speaker) => (Some(speaker), outlet.mention),
                    None => (Some(outlet), None),
                }
            }
            source => (source, None),
        };
        // Where the attribution ends: segments of an apposition or a relative clause belong to it.
        let mut last = cue.segment;
        let source_end = source
            .as_ref()
            .map_or(segment.end, |s| s.tokens.end as usize);
        while last + 1 < self.clauses.segments.len() && self.clauses.segments[last].end < source_end
        {
            last += 1;
        }
        let mut tail = self.clauses.segments.len();
        let mut k = last + 1;
        while k < self.clauses.segments.len() {
            let s = self.clauses.segments[k];
            if s.start >= s.end || s.bracketed {
                last = k;
                k += 1;
                continue;
            }
            let opener = view.kind(s.start - 1);
            if matches!(opener, TokenKind::Colon | TokenKind::Semicolon) {
                tail = k;
                break;
            }
            let facts = view.facts(s.start);
            let which =
                (s.start..s.end.min(s.start + 3)).any(|i| view.function(i, Function::WHICH));
            if facts.grammar.any(Grammar::GERUND) {
                // «…, указал он, подчеркнув, что …»: the rest is another's clause.
                last = self.clauses.segments.len() - 1;
                break;
            }
            if self.closes(k)
                || facts.grammar.any(Grammar::PARTICIPLE) && !view.has_predicate(s.start..s.end)
                || which
            {
                last = k;
                k += 1;
                continue;
            }
            let more = k + 1 < self.clauses.segments.len();
            let nominal = !view.has_predicate(s.start..s.end)
                && facts.grammar.any(Grammar::NOM.or(Grammar::ADJ_NOM))
                && !facts.grammar.any(Grammar::PRONOUN)
                && !view.function(
                    s.start,
                    Function::AND.or(Function::CONTRAST).or(Function::THIS),
                )
                && (!more || view.has_predicate(s.end..end));
            // «сообщил X, глава Y, …»: an apposition has a comma behind it, or ends the sentence after a whole clause.
            if nominal
                && (more && k == cue.segment + 1 && as_said.is_some()
                    || !more && view.has_predicate(start..opener_index(start, segment.start)))
            {
                last = k;
                k += 1;
                continue;
            }
            tail = k;
            break;
        }
        let rest =
            (tail < self.clauses.segments.len()).then(|| (self.clauses.segments[tail].start, end));
        let rule = if as_said.is_some() {
            Rule::IndirectAsSaid
        } else {
            Rule::IndirectAfter
        };
        // «Неизвестно, «A», считает врач»: of the words before a quotation in marks only those before it are indirect.
        let quoted = (opener > start)
            .then(|| (start..opener).rev().find(|&i| view.token(i).is_wordlike()))
            .flatten()
            .filter(|&i| view.is_masked(i));
        let head = (!first_segment).then(|| {
            if let Some(last) = quoted {
                let mut first = last;
                while first > start
                    && (view.is_masked(first - 1) || view.kind(first - 1) == TokenKind::Quote)
                {
                    first -= 1;
                }
                return (start, first);
            }
            (
                self.content_start(cue.segment, start, as_said.is_some()),
                opener,
            )
        });
        let parts = match (head, rest) {
            (None, Some(rest)) => vec![rest],
            (None, None) => return,
            (Some(head), None) => vec![head],
            (Some(head), Some(rest)) => {
                let whole = view.has_predicate(head.0..head.1);
                let continues = view.has_predicate(rest.0..rest.1);
                if !continues && whole && as_said.is_none() {
                    vec![head]
                } else {
                    vec![head, rest]
                }
            }
        };
        let words: usize = parts.iter().map(|&(a, b)| view.free_words(a..b)).sum();
        if words < 2 || quoted.is_some() && !view.has_predicate(parts[0].0..parts[0].1) {
            return;
        }
        let about =
            |i: usize| view.function(i, Function::ABOUT) && view.function(i + 1, Function::THIS);
        if parts.iter().any(|&(a, b)| a + 1 < b && about(a))
            || (segment.start..cue.at).any(|i| i + 1 < cue.at && about(i))
        {
            return;
        }
        let confidence = if parts.len() == 1 { 0.85 } else { 0.7 };
        let (from, to) = (segment.start, self.clauses.segments[last].end);
        let start_token = if first_segment { from } else { opener };
        let pushed = self.push_with(
            parts,
            cue.tokens,
            source,
            rule,
            confidence,
            Some((start_token, to)),
        );
        if pushed
            && let Some(outlet) = outlet
            && let Some(attribution) = self.found.last_mut().and_then(|d| d.attribution.as_mut())
        {
            attribution.via.push(outlet);
        }
    }

    /// Whether a source passes other people's words on: an outlet with its name.
    fn is_outlet(&self, source: &SourcePhrase) -> bool {
        let view = self.view;
        let head = source.head as usize;
        let organisation = source
            .mention
            .is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Organisation);
        organisation
            && (view.facts(head).collective.is_media() || self.view.is_outlet(source.mention))
    }

    /// The subject of the verb of speech with «о» that the words before segment `segment` are built on.
    fn speaker_within(&mut self, start: usize, segment: usize) -> Option<SourcePhrase> {
        let view = self.view;
        for k in 0..segment.min(3) {
            let s = self.clauses.segments[k];
            for at in s.start..s.end {
                let facts = *view.facts(at);
                if facts.form != CueForm::Finite
                    || !facts.frames.any(Frames::VERB)
                    || !facts.frames.any(Frames::SPEECH)
                    || facts.frames.any(Frames::IMPERSONAL)
                    || view.is_masked(at)
                {
                    continue;
                }
                let about = (at + 1..s.end.min(at + 5)).any(|i| view.function(i, Function::ABOUT));
                if !about {
                    return None;
                }
                let cue = Cue::read(view, at, k);
                return self
                    .clauses
                    .subject(&cue, start, false)
                    .filter(|s| s.tokens.end as usize <= at);
            }
        }
        None
    }

    /// Where the words before an attribution begin: after the attribution before, or at the sentence's start.
    fn content_start(&self, segment: usize, start: usize, inserted: bool) -> usize {
        let view = self.view;
        let mut from = start;
        // After words in marks nothing of them belongs to the indirect words.
        let to = self.clauses.segments[segment].start;
        if let Some(masked) = (start..to).rev().find(|&i| view.is_masked(i)) {
            let mut i = masked + 1;
            while i < to
                && (matches!(
                    view.kind(i),
                    TokenKind::Quote | TokenKind::Comma | TokenKind::Dash | TokenKind::Stop
                ))
            {
                i += 1;
            }
            if view.free_words(i..to) >= 2 {
                from = i;
            }
        }
        if inserted {
            // «A, но, как сказал X, B»: the clause that is broken off begins after its own comma.
            let previous = self.clauses.segments[segment - 1];
            if !view.has_predicate(previous.start..previous.end)
                && previous.start > from
                && view.function(
                    previous.start,
                    Function::CONTRAST
                        .or(Function::AND)
                        .or(Function::WHICH)
                        .or(Function::WHAT),
                )
            {
                from = previous.start;
            }
        }
        from
    }
}

/// The token before a segment, no further left than the sentence.
fn opener_index(start: usize, segment_start: usize) -> usize {
    segment_start.saturating_sub(1).max(start)
}
