//! Text -> tokens, in one pass over bytes.
//!
//! Input: a block's span and its language; output: [`Token`]s. Invariant: tokens are ordered, disjoint, on character
//! boundaries, and what stands between two of them is white space or invisible format characters.
//! Letters of ASCII and of the Cyrillic alphabet are told by their bytes; every other character is decoded.

use super::abbreviation::Abbreviations;
use super::address;
use crate::document::Lang;
use crate::letters;
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
                if b >= 0x80 && is_blank(c) {
                    if c.is_whitespace() {
                        gap = match c {
                            '\u{2028}' | '\u{85}' => line_break(gap),
                            '\u{2029}' => Gap::Paragraph,
                            _ => gap.max(Gap::Space),
                        };
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

/// White space and what is as invisible as it.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
}

/// The character at `at`; U+FFFD past the end.
pub(super) fn char_at(text: &str, at: usize) -> char {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .unwrap_or('\u{FFFD}')
}

/// The character that ends before `at`.
fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|rest| rest.chars().next_back())
}

fn alphanumeric_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(0xD0 | 0xD1) => true,
        Some(_) => letters::is_letter_or_digit(char_at(text, at)),
    }
}

/// Letters of a word by case, as it is scanned.
#[derive(Default)]
struct Letters {
    upper: u32,
    /// It has letters in lower case.
    lower: bool,
    first_upper: bool,
    joined: bool,
    /// It has an underscore.
    underscore: bool,
    latin: bool,
}

impl Letters {
    fn case(&self, word: &str) -> LetterCase {
        match (self.upper, self.lower) {
            (0, false) => LetterCase::None,
            (0, true) => LetterCase::Lower,
            (1, false) => LetterCase::Single,
            (_, false) => LetterCase::Upper,
            (n, _) if self.first_upper && (n == 1 || self.joined) => LetterCase::Capital,
            (2, _)
                if word
                    .strip_prefix("Mc")
                    .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_uppercase())) =>
            {
                LetterCase::Capital
            }
            _ => LetterCase::Mixed,
        }
    }
}

struct Scanner<'a> {
    /// The text up to the end of the block.
    text: &'a str,
    bytes: &'a [u8],
    /// First token of the block.
    first: usize,
    lang: Lang,
    abbreviations: &'a Abbreviations,
    /// A single quotation mark stands open, so that the next apostrophe after a word may close it.
    open_single: bool,
}

