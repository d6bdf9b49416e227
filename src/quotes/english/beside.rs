//! Whose words in marks are, in English: “…,” said X; X said, “…”; between two parts; in the clause around a fragment.
//!
//! Input: a draft of words in marks; output: its [`Attribution`], where a cue with a subject stands beside it.

use super::reader::Reader;
use super::{Found, attribution, cue_at};
use crate::document::TokenRange;
use crate::document::{Gap, Side, TokenKind};
use crate::lexis::classes::Classes;
use crate::lexis::cues::CueList;
use crate::quotes::types::{Attribution, Draft, SourcePhrase};
use crate::view::View;

/// Tokens beside the marks that an attribution may take.
const REACH: usize = 60;
/// Tokens between closing marks and the cue.
const NEAR: usize = 28;

/// The attribution beside a direct quotation.
pub fn direct(words: &CueList, view: &View<'_>, draft: &Draft) -> Option<Attribution> {
    let finder = Beside {
        words,
        reader: Reader { view },
    };
    let doc = view.doc;
    for pair in draft.parts.windows(2) {
        let from = doc.tokens_in(pair[0]).end as usize;
        let to = doc.tokens_in(pair[1]).start as usize;
        if let Some(found) = finder.behind(from, to, true) {
            return Some(found);
        }
    }
    let end = draft.tokens.end as usize;
    let limit = (end + REACH).min(doc.tokens.len());
    finder
        .behind(end, limit, false)
        .or_else(|| finder.before(draft.tokens.start as usize))
}

/// The attribution of a fragment.
pub fn fragment(words: &CueList, view: &View<'_>, draft: &Draft) -> Option<Attribution> {
    let finder = Beside {
        words,
        reader: Reader { view },
    };
    let here = draft.tokens.start as usize;
    let behind = draft.tokens.end as usize;
    let sentence = view.doc.sentence_at(view.doc.tokens[here].span.start())?;
    let range = view.doc.sentences[sentence].tokens.range();
    // A page without full stops is one sentence.
    let range = range.start.max(here.saturating_sub(2 * REACH))..range.end.min(behind + 2 * REACH);
    // “tough,” X said
    let comma = (behind..behind + 2).any(|i| finder.reader.kind(i) == TokenKind::Comma)
        || (behind..behind + 2).any(|i| finder.reader.kind(i) == TokenKind::Stop);
    if comma && let Some(found) = finder.behind(behind, range.end.max(behind), false) {
        return Some(found);
    }
    finder
        .last_cue(range.start, here, true)
        .or_else(|| finder.first_cue(behind, range.end))
}

struct Beside<'v, 'd> {
    words: &'v CueList,
    reader: Reader<'v, 'd>,
}

impl Beside<'_, '_> {
    /// Looks behind closing marks: from `from` to the end of the sentence.
    fn behind(&self, from: usize, limit: usize, between: bool) -> Option<Attribution> {
        let reader = self.reader;
        let view = reader.view;
        let limit = limit.min(view.doc.tokens.len());
        let mut i = from;
        let mut comma = from > 0 && self.asks(from - 1);
        while i < limit && i < from + 4 {
            if i > from && view.token(i).gap >= Gap::Paragraph {
                return None;
            }
            match reader.kind(i) {
                TokenKind::Comma | TokenKind::Dash => comma = true,
                TokenKind::Quote
                    if view.token(i).side != Side::Open || view.token(i).gap == Gap::None => {}
                TokenKind::Stop if self.asks(i) => comma = true,
                _ => break,
            }
            i += 1;
        }
        let start = i;
        while i < limit {
            if view.is_masked(i)
                || reader.kind(i) == TokenKind::Stop
                || i > start && view.token(i).gap >= Gap::Paragraph
                || reader.kind(i) == TokenKind::Quote && view.is_masked(i + 1)
            {
                break;
            }
            i += 1;
        }
        let end = i;
        if start >= end || view.token(start).gap >= Gap::Paragraph {
            return None;
        }
        if !comma && !between && !(reader.lower_case(start)) {
            return None;
        }
        self.first_attribution(start, end)
            .or_else(|| self.unlisted(start, end))
    }

