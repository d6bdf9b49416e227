//! Words of approximation and bounds around a number: «не менее», «около», «с лишним», “up to”, “or more”.

use super::cursor::Cursor;
use super::words::{Phrase, Roles};
use crate::document::Bound;
use crate::document::TokenKind;

/// What the words around a number say of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Approximation {
    pub approx: bool,
    pub bound: Option<Bound>,
}

impl Approximation {
    fn add(&mut self, phrase: &Phrase) {
        self.approx |= phrase.approx;
        if self.bound.is_none() {
            self.bound = phrase.bound;
        }
    }
}

/// Tokens that are searched for a word of change before «до».
const REACH: usize = 16;

/// The first token of the words of approximation that end before `start`.
pub(super) fn before(c: &Cursor<'_>, start: usize, found: &mut Approximation) -> usize {
    let mut first = start;
    for _ in 0..3 {
        let Some(last) = c.before(first) else { break };
        if !c.follows(first) {
            break;
        }
        if let Some((at, phrase)) = ending_at(c, last) {
            if is_target(c, at, phrase) {
                break;
            }
            found.add(phrase);
            first = at;
            continue;
        }
        // «более чем на 10 процентов», «по крайней мере, пять».
        let skipped = c.is(last, Roles::PREPOSITION) || c.kind(last) == Some(TokenKind::Comma);
        let Some(previous) = c.before(last).filter(|_| skipped && first == start) else {
            break;
        };
        let Some((at, phrase)) = ending_at(c, previous) else {
            break;
        };
        // «более в 5 раз» does not occur, «до на 5» neither: one word alone before a preposition must be an adverb.
        let adverb =
            phrase.words.len() > 1 || phrase.bound.is_none() || c.is(previous, Roles::ADVERB);
        if !adverb
            || is_target(c, at, phrase)
            || (c.english() && c.kind(last) != Some(TokenKind::Comma))
        {
            break;
        }
        found.add(phrase);
        first = at;
    }
    first
}

/// The longest phrase whose last word stands at `last`, and its first token.
fn ending_at<'a>(c: &Cursor<'a>, last: usize) -> Option<(usize, &'a Phrase)> {
    let facts = c.word(last);
    if !facts.is(Roles::BEFORE) {
        return None;
    }
    c.seen.tables.before[usize::from(facts.before)]
        .iter()
        .find_map(|phrase| {
            let first = (last + 1).checked_sub(phrase.words.len())?;
            (first >= c.start && first >= c.floor && matches(c, first, phrase))
                .then_some((first, phrase))
        })
}

fn matches(c: &Cursor<'_>, first: usize, phrase: &Phrase) -> bool {
    phrase.words.iter().enumerate().all(|(k, word)| {
        let i = first + k;
        let text = match c.facts(i) {
            Some(facts) => &*facts.lower,
            None => c.slice(i),
        };
        (k == 0 || c.follows(i)) && same(text, word)
    })
}

/// The end of «ниже нуля», «мороза», “below zero” from token `i` on.
pub(super) fn below_zero(c: &Cursor<'_>, i: usize) -> Option<usize> {
    c.seen
        .tables
        .below
        .iter()
        .find(|phrase| c.follows(i) && matches(c, i, phrase))
        .map(|phrase| i + phrase.words.len())
}

/// Equal but for ё.
fn same(text: &str, folded: &str) -> bool {
    text == folded
        || (text.contains('ё')
            && text
                .chars()
                .map(|c| if c == 'ё' { 'е' } else { c })
                .eq(folded.chars()))
}

/// «вырос до 5 %», «с девяти до семи»: what something changes to is no upper bound.
fn is_target(c: &Cursor<'_>, at: usize, phrase: &Phrase) -> bool {
    let [word] = phrase.words.as_slice() else {
        return false;
    };
    if &**word != "до" {
        return false;
    }
    for i in (c.start.max(at.saturating_sub(REACH))..at).rev() {
        if c.kind(i) == Some(TokenKind::Stop) || c.kind(i) == Some(TokenKind::Semicolon) {
            return false;
        }
        if c.is(i, Roles::CHANGE) {
            return true;
        }
        // «с 5 до 7»
        let near = at - i <= 5;
        if near && c.is_lower(i, &["с", "со"]) && i + 1 < at && is_number(c, i + 1) {
            return true;
        }
    }
    false
}

fn is_number(c: &Cursor<'_>, i: usize) -> bool {
    c.kind(i) == Some(TokenKind::Number)
        || c.is(i, Roles::NUMERAL)
        || c.kind(i) == Some(TokenKind::Symbol)
}

/// One past the words of approximation that begin at `i`.
pub(super) fn after(c: &Cursor<'_>, i: usize, found: &mut Approximation) -> usize {
    // 500+
    if c.slice(i) == "+" && c.glued(i) && !c.glued(i + 1) {
        found.approx = true;
        found.bound = found.bound.or(Some(Bound::Min));
        return i + 1;
    }
    let facts = c.word(i);
    if !facts.is(Roles::AFTER) || !c.follows(i) {
        return i;
    }
    for phrase in &c.seen.tables.after[usize::from(facts.after)] {
        if matches(c, i, phrase) {
            found.add(phrase);
            return i + phrase.words.len();
        }
    }
    i
}
