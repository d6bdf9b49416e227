//! Who speaks a line of dialogue that has no attribution: by turns, by questions and answers.
//!
//! Input: the lines before it with their speakers, and the quotes before them; output: a [`Voice`]. Which lines of an interview are
//! questions is told by those of one run together.

use super::{Turn, Voice};
use crate::document::{Quote, QuoteKind, Speaker, TokenRange};
use crate::language::types::Setting;

/// A line of dialogue with who speaks it; nobody where none can be told.
pub(super) struct Line {
    pub asks: bool,
    pub tokens: TokenRange,
    pub speaker: Option<Speaker>,
}

/// Lines of an interview that are the interviewer's. Those of one run take turns: the ones that mostly ask are questions, also
/// where one ends in a full stop («Расскажите о школе.»); a line by itself asks where it ends in a question mark.
pub(super) fn asking(turns: &[Turn]) -> Vec<bool> {
    let mut asking: Vec<bool> = turns.iter().map(|t| t.asks).collect();
    let mut start = 0;
    while start < turns.len() {
        let mut end = start + 1;
        while end < turns.len() && follows(turns[end - 1].tokens, turns[end].tokens) {
            end += 1;
        }
        let run = &turns[start..end];
        // Lines at even and at odd places that ask.
        let [mut even, mut odd] = [0usize; 2];
        for (i, _) in run.iter().enumerate().filter(|(_, t)| t.asks) {
            if i % 2 == 0 {
                even += 1;
            } else {
                odd += 1;
            }
        }
        let (most, least) = (even.max(odd), even.min(odd));
        let plain = run
            .iter()
            .all(|t| t.setting == Setting::Dash && !t.attributed);
        if plain && run.len() >= 4 && most >= 2 && least * 3 <= most && most * 4 >= run.len() {
            for (i, asks) in asking[start..end].iter_mut().enumerate() {
                *asks = (i % 2 == 0) == (even > odd);
            }
        }
        start = end;
    }
    asking
}

/// Whether nothing of the narrator's stands between two lines.
fn follows(before: TokenRange, line: TokenRange) -> bool {
    before.end == line.start
}

/// Lines of a dialogue, and quotations before it, within which somebody named still answers.
const REMEMBERED: usize = 12;

/// A line without attribution. Where two spoke in the lines right before it, they take turns. Else a question breaks in from
/// outside, and what follows a question answers it: the one who spoke before the question, if the question is not that one's own.
pub(super) fn in_dialogue(turn: &Turn, spoken: &[Line], quotes: &[Quote]) -> Voice {
    let silent = |speaker: &Speaker| {
        Voice::Speaker(Speaker {
            span: None,
            ..speaker.clone()
        })
    };
    let Some(last) = spoken.last() else {
        return Voice::Nobody;
    };
    if let [.., other, last] = spoken
        && follows(last.tokens, turn.tokens)
        && follows(other.tokens, last.tokens)
        && let (Some(a), Some(b)) = (&other.speaker, &last.speaker)
        && a.name != b.name
    {
        return silent(a);
    }
    if turn.asks || !last.asks {
        return Voice::Nobody;
    }
    let asker = last.speaker.as_ref();
    let other = |speaker: &&Speaker| asker.is_none_or(|b| b.name != speaker.name);
    let answers = spoken
        .iter()
        .rev()
        .skip(1)
        .take(REMEMBERED)
        .filter_map(|line| line.speaker.as_ref())
        .find(other);
    // Somebody named asks whom the page has quoted before.
    let quoted = || {
        quotes
            .iter()
            .rev()
            .take(REMEMBERED)
            .filter(|q| q.kind == QuoteKind::Direct)
            .filter_map(|q| q.speaker.as_ref())
            .find(other)
    };
    answers
        .or_else(|| asker.and_then(|_| quoted()))
        .map_or(Voice::Nobody, silent)
}
