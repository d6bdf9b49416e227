//! Whom the label before a turn means: a name, a surname, initials, «Вопрос» and «Ответ», an outlet in brackets.
//!
//! Input: a [`Label`] and the person whom the interview is with; output: a [`Voice`]. A label that fits nobody of the text is a name of
//! its own.

use super::{Voice, of_entity};
use crate::document::TokenKind;
use crate::document::{Document, EntityType, Speaker, TokenRange};
use crate::lexis::clause_words::ClauseFacts;
use crate::quotes::labels::Label;
use crate::view::View;

/// Who speaks behind a label; `guest` answers.
pub(super) fn by_label(view: &View<'_>, label: Label, guest: Option<u32>) -> Voice {
    let doc = view.doc;
    let aside = label.aside;
    let label = label.name;
    let Some(span) = view.span(label) else {
        return Voice::Nobody;
    };
    let first = view.clause(label.start as usize);
    if label.len() == 1 || view.stop(label.start as usize + 1) {
        if first.has(ClauseFacts::QUESTION) {
            return asker(view, aside).map_or(Voice::Nobody, Voice::Speaker);
        }
        if first.has(ClauseFacts::ANSWER) {
            return guest.map_or(Voice::Nobody, |g| Voice::Speaker(of_entity(doc, g, None)));
        }
    }
    let text = span.slice(&doc.text);
    let mention = doc
        .mentions_from(label.start as usize)
        .iter()
        .take_while(|m| m.tokens.start < label.end)
        .find(|m| m.kind == EntityType::Person && m.tokens.end <= label.end || m.tokens == label)
        .and_then(|m| m.entity);
    let entity = by_initials(doc, text)
        .or_else(|| by_word(doc, text))
        .or(mention);
    if let Some(entity) = entity {
        return Voice::Speaker(of_entity(doc, entity, Some(span)));
    }
    // «Корреспондент»: a common noun is no name.
    let common = label.len() == 1
        && view
            .readings(label.start as usize)
            .first()
            .is_some_and(|r| r.tag.pos == crate::morph::Pos::Noun && !r.guessed);
    let name = if common {
        text.to_lowercase()
    } else {
        text.to_owned()
    };
    Voice::Speaker(Speaker {
        span: Some(span),
        entity: None,
        name,
        ..Speaker::default()
    })
}

/// Who asks, as the bracket behind «Вопрос» says: a person, else an outlet.
pub(super) fn asker(view: &View<'_>, aside: TokenRange) -> Option<Speaker> {
    let doc = view.doc;
    let inside = || {
        doc.mentions_from(aside.start as usize)
            .iter()
            .take_while(|m| m.tokens.end <= aside.end)
    };
    let mention = inside()
        .find(|m| m.kind == EntityType::Person)
        .or_else(|| inside().find(|m| m.kind == EntityType::Organisation));
    if let Some(mention) = mention {
        return Some(of_entity(doc, mention.entity?, Some(mention.span)));
    }
    // «сайт «Озеро.инфо»»: the name in marks.
    let mut marks = aside.range().filter(|&i| view.kind(i) == TokenKind::Quote);
    let (open, close) = (marks.next()?, marks.next_back()?);
    let span = view.span(TokenRange::new(open + 1, close))?;
    Some(Speaker {
        span: Some(span),
        name: span.slice(&doc.text).to_owned(),
        ..Speaker::default()
    })
}

/// «З. К.»: the person whose name has these initials, in this order or turned round.
fn by_initials(doc: &Document, label: &str) -> Option<u32> {
    let letters: Vec<char> = label
        .split(|c: char| c == '.' || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .map(|w| (w.chars().count() == 1).then(|| w.chars().next()).flatten())
        .collect::<Option<_>>()?;
    if letters.len() < 2 {
        return None;
    }
    persons(doc).find(|&i| {
        let mut own: Vec<char> = doc.entities[i as usize]
            .name
            .split_whitespace()
            .filter_map(|w| w.chars().next())
            .collect();
        let same = own == letters;
        own.reverse();
        same || own == letters
    })
}

/// A word of the label that is the last word of one person's or organisation's fullest name, or the whole of it.
pub(super) fn by_word(doc: &Document, label: &str) -> Option<u32> {
    // «ЛУНИН:» is Пётр Лунин.
    let shouted = label.chars().count() > 1 && !label.chars().any(char::is_lowercase);
    let lower = label.to_lowercase();
    let same = |word: &str| word == label || shouted && word.to_lowercase() == lower;
    let one = label.split_whitespace().count() == 1;
    let fits = |i: &u32| {
        let entity = &doc.entities[*i as usize];
        let name = &entity.name;
        same(name)
            || entity.kind == EntityType::Person
                && one
                && name.contains(' ')
                && name.split_whitespace().any(same)
    };
    let mut all = (0u32..).take(doc.entities.len()).filter(fits);
    // The fullest name wins over the bare label.
    let first = all.next()?;
    let longest = std::iter::once(first)
        .chain(all)
        .max_by_key(|&i| (doc.entities[i as usize].name.len(), std::cmp::Reverse(i)))?;
    Some(longest)
}

/// The people of a document.
fn persons(doc: &Document) -> impl Iterator<Item = u32> + '_ {
    (0u32..)
        .zip(&doc.entities)
        .filter(|(_, e)| e.kind == EntityType::Person)
        .map(|(i, _)| i)
}
