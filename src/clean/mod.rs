//! Text -> blocks: which lines are the article, and which are menus, polls, link lists, credits. Never edits the text.
//!
//! A page is read line by line: [`line`] says what each line looks like on its own (prose, a date, a known phrase of web
//! pages), [`page`] what it is among its neighbours. Where a text has no such structure, all of it is body.
//!
//! Invariant: blocks are ordered, disjoint, without white space at their ends, and cover all text that is not white space.

mod line;
mod page;

use crate::document::{Block, BlockKind, Document, Lang};
use crate::error::Result;
use line::{Line, PageLines};

/// Tells the article from what stands around it.
pub struct Cleaner {
    phrases: PageLines,
}

impl Cleaner {
    /// With the phrases of web pages that are compiled in.
    pub(crate) fn new() -> Result<Self> {
        Ok(Cleaner {
            phrases: PageLines::load()?,
        })
    }

    /// Fills `doc.blocks` and `doc.lang`.
    pub fn find_blocks(&self, doc: &mut Document) {
        let mut lines: Vec<Line> = Vec::new();
        let mut at = 0;
        let mut lower = String::new();
        let mut after_blank = true;
        for raw in doc.text.split_inclusive('\n') {
            if let Some(mut line) = Line::read(raw, at) {
                line.after_blank = after_blank;
                line.phrase = self.phrases.find(line.span.slice(&doc.text), &mut lower);
                after_blank = false;
                lines.push(line);
            } else {
                after_blank = true;
            }
            at += raw.len();
        }
        let kinds = page::kinds(&lines, &doc.text);
        doc.blocks.clear();
        let mut weights = [0usize; 2];
        for (line, kind) in lines.iter().zip(kinds) {
            let lang = lang_of(line.span.slice(&doc.text));
            if kind == BlockKind::Body {
                weights[usize::from(lang == Lang::En)] += line.span.len();
            }
            doc.blocks.push(Block {
                span: line.span,
                kind,
                lang,
            });
        }
        // Cyrillic letters take two bytes each.
        doc.lang = match weights {
            [0, 0] => lang_of(&doc.text),
            [ru, en] if ru >= en * 2 => Lang::Ru,
            _ => Lang::En,
        };
    }
}

fn lang_of(text: &str) -> Lang {
    let (mut cyrillic, mut latin) = (0usize, 0usize);
    for b in text.bytes() {
        match b {
            0xD0..=0xD3 => cyrillic += 1,
            b'a'..=b'z' | b'A'..=b'Z' => latin += 1,
            _ => {}
        }
    }
    if cyrillic >= latin {
        Lang::Ru
    } else {
        Lang::En
    }
}
