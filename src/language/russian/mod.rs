//! Russian: segments between marks of punctuation, noun phrases by case, subjects by agreement.
//!
//! [`clause`] cuts sentences, [`phrase`] reads noun phrases, [`subject`] finds who is the subject of a cue, [`attribution`] holds the
//! patterns around words in marks, [`indirect`] those without marks.

mod attribution;
pub mod clause;
mod indirect;
mod kind;
pub mod phrase;
pub mod subject;

use super::clauses::Clauses;
use super::habits::{Habits, Lead, Step};
use super::kind::{Marked, Verdict};
use super::pack::{Before, Behind, Language, Piece};
use super::types::{Attribution, Draft};
use crate::document::{Gap, Lang, LetterCase, Side, TokenKind};
use crate::lexis::cues::{CueForm, Frames};
use crate::view::View;

/// The Russian pack.
pub struct Russian;

const HABITS: Habits = Habits {
    reach: attribution::REACH,
    reach_before: attribution::REACH,
    marks_between: 6,
    comma_inside: false,
    cue_behind: 5,
    cue_behind_stop: 4,
    inflected: true,
    dashed_line: true,
};

impl Language for Russian {
    fn lang(&self) -> Lang {
        Lang::Ru
    }

    fn habits(&self) -> &Habits {
        &HABITS
    }

    fn step(&self, view: &View<'_>, lead: Lead, from: usize, i: usize) -> Step {
        // A line of dialogue has nothing behind it but the next line; but «A» and on the next line «заявил X» belong together.
        if view.token(i).gap >= Gap::Paragraph {
            let verb = view.token(i).case == LetterCase::Lower
                && view.facts(i).form == CueForm::Finite
                && view.frames(i, Frames::DIRECT)
                && i > from;
            return match verb {
                true => Step::Begin(Lead {
                    comma: true,
                    ..lead
                }),
                false => Step::Apart,
            };
        }
        match view.kind(i) {
            TokenKind::Comma => Step::Over(Lead {
                comma: true,
                ..lead
            }),
            TokenKind::Dash => Step::Over(Lead { dash: true, ..lead }),
            TokenKind::Quote if view.token(i).side != Side::Open || !lead.comma && !lead.dash => {
                Step::Over(lead)
            }
            TokenKind::Stop | TokenKind::Bracket => Step::Over(lead),
            _ => Step::Begin(lead),
        }
    }

    fn begins(&self, _view: &View<'_>, lead: Lead, _start: usize, _between: bool) -> bool {
        lead.comma || lead.dash
    }

    fn cut(&self, clauses: &mut Clauses<'_, '_>, start: usize, end: usize) {
        clause::segments(clauses.view, start, end, &mut clauses.segments);
    }

    fn behind(&self) -> &[Behind] {
        &attribution::BEHIND
    }

    fn before(&self) -> &[Before] {
        &attribution::BEFORE
    }

    fn across(&self, view: &View<'_>, end: usize) -> Option<Attribution> {
        attribution::behind_colon(view, end)
    }

    fn judge(&self, marked: &Marked<'_>) -> Option<Verdict> {
        kind::judge(marked)
    }

    fn fragment(&self, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution> {
        attribution::fragment(clauses, draft)
    }

    fn and(&self) -> &'static str {
        "и"
    }

    fn sentence(&self, clauses: &mut Clauses<'_, '_>, piece: Piece<'_>, found: &mut Vec<Draft>) {
        indirect::sentence(clauses, piece, found);
    }
}
