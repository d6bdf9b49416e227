//! Tokens -> hits of dictionary names in any case form, in one pass.
//!
//! Names stand in a trie of word keys (see [`super::stem`]): a look-up per token finds all names that may start there, the
//! longest first. A hit must then pass two checks: letter case, and whether each word is a case form of the dictionary's word.
//! No inflected form is ever generated or stored, so that a user's row costs as little as one of ours.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::stem;
use crate::dictionary::{Entries, Matching, NameKind};
use crate::document::{Document, Lang, TokenRange};
use crate::lexicon::{Facts, WordId};
use crate::morph::Case;
use crate::pipeline::{Resources, Scratch};
use crate::segment::{LetterCase, Token, TokenKind, tokenize};

/// A dictionary name found in the text, in whatever case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Tokens that it covers.
    pub tokens: TokenRange,
    /// Index into [`Entries::names`].
    pub name: u32,
}

/// A word of a dictionary name.
#[derive(Clone, Copy)]
struct Part {
    /// Place of the word in the name's text, in bytes.
    span: crate::Span,
    case: LetterCase,
}

/// The trie over all names of the dictionaries.
#[derive(Default)]
pub struct Gazetteer {
    /// (node, word key) -> node. The root is 0.
    steps: HashMap<(u32, u64), u32, FxBuildHasher>,
    /// Names that end at each node; index 0 is none. Chained through `next`.
    ends: Vec<u32>,
    /// Per name: the next name that ends at the same node, 0 for none (counted from 1).
    next: Vec<u32>,
    /// Words of the names, and where each name's begin.
    parts: Vec<Part>,
    first_part: Vec<u32>,
    /// Word key -> which names the word stands in, and where: see [`Gazetteer::places_of`].
    places: HashMap<u64, u16, FxBuildHasher>,
}

impl Gazetteer {
    /// Adds the names from `first` on.
    pub fn add(&mut self, entries: &Entries, first: usize) {
        if self.ends.is_empty() {
            self.ends.push(0);
        }
        let mut tokens = Vec::new();
        let mut lower = String::new();
        let mut keys: Vec<(u64, Option<u64>)> = Vec::new();
        for (index, name) in entries.names.iter().enumerate().skip(first) {
            tokens.clear();
            keys.clear();
            tokenize(
                &name.text,
                crate::Span::new(0, name.text.len()),
                &mut tokens,
            );
            self.first_part.push(self.parts.len() as u32);
            self.next.push(0);
            for token in tokens.iter().filter(|t| counts(t.kind)) {
                lower.clear();
                lower.extend(
                    token
                        .span
                        .slice(&name.text)
                        .chars()
                        .flat_map(char::to_lowercase),
                );
                keys.push((stem::key(&lower), stem::fleeting_key(&lower)));
                self.parts.push(Part {
                    span: token.span,
                    case: token.case,
                });
            }
            if keys.is_empty() {
                continue;
            }
            let kind = entries.entries[name.entry as usize].kind as u16;
            for (n, (key, _)) in keys.iter().enumerate() {
                let place = match (n, keys.len()) {
                    (0, 1) => 0,
                    (0, _) => 1,
                    (n, all) if n + 1 == all => 2,
                    _ => 3,
                };
                *self.places.entry(*key).or_default() |= 1 << (kind * 4 + place);
            }
            self.insert(0, &keys, index as u32);
        }
    }

    fn insert(&mut self, node: u32, keys: &[(u64, Option<u64>)], name: u32) {
        let Some((&(key, second), rest)) = keys.split_first() else {
            // A name with two keys for a word ends at two nodes; it is chained at the first only where the chain allows it.
            if self.next[name as usize] == 0 && self.ends[node as usize] != name + 1 {
                self.next[name as usize] = self.ends[node as usize];
                self.ends[node as usize] = name + 1;
            } else if self.ends[node as usize] == 0 {
                self.ends[node as usize] = name + 1;
            }
            return;
        };
        for key in [Some(key), second].into_iter().flatten() {
            let fresh = self.ends.len() as u32;
            let next = *self.steps.entry((node, key)).or_insert(fresh);
            if next == fresh {
                self.ends.push(0);
            }
            self.insert(next, rest, name);
        }
    }

    /// In which names words of a key stand: four bits for each entity type (alone, first, last, in the middle).
    pub fn places_of(&self, key: u64) -> u16 {
        self.places.get(&key).copied().unwrap_or(0)
    }

    fn parts_of(&self, name: u32) -> &[Part] {
        let first = self.first_part[name as usize] as usize;
        let end = self
            .first_part
            .get(name as usize + 1)
            .map_or(self.parts.len(), |&e| e as usize);
        &self.parts[first..end]
    }

