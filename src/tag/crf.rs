//! The trained tagger: tokens -> labels of people, organisations and places, by a linear-chain conditional random field.
//!
//! Features are hashed into one table of weights of eight bits. All that depends on a word alone is summed once for every
//! distinct word and window position and kept per thread; a token then costs five vector additions and the few features of
//! its surroundings. Scores are integers, so that labels do not depend on the order of additions.
//!
//! The weights (`dictionaries/tagger.bin`) are made by [`super::train`]; `dictionaries/tagger.md` is their card.

use rustc_hash::FxBuildHasher;
use std::hash::Hasher;

use super::gazetteer::Hit;
use super::names::NameFlags;
use crate::dictionary::{Entries, Matching, NameKind};
use crate::document::{Document, EntityType, Lang, TokenRange};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{Facts, WordId};
use crate::morph::{NameType, Pos};
use crate::pipeline::Scratch;
use crate::segment::{Gap, LetterCase, TokenKind};

/// Number of labels: outside, and first and later token of each of three types.
pub const LABELS: usize = 7;
/// The types in the order of their labels: label 1 + 2 * type begins, 2 + 2 * type continues.
pub const TYPES: [EntityType; 3] = [
    EntityType::Person,
    EntityType::Organisation,
    EntityType::Place,
];
/// Buckets that features are hashed into.
pub const BUCKETS: usize = 1 << 18;
/// Window positions of a word: two to the left to two to the right.
const WINDOW: usize = 5;

/// First bytes of a weights file, with the version of its form.
const MAGIC: &[u8; 8] = b"glagoCR1";

/// Scores of a token by label.
pub type Scores = [i32; LABELS];

/// The weights of both languages.
#[derive(Default)]
pub struct Model {
    russian: Weights,
    english: Weights,
}

impl Model {
    /// Reads the weights files of Russian and English. An empty one marks nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Dictionary`] where a file is of another version or size.
    pub fn load(russian: &[u8], english: &[u8]) -> Result<Self> {
        Ok(Model {
            russian: Weights::load(russian)?,
            english: Weights::load(english)?,
        })
    }

    /// Puts other weights of one language into it.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn set(&mut self, lang: Lang, bytes: &[u8]) -> Result<()> {
        let weights = Weights::load(bytes)?;
        match lang {
            Lang::En => self.english = weights,
            _ => self.russian = weights,
        }
        Ok(())
    }

    fn of(&self, lang: Lang) -> &Weights {
        match lang {
            Lang::En => &self.english,
            _ => &self.russian,
        }
    }
}

/// The weights of one language.
#[derive(Default)]
pub struct Weights {
    /// `BUCKETS` times `LABELS` weights; empty for a model that marks nothing.
    weights: Vec<i8>,
    /// From label (row) to label; row `LABELS` is the start of a sentence.
    transitions: [[i32; LABELS]; LABELS + 1],
}

impl Weights {
    fn load(bytes: &[u8]) -> Result<Self> {
        if bytes.is_empty() {
            return Ok(Weights::default());
        }
        let size = MAGIC.len() + 4 * LABELS * (LABELS + 1) + BUCKETS * LABELS;
        if bytes.len() != size || !bytes.starts_with(MAGIC) {
            return Err(Error::new(
                ErrorKind::Dictionary,
                "the tagger's weights are of another version",
            )
            .at("tagger.bin"));
        }
        let (head, weights) = bytes[MAGIC.len()..].split_at(4 * LABELS * (LABELS + 1));
        let mut transitions = [[0; LABELS]; LABELS + 1];
        for (i, number) in head.as_chunks::<4>().0.iter().enumerate() {
            transitions[i / LABELS][i % LABELS] = i32::from_le_bytes(*number);
        }
        Ok(Weights {
            weights: weights.iter().map(|&b| b as i8).collect(),
            transitions,
        })
    }

