//! Tokens -> hits of dictionary names in any case form, in one pass.
//!
//! Names are found by the keys of their first two words (see [`crate::dictionary::gazetteer`]): most tokens begin no name and cost
//! nothing. A hit must then pass two checks: letter case, and whether each word is a case form of the dictionary's word.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::dictionary::gazetteer::{Gazetteer, Hit, counts, pair};
use crate::dictionary::{Matching, Name, NameKind};
use crate::document::{Document, EntityType, Lang, TokenRange};
use crate::document::{Gap, LetterCase, Token, TokenKind};
use crate::morph::{Case, Pos};
use crate::span::Span;
use crate::view::{Glossary, Known};
use crate::words::stem;
use crate::words::{Lexicon, Word, WordId};

/// The names of the dictionaries at work on one document.
pub(super) struct Finder<'a> {
    pub known: Known<'a>,
    pub doc: &'a Document,
    /// What the thread knows of words: those of names are learnt when a name is looked at for the first time.
    pub lexicon: &'a mut Lexicon,
    pub cache: &'a mut Cache,
}

impl<'a> Finder<'a> {
    /// All hits that start at token `at`, the longest first.
    pub fn hits_at(&mut self, at: usize, out: &mut Vec<Hit>) {
        const ALONE: u16 = 0x1111;
        const FIRST: u16 = 0x2222;
        let doc = self.doc;
        if !counts(doc.tokens[at].kind) {
            return;
        }
        let (key, places) = self.token_key(at);
        if places & (ALONE | FIRST) == 0 {
            return;
        }
        let first = out.len();
        if places & FIRST != 0
            && let Some((next, _)) = next_word(doc, at)
        {
            let (second, _) = self.token_key(next);
            self.collect(pair(key, second), at, out);
        }
        if places & ALONE != 0 {
            self.collect_alone(key, at, out);
        }
        out[first..].sort_by_key(|h| (std::cmp::Reverse(h.tokens.end), h.name));
    }

    /// Names of one word. Which of them a word is a form of depends on the word and its letter case only.
    fn collect_alone(&mut self, key: u64, at: usize, out: &mut Vec<Hit>) {
        let (word, case) = (self.known.words[at], self.doc.tokens[at].case);
        // Of words in mixed case, the very letters count.
        if word == WordId::NONE || case == LetterCase::Mixed {
            self.collect(key, at, out);
            return;
        }
        self.cache.renew(self.known.glossary.list.generation());
        let tokens = TokenRange::new(at, at + 1);
        if let Some(&(start, end)) = self.cache.alone.get(&(word, case)) {
            let names = &self.cache.fitting[start as usize..end as usize];
            out.extend(names.iter().map(|&name| Hit { tokens, name }));
            return;
        }
        let first = out.len();
        self.collect(key, at, out);
        let cache = &mut *self.cache;
        let start = cache.fitting.len() as u32;
        let found = out[first..].iter().filter(|hit| hit.tokens == tokens);
        cache.fitting.extend(found.map(|hit| hit.name));
        let end = cache.fitting.len() as u32;
        cache.alone.insert((word, case), (start, end));
    }

    fn collect(&mut self, key: u64, at: usize, out: &mut Vec<Hit>) {
        // What earlier tokens found is not this token's: looking through all of it would be quadratic.
        let first = out.len()
            - out
                .iter()
                .rev()
                .take_while(|h| h.tokens.start as usize == at)
                .count();
        let gazetteer = self.gazetteer();
        for name in gazetteer.names(key) {
            if let Some(end) = self.fits(name, at) {
                let hit = Hit {
                    tokens: TokenRange::new(at, end),
                    name,
                };
                if !out[first..].contains(&hit) {
                    out.push(hit);
                }
            }
        }
    }

    /// The key of a token, and the places of its word.
    fn token_key(&self, i: usize) -> (u64, u16) {
        match self.known.words[i] {
            WordId::NONE => {
                let key = stem::key(self.doc.tokens[i].span.slice(&self.doc.text));
                (key, self.gazetteer().places_of(key))
            }
            word => {
                let facts = self.known.facts(word);
                (facts.key(), facts.places())
            }
        }
    }

    /// Where the tokens from `at` on are a form of the name, in letter case and in ending: the end of them.
    fn fits(&mut self, index: u32, at: usize) -> Option<usize> {
        let (doc, known) = (self.doc, self.known);
        let entries = &known.glossary.dictionaries.entries;
        let name = &entries.names[index as usize];
        let Finder { lexicon, cache, .. } = self;
        cache.renew(known.glossary.list.generation());
        let mut i = at;
        // The word before is the dictionary's own form.
        let mut exact = false;
        for (n, part) in cache
            .parts(known.glossary, lexicon, index, name)
            .enumerate()
        {
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
            let found = known.words[i];
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
            if !cache.is_form(known.glossary, found, word) {
                return None;
            }
            // «Александр Турчинов» is no «Александр Турчин»: the plural does not agree.
            if exact
                && matches!(
                    known
                        .facts(found)
                        .lower()
                        .strip_prefix(known.facts(word).lower()),
                    Some("ов" | "ев")
                )
                && entries.entries[name.entry as usize].kind == EntityType::Person
            {
                return None;
            }
        }
        Some(i + 1)
    }

    fn gazetteer(&self) -> &'a Gazetteer {
        &self.known.glossary.dictionaries.gazetteer
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
        glossary: &Glossary<'_>,
        lexicon: &mut Lexicon,
        index: u32,
        name: &Name,
    ) -> std::ops::Range<usize> {
        let (start, end) = *self.names.entry(index).or_insert_with(|| {
            let start = self.parts.len() as u32;
            self.tokens.clear();
            let whole = Span::new(0, name.text.len());
            (glossary.dictionaries.gazetteer.tokenize)(&name.text, whole, &mut self.tokens);
            let mut joint = false;
            for token in &self.tokens {
                if counts(token.kind) {
                    self.parts.push(Part {
                        word: if token.is_wordlike() {
                            lexicon.word(
                                glossary.list,
                                glossary.morphology,
                                token.span.slice(&name.text),
                            )
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

    fn is_form(&mut self, glossary: &Glossary<'_>, text: WordId, wanted: WordId) -> bool {
        *self
            .forms
            .entry((text, wanted))
            .or_insert_with(|| is_form(glossary.word(text), glossary.word(wanted)))
    }
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
pub(super) fn is_form(text: &Word, wanted: &Word) -> bool {
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
