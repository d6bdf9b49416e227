//! How far a noun phrase goes behind its head: genitives, names, marks, prepositional attributes, words joined by «и».
//!
//! Input: a head and the end of its range; output: one past the last token that belongs to it. Invariant: a phrase only grows,
//! and never past the end of its range.

use super::case::{Wanted, complement, names_in};
use super::{read, skip_prepositional};
use crate::document::{EntityType, TokenRange};
use crate::document::{Gap, LetterCase, Side, TokenKind};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::morph::Case;
use crate::view::View;

/// Takes in what belongs to the head: genitives, names, marks, prepositional attributes. Whether a person's name is among it.
pub(super) fn extend(
    view: &View<'_>,
    head: usize,
    stop: &mut usize,
    end: usize,
    wanted: Wanted,
    mut person: bool,
) -> bool {
    while *stop < end {
        let j = *stop;
        if view.token(j).gap >= Gap::Paragraph {
            break;
        }
        let facts = view.facts(j);
        let grammar = facts.grammar;
        let same = view.mention_at(j).is_some() && view.mention_at(j) == view.mention_at(j - 1);
        if same {
            *stop += 1;
            continue;
        }
        match view.kind(j) {
            // «главы МИД «Вестник» объяснил»: two names.
            TokenKind::Quote
                if view.entity_at(j - 1) == Some(EntityType::Organisation)
                    && j + 1 < end
                    && view.is_outlet(view.mention_at(j + 1)) =>
            {
                break;
            }
            TokenKind::Quote
                if view.token(j).side != Side::Close && !view.is_masked(j) && !person =>
            {
                match view.closing(j, end, 10) {
                    Some(close) => {
                        *stop = close + 1;
                        continue;
                    }
                    None => break,
                }
            }
            TokenKind::Initial => {
                *stop += 1;
                continue;
            }
            TokenKind::Word | TokenKind::Abbreviation | TokenKind::Url | TokenKind::NumberWord => {}
            TokenKind::Number
                if view.mention_at(j - 1).is_some()
                    || view.kind(j - 1) == TokenKind::Word && !person =>
            {
                // «школа 5» but not «глава МИД 5 мая».
                if j + 1 < end && view.function(j + 1, Function::TIME) {
                    break;
                }
                *stop += 1;
                continue;
            }
            _ => break,
        }
        // «по сведениям агентства ТАСС»
        if !person
            && j == head + 1
            && view.facts(head).collective.takes_name()
            && view.entity_at(j) == Some(EntityType::Organisation)
            && view.capital(j)
        {
            let whole = view
                .mention_at(j)
                .map_or(j + 1, |m| view.doc.mentions[m as usize].tokens.end as usize);
            *stop = whole.clamp(j + 1, end);
            continue;
        }
        // «собеседник vesti.ru»
        if view.kind(j) == TokenKind::Url && !person {
            *stop += 1;
            continue;
        }
        if view.entity_at(j) == Some(EntityType::Person) {
            let whole = view
                .mention_at(j)
                .map_or(j + 1, |m| view.doc.mentions[m as usize].tokens.end as usize)
                .min(end);
            // «По словам врачей Ричард Бах …»: a comma is missing.
            if !person
                && wanted != Wanted::Nominative
                && !names_in(view, j, whole, wanted)
                && view.nominative_name(j)
                && view.is_plural(head, true)
            {
                break;
            }
            if !person
                || grammar.any(wanted.noun())
                    && view.token(j).gap == Gap::Space
                    && view.mention_at(j - 1).is_none()
            {
                // «адвокат Иванова» is not Ivanov, «муж Биби» not Bibi.
                person |=
                    names_in(view, j, whole, wanted) && !complement(view, head, j, whole, wanted);
                *stop = whole.max(j + 1);
                continue;
            }
            break;
        }
        if grammar.any(Grammar::FINITE) && !grammar.any(Grammar::GEN) {
            break;
        }
        if !person {
            if grammar.any(Grammar::GEN.or(Grammar::ADJ_GEN))
                && !grammar.any(
                    Grammar::PRONOUN
                        .or(Grammar::PREPOSITION)
                        .or(Grammar::GERUND),
                )
                && !facts.function.any(Function::WHICH)
            {
                *stop += 1;
                continue;
            }
            // «президент РБ»: an abbreviation has no case.
            let abbreviation = view.token(j).case == LetterCase::Upper
                && view.entity_at(j) == Some(EntityType::Place);
            if view.foreign_name(j) || abbreviation {
                *stop += 1;
                continue;
            }
            if view.capital(j) && grammar.any(wanted.noun()) && view.mention_at(j).is_some() {
                *stop += 1;
                continue;
            }
            if grammar.any(Grammar::ADVERB) && view.lower(j) == "же" {
                break;
            }
            // «члены её семьи»
            if grammar.any(Grammar::POSSESSIVE)
                && j + 1 < end
                && view.grammar(j + 1, Grammar::GEN.or(Grammar::ADJ_GEN))
                && view.token(j + 1).is_wordlike()
            {
                *stop += 2;
                continue;
            }
            // «сторонники более жёстких мер»
            if view.function(j, Function::DEGREE)
                && j + 1 < end
                && view.grammar(j + 1, Grammar::ADJ_GEN)
            {
                *stop += 1;
                continue;
            }
            // «ответили на вопрос редакции»: it belongs to the verb.
            let reply =
                view.lower(j) == "на" && j + 1 < end && view.function(j + 1, Function::REPLY);
            if reply {
                break;
            }
            let attribute = view.function(j, Function::ATTRIBUTIVE)
                && grammar.any(Grammar::PREPOSITION)
                && view.mention_at(head).is_none_or(|m| {
                    view.doc.mentions[m as usize].kind == EntityType::Position
                        || view.doc.mentions[m as usize].generic
                });
            if attribute {
                let after = skip_prepositional(view, j, end, Agreement::ANY);
                // «в интервью», «на встрече» tell where; «из участников встречи» does not.
                let governed = (j + 1..after).find(|&t| {
                    view.grammar(t, Grammar::ANY_NOUN) && !view.grammar(t, Grammar::ANY_ADJECTIVE)
                });
                let setting = governed.is_some_and(|t| {
                    view.function(t, Function::SETTING.or(Function::TIME))
                        || view.lower(j) == "в" && view.function(t, Function::DOCUMENT)
                }) || view.function(head, Function::TIME);
                let numbers = (j + 1..after).any(|t| view.kind(t) == TokenKind::Number);
                if !setting && !numbers && after > j + 1 {
                    *stop = after;
                    continue;
                }
            }
        } else if view.foreign_name(j) && view.foreign_name(j - 1)
            || grammar.any(Grammar::NAME) && view.capital(j) && grammar.any(wanted.noun())
        {
            *stop += 1;
            continue;
        }
        // Names that nobody marked: «президент Сагынбаев».
        if view.capital(j)
            && grammar.any(Grammar::NAME)
            && grammar.any(wanted.noun())
            && !grammar.any(Grammar::FINITE)
        {
            person = true;
            *stop += 1;
            continue;
        }
        // «премьер-министр» after an adjective run, «президент страны лидер партии»: appositions of common nouns.
        if wanted == Wanted::Nominative
            && !person
            && grammar.any(Grammar::NOM)
            && grammar.any(Grammar::ANIMATE)
            && view
                .facts(head)
                .grammar
                .any(Grammar::ANIMATE.or(Grammar::NAME))
        {
            *stop += 1;
            continue;
        }
        // «директор департамента по связям с общественностью и информации»: the complement goes on.
        if view.function(j, Function::AND)
            && j + 1 < end
            && j - 1 > head
            && !person
            && view.entity_at(j - 1) != Some(EntityType::Person)
            && let Some(after) = (head + 1..j)
                .rev()
                .find_map(|at| coordinated(view, at, j + 1, end))
        {
            *stop = after;
            continue;
        }
        if view.function(j, Function::AND) && j + 1 < end {
            // «министр и депутат», «Иванов и Петров».
            let several = |i: usize| view.is_plural(i, wanted != Wanted::Nominative);
            if let Some(next) = read(view, j + 1, end, wanted, Agreement::ANY)
                && (next.weight >= 3
                    || next.weight >= 2 && several(head) && several(next.head)
                    || view.entity_at(head) == Some(EntityType::Place)
                        && view.entity_at(next.head) == Some(EntityType::Place))
                && !view.has_predicate(j + 1..next.end)
            {
                *stop = next.end;
                continue;
            }
        }
        break;
    }
    // A name in marks keeps both of them.
    if *stop < end
        && view.kind(*stop) == TokenKind::Quote
        && view.token(*stop).side != Side::Open
        && !view.is_masked(*stop)
    {
        let marks = (head..*stop)
            .filter(|&i| view.kind(i) == TokenKind::Quote)
            .count();
        *stop += marks % 2;
    }
    person
}

