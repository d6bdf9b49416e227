//! Number + counted noun: which noun a number counts, how far its phrase goes, and the noun in the nominative singular.
//!
//! Russian: adjectives and a noun whose form the number governs («двух новых школ», «5 стран», «трое военных»).
//! English has no endings to go by: a run of words up to the first plural.

use super::cursor::Cursor;
use super::number::{Number, Tail};
use super::words::{Roles, fold};
use crate::document::{LetterCase, TokenKind};
use crate::morph::{Case, Number as Grammatical, Pos, Reading, VerbForm};

/// Words between a number and its noun.
const REACH: usize = 6;

/// Share of the readings of a word that its reading as the counted noun must have.
const LEAST_CHANCE: f32 = 0.04;

/// The noun counted by a number that ends before token `i`: one past it, and its nominative singular.
pub(super) fn noun_after(c: &Cursor<'_>, i: usize, number: &Number) -> Option<(usize, String)> {
    if c.english() {
        english(c, i)
    } else {
        russian(c, i, number)
    }
}

fn russian(c: &Cursor<'_>, i: usize, number: &Number) -> Option<(usize, String)> {
    // «двое из её детей»: a collective may count out of a group that is named.
    let mut i = i;
    let mut tail = number.tail;
    if tail == Tail::Collective && c.is_lower(i, &["из"]) && c.follows(i) {
        i += 1;
        tail = Tail::Plural;
    }
    // The last adjective that may itself be the head, should no noun follow.
    let mut head: Option<(usize, String)> = None;
    for at in i..i + REACH {
        if !c.follows(at)
            || c.kind(at) != Some(TokenKind::Word) && c.kind(at) != Some(TokenKind::Abbreviation)
        {
            break;
        }
        let facts = c.word(at);
        let Some(word) = c.facts(at) else { break };
        // «действующих и отставных силовиков»
        if at > i && c.is_lower(at, &["и", "или"]) && noun_ahead(c, at + 1, tail, number.case) {
            let next = c.facts(at + 1);
            if next.is_some_and(|f| modifier(&f.readings, tail, number.case)) {
                continue;
            }
        }
        if facts.is(Roles::NUMERAL) && !facts.is(Roles::ORDINAL) {
            break;
        }
        let noun = counted(&word.readings, tail, number.case);
        let timely = facts.is(Roles::UNCOUNTED)
            || facts.is(Roles::MONTH)
            || (facts.is(Roles::UNIT) && at == i)
            || facts.is(Roles::PERCENT);
        let modifies = modifier(&word.readings, tail, number.case) || possessive(&word.readings);
        if let Some(lemma) = noun {
            if timely {
                return None;
            }
            // «рабочих мест»: a word that can be both goes on to the noun behind it.
            let goes_on = modifies && noun_ahead(c, at + 1, tail, number.case);
            if !goes_on {
                let upper = c.token(at).is_some_and(|t| t.case == LetterCase::Upper);
                let name = if upper {
                    c.slice(at).to_owned()
                } else {
                    with_prefix(c.slice(at), lemma)
                };
                return Some((at + 1, name));
            }
            head = Some((at + 1, lemma));
            continue;
        }
        if acronym(c, at, &word.readings) {
            return Some((at + 1, c.slice(at).to_owned()));
        }
        if timely {
            return None;
        }
        if modifies {
            if let Some(lemma) = substantive(&word.lower, &word.readings, tail) {
                head = Some((at + 1, lemma));
            }
            continue;
        }
        // «тяжело раненных»
        let adverb = word
            .readings
            .iter()
            .any(|r| r.tag.pos == Pos::Adverb && r.chance > 0.3);
        if adverb
            && c.facts(at + 1)
                .is_some_and(|next| modifier(&next.readings, tail, number.case))
        {
            continue;
        }
        break;
    }
    head
}

/// Whether a counted noun follows at `at`, with adjectives of its own perhaps.
fn noun_ahead(c: &Cursor<'_>, at: usize, tail: Tail, shown: Case) -> bool {
    for k in at..at + 3 {
        if !c.follows(k) || c.kind(k) != Some(TokenKind::Word) {
            return false;
        }
        let Some(next) = c.facts(k) else { return false };
        let noun = counted(&next.readings, tail, shown).is_some()
            && next.readings.iter().any(|r| r.tag.pos == Pos::Noun)
            && (tail != Tail::Collective || animate(&next.readings));
        if noun {
            return true;
        }
        if !modifier(&next.readings, tail, shown) {
            return false;
        }
    }
    false
}

