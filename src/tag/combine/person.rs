//! Where a person's name begins and ends: without a title, without the place of the title, one person a stretch.
//!
//! Input: a [`Candidate`] for a person with the dictionary hits in it; output: the same, shorter, or cut in two.

use crate::dictionary::Entries;
use crate::dictionary::gazetteer::Hit;
use crate::dictionary::names::NameFlags;
use crate::document::{Document, EntityType, Rule, TokenRange};
use crate::document::{LetterCase, TokenKind};
use crate::lexis::cues::Function;
use crate::morph::{Number, Reading};
use crate::tag::candidate::Candidate;
use crate::view::Known;
use crate::words::WordId;

/// A known person's name inside a longer stretch: what stands around it is other people's, unless it is a patronymic or an
/// initial («Ерланом Байжановым Лукашенко отметил»).
pub(super) fn split_person(
    known: Known<'_>,
    doc: &Document,
    found: &mut Vec<Candidate>,
    i: usize,
    tokens: TokenRange,
    name: u32,
) {
    let whole = found[i];
    let listed = Candidate {
        tokens,
        kind: EntityType::Person,
        name: Some(name),
        tagged: true,
        rule: Rule::EntityTagger,
    };
    let surname = |from: u32, to: u32| {
        let mut words = (from as usize..to as usize)
            .filter(|&i| known.words[i] != WordId::NONE && doc.tokens[i].kind == TokenKind::Word);
        let one = words.next()?;
        let flags = known.at(one).name();
        (words.next().is_none()
            && flags.any(NameFlags::KNOWN_SURNAME)
            && !flags.any(NameFlags::PATRONYMIC))
        .then(|| TokenRange::new(one, one + 1))
    };
    let (before, after) = (
        surname(whole.tokens.start, tokens.start),
        surname(tokens.end, whole.tokens.end),
    );
    if before.is_none() && after.is_none() {
        return;
    }
    found[i] = listed;
    if let Some(tokens) = after {
        found.insert(
            i + 1,
            Candidate {
                tokens,
                name: None,
                ..listed
            },
        );
    }
    if let Some(tokens) = before {
        found.insert(
            i,
            Candidate {
                tokens,
                name: None,
                ..listed
            },
        );
    }
}

/// A person's title is no part of the name: «принц Филипп», «Папа Франциск».
pub(super) fn without_position(
    entries: &Entries,
    known: Known<'_>,
    doc: &Document,
    hits: &[Hit],
    c: &mut Candidate,
) {
    if c.kind != EntityType::Person || c.tokens.len() < 2 {
        return;
    }
    let first = hits.partition_point(|h| h.tokens.start < c.tokens.start);
    let title = hits[first..]
        .iter()
        .take_while(|h| h.tokens.start == c.tokens.start)
        .find(|h| {
            let name = &entries.names[h.name as usize];
            entries.entries[name.entry as usize].kind == EntityType::Position
                && h.tokens.end < c.tokens.end
        });
    let Some(title) = title else { return };
    // «Раиса Петровна», «Раиса Голубева»: a given name in the nominative that is an oblique form of a title too; «Аким Алматы» is one.
    let first = c.tokens.start as usize;
    let facts = |i: usize| known.at(i);
    let given =
        facts(first).name().any(NameFlags::GIVEN) && doc.tokens[first].case == LetterCase::Capital;
    let bare = entries.names[title.name as usize].text.to_lowercase() == *facts(first).lower();
    if given
        && !facts(first).lower().is_ascii()
        && (facts(first + 1).name().any(NameFlags::PATRONYMIC) || c.tokens.len() == 2 && !bare)
    {
        return;
    }
    c.tokens.start = title.tokens.end;
    // «аким Алматы Ержан Садыков»: the place belongs to the title.
    let at = hits.partition_point(|h| h.tokens.start < c.tokens.start);
    let place = hits[at..]
        .iter()
        .take_while(|h| h.tokens.start == c.tokens.start)
        .find(|h| {
            let name = &entries.names[h.name as usize];
            entries.entries[name.entry as usize].kind == EntityType::Place
                && h.tokens.end + 1 < c.tokens.end
                && facts(h.tokens.end as usize).name().any(NameFlags::GIVEN)
        });
    if let Some(place) = place {
        c.tokens.start = place.tokens.end;
    }
}

/// Whose relation a person is stands before the name: «Сын магната Р. Мердока», whose first word has the capital of its sentence.
/// A name that a dictionary holds is whole («Мать Тереза»), and so are several people under one name («Братья Куэй»).
pub(super) fn without_relation(known: Known<'_>, doc: &Document, c: &mut Candidate) {
    let facts = |i: usize| known.at(i);
    let tokens = c.tokens.range();
    let first = facts(tokens.start);
    let is_one = |r: &Reading| r.tag.number != Number::Plural;
    if c.kind != EntityType::Person
        || c.name.is_some()
        || tokens.len() < 2
        || !first.cue().function.any(Function::RELATION)
        || first.name().any(NameFlags::GIVEN)
        || !first.readings().iter().any(is_one)
    {
        return;
    }
    let is_name = |i: usize| {
        doc.tokens[i].case != LetterCase::Lower || !facts(i).name().any(NameFlags::ORDINARY)
    };
    if let Some(start) = (tokens.start + 1..tokens.end).find(|&i| is_name(i)) {
        c.tokens.start = start as u32;
    }
}
