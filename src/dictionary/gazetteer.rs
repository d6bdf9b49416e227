//! Tokens -> hits of dictionary names in any case form, in one pass.
//!
//! Names are found by the keys of their first two words (see [`crate::words::stem`]): most tokens begin no name and cost nothing. A hit must then pass two checks: letter case, and whether each word is a case form of the dictionary's word.
//! No inflected form is ever generated or stored, so that a user's row costs as little as one of ours.

use hashbrown::HashMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::dictionary::{Entries, Matching, Name, NameKind, digest};
use crate::document::{Document, EntityType, Lang, TokenRange};
use crate::document::{Gap, LetterCase, Token, TokenKind};
use crate::letters;
use crate::morph::{Case, Pos};
use crate::pipeline::{Resources, Scratch};
use crate::segment::tokenize;
use crate::span::Span;
use crate::words::stem;
use crate::words::{Facts, Lexicon, WordId};

/// A dictionary name found in the text, in whatever case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Tokens that it covers.
    pub tokens: TokenRange,
    /// Index into [`Entries::names`].
    pub name: u32,
}

/// All names of the dictionaries, by the keys of their first two words.
#[derive(Default)]
pub struct Gazetteer {
    /// Key of a name (see [`name_keys`]) -> its first link, counted from 1.
    heads: HashMap<u64, u32, FxBuildHasher>,
    /// Name, and the next link of the same key, 0 for none.
    links: Vec<(u32, u32)>,
    /// Word key -> which names the word stands in, and where: see [`Gazetteer::places_of`].
    places: HashMap<u64, u16, FxBuildHasher>,
}

/// Key of a name of several words.
fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23) ^ second.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A word's key, and its second one where its last vowel comes and goes.
type Keys = (u64, Option<u64>);

/// The keys of a name's first two words; `lower` and `tokens` are room to work in.
fn name_keys(text: &str, lower: &mut String, tokens: &mut Vec<Token>) -> [Option<Keys>; 2] {
    let mut keys = [None; 2];
    let mut key_of = |word: &str| {
        lower.clear();
        letters::push_lower(word, lower);
        (stem::key(lower), stem::fleeting_key(lower))
    };
    // Letters, hyphens and spaces need no tokeniser, and most names are made of nothing else.
    if letters::is_plain(text) {
        let words = text.split(' ').filter(|w| w.bytes().any(|b| b != b'-'));
        for (key, word) in keys.iter_mut().zip(words) {
            *key = Some(key_of(word.trim_matches('-')));
        }
        return keys;
    }
    tokens.clear();
    tokenize(text, Span::new(0, text.len()), tokens);
    let words = tokens.iter().filter(|t| counts(t.kind));
    for (key, token) in keys.iter_mut().zip(words) {
        *key = Some(key_of(token.span.slice(text)));
    }
    keys
}

impl Gazetteer {
    /// The names of the compiled-in dictionaries, whose keys lie ready.
    pub(crate) fn compiled_in(entries: &Entries) -> Self {
        let mut gazetteer = Gazetteer::default();
        gazetteer.reserve(entries.names.len());
        let mut fleeting = digest::fleeting_keys().peekable();
        let (mut lower, mut tokens) = (String::new(), Vec::new());
        for (index, name) in entries.names.iter().enumerate() {
            let keys = match digest::keys(index) {
                Some(keys) => {
                    let mut keys = keys.map(|key| (key != 0).then_some((key, None)));
                    while let Some((_, place, key)) = fleeting.next_if(|(i, ..)| *i == index) {
                        if let Some(Some((_, second))) = keys.get_mut(place) {
                            *second = Some(key);
                        }
                    }
                    keys
                }
                None => name_keys(&name.text, &mut lower, &mut tokens),
            };
            gazetteer.put(entries, index as u32, keys);
        }
        gazetteer
    }

    fn reserve(&mut self, names: usize) {
        self.heads.reserve(names);
        self.links.reserve(names);
        self.places.reserve(names);
    }

