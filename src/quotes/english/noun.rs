//! Noun phrases and subjects of English clauses, read over tokens by small words, capitals and punctuation.
//!
//! Input: the place of a cue; output: [`SourcePhrase`]s. English marks its subject by place: it stands before the verb, with
//! auxiliaries and adverbs between, and behind the verb after words in marks (“…,” said X). Names need no tagger here: a run
//! of words that no small word breaks is a phrase; a mention inside it only says whom it names.

use super::words::English;
use crate::document::EntityType;
use crate::document::TokenRange;
use crate::quotes::clause::View;
use crate::quotes::types::SourcePhrase;
use crate::segment::{Gap, LetterCase, Side, TokenKind};
use crate::tag::names::NameFlags;

/// Tokens that a subject may stand away from its verb.
const REACH: usize = 60;
/// Tokens of a noun phrase.
const LONGEST: usize = 24;

/// A way to look at tokens as English.
#[derive(Clone, Copy)]
pub struct Reader<'v, 'd> {
    pub view: &'v View<'d>,
}

impl Reader<'_, '_> {
    /// Classes of token `i`; none past the end.
    pub fn word(&self, i: usize) -> English {
        if i < self.view.doc.tokens.len() {
            self.view.english(i)
        } else {
            English::default()
        }
    }

    /// Whether token `i` is of one of the classes.
    pub fn is(&self, i: usize, classes: English) -> bool {
        self.word(i).any(classes)
    }