/// Whether a noun or adjective may stand in this case and number after the number.
fn governed(case: Case, count: Grammatical, tail: Tail, shown: Case) -> bool {
    let plural = count == Grammatical::Plural;
    let singular = count == Grammatical::Singular;
    if shown != Case::None && tail != Tail::Scale {
        return plural && case == shown;
    }
    let oblique = matches!(
        case,
        Case::Genitive | Case::Dative | Case::Instrumental | Case::Locative | Case::Accusative
    );
    match tail {
        Tail::Paucal => (singular && case == Case::Genitive) || (plural && oblique),
        Tail::Plural | Tail::Collective => plural && oblique,
        Tail::Singular => singular,
        Tail::Scale => plural && case == Case::Genitive,
        Tail::Fraction => (singular || plural) && case == Case::Genitive,
    }
}

/// The lemma of the reading as a noun that the number governs.
fn counted(readings: &[Reading], tail: Tail, shown: Case) -> Option<String> {
    let fits = |r: &&Reading| {
        r.tag.pos == Pos::Noun
            && ((r.tag.case == Case::None && !r.guessed)
                || (governed(r.tag.case, r.tag.number, tail, shown)
                    // «5 стали»: the accusative is told from the nominative by living beings alone.
                    && !(r.tag.case == Case::Accusative
                        && tail != Tail::Singular
                        && r.tag.animate != Some(true)
                        && !r.tag.indeclinable)))
    };
    let chance: f32 = readings.iter().filter(fits).map(|r| r.chance).sum();
    let verb: f32 = readings
        .iter()
        .filter(|r| r.tag.pos == Pos::Verb && r.tag.verb_form == VerbForm::Finite)
        .map(|r| r.chance)
        .sum();
    if chance < LEAST_CHANCE || (verb > 0.5 && chance < 0.25) {
        return None;
    }
    let best = readings
        .iter()
        .filter(fits)
        .fold(None, |best: Option<&Reading>, r| match best {
            Some(b) if b.chance >= r.chance => Some(b),
            _ => Some(r),
        })?;
    Some(singular_of(&best.lemma))
}

/// «IT-компаний» keeps the capitals of its first part.
fn with_prefix(form: &str, lemma: String) -> String {
    match (form.split_once('-'), lemma.split_once('-')) {
        (Some((first, _)), Some((lower, rest)))
            if first.chars().count() > 1
                && first.chars().all(char::is_uppercase)
                && first.to_lowercase() == lower =>
        {
            format!("{first}-{rest}")
        }
        _ => lemma,
    }
}

/// Lemmas that are plural themselves stay; «люди» is counted as «человек».
fn singular_of(lemma: &str) -> String {
    match lemma {
        "люди" => "человек".to_owned(),
        "дети" => "ребёнок".to_owned(),
        other => other.to_owned(),
    }
}

fn is_modifier(r: &Reading) -> bool {
    let adjective = matches!(r.tag.pos, Pos::Adjective | Pos::Determiner)
        || (r.tag.pos == Pos::Verb && r.tag.verb_form == VerbForm::Participle)
        || (r.tag.pos == Pos::Numeral
            && r.tag.number == Grammatical::Plural
            && r.tag.case != Case::None);
    adjective && !r.tag.short
}

/// Whether the word can be an adjective of the counted noun. Beside два, три, четыре an adjective may stand in the
/// nominative plural though the noun is singular («две новые школы»).
fn modifier(readings: &[Reading], tail: Tail, shown: Case) -> bool {
    readings.iter().any(|r| {
        if !is_modifier(r) {
            return false;
        }
        let plural = r.tag.number == Grammatical::Plural;
        match tail {
            Tail::Singular => r.tag.number == Grammatical::Singular,
            Tail::Scale => plural && r.tag.case == Case::Genitive,
            Tail::Paucal if shown == Case::None => plural,
            Tail::Fraction => plural,
            _ => plural && governed(r.tag.case, r.tag.number, tail, shown),
        }
    })
}

/// его, её, их before the noun: «пятерым её детям».
fn possessive(readings: &[Reading]) -> bool {
    readings
        .iter()
        .any(|r| r.tag.pos == Pos::Determiner && r.tag.case == Case::None)
}

fn animate(readings: &[Reading]) -> bool {
    readings
        .iter()
        .any(|r| r.tag.pos == Pos::Noun && r.tag.animate == Some(true))
}