    /// All hits that start at token `at`, the longest first.
    pub fn hits_at(
        &self,
        resources: &Resources,
        entries: &Entries,
        scratch: &mut Scratch,
        doc: &Document,
        at: usize,
        out: &mut Vec<Hit>,
    ) {
        let end = doc.tokens.len();
        let mut node = 0;
        let first = out.len();
        let mut i = at;
        while i < end {
            let token = doc.tokens[i];
            if !counts(token.kind) {
                // Marks and dots inside a name are passed over: «Российская газета», U. S. Steel.
                if i > at && passes(token) {
                    i += 1;
                    continue;
                }
                break;
            }
            if i > at && token.gap == crate::segment::Gap::Paragraph {
                break;
            }
            let key = token_key(scratch, doc, i);
            let Some(&next) = self.steps.get(&(node, key)) else {
                break;
            };
            node = next;
            i += 1;
            let mut name = self.ends[node as usize];
            while name != 0 {
                let tokens = TokenRange::new(at, i);
                if self.fits(resources, entries, scratch, doc, name - 1, tokens) {
                    out.push(Hit {
                        tokens,
                        name: name - 1,
                    });
                }
                name = self.next[name as usize - 1];
            }
        }
        out[first..].sort_by_key(|h| (std::cmp::Reverse(h.tokens.end), h.name));
    }

    /// Whether the tokens are a form of the name, in letter case and in ending.
    fn fits(
        &self,
        resources: &Resources,
        entries: &Entries,
        scratch: &mut Scratch,
        doc: &Document,
        name: u32,
        tokens: TokenRange,
    ) -> bool {
        let entry = &entries.names[name as usize];
        let parts = self.parts_of(name);
        let mut parts_left = parts.iter();
        for i in tokens.range() {
            let token = doc.tokens[i];
            if !counts(token.kind) {
                continue;
            }
            let Some(part) = parts_left.next() else {
                return false;
            };
            let written = part.span.slice(&entry.text);
            let found = token.span.slice(&doc.text);
            if written == found {
                continue;
            }
            if !case_fits(part.case, token.case, entry.matching) {
                return false;
            }
            let word = scratch.words[i];
            if word == WordId::NONE {
                return false;
            }
            let wanted = scratch.lexicon.word(resources, written);
            if wanted == word {
                continue;
            }
            // Abbreviations have no endings (ЕАЭС; but МИДа, ВОЗом have).
            if entry.kind == NameKind::Abbreviation && entry.lang == Lang::En {
                return false;
            }
            if !is_form(scratch.lexicon.facts(word), scratch.lexicon.facts(wanted)) {
                return false;
            }
        }
        parts_left.next().is_none()
    }
}

/// The key of a token for look-ups.
pub fn token_key(scratch: &Scratch, doc: &Document, i: usize) -> u64 {
    match scratch.words[i] {
        WordId::NONE => stem::key(doc.tokens[i].span.slice(&doc.text)),
        word => scratch.lexicon.facts(word).key,
    }
}

/// Tokens that a name is made of.
fn counts(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Word | TokenKind::Abbreviation | TokenKind::Initial | TokenKind::Number
    )
}

/// Tokens that may stand inside a name without belonging to it.
fn passes(token: Token) -> bool {
    matches!(token.kind, TokenKind::Quote | TokenKind::Symbol)
        && token.gap != crate::segment::Gap::Paragraph
}

/// Whether a text word's letter case suits the dictionary's.
fn case_fits(wanted: LetterCase, found: LetterCase, matching: Matching) -> bool {
    if matching == Matching::Exact {
        return wanted == found;
    }
    match wanted {
        LetterCase::None | LetterCase::Lower => true,
        LetterCase::Capital => found != LetterCase::Lower,
        LetterCase::Single => matches!(found, LetterCase::Single | LetterCase::Upper),
        LetterCase::Upper => matches!(found, LetterCase::Upper | LetterCase::Mixed),
        LetterCase::Mixed => found != LetterCase::Lower,
    }
}

/// Whether `text` is a case form of the dictionary's word `wanted`.
pub fn is_form(text: &Facts, wanted: &Facts) -> bool {
    let fold = |s: &str| -> String { s.replace('ё', "е") };
    if text.lower == wanted.lower {
        return true;
    }
    if text.readings.is_empty() || wanted.readings.is_empty() {
        return stem::stem(&text.lower) == stem::stem(&wanted.lower) && text.readings.is_empty();
    }
    let wanted_lower = fold(&wanted.lower);
    let shares = text.readings.iter().any(|a| {
        fold(&a.lemma) == wanted_lower
            || wanted
                .readings
                .iter()
                .any(|b| b.lemma == a.lemma && b.tag.case == Case::Nominative)
    });
    if shares {
        return true;
    }
    // A word that the morphology does not know: the readings were guessed, and the forms may have been guessed apart.
    let known = |facts: &Facts| facts.readings.iter().any(|r| !r.guessed);
    if known(text) && known(wanted) {
        return false;
    }
    ending_fits(&fold(&text.lower), &wanted_lower)
}

/// Whether two unknown words differ only as case forms of one word do.
fn ending_fits(text: &str, wanted: &str) -> bool {
    let bare = wanted
        .strip_suffix(['а', 'я', 'й', 'ь', 'о', 'е', 'и', 'ы'])
        .unwrap_or(wanted);
    match text.strip_prefix(bare) {
        Some(ending) => ending.is_empty() || stem::is_ending(ending),
        None => false,
    }
}
