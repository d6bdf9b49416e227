//! Tokens -> amounts (money, percentages, measures, counts) and dates, with values.
//!
//! One pass over the tokens of each sentence. What a word can be is known from its [`WordFacts`], found once for every
//! distinct word, so that a token that is no number, sign or number word costs one comparison. Where an amount may begin, the
//! grammar reads on from there in layers: number -> range -> words of approximation -> unit, else the counted noun.
//! Invariant: amounts are ordered and disjoint, values are exact decimals, and what is not well-formed is left out.

mod approximation;
mod calendar;
mod compound;
mod count;
mod cursor;
mod date;
mod decimal;
mod lookup;
mod number;
mod quantity;
mod range;
mod tables;
mod unit;
mod words;

use std::borrow::Cow;

pub use words::WordFacts;

use crate::document::TokenKind;
use crate::document::{
    AmountKind, BlockKind, DateMention, Document, EntityType, Mention, Precision, Rule,
};
use crate::error::Result;
use crate::span::Span;
use crate::tables::Tables;
use crate::words::{Column, WordId, WordList};
use calendar::Day;
use cursor::{Cursor, Seen};
use quantity::Outcome;
use tables::Words;
use words::Roles;

/// Number words, currencies, units.
pub struct AmountFinder {
    words: Words,
}

impl AmountFinder {
    /// With the words of `tables`.
    pub(crate) fn new(tables: &Tables) -> Result<Self> {
        Ok(AmountFinder {
            words: Words::new(tables)?,
        })
    }
}

/// Whether a date is but a word of an organisation's name: KAZAKHSTAN TODAY, USA Today.
fn in_a_name(mentions: &[Mention], date: Span) -> bool {
    /// Mentions that begin at one place lie inside each other, and no more than a few deep.
    const NESTED: usize = 4;
    let after = mentions.partition_point(|m| m.span.start <= date.start);
    mentions[after.saturating_sub(NESTED)..after]
        .iter()
        .any(|m| m.kind == EntityType::Organisation && m.span.contains(date) && m.span != date)
}

/// Fills `doc.amounts` and `doc.dates`, and the document's own date from its dateline where it has none.
/// `words` are those of the tokens, in `list`.
pub fn find_amounts(
    finder: &AmountFinder,
    (list, column): (&WordList, &Column<WordFacts>),
    words: &[WordId],
    doc: &mut Document,
) {
    doc.amounts.clear();
    doc.dates.clear();
    let seen = Seen {
        words,
        list,
        column,
        tables: &finder.words,
    };
    let tables = &finder.words;
    let today = own_day(doc, seen);
    if let (None, Some(day)) = (&doc.source.date, today) {
        doc.source.date = Some(day.iso());
    }
    let Document {
        text,
        tokens,
        sentences,
        blocks,
        mentions,
        amounts,
        dates,
        ..
    } = doc;
    let mut finder = Finder {
        amounts,
        dates,
        today,
        unsettled: Vec::new(),
        last: None,
    };
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(block) = blocks.get(sentence.block as usize) else {
            continue;
        };
        let range = sentence.tokens.range();
        let cursor = Cursor {
            text,
            tokens,
            seen,
            lang: block.lang,
            start: range.start,
            end: range.end,
            floor: range.start,
        };
        finder.sentence(cursor, index);
    }
    let unsettled = std::mem::take(&mut finder.unsettled);
    dates.retain(|d| !in_a_name(mentions, d.span));
    if !unsettled.is_empty() {
        let counts = countries_named(seen);
        for (at, group) in unsettled {
            let code = tables.currencies[usize::from(group)]
                .iter()
                .max_by_key(|e| {
                    counts
                        .iter()
                        .find(|(country, _)| *country == e.country)
                        .map_or(0, |(_, n)| *n)
                })
                .filter(|e| counts.iter().any(|(country, _)| *country == e.country))
                .map(|e| Cow::Borrowed(e.code));
            if let Some(amount) = amounts.get_mut(at) {
                amount.unit = code;
            }
        }
    }
}

/// How often each country is named in the document, by the two letters of its code.
fn countries_named(seen: Seen<'_>) -> Vec<([u8; 2], usize)> {
    let mut counts: Vec<([u8; 2], usize)> = Vec::new();
    for &word in seen.words {
        let facts = seen.facts(word);
        if facts.is(Roles::REGION) {
            match counts.iter_mut().find(|(c, _)| *c == facts.region) {
                Some((_, n)) => *n += 1,
                None => counts.push((facts.region, 1)),
            }
        }
    }
    counts
}