    /// Adds the names from `first` on.
    pub fn add(&mut self, entries: &Entries, first: usize) {
        let names = entries.names.get(first..).unwrap_or(&[]);
        // Keys are found on all cores, and put into the tables in order.
        const CHUNK: usize = 4096;
        let keys: Vec<Vec<[Option<Keys>; 2]>> = names
            .par_chunks(CHUNK)
            .map(|names| {
                let (mut lower, mut tokens) = (String::new(), Vec::new());
                names
                    .iter()
                    .map(|name| name_keys(&name.text, &mut lower, &mut tokens))
                    .collect()
            })
            .collect();
        self.reserve(names.len());
        for (index, keys) in (first as u32..).zip(keys.into_iter().flatten()) {
            self.put(entries, index, keys);
        }
    }

    /// Adds a name with the keys of its first two words.
    fn put(&mut self, entries: &Entries, index: u32, keys: [Option<Keys>; 2]) {
        let name = &entries.names[index as usize];
        let kind = entries.entries[name.entry as usize].kind as u16;
        let [Some(one), two] = keys else {
            return;
        };
        let place = u16::from(two.is_some());
        for key in [Some(one.0), one.1].into_iter().flatten() {
            *self.places.entry(key).or_default() |= 1 << (kind * 4 + place);
            let Some(two) = two else {
                self.link(key, index);
                continue;
            };
            for second in [Some(two.0), two.1].into_iter().flatten() {
                self.link(pair(key, second), index);
            }
        }
    }

    fn link(&mut self, key: u64, name: u32) {
        let head = self.heads.entry(key).or_insert(0);
        self.links.push((name, *head));
        *head = self.links.len() as u32;
    }

    /// In which names words of a key stand: four bits for each entity type (alone, first of several, two unused).
    pub fn places_of(&self, key: u64) -> u16 {
        self.places.get(&key).copied().unwrap_or(0)
    }

    /// All hits that start at token `at`, the longest first.
    pub fn hits_at(
        &self,
        resources: &Resources,
        scratch: &mut Scratch,
        doc: &Document,
        at: usize,
        out: &mut Vec<Hit>,
    ) {
        const ALONE: u16 = 0x1111;
        const FIRST: u16 = 0x2222;
        if !counts(doc.tokens[at].kind) {
            return;
        }
        let (key, places) = self.token_key(scratch, doc, at);
        if places & (ALONE | FIRST) == 0 {
            return;
        }
        let first = out.len();
        if places & FIRST != 0
            && let Some((next, _)) = next_word(doc, at)
        {
            let (second, _) = self.token_key(scratch, doc, next);
            self.collect(pair(key, second), resources, scratch, doc, at, out);
        }
        if places & ALONE != 0 {
            self.collect_alone(key, resources, scratch, doc, at, out);
        }
        out[first..].sort_by_key(|h| (std::cmp::Reverse(h.tokens.end), h.name));
    }

    /// Names of one word. Which of them a word is a form of depends on the word and its letter case only.
    fn collect_alone(
        &self,
        key: u64,
        resources: &Resources,
        scratch: &mut Scratch,
        doc: &Document,
        at: usize,
        out: &mut Vec<Hit>,
    ) {
        let (word, case) = (scratch.words[at], doc.tokens[at].case);
        // Of words in mixed case, the very letters count.
        if word == WordId::NONE || case == LetterCase::Mixed {
            self.collect(key, resources, scratch, doc, at, out);
            return;
        }
        scratch.gazetteer.renew(scratch.lexicon.generation());
        let tokens = TokenRange::new(at, at + 1);
        if let Some(&(start, end)) = scratch.gazetteer.alone.get(&(word, case)) {
            let names = &scratch.gazetteer.fitting[start as usize..end as usize];
            out.extend(names.iter().map(|&name| Hit { tokens, name }));
            return;
        }
        let first = out.len();
        self.collect(key, resources, scratch, doc, at, out);
        let cache = &mut scratch.gazetteer;
        let start = cache.fitting.len() as u32;
        let found = out[first..].iter().filter(|hit| hit.tokens == tokens);
        cache.fitting.extend(found.map(|hit| hit.name));
        let end = cache.fitting.len() as u32;
        cache.alone.insert((word, case), (start, end));
    }

