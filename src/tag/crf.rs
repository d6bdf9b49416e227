//! The trained tagger: tokens -> labels of people, organisations and places, by a linear-chain conditional random field.
//!
//! Features are hashed into one table of weights of eight bits. All that depends on a word alone is summed once for every
//! distinct word and window position and kept beside the word, for all threads; a word then adds five rows to the tokens around it, and
//! a token has the few features of its surroundings. Scores are integers, so that labels do not depend on the order of additions. The tables are larger than
//! the processor's near caches: the rows of several tokens are looked up first and added then, so that it waits for them once.
//!
//! The weights (`dictionaries/tagger.bin`) are made by `train`; `dictionaries/tagger.md` is their card.

mod features;
mod weights;

use std::ops::Range;

use features::{
    Contexts, GROUPS, Glance, Surroundings, WINDOW, bucket, gather_contexts, glance, inside_marks,
    reaches, word_features,
};
pub use features::{DICTIONARY, LEXICAL, document_features, mark_hits};
pub use weights::Weights;

use crate::document::LetterCase;
use crate::document::{BlockKind, Document, EntityType, Lang, TokenRange};
use crate::error::{Error, ErrorKind, Result};
use crate::view::Known;
use crate::words::{Column, WordId};
use features::Seen;

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
/// Numbers in a row of scores or weights: the labels and one to spare, so that a row is added in one go.
const ROW: usize = 8;

/// What cannot be; several of them added up are still a number.
const NEVER: i32 = i32::MIN / 4;

/// Scores of a stretch of tokens by label; the last number means nothing.
type Scores = [i32; ROW];

/// Scores of one token by label: a token has some hundred features of 127 at most, and what is more than sixteen bits is cut.
type Short = [i16; ROW];

/// What the tagger knows of words, for all threads.
#[derive(Default)]
pub struct Columns {
    /// What words by themselves add to the scores of the Russian and the English model.
    scores: [Column<WordScores>; 2],
    /// What the tokens around a word see of it.
    seen: Column<Seen>,
}

/// The words of a document, as the tagger sees them.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// What the rooms below know of them.
    pub known: Known<'a>,
    /// What the tagger itself does.
    pub columns: &'a Columns,
}

/// The weights of both languages.
#[derive(Default)]
pub struct Model {
    russian: Weights,
    english: Weights,
}

impl Model {
    /// With the weights that are compiled in.
    pub(crate) fn compiled_in() -> Result<Self> {
        Ok(Model {
            russian: Weights::compiled_in(Lang::Ru)?,
            english: Weights::compiled_in(Lang::En)?,
        })
    }

    /// Reads the weights files of Russian and English. An empty one marks nothing.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where a file is of another version or size.
    pub fn load(russian: &[u8], english: &[u8]) -> Result<Self> {
        Ok(Model {
            russian: Weights::load(russian)?,
            english: Weights::load(english)?,
        })
    }

    /// Puts other weights of one language into it.
    ///
    /// # Errors
    /// As [`Model::load`]; and where there is no model of that language.
    pub fn set(&mut self, lang: Lang, bytes: &[u8]) -> Result<()> {
        let weights = Weights::load(bytes)?;
        match lang {
            Lang::Ru => self.russian = weights,
            Lang::En => self.english = weights,
            other => {
                let reason = format!("the tagger has no model of the language {}", other.as_str());
                return Err(Error::new(ErrorKind::Dictionary, reason));
            }
        }
        Ok(())
    }

    /// The weights of a language; none of another language are taken for it.
    fn of(&self, lang: Lang) -> Option<&Weights> {
        match lang {
            Lang::Ru => Some(&self.russian),
            Lang::En => Some(&self.english),
            _ => None,
        }
    }
}

impl Weights {
    /// The scores of a word, summed where it is seen for the first time.
    fn word<'a>(&self, word: WordId, words: Words<'a>, lang: Lang) -> &'a WordScores {
        let model = usize::from(lang == Lang::En);
        let sum = || self.word_scores(&word_features(words.known.facts(word)));
        words.columns.scores[model].get(word, sum)
    }

    fn word_scores(&self, features: &[(u8, u32)]) -> WordScores {
        let mut rows = [[0; ROW]; WINDOW];
        let mut may_begin = false;
        for (d, row) in rows.iter_mut().enumerate() {
            for &(reach, f) in features {
                if reaches(reach, d) {
                    self.add(bucket(d as u32 + 1, u64::from(f)), row);
                }
            }
            if d == WINDOW / 2 {
                may_begin = [1, 3, 5].iter().any(|&begin| row[begin] > row[0]);
            }
        }
        WordScores { rows, may_begin }
    }
}

fn add<N: Copy + Into<i16>>(scores: &mut Short, more: &[N; ROW]) {
    for (score, more) in scores.iter_mut().zip(more) {
        *score = score.saturating_add((*more).into());
    }
}

