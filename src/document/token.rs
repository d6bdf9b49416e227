//! What a token is.
//!
//! Invariant of the tokens of a document: they are ordered, disjoint, on character boundaries, and what stands between two of them is
//! white space or invisible format characters.

use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and ampersands, digits after letters included (Су-35, О’Нил, AT&T). The
    /// English possessive ending (`'s`) is a word of its own.
    Word,
    /// A word that the list of abbreviations knows, with its full stop (г., млн., Mr., т.е., U.S.).
    Abbreviation,
    /// A single capital with its full stop (А., Дж.).
    Initial,
    /// Digits with their separators (1,5; 1 000 000; 1.844.036,12; 05.02.2026).
    Number,
    /// Digits with letters that belong to them (20-летний, 90-х, 5-го, 21st, 1990s).
    NumberWord,
    /// An opening, closing or undirected quotation mark, see [`Token::side`]; `''`, `<<`, `>>` and `,,` are one token.
    Quote,
    /// A dash of any length, `--`, or a hyphen that stands alone.
    Dash,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `.`, `!`, `?`, `…` or a run of them.
    Stop,
    /// `( ) [ ] { } < >`, see [`Token::side`].
    Bracket,
    /// Currency signs, `%`, `№`, `§`, `+`, `=`, `/` and their like.
    Symbol,
    /// The apostrophe of an English plural possessive (`workers'`).
    Apostrophe,
    /// A web address; a bare domain (Lenta.ru) too.
    Url,
    /// An e-mail address.
    Email,
    /// `#tag`
    Hashtag,
    /// `@name`
    Handle,
    /// Anything else.
    Other,
}

/// Letter case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterCase {
    /// No letters.
    None,
    /// All lower case.
    Lower,
    /// First letter upper, at least one lower (after a hyphen or apostrophe any: Касым-Жомарт, О’Нил; McCain).
    Capital,
    /// All upper, at least two letters.
    Upper,
    /// One upper-case letter alone.
    Single,
    /// Anything else (БелАЗ, iPhone).
    Mixed,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nothing.
    None,
    /// White space within a line.
    Space,
    /// One line break.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// Which way a quotation mark or bracket points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Side {
    /// No such mark.
    #[default]
    None,
    /// Opens: by its shape («, „, `(`), or where the shape does not say, by the white space around it.
    Open,
    /// Closes.
    Close,
    /// Neither shape nor white space tells.
    Either,
}

/// A token of a document. White space is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Place.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Letter case.
    pub case: LetterCase,
    /// What stands before it.
    pub gap: Gap,
    /// Which way it points, for quotation marks and brackets.
    pub side: Side,
}

impl Token {
    /// Whether it has a word's facts: [`TokenKind::Word`], `Abbreviation`, `Initial`, `NumberWord`, `Url`.
    pub const fn is_wordlike(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Word
                | TokenKind::Abbreviation
                | TokenKind::Initial
                | TokenKind::NumberWord
                | TokenKind::Url
        )
    }
}

/// A token without letters, with nothing before it.
pub(crate) fn token(start: usize, end: usize, kind: TokenKind, side: Side) -> Token {
    Token {
        span: Span::new(start, end),
        kind,
        case: LetterCase::None,
        gap: Gap::None,
        side,
    }
}
