//! Dictionary hits and the trained tagger's stretches -> mentions of people, organisations and places, without overlaps.
//!
//! The tiers: a name of several words that a dictionary holds wins over the tagger; a single word is what the tagger takes it
//! for, as far as the dictionary has a reading of that type; a name that is also an ordinary word counts only where the tagger
//! marks it too. Where the tagger marks nothing, the dictionary's name stands alone.

mod mention;
mod person;

use super::candidate::{Candidate, Found};
use super::crf::Tagged;
use super::patterns::Context;
use crate::dictionary::gazetteer::Hit;
use crate::dictionary::names::NameFlags;
use crate::dictionary::{Entries, Matching, NameKind};
use crate::document::{Document, EntityType, Rule, TokenRange};
use crate::document::{Gap, LetterCase, Side, TokenKind};
use crate::view::Known;
use crate::words::WordId;
use mention::{mention, trim};
use person::{split_person, without_position, without_relation};

/// Mentions of people, organisations and places, in order.
pub(super) fn combine(
    known: Known<'_>,
    doc: &Document,
    hits: &[Hit],
    tagged: &[Tagged],
) -> Vec<Found> {
    let entries = &known.glossary.dictionaries.entries;
    let mut found: Vec<Candidate> = tagged
        .iter()
        .map(|t| Candidate {
            tokens: t.tokens,
            kind: t.kind,
            name: None,
            tagged: true,
            rule: Rule::EntityTagger,
        })
        .collect();
    found.retain_mut(|c| {
        trim(known, doc, c) && !shouted(entries, doc, hits, c) && !is_common(entries, doc, hits, c)
    });
    let mut end = 0;
    for (n, hit) in hits.iter().enumerate() {
        if hit.tokens.start < end || !names_entity(entries, hit) {
            continue;
        }
        let same = hits[n..]
            .iter()
            .take_while(|h| h.tokens == hit.tokens)
            .filter(|h| names_entity(entries, h));
        end = place(entries, known, doc, &mut found, hit.tokens, same).unwrap_or(end);
    }
    found.sort_by_key(|c| c.tokens.start);
    let context = Context {
        doc,
        known,
        entries,
        hits,
    };
    context.refine(&mut found);
    for c in &mut found {
        without_position(entries, known, doc, hits, c);
        without_relation(known, doc, c);
        close_marks(doc, c);
    }
    let mut mentions = Vec::with_capacity(found.len());
    for c in found {
        let (mention, name) = mention(entries, known, doc, c);
        let inner = mention
            .generic
            .then(|| inner_place(entries, hits, c))
            .flatten();
        mentions.push((mention, name));
        mentions.extend(inner.map(|c| self::mention(entries, known, doc, c)));
    }
    mentions
}

/// The place at the end of a generic organisation's mention: «парламент Чехии».
fn inner_place(entries: &Entries, hits: &[Hit], c: Candidate) -> Option<Candidate> {
    let first = hits.partition_point(|h| h.tokens.start <= c.tokens.start);
    let hit = hits[first..]
        .iter()
        .take_while(|h| h.tokens.start < c.tokens.end)
        .find(|h| {
            let name = &entries.names[h.name as usize];
            h.tokens.end == c.tokens.end
                && names_entity(entries, h)
                && name.matching != Matching::Context
                && entries.entries[name.entry as usize].kind == EntityType::Place
        })?;
    Some(Candidate {
        tokens: hit.tokens,
        kind: EntityType::Place,
        name: Some(hit.name),
        tagged: false,
        rule: Rule::EntityDictionary,
    })
}

/// Whether a hit names a person, organisation or place: not a position, an adjective or an inhabitant.
fn names_entity(entries: &Entries, hit: &Hit) -> bool {
    let name = &entries.names[hit.name as usize];
    entries.entries[name.entry as usize].kind != EntityType::Position
        && !matches!(name.kind, NameKind::Adjective | NameKind::Demonym)
}

/// Settles the names of one stretch with what stands there already; gives the end of what was placed.
fn place<'a>(
    entries: &Entries,
    known: Known<'_>,
    doc: &Document,
    found: &mut Vec<Candidate>,
    tokens: TokenRange,
    same: impl Iterator<Item = &'a Hit> + Clone,
) -> Option<u32> {
    let first = found.partition_point(|c| c.tagged && c.tokens.end <= tokens.start);
    let over: Vec<usize> = (first..found.len())
        .take_while(|&i| found[i].tagged)
        .take_while(|&i| found[i].tokens.start < tokens.end)
        .collect();
    let kind_of = |hit: &Hit| entries.entries[entries.names[hit.name as usize].entry as usize].kind;
    let free = |hit: &&Hit| entries.names[hit.name as usize].matching != Matching::Context;
    let words = tokens
        .range()
        .filter(|&i| known.words[i] != WordId::NONE)
        .count();
    if let [i] = over[..]
        && found[i].tokens == tokens
    {
        let stretch = &mut found[i];
        let fitting = same.clone().filter(|h| kind_of(h) == stretch.kind);
        let choice = fitting
            .clone()
            .find(free)
            .or_else(|| fitting.clone().next());
        if let Some(hit) = choice {
            stretch.name = Some(hit.name);
        } else if (words > 1 || certain(entries, known, &same, tokens))
            && let Some(hit) = same.clone().find(free)
        {
            stretch.kind = kind_of(hit);
            stretch.name = Some(hit.name);
        }
        return Some(tokens.end);
    }
    let hit = same.clone().find(free)?;
    if let [i] = over[..]
        && found[i].kind == EntityType::Person
        && kind_of(hit) == EntityType::Person
        && words > 1
        && found[i].tokens.start <= tokens.start
        && found[i].tokens.end >= tokens.end
    {
        split_person(known, doc, found, i, tokens, hit.name);
        return Some(tokens.end);
    }
    let inside = |c: &Candidate| c.tokens.start >= tokens.start && c.tokens.end <= tokens.end;
    if over.iter().any(|&i| !inside(&found[i])) {
        return None;
    }
    if !over.is_empty() && words < 2 {
        return None;
    }
    if over.is_empty() && !stands_alone(doc, known, tokens) {
        return None;
    }
    for &i in over.iter().rev() {
        found.remove(i);
    }
    found.push(Candidate {
        tokens,
        kind: kind_of(hit),
        name: Some(hit.name),
        tagged: false,
        rule: Rule::EntityDictionary,
    });
    Some(tokens.end)
}

