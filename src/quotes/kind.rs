//! Words in marks -> direct speech, a fragment of speech, or neither (a name, a title, a term).
//!
//! Decided by what stands around the marks (a colon or comma with a cue before, an attribution behind, «что») and by what the
//! words are (a clause with finite verb and subject, names, how many). Examples beside the rules are in `tests/quotes_marks.rs`.

use std::ops::Range;

use crate::document::{EntityType, Lang, QuoteKind, Rule, TokenRange};
use crate::segment::{LetterCase, TokenKind};

use super::cues::{Frames, Function, Grammar};
use super::marks::Pair;
use super::view::View;
use super::words::ClauseFacts;

/// What words in marks are taken for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub kind: QuoteKind,
    pub rule: Rule,
    /// Chance that kind and span are right.
    pub confidence: f32,
}

fn direct(rule: &'static str, confidence: f32) -> Option<Verdict> {
    Some(Verdict {
        kind: QuoteKind::Direct,
        rule: Rule::named(rule),
        confidence,
    })
}

fn fragment(rule: &'static str, confidence: f32) -> Option<Verdict> {
    Some(Verdict {
        kind: QuoteKind::Fragment,
        rule: Rule::named(rule),
        confidence,
    })
}

/// What stands before the opening mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// A paragraph or sentence begins with it.
    Start,
    Colon,
    Comma,
    Dash,
    /// Another quotation, right before or with a comma or conjunction between.
    Quote,
    Word,
}

/// What stands behind the closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// An attribution.
    Attribution,
    /// The sentence or paragraph ends.
    End,
    /// A colon: a headline goes on with whose words they are.
    Colon,
    /// The sentence goes on.
    Word,
}

/// What the words between the marks are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Content {
    pub words: usize,
    /// Words with a capital or digits.
    pub capitals: usize,
    pub finite: bool,
    pub subject: bool,
    /// The same before any relative clause.
    pub own_finite: bool,
    pub own_subject: bool,
    pub first_person: bool,
    pub second_person: bool,
    /// Begins with its verb, or an infinitive: the subject stands outside.
    pub predicate: bool,
    /// All words but short ones have a capital.
    pub title: bool,
    /// Sentence ends before the last token.
    pub stops: usize,
    /// Begins with a capital.
    pub opens_capital: bool,
    /// Ends in . ! ? …
    pub closes_stop: bool,
}

impl Content {
    pub fn of(view: &View<'_>, tokens: TokenRange) -> Content {
        let mut content = Content {
            title: true,
            ..Content::default()
        };
        let mut relative = false;
        let range = tokens.range();
        let last = range.end.saturating_sub(1);
        for i in range.clone() {
            let Some(token) = view.token(i) else { break };
            if token.is_wordlike() || token.kind == TokenKind::Number {
                content.words += 1;
                content.title &= token.case != LetterCase::Lower || token.span.len() <= 3;
                if !matches!(token.case, LetterCase::Lower) {
                    content.capitals += 1;
                }
                let facts = view.clause(i);
                content.finite |= facts.has(ClauseFacts::FINITE);
                content.subject |= facts.has(ClauseFacts::SUBJECT);
                relative = relative && view.kind(i.saturating_sub(1)) != TokenKind::Comma
                    || view.cue(i).function.any(Function::WHICH);
                if !relative {
                    content.own_finite |= facts.has(ClauseFacts::FINITE);
                    content.own_subject |= facts.has(ClauseFacts::SUBJECT);
                }
                content.first_person |= facts.has(ClauseFacts::FIRST);
                content.second_person |= facts.has(ClauseFacts::SECOND);
            } else if token.kind == TokenKind::Stop && i != last {
                content.stops += 1;
            }
        }
        content.opens_capital = view.capital(range.start)
            || !view.token(range.start).is_some_and(|t| t.is_wordlike())
                && view.capital(range.start + 1);
        content.closes_stop = view.stop(last);
        let first = (range.start..range.end).find(|&i| {
            !view.cue(i).function.any(Function::NOT)
                && view.token(i).is_some_and(|t| t.is_wordlike())
        });
        content.predicate = first.is_some_and(|i| {
            view.lower(i)
                && (view.clause(i).has(ClauseFacts::VERB)
                    || view.cue(i).grammar.any(Grammar::INFINITIVE))
        });
        content
    }

