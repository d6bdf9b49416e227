//! Russian noun phrases as sources: where the phrase of a source begins and ends, and whether it fits its verb.
//!
//! Input: a [`View`] and a range of tokens; output: [`Phrase`]s that stand in the nominative (subjects) or another case
//! («по словам» and the genitive). Invariant: a phrase lies inside the range that it was looked for in.

use super::clause::View;
use super::cues::{Agreement, Function, Grammar};
use super::types::SourcePhrase;
use crate::document::{EntityType, Sex, TokenRange};
use crate::morph::{Case, Number, Pos, VerbForm};
use crate::segment::{Gap, LetterCase, Side, TokenKind};

/// A noun phrase that may name a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The token that agrees with the verb.
    pub head: usize,
    /// How likely such a phrase is to speak: people before groups before things.
    pub weight: u8,
}

/// Case that a phrase is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Subjects.
    Nominative,
    /// After «по словам».
    Genitive,
    /// After «согласно».
    Dative,
    /// Object of «цитирует».
    Accusative,
    /// «в ведомстве», «на сайте».
    Locative,
}

impl Wanted {
    const fn case(self) -> Case {
        match self {
            Wanted::Nominative => Case::Nominative,
            Wanted::Genitive => Case::Genitive,
            Wanted::Dative => Case::Dative,
            Wanted::Accusative => Case::Accusative,
            Wanted::Locative => Case::Locative,
        }
    }

    const fn noun(self) -> Grammar {
        match self {
            Wanted::Nominative => Grammar::NOM,
            Wanted::Genitive => Grammar::GEN,
            Wanted::Dative => Grammar::DAT,
            Wanted::Accusative => Grammar::ACC,
            Wanted::Locative => Grammar::LOC,
        }
    }

    const fn adjective(self) -> Grammar {
        match self {
            Wanted::Nominative => Grammar::ADJ_NOM,
            Wanted::Genitive => Grammar::ADJ_GEN,
            Wanted::Dative => Grammar::ADJ_DAT,
            Wanted::Accusative => Grammar::ADJ_ACC,
            Wanted::Locative => Grammar::ADJ_LOC,
        }
    }
}

const ANY_NOUN: Grammar = Grammar(0x3F);
const ANY_ADJECTIVE: Grammar = Grammar(0x3F << 6);

/// Skips a preposition with what it governs; the token after it.
pub fn skip_prepositional(view: &View<'_>, at: usize, end: usize, agree: Agreement) -> usize {
    let mut j = at + 1;
    let mut head = None;
    while j < end {
        let facts = view.facts(j);
        let grammar = facts.grammar;
        match view.kind(j) {
            TokenKind::Number | TokenKind::NumberWord | TokenKind::Symbol => {
                j += 1;
                continue;
            }
            TokenKind::Quote if view.token(j).side != Side::Close => {
                if let Some(close) = view.closing(j, end, 10) {
                    head = Some(j);
                    j = close + 1;
                    continue;
                }
                return j;
            }
            TokenKind::Word | TokenKind::Abbreviation | TokenKind::Initial | TokenKind::Url => {}
            _ => return j,
        }
        // «При этом Рахой сказал»
        if head.is_none()
            && j > at + 1
            && view.function(j - 1, Function::THIS)
            && view.nominative_name(j)
        {
            return j;
        }
        // «Об этом министр сообщил»: the pronoun is all that is governed.
        let pronoun = view.function(j, Function::THIS)
            || matches!(view.lower(j), "этого" | "этому" | "этим" | "того");
        let noun_follows = j + 1 < end
            && view.grammar(j + 1, ANY_NOUN)
            && !view.grammar(j + 1, Grammar::NOM)
            && !view.nominative_name(j + 1);
        if head.is_none() && pronoun && !noun_follows {
            return j + 1;
        }
        let Some(governed) = head else {
            if grammar.any(ANY_NOUN.or(Grammar::UNKNOWN)) && !grammar.any(Grammar::PREPOSITION)
                || grammar.any(Grammar::POSSESSIVE) && !grammar.any(ANY_ADJECTIVE)
            {
                // «в ходе», «в своём твиттере»: an adjective may look like a noun.
                let adjective = grammar.any(ANY_ADJECTIVE)
                    && j + 1 < end
                    && view.grammar(j + 1, ANY_NOUN)
                    && view.mention_at(j).is_none();
                if !adjective && !grammar.any(Grammar::POSSESSIVE) {
                    head = Some(j);
                }
            } else if grammar.any(Grammar::FINITE.or(Grammar::PREPOSITION)) {
                return j;
            }
            j += 1;
            continue;
        };
        let same = view.mention_at(j).is_some() && view.mention_at(j) == view.mention_at(j - 1);
        if same {
            j += 1;
            continue;
        }
        let time = view.function(governed, Function::TIME);
        let person = view.entity_at(j) == Some(EntityType::Person);
        let fits = grammar.any(Grammar::NOM.or(Grammar::UNKNOWN))
            && (facts.agreement.any(agree) || grammar.any(Grammar::UNKNOWN));
        let genitive = grammar.any(Grammar::GEN.or(Grammar::ADJ_GEN));
        // «в своих выступлениях Ризви заявляет»
        let setting = view.function(governed, Function::SETTING);
        if setting
            && view.capital(j)
            && grammar.any(Grammar::UNKNOWN)
            && in_case(view, j, Wanted::Nominative)
            && view.readings_known(j)
        {
            return j;
        }
        if person && !view.grammar(j, Grammar::NOM) && !grammar.any(Grammar::PRONOUN) {
            j += 1;
            continue;
        }
        if person && fits || time && fits && !genitive {
            return j;
        }
        if grammar.any(Grammar::PRONOUN) || grammar.any(Grammar::PREPOSITION) {
            return j;
        }
        if genitive && !grammar.any(Grammar::FINITE)
            || view.foreign_name(j) && !time
            || time && view.kind(j) == TokenKind::Abbreviation
        {
            j += 1;
            continue;
        }
        return j;
    }
    j
}

