//! Abbreviations and initials: whether the full stop after a word belongs to it.
//!
//! The list is `dictionaries/abbreviations.csv`. Columns: `form` with its stops (a form that begins with a capital asks for one
//! in the text), `class` (`abbreviation`; `initial`: a given name cut to more than one letter; `label`: stem of a noun after
//! which a lone capital is a label, «витамин С.»; `scale`: number word without its stop,
//! «5 млн руб.»; `starter`: English word that begins a sentence after an abbreviation, «in the U.S. The»), `context` (what must stand beside
//! it; empty for anything), `ends` (`usual` where a capital follows, `may` end a sentence on evidence, or `never`).

use std::sync::Arc;

use hashbrown::HashMap;
use once_cell::sync::OnceCell;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use super::address::Domains;
use super::characters::{char_at, is_roman, skip_space};
use crate::document::{LetterCase, Token, TokenKind};
use crate::error::Result;
use crate::letters;
use crate::morph::{Particle, Particles};
use crate::tables::Tables;

/// Longest abbreviation, in bytes.
const LONGEST: usize = 40;

#[derive(Deserialize)]
struct Row {
    form: String,
    class: Class,
    context: Context,
    ends: Ends,
}

/// Whether an abbreviation ends sentences.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ends {
    #[serde(rename = "")]
    No,
    /// It does not, unless it is really an ordinary word.
    Never,
    /// It may, on evidence.
    May,
    /// It does where a capital follows.
    Usual,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Class {
    Abbreviation,
    Initial,
    Label,
    Scale,
    Starter,
}

/// What must stand beside an abbreviation.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Context {
    #[serde(rename = "")]
    Any,
    NumberBefore,
    NumberAfter,
    CapitalAfter,
    CommaBefore,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    class: Class,
    context: Context,
    ends: Ends,
    capital: bool,
}

/// The list of abbreviations, and what else tells what a full stop after letters is.
pub(super) struct Abbreviations {
    /// Lower-case form with its stops -> rows.
    entries: HashMap<Box<str>, Vec<Entry>, FxBuildHasher>,
    labels: Vec<Box<str>>,
    particles: Particles,
    pub(super) domains: Domains,
    scales: Vec<Box<str>>,
    starters: Vec<Box<str>>,
}

