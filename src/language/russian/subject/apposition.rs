//! The name that stands behind a phrase for a person: «лидер партии, известный проповедник X», «один из зрителей, 62-летний X».
//!
//! Input: a [`Phrase`] that ends its segment; output: the [`SourcePhrase`] of it, longer by the name where one follows.

use crate::document::TokenKind;
use crate::document::{EntityType, TokenRange};
use crate::language::clauses::Clauses;
use crate::language::clauses::Phrase;
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, Function, Grammar};

impl<'v, 'd> Clauses<'v, 'd> {
    /// «сообщил лидер партии, известный проповедник X»: the name stands in an apposition behind a comma.
    pub(super) fn with_name_behind(
        &self,
        segment: usize,
        phrase: Phrase,
        wanted: Wanted,
    ) -> SourcePhrase {
        let view = self.view;
        let source = phrase::source(view, phrase, wanted);
        let person = |s: &SourcePhrase| {
            s.mention
                .is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Person)
        };
        let animate = view.grammar(phrase.head, Grammar::ANIMATE)
            || view.is_people(phrase.head)
            || view.function(phrase.head, Function::SOURCE)
            || matches!(
                view.lower(phrase.head),
                "один" | "одна" | "одного" | "одной"
            )
            || view.entity_at(phrase.head) == Some(EntityType::Position);
        let plural = view.is_plural(phrase.head, wanted != Wanted::Nominative);
        if person(&source) || !animate || plural || phrase.end != self.segments[segment].end {
            return source;
        }
        if let Some(longer) =
            phrase::with_attribute(view, &source, self.segments.get(segment + 1).map(|s| s.end))
        {
            return longer;
        }
        let Some(mut next) = self.segments.get(segment + 1) else {
            return source;
        };
        // «директор общества защиты птиц (ОЗП) Пётр Юров»
        if next.bracketed
            && next.start == phrase.end + 1
            && let Some(behind) = self.segments.get(segment + 2)
            && behind.start == next.end + 1
            && let Some(name) = phrase::read(view, behind.start, behind.end, wanted, Agreement::ANY)
            && view.entity_at(name.head) == Some(EntityType::Person)
        {
            let named = phrase::source(view, name, wanted);
            if person(&named) {
                return SourcePhrase {
                    tokens: TokenRange::new(phrase.start, name.end),
                    ..named
                };
            }
        }
        if next.bracketed {
            next = match self.segments.get(segment + 2) {
                Some(behind) => behind,
                None => return source,
            };
        }
        if next.start >= next.end
            || next.start != phrase.end + 1
            || view.kind(phrase.end) != TokenKind::Comma
        {
            return source;
        }
        // «один из зрителей, 62-летний Олег Юров»
        let aged = ["летний", "летняя", "летнего", "летней"]
            .iter()
            .any(|e| view.lower(next.start).ends_with(e));
        let from = next.start + usize::from(aged);
        let Some(name) = phrase::read(view, from, next.end, wanted, Agreement::ANY) else {
            return source;
        };
        let named = phrase::source(view, name, wanted);
        // «По мнению врача, Ли, …»: a bare name that has no case tells nothing.
        let told = name.start < name.head
            || aged
            || wanted == Wanted::Nominative
            || named.mention.is_some_and(|m| {
                let range = view.doc.mentions[m as usize].tokens.range();
                range.start > name.start
                    || range
                        .into_iter()
                        .any(|i| !view.grammar(i, Grammar::NOM.or(Grammar::UNKNOWN)))
            });
        if name.end == next.end && person(&named) && told {
            return SourcePhrase {
                tokens: TokenRange::new(phrase.start, name.end),
                ..named
            };
        }
        source
    }
}
