//! Who is named beside words in marks: after them («A», — сказал X), between their parts, before them (X сказал: «A»), and for
//! fragments in the clause around them.
//!
//! Input: drafts of quoted words without attribution; output: the same with an [`Attribution`] where the text gives one.

use super::clause::{self, View};
use super::cues::{Agreement, CueForm, Frames, Function, Grammar};
use super::english;
use super::phrase::{self, Wanted};
use super::subject::{Clauses, Cue};
use super::types::{Attribution, Draft, SourcePhrase};
use crate::document::{Document, Lang, QuoteKind, Rule, TokenRange};
use crate::pipeline::{Resources, Scratch};
use crate::segment::{Gap, LetterCase, Side, TokenKind};

/// Longest attribution after or before words in marks, in tokens.
const REACH: usize = 70;

/// Gives each direct quotation of `drafts` the attribution that stands beside it.
pub fn attach(resources: &Resources, scratch: &Scratch, doc: &Document, drafts: &mut [Draft]) {
    if drafts.is_empty() {
        return;
    }
    let mut view = View::new(doc, &scratch.words, &scratch.lexicon);
    for draft in drafts.iter().filter(|d| d.kind == QuoteKind::Direct) {
        for part in &draft.parts {
            view.mask(doc.tokens_in(*part));
        }
    }
    let mut clauses = Clauses::new(&view);
    for draft in drafts.iter_mut() {
        if draft.attribution.is_some() {
            continue;
        }
        let english = is_english(doc, draft);
        draft.attribution = match (draft.kind, english) {
            (QuoteKind::Direct, false) => direct(&view, &mut clauses, draft),
            (QuoteKind::Fragment, false) => fragment(&view, &mut clauses, draft),
            (QuoteKind::Direct, true) => english::direct(resources.quotes.english(), &view, draft),
            (QuoteKind::Fragment, true) => {
                english::fragment(resources.quotes.english(), &view, draft)
            }
            _ => None,
        };
    }
}

fn is_english(doc: &Document, draft: &Draft) -> bool {
    let block = doc.block_at(draft.parts[0].start());
    block.map_or(doc.lang, |b| doc.blocks[b].lang) == Lang::En
}

fn direct(view: &View<'_>, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution> {
    let doc = view.doc;
    // Between the parts.
    for pair in draft.parts.windows(2) {
        let from = doc.tokens_in(pair[0]).end as usize;
        let to = doc.tokens_in(pair[1]).start as usize;
        if let Some((a, b, dash)) = region_after(view, from, to)
            && let Some(found) = behind(view, clauses, a, b, dash)
        {
            return Some(found);
        }
    }
    let end = draft.tokens.end as usize;
    if let Some((a, b, dash)) = region_after(view, end, (end + REACH).min(doc.tokens.len()))
        && let Some(found) = behind(view, clauses, a, b, dash)
    {
        return Some(found);
    }
    before(view, clauses, draft.tokens.start as usize).or_else(|| behind_colon(view, end))
}

/// «Мост упал ночью»: жители о паводке; «Ждём вторую неделю»: пассажиры вышли на площадь — in a headline whoever stands first behind
/// the colon spoke.
fn behind_colon(view: &View<'_>, end: usize) -> Option<Attribution> {
    let colon = (end..view.doc.tokens.len().min(end + 3))
        .take_while(|&i| view.token(i).gap < Gap::Line)
        .find(|&i| view.kind(i) == TokenKind::Colon)?;
    let to = (colon + 1..view.doc.tokens.len().min(colon + REACH))
        .find(|&i| {
            view.kind(i) == TokenKind::Stop
                || view.token(i).gap >= Gap::Paragraph
                || view.is_masked(i)
        })
        .unwrap_or(view.doc.tokens.len().min(colon + REACH));
    if colon + 1 >= to {
        return None;
    }
    let phrase = phrase::read(view, colon + 1, to, Wanted::Nominative, Agreement::ANY)
        .filter(|p| p.weight >= 3)?;
    let source = phrase::source(view, phrase, Wanted::Nominative);
    Some(attribution(
        TokenRange::new(colon, colon + 1),
        Some(source),
        TokenRange::new(colon, phrase.end),
        "attribution.behind_colon",
        0.7,
    ))
}