/// A nameless source with what says behind a comma how it knows: «источник, близкий к следствию», «собеседник, знакомый с
/// ситуацией». `end` is where the words behind the comma end.
pub fn with_attribute(
    view: &View<'_>,
    source: &SourcePhrase,
    end: Option<usize>,
) -> Option<SourcePhrase> {
    let comma = source.tokens.end as usize;
    let (from, end) = (comma + 1, end?);
    if from + 1 >= end || view.kind(comma) != TokenKind::Comma {
        return None;
    }
    let knows = view.function(from, Function::INSIDER)
        && view.readings(from).iter().any(|r| r.tag.case != Case::None);
    let whole =
        (from..end).all(|i| !view.grammar(i, Grammar::FINITE) || view.mention_at(i).is_some());
    (knows && whole).then(|| SourcePhrase {
        tokens: TokenRange::new(source.tokens.start as usize, end),
        ..source.clone()
    })
}

/// One past the noun that begins at `from` (with its adjectives) and stands in the same oblique case as the word at `at`.
pub fn coordinated(view: &View<'_>, at: usize, from: usize, end: usize) -> Option<usize> {
    let cases = |i: usize| {
        let bits = view.facts(i).grammar.0;
        (bits | bits >> 6) & 0x3E
    };
    let mut wanted = cases(at);
    if wanted == 0 {
        return None;
    }
    let mut i = from;
    while i < end
        && i < from + 3
        && view.grammar(i, Grammar::ANY_ADJECTIVE)
        && !view.grammar(i, Grammar::ANY_NOUN.or(Grammar::FINITE))
    {
        wanted &= cases(i);
        i += 1;
    }
    let noun = i < end
        && view.token(i).is_wordlike()
        && view.grammar(i, Grammar::ANY_NOUN)
        && !view.grammar(
            i,
            Grammar::PRONOUN
                .or(Grammar::FINITE)
                .or(Grammar::PREPOSITION),
        )
        && view
            .readings(i)
            .first()
            .is_none_or(|r| r.tag.case != Case::Nominative)
        && !matches!(
            view.entity_at(i),
            Some(EntityType::Person | EntityType::Position)
        )
        && wanted & cases(i) != 0;
    noun.then_some(i + 1)
}
