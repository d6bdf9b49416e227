//! Runs of capitals that are names, and whom a noun phrase means that does not say its full name: “he”, “Marsh”, “the ministry”.

use super::reader::Reader;
use crate::document::{EntityType, Gap, LetterCase, Sex, TokenKind};
use crate::language::means::{FullName, FullNames, Means};
use crate::language::types::SourcePhrase;
use crate::lexis::classes::Classes;
use crate::view::View;

/// The runs of capitals in a document, by their last word.
pub(super) fn full_names(view: &View<'_>) -> FullNames {
    let reader = Reader { view };
    let mut names = Vec::new();
    let count = view.doc.tokens.len();
    let mut i = 0;
    while i < count {
        if !part_of_name(reader, i) {
            i += 1;
            continue;
        }
        let start = i;
        i += 1;
        while i < count
            && (part_of_name(reader, i)
                || reader.particle(i) && i + 1 < count && part_of_name(reader, i + 1))
            && view.doc.tokens[i].gap == Gap::Space
        {
            i += 1;
        }
        if i - start >= 2 && i - start <= 4 && view.kind(i - 1) == TokenKind::Word {
            names.push((view.word(i - 1), start as u32, i as u32));
        }
    }
    FullNames::new(names)
}

/// A capitalised word that is no small word, title or day.
fn part_of_name(reader: Reader<'_, '_>, i: usize) -> bool {
    let token = reader.view.token(i);
    match token.kind {
        TokenKind::Initial => true,
        TokenKind::Word => {
            matches!(token.case, LetterCase::Capital | LetterCase::Single)
                && !reader.genitive(i)
                && !reader.is(
                    i,
                    Classes::AUXILIARY
                        .or(Classes::DETERMINER)
                        .or(Classes::POSSESSIVE)
                        .or(Classes::SUBJECT)
                        .or(Classes::PREPOSITION)
                        .or(Classes::CONJUNCTION)
                        .or(Classes::RELATIVE)
                        .or(Classes::AND)
                        .or(Classes::TO)
                        .or(Classes::THAT)
                        .or(Classes::TIME)
                        .or(Classes::CHIEF)
                        .or(Classes::ADVERB),
                )
        }
        _ => false,
    }
}

/// Whom a source means that does not say its full name.
pub(super) fn means(view: &View<'_>, source: &SourcePhrase) -> Means {
    let reader = Reader { view };
    let head = source.head as usize;
    let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
    if end == start + 1 {
        match view.lower(head).split('\'').next().unwrap_or("") {
            "he" | "him" | "his" => return Means::Person(Sex::Male),
            "she" | "her" | "hers" => return Means::Person(Sex::Female),
            "they" | "their" | "them" | "it" | "its" => return Means::Group,
            _ => {}
        }
    }
    let pronoun = Classes::SUBJECT.or(Classes::RELATIVE).or(Classes::THAT);
    if reader.is(head, pronoun) {
        return Means::Nobody;
    }
    if view.capital(head) && view.kind(head) == TokenKind::Word {
        return Means::Name;
    }
    if reader.is(head, Classes::DOCUMENT) && !reader.is(head, Classes::COMPANY) {
        // A document stands for who issued it: the one that it belongs to, or who spoke last.
        return match view.lower(start) {
            "his" => Means::Owner(Sex::Male),
            "her" => Means::Owner(Sex::Female),
            "a" | "the" | "an" if end - start <= 3 => Means::LastSpeaker,
            _ => Means::Nobody,
        };
    }
    let owned = (start..head).any(|i| reader.is(i, Classes::POSSESSIVE) || reader.genitive(i));
    if owned {
        return Means::Nobody;
    }
    let definite = end - start <= 4
        && reader.is(start, Classes::DETERMINER)
        && !matches!(view.lower(start), "a" | "an" | "some" | "several");
    let body = reader.is(head, Classes::MEDIA.or(Classes::COMPANY)) && end - start <= 3;
    Means::Noun { definite, body }
}

/// Whether a source whose name nobody knows is a person: an office, “source”, a capitalised word that is no organisation.
pub(super) fn is_person(view: &View<'_>, head: usize) -> bool {
    let office = view.entity_at(head) == Some(EntityType::Position)
        || view.classes(head).any(Classes::SOURCE);
    office && !view.lower(head).ends_with('s')
        || view.capital(head)
            && view
                .entity_at(head)
                .is_none_or(|kind| kind == EntityType::Person)
}

/// The name of several words that ends with the head of a source: “Marsh” is Odette Marsh.
pub(super) fn full_name(
    view: &View<'_>,
    names: &FullNames,
    source: &SourcePhrase,
) -> Option<FullName> {
    let (head, start) = (source.head as usize, source.tokens.start as usize);
    let reader = Reader { view };
    // The phrase has the whole name, though the tagger saw a part of it: “Johannes van Wyk”.
    let mut own = head;
    while own > start && (part_of_name(reader, own - 1) || reader.particle(own - 1)) {
        own -= 1;
    }
    while own < head && !part_of_name(reader, own) {
        own += 1;
    }
    let short = view
        .mention_at(head)
        .is_some_and(|m| view.doc.mentions[m as usize].tokens.len() == 1);
    if own < head && short {
        return Some(FullName::Tokens(own, head + 1));
    }
    let (from, to) = names.find(view.word(head))?;
    let before = head > start && part_of_name(Reader { view }, head - 1);
    if before || (from..to).contains(&head) {
        return None;
    }
    if let Some(mention) = view.mention_at(to - 1) {
        let mention = &view.doc.mentions[mention as usize];
        if mention.kind != EntityType::Place
            && mention.tokens.len() > 1
            && let Some(entity) = mention.entity
        {
            return Some(FullName::Entity(entity));
        }
    }
    Some(FullName::Tokens(from, to))
}
