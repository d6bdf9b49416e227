//! Words around a source in parenthesis: «A, по словам X, B», «по его мнению, A», «согласно X, A».
//!
//! Input: the noun or preposition of the parenthesis; output: a draft of the clause that the parenthesis breaks, in one part or
//! two. A noun phrase alone is no statement.

use super::Finder;
use crate::document::TokenRange;
use crate::document::{Rule, TokenKind};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Function, Grammar};

impl Finder<'_, '_, '_> {
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
            Rule::IndirectByWordsOf,
            bounds,
        )
    }

    /// Words around a parenthetical source that begins at token `from` of its segment.
    fn parenthetical(
        &mut self,
        segment: usize,
        from: usize,
        cue: TokenRange,
        source: SourcePhrase,
        rule: Rule,
        (start, end): (usize, usize),
    ) -> bool {
        let view = self.view;
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
        let mut rest_from = stop;
        while rest_from < end
            && matches!(view.kind(rest_from), TokenKind::Comma | TokenKind::Bracket)
        {
            rest_from += 1;
        }
        let rest = (rest_from < end).then_some((rest_from, end));
        // At the clause's start: «По словам X, A»; «Кроме того, по словам X, A»; «что, по словам X, A».
        let lead = self.lead_in(segment, from, start);
        let parts = if lead {
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
    fn lead_in(&self, segment: usize, from: usize, start: usize) -> bool {
        let view = self.view;
        let here = self.clauses.segments[segment];
        let small = |a: usize, b: usize| {
            (a..b).all(|i| {
                view.function(
                    i,
                    Function::ADVERB
                        .or(Function::AND)
                        .or(Function::CONTRAST)
                        .or(Function::WHAT)
                        .or(Function::DEMONSTRATIVE)
                        .or(Function::THIS)
                        .or(Function::SUBORDINATE),
                ) || view.grammar(i, Grammar::ADVERB.or(Grammar::PREPOSITION))
                    && !view.grammar(i, Grammar::FINITE)
                    || !view.token(i).is_wordlike()
                    || view.is_masked(i)
            })
        };
        if !small(here.start, from) {
            return false;
        }
        if segment == 0
            || from > here.start && here.start > start && view.function(here.start, Function::WHAT)
        {
            return true;
        }
        let before = self.clauses.segments[segment - 1];
        // «, что, по словам X, …» and «Кроме того, по словам X, …»
        let opens = small(before.start, before.end)
            && (segment == 1
                || view.function(
                    before.start,
                    Function::WHAT.or(Function::CONTRAST).or(Function::AND),
                ));
        opens || small(start, before.end)
    }

    /// Where the clause begins that a parenthesis in segment `segment` breaks.
    fn content_start_of_parenthetical(&self, segment: usize, start: usize) -> usize {
        let view = self.view;
        if segment == 0 {
            return start;
        }
        let mut k = segment - 1;
        // The clause that the parenthesis breaks: back to the segment that opens it.
        loop {
            let s = self.clauses.segments[k];
            if s.start < s.end {
                let opens = view.function(s.start, Function::WHAT.or(Function::WHICH))
                    || view.function(s.start, Function::CONTRAST.or(Function::AND))
                        && !view.has_predicate(s.start..self.clauses.segments[segment - 1].end)
                    || view.function(s.start, Function::IN)
                        && s.start + 1 < s.end
                        && view.function(s.start + 1, Function::WHAT.or(Function::WHICH));
                if opens && !view.has_predicate(s.start..self.clauses.segments[segment - 1].end) {
                    return if view.function(
                        s.start,
                        Function::WHAT.or(Function::CONTRAST).or(Function::AND),
                    ) {
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
}
