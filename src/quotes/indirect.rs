//! Indirect quotations in Russian: what a cue of speech, writing or opinion introduces without marks.
//!
//! Input: a sentence cut into segments; output: [`Draft`]s of kind indirect with cue and source. Patterns: a clause after
//! «что», the infinitive of a request, words before or around «сказал X», «по словам X», «как отметил X», a sentence before
//! «Об этом сообщил X», headlines «X: …». A cue inside words that are quotations already is not looked at.

use super::clause::{self, Segment, View};
use super::cues::{Agreement, CueForm, Frames, Function, Grammar};
use super::english;
use super::phrase::{self, Phrase, Wanted};
use super::types::{Attribution, Draft, SourcePhrase};
use crate::document::{BlockKind, Document, EntityType, Lang, QuoteKind, Rule, TokenRange};
use crate::pipeline::{Resources, Scratch};
use crate::segment::{Gap, Side, TokenKind};
use crate::span::Span;

/// Appends the indirect quotations of the document to `drafts`, which hold the words in marks already.
pub fn find(resources: &Resources, scratch: &Scratch, doc: &Document, drafts: &mut Vec<Draft>) {
    let mut view = View::new(doc, &scratch.words, &scratch.lexicon);
    for draft in drafts.iter() {
        if draft.kind == QuoteKind::Direct {
            for part in &draft.parts {
                view.mask(doc.tokens_in(*part));
            }
        }
    }
    let mut finder = Finder {
        view: &view,
        segments: Vec::new(),
        subjects: Vec::new(),
        found: Vec::new(),
        taken: drafts
            .iter()
            .filter_map(|d| d.attribution.as_ref().map(|a| a.cue))
            .collect(),
        last_sentence: usize::MAX,
    };
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let range = sentence.tokens.range();
        let cue = Frames(u32::MAX & !Frames::PHRASE.0);
        let title = doc.blocks[sentence.block as usize].kind == BlockKind::Title;
        let any = range
            .clone()
            .any(|i| view.frames(i, cue.or(Frames::PHRASE)) && !view.is_masked(i));
        if !any && !title {
            continue;
        }
        if doc.blocks[sentence.block as usize].lang == Lang::En || doc.lang == Lang::En {
            english::sentence(
                resources.quotes.cues(),
                &view,
                sentence.tokens,
                title,
                &mut finder.found,
            );
        } else {
            finder.sentence(index, title);
        }
    }
    drafts.append(&mut finder.found);
}

/// Works through the sentences of one document.
struct Finder<'v, 'd> {
    view: &'v View<'d>,
    segments: Vec<Segment>,
    subjects: Vec<Phrase>,
    found: Vec<Draft>,
    /// Cues that words in marks have claimed.
    taken: Vec<TokenRange>,
    last_sentence: usize,
}