    /// Kind of token `i`.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.view
            .doc
            .tokens
            .get(i)
            .map_or(TokenKind::Other, |t| t.kind)
    }

    /// Whether token `i` has a capital.
    pub fn capital(&self, i: usize) -> bool {
        i < self.view.doc.tokens.len() && self.view.capital(i)
    }

    /// Whether token `i` is a word, an abbreviation, a number or a handle: what a noun phrase is made of.
    pub fn wordlike(&self, i: usize) -> bool {
        matches!(
            self.kind(i),
            TokenKind::Word
                | TokenKind::Abbreviation
                | TokenKind::Initial
                | TokenKind::NumberWord
                | TokenKind::Number
                | TokenKind::Url
                | TokenKind::Handle
                | TokenKind::Hashtag
        ) || self.kind(i) == TokenKind::Symbol
    }

    /// The ending `'s`.
    pub fn genitive(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Apostrophe
            || self.kind(i) == TokenKind::Word
                && self.view.token(i).gap == Gap::None
                && matches!(
                    self.view.token(i).span.slice(&self.view.doc.text),
                    "'s" | "’s" | "'S" | "’S"
                )
    }

    /// Whether the verb form at `i` stands where only a noun can: “the claim”, “his demands”, “in reports”.
    pub fn noun_use(&self, i: usize, lo: usize) -> bool {
        if i <= lo {
            return false;
        }
        let before = i - 1;
        let word = self.word(i);
        if word.any(English::PAST.or(English::ING)) && !word.any(English::BASE.or(English::THIRD)) {
            // “the proposed law”, “a damning report”
            return self.is(before, English::DETERMINER.or(English::POSSESSIVE))
                && word.any(English::PAST);
        }
        if self.is(
            before,
            English::DETERMINER
                .or(English::POSSESSIVE)
                .or(English::PREPOSITION),
        ) || self.genitive(before)
        {
            return true;
        }
        if word.any(English::BASE) && !word.any(English::PAST) {
            // A base form wants a plural, a pronoun, a modal or “to” before it.
            let mut j = i;
            while j > lo && self.is(j - 1, English::ADVERB.or(English::NOT)) {
                j -= 1;
            }
            if j <= lo {
                return false;
            }
            let b = j - 1;
            let plural = self.kind(b) == TokenKind::Word
                && (self.view.lower(b).ends_with('s') || self.is(b, English::PLURAL))
                && !self.genitive(b);
            return !(plural
                || self.is(
                    b,
                    English::SUBJECT
                        .or(English::MODAL)
                        .or(English::DO)
                        .or(English::TO)
                        .or(English::RELATIVE)
                        .or(English::THAT)
                        .or(English::AND),
                )
                || matches!(
                    self.kind(b),
                    TokenKind::Comma | TokenKind::Bracket | TokenKind::Number | TokenKind::Symbol
                ));
        }
        false
    }

    /// What no noun phrase goes across.
    fn boundary(&self, i: usize) -> bool {
        let word = self.word(i);
        !self.wordlike(i)
            || word.any(
                English::AUXILIARY
                    .or(English::CONJUNCTION)
                    .or(English::RELATIVE)
                    .or(English::TO)
                    .or(English::OBJECT_PRONOUN)
                    .or(English::NOT),
            ) && !self.genitive(i)
    }

    /// The noun phrase that ends before `end`, with what belongs to it on the left.
    pub fn before(&self, lo: usize, end: usize) -> Option<SourcePhrase> {
        if end <= lo {
            return None;
        }
        let view = self.view;
        if self.is(end - 1, English::SUBJECT) {
            return Some(self.phrase(end - 1, end, end - 1));
        }
        let mut start = end;
        let floor = lo.max(end.saturating_sub(LONGEST));
        let mut named = false;
        while start > floor {
            let i = start - 1;
            if i + 1 < end && view.token(i + 1).gap >= Gap::Paragraph {
                break;
            }
            if view.is_masked(i) {
                break;
            }
            // “Sen. Ted Cruz (R-Texas)”
            if self.kind(i) == TokenKind::Bracket && view.token(i).side == Side::Close {
                let open = (floor..i)
                    .rev()
                    .take(8)
                    .find(|&j| self.kind(j) == TokenKind::Bracket);
                match open {
                    Some(open) if view.token(open).side == Side::Open => {
                        start = open;
                        continue;
                    }
                    _ => break,
                }
            }
            let word = self.word(i);
            if self.genitive(i) && i + 1 < end {
                start = i;
                continue;
            }
            if word.any(English::SUBJECT) {
                break;
            }
            if word.any(English::AND) {
                // “Sanders and Clinton said”, “police and prosecutors say”
                let left = i.checked_sub(1).filter(|&l| l >= lo);
                let joins = start < end
                    && left.is_some_and(|l| {
                        self.wordlike(l)
                            && !self.boundary(l)
                            && self.capital(l) == self.capital(i + 1)
                            && !self.is(l, English::VERB.or(English::PREPOSITION))
                            && !self.is(i + 1, English::VERB)
                            && !self.loose_verb(l)
                    });
                if joins {
                    start = i;
                    continue;
                }
                break;
            }
            if word.any(English::THAT) {
                break;
            }
            if word.any(English::PREPOSITION) {
                if start == end || i <= floor || !self.takes_preposition(lo, i, named) {
                    break;
                }
                start = i;
                named = false;
                continue;
            }
            if self.boundary(i) {
                break;
            }
            // Where a name ends the phrase, what stands before a verb of speech is a phrase of its own.
            if word.any(English::VERB) && !self.noun_use(i, lo) && i + 1 < end {
                let verb = !self.capital(i) && !word.any(English::NOUN.or(English::ING));
                if verb {
                    break;
                }
            }
            if word.any(English::TIME) && start < end && self.capital(i) && self.capital(start) {
                break;
            }
            if word.any(English::ADVERB) && start < end && !self.capital(i) {
                break;
            }
            named |= self.capital(i);
            start = i;
            if word.any(English::DETERMINER.or(English::POSSESSIVE)) {
                // “many of his contemporaries”, “all the senators”
                if i > floor
                    && self.is(i - 1, English::OF.or(English::DETERMINER))
                    && !self.is(i - 1, English::TIME)
                {
                    continue;
                }
                // “officials at the FBI said”
                if i > floor
                    && self.is(i - 1, English::PREPOSITION)
                    && self.takes_preposition(lo, i - 1, named)
                {
                    continue;
                }
                break;
            }
        }
        while start < end
            && (self.is(
                start,
                English::AND
                    .or(English::PREPOSITION)
                    .or(English::ADVERB)
                    .or(English::TO),
            ) || self.genitive(start)
                || !self.wordlike(start))
        {
            start += 1;
        }
        if start >= end
            || (start..end).all(|i| {
                self.is(i, English::TIME.or(English::DETERMINER)) && self.is(i, English::TIME)
            })
        {
            return None;
        }
        Some(self.phrase(start, end, self.head(start, end)))
    }

    /// Whether the preposition at `i` continues a noun phrase to its left: “officials at”, “a spokesman for”.
    fn takes_preposition(&self, lo: usize, i: usize, named: bool) -> bool {
        if i <= lo {
            return false;
        }
        let left = i - 1;
        if !self.wordlike(left)
            || self.boundary(left)
            || self.is(
                left,
                English::AND
                    .or(English::ADVERB)
                    .or(English::SUBJECT)
                    .or(English::PREPOSITION)
                    .or(English::TIME),
            )
            || self.is(left, English::VERB) && !self.noun_use(left, lo)
            || self.loose_verb(left)
        {
            return false;
        }
        let _ = named;
        if self.is(i, English::OF) {
            return true;
        }
        // A common noun with its article somewhere before: the phrase began there.
        let mut j = left;
        let mut steps = 0;
        while steps < 6 {
            if self.is(j, English::DETERMINER.or(English::POSSESSIVE)) {
                return true;
            }
            if j == lo || !self.wordlike(j - 1) || self.boundary(j - 1) {
                break;
            }
            j -= 1;
            steps += 1;
        }
        // “officials in Iowa said”, at the start of the clause.
        !self.capital(left) && self.view.lower(left).ends_with('s')
            || j == lo && self.view.lower(left).ends_with('s')
    }

    /// A word in -ed that no list knows: most likely a verb.
    pub fn loose_verb(&self, i: usize) -> bool {
        let lower = self.view.lower(i);
        lower.len() > 4 && lower.ends_with("ed") && !self.capital(i)
    }

    /// The noun phrase that begins at `from`; its end is before `hi`. Prepositional phrases belong to it where `whole`.
    pub fn after(&self, from: usize, hi: usize, whole: bool) -> Option<SourcePhrase> {
        let view = self.view;
        let hi = hi.min(from + LONGEST).min(view.doc.tokens.len());
        if from >= hi || view.is_masked(from) {
            return None;
        }
        if self.is(from, English::SUBJECT.or(English::OBJECT_PRONOUN))
            || self.is(from, English::POSSESSIVE)
                && (from + 1 >= hi || self.boundary(from + 1) || self.is(from + 1, English::THAT))
        {
            return Some(self.phrase(from, from + 1, from));
        }
        let mut end = from;
        let mut head_end = None;
        while end < hi {
            if end > from && view.token(end).gap >= Gap::Paragraph || view.is_masked(end) {
                break;
            }
            let word = self.word(end);
            if self.genitive(end) && end > from {
                end += 1;
                continue;
            }
            if word.any(English::PREPOSITION) {
                if end == from {
                    return None;
                }
                head_end.get_or_insert(end);
                let of = word.any(English::OF);
                let joins = whole
                    && (of || !self.capital(end - 1) && !self.is(end - 1, English::TIME))
                    && end + 1 < hi
                    && (self.wordlike(end + 1))
                    && !self.boundary(end + 1)
                    && !self.is(end + 1, English::TIME);
                if !joins && !of {
                    break;
                }
                end += 1;
                continue;
            }
            if word.any(English::AND) {
                let joins = end + 1 < hi
                    && end > from
                    && self.wordlike(end + 1)
                    && !self.boundary(end + 1)
                    && !self.is(
                        end + 1,
                        English::VERB
                            .or(English::SUBJECT)
                            .or(English::ADVERB)
                            .or(English::THAT),
                    )
                    && self.capital(end - 1) == self.capital(end + 1);
                if !joins {
                    break;
                }
                end += 1;
                continue;
            }
            if self.boundary(end)
                || word.any(English::THAT) && end > from
                || word.any(English::SUBJECT)
                || word.any(English::TIME)
                    && end > from
                    && (self.capital(end) || self.capital(end - 1))
                || word.any(English::ADVERB) && end > from
                || word.any(English::DETERMINER.or(English::POSSESSIVE))
                    && end > from
                    && !self.is(
                        end - 1,
                        English::DETERMINER
                            .or(English::PREPOSITION)
                            .or(English::AND),
                    )
            {
                break;
            }
            let verb = word.any(English::VERB)
                || word.any(English::PHRASE) && word.any(English::PAST.or(English::THIRD));
            if verb
                && end > from
                && !word.any(English::NOUN)
                && !self.capital(end)
                && !self.noun_use(end, from)
            {
                break;
            }
            end += 1;
        }
        while end > from
            && self.is(
                end - 1,
                English::PREPOSITION
                    .or(English::AND)
                    .or(English::DETERMINER),
            )
            && end - 1 > from
        {
            end -= 1;
        }
        if end <= from || self.is(from, English::THAT) && end == from + 1 {
            return None;
        }
        let head_end = head_end.unwrap_or(end).min(end);
        // “said its chief executive, Tobias Renn.”
        if whole && self.kind(end) == TokenKind::Comma && !self.capital(head_end - 1) {
            let close = (end + 1..hi)
                .find(|&i| !self.wordlike(i) || !self.capital(i) && !self.particle(i))
                .unwrap_or(hi);
            if self.is_name(end + 1, close)
                && (close >= hi || !self.wordlike(close) || self.is(close, English::PREPOSITION))
            {
                return Some(self.phrase(from, close, close - 1));
            }
        }
        Some(self.phrase(from, end, self.head(from, head_end)))
    }

    /// Two to five words with capitals, no small word among them.
    pub fn is_name(&self, from: usize, to: usize) -> bool {
        (from + 2..=from + 5).contains(&to)
            && (from..to).all(|i| {
                self.wordlike(i)
                    && (self.capital(i) && !self.boundary(i)
                        || i > from && i + 1 < to && self.particle(i))
            })
    }

    /// A small word inside a surname: van, de, bin.
    pub fn particle(&self, i: usize) -> bool {
        self.view.name(i).any(NameFlags::PARTICLE)
    }

    /// The head of a phrase: its last word before the first preposition.
    fn head(&self, start: usize, end: usize) -> usize {
        let stop = (start + 1..end)
            .find(|&i| self.is(i, English::PREPOSITION) || self.kind(i) == TokenKind::Bracket)
            .unwrap_or(end);
        (start..stop)
            .rev()
            .find(|&i| self.wordlike(i) && !self.genitive(i))
            .unwrap_or(start)
    }

    /// A phrase with the mention that names it best.
    pub fn phrase(&self, start: usize, end: usize, head: usize) -> SourcePhrase {
        let view = self.view;
        let mut best: Option<(u8, u32)> = None;
        for i in start..end {
            let Some(index) = view.mention_at(i) else {
                continue;
            };
            let mention = &view.doc.mentions[index as usize];
            let at_head = mention.tokens.range().contains(&head);
            let rank = match mention.kind {
                EntityType::Person if at_head => 5,
                EntityType::Organisation if at_head => 4,
                EntityType::Place if at_head => 3,
                EntityType::Position => 2,
                _ => continue,
            };
            if best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, index));
            }
        }
        // “a spokesman for Crowe”, “Crowe's lawyer”: the position is somebody else's.
        if best.is_some_and(|(rank, _)| rank == 2)
            && (start..end).any(|i| {
                i > head && self.is(i, English::PREPOSITION) || i < head && self.genitive(i)
            })
        {
            best = None;
        }
        SourcePhrase {
            tokens: TokenRange::new(start, end),
            head: head as u32,
            mention: best.map(|(_, m)| m),
            oblique: false,
        }
    }

    /// The subject of the verb at `verb`, no further left than `lo`; `last` is the subject of the verb before it, which a
    /// verb without one shares.
    pub fn subject(
        &self,
        verb: usize,
        lo: usize,
        last: Option<&SourcePhrase>,
    ) -> Option<SourcePhrase> {
        let view = self.view;
        let floor = lo.max(verb.saturating_sub(REACH));
        let ing = self.is(verb, English::ING);
        let mut p = verb;
        let mut chained = false;
        let mut auxiliary = false;
        for _ in 0..12 {
            if p <= floor {
                break;
            }
            let i = p - 1;
            let word = self.word(i);
            if view.is_masked(i) || p < verb && view.token(p).gap >= Gap::Paragraph {
                break;
            }
            if self.genitive(i) {
                // “Clinton's saying” is a contraction here.
                p = i;
                continue;
            }
            if word.any(English::AUXILIARY) {
                auxiliary = true;
                if word.any(English::SUBJECT) {
                    return Some(self.phrase(i, p, i));
                }
                p = i;
                continue;
            }
            if word.any(English::ADVERB.or(English::NOT)) && !word.any(English::SUBJECT)
                || word.any(English::TIME)
                || view.lower(i).ends_with("ly") && !self.capital(i)
            {
                p = i;
                continue;
            }
            if word.any(English::TO) {
                // “refused to say”, “was quick to point out”: the subject of the verb before.
                chained = true;
                break;
            }
            if word.any(English::RELATIVE.or(English::THAT)) {
                // “voters who said”: whom the pronoun stands for.
                let mut end = i;
                if end > floor && self.kind(end - 1) == TokenKind::Comma {
                    end -= 1;
                }
                return self
                    .before(floor, end)
                    .or_else(|| Some(self.phrase(i, i + 1, i)));
            }
            if word.any(English::AND) || word.any(English::CONTRAST) {
                chained = true;
                break;
            }
            match self.kind(i) {
                TokenKind::Comma | TokenKind::Dash => {
                    if ing && !auxiliary {
                        chained = true;
                        break;
                    }
                    // An apposition or aside between two commas: the subject stands before it.
                    if let Some(mut open) = self.aside(floor, i)
                        && let Some(mut found) = self.before(floor, open)
                        && !self.is(found.head as usize, English::TIME)
                    {
                        // “Marjorie Finn, 81, whose café burnt, said”
                        if found.tokens.len() == 1
                            && self.kind(found.tokens.start as usize) == TokenKind::Number
                            && let Some(further) = self.comma_before(floor, open)
                            && let Some(name) = self.before(floor, further)
                        {
                            (open, found) = (further, name);
                        }
                        // “its chief executive, Tobias Renn, said”; “the vicar of Thornby, the Reverend Giles Penhallow, said”
                        let named = self.is_name(open + 1, i)
                            || view.mention_at(i - 1).is_some_and(|m| {
                                let mention = &view.doc.mentions[m as usize];
                                mention.kind == EntityType::Person
                                    && mention.tokens.len() > 1
                                    && mention.tokens.end as usize == i
                                    && (open + 1..mention.tokens.start as usize)
                                        .all(|t| self.capital(t) || self.is(t, English::DETERMINER))
                            });
                        if !self.capital(found.head as usize) && named {
                            return Some(self.phrase(found.tokens.start as usize, i, i - 1));
                        }
                        return Some(found);
                    }
                    chained = true;
                    break;
                }
                TokenKind::Bracket if view.token(i).side == Side::Close => {
                    let open = (floor..i)
                        .rev()
                        .take(14)
                        .find(|&j| self.kind(j) == TokenKind::Bracket);
                    match open {
                        Some(open) => p = open,
                        None => break,
                    }
                    continue;
                }
                _ => {}
            }
            if word.any(English::PREPOSITION.or(English::CONJUNCTION)) {
                chained = true;
                break;
            }
            if self.loose_verb(i) && !self.is(i, English::NOUN)
                || word.any(English::VERB)
                    && !self.capital(i)
                    && !self.noun_use(i, floor)
                    && !word.any(English::NOUN)
            {
                // “kept insisting”
                chained = true;
                break;
            }
            if ing && !auxiliary && !word.any(English::SUBJECT) {
                // “issued a statement saying”, “emailed supporters saying”: the subject of the verb before.
                let found = self.before(floor, p)?;
                let mut start = found.tokens.start as usize;
                while start > floor
                    && self.is(
                        start - 1,
                        English::ADVERB.or(English::PREPOSITION).or(English::TO),
                    )
                {
                    start -= 1;
                }
                let verb = start.checked_sub(1).filter(|&v| {
                    v > floor
                        && (self.loose_verb(v)
                            || self.is(v, English::VERB) && !self.noun_use(v, floor))
                });
                return match verb {
                    Some(v) => self.subject(v, floor, last),
                    None => Some(found),
                };
            }
            return self.before(floor, p);
        }
        if let Some(last) = last
            && (chained || p <= floor)
        {
            return Some(last.clone());
        }
        if !chained {
            return None;
        }
        // “Nefzi said, adding”: the subject of the cue before; else of the clause.
        let cue = (floor + 1..p).rev().find(|&v| {
            self.is(v, English::SPEECH)
                && self.is(v, English::VERB)
                && self.is(v, English::PAST.or(English::THIRD))
                && !self.noun_use(v, floor)
        });
        cue.and_then(|v| self.subject(v, floor, None))
            .or_else(|| self.first_subject(floor, p))
    }

    /// The comma that opens the aside whose closing comma is at `close`.
    fn aside(&self, lo: usize, close: usize) -> Option<usize> {
        let kind = self.kind(close);
        let mut i = close;
        let mut commas = 0;
        while i > lo && close - i < 40 {
            i -= 1;
            if self.view.is_masked(i) || self.kind(i) == TokenKind::Semicolon {
                return None;
            }
            if self.kind(i) == kind {
                commas += 1;
                // “Sen. Ted Cruz, R-Texas, said”; “Smith, of Dayton, Ohio, said”: the comma before a place is no end.
                let inner = i + 1;
                let place = close - inner <= 3
                    && self.capital(inner)
                    && i > lo
                    && self.capital(i - 1)
                    && commas == 1;
                if place
                    && let Some(further) = self.comma_before(lo, i)
                    && self.is(further + 1, English::OF.or(English::DETERMINER))
                {
                    return Some(further);
                }
                return Some(i);
            }
        }
        None
    }

    fn comma_before(&self, lo: usize, at: usize) -> Option<usize> {
        (lo..at)
            .rev()
            .take(14)
            .find(|&j| self.kind(j) == TokenKind::Comma)
    }

    /// The subject of the clause that ends at `end`: the first noun phrase before its first auxiliary or verb.
    pub fn first_subject(&self, lo: usize, end: usize) -> Option<SourcePhrase> {
        let mut i = lo;
        while i < end {
            // “But he defended the policy”
            if i == lo
                && self.is(i, English::CONTRAST.or(English::AND))
                && self.is(i + 1, English::SUBJECT)
            {
                i += 1;
            }
            // Prepositional phrases at the start are no subjects.
            let participle = i == lo
                && self.view.lower(i).ends_with("ing")
                && !self.is(i + 1, English::AUXILIARY);
            if participle
                || self.is(
                    i,
                    English::PREPOSITION
                        .or(English::CONJUNCTION)
                        .or(English::TO),
                )
            {
                while i < end && self.kind(i) != TokenKind::Comma {
                    i += 1;
                }
                i += 1;
                continue;
            }
            if self.wordlike(i)
                && !self.is(
                    i,
                    English::ADVERB
                        .or(English::AND)
                        .or(English::TIME)
                        .or(English::CONTRAST)
                        .or(English::AUXILIARY),
                )
                && let Some(found) = self.after(i, end, false)
            {
                return Some(found);
            }
            i += 1;
        }
        None
    }

    /// Whether token `i` begins what a clause can begin with: a pronoun, an article, a name, a noun.
    pub fn opens_clause(&self, i: usize) -> bool {
        self.wordlike(i)
            && (!self.boundary(i) || self.is(i, English::RELATIVE.or(English::CONJUNCTION)))
    }

    /// A lower-case or abbreviated beginning; used to tell a sentence that goes on after closing marks.
    pub fn lower_case(&self, i: usize) -> bool {
        i < self.view.doc.tokens.len() && self.view.token(i).case == LetterCase::Lower
    }
}
