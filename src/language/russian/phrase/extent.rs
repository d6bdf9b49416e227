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

/// A phrase that grows behind its head.
pub(super) struct Growth<'v, 'd> {
    pub view: &'v View<'d>,
    pub head: usize,
    /// One past the last token that belongs to it.
    pub stop: usize,
    /// It does not grow past this token.
    pub end: usize,
    pub wanted: Wanted,
    /// A person's name is among it.
    pub person: bool,
}

/// What a question settles about the token behind a phrase.
enum Grows {
    /// The phrase goes on to that token.
    To(usize),
    /// It ends here.
    Ends,
    /// The next question decides.
    Open,
}

impl Growth<'_, '_> {
    /// Takes in what belongs to the head: genitives, names, marks, prepositional attributes. The token behind is asked the questions in
    /// order, until one says that the phrase ends.
    pub fn extend(&mut self) {
        const QUESTIONS: [fn(&mut Growth<'_, '_>) -> Grows; 9] = [
            |g| g.mark_or_number(),
            |g| g.organisation_of(),
            |g| g.person_name(),
            |g| g.genitive(),
            |g| g.unmarked_abbreviation(),
            |g| g.small_word(),
            |g| g.more_of_the_name(),
            |g| g.apposition(),
            |g| g.joined(),
        ];
        while self.stop < self.end && self.view.token(self.stop).gap < Gap::Paragraph {
            let settled = QUESTIONS.iter().find_map(|question| match question(self) {
                Grows::Open => None,
                settled => Some(settled),
            });
            match settled {
                Some(Grows::To(stop)) => self.stop = stop,
                _ => break,
            }
        }
        // A name in marks keeps both of them.
        let view = self.view;
        if self.stop < self.end
            && view.kind(self.stop) == TokenKind::Quote
            && view.token(self.stop).side != Side::Open
            && !view.is_masked(self.stop)
        {
            let marks = (self.head..self.stop)
                .filter(|&i| view.kind(i) == TokenKind::Quote)
                .count();
            self.stop += marks % 2;
        }
    }

    fn grammar(&self) -> Grammar {
        self.view.facts(self.stop).grammar
    }

    /// One past the mention that the token behind stands in, no further than the range.
    fn whole_mention(&self) -> usize {
        let (view, j) = (self.view, self.stop);
        let end = |m: u32| view.doc.mentions[m as usize].tokens.end as usize;
        view.mention_at(j).map_or(j + 1, end)
    }

    /// The mention goes on, names in marks («компания «Вестник»»), initials, numbers («школа 5»); other punctuation ends the phrase.
    fn mark_or_number(&mut self) -> Grows {
        let (view, j, end) = (self.view, self.stop, self.end);
        if view.mention_at(j).is_some() && view.mention_at(j) == view.mention_at(j - 1) {
            return Grows::To(j + 1);
        }
        match view.kind(j) {
            // «главы МИД «Вестник» объяснил»: two names.
            TokenKind::Quote
                if view.entity_at(j - 1) == Some(EntityType::Organisation)
                    && j + 1 < end
                    && view.is_outlet(view.mention_at(j + 1)) =>
            {
                Grows::Ends
            }
            TokenKind::Quote
                if view.token(j).side != Side::Close && !view.is_masked(j) && !self.person =>
            {
                view.closing(j, end, 10)
                    .map_or(Grows::Ends, |close| Grows::To(close + 1))
            }
            TokenKind::Initial => Grows::To(j + 1),
            TokenKind::Word | TokenKind::Abbreviation | TokenKind::Url | TokenKind::NumberWord => {
                Grows::Open
            }
            TokenKind::Number
                if view.mention_at(j - 1).is_some()
                    || view.kind(j - 1) == TokenKind::Word && !self.person =>
            {
                // «школа 5» but not «глава МИД 5 мая».
                match j + 1 < end && view.function(j + 1, Function::TIME) {
                    true => Grows::Ends,
                    false => Grows::To(j + 1),
                }
            }
            _ => Grows::Ends,
        }
    }