/// Reads a noun phrase of the wanted case that begins at `at`.
pub fn read(
    view: &View<'_>,
    at: usize,
    end: usize,
    wanted: Wanted,
    agree: Agreement,
) -> Option<Phrase> {
    let mut j = at;
    let mut last_adjective = None;
    // Adjectives, determiners, numerals.
    while j < end {
        let facts = view.facts(j);
        let adjective = facts.grammar.any(wanted.adjective())
            || facts.grammar.any(Grammar::POSSESSIVE)
            || j > at
                && wanted == Wanted::Nominative
                && facts.grammar.any(Grammar::ADJ_GEN)
                && view.grammar(at, Grammar::NUMERAL);
        if !adjective
            || view
                .mention_at(j)
                .is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Person)
        {
            break;
        }
        if view.kind(j) == TokenKind::Comma {
            break;
        }
        // A noun that has an adjective's form too ends the run, unless a noun follows.
        let noun_follows = j + 1 < end
            && (view.grammar(j + 1, wanted.noun().or(wanted.adjective()))
                || view.mention_at(j + 1).is_some()
                || view.grammar(j, Grammar::NUMERAL) && view.grammar(j + 1, Grammar::GEN));
        if facts.grammar.any(wanted.noun())
            && !facts
                .grammar
                .any(Grammar::POSSESSIVE.or(Grammar::DETERMINER))
            && !noun_follows
        {
            break;
        }
        last_adjective = Some(j);
        j += 1;
    }
    let head = head_at(
        view,
        j,
        end,
        wanted,
        agree,
        last_adjective.is_some_and(|a| view.grammar(a, Grammar::NUMERAL)),
    );
    let (head, mut stop) = match (head, last_adjective) {
        (Some(stop), _) => (j, stop),
        // «Бастующие», «последние», «один из них».
        (None, Some(adjective)) => {
            let facts = view.facts(adjective);
            // «Прокурор, занимающийся делом, …»: the participle belongs to the noun before the comma.
            let governs = at > 0
                && view.kind(at - 1) == TokenKind::Comma
                && adjective + 1 < end
                && view.grammar(
                    adjective + 1,
                    Grammar::INS.or(Grammar::ADJ_INS).or(Grammar::PREPOSITION),
                );
            let attribute = facts.grammar.any(Grammar::PARTICIPLE)
                && behind_comma(view, at)
                && (governs
                    || !view.readings(adjective).iter().any(|r| {
                        r.tag.pos == Pos::Noun
                            || r.tag.verb_form == VerbForm::Participle
                                && (r.tag.passive
                                    || r.tag.number == Number::Plural
                                        && r.tag.case == wanted.case())
                    }));
            if facts.grammar.any(Grammar::POSSESSIVE)
                || wanted == Wanted::Nominative && !facts.agreement.any(agree)
                || facts.grammar.any(Grammar::SHORT)
                || attribute
            {
                return None;
            }
            (adjective, adjective + 1)
        }
        (None, None) => return None,
    };
    let facts = view.facts(head);
    let person = view.entity_at(head) == Some(EntityType::Person);
    let mut weight = match view.entity_at(head) {
        Some(EntityType::Person) => 5,
        Some(EntityType::Organisation | EntityType::Position) => 4,
        Some(EntityType::Place) => 2,
        None if facts.grammar.any(Grammar::PRONOUN) => 4,
        None if facts.grammar.any(Grammar::ANIMATE)
            || facts.function.any(Function::SOURCE)
            || view.is_people(head) =>
        {
            3
        }
        None if view.kind(head) == TokenKind::Quote => 3,
        None if view.foreign_name(head) => 3,
        None if facts.function.any(Function::TIME) => 0,
        None if facts.function.any(Function::SETTING) => 1,
        None => 2,
    };
    if !facts.grammar.any(Grammar::PRONOUN) {
        let named = extend(view, head, &mut stop, end, wanted, person);
        if named {
            weight = 5;
        }
    }
    Some(Phrase {
        start: at,
        end: stop,
        head,
        weight,
    })
}

