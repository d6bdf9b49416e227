//! What grammar and the rest of the document say of names: names in marks behind a noun that calls for one, names and
//! abbreviations in brackets, two names that stand side by side, and names that the document marks elsewhere.
//!
//! Input and output are the candidates of `combine`, in order and without overlaps.

mod brackets;
mod marks;
mod people;

use super::candidate::Candidate;
use crate::dictionary::Entries;
use crate::dictionary::gazetteer::Hit;
use crate::document::{Document, EntityType, TokenRange};
use crate::document::{LetterCase, Side, TokenKind};
use crate::view::Facts;
use crate::view::Known;
use crate::words::WordId;

/// What the rules look at.
pub(super) struct Context<'a> {
    pub doc: &'a Document,
    pub known: Known<'a>,
    pub entries: &'a Entries,
    pub hits: &'a [Hit],
}

/// Longest name in marks, in tokens.
const LONGEST_MARKED: usize = 9;

impl Context<'_> {
    pub(super) fn facts(&self, i: usize) -> Facts<'_> {
        self.known.at(i)
    }

    pub(super) fn case(&self, i: usize) -> LetterCase {
        self.doc.tokens[i].case
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.known.words[i] != WordId::NONE
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.is_word(i) && !matches!(self.case(i), LetterCase::None | LetterCase::Lower)
    }

    pub(super) fn latin(&self, i: usize) -> bool {
        self.doc.tokens[i].span.slice(&self.doc.text).is_ascii()
    }

    pub(super) fn bracket(&self, i: usize, side: Side) -> bool {
        self.doc
            .tokens
            .get(i)
            .is_some_and(|t| t.kind == TokenKind::Bracket && t.side == side)
    }

    pub(super) fn hits_at(&self, i: usize) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|h| (h.tokens.start as usize) < i);
        self.hits[first..]
            .iter()
            .take_while(move |h| h.tokens.start as usize == i)
    }

    pub(super) fn kind_of(&self, hit: &Hit) -> EntityType {
        let name = &self.entries.names[hit.name as usize];
        self.entries.entries[name.entry as usize].kind
    }

    /// Whether no candidate shares a token with the range.
    pub(super) fn free(found: &[Candidate], tokens: TokenRange) -> bool {
        let at = found.partition_point(|c| c.tokens.end <= tokens.start);
        found.get(at).is_none_or(|c| c.tokens.start >= tokens.end)
    }

    /// Puts a candidate in its place, and takes away those that lie inside it.
    pub(super) fn put(found: &mut Vec<Candidate>, new: Candidate) {
        let first = found.partition_point(|c| c.tokens.end <= new.tokens.start);
        let last = found.partition_point(|c| c.tokens.start < new.tokens.end);
        found.splice(first..last.max(first), [new]);
    }

    /// Puts candidates in their places that no other shares a token with; they are in order.
    pub(super) fn put_all(found: &mut Vec<Candidate>, new: Vec<Candidate>) {
        if new.is_empty() {
            return;
        }
        let first = found.len();
        for c in new {
            // Of new ones that overlap the later one stays.
            while found.len() > first
                && found
                    .last()
                    .is_some_and(|last| last.tokens.end > c.tokens.start)
            {
                found.pop();
            }
            found.push(c);
        }
        // Two runs that are each in order: one pass.
        found.sort_by_key(|c| c.tokens.start);
    }

    /// Runs all rules.
    pub(super) fn refine(&self, found: &mut Vec<Candidate>) {
        self.split_names(found);
        self.particles(found);
        self.before_patronymics(found);
        self.joined_initials(found);
        self.drop_adjectives(found);
        self.name_in_marks(found);
        self.fields(found);
        self.drop_things(found);
        self.latin_names(found);
        self.brackets(found);
        self.latin_brackets(found);
        self.marked_elsewhere(found);
        self.in_marks_again(found);
    }
}