/// The words behind a closing mark that may hold an attribution: after a comma or dash, to the end of the sentence.
pub(super) fn region_after(
    view: &View<'_>,
    from: usize,
    limit: usize,
) -> Option<(usize, usize, bool)> {
    let mut i = from;
    let (mut comma, mut dash) = (false, false);
    while i < limit && i < from + 6 {
        // A line of dialogue has nothing behind it but the next line; but «A» and on the next line «заявил X» belong together.
        if view.token(i).gap >= Gap::Paragraph {
            let verb = view.token(i).case == LetterCase::Lower
                && view.facts(i).form == CueForm::Finite
                && view.frames(i, Frames::DIRECT)
                && i > from;
            if !verb {
                return None;
            }
            comma = true;
            break;
        }
        match view.kind(i) {
            TokenKind::Comma => comma = true,
            TokenKind::Dash => dash = true,
            TokenKind::Quote if view.token(i).side != Side::Open || !comma && !dash => {}
            TokenKind::Stop | TokenKind::Bracket => {}
            _ => break,
        }
        i += 1;
    }
    if !(comma || dash) {
        return None;
    }
    let start = i;
    while i < limit {
        let kind = view.kind(i);
        let opens = kind == TokenKind::Quote && view.is_masked(i + 1);
        if kind == TokenKind::Stop
            || i > start && view.token(i).gap >= Gap::Paragraph
            || view.is_masked(i)
            || opens
        {
            break;
        }
        i += 1;
    }
    (i > start).then_some((start, i, dash))
}

/// Looks for the attribution in the words behind a quotation.
fn behind(
    view: &View<'_>,
    clauses: &mut Clauses<'_, '_>,
    from: usize,
    to: usize,
    dash: bool,
) -> Option<Attribution> {
    clause::segments(view, from, to, &mut clauses.segments);
    // «A», по словам X.
    if let Some(found) = by_words(view, clauses, from, to, 0) {
        return Some(found);
    }
    let mut loose = None;
    for segment in 0..clauses.segments.len().min(3) {
        let s = clauses.segments[segment];
        for at in s.start..s.end {
            let facts = view.facts(at);
            let speaks = facts.frames.any(Frames::VERB.or(Frames::SHORT))
                && facts.frames.any(
                    Frames::DIRECT
                        .or(Frames::AFTER)
                        .or(Frames::THAT)
                        .or(Frames::VIA)
                        .or(Frames::QUOTING),
                );
            let finite = facts.form == CueForm::Finite
                || facts.form == CueForm::Short
                    && facts.frames.any(Frames::IMPERSONAL.or(Frames::OPINION));
            if speaks && finite {
                return claim(view, clauses, at, segment, from, true, "attribution.after");
            }
            if loose.is_none() && facts.grammar.any(Grammar::FINITE) && segment == 0 {
                loose = Some(at);
            }
        }
        if segment == 0 && loose.is_some() && dash {
            break;
        }
    }
    // «A», — улыбнулся X: behind a dash any verb will do.
    let at = loose.filter(|_| dash)?;
    claim(view, clauses, at, 0, from, true, "attribution.after_dash").filter(|a| a.source.is_some())
}

