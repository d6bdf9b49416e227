//! A sentence at work: what the steps of a language keep while they look for cues and subjects.

use crate::document::TokenRange;
use crate::lexis::cues::{Agreement, CueForm, Frames};
use crate::view::View;

use super::types::SourcePhrase;

/// A stretch of a sentence between two marks of punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First token.
    pub start: usize,
    /// One past the last token; may equal `start`.
    pub end: usize,
    /// Whether it stands in brackets.
    pub bracketed: bool,
}

/// A noun phrase that may name a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The token that agrees with the verb.
    pub head: usize,
    /// How likely such a phrase is to speak: people before groups before things.
    pub weight: u8,
}

/// A sentence at work.
pub struct Clauses<'v, 'd> {
    /// What the rules read.
    pub view: &'v View<'d>,
    /// Segments of the sentence.
    pub segments: Vec<Segment>,
    pub(super) subjects: Vec<Phrase>,
    /// The source of the quotation found last, and where that quotation ends (token).
    pub previous: Option<(usize, SourcePhrase)>,
}

/// A cue of speech at work.
pub struct Cue {
    /// The verb.
    pub at: usize,
    /// Cue in tokens, where it has more than the verb.
    pub tokens: TokenRange,
    /// Index of its segment.
    pub segment: usize,
    pub form: CueForm,
    pub frames: Frames,
    pub agree: Agreement,
}

impl Cue {
    /// The cue at token `at`, which stands in segment `segment`.
    pub fn read(view: &View<'_>, at: usize, segment: usize) -> Self {
        let facts = view.facts(at);
        Cue {
            at,
            tokens: TokenRange::new(at, at + 1),
            segment,
            form: facts.form,
            frames: facts.frames,
            agree: facts.verb,
        }
    }
}

impl<'v, 'd> Clauses<'v, 'd> {
    /// Nothing at work yet.
    pub fn new(view: &'v View<'d>) -> Self {
        Clauses {
            view,
            segments: Vec::new(),
            subjects: Vec::new(),
            previous: None,
        }
    }
}