impl Abbreviations {
    /// The lists that are compiled in, shared by all.
    pub(super) fn compiled_in() -> Result<&'static Arc<Self>> {
        static LISTS: OnceCell<Arc<Abbreviations>> = OnceCell::new();
        LISTS.get_or_try_init(|| Ok(Arc::new(Self::new(&Tables::default())?)))
    }

    /// Reads the lists of `tables`.
    pub(super) fn new(tables: &Tables) -> Result<Self> {
        let mut list = Abbreviations {
            entries: HashMap::default(),
            labels: Vec::new(),
            particles: Particles::load(tables)?,
            domains: Domains::load(tables)?,
            scales: Vec::new(),
            starters: Vec::new(),
        };
        tables.each("abbreviations.csv", |row: Row| {
            let lower = row.form.to_lowercase();
            match row.class {
                Class::Label => list.labels.push(lower.into()),
                Class::Scale => list.scales.push(lower.into()),
                Class::Starter => list.starters.push(lower.into()),
                Class::Abbreviation | Class::Initial => {
                    if lower.len() > LONGEST || !lower.ends_with('.') {
                        return Err(format!("{lower}: no abbreviation with a full stop"));
                    }
                    let entry = Entry {
                        class: row.class,
                        context: row.context,
                        ends: row.ends,
                        capital: row.form.starts_with(char::is_uppercase),
                    };
                    list.entries.entry(lower.into()).or_default().push(entry);
                }
            }
            Ok(())
        })?;
        list.starters.sort_unstable();
        Ok(list)
    }

    /// Whether the full stop at `word_end` belongs to the word `text[at..word_end]`: the end of the abbreviation and its kind.
    /// `before` are the tokens of the block so far.
    pub(super) fn scan(
        &self,
        text: &str,
        at: usize,
        word_end: usize,
        before: &[Token],
    ) -> Option<(usize, TokenKind)> {
        let mut lower = Lower::default();
        let mut found = None;
        let (mut part, mut end) = (at, word_end);
        // т.е., U.S.A., Ph.D.: parts of a few letters, each with its stop; the longest that the list knows.
        for _ in 0..4 {
            if !lower.push(&text[part..end + 1]) {
                break;
            }
            if let Some(entry) = self.find(lower.as_str(), text, at, end + 1, before) {
                found = Some((end + 1, entry.class));
            }
            part = end + 1;
            end = part;
            while end < text.len() && end - part <= 10 {
                let c = char_at(text, end);
                if !(letters::is_letter(c) || c == '-') {
                    break;
                }
                end += c.len_utf8();
            }
            if end == part || text.as_bytes().get(end) != Some(&b'.') {
                break;
            }
        }
        if let Some((end, class)) = found {
            // «руб...»: the stops are an ellipsis.
            if text.as_bytes().get(end) == Some(&b'.') {
                return None;
            }
            let kind = match class {
                Class::Initial => TokenKind::Initial,
                _ => TokenKind::Abbreviation,
            };
            return Some((end, kind));
        }
        if self.spaced(text, at, word_end, before) {
            return Some((word_end + 1, TokenKind::Abbreviation));
        }
        self.initial(text, at, word_end, before)
            .then_some((word_end + 1, TokenKind::Initial))
    }

    /// Whether the word is a part of an abbreviation that the list has without spaces («т. е.», «н. э.»).
    fn spaced(&self, text: &str, at: usize, word_end: usize, before: &[Token]) -> bool {
        if word_end - at > 8 || text[word_end..].starts_with("..") {
            return false;
        }
        if self
            .ends_spaced(text, &text[at..word_end + 1], before)
            .is_some()
        {
            return true;
        }
        let mut lower = Lower::default();
        let mut end = word_end;
        let mut part = at;
        for parts in 1..4 {
            if !lower.push(&text[part..end + 1]) {
                return false;
            }
            if parts > 1 && self.entries.contains_key(lower.as_str()) {
                return true;
            }
            part = skip_space(text, end + 1);
            end = part;
            while end < text.len() && end - part <= 8 && char_at(text, end).is_lowercase() {
                end += char_at(text, end).len_utf8();
            }
            if end == part || text.as_bytes().get(end) != Some(&b'.') {
                return false;
            }
        }
        false
    }

    /// The row of an abbreviation whose last part is `part` and whose other parts are the last tokens before it.
    fn ends_spaced(&self, text: &str, part: &str, before: &[Token]) -> Option<Entry> {
        for count in 1..4 {
            let earlier = &before[before.len().checked_sub(count)?..];
            if earlier[0].kind != TokenKind::Abbreviation {
                return None;
            }
            let mut lower = Lower::default();
            let fits = earlier.iter().all(|t| lower.push(t.span.slice(text))) && lower.push(part);
            if let Some(entry) = self.entries.get(lower.as_str()).filter(|_| fits) {
                return entry.first().copied();
            }
        }
        None
    }

    /// The row for an abbreviation as it stands in the text at `at..end`.
    fn find(
        &self,
        lower: &str,
        text: &str,
        at: usize,
        end: usize,
        before: &[Token],
    ) -> Option<Entry> {
        let entries = self.entries.get(lower)?;
        let first = char_at(text, at);
        let capital = first.is_uppercase();
        // «С.» is an initial, not the «с.» of a village or a page.
        let lone = lower.len() == first.len_utf8() + 1;
        entries
            .iter()
            .find(|e| {
                (e.capital == capital || (!e.capital && !lone))
                    && self.fits(e.context, text, end, before)
            })
            .copied()
    }

    fn fits(&self, context: Context, text: &str, end: usize, before: &[Token]) -> bool {
        let last = before.last();
        match context {
            Context::Any => true,
            Context::NumberBefore => last.is_some_and(|t| {
                matches!(t.kind, TokenKind::Number | TokenKind::NumberWord)
                    || matches!(t.kind, TokenKind::Abbreviation)
                    || is_roman(t.span.slice(text))
                    || (t.kind == TokenKind::Word
                        && self.scales.iter().any(|s| **s == *t.span.slice(text)))
            }),
            Context::NumberAfter => {
                let next = skip_space(text, end);
                let c = char_at(text, next);
                c.is_ascii_digit()
                    || c == '№'
                    || is_roman(
                        text[next..]
                            .split(|c: char| !letters::is_letter_or_digit(c))
                            .next()
                            .unwrap_or(""),
                    )
            }
            Context::CapitalAfter => {
                let next = char_at(text, skip_space(text, end));
                next.is_uppercase() || matches!(next, '«' | '"' | '“' | '„')
            }
            Context::CommaBefore => {
                last.is_some_and(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Dash))
            }
        }
    }

    /// Whether an abbreviation ends sentences, and whether its form is also that of an ordinary word («им.»); `token` is its
    /// text with the stops and ends at `end`.
    pub(super) fn ends(
        &self,
        token: &str,
        text: &str,
        end: usize,
        before: &[Token],
    ) -> (Ends, bool) {
        let mut lower = Lower::default();
        if !lower.push(token) {
            return (Ends::May, false);
        }
        let entry = self
            .ends_spaced(text, token, before)
            .or_else(|| self.find(lower.as_str(), text, end - token.len(), end, before));
        entry.map_or((Ends::May, false), |e| {
            (e.ends, e.context == Context::CapitalAfter)
        })
    }

    /// Whether an English word in lower case is a function word that begins a sentence after an abbreviation.
    pub(super) fn is_starter(&self, lower: &str) -> bool {
        self.starters.binary_search_by(|s| (**s).cmp(lower)).is_ok()
    }

    /// Whether `text[at..end]`, with a full stop after it, is an initial.
    fn initial(&self, text: &str, at: usize, end: usize, before: &[Token]) -> bool {
        let mut letters = text[at..end].chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            return false;
        };
        if !letter.is_uppercase() || text[end..].starts_with("..") {
            return false;
        }
        let last = before.last();
        // Surname or another initial before it on the same line: «Иванов И. И.».
        let named = last.is_some_and(|t| {
            t.kind == TokenKind::Initial
                || (t.kind == TokenKind::Word && t.case == LetterCase::Capital)
        });
        if last.is_some_and(|t| t.kind == TokenKind::Word) && self.is_label(last, text) {
            return false;
        }
        let next = skip_space(text, end + 1);
        let c = char_at(text, next);
        if !letters::is_letter(c) {
            return named || (c == '-' && char_at(text, next + 1).is_uppercase());
        }
        if c.is_uppercase() {
            return true;
        }
        let word = text[next..]
            .split(|c: char| !letters::is_letter(c))
            .next()
            .unwrap_or("");
        named || self.particles.of(word).is(Particle::WORD)
    }

    /// Whether the last token is a noun after which a lone capital is a label.
    fn is_label(&self, last: Option<&Token>, text: &str) -> bool {
        let Some(word) = last.map(|t| t.span.slice(text)) else {
            return false;
        };
        if word.len() > LONGEST {
            return false;
        }
        let lower = word.to_lowercase();
        self.labels.iter().any(|stem| {
            lower
                .strip_prefix(&**stem)
                .is_some_and(|ending| ending.chars().count() <= 3)
        })
    }
}

/// A short string in lower case, without memory of its own.
struct Lower {
    bytes: [u8; LONGEST + 8],
    len: usize,
}

impl Default for Lower {
    fn default() -> Self {
        Lower {
            bytes: [0; LONGEST + 8],
            len: 0,
        }
    }
}

impl Lower {
    /// Appends `part` in lower case; false where it does not fit.
    fn push(&mut self, part: &str) -> bool {
        part.chars().all(|c| match c {
            '\u{2010}' | '\u{2011}' => self.push_letter('-'),
            ..='\u{7F}' | 'А'..='я' => self.push_letter(letters::lower(c)),
            _ => c.to_lowercase().all(|c| self.push_letter(c)),
        })
    }

    fn push_letter(&mut self, c: char) -> bool {
        let fits = self.len + c.len_utf8() <= LONGEST;
        if fits {
            self.len += c.encode_utf8(&mut self.bytes[self.len..]).len();
        }
        fits
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}
