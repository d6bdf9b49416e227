//! Whose words in marks are, in English: “…,” said X; X said, “…”; between two parts; in the clause around a fragment.
//!
//! Input: a draft of words in marks; output: its [`Attribution`], where a cue with a subject stands beside it.

use super::cue::{Found, cue_at};
use super::reader::Reader;
use crate::document::TokenRange;
use crate::document::{Rule, TokenKind};
use crate::language::clauses::Clauses;
use crate::language::habits::LeadUp;
use crate::language::pack::{Before, Behind, Language};
use crate::language::region;
use crate::language::types::{Attribution, Draft, SourcePhrase};
use crate::lexis::classes::Classes;
use crate::lexis::cues::CueList;

/// Tokens beside the marks that an attribution may take.
pub(super) const REACH: usize = 60;
/// Tokens between closing marks and the cue.
const NEAR: usize = 28;

/// What is looked for behind words in marks, in order.
pub(super) const BEHIND: [Behind; 2] = [
    |clauses, region| Beside::new(clauses).first_attribution(region.start, region.end),
    |clauses, region| Beside::new(clauses).unlisted(region.start, region.end),
];

/// What is looked for before words in marks, in order.
pub(super) const BEFORE: [Before; 3] = [
    |clauses, l| Beside::new(clauses).last_cue(l.from, l.to, false),
    |clauses, l| Beside::new(clauses).verb_before(l),
    |clauses, l| Beside::new(clauses).colon(l),
];

/// The attribution of a fragment.
pub(super) fn fragment(
    pack: &dyn Language,
    clauses: &mut Clauses<'_, '_>,
    draft: &Draft,
) -> Option<Attribution> {
    let view = clauses.view;
    let here = draft.tokens.start as usize;
    let behind = draft.tokens.end as usize;
    let sentence = view.doc.sentence_at(view.doc.tokens[here].span.start())?;
    let range = view.doc.sentences[sentence].tokens.range();
    // A page without full stops is one sentence.
    let range = range.start.max(here.saturating_sub(2 * REACH))..range.end.min(behind + 2 * REACH);
    // “tough,” X said
    let comma =
        (behind..behind + 2).any(|i| matches!(view.kind(i), TokenKind::Comma | TokenKind::Stop));
    let within = (behind, range.end.max(behind));
    if comma && let Some(found) = region::attribution_behind(pack, clauses, within, false) {
        return Some(found);
    }
    let finder = Beside::new(clauses);
    finder
        .last_cue(range.start, here, true)
        .or_else(|| finder.first_attribution(behind, range.end))
}

/// Tokens beside words in marks.
struct Beside<'v, 'd> {
    words: &'v CueList,
    reader: Reader<'v, 'd>,
}

impl<'v, 'd> Beside<'v, 'd> {
    fn new(clauses: &Clauses<'v, 'd>) -> Self {
        Beside {
            words: &clauses.view.known.glossary.languages.cues,
            reader: Reader { view: clauses.view },
        }
    }
}

impl Beside<'_, '_> {
    /// “…,” an angry Hollande retaliated: behind a comma any verb in -ed will do. “…,” Jane Roe, 45, Dayton: no verb at all.
    fn unlisted(&self, start: usize, end: usize) -> Option<Attribution> {
        let reader = self.reader;
        let spoken = |verb: usize, source: SourcePhrase| {
            Attribution::new(
                TokenRange::new(verb, verb + 1),
                Some(source),
                TokenRange::new(start, end),
                Rule::AttributionAfterVerb,
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
            Attribution::new(
                cue,
                Some(source),
                TokenRange::new(start, end),
                Rule::AttributionSignature,
                0.7,
            )
        })
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
                        Rule::AttributionAccording,
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
                    Rule::AttributionAfter,
                    0.93,
                ));
            }
            i = next;
        }
        None
    }

    /// “Clinton cracked, ‘…’”
    fn verb_before(&self, LeadUp { from, last, to, .. }: LeadUp) -> Option<Attribution> {
        let reader = self.reader;
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
            return Some(Attribution::new(
                cue,
                Some(source),
                TokenRange::new(from, to),
                Rule::AttributionBeforeVerb,
                0.7,
            ));
        }
        None
    }

    /// “Clinton: ‘…’”; “McConnell delivered a message to Trump: ‘…’”
    fn colon(&self, LeadUp { from, last, to, .. }: LeadUp) -> Option<Attribution> {
        let reader = self.reader;
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
            return Some(Attribution::new(
                cue,
                Some(source),
                TokenRange::new(from, to),
                Rule::AttributionColon,
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
                        Rule::AttributionAccording,
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
            let found = self.made(&cue, Some(source), (from, to), Rule::AttributionBefore, 0.9);
            if cue.word.any(Classes::SPEECH) || thought {
                return Some(found);
            }
            named.get_or_insert(found);
        }
        named
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
        rule: Rule,
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
        Attribution::new(
            cue.tokens,
            source,
            TokenRange::new(start, end),
            rule,
            confidence,
        )
    }
}
