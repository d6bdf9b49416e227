//! Text -> blocks: which lines are the article, and which are menus, polls, link lists, credits. Never edits the text.
//!
//! A page is read line by line: [`line`] says what each line looks like on its own (prose, a date, a known phrase of web
//! pages), [`page`] what it is among its neighbours. Where a text has no such structure, all of it is body.
//!
//! Invariant: blocks are ordered, disjoint, without white space at their ends, and cover all text that is not white space.

mod dateline;
mod language;
mod line;
pub(crate) mod months;
mod page;

use std::borrow::Cow;

use crate::document::{Block, BlockKind, Document, Lang};
use crate::error::Result;
use crate::letters;
use crate::span::Span;
use crate::tables::Tables;
use language::{Languages, Told};
use line::{Line, PageLines};
use months::Months;

/// Tells the article from what stands around it.
pub struct Cleaner {
    phrases: PageLines,
    months: Months,
    languages: Languages,
}

impl Cleaner {
    /// With the phrases of web pages, months and languages of `tables`.
    pub(crate) fn new(tables: &Tables) -> Result<Self> {
        Ok(Cleaner {
            phrases: PageLines::load(tables)?,
            months: Months::load(tables)?,
            languages: Languages::new(tables)?,
        })
    }

    /// Fills `doc.blocks` and `doc.lang`.
    pub fn find_blocks(&self, doc: &mut Document) {
        let mut lower = String::new();
        let lines: Vec<Line> = paragraphs(&doc.text)
            .into_iter()
            .filter_map(|(span, after_blank)| {
                let text = span.slice(&doc.text);
                let mut line = Line::read(text, span.start(), &self.months)?;
                line.after_blank = after_blank;
                line.phrase = self.phrases.find(text, &mut lower);
                Some(line)
            })
            .collect();
        let kinds = page::kinds(&lines, &doc.text);
        doc.blocks.clear();
        let told: Vec<Told> = lines
            .iter()
            .map(|line| self.languages.of_block(line.span.slice(&doc.text)))
            .collect();
        let whole = self
            .languages
            .of_document(&article(&doc.text, &lines, &kinds));
        // Letters of the article in each language, in the order in which they come.
        let mut weights: Vec<(Lang, usize)> = Vec::new();
        for ((line, kind), told) in lines.iter().zip(kinds).zip(told) {
            let lang = told.within(whole);
            if kind == BlockKind::Body {
                match weights.iter_mut().find(|(l, _)| *l == lang) {
                    Some((_, weight)) => *weight += told.letters,
                    None => weights.push((lang, told.letters)),
                }
            }
            let mut span = line.span;
            let text = span.slice(&doc.text);
            if kind == BlockKind::Body
                && let Some(end) = dateline::dateline_end(text, &self.months)
            {
                let rest = text[end..].len() - text[end..].trim_start().len();
                doc.blocks.push(Block {
                    span: Span::new(span.start(), span.start() + end),
                    kind: BlockKind::Dateline,
                    lang,
                });
                span = Span::new(span.start() + end + rest, span.end());
            }
            doc.blocks.push(Block { span, kind, lang });
        }
        // The first of equals, so that the order of blocks decides.
        doc.lang = match weights.iter().rev().max_by_key(|(_, w)| *w) {
            Some(&(lang, _)) => lang,
            None => whole.lang,
        };
    }
}

/// The beginning of the article, or of all text where there is none.
fn article<'t>(text: &'t str, lines: &[Line], kinds: &[BlockKind]) -> Cow<'t, str> {
    let mut body = lines
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| **kind == BlockKind::Body)
        .map(|(line, _)| line.span.slice(text))
        .peekable();
    let Some(first) = body.next() else {
        return Cow::Borrowed(text);
    };
    if body.peek().is_none() || first.len() >= language::DOCUMENT_HORIZON {
        return Cow::Borrowed(first);
    }
    let mut out = first.to_owned();
    for part in body {
        if out.len() >= language::DOCUMENT_HORIZON {
            break;
        }
        out.push('\n');
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Fewest characters of a line that a program broke because it was full.
const WRAPPED: usize = 50;

/// The lines of a text that are not empty, without white space at the ends, and whether an empty one stands before each. Lines
/// that a program wrapped in the middle of a sentence are joined.
fn paragraphs(text: &str) -> Vec<(Span, bool)> {
    let mut out: Vec<(Span, bool)> = Vec::new();
    let mut at = 0;
    let mut after_blank = true;
    // Whether the last paragraph is made of joined lines, and where its last line begins.
    let (mut joined, mut last_line) = (false, 0);
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        let end = start + line.len();
        if let Some((span, _)) = out.last_mut()
            && !after_blank
            && goes_on(&text[last_line..span.end()], line, joined)
        {
            span.end = end as u32;
            joined = true;
        } else {
            out.push((Span::new(start, end), after_blank));
            joined = false;
        }
        last_line = start;
        after_blank = false;
    }
    out
}

/// Whether a line goes on with the sentence of the full line before it.
fn goes_on(before: &str, line: &str, joined: bool) -> bool {
    let open = before
        .ends_with(|c: char| letters::is_letter_or_digit(c) || matches!(c, ',' | '-' | '–' | '—'));
    open && (line.starts_with(char::is_lowercase) || joined)
        && before.chars().nth(WRAPPED - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "Министр приехал в город и осмотрел новый завод, который\nпостроили за два года на берегу реки Неман у деревни\nЗаречье.\nОн доволен.\n";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].0.slice(text), "Он доволен.");
    }

    #[test]
    fn short_lines_and_finished_ones_stay_apart() {
        let text =
            "Главная\nспорт\nМинистр приехал в город и осмотрел новый завод на реке.\nон доволен\n";
        assert_eq!(paragraphs(text).len(), 4);
    }
}
