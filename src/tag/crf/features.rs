//! Features of tokens for the tagger: what a word is by itself, and what stands around it, as hashes.
//!
//! What is around a token is looked at once ([`View`]) and turned into groups of features; the groups that are made from a few
//! small numbers have a key, so that their sums can be kept ([`Group`]).

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::BUCKETS;
use super::Words;
use crate::dictionary::gazetteer::Hit;
use crate::dictionary::names::NameFlags;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::dictionary::{Entries, Matching, NameKind};
use crate::document::{Document, EntityType};
use crate::document::{Gap, LetterCase, Token, TokenKind};
use crate::morph::{NameType, Pos};
use crate::view::Facts;
use crate::words::WordId;

/// Window positions of a word: two to the left to two to the right.
pub(super) const WINDOW: usize = 5;

pub(super) fn bucket(template: u32, value: u64) -> u32 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write_u32(template);
    hasher.write_u64(value);
    let hash = hasher.finish();
    ((hash ^ (hash >> 29)) as u32) & (BUCKETS as u32 - 1)
}

/// One value of several numbers; of one, the number itself.
fn join(values: &[u64]) -> u64 {
    if let [value] = values {
        return *value;
    }
    let mut hasher = rustc_hash::FxHasher::default();
    for &value in values {
        hasher.write_u64(value);
    }
    hasher.finish()
}

fn text_hash(text: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Set in a feature for training only: it names a capitalised word that is no ordinary word.
pub const LEXICAL: u32 = 1 << 30;
/// Set in a feature for training only: it says what the dictionaries hold.
pub const DICTIONARY: u32 = 1 << 31;

/// How far around its word a feature reaches.
const HERE: u8 = 0;
const NEAR: u8 = 1;
const FAR: u8 = 2;

/// Set in a feature's reach: it names the word.
const NAMES: u8 = 4;

/// The features of a word by itself, with their reach.
pub(super) fn word_features(facts: Facts<'_>) -> Vec<(u8, u32)> {
    let mut out = Vec::with_capacity(40);
    let lower = facts.lower();
    let mut push = |reach: u8, template: u32, value: u64| {
        let names = matches!(template, 1 | 2 | 10..=23 | 25);
        out.push((
            reach | (NAMES * u8::from(names)),
            value.rotate_left(17) as u32
                ^ (value >> 32) as u32
                ^ template.wrapping_mul(0x9E37_79B1),
        ));
    };
    push(FAR, 1, text_hash(lower));
    if let Some(first) = facts.readings().first() {
        push(FAR, 2, lemma_hash(facts.lower(), facts.readings()));
        let tag = first.tag;
        push(
            NEAR,
            3,
            join(&[
                tag.pos as u64,
                tag.case as u64,
                tag.number as u64,
                tag.name as u64,
                u64::from(first.guessed),
            ]),
        );
        push(HERE, 4, tag.verb_form as u64 * 8 + tag.tense as u64);
        let (mut names, mut cases, mut kinds) = (0u64, 0u64, 0u64);
        for reading in facts.readings().iter() {
            names |= 1 << (reading.tag.name as u64);
            cases |= 1 << (reading.tag.case as u64);
            kinds |= 1 << (reading.tag.pos as u64);
        }
        push(HERE, 5, names);
        push(HERE, 6, cases);
        push(HERE, 7, kinds);
        if first.tag.pos == Pos::Noun && first.tag.name == NameType::None {
            push(HERE, 8, u64::from(first.tag.animate == Some(true)) + 1);
        }
    }
    push(NEAR, 9, u64::from(facts.name().bits()));
    let mut ends = lower.char_indices().rev().map(|(i, _)| i);
    for length in 1..=5u32 {
        let Some(at) = ends.next() else { break };
        let reach = if length == 3 { NEAR } else { HERE };
        push(reach, 10 + length, text_hash(&lower[at..]));
    }
    let mut starts = lower.char_indices().map(|(i, _)| i).skip(2);
    for length in 2..=4u32 {
        let Some(at) = starts.next() else { break };
        push(HERE, 16 + length, text_hash(&lower[..at]));
    }
    if let Some((first, last)) = lower.rsplit_once('-') {
        push(HERE, 22, text_hash(first));
        push(HERE, 23, text_hash(last));
    }
    push(HERE, 24, u64::from(lower.is_ascii()));
    push(HERE, 25, facts.key());
    for bit in 0..16 {
        if facts.places() & (1 << bit) != 0 {
            push(HERE, 27, bit);
        }
    }
    out
}

/// What features ask of a token again and again, as numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    /// Kind, letter case, digits and script; below [`EDGE`].
    shape: u8,
    /// Evidence of the whole document; see [`gather_contexts`].
    context: u16,
    /// Name flags.
    flags: u16,
    /// Part of speech and case where an organisation's noun phrase may go on; else 0.
    grammar: u16,
    /// Hash of the lemma, or of what the token is where it is no word.
    lemma: u64,
    /// The organisation's noun phrase that the token may go on with.
    chain: Chain,
}

