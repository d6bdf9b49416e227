//! Indirect quotations in Russian: what a cue of speech, writing or opinion introduces without marks.
//!
//! Input: a sentence cut into segments; output: [`Draft`]s of kind indirect with cue and source. Patterns: a clause after
//! «что», the infinitive of a request, words before or around «сказал X», «по словам X», «как отметил X», a sentence before
//! «Об этом сообщил X», headlines «X: …». A cue inside words that are quotations already is not looked at.

use super::clause::{self, Segment, View};
use super::cues::{Agreement, CueForm, Frames, Function, Grammar};
use super::english;
use super::phrase;
use super::subject::{Clauses, Cue};
use super::types::{Attribution, Draft, SourcePhrase};
use crate::document::{BlockKind, Document, Lang, QuoteKind, Rule, Sentence, TokenRange};
use crate::pipeline::{Resources, Scratch};
use crate::segment::{Gap, Side, TokenKind};
use crate::span::Span;

/// Longest stretch that is worked through as one sentence, in tokens.
const LONGEST: usize = 500;

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
    // Cues that words in marks have claimed.
    let mut taken: Vec<TokenRange> = drafts
        .iter()
        .filter(|d| d.kind == QuoteKind::Direct)
        .filter_map(|d| d.attribution.as_ref().map(|a| a.cue))
        .collect();
    taken.sort_unstable();
    let mut finder = Finder {
        view: &view,
        clauses: Clauses::new(&view),
        found: Vec::new(),
    };
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let range = sentence.tokens.range();
        let cue = Frames(!Frames::PHRASE.0);
        let title = is_headline(doc, sentence);
        let any = range
            .clone()
            .any(|i| view.frames(i, cue.or(Frames::PHRASE)) && !view.is_masked(i));
        let colon = || {
            range
                .clone()
                .take(12)
                .any(|i| view.kind(i) == TokenKind::Colon)
        };
        if !any && !title && !colon() {
            continue;
        }
        let english = doc.blocks[sentence.block as usize].lang == Lang::En || doc.lang == Lang::En;
        // A page without full stops is worked through in pieces, so that the work stays linear in its length.
        for start in range.clone().step_by(LONGEST) {
            let piece = TokenRange::new(start, range.end.min(start + LONGEST));
            if english {
                let first = taken.partition_point(|t| t.end <= piece.start);
                let last = taken.partition_point(|t| t.start < piece.end);
                english::sentence(
                    resources.quotes.english(),
                    &view,
                    piece,
                    title,
                    taken.get(first..last).unwrap_or(&[]),
                    &mut finder.found,
                );
            } else {
                finder.sentence(index, piece, title);
            }
        }
    }
    prune(&view, drafts, &mut finder.found);
    drafts.append(&mut finder.found);
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