    /// “…,” an angry Hollande retaliated: behind a comma any verb in -ed will do. “…,” Jane Roe, 45, Dayton: no verb at all.
    fn unlisted(&self, start: usize, end: usize) -> Option<Attribution> {
        let reader = self.reader;
        let spoken = |verb: usize, source: SourcePhrase| {
            attribution(
                TokenRange::new(verb, verb + 1),
                Some(source),
                TokenRange::new(start, end),
                "attribution.after_verb",
                0.7,
            )
        };
        if reader.loose_verb(start) {
            let source = reader.after(start + 1, end, true)?;
            return Some(spoken(start, source));
        }
        if let Some(verb) = (start + 1..end.min(start + 9)).find(|&i| reader.loose_verb(i))
            && let Some(source) = reader.before(start, verb)
            && source.tokens.start as usize == start
        {
            return Some(spoken(verb, source));
        }
        let source = reader.after(start, end, false)?;
        let mut verb = source.tokens.end as usize;
        while verb < end && reader.is(verb, Classes::ADVERB) {
            verb += 1;
        }
        let speaks = reader.loose_verb(verb) || reader.is(verb, Classes::DIALOGUE);
        if verb < end && speaks {
            return Some(spoken(verb, source));
        }
        let named = source.tokens.start as usize == start
            && reader.is_name(start, source.tokens.end as usize)
            && (verb >= end
                || matches!(
                    reader.kind(verb),
                    TokenKind::Comma | TokenKind::Bracket | TokenKind::Dash
                ))
            && end - start <= 14;
        named.then(|| {
            let cue = source.tokens;
            attribution(
                cue,
                Some(source),
                TokenRange::new(start, end),
                "attribution.signature",
                0.7,
            )
        })
    }

    /// A question or exclamation mark, after which no comma stands.
    fn asks(&self, i: usize) -> bool {
        self.reader.kind(i) == TokenKind::Stop && {
            let text = self
                .reader
                .view
                .token(i)
                .span
                .slice(&self.reader.view.doc.text);
            text != "."
        }
    }

    fn first_attribution(&self, start: usize, end: usize) -> Option<Attribution> {
        let reader = self.reader;
        let mut i = start;
        while i < end.min(start + NEAR) {
            let Some(cue) = cue_at(self.words, reader, i) else {
                i += 1;
                continue;
            };
            let next = cue.tokens.end as usize;
            if cue.preposition {
                if let Some(source) = reader.after(next, end, true) {
                    return Some(self.made(
                        &cue,
                        Some(source),
                        (start, end),
                        "attribution.according",
                        0.9,
                    ));
                }
                i = next;
                continue;
            }
            let speaks = cue
                .word
                .any(Classes::DIRECT.or(Classes::AFTER).or(Classes::SPEECH));
            if !speaks || reader.noun_use(i, start) {
                i = next;
                continue;
            }
            let lead = (start..i)
                .all(|k| reader.is(k, Classes::ADVERB.or(Classes::AND)) || !reader.wordlike(k));
            let source = if lead && !cue.word.any(Classes::ING) {
                // “…,” said X
                reader.after(next, end, true)
            } else {
                reader.subject(i, start, None)
            };
            if let Some(source) = source {
                return Some(self.made(
                    &cue,
                    Some(source),
                    (start, end),
                    "attribution.after",
                    0.93,
                ));
            }
            i = next;
        }
        None
    }

