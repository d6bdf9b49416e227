//! A sentence as the quote rules see it: tokens with their facts, and the segments that punctuation cuts it into.
//!
//! Input: a document with tokens, sentences and mentions; output: [`View`], a read-only window that the rules share, and
//! [`Segment`]s. In Russian commas stand at nearly every border of a clause, so segments are what clauses are made of.

use super::phrase;
use crate::dictionary::names::NameFlags;
use crate::document::{Document, EntityType, Lang, TokenRange};
use crate::document::{Token, TokenKind};
use crate::language::cues::{Agreement, Frames, Function, Grammar, WordFacts};
use crate::language::english::words::English;
use crate::morph::{Case, Gender, Number, Pos, Reading};
use crate::words::{Lexicon, WordId};

/// No mention, in [`View::mentions`].
const NOBODY: u32 = u32::MAX;

/// What the rules read.
pub struct View<'a> {
    /// The document.
    pub doc: &'a Document,
    words: &'a [WordId],
    lexicon: &'a Lexicon,
    /// Index of the mention that covers each token; of several the longest that is no position, else the position.
    mentions: Vec<u32>,
    /// Tokens inside words that are quotations already: no cue stands there.
    masked: Vec<bool>,
}

impl<'a> View<'a> {
    /// The view of a document whose words are known.
    pub fn new(doc: &'a Document, words: &'a [WordId], lexicon: &'a Lexicon) -> Self {
        let mut mentions = vec![NOBODY; doc.tokens.len()];
        for position in [true, false] {
            for (index, mention) in doc.mentions.iter().enumerate() {
                if (mention.kind == EntityType::Position) != position {
                    continue;
                }
                for slot in mentions.get_mut(mention.tokens.range()).unwrap_or(&mut []) {
                    let longer = *slot == NOBODY
                        || doc.mentions[*slot as usize].kind == EntityType::Position && !position
                        || doc.mentions[*slot as usize].tokens.len() < mention.tokens.len();
                    if longer {
                        *slot = index as u32;
                    }
                }
            }
        }
        View {
            doc,
            words,
            lexicon,
            mentions,
            masked: vec![false; doc.tokens.len()],
        }
    }

    /// Marks tokens as spoken for.
    pub fn mask(&mut self, tokens: TokenRange) {
        if let Some(range) = self.masked.get_mut(tokens.range()) {
            range.fill(true);
        }
    }

    /// Whether token `i` lies inside a quotation.
    pub fn is_masked(&self, i: usize) -> bool {
        self.masked.get(i).copied().unwrap_or(false)
    }

    /// Token `i`.
    pub fn token(&self, i: usize) -> &Token {
        &self.doc.tokens[i]
    }

