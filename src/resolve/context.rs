//! What the words around a person's name say of it: the cases in which it may stand, and the person's sex.
//!
//! Input: a mention of a person and the sentence that it stands in. Output: [`NameContext`], by which the readings of the name are
//! weighed («министру Исибе» is a dative, «сообщила Новак» a woman's nominative). Words beside the name count alone, so that
//! the cost does not depend on the length of the sentence. Where nothing is certain, every case is allowed.

use crate::document::{Document, EntityType, Sex};
use crate::document::{Gap, TokenKind};
use crate::morph::{
    Case, CaseSet, Certainty, ContextWord, Gender, NameContext, NameType, Number, Pos, Reading,
    VerbForm,
};
use crate::resolve::given::Given;
use crate::words::WordId;

/// Everything but the nominative.
fn oblique() -> CaseSet {
    Case::ALL[1..]
        .iter()
        .fold(CaseSet::EMPTY, |set, &case| set.with(CaseSet::of(case)))
}

/// What the words around mention `i` say.
pub(super) fn of_name(given: &Given<'_>, doc: &Document, i: usize) -> NameContext {
    let mut context = NameContext::default();
    let tokens = doc.mentions[i].tokens;
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    if doc.mentions[i].span.slice(&doc.text).is_ascii() {
        return context;
    }
    let around = Around { given, doc };
    context.sex = around.relative(end);
    let verb = around.verb_after(end);
    let opens = start == 0
        || doc.tokens[start].gap >= Gap::Line
        || doc
            .sentence_at(doc.tokens[start].span.start())
            .is_some_and(|s| doc.sentences[s].tokens.start == tokens.start);
    if opens {
        match verb {
            Some(verb) if verb.is_singular() => verb.subject(&mut context),
            // «Петрова задержали» has no subject.
            Some(verb) if verb.number == Number::Plural => context.cases = oblique(),
            // «Йосимаса Хаяси, министр» or «Йосимаса Хаяси (Япония)» in a list or heading.
            None if around.ends(end) => context.cases = CaseSet::of(Case::Nominative),
            _ => {}
        }
        return context;
    }
    if let Some(position) = around.position(i) {
        around.by_position(&position, verb, &mut context);
        return context;
    }
    let before = start - 1;
    if doc.tokens[start].gap > Gap::Space {
        return context;
    }
    if let Some((cases, sex)) = around.adjective(before) {
        context.cases = cases;
        context.certainty = Certainty::Fair;
        context.sex = context.sex.or(sex);
        return context;
    }
    if doc.tokens[before].kind != TokenKind::Word || given.known.words[before] == WordId::NONE {
        around.by_mark(before, end, verb, &mut context);
    } else {
        around.by_word(before, end, verb, &mut context);
    }
    context
}

fn sex(gender: Gender) -> Option<Sex> {
    match gender {
        Gender::Masculine => Some(Sex::Male),
        Gender::Feminine => Some(Sex::Female),
        _ => None,
    }
}

/// A finite verb beside a name.
#[derive(Clone, Copy)]
struct Verb {
    number: Number,
    sex: Option<Sex>,
    neuter: bool,
}

impl Verb {
    fn is_singular(&self) -> bool {
        self.number == Number::Singular
    }

    /// What it says of a name that stands before it where a subject may.
    fn subject(self, context: &mut NameContext) {
        if self.neuter {
            // «Петровой пришлось»
            context.cases = oblique();
            return;
        }
        context.cases = CaseSet::of(Case::Nominative);
        context.certainty = match self.sex {
            Some(_) => Certainty::Firm,
            None => Certainty::Fair,
        };
        context.subject = self.sex;
    }
}

/// What a verb behind the name says, where its subject may stand before it.
fn subject_of(verb: Option<Verb>, context: &mut NameContext) {
    if let Some(verb) = verb.filter(Verb::is_singular) {
        verb.subject(context);
    }
}

/// A position before a name.
struct Position {
    cases: CaseSet,
    certainty: Certainty,
    sex: Option<Sex>,
    /// Its first token.
    start: usize,
}

/// The document that names stand in.
struct Around<'a> {
    given: &'a Given<'a>,
    doc: &'a Document,
}

