//! How likely a quote is right: its span, its kind and its speaker together.
//!
//! Input: a draft with the rules that made it, and its speaker; output: a chance from 0 to 1, the share that was right among
//! annotated quotes of the same kind, rule and way of naming.

use super::Settler;
use crate::document::{EntityType, QuoteKind, Rule, Speaker};
use crate::language::types::{Draft, SourcePhrase};
use crate::lexis::cues::Grammar;

impl Settler<'_, '_> {
    /// Chance that span, kind and speaker are right: that of the words times that of the speaker. The factors are what the rules
    /// reached on annotated Russian news, rounded down; English rules have their own, for the words alone.
    pub(super) fn confidence(&self, draft: &Draft, speaker: Option<&Speaker>) -> f32 {
        let words = match (draft.kind, draft.rule) {
            (QuoteKind::Direct, _) => 0.98,
            (QuoteKind::Fragment, Rule::FragmentCue) => 0.82,
            (QuoteKind::Fragment, _) => 0.5,
            (_, Rule::IndirectAsSaid | Rule::IndirectAboutThis | Rule::IndirectByWordsOf) => 0.96,
            (_, Rule::IndirectHeadline) => 0.6,
            (_, Rule::IndirectHeadlineAfter) => 0.8,
            (_, Rule::IndirectInfinitive) => 0.86,
            (_, Rule::IndirectThat) if draft.confidence < 0.8 => 0.85,
            _ => 0.92,
        };
        let doc = self.view.doc;
        let source = draft.attribution.as_ref().and_then(|a| a.source.as_ref());
        let said = match (speaker, source) {
            (None, _) if draft.kind == QuoteKind::Fragment => 0.25,
            (None, _) => 0.62,
            (Some(s), _) if s.name.is_empty() => 0.15,
            (Some(s), _) if s.span.is_none() => 0.72,
            (Some(s), Some(source)) => match s.entity {
                Some(entity) => {
                    let named = source
                        .mention
                        .is_some_and(|m| doc.mentions[m as usize].entity == Some(entity));
                    let known = &doc.entities[entity as usize];
                    let person = known.kind == EntityType::Person;
                    match (named, person, known.name.contains(' ')) {
                        (true, true, true) => 0.97,
                        (true, true, false) => 0.78,
                        (true, false, true) => 0.95,
                        (true, false, false) => 0.93,
                        (false, true, _) => 0.95,
                        (false, false, _) => 0.84,
                    }
                }
                None if self.is_pronoun(source) => 0.75,
                // The words of the phrase itself, or a phrase that the document has elsewhere.
                None if self.repeats(source, &s.name) => 0.82,
                None => 0.74,
            },
            (Some(_), None) => 0.9,
        };
        words * said
    }

    /// Whether a source is nothing but a pronoun.
    fn is_pronoun(&self, source: &SourcePhrase) -> bool {
        source.tokens.len() == 1
            && self.view.grammar(
                source.head as usize,
                Grammar::PRONOUN.or(Grammar::POSSESSIVE),
            )
    }

    /// Whether a name is the phrase of the source itself: their first words begin alike.
    fn repeats(&self, source: &SourcePhrase, name: &str) -> bool {
        let first = self.view.lower(source.tokens.start as usize);
        let alike = name
            .chars()
            .flat_map(char::to_lowercase)
            .zip(first.chars())
            .take_while(|(a, b)| a == b)
            .count();
        alike >= 3 || alike == first.chars().count()
    }
}
