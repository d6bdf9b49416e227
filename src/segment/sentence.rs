//! Tokens of a block -> sentences.
//!
//! A stop ends a sentence where what follows can begin one; an abbreviation that may end a sentence does so on evidence; a line
//! break inside a block ends one unless the line was only too long. Marks and brackets that close right after the stop belong
//! to the sentence before. Sentences end inside quotations too («Да. Мы готовы»: two); [`super::outer_sentences`] gives the other
//! view, in which a quotation is not cut.
//! Invariant: sentences are ordered, disjoint, every token of the block is in one of them, and none is longer than [`LONGEST`] tokens; and
//! no question about a token looks through the sentence or the block again.

use std::cell::{Cell, OnceCell};

use crate::document::{Gap, LetterCase, Side, Token, TokenKind};
use crate::morph::{NameType, Pos, VerbForm};
use crate::segment::abbreviation::{Abbreviations, Ends};
use crate::words::{WordId, WordList};

/// The tokens of one block with what is known of their words.
pub(super) struct Splitter<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) words: &'a [WordId],
    pub(super) list: &'a WordList,
    pub(super) abbreviations: &'a Abbreviations,
    pub(super) known: Known,
}

/// What is known of a block from questions before.
#[derive(Default)]
pub(super) struct Known {
    /// Straight quotation marks, by token.
    marks: OnceCell<Vec<u32>>,
    /// Length of the longest line in characters, and number of lines.
    lines: OnceCell<(usize, usize)>,
    /// A sentence's first token, and up to where it has no predicate.
    open: Cell<(usize, usize)>,
}

/// Tokens of a sentence at most. A stretch without an end (a table, a list of names) is cut, so that no later stage gets more at once.
pub(super) const LONGEST: usize = 2000;

/// Initials behind a surname at most; more are a list.
const INITIALS: usize = 3;

/// Opening marks, dashes and brackets that are skipped to find the first word of a sentence.
const OPENERS: usize = 4;