    fn collect(
        &self,
        key: u64,
        resources: &Resources,
        scratch: &mut Scratch,
        doc: &Document,
        at: usize,
        out: &mut Vec<Hit>,
    ) {
        // What earlier tokens found is not this token's: looking through all of it would be quadratic.
        let first = out.len()
            - out
                .iter()
                .rev()
                .take_while(|h| h.tokens.start as usize == at)
                .count();
        let mut link = self.heads.get(&key).copied().unwrap_or(0);
        while let Some(&(name, next)) = (link as usize)
            .checked_sub(1)
            .and_then(|i| self.links.get(i))
        {
            if let Some(end) = fits(resources, scratch, doc, name, at) {
                let hit = Hit {
                    tokens: TokenRange::new(at, end),
                    name,
                };
                if !out[first..].contains(&hit) {
                    out.push(hit);
                }
            }
            link = next;
        }
    }

    /// The key of a token, and the places of its word.
    fn token_key(&self, scratch: &Scratch, doc: &Document, i: usize) -> (u64, u16) {
        match scratch.words[i] {
            WordId::NONE => {
                let key = stem::key(doc.tokens[i].span.slice(&doc.text));
                (key, self.places_of(key))
            }
            word => {
                let facts = scratch.lexicon.facts(word);
                (facts.key, facts.places)
            }
        }
    }
}

/// The next token after `at` that a name may go on with, and whether a joint stands before it.
fn next_word(doc: &Document, at: usize) -> Option<(usize, bool)> {
    let mut joint = false;
    for (i, token) in doc.tokens.iter().enumerate().skip(at + 1).take(3) {
        if token.gap == Gap::Paragraph {
            return None;
        }
        if counts(token.kind) {
            // A stop before a space ends something.
            let stop = doc.tokens[i - 1].kind == TokenKind::Stop && token.gap != Gap::None;
            return (!stop).then_some((i, joint));
        }
        joint |= is_joint(*token);
        if !is_joint(*token) && !passes(*token) {
            return None;
        }
    }
    None
}

/// Tokens that stand inside a name where the dictionary has one there as well («Россия — Беларусь»; the stop of «24.kg»).
fn is_joint(token: Token) -> bool {
    match token.kind {
        TokenKind::Dash | TokenKind::Comma | TokenKind::Colon => true,
        TokenKind::Stop => token.gap == Gap::None,
        _ => false,
    }
}

/// A word of a dictionary name, as a thread knows it.
#[derive(Clone, Copy)]
struct Part {
    word: WordId,
    case: LetterCase,
    span: Span,
    /// Whether a dash, comma or colon stands before it.
    joint: bool,
}

/// Per thread: the words of names that were looked at, and which words turned out to be forms of which.
#[derive(Default)]
pub struct Cache {
    /// Generation of the lexicon that the words belong to.
    generation: u32,
    /// Words of a name -> where they stand in `parts`.
    names: HashMap<u32, (u32, u32), FxBuildHasher>,
    parts: Vec<Part>,
    /// Word of the text and word of the dictionary -> whether the first is a form of the second.
    forms: HashMap<(WordId, WordId), bool, FxBuildHasher>,
    /// Word of the text and its letter case -> names of one word that it is a form of, as a place in `fitting`.
    alone: HashMap<(WordId, LetterCase), (u32, u32), FxBuildHasher>,
    fitting: Vec<u32>,
    tokens: Vec<Token>,
}

impl Cache {
    fn renew(&mut self, generation: u32) {
        if self.generation != generation {
            self.names.clear();
            self.parts.clear();
            self.forms.clear();
            self.alone.clear();
            self.fitting.clear();
            self.generation = generation;
        }
    }