    /// «по сведениям агентства ТАСС», «собеседник vesti.ru»: a name right behind a noun for organisations.
    fn organisation_of(&mut self) -> Grows {
        let (view, j) = (self.view, self.stop);
        if self.person {
            return Grows::Open;
        }
        if j == self.head + 1
            && view.facts(self.head).collective.takes_name()
            && view.entity_at(j) == Some(EntityType::Organisation)
            && view.capital(j)
        {
            return Grows::To(self.whole_mention().clamp(j + 1, self.end));
        }
        match view.kind(j) {
            TokenKind::Url => Grows::To(j + 1),
            _ => Grows::Open,
        }
    }

    /// «министр Иванов»: a person's name belongs to the phrase, the first one at least; a finite verb ends it.
    fn person_name(&mut self) -> Grows {
        let (view, j, wanted) = (self.view, self.stop, self.wanted);
        let grammar = self.grammar();
        if view.entity_at(j) != Some(EntityType::Person) {
            let verb = grammar.any(Grammar::FINITE) && !grammar.any(Grammar::GEN);
            return if verb { Grows::Ends } else { Grows::Open };
        }
        let whole = self.whole_mention().min(self.end);
        let agrees = names_in(view, j, whole, wanted);
        // «По словам врачей Ричард Бах …»: a comma is missing.
        if !self.person
            && wanted != Wanted::Nominative
            && !agrees
            && view.nominative_name(j)
            && view.is_plural(self.head, true)
        {
            return Grows::Ends;
        }
        let another = grammar.any(wanted.noun())
            && view.token(j).gap == Gap::Space
            && view.mention_at(j - 1).is_none();
        if self.person && !another {
            return Grows::Ends;
        }
        // «адвокат Иванова» is not Ivanov, «муж Биби» not Bibi.
        self.person |= agrees && !complement(view, self.head, j, whole, wanted);
        Grows::To(whole.max(j + 1))
    }

    /// «глава комитета», «член совета»: genitives belong to a phrase that names nobody yet.
    fn genitive(&mut self) -> Grows {
        let (view, j) = (self.view, self.stop);
        let grammar = self.grammar();
        let other = Grammar::PRONOUN
            .or(Grammar::PREPOSITION)
            .or(Grammar::GERUND);
        let genitive = !self.person
            && grammar.any(Grammar::GEN.or(Grammar::ADJ_GEN))
            && !grammar.any(other)
            && !view.function(j, Function::WHICH);
        if genitive {
            Grows::To(j + 1)
        } else {
            Grows::Open
        }
    }

    /// «президент РБ»: an abbreviation and a foreign name have no case; other names stand in the wanted one.
    fn unmarked_abbreviation(&mut self) -> Grows {
        let (view, j) = (self.view, self.stop);
        if self.person {
            return Grows::Open;
        }
        let abbreviation =
            view.token(j).case == LetterCase::Upper && view.entity_at(j) == Some(EntityType::Place);
        let named = view.capital(j)
            && self.grammar().any(self.wanted.noun())
            && view.mention_at(j).is_some();
        match view.foreign_name(j) || abbreviation || named {
            true => Grows::To(j + 1),
            false => Grows::Open,
        }
    }

    /// «члены её семьи», «сторонники более жёстких мер», «министр по туризму»: small words that lead on to what belongs to the head.
    fn small_word(&mut self) -> Grows {
        let (view, j, end) = (self.view, self.stop, self.end);
        let grammar = self.grammar();
        if self.person {
            return Grows::Open;
        }
        if grammar.any(Grammar::ADVERB) && view.lower(j) == "же" {
            return Grows::Ends;
        }
        let more = j + 1 < end;
        if grammar.any(Grammar::POSSESSIVE)
            && more
            && view.grammar(j + 1, Grammar::GEN.or(Grammar::ADJ_GEN))
            && view.token(j + 1).is_wordlike()
        {
            return Grows::To(j + 2);
        }
        if view.function(j, Function::DEGREE) && more && view.grammar(j + 1, Grammar::ADJ_GEN) {
            return Grows::To(j + 1);
        }
        // «ответили на вопрос редакции»: it belongs to the verb.
        if view.lower(j) == "на" && more && view.function(j + 1, Function::REPLY) {
            return Grows::Ends;
        }
        self.prepositional()
    }

