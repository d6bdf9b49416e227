//! What languages and the engine of quotations hand to each other: words that are quoted, and who is named beside them.

use crate::document::{QuoteKind, Rule, TokenRange};
use crate::span::Span;
use crate::view::View;

/// How quoted words are set off from the narrator's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// In quotation marks of any shape.
    Marks,
    /// In marks of which the page lost one side.
    HalfMarks,
    /// A line that opens with a dash.
    Dash,
    /// A turn of an interview after a label or name.
    Turn,
    /// A paragraph set apart after «Дословно:», «сказал:».
    Block,
}

/// Words between two marks, or between a mark and the place where its partner was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Tokens between the marks.
    pub inner: TokenRange,
    /// The same with the marks that are there.
    pub outer: TokenRange,
    /// Opening and closing mark stand in the text.
    pub whole: bool,
    /// The opening mark was lost, not the closing one.
    pub unopened: bool,
    /// Nothing but a single mark on each side (‘…’).
    pub single: bool,
}

/// A part of quoted words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Place.
    pub span: Span,
    /// The same in tokens.
    pub tokens: TokenRange,
}

impl Part {
    /// The part from token `start` to before `end`; none where it is empty.
    pub fn of(view: &View<'_>, start: usize, end: usize) -> Option<Part> {
        if start >= end {
            return None;
        }
        let tokens = TokenRange::new(start, end);
        view.span(tokens).map(|span| Part { span, tokens })
    }
}

/// The source of words as the text names it at the cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePhrase {
    /// The noun phrase with its title, or the pronoun.
    pub tokens: TokenRange,
    /// Its head: the token that agrees with the cue.
    pub head: u32,
    /// Index of the mention (person, organisation, place, position) in it that names the source best.
    pub mention: Option<u32>,
    /// It stands in another case than the nominative («по словам министра»).
    pub oblique: bool,
}

/// A cue with its source and the outlets that pass the words on.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The cue: verb, noun phrase («по словам»).
    pub cue: TokenRange,
    /// Who is said to have said it; none where the cue has no subject («сообщается», «сказал» with the subject left out).
    pub source: Option<SourcePhrase>,
    /// Outlets, as indices of mentions, in the order of the text.
    pub via: Vec<u32>,
    /// Everything that belongs to the attribution, cue and source and what stands between and beside them.
    pub tokens: TokenRange,
    /// What found it.
    pub rule: Rule,
    /// Chance that it is the right attribution, from 0 to 1.
    pub confidence: f32,
}

impl Attribution {
    /// One without outlets.
    pub fn new(
        cue: TokenRange,
        source: Option<SourcePhrase>,
        tokens: TokenRange,
        rule: Rule,
        confidence: f32,
    ) -> Self {
        Attribution {
            cue,
            source,
            via: Vec::new(),
            tokens,
            rule,
            confidence,
        }
    }
}

/// A quotation on its way to [`crate::document::Quote`]: what it is and what stands beside it, its speaker not yet resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Kind.
    pub kind: QuoteKind,
    /// Its parts, in order; at least one.
    pub parts: Vec<Span>,
    /// From the first token of its first part to the last of its last.
    pub tokens: TokenRange,
    /// Cue and source; none where nothing beside the words names them.
    pub attribution: Option<Attribution>,
    /// The words stand in marks of their own, or in a turn or block.
    pub setting: Option<Setting>,
    /// What found it.
    pub rule: Rule,
    /// Chance that span and kind are right, from 0 to 1.
    pub confidence: f32,
}