/// Looks for the attribution in the sentence before the opening mark.
fn before(view: &View<'_>, clauses: &mut Clauses<'_, '_>, start: usize) -> Option<Attribution> {
    let doc = view.doc;
    let mut to = start;
    while to > 0
        && matches!(view.kind(to - 1), TokenKind::Quote | TokenKind::Bracket)
        && to + 3 > start
    {
        to -= 1;
    }
    // «Он помолчал и спросил:», and the words on a line of their own that opens with a dash.
    if to > 1
        && view.kind(to - 1) == TokenKind::Dash
        && view.token(to - 1).gap >= Gap::Paragraph
        && view.kind(to - 2) == TokenKind::Colon
    {
        to -= 1;
    }
    if to == 0 {
        return None;
    }
    let last = to - 1;
    let introducing = matches!(
        view.kind(last),
        TokenKind::Colon | TokenKind::Comma | TokenKind::Dash
    ) || view.token(last).is_wordlike();
    if !introducing
        || view.is_masked(last)
        || view.token(to).gap >= Gap::Paragraph && view.kind(last) != TokenKind::Colon
    {
        return None;
    }
    let sentence = doc.sentence_at(doc.tokens[last].span.start())?;
    let mut from = (doc.sentences[sentence].tokens.start as usize).max(last.saturating_sub(REACH));
    if let Some(masked) = (from..last).rev().find(|&i| view.is_masked(i)) {
        from = masked + 1;
    }
    let to = last + usize::from(view.token(last).is_wordlike());
    if from >= to {
        return None;
    }
    clause::segments(view, from, to, &mut clauses.segments);
    let count = clauses.segments.len();
    if view.kind(last) != TokenKind::Colon
        && let Some(found) = by_words(view, clauses, from, to, count.saturating_sub(2))
    {
        return Some(found);
    }
    for segment in (0..count).rev() {
        let s = clauses.segments[segment];
        for at in (s.start..s.end).rev() {
            let facts = view.facts(at);
            let speaks = facts.frames.any(Frames::VERB.or(Frames::SHORT))
                && facts.frames.any(
                    Frames::DIRECT
                        .or(Frames::AFTER)
                        .or(Frames::THAT)
                        .or(Frames::FACT),
                );
            if speaks && facts.form != CueForm::None && facts.form != CueForm::Infinitive {
                return claim(
                    view,
                    clauses,
                    at,
                    segment,
                    from,
                    false,
                    "attribution.before",
                );
            }
        }
    }
    if view.kind(last) == TokenKind::Colon {
        // «Премьер-министр: «A»», «Из письма министра: «A»».
        if !view.has_predicate(from..last)
            && let Some(phrase) = phrase::read(view, from, last, Wanted::Nominative, Agreement::ANY)
            && phrase.weight >= 3
            && phrase.end == last
        {
            let source = phrase::source(view, phrase, Wanted::Nominative);
            return Some(attribution(
                TokenRange::new(last, last + 1),
                Some(source),
                TokenRange::new(from, last + 1),
                "attribution.colon",
                0.75,
            ));
        }
        // «Он развёл руками: «A»».
        for segment in (0..count).rev() {
            let s = clauses.segments[segment];
            if let Some(at) = (s.start..s.end)
                .rev()
                .find(|&i| view.grammar(i, Grammar::FINITE))
            {
                return claim(view, clauses, at, segment, from, false, "attribution.colon")
                    .filter(|a| a.source.is_some());
            }
        }
    }
    None
}

/// The clause around a fragment: «X назвал это «A»».
fn fragment(view: &View<'_>, clauses: &mut Clauses<'_, '_>, draft: &Draft) -> Option<Attribution> {
    let doc = view.doc;
    let sentence = doc.sentence_at(draft.parts[0].start())?;
    let (from, to) = clause::core(view, doc.sentences[sentence].tokens);
    let here = draft.tokens.start as usize;
    let (from, to) = (
        from.max(here.saturating_sub(REACH)),
        to.min(here + 2 * REACH),
    );
    clause::segments(view, from, to, &mut clauses.segments);
    let mut best: Option<(usize, usize, usize)> = None;
    for (index, s) in clauses.segments.iter().enumerate() {
        for at in s.start..s.end {
            let facts = view.facts(at);
            if view.is_masked(at)
                || draft.tokens.range().contains(&at)
                || facts.form == CueForm::None
                || !facts.frames.any(Frames::VERB)
                || !facts.frames.any(Frames::SPEECH.or(Frames::OPINION))
            {
                continue;
            }
            let distance = if at < here {
                here - at
            } else {
                (at - here) * 3
            };
            let distance = if facts.frames.any(Frames::NAMING) {
                distance / 2
            } else {
                distance
            };
            if best.is_none_or(|(d, ..)| distance < d) {
                best = Some((distance, index, at));
            }
        }
    }
    if let Some((_, segment, at)) = best {
        let found = claim(
            view,
            clauses,
            at,
            segment,
            from,
            at > here,
            "attribution.around",
        );
        if found.is_some() {
            return found;
        }
    }
    for segment in 0..clauses.segments.len() {
        let s = clauses.segments[segment];
        if let Some(found) = by_words(view, clauses, s.start, s.end, segment) {
            return Some(found);
        }
    }
    None
}