/// What a word by itself adds to the scores of the tokens around it.
#[derive(Default)]
pub(crate) struct WordScores {
    /// By window position: at position 0 the word stands two before the token.
    rows: [Short; WINDOW],
    /// A name may begin with the word even in lower case.
    may_begin: bool,
}

/// Sums of groups of features under what the groups are made from; a newer sum takes the place of an older one.
#[derive(Default)]
struct Memo {
    /// None before the first question.
    slots: Vec<(u64, Short)>,
}

impl Memo {
    /// Slots, a power of two: about 200 KB.
    const SLOTS: usize = 1 << 13;

    /// The sum under a key, which is not zero.
    fn get(&mut self, key: u64, make: impl FnOnce(&mut Short)) -> &Short {
        if self.slots.is_empty() {
            self.slots.resize(Self::SLOTS, (0, [0; ROW]));
        }
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let (found, sum) = &mut self.slots[hash as usize % Self::SLOTS];
        if *found != key {
            (*found, *sum) = (key, Short::default());
            make(sum);
        }
        sum
    }
}

/// Per thread: sums of scores that come again and again, and room to work in.
#[derive(Default)]
pub struct Cache {
    groups: [Memo; 2],
    contexts: Contexts,
    glances: Vec<Glance>,
    inside: Vec<bool>,
    candidates: Vec<bool>,
    ahead: Ahead,
    back: Vec<[u8; ROW]>,
}

/// Scores of the tokens of a stretch that were worked out ahead.
#[derive(Default)]
struct Ahead {
    /// Of the tokens from the stretch's first on; those before `done` are whole.
    scores: Vec<Short>,
    done: usize,
    /// The first word that was not added yet.
    words: usize,
    /// Rows of weights to be added: of which token, counted from the stretch's first.
    rows: Vec<(u32, u32)>,
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
    pub(crate) fn tag(
        &self,
        doc: &Document,
        words: Words<'_>,
        marks: &[u8],
        cache: &mut Cache,
        out: &mut Vec<Tagged>,
    ) {
        out.clear();
        let known = words.known;
        gather_contexts(doc, words, marks, &mut cache.contexts);
        let mut glances = std::mem::take(&mut cache.glances);
        let mut inside = std::mem::take(&mut cache.inside);
        let mut candidates = std::mem::take(&mut cache.candidates);
        glance(doc, words, &cache.contexts, &mut glances);
        let around = Surroundings {
            doc,
            words,
            marks,
            glances: &glances,
        };
        for sentence in &doc.sentences {
            let block = doc.blocks[sentence.block as usize];
            let lang = block.lang;
            let Some(weights) = self.of(lang) else {
                continue;
            };
            // Capitals of menus («Новости | Экономика») say nothing of names.
            if weights.is_empty() || block.kind == BlockKind::Menu {
                continue;
            }
            let range = sentence.tokens.range();
            candidates.clear();
            candidates.extend(range.clone().map(|i| {
                marks[i] != 0
                    || !matches!(doc.tokens[i].case, LetterCase::None | LetterCase::Lower)
                    || known.words[i] != WordId::NONE
                        && weights.word(known.words[i], words, lang).may_begin
            }));
            let mut from = range.start;
            while let Some(first) = (from..range.end).find(|&i| candidates[i - range.start]) {
                if from == range.start {
                    inside_marks(doc, range.clone(), &mut inside);
                }
                let mut stretch = Stretch {
                    weights,
                    around,
                    sentence: range.clone(),
                    start: first.saturating_sub(REACH_BACK).max(from),
                    lang,
                    groups: &mut cache.groups[usize::from(lang == Lang::En)],
                    ahead: &mut cache.ahead,
                    back: &mut cache.back,
                };
                from = stretch.decode(&inside, &candidates, out);
            }
        }
        cache.candidates = candidates;
        cache.glances = glances;
        cache.inside = inside;
    }
}

/// Tokens before and after a candidate that its name may reach to. A candidate is a word that is not in lower case, a dictionary
/// hit, or a word that by itself looks more like the beginning of a name than not. All other tokens are outside of names without
/// being asked.
const REACH_BACK: usize = 2;
const REACH_ON: usize = 12;
/// Where being outside of names is ahead of all other labels by so much, a stretch of words ends: what later words without a candidate
/// may add to a name is nearly always less. Of 8,000 names of the development data two come out otherwise than without.
const LEAD: i32 = 500;

/// Part of a sentence in which names may stand, and what is needed to label it.
struct Stretch<'a> {
    weights: &'a Weights,
    around: Surroundings<'a>,
    sentence: Range<usize>,
    start: usize,
    lang: Lang,
    groups: &'a mut Memo,
    ahead: &'a mut Ahead,
    back: &'a mut Vec<[u8; ROW]>,
}

/// Tokens whose scores are worked out together, and least of them where no candidate is near.
const STEP: usize = 16;
const LEAST: usize = 2;

