//! A document with the facts of its words, as the steps about quoted words read it.

use crate::document::{Document, Lang, TokenRange};
use crate::document::{LetterCase, Token, TokenKind};
use crate::morph::Reading;
use crate::pipeline::Scratch;
use crate::span::Span;

use super::types::Part;
use crate::language::clause_words::ClauseFacts;
use crate::language::cues::{CueForm, Frames, WordFacts};

/// Read access by token index; an index past the end is a token of kind [`TokenKind::Other`] without facts.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub doc: &'a Document,
    pub scratch: &'a Scratch,
}

impl<'a> View<'a> {
    pub fn token(&self, i: usize) -> Option<&'a Token> {
        self.doc.tokens.get(i)
    }

    pub fn kind(&self, i: usize) -> TokenKind {
        self.token(i).map_or(TokenKind::Other, |t| t.kind)
    }

    pub fn case(&self, i: usize) -> LetterCase {
        self.token(i).map_or(LetterCase::None, |t| t.case)
    }

    pub fn text(&self, i: usize) -> &'a str {
        self.token(i).map_or("", |t| t.span.slice(&self.doc.text))
    }

    /// A lower-case word.
    pub fn lower(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Word && self.case(i) == LetterCase::Lower
    }

    /// A word with a capital, an initial, or a number: what a sentence may begin with.
    pub fn capital(&self, i: usize) -> bool {
        !matches!(self.case(i), LetterCase::Lower | LetterCase::None)
            || matches!(self.kind(i), TokenKind::Number | TokenKind::NumberWord)
    }

    pub fn clause(&self, i: usize) -> ClauseFacts {
        self.scratch
            .words
            .get(i)
            .map_or(ClauseFacts::default(), |&w| {
                self.scratch.lexicon.facts(w).clause
            })
    }

    pub fn cue(&self, i: usize) -> WordFacts {
        self.scratch
            .words
            .get(i)
            .map_or(WordFacts::default(), |&w| {
                self.scratch.lexicon.facts(w).quote
            })
    }

    pub fn readings(&self, i: usize) -> &'a [Reading] {
        self.scratch
            .words
            .get(i)
            .map_or(&[], |&w| &self.scratch.lexicon.facts(w).readings)
    }

    /// A verb or short form that quoted words may stand beside.
    pub fn speech(&self, i: usize) -> bool {
        let cue = self.cue(i);
        cue.frames
            .any(Frames::DIRECT.or(Frames::AFTER).or(Frames::VIA))
            && matches!(cue.form, CueForm::Finite | CueForm::Short | CueForm::Gerund)
    }

    /// Any cue of speech or opinion, verb or noun.
    pub fn any_cue(&self, i: usize) -> bool {
        let cue = self.cue(i);
        let wanted = Frames::DIRECT
            .or(Frames::AFTER)
            .or(Frames::THAT)
            .or(Frames::NOUN_PO)
            .or(Frames::NOUN_SO)
            .or(Frames::PREPOSITION)
            .or(Frames::VIA)
            .or(Frames::INFINITIVE)
            .or(Frames::OBJECT)
            .or(Frames::OBJECT_INFINITIVE)
            .or(Frames::PHRASE)
            .or(Frames::NOUN_THAT)
            .or(Frames::QUOTING);
        cue.frames.any(wanted)
    }

    /// A full stop, question or exclamation mark, dots.
    pub fn stop(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Stop
    }

    /// A stop that is more than a full stop: after it no comma stands before an attribution.
    pub fn strong_stop(&self, i: usize) -> bool {
        self.stop(i) && self.text(i) != "."
    }

    pub fn lang(&self, i: usize) -> Lang {
        self.token(i)
            .and_then(|t| self.doc.block_at(t.span.start()))
            .map_or(self.doc.lang, |b| self.doc.blocks[b].lang)
    }

    /// From the first to the last token of a range; none where it is empty.
    pub fn span(&self, tokens: TokenRange) -> Option<Span> {
        let last = tokens.range().last()?;
        Some(Span {
            start: self.doc.tokens[tokens.start as usize].span.start,
            end: self.doc.tokens[last].span.end,
        })
    }

    pub fn part(&self, start: usize, end: usize) -> Option<Part> {
        if start >= end {
            return None;
        }
        let tokens = TokenRange::new(start, end);
        self.span(tokens).map(|span| Part { span, tokens })
    }
}
