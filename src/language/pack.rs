//! What a language brings to the engine of quotations: its habits of writing, and ordered patterns of what stands around a cue.
//!
//! The engine (`quotes`) pairs marks, walks to where an attribution may stand, and keeps who spoke; it asks a [`Language`] what the
//! words there say. A pattern is tried where all before it found nothing.

use super::clauses::Clauses;
use super::region::{Habits, Lead, LeadUp, Region, Step};
use super::types::{Attribution, Draft};
use crate::document::{Lang, TokenRange};
use crate::view::View;

/// A pattern of attributions behind words in marks, or between their parts.
pub type Behind = fn(&mut Clauses<'_, '_>, Region) -> Option<Attribution>;
/// A pattern of attributions before words in marks.
pub type Before = fn(&mut Clauses<'_, '_>, LeadUp) -> Option<Attribution>;

/// A sentence, or a part of a very long one, in which indirect quotations are looked for.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its tokens.
    pub tokens: TokenRange,
    /// It is a headline.
    pub title: bool,
    /// Cues in it that words in marks have claimed, in order.
    pub taken: &'a [TokenRange],
}

/// A language that quotations are found in.
pub trait Language: Sync + Send {
    /// Which language it is: blocks of this language are read with it.
    fn lang(&self) -> Lang;

    /// How far attributions stand from words in marks, and what may stand between.
    fn habits(&self) -> &Habits;

    /// What is known of an attribution before the first token behind a closing mark is looked at.
    fn opens(&self, _view: &View<'_>, _from: usize) -> Lead {
        Lead::default()
    }

    /// What token `i` behind a closing mark (the first is `from`) says of the attribution to come.
    fn step(&self, view: &View<'_>, lead: Lead, from: usize, i: usize) -> Step;

    /// Whether an attribution may begin at `start`; `between` two parts of a quotation.
    fn begins(&self, view: &View<'_>, lead: Lead, start: usize, between: bool) -> bool;

    /// Whether a word, as token `last`, may lead up to an opening mark.
    fn leads_up(&self, view: &View<'_>, last: usize) -> bool {
        view.token(last).is_wordlike()
    }

    /// Where the words that lead up to an opening mark begin, when other words in marks end before `from`.
    fn goes_on(&self, _view: &View<'_>, from: usize, _last: usize) -> usize {
        from
    }

    /// Cuts tokens into what the patterns work on.
    fn cut(&self, _clauses: &mut Clauses<'_, '_>, _start: usize, _end: usize) {}

    /// Patterns behind words in marks and between their parts, in order.
    fn behind(&self) -> &[Behind];

    /// Patterns before words in marks, in order.
    fn before(&self) -> &[Before];

    /// What stands behind words in marks that end at token `end`, where nothing else is found: «A»: X.
    fn across(&self, _view: &View<'_>, _end: usize) -> Option<Attribution> {
        None
    }

    /// The attribution of a fragment, in the sentence around it.
    fn fragment(&self, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution>;

    /// Appends the indirect quotations of a piece of text to `found`.
    fn sentence(&self, clauses: &mut Clauses<'_, '_>, piece: Piece<'_>, found: &mut Vec<Draft>);
}