/// The article's day: what the record says, else the first full date of its dateline.
fn own_day(doc: &Document, seen: Seen<'_>) -> Option<Day> {
    if let Some(date) = &doc.source.date {
        return Day::from_iso(date);
    }
    for sentence in &doc.sentences {
        let Some(block) = doc.blocks.get(sentence.block as usize) else {
            continue;
        };
        if block.kind != BlockKind::Dateline {
            continue;
        }
        let range = sentence.tokens.range();
        let cursor = Cursor {
            text: &doc.text,
            tokens: &doc.tokens,
            seen,
            lang: block.lang,
            start: range.start,
            end: range.end,
            floor: range.start,
        };
        for i in range {
            if let Some(found) = date::read(&cursor, i, None)
                && found.date.precision == Precision::Day
                && let Some(day) = found.date.value.as_deref().and_then(Day::from_iso)
            {
                return Some(day);
            }
        }
    }
    None
}

struct Finder<'d> {
    amounts: &'d mut Vec<crate::document::Amount>,
    dates: &'d mut Vec<DateMention>,
    today: Option<Day>,
    /// Amounts whose currency the countries of the document decide, and the group of that currency.
    unsettled: Vec<(usize, u16)>,
    /// Sentence and place of the last amount that is no percentage.
    last: Option<(usize, usize)>,
}

impl Finder<'_> {
    fn sentence(&mut self, mut c: Cursor<'_>, index: usize) {
        let mut pending: Vec<quantity::Found> = Vec::new();
        let mut i = c.start;
        while i < c.end {
            if !anchors(&c, i) {
                i += 1;
                continue;
            }
            if let Some(found) = date::read(&c, i, self.today) {
                i = found.end.max(i + 1);
                c.floor = i;
                self.dates.push(found.date);
                continue;
            }
            match quantity::read(&c, i) {
                Outcome::Amount(found) => {
                    i = found.end.max(i + 1);
                    c.floor = i;
                    self.settle_pending(&mut pending, &found);
                    // «368 млн рублей (около 5 млн долларов), второй — 316 млн»
                    let aside = found
                        .first
                        .checked_sub(1)
                        .is_some_and(|p| c.slice(p) == "(");
                    if found.amount.kind != AmountKind::Percent && !aside {
                        self.last = Some((index, self.amounts.len()));
                    }
                    if found.group > 0 {
                        self.unsettled.push((self.amounts.len(), found.group));
                    }
                    self.amounts.push(found.amount);
                }
                Outcome::Bare(found) => {
                    i = found.end.max(i + 1);
                    c.floor = i;
                    match self.money_before(index) {
                        Some(unit) => self.push_inferred(found, unit),
                        None => pending.push(found),
                    }
                }
                Outcome::Skip(next) => i = next.max(i + 1),
            }
        }
    }

    /// The currency of the last amount, where it is money of this sentence or the one before.
    fn money_before(&self, index: usize) -> Option<Option<Cow<'static, str>>> {
        let (sentence, at) = self.last?;
        let amount = self.amounts.get(at)?;
        (amount.kind == AmountKind::Money && index - sentence <= 1).then(|| amount.unit.clone())
    }

    fn push_inferred(&mut self, found: quantity::Found, unit: Option<Cow<'static, str>>) {
        let mut amount = found.amount;
        amount.kind = AmountKind::Money;
        amount.unit = unit;
        amount.inferred = true;
        amount.rule = Rule::AmountMoneyInferred;
        self.amounts.push(amount);
    }

    /// «с 10 миллиардов до 11 миллиардов долларов»: the currency stands behind the second number.
    fn settle_pending(&mut self, pending: &mut Vec<quantity::Found>, next: &quantity::Found) {
        if let Some(found) = pending.pop()
            && next.amount.kind == AmountKind::Money
            && next.first <= found.end + 2
        {
            self.push_inferred(found, next.amount.unit.clone());
        }
        pending.clear();
    }
}

/// Whether an amount or a date may begin at the token.
fn anchors(c: &Cursor<'_>, i: usize) -> bool {
    let Some(token) = c.token(i) else {
        return false;
    };
    match token.kind {
        TokenKind::Number | TokenKind::NumberWord => true,
        TokenKind::Symbol | TokenKind::Other => {
            c.kind(i + 1) == Some(TokenKind::Number) && c.seen.tables.sign(c.slice(i)).is_some()
        }
        TokenKind::Word | TokenKind::Abbreviation => {
            c.is(i, Roles::ANCHOR)
                || (c.glued(i + 1)
                    && c.kind(i + 1) == Some(TokenKind::Symbol)
                    && c.kind(i + 2) == Some(TokenKind::Number)
                    && c.seen.tables.sign(c.slice(i + 1)).is_some())
        }
        _ => false,
    }
}