/// Whether a name of one word is so clearly the dictionary's that the tagger's type does not count: an abbreviation, or a word
/// that is nothing else.
fn certain<'a>(
    entries: &Entries,
    known: Known<'_>,
    same: &(impl Iterator<Item = &'a Hit> + Clone),
    tokens: TokenRange,
) -> bool {
    let Some(hit) = same.clone().next() else {
        return false;
    };
    let name = &entries.names[hit.name as usize];
    let flags = known.at(tokens.start as usize).name();
    name.matching == Matching::Exact
        || name.kind == NameKind::Abbreviation
        || !flags.any(NameFlags::ORDINARY)
            && !flags.any(NameFlags::SURNAME)
            && !flags.any(NameFlags::GIVEN)
            && !flags.any(NameFlags::KNOWN_SURNAME)
}

/// Whether a dictionary name that the tagger leaves unmarked may be taken at its word: it has a capital, or a number, or is a web address.
fn stands_alone(doc: &Document, known: Known<'_>, tokens: TokenRange) -> bool {
    let capital = tokens.range().any(|i| {
        known.words[i] != WordId::NONE
            && !matches!(doc.tokens[i].case, LetterCase::None | LetterCase::Lower)
    });
    // In a headline in capitals an ordinary word is no name: ПОЛИТИКА, СВОБОДА.
    let address = |i: usize| matches!(doc.tokens[i].kind, TokenKind::Url | TokenKind::Number);
    let ordinary = |i: usize| known.at(i).name().any(NameFlags::ORDINARY);
    (capital || tokens.range().any(address))
        && !(tokens.len() == 1
            && ordinary(tokens.start as usize)
            && doc.tokens[tokens.start as usize].case == LetterCase::Upper
            && in_capitals(doc, tokens))
}

/// A name that has an opening mark inside goes on to its closing one: РИА «Новости».
fn close_marks(doc: &Document, c: &mut Candidate) {
    let quote = |t: &&crate::document::Token| t.kind == TokenKind::Quote;
    let marks = doc.tokens[c.tokens.range()].iter().filter(quote).count();
    let next = doc.tokens.get(c.tokens.end as usize);
    if marks == 1 && next.is_some_and(|t| quote(&t) && t.side != Side::Open && t.gap == Gap::None) {
        c.tokens.end += 1;
    }
}

/// Whether what the tagger takes for an organisation or place is, whole, what dictionaries know as an adjective, inhabitant or
/// position and as nothing else (“European”, “House Speaker”), or an English party's letter with a state (D-Mass.).
fn is_common(entries: &Entries, doc: &Document, hits: &[Hit], c: &Candidate) -> bool {
    if c.kind == EntityType::Person {
        return false;
    }
    let text = doc.tokens_text(c.tokens);
    if c.tokens.len() == 1
        && text.is_ascii()
        && ["D-", "R-", "I-"]
            .iter()
            .any(|party| text.starts_with(party))
    {
        return true;
    }
    if matches!(doc.tokens[c.tokens.start as usize].case, LetterCase::Upper) {
        return false;
    }
    let first = hits.partition_point(|h| h.tokens.start < c.tokens.start);
    let mut whole = hits[first..]
        .iter()
        .take_while(|h| h.tokens.start == c.tokens.start)
        .filter(|h| h.tokens == c.tokens)
        .peekable();
    whole.peek().is_some() && whole.all(|h| !names_entity(entries, h))
}

/// Whether a stretch of several words stands in a headline all in capitals, where letter case says nothing, and holds a shorter
/// name of the dictionary.
fn shouted(entries: &Entries, doc: &Document, hits: &[Hit], c: &Candidate) -> bool {
    if c.kind == EntityType::Person || c.tokens.len() < 2 || !in_capitals(doc, c.tokens) {
        return false;
    }
    let first = hits.partition_point(|h| h.tokens.start < c.tokens.start);
    let mut inside = hits[first..]
        .iter()
        .take_while(|h| h.tokens.start < c.tokens.end)
        .filter(|h| h.tokens.end <= c.tokens.end && names_entity(entries, h))
        .peekable();
    inside.peek().is_some() && inside.all(|h| h.tokens != c.tokens)
}

/// Whether the sentence around is written in capitals: three words or more, and none in lower case.
fn in_capitals(doc: &Document, tokens: TokenRange) -> bool {
    let start = doc.tokens[tokens.start as usize].span.start();
    let Some(sentence) = doc.sentence_at(start) else {
        return false;
    };
    let (mut upper, mut lower) = (0, 0);
    for token in &doc.tokens[doc.sentences[sentence].tokens.range()] {
        match token.case {
            LetterCase::Upper => upper += 1,
            LetterCase::Lower | LetterCase::Capital | LetterCase::Mixed => lower += 1,
            LetterCase::None | LetterCase::Single => {}
        }
    }
    upper >= 3 && lower == 0
}
