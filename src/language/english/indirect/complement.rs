//! Where the words that a verb introduces begin, and whether they are a clause or a phrase.
//!
//! Input: a cue; output: the first token of its complement and its [`Complement`], or nothing where the verb introduces none.
//! Invariant: that token lies behind the cue and inside the sentence.

use super::{Complement, Finder};
use crate::document::TokenKind;
use crate::language::english::cue::Found;
use crate::lexis::classes::Classes;

impl Finder<'_, '_, '_> {
    /// Where the complement of a cue begins, and what it is.
    pub(super) fn complement(&self, cue: &Found) -> Option<(usize, Complement)> {
        let reader = self.reader;
        let view = reader.view;
        let word = cue.word;
        let end = self.end;
        let mut i = cue.tokens.end as usize;
        let clause = word.any(Classes::WITH_THAT.or(Classes::WITH_CLAUSE));
        let mut told = false;
        for _ in 0..6 {
            if i >= end {
                return None;
            }
            if view.is_masked(i) || reader.kind(i) == TokenKind::Quote && view.is_masked(i + 1) {
                return None;
            }
            let here = reader.word(i);
            if here.any(Classes::THAT) && clause {
                // “said that evening”, “knows that man”: rare; the clause wins.
                return (i + 1 < end).then_some((i + 1, Complement::Clause));
            }
            if here.any(Classes::TO) {
                // “urges to preserve ties”: a headline names nobody whom. In the past tense it is a participle (“those invited to attend”).
                let bare = word.any(Classes::WHOM_TO)
                    && word.any(Classes::SPEECH)
                    && word.any(Classes::THIRD)
                    && i == cue.tokens.end as usize;
                if (word.any(Classes::WITH_TO) || bare)
                    && i + 1 < end
                    && !reader.is(i + 1, Classes::DETERMINER.or(Classes::POSSESSIVE))
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
            if here.any(Classes::ADVERB.or(Classes::TIME)) && !here.any(Classes::SUBJECT) {
                i += 1;
                continue;
            }
            if here.any(Classes::PREPOSITION) {
                // “said on Monday in Ohio that …”
                if !clause || word.any(Classes::ING) && !word.any(Classes::SPEECH) {
                    return None;
                }
                if let Some(that) = self.that_ahead(i) {
                    return Some((that, Complement::Clause));
                }
                if !word.any(Classes::SPEECH) || !word.any(Classes::WITH_CLAUSE) {
                    return None;
                }
                let skipped = reader.after(i + 1, end, false)?;
                i = skipped.tokens.end as usize;
                // A place with its time, or the day behind it, may follow.
                if i < end
                    && !self.can_open(i)
                    && !reader.is(
                        i,
                        Classes::THAT
                            .or(Classes::PREPOSITION)
                            .or(Classes::TIME)
                            .or(Classes::ADVERB),
                    )
                {
                    return None;
                }
                continue;
            }
            if here.any(Classes::RELATIVE.or(Classes::CONJUNCTION)) {
                // “asked whether”, “explained why”, “wonder if”
                return (here.any(Classes::QUESTION) && clause).then_some((i, Complement::Clause));
            }
            if word.any(Classes::WHOM.or(Classes::WHOM_TO)) && !told {
                let whom = reader.after(i, end, false)?;
                let mut after = whom.tokens.end as usize;
                while after < end && reader.is(after, Classes::TIME.or(Classes::ADVERB)) {
                    after += 1;
                }
                if word.any(Classes::WHOM_TO) && reader.is(after, Classes::TO) {
                    return Some((i, Complement::Phrase));
                }
                if !word.any(Classes::WHOM) {
                    // “expects him …” has a clause or an object.
                    if word.any(Classes::WITH_OBJECT.or(Classes::WITH_CLAUSE)) {
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
                if reader.is(after, Classes::THAT)
                    || reader.is(after, Classes::PREPOSITION)
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
            if word.any(Classes::WITH_CLAUSE) && reader.opens_clause(i) {
                let kind = if word.any(Classes::WITH_OBJECT) && !self.has_verb(i) {
                    Complement::Phrase
                } else if !word.any(Classes::SPEECH) && !self.has_verb(i) {
                    // “remembers the night”, “knows the truth”
                    return None;
                } else {
                    Complement::Clause
                };
                return Some((i, kind));
            }
            // “raised $12 million” says nothing.
            let sum = matches!(reader.kind(i), TokenKind::Number | TokenKind::Symbol);
            if word.any(Classes::WITH_OBJECT)
                && !sum
                && (reader.opens_clause(i)
                    || reader.is(i, Classes::OBJECT_PRONOUN.or(Classes::POSSESSIVE))
                    || reader.kind(i) == TokenKind::Quote)
            {
                return Some((i, Complement::Phrase));
            }
            if reader.kind(i) == TokenKind::Quote && word.any(Classes::WITH_CLAUSE) {
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
            if reader.is(j, Classes::SUBJECT) {
                return true;
            }
            if matches!(reader.kind(j), TokenKind::Comma | TokenKind::Dash)
                || j > i
                    && reader.is(
                        j,
                        Classes::RELATIVE.or(Classes::THAT).or(Classes::CONJUNCTION),
                    )
            {
                return false;
            }
            if j > i
                && (reader.is(j, Classes::AUXILIARY) && !reader.genitive(j)
                    || reader.loose_verb(j)
                    || reader.is(j, Classes::VERB)
                        && reader.is(j, Classes::PAST.or(Classes::THIRD))
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
            && !self.reader.is(i, Classes::AND)
    }

    /// The token behind a “that” within reach of `i`, no verb of another clause between.
    fn that_ahead(&self, i: usize) -> Option<usize> {
        let reader = self.reader;
        for j in i..self.end.min(i + 14) {
            if reader.is(j, Classes::THAT) {
                return (j + 1 < self.end).then_some(j + 1);
            }
            if reader.is(j, Classes::AUXILIARY) && !reader.genitive(j)
                || matches!(reader.kind(j), TokenKind::Semicolon | TokenKind::Quote)
                || j > i && reader.is(j, Classes::SUBJECT)
            {
                return None;
            }
        }
        None
    }
}