/// The nominative singular of an adjective or participle that stands for people: пострадавший, погибший, военный.
fn substantive(form: &str, readings: &[Reading], tail: Tail) -> Option<String> {
    let plural = |r: &&Reading| r.tag.number == Grammatical::Plural && is_modifier(r);
    if tail == Tail::Singular {
        return None;
    }
    let participle = readings
        .iter()
        .filter(plural)
        .any(|r| r.tag.verb_form == VerbForm::Participle);
    if !participle {
        return None;
    }
    let bare = form.strip_suffix("ся").unwrap_or(form);
    let reflexive = if bare.len() < form.len() { "ся" } else { "" };
    [
        ("ыми", "ый"),
        ("ими", "ий"),
        ("ых", "ый"),
        ("их", "ий"),
        ("ым", "ый"),
        ("им", "ий"),
    ]
    .iter()
    .find_map(|(ending, nominative)| {
        bare.strip_suffix(ending)
            .map(|stem| format!("{stem}{nominative}{reflexive}"))
    })
}

/// «5 БПЛА», «20 ДТП», «12 СМИ».
fn acronym(c: &Cursor<'_>, i: usize, readings: &[Reading]) -> bool {
    let upper = c.token(i).is_some_and(|t| t.case == LetterCase::Upper);
    let word = c.slice(i);
    let letters = word.chars().count();
    upper
        && (2..=5).contains(&letters)
        && !c.is(i, Roles::REGION)
        && (c.is(i, Roles::ACRONYM)
            || readings.iter().any(|r| {
                r.tag.pos == Pos::Noun
                    && !r.guessed
                    && (r.tag.case == Case::None || r.tag.indeclinable)
            }))
}

fn english(c: &Cursor<'_>, i: usize) -> Option<(usize, String)> {
    let mut first = i;
    // 48 of her cows
    if c.is_lower(i, &["of"])
        && c.is_lower(i + 1, &["his", "her", "its", "our", "their", "my", "your"])
    {
        first = i + 2;
    }
    let mut at = first;
    while at < first + REACH {
        if !c.follows(at) || !matches!(c.kind(at), Some(TokenKind::Word | TokenKind::Abbreviation))
        {
            return None;
        }
        let facts = c.word(at);
        let lower = c.lower(at);
        if facts.is(Roles::NUMERAL)
            || facts.is(Roles::FUNCTION) && !(at == first && lower == "more")
        {
            return None;
        }
        if facts.is(Roles::UNCOUNTED)
            || facts.is(Roles::MONTH) && c.token(at)?.case == LetterCase::Capital
        {
            return None;
        }
        let unit = facts.is(Roles::UNIT) && c.token(at)?.case != LetterCase::Upper;
        if unit && at == first || facts.is(Roles::PERCENT) {
            return None;
        }
        let name = c.token(at)?.case != LetterCase::Lower;
        if let Some(singular) = c
            .seen
            .tables
            .singular(lower)
            .filter(|_| !name || c.is_plural_name(at))
        {
            // “two sports clubs”: a plural before a plural is an adjective.
            let next = c.lower(at + 1);
            let goes_on = c.follows(at + 1)
                && c.token(at + 1).is_some_and(|t| t.case == LetterCase::Lower)
                && !c.is(at + 1, Roles::FUNCTION)
                && c.is(at, Roles::ATTRIBUTIVE)
                && c.seen.tables.singular(next).is_some();
            if !goes_on {
                // Republicans keep their capital.
                let kept = if name {
                    c.seen.tables.singular(c.slice(at)).unwrap_or(singular)
                } else {
                    singular
                };
                return Some((at + 1, kept));
            }
        }
        at += 1;
    }
    None
}

impl Cursor<'_> {
    /// A capitalised plural that counts: “120 Republicans”, “two House Democrats”, not “5 James Street”.
    fn is_plural_name(&self, i: usize) -> bool {
        let next_capital = self.follows(i + 1)
            && self
                .token(i + 1)
                .is_some_and(|t| t.case == LetterCase::Capital);
        !next_capital && self.token(i).is_some_and(|t| t.case == LetterCase::Capital)
    }
}

/// Whether the number is one of an order, by the word before it: «статья 5», «п. 2», «№ 71», “section 4”.
pub(super) fn is_label(c: &Cursor<'_>, start: usize) -> bool {
    let Some(previous) = c.before(start) else {
        return false;
    };
    if matches!(c.slice(previous), "№" | "§" | "#" | "/" | "=" | "\\") {
        return true;
    }
    c.follows(start) && c.is(previous, Roles::LABEL) && label_form(c, previous)
}

fn label_form(c: &Cursor<'_>, i: usize) -> bool {
    let Some(facts) = c.facts(i) else {
        return false;
    };
    if facts.readings.is_empty() {
        return true;
    }
    fold(&facts.lower).chars().count() <= 4
        || facts
            .readings
            .iter()
            .any(|r| r.tag.number == Grammatical::Singular || r.tag.case == Case::None)
}