impl Splitter<'_> {
    /// Calls `f` with the token range of each sentence, counted from the first token of the block.
    pub(super) fn sentences(&self, mut f: impl FnMut(usize, usize)) {
        let count = self.tokens.len();
        let mut start = 0;
        let mut i = 0;
        while i + 1 < count {
            let end = match self.tokens[i].kind {
                TokenKind::Stop => self.after_stop(start, i),
                TokenKind::Abbreviation => self.after_abbreviation(start, i),
                TokenKind::Initial => self.after_initial(i),
                _ if self.tokens[i + 1].gap >= Gap::Line => self.at_line_break(i),
                _ => None,
            };
            match end {
                Some(end) if end < count => {
                    // Marks and emoji behind a stop may be many.
                    while end - start > LONGEST {
                        let cut = self.cut(start, start + LONGEST);
                        f(start, cut);
                        start = cut;
                    }
                    f(start, end);
                    (start, i) = (end, end);
                }
                _ => i += 1,
            }
            if i - start >= LONGEST {
                let end = self.cut(start, start + LONGEST);
                f(start, end);
                (start, i) = (end, end);
            }
        }
        if start < count {
            f(start, count);
        }
    }

    /// Where a stretch that goes on behind `most` is cut: in its second half, before the last line, else behind the last semicolon, stop, comma
    /// or white space.
    fn cut(&self, start: usize, most: usize) -> usize {
        let rank = |k: usize| match (self.tokens[k].gap, self.tokens[k - 1].kind) {
            (Gap::None, _) => 0,
            (Gap::Line | Gap::Paragraph, _) => 4,
            (_, TokenKind::Semicolon | TokenKind::Stop) => 3,
            (_, TokenKind::Comma | TokenKind::Colon) => 2,
            _ => 1,
        };
        // Of equal ranks the last.
        let half = start + (most - start) / 2;
        (half..=most).max_by_key(|&k| rank(k)).unwrap_or(most)
    }

    pub(super) fn slice(&self, i: usize) -> &str {
        self.tokens[i].span.slice(self.text)
    }

    /// Index after the marks, brackets and emoji that close right after token `i`.
    fn skip_closers(&self, start: usize, i: usize) -> usize {
        let mut j = i + 1;
        while let Some(token) = self.tokens.get(j) {
            let closes = match token.kind {
                TokenKind::Quote if token.gap == Gap::None => token.side != Side::Open,
                // A straight mark after a space closes what is open: «"Да! " Он ушёл».
                TokenKind::Quote if token.gap == Gap::Space => {
                    self.slice(j) == "\"" && self.is_open(start, j)
                }
                TokenKind::Bracket => token.gap == Gap::None && token.side == Side::Close,
                TokenKind::Other => token.gap <= Gap::Space,
                _ => false,
            };
            if !closes {
                break;
            }
            j += 1;
        }
        j
    }

    /// Whether an odd number of straight marks stands between `start` and `end`.
    fn is_open(&self, start: usize, end: usize) -> bool {
        let marks = self.known.marks.get_or_init(|| {
            let marks = (0u32..).zip(self.tokens);
            marks
                .filter(|(_, t)| t.kind == TokenKind::Quote && t.span.slice(self.text) == "\"")
                .map(|(k, _)| k)
                .collect()
        });
        let before = |i: usize| marks.partition_point(|&k| (k as usize) < i);
        (before(end) - before(start)) % 2 == 1
    }

    /// The first token from `j` that is no opening mark, bracket or dash.
    fn content(&self, j: usize) -> Option<usize> {
        (j..self.tokens.len().min(j + OPENERS)).find(|&k| {
            let token = &self.tokens[k];
            match token.kind {
                // An empty pair says nothing: «() Родился».
                TokenKind::Bracket if token.side == Side::Close => {
                    k == j || self.tokens[k - 1].side != Side::Open
                }
                TokenKind::Quote => token.side == Side::Close,
                TokenKind::Bracket | TokenKind::Dash => false,
                _ => true,
            }
        })
    }

    /// Whether token `k` can be the first word of a sentence by its letter case.
    fn begins(&self, k: usize) -> bool {
        let token = &self.tokens[k];
        match token.kind {
            TokenKind::Word | TokenKind::Abbreviation | TokenKind::Initial => {
                !matches!(token.case, LetterCase::Lower | LetterCase::None)
            }
            TokenKind::Number
            | TokenKind::Url
            | TokenKind::Email
            | TokenKind::Hashtag
            | TokenKind::Handle => true,
            TokenKind::NumberWord => true,
            TokenKind::Symbol => matches!(
                self.slice(k),
                "$" | "€" | "£" | "¥" | "₽" | "₸" | "№" | "•" | "*" | "©" | "§"
            ),
            _ => false,
        }
    }

    fn after_stop(&self, start: usize, i: usize) -> Option<usize> {
        let j = self.skip_closers(start, i);
        let next = self.tokens.get(j)?;
        // «1. Введение», «(?)»; stops right after an opening mark begin a quotation: «"...и так далее"».
        let leading = i > start && self.tokens[i - 1].side == Side::Open;
        if self.is_list_number(start, i) || self.is_aside(i) || leading {
            return None;
        }
        let first = self.content(j)?;
        if next.gap >= Gap::Line {
            let lower = self.tokens[first].case == LetterCase::Lower;
            return (next.gap == Gap::Paragraph || !lower || first > j).then_some(j);
        }
        if next.gap == Gap::None {
            return self.is_glued(i, j).then_some(j);
        }
        if !self.begins(first) {
            return None;
        }
        // «"Дорога..." (1992)»: a sentence in brackets begins with a word.
        let bracket = self.tokens[j..first]
            .iter()
            .any(|t| t.kind == TokenKind::Bracket);
        let word = matches!(
            self.tokens[first].kind,
            TokenKind::Word | TokenKind::Initial
        );
        if bracket && !word {
            return None;
        }
        let dash = self.tokens[j].kind == TokenKind::Dash;
        let quoted = self.tokens[i + 1..j]
            .iter()
            .any(|t| t.kind == TokenKind::Quote);
        // «Стой!» — Иванов обернулся.
        if dash && quoted {
            return None;
        }
        // After an ellipsis a number goes on («от ... 5»).
        if self.tokens[first].kind == TokenKind::Number && self.slice(i) != "." && !quoted {
            return None;
        }
        Some(j)
    }

    /// «В Бюрсте.По мнению»: a lost space. Not «Яндекс.Деньги».
    fn is_glued(&self, i: usize, j: usize) -> bool {
        let (Some(before), Some(after)) = (i.checked_sub(1), self.tokens.get(j)) else {
            return false;
        };
        let after_word = after.kind == TokenKind::Word
            && matches!(after.case, LetterCase::Capital | LetterCase::Single);
        if !after_word {
            return false;
        }
        let before = &self.tokens[before];
        let stop = self.slice(i);
        if j > i + 1 {
            return true;
        }
        match before.kind {
            TokenKind::Word if stop == "." => {
                before.span.len() > 2 && (before.case == LetterCase::Lower || self.is_function(j))
            }
            TokenKind::Quote | TokenKind::Bracket => before.side != Side::Open,
            TokenKind::Word => true,
            TokenKind::Number | TokenKind::NumberWord => stop == "." && after.span.len() > 2,
            _ => false,
        }
    }

    /// A number with its stop at the start of a sentence counts what follows.
    fn is_list_number(&self, start: usize, i: usize) -> bool {
        i == start + 1
            && self.slice(i) == "."
            && match self.tokens[start].kind {
                TokenKind::Number => self.tokens[start].span.len() <= 5,
                TokenKind::Word => {
                    let word = self.slice(start);
                    super::characters::is_roman(word)
                        || (self.tokens[start].case == LetterCase::Single
                            && word != "Я"
                            && word != "I")
                }
                _ => false,
            }
    }

    /// «(!)», «(?)», «"..."»: a stop alone between marks ends nothing.
    fn is_aside(&self, i: usize) -> bool {
        i > 0
            && self.tokens[i - 1].side == Side::Open
            && self.tokens[i].gap == Gap::None
            && self
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.side != Side::None && t.side != Side::Open)
    }

    fn after_abbreviation(&self, start: usize, i: usize) -> Option<usize> {
        let j = self.skip_closers(start, i);
        let next = self.tokens.get(j)?;
        let first = self.content(j)?;
        if next.gap == Gap::Paragraph {
            return Some(j);
        }
        let before = &self.tokens[..i];
        let (ends, also_word) =
            self.abbreviations
                .ends(self.slice(i), self.text, self.tokens[i].span.end(), before);
        if next.gap == Gap::None || next.kind == TokenKind::Dash {
            return None;
        }
        if ends == Ends::Never {
            // «Дай им. Они ждут»: after all the ordinary word.
            let ordinary = also_word && next.gap == Gap::Space && self.begins(first);
            return (ordinary && (self.is_function(first) || self.is_verb(i.checked_sub(1)?)))
                .then_some(j);
        }
        let token = &self.tokens[first];
        if !token.is_wordlike() || !self.begins(first) || token.kind == TokenKind::NumberWord {
            return (next.gap == Gap::Line && self.begins(first)).then_some(j);
        }
        if next.gap == Gap::Line || ends == Ends::Usual || self.is_function(first) {
            return Some(j);
        }
        // «the U.S. Senate», «5 млн долл. США»: a name that goes with the abbreviation.
        let latin = self.slice(first).is_ascii() && self.slice(i).is_ascii();
        if latin || token.case == LetterCase::Upper {
            return None;
        }
        // «В 1999 г. Петров возглавил»: so far there is no predicate.
        let year = matches!(self.slice(i), "г." | "гг." | "в." | "вв.");
        (self.is_complete(start, i) || (!year && i >= start + 3)).then_some(j)
    }

    fn after_initial(&self, i: usize) -> Option<usize> {
        let next = self.tokens.get(i + 1)?;
        if next.gap == Gap::Paragraph {
            return Some(i + 1);
        }
        // «Иванов И. И. Он…»: initials after the surname, and then a word that is no name.
        let first = (i.saturating_sub(INITIALS)..i)
            .rev()
            .find(|&k| self.tokens[k].kind != TokenKind::Initial)?;
        let surname = self.tokens[first].kind == TokenKind::Word
            && self.tokens[first].case == LetterCase::Capital
            && self.tokens[first + 1].gap == Gap::Space;
        (surname && next.gap != Gap::None && self.begins(i + 1) && self.is_function(i + 1))
            .then_some(i + 1)
    }

    fn at_line_break(&self, i: usize) -> Option<usize> {
        let next = &self.tokens[i + 1];
        if next.gap == Gap::Paragraph {
            return Some(i + 1);
        }
        let here = &self.tokens[i];
        let goes_on =
            matches!(here.kind, TokenKind::Comma | TokenKind::Dash) || here.side == Side::Open;
        let first = self.content(i + 1)?;
        let item = matches!(
            next.kind,
            TokenKind::Dash | TokenKind::Symbol | TokenKind::Other
        );
        if goes_on || (!item && !self.begins(first)) {
            return None;
        }
        (!self.is_wrapped(i)).then_some(i + 1)
    }

    /// Whether the line that ends with token `i` was broken because the next word did not fit: then no other line of the block
    /// is much longer.
    fn is_wrapped(&self, i: usize) -> bool {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else {
            return false;
        };
        let width = |line: &str| line.trim().chars().count();
        let &(longest, lines) = self.known.lines.get_or_init(|| {
            let block = first.span.start()..last.span.end();
            let lines = self.text.get(block).unwrap_or("").lines();
            lines.fold((0, 0), |(longest, n), line| {
                (longest.max(width(line)), n + 1)
            })
        });
        if lines < 3 || !(30..=130).contains(&longest) {
            return false;
        }
        let end = self.tokens[i].span.end();
        let line_start = self.text[..end].rfind('\n').map_or(0, |at| at + 1);
        let this = width(&self.text[line_start.max(first.span.start())..end]);
        let word = width(self.slice(i + 1));
        this + 1 + word >= longest.saturating_sub(2)
    }

    /// Whether a word is of a kind that names are not: preposition, conjunction, pronoun, adverb, finite verb.
    fn is_function(&self, i: usize) -> bool {
        let Some(&word) = self.words.get(i) else {
            return false;
        };
        let facts = self.list.word(word);
        if facts.readings.is_empty() {
            return self.abbreviations.is_starter(&facts.lower);
        }
        facts.readings.first().is_some_and(|r| {
            !r.guessed
                && r.tag.name == NameType::None
                && match r.tag.pos {
                    Pos::Preposition
                    | Pos::Conjunction
                    | Pos::Pronoun
                    | Pos::Determiner
                    | Pos::Adverb
                    | Pos::Particle
                    | Pos::Numeral => true,
                    Pos::Verb => r.tag.verb_form == VerbForm::Finite,
                    _ => false,
                }
        })
    }

    /// Whether the tokens from `start` to `i` hold a predicate, so that a sentence may end there.
    fn is_complete(&self, start: usize, i: usize) -> bool {
        let (of, to) = self.known.open.get();
        let from = if of == start { to.max(start) } else { start };
        let found = (from..i).any(|k| {
            let token = &self.tokens[k];
            if token.kind == TokenKind::Dash && token.gap == Gap::Space {
                return true;
            }
            token.kind == TokenKind::Word && self.is_verb(k)
        });
        if !found {
            self.known.open.set((start, i));
        }
        found
    }

    /// Whether a word is likeliest a finite verb or a short participle.
    fn is_verb(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|&word| {
            self.list.word(word).readings.first().is_some_and(|r| {
                r.tag.pos == Pos::Verb && (r.tag.verb_form == VerbForm::Finite || r.tag.short)
            })
        })
    }
}
