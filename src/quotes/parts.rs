//! Speech that an attribution interrupts -> its parts.
//!
//! «A, — сказал X. — B» stands in one pair of marks, or in a line that opens with a dash; “A,” X said. “B” in two. Input: the
//! tokens of the speech; output: the parts in order, without the comma or dash that belongs to the attribution.

use crate::document::TokenKind;

use crate::language::habits::Habits;
use crate::language::types::Pair;
use crate::language::types::Part;
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::CueForm;
use crate::view::View;

/// Longest attribution inside speech, in tokens.
const LONGEST: usize = 45;
/// Tokens from its dash within which the cue must stand.
const CUE_WITHIN: usize = 7;

/// An attribution inside speech: its tokens with the marks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    /// One past the last token of the speech before it.
    pub before: usize,
    /// First token of its words.
    pub start: usize,
    /// One past the last of its words.
    pub end: usize,
    /// First token of the speech after it; none where the speech does not go on.
    pub after: Option<usize>,
}

/// The first attribution set off by a dash in `from..end`; `loose` takes any verb for a cue, as lines of dialogue do
/// («— Не знаю, — смущается она»).
pub(super) fn insertion(
    view: &View<'_>,
    from: usize,
    end: usize,
    loose: bool,
) -> Option<Insertion> {
    let mut depth = 0usize;
    for i in from..end {
        match view.kind(i) {
            TokenKind::Bracket if view.text(i) == "(" => depth += 1,
            TokenKind::Bracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || i == from || view.kind(i) != TokenKind::Dash {
            continue;
        }
        let before = match view.kind(i - 1) {
            TokenKind::Comma => i - 1,
            TokenKind::Stop
                if view.strong_stop(i - 1) || view.is_lower(i + 1) && view.speech(i + 1) =>
            {
                i
            }
            _ => continue,
        };
        if before <= from {
            continue;
        }
        let resume = (i + 2..end.min(i + LONGEST)).find(|&j| {
            view.kind(j) == TokenKind::Dash
                && view
                    .get(j)
                    .is_some_and(|t| t.gap != crate::document::Gap::None)
                || view.kind(j) == TokenKind::Dash
                    && matches!(view.kind(j - 1), TokenKind::Comma | TokenKind::Stop)
        });
        let words_end = resume.unwrap_or(end);
        if !is_attribution(view, i + 1, words_end, loose || resume.is_some()) {
            continue;
        }
        // Without a second dash the narrator has the rest; a new sentence after it would be speech again without any sign.
        let mut stop = words_end;
        while stop > i + 1 && matches!(view.kind(stop - 1), TokenKind::Comma | TokenKind::Stop) {
            stop -= 1;
        }
        return Some(Insertion {
            before,
            start: i + 1,
            end: stop,
            after: resume.map(|j| j + 1).filter(|&j| j < end),
        });
    }
    None
}

/// Whether the words `start..end` after a dash say who speaks.
pub(super) fn is_attribution(view: &View<'_>, start: usize, end: usize, loose: bool) -> bool {
    let limit = end.min(start + CUE_WITHIN);
    let cue = (start..limit)
        .take_while(|&i| !view.stop(i) && view.kind(i) != TokenKind::Quote)
        .find(|&i| view.speech(i));
    match cue {
        Some(cue) => cue == start || view.is_lower(start) || cue - start <= 3,
        // «смущается повар», «кричит через ряд торговка»: a verb first, its subject behind it.
        None => {
            loose
                && view.is_lower(start)
                && view.clause(start).has(ClauseFacts::VERB)
                && !view.clause(start).has(ClauseFacts::FIRST)
        }
    }
}

/// The parts of the speech in `from..end`, split at every attribution inside it.
pub(super) fn split(view: &View<'_>, from: usize, end: usize, loose: bool, out: &mut Vec<Part>) {
    let mut at = from;
    while let Some(found) = insertion(view, at, end, loose) {
        out.extend(Part::of(view, at, found.before));
        match found.after {
            Some(after) => at = after,
            None => return,
        }
    }
    let mut end = end;
    // The comma of an attribution outside stands inside the marks in English.
    while end > at && view.kind(end - 1) == TokenKind::Comma {
        end -= 1;
    }
    out.extend(Part::of(view, at, end));
}

/// Whether `next` goes on with the speech of `pair` after an attribution between them: “A,” X said. “B.”; «A», — сказал X. — «B».
pub(super) fn goes_on(view: &View<'_>, habits: &Habits, pair: &Pair, next: &Pair) -> bool {
    let (from, to) = (pair.outer.end as usize, next.outer.start as usize);
    if from >= to || to - from > LONGEST {
        return false;
    }
    let last_inner = pair.inner.end as usize - 1;
    let comma_inside = view.kind(last_inner) == TokenKind::Comma || view.strong_stop(last_inner);
    let comma_outside = view.kind(from) == TokenKind::Comma;
    if !comma_inside && !comma_outside {
        return false;
    }
    let last = to - 1;
    // Full stops that end a sentence: those of abbreviations and of names in marks do not count.
    let stops = (from..last).filter(|&i| ends_sentence(view, i)).count();
    let cues = (from..to).filter(|&i| view.speech(i)).count();
    let finite = (from..to).any(|i| view.speech(i) && view.facts(i).form == CueForm::Finite);
    let closing = match view.kind(last) {
        TokenKind::Comma if habits.comma_inside => {
            stops == 0
                && cues <= 1
                && (view.is_lower(next.inner.start as usize) || to - from <= SHORT && finite)
        }
        TokenKind::Dash => {
            stops <= 1 && matches!(view.kind(last - 1), TokenKind::Stop | TokenKind::Comma)
        }
        TokenKind::Stop => stops == 0,
        TokenKind::Word => {
            habits.comma_inside && stops == 0 && view.speech(last) && to - from <= SHORT
        }
        // A name in marks ends the attribution: … told “Talk of the Town.” “B.”
        TokenKind::Quote => stops == 0 && view.stop(last - 1),
        _ => false,
    };
    if !closing || cues == 0 && !habits.comma_inside {
        return false;
    }
    if view.kind(last) == TokenKind::Comma || view.kind(last) == TokenKind::Dash {
        return true;
    }
    // A second quotation with an attribution of its own is another one.
    let inner = next.inner.end as usize - 1;
    let after = next.outer.end as usize;
    let own = view.kind(inner) == TokenKind::Comma
        || view.strong_stop(inner)
            && view.kind(after) == TokenKind::Word
            && (after..after + 4).any(|i| view.speech(i))
        || view.kind(after) == TokenKind::Comma;
    // The narrator's sentence goes on behind it: a fragment.
    let open_end = !view.stop(inner) && view.kind(after) == TokenKind::Word && view.is_lower(after);
    !own && !open_end
}

/// Longest attribution, in tokens, after which a comma lets the speech begin a new sentence: “A,” said Ann, “B”.
const SHORT: usize = 8;

fn ends_sentence(view: &View<'_>, i: usize) -> bool {
    let sentences = &view.doc.sentences;
    let at = sentences.partition_point(|s| s.tokens.end as usize <= i);
    sentences
        .get(at)
        .is_some_and(|s| s.tokens.end as usize == i + 1)
}