/// Whether what begins at `at` stands in a clause that a comma opened a few words before.
fn behind_comma(view: &View<'_>, at: usize) -> bool {
    for i in (at.saturating_sub(8)..at).rev() {
        if view.kind(i) == TokenKind::Comma {
            return true;
        }
        if view.kind(i) == TokenKind::Stop || view.capital(i) || view.grammar(i, Grammar::FINITE) {
            return false;
        }
    }
    false
}

/// Whether a head of the wanted case stands at `j`; one past its last token.
fn head_at(
    view: &View<'_>,
    j: usize,
    end: usize,
    wanted: Wanted,
    agree: Agreement,
    counted: bool,
) -> Option<usize> {
    if j >= end {
        return None;
    }
    let facts = view.facts(j);
    let grammar = facts.grammar;
    let nominative = wanted == Wanted::Nominative;
    if view.kind(j) == TokenKind::Quote && view.token(j).side != Side::Close {
        if nominative && agree == Agreement::PLURAL && !view.is_plural(j + 1, false) {
            return None;
        }
        let close = view.closing(j, end, 8)?;
        // A name in marks («Ъ»), not a quotation.
        return (!view.is_masked(j) && view.capital(j + 1)).then_some(close + 1);
    }
    if matches!(view.kind(j), TokenKind::Url | TokenKind::Handle) {
        return Some(j + 1);
    }
    if !view.token(j).is_wordlike() {
        return None;
    }
    if view.mention_at(j).is_some() && view.foreign_name(j) || view.kind(j) == TokenKind::Initial {
        return Some(j + 1);
    }
    if grammar.any(Grammar::UNKNOWN) && view.capital(j) {
        return Some(j + 1);
    }
    if counted && grammar.any(Grammar::GEN) {
        return Some(j + 1);
    }
    // «сказал Ястребов»: a surname that reads as another word's genitive, but is the nominative of a name of the document.
    if nominative && agree != Agreement::PLURAL && is_nominative_of_name(view, j) {
        return Some(j + 1);
    }
    // «Рахой уточнил»: a name that the dictionary knows as a form of another word.
    if nominative && !grammar.any(Grammar::NOM) && view.capital(j) && view.nominative_name(j) {
        let sex = view
            .mention_at(j)
            .and_then(|m| view.doc.mentions[m as usize].entity)
            .and_then(|e| view.doc.entities[e as usize].sex);
        let fits = match sex {
            Some(Sex::Male) => agree.any(Agreement::MALE),
            Some(Sex::Female) => agree.any(Agreement::FEMALE),
            None => agree.any(Agreement::SINGULAR),
        };
        return fits.then_some(j + 1);
    }
    if !grammar.any(wanted.noun()) {
        return None;
    }
    // «им предложили»
    if nominative
        && grammar.any(Grammar::PRONOUN)
        && view
            .readings(j)
            .first()
            .is_some_and(|r| r.tag.pos == Pos::Pronoun && r.tag.case != Case::Nominative)
        && !view
            .readings(j)
            .iter()
            .any(|r| r.tag.pos == Pos::Pronoun && r.tag.case == Case::Nominative)
    {
        return None;
    }
    if nominative {
        let fits = facts.agreement.any(agree)
            // «ряд газет сообщили»
            || agree == Agreement::PLURAL
                && facts.function.any(Function::QUANTITY)
                && j + 1 < end
                && view.grammar(j + 1, Grammar::GEN.or(Grammar::ADJ_GEN))
            // «врач сообщила»: names of occupations are masculine for women too.
            || agree == Agreement::FEMALE
                && (grammar.any(Grammar::ANIMATE) || view.entity_at(j) == Some(EntityType::Position))
            || grammar.any(Grammar::INDECLINABLE) && view.capital(j);
        if !fits {
            return None;
        }
    }
    // Conjunctions and the like that the morphology also reads as nouns.
    if facts.function.any(
        Function::WHAT
            .or(Function::WHICH)
            .or(Function::THIS)
            .or(Function::THAT),
    ) && !nominative
    {
        return None;
    }
    if facts.function.any(Function::WHAT.or(Function::THIS)) {
        return None;
    }
    Some(j + 1)
}