    /// Enough for words of somebody's own: a finite verb, several sentences, or plain length.
    fn clause(&self) -> bool {
        self.finite && (self.words >= 2 || self.closes_stop) || self.stops > 0 || self.words >= 9
    }

    /// Looks like a name or title: a capital first, few words, no verb.
    fn name_like(&self) -> bool {
        self.words == 0
            || self.capitals == self.words && self.words <= 6 && !self.closes_stop
            || self.opens_capital
                && self.stops == 0
                && self.words <= 7
                && !self.first_person
                && (!self.finite || self.words <= 2)
    }
}

/// Judges the words of a pair; `range` runs from the first token of the paragraph of its first mark to the last of that of its
/// last.
pub(super) fn judge(view: &View<'_>, range: Range<usize>, pair: &Pair) -> Option<Verdict> {
    let content = Content::of(view, pair.inner);
    if content.words == 0 {
        return None;
    }
    let english = view.lang(pair.inner.start as usize) == Lang::En;
    let left = left(view, range.start, pair);
    let right = right(view, range.end, pair, &content, english);
    if english {
        judge_english(view, range, pair, &content, left, right)
    } else {
        judge_russian(view, range, pair, &content, left, right)
    }
}

fn left(view: &View<'_>, start: usize, pair: &Pair) -> Left {
    let open = pair.outer.start as usize;
    if open <= start {
        return Left::Start;
    }
    let before = open - 1;
    match view.kind(before) {
        TokenKind::Colon => Left::Colon,
        TokenKind::Comma => {
            if before > start && view.kind(before - 1) == TokenKind::Quote {
                Left::Quote
            } else {
                Left::Comma
            }
        }
        TokenKind::Dash if before == start => Left::Start,
        TokenKind::Dash => Left::Dash,
        TokenKind::Stop | TokenKind::Hashtag | TokenKind::Other => Left::Start,
        TokenKind::Quote => {
            if view.stop(before.wrapping_sub(1)) {
                Left::Start
            } else {
                Left::Quote
            }
        }
        _ => {
            // A sentence boundary that the splitter found: after an abbreviation, or a stop inside other marks.
            let at = pair.outer.start;
            let s = view.doc.sentences.partition_point(|s| s.tokens.start < at);
            let starts = view
                .doc
                .sentences
                .get(s)
                .is_some_and(|s| s.tokens.start == at);
            if starts { Left::Start } else { Left::Word }
        }
    }
}

/// Longest signature behind a quotation, in tokens with its dash.
const SIGNATURE: usize = 8;

/// Tokens behind a closing mark within which the cue of an attribution stands.
const CUE_BEHIND: usize = 14;