/// A verb of a sentence as the rules use it.
#[derive(Clone, Copy)]
struct Cue {
    /// The verb.
    at: usize,
    /// Cue in tokens, where it has more than the verb.
    tokens: TokenRange,
    /// Index of its segment.
    segment: usize,
    form: CueForm,
    frames: Frames,
    agree: Agreement,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, index: usize, title: bool) {
        let view = self.view;
        let (start, end) = clause::core(view, view.doc.sentences[index].tokens);
        clause::segments(view, start, end, &mut self.segments);
        let before = self.found.len();
        if title {
            self.headline(start, end);
            if self.found.len() > before {
                return;
            }
        }
        for segment in 0..self.segments.len() {
            let Segment {
                start: from,
                end: to,
                ..
            } = self.segments[segment];
            for at in from..to {
                if view.is_masked(at) || view.facts(at).frames.is_empty() {
                    continue;
                }
                if self.taken.iter().any(|t| t.range().contains(&at)) {
                    // The cue of words in marks may introduce a clause too: «"A", — сказал X, добавив, что B» is another cue.
                    continue;
                }
                self.cue(index, segment, at, (start, end));
            }
        }
        if self.found.len() > before {
            self.last_sentence = index;
        }
    }

    fn cue(&mut self, index: usize, segment: usize, at: usize, (start, end): (usize, usize)) {
        let view = self.view;
        let facts = *view.facts(at);
        let frames = facts.frames;
        if frames.any(Frames::NOUN_PO) && self.by_words_of(segment, at, (start, end)) {
            return;
        }
        if frames.any(Frames::NOUN_SO)
            && at > start
            && view.function(at - 1, Function::SO)
            && self.by_words_of(segment, at, (start, end))
        {
            return;
        }
        if frames.any(Frames::PREPOSITION) && self.according_to(segment, at, (start, end)) {
            return;
        }
        if !frames.any(Frames::VERB.or(Frames::SHORT)) {
            return;
        }
        if facts.grammar.any(Grammar::FIRST_PERSON) && facts.form == CueForm::Finite {
            return;
        }
        let mut cue = Cue {
            at,
            tokens: TokenRange::new(at, at + 1),
            segment,
            form: facts.form,
            frames,
            agree: facts.verb,
        };
        if cue.form == CueForm::Infinitive {
            // «хочет сказать, что», «мог заявить»: the finite verb before it has the subject.
            let from = self.segments[segment].start;
            match (from..at).rev().find(|&i| view.grammar(i, Grammar::FINITE)) {
                Some(verb) if at - verb <= 3 => cue.agree = view.facts(verb).verb,
                _ => cue.agree = Agreement::ANY,
            }
        }
        if self.negated(at) && !frames.any(Frames::INFINITIVE) {
            // «не сказал, что»: nobody said it; «не исключил, что» is not in the list.
            let denies = frames.any(Frames::OPINION);
            if !denies {
                return;
            }
        }
        if frames.any(Frames::ABOUT) && self.about_this(index, &cue, (start, end)) {
            return;
        }
        if frames.any(Frames::LIGHT) && !frames.any(Frames::THAT) && !self.with_noun(&mut cue) {
            return;
        }
        if cue.form == CueForm::Short && !frames.any(Frames::IMPERSONAL) && frames.any(Frames::THAT)
            || frames.any(
                Frames::THAT
                    .or(Frames::FACT)
                    .or(Frames::SUBJUNCTIVE)
                    .or(Frames::NOUN_THAT)
                    .or(Frames::LIGHT),
            )
        {
            if frames.any(Frames::LIGHT) && cue.tokens.len() == 1 {
                self.with_noun(&mut cue);
            }
            if self.that_clause(&cue, (start, end)) {
                return;
            }
        }
        if frames.any(Frames::INFINITIVE) && self.infinitive(&cue, (start, end)) {
            return;
        }
        if frames.any(Frames::AFTER) {
            self.after(&cue, (start, end));
        }
    }

    fn negated(&self, at: usize) -> bool {
        at > 0 && self.view.function(at - 1, Function::NOT)
    }

    /// Finds the noun that makes a light verb a cue: «выразил надежду», «дал понять».
    fn with_noun(&self, cue: &mut Cue) -> bool {
        let to = self.segments[cue.segment].end;
        for i in cue.at + 1..to {
            if self.view.frames(i, Frames::NOUN_THAT) {
                cue.tokens = TokenRange::new(cue.at, i + 1);
                cue.frames.set(Frames::THAT);
                return true;
            }
        }
        false
    }

    /// «X заявил …, что A», «обвинил … в том, что A», «потребовал, чтобы A».
    fn that_clause(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
        let view = self.view;
        let Some((conjunction, from, hops)) = self.conjunction(cue) else {
            return false;
        };
        let fact = cue.frames.any(Frames::FACT) && !cue.frames.any(Frames::THAT);
        let so_that = view.function(conjunction, Function::SO_THAT);
        if so_that && !cue.frames.any(Frames::SUBJUNCTIVE) {
            return false;
        }
        if !so_that && !fact && !cue.frames.any(Frames::THAT) {
            return false;
        }
        let to = self.clause_end(from, end, cue);
        if to <= from {
            return false;
        }
        let source = self.subject(cue, start, false);
        let impersonal = cue.frames.any(Frames::IMPERSONAL) && cue.form != CueForm::Infinitive;
        let mut confidence = match (&source, hops) {
            (Some(_), 0) => 0.9,
            (Some(_), _) => 0.75,
            (None, _) if impersonal => 0.8,
            (None, _) => 0.6,
        };
        if cue.form == CueForm::Infinitive {
            confidence -= 0.25;
        }
        let source = if impersonal && cue.form != CueForm::Infinitive {
            self.document_place(cue).or(source.filter(|_| false))
        } else {
            source
        };
        self.push(
            vec![(from, to)],
            cue.tokens,
            source,
            "indirect.that",
            confidence,
        )
    }

    /// The conjunction that opens the clause of a cue: its token, the first token of the clause, segments in between.
    fn conjunction(&self, cue: &Cue) -> Option<(usize, usize, usize)> {
        let view = self.view;
        let mut hops = 0;
        for k in cue.segment + 1..self.segments.len().min(cue.segment + 5) {
            let segment = self.segments[k];
            if segment.start >= segment.end {
                continue;
            }
            let opener = view.kind(segment.start.saturating_sub(1));
            if matches!(opener, TokenKind::Semicolon | TokenKind::Colon) {
                return None;
            }
            let first = segment.start;
            let function = view.facts(first).function;
            if function.any(Function::WHAT.or(Function::SO_THAT).or(Function::AS_IF))
                && !view.is_masked(first)
            {
                let previous_end = self.segments[k - 1].end;
                // «сказал то, что хотел» has «что» as an object.
                if previous_end > 0 && view.lower(previous_end - 1) == "то" {
                    return None;
                }
                let mut from = first + 1;
                // «что, если …»
                while from < view.doc.tokens.len() && view.kind(from) == TokenKind::Comma {
                    from += 1;
                }
                return Some((first, from, hops));
            }
            // «как будто»
            if function.any(Function::AS) && view.function(first + 1, Function::AS_IF) {
                return Some((first, first + 2, hops));
            }
            hops += 1;
            // What may stand between: appositions, gerunds, relatives; no clause of its own.
            let relative =
                (first..segment.end.min(first + 3)).any(|i| view.function(i, Function::WHICH));
            let gerund = view.grammar(first, Grammar::GERUND);
            if view.function(first, Function::SUBORDINATE.or(Function::BUT))
                || view.has_predicate(first..segment.end)
                    && !relative
                    && !gerund
                    && !segment.bracketed
            {
                return None;
            }
            // Another cue claims the conjunction.
            if (first..segment.end).any(|i| {
                view.frames(i, Frames::VERB)
                    && view.facts(i).form != CueForm::None
                    && view.frames(i, Frames::THAT)
            }) {
                return None;
            }
        }
        None
    }

    /// Where the clause that begins at `from` ends: at the sentence's end, or before what is the narrator's again.
    fn clause_end(&self, from: usize, end: usize, cue: &Cue) -> usize {
        let view = self.view;
        let request = cue.frames.any(Frames::INFINITIVE) && !cue.frames.any(Frames::THAT);
        for k in cue.segment + 1..self.segments.len() {
            let segment = self.segments[k];
            if segment.start <= from || segment.start >= segment.end || segment.bracketed {
                continue;
            }
            let first = segment.start;
            let before = first - 1;
            if view.kind(before) == TokenKind::Semicolon {
                return before;
            }
            if view.kind(before) != TokenKind::Comma && view.kind(before) != TokenKind::Dash {
                continue;
            }
            let cut = if view.kind(before) == TokenKind::Dash
                && before > from
                && view.kind(before - 1) == TokenKind::Comma
            {
                before - 1
            } else {
                before
            };
            let facts = view.facts(first);
            // «…, добавив, что», «…, подчеркнув»
            if facts.form == CueForm::Gerund
                && facts.frames.any(Frames::VERB)
                && facts.frames.any(Frames::SPEECH)
                && !view.is_masked(first)
            {
                return cut;
            }
            // «…, передаёт ТАСС», «…, сообщил X»
            if self.closes(k) {
                return cut;
            }
            // «…, а также назвал», «…, но добавил, что»
            let joined = view.function(first, Function::BUT.or(Function::AND));
            if joined
                && let Some(verb) = (first..segment.end.min(first + 6)).find(|&i| {
                    view.facts(i).form == CueForm::Finite && view.frames(i, Frames::SPEECH)
                })
            {
                let same = cue.form == CueForm::Finite
                    && view.facts(verb).verb == cue.agree
                    && view.grammar(verb, Grammar::PAST) == view.grammar(cue.at, Grammar::PAST);
                if same && view.frames(verb, Frames::THAT.or(Frames::INFINITIVE)) {
                    return cut;
                }
            }
            if request
                && (view.function(first, Function::BUT) && view.has_predicate(first..segment.end)
                    || view.function(first, Function::IN)
                        && view.function(first + 1, Function::WHAT))
            {
                return cut;
            }
        }
        // «… и попросил убежища», «… и добавил, что»: the narrator's verb again.
        for i in from + 1..end {
            if view.function(i, Function::AND) && i + 1 < end && !view.is_masked(i) {
                let mut j = i + 1;
                while j < end
                    && j < i + 4
                    && (view.grammar(j, Grammar::ADVERB) || view.function(j, Function::ADVERB))
                    && view.facts(j).form == CueForm::None
                {
                    j += 1;
                }
                let facts = view.facts(j);
                if j < end
                    && facts.form == cue.form
                    && facts.frames.any(Frames::SPEECH)
                    && facts.verb == cue.agree
                    && view.grammar(j, Grammar::PAST) == view.grammar(cue.at, Grammar::PAST)
                    && matches!(cue.form, CueForm::Finite)
                {
                    return i;
                }
            }
        }
        end
    }

    /// Whether segment `k` says whose words stand before it: it begins with a verb that may follow the words.
    fn closes(&self, k: usize) -> bool {
        let view = self.view;
        let segment = self.segments[k];
        let mut i = segment.start;
        if i >= segment.end {
            return false;
        }
        if view.function(i, Function::AS) {
            i += 1;
        }
        while i < segment.end && i < segment.start + 3 && view.function(i, Function::ADVERB) {
            i += 1;
        }
        if i >= segment.end || view.is_masked(i) {
            return false;
        }
        let facts = view.facts(i);
        if facts.form != CueForm::Finite || !facts.frames.any(Frames::AFTER.or(Frames::VIA)) {
            return false;
        }
        // It opens a clause of its own («…, сообщил, что»), or lacks a subject: then it goes on with the narrator's tale.
        if self.next_begins_with(k, Function::WHAT) {
            return false;
        }
        let mut subjects = Vec::new();
        phrase::subjects(view, i + 1, segment.end, facts.verb, &mut subjects);
        subjects.iter().any(|s| s.weight >= 2)
            || facts.frames.any(Frames::IMPERSONAL)
            || self.in_office(i, segment.end).is_some()
    }

    fn next_begins_with(&self, k: usize, function: Function) -> bool {
        self.segments
            .get(k + 1)
            .is_some_and(|s| s.start < s.end && self.view.function(s.start, function))
    }

    /// «призвал X закрыть Y».
    fn infinitive(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
        let view = self.view;
        let segment = self.segments[cue.segment];
        let mut found = None;
        for i in cue.at + 1..segment.end {
            let facts = view.facts(i);
            if facts.grammar.any(Grammar::FINITE) && !facts.grammar.any(ANY_CASE) {
                break;
            }
            if facts.grammar.any(Grammar::INFINITIVE) {
                found = Some(i);
                break;
            }
        }
        if found.is_none() {
            // «предложил, по данным X, закрыть», «призвал всех, кто пришёл, остаться»
            for k in cue.segment + 1..self.segments.len().min(cue.segment + 3) {
                let s = self.segments[k];
                if s.start < s.end
                    && view.grammar(s.start, Grammar::INFINITIVE)
                    && view.facts(s.start).form == CueForm::None
                    && cue.segment + 1 < k
                {
                    found = Some(s.start);
                    break;
                }
            }
        }
        let Some(mut from) = found else { return false };
        while from > cue.at + 1
            && (view.function(from - 1, Function::NOT)
                || view.grammar(from - 1, Grammar::ADVERB) && !view.grammar(from - 1, ANY_CASE))
        {
            from -= 1;
        }
        if cue.form == CueForm::Infinitive {
            return false;
        }
        let to = self.clause_end(from, end, cue);
        let source = self.subject(cue, start, false);
        let confidence = if source.is_some() { 0.75 } else { 0.5 };
        if source.is_none() && cue.form == CueForm::Short {
            return false;
        }
        self.push(
            vec![(from, to)],
            cue.tokens,
            source,
            "indirect.infinitive",
            confidence,
        )
    }

    /// «A, сообщил X», «A1, сказал он, A2», «Как отметил X, A».
    fn after(&mut self, cue: &Cue, (start, end): (usize, usize)) {
        let view = self.view;
        if cue.form != CueForm::Finite
            && !(cue.form == CueForm::Short
                && (cue.frames.any(Frames::IMPERSONAL) || cue.frames.any(Frames::OPINION)))
        {
            return;
        }
        let segment = self.segments[cue.segment];
        // What stands before the verb in its segment: «как», adverbs, time, or the subject after «как».
        let as_said = (segment.start..cue.at).find(|&i| view.function(i, Function::AS));
        if let Some(i) = as_said
            && i > segment.start + 1
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
        if self.next_begins_with(cue.segment, Function::WHAT.or(Function::SO_THAT)) {
            return;
        }
        let first_segment = cue.segment == 0
            || self.segments[..cue.segment]
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
            self.document_place(cue)
        } else {
            self.subject(cue, start, true)
        };
        if source.is_none() && !impersonal {
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
        // Where the attribution ends: segments of an apposition or a relative clause belong to it.
        let mut last = cue.segment;
        let source_end = source
            .as_ref()
            .map_or(segment.end, |s| s.tokens.end as usize);
        while last + 1 < self.segments.len() && self.segments[last].end < source_end {
            last += 1;
        }
        let mut tail = self.segments.len();
        let mut k = last + 1;
        while k < self.segments.len() {
            let s = self.segments[k];
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
            if facts.grammar.any(Grammar::GERUND)
                || self.closes(k)
                || facts.grammar.any(Grammar::PARTICIPLE)
                || which
            {
                last = k;
                k += 1;
                continue;
            }
            let more = k + 1 < self.segments.len();
            let nominal = !view.has_predicate(s.start..s.end)
                && facts.grammar.any(Grammar::NOM.or(Grammar::ADJ_NOM))
                && !view.function(s.start, Function::AND.or(Function::BUT));
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
        let rest = (tail < self.segments.len()).then(|| (self.segments[tail].start, end));
        let rule = if as_said.is_some() {
            "indirect.as_said"
        } else {
            "indirect.after"
        };
        let head = (!first_segment).then(|| {
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
        if words < 2 {
            return;
        }
        let confidence = if parts.len() == 1 { 0.85 } else { 0.7 };
        let (from, to) = (segment.start, self.segments[last].end);
        let start_token = if first_segment { from } else { opener };
        self.push_with(
            parts,
            cue.tokens,
            source,
            rule,
            confidence,
            Some((start_token, to)),
        );
    }

    fn predicate_before(&self, to: usize, from: usize) -> bool {
        self.view.has_predicate(from..to)
    }

    /// Where the words before an attribution begin: after the attribution before, or at the sentence's start.
    fn content_start(&self, segment: usize, start: usize, inserted: bool) -> usize {
        let view = self.view;
        let mut from = start;
        // After words in marks nothing of them belongs to the indirect words.
        let to = self.segments[segment].start;
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
            let previous = self.segments[segment - 1];
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

    /// «по словам X», «по его мнению», «со слов X».
    fn by_words_of(&mut self, segment: usize, at: usize, bounds: (usize, usize)) -> bool {
        let view = self.view;
        let from = self.segments[segment].start;
        let Some(po) = (from.max(at.saturating_sub(3))..at)
            .rev()
            .find(|&i| view.function(i, Function::PO.or(Function::SO)))
        else {
            return false;
        };
        if view.function(po, Function::SO) && !view.frames(at, Frames::NOUN_SO) {
            return false;
        }
        let possessive = (po + 1..at).find(|&i| view.grammar(i, Grammar::POSSESSIVE));
        let source = match possessive {
            Some(i) => Some(SourcePhrase {
                tokens: TokenRange::new(i, i + 1),
                head: i as u32,
                mention: None,
            }),
            None => {
                let mut next = at + 1;
                // «по словам же X», «по данным на пятницу»
                while next < bounds.1 && matches!(view.lower(next), "же" | "самого" | "самой")
                {
                    next += 1;
                }
                let whole = self.segments[segment].end.max(next);
                phrase::read(
                    view,
                    next,
                    whole.min(bounds.1),
                    Wanted::Genitive,
                    Agreement::ANY,
                )
                .map(|p| phrase::source(view, p, Wanted::Genitive))
            }
        };
        let Some(source) = source else {
            return false;
        };
        let cue = TokenRange::new(po, at + 1);
        self.parenthetical(segment, po, cue, source, "indirect.by_words_of", bounds)
    }

    /// «согласно X».
    fn according_to(&mut self, segment: usize, at: usize, bounds: (usize, usize)) -> bool {
        let view = self.view;
        let to = self.segments[segment].end;
        let Some(phrase) = phrase::read(view, at + 1, to, Wanted::Dative, Agreement::ANY) else {
            return false;
        };
        let head = phrase.head;
        // «согласно закону» says what the law is; only documents and people speak.
        let speaks = view.function(head, Function::DOCUMENT)
            || view.frames(head, Frames::NOUN_PO)
            || view.entity_at(head).is_some();
        if !speaks {
            return false;
        }
        let source = phrase::source(view, phrase, Wanted::Dative);
        let cue = if view.frames(head, Frames::NOUN_PO) {
            TokenRange::new(at, head + 1)
        } else {
            TokenRange::new(at, at + 1)
        };
        // «согласно данным X»: X speaks.
        let source = if view.frames(head, Frames::NOUN_PO) && phrase.end > head + 1 {
            match phrase::read(view, head + 1, phrase.end, Wanted::Genitive, Agreement::ANY) {
                Some(p) => phrase::source(view, p, Wanted::Genitive),
                None => source,
            }
        } else {
            source
        };
        self.parenthetical(segment, at, cue, source, "indirect.according_to", bounds)
    }

    /// Words around a parenthetical source that begins at token `from` of its segment.
    fn parenthetical(
        &mut self,
        segment: usize,
        from: usize,
        cue: TokenRange,
        source: SourcePhrase,
        rule: &'static str,
        (start, end): (usize, usize),
    ) -> bool {
        let view = self.view;
        let here = self.segments[segment];
        let mut stop = (source.tokens.end.max(cue.end)) as usize;
        // An apposition after the name («по словам Иванова, главы района, …») or a relative clause.
        let mut k = segment;
        while k + 1 < self.segments.len()
            && self.segments[k].end <= stop
            && self.segments[k + 1].start <= stop
        {
            k += 1;
        }
        while k + 2 < self.segments.len() && stop == self.segments[k].end {
            let next = self.segments[k + 1];
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
    fn lead_in(&self, segment: usize, from: usize, start: usize) -> Option<usize> {
        let view = self.view;
        let here = self.segments[segment];
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
        let before = self.segments[segment - 1];
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

    fn content_start_of_parenthetical(&self, segment: usize, start: usize) -> usize {
        let view = self.view;
        if segment == 0 {
            return start;
        }
        let here = self.segments[segment];
        let mut k = segment - 1;
        // The clause that the parenthesis breaks: back to the segment that opens it.
        let _ = here;
        loop {
            let s = self.segments[k];
            if s.start < s.end {
                let opens = view.function(s.start, Function::WHAT.or(Function::WHICH))
                    || view.function(s.start, Function::BUT.or(Function::AND))
                        && !view.has_predicate(s.start..self.segments[segment - 1].end)
                    || view.function(s.start, Function::IN)
                        && s.start + 1 < s.end
                        && view.function(s.start + 1, Function::WHAT.or(Function::WHICH));
                if opens && !view.has_predicate(s.start..self.segments[segment - 1].end) {
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
    fn rest_end(&self, segment: usize, from: usize, end: usize) -> usize {
        for k in segment + 1..self.segments.len() {
            let s = self.segments[k];
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
    fn about_this(&mut self, index: usize, cue: &Cue, (start, end): (usize, usize)) -> bool {
        let view = self.view;
        let limit = cue.at.min(start + 6);
        let about = (start..limit).find(|&i| {
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
        if about.is_none_or(|i| i > start + 2) && !this {
            return false;
        }
        // «Об этом он заявил, отвечая …»: with «что» of its own it is another pattern.
        if self.next_begins_with(cue.segment, Function::WHAT) {
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
        if doc.blocks[before.block as usize].kind == BlockKind::Title
            && doc.blocks[here.block as usize].kind != BlockKind::Title
        {
            return true;
        }
        let (from, to) = clause::core(view, before.tokens);
        let said = self
            .found
            .iter()
            .any(|d| (d.tokens.start as usize) < to && d.tokens.end as usize > from);
        if said || view.free_words(from..to) < 3 {
            return true;
        }
        let source = self.subject(cue, start, true);
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

    /// Headlines: «X: A».
    fn headline(&mut self, start: usize, end: usize) {
        let view = self.view;
        let Some(colon) = (start..end).find(|&i| view.kind(i) == TokenKind::Colon) else {
            return;
        };
        if colon > start + 10
            || colon + 2 >= end
            || (colon + 1..end).all(|i| view.is_masked(i) || !view.token(i).is_wordlike())
        {
            return;
        }
        if view.has_predicate(start..colon) {
            return;
        }
        let Some(phrase) = phrase::read(view, start, colon, Wanted::Nominative, Agreement::ANY)
        else {
            return;
        };
        if phrase.end != colon || phrase.weight < 3 {
            return;
        }
        // «Москва: 10 погибших» is a dateline.
        if view.entity_at(phrase.head) == Some(EntityType::Place)
            || !view.has_predicate(colon + 1..end) && view.free_words(colon + 1..end) < 4
        {
            return;
        }
        if view.kind(colon + 1) == TokenKind::Quote {
            return;
        }
        let source = phrase::source(view, phrase, Wanted::Nominative);
        let to = end;
        let cue = TokenRange::new(colon, colon + 1);
        self.push_with(
            vec![(colon + 1, to)],
            cue,
            Some(source),
            "indirect.headline",
            0.7,
            Some((start, colon + 1)),
        );
    }

    /// The subject of a cue; `after_first` where the verb stands after its words.
    fn subject(&mut self, cue: &Cue, start: usize, after_first: bool) -> Option<SourcePhrase> {
        let view = self.view;
        let segment = self.segments[cue.segment];
        if cue.form == CueForm::Gerund {
            return self.subject_of_gerund(cue, start);
        }
        if cue.form == CueForm::Participle {
            return self.noun_of_participle(cue, start);
        }
        // «X, который заявил, что»
        if let Some(which) = (segment.start..cue.at).find(|&i| {
            view.function(i, Function::WHICH)
                && view.facts(i).grammar.any(Grammar::NOM.or(Grammar::ADJ_NOM))
        }) && which <= segment.start + 2
            && segment.start > start
        {
            return self.antecedent(segment.start - 1, start);
        }
        let clause_end = segment.end;
        let after = self.best_subject(cue.at + 1, clause_end, cue.agree, false);
        // «сообщил X» with the name in the next segment («сообщила, отвечая на вопрос, X»): seldom, left out.
        let mut before = self.best_subject(segment.start, cue.at, cue.agree, true);
        if before.is_none() && !after_first {
            before = self.subject_across(cue, start);
        }
        let (first, second) = if after_first {
            (after, before)
        } else {
            (before, after)
        };
        let phrase = match (first, second) {
            (Some(a), Some(b)) if a.weight <= 1 && b.weight > 2 => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        };
        if let Some(phrase) = phrase {
            return Some(phrase::source(view, phrase, Wanted::Nominative));
        }
        // «отмечают в ведомстве»
        if cue.agree.any(Agreement::PLURAL) {
            return self
                .in_office(cue.at, segment.end)
                .or_else(|| self.in_office(segment.start.wrapping_sub(1), cue.at));
        }
        None
    }

    /// A place that speaks after a verb in the plural: «сообщили в мэрии», «рассказали на заводе».
    fn in_office(&self, at: usize, end: usize) -> Option<SourcePhrase> {
        let view = self.view;
        let mut i = at.wrapping_add(1);
        while i < end {
            if view.function(i, Function::IN) {
                if let Some(phrase) =
                    phrase::read(view, i + 1, end, Wanted::Locative, Agreement::ANY)
                {
                    let quiet = view.function(phrase.head, Function::TIME.or(Function::SETTING))
                        || view.kind(phrase.head) == TokenKind::Number
                        || view.entity_at(phrase.head) == Some(EntityType::Place);
                    if !quiet {
                        return Some(phrase::source(view, phrase, Wanted::Locative));
                    }
                    i = phrase.end;
                    continue;
                }
            }
            i += 1;
        }
        None
    }

    /// «сообщается на сайте управления», «говорится в сообщении министерства»: the document's place.
    fn document_place(&self, cue: &Cue) -> Option<SourcePhrase> {
        let view = self.view;
        let segment = self.segments[cue.segment];
        for (from, to) in [(cue.at + 1, segment.end), (segment.start, cue.at)] {
            for i in from..to {
                let preposition = view.function(i, Function::IN) || matches!(view.lower(i), "из");
                if !preposition || !view.grammar(i, Grammar::PREPOSITION) {
                    continue;
                }
                let wanted = if view.lower(i) == "из" {
                    Wanted::Genitive
                } else {
                    Wanted::Locative
                };
                let Some(phrase) = phrase::read(view, i + 1, to, wanted, Agreement::ANY) else {
                    continue;
                };
                if view.function(phrase.head, Function::TIME) {
                    continue;
                }
                if view.function(phrase.head, Function::DOCUMENT)
                    || view.entity_at(phrase.head) == Some(EntityType::Organisation)
                {
                    // «в сообщении министерства»: the ministry speaks.
                    if phrase.end > phrase.head + 1
                        && let Some(owner) = phrase::read(
                            view,
                            phrase.head + 1,
                            phrase.end,
                            Wanted::Genitive,
                            Agreement::ANY,
                        )
                    {
                        return Some(phrase::source(view, owner, Wanted::Genitive));
                    }
                    return Some(phrase::source(view, phrase, wanted));
                }
            }
        }
        None
    }

    /// The best candidate of a range: the likeliest to speak; `last`: of equals the one nearest to the verb behind it.
    fn best_subject(
        &mut self,
        start: usize,
        end: usize,
        agree: Agreement,
        last: bool,
    ) -> Option<Phrase> {
        let mut subjects = std::mem::take(&mut self.subjects);
        phrase::subjects(self.view, start, end, agree, &mut subjects);
        let weight = |p: &Phrase| p.weight.min(3);
        let best = if last {
            subjects.iter().rev().max_by_key(|p| weight(p)).copied()
        } else {
            // The first of the best: max_by_key takes the last.
            subjects.iter().rev().max_by_key(|p| weight(p)).copied()
        };
        self.subjects = subjects;
        best.filter(|p| p.weight > 0)
    }

    /// «X, глава Y, заявил, что»: over appositions and gerunds back to the sentence's start or another clause.
    fn subject_across(&mut self, cue: &Cue, start: usize) -> Option<Phrase> {
        let view = self.view;
        let mut best: Option<Phrase> = None;
        let mut k = cue.segment;
        while k > 0 {
            k -= 1;
            let s = self.segments[k];
            if s.start >= s.end {
                continue;
            }
            let relative =
                (s.start..s.end.min(s.start + 3)).any(|i| view.function(i, Function::WHICH));
            let found = if relative || s.bracketed {
                None
            } else {
                self.best_subject(s.start, s.end, cue.agree, true)
            };
            if let Some(phrase) = found
                && best.is_none_or(|b| phrase.weight >= b.weight.min(4))
            {
                best = Some(phrase);
            }
            if s.start == start || view.has_predicate(s.start..s.end) && !relative {
                break;
            }
        }
        best
    }

    /// The subject of the finite verb that a gerund leans on: another cue's source, or the sentence's subject.
    fn subject_of_gerund(&mut self, cue: &Cue, start: usize) -> Option<SourcePhrase> {
        let view = self.view;
        if let Some(last) = self.found.last()
            && last.tokens.end as usize > start
            && let Some(source) = last.attribution.as_ref().and_then(|a| a.source.clone())
        {
            return Some(source);
        }
        for order in [true, false] {
            let mut k = cue.segment;
            loop {
                let s = self.segments[k];
                let verb = (s.start..s.end).find(|&i| {
                    view.grammar(i, Grammar::FINITE)
                        && view.mention_at(i).is_none()
                        && !view.is_masked(i)
                });
                if let Some(verb) = verb {
                    let agree = view.facts(verb).verb;
                    let subject = self
                        .best_subject(s.start, verb, agree, true)
                        .or_else(|| self.best_subject(verb + 1, s.end, agree, false));
                    if let Some(phrase) = subject {
                        return Some(phrase::source(view, phrase, Wanted::Nominative));
                    }
                }
                if order {
                    if k == 0 {
                        break;
                    }
                    k -= 1;
                } else {
                    k += 1;
                    if k >= self.segments.len() {
                        break;
                    }
                }
            }
        }
        None
    }

    /// «Иванову, считающему, что»: the noun before the comma.
    fn noun_of_participle(&self, cue: &Cue, start: usize) -> Option<SourcePhrase> {
        let segment = self.segments[cue.segment];
        if segment.start > start && cue.at <= segment.start + 2 {
            return self.antecedent(segment.start - 1, start);
        }
        None
    }

    /// The noun phrase that ends before the comma at `comma`.
    fn antecedent(&self, comma: usize, start: usize) -> Option<SourcePhrase> {
        let view = self.view;
        if comma <= start {
            return None;
        }
        let last = comma - 1;
        let (mut from, mention) = match view.mention_at(last) {
            Some(m) => (view.doc.mentions[m as usize].tokens.start as usize, Some(m)),
            None => (last, None),
        };
        let person =
            mention.is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Person);
        // The title before a name, the adjectives and nouns before a noun.
        while from > start {
            let j = from - 1;
            let grammar = view.facts(j).grammar;
            let nominal = grammar.any(ANY_CASE.or(Grammar(0x3F << 6)))
                && !grammar.any(Grammar::PREPOSITION.or(Grammar::PRONOUN))
                && !grammar.any(Grammar::FINITE);
            if nominal && view.token(j).is_wordlike() || view.foreign_name(j) {
                from = j;
            } else {
                break;
            }
        }
        let mention = if person {
            mention
        } else {
            mention.or_else(|| {
                (from..last).find_map(|i| {
                    view.mention_at(i)
                        .filter(|&m| view.doc.mentions[m as usize].kind == EntityType::Position)
                })
            })
        };
        Some(SourcePhrase {
            tokens: TokenRange::new(from, comma),
            head: mention.map_or(from as u32, |m| view.doc.mentions[m as usize].tokens.start),
            mention,
        })
    }

    fn push(
        &mut self,
        parts: Vec<(usize, usize)>,
        cue: TokenRange,
        source: Option<SourcePhrase>,
        rule: &'static str,
        confidence: f32,
    ) -> bool {
        self.push_with(parts, cue, source, rule, confidence, None)
    }

    fn push_with(
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

const ANY_CASE: Grammar = Grammar(0x3F);

fn opener_index(start: usize, segment_start: usize) -> usize {
    segment_start.saturating_sub(1).max(start)
}

/// Takes punctuation off both ends; marks stay where they pair within.
fn trim(view: &View<'_>, mut a: usize, mut b: usize) -> Option<(usize, usize)> {
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
