//! Indirect quotations in English: what a cue of speech, thought or attitude introduces without marks.
//!
//! Input: a sentence; output: [`Draft`]s of kind indirect with cue and source. Patterns: a clause after “said (that)”, “to” and
//! an infinitive after “vowed”, “urged X to”, a noun phrase after “criticized”, words before or around “X said”, “according
//! to X”, “the claim that”, headlines “X: …”.

use super::noun::Reader;
use super::words::{English, EnglishWords};
use super::{Found, attribution, cue_at};
use crate::document::{QuoteKind, Rule, TokenRange};
use crate::quotes::clause::View;
use crate::quotes::types::{Draft, SourcePhrase};
use crate::segment::{Side, TokenKind};
use crate::span::Span;

/// What follows a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Complement {
    /// A clause.
    Clause,
    /// “to” and an infinitive, or a noun phrase.
    Phrase,
}

/// Appends the indirect quotations of one sentence.
pub fn sentence(
    words: &EnglishWords,
    view: &View<'_>,
    tokens: TokenRange,
    title: bool,
    taken: &[TokenRange],
    found: &mut Vec<Draft>,
) {
    let (start, mut end) = (tokens.start as usize, tokens.end as usize);
    while end > start && matches!(view.kind(end - 1), TokenKind::Stop) {
        end -= 1;
    }
    let mut finder = Finder {
        words,
        reader: Reader { view },
        taken,
        start,
        end,
        last: None,
        covered: start,
        headed: false,
        found,
    };
    finder.headed = finder.title_case();
    if title && finder.headline() {
        return;
    }
    let mut i = start;
    while i < end {
        if view.is_masked(i) {
            i += 1;
            continue;
        }
        i = finder.at(i).max(i + 1);
    }
}

struct Finder<'v, 'd, 'f> {
    words: &'v EnglishWords,
    reader: Reader<'v, 'd>,
    taken: &'f [TokenRange],
    start: usize,
    end: usize,
    /// Subject of the cue before, which a verb without a subject shares.
    last: Option<SourcePhrase>,
    /// Words before this token belong to a quotation already.
    covered: usize,
    /// Every word has a capital, as over an article.
    headed: bool,
    found: &'f mut Vec<Draft>,
}

