//! Whom an English source means that does not say its full name: “he”, “Marsh”, “the ministry”, “the president”.
//!
//! Input: a [`SourcePhrase`] and what was said before; output: a [`Referent`]. A surname alone stands for the run of capitals
//! that ends with it elsewhere in the text; “the association” for the organisation whose name holds that word.

use super::choice::by;
use crate::document::{EntityType, Rule, Sex, Speaker};
use crate::document::{Gap, LetterCase, TokenKind};
use crate::language::english::Reader;
use crate::language::types::SourcePhrase;
use crate::lexis::classes::Classes;
use crate::quotes::referent::{Referent, Referents};
use crate::view::View;
use crate::words::WordId;

/// Names of several words in a text, by their last word.
#[derive(Default)]
pub struct FullNames {
    /// Last word, first token, one past the last token; ordered by word, then by place.
    names: Vec<(WordId, u32, u32)>,
}

impl FullNames {
    /// The runs of capitals in a document.
    pub fn of(view: &View<'_>) -> Self {
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
        names.sort_unstable();
        FullNames { names }
    }

    /// The first name of several words that ends with `word`.
    fn find(&self, word: WordId) -> Option<(usize, usize)> {
        let first = self.names.partition_point(|n| n.0 < word);
        self.names
            .get(first)
            .filter(|n| n.0 == word)
            .map(|n| (n.1 as usize, n.2 as usize))
    }
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

impl Referents<'_, '_> {
    /// Who an English source is that has no full name of its own.
    pub(in crate::quotes) fn english(&self, source: &SourcePhrase) -> Option<(Rule, Referent)> {
        let view = self.view;
        let reader = Reader { view };
        let head = source.head as usize;
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        if end == start + 1 {
            match view.lower(head).split('\'').next().unwrap_or("") {
                "he" | "him" | "his" => {
                    return by(Rule::SpeakerPronoun, self.person_far(start, Sex::Male));
                }
                "she" | "her" | "hers" => {
                    return by(Rule::SpeakerPronoun, self.person_far(start, Sex::Female));
                }
                "they" | "their" | "them" | "it" | "its" => {
                    return by(Rule::SpeakerPronoun, self.last_group());
                }
                _ => {}
            }
        }
        if reader.is(
            head,
            Classes::SUBJECT.or(Classes::RELATIVE).or(Classes::THAT),
        ) {
            return None;
        }
        if view.capital(head) && view.kind(head) == TokenKind::Word {
            return by(Rule::SpeakerFullName, self.full_name(source));
        }
        if reader.is(head, Classes::DOCUMENT) && !reader.is(head, Classes::COMPANY) {
            // A document stands for who issued it: the one that it belongs to, or who spoke last.
            let issuer = match view.lower(start) {
                "his" => self.person_before(start, Some(Sex::Male), true),
                "her" => self.person_before(start, Some(Sex::Female), true),
                "a" | "the" | "an" if end - start <= 3 => {
                    self.said.last().map(|s| self.referent(s))
                }
                _ => None,
            };
            return by(Rule::SpeakerIssuer, issuer);
        }
        let owned = (start..head).any(|i| reader.is(i, Classes::POSSESSIVE) || reader.genitive(i));
        if owned {
            return None;
        }
        if let Some(entity) = self.organisation_with(head, start) {
            return by(Rule::SpeakerOrganisation, Some(Referent::Entity(entity)));
        }
        if end - start <= 4
            && reader.is(start, Classes::DETERMINER)
            && !matches!(view.lower(start), "a" | "an" | "some" | "several")
        {
            if reader.is(head, Classes::MEDIA.or(Classes::COMPANY)) && end - start <= 3 {
                let organisation = self
                    .organisation(head, start, end - start - 1)
                    .filter(|r| matches!(r, Referent::Entity(_)));
                return by(Rule::SpeakerOrganisation, organisation);
            }
            let keys: Vec<u64> = (start + 1..end).map(|i| view.key(i)).collect();
            let holder = self
                .holder(
                    &keys,
                    head,
                    (start, end),
                    crate::lexis::cues::Agreement::ANY,
                )
                .map(Referent::Entity);
            return by(Rule::SpeakerOffice, holder);
        }
        None
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

    /// The name of several words that ends with the head of a source: “Marsh” is Odette Marsh.
    pub(in crate::quotes) fn full_name(&self, source: &SourcePhrase) -> Option<Referent> {
        let view = self.view;
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
            return Some(self.called(own, head + 1));
        }
        let (from, to) = self.names.find(view.word(head))?;
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
                return Some(Referent::Entity(entity));
            }
        }
        Some(self.called(from, to))
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
