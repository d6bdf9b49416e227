//! Where the words that a verb introduces begin, and whether they are a clause or a phrase.
//!
//! Input: a cue; output: the first token of its complement and its [`Complement`], or nothing where the verb introduces none.
//! Invariant: that token lies behind the cue and inside the sentence.

use super::{Complement, Finder};
use crate::document::TokenKind;
use crate::language::english::words::English;
use crate::quotes::english::Found;

impl Finder<'_, '_, '_> {
    /// Where the complement of a cue begins, and what it is.
    pub(super) fn complement(&self, cue: &Found) -> Option<(usize, Complement)> {
        let reader = self.reader;
        let view = reader.view;
        let word = cue.word;
        let end = self.end;
        let mut i = cue.tokens.end as usize;
        let clause = word.any(English::WITH_THAT.or(English::WITH_CLAUSE));
        let mut told = false;
        for _ in 0..6 {
            if i >= end {
                return None;
            }
            if view.is_masked(i) || reader.kind(i) == TokenKind::Quote && view.is_masked(i + 1) {
                return None;
            }
            let here = reader.word(i);
            if here.any(English::THAT) && clause {
                // “said that evening”, “knows that man”: rare; the clause wins.
                return (i + 1 < end).then_some((i + 1, Complement::Clause));
            }
            if here.any(English::TO) {
                // “urges to preserve ties”: a headline names nobody whom. In the past tense it is a participle (“those invited to attend”).
                let bare = word.any(English::WHOM_TO)
                    && word.any(English::SPEECH)
                    && word.any(English::THIRD)
                    && i == cue.tokens.end as usize;
                if (word.any(English::WITH_TO) || bare)
                    && i + 1 < end
                    && !reader.is(i + 1, English::DETERMINER.or(English::POSSESSIVE))
                {
                    return Some((i, Complement::Phrase));
                }
                // “announced to reporters that”
                let that = self.that_ahead(i)?;
                return clause.then_some((that, Complement::Clause));
            }
            if reader.kind(i) == TokenKind::Comma {
                // “noted, however, that”
                let that = self.that_ahead(i).filter(|&t| t <= i + 6);
                return that.filter(|_| clause).map(|t| (t, Complement::Clause));
            }
            if reader.kind(i) == TokenKind::Colon {
                return (clause && i + 1 < end).then_some((i + 1, Complement::Clause));
            }
            if here.any(English::ADVERB.or(English::TIME)) && !here.any(English::SUBJECT) {
                i += 1;
                continue;
            }
            if here.any(English::PREPOSITION) {
                // “said on Monday in Ohio that …”
                if !clause || word.any(English::ING) && !word.any(English::SPEECH) {
                    return None;
                }
                if let Some(that) = self.that_ahead(i) {
                    return Some((that, Complement::Clause));
                }
                if !word.any(English::SPEECH) || !word.any(English::WITH_CLAUSE) {
                    return None;
                }
                let skipped = reader.after(i + 1, end, false)?;
                i = skipped.tokens.end as usize;
                // A place with its time, or the day behind it, may follow.
                if i < end
                    && !self.can_open(i)
                    && !reader.is(
                        i,
                        English::THAT
                            .or(English::PREPOSITION)
                            .or(English::TIME)
                            .or(English::ADVERB),
                    )
                {
                    return None;
                }
                continue;
            }
            if here.any(English::RELATIVE.or(English::CONJUNCTION)) {
                // “asked whether”, “explained why”, “wonder if”
                return (here.any(English::QUESTION) && clause).then_some((i, Complement::Clause));
            }
            if word.any(English::WHOM.or(English::WHOM_TO)) && !told {
                let whom = reader.after(i, end, false)?;
                let mut after = whom.tokens.end as usize;
                while after < end && reader.is(after, English::TIME.or(English::ADVERB)) {
                    after += 1;
                }
                if word.any(English::WHOM_TO) && reader.is(after, English::TO) {
                    return Some((i, Complement::Phrase));
                }
                if !word.any(English::WHOM) {
                    // “expects him …” has a clause or an object.
                    if word.any(English::WITH_OBJECT.or(English::WITH_CLAUSE)) {
                        return Some((
                            i,
                            if clause {
                                Complement::Clause
                            } else {
                                Complement::Phrase
                            },
                        ));
                    }
                    return None;
                }
                told = true;
                if reader.is(after, English::THAT)
                    || reader.is(after, English::PREPOSITION)
                    || self.can_open(after)
                {
                    i = after;
                    continue;
                }
                if reader.kind(after) == TokenKind::Comma {
                    i = after;
                    continue;
                }
                return None;
            }
            if word.any(English::WITH_CLAUSE) && reader.opens_clause(i) {
                let kind = if word.any(English::WITH_OBJECT) && !self.has_verb(i) {
                    Complement::Phrase
                } else if !word.any(English::SPEECH) && !self.has_verb(i) {
                    // “remembers the night”, “knows the truth”
                    return None;
                } else {
                    Complement::Clause
                };
                return Some((i, kind));
            }
            // “raised $12 million” says nothing.
            let sum = matches!(reader.kind(i), TokenKind::Number | TokenKind::Symbol);
            if word.any(English::WITH_OBJECT)
                && !sum
                && (reader.opens_clause(i)
                    || reader.is(i, English::OBJECT_PRONOUN.or(English::POSSESSIVE))
                    || reader.kind(i) == TokenKind::Quote)
            {
                return Some((i, Complement::Phrase));
            }
            if reader.kind(i) == TokenKind::Quote && word.any(English::WITH_CLAUSE) {
                return Some((i, Complement::Clause));
            }
            return None;
        }
        None
    }

    /// Whether the words from `i` on look like a clause: a verb comes before the first comma or relative pronoun.
    fn has_verb(&self, i: usize) -> bool {
        let reader = self.reader;
        for j in i..self.end.min(i + 14) {
            if reader.is(j, English::SUBJECT) {
                return true;
            }
            if matches!(reader.kind(j), TokenKind::Comma | TokenKind::Dash)
                || j > i
                    && reader.is(
                        j,
                        English::RELATIVE.or(English::THAT).or(English::CONJUNCTION),
                    )
            {
                return false;
            }
            if j > i
                && (reader.is(j, English::AUXILIARY) && !reader.genitive(j)
                    || reader.loose_verb(j)
                    || reader.is(j, English::VERB)
                        && reader.is(j, English::PAST.or(English::THIRD))
                        && !reader.noun_use(j, i))
            {
                return true;
            }
        }
        false
    }

    fn can_open(&self, i: usize) -> bool {
        i < self.end
            && (self.reader.opens_clause(i) || self.reader.kind(i) == TokenKind::Quote)
            && !self.reader.is(i, English::AND)
    }

    /// The token behind a “that” within reach of `i`, no verb of another clause between.
    fn that_ahead(&self, i: usize) -> Option<usize> {
        let reader = self.reader;
        for j in i..self.end.min(i + 14) {
            if reader.is(j, English::THAT) {
                return (j + 1 < self.end).then_some(j + 1);
            }
            if reader.is(j, English::AUXILIARY) && !reader.genitive(j)
                || matches!(reader.kind(j), TokenKind::Semicolon | TokenKind::Quote)
                || j > i && reader.is(j, English::SUBJECT)
            {
                return None;
            }
        }
        None
    }
}