/// A noun that organisations are called by, and what has followed it: «департамент» «управления» «программами», «комитет» «по».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Chain {
    /// Hash of the noun's lemma; 0 where there is no such noun.
    head: u64,
    /// Words since the noun, seven at most.
    steps: u8,
    /// The last preposition: 0 none, 1 «по», 2 another.
    preposition: u8,
    /// Whether the noun, or the word right before it, has a capital.
    capital: bool,
}

impl Chain {
    /// All but the noun, as a number of seven bits; 0 where there is none.
    fn bits(self) -> u64 {
        if self.head == 0 {
            return 0;
        }
        1 | u64::from(self.capital) << 1
            | u64::from(self.preposition) << 2
            | u64::from(self.steps) << 4
    }

    /// The chain after one more token, whose letter case and that of the token before it are given.
    fn after(self, token: Token, before: LetterCase, (seen, facts): (&Seen, Facts<'_>)) -> Chain {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation) {
            return Chain::default();
        }
        let big = |case| !matches!(case, LetterCase::None | LetterCase::Lower);
        if seen.organisation.any(OrganisationWord::ANY) {
            return Chain {
                head: seen.lemma,
                steps: 0,
                preposition: 0,
                capital: big(token.case) || big(before),
            };
        }
        if self.head == 0 {
            return self;
        }
        let Some(first) = facts.readings().first() else {
            return Chain::default();
        };
        let preposition = match first.tag.pos {
            Pos::Noun | Pos::Adjective | Pos::Name | Pos::Other | Pos::Conjunction => {
                self.preposition
            }
            Pos::Preposition if facts.lower() == "по" => 1,
            Pos::Preposition => 2,
            _ => return Chain::default(),
        };
        Chain {
            steps: (self.steps + 1).min(7),
            preposition,
            ..self
        }
    }
}

/// The shape of what is beyond the sentence.
const EDGE: u8 = 255;

/// Evidence of the whole document by word key.
pub(super) type Contexts = hashbrown::HashMap<u64, u16, FxBuildHasher>;

/// The glances of all tokens of a document.
pub(super) fn glance(doc: &Document, words: Words<'_>, contexts: &Contexts, out: &mut Vec<Glance>) {
    out.clear();
    let (mut chain, mut before) = (Chain::default(), LetterCase::None);
    out.extend(
        doc.tokens
            .iter()
            .zip(words.known.words)
            .map(|(token, &word)| {
                if token.gap >= Gap::Line {
                    chain = Chain::default();
                }
                let going = chain;
                let seen = words.seen(word);
                if chain.head != 0 || word != WordId::NONE {
                    chain = chain.after(*token, before, (seen, words.known.facts(word)));
                }
                before = token.case;
                let text = token.span.slice(&doc.text);
                let shape = match token.kind {
                    TokenKind::Word | TokenKind::Abbreviation => {
                        let digits = text.bytes().fold(false, |any, b| any | b.is_ascii_digit());
                        let latin = text.as_bytes().first().is_some_and(u8::is_ascii);
                        16 + (token.case as u8) * 4 + u8::from(digits) * 2 + u8::from(latin)
                    }
                    kind => kind as u8 + 64,
                };
                let (lemma, context) = match word {
                    WordId::NONE if token.kind == TokenKind::Number => (7, 0),
                    WordId::NONE => (text_hash(text), 0),
                    _ => (seen.lemma, contexts.get(&seen.key).copied().unwrap_or(0)),
                };
                let grammar = match going.head {
                    0 => 0,
                    _ => (words.known.facts(word).readings().first())
                        .map_or(0, |r| 1 + r.tag.pos as u16 * 8 + r.tag.case as u16),
                };
                Glance {
                    shape,
                    context,
                    flags: seen.flags,
                    grammar,
                    lemma,
                    chain: going,
                }
            }),
    );
}

/// Hash of the likeliest lemma of a word, or of the word where it has no reading.
fn lemma_hash(lower: &str, readings: &[crate::morph::Reading]) -> u64 {
    text_hash(readings.first().map_or(lower, |r| &r.lemma))
}

