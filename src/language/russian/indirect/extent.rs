//! Where words that somebody says end and the narrator goes on: before another attribution, a gerund of speech, the next
//! verb of the same speaker, the main clause behind a subordinate one.
//!
//! Input: the first token of the words, the end of the sentence, and the cue; output: a token, never past the sentence.

use super::Finder;
use crate::document::TokenKind;
use crate::language::clauses::Cue;
use crate::language::russian::phrase;
use crate::lexis::cues::{CueForm, Frames, Function, Grammar};

impl Finder<'_, '_, '_> {
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
            .or(Function::CONTRAST)
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
            let joined = view.function(first, Function::CONTRAST.or(Function::AND));
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
                && (view.function(first, Function::CONTRAST)
                    && view.has_predicate(first..segment.end)
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
}
