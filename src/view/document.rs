//! A document with the facts of its words and the mention at each token, as stages read it.
//!
//! Input: a document with tokens, sentences and mentions; output: [`View`], a read-only window. A token index past the end is a token of
//! kind [`TokenKind::Other`] without facts.

use super::Known;
use crate::dictionary::names::NameFlags;
use crate::document::{
    Document, EntityType, Gap, Lang, LetterCase, Side, Token, TokenKind, TokenRange,
};
use crate::lexis::classes::Classes;
use crate::lexis::clause_words::ClauseFacts;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function, Grammar, WordFacts};
use crate::morph::{Case, Gender, Number, Pos, Reading};
use crate::span::Span;
use crate::words::WordId;

/// What stands past the end of a document.
static NOTHING: Token = Token {
    span: Span { start: 0, end: 0 },
    kind: TokenKind::Other,
    case: LetterCase::None,
    gap: Gap::Paragraph,
    side: Side::None,
};

/// No mention, in [`View::mentions`].
const NOBODY: u32 = u32::MAX;

/// What the rules read.
pub struct View<'a> {
    /// The document.
    pub doc: &'a Document,
    /// Its words.
    pub known: Known<'a>,
    /// Index of the mention that covers each token; of several the longest that is no position, else the position.
    mentions: Vec<u32>,
    /// Tokens inside words that are quotations already: no cue stands there.
    masked: Vec<bool>,
}

impl<'a> View<'a> {
    /// The view of a document whose words are known.
    pub fn new(doc: &'a Document, known: Known<'a>) -> Self {
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
            known,
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

    /// Takes all marks off, and puts them on these tokens.
    pub fn mask_only(&mut self, tokens: impl Iterator<Item = TokenRange>) {
        self.masked.fill(false);
        tokens.for_each(|tokens| self.mask(tokens));
    }

    /// Whether token `i` lies inside a quotation.
    pub fn is_masked(&self, i: usize) -> bool {
        self.masked.get(i).copied().unwrap_or(false)
    }

    /// Token `i`, where there is one.
    pub fn get(&self, i: usize) -> Option<&'a Token> {
        self.doc.tokens.get(i)
    }

    /// Token `i`; past the end one that is nothing.
    pub fn token(&self, i: usize) -> &'a Token {
        self.doc.tokens.get(i).unwrap_or(&NOTHING)
    }

    /// Kind of token `i`.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.token(i).kind
    }

    /// Letter case of token `i`.
    pub fn case(&self, i: usize) -> LetterCase {
        self.token(i).case
    }

    /// Token `i` as written; nothing past the end.
    pub fn text(&self, i: usize) -> &'a str {
        self.get(i).map_or("", |t| t.span.slice(&self.doc.text))
    }

    /// What token `i` is as a cue, and its grammar.
    pub fn facts(&self, i: usize) -> &'a WordFacts {
        self.known.at(i).cue()
    }

    /// What token `i` says of the clause that it stands in.
    pub fn clause(&self, i: usize) -> ClauseFacts {
        self.known.at(i).clause()
    }

    /// Lower-cased word of token `i`, as a number.
    pub fn word(&self, i: usize) -> WordId {
        self.known.words.get(i).copied().unwrap_or(WordId::NONE)
    }

    /// Language of the block that token `i` stands in.
    pub fn lang(&self, i: usize) -> Lang {
        self.get(i)
            .and_then(|t| self.doc.block_at(t.span.start()))
            .map_or(self.doc.lang, |b| self.doc.blocks[b].lang)
    }

    /// Classes and frames of token `i`.
    pub fn classes(&self, i: usize) -> Classes {
        self.known.at(i).classes()
    }

    /// Lower-cased word of token `i`; empty for what is no word.
    pub fn lower(&self, i: usize) -> &'a str {
        self.known.at(i).lower()
    }

    /// What token `i` is as part of a personal name.
    pub fn name(&self, i: usize) -> NameFlags {
        self.known.at(i).name()
    }

    /// Key of the word that its case forms share (see [`crate::words::stem`]).
    pub fn key(&self, i: usize) -> u64 {
        self.known.at(i).key()
    }

    /// Whether the morphology has an opinion on the word: it is Cyrillic.
    pub fn readings_known(&self, i: usize) -> bool {
        !self.readings(i).is_empty()
    }

    /// Readings of token `i`, the likeliest first.
    pub fn readings(&self, i: usize) -> &'a [Reading] {
        self.known.at(i).readings()
    }

    /// Whether token `i` is a word in lower case.
    pub fn is_lower(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Word && self.case(i) == LetterCase::Lower
    }

    /// Whether a sentence may begin with token `i`: a word with a capital, an initial, a number.
    pub fn may_open(&self, i: usize) -> bool {
        !matches!(self.case(i), LetterCase::Lower | LetterCase::None)
            || matches!(self.kind(i), TokenKind::Number | TokenKind::NumberWord)
    }

    /// Whether token `i` is a verb or short form that quoted words may stand beside.
    pub fn speech(&self, i: usize) -> bool {
        let cue = self.facts(i);
        cue.frames
            .any(Frames::DIRECT.or(Frames::AFTER).or(Frames::VIA))
            && matches!(cue.form, CueForm::Finite | CueForm::Short | CueForm::Gerund)
    }

    /// Whether token `i` is any cue of speech or opinion, verb or noun.
    pub fn any_cue(&self, i: usize) -> bool {
        let wanted = Frames::DIRECT
            .or(Frames::AFTER)
            .or(Frames::THAT)
            .or(Frames::NOUN_PO)
            .or(Frames::NOUN_SO)
            .or(Frames::PREPOSITION)
            .or(Frames::VIA)
            .or(Frames::INFINITIVE)
            .or(Frames::OBJECT)
            .or(Frames::OBJECT_INFINITIVE)
            .or(Frames::PHRASE)
            .or(Frames::NOUN_THAT)
            .or(Frames::QUOTING)
            .or(Frames::ADJECTIVE);
        self.facts(i).frames.any(wanted)
    }

    /// Whether token `i` is a full stop, question or exclamation mark, dots.
    pub fn stop(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Stop
    }

    /// Whether token `i` is a stop that is more than a full stop: after it no comma stands before an attribution.
    pub fn strong_stop(&self, i: usize) -> bool {
        self.stop(i) && self.text(i) != "."
    }

    /// From the first to the last token of a range; none where it is empty.
    pub fn span(&self, tokens: TokenRange) -> Option<Span> {
        let last = tokens.range().last()?;
        Some(Span {
            start: self.doc.tokens[tokens.start as usize].span.start,
            end: self.doc.tokens[last].span.end,
        })
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
        !matches!(self.case(i), LetterCase::Lower | LetterCase::None)
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

    /// Whether a mention names an outlet, as the dictionaries class it.
    pub fn is_outlet(&self, mention: Option<u32>) -> bool {
        let entries = &self.known.glossary.dictionaries.entries;
        mention
            .and_then(|m| self.doc.mentions[m as usize].id.as_deref())
            .and_then(|id| entries.by_id(id))
            .is_some_and(|(_, entry)| &*entry.class == "media")
    }

    /// Whether a word is an abbreviation in capitals: РБК.
    pub fn is_acronym(&self, i: usize) -> bool {
        self.token(i).case == LetterCase::Upper
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
