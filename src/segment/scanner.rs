//! Text -> tokens, in one pass over bytes.
//!
//! Input: a block's span and its language; output: [`Token`]s. Here is settled which token begins at a character; words and numbers,
//! which take the longest to read, stand in [`super::word`].

use super::characters::{alphanumeric_at, char_at, char_before, is_blank};
use crate::document::Lang;
use crate::document::{Gap, LetterCase, Side, Token, TokenKind, token};
use crate::letters;
use crate::segment::abbreviation::Abbreviations;
use crate::segment::address::Refused;
use crate::span::Span;

/// Appends the tokens of `text[within]`; `gap` is what stands before the first.
pub(super) fn tokenize(
    text: &str,
    within: Span,
    mut gap: Gap,
    lang: Lang,
    abbreviations: &Abbreviations,
    out: &mut Vec<Token>,
) {
    let Some(part) = text.get(..within.end()) else {
        return;
    };
    if !part.is_char_boundary(within.start()) {
        return;
    }
    let mut scanner = Scanner {
        text: part,
        bytes: part.as_bytes(),
        first: out.len(),
        lang,
        abbreviations,
        open_single: false,
        refused: Refused::default(),
    };
    let mut at = within.start();
    while let Some(&b) = scanner.bytes.get(at) {
        match b {
            b' ' | b'\t' | b'\r' | 0x0B | 0x0C => {
                gap = gap.max(Gap::Space);
                at += 1;
            }
            b'\n' => {
                gap = line_break(gap);
                at += 1;
            }
            _ => {
                let c = match b.is_ascii() {
                    true => char::from(b),
                    false => char_at(part, at),
                };
                if !(b' '..0x7F).contains(&b) && is_blank(c) {
                    if c.is_whitespace() {
                        gap = match c {
                            '\u{2028}' | '\u{85}' => line_break(gap),
                            '\u{2029}' => Gap::Paragraph,
                            _ => gap.max(Gap::Space),
                        };
                    } else if c.is_ascii_control() {
                        gap = gap.max(Gap::Space);
                    }
                    at += c.len_utf8();
                    continue;
                }
                let mut token = scanner.next(at, c, gap, out);
                token.gap = gap;
                at = token.span.end();
                out.push(token);
                gap = Gap::None;
            }
        }
    }
}

fn line_break(gap: Gap) -> Gap {
    if gap >= Gap::Line {
        Gap::Paragraph
    } else {
        Gap::Line
    }
}

pub(super) struct Scanner<'a> {
    /// The text up to the end of the block.
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// First token of the block.
    first: usize,
    pub(super) lang: Lang,
    pub(super) abbreviations: &'a Abbreviations,
    /// A single quotation mark stands open, so that the next apostrophe after a word may close it.
    open_single: bool,
    /// Where no address begins.
    pub(super) refused: Refused,
}