impl Around<'_> {
    /// What a position before the name says, which agrees with it.
    fn by_position(&self, position: &Position, verb: Option<Verb>, context: &mut NameContext) {
        context.cases = position.cases;
        context.certainty = position.certainty;
        context.sex = context.sex.or(position.sex);
        if !position.cases.has(Case::Nominative) {
            return;
        }
        let after = verb.filter(Verb::is_singular);
        // «помощник госсекретаря Новак призвал»
        if position.certainty < Certainty::Firm && after.is_some() {
            context.cases = CaseSet::of(Case::Nominative);
        }
        let before = || self.verb_at(position.start.checked_sub(1)?);
        let verb = after.or_else(before).filter(Verb::is_singular);
        context.subject = verb.and_then(|v| v.sex);
    }

    /// What a mark before the name says: «Министр обороны — Петрова.»
    fn by_mark(&self, mark: usize, end: usize, verb: Option<Verb>, context: &mut NameContext) {
        match self.doc.tokens[mark].kind {
            // «• Йосимаса Хаяси (Япония)»
            TokenKind::Dash | TokenKind::Symbol if verb.is_none() && self.ends(end) => {
                context.cases = CaseSet::of(Case::Nominative);
            }
            TokenKind::Comma | TokenKind::Dash => subject_of(verb, context),
            _ => {}
        }
    }

    /// What the word before the name says: a preposition, a noun, a verb.
    fn by_word(&self, word: usize, end: usize, verb: Option<Verb>, context: &mut NameContext) {
        let facts = self.given.known.at(word);
        let listed = self.given.morphology().context_word(facts.lower());
        if !listed.governs.is_empty() {
            context.cases = listed.governs;
            context.certainty = Certainty::Firm;
            return;
        }
        let Some(first) = facts.readings().first() else {
            return;
        };
        match first.tag.pos {
            Pos::Preposition => context.cases = oblique(),
            Pos::Noun if first.tag.animate == Some(true) && first.tag.name == NameType::None => {
                self.by_noun(word, first, verb, context);
            }
            Pos::Verb if first.tag.verb_form == VerbForm::Finite => {
                // «сообщила Новак», but «сообщили Новак», «арестовали Новак».
                match first.tag.number {
                    Number::Singular => context.subject = sex(first.tag.gender),
                    Number::Plural if !self.listed(end) => context.cases = oblique(),
                    _ => {}
                }
            }
            Pos::Conjunction | Pos::Adverb | Pos::Particle => subject_of(verb, context),
            _ => {}
        }
    }

    /// What a noun for a person before the name says, read as `first`: «богиню Бастет», but «супруг христианки Ашик Масих».
    fn by_noun(&self, word: usize, first: &Reading, verb: Option<Verb>, context: &mut NameContext) {
        // A genitive may depend on any noun: «сын Ивановой».
        let nouns = self.noun_cases(self.readings_of(word));
        context.cases = nouns.with(CaseSet::of(Case::Genitive));
        context.certainty = Certainty::Fair;
        let noun = self.context(word, &first.lemma);
        let depends = nouns.has(Case::Genitive)
            && self.doc.tokens[word].gap <= Gap::Space
            && word > 0
            && self
                .readings_of(word - 1)
                .iter()
                .any(|r| r.tag.pos == Pos::Noun && r.tag.animate == Some(true));
        if depends {
            context.cases = context
                .cases
                .with(self.noun_cases(self.readings_of(word - 1)));
            context.certainty = Certainty::Likely;
        } else if first.tag.gender == Gender::Feminine
            && first.tag.number == Number::Singular
            && !noun.relation
            && !noun.either_sex
        {
            context.sex = context.sex.or(Some(Sex::Female));
        }
        if verb.is_some_and(|v| v.is_singular()) && nouns.has(Case::Nominative) {
            context.subject = verb.and_then(|v| v.sex);
        }
    }

    /// Readings of a word of the same line.
    fn readings(&self, token: usize) -> &[Reading] {
        match self.doc.tokens.get(token) {
            Some(t) if t.gap <= Gap::Space => self.readings_of(token),
            _ => &[],
        }
    }

    /// A finite verb that follows at once, adverbs and particles set aside («Исиба ранее заявил»).
    fn verb_after(&self, end: usize) -> Option<Verb> {
        for token in end..end + 3 {
            let tag = self.readings(token).first()?.tag;
            match tag.pos {
                Pos::Verb if tag.verb_form == VerbForm::Finite => {
                    return Some(Verb {
                        number: tag.number,
                        sex: sex(tag.gender),
                        neuter: tag.gender == Gender::Neuter,
                    });
                }
                Pos::Adverb | Pos::Particle => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether a sentence, line or clause ends at a token.
    fn ends(&self, token: usize) -> bool {
        self.doc.tokens.get(token).is_none_or(|t| {
            t.gap >= Gap::Line || !matches!(t.kind, TokenKind::Word | TokenKind::Number)
        })
    }

    /// Whether another name may follow: «заявили Новак и Исиба».
    fn listed(&self, token: usize) -> bool {
        self.doc.tokens.get(token).is_some_and(|t| {
            t.kind == TokenKind::Comma
                || self
                    .readings(token)
                    .first()
                    .is_some_and(|r| r.tag.pos == Pos::Conjunction)
        })
    }

    /// The sex that a relative pronoun behind the name shows: «Новак, которая».
    fn relative(&self, end: usize) -> Option<Sex> {
        let comma = self.doc.tokens.get(end)?;
        let next = self.doc.tokens.get(end + 1)?;
        if comma.kind != TokenKind::Comma || next.kind != TokenKind::Word || next.gap > Gap::Space {
            return None;
        }
        let lower = &self.given.known.at(end + 1).lower();
        self.given.morphology().context_word(lower).relative
    }

    /// The cases of an adjective before the name that agrees with it, and the sex that it shows: «известная Новак»,
    /// «60-летней Новак».
    fn adjective(&self, token: usize) -> Option<(CaseSet, Option<Sex>)> {
        let owned;
        let readings = match self.doc.tokens[token].kind {
            TokenKind::Word => self.readings_of(token),
            TokenKind::NumberWord => {
                let text = self.doc.tokens[token].span.slice(&self.doc.text);
                let (_, last) = text.rsplit_once('-')?;
                owned = self.given.morphology().readings(&last.to_lowercase());
                &owned
            }
            _ => return None,
        };
        let lemma = &readings.first()?.lemma;
        let first = readings.first()?.tag;
        // «знакомый Новак»
        if self.given.morphology().context_word(lemma).relation {
            return None;
        }
        let full = |r: &&Reading| {
            let participle = r.tag.verb_form == VerbForm::Participle;
            (r.tag.pos == Pos::Adjective || participle) && r.tag.case != Case::None
        };
        if first.pos != Pos::Adjective && first.verb_form != VerbForm::Participle {
            return None;
        }
        let all = || readings.iter().filter(full);
        if all().any(|r| r.tag.number == Number::Plural) {
            return None;
        }
        let cases = all().fold(CaseSet::EMPTY, |set, r| set.with(CaseSet::of(r.tag.case)));
        let gender = all().next()?.tag.gender;
        let shows = all().all(|r| r.tag.gender == gender);
        (!cases.is_empty()).then_some((cases, sex(gender).filter(|_| shows)))
    }

    /// Cases of a noun for a living being.
    fn noun_cases(&self, readings: &[Reading]) -> CaseSet {
        readings
            .iter()
            .filter(|r| r.tag.pos == Pos::Noun && r.tag.animate != Some(false))
            .fold(CaseSet::EMPTY, |set, r| set.with(CaseSet::of(r.tag.case)))
    }

    /// What a position before the name says that agrees with it: «актрису Новак».
    fn position(&self, person: usize) -> Option<Position> {
        let end = self.doc.mentions[person].tokens.start;
        let mention = self.doc.mentions[..person].iter().rev().take(3).find(|m| {
            m.kind == EntityType::Position && m.holder == Some(person as u32) && m.tokens.end <= end
        })?;
        let (token, noun) = mention.tokens.range().find_map(|token| {
            self.readings_of(token)
                .iter()
                .find(|r| r.tag.pos == Pos::Noun && r.tag.animate == Some(true))
                .map(|noun| (token, noun))
        })?;
        let start = mention.tokens.start as usize;
        let mut cases = self.noun_cases(self.readings_of(token));
        let head = self.context(token, &noun.lemma);
        if head.relation && token as u32 + 1 == end {
            // «пресс-секретарь Петровой»
            cases = cases.with(CaseSet::of(Case::Genitive));
            return Some(Position {
                cases,
                certainty: Certainty::Firm,
                sex: None,
                start,
            });
        }
        let mut certainty = Certainty::Firm;
        let mut at = start;
        // What a position in the genitive depends on may be whose name it is.
        while cases.has(Case::Genitive) && self.doc.tokens[at].gap <= Gap::Space && at > 0 {
            at -= 1;
            let outer = self.readings_of(at);
            let Some(other) = outer.iter().find(|r| r.tag.pos == Pos::Noun) else {
                break;
            };
            let word = self.context(at, &other.lemma);
            // «исполняющий обязанности представителя Новак»
            if word.duty {
                return None;
            }
            // «помощник президента Новак», but «брат актрисы Новак», «визит президента Новака»
            if other.tag.animate != Some(true) || word.relation && !word.deputy {
                break;
            }
            cases = cases.with(self.noun_cases(outer));
            certainty = Certainty::Likely;
        }
        let shows = certainty == Certainty::Firm
            && noun.tag.gender == Gender::Feminine
            && noun.tag.number == Number::Singular
            && !head.either_sex;
        Some(Position {
            cases,
            certainty,
            sex: shows.then_some(Sex::Female),
            start,
        })
    }

    /// What the list says of a word: of its form or its lemma.
    fn context(&self, token: usize, lemma: &str) -> ContextWord {
        let lower = &self.given.known.at(token).lower();
        let form = self.given.morphology().context_word(lower);
        if form == ContextWord::default() {
            self.given.morphology().context_word(lemma)
        } else {
            form
        }
    }

    /// The finite verb that a word is.
    fn verb_at(&self, token: usize) -> Option<Verb> {
        let tag = self.readings_of(token).first()?.tag;
        (tag.pos == Pos::Verb && tag.verb_form == VerbForm::Finite).then_some(Verb {
            number: tag.number,
            sex: sex(tag.gender),
            neuter: tag.gender == Gender::Neuter,
        })
    }

    /// Readings of a word.
    fn readings_of(&self, token: usize) -> &[Reading] {
        match self.doc.tokens[token].kind {
            TokenKind::Word => self.given.known.at(token).readings(),
            _ => &[],
        }
    }
}