    /// Looks before opening marks: the sentence that leads up to them.
    fn before(&self, start: usize) -> Option<Attribution> {
        let reader = self.reader;
        let view = reader.view;
        let mut to = start;
        while to > 0
            && to + 3 > start
            && matches!(reader.kind(to - 1), TokenKind::Quote | TokenKind::Bracket)
        {
            to -= 1;
        }
        if to == 0 || view.is_masked(to - 1) {
            return None;
        }
        let last = to - 1;
        let leads = matches!(
            reader.kind(last),
            TokenKind::Comma | TokenKind::Colon | TokenKind::Dash
        ) || reader.wordlike(last);
        if !leads || view.token(to).gap >= Gap::Paragraph && reader.kind(last) != TokenKind::Colon {
            return None;
        }
        let sentence = view.doc.sentence_at(view.doc.tokens[last].span.start())?;
        let mut from =
            (view.doc.sentences[sentence].tokens.start as usize).max(last.saturating_sub(REACH));
        if let Some(masked) = (from..last).rev().find(|&i| view.is_masked(i)) {
            from = masked + 1;
            while from < last && matches!(reader.kind(from), TokenKind::Quote | TokenKind::Comma) {
                from += 1;
            }
        }
        if let Some(found) = self.last_cue(from, to, false) {
            return Some(found);
        }
        // “Clinton cracked, ‘…’”
        let word = if reader.wordlike(last) {
            last
        } else {
            last.max(1) - 1
        };
        if reader.kind(last) != TokenKind::Dash
            && word > from
            && reader.loose_verb(word)
            && let Some(source) = reader.subject(word, from, None)
        {
            let cue = TokenRange::new(word, word + 1);
            return Some(attribution(
                cue,
                Some(source),
                TokenRange::new(from, to),
                "attribution.before_verb",
                0.7,
            ));
        }
        // “Clinton: ‘…’”; “McConnell delivered a message to Trump: ‘…’”
        let told = (from + 1..last).any(|i| {
            reader.loose_verb(i)
                || reader.is(i, Classes::AUXILIARY) && !reader.genitive(i)
                || reader.is(i, Classes::VERB) && !reader.noun_use(i, from)
        });
        if reader.kind(last) == TokenKind::Colon
            && let Some(source) = if told {
                reader.first_subject(from, last)
            } else {
                reader.before(from, last)
            }
        {
            let cue = TokenRange::new(last, last + 1);
            return Some(attribution(
                cue,
                Some(source),
                TokenRange::new(from, to),
                "attribution.colon",
                0.75,
            ));
        }
        None
    }

    /// The last cue of `from..to` that has a subject.
    fn last_cue(&self, from: usize, to: usize, thought: bool) -> Option<Attribution> {
        let reader = self.reader;
        let mut named = None;
        for i in (from..to).rev() {
            if reader.view.is_masked(i) {
                continue;
            }
            let Some(cue) = cue_at(self.words, reader, i) else {
                continue;
            };
            if cue.tokens.end as usize > to {
                continue;
            }
            if cue.preposition {
                if let Some(source) = reader.after(cue.tokens.end as usize, to, true) {
                    return Some(self.made(
                        &cue,
                        Some(source),
                        (from, to),
                        "attribution.according",
                        0.85,
                    ));
                }
                continue;
            }
            let speaks = thought
                || cue
                    .word
                    .any(Classes::DIRECT.or(Classes::AFTER).or(Classes::SPEECH));
            if !speaks || reader.noun_use(i, from) {
                continue;
            }
            // “Blumenthal was asked, ‘…’”: somebody else did.
            if cue.word.any(Classes::PAST) && i > from && reader.is(i - 1, Classes::BE) {
                continue;
            }
            let Some(source) = reader
                .subject(i, from, None)
                .or_else(|| self.chained(from, i))
            else {
                continue;
            };
            let found = self.made(&cue, Some(source), (from, to), "attribution.before", 0.9);
            if cue.word.any(Classes::SPEECH) || thought {
                return Some(found);
            }
            named.get_or_insert(found);
        }
        named
    }

    fn first_cue(&self, from: usize, to: usize) -> Option<Attribution> {
        self.first_attribution(from, to)
    }

    /// The subject of a verb that stands in a chain: of the first verb of the sentence.
    fn chained(&self, from: usize, verb: usize) -> Option<SourcePhrase> {
        let reader = self.reader;
        (from + 1..verb)
            .find(|&i| {
                reader.is(i, Classes::VERB.or(Classes::AUXILIARY))
                    && !reader.genitive(i)
                    && !reader.noun_use(i, from)
            })
            .and_then(|i| reader.subject(i, from, None))
    }

    fn made(
        &self,
        cue: &Found,
        source: Option<SourcePhrase>,
        (from, to): (usize, usize),
        rule: &'static str,
        confidence: f32,
    ) -> Attribution {
        let pronoun = source.as_ref().is_some_and(|s| {
            self.reader.is(
                s.head as usize,
                Classes::RELATIVE.or(Classes::OBJECT_PRONOUN),
            )
        });
        let confidence = if pronoun {
            confidence - 0.2
        } else {
            confidence
        };
        let start = from.min(cue.tokens.start as usize);
        let end = to.max(cue.tokens.end as usize);
        attribution(
            cue.tokens,
            source,
            TokenRange::new(start, end),
            rule,
            confidence,
        )
    }
}