    /// The weights file of trained weights: real numbers, `BUCKETS` times `LABELS`, and transitions.
    pub fn save(weights: &[f32], transitions: &[[f32; LABELS]; LABELS + 1]) -> Vec<u8> {
        let largest = weights.iter().fold(1e-6f32, |m, w| m.max(w.abs()));
        // The few largest weights are cut, so that the many small ones keep their shades.
        let unit = (largest / 127.0).min(0.03);
        let mut out = MAGIC.to_vec();
        for row in transitions {
            for t in row {
                out.extend(((t / unit).round() as i32).to_le_bytes());
            }
        }
        out.extend(
            weights
                .iter()
                .map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8 as u8),
        );
        out
    }

    fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    fn add(&self, feature: u32, scores: &mut Scores) {
        let at = feature as usize * LABELS;
        for (score, weight) in scores.iter_mut().zip(&self.weights[at..at + LABELS]) {
            *score += i32::from(*weight);
        }
    }
}

/// The summed scores of words by window position.
type Words = Vec<Option<Box<[Scores; WINDOW]>>>;

/// Per thread: the summed scores of words already seen, and room to work in.
#[derive(Default)]
pub struct Cache {
    /// Generation of the lexicon that the words belong to.
    generation: u32,
    words: [Words; 2],
    features: Vec<(u8, u32)>,
    contexts: hashbrown::HashMap<u64, u16, FxBuildHasher>,
    glances: Vec<Glance>,
    emissions: Vec<Scores>,
    back: Vec<[u8; LABELS]>,
}

fn bucket(template: u32, value: u64) -> u32 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write_u32(template);
    hasher.write_u64(value);
    let hash = hasher.finish();
    ((hash ^ (hash >> 29)) as u32) & (BUCKETS as u32 - 1)
}