/// Whether the person's name at `j`, of one word, stands there as in the nominative of the full name («Глеб Ястребов»).
fn is_nominative_of_name(view: &View<'_>, j: usize) -> bool {
    let doc = view.doc;
    let Some(mention) = view.mention_at(j).map(|m| &doc.mentions[m as usize]) else {
        return false;
    };
    let word = view.token(j).span.slice(&doc.text);
    mention.kind == EntityType::Person
        && mention.tokens.len() == 1
        && mention.entity.is_some_and(|e| {
            let name = &doc.entities[e as usize].name;
            name.contains(' ') && name.rsplit(' ').next() == Some(word)
        })
}

/// Takes in what belongs to the head: genitives, names, marks, prepositional attributes. Whether a person's name is among it.
fn extend(
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
            if matches!(
                view.lower(j),
                "более" | "менее" | "наиболее" | "особо" | "самых"
            ) && j + 1 < end
                && view.grammar(j + 1, Grammar::ADJ_GEN)
            {
                *stop += 1;
                continue;
            }
            // «ответили на вопрос редакции»: it belongs to the verb.
            let reply = view.lower(j) == "на"
                && j + 1 < end
                && matches!(
                    view.lower(j + 1),
                    "вопрос" | "вопросы" | "запрос" | "запросы" | "просьбу"
                );
            if reply {
                break;
            }
            let attribute = matches!(
                view.lower(j),
                "в" | "во"
                    | "на"
                    | "по"
                    | "из"
                    | "при"
                    | "от"
                    | "за"
                    | "с"
                    | "со"
                    | "под"
                    | "о"
                    | "об"
                    | "к"
                    | "над"
                    | "для"
            ) && grammar.any(Grammar::PREPOSITION)
                && view.mention_at(head).is_none_or(|m| {
                    view.doc.mentions[m as usize].kind == EntityType::Position
                        || view.doc.mentions[m as usize].generic
                });
            if attribute {
                let after = skip_prepositional(view, j, end, Agreement::ANY);
                // «в интервью», «на встрече» tell where; «из участников встречи» does not.
                let governed = (j + 1..after)
                    .find(|&t| view.grammar(t, ANY_NOUN) && !view.grammar(t, ANY_ADJECTIVE));
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
    let knows = view.readings(from).iter().any(|r| {
        matches!(
            &*r.lemma,
            "близкий"
                | "знакомый"
                | "осведомлённый"
                | "осведомленный"
                | "приближённый"
                | "приближенный"
                | "знать"
                | "пожелать"
                | "попросить"
        ) && r.tag.case != Case::None
    });
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
        && view.grammar(i, ANY_ADJECTIVE)
        && !view.grammar(i, ANY_NOUN.or(Grammar::FINITE))
    {
        wanted &= cases(i);
        i += 1;
    }
    let noun = i < end
        && view.token(i).is_wordlike()
        && view.grammar(i, ANY_NOUN)
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

/// The phrases of `start..end` that may be the subject of a verb that asks for `agree`, in order.
pub fn subjects(
    view: &View<'_>,
    start: usize,
    end: usize,
    agree: Agreement,
    greedy: bool,
    out: &mut Vec<Phrase>,
) {
    out.clear();
    let mut i = start;
    while i < end {
        if view.is_masked(i) {
            i += 1;
            continue;
        }
        let grammar = view.facts(i).grammar;
        // «год спустя X»: it governs what stands before.
        if view.lower(i) == "спустя" && i > start && view.grammar(i - 1, ANY_NOUN) {
            i += 1;
            continue;
        }
        if grammar.any(Grammar::PREPOSITION)
            && view.mention_at(i).is_none()
            && !grammar.any(Grammar::NOM)
        {
            let after = skip_prepositional(view, i, end, agree).max(i + 1);
            i = if greedy {
                after
            } else {
                after_first_noun(view, i, after)
            };
            continue;
        }
        // «сообщили «Вестям» в ведомстве»: whom it was told.
        if agree == Agreement::PLURAL
            && view.kind(i) == TokenKind::Quote
            && view.token(i).side != Side::Close
            && !(view.capital(i + 1) && view.is_plural(i + 1, false))
            && let Some(close) = view.closing(i, end, 8)
        {
            i = close + 1;
            continue;
        }
        if view.function(
            i,
            Function::AS
                .or(Function::AND)
                .or(Function::BUT)
                .or(Function::WHICH)
                .or(Function::SUBORDINATE),
        ) {
            i += 1;
            continue;
        }
        // «Израиль и США выступили»: together they are several.
        if agree == Agreement::PLURAL
            && read(view, i, end, Wanted::Nominative, agree).is_none()
            && let Some(mut phrase) = read(view, i, end, Wanted::Nominative, Agreement::ANY)
        {
            let joined = (phrase.start..phrase.end).any(|t| view.function(t, Function::AND));
            if !joined
                && phrase.end < end
                && view.lower(phrase.end) == "и"
                && let Some(second) = read(
                    view,
                    phrase.end + 1,
                    end,
                    Wanted::Nominative,
                    Agreement::ANY,
                )
                && !view.has_predicate(phrase.end..second.end)
            {
                phrase.end = second.end;
                phrase.weight = phrase.weight.max(second.weight);
                i = phrase.end;
                out.push(phrase);
                continue;
            }
            if joined {
                i = phrase.end.max(i + 1);
                out.push(phrase);
                continue;
            }
        }
        // A bare dative or genitive name («сообщил Иванову Петров») is passed over by its case; «свои возможности» are no subject.
        match read(view, i, end, Wanted::Nominative, agree) {
            Some(phrase) if view.function(i, Function::OWN) => i = phrase.end.max(i + 1),
            Some(phrase) => {
                i = phrase.end.max(i + 1);
                out.push(phrase);
            }
            None => i += 1,
        }
    }
}

/// The token after the first noun of a prepositional phrase.
fn after_first_noun(view: &View<'_>, at: usize, end: usize) -> usize {
    (at + 1..end)
        .find(|&i| view.grammar(i, ANY_NOUN) && !view.grammar(i, ANY_ADJECTIVE))
        .map_or(end, |i| i + 1)
}

/// The mention that names the phrase best: a person, else an organisation, else a position, else a place.
pub fn source(view: &View<'_>, phrase: Phrase, wanted: Wanted) -> SourcePhrase {
    let mut best: Option<(u8, u32)> = None;
    // «семья Биби» is not Bibi: only people carry names.
    let titled = view.grammar(
        phrase.head,
        Grammar::ANIMATE.or(Grammar::UNKNOWN).or(Grammar::NAME),
    ) || view.is_people(phrase.head)
        || view.entity_at(phrase.head) == Some(EntityType::Position);
    for i in phrase.start..phrase.end {
        let Some(m) = view.mention_at(i) else {
            continue;
        };
        let mention = &view.doc.mentions[m as usize];
        let at_head = mention.tokens.range().contains(&phrase.head)
            || view.kind(phrase.head) == TokenKind::Quote
                && mention.tokens.start as usize == phrase.head + 1;
        // «мать Анна Белова» is Belova: the name stands in its nominative.
        let own = wanted == Wanted::Nominative
            && mention.entity.is_some_and(|e| {
                let name = &view.doc.entities[e as usize].name;
                name.contains(' ') && name == mention.span.slice(&view.doc.text)
            });
        let rank = match mention.kind {
            EntityType::Person if own => 6,
            EntityType::Person if !at_head && !titled => 0,
            // «муж Анны Юровой»
            EntityType::Person if !at_head && wanted == Wanted::Nominative && view.is_bent(m) => 0,
            EntityType::Person
                if !at_head
                    && complement(
                        view,
                        phrase.head,
                        mention.tokens.start as usize,
                        mention.tokens.end as usize,
                        wanted,
                    ) =>
            {
                0
            }
            EntityType::Person
                if at_head
                    || names_in(
                        view,
                        mention.tokens.start as usize,
                        mention.tokens.end as usize,
                        wanted,
                    ) =>
            {
                6
            }
            EntityType::Person => 0,
            _ if at_head => 4,
            EntityType::Organisation
                if view.function(phrase.head, Function::SETTING.or(Function::DOCUMENT)) =>
            {
                3
            }
            EntityType::Organisation
                if named_by(view, phrase.head, mention.tokens.start as usize) =>
            {
                3
            }
            EntityType::Organisation => 2,
            EntityType::Position => 2,
            EntityType::Place => 0,
        };
        if rank > 0 && best.is_none_or(|(b, _)| rank > b) {
            best = Some((rank, m));
        }
    }
    SourcePhrase {
        tokens: TokenRange::new(phrase.start, phrase.end),
        head: phrase.head as u32,
        mention: best.filter(|&(rank, _)| rank >= 3).map(|(_, m)| m),
        oblique: wanted != Wanted::Nominative,
    }
}

/// Whether the name at `at` is that of the noun at `head`: «газета Times», «профсоюз пилотов «Волна»»; a genitive is none.
fn named_by(view: &View<'_>, head: usize, at: usize) -> bool {
    at > head
        && at <= head + 4
        && view.facts(head).collective.takes_name()
        && (view.kind(at - 1) == TokenKind::Quote
            || view.grammar(at, Grammar::UNKNOWN)
            || in_case(view, at, Wanted::Nominative))
        && (head + 1..at).all(|i| {
            view.kind(i) == TokenKind::Quote
                || view.grammar(i, Grammar::GEN.or(Grammar::ADJ_GEN)) && !view.capital(i)
        })
}

/// Whether the words of a name can all stand in the wanted case.
fn names_in(view: &View<'_>, start: usize, end: usize, wanted: Wanted) -> bool {
    (start..end).all(|i| in_case(view, i, wanted))
}

/// Whether a word has the wanted case, or no case at all.
fn in_case(view: &View<'_>, i: usize, wanted: Wanted) -> bool {
    let grammar = view.facts(i).grammar;
    !grammar.any(ANY_NOUN.or(ANY_ADJECTIVE))
        || grammar.any(wanted.noun().or(wanted.adjective()))
        || wanted == Wanted::Nominative && view.nominative_name(i)
}

/// Whether the name after a noun of relation is its complement: it can stand in the genitive.
fn complement(view: &View<'_>, head: usize, start: usize, end: usize, wanted: Wanted) -> bool {
    // «по словам адвоката Анны Юровой»: a full name is the lawyer's own.
    if wanted != Wanted::Nominative && end >= start + 2 {
        return false;
    }
    view.function(head, Function::RELATION)
        && start == head + 1
        && (start..end)
            .all(|i| in_case(view, i, Wanted::Genitive) || view.grammar(i, Grammar::UNKNOWN))
}
