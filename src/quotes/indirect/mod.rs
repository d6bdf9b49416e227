//! Indirect quotations in Russian: what a cue of speech, writing or opinion introduces without marks.
//!
//! Input: a sentence cut into segments; output: [`Draft`]s of kind indirect with cue and source. Here is settled which pattern
//! is tried for which cue; [`complement`] has the clause or infinitive that a cue governs, [`extent`] where such words end,
//! [`after`] words before and around «сказал X», [`parenthetical`] those around «по словам X», [`about`] a sentence before «Об
//! этом сообщил X», [`headline`] «X: A», [`outcome`] what is kept of it all. A cue inside words that are quotations already is
//! not looked at.

mod about;
mod after;
mod complement;
mod extent;
mod headline;
mod outcome;
mod parenthetical;

pub(super) use outcome::trim;

use super::clause::{self, Segment};
use super::english;
use super::subject::{Clauses, Cue};
use super::types::Draft;
use crate::document::TokenKind;
use crate::document::{BlockKind, Document, Lang, QuoteKind, Sentence, TokenRange};
use crate::lexis::cues::{CueForm, Frames, Function, Grammar};
use crate::view::View;
use outcome::prune;

/// Longest stretch that is worked through as one sentence, in tokens.
const LONGEST: usize = 500;

/// Appends the indirect quotations of the document to `drafts`, which hold the words in marks already.
pub fn find(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let doc = view.doc;
    // Cues that words in marks have claimed.
    let mut taken: Vec<TokenRange> = drafts
        .iter()
        .filter(|d| d.kind == QuoteKind::Direct)
        .filter_map(|d| d.attribution.as_ref().map(|a| a.cue))
        .collect();
    taken.sort_unstable();
    let mut finder = Finder {
        view,
        clauses: Clauses::new(view),
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
                    &view.known.glossary.languages.cues,
                    view,
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
    prune(view, drafts, &mut finder.found);
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