    /// The words of a name.
    fn parts(
        &mut self,
        resources: &Resources,
        lexicon: &mut Lexicon,
        index: u32,
        name: &Name,
    ) -> std::ops::Range<usize> {
        let (start, end) = *self.names.entry(index).or_insert_with(|| {
            let start = self.parts.len() as u32;
            self.tokens.clear();
            tokenize(&name.text, Span::new(0, name.text.len()), &mut self.tokens);
            let mut joint = false;
            for token in &self.tokens {
                if counts(token.kind) {
                    self.parts.push(Part {
                        word: if token.is_wordlike() {
                            lexicon.word(resources, token.span.slice(&name.text))
                        } else {
                            WordId::NONE
                        },
                        case: token.case,
                        span: token.span,
                        joint: std::mem::take(&mut joint),
                    });
                } else {
                    joint |= is_joint(*token);
                }
            }
            (start, self.parts.len() as u32)
        });
        start as usize..end as usize
    }

    fn is_form(&mut self, lexicon: &Lexicon, text: WordId, wanted: WordId) -> bool {
        *self
            .forms
            .entry((text, wanted))
            .or_insert_with(|| is_form(lexicon.facts(text), lexicon.facts(wanted)))
    }
}

/// Where the tokens from `at` on are a form of the name, in letter case and in ending: the end of them.
fn fits(
    resources: &Resources,
    scratch: &mut Scratch,
    doc: &Document,
    index: u32,
    at: usize,
) -> Option<usize> {
    let name = &resources.tagger.entries().names[index as usize];
    let Scratch {
        lexicon,
        words,
        gazetteer: cache,
        ..
    } = scratch;
    cache.renew(lexicon.generation());
    let mut i = at;
    // The word before is the dictionary's own form.
    let mut exact = false;
    for (n, part) in cache.parts(resources, lexicon, index, name).enumerate() {
        let Part {
            word,
            case,
            span,
            joint,
        } = cache.parts[part];
        if n > 0 {
            let (next, found) = next_word(doc, i)?;
            if found != joint {
                return None;
            }
            i = next;
        }
        let token = doc.tokens[i];
        let found = words[i];
        let fits = case_fits(case, token.case, name.matching);
        if fits && found == word && found != WordId::NONE {
            exact = true;
            continue;
        }
        if span.slice(&name.text) == token.span.slice(&doc.text) {
            continue;
        }
        if !fits {
            return None;
        }
        if found == WordId::NONE || word == WordId::NONE {
            return None;
        }
        // Abbreviations have no endings (ЕАЭС; but МИДа, ВОЗом have).
        if name.kind == NameKind::Abbreviation && name.lang == Lang::En {
            return None;
        }
        if !cache.is_form(lexicon, found, word) {
            return None;
        }
        // «Александр Турчинов» is no «Александр Турчин»: the plural does not agree.
        if exact
            && matches!(
                lexicon
                    .facts(found)
                    .lower
                    .strip_prefix(&*lexicon.facts(word).lower),
                Some("ов" | "ев")
            )
            && resources.tagger.entries().entries[name.entry as usize].kind == EntityType::Person
        {
            return None;
        }
    }
    Some(i + 1)
}

/// Tokens that a name is made of.
fn counts(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Word
            | TokenKind::Abbreviation
            | TokenKind::Initial
            | TokenKind::Number
            | TokenKind::NumberWord
            | TokenKind::Url
    )
}

/// Tokens that may stand inside a name without belonging to it.
fn passes(token: Token) -> bool {
    matches!(token.kind, TokenKind::Quote | TokenKind::Symbol) && token.gap != Gap::Paragraph
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
    // «После» is the preposition, whatever form of «посол» it could be.
    let function_word = matches!(
        text.readings[0].tag.pos,
        Pos::Preposition | Pos::Conjunction | Pos::Particle
    );
    if function_word {
        return false;
    }
    let wanted_lower = fold(&wanted.lower);
    // A lemma that was guessed for the dictionary's word says nothing of a word that the morphology knows: «политики» is no form
    // of «Политико».
    let shares = text.readings.iter().any(|a| {
        fold(&a.lemma) == wanted_lower
            || wanted.readings.iter().any(|b| {
                b.lemma == a.lemma && b.tag.case == Case::Nominative && (a.guessed || !b.guessed)
            })
    });
    if shares {
        return true;
    }
    // Only a word that the morphology does not know may be a form that it does not tell: forms of one name are guessed apart.
    if text.readings.iter().any(|r| !r.guessed) {
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
