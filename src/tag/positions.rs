//! Dictionary hits of positions and the mentions beside them -> mentions of positions, and the person who holds each.
//!
//! A position takes in the organisation or place that it belongs to («президент Беларуси», «министр обороны США»).

use super::candidate::{Found, span_of};
use crate::dictionary::Matching;
use crate::dictionary::gazetteer::Hit;
use crate::document::{Document, EntityType, Mention, TokenRange};
use crate::document::{Gap, TokenKind};
use crate::view::Known;

/// Adds mentions of positions to `found`, which holds the other mentions in order.
pub(super) fn find_positions(
    known: Known<'_>,
    doc: &Document,
    hits: &[Hit],
    found: &mut Vec<Found>,
) {
    let entries = &known.glossary.dictionaries.entries;
    let named = found.len();
    let mut end = 0;
    for hit in hits {
        let name = &entries.names[hit.name as usize];
        let entry = &entries.entries[name.entry as usize];
        if entry.kind != EntityType::Position
            || hit.tokens.start < end
            || name.matching == Matching::Context
            || &*entry.class == "courtesy"
            || !likely(known, doc, hit)
        {
            continue;
        }
        // A word of a name is no position: «Президент-отель», «Иван Король», «банк "Капитал"».
        let inside = |m: &Mention| {
            m.tokens.start < hit.tokens.end
                && hit.tokens.start < m.tokens.end
                && !(m.tokens.start >= hit.tokens.start && m.tokens.end <= hit.tokens.end)
        };
        let near = found[..named].partition_point(|(m, _)| m.tokens.end <= hit.tokens.start);
        let covered = |m: &Mention| m.tokens == hit.tokens;
        if found[near..named]
            .iter()
            .take(2)
            .any(|(m, _)| inside(m) || covered(m))
        {
            continue;
        }
        let mut tokens = hit.tokens;
        // What the position belongs to follows it without a preposition.
        let next = found[..named].partition_point(|(m, _)| m.tokens.start < tokens.end);
        if let Some((m, _)) = found[..named].get(next)
            && joins(doc, tokens.end, m)
        {
            tokens = TokenRange {
                start: tokens.start,
                end: m.tokens.end,
            };
        }
        end = tokens.end;
        let mention = Mention {
            span: span_of(doc, tokens),
            tokens,
            kind: EntityType::Position,
            entity: None,
            generic: false,
            holder: None,
            id: Some(entry.id.clone()),
            rule: entry.rule.clone(),
        };
        found.push((mention, Some(hit.name)));
    }
}

/// Whether a hit of one word is likely to be that word: «после» is no посол, «политики» as likely politics as politicians.
fn likely(known: Known<'_>, doc: &Document, hit: &Hit) -> bool {
    let range = hit.tokens.range();
    let i = range.start;
    if range.len() > 1 || doc.tokens[i].kind != TokenKind::Word {
        return true;
    }
    let readings = &known.at(i).readings();
    let person: f32 = readings
        .iter()
        .filter(|r| r.tag.animate == Some(true) || r.guessed)
        .map(|r| r.chance)
        .sum();
    readings.is_empty() || person >= LIKELY
}

/// Least chance of the readings as a living being that a position of one word needs.
const LIKELY: f32 = 0.4;

/// Whether a mention of an organisation or place begins at token `at`, on the same line, marks set aside.
fn joins(doc: &Document, at: u32, m: &Mention) -> bool {
    matches!(m.kind, EntityType::Organisation | EntityType::Place)
        && (m.tokens.start == at
            || m.tokens.start == at + 1 && doc.tokens[at as usize].kind == TokenKind::Quote)
        && doc.tokens[at as usize].gap <= Gap::Space
}

/// Links each position to the person that the text gives it to: «президент Беларуси Александр Лукашенко», «Иван Петров,
/// министр …», “Yerlan Koshanov, the chairman of …”.
pub(super) fn find_holders(known: Known<'_>, doc: &mut Document) {
    let mut links = Vec::new();
    for (n, m) in doc.mentions.iter().enumerate() {
        if m.kind != EntityType::Position {
            continue;
        }
        let after = doc.mentions[n + 1..]
            .iter()
            .enumerate()
            .map(|(i, p)| (n + 1 + i, p))
            .take_while(|(_, p)| p.tokens.start <= m.tokens.end + 8)
            .find(|(_, p)| p.kind == EntityType::Person && p.tokens.start >= m.tokens.end);
        if let Some((i, person)) = after
            && clear_between(doc, known, m.tokens.end, person.tokens.start)
        {
            links.push((n, i));
            continue;
        }
        let before = doc.mentions[..n]
            .iter()
            .enumerate()
            .rev()
            .take(4)
            .find(|(_, p)| p.kind == EntityType::Person && p.tokens.end <= m.tokens.start);
        if let Some((i, person)) = before
            && apposition(doc, person.tokens.end, m.tokens.start)
        {
            links.push((n, i));
        }
    }
    for (position, person) in links {
        doc.mentions[position].holder = Some(person as u32);
    }
}

/// Whether nothing stands between a position and a name but what belongs to the position: no verb, comma or stop.
fn clear_between(doc: &Document, known: Known<'_>, from: u32, to: u32) -> bool {
    (from as usize..to as usize).all(|i| {
        let token = doc.tokens[i];
        let verb = known.at(i).readings().first().is_some_and(|r| {
            use crate::morph::Pos;
            matches!(r.tag.pos, Pos::Verb | Pos::Conjunction | Pos::Pronoun)
        });
        token.gap <= Gap::Space
            && !verb
            && matches!(
                token.kind,
                TokenKind::Word
                    | TokenKind::Abbreviation
                    | TokenKind::Quote
                    | TokenKind::NumberWord
            )
    }) && doc
        .tokens
        .get(to as usize)
        .is_some_and(|t| t.gap <= Gap::Space)
}

/// Whether a position follows a name after a comma, a dash or a bracket, with at most an article or an adjective between.
fn apposition(doc: &Document, from: u32, to: u32) -> bool {
    let between = &doc.tokens[from as usize..to as usize];
    let Some((first, rest)) = between.split_first() else {
        return false;
    };
    let opens = matches!(first.kind, TokenKind::Comma | TokenKind::Dash)
        || first.kind == TokenKind::Bracket && first.side == crate::document::Side::Open;
    opens
        && rest.len() <= 2
        && rest
            .iter()
            .all(|t| t.kind == TokenKind::Word && t.gap <= Gap::Space)
}
