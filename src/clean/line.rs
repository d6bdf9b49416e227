//! What a line of a page looks like on its own.

use aho_corasick::{AhoCorasick, MatchKind, StartKind};
use serde::Deserialize;

use super::months::Months;
use crate::document::BlockKind;
use crate::error::{Error, ErrorKind, Result};
use crate::letters;
use crate::span::Span;
use crate::tables::Tables;

/// A line that is not empty, and its looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Place, without white space at the ends.
    pub span: Span,
    /// An empty line stands before it.
    pub after_blank: bool,
    /// Number of words, counted up to [`MANY_WORDS`].
    pub words: usize,
    /// Ends as a sentence or a part of one does: with a stop, a comma or a colon, with or without closing marks after it.
    pub ends: bool,
    /// Ends in three dots after a cut word or space: a teaser.
    pub cut: bool,
    /// Begins with a bullet or an arrow.
    pub bullet: bool,
    /// Begins with a dash, as speech or as an item of a list does.
    pub dash: bool,
    /// Holds a date or clock time and next to nothing else.
    pub date: bool,
    /// Holds digits and signs alone: page numbers, shares of votes.
    pub digits: bool,
    /// Words set apart by bars or wide gaps: «Главная | Новости | Спорт».
    pub bars: bool,
    /// Holds a number of votes: «912 votes», «Всего голосов: 31».
    pub votes: bool,
    /// A short line with a mail or web address: «Have you a story? Email us at …».
    pub address: bool,
    /// What a phrase of `dictionaries/page_lines.csv` says that it is.
    pub phrase: Option<BlockKind>,
}

/// Longest line, in bytes, that a phrase of web pages may label: a sentence that begins like a caption is a sentence.
const PHRASE_LINE: usize = 160;

/// Words of a line that are counted: more than any rule about lines asks for.
const MANY_WORDS: usize = 20;

/// Fewest words of a line that counts as running text.
const PROSE_WORDS: usize = 7;

/// Fewest words of a line with a full stop that no phrase of web pages labels by its beginning.
const SENTENCE_WORDS: usize = 4;

impl Line {
    /// Reads a raw line that starts at byte `at`; none where it is empty.
    pub fn read(raw: &str, at: usize, months: &Months) -> Option<Line> {
        let text = raw.trim();
        if text.is_empty() {
            return None;
        }
        let start = at + (raw.len() - raw.trim_start().len());
        let words = count_words(text);
        let bare = text.trim_end_matches(['"', '»', '”', '“', ')', '\'', '’', ']']);
        let ends = bare.ends_with(['.', '!', '?', '…', ':', ';', ',']);
        let body = text.trim_end_matches(['.', '…']);
        let dots = text.ends_with("...") || text.ends_with('…');
        let cut = dots && body.ends_with(|c: char| c.is_whitespace() || c == ',');
        Some(Line {
            span: Span::new(start, start + text.len()),
            after_blank: false,
            words,
            ends,
            cut,
            bullet: text.starts_with(['•', '·', '←', '→', '►', '▶', '■', '●', '*']),
            dash: text.starts_with(['-', '–', '—', '―']),
            date: is_date(text, months),
            digits: words == 0,
            address: words <= 8
                && !ends
                && (text.contains('@') || text.contains("://") || text.contains("www.")),
            bars: !ends && has_bars(text),
            votes: has_votes(text, words),
            phrase: None,
        })
    }

    /// Whether it reads as running text.
    pub fn is_prose(&self) -> bool {
        self.ends && !self.cut && !self.bars && self.words >= PROSE_WORDS && self.phrase.is_none()
    }
}

/// What stands between white space and has a letter in it, up to [`MANY_WORDS`].
fn count_words(text: &str) -> usize {
    let (mut words, mut in_word) = (0, false);
    for c in text.chars() {
        if letters::is_letter(c) {
            words += usize::from(!in_word);
            in_word = true;
        } else if c.is_whitespace() {
            if words == MANY_WORDS {
                break;
            }
            in_word = false;
        }
    }
    words
}

/// Whether at least two bars or wide gaps stand between words.
fn has_bars(text: &str) -> bool {
    let bars =
        text.matches(" | ").count() + text.matches(" · ").count() + text.matches(" • ").count();
    let wide = text
        .split("   ")
        .filter(|part| !part.trim().is_empty())
        .count();
    bars >= 2 || wide >= 3
}

/// Whether a short line counts votes.
fn has_votes(text: &str, words: usize) -> bool {
    words <= 3
        && text.bytes().any(|b| b.is_ascii_digit())
        && ["голос", "Голос", "vote", "Vote"]
            .iter()
            .any(|w| text.contains(w))
}

