//! Headlines and lines like them that name their source: «X: A», «A — X».
//!
//! Input: a sentence, and whether it is a title; output: a draft of the words beside the colon or dash. A place before a colon is
//! a dateline, a noun before names a list.

use super::Finder;
use crate::document::{EntityType, Rule, TokenRange};
use crate::document::{Gap, TokenKind};
use crate::language::russian::phrase::{self, Wanted};
use crate::lexis::cues::{Agreement, Function};

impl Finder<'_, '_, '_> {
    /// Headlines and lines like them: «X: A», in titles «A — X» too.
    pub(super) fn headline(&mut self, start: usize, end: usize, title: bool) {
        let view = self.view;
        // Arrows and bullets of a list.
        let start = (start..end)
            .find(|&i| view.token(i).is_wordlike() || view.kind(i) == TokenKind::Quote)
            .unwrap_or(start);
        if title && self.source_last(start, end) {
            return;
        }
        let Some(colon) = (start..end.min(start + 12)).find(|&i| view.kind(i) == TokenKind::Colon)
        else {
            return;
        };
        if colon + 2 >= end
            || view.kind(colon + 1) == TokenKind::Quote
            || view.has_predicate(start..colon)
        {
            return;
        }
        if (colon + 1..end).all(|i| view.is_masked(i) || !view.token(i).is_wordlike()) {
            return;
        }
        let Some(phrase) = phrase::read(view, start, colon, Wanted::Nominative, Agreement::ANY)
        else {
            return;
        };
        if phrase.end != colon || phrase.weight < 3 {
            return;
        }
        let said = view.has_predicate(colon + 1..end);
        // «Москва: 10 погибших» is a dateline; in running text a list may follow («Россия: …»).
        let kind = view.entity_at(phrase.head);
        let person =
            phrase.weight >= 5 || matches!(kind, Some(EntityType::Person | EntityType::Position));
        if kind == Some(EntityType::Place)
            || title && !said && view.free_words(colon + 1..end) < 4
            // «Вратари: Иванов, Петров»
            || !title && !said && phrase.weight < 5
            || !(title || person && view.capital(colon + 1) && view.token(colon + 1).is_wordlike())
        {
            return;
        }
        let source = phrase::source(view, phrase, Wanted::Nominative);
        let cue = TokenRange::new(colon, colon + 1);
        self.push_with(
            vec![(colon + 1, end)],
            cue,
            Some(source),
            Rule::IndirectHeadline,
            if title { 0.75 } else { 0.6 },
            Some((start, colon + 1)),
        );
    }

    /// «A — X» at the end of a title.
    fn source_last(&mut self, start: usize, end: usize) -> bool {
        let view = self.view;
        let Some(dash) = (start + 3..end)
            .rev()
            .find(|&i| matches!(view.kind(i), TokenKind::Dash))
        else {
            return false;
        };
        if dash + 1 >= end || view.token(dash + 1).gap == Gap::None || end - dash > 8 {
            return false;
        }
        if !view.has_predicate(start..dash)
            || view.has_predicate(dash + 1..end)
            || view.is_masked(start)
        {
            return false;
        }
        let Some(phrase) = phrase::read(view, dash + 1, end, Wanted::Nominative, Agreement::ANY)
        else {
            return false;
        };
        let known = matches!(
            view.entity_at(phrase.head),
            Some(EntityType::Person | EntityType::Organisation | EntityType::Position)
        ) || view.function(
            phrase.head,
            Function::SOURCE.or(Function::MEDIA).or(Function::HEADLINE),
        );
        if phrase.end != end || !known {
            return false;
        }
        let source = phrase::source(view, phrase, Wanted::Nominative);
        let cue = TokenRange::new(dash, dash + 1);
        self.push_with(
            vec![(start, dash)],
            cue,
            Some(source),
            Rule::IndirectHeadlineAfter,
            0.7,
            Some((dash, end)),
        )
    }
}