impl Scanner<'_> {
    /// The token that starts at `at` with `c`.
    fn next(&mut self, at: usize, c: char, gap: Gap, before: &[Token]) -> Token {
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

    fn number(&self, at: usize) -> Token {
        let digit = |i: usize| self.bytes.get(i).is_some_and(u8::is_ascii_digit);
        let mut end = at;
        while digit(end) {
            end += 1;
        }
        // A group of exactly three digits after white space or an apostrophe: 1 000 000, 1'000.
        let lead = end - at;
        if lead <= 3 && self.bytes[at] != b'0' {
            while let Some(width) = self.group_separator(end) {
                let group = end + width;
                if !(digit(group) && digit(group + 1) && digit(group + 2)) || digit(group + 3) {
                    break;
                }
                end = group + 3;
            }
        }
        while matches!(self.bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
            end += 1;
            while digit(end) {
                end += 1;
            }
        }
        let next = char_at(self.text, end);
        // 20-летний, 90-х, 9-А; a capital word after the hyphen is a word of its own.
        if matches!(next, '-' | '\u{2010}' | '\u{2011}') {
            let letter = end + next.len_utf8();
            let c = char_at(self.text, letter);
            if c.is_lowercase()
                || (c.is_uppercase() && !alphanumeric_at(self.text, letter + c.len_utf8()))
            {
                let (word_end, letters) = self.word_end(letter);
                let mut found = token(at, word_end, TokenKind::NumberWord, Side::None);
                found.case = letters.case("");
                return found;
            }
        }
        if next.is_ascii_alphabetic() {
            let (word_end, letters) = self.word_end(end);
            let ending = &self.text[end..word_end];
            let kind = match ending {
                "st" | "nd" | "rd" | "th" | "s" => Some(TokenKind::NumberWord),
                // Generations and dimensions (5G, 3D), not sums ($5M).
                "G" | "D" if end - at == 1 => Some(TokenKind::Word),
                _ => None,
            };
            if let Some(kind) = kind {
                let mut found = token(at, word_end, kind, Side::None);
                found.case = letters.case("");
                return found;
            }
        }
        token(at, end, TokenKind::Number, Side::None)
    }

    /// Bytes of the separator of thousands at `at`. A plain space separates thousands in Russian only: «on 5 May 300 people».
    fn group_separator(&self, at: usize) -> Option<usize> {
        match self.bytes.get(at)? {
            b' ' if self.lang != Lang::En => Some(1),
            b'\'' => Some(1),
            0xC2 if self.bytes.get(at + 1) == Some(&0xA0) => Some(2),
            0xE2 => matches!(
                char_at(self.text, at),
                '\u{202F}' | '\u{2009}' | '\u{2008}' | '\u{2007}' | '’'
            )
            .then_some(3),
            _ => None,
        }
    }

    /// Scans a word from `at`: its end and its letters.
    fn word_end(&self, at: usize) -> (usize, Letters) {
        let mut letters = Letters {
            latin: true,
            ..Letters::default()
        };
        let mut end = at;
        loop {
            // Most letters are in lower case.
            let lower = end;
            let b = loop {
                match self.bytes.get(end..) {
                    Some([b'a'..=b'z', ..]) => end += 1,
                    Some([0xD0, 0xB0..=0xBF, ..] | [0xD1, 0x80..=0x9F, ..]) => {
                        letters.latin = false;
                        end += 2;
                    }
                    rest => break rest.and_then(|rest| rest.first()),
                }
            };
            letters.lower |= end > lower;
            let Some(&b) = b else { break };
            let first = end == at;
            match b {
                b'A'..=b'Z' => end += 1,
                0xD0 => {
                    letters.latin = false;
                    end += 2;
                }
                b'0'..=b'9' => {
                    end += 1;
                    continue;
                }
                b'-' | b'\'' | b'&' | b'_' | 0x80.. => match self.joint(end, &letters) {
                    Joint::Letter(c) => {
                        if first {
                            letters.first_upper = c.is_uppercase();
                        }
                        letters.upper += u32::from(c.is_uppercase());
                        letters.lower |= c.is_lowercase();
                        letters.latin &= c < '\u{250}';
                        end += c.len_utf8();
                        continue;
                    }
                    Joint::Inner(c) => {
                        letters.joined |= !matches!(c, '\u{AD}' | '\u{301}' | '\u{300}');
                        letters.underscore |= c == '_';
                        end += c.len_utf8();
                        continue;
                    }
                    Joint::End => break,
                },
                _ => break,
            }
            letters.first_upper |= first;
            letters.upper += 1;
        }
        (end.min(self.bytes.len()), letters)
    }

    /// What a character that is no plain letter does to the word around it.
    fn joint(&self, at: usize, letters: &Letters) -> Joint {
        let c = char_at(self.text, at);
        let next = at + c.len_utf8();
        let inner = match c {
            '-' | '\u{2010}' | '\u{2011}' => alphanumeric_at(self.text, next),
            '_' => alphanumeric_at(self.text, next),
            '&' => letters.latin && char_at(self.text, next).is_ascii_alphabetic(),
            '\'' | '’' => {
                let after = char_at(self.text, next);
                let possessive = letters.latin
                    && matches!(after, 's' | 'S')
                    && !alphanumeric_at(self.text, next + 1);
                letters::is_letter(after) && !possessive
            }
            // Uzbek o‘ and g‘.
            '‘' => {
                matches!(char_before(self.text, at), Some('o' | 'O' | 'g' | 'G'))
                    && letters::is_letter(char_at(self.text, next))
            }
            '\u{300}'..='\u{36F}' => true,
            '\u{AD}' | '\u{200B}' | '\u{2060}' => letters::is_letter(char_at(self.text, next)),
            _ => {
                return if letters::is_letter_or_digit(c) {
                    Joint::Letter(c)
                } else {
                    Joint::End
                };
            }
        };
        if inner { Joint::Inner(c) } else { Joint::End }
    }

    fn word(&self, at: usize, before: &[Token]) -> Token {
        let (end, letters) = self.word_end(at);
        // Words that no address begins with are told by what stands behind them.
        let may_begin_address = letters.underscore
            || matches!(
                self.bytes.get(end),
                Some(b'-' | b':' | b'.' | b'@' | b'_' | b'+' | 0x80..=0xE1)
            );
        if may_begin_address
            && let Some((end, kind)) = address::scan(&self.abbreviations.domains, self.text, at)
        {
            let mut found = token(at, end, kind, Side::None);
            found.case = letters.case("");
            return found;
        }
        let word = &self.text[at..end];
        let mut found = token(at, end, TokenKind::Word, Side::None);
        found.case = letters.case(word);
        if self.bytes.get(end) == Some(&b'.')
            && let Some((end, kind)) = self.abbreviations.scan(self.text, at, end, before)
        {
            found.span = Span::new(at, end);
            found.kind = kind;
        }
        found
    }
}

/// What a character does to the word that it stands in.
enum Joint {
    Letter(char),
    Inner(char),
    End,
}

fn token(start: usize, end: usize, kind: TokenKind, side: Side) -> Token {
    Token {
        span: Span::new(start, end),
        kind,
        case: LetterCase::None,
        gap: Gap::None,
        side,
    }
}