/// Works through the sentences of one document.
pub struct Finder<'v, 'd> {
    pub(super) view: &'v View<'d>,
    pub(super) clauses: Clauses<'v, 'd>,
    pub(super) found: Vec<Draft>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, index: usize, tokens: TokenRange, title: bool) {
        let view = self.view;
        let (start, end) = clause::core(view, tokens);
        clause::segments(view, start, end, &mut self.clauses.segments);
        let before = self.found.len();
        self.clauses.previous = None;
        if title || end > start + 3 {
            self.headline(start, end, title);
            if self.found.len() > before {
                return;
            }
        }
        for segment in 0..self.clauses.segments.len() {
            let Segment {
                start: from,
                end: to,
                ..
            } = self.clauses.segments[segment];
            for at in from..to {
                if view.is_masked(at) || view.facts(at).frames.is_empty() {
                    continue;
                }
                self.cue(index, segment, at, (start, end));
            }
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
        if frames.any(Frames::PREPOSITION) && self.by_words_of(segment, at, (start, end)) {
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
            let from = self.clauses.segments[segment].start;
            // «хотел подчеркнуть» says nothing yet; «поспешил заявить» does.
            let verb = (from..at).rev().find(|&i| view.grammar(i, Grammar::FINITE));
            match verb {
                Some(verb) if at - verb <= 3 && view.function(verb, Function::BEGINS) => {
                    cue.agree = view.facts(verb).verb;
                }
                _ => return,
            }
        }
        if frames.any(Frames::DENIED) && !self.negated(at) {
            return;
        }
        if self.negated(at) && !frames.any(Frames::INFINITIVE) {
            // «не сказал, что»: nobody said it; «не исключил, что» is not in the list.
            let denies = frames.any(Frames::OPINION);
            if !denies {
                return;
            }
        }
        if frames.any(Frames::ABOUT.or(Frames::LIGHT)) && self.about_this(index, &cue, (start, end))
        {
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
        if self.behind_colon(&cue, (start, end)) {
            return;
        }
        if frames.any(Frames::AFTER) {
            self.after(&cue, (start, end));
        }
    }

    pub(super) fn negated(&self, at: usize) -> bool {
        at > 0 && self.view.function(at - 1, Function::NOT)
    }

    /// Finds the noun that makes a light verb a cue: «выразил надежду», «дал понять».
    pub(super) fn with_noun(&self, cue: &mut Cue) -> bool {
        let to = self.clauses.segments[cue.segment].end;
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
    pub(super) fn that_clause(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
        let view = self.view;
        let Some((conjunction, from, hops)) = self.conjunction(cue) else {
            return false;
        };
        // «сказал, что уверен в том, что»: one statement.
        let start_of_last = self
            .found
            .last()
            .map_or(usize::MAX, |d| d.tokens.start as usize);
        if cue.at == start_of_last && cue.form == CueForm::Short {
            return true;
        }
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
        let source = self.clauses.subject(cue, start, false);
        // «Это объясняется тем, что»: nobody said it.
        if source.as_ref().is_some_and(|s| {
            s.tokens.len() == 1
                && matches!(view.lower(s.head as usize), "это" | "всё" | "все" | "то")
                && !cue.agree.any(Agreement::PLURAL)
        }) {
            return false;
        }
        let impersonal = cue.frames.any(Frames::IMPERSONAL) && cue.form != CueForm::Infinitive;
        if source.is_none() && !impersonal && cue.frames.any(Frames::OPINION) {
            return false;
        }
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
            self.clauses
                .document_place(cue)
                .or(source.filter(|_| false))
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

    /// «Чиновники уверяют: водопровод проложат к осени»: a colon stands for «что». A list or a name behind it is no statement.
    fn behind_colon(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
        let view = self.view;
        let colon = self.clauses.segments[cue.segment].end;
        let speaks = cue.form == CueForm::Finite
            && cue.frames.any(Frames::THAT)
            && cue.frames.any(Frames::SPEECH)
            && !cue.frames.any(Frames::IMPERSONAL);
        if !speaks
            || colon + 3 >= end
            || view.kind(colon) != TokenKind::Colon
            || view.kind(colon + 1) == TokenKind::Quote
            || view.is_masked(colon + 1)
            || view.token(colon + 1).gap >= Gap::Paragraph
            // «A, говорит X: B»: words stand before it too.
            || view.has_predicate(start..self.clauses.segments[cue.segment].start)
        {
            return false;
        }
        let next = self.clauses.segments.get(cue.segment + 1).copied();
        if !next.is_some_and(|s| view.has_predicate(s.start..s.end)) {
            return false;
        }
        let to = self.clause_end(colon + 1, end, cue);
        let Some(source) = self.clauses.subject(cue, start, false) else {
            return false;
        };
        self.push(
            vec![(colon + 1, to)],
            cue.tokens,
            Some(source),
            "indirect.colon",
            0.75,
        )
    }

    /// The conjunction that opens the clause of a cue: its token, the first token of the clause, segments in between.
    pub(super) fn conjunction(&self, cue: &Cue) -> Option<(usize, usize, usize)> {
        let view = self.view;
        let mut hops = 0;
        // «подтвердили арест и подчеркнули, что»: the last verb has the clause.
        let own = self.clauses.segments[cue.segment];
        let claimed = (cue.at + 1..own.end).any(|i| {
            view.frames(i, Frames::THAT)
                && view.frames(i, Frames::VERB)
                && matches!(view.facts(i).form, CueForm::Finite | CueForm::Gerund)
        });
        if claimed {
            return None;
        }
        // «выразил надежду на встрече, что» is rare; «подтвердил прогноз прибыли, что ниже …» is not that.
        let noun = cue.tokens.end as usize;
        if cue.tokens.len() > 1
            && own.end > noun
            && !view.function(own.end - 1, Function::THAT)
            && !view.frames(cue.at, Frames::THAT)
        {
            return None;
        }
        for k in cue.segment + 1..self.clauses.segments.len().min(cue.segment + 5) {
            let segment = self.clauses.segments[k];
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
                let previous_end = self.clauses.segments[k - 1].end;
                // «сказал то, что хотел» has «что» as an object.
                let lead = if previous_end > 0 {
                    view.lower(previous_end - 1)
                } else {
                    ""
                };
                // «сказал то, что хотел» has «что» as an object; «указал на то, что» has a clause.
                let onto =
                    previous_end > 1 && matches!(view.lower(previous_end - 2), "на" | "за" | "про");
                if lead == "то" && !onto
                    || previous_end > 0 && view.function(previous_end - 1, Function::CORRELATE)
                {
                    return None;
                }
                if self.causal(previous_end) {
                    return None;
                }
                // «…, что помешало бы»: the clause as a whole is taken up again.
                let next = view.facts(first + 1);
                if hops > 0
                    && next.grammar.any(Grammar::FINITE)
                    && next.verb.any(Agreement::NEUTER)
                    && !next.grammar.any(Grammar::ANY_NOUN)
                {
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

    /// Whether what ends at token `end` makes «что» a reason or a condition: «в связи с тем», «под предлогом того».
    fn causal(&self, end: usize) -> bool {
        let lower = |back: usize| end.checked_sub(back).map_or("", |i| self.view.lower(i));
        if !matches!(lower(1), "тем" | "того" | "тому" | "то") {
            return false;
        }
        let is = |back: usize, what: Function| {
            end.checked_sub(back)
                .is_some_and(|i| self.view.function(i, what))
        };
        match lower(2) {
            "с" | "на" => is(3, Function::CAUSE_OF),
            _ => is(2, Function::CAUSE),
        }
    }

    /// Where the clause that begins at `from` ends: at the sentence's end, or before what is the narrator's again.
    pub(super) fn clause_end(&self, from: usize, end: usize, cue: &Cue) -> usize {
        let view = self.view;
        let request = cue.frames.any(Frames::INFINITIVE) && !cue.frames.any(Frames::THAT);
        // «Отметив, что A, X заявил …», «Когда X раскрыл, что A, Y …»: the main clause comes after.
        let opener = self.clauses.segments[cue.segment].start;
        let leading = cue.segment == 0
            && (cue.form == CueForm::Gerund && cue.at <= opener + 1
                || view.function(opener, Function::SUBORDINATE)
                    && !view.function(opener, Function::WHICH))
            || view.function(opener, Function::SUBORDINATE)
                && matches!(view.lower(opener), "когда");
        let subordinate = Function::WHAT
            .or(Function::WHICH)
            .or(Function::SUBORDINATE)
            .or(Function::AND)
            .or(Function::BUT)
            .or(Function::SO_THAT)
            .or(Function::IN)
            .or(Function::AS);
        for k in cue.segment + 1..self.clauses.segments.len() {
            let segment = self.clauses.segments[k];
            if segment.start <= from || segment.start >= segment.end || segment.bracketed {
                continue;
            }
            let first = segment.start;
            let before = first - 1;
            // «… уверена, что нужны книги: «A»»: behind the colon stands a quotation of its own.
            let quoted = view.kind(before) == TokenKind::Colon
                && view.kind(first) == TokenKind::Quote
                && view.is_masked(first + 1);
            if view.kind(before) == TokenKind::Semicolon || quoted {
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
            if leading
                && view.has_predicate(first..segment.end)
                && !view.function(first, subordinate)
            {
                return cut;
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
    pub(super) fn closes(&self, k: usize) -> bool {
        let view = self.view;
        let segment = self.clauses.segments[k];
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
        if self.clauses.next_begins_with(k, Function::WHAT) {
            return false;
        }
        let mut subjects = Vec::new();
        phrase::subjects(view, i + 1, segment.end, facts.verb, true, &mut subjects);
        subjects.iter().any(|s| s.weight >= 2)
            || facts.frames.any(Frames::IMPERSONAL)
            || self.clauses.in_office(i, segment.end).is_some()
    }
    /// «призвал X закрыть Y».
    fn infinitive(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
        let view = self.view;
        let segment = self.clauses.segments[cue.segment];
        let mut found = None;
        for i in cue.at + 1..segment.end {
            let facts = view.facts(i);
            if facts.grammar.any(Grammar::FINITE) && !facts.grammar.any(Grammar::ANY_NOUN) {
                break;
            }
            if facts.grammar.any(Grammar::INFINITIVE) {
                found = Some(i);
                break;
            }
        }
        if found.is_none() {
            // «предложил, по данным X, закрыть», «призвал всех, кто пришёл, остаться»
            for k in cue.segment + 1..self.clauses.segments.len().min(cue.segment + 3) {
                let s = self.clauses.segments[k];
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
                || matches!(view.lower(from - 1), "все" | "всё" | "это")
                || view.grammar(from - 1, Grammar::ADVERB)
                    && !view.grammar(from - 1, Grammar::ANY_NOUN))
        {
            from -= 1;
        }
        if cue.form == CueForm::Infinitive {
            return false;
        }
        let to = self.clause_end(from, end, cue);
        let source = self.clauses.subject(cue, start, false);
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
pub(super) fn trim(view: &View<'_>, mut a: usize, mut b: usize) -> Option<(usize, usize)> {
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
