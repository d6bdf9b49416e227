//! Text -> blocks: which lines are the article, and which are menus, polls, link lists, credits. Never edits the text.
//!
//! Invariant: blocks are ordered, disjoint, without white space at their ends, and cover all text that is not white space.

use crate::document::{Block, BlockKind, Document, Lang};
use crate::span::Span;

/// Fills `doc.blocks` and `doc.lang`.
pub fn find_blocks(doc: &mut Document) {
    doc.blocks.clear();
    let mut at = 0;
    for line in doc.text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            doc.blocks.push(Block {
                span: Span::new(start, start + trimmed.len()),
                kind: BlockKind::Body,
                lang: lang_of(trimmed),
            });
        }
        at += line.len();
    }
    doc.lang = lang_of(&doc.text);
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
