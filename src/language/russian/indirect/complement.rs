//! Which clause or infinitive is what a cue introduces: «заявил, что A», «обвинил в том, что A», «уверяют: A», «призвал закрыть A».
//!
//! Input: a [`Cue`] that governs words; output: a draft of the words behind its conjunction, colon or verb. A conjunction that
//! belongs to a reason, a degree or another verb introduces nothing.

use super::Finder;
use crate::document::{Gap, Rule, TokenKind};
use crate::language::clauses::Cue;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function, Grammar};

impl Finder<'_, '_, '_> {
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
            Rule::IndirectThat,
            confidence,
        )
    }

    /// «Чиновники уверяют: водопровод проложат к осени»: a colon stands for «что». A list or a name behind it is no statement.
    pub(super) fn behind_colon(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
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
            Rule::IndirectColon,
            0.75,
        )
    }

    /// «призвал X закрыть Y».
    pub(super) fn infinitive(&mut self, cue: &Cue, (start, end): (usize, usize)) -> bool {
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
            Rule::IndirectInfinitive,
            confidence,
        )
    }

    /// The conjunction that opens the clause of a cue: its token, the first token of the clause, segments in between.
    fn conjunction(&self, cue: &Cue) -> Option<(usize, usize, usize)> {
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
            && !view.function(own.end - 1, Function::DEMONSTRATIVE)
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
            if view.function(first, Function::SUBORDINATE.or(Function::CONTRAST))
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
}