    /// «министр по туризму», but not «глава МИД в интервью»: a prepositional attribute of a noun that is no name.
    fn prepositional(&self) -> Grows {
        let (view, j) = (self.view, self.stop);
        let common = |m: u32| {
            let mention = &view.doc.mentions[m as usize];
            mention.kind == EntityType::Position || mention.generic
        };
        let attribute = view.function(j, Function::ATTRIBUTIVE)
            && self.grammar().any(Grammar::PREPOSITION)
            && view.mention_at(self.head).is_none_or(common);
        if !attribute {
            return Grows::Open;
        }
        let after = skip_prepositional(view, j, self.end, Agreement::ANY);
        // «в интервью», «на встрече» tell where; «из участников встречи» does not.
        let governed = (j + 1..after).find(|&t| {
            view.grammar(t, Grammar::ANY_NOUN) && !view.grammar(t, Grammar::ANY_ADJECTIVE)
        });
        let setting = governed.is_some_and(|t| {
            view.function(t, Function::SETTING.or(Function::TIME))
                || view.lower(j) == "в" && view.function(t, Function::DOCUMENT)
        }) || view.function(self.head, Function::TIME);
        let numbers = (j + 1..after).any(|t| view.kind(t) == TokenKind::Number);
        match !setting && !numbers && after > j + 1 {
            true => Grows::To(after),
            false => Grows::Open,
        }
    }

    /// «президент Сагынбаев»: names that nobody marked, and what goes on behind a name.
    fn more_of_the_name(&mut self) -> Grows {
        let (view, j) = (self.view, self.stop);
        let grammar = self.grammar();
        let name = grammar.any(Grammar::NAME) && view.capital(j) && grammar.any(self.wanted.noun());
        if self.person && (view.foreign_name(j) && view.foreign_name(j - 1) || name) {
            return Grows::To(j + 1);
        }
        if name && !grammar.any(Grammar::FINITE) {
            self.person = true;
            return Grows::To(j + 1);
        }
        Grows::Open
    }

    /// «президент страны лидер партии»: appositions of common nouns for people.
    fn apposition(&mut self) -> Grows {
        let grammar = self.grammar();
        let people = Grammar::ANIMATE.or(Grammar::NAME);
        let beside = self.wanted == Wanted::Nominative
            && !self.person
            && grammar.any(Grammar::NOM)
            && grammar.any(Grammar::ANIMATE)
            && self.view.grammar(self.head, people);
        match beside {
            true => Grows::To(self.stop + 1),
            false => Grows::Open,
        }
    }

    /// «директор департамента по связям с общественностью и информации», «министр и депутат», «Иванов и Петров».
    fn joined(&mut self) -> Grows {
        let (view, j, end, head) = (self.view, self.stop, self.end, self.head);
        if !view.function(j, Function::AND) || j + 1 >= end {
            return Grows::Ends;
        }
        if j - 1 > head
            && !self.person
            && view.entity_at(j - 1) != Some(EntityType::Person)
            && let Some(after) = (head + 1..j)
                .rev()
                .find_map(|at| coordinated(view, at, j + 1, end))
        {
            return Grows::To(after);
        }
        let several = |i: usize| view.is_plural(i, self.wanted != Wanted::Nominative);
        let place = |i: usize| view.entity_at(i) == Some(EntityType::Place);
        match read(view, j + 1, end, self.wanted, Agreement::ANY) {
            Some(next)
                if (next.weight >= 3
                    || next.weight >= 2 && several(head) && several(next.head)
                    || place(head) && place(next.head))
                    && !view.has_predicate(j + 1..next.end) =>
            {
                Grows::To(next.end)
            }
            _ => Grows::Ends,
        }
    }
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