impl Finder<'_, '_, '_> {
    /// Looks at token `i`; gives where to go on.
    fn at(&mut self, i: usize) -> usize {
        let reader = self.reader;
        let word = reader.word(i);
        // “the United States”, “the Backing Group”: a verb has no capital inside a sentence.
        if reader.capital(i) && i > self.start && !self.headed && !word.any(English::PAST) {
            return i + 1;
        }
        if word.any(English::VERB.or(English::PHRASE))
            && let Some(cue) = cue_at(self.words, reader, i)
        {
            if self.taken.iter().any(|t| t.range().contains(&i)) {
                if let Some(source) = reader.subject(i, self.start, self.last.as_ref()) {
                    self.last = Some(source);
                }
                return cue.tokens.end as usize;
            }
            if cue.preposition {
                return self.according(&cue);
            }
            if !reader.noun_use(i, self.start) {
                return self.verb(&cue);
            }
        }
        if word.any(English::NOUN) {
            return self.noun(i);
        }
        if word.any(English::ADJECTIVE) {
            return self.adjective(i);
        }
        i + 1
    }

    /// Whether the sentence has capitals throughout.
    fn title_case(&self) -> bool {
        let (mut capital, mut lower) = (0, 0);
        for i in self.start..self.end {
            let token = self.reader.view.token(i);
            if token.kind == TokenKind::Word && token.span.len() > 3 {
                if self.reader.capital(i) {
                    capital += 1;
                } else {
                    lower += 1;
                }
            }
        }
        capital > 2 && lower * 4 <= capital
    }

    /// “X said (that) A”, “X vowed to A”, “X criticized A”; “A, X said”.
    fn verb(&mut self, cue: &Found) -> usize {
        let reader = self.reader;
        let at = cue.tokens.start as usize;
        let next = cue.tokens.end as usize;
        if self.inside(at) {
            return next;
        }
        // “A, said X.” What is called or asked has no words before it.
        let behind = cue.word.any(English::AFTER)
            && cue.word.any(English::WITH_THAT.or(English::WITH_CLAUSE));
        if behind
            && !cue.word.any(English::ING)
            && at > self.start
            && reader.kind(at - 1) == TokenKind::Comma
            && !self.aside_before(at - 1)
            && let Some(source) = reader.after(next, self.end, true)
            && !reader.is(source.head as usize, English::TIME)
            && self.closes(source.tokens.end as usize)
        {
            let capital = reader.capital(source.tokens.start as usize)
                || reader.is(
                    source.tokens.start as usize,
                    English::DETERMINER
                        .or(English::SUBJECT)
                        .or(English::POSSESSIVE),
                );
            if capital && self.push_around(cue, source, at - 1, "indirect.after") {
                return self.covered.max(next);
            }
        }
        if self.passive(cue) {
            return next;
        }
        let source = reader.subject(at, self.start, self.last.as_ref());
        let Some(source) = source else {
            return next;
        };
        let narrator = reader.is(source.head as usize, English::SPEAKING);
        if narrator {
            return next;
        }
        self.last = Some(source.clone());
        if let Some((from, complement)) = self.complement(cue) {
            let mut to = self.content_end(from, complement, cue);
            // “When X announced A, …”: the main clause is behind the comma.
            let left = source.tokens.start as usize;
            if left > self.start
                && reader.is(left - 1, English::CONJUNCTION)
                && !reader.is(left - 1, English::CONTRAST)
                && let Some(comma) = (from..to).find(|&i| reader.kind(i) == TokenKind::Comma)
            {
                to = comma;
            }
            // “said goodbye”
            if complement == Complement::Clause && from + 1 >= to {
                return next;
            }
            if complement == Complement::Phrase && !reader.is(from, English::TO) {
                let words = (from..to).filter(|&i| reader.wordlike(i)).count();
                // “called the plan ‘a gift’”: the words in marks are all that is quoted.
                let named =
                    cue.word.any(English::DIRECT) && reader.kind(to - 1) == TokenKind::Quote;
                if words < 3 || named {
                    return next;
                }
            }
            let confidence = match (complement, cue.word.any(English::SPEECH)) {
                (Complement::Clause, true) => 0.85,
                (Complement::Clause, false) => 0.7,
                (Complement::Phrase, _) => 0.5,
            };
            if self.push(
                &[(from, to)],
                cue.tokens,
                Some(source),
                "indirect.clause",
                confidence,
            ) {
                self.covered = to;
            }
            return next;
        }
        // “A, X said.” “A1, X said, A2.”
        let left = source.tokens.start as usize;
        if behind && !cue.word.any(English::ING) && left > self.start && left < at {
            let mut comma = left - 1;
            if comma > self.start && reader.is(comma, English::AS) {
                comma -= 1;
            }
            if matches!(reader.kind(comma), TokenKind::Comma | TokenKind::Dash)
                && self.push_around(cue, source, comma, "indirect.after")
            {
                return self.covered.max(next);
            }
        } else if behind && left == self.start + 1 && reader.is(self.start, English::AS) {
            // “As X noted, A.”
            if let Some(comma) =
                (next..self.end.min(next + 12)).find(|&i| reader.kind(i) == TokenKind::Comma)
            {
                let to = self.content_end(comma + 1, Complement::Clause, cue);
                if self.push(
                    &[(comma + 1, to)],
                    cue.tokens,
                    Some(source),
                    "indirect.as",
                    0.75,
                ) {
                    self.covered = to;
                }
            }
        }
        next
    }

    /// Whether the comma at `close` ends a relative clause: “Margaret Abbott, who taught at the school, said …”.
    fn aside_before(&self, close: usize) -> bool {
        let reader = self.reader;
        let floor = self.start.max(close.saturating_sub(30));
        (floor..close)
            .rev()
            .take_while(|&i| reader.kind(i) != TokenKind::Semicolon && !reader.view.is_masked(i))
            .any(|i| {
                reader.kind(i) == TokenKind::Comma
                    && matches!(reader.view.lower(i + 1), "who" | "whose" | "which")
                    && i > self.start
                    && reader.capital(i - 1)
            })
    }

    /// Whether token `at` lies in the words of a quotation that was found already.
    fn inside(&self, at: usize) -> bool {
        at < self.covered
    }

    /// “was criticized for”, “was told”: the subject is not who speaks.
    fn passive(&self, cue: &Found) -> bool {
        let reader = self.reader;
        if !cue.word.any(English::PAST) {
            return false;
        }
        let mut i = cue.tokens.start as usize;
        while i > self.start && reader.is(i - 1, English::ADVERB.or(English::NOT)) {
            i -= 1;
        }
        i > self.start && reader.is(i - 1, English::BE) && !reader.genitive(i - 1)
    }

    /// Where the complement of a cue begins, and what it is.
    fn complement(&self, cue: &Found) -> Option<(usize, Complement)> {
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
                let asks = matches!(
                    view.lower(i),
                    "whether" | "why" | "how" | "what" | "if" | "who" | "where" | "which"
                );
                return (asks && clause).then_some((i, Complement::Clause));
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

    /// Where the words that begin at `from` end.
    fn content_end(&self, from: usize, complement: Complement, cue: &Found) -> usize {
        let reader = self.reader;
        let view = reader.view;
        let mut i = from + 1;
        while i < self.end {
            if view.is_masked(i) {
                i += 1;
                continue;
            }
            match reader.kind(i) {
                TokenKind::Semicolon => return i,
                // “… said the open night would go on: ‘A’”
                TokenKind::Colon
                    if i + 2 < view.doc.tokens.len()
                        && reader.kind(i + 1) == TokenKind::Quote
                        && view.is_masked(i + 2) =>
                {
                    return i;
                }
                TokenKind::Comma | TokenKind::Dash => {
                    let mut next = i + 1;
                    while next < self.end && reader.kind(next) == TokenKind::Quote {
                        next += 1;
                    }
                    if self.attribution_ahead(next, complement) {
                        return i;
                    }
                    // “…, hours before drivers were due to walk out”
                    let mut time = next;
                    while time < next + 3
                        && (reader.is(time, English::DETERMINER)
                            || matches!(
                                reader.kind(time),
                                TokenKind::Number | TokenKind::NumberWord
                            ))
                    {
                        time += 1;
                    }
                    if matches!(
                        view.lower(time),
                        "minutes"
                            | "hours"
                            | "days"
                            | "weeks"
                            | "months"
                            | "day"
                            | "week"
                            | "month"
                    ) && matches!(view.lower(time + 1), "before" | "after")
                    {
                        return i;
                    }
                    if complement == Complement::Phrase
                        && (reader.is(
                            next,
                            English::CONTRAST
                                .or(English::RELATIVE)
                                .or(English::ING)
                                .or(English::SUBJECT),
                        ) || reader.kind(i) == TokenKind::Dash
                            || reader.is(next, English::AND)
                                && (reader.is(
                                    next + 1,
                                    English::VERB.or(English::SUBJECT).or(English::AUXILIARY),
                                ) || reader.is(next + 2, English::AUXILIARY))
                            || reader.is(next, English::CONJUNCTION)
                            || view.lower(next).ends_with("ing"))
                    {
                        return i;
                    }
                }
                TokenKind::Word if reader.is(i, English::AND.or(English::CONTRAST)) => {
                    // “criticized the plan and called for another”
                    let mut next = i + 1;
                    while reader.is(next, English::ADVERB) {
                        next += 1;
                    }
                    let forms = English::PAST
                        .or(English::THIRD)
                        .or(English::BASE)
                        .or(English::ING);
                    let other = cue_at(self.words, reader, next).filter(|c| {
                        !c.preposition
                            && c.word.any(cue.word.and(forms))
                            && !reader.noun_use(next, self.start)
                    });
                    if let Some(other) = other {
                        let behind = other.tokens.end as usize;
                        let speaks = other.word.any(English::SPEECH)
                            && cue.word.any(English::SPEECH)
                            && self.complement(&other).is_some();
                        if complement == Complement::Phrase
                            || speaks
                            || other.word.any(English::WITH_TO) && reader.is(behind, English::TO)
                            || behind > next + 1 && cue.word.any(English::SPEECH)
                        {
                            return i;
                        }
                    }
                    if complement == Complement::Phrase
                        && (reader.is(i, English::CONTRAST)
                            || reader.is(next, English::SUBJECT)
                            || reader.loose_verb(next)
                                && !cue.word.any(English::ING)
                                && cue.word.any(English::PAST))
                    {
                        return i;
                    }
                }
                _ => {}
            }
            i += 1;
        }
        self.end
    }

    /// Whether the words from `next` on are another attribution: “saying …”, “and added that”, “according to”, “X said”.
    fn attribution_ahead(&self, next: usize, complement: Complement) -> bool {
        let reader = self.reader;
        if next >= self.end {
            return false;
        }
        let mut i = next;
        let joined = reader.is(i, English::AND.or(English::CONTRAST));
        if joined {
            i += 1;
        }
        while i < self.end && reader.is(i, English::ADVERB) {
            i += 1;
        }
        if let Some(cue) = cue_at(self.words, reader, i) {
            if cue.preposition {
                return true;
            }
            if cue.word.any(English::ING) && cue.word.any(English::SPEECH) {
                return true;
            }
            if joined
                && cue.word.any(English::PAST.or(English::THIRD))
                && !reader.noun_use(i, self.start)
                && (complement == Complement::Phrase || cue.word.any(English::SPEECH))
            {
                return true;
            }
            // “…, said X”
            if !joined
                && cue.word.any(English::AFTER)
                && cue.word.any(English::SPEECH)
                && cue.word.any(English::PAST.or(English::THIRD))
            {
                return true;
            }
        }
        // “…, X said”; “…, while X says that …”
        let mut j = i;
        while j < self.end.min(i + 9) {
            if matches!(
                reader.kind(j),
                TokenKind::Comma | TokenKind::Quote | TokenKind::Colon
            ) {
                return false;
            }
            if j > i
                && let Some(cue) = cue_at(self.words, reader, j)
                && cue.word.any(English::PAST.or(English::THIRD))
                && cue.word.any(English::SPEECH)
                && cue.word.any(English::AFTER)
                && !reader.noun_use(j, i)
            {
                let after = cue.tokens.end as usize;
                return joined || self.closes(after);
            }
            j += 1;
        }
        false
    }

    /// Whether an attribution may end at `i`: at the sentence's end, a comma, or words of time and place.
    fn closes(&self, i: usize) -> bool {
        let reader = self.reader;
        i >= self.end
            || matches!(
                reader.kind(i),
                TokenKind::Comma | TokenKind::Dash | TokenKind::Bracket | TokenKind::Semicolon
            )
            || reader.is(
                i,
                English::TIME
                    .or(English::ADVERB)
                    .or(English::CONJUNCTION)
                    .or(English::RELATIVE)
                    .or(English::PREPOSITION),
            ) && !reader.is(i, English::THAT)
    }

    /// “A, X said” and “A1, X said, A2”: `comma` is the one before the attribution.
    fn push_around(
        &mut self,
        cue: &Found,
        source: SourcePhrase,
        comma: usize,
        rule: &'static str,
    ) -> bool {
        let reader = self.reader;
        let from = self.covered.max(self.start);
        if comma <= from {
            return false;
        }
        let tail = (cue.tokens.end.max(source.tokens.end)) as usize;
        let mut parts = [(from, comma), (0, 0)];
        let mut count = 1;
        // What goes on behind the attribution's comma.
        let mut close = tail;
        while close < self.end
            && close < tail + 24
            && reader.kind(close) != TokenKind::Comma
            && !reader.view.is_masked(close)
        {
            close += 1;
        }
        let opened = source.tokens.end > cue.tokens.end;
        if close + 1 < self.end
            && reader.kind(close) == TokenKind::Comma
            && close <= tail + 8
            && (!opened || reader.is(close + 1, English::AUXILIARY))
            && !reader.is(
                close + 1,
                English::ING
                    .or(English::RELATIVE)
                    .or(English::DETERMINER.or(English::AND).or(English::CONTRAST)),
            )
            && !self.attribution_ahead(close + 1, Complement::Clause)
        {
            let to = self.content_end(close + 1, Complement::Clause, cue);
            parts[1] = (close + 1, to);
            count = 2;
        }
        // A short lead is part of the sentence only where it goes on: “Voters, X said, …”.
        let short = comma - from <= 3;
        if short && count == 1 {
            return false;
        }
        let end = if count == 2 { parts[1].1 } else { tail };
        self.last = Some(source.clone());
        if self.push(&parts[..count], cue.tokens, Some(source), rule, 0.8) {
            self.covered = end;
            return true;
        }
        false
    }

    /// “According to X, A”; “A, according to X”.
    fn according(&mut self, cue: &Found) -> usize {
        let reader = self.reader;
        let at = cue.tokens.start as usize;
        let next = cue.tokens.end as usize;
        let Some(source) = reader.after(next, self.end, true) else {
            return next;
        };
        let tail = source.tokens.end as usize;
        let first = (self.start..at)
            .all(|i| !reader.wordlike(i) || reader.is(i, English::AND.or(English::CONTRAST)));
        if first || at == self.covered && reader.kind(tail) == TokenKind::Comma {
            let Some(comma) =
                (tail..self.end.min(tail + 24)).find(|&i| reader.kind(i) == TokenKind::Comma)
            else {
                return tail;
            };
            // An apposition has a comma of its own: “According to X, a spokesman, A”.
            let mut from = comma + 1;
            if reader.is(from, English::DETERMINER.or(English::RELATIVE))
                && let Some(second) =
                    (from..self.end.min(from + 14)).find(|&i| reader.kind(i) == TokenKind::Comma)
                && !(from..second).any(|i| {
                    reader.is(i, English::AUXILIARY.or(English::VERB))
                        && !reader.genitive(i)
                        && !reader.noun_use(i, from)
                })
            {
                from = second + 1;
            }
            let to = self.content_end(from, Complement::Clause, cue);
            if self.push(
                &[(from, to)],
                cue.tokens,
                Some(source),
                "indirect.according",
                0.85,
            ) {
                self.covered = to;
            }
            return tail;
        }
        let mut to = at;
        if to > self.start && reader.kind(to - 1) == TokenKind::Comma {
            to -= 1;
        }
        let from = self.covered.max(self.start);
        if from < to {
            self.last = Some(source.clone());
            // “The harbour, according to X, is full”: the clause goes on behind the aside.
            let next = tail + 1;
            let verb = reader.kind(tail) == TokenKind::Comma
                && next < self.end
                && (reader.is(next, English::AUXILIARY)
                    || reader.loose_verb(next)
                    || reader.is(next, English::VERB) && !reader.noun_use(next, tail));
            let mut parts = vec![(from, to)];
            if verb {
                parts.push((next, self.content_end(next, Complement::Clause, cue)));
            }
            let end = parts[parts.len() - 1].1.max(tail);
            if self.push(&parts, cue.tokens, Some(source), "indirect.according", 0.85) {
                self.covered = end;
            }
        }
        tail
    }

    /// “his claim that A”, “X's promise to A”.
    fn noun(&mut self, i: usize) -> usize {
        let reader = self.reader;
        if self.inside(i) || i + 2 >= self.end {
            return i + 1;
        }
        let owner = if i > self.start { self.owner(i) } else { None };
        let that = reader.is(i + 1, English::THAT);
        let about = owner.is_some()
            && (reader.is(i + 1, English::TO)
                || reader.is(i + 1, English::OF)
                || matches!(reader.view.lower(i + 1), "about" | "for" | "on" | "against"));
        if !that && !about {
            return i + 1;
        }
        // “a report that was”: a relative clause.
        if that
            && (reader.is(i + 2, English::AUXILIARY)
                || reader.is(i + 2, English::VERB) && !reader.noun_use(i + 2, i))
        {
            return i + 1;
        }
        let source = owner.or_else(|| self.last.clone()).or_else(|| {
            let verb = (self.start + 1..i).rev().find(|&v| {
                reader.is(v, English::HAVE.or(English::VERB)) && !reader.noun_use(v, self.start)
            })?;
            reader.subject(verb, self.start, None)
        });
        let Some(source) = source else { return i + 1 };
        let cue = Found {
            tokens: TokenRange::new(i, i + 1),
            word: English::default(),
            preposition: false,
        };
        let from = i + 2;
        let to = self.content_end(
            from,
            if that {
                Complement::Clause
            } else {
                Complement::Phrase
            },
            &cue,
        );
        let confidence = if that { 0.6 } else { 0.4 };
        if self.push(
            &[(from, to)],
            cue.tokens,
            Some(source),
            "indirect.noun",
            confidence,
        ) {
            self.covered = to;
        }
        i + 1
    }

    /// Whose the noun at `i` is: “his claim”, “Clinton's latest claim”.
    fn owner(&self, i: usize) -> Option<SourcePhrase> {
        let reader = self.reader;
        for j in (self.start.max(i.saturating_sub(4))..i).rev() {
            if reader.is(j, English::POSSESSIVE) {
                return Some(reader.phrase(j, j + 1, j));
            }
            if reader.genitive(j) {
                return reader.before(self.start, j);
            }
            if !reader.wordlike(j)
                || reader.is(
                    j,
                    English::PREPOSITION
                        .or(English::DETERMINER)
                        .or(English::AUXILIARY),
                )
            {
                return None;
            }
        }
        None
    }

    /// “X is confident that A”.
    fn adjective(&mut self, i: usize) -> usize {
        let reader = self.reader;
        if self.inside(i) || i == self.start || i + 2 >= self.end {
            return i + 1;
        }
        let mut verb = i - 1;
        while verb > self.start && reader.is(verb, English::ADVERB.or(English::NOT)) {
            verb -= 1;
        }
        let contracted =
            reader.is(verb, English::SUBJECT) && reader.view.lower(verb).contains('\'');
        if !reader.is(verb, English::BE) && !contracted {
            return i + 1;
        }
        let from = if reader.is(i + 1, English::THAT)
            || reader.is(i + 1, English::TO)
            || matches!(reader.view.lower(i + 1), "about" | "of" | "by" | "with")
        {
            i + 2
        } else if reader.is(i + 1, English::SUBJECT) {
            i + 1
        } else {
            return i + 1;
        };
        let source = if contracted {
            Some(reader.phrase(verb, verb + 1, verb))
        } else {
            reader.subject(verb, self.start, self.last.as_ref())
        };
        let Some(source) = source.filter(|s| !reader.is(s.head as usize, English::SPEAKING)) else {
            return i + 1;
        };
        if matches!(
            reader.view.lower(source.head as usize),
            "it" | "it's" | "that"
        ) {
            return i + 1;
        }
        let cue = Found {
            tokens: TokenRange::new(i, i + 1),
            word: English::default(),
            preposition: false,
        };
        let to = self.content_end(from, Complement::Clause, &cue);
        self.last = Some(source.clone());
        if self.push(
            &[(from, to)],
            cue.tokens,
            Some(source),
            "indirect.adjective",
            0.6,
        ) {
            self.covered = to;
        }
        i + 1
    }

    /// “X: A” over an article.
    fn headline(&mut self) -> bool {
        let reader = self.reader;
        let Some(colon) = (self.start + 1..self.end.min(self.start + 9))
            .find(|&i| reader.kind(i) == TokenKind::Colon)
        else {
            return false;
        };
        if colon + 2 >= self.end || (colon + 1..self.end).any(|i| reader.view.is_masked(i)) {
            return false;
        }
        let Some(source) = reader.before(self.start, colon) else {
            return false;
        };
        if source.tokens.start as usize != self.start
            || (self.start..colon).any(|i| {
                reader.is(i, English::VERB.or(English::AUXILIARY))
                    && !reader.noun_use(i, self.start)
            })
        {
            return false;
        }
        let cue = TokenRange::new(colon, colon + 1);
        self.push(
            &[(colon + 1, self.end)],
            cue,
            Some(source),
            "indirect.headline",
            0.7,
        )
    }

    fn push(
        &mut self,
        parts: &[(usize, usize)],
        cue: TokenRange,
        source: Option<SourcePhrase>,
        rule: &'static str,
        confidence: f32,
    ) -> bool {
        let view = self.reader.view;
        let mut spans: Vec<Span> = Vec::with_capacity(parts.len());
        let (mut first, mut last) = (usize::MAX, 0);
        for &(a, b) in parts {
            let Some((a, b)) = self.trim(a, b) else {
                continue;
            };
            spans.push(view.doc.tokens[a].span.cover(view.doc.tokens[b - 1].span));
            first = first.min(a);
            last = last.max(b);
        }
        if spans.is_empty()
            || (first..last).all(|i| view.is_masked(i) || !view.token(i).is_wordlike())
        {
            return false;
        }
        // Where words in marks of their own make most of it, they are the quotation.
        let masked = (first..last).filter(|&i| view.is_masked(i)).count();
        if masked * 2 > last - first {
            return false;
        }
        let start = first.min(cue.start as usize);
        let end = last.max(cue.end as usize);
        let found = attribution(cue, source, TokenRange::new(start, end), rule, confidence);
        self.found.push(Draft {
            kind: QuoteKind::Indirect,
            parts: spans,
            tokens: TokenRange::new(first, last),
            attribution: Some(found),
            setting: None,
            rule: Rule::named(rule),
            confidence,
        });
        true
    }

    /// Takes punctuation off both ends; marks stay where they pair within.
    fn trim(&self, mut a: usize, mut b: usize) -> Option<(usize, usize)> {
        let view = self.reader.view;
        let loose = |i: usize| {
            matches!(
                view.kind(i),
                TokenKind::Comma
                    | TokenKind::Dash
                    | TokenKind::Stop
                    | TokenKind::Colon
                    | TokenKind::Semicolon
            )
        };
        while a < b
            && (loose(a) || view.kind(a) == TokenKind::Bracket && view.token(a).side == Side::Close)
        {
            a += 1;
        }
        while a < b
            && (loose(b - 1)
                || view.kind(b - 1) == TokenKind::Bracket && view.token(b - 1).side == Side::Open)
        {
            b -= 1;
        }
        (a < b).then_some((a, b))
    }
}
