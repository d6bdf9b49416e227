//! Noun phrases in the nominative: names of organisations, positions, groups, counted nouns.
//!
//! The head is the first noun; the adjectives, participles and determiners before it agree with it and are brought into the
//! nominative with it, number kept; what follows the head stays («пресс-службой Верховного суда»: «пресс-служба Верховного
//! суда»), save for a second head joined by «и» in the same case («главой и основателем»).
//! Invariant: as many words come out as went in.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::morphology::Morphology;
use super::reading::Reading;
use super::tag::{Case, Gender, Number, Pos, Tag, VerbForm};
use super::writing::restore_case;
use crate::letters;

/// Words of a phrase that are looked at for its head.
const HORIZON: usize = 8;

/// Phrases that a thread keeps with their nominatives before it starts afresh: a few megabytes.
const KEPT: usize = 20_000;

thread_local! {
    /// Nominatives of phrases that were worked out before: news say the same phrases again and again. They depend on nothing
    /// but the compiled-in dictionary.
    static KNOWN: RefCell<HashMap<Box<str>, Vec<String>, FxBuildHasher>> = RefCell::default();
    /// The same of their words.
    static BENT: RefCell<Bent> = RefCell::default();
}

/// A word in lower case -> reading, number and gender that were asked for, and the nominative.
type Bent = HashMap<Box<str>, Vec<(Form, Option<Rc<str>>)>, FxBuildHasher>;
type Form = (usize, &'static str, Option<&'static str>);

/// A word of a phrase.
#[derive(Clone, Copy)]
pub(crate) struct PhraseWord<'a> {
    /// As written.
    text: &'a str,
    /// Its readings, where they are known already.
    readings: Option<&'a [Reading]>,
}

impl<'a> PhraseWord<'a> {
    /// A word of which nothing is known.
    const fn new(text: &'a str) -> Self {
        PhraseWord {
            text,
            readings: None,
        }
    }

    /// A word with its readings by the lexicon. With marks inside it the lexicon may have it in another spelling; it is read anew
    /// then.
    pub(crate) fn with_readings(text: &'a str, readings: &'a [Reading]) -> Self {
        let known = !readings.is_empty() && letters::is_plain(text);
        PhraseWord {
            text,
            readings: known.then_some(readings),
        }
    }
}

impl Reading {
    fn is_noun(&self) -> bool {
        matches!(self.tag.pos, Pos::Noun | Pos::Name) && self.tag.case != Case::None
    }

    fn is_modifier(&self) -> bool {
        let adjective = matches!(self.tag.pos, Pos::Adjective | Pos::Determiner)
            || (self.tag.pos == Pos::Verb && self.tag.verb_form == VerbForm::Participle);
        adjective && !self.tag.short && self.tag.case != Case::None
    }

    fn agrees(&self, head: &Tag) -> bool {
        self.tag.case == head.case
            && self.tag.number == head.number
            && (head.number == Number::Plural
                || self.tag.gender == Gender::None
                || head.gender == Gender::None
                || self.tag.gender == head.gender)
            && !(head.case == Case::Accusative
                && self.tag.animate.is_some()
                && head.animate.is_some()
                && self.tag.animate != head.animate)
    }
}

impl Morphology {
    /// A noun phrase in the nominative, its words joined by spaces.
    ///
    /// ```
    /// # let morphology = glagol::morph::Morphology::new()?;
    /// assert_eq!(morphology.phrase_nominative(&["местных", "жителей"]), "местные жители");
    /// # Ok::<(), glagol::Error>(())
    /// ```
    pub fn phrase_nominative(&self, words: &[&str]) -> String {
        self.phrase_nominative_words(words).join(" ")
    }

    /// The same, word by word, so that the caller can put back the marks that stood between the words.
    pub fn phrase_nominative_words(&self, words: &[&str]) -> Vec<String> {
        let words: Vec<PhraseWord<'_>> = words.iter().map(|w| PhraseWord::new(w)).collect();
        self.known_phrase_nominative(&words)
    }

