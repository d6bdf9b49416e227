//! Which mention names a noun phrase.
//!
//! Input: a [`Phrase`] and its case; output: a [`SourcePhrase`] with the mention of the person, organisation, position or place
//! that the phrase stands for, or with none. Invariant: the mention overlaps the phrase.

use super::case::{Wanted, complement, in_case, names_in};
use crate::document::TokenKind;
use crate::document::{EntityType, TokenRange};
use crate::language::clauses::Phrase;
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Function, Grammar};
use crate::view::View;

/// The mention that names the phrase best: a person, else an organisation, else a position, else a place.
pub fn source(view: &View<'_>, phrase: Phrase, wanted: Wanted) -> SourcePhrase {
    let mut best: Option<(u8, u32)> = None;
    // «семья Биби» is not Bibi: only people carry names.
    let titled = view.grammar(
        phrase.head,
        Grammar::ANIMATE.or(Grammar::UNKNOWN).or(Grammar::NAME),
    ) || view.is_people(phrase.head)
        || view.entity_at(phrase.head) == Some(EntityType::Position);
    for i in phrase.start..phrase.end {
        let Some(m) = view.mention_at(i) else {
            continue;
        };
        let mention = &view.doc.mentions[m as usize];
        let at_head = mention.tokens.range().contains(&phrase.head)
            || view.kind(phrase.head) == TokenKind::Quote
                && mention.tokens.start as usize == phrase.head + 1;
        // «мать Анна Белова» is Belova: the name stands in its nominative.
        let own = wanted == Wanted::Nominative
            && mention.entity.is_some_and(|e| {
                let name = &view.doc.entities[e as usize].name;
                name.contains(' ') && name == mention.span.slice(&view.doc.text)
            });
        let rank = match mention.kind {
            EntityType::Person if own => 6,
            EntityType::Person if !at_head && !titled => 0,
            // «муж Анны Юровой»
            EntityType::Person if !at_head && wanted == Wanted::Nominative && view.is_bent(m) => 0,
            EntityType::Person
                if !at_head
                    && complement(
                        view,
                        phrase.head,
                        mention.tokens.start as usize,
                        mention.tokens.end as usize,
                        wanted,
                    ) =>
            {
                0
            }
            EntityType::Person
                if at_head
                    || names_in(
                        view,
                        mention.tokens.start as usize,
                        mention.tokens.end as usize,
                        wanted,
                    ) =>
            {
                6
            }
            EntityType::Person => 0,
            _ if at_head => 4,
            EntityType::Organisation
                if view.function(phrase.head, Function::SETTING.or(Function::DOCUMENT)) =>
            {
                3
            }
            EntityType::Organisation
                if named_by(view, phrase.head, mention.tokens.start as usize) =>
            {
                3
            }
            EntityType::Organisation => 2,
            EntityType::Position => 2,
            EntityType::Place => 0,
        };
        if rank > 0 && best.is_none_or(|(b, _)| rank > b) {
            best = Some((rank, m));
        }
    }
    SourcePhrase {
        tokens: TokenRange::new(phrase.start, phrase.end),
        head: phrase.head as u32,
        mention: best.filter(|&(rank, _)| rank >= 3).map(|(_, m)| m),
        oblique: wanted != Wanted::Nominative,
    }
}

/// Whether the name at `at` is that of the noun at `head`: «газета Times», «профсоюз пилотов «Волна»»; a genitive is none.
fn named_by(view: &View<'_>, head: usize, at: usize) -> bool {
    at > head
        && at <= head + 4
        && view.facts(head).collective.takes_name()
        && (view.kind(at - 1) == TokenKind::Quote
            || view.grammar(at, Grammar::UNKNOWN)
            || in_case(view, at, Wanted::Nominative))
        && (head + 1..at).all(|i| {
            view.kind(i) == TokenKind::Quote
                || view.grammar(i, Grammar::GEN.or(Grammar::ADJ_GEN)) && !view.capital(i)
        })
}
