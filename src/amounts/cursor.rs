//! The tokens of one sentence as the grammar of amounts sees them.

use super::tables::Words;
use super::words::{Roles, WordFacts};
use crate::document::Lang;
use crate::document::{Gap, Token, TokenKind};
use crate::words::{Column, Word, WordId, WordList};

/// The words of a document, with what they can be in amounts.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    /// The word of each token.
    pub words: &'a [WordId],
    pub list: &'a WordList,
    pub column: &'a Column<WordFacts>,
    pub tables: &'a Words,
}

impl<'a> Seen<'a> {
    pub fn facts(&self, word: WordId) -> &'a WordFacts {
        let find = || {
            let word = self.list.word(word);
            self.tables.facts(&word.lower, &word.readings)
        };
        self.column.get(word, find)
    }
}

/// One sentence. Indices are those of the document's tokens; what lies outside the sentence reads as nothing.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub seen: Seen<'a>,
    pub lang: Lang,
    /// First token of the sentence.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// First token that no earlier amount or date has taken.
    pub floor: usize,
}

static NO_WORD: WordFacts = WordFacts::NONE;

impl<'a> Cursor<'a> {
    pub fn token(&self, i: usize) -> Option<&'a Token> {
        (i >= self.start && i < self.end)
            .then(|| self.tokens.get(i))
            .flatten()
    }

    pub fn kind(&self, i: usize) -> Option<TokenKind> {
        self.token(i).map(|t| t.kind)
    }

    /// The token before `i`, where nothing has taken it.
    pub fn before(&self, i: usize) -> Option<usize> {
        i.checked_sub(1)
            .filter(|&p| p >= self.start && p >= self.floor)
    }

    pub fn slice(&self, i: usize) -> &'a str {
        self.token(i).map_or("", |t| t.span.slice(self.text))
    }

    pub fn gap(&self, i: usize) -> Gap {
        self.token(i).map_or(Gap::Paragraph, |t| t.gap)
    }

    /// Whether only white space within a paragraph, or nothing, stands before `i`.
    pub fn follows(&self, i: usize) -> bool {
        self.gap(i) <= Gap::Line
    }

    pub fn glued(&self, i: usize) -> bool {
        self.gap(i) == Gap::None
    }

    fn id(&self, i: usize) -> Option<WordId> {
        let token = self.token(i)?;
        token
            .is_wordlike()
            .then(|| self.seen.words.get(i).copied())
            .flatten()
    }

    /// Token `i` as a word with readings, where it is one.
    pub fn facts(&self, i: usize) -> Option<&'a Word> {
        self.id(i).map(|w| self.seen.list.word(w))
    }

    pub fn word(&self, i: usize) -> &'a WordFacts {
        self.id(i).map_or(&NO_WORD, |w| self.seen.facts(w))
    }

    pub fn is(&self, i: usize, roles: Roles) -> bool {
        self.word(i).is(roles)
    }

    /// The word in lower case; empty for what is no word.
    pub fn lower(&self, i: usize) -> &'a str {
        self.facts(i).map_or("", |f| &f.lower)
    }

    pub fn is_lower(&self, i: usize, any: &[&str]) -> bool {
        let lower = self.lower(i);
        !lower.is_empty() && any.contains(&lower)
    }

    pub fn english(&self) -> bool {
        self.lang == Lang::En
    }
}