    /// The same for words of which the readings may be known.
    pub(crate) fn known_phrase_nominative(&self, words: &[PhraseWord<'_>]) -> Vec<String> {
        let mut key = String::with_capacity(24 * words.len());
        for word in words {
            key.push_str(word.text);
            // No word holds the end of a line.
            key.push('\n');
        }
        if let Some(known) = KNOWN.with_borrow(|known| known.get(key.as_str()).cloned()) {
            return known;
        }
        let out = self.bend_phrase(words, false);
        KNOWN.with_borrow_mut(|known| {
            if known.len() >= KEPT {
                known.clear();
            }
            known.insert(key.into_boxed_str(), out.clone());
        });
        out
    }

    /// The same for a phrase that is known to stand in another case: «обвинения» is «обвинение» then, not several.
    pub(crate) fn oblique_nominative_words(&self, words: &[PhraseWord<'_>]) -> Vec<String> {
        self.bend_phrase(words, true)
    }

    fn bend_phrase(&self, words: &[PhraseWord<'_>], oblique: bool) -> Vec<String> {
        // «одного из участников»: the numeral is the head.
        if words.len() > 2 && words[1].text == "из" {
            let head = match words[0].text {
                "одного" | "одному" | "одним" | "одном" => Some("один"),
                "одной" | "одну" => Some("одна"),
                _ => None,
            };
            if let Some(head) = head {
                let rest = words[1..].iter().map(|w| w.text.to_owned());
                return std::iter::once(head.to_owned()).chain(rest).collect();
            }
        }
        let mut out: Vec<String> = words.iter().map(|w| w.text.to_owned()).collect();
        let forms: Vec<Cow<'_, [Reading]>> = words
            .iter()
            .take(HORIZON)
            .map(|w| match w.readings {
                Some(readings) => Cow::Borrowed(readings),
                None => Cow::Owned(self.readings_of(w.text)),
            })
            .collect();
        let Some((head, tag)) = best_head(&forms, oblique) else {
            if let (Some(first), Some(word)) = (out.first_mut(), words.first())
                && let Some(bare) = bare_acronym(word.text)
            {
                bare.clone_into(first);
            }
            return out;
        };
        if let Some(bare) = bare_acronym(words[head].text) {
            bare.clone_into(&mut out[head]);
            return out;
        }
        if tag.case == Case::Nominative {
            return out;
        }
        self.bend(&mut out, &forms, 0, head, &tag);
        // «главой и основателем», but not «министром обороны и торговли»: a genitive there belongs to what stands before.
        if tag.case != Case::Genitive
            && words.get(head + 1).is_some_and(|w| w.text == "и")
            && let Some((second, other)) = best_head(forms.get(head + 2..).unwrap_or(&[]), oblique)
            && other.case == tag.case
            && !forms[head + 2 + second]
                .iter()
                .any(|f| f.is_noun() && f.tag.case == Case::Genitive)
        {
            self.bend(&mut out, &forms, head + 2, head + 2 + second, &other);
        }
        out
    }

    /// The noun of an amount in the nominative singular: «предприятиями», «предприятий»: «предприятие».
    pub fn counted_noun(&self, word: &str) -> String {
        let readings = self.readings_of(word);
        let best = readings
            .iter()
            .filter(|f| f.is_noun())
            .max_by(|a, b| a.chance.total_cmp(&b.chance))
            .or_else(|| readings.iter().find(|f| f.is_modifier()));
        match best {
            Some(reading) => restore_case(word, &reading.lemma),
            None => word.to_owned(),
        }
    }

    /// Readings of a word as written; none for what has no Cyrillic letter.
    fn readings_of(&self, word: &str) -> Vec<Reading> {
        let lower = folded(word);
        match lower.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c)) {
            true => self.readings(&lower),
            false => Vec::new(),
        }
    }

    /// Brings the words from `first` to the head into the nominative of the head's number.
    fn bend(
        &self,
        out: &mut [String],
        forms: &[Cow<'_, [Reading]>],
        first: usize,
        head: usize,
        tag: &Tag,
    ) {
        let number = if tag.number == Number::Plural {
            "Plur"
        } else {
            "Sing"
        };
        let gender = match tag.gender {
            Gender::Feminine => "Fem",
            Gender::Neuter => "Neut",
            _ => "Masc",
        };
        for i in first..=head {
            let form = forms[i].iter().position(|f| match i == head {
                true => f.is_noun() && f.tag == *tag,
                false => f.is_modifier() && f.agrees(tag),
            });
            let Some(reading) = form else { continue };
            let gender = (i < head && tag.number != Number::Plural).then_some(gender);
            if let Some(bent) = self.bend_word(&folded(&out[i]), reading, number, gender) {
                out[i] = restore_case(&out[i], &bent);
            }
        }
    }

    /// The nominative of a lower-cased word in one of its readings, in a number and, for a modifier, a gender of UD.
    fn bend_word(
        &self,
        lower: &str,
        reading: usize,
        number: &'static str,
        gender: Option<&'static str>,
    ) -> Option<Rc<str>> {
        let form = (reading, number, gender);
        let known = |words: &Bent| {
            let bent = words.get(lower)?.iter().find(|(known, _)| *known == form)?;
            Some(bent.1.clone())
        };
        if let Some(bent) = BENT.with_borrow(known) {
            return bent;
        }
        let mut features = vec![("Case", "Nom"), ("Number", number)];
        features.extend(gender.map(|gender| ("Gender", gender)));
        // Readings stand in the order of the analyses that they were made from.
        let analysis = self.dictionary.analyze(lower).into_iter().nth(reading)?;
        let bent = self.dictionary.inflect(&analysis, &features);
        let bent: Option<Rc<str>> = bent.map(|bent| bent.word.to_lowercase().into());
        BENT.with_borrow_mut(|words| {
            if words.len() >= KEPT {
                words.clear();
            }
            let forms = words.entry_ref(lower).or_default();
            forms.push((form, bent.clone()));
        });
        bent
    }
}

/// Lower case, without soft hyphens and stress marks.
fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{300}' | '\u{301}' | '\u{200B}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The head of a phrase and its tag: the first word that can be a noun agreeing with the modifiers before it.
fn best_head(forms: &[Cow<'_, [Reading]>], oblique: bool) -> Option<(usize, Tag)> {
    for (i, word) in forms.iter().enumerate() {
        let modifiers = &forms[..i];
        let mut best: Option<(f32, Tag)> = None;
        // An accusative that looks like the nominative is the last that an oblique form is taken for.
        let bent = |f: &Reading| match f.tag.case {
            Case::Nominative => 0,
            Case::Accusative if f.tag.animate == Some(false) => 1,
            _ => 2,
        };
        let most = if oblique {
            word.iter().filter(|f| f.is_noun()).map(bent).max()
        } else {
            None
        };
        for noun in word.iter().filter(|f| f.is_noun()) {
            if most.is_some_and(|most| bent(noun) < most) {
                continue;
            }
            let mut chance = noun.chance.max(1e-4);
            for modifier in modifiers {
                if !modifier.iter().any(Reading::is_modifier) {
                    continue;
                }
                let agreeing: f32 = modifier
                    .iter()
                    .filter(|f| f.is_modifier() && f.agrees(&noun.tag))
                    .map(|f| f.chance)
                    .sum();
                chance *= agreeing.max(1e-6);
            }
            if best.as_ref().is_none_or(|(b, _)| chance > *b) {
                best = Some((chance, noun.tag));
            }
        }
        let likelier_modifier = word
            .iter()
            .filter(|f| f.is_modifier())
            .map(|f| f.chance)
            .sum::<f32>()
            > word
                .iter()
                .filter(|f| f.is_noun())
                .map(|f| f.chance)
                .sum::<f32>();
        // «рабочим визитом», «следственным комитетом»: an adjective that could be a noun is none where a noun follows in
        // agreement; «рабочими завода» has no such noun.
        if let Some((_, tag)) = best
            && !(likelier_modifier && later_head(&forms[i..]))
        {
            return Some((i, tag));
        }
    }
    None
}

/// Whether the first word of `forms`, read as a modifier, agrees with a noun that follows.
fn later_head(forms: &[Cow<'_, [Reading]>]) -> bool {
    let Some((first, rest)) = forms.split_first() else {
        return false;
    };
    for word in rest {
        let agrees = word
            .iter()
            .filter(|f| f.is_noun())
            .any(|noun| first.iter().any(|f| f.is_modifier() && f.agrees(&noun.tag)));
        if agrees {
            return true;
        }
        if !word.iter().any(Reading::is_modifier) {
            return false;
        }
    }
    false
}

/// An acronym without the case ending that was put to it: «МИДом»: «МИД».
fn bare_acronym(word: &str) -> Option<&str> {
    let capitals = word.chars().take_while(|c| c.is_uppercase()).count();
    let bare_end = word.char_indices().nth(capitals).map(|(i, _)| i)?;
    let (bare, ending) = word.split_at(bare_end);
    let known = matches!(
        ending,
        "а" | "у" | "ом" | "ем" | "е" | "ы" | "ов" | "ам" | "ами" | "ах" | "я" | "ю" | "и"
    );
    (capitals >= 2 && known).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_come_out_in_the_nominative() {
        let morphology = Morphology::new().expect("loads");
        for (phrase, nominative) in [
            (
                "пресс-службой Верховного суда",
                "пресс-служба Верховного суда",
            ),
            ("местных жителей", "местные жители"),
            ("местным жителям", "местные жители"),
            (
                "Министерством иностранных дел",
                "Министерство иностранных дел",
            ),
            ("Министерства обороны России", "Министерство обороны России"),
            (
                "бывшего премьер-министра страны",
                "бывший премьер-министр страны",
            ),
            (
                "первым заместителем председателя правления",
                "первый заместитель председателя правления",
            ),
            (
                "главой и основателем компании",
                "глава и основатель компании",
            ),
            ("Следственным комитетом", "Следственный комитет"),
            ("Следственном комитете", "Следственный комитет"),
            ("Государственной думы", "Государственная дума"),
            ("МИДом Казахстана", "МИД Казахстана"),
            ("НАТО", "НАТО"),
            ("Советом безопасности", "Совет безопасности"),
            ("рабочими завода", "рабочие завода"),
            ("сотрудниками", "сотрудники"),
            (
                "ведущего научного сотрудника института",
                "ведущий научный сотрудник института",
            ),
            ("пресс-секретарю президента", "пресс-секретарь президента"),
            (
                "представительницей ведомства",
                "представительница ведомства",
            ),
            (
                "Всемирной организацией здравоохранения",
                "Всемирная организация здравоохранения",
            ),
            ("учёных", "учёные"),
            ("Европейским союзом", "Европейский союз"),
            ("Соединённых Штатов", "Соединённые Штаты"),
            ("Национального банка", "Национальный банк"),
            ("министр обороны", "министр обороны"),
            ("White House", "White House"),
        ] {
            let words: Vec<&str> = phrase.split(' ').collect();
            assert_eq!(morphology.phrase_nominative(&words), nominative, "{phrase}");
        }
        assert_eq!(morphology.phrase_nominative(&[]), "");
    }

    #[test]
    fn counted_nouns_come_out_in_the_singular() {
        let morphology = Morphology::new().expect("loads");
        for (word, noun) in [
            ("предприятиями", "предприятие"),
            ("предприятий", "предприятие"),
            ("человек", "человек"),
            ("тракторов", "трактор"),
            ("встречи", "встреча"),
            ("рабочих", "рабочий"),
        ] {
            assert_eq!(morphology.counted_noun(word), noun);
        }
    }
}
