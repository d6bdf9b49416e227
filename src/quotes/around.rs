//! Indirect quotations whose attribution stands behind, inside or around the words: «A, сообщил X», «по словам X», «как отметил
//! X», a sentence before «Об этом сообщил X», headlines «X: A».
//!
//! Input and output as in [`super::indirect`], whose [`Finder`] these rules belong to.

use super::clause;
use super::cues::{Agreement, CueForm, Frames, Function, Grammar};
use super::indirect::Finder;
use super::phrase::{self, Wanted};
use super::subject::Cue;
use super::types::SourcePhrase;
use crate::document::{EntityType, TokenRange};
use crate::segment::{Gap, TokenKind};

impl Finder<'_, '_> {
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
                && !view.function(s.start, Function::AND.or(Function::BUT).or(Function::THIS))
                && (!more || view.has_predicate(s.end..end));
            // «сообщил X, глава Y, …»: an apposition has a comma behind it, or ends the sentence after a whole clause.
            if nominal
                && (more && k == cue.segment + 1 && as_said.is_some()
                    || !more && self.predicate_before(opener_index(start, segment.start), start))
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
            "indirect.as_said"
        } else {
            "indirect.after"
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
                let cue = Cue {
                    at,
                    tokens: TokenRange::new(at, at + 1),
                    segment: k,
                    form: facts.form,
                    frames: facts.frames,
                    agree: facts.verb,
                };
                return self
                    .clauses
                    .subject(&cue, start, false)
                    .filter(|s| s.tokens.end as usize <= at);
            }
        }
        None
    }

    pub(super) fn predicate_before(&self, to: usize, from: usize) -> bool {
        self.view.has_predicate(from..to)
    }

    /// Where the words before an attribution begin: after the attribution before, or at the sentence's start.
    pub(super) fn content_start(&self, segment: usize, start: usize, inserted: bool) -> usize {
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
                    Function::BUT
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

    /// «по словам X», «по его мнению», «со слов X», «согласно X».
    pub(super) fn by_words_of(
        &mut self,
        segment: usize,
        at: usize,
        bounds: (usize, usize),
    ) -> bool {
        let Some((cue, source)) = self.clauses.words_of(segment, at, bounds.1) else {
            return false;
        };
        self.parenthetical(
            segment,
            cue.start as usize,
            cue,
            source,
            "indirect.by_words_of",
            bounds,
        )
    }

    /// Words around a parenthetical source that begins at token `from` of its segment.
    pub(super) fn parenthetical(
        &mut self,
        segment: usize,
        from: usize,
        cue: TokenRange,
        source: SourcePhrase,
        rule: &'static str,
        (start, end): (usize, usize),
    ) -> bool {
        let view = self.view;
        let here = self.clauses.segments[segment];
        let mut stop = (source.tokens.end.max(cue.end)) as usize;
        // An apposition after the name («по словам Иванова, главы района, …») or a relative clause.
        let mut k = segment;
        while k + 1 < self.clauses.segments.len()
            && self.clauses.segments[k].end <= stop
            && self.clauses.segments[k + 1].start <= stop
        {
            k += 1;
        }
        while k + 2 < self.clauses.segments.len() && stop == self.clauses.segments[k].end {
            let next = self.clauses.segments[k + 1];
            if next.start >= next.end {
                break;
            }
            let facts = view.facts(next.start);
            let which = (next.start..next.end.min(next.start + 3))
                .any(|i| view.function(i, Function::WHICH));
            let genitive = facts.grammar.any(Grammar::GEN.or(Grammar::ADJ_GEN))
                && !facts.grammar.any(Grammar::NOM)
                && !view.has_predicate(next.start..next.end);
            if which || genitive || next.bracketed {
                stop = next.end;
                k += 1;
            } else {
                break;
            }
        }
        let closed = stop >= end || !view.token(stop).is_wordlike();
        let mut rest_from = stop;
        while rest_from < end
            && matches!(view.kind(rest_from), TokenKind::Comma | TokenKind::Bracket)
        {
            rest_from += 1;
        }
        let rest = (rest_from < end).then_some((rest_from, end));
        // At the clause's start: «По словам X, A»; «Кроме того, по словам X, A»; «что, по словам X, A».
        let lead = self.lead_in(segment, from, start);
        let parts = if let Some(begins) = lead {
            let _ = begins;
            match rest {
                Some(rest) => vec![(rest.0, self.rest_end(segment, rest.0, end))],
                None => return false,
            }
        } else {
            let begin = self.content_start_of_parenthetical(segment, start);
            let mut head_end = from;
            while head_end > begin
                && matches!(
                    view.kind(head_end - 1),
                    TokenKind::Comma | TokenKind::Dash | TokenKind::Bracket
                )
            {
                head_end -= 1;
            }
            let inner = from > here.start;
            if inner && !closed && !view.has_predicate(begin..from) {
                // «В городе по словам X закрыли школу»
            }
            match rest {
                Some(rest) => vec![
                    (begin, head_end),
                    (rest.0, self.rest_end(segment, rest.0, end)),
                ],
                None => vec![(begin, head_end)],
            }
        };
        let words: usize = parts.iter().map(|&(a, b)| view.free_words(a..b)).sum();
        if words < 2 {
            return false;
        }
        let parts: Vec<(usize, usize)> = parts
            .into_iter()
            .filter(|&(a, b)| view.free_words(a..b) > 0)
            .collect();
        // A noun phrase alone is no statement: «рост по данным Росстата».
        if !parts
            .iter()
            .any(|&(a, b)| view.has_predicate(a..b) || view.free_words(a..b) >= 4)
        {
            return false;
        }
        self.push_with(parts, cue, Some(source), rule, 0.85, Some((from, stop)))
    }

    /// Whether nothing but a lead-in («кроме того», «при этом», «что») stands before token `from` in its clause.
    pub(super) fn lead_in(&self, segment: usize, from: usize, start: usize) -> Option<usize> {
        let view = self.view;
        let here = self.clauses.segments[segment];
        let small = |a: usize, b: usize| {
            (a..b).all(|i| {
                view.function(
                    i,
                    Function::ADVERB
                        .or(Function::AND)
                        .or(Function::BUT)
                        .or(Function::WHAT)
                        .or(Function::THAT)
                        .or(Function::THIS)
                        .or(Function::SUBORDINATE),
                ) || view.grammar(i, Grammar::ADVERB.or(Grammar::PREPOSITION))
                    && !view.grammar(i, Grammar::FINITE)
                    || !view.token(i).is_wordlike()
                    || view.is_masked(i)
            })
        };
        if !small(here.start, from) {
            return None;
        }
        if from > here.start && here.start > start && view.function(here.start, Function::WHAT) {
            return Some(here.start);
        }
        if segment == 0 {
            return Some(start);
        }
        let before = self.clauses.segments[segment - 1];
        // «, что, по словам X, …» and «Кроме того, по словам X, …»
        if small(before.start, before.end)
            && (segment == 1
                || view.function(
                    before.start,
                    Function::WHAT.or(Function::BUT).or(Function::AND),
                ))
        {
            return Some(before.start);
        }
        if segment >= 1 && small(start, before.end) {
            return Some(start);
        }
        None
    }

    pub(super) fn content_start_of_parenthetical(&self, segment: usize, start: usize) -> usize {
        let view = self.view;
        if segment == 0 {
            return start;
        }
        let here = self.clauses.segments[segment];
        let mut k = segment - 1;
        // The clause that the parenthesis breaks: back to the segment that opens it.
        let _ = here;
        loop {
            let s = self.clauses.segments[k];
            if s.start < s.end {
                let opens = view.function(s.start, Function::WHAT.or(Function::WHICH))
                    || view.function(s.start, Function::BUT.or(Function::AND))
                        && !view.has_predicate(s.start..self.clauses.segments[segment - 1].end)
                    || view.function(s.start, Function::IN)
                        && s.start + 1 < s.end
                        && view.function(s.start + 1, Function::WHAT.or(Function::WHICH));
                if opens && !view.has_predicate(s.start..self.clauses.segments[segment - 1].end) {
                    return if view
                        .function(s.start, Function::WHAT.or(Function::BUT).or(Function::AND))
                    {
                        s.start + 1
                    } else {
                        s.start
                    };
                }
            }
            if k == 0 {
                return start;
            }
            k -= 1;
        }
    }

    /// Where the words after a parenthesis end: before another attribution.
    pub(super) fn rest_end(&self, segment: usize, from: usize, end: usize) -> usize {
        for k in segment + 1..self.clauses.segments.len() {
            let s = self.clauses.segments[k];
            if s.start > from && s.start < s.end {
                let facts = self.view.facts(s.start);
                let gerund = facts.form == CueForm::Gerund && facts.frames.any(Frames::SPEECH);
                if gerund || self.closes(k) {
                    return s.start - 1;
                }
            }
        }
        end
    }

    /// «Об этом сообщил X»: the sentence before is what was said.
    pub(super) fn about_this(
        &mut self,
        index: usize,
        cue: &Cue,
        (start, end): (usize, usize),
    ) -> bool {
        let view = self.view;
        // «Как передаёт X, об этом заявил Y»
        let opens = self.clauses.segments[cue.segment].start;
        let begin = if opens > start && view.function(start, Function::AS) {
            opens
        } else {
            start
        };
        let limit = cue.at.min(begin + 6);
        let about = (begin..limit).find(|&i| {
            view.function(i, Function::ABOUT)
                && i + 1 < end
                && (view.function(i + 1, Function::THIS)
                    || matches!(view.lower(i + 1), "чем" | "этом"))
        });
        let this = about.is_none()
            && cue.at == start + 1
            && view.lower(start) == "это"
            && cue.form == CueForm::Finite
            && !view.facts(cue.at).verb.any(Agreement::NEUTER);
        // «Такое мнение высказал X», «С таким заявлением выступил X»
        let such = about.is_none()
            && cue.at <= begin + 5
            && (begin..cue.at).any(|i| view.function(i, Function::SUCH) && i <= begin + 1)
            && (begin..cue.at).any(|i| view.frames(i, Frames::NOUN_THAT));
        if about.is_none_or(|i| i > begin + 2) && !this && !such {
            return false;
        }
        // «Об этом, как передаёт X, сообщил Y»: the verb outside the parenthesis has the words.
        if cue.segment > 0 && view.function(opens, Function::AS) && self.later_about(cue) {
            return true;
        }
        // «Об этом он заявил, отвечая …»: with «что» of its own it is another pattern.
        if self.clauses.next_begins_with(cue.segment, Function::WHAT) {
            return false;
        }
        let Some(previous) = index.checked_sub(1) else {
            return true;
        };
        let doc = view.doc;
        let (here, before) = (&doc.sentences[index], &doc.sentences[previous]);
        if here.block > before.block + 1
            || view.token(start).gap == Gap::Paragraph
                && !doc.blocks[before.block as usize].kind.is_article()
        {
            return true;
        }
        let (from, to) = clause::core(view, before.tokens);
        let said = self
            .found
            .iter()
            .rev()
            .take(8)
            .any(|d| (d.tokens.start as usize) < to && d.tokens.end as usize > from);
        if said || view.free_words(from..to) < 3 {
            return true;
        }
        let source = if cue.frames.any(Frames::IMPERSONAL) {
            self.clauses.document_place(cue)
        } else {
            self.clauses.subject(cue, start, true)
        };
        let confidence = if source.is_some() { 0.85 } else { 0.6 };
        self.push_with(
            vec![(from, to)],
            cue.tokens,
            source,
            "indirect.about_this",
            confidence,
            Some((start, end)),
        );
        true
    }

    /// Whether a cue that takes «об этом» stands in a later segment.
    fn later_about(&self, cue: &Cue) -> bool {
        let view = self.view;
        self.clauses.segments[cue.segment + 1..].iter().any(|s| {
            (s.start..s.end).any(|i| {
                view.frames(i, Frames::ABOUT)
                    && view.facts(i).form == CueForm::Finite
                    && !view.is_masked(i)
            })
        })
    }

    /// Headlines and lines like them: «X: A», in titles «A — X» too.
    pub(super) fn headline(&mut self, start: usize, end: usize, title: bool) {
        let view = self.view;
        // Arrows and bullets of a list.
        let start = (start..end)
            .find(|&i| view.token(i).is_wordlike() || view.kind(i) == TokenKind::Quote)
            .unwrap_or(start);
        if title && self.source_last(start, end) {
            return;
        }
        let Some(colon) = (start..end.min(start + 12)).find(|&i| view.kind(i) == TokenKind::Colon)
        else {
            return;
        };
        if colon + 2 >= end
            || view.kind(colon + 1) == TokenKind::Quote
            || view.has_predicate(start..colon)
        {
            return;
        }
        if (colon + 1..end).all(|i| view.is_masked(i) || !view.token(i).is_wordlike()) {
            return;
        }
        let Some(phrase) = phrase::read(view, start, colon, Wanted::Nominative, Agreement::ANY)
        else {
            return;
        };
        if phrase.end != colon || phrase.weight < 3 {
            return;
        }
        let said = view.has_predicate(colon + 1..end);
        // «Москва: 10 погибших» is a dateline; in running text a list may follow («Россия: …»).
        let kind = view.entity_at(phrase.head);
        let person =
            phrase.weight >= 5 || matches!(kind, Some(EntityType::Person | EntityType::Position));
        if kind == Some(EntityType::Place)
            || title && !said && view.free_words(colon + 1..end) < 4
            // «Вратари: Иванов, Петров»
            || !title && !said && phrase.weight < 5
            || !(title || person && view.capital(colon + 1) && view.token(colon + 1).is_wordlike())
        {
            return;
        }
        let source = phrase::source(view, phrase, Wanted::Nominative);
        let cue = TokenRange::new(colon, colon + 1);
        self.push_with(
            vec![(colon + 1, end)],
            cue,
            Some(source),
            "indirect.headline",
            if title { 0.75 } else { 0.6 },
            Some((start, colon + 1)),
        );
    }

    /// «A — X» at the end of a title.
    fn source_last(&mut self, start: usize, end: usize) -> bool {
        let view = self.view;
        let Some(dash) = (start + 3..end)
            .rev()
            .find(|&i| matches!(view.kind(i), TokenKind::Dash))
        else {
            return false;
        };
        if dash + 1 >= end || view.token(dash + 1).gap == Gap::None || end - dash > 8 {
            return false;
        }
        if !view.has_predicate(start..dash)
            || view.has_predicate(dash + 1..end)
            || view.is_masked(start)
        {
            return false;
        }
        let Some(phrase) = phrase::read(view, dash + 1, end, Wanted::Nominative, Agreement::ANY)
        else {
            return false;
        };
        let known = matches!(
            view.entity_at(phrase.head),
            Some(EntityType::Person | EntityType::Organisation | EntityType::Position)
        ) || view.function(
            phrase.head,
            Function::SOURCE.or(Function::MEDIA).or(Function::HEADLINE),
        );
        if phrase.end != end || !known {
            return false;
        }
        let source = phrase::source(view, phrase, Wanted::Nominative);
        let cue = TokenRange::new(dash, dash + 1);
        self.push_with(
            vec![(start, dash)],
            cue,
            Some(source),
            "indirect.headline_after",
            0.7,
            Some((dash, end)),
        )
    }
}

fn opener_index(start: usize, segment_start: usize) -> usize {
    segment_start.saturating_sub(1).max(start)
}
