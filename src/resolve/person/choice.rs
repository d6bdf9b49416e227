//! Several readings of a name -> the likeliest: by itself, by the other mentions of the same words in the document, and by the other
//! forms in which the document has them.
//!
//! Invariant: forms are looked up by what they have in common with the name, so that the time does not grow with the square of
//! a document's names; with an index of the forms the same readings come out as without one.

use std::sync::Arc;

use super::compared::compared;
use super::readings::Found;
use super::words::{Word, last_word};
use crate::document::TokenKind;
use crate::document::{Document, EntityType, Sex};
use crate::letters::folded;
use crate::resolve::given::Given;
use crate::resolve::known::Reading;
use crate::words::WordId;

/// Words of the mentions of people, each once.
pub(super) struct Forms {
    /// Last words, with the key of the word before them where there is one.
    last: FormList,
    /// First words of full names, with the key of the last word.
    first: FormList,
}

/// Words in the order of their first letters, so that forms of a word stand near each other.
struct FormList {
    forms: Vec<Form>,
    /// Numbers that forms have in common with their nominatives, sorted, with the place of the form; of long lists only.
    index: Option<Vec<(u64, u32)>>,
}

/// First letters of a word, the word, and the key of the other word of the name.
type Form = (Begin, WordId, u64);

type Begin = [Option<char>; 3];

fn begin(word: &str) -> Begin {
    let mut letters = word.chars();
    [letters.next(), letters.next(), letters.next()]
}

impl Forms {
    /// Of a document's mentions. Of more than `few` words an index is made.
    pub(super) fn of(given: &Given<'_>, doc: &Document, few: usize) -> Self {
        let (mut lasts, mut firsts) = (Vec::new(), Vec::new());
        for mention in doc.mentions.iter().filter(|m| m.kind == EntityType::Person) {
            let Some(last) = last_word(given, doc, mention.tokens) else {
                continue;
            };
            let first = mention.tokens.start as usize;
            let word = given.known.words[first];
            let key = |word| given.known.facts(word).key();
            let form = |word, beside| (begin(given.known.facts(word).lower()), word, beside);
            if first < last && word != WordId::NONE && doc.tokens[first].kind != TokenKind::Initial
            {
                lasts.push(form(given.known.words[last], key(word)));
                firsts.push(form(word, key(given.known.words[last])));
            } else {
                lasts.push(form(given.known.words[last], 0));
            }
        }
        Forms {
            last: FormList::of(given, lasts, few),
            first: FormList::of(given, firsts, few),
        }
    }
}

impl FormList {
    fn of(given: &Given<'_>, mut forms: Vec<Form>, few: usize) -> Self {
        forms.sort_unstable();
        forms.dedup();
        let index = (forms.len() > few).then(|| {
            let (mut index, mut at) = (Vec::new(), 0u32);
            for words in forms.chunk_by(|a, b| a.1 == b.1) {
                // A word stands at its first row.
                let lower = folded(given.known.facts(words[0].1).lower());
                given
                    .morphology()
                    .form_numbers(&lower, |number| index.push((number, at)));
                at += words.len() as u32;
            }
            index.sort_unstable();
            index.dedup();
            index
        });
        FormList { forms, index }
    }

    /// Other words that begin like `word` and may be forms of a word in `nominatives`, as many times as they stand beside
    /// different words; `beside` is the key of the other word of the name.
    fn others<'n>(
        &self,
        given: &Given<'_>,
        word: WordId,
        beside: u64,
        nominatives: impl Iterator<Item = Option<&'n Box<str>>>,
    ) -> Vec<String> {
        let here = begin(given.known.facts(word).lower());
        let other = |&&(begin, f, other): &&Form| {
            begin == here && f != word && (other == 0 || beside == 0 || other == beside)
        };
        let text = |form: &Form| folded(given.known.facts(form.1).lower());
        let Some(index) = &self.index else {
            let from = self.forms.partition_point(|(begin, ..)| *begin < here);
            let alike = self.forms[from..].iter().take_while(|f| f.0 == here);
            return alike.filter(other).map(text).collect();
        };
        let mut places: Vec<u32> = Vec::new();
        for nominative in nominatives.flatten() {
            given
                .morphology()
                .nominative_numbers(&folded(nominative), |number| {
                    let from = index.partition_point(|(n, _)| *n < number);
                    let found = index[from..].iter().take_while(|(n, _)| *n == number);
                    places.extend(found.map(|(_, place)| *place));
                });
        }
        places.sort_unstable();
        places.dedup();
        let mut found = Vec::new();
        for place in places {
            let rows = &self.forms[place as usize..];
            let (begin, f, _) = rows[0];
            let upto = rows.partition_point(|row| (row.0, row.1) == (begin, f));
            // No more of one word count. Rows of a word are in the order of the words beside it, none first.
            let at = rows[..upto].partition_point(|row| row.2 < beside);
            let beside_it = rows[..upto].get(at).filter(|_| at > 0 && beside > 0);
            let rows = rows[..upto].iter().take(match beside {
                0 => OTHER_FORMS,
                _ => 1,
            });
            found.extend(rows.chain(beside_it).filter(other).map(text));
        }
        found
    }
}

