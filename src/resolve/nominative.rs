//! Noun phrases of the text -> their nominative: the head noun and the adjectives that agree with it; what depends on the head
//! stays as it is («Министерства обороны США» -> «Министерство обороны США»).

use crate::document::{Document, TokenRange};
use crate::document::{LetterCase, TokenKind};
use crate::morph::PhraseWord;
use crate::resolve::given::Given;

/// The nominative of the phrase that `tokens` hold, with the rest of its text as it is, but for outer marks.
pub fn phrase_nominative(given: &Given<'_>, doc: &Document, tokens: TokenRange) -> String {
    let range = tokens.range();
    if range.is_empty() {
        return String::new();
    }
    let start = doc.tokens[range.start].span.start();
    let end = doc.tokens[range.end - 1].span.end();
    let text = doc.text.get(start..end).unwrap_or("");
    // A name in marks does not bend.
    if doc.tokens[range.start].kind == TokenKind::Quote {
        return squeezed(text);
    }
    let words: Vec<PhraseWord<'_>> = range
        .clone()
        .zip(&doc.tokens[range.clone()])
        .filter(|(_, t)| t.is_wordlike() || t.kind == TokenKind::Number)
        .map(|(i, t)| {
            let facts = given.known.at(i);
            PhraseWord::with_readings(t.span.slice(&doc.text), facts.readings())
        })
        .collect();
    let bent = given.morphology().known_phrase_nominative(&words);
    let mut out = String::with_capacity(text.len() + 4);
    let (mut at, mut bent) = (start, bent.iter());
    for token in &doc.tokens[range] {
        if !(token.is_wordlike() || token.kind == TokenKind::Number) {
            continue;
        }
        let Some(word) = bent.next() else { break };
        // Abbreviations and headlines in capitals stay as they are.
        if token.case == LetterCase::Upper {
            continue;
        }
        out.push_str(doc.text.get(at..token.span.start()).unwrap_or(""));
        out.push_str(word);
        at = token.span.end();
    }
    out.push_str(doc.text.get(at..end).unwrap_or(""));
    squeezed(&out)
}

/// The position of mention `i` with what stands between it and its holder's name, in the nominative.
pub(super) fn role(given: &Given<'_>, doc: &Document, i: usize) -> String {
    let mention = &doc.mentions[i];
    let mut tokens = mention.tokens;
    if let Some(holder) = mention.holder {
        let name = doc.mentions[holder as usize].tokens;
        if name.start >= tokens.end {
            tokens.end = name.start;
        }
    }
    while tokens.end > tokens.start + 1
        && !doc.tokens[tokens.end as usize - 1].is_wordlike()
        && !(doc.tokens[tokens.end as usize - 1].kind == TokenKind::Quote
            && doc.tokens[tokens.range()]
                .iter()
                .filter(|t| t.kind == TokenKind::Quote)
                .count()
                % 2
                == 0)
    {
        tokens.end -= 1;
    }
    let role = phrase_nominative(given, doc, tokens);
    // A capital that only begins the sentence is no part of the role.
    let first = doc.tokens[tokens.start as usize];
    match first.case {
        LetterCase::Capital => {
            let mut letters = role.chars();
            letters
                .next()
                .map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
        }
        _ => role,
    }
}

/// White space as single spaces.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
