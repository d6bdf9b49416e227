//! How far a word or a number goes.
//!
//! Input: the place of its first letter or digit; output: its token with its letter case. Letters of ASCII and of the Cyrillic alphabet are
//! told by their bytes; every other character is decoded.

use super::characters::{alphanumeric_at, char_at, char_before};
use super::scanner::Scanner;
use crate::document::Lang;
use crate::document::{LetterCase, Side, Token, TokenKind, token};
use crate::letters;
use crate::segment::address;
use crate::span::Span;

/// Letters of a word by case, as it is scanned.
#[derive(Default)]
pub(super) struct Letters {
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

impl Scanner<'_> {
    pub(super) fn word(&mut self, at: usize, before: &[Token]) -> Token {
        let (end, letters) = self.word_end(at);
        // Words that no address begins with are told by what stands behind them.
        let may_begin_address = letters.underscore
            || matches!(
                self.bytes.get(end),
                Some(b'-' | b':' | b'.' | b'@' | b'_' | b'+' | 0x80..=0xE1)
            );
        if may_begin_address
            && let Some((end, kind)) = address::scan(
                &self.abbreviations.domains,
                self.text,
                at,
                &mut self.refused,
            )
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
}

/// What a character does to the word that it stands in.
enum Joint {
    Letter(char),
    Inner(char),
    End,
}

impl Scanner<'_> {
    pub(super) fn number(&self, at: usize) -> Token {
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
}