fn right(view: &View<'_>, end: usize, pair: &Pair, content: &Content, english: bool) -> Right {
    let next = pair.outer.end as usize;
    let last = pair.inner.end as usize - 1;
    let inner_comma = view.kind(last) == TokenKind::Comma || view.strong_stop(last);
    if next >= end {
        return Right::End;
    }
    // A title before a comma has its attribution at once or not at all.
    let title = english && content.words >= 2 && content.title;
    let cue_within = |from: usize, tokens: usize| {
        let tokens = if title { tokens.min(6) } else { tokens };
        // “The Mill,” a film about …
        if title && view.cue(from).function.any(Function::EN_DET) && !view.speech(from + 2) {
            return false;
        }
        (from..end.min(from + tokens))
            .take_while(|&i| {
                !view.stop(i) && !matches!(view.kind(i), TokenKind::Semicolon | TokenKind::Colon)
            })
            .take_while(|&i| english || view.kind(i) != TokenKind::Comma)
            .any(|i| view.speech(i))
    };
    match view.kind(next) {
        TokenKind::Comma if view.kind(next + 1) == TokenKind::Dash => {
            if view.kind(next + 2) == TokenKind::Word
                && (view.lower(next + 2) || cue_within(next + 2, 6))
            {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        TokenKind::Comma
            if english
                && view.cue(next + 1).function.any(Function::EN_SUBJECT)
                && view.lower(next + 2)
                && (next + 3 >= end || view.stop(next + 3)) =>
        {
            Right::Attribution
        }
        TokenKind::Comma => {
            let conjunction = view.clause(next + 1).has(ClauseFacts::COMPLEMENT)
                || view.cue(next + 1).function.any(
                    Function::AND
                        .or(Function::BUT)
                        .or(Function::WHICH)
                        .or(Function::EN_CONJ)
                        .or(Function::EN_RELATIVE),
                );
            let within = if english { CUE_BEHIND } else { 5 };
            if !conjunction && cue_within(next + 1, within) {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        // “…” ― Ann Lee: a name alone to the end of the line.
        TokenKind::Dash
            if content.clause()
                && next + 2 <= end
                && end <= next + SIGNATURE
                && view.case(next + 1) == LetterCase::Capital
                && (next + 1..end).all(|i| {
                    !view.lower(i) || view.token(i).is_some_and(|t| t.span.len() <= 3)
                }) =>
        {
            Right::Attribution
        }
        TokenKind::Dash => {
            let lower = view.lower(next + 1);
            if lower && inner_comma && view.clause(next + 1).has(ClauseFacts::THIRD)
                || view.lower(next + 1) && cue_within(next + 1, 3)
            {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        TokenKind::Stop => Right::End,
        TokenKind::Colon => Right::Colon,
        // A clause with a comma inside its marks waits for its attribution, whatever the verb.
        _ if english
            && view.kind(last) == TokenKind::Comma
            && content.clause()
            && content.opens_capital
            && !title
            && view.token(next).is_some_and(|t| t.is_wordlike())
            && !view.cue(next).function.any(
                Function::EN_CONJ
                    .or(Function::EN_RELATIVE)
                    .or(Function::EN_PREP),
            ) =>
        {
            Right::Attribution
        }
        // “…,” he shrugged.
        _ if english
            && inner_comma
            && view.cue(next).function.any(Function::EN_SUBJECT)
            && view.lower(next + 1)
            && (next + 2 >= end || view.stop(next + 2)) =>
        {
            Right::Attribution
        }
        _ if inner_comma && view.kind(last) == TokenKind::Comma => {
            if english
                && !view
                    .cue(next)
                    .function
                    .any(Function::EN_CONJ.or(Function::EN_RELATIVE))
                && cue_within(next, CUE_BEHIND)
                || !english && cue_within(next, 5)
            {
                Right::Attribution
            } else {
                Right::Word
            }
        }
        _ if inner_comma
            && (view.lower(next) || english)
            && cue_within(next, if english { 8 } else { 4 }) =>
        {
            Right::Attribution
        }
        _ if view.stop(last) && (view.capital(next) || view.kind(next) == TokenKind::Quote) => {
            Right::End
        }
        _ => Right::Word,
    }
}

/// Tokens before a mark within which a verb of naming («назвал его») governs the words in it.
const NAMING_WITHIN: usize = 8;

/// Whether a noun before the mark, or an organisation or place in the marks, makes them a name's.
fn named(view: &View<'_>, start: usize, pair: &Pair, content: &Content) -> bool {
    let open = pair.outer.start as usize;
    let term = open > start && view.clause(open - 1).has(ClauseFacts::TERM);
    if term && content.words <= 8 {
        return true;
    }
    let head = open > start && view.clause(open - 1).has(ClauseFacts::NAMED);
    let naming = naming_before(view, start, open);
    if head && !naming && (content.opens_capital && content.words <= 12 || content.words <= 2) {
        return true;
    }
    let at = view
        .doc
        .mentions
        .partition_point(|m| m.tokens.start < pair.outer.start.saturating_sub(12));
    view.doc.mentions[at..]
        .iter()
        .take_while(|m| m.tokens.start <= pair.inner.start)
        .any(|m| {
            m.kind != EntityType::Position
                && m.tokens.start <= pair.inner.start
                && m.tokens.end >= pair.inner.end
        })
}

/// Whether a verb of naming stands shortly before the mark, with nothing but its object between.
fn naming_before(view: &View<'_>, start: usize, open: usize) -> bool {
    (start.max(open.saturating_sub(NAMING_WITHIN))..open)
        .rev()
        .take_while(|&i| !view.stop(i))
        .any(|i| view.clause(i).has(ClauseFacts::NAMING))
}

/// Index of the nearest cue before the mark in its sentence, at most `tokens` before it.
fn cue_before(view: &View<'_>, start: usize, open: usize, tokens: usize) -> Option<usize> {
    (start.max(open.saturating_sub(tokens))..open)
        .rev()
        .take_while(|&i| !view.stop(i))
        .find(|&i| view.any_cue(i) || view.clause(i).has(ClauseFacts::NAMING))
}

/// Whether the sentence says further on who speaks: «…, заявил глава».
fn cue_after(view: &View<'_>, from: usize, end: usize) -> bool {
    (from..end)
        .take(40)
        .take_while(|&i| !view.stop(i))
        .zip(from.saturating_sub(1)..)
        .any(|(i, before)| {
            view.speech(i) && matches!(view.kind(before), TokenKind::Comma | TokenKind::Dash)
        })
}

fn judge_russian(
    view: &View<'_>,
    range: Range<usize>,
    pair: &Pair,
    content: &Content,
    left: Left,
    right: Right,
) -> Option<Verdict> {
    let open = pair.outer.start as usize;
    let close = pair.outer.end as usize;
    let clause = content.clause();
    match (left, right) {
        (Left::Start, Right::Attribution) => {
            let confidence = if pair.whole { 0.95 } else { 0.8 };
            return direct("direct.attribution-after", confidence);
        }
        (Left::Colon, Right::Attribution) => return direct("direct.colon", 0.9),
        _ => {}
    }
    if !pair.whole
        && left != Left::Colon
        && !(left == Left::Start && content.first_person && clause)
    {
        return None;
    }
    if left == Left::Colon {
        let cue = cue_before(view, range.start, open.saturating_sub(1), 25);
        if named(view, range.start, pair, content) && !clause {
            return None;
        }
        if cue.is_some()
            && (clause || content.closes_stop || content.opens_capital && content.words >= 2)
        {
            return direct("direct.colon", 0.92);
        }
        if clause && content.opens_capital {
            return direct("direct.colon-no-cue", 0.7);
        }
        if cue.is_some() && !content.name_like() {
            return fragment("fragment.colon", 0.6);
        }
        return None;
    }
    if left == Left::Start && matches!(right, Right::End | Right::Colon) {
        // «Следующий!» — a cry is a sentence of its own.
        let last = pair.inner.end as usize - 1;
        if content.opens_capital && view.strong_stop(last) && right == Right::End {
            return direct("direct.sentence", 0.7);
        }
        // «Мост упал ночью»: жители …: of three words it must be a whole clause; «Золотой граммофон»: … is a name.
        let whole = content.words >= 4
            || content.words == 3
                && right == Right::Colon
                && content.finite
                && content.subject
                && !content.predicate;
        if clause && content.opens_capital && whole {
            return direct("direct.sentence", 0.75);
        }
        return None;
    }
    let name = named(view, range.start, pair, content);
    if name {
        return None;
    }
    let before = open.saturating_sub(1);
    let cue = cue_before(view, range.start, open, 30);
    let that = view.clause(before).has(ClauseFacts::COMPLEMENT);
    if left == Left::Start {
        // «Стройка века» идёт: a name at the start of the narrator's sentence, unless the sentence says whose words.
        return if !content.name_like() && cue_after(view, close, range.end) {
            if clause && content.subject && right == Right::Attribution {
                direct("direct.attribution-after", 0.8)
            } else {
                fragment("fragment.sentence-cue", 0.5)
            }
        } else {
            None
        };
    }
    let adjacent = view.speech(before) || left == Left::Comma && cue.is_some();
    if right == Right::Attribution && content.opens_capital && clause && content.subject {
        return direct("direct.attribution-after", 0.8);
    }
    let subordinate = !content.opens_capital
        && view
            .cue(pair.inner.start as usize)
            .function
            .any(Function::SUBORDINATE.or(Function::AS))
        && pair.inner.range().all(|i| view.kind(i) != TokenKind::Comma);
    let own_clause =
        clause && content.own_finite && content.own_subject && !content.predicate && !subordinate;
    if own_clause && cue.is_some() {
        let after_that = that || left == Left::Quote || adjacent;
        // «…, что из-за дождей «поля стоят под водой»»: all but an adverbial stands in the marks.
        let inside_that = right == Right::End
            && left == Left::Word
            && content.words >= LONG_FRAGMENT
            && (range.start.max(open.saturating_sub(30))..open)
                .rev()
                .take_while(|&i| !view.stop(i))
                .find(|&i| {
                    view.clause(i).has(ClauseFacts::COMPLEMENT)
                        || view.cue(i).function.any(Function::WHICH)
                })
                .is_some_and(|i| view.cue(i).function.any(Function::WHAT));
        if after_that || inside_that {
            return direct("direct.clause", 0.75);
        }
    }
    if adjacent && clause && content.opens_capital && content.words >= 4 {
        return direct("direct.cue-before", 0.75);
    }
    if cue.is_some() || right == Right::Attribution || cue_after(view, close, range.end) {
        if content.name_like()
            && !(cue.is_some_and(|c| view.cue(c).frames.any(Frames::DIRECT)) && content.finite)
        {
            return None;
        }
        if content.words <= TERM
            && right != Right::Attribution
            && !governed(view, range.start, open, cue)
        {
            return None;
        }
        return fragment("fragment.cue", 0.6);
    }
    if content.words >= LONG_FRAGMENT && !content.opens_capital {
        return fragment("fragment.long", 0.5);
    }
    None
}

/// So few words may be a term, or the writer's irony: they need a cue that governs them.
const TERM: usize = 2;

/// Whether the cue speaks of the words in marks: a verb of naming, «по словам», or one with «что» or a comma before the mark.
fn governed(view: &View<'_>, start: usize, open: usize, cue: Option<usize>) -> bool {
    if naming_before(view, start, open) {
        return true;
    }
    let Some(cue) = cue else { return true };
    let frames = view.cue(cue).frames;
    let words = Frames::NOUN_PO.or(Frames::NOUN_SO).or(Frames::PREPOSITION);
    frames.any(words)
        || frames.any(Frames::THAT.or(Frames::AFTER))
            && (cue + 1..open).any(|i| {
                matches!(view.kind(i), TokenKind::Comma | TokenKind::Colon)
                    || view.clause(i).has(ClauseFacts::COMPLEMENT)
            })
}

/// Words that nobody puts in marks as a term or a name.
const LONG_FRAGMENT: usize = 4;

fn judge_english(
    view: &View<'_>,
    range: Range<usize>,
    pair: &Pair,
    content: &Content,
    left: Left,
    right: Right,
) -> Option<Verdict> {
    let open = pair.outer.start as usize;
    let close = pair.outer.end as usize;
    let clause = content.clause();
    // A value of markup: author="…".
    if open > range.start && view.text(open - 1) == "=" {
        return None;
    }
    if left == Left::Start && right == Right::Attribution {
        return direct(
            "direct.attribution-after",
            if pair.whole { 0.95 } else { 0.75 },
        );
    }
    if !pair.whole && left != Left::Colon && left != Left::Start {
        return None;
    }
    let cue = cue_before(view, range.start, open, 30);
    if left == Left::Colon || left == Left::Comma {
        let before = open.saturating_sub(2);
        let near = cue_before(view, range.start, open, 12);
        if left == Left::Colon && (clause || content.closes_stop || content.words >= 3) {
            return direct("direct.colon", if near.is_some() { 0.9 } else { 0.7 });
        }
        // Behind a comma too, “we are going to lose” with a small letter is part of the narrator's sentence.
        if left == Left::Comma && (near.is_some() || view.speech(before)) && content.opens_capital {
            return direct("direct.cue-before", 0.9);
        }
    }
    if left == Left::Start && matches!(right, Right::End | Right::Colon) {
        // «Следующий!» — a cry is a sentence of its own.
        let last = pair.inner.end as usize - 1;
        if content.opens_capital && view.strong_stop(last) && right == Right::End {
            return direct("direct.sentence", 0.7);
        }
        if (clause || right == Right::Colon) && content.words >= 4 {
            return direct("direct.sentence", 0.75);
        }
        return None;
    }
    if named(view, range.start, pair, content) {
        return None;
    }
    if open > range.start && view.speech(open - 1) {
        let whole = right == Right::End && content.finite && content.subject;
        if clause && content.opens_capital || whole {
            return direct("direct.cue-before", 0.85);
        }
    }
    if cue.is_some() || right == Right::Attribution || cue_after(view, close, range.end) {
        if content.capitals == content.words && content.words > 1 {
            return None;
        }
        return fragment("fragment.cue", 0.6);
    }
    if content.words >= LONG_FRAGMENT && !content.opens_capital {
        return fragment("fragment.long", 0.5);
    }
    None
}