impl Stretch<'_> {
    /// Works out the scores of the next tokens by label, as far as candidates follow close upon each other.
    fn look_ahead(&mut self, inside: &[bool], candidates: &[bool]) {
        let (start, sentence, around) = (self.start, self.sentence.clone(), self.around);
        let Ahead {
            scores,
            done,
            words,
            rows,
        } = &mut *self.ahead;
        let from = *done;
        let last = (sentence.end - from).min(STEP);
        let ahead = &candidates[from - sentence.start..][..last];
        let mut steps = LEAST.min(last);
        for (n, _) in ahead.iter().enumerate().filter(|(_, is)| **is) {
            if n >= steps + REACH_BACK {
                break;
            }
            steps = steps.max(n + 1);
        }
        let to = from + steps;
        // A word adds to the tokens around it, to those as well that come in the next step.
        let reach = WINDOW / 2;
        let seen = (to + reach).min(sentence.end);
        scores.resize(seen + reach + 1 - start, Short::default());
        for j in *words..seen {
            let word = around.words.known.words[j];
            if word == WordId::NONE {
                continue;
            }
            let word = self.weights.word(word, around.words, self.lang);
            // At window position d the word stands `reach - d` before the token.
            let before = (start + reach).saturating_sub(j);
            let near = scores[j.saturating_sub(start + reach)..].iter_mut();
            for (scores, row) in near.zip(word.rows.iter().rev().skip(before)) {
                add(scores, row);
            }
        }
        (*done, *words) = (to, seen);
        rows.clear();
        for i in from..to {
            let view = around.view(&self.sentence, i, inside[i - self.sentence.start]);
            let at = (i - start) as u32;
            view.words(|f, _| rows.push((at, f)));
            for &group in &GROUPS {
                if let Some(key) = view.key(group) {
                    let sum = self.groups.get(key, |sum| {
                        view.group(group, |f| self.weights.add(f, sum));
                    });
                    add(&mut scores[i - start], sum);
                }
            }
        }
        for &(at, row) in &*rows {
            self.weights.add(row, &mut scores[at as usize]);
        }
    }

    /// Viterbi from the first token on until no name can go on; the token after the last that was labelled.
    fn decode(&mut self, inside: &[bool], candidates: &[bool], out: &mut Vec<Tagged>) -> usize {
        self.back.clear();
        self.ahead.scores.clear();
        self.ahead.done = self.start;
        let first = self.start.saturating_sub(WINDOW / 2);
        self.ahead.words = first.max(self.sentence.start);
        let mut best = [NEVER; ROW];
        let mut last = self.start;
        let mut end = self.start;
        while end < self.sentence.end {
            let i = end;
            let mut next = [NEVER; ROW];
            let mut from = [0i32; ROW];
            if i == self.start {
                // What stands before a stretch inside a sentence is outside of names: label 0.
                let before = if i == self.sentence.start { LABELS } else { 0 };
                next = self.weights.transitions()[before];
            } else {
                // Whole rows at a time, without a branch for each label.
                for (label, row) in (0..).zip(&self.weights.transitions()[..LABELS]) {
                    let before = best[label as usize];
                    for ((next, from), transition) in next.iter_mut().zip(&mut from).zip(row) {
                        let score = before + transition;
                        *from = if score > *next { label } else { *from };
                        *next = score.max(*next);
                    }
                }
            }
            if i == self.ahead.done {
                self.look_ahead(inside, candidates);
            }
            let here = self.ahead.scores[i - self.start];
            for (next, here) in next.iter_mut().zip(&here) {
                *next += i32::from(*here);
            }
            best = next;
            let mut back = [0; ROW];
            for (back, label) in back.iter_mut().zip(&from) {
                *back = *label as u8;
            }
            self.back.push(back);
            end += 1;
            let n = end - self.sentence.start;
            if candidates[n - 1] {
                last = i;
            }
            let near = candidates[n..].iter().take(REACH_BACK).any(|c| *c);
            let outside = best[1..LABELS].iter().all(|score| best[0] - score > LEAD);
            if !near
                && last.max(self.start + REACH_BACK) < end
                && (outside || end > last + REACH_ON)
            {
                break;
            }
        }
        let mut label = (0..LABELS)
            .max_by_key(|&i| (best[i], LABELS - i))
            .unwrap_or(0);
        let first = out.len();
        let mut close = end;
        for (n, from) in self.back.iter().enumerate().rev() {
            let i = self.start + n;
            if label == 0 {
                close = i;
            } else if label % 2 == 1 {
                out.push(Tagged {
                    tokens: TokenRange::new(i, close),
                    kind: TYPES[(label - 1) / 2],
                });
                close = i;
            }
            label = usize::from(from[label]);
        }
        out[first..].reverse();
        end
    }
}

/// Whether a label may follow another (none: the start of a sentence).
pub fn legal(from: Option<usize>, to: usize) -> bool {
    let continues = to != 0 && to.is_multiple_of(2);
    !continues || from == Some(to) || from == Some(to - 1)
}