    /// Kind of token `i`.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.doc.tokens[i].kind
    }

    /// Facts of token `i`.
    pub fn facts(&self, i: usize) -> &WordFacts {
        &self.lexicon.facts(self.word(i)).quote
    }

    /// Lower-cased word of token `i`, as a number.
    pub fn word(&self, i: usize) -> WordId {
        self.words.get(i).copied().unwrap_or(WordId::NONE)
    }

    /// Whether token `i` stands in English text.
    pub fn is_english(&self, i: usize) -> bool {
        let block = self.doc.block_at(self.doc.tokens[i].span.start());
        block.map_or(self.doc.lang, |b| self.doc.blocks[b].lang) == Lang::En
    }

    /// What token `i` is in English.
    pub fn english(&self, i: usize) -> English {
        self.lexicon.facts(self.word(i)).english
    }

    /// Lower-cased word of token `i`; empty for what is no word.
    pub fn lower(&self, i: usize) -> &str {
        &self.lexicon.facts(self.word(i)).lower
    }

    /// What token `i` is as part of a personal name.
    pub fn name(&self, i: usize) -> NameFlags {
        self.lexicon.facts(self.word(i)).name
    }

    /// Key of the word that its case forms share (see [`crate::words::stem`]).
    pub fn key(&self, i: usize) -> u64 {
        self.lexicon.facts(self.word(i)).key
    }

    /// Whether the morphology has an opinion on the word: it is Cyrillic.
    pub fn readings_known(&self, i: usize) -> bool {
        !self.lexicon.facts(self.word(i)).readings.is_empty()
    }

    /// Readings of token `i`, the likeliest first.
    pub fn readings(&self, i: usize) -> &[Reading] {
        &self.lexicon.facts(self.word(i)).readings
    }

    /// Whether a noun is plural: in the nominative, or in the other cases (`oblique`).
    pub fn is_plural(&self, i: usize, oblique: bool) -> bool {
        let mut fits = self
            .readings(i)
            .iter()
            .filter(|r| {
                let nominal = !matches!(r.tag.pos, Pos::Verb | Pos::Adverb) && !r.tag.short;
                nominal
                    && r.tag.number != Number::None
                    && (r.tag.case != Case::Nominative) == oblique
            })
            .peekable();
        fits.peek().is_some() && fits.all(|r| r.tag.number == Number::Plural)
    }

    /// Gender and number of a noun that stands in another case than the nominative.
    pub fn oblique_agreement(&self, i: usize) -> Agreement {
        let mut agreement = Agreement::default();
        for r in self.readings(i) {
            let noun = matches!(r.tag.pos, Pos::Noun | Pos::Name);
            if noun && r.tag.case != Case::Nominative && r.chance >= 0.03 {
                agreement.set(match (r.tag.number, r.tag.gender) {
                    (Number::Plural, _) => Agreement::PLURAL,
                    (_, Gender::Masculine) => Agreement::MALE,
                    (_, Gender::Feminine) => Agreement::FEMALE,
                    (_, Gender::Neuter) => Agreement::NEUTER,
                    _ => Agreement::default(),
                });
            }
        }
        agreement
    }

    /// Whether a word is a noun for people: «врач», «актриса».
    pub fn is_people(&self, i: usize) -> bool {
        self.readings(i).iter().any(|r| {
            r.tag.pos == Pos::Noun && r.tag.animate == Some(true) && r.chance >= 0.2 && !r.guessed
        })
    }

    /// Mention that covers token `i`.
    pub fn mention_at(&self, i: usize) -> Option<u32> {
        self.mentions.get(i).copied().filter(|&m| m != NOBODY)
    }

    /// Kind of the mention that covers token `i`.
    pub fn entity_at(&self, i: usize) -> Option<EntityType> {
        self.mention_at(i)
            .map(|m| self.doc.mentions[m as usize].kind)
    }

    /// Whether the grammar of token `i` has one of the bits.
    pub fn grammar(&self, i: usize, bits: Grammar) -> bool {
        self.facts(i).grammar.any(bits)
    }

    /// Whether token `i` is one of the small words.
    pub fn function(&self, i: usize, bits: Function) -> bool {
        self.facts(i).function.any(bits)
    }

    /// Whether token `i` is a cue with one of the frames.
    pub fn frames(&self, i: usize, bits: Frames) -> bool {
        self.facts(i).frames.any(bits)
    }

    /// Whether token `i` begins with a capital.
    pub fn capital(&self, i: usize) -> bool {
        use crate::document::LetterCase as C;
        matches!(
            self.token(i).case,
            C::Capital | C::Upper | C::Mixed | C::Single
        )
    }

    /// Whether a person's name stands in another case than the nominative: none of the words of the person's name is its first
    /// word as written.
    pub fn is_bent(&self, mention: u32) -> bool {
        let mention = &self.doc.mentions[mention as usize];
        let at = mention.tokens.start as usize;
        let Some(entity) = mention.entity else {
            return false;
        };
        let first = self.lower(at);
        !first.is_empty()
            && !self.foreign_name(at)
            && self.kind(at) != TokenKind::Initial
            && !has_word(&self.doc.entities[entity as usize].name, first)
    }

    /// Whether the word at `i` belongs to a person's name as its nominative has it.
    pub fn nominative_name(&self, i: usize) -> bool {
        let Some(m) = self.mention_at(i) else {
            return false;
        };
        let mention = &self.doc.mentions[m as usize];
        let Some(entity) = mention.entity else {
            return false;
        };
        let word = self.lower(i);
        mention.kind == EntityType::Person
            && !word.is_empty()
            && has_word(&self.doc.entities[entity as usize].name, word)
    }

    /// Whether a mention names an outlet: ids of `dictionaries/media.csv` begin so.
    pub fn is_outlet(&self, mention: Option<u32>) -> bool {
        mention.is_some_and(|m| {
            self.doc.mentions[m as usize]
                .id
                .as_deref()
                .is_some_and(|id| id.starts_with("media-"))
        })
    }

    /// Whether a word is an abbreviation in capitals: РБК.
    pub fn is_acronym(&self, i: usize) -> bool {
        self.token(i).case == crate::document::LetterCase::Upper
            && self.entity_at(i) == Some(EntityType::Organisation)
    }

    /// Whether a word is Latin or unknown and capitalised: a name, most likely.
    pub fn foreign_name(&self, i: usize) -> bool {
        self.token(i).is_wordlike() && self.capital(i) && self.grammar(i, Grammar::UNKNOWN)
    }

    /// Whether tokens `range` hold something that makes a clause: a finite verb or a short form.
    pub fn has_predicate(&self, range: std::ops::Range<usize>) -> bool {
        range.into_iter().any(|i| {
            self.grammar(i, Grammar::FINITE.or(Grammar::SHORT)) && self.mention_at(i).is_none()
        })
    }

    /// Words among the tokens, masked ones left out.
    pub fn free_words(&self, range: std::ops::Range<usize>) -> usize {
        range
            .filter(|&i| self.token(i).is_wordlike() && !self.is_masked(i))
            .count()
    }

    /// The closing mark of the quotation mark at `i`, no further than `reach` tokens and before `end`.
    pub fn closing(&self, i: usize, end: usize, reach: usize) -> Option<usize> {
        use crate::document::Side;
        (i + 1..end.min(i + 1 + reach))
            .find(|&j| self.kind(j) == TokenKind::Quote && self.token(j).side != Side::Open)
    }
}