/// «по словам X», «по его мнению» in the segments from `first` on.
fn by_words(
    view: &View<'_>,
    clauses: &Clauses<'_, '_>,
    from: usize,
    to: usize,
    first: usize,
) -> Option<Attribution> {
    for segment in first..clauses.segments.len() {
        let s = clauses.segments[segment];
        for at in s.start.max(from)..s.end.min(to) {
            if !view.frames(
                at,
                Frames::NOUN_PO.or(Frames::NOUN_SO).or(Frames::PREPOSITION),
            ) {
                continue;
            }
            if let Some((cue, source)) = clauses.words_of(segment, at, to) {
                let tokens = TokenRange {
                    start: cue.start,
                    end: cue.end.max(source.tokens.end),
                };
                return Some(attribution(
                    cue,
                    Some(source),
                    tokens,
                    "attribution.by_words_of",
                    0.85,
                ));
            }
        }
    }
    None
}

/// The attribution that the verb at `at` makes.
fn claim(
    view: &View<'_>,
    clauses: &mut Clauses<'_, '_>,
    at: usize,
    segment: usize,
    from: usize,
    after: bool,
    rule: &'static str,
) -> Option<Attribution> {
    let facts = *view.facts(at);
    let cue = Cue {
        at,
        tokens: TokenRange::new(at, at + 1),
        segment,
        form: facts.form,
        frames: facts.frames,
        agree: facts.verb,
    };
    let end = clauses.segments.last().map_or(at + 1, |s| s.end);
    let mut via = Vec::new();
    let mut source = if facts.frames.any(Frames::QUOTING) && !facts.frames.any(Frames::THAT) {
        quoted_person(view, at + 1, end)
    } else {
        None
    };
    let quoting = facts.frames.any(Frames::QUOTING) && !facts.frames.any(Frames::THAT);
    if quoting {
        // «цитирует издание»: whose words they are was said before.
        if let Some(outlet) = clauses.subject(&cue, from, after).and_then(|s| s.mention) {
            via.push(outlet);
        }
    } else if facts.frames.any(Frames::IMPERSONAL) {
        source = clauses.document_place(&cue);
    } else {
        source = clauses.subject(&cue, from, after);
    }
    if facts.grammar.any(Grammar::FIRST_PERSON) && source.is_none() {
        return None;
    }
    let confidence = if source.is_some() { 0.9 } else { 0.5 };
    let tokens = TokenRange::new(from.min(at), end.max(at + 1));
    let mut found = attribution(cue.tokens, source, tokens, rule, confidence);
    found.via = via;
    Some(found)
}

/// The object of «цитирует»: a person or organisation in the accusative.
fn quoted_person(view: &View<'_>, from: usize, to: usize) -> Option<SourcePhrase> {
    let phrase = phrase::read(view, from, to, Wanted::Accusative, Agreement::ANY)?;
    let named =
        (phrase.start..phrase.end).any(|i| view.mention_at(i).is_some()) || phrase.weight >= 3;
    let stands =
        !view.function(phrase.head, Function::DOCUMENT) && view.lower(phrase.head) != "слова";
    if named && stands {
        return Some(phrase::source(view, phrase, Wanted::Accusative));
    }
    // «приводит слова Иванова»
    if view.lower(phrase.head) == "слова" {
        let owner = phrase::read(view, phrase.head + 1, to, Wanted::Genitive, Agreement::ANY)?;
        return Some(phrase::source(view, owner, Wanted::Genitive));
    }
    None
}

pub(super) fn attribution(
    cue: TokenRange,
    source: Option<SourcePhrase>,
    tokens: TokenRange,
    rule: &'static str,
    confidence: f32,
) -> Attribution {
    Attribution {
        cue,
        source,
        via: Vec::new(),
        tokens,
        rule: Rule::named(rule),
        confidence,
    }
}