/// What the tokens around a word see of it, side by side: they are asked together for every token.
#[derive(Default)]
pub(crate) struct Seen {
    lemma: u64,
    key: u64,
    flags: u16,
    organisation: OrganisationWord,
}

impl<'a> Words<'a> {
    /// What the tokens around a word see of it.
    fn seen(&self, word: WordId) -> &'a Seen {
        let find = || {
            let facts = self.known.facts(word);
            Seen {
                lemma: lemma_hash(facts.lower(), facts.readings()),
                key: facts.key(),
                flags: facts.name().bits(),
                organisation: facts.organisation(),
            }
        };
        self.columns.seen.get(word, find)
    }
}

/// What the text around shows of every token, beside its word.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) doc: &'a Document,
    pub(super) words: Words<'a>,
    pub(super) marks: &'a [u8],
    pub(super) glances: &'a [Glance],
}

/// What stands around one token, in numbers; the token itself is in the middle of the odd rows.
pub(super) struct View {
    /// Shapes of the tokens from two before to two after.
    shapes: [u64; 5],
    /// Name flags of the tokens from one before to one after.
    flags: [u64; 3],
    /// Lemmas of the tokens from two before to one after.
    lemmas: [u64; 4],
    /// Dictionary marks of the tokens from two before to one after.
    marks: [u64; 4],
    context: u64,
    /// What noun phrase of an organisation the token may go on with, and its noun.
    chain: u64,
    head: u64,
    /// Part of speech and case.
    grammar: u64,
    /// First word of the sentence.
    start: u64,
    inside: u64,
    after_quote: bool,
    after_line: bool,
}

/// Places of the words that a feature names, from the token on.
type Named = [isize; 2];

impl Surroundings<'_> {
    pub(super) fn facts(&self, i: usize) -> Facts<'_> {
        self.words.known.at(i)
    }

    /// What stands around token `i` of the sentence `range`; `inside` says that it stands in quotation marks.
    pub(super) fn view(&self, range: &Range<usize>, i: usize, inside: bool) -> View {
        let at = |d: isize| -> Option<usize> {
            let j = i as isize + d;
            (j >= range.start as isize && j < range.end as isize).then_some(j as usize)
        };
        let shape = |d: isize| u64::from(at(d).map_or(EDGE, |j| self.glances[j].shape));
        let lemma = |d: isize| at(d).map_or(u64::from(EDGE), |j| self.glances[j].lemma);
        let flags = |d: isize| at(d).map_or(u64::from(EDGE), |j| u64::from(self.glances[j].flags));
        let mark = |d: isize| at(d).map_or(0, |j| u64::from(self.marks[j]));
        let first = i == range.start
            || i == range.start + 1 && self.doc.tokens[range.start].kind != TokenKind::Word;
        let chain = self.glances[i].chain;
        View {
            shapes: [shape(-2), shape(-1), shape(0), shape(1), shape(2)],
            flags: [flags(-1), flags(0), flags(1)],
            lemmas: [lemma(-2), lemma(-1), lemma(0), lemma(1)],
            marks: [mark(-2), mark(-1), mark(0), mark(1)],
            context: u64::from(self.glances[i].context),
            chain: chain.bits(),
            head: chain.head,
            grammar: u64::from(self.glances[i].grammar),
            start: u64::from(first),
            inside: u64::from(inside),
            after_quote: at(-1).is_some_and(|j| self.doc.tokens[j].kind == TokenKind::Quote),
            after_line: self.doc.tokens[i].gap >= Gap::Line,
        }
    }
}

/// Groups of features that are made from a few small numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Shapes around the token.
    Shapes = 1,
    /// Name flags and shapes.
    Flags = 2,
    /// Evidence of the whole document.
    Context = 3,
    /// Hits of the dictionaries.
    Marks = 4,
    /// The noun phrase of an organisation that may go on.
    Chain = 5,
}

/// All groups; those of the dictionaries come last.
pub(super) const GROUPS: [Group; 5] = [
    Group::Shapes,
    Group::Flags,
    Group::Context,
    Group::Chain,
    Group::Marks,
];

impl View {
    /// What the features of a group are made from, as one number: 60 bits at most. None where the group is empty.
    pub(super) fn key(&self, group: Group) -> Option<u64> {
        let pack = |values: &[u64], bits: u32| values.iter().fold(0, |key, v| key << bits | v);
        let [_, before, here, after, _] = self.shapes;
        let key = match group {
            Group::Shapes => {
                let tail = [
                    self.start,
                    self.inside,
                    u64::from(self.after_quote),
                    u64::from(self.after_line),
                ];
                pack(&self.shapes, 8) << 4 | pack(&tail, 1)
            }
            Group::Flags => {
                pack(&self.flags, 9) << 25 | pack(&[before, here, after], 8) << 1 | self.start
            }
            Group::Context if self.context == 0 => return None,
            Group::Context => self.context << 8 | here,
            Group::Chain if self.chain == 0 => return None,
            Group::Chain => pack(&[self.chain, self.grammar, here, after], 8),
            Group::Marks => pack(&self.marks, 8) << 16 | before << 8 | here,
        };
        Some(key << 3 | group as u64)
    }

