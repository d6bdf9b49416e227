//! Indirect quotations in Russian: what a cue of speech, writing or opinion introduces without marks.
//!
//! Input: a sentence cut into segments; output: [`Draft`]s of kind indirect with cue and source. Here is settled which pattern
//! is tried for which cue; [`complement`] has the clause or infinitive that a cue governs, [`extent`] where such words end,
//! [`after`] words before and around «сказал X», [`parenthetical`] those around «по словам X», [`about`] a sentence before «Об
//! этом сообщил X», [`headline`] «X: A». A cue inside words that are quotations already is
//! not looked at.

mod about;
mod after;
mod complement;
mod extent;
mod headline;
mod parenthetical;

use super::clause;
use crate::document::{Rule, TokenRange};
use crate::language::clauses::{Clauses, Cue, Segment};
use crate::language::pack::Piece;
use crate::language::statement::statement;
use crate::language::types::{Attribution, Draft, SourcePhrase};
use crate::lexis::cues::{CueForm, Frames, Function, Grammar};
use crate::view::View;

/// Appends the indirect quotations of a piece of text.
pub(super) fn sentence(clauses: &mut Clauses<'_, '_>, piece: Piece<'_>, found: &mut Vec<Draft>) {
    let view = clauses.view;
    Finder {
        view,
        clauses,
        found,
    }
    .sentence(piece.sentence, piece.tokens, piece.title);
}

/// Works through one piece of text.
struct Finder<'f, 'v, 'd> {
    view: &'v View<'d>,
    clauses: &'f mut Clauses<'v, 'd>,
    found: &'f mut Vec<Draft>,
}

impl Finder<'_, '_, '_> {
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
        let mut cue = Cue::read(view, at, segment);
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
    fn with_noun(&self, cue: &mut Cue) -> bool {
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
}

impl Finder<'_, '_, '_> {
    /// Keeps token ranges as one quotation; says whether anything is left of them.
    pub(super) fn push(
        &mut self,
        parts: Vec<(usize, usize)>,
        cue: TokenRange,
        source: Option<SourcePhrase>,
        rule: Rule,
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
        rule: Rule,
        confidence: f32,
        tokens: Option<(usize, usize)>,
    ) -> bool {
        let (from, to) = tokens.unwrap_or((cue.start as usize, cue.end as usize));
        let cover = TokenRange::new(from, to);
        let attribution = Attribution::new(cue, source, cover, rule, confidence);
        let Some(mut draft) = statement(self.view, &parts, attribution) else {
            return false;
        };
        draft.parts.sort();
        if let Some(source) = draft.attribution.as_ref().and_then(|a| a.source.as_ref()) {
            self.clauses.previous = Some((draft.tokens.end as usize, source.clone()));
        }
        self.found.push(draft);
        true
    }
}
