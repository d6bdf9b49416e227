//! A source that stands for nobody whom the text names: its own words in the nominative, «обвинение» of «по мнению обвинения».
//!
//! Input: a [`SourcePhrase`]; output: its words with single spaces, without outer marks and without the capital of a sentence's
//! first word.

use super::Settler;
use crate::document::EntityType;
use crate::document::{LetterCase, TokenKind};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Function, Grammar};
use crate::morph::PhraseWord;

impl Settler<'_, '_> {
    /// The phrase in the nominative, without outer marks and without the capital of a sentence's first word.
    pub(super) fn phrase(&self, source: &SourcePhrase) -> String {
        let doc = self.view.doc;
        let mut range = source.tokens.range();
        // «сама подсудимая»
        let own = self.view.function(range.start, Function::SELF);
        range.start += usize::from(own && range.len() > 1);
        let words: Vec<usize> = range
            .clone()
            .filter(|&i| self.view.token(i).is_wordlike())
            .collect();
        let bent = if source.oblique {
            let words: Vec<PhraseWord<'_>> = words
                .iter()
                .map(|&i| {
                    let text = doc.tokens[i].span.slice(&doc.text);
                    PhraseWord::with_readings(text, self.view.readings(i))
                })
                .collect();
            Some(
                self.view
                    .known
                    .glossary
                    .morphology
                    .oblique_nominative_words(&words),
            )
        } else {
            None
        };
        let mut out = String::new();
        let mut at = doc.tokens[range.start].span.start();
        let mut next = 0;
        for i in range.clone() {
            let token = &doc.tokens[i];
            out.push_str(doc.text.get(at..token.span.start()).unwrap_or(""));
            match &bent {
                Some(bent) if words.get(next) == Some(&i) && bent.len() == words.len() => {
                    out.push_str(&bent[next]);
                    next += 1;
                }
                _ => out.push_str(token.span.slice(&doc.text)),
            }
            at = token.span.end();
        }
        let mut name: String = out.split_whitespace().collect::<Vec<_>>().join(" ");
        let quoted = self.view.kind(range.start) == TokenKind::Quote
            && self.view.kind(range.end - 1) == TokenKind::Quote
            && words.len() + 2 == range.len();
        if quoted {
            name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        }
        let first = range.start;
        let begins = doc
            .sentence_at(doc.tokens[first].span.start())
            .is_some_and(|s| doc.sentences[s].tokens.start as usize == first);
        if begins
            && doc.tokens[first].case == LetterCase::Capital
            && self.view.mention_at(first).is_none_or(|m| {
                doc.mentions[m as usize].kind == EntityType::Position
                    || doc.mentions[m as usize].generic
            })
            && !self.view.grammar(first, Grammar::UNKNOWN)
        {
            let mut letters = name.chars();
            if let Some(letter) = letters.next() {
                name = letter.to_lowercase().chain(letters).collect();
            }
        }
        name
    }
}