    /// The features of a group.
    pub(super) fn group(&self, group: Group, mut push: impl FnMut(u32)) {
        let [far, before, here, after, next] = self.shapes;
        let mut push = |template: u32, values: &[u64]| push(bucket(template, join(values)));
        match group {
            Group::Shapes => {
                push(40, &[here]);
                push(41, &[after]);
                push(42, &[before]);
                push(43, &[before, here]);
                push(44, &[here, after]);
                push(45, &[before, here, after]);
                push(46, &[far, before, here]);
                push(47, &[here, after, next]);
                push(51, &[self.inside, before, here, after]);
                if self.after_quote {
                    push(59, &[far]);
                }
                if self.after_line {
                    push(61, &[here]);
                }
            }
            Group::Flags => {
                let [flags_before, flags, flags_after] = self.flags;
                push(48, &[here, self.start, flags]);
                push(49, &[flags_before, before, flags, here]);
                push(50, &[flags, here, flags_after, after]);
            }
            Group::Context => {
                push(62, &[self.context, here]);
                for bit in (0..12).filter(|bit| self.context & (1 << bit) != 0) {
                    push(63, &[bit, here]);
                }
            }
            Group::Chain => {
                push(64, &[self.chain, here]);
                push(65, &[self.chain, self.grammar, here]);
                push(66, &[self.chain, here, after]);
                push(67, &[self.grammar, here, after]);
            }
            Group::Marks => {
                let [mark_far, mark_before, mark, mark_after] = self.marks;
                push(70, &[mark, here]);
                push(71, &[mark_before]);
                push(72, &[mark_after]);
                push(73, &[mark_before, mark, mark_after]);
                push(74, &[mark_before, here]);
                push(76, &[mark_far, mark_before, here]);
            }
        }
    }

    /// The features that name words around the token, and where those words stand; the last one is made by the dictionaries.
    pub(super) fn words(&self, mut push: impl FnMut(u32, Named)) {
        let here = self.shapes[2];
        let [far, before, lemma, after] = self.lemmas;
        let mut push = |template: u32, values: &[u64], named: Named| {
            push(bucket(template, join(values)), named);
        };
        push(52, &[before, here], [-1, -1]);
        push(53, &[after, here], [1, 1]);
        push(54, &[before, self.flags[1], here], [-1, -1]);
        push(55, &[before, lemma], [-1, 0]);
        push(56, &[lemma, after], [0, 1]);
        push(57, &[lemma, here, self.inside], [0, 0]);
        if self.after_quote {
            push(58, &[far, here], [-2, -2]);
        }
        push(60, &[far, before, here], [-2, -1]);
        if self.chain != 0 {
            push(77, &[self.head, here, self.chain >> 2 & 3], [0, 0]);
            push(78, &[self.head, self.grammar, here], [0, 0]);
        }
        push(75, &[self.marks[2], before], [-1, -1]);
    }
}

/// What the whole document shows of capitalised words, by word key: bits of evidence from every place where the word stands.
pub(super) fn gather_contexts(doc: &Document, words: Words<'_>, marks: &[u8], out: &mut Contexts) {
    out.clear();
    let known = words.known;
    for sentence in &doc.sentences {
        let range = sentence.tokens.range();
        for i in range.clone() {
            let token = doc.tokens[i];
            let word = known.words[i];
            if word == WordId::NONE || matches!(token.case, LetterCase::None | LetterCase::Lower) {
                continue;
            }
            let mut bits = 0u16;
            if i > range.start {
                let before = doc.tokens[i - 1];
                let facts = known.at(i - 1);
                let capital = !matches!(before.case, LetterCase::None | LetterCase::Lower);
                bits |= u16::from(capital && facts.name().any(NameFlags::GIVEN));
                bits |= u16::from(capital && facts.name().any(NameFlags::PATRONYMIC)) << 1;
                bits |= u16::from(before.kind == TokenKind::Initial) << 2;
                bits |= u16::from(matches!(
                    facts.lower(),
                    "в" | "во" | "на" | "из" | "in" | "at"
                )) << 3;
                bits |= u16::from(before.kind == TokenKind::Quote) << 4;
                bits |= u16::from(!capital) << 5;
                let animate = facts
                    .readings()
                    .first()
                    .is_some_and(|r| r.tag.animate == Some(true) && r.tag.name == NameType::None);
                bits |= u16::from(animate) << 6;
            }
            if i + 1 < range.end {
                let facts = known.at(i + 1);
                bits |= u16::from(facts.name().any(NameFlags::PATRONYMIC)) << 7;
            }
            let mark = marks[i] % MARK_CONTEXT;
            bits |= match mark {
                0 => 0,
                1 | 2 => 1 << 8,
                3 | 4 => 1 << 9,
                5 | 6 => 1 << 10,
                _ => 1 << 11,
            };
            *out.entry(known.facts(word).key()).or_default() |= bits;
        }
    }
}

