//! Text -> tokens, in one pass over bytes.

use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens and apostrophes, digits after letters included (Су-35).
    Word,
    /// A word that the list of abbreviations knows, with its full stop (г., млн., Mr.).
    Abbreviation,
    /// A single capital with its full stop (А.).
    Initial,
    /// Digits with their separators (1,5; 1 000 000; 1.844.036,12).
    Number,
    /// An opening, closing or undirected quotation mark; `''` is one token.
    Quote,
    /// A dash of any length, or a hyphen that stands alone.
    Dash,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `.`, `!`, `?`, `…` or a run of them.
    Stop,
    /// `( ) [ ] { } < >`
    Bracket,
    /// Currency signs, `%`, `№`, `§`, `+`, `=`, `/` and their like.
    Symbol,
    /// A web address.
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
    /// First letter upper, at least one lower (after a hyphen any: Касым-Жомарт).
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
}

/// Appends the tokens of `text[within]`.
pub(crate) fn tokenize(text: &str, within: Span, out: &mut Vec<Token>) {
    let Some(part) = text.get(..within.end()) else {
        return;
    };
    let mut gap = Gap::Paragraph;
    let mut chars = part[within.start()..]
        .char_indices()
        .map(|(i, c)| (i + within.start(), c))
        .peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            let here = if c == '\n' { Gap::Line } else { Gap::Space };
            gap = match (gap, here) {
                (Gap::Line, Gap::Line) => Gap::Paragraph,
                (a, b) => a.max(b),
            };
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_alphabetic() {
            while let Some(&(i, d)) = chars.peek() {
                let inner = matches!(d, '-' | '\'' | '’' | '\u{2011}')
                    && part[i + d.len_utf8()..]
                        .chars()
                        .next()
                        .is_some_and(char::is_alphanumeric);
                if d.is_alphanumeric() || inner || d == '\u{AD}' || d == '\u{301}' {
                    end = i + d.len_utf8();
                    chars.next();
                } else {
                    break;
                }
            }
            TokenKind::Word
        } else if c.is_ascii_digit() {
            while let Some(&(i, d)) = chars.peek() {
                let inner = matches!(d, '.' | ',')
                    && part[i + 1..].starts_with(|c: char| c.is_ascii_digit());
                if d.is_ascii_digit() || inner {
                    end = i + d.len_utf8();
                    chars.next();
                } else {
                    break;
                }
            }
            TokenKind::Number
        } else {
            match c {
                '«' | '»' | '"' | '“' | '”' | '„' | '‟' | '‘' | '’' | '\'' | '‹' | '›' => {
                    TokenKind::Quote
                }
                '-' | '–' | '—' | '―' | '‒' => TokenKind::Dash,
                ',' => TokenKind::Comma,
                ':' => TokenKind::Colon,
                ';' => TokenKind::Semicolon,
                '.' | '!' | '?' | '…' => {
                    while let Some(&(i, d)) = chars.peek() {
                        if matches!(d, '.' | '!' | '?' | '…') {
                            end = i + d.len_utf8();
                            chars.next();
                        } else {
                            break;
                        }
                    }
                    TokenKind::Stop
                }
                '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' => TokenKind::Bracket,
                '%' | '$' | '€' | '₽' | '₸' | '£' | '¥' | '№' | '§' | '+' | '=' | '/' | '&'
                | '°' => TokenKind::Symbol,
                _ => TokenKind::Other,
            }
        };
        let span = Span::new(start, end);
        out.push(Token {
            span,
            kind,
            case: letter_case(span.slice(part)),
            gap,
        });
        gap = Gap::None;
    }
}

fn letter_case(word: &str) -> LetterCase {
    let (mut upper, mut lower) = (0, 0);
    for c in word.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    let first = word.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower) {
        (0, 0) => LetterCase::None,
        (0, _) => LetterCase::Lower,
        (1, 0) => LetterCase::Single,
        (_, 0) => LetterCase::Upper,
        (n, _) if first && (n == 1 || word.contains('-')) => LetterCase::Capital,
        _ => LetterCase::Mixed,
    }
}
