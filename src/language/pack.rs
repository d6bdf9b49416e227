//! What a language brings to the engine of quotations: its habits of writing, and ordered patterns of what stands around a cue.
//!
//! The engine (`quotes`) pairs marks, walks to where an attribution may stand, and keeps who spoke; it asks a [`Language`] what the
//! words there say. A pattern is tried where all before it found nothing.

use super::clauses::Clauses;
use super::habits::{Habits, Lead, LeadUp, Region, Step};
use super::kind::{Marked, Verdict};
use super::means::{FullName, FullNames, Means};
use super::types::{Attribution, Draft, SourcePhrase};
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

    /// Whether the word at token `i` may be a cue: sentences without one are not looked at.
    fn is_cue(&self, view: &View<'_>, i: usize) -> bool {
        !view.facts(i).frames.is_empty()
    }

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

    /// What words in marks are taken for; none for a name, a title, a term.
    fn judge(&self, marked: &Marked<'_>) -> Option<Verdict>;

    /// Where an attribution without a dash before it begins in a line of dialogue, and where the speech goes on.
    fn within_line(
        &self,
        _view: &View<'_>,
        _from: usize,
        _end: usize,
    ) -> Option<(usize, Option<usize>)> {
        None
    }

    /// The attribution of a fragment, in the sentence around it.
    fn fragment(&self, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution>;

    /// Whom a source means that does not say its full name; nothing where agreement decides.
    fn means(&self, _view: &View<'_>, _source: &SourcePhrase) -> Option<Means> {
        None
    }

    /// Whether a source of which nobody knows the name is a person, as its words show.
    fn is_person(&self, _view: &View<'_>, _head: usize) -> bool {
        false
    }

    /// Names of several words that shorter ones stand for.
    fn full_names(&self, _view: &View<'_>) -> Option<FullNames> {
        None
    }

    /// The name of several words that ends with the head of a source.
    fn full_name(
        &self,
        _view: &View<'_>,
        _names: &FullNames,
        _source: &SourcePhrase,
    ) -> Option<FullName> {
        None
    }

    /// The word between the last two of several: “and”.
    fn and(&self) -> &'static str;

    /// Appends the indirect quotations of a piece of text to `found`.
    fn sentence(&self, clauses: &mut Clauses<'_, '_>, piece: Piece<'_>, found: &mut Vec<Draft>);
}
