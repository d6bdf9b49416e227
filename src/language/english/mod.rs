//! Quotations in English: whose the words in marks are, and what a cue introduces without marks.
//!
//! [`noun`] reads noun phrases, [`subject`] subjects, [`beside`] finds the attribution of words in marks,
//! [`indirect`] the clauses and phrases that cues introduce.

mod beside;
mod cue;
mod dialogue;
mod indirect;
mod kind;
mod names;
mod noun;
mod reader;
mod subject;

use reader::Reader;

use super::clauses::Clauses;
use super::habits::{Habits, Lead, Step};
use super::kind::{Marked, Verdict};
use super::means::{FullName, FullNames, Means};
use super::pack::{Before, Behind, Language, Piece};
use super::types::{Attribution, Draft, SourcePhrase};
use crate::document::{Gap, Lang, Side, TokenKind};
use crate::view::View;

/// The English pack.
pub struct English;

const HABITS: Habits = Habits {
    reach: beside::REACH,
    reach_before: beside::REACH,
    marks_between: 4,
    comma_inside: true,
    cue_behind: 14,
    cue_behind_stop: 8,
    inflected: false,
    dashed_line: false,
};

/// Whether token `i` is a question or exclamation mark, after which no comma stands.
fn asks(view: &View<'_>, i: usize) -> bool {
    view.kind(i) == TokenKind::Stop && view.text(i) != "."
}

impl Language for English {
    fn lang(&self) -> Lang {
        Lang::En
    }

    fn habits(&self) -> &Habits {
        &HABITS
    }

    fn opens(&self, view: &View<'_>, from: usize) -> Lead {
        Lead {
            comma: from > 0 && asks(view, from - 1),
            dash: false,
        }
    }

    fn step(&self, view: &View<'_>, lead: Lead, from: usize, i: usize) -> Step {
        if i > from && view.token(i).gap >= Gap::Paragraph {
            return Step::Apart;
        }
        let comma = Lead {
            comma: true,
            ..lead
        };
        match view.kind(i) {
            TokenKind::Comma | TokenKind::Dash => Step::Over(comma),
            TokenKind::Quote
                if view.token(i).side != Side::Open || view.token(i).gap == Gap::None =>
            {
                Step::Over(lead)
            }
            TokenKind::Stop if asks(view, i) => Step::Over(comma),
            _ => Step::Begin(lead),
        }
    }

    fn begins(&self, view: &View<'_>, lead: Lead, start: usize, between: bool) -> bool {
        view.token(start).gap < Gap::Paragraph
            && (lead.comma || between || Reader { view }.lower_case(start))
    }

    fn leads_up(&self, view: &View<'_>, last: usize) -> bool {
        Reader { view }.wordlike(last)
    }

    fn goes_on(&self, view: &View<'_>, from: usize, last: usize) -> usize {
        let passes = |i: &usize| matches!(view.kind(*i), TokenKind::Quote | TokenKind::Comma);
        from + (from..last).take_while(passes).count()
    }

    fn behind(&self) -> &[Behind] {
        &beside::BEHIND
    }

    fn before(&self) -> &[Before] {
        &beside::BEFORE
    }

    fn judge(&self, marked: &Marked<'_>) -> Option<Verdict> {
        kind::judge(marked)
    }

    fn within_line(
        &self,
        view: &View<'_>,
        from: usize,
        end: usize,
    ) -> Option<(usize, Option<usize>)> {
        dialogue::attribution(view, from, end)
    }

    fn fragment(&self, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution> {
        beside::fragment(self, clauses, draft)
    }

    fn means(&self, view: &View<'_>, source: &SourcePhrase) -> Option<Means> {
        Some(names::means(view, source))
    }

    fn is_person(&self, view: &View<'_>, head: usize) -> bool {
        names::is_person(view, head)
    }

    fn full_names(&self, view: &View<'_>) -> Option<FullNames> {
        Some(names::full_names(view))
    }

    fn full_name(
        &self,
        view: &View<'_>,
        names: &FullNames,
        source: &SourcePhrase,
    ) -> Option<FullName> {
        names::full_name(view, names, source)
    }

    fn and(&self) -> &'static str {
        "and"
    }

    fn sentence(&self, clauses: &mut Clauses<'_, '_>, piece: Piece<'_>, found: &mut Vec<Draft>) {
        indirect::sentence(clauses.view, piece, found);
    }
}
