//! Whom a source means of which its language reads off what to look for: [`Means`].
//!
//! Input: a [`SourcePhrase`] with its [`Means`], and what was said before; output: a [`Referent`]. “The association” is the organisation
//! whose name holds that word.

use super::choice::by;
use super::{Referent, Referents};
use crate::document::{EntityType, Rule, Sex, Speaker};
use crate::language::means::{FullName, Means};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::Agreement;

impl Referents<'_, '_> {
    /// Who the source is.
    pub(super) fn meant(&self, means: Means, source: &SourcePhrase) -> Option<(Rule, Referent)> {
        let start = source.tokens.start as usize;
        match means {
            Means::Nobody => None,
            Means::Person(sex) => by(Rule::SpeakerPronoun, self.person_far(start, sex)),
            Means::Owner(sex) => by(
                Rule::SpeakerIssuer,
                self.person_before(start, Some(sex), true),
            ),
            Means::Group => by(Rule::SpeakerPronoun, self.last_group()),
            Means::LastSpeaker => by(
                Rule::SpeakerIssuer,
                self.said.last().map(|s| self.referent(s)),
            ),
            Means::Name => by(Rule::SpeakerFullName, self.full_name(source)),
            Means::Noun { definite, body } => self.noun(source, definite, body),
        }
    }

    /// What a noun stands for: an organisation whose name holds it, the body of its kind, who holds an office.
    fn noun(&self, source: &SourcePhrase, definite: bool, body: bool) -> Option<(Rule, Referent)> {
        let head = source.head as usize;
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        if let Some(entity) = self.organisation_with(head, start) {
            return Some((Rule::SpeakerOrganisation, Referent::Entity(entity)));
        }
        if !definite {
            return None;
        }
        if body {
            let organisation = self
                .organisation(head, start, end - start - 1)
                .filter(|r| matches!(r, Referent::Entity(_)));
            return by(Rule::SpeakerOrganisation, organisation);
        }
        let keys: Vec<u64> = (start + 1..end).map(|i| self.view.key(i)).collect();
        let holder = self.holder(&keys, head, (start, end), Agreement::ANY);
        by(Rule::SpeakerOffice, holder.map(Referent::Entity))
    }

    /// The name of several words that a shorter one stands for.
    pub(in crate::quotes) fn full_name(&self, source: &SourcePhrase) -> Option<Referent> {
        let pack = self.pack(source.head as usize)?;
        Some(match pack.full_name(self.view, &self.names, source)? {
            FullName::Entity(entity) => Referent::Entity(entity),
            FullName::Tokens(from, to) => self.called(from, to),
        })
    }

    /// The likeliest person before `start`; where nobody stands near, the last one named who may be of that sex.
    fn person_far(&self, start: usize, sex: Sex) -> Option<Referent> {
        let doc = self.view.doc;
        self.person_before(start, Some(sex), true).or_else(|| {
            doc.mentions_before(start)
                .iter()
                .rev()
                .take(40)
                .filter(|m| m.kind == EntityType::Person)
                .filter_map(|m| m.entity)
                .find(|&e| doc.entities[e as usize].sex.is_none_or(|s| s == sex))
                .map(Referent::Entity)
        })
    }

    /// The group or organisation that spoke last.
    fn last_group(&self) -> Option<Referent> {
        self.said
            .iter()
            .rev()
            .take(2)
            .find(|s| !s.person)
            .map(|s| self.referent(s))
    }

    /// Somebody who has only the name in tokens `from..to`.
    fn called(&self, from: usize, to: usize) -> Referent {
        let doc = self.view.doc;
        let span = doc.tokens[from].span.cover(doc.tokens[to - 1].span);
        let name: Vec<&str> = span.slice(&doc.text).split_whitespace().collect();
        Referent::Said(Speaker {
            name: name.join(" "),
            ..Speaker::default()
        })
    }

    /// The organisation nearest before `start` whose name holds the word at `head`: “the association”.
    fn organisation_with(&self, head: usize, start: usize) -> Option<u32> {
        let view = self.view;
        let word = view.word(head);
        view.doc
            .mentions_before(start)
            .iter()
            .rev()
            .take(60)
            .filter(|m| m.kind == EntityType::Organisation && m.tokens.len() > 1)
            .find(|m| m.tokens.range().any(|i| view.word(i) == word))
            .and_then(|m| m.entity)
    }
}
