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

/// Where an attribution stands beside its words.
struct Aside {
    /// It begins with «как».
    as_said: bool,
    /// No words stand before it in the sentence.
    first: bool,
    /// The comma or dash before it.
    opener: usize,
}

/// Whether a segment behind an attribution belongs to it.
enum Belongs {
    Yes,
    /// It does, with all behind it.
    WithRest,
    No,
}

impl Finder<'_, '_, '_> {
    /// «A, сообщил X», «A1, сказал он, A2», «Как отметил X, A»: where the attribution stands, who it names, where it ends, and which words
    /// around it are quoted.
    pub(super) fn after(&mut self, cue: &Cue, (start, end): (usize, usize)) {
        let Some(aside) = self.aside(cue, start) else {
            return;
        };
        let Some((source, outlet)) = self.source_of(cue, &aside, start) else {
            return;
        };
        let (last, tail) = self.end_of(cue, &aside, source.as_ref(), (start, end));
        let rest = self.clauses.segments.get(tail).map(|s| (s.start, end));
        let Some(parts) = self.words_around(cue, &aside, start, rest) else {
            return;
        };
        let rule = match aside.as_said {
            true => Rule::IndirectAsSaid,
            false => Rule::IndirectAfter,
        };
        let confidence = if parts.len() == 1 { 0.85 } else { 0.7 };
        let from = match aside.first {
            true => self.clauses.segments[cue.segment].start,
            false => aside.opener,
        };
        let bounds = (from, self.clauses.segments[last].end);
        let pushed = self.push_with(parts, cue.tokens, source, rule, confidence, Some(bounds));
        if pushed
            && let Some(outlet) = outlet
            && let Some(attribution) = self.found.last_mut().and_then(|d| d.attribution.as_mut())
        {
            attribution.via.push(outlet);
        }
    }

    /// Whether a cue stands behind or inside its words: a finite verb with nothing before it in its segment but «как», adverbs and time.
    fn aside(&self, cue: &Cue, start: usize) -> Option<Aside> {
        let view = self.view;
        let short = cue.frames.any(Frames::IMPERSONAL.or(Frames::OPINION));
        if cue.form != CueForm::Finite && !(cue.form == CueForm::Short && short) {
            return None;
        }
        let segment = self.clauses.segments[cue.segment];
        let as_said = (segment.start..cue.at).find(|&i| view.function(i, Function::AS));
        match as_said {
            Some(i) if i > segment.start + 1 => return None,
            // «После того, как суд признал …»
            Some(_)
                if segment.start >= start + 2
                    && view.function(segment.start - 2, Function::BEFORE_AS) =>
            {
                return None;
            }
            Some(_) => {}
            None => self.only_setting(segment.start, cue)?,
        }
        let that = Function::WHAT.or(Function::SO_THAT);
        if self.clauses.next_begins_with(cue.segment, that) {
            return None;
        }
        let first = self.clauses.segments[..cue.segment]
            .iter()
            .all(|s| view.free_words(s.start..s.end) == 0);
        if first && as_said.is_none() {
            return None;
        }
        let mut opener = segment.start.saturating_sub(1);
        if !first {
            match view.kind(opener) {
                TokenKind::Comma => {}
                TokenKind::Dash => {
                    let comma = opener > start && view.kind(opener - 1) == TokenKind::Comma;
                    opener -= usize::from(comma);
                }
                _ => return None,
            }
        }
        Some(Aside {
            as_said: as_said.is_some(),
            first,
            opener,
        })
    }

    /// «вчера в Минске сообщил»: nothing but adverbs and prepositional phrases stands between `from` and the verb.
    fn only_setting(&self, from: usize, cue: &Cue) -> Option<()> {
        let view = self.view;
        let mut i = from;
        while i < cue.at {
            if view.function(i, Function::ADVERB) || view.grammar(i, Grammar::ADVERB) {
                i += 1;
            } else if view.grammar(i, Grammar::PREPOSITION) {
                let next = phrase::skip_prepositional(view, i, cue.at, cue.agree);
                i = (next > i).then_some(next)?;
            } else {
                return None;
            }
        }
        Some(())
    }

    /// The source of the words, none where the verb needs none («сообщается»), and the outlet that passes them on.
    fn source_of(
        &mut self,
        cue: &Cue,
        aside: &Aside,
        start: usize,
    ) -> Option<(Option<SourcePhrase>, Option<u32>)> {
        let impersonal = cue.frames.any(Frames::IMPERSONAL);
        let source = match impersonal {
            true => self.clauses.document_place(cue),
            false => self.clauses.subject(cue, start, true),
        };
        if source.is_none() && (!impersonal || cue.frames.any(Frames::PLACED)) {
            return None;
        }
        // «родился в Минске, писал стихи»
        let before = |s: &SourcePhrase| (s.tokens.start as usize) < cue.at;
        if !impersonal && !aside.as_said && source.as_ref().is_some_and(before) {
            return None;
        }
        // «X заявил о готовности, передаёт ТАСС»: the words are X's, the outlet passes them on.
        Some(match source {
            Some(outlet) if !aside.as_said && self.is_outlet(&outlet) => {
                match self.speaker_within(start, cue.segment) {
                    Some(speaker) => (Some(speaker), outlet.mention),
                    None => (Some(outlet), None),
                }
            }
            source => (source, None),
        })
    }

    /// Where the attribution ends: its last segment, and the segment at which the words go on (the number of segments where they do not).
    /// Segments of an apposition or a relative clause belong to it.
    fn end_of(
        &self,
        cue: &Cue,
        aside: &Aside,
        source: Option<&SourcePhrase>,
        (start, end): (usize, usize),
    ) -> (usize, usize) {
        let segments = &self.clauses.segments;
        let mut last = cue.segment;
        let source_end = source.map_or(segments[last].end, |s| s.tokens.end as usize);
        while last + 1 < segments.len() && segments[last].end < source_end {
            last += 1;
        }
        for k in last + 1..segments.len() {
            match self.belongs(k, cue, aside, (start, end)) {
                Belongs::Yes => last = k,
                Belongs::WithRest => return (segments.len() - 1, segments.len()),
                Belongs::No => return (last, k),
            }
        }
        (last, segments.len())
    }

    /// Whether segment `k` behind an attribution belongs to it.
    fn belongs(&self, k: usize, cue: &Cue, aside: &Aside, (start, end): (usize, usize)) -> Belongs {
        let view = self.view;
        let s = self.clauses.segments[k];
        if s.start >= s.end || s.bracketed {
            return Belongs::Yes;
        }
        if matches!(
            view.kind(s.start - 1),
            TokenKind::Colon | TokenKind::Semicolon
        ) {
            return Belongs::No;
        }
        let facts = view.facts(s.start);
        let which = (s.start..s.end.min(s.start + 3)).any(|i| view.function(i, Function::WHICH));
        if facts.grammar.any(Grammar::GERUND) {
            // «…, указал он, подчеркнув, что …»: the rest is another's clause.
            return Belongs::WithRest;
        }
        let predicate = view.has_predicate(s.start..s.end);
        if self.closes(k) || facts.grammar.any(Grammar::PARTICIPLE) && !predicate || which {
            return Belongs::Yes;
        }
        let more = k + 1 < self.clauses.segments.len();
        let joins = Function::AND.or(Function::CONTRAST).or(Function::THIS);
        let nominal = !predicate
            && facts.grammar.any(Grammar::NOM.or(Grammar::ADJ_NOM))
            && !facts.grammar.any(Grammar::PRONOUN)
            && !view.function(s.start, joins)
            && (!more || view.has_predicate(s.end..end));
        // «сообщил X, глава Y, …»: an apposition has a comma behind it, or ends the sentence after a whole clause.
        let here = self.clauses.segments[cue.segment].start;
        let apposition = match more {
            true => k == cue.segment + 1 && aside.as_said,
            false => view.has_predicate(start..opener_index(start, here)),
        };
        match nominal && apposition {
            true => Belongs::Yes,
            false => Belongs::No,
        }
    }

    /// The words before and behind an attribution, `rest` those behind it; nothing where they are too few or take up what was said before.
    fn words_around(
        &self,
        cue: &Cue,
        aside: &Aside,
        start: usize,
        rest: Option<(usize, usize)>,
    ) -> Option<Vec<(usize, usize)>> {
        let view = self.view;
        let opener = aside.opener;
        // «Неизвестно, «A», считает врач»: of the words before a quotation in marks only those before it are indirect.
        let quoted = (opener > start)
            .then(|| (start..opener).rev().find(|&i| view.token(i).is_wordlike()))
            .flatten()
            .filter(|&i| view.is_masked(i));
        let head = (!aside.first).then(|| match quoted {
            Some(last) => {
                let marked = |i: &usize| view.is_masked(*i) || view.kind(*i) == TokenKind::Quote;
                let quoted = (start..last).rev().take_while(marked).count();
                (start, last - quoted)
            }
            None => {
                let first = self.content_start(cue.segment, start, aside.as_said);
                (first, opener)
            }
        });
        let parts = match (head, rest) {
            (None, None) => return None,
            (None, Some(rest)) => vec![rest],
            (Some(head), None) => vec![head],
            (Some(head), Some(rest)) => {
                let whole = view.has_predicate(head.0..head.1);
                let continues = view.has_predicate(rest.0..rest.1);
                match !continues && whole && !aside.as_said {
                    true => vec![head],
                    false => vec![head, rest],
                }
            }
        };
        let words: usize = parts.iter().map(|&(a, b)| view.free_words(a..b)).sum();
        if words < 2 || quoted.is_some() && !view.has_predicate(parts[0].0..parts[0].1) {
            return None;
        }
        let about =
            |i: usize| view.function(i, Function::ABOUT) && view.function(i + 1, Function::THIS);
        let here = self.clauses.segments[cue.segment].start;
        let takes_up = parts.iter().any(|&(a, b)| a + 1 < b && about(a))
            || (here..cue.at).any(|i| i + 1 < cue.at && about(i));
        (!takes_up).then_some(parts)
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