/// Whether a line holds a date or clock time and at most three words beside.
fn is_date(text: &str, months: &Months) -> bool {
    if text.len() > 120 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut strong = 0;
    let mut others = 0;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')')) {
        if word.is_empty() {
            continue;
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let marks = word
                .chars()
                .filter(|c| matches!(c, ':' | '.' | '/' | '-'))
                .count();
            let clean = word
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | '-'));
            if !clean {
                others += 1;
            }
            strong += usize::from(clean && marks > 0);
        } else if months.has(word) {
            strong += 1;
        } else if word.chars().any(letters::is_letter) {
            others += 1;
        }
    }
    // «Published: 06:40 GMT, 11 November | Updated: 09:15 GMT»: more dates bear more words.
    strong > 0 && others <= 2 + strong
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Where {
    Start,
    Whole,
    Any,
}

#[derive(Deserialize)]
struct Row {
    phrase: String,
    r#where: Where,
    kind: String,
    #[cfg(test)]
    example: String,
    #[cfg(test)]
    counterexample: String,
}

/// The phrases of web pages: `dictionaries/page_lines.csv`.
pub(super) struct PageLines {
    automaton: AhoCorasick,
    rows: Vec<(Where, BlockKind)>,
}

const FILE: &str = "page_lines.csv";

impl PageLines {
    /// The phrases of `tables`.
    pub fn load(tables: &Tables) -> Result<Self> {
        let broken = |reason: String| Error::new(ErrorKind::Dictionary, reason).at(FILE);
        let (mut phrases, mut rows) = (Vec::new(), Vec::new());
        tables.each(FILE, |row: Row| {
            let kind = match row.kind.as_str() {
                "caption" => BlockKind::Caption,
                "links" => BlockKind::Links,
                "poll" => BlockKind::Poll,
                "comment" => BlockKind::Comment,
                "menu" => BlockKind::Menu,
                "other" => BlockKind::Other,
                other => return Err(format!("kind {other:?} is unknown")),
            };
            phrases.push(row.phrase);
            rows.push((row.r#where, kind));
            Ok(())
        })?;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .build(&phrases)
            .map_err(|e| broken(e.to_string()))?;
        Ok(PageLines { automaton, rows })
    }

    /// What a phrase says that the line is; `lower` is room for its lower-cased form.
    pub fn find(&self, text: &str, lower: &mut String) -> Option<BlockKind> {
        if text.len() > PHRASE_LINE {
            return None;
        }
        lower.clear();
        let bare = text
            .trim_start_matches(['-', '–', '•', '*', ' '])
            .trim_end_matches([' ', ':', '.']);
        letters::push_lower(bare, lower);
        // A bare «Фото:» has lost its colon above and is none the poorer for it.
        let sentence = text.ends_with(['.', '!', '?'])
            && lower.split_whitespace().nth(SENTENCE_WORDS - 1).is_some();
        let mut found = None;
        for hit in self.automaton.find_overlapping_iter(lower.as_str()) {
            let (place, kind) = self.rows[hit.pattern().as_usize()];
            let fits = match place {
                Where::Whole => hit.start() == 0 && hit.end() == lower.len(),
                Where::Start => {
                    hit.start() == 0
                        && (!sentence || lower[..hit.end()].ends_with(':'))
                        && !lower[hit.end()..].starts_with(char::is_alphanumeric)
                }
                Where::Any => true,
            };
            if fits {
                found = Some(kind);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_finds_its_example_and_leaves_its_counterexample() {
        let tables = Tables::default();
        let phrases = PageLines::load(&tables).expect("loads");
        let mut lower = String::new();
        let held = tables.each(FILE, |row: Row| {
            let found = phrases.find(&row.example, &mut lower);
            assert!(found.is_some(), "{:?} finds nothing", row.example);
            let found = phrases.find(&row.counterexample, &mut lower);
            assert_eq!(found, None, "{:?}", row.counterexample);
            Ok(())
        });
        held.expect("reads");
    }

    #[test]
    fn lines_of_dates() {
        let months = Months::load(&Tables::default()).expect("loads");
        for yes in [
            "12:58, 5 February",
            "понедельник, 09 февраля 2026",
            "04.03.2024 — Разное",
            "05/08/2008 10:35",
            "• 11.11.2025",
            "23 декабря 2020 10:05",
        ] {
            assert!(is_date(yes, &months), "{yes}");
        }
        for no in [
            "В 2020 году построили мост",
            "Мост 15 лет назад",
            "5 февраля в Минске прошла встреча министров обороны",
            "Счёт 3:2 остался до конца встречи двух команд",
        ] {
            assert!(!is_date(no, &months), "{no}");
        }
    }
}