/// Added to the mark of a hit that needs context.
const MARK_CONTEXT: u8 = 16;

/// One number a token for what the dictionaries say: 0 nothing; else type, and whether the token begins the hit.
pub fn mark_hits(entries: &Entries, doc: &Document, hits: &[Hit], out: &mut Vec<u8>) {
    out.clear();
    out.resize(doc.tokens.len(), 0);
    for hit in hits {
        let name = &entries.names[hit.name as usize];
        let kind = match (entries.entries[name.entry as usize].kind, name.kind) {
            (_, NameKind::Adjective | NameKind::Demonym) => 4,
            (EntityType::Person, _) => 0,
            (EntityType::Organisation, _) => 1,
            (EntityType::Place, _) => 2,
            (EntityType::Position, _) => 3,
        };
        let context = MARK_CONTEXT * u8::from(name.matching == Matching::Context);
        for (n, i) in hit.tokens.range().enumerate() {
            out[i] = 1 + 2 * kind + u8::from(n > 0) + context;
        }
    }
}

/// Whether a token stands between quotation marks of its sentence.
pub(super) fn inside_marks(doc: &Document, range: Range<usize>, out: &mut Vec<bool>) {
    out.clear();
    let mut inside = false;
    for i in range {
        if doc.tokens[i].kind == TokenKind::Quote {
            inside = !inside;
        }
        out.push(inside);
    }
}

/// Features of every token of a document, for training, with the flags [`LEXICAL`] and [`DICTIONARY`].
pub fn document_features(doc: &Document, words: Words<'_>, marks: &[u8]) -> Vec<Vec<u32>> {
    let mut contexts = Contexts::default();
    gather_contexts(doc, words, marks, &mut contexts);
    let mut glances = Vec::new();
    glance(doc, words, &contexts, &mut glances);
    let around = Surroundings {
        doc,
        words,
        marks,
        glances: &glances,
    };
    let mut out = vec![Vec::new(); doc.tokens.len()];
    let mut inside = Vec::new();
    let proper = |j: usize| {
        !matches!(doc.tokens[j].case, LetterCase::None | LetterCase::Lower)
            && !around.facts(j).name().any(NameFlags::ORDINARY)
    };
    for sentence in &doc.sentences {
        let range = sentence.tokens.range();
        inside_marks(doc, range.clone(), &mut inside);
        for i in range.clone() {
            let features = &mut out[i];
            for d in 0..WINDOW {
                let j = (i + d).checked_sub(2).filter(|j| range.contains(j));
                let Some(j) = j.filter(|&j| around.words.known.words[j] != WordId::NONE) else {
                    continue;
                };
                let words = word_features(around.facts(j));
                let proper = proper(j);
                features.extend(words.iter().filter(|(reach, _)| reaches(*reach, d)).map(
                    |&(reach, f)| {
                        let lexical = proper && reach & NAMES != 0;
                        bucket(d as u32 + 1, u64::from(f)) | (LEXICAL * u32::from(lexical))
                    },
                ));
            }
            let view = around.view(&range, i, inside[i - range.start]);
            view.words(|f, named| {
                let lexical = named.iter().any(|d| {
                    i.checked_add_signed(*d)
                        .is_some_and(|j| range.contains(&j) && proper(j))
                });
                features.push(f | (LEXICAL * u32::from(lexical)));
            });
            if let Some(last) = features.last_mut() {
                *last |= DICTIONARY;
            }
            for group in GROUPS {
                let flag = DICTIONARY * u32::from(group == Group::Marks);
                if view.key(group).is_some() {
                    view.group(group, |f| features.push(f | flag));
                }
            }
        }
    }
    out
}

pub(super) fn reaches(reach: u8, position: usize) -> bool {
    (position as i32 - 2).unsigned_abs() <= u32::from(reach & !NAMES)
}