/// Whether a lower-cased word is one of a name's words, or a joint of one; ё is е, and apostrophes are one.
fn has_word(name: &str, lower: &str) -> bool {
    fn folded(word: &str) -> impl Iterator<Item = char> {
        word.chars().flat_map(char::to_lowercase).map(|c| match c {
            'ё' => 'е',
            '’' | 'ʼ' => '\'',
            '‑' | '‐' => '-',
            c => c,
        })
    }
    let same = |part: &str| folded(part).eq(folded(lower));
    name.split(' ')
        .any(|word| same(word) || word.split('-').any(same))
}

/// A stretch of a sentence between two marks of punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First token.
    pub start: usize,
    /// One past the last token; may equal `start`.
    pub end: usize,
    /// Whether it stands in brackets.
    pub bracketed: bool,
}

/// Cuts tokens `start..end` into segments at commas, dashes, colons, semicolons and brackets.
pub fn segments(view: &View<'_>, start: usize, end: usize, out: &mut Vec<Segment>) {
    out.clear();
    let mut depth = 0usize;
    let mut from = start;
    let mut i = start;
    while i < end {
        let kind = view.kind(i);
        let cut = matches!(
            kind,
            TokenKind::Comma
                | TokenKind::Colon
                | TokenKind::Semicolon
                | TokenKind::Dash
                | TokenKind::Bracket
        ) && !(kind == TokenKind::Comma && lists(view, start, i, end));
        if cut {
            if i > from || kind != TokenKind::Bracket {
                out.push(Segment {
                    start: from,
                    end: i,
                    bracketed: depth > 0,
                });
            }
            if kind == TokenKind::Bracket {
                if view.token(i).side == crate::document::Side::Open {
                    depth += 1;
                } else {
                    depth = depth.saturating_sub(1);
                }
            }
            from = i + 1;
        }
        i += 1;
    }
    if from <= end {
        out.push(Segment {
            start: from,
            end,
            bracketed: depth > 0,
        });
    }
}

/// Whether the comma at `at` stands in a list of nouns of one oblique case that ends with «и»: «министр труда, занятости и
/// социальной защиты».
fn lists(view: &View<'_>, start: usize, at: usize, end: usize) -> bool {
    let before = at.wrapping_sub(1);
    if at <= start
        || !view.token(before).is_wordlike()
        || matches!(
            view.entity_at(before),
            Some(EntityType::Person | EntityType::Place)
        )
        || view.grammar(before, Grammar::NOM.or(Grammar::PRONOUN))
    {
        return false;
    }
    let Some(mut next) = phrase::coordinated(view, before, at + 1, end) else {
        return false;
    };
    let first = next - 1;
    while next < end
        && next < first + 4
        && view.grammar(next, Grammar::GEN)
        && view.token(next).is_wordlike()
        && !view.function(next, Function::AND)
    {
        next += 1;
    }
    next < end
        && view.lower(next) == "и"
        && phrase::coordinated(view, first, next + 1, end).is_some()
}

/// The sentence's tokens without the stop at its end.
pub fn core(view: &View<'_>, tokens: TokenRange) -> (usize, usize) {
    let (start, mut end) = (tokens.start as usize, tokens.end as usize);
    while end > start && view.kind(end - 1) == TokenKind::Stop {
        end -= 1;
    }
    (start, end)
}