impl Scanner<'_> {
    /// The token that starts at `at` with `c`.
    pub(super) fn next(&mut self, at: usize, c: char, gap: Gap, before: &[Token]) -> Token {
        let before = &before[self.first..];
        let glued = if gap == Gap::None {
            before.last()
        } else {
            None
        };
        if letters::is_letter(c) {
            return self.word(at, before);
        }
        if c.is_ascii_digit() {
            return self.number(at);
        }
        let (kind, end) = match c {
            '.' | '!' | '?' | '…' => (TokenKind::Stop, self.run(at, &['.', '!', '?', '…'])),
            ',' if self.bytes.get(at + 1) == Some(&b',')
                && glued.is_none()
                && alphanumeric_at(self.text, at + 2) =>
            {
                return token(at, at + 2, TokenKind::Quote, Side::Open);
            }
            ',' => (TokenKind::Comma, at + 1),
            ':' => (TokenKind::Colon, at + 1),
            ';' => (TokenKind::Semicolon, at + 1),
            '-' | '–' | '—' | '―' | '‒' | '−' | '‐' | '‑' => {
                (TokenKind::Dash, self.run(at, &['-', '–', '—', '―']))
            }
            '\'' | '’' | '‘' | '"' | '“' | '”' | '„' | '‟' | '‚' | '«' | '»' | '‹' | '›' | '`'
            | '´' => return self.quote(at, c, glued, gap),
            '<' | '>' if self.bytes.get(at + 1) == Some(&(c as u8)) => {
                let side = if c == '<' { Side::Open } else { Side::Close };
                return token(at, at + 2, TokenKind::Quote, side);
            }
            '(' | '[' | '{' | '<' => return token(at, at + 1, TokenKind::Bracket, Side::Open),
            ')' | ']' | '}' | '>' => return token(at, at + 1, TokenKind::Bracket, Side::Close),
            '@' | '#' => {
                let end = self.tag_end(at + 1);
                let kind = if c == '@' {
                    TokenKind::Handle
                } else {
                    TokenKind::Hashtag
                };
                if end > at + 1 && glued.is_none_or(|t| !t.is_wordlike()) {
                    (kind, end)
                } else {
                    (TokenKind::Symbol, at + 1)
                }
            }
            '%' | '$' | '€' | '₽' | '₸' | '£' | '¥' | '₴' | '₼' | '₾' | '֏' | '₺' | '₹' | '₩'
            | '₿' | '¢' | '№' | '§' | '+' | '=' | '/' | '\\' | '&' | '*' | '°' | '±' | '×'
            | '‰' | '~' | '^' | '|' | '•' | '·' | '©' | '®' | '™' | '½' | '¼' | '¾' | '²' | '³' => {
                (TokenKind::Symbol, at + c.len_utf8())
            }
            _ => (TokenKind::Other, at + c.len_utf8()),
        };
        token(at, end, kind, Side::None)
    }

    /// End of a run of `members` from `at`.
    fn run(&self, at: usize, members: &[char]) -> usize {
        let mut end = at + char_at(self.text, at).len_utf8();
        while end < self.bytes.len() {
            let c = char_at(self.text, end);
            if !members.contains(&c) {
                break;
            }
            end += c.len_utf8();
        }
        end
    }

    /// End of the name in `#name` or `@name`; `at` where there is no letter in it.
    fn tag_end(&self, at: usize) -> usize {
        let mut end = at;
        let mut letters = false;
        while end < self.bytes.len() {
            let c = char_at(self.text, end);
            if !(letters::is_letter_or_digit(c) || c == '_') {
                break;
            }
            letters |= letters::is_letter(c);
            end += c.len_utf8();
        }
        if letters { end } else { at }
    }

    fn quote(&mut self, at: usize, c: char, glued: Option<&Token>, gap: Gap) -> Token {
        let single = matches!(c, '\'' | '’' | '‘' | '‹' | '›' | '‚' | '`' | '´');
        let mut end = at + c.len_utf8();
        if matches!(c, '\'' | '’' | '`' | '‘' | '´') && char_at(self.text, end) == c {
            end += c.len_utf8();
        } else if single {
            let after = char_at(self.text, end);
            let wordlike = glued.is_some_and(Token::is_wordlike);
            let possessive = matches!(after, 's' | 'S') && !alphanumeric_at(self.text, end + 1);
            if wordlike && possessive && matches!(c, '\'' | '’') {
                let mut ending = token(at, end + 1, TokenKind::Word, Side::None);
                ending.case = LetterCase::Lower;
                return ending;
            }
            let plural = matches!(char_before(self.text, at), Some('s' | 'S'));
            if wordlike && plural && !self.open_single && !alphanumeric_at(self.text, end) {
                return token(at, end, TokenKind::Apostrophe, Side::None);
            }
        }
        let opening = gap != Gap::None
            || glued.is_none_or(|t| {
                t.side == Side::Open || matches!(t.kind, TokenKind::Dash | TokenKind::Symbol)
            });
        let next = char_at(self.text, end);
        let blank_after = end >= self.bytes.len()
            || is_blank(next)
            || matches!(
                next,
                '.' | ',' | ':' | ';' | '!' | '?' | '…' | ')' | ']' | '»' | '”'
            );
        // «"...и так»: an ellipsis opens a quotation too.
        let blank_after =
            blank_after && !(opening && (next == '…' || self.text[end..].starts_with("..")));
        let by_space = match (opening, blank_after) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => Side::Either,
        };
        let side = match c {
            '«' | '„' | '‹' | '‚' | '‟' => Side::Open,
            '»' | '›' => Side::Close,
            // In German and Russian use “ closes what „ opened; in English it opens.
            '“' | '‘' if by_space == Side::Either && gap != Gap::None => Side::Open,
            '”' | '’' if by_space == Side::Either && gap == Gap::None => Side::Close,
            _ => by_space,
        };
        if single {
            match side {
                Side::Open => self.open_single = true,
                Side::Close => self.open_single = false,
                _ => {}
            }
        }
        token(at, end, TokenKind::Quote, side)
    }
}