/// The different readings of mentions whose words may be forms of the same words, of each the first few. Looked up by key, so that
/// the time does not grow with the square of a document's mentions.
pub(super) struct SameWords<'a> {
    /// By key, then in order of the text.
    readings: Vec<(u64, &'a Arc<[Reading]>)>,
}

impl<'a> SameWords<'a> {
    pub(super) fn of(found: &'a [Found]) -> Self {
        let mut all: Vec<(u64, &Arc<[Reading]>)> = found
            .iter()
            .filter_map(|f| f.readings.as_ref().map(|r| (f.key, r)))
            .collect();
        all.sort_by_key(|(key, _)| *key);
        let mut readings: Vec<(u64, &Arc<[Reading]>)> = Vec::with_capacity(all.len());
        for (key, r) in all {
            let known = readings.iter().rev().take_while(|(k, _)| *k == key);
            // One of them may be the asker's own.
            let (mut count, mut is_known) = (0, false);
            for (_, other) in known {
                count += 1;
                is_known |= Arc::ptr_eq(r, other);
            }
            if !is_known && count <= OTHER_FORMS {
                readings.push((key, r));
            }
        }
        SameWords { readings }
    }

    fn of_key(&self, key: u64) -> impl Iterator<Item = &'a Arc<[Reading]>> {
        let from = self.readings.partition_point(|(k, _)| *k < key);
        self.readings[from..]
            .iter()
            .take_while(move |(k, _)| *k == key)
            .map(|(_, r)| *r)
    }
}

/// What another form of the surname in the document weighs for a reading of which it can be a form.
const OTHER_FORM: f32 = 1.6;

/// So many of them count.
const OTHER_FORMS: usize = 3;

/// The most that another mention of the same words counts against a reading that it does not have, or has as a worse one.
const OTHER_MENTION: f32 = 3.0;

/// The reading that is the likeliest by itself, by the other mentions of the same words, and by the other forms in which the
/// document has them: «Масса» beside «Массе» is Масса, beside «Массом» it is Масс.
pub(super) fn choose<'a>(
    given: &Given<'_>,
    found: &'a Found,
    same: &SameWords<'_>,
    forms: &Forms,
) -> Option<&'a Reading> {
    let morphology = given.morphology();
    let readings = found.readings.as_ref()?;
    let words = &found.words;
    let first = readings.first()?;
    if readings[1..].iter().all(|r| r.words == first.words) {
        return Some(first);
    }
    let key = |word: &Word| given.known.at(word.token).key();
    let own = words.last()?;
    // A surname beside another given name is another person's.
    let full = words.first().filter(|w| words.len() > 1 && !w.initial);
    let others =
        |list: &FormList, word: &Word, beside, nominative: fn(&Reading) -> Option<&Box<str>>| {
            let nominatives = readings.iter().map(nominative);
            list.others(given, given.known.words[word.token], beside, nominatives)
        };
    let surnames = others(&forms.last, own, full.map_or(0, key), |r| r.words.last());
    let given = full.map_or_else(Vec::new, |w| {
        others(&forms.first, w, key(own), |r| r.words.first())
    });
    let mentions: Vec<&Arc<[Reading]>> = same
        .of_key(found.key)
        .filter(|r| !Arc::ptr_eq(r, readings))
        .take(OTHER_FORMS)
        .collect();
    if surnames.is_empty() && given.is_empty() && mentions.is_empty() {
        return Some(first);
    }
    let fitting = |others: &[String], word: Option<&Box<str>>, sex: Option<Sex>| {
        let name = word.map_or_else(String::new, |w| folded(w));
        let fits = |other: &&String| {
            compared();
            **other == name || !morphology.could_be_form_of(&name, other, sex).is_empty()
        };
        OTHER_FORM * others.iter().filter(fits).count().min(OTHER_FORMS) as f32
    };
    let weight = |r: &Reading| {
        let against: f32 = mentions
            .iter()
            .map(|other| {
                let best = other.first().map_or(0.0, |r| r.score);
                let same = other
                    .iter()
                    .find(|o| o.words == r.words && (o.sex == r.sex || o.sex.is_none()));
                same.map_or(OTHER_MENTION, |o| (best - o.score).min(OTHER_MENTION))
            })
            .sum();
        r.score - against
            + fitting(&surnames, r.words.last(), r.sex)
            + fitting(&given, r.words.first(), r.sex)
    };
    let mut best = (weight(first), first);
    for reading in &readings[1..] {
        let weight = weight(reading);
        if weight > best.0 {
            best = (weight, reading);
        }
    }
    Some(best.1)
}
