//! A candidate that won -> a mention: its bounds without what does not belong to a name, its rule, and whether it is a common noun.
//!
//! Input: a [`Candidate`] that overlaps no other; output: a [`Mention`], or none where nothing is left of it.

use crate::dictionary::Entries;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::document::{Document, EntityType, Maker, Mention, TokenRange};
use crate::document::{Gap, LetterCase, TokenKind};
use crate::lexis::clause_words::ClauseFacts;
use crate::morph::{NameType, Pos};
use crate::tag::candidate::{Candidate, Found, span_of};
use crate::view::Known;
use crate::words::WordId;

/// Cuts marks off the ends; says whether a name is left.
pub(super) fn trim(known: Known<'_>, doc: &Document, c: &mut Candidate) -> bool {
    let outer = |i: u32| {
        matches!(
            doc.tokens[i as usize].kind,
            TokenKind::Quote
                | TokenKind::Comma
                | TokenKind::Stop
                | TokenKind::Dash
                | TokenKind::Colon
                | TokenKind::Semicolon
        )
    };
    while c.tokens.start < c.tokens.end && outer(c.tokens.start) {
        c.tokens.start += 1;
    }
    while c.tokens.end > c.tokens.start && outer(c.tokens.end - 1) {
        c.tokens.end -= 1;
    }
    let words = || c.tokens.range().filter(|&i| known.words[i] != WordId::NONE);
    if words().next().is_none() {
        return false;
    }
    // “A. People's manners.” — the letter is the label of an answer.
    let first = c.tokens.start as usize;
    let clause = known.at(first).clause();
    let label = doc.tokens[first].kind == TokenKind::Initial
        && doc.tokens[first].gap >= Gap::Line
        && (clause.has(ClauseFacts::ANSWER) || clause.has(ClauseFacts::QUESTION));
    if label && c.kind != EntityType::Person {
        return false;
    }
    // «Российский», «парламентских»: adjectives alone are no names, unless they are surnames.
    let adjective = |i: usize| {
        let readings = &known.at(i).readings();
        !readings.is_empty()
            && readings
                .iter()
                .all(|r| r.tag.pos == Pos::Adjective && r.tag.name == NameType::None && !r.guessed)
    };
    c.kind == EntityType::Person || !words().all(adjective)
}

pub(super) fn mention(entries: &Entries, known: Known<'_>, doc: &Document, c: Candidate) -> Found {
    let entry = c
        .name
        .map(|name| &entries.entries[entries.names[name as usize].entry as usize]);
    let lower = c
        .tokens
        .range()
        .all(|i| matches!(doc.tokens[i].case, LetterCase::None | LetterCase::Lower));
    let mention = Mention {
        span: span_of(doc, c.tokens),
        tokens: c.tokens,
        kind: c.kind,
        entity: None,
        generic: c.kind == EntityType::Organisation && (lower || is_generic(known, doc, c.tokens)),
        holder: None,
        id: entry.map(|e| e.id.clone()),
        rule: match entry {
            Some(entry) => entry.rule.clone(),
            None => Maker::Rule(c.rule),
        },
    };
    (mention, c.name)
}

/// Whether an organisation is called by a common noun: a noun of the list, adjectives before it and the place or person that it
/// belongs to behind it («Правительство», «парламент Чехии», «Японская полиция»).
fn is_generic(known: Known<'_>, doc: &Document, tokens: TokenRange) -> bool {
    for i in tokens.range() {
        if known.words[i] == WordId::NONE {
            return false;
        }
        let facts = known.at(i);
        if facts.organisation().any(OrganisationWord::GENERIC)
            && !matches!(doc.tokens[i].case, LetterCase::Upper | LetterCase::Mixed)
        {
            // What follows is the place or person that it belongs to, by name.
            let rest = i + 1..tokens.end as usize;
            return rest.len() <= 3
                && rest
                    .clone()
                    .all(|j| !matches!(doc.tokens[j].case, LetterCase::Lower | LetterCase::None));
        }
        let adjective = facts
            .readings()
            .first()
            .is_some_and(|r| r.tag.pos == Pos::Adjective);
        if !adjective {
            return false;
        }
    }
    false
}
