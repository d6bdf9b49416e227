//! Where the words that a verb introduces begin, and whether they are a clause or a phrase.
//!
//! Input: a cue; output: the first token of its complement and its [`Complement`], or nothing where the verb introduces none.
//! Invariant: that token lies behind the cue and inside the sentence.

use super::{Complement, Finder};
use crate::document::TokenKind;
use crate::language::english::cue::Found;
use crate::lexis::classes::Classes;

/// Steps over words that stand between a cue and its complement.
const PASSED: usize = 6;

/// A complement that is looked for.
struct Search<'a> {
    cue: &'a Found,
    /// A clause may follow the cue.
    clause: bool,
    /// Who is told has been passed.
    told: bool,
}

/// What a token behind a cue settles.
enum Next {
    /// Where the complement begins and what it is; or that there is none.
    Is(Option<(usize, Complement)>),
    /// Look at that token next.
    On(usize),
}

impl Finder<'_, '_, '_> {
    /// Where the complement of a cue begins, and what it is. Each token behind the cue is asked the questions of [`Self::at_token`] until
    /// one is answered; a few may be passed over (“said on Monday that”).
    pub(super) fn complement(&self, cue: &Found) -> Option<(usize, Complement)> {
        let mut search = Search {
            cue,
            clause: cue.word.any(Classes::WITH_THAT.or(Classes::WITH_CLAUSE)),
            told: false,
        };
        let mut i = cue.tokens.end as usize;
        for _ in 0..PASSED {
            match self.at_token(&mut search, i) {
                Next::Is(complement) => return complement,
                Next::On(next) => i = next,
            }
        }
        None
    }

    /// What token `i` behind a cue says of its complement: the questions in order.
    fn at_token(&self, search: &mut Search<'_>, i: usize) -> Next {
        let reader = self.reader;
        let view = reader.view;
        let here = reader.word(i);
        let marked = reader.kind(i) == TokenKind::Quote && view.is_masked(i + 1);
        if i >= self.end || view.is_masked(i) || marked {
            return Next::Is(None);
        }
        if here.any(Classes::THAT) && search.clause {
            // “said that evening”, “knows that man”: rare; the clause wins.
            return Next::Is((i + 1 < self.end).then_some((i + 1, Complement::Clause)));
        }
        if here.any(Classes::TO) {
            return Next::Is(self.behind_to(search, i));
        }
        if reader.kind(i) == TokenKind::Comma {
            // “noted, however, that”
            let that = self.that_ahead(i).filter(|&t| t <= i + 6);
            let clause = that.filter(|_| search.clause);
            return Next::Is(clause.map(|t| (t, Complement::Clause)));
        }
        if reader.kind(i) == TokenKind::Colon {
            let clause = search.clause && i + 1 < self.end;
            return Next::Is(clause.then_some((i + 1, Complement::Clause)));
        }
        if here.any(Classes::ADVERB.or(Classes::TIME)) && !here.any(Classes::SUBJECT) {
            return Next::On(i + 1);
        }
        if here.any(Classes::PREPOSITION) {
            return self.behind_preposition(search, i);
        }
        if here.any(Classes::RELATIVE.or(Classes::CONJUNCTION)) {
            // “asked whether”, “explained why”, “wonder if”
            let asked = here.any(Classes::QUESTION) && search.clause;
            return Next::Is(asked.then_some((i, Complement::Clause)));
        }
        if search.cue.word.any(Classes::WHOM.or(Classes::WHOM_TO)) && !search.told {
            return self.behind_whom(search, i);
        }
        Next::Is(self.bare(search, i))
    }

    /// “vowed to close”, “urges to preserve ties”, “announced to reporters that”: the words behind “to” at `i`.
    fn behind_to(&self, search: &Search<'_>, i: usize) -> Option<(usize, Complement)> {
        let word = search.cue.word;
        // A headline names nobody whom. In the past tense it is a participle (“those invited to attend”).
        let bare = word.any(Classes::WHOM_TO)
            && word.any(Classes::SPEECH)
            && word.any(Classes::THIRD)
            && i == search.cue.tokens.end as usize;
        let noun = Classes::DETERMINER.or(Classes::POSSESSIVE);
        if (word.any(Classes::WITH_TO) || bare) && i + 1 < self.end && !self.reader.is(i + 1, noun)
        {
            return Some((i, Complement::Phrase));
        }
        let that = self.that_ahead(i)?;
        search.clause.then_some((that, Complement::Clause))
    }

    /// “said on Monday in Ohio that …”: the clause stands behind the prepositional phrase at `i`.
    fn behind_preposition(&self, search: &Search<'_>, i: usize) -> Next {
        let (reader, word) = (self.reader, search.cue.word);
        if !search.clause || word.any(Classes::ING) && !word.any(Classes::SPEECH) {
            return Next::Is(None);
        }
        if let Some(that) = self.that_ahead(i) {
            return Next::Is(Some((that, Complement::Clause)));
        }
        if !word.any(Classes::SPEECH) || !word.any(Classes::WITH_CLAUSE) {
            return Next::Is(None);
        }
        let Some(skipped) = reader.after(i + 1, self.end, false) else {
            return Next::Is(None);
        };
        let next = skipped.tokens.end as usize;
        // A place with its time, or the day behind it, may follow.
        let follows = Classes::THAT
            .or(Classes::PREPOSITION)
            .or(Classes::TIME)
            .or(Classes::ADVERB);
        if next < self.end && !self.can_open(next) && !reader.is(next, follows) {
            return Next::Is(None);
        }
        Next::On(next)
    }

    /// “told reporters that”, “urged them to go”: who is told stands at `i`.
    fn behind_whom(&self, search: &mut Search<'_>, i: usize) -> Next {
        let (reader, word) = (self.reader, search.cue.word);
        let Some(whom) = reader.after(i, self.end, false) else {
            return Next::Is(None);
        };
        let mut after = whom.tokens.end as usize;
        while after < self.end && reader.is(after, Classes::TIME.or(Classes::ADVERB)) {
            after += 1;
        }
        if word.any(Classes::WHOM_TO) && reader.is(after, Classes::TO) {
            return Next::Is(Some((i, Complement::Phrase)));
        }
        if !word.any(Classes::WHOM) {
            // “expects him …” has a clause or an object.
            let kind = match search.clause {
                true => Complement::Clause,
                false => Complement::Phrase,
            };
            let object = word.any(Classes::WITH_OBJECT.or(Classes::WITH_CLAUSE));
            return Next::Is(object.then_some((i, kind)));
        }
        search.told = true;
        let goes_on = reader.is(after, Classes::THAT.or(Classes::PREPOSITION))
            || self.can_open(after)
            || reader.kind(after) == TokenKind::Comma;
        match goes_on {
            true => Next::On(after),
            false => Next::Is(None),
        }
    }

    /// “said the road was closed”, “criticized the plan”: the words begin at `i` itself.
    fn bare(&self, search: &Search<'_>, i: usize) -> Option<(usize, Complement)> {
        let (reader, word) = (self.reader, search.cue.word);
        if word.any(Classes::WITH_CLAUSE) && reader.opens_clause(i) {
            if word.any(Classes::WITH_OBJECT) && !self.has_verb(i) {
                return Some((i, Complement::Phrase));
            }
            // “remembers the night”, “knows the truth”
            let says = word.any(Classes::SPEECH) || self.has_verb(i);
            return says.then_some((i, Complement::Clause));
        }
        // “raised $12 million” says nothing.
        let sum = matches!(reader.kind(i), TokenKind::Number | TokenKind::Symbol);
        let quote = reader.kind(i) == TokenKind::Quote;
        let object = reader.opens_clause(i)
            || reader.is(i, Classes::OBJECT_PRONOUN.or(Classes::POSSESSIVE))
            || quote;
        if word.any(Classes::WITH_OBJECT) && !sum && object {
            return Some((i, Complement::Phrase));
        }
        (quote && word.any(Classes::WITH_CLAUSE)).then_some((i, Complement::Clause))
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