/// Hashes several small numbers into one value.
fn join(values: &[u64]) -> u64 {
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
fn word_features(facts: &Facts, out: &mut Vec<(u8, u32)>) {
    out.clear();
    let lower = &*facts.lower;
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
    if let Some(first) = facts.readings.first() {
        push(FAR, 2, text_hash(&first.lemma));
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
        for reading in &facts.readings {
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
    push(NEAR, 9, u64::from(facts.name.bits()));
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
    push(HERE, 25, facts.key);
    for bit in 0..16 {
        if facts.places & (1 << bit) != 0 {
            push(HERE, 27, bit);
        }
    }
}

/// What the text around shows of every token, beside its word.
#[derive(Clone, Copy)]
struct Surroundings<'a> {
    doc: &'a Document,
    scratch: &'a Scratch,
    marks: &'a [u8],
    glances: &'a [Glance],
}

/// What features ask of a token again and again, as numbers.
#[derive(Clone, Copy, Debug)]
struct Glance {
    /// Kind, letter case, digits and script.
    shape: u64,
    /// Hash of the lemma, or of what the token is where it is no word.
    lemma: u64,
}

/// The glances of all tokens of a document.
fn glance(doc: &Document, scratch: &Scratch, out: &mut Vec<Glance>) {
    out.clear();
    out.extend(doc.tokens.iter().zip(&scratch.words).map(|(token, &word)| {
        let text = token.span.slice(&doc.text);
        let shape = match token.kind {
            TokenKind::Word | TokenKind::Abbreviation => {
                let digits = text.bytes().any(|b| b.is_ascii_digit());
                let latin = text.as_bytes().first().is_some_and(u8::is_ascii);
                16 + (token.case as u64) * 4 + u64::from(digits) * 2 + u64::from(latin)
            }
            kind => kind as u64 + 64,
        };
        let lemma = match word {
            WordId::NONE if token.kind == TokenKind::Number => 7,
            WordId::NONE => text_hash(text),
            word => {
                let facts = scratch.lexicon.facts(word);
                text_hash(facts.readings.first().map_or(&facts.lower, |r| &r.lemma))
            }
        };
        Glance { shape, lemma }
    }));
}

impl Surroundings<'_> {
    fn shape(&self, i: usize) -> u64 {
        self.glances[i].shape
    }

    fn lemma(&self, i: usize) -> u64 {
        self.glances[i].lemma
    }

    fn flags(&self, i: usize) -> NameFlags {
        self.facts(i).name
    }

    fn facts(&self, i: usize) -> &Facts {
        self.scratch.lexicon.facts(self.scratch.words[i])
    }

    /// Features of token `i` of the sentence `range`; those of dictionaries come last, and their number is returned.
    fn features(
        &self,
        range: std::ops::Range<usize>,
        i: usize,
        inside: bool,
        contexts: &hashbrown::HashMap<u64, u16, FxBuildHasher>,
        mut push: impl FnMut(u32, [isize; 2]),
    ) {
        const EDGE: u64 = 255;
        const NOWHERE: [isize; 2] = [isize::MAX; 2];
        let at = |d: isize| -> Option<usize> {
            let j = i as isize + d;
            (j >= range.start as isize && j < range.end as isize).then_some(j as usize)
        };
        let shape = |d: isize| at(d).map_or(EDGE, |j| self.shape(j));
        let lemma = |d: isize| at(d).map_or(EDGE, |j| self.lemma(j));
        let flags = |d: isize| at(d).map_or(EDGE, |j| u64::from(self.flags(j).bits()));
        let mark = |d: isize| at(d).map_or(0, |j| u64::from(self.marks[j]));
        let (s0, s1, s_1) = (shape(0), shape(1), shape(-1));
        let first = i == range.start
            || i == range.start + 1 && self.doc.tokens[range.start].kind != TokenKind::Word;
        let start = u64::from(first);
        // A feature, and the places of the words that it names.
        let mut named = |template: u32, value: u64, at: [isize; 2]| {
            push(bucket(template, value), at);
        };
        named(40, s0, NOWHERE);
        named(41, s1, NOWHERE);
        named(42, s_1, NOWHERE);
        named(43, join(&[s_1, s0]), NOWHERE);
        named(44, join(&[s0, s1]), NOWHERE);
        named(45, join(&[s_1, s0, s1]), NOWHERE);
        named(46, join(&[shape(-2), s_1, s0]), NOWHERE);
        named(47, join(&[s0, s1, shape(2)]), NOWHERE);
        named(48, join(&[s0, start, flags(0)]), NOWHERE);
        named(49, join(&[flags(-1), s_1, flags(0), s0]), NOWHERE);
        named(50, join(&[flags(0), s0, flags(1), s1]), NOWHERE);
        named(51, join(&[u64::from(inside), s_1, s0, s1]), NOWHERE);
        named(52, join(&[lemma(-1), s0]), [-1, -1]);
        named(53, join(&[lemma(1), s0]), [1, 1]);
        named(54, join(&[lemma(-1), flags(0), s0]), [-1, -1]);
        named(55, join(&[lemma(-1), lemma(0)]), [-1, 0]);
        named(56, join(&[lemma(0), lemma(1)]), [0, 1]);
        named(57, join(&[lemma(0), s0, u64::from(inside)]), [0, 0]);
        if at(-1).is_some_and(|j| self.doc.tokens[j].kind == TokenKind::Quote) {
            named(58, join(&[lemma(-2), s0]), [-2, -2]);
            named(59, shape(-2), NOWHERE);
        }
        named(60, join(&[lemma(-2), lemma(-1), s0]), [-2, -1]);
        if self.doc.tokens[i].gap >= Gap::Line {
            named(61, s0, NOWHERE);
        }
        let context = contexts.get(&self.facts(i).key).copied().unwrap_or(0);
        if context != 0 && self.scratch.words[i] != WordId::NONE {
            named(62, join(&[u64::from(context), s0]), NOWHERE);
            for bit in 0..12 {
                if context & (1 << bit) != 0 {
                    named(63, join(&[bit, s0]), NOWHERE);
                }
            }
        }
        named(70, join(&[mark(0), s0]), NOWHERE);
        named(71, mark(-1), NOWHERE);
        named(72, mark(1), NOWHERE);
        named(73, join(&[mark(-1), mark(0), mark(1)]), NOWHERE);
        named(74, join(&[mark(-1), s0]), NOWHERE);
        named(75, join(&[mark(0), lemma(-1)]), [-1, -1]);
        named(76, join(&[mark(-2), mark(-1), s0]), NOWHERE);
    }
}

/// What the whole document shows of capitalised words, by word key: bits of evidence from every place where the word stands.
fn gather_contexts(
    doc: &Document,
    scratch: &Scratch,
    marks: &[u8],
    out: &mut hashbrown::HashMap<u64, u16, FxBuildHasher>,
) {
    out.clear();
    for sentence in &doc.sentences {
        let range = sentence.tokens.range();
        for i in range.clone() {
            let token = doc.tokens[i];
            let word = scratch.words[i];
            if word == WordId::NONE || matches!(token.case, LetterCase::None | LetterCase::Lower) {
                continue;
            }
            let mut bits = 0u16;
            if i > range.start {
                let before = doc.tokens[i - 1];
                let facts = scratch.lexicon.facts(scratch.words[i - 1]);
                let capital = !matches!(before.case, LetterCase::None | LetterCase::Lower);
                bits |= u16::from(capital && facts.name.any(NameFlags::GIVEN));
                bits |= u16::from(capital && facts.name.any(NameFlags::PATRONYMIC)) << 1;
                bits |= u16::from(before.kind == TokenKind::Initial) << 2;
                bits |= u16::from(matches!(
                    &*facts.lower,
                    "в" | "во" | "на" | "из" | "in" | "at"
                )) << 3;
                bits |= u16::from(before.kind == TokenKind::Quote) << 4;
                bits |= u16::from(!capital) << 5;
                let animate = facts
                    .readings
                    .first()
                    .is_some_and(|r| r.tag.animate == Some(true) && r.tag.name == NameType::None);
                bits |= u16::from(animate) << 6;
            }
            if i + 1 < range.end {
                let facts = scratch.lexicon.facts(scratch.words[i + 1]);
                bits |= u16::from(facts.name.any(NameFlags::PATRONYMIC)) << 7;
            }
            let mark = marks[i] % MARK_CONTEXT;
            bits |= match mark {
                0 => 0,
                1 | 2 => 1 << 8,
                3 | 4 => 1 << 9,
                5 | 6 => 1 << 10,
                _ => 1 << 11,
            };
            *out.entry(scratch.lexicon.facts(word).key).or_default() |= bits;
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
fn inside_marks(doc: &Document, range: std::ops::Range<usize>, out: &mut Vec<bool>) {
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
pub fn document_features(doc: &Document, scratch: &Scratch, marks: &[u8]) -> Vec<Vec<u32>> {
    let mut glances = Vec::new();
    glance(doc, scratch, &mut glances);
    let around = Surroundings {
        doc,
        scratch,
        marks,
        glances: &glances,
    };
    let mut contexts = hashbrown::HashMap::default();
    gather_contexts(doc, scratch, marks, &mut contexts);
    let mut out = vec![Vec::new(); doc.tokens.len()];
    let (mut words, mut inside) = (Vec::new(), Vec::new());
    let proper = |j: usize| {
        !matches!(doc.tokens[j].case, LetterCase::None | LetterCase::Lower)
            && !around.flags(j).any(NameFlags::ORDINARY)
    };
    for sentence in &doc.sentences {
        let range = sentence.tokens.range();
        inside_marks(doc, range.clone(), &mut inside);
        for i in range.clone() {
            let features = &mut out[i];
            for d in 0..WINDOW {
                let j = (i + d).checked_sub(2).filter(|j| range.contains(j));
                let Some(j) = j.filter(|&j| scratch.words[j] != WordId::NONE) else {
                    continue;
                };
                word_features(around.facts(j), &mut words);
                let proper = proper(j);
                features.extend(words.iter().filter(|(reach, _)| reaches(*reach, d)).map(
                    |&(reach, f)| {
                        let lexical = proper && reach & NAMES != 0;
                        bucket(d as u32 + 1, u64::from(f)) | (LEXICAL * u32::from(lexical))
                    },
                ));
            }
            around.features(
                range.clone(),
                i,
                inside[i - range.start],
                &contexts,
                |f, named| {
                    let lexical = named.iter().any(|d| {
                        i.checked_add_signed(*d)
                            .is_some_and(|j| range.contains(&j) && proper(j))
                    });
                    features.push(f | (LEXICAL * u32::from(lexical)));
                },
            );
            let dictionary = features.len() - DICTIONARY_FEATURES;
            features[dictionary..]
                .iter_mut()
                .for_each(|f| *f |= DICTIONARY);
        }
    }
    out
}

/// Features that the dictionaries' hits make stand at the end of a token's features: so many of them.
const DICTIONARY_FEATURES: usize = 7;

fn reaches(reach: u8, position: usize) -> bool {
    (position as i32 - 2).unsigned_abs() <= u32::from(reach & !NAMES)
}

/// A stretch of tokens that the tagger takes for an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its type.
    pub kind: EntityType,
}

impl Model {
    /// Finds entities in the whole document; `marks` are those of [`mark_hits`].
    pub fn tag(&self, doc: &Document, scratch: &mut Scratch, marks: &[u8], out: &mut Vec<Tagged>) {
        out.clear();
        let mut cache = std::mem::take(&mut scratch.tagger);
        cache.renew(scratch.lexicon.generation());
        gather_contexts(doc, scratch, marks, &mut cache.contexts);
        let mut glances = std::mem::take(&mut cache.glances);
        glance(doc, scratch, &mut glances);
        let around = Surroundings {
            doc,
            scratch,
            marks,
            glances: &glances,
        };
        let mut inside = Vec::new();
        for sentence in &doc.sentences {
            let lang = doc.blocks[sentence.block as usize].lang;
            let weights = self.of(lang);
            if weights.is_empty() {
                continue;
            }
            let range = sentence.tokens.range();
            let mut marked = false;
            let mut from = range.start;
            while let Some(stretch) = next_stretch(doc, marks, range.clone(), from) {
                if !std::mem::replace(&mut marked, true) {
                    inside_marks(doc, range.clone(), &mut inside);
                }
                from = stretch.end;
                weights.emissions(
                    around,
                    range.clone(),
                    stretch.clone(),
                    &inside,
                    lang,
                    &mut cache,
                );
                weights.decode(
                    stretch.clone(),
                    stretch.start == range.start,
                    &mut cache,
                    out,
                );
            }
        }
        cache.glances = glances;
        scratch.tagger = cache;
    }
}

/// Tokens before and after a candidate (a word that is not in lower case, or a dictionary hit) that its name may reach to.
const REACH_BACK: usize = 3;
const REACH_ON: usize = 12;

/// The next stretch of a sentence from token `from` on that a name may stand in: candidates and what is near them. All other tokens
/// are outside of names without being asked.
fn next_stretch(
    doc: &Document,
    marks: &[u8],
    sentence: std::ops::Range<usize>,
    from: usize,
) -> Option<std::ops::Range<usize>> {
    let candidate = |i: usize| {
        marks[i] != 0 || !matches!(doc.tokens[i].case, LetterCase::None | LetterCase::Lower)
    };
    let first = (from..sentence.end).find(|&i| candidate(i))?;
    let start = first.saturating_sub(REACH_BACK).max(from);
    let mut end = first + 1;
    let mut i = end;
    while i < sentence.end && i <= end + REACH_ON + REACH_BACK {
        if candidate(i) {
            end = i + 1;
        }
        i += 1;
    }
    Some(start..(end + REACH_ON).min(sentence.end))
}

impl Weights {
    /// Scores of the tokens of a stretch of the sentence `range`, by label.
    fn emissions(
        &self,
        around: Surroundings,
        range: std::ops::Range<usize>,
        stretch: std::ops::Range<usize>,
        inside: &[bool],
        lang: Lang,
        cache: &mut Cache,
    ) {
        let scratch = around.scratch;
        cache.emissions.clear();
        cache.emissions.resize(stretch.len(), [0; LABELS]);
        // Words up to two tokens beside the stretch have their say in it.
        let beside =
            stretch.start.saturating_sub(2).max(range.start)..(stretch.end + 2).min(range.end);
        for i in beside {
            let word = scratch.words[i];
            if word != WordId::NONE {
                let Cache {
                    words,
                    features,
                    emissions,
                    ..
                } = cache;
                let words = &mut words[usize::from(lang == Lang::En)];
                let scores = Cache::scores(words, features, self, word, scratch);
                for (d, scores) in scores.iter().enumerate() {
                    // The word stands at window position d of the token at i + 2 - d.
                    let Some(j) = (i + 2).checked_sub(d).filter(|j| stretch.contains(j)) else {
                        continue;
                    };
                    let emission = &mut emissions[j - stretch.start];
                    for (e, s) in emission.iter_mut().zip(scores) {
                        *e += s;
                    }
                }
            }
        }
        for i in stretch.clone() {
            let mut scores = [0; LABELS];
            around.features(
                range.clone(),
                i,
                inside[i - range.start],
                &cache.contexts,
                |f, _| self.add(f, &mut scores),
            );
            for (e, s) in cache.emissions[i - stretch.start].iter_mut().zip(&scores) {
                *e += s;
            }
        }
    }

    /// Viterbi over one stretch; `opens` says that it begins its sentence.
    fn decode(
        &self,
        range: std::ops::Range<usize>,
        opens: bool,
        cache: &mut Cache,
        out: &mut Vec<Tagged>,
    ) {
        // What stands before a stretch inside a sentence is outside of names: label 0.
        let before = if opens { LABELS } else { 0 };
        const NEVER: i32 = i32::MIN / 4;
        let Cache {
            emissions, back, ..
        } = cache;
        back.clear();
        let mut best: Scores = [NEVER; LABELS];
        for (n, emission) in emissions.iter().enumerate() {
            let mut next: Scores = [NEVER; LABELS];
            let mut from = [0u8; LABELS];
            for to in 0..LABELS {
                if n == 0 {
                    if legal(None, to) {
                        next[to] = self.transitions[before][to] + emission[to];
                    }
                    continue;
                }
                for (label, score) in best.iter().enumerate() {
                    if !legal(Some(label), to) {
                        continue;
                    }
                    let score = score + self.transitions[label][to] + emission[to];
                    if score > next[to] {
                        next[to] = score;
                        from[to] = label as u8;
                    }
                }
            }
            best = next;
            back.push(from);
        }
        let Some((mut label, _)) = best
            .iter()
            .enumerate()
            .max_by_key(|(i, s)| (**s, LABELS - i))
        else {
            return;
        };
        let first = out.len();
        let mut end = range.end;
        for n in (0..back.len()).rev() {
            let i = range.start + n;
            if label == 0 {
                end = i;
            } else if label % 2 == 1 {
                out.push(Tagged {
                    tokens: TokenRange::new(i, end),
                    kind: TYPES[(label - 1) / 2],
                });
                end = i;
            }
            label = usize::from(back[n][label]);
        }
        out[first..].reverse();
    }
}

/// Whether a label may follow another (none: the start of a sentence).
pub fn legal(from: Option<usize>, to: usize) -> bool {
    let continues = to != 0 && to.is_multiple_of(2);
    !continues || from == Some(to) || from == Some(to - 1)
}

impl Cache {
    fn renew(&mut self, generation: u32) {
        if self.generation != generation {
            self.words.iter_mut().for_each(Vec::clear);
            self.generation = generation;
        }
    }

    fn scores<'a>(
        words: &'a mut Words,
        features: &mut Vec<(u8, u32)>,
        model: &Weights,
        word: WordId,
        scratch: &Scratch,
    ) -> &'a [Scores; WINDOW] {
        let at = word.index();
        if at >= words.len() {
            words.resize_with(at + 1, || None);
        }
        words[at].get_or_insert_with(|| {
            word_features(scratch.lexicon.facts(word), features);
            let mut scores = Box::new([[0; LABELS]; WINDOW]);
            for (d, scores) in scores.iter_mut().enumerate() {
                for &(reach, f) in features.iter() {
                    if reaches(reach, d) {
                        model.add(bucket(d as u32 + 1, u64::from(f)), scores);
                    }
                }
            }
            scores
        })
    }
}
