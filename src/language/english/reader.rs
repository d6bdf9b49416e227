//! Tokens as English: classes, capitals, and whether a word is a noun or a verb where it stands.
//!
//! Input: a token index; output: facts of that token and of those right beside it. An index past the end is a token without facts.

use crate::dictionary::names::NameFlags;
use crate::document::{Gap, LetterCase, TokenKind};
use crate::lexis::classes::Classes;
use crate::view::View;

/// A way to look at tokens as English.
#[derive(Clone, Copy)]
pub struct Reader<'v, 'd> {
    pub view: &'v View<'d>,
}

impl Reader<'_, '_> {
    /// Classes of token `i`; none past the end.
    pub fn word(&self, i: usize) -> Classes {
        if i < self.view.doc.tokens.len() {
            self.view.classes(i)
        } else {
            Classes::default()
        }
    }

    /// Whether token `i` is of one of the classes.
    pub fn is(&self, i: usize, classes: Classes) -> bool {
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

    /// A lower-case or abbreviated beginning; used to tell a sentence that goes on after closing marks.
    pub fn lower_case(&self, i: usize) -> bool {
        i < self.view.doc.tokens.len() && self.view.token(i).case == LetterCase::Lower
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

    /// A small word inside a surname: van, de, bin.
    pub fn particle(&self, i: usize) -> bool {
        self.view.name(i).any(NameFlags::PARTICLE)
    }

    /// Whether the verb form at `i` stands where only a noun can: “the claim”, “his demands”, “in reports”.
    pub fn noun_use(&self, i: usize, lo: usize) -> bool {
        if i <= lo {
            return false;
        }
        let before = i - 1;
        let word = self.word(i);
        if word.any(Classes::PAST.or(Classes::ING)) && !word.any(Classes::BASE.or(Classes::THIRD)) {
            // “the proposed law”, “a damning report”
            return self.is(before, Classes::DETERMINER.or(Classes::POSSESSIVE))
                && word.any(Classes::PAST);
        }
        if self.is(
            before,
            Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::PREPOSITION),
        ) || self.genitive(before)
        {
            return true;
        }
        if word.any(Classes::BASE) && !word.any(Classes::PAST) {
            // A base form wants a plural, a pronoun, a modal or “to” before it.
            let mut j = i;
            while j > lo && self.is(j - 1, Classes::ADVERB.or(Classes::NOT)) {
                j -= 1;
            }
            if j <= lo {
                return false;
            }
            let b = j - 1;
            let plural = self.kind(b) == TokenKind::Word
                && (self.view.lower(b).ends_with('s') || self.is(b, Classes::PLURAL))
                && !self.genitive(b);
            return !(plural
                || self.is(
                    b,
                    Classes::SUBJECT
                        .or(Classes::MODAL)
                        .or(Classes::DO)
                        .or(Classes::TO)
                        .or(Classes::RELATIVE)
                        .or(Classes::THAT)
                        .or(Classes::AND),
                )
                || matches!(
                    self.kind(b),
                    TokenKind::Comma | TokenKind::Bracket | TokenKind::Number | TokenKind::Symbol
                ));
        }
        false
    }

    /// A word in -ed that no list knows: most likely a verb.
    pub fn loose_verb(&self, i: usize) -> bool {
        let lower = self.view.lower(i);
        lower.len() > 4 && lower.ends_with("ed") && !self.capital(i)
    }

    /// What no noun phrase goes across.
    pub(super) fn boundary(&self, i: usize) -> bool {
        let word = self.word(i);
        !self.wordlike(i)
            || word.any(
                Classes::AUXILIARY
                    .or(Classes::CONJUNCTION)
                    .or(Classes::RELATIVE)
                    .or(Classes::TO)
                    .or(Classes::OBJECT_PRONOUN)
                    .or(Classes::NOT),
            ) && !self.genitive(i)
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

    /// Whether token `i` begins what a clause can begin with: a pronoun, an article, a name, a noun.
    pub fn opens_clause(&self, i: usize) -> bool {
        self.wordlike(i)
            && (!self.boundary(i) || self.is(i, Classes::RELATIVE.or(Classes::CONJUNCTION)))
    }
}
