//! Who is the subject of a cue: by agreement, word order, relative clauses, gerunds, offices («сообщили в мэрии»).
//!
//! Input: a sentence cut into segments and a cue in it; output: a [`SourcePhrase`]. Nothing is found rather than a phrase that
//! disagrees with the verb.

use super::clause::{Segment, View};
use super::cues::{Agreement, CueForm, Frames, Function, Grammar};
use super::phrase::{self, Phrase, Wanted};
use super::types::SourcePhrase;
use crate::document::{EntityType, TokenRange};
use crate::segment::TokenKind;

/// A sentence at work.
pub struct Clauses<'v, 'd> {
    /// What the rules read.
    pub view: &'v View<'d>,
    /// Segments of the sentence.
    pub segments: Vec<Segment>,
    subjects: Vec<Phrase>,
    /// The source of the quotation found last, and where that quotation ends (token).
    pub previous: Option<(usize, SourcePhrase)>,
}

pub struct Cue {
    /// The verb.
    pub at: usize,
    /// Cue in tokens, where it has more than the verb.
    pub tokens: TokenRange,
    /// Index of its segment.
    pub segment: usize,
    pub form: CueForm,
    pub frames: Frames,
    pub agree: Agreement,
}

impl<'v, 'd> Clauses<'v, 'd> {
    /// Nothing at work yet.
    pub fn new(view: &'v View<'d>) -> Self {
        Clauses {
            view,
            segments: Vec::new(),
            subjects: Vec::new(),
            previous: None,
        }
    }

    pub fn next_begins_with(&self, k: usize, function: Function) -> bool {
        self.segments
            .get(k + 1)
            .is_some_and(|s| s.start < s.end && self.view.function(s.start, function))
    }

    /// The subject of a cue; `after_first` where the verb stands after its words.
    pub fn subject(&mut self, cue: &Cue, start: usize, after_first: bool) -> Option<SourcePhrase> {
        let view = self.view;
        let segment = self.segments[cue.segment];
        if cue.form == CueForm::Gerund {
            return self.subject_of_gerund(cue, start);
        }
        if cue.form == CueForm::Participle {
            return self.noun_of_participle(cue, start);
        }
        // «X, который заявил, что»
        if let Some(which) = (segment.start..cue.at).find(|&i| {
            view.function(i, Function::WHICH)
                && view.facts(i).grammar.any(Grammar::NOM.or(Grammar::ADJ_NOM))
                && (view.facts(i).agreement.is_empty()
                    || cue.agree.is_empty()
                    || view.facts(i).agreement.any(cue.agree))
        }) && which <= segment.start + 2
            && segment.start > start
        {
            return self.antecedent(segment.start - 1, start);
        }
        // «X направил письмо, в котором сообщил, что»: the subject of the clause before.
        if self.in_which(cue.segment)
            && self
                .best_subject(segment.start + 2, segment.end, cue.agree, false)
                .is_none()
        {
            return self.subject_of_clause_before(cue.segment, start, cue.agree);
        }
        // «X выразил уверенность, что A, и отметил, что»: the verb behind «и» has the subject of the one before.
        if !after_first
            && cue.at > segment.start
            && segment.start > start
            && view.function(segment.start, Function::WHAT)
            && view.lower(cue.at - 1) == "и"
            && let Some(source) = self.subject_of_verb_before(cue, start)
        {
            return Some(source);
        }
        // «попросили принести воды»: what follows the infinitive belongs to it.
        let clause_end = if cue.frames.any(Frames::INFINITIVE) {
            (cue.at + 1..segment.end)
                .find(|&i| view.grammar(i, Grammar::INFINITIVE))
                .unwrap_or(segment.end)
        } else {
            segment.end
        };
        let after = self.best_subject(cue.at + 1, clause_end, cue.agree, false);
        // «сообщил X» with the name in the next segment («сообщила, отвечая на вопрос, X»): seldom, left out.
        let mut before = self.best_subject(segment.start, cue.at, cue.agree, true);
        if before.is_none() && after.is_none() && !after_first {
            if let Some(source) = self.subject_of_verb_before(cue, start) {
                return Some(source);
            }
            before = self
                .subject_across(cue, start)
                .or_else(|| self.name_after_setting(segment.start, cue.at, cue.agree));
        }
        let (first, second) = if after_first {
            (after, before)
        } else {
            (before, after)
        };
        let phrase = match (first, second) {
            (Some(a), Some(b)) if a.weight <= 1 && b.weight > 2 => Some(b),
            // «Об этом министр рассказал "Вестям"»
            (Some(a), Some(b))
                if a.weight <= 3
                    && b.weight >= 4
                    && after_first
                    && !view.grammar(a.head, Grammar::ANIMATE) =>
            {
                Some(b)
            }
            (Some(a), _) => Some(a),
            (None, b) => b,
        };
        if let Some(phrase) = phrase {
            return Some(self.with_name_behind(cue.segment, phrase, Wanted::Nominative));
        }
        // «отмечают в ведомстве»; «обвинили в подлоге» is no place.
        if cue.agree.any(Agreement::PLURAL) && !cue.frames.any(Frames::FACT) {
            return self
                .in_office(cue.at, segment.end)
                .or_else(|| self.in_office(segment.start.wrapping_sub(1), cue.at));
        }
        None
    }

    /// Whether a segment begins with «в котором», «где».
    fn in_which(&self, segment: usize) -> bool {
        let view = self.view;
        let s = self.segments[segment];
        s.start + 1 < s.end
            && view.function(s.start, Function::IN)
            && view.function(s.start + 1, Function::WHICH)
    }

    /// The subject of the clause that a relative clause leans on; of any gender where none agrees.
    fn subject_of_clause_before(
        &mut self,
        segment: usize,
        start: usize,
        agree: Agreement,
    ) -> Option<SourcePhrase> {
        let view = self.view;
        for k in (0..segment).rev() {
            let s = self.segments[k];
            let verb = (s.start..s.end).find(|&i| {
                view.grammar(i, Grammar::FINITE)
                    && view.mention_at(i).is_none()
                    && !view.is_masked(i)
            });
            if let Some(verb) = verb {
                let agree = if agree.is_empty() {
                    view.facts(verb).verb
                } else {
                    agree
                };
                let subject = self
                    .best_subject(s.start, verb, agree, true)
                    .or_else(|| self.best_subject(verb + 1, s.end, agree, false));
                return subject.map(|phrase| phrase::source(view, phrase, Wanted::Nominative));
            }
            if s.start == start {
                break;
            }
        }
        None
    }

    /// A place that speaks after a verb in the plural: «сообщили в мэрии», «рассказали на заводе».
    pub fn in_office(&self, at: usize, end: usize) -> Option<SourcePhrase> {
        let view = self.view;
        let mut i = at.wrapping_add(1);
        while i < end {
            if view.function(i, Function::IN)
                && let Some(phrase) =
                    phrase::read(view, i + 1, end, Wanted::Locative, Agreement::ANY)
            {
                let quiet = view.function(
                    phrase.head,
                    Function::TIME
                        .or(Function::SETTING)
                        .or(Function::THAT)
                        .or(Function::THIS),
                ) || view.grammar(phrase.head, Grammar::PRONOUN)
                    || view.kind(phrase.head) == TokenKind::Number
                    || view.entity_at(phrase.head) == Some(EntityType::Place);
                if !quiet {
                    return Some(phrase::source(view, phrase, Wanted::Locative));
                }
                i = phrase.end;
                continue;
            }
            // «признали себя виновными в соучастии»: what the verb governs has the preposition.
            if view.lower(i) == "себя"
                || view.grammar(i, Grammar::ADJ_INS)
                    && i + 1 < end
                    && view.function(i + 1, Function::IN)
            {
                return None;
            }
            i += 1;
        }
        None
    }

    /// «сообщается на сайте управления», «говорится в сообщении министерства»: the document's place.
    pub fn document_place(&mut self, cue: &Cue) -> Option<SourcePhrase> {
        let view = self.view;
        let segment = self.segments[cue.segment];
        // «газета вышла со статьёй, в которой говорилось, что»
        if self.in_which(cue.segment) {
            return self.subject_of_clause_before(
                cue.segment,
                self.segments[0].start,
                Agreement::default(),
            );
        }
        for (from, to) in [(cue.at + 1, segment.end), (segment.start, cue.at)] {
            let mut i = from;
            while i < to {
                let preposition = view.function(i, Function::IN) || matches!(view.lower(i), "из");
                if !preposition || !view.grammar(i, Grammar::PREPOSITION) {
                    i += 1;
                    continue;
                }
                let wanted = if view.lower(i) == "из" {
                    Wanted::Genitive
                } else {
                    Wanted::Locative
                };
                let Some(phrase) = phrase::read(view, i + 1, to, wanted, Agreement::ANY) else {
                    i += 1;
                    continue;
                };
                i = phrase.end.max(i + 1);
                if view.grammar(phrase.head, Grammar::PRONOUN)
                    && phrase.end == phrase.start + 1
                    && let Some(source) = self.issuer_before(phrase.head)
                {
                    return Some(source);
                }
                if let Some(source) = self.issuer_of(phrase, wanted, cue) {
                    return Some(source);
                }
            }
        }
        // «В заявлении, переданном прессе, говорится, что»
        if cue.at <= segment.start + 1 && cue.segment >= 2 {
            let (apart, first) = (
                self.segments[cue.segment - 1],
                self.segments[cue.segment - 2],
            );
            let participle = apart.start < apart.end
                && (view.grammar(apart.start, Grammar::PARTICIPLE)
                    || (apart.start..apart.end.min(apart.start + 3))
                        .any(|i| view.function(i, Function::WHICH)));
            let place = (first.start..first.end)
                .rev()
                .find(|&i| view.function(i, Function::IN) && view.grammar(i, Grammar::PREPOSITION));
            if participle
                && let Some(i) = place
                && let Some(phrase) =
                    phrase::read(view, i + 1, first.end, Wanted::Locative, Agreement::ANY)
                && phrase.end == first.end
            {
                return self.issuer_of(phrase, Wanted::Locative, cue);
            }
        }
        None
    }

    /// «В нём говорится»: who issued the document that the sentence before tells of: its owner («заявление министерства»), or the
    /// subject of the sentence («министерство опубликовало доклад»).
    fn issuer_before(&mut self, pronoun: usize) -> Option<SourcePhrase> {
        let view = self.view;
        let doc = view.doc;
        let here = doc.sentence_at(doc.tokens[pronoun].span.start())?;
        let before = here.checked_sub(1)?;
        let tokens = doc.sentences[before].tokens.range();
        let document = tokens
            .clone()
            .rev()
            .find(|&i| view.function(i, Function::DOCUMENT) && !view.is_masked(i))?;
        if let Some(owner) = phrase::read(
            view,
            document + 1,
            tokens.end,
            Wanted::Genitive,
            Agreement::ANY,
        ) && owner.weight >= 2
            && view.token(document + 1).is_wordlike()
        {
            return Some(phrase::source(view, owner, Wanted::Genitive));
        }
        let verb = (tokens.start..document).rev().find(|&i| {
            view.grammar(i, Grammar::FINITE) && view.mention_at(i).is_none() && !view.is_masked(i)
        })?;
        let agree = view.facts(verb).verb;
        let phrase = self
            .best_subject(tokens.start, verb, agree, true)
            .or_else(|| self.best_subject(verb + 1, document, agree, false))?;
        Some(phrase::source(view, phrase, Wanted::Nominative))
    }

    /// Who speaks in «в сообщении министерства», «на сайте управления», «в новых правилах».
    fn issuer_of(&self, phrase: Phrase, wanted: Wanted, cue: &Cue) -> Option<SourcePhrase> {
        let view = self.view;
        let head = phrase.head;
        if view.function(head, Function::TIME.or(Function::WHICH).or(Function::THIS))
            || view.entity_at(head) == Some(EntityType::Place)
        {
            return None;
        }
        let issued = view.function(
            head,
            Function::DOCUMENT.or(Function::MEDIA).or(Function::COMPANY),
        );
        // «в их совместном заявлении»
        if issued
            && let Some(i) = (phrase.start..head).find(|&i| view.grammar(i, Grammar::POSSESSIVE))
        {
            return Some(SourcePhrase {
                tokens: TokenRange::new(i, i + 1),
                head: i as u32,
                mention: None,
                oblique: true,
            });
        }
        if issued || view.entity_at(head) == Some(EntityType::Organisation) {
            // «в сообщении министерства»: the ministry speaks.
            if phrase.end > head + 1
                && let Some(owner) =
                    phrase::read(view, head + 1, phrase.end, Wanted::Genitive, Agreement::ANY)
            {
                return Some(phrase::source(view, owner, Wanted::Genitive));
            }
            return Some(phrase::source(view, phrase, wanted));
        }
        // «в новых правилах говорится»: a text of any sort, where the verb is one of texts.
        let texts =
            view.frames(cue.at, Frames::GOES_ON.or(Frames::PLACED)) || cue.form == CueForm::Short;
        let quiet = view.function(head, Function::SETTING)
            || view.kind(head) == TokenKind::Number
            || view.grammar(
                head,
                Grammar::ANIMATE.or(Grammar::PRONOUN).or(Grammar::NUMERAL),
            );
        (texts && !quiet).then(|| phrase::source(view, phrase, wanted))
    }

    /// The best candidate of a range: the likeliest to speak; `last`: of equals the one nearest to the verb behind it.
    pub fn best_subject(
        &mut self,
        start: usize,
        end: usize,
        agree: Agreement,
        last: bool,
    ) -> Option<Phrase> {
        let mut subjects = std::mem::take(&mut self.subjects);
        phrase::subjects(self.view, start, end, agree, true, &mut subjects);
        let weight = |p: &Phrase| p.weight.min(3);
        let best = if last {
            subjects.iter().max_by_key(|p| weight(p)).copied()
        } else {
            // The first of the best (max_by_key takes the last); but «рассказал "Ъ" один из участников».
            let view = self.view;
            let told = subjects.first().is_some_and(|p| {
                p.end < p.start + 4
                    && (view.kind(p.head) == TokenKind::Quote
                        || view.grammar(p.head, Grammar::UNKNOWN) && !view.readings_known(p.head)
                        || p.end == p.start + 1 && view.is_acronym(p.head))
                    && view.entity_at(p.head) != Some(EntityType::Person)
            });
            let rest = if told && subjects.len() > 1 && subjects[1].start == subjects[0].end {
                &subjects[1..]
            } else {
                &subjects[..]
            };
            rest.iter().rev().max_by_key(|p| weight(p)).copied()
        };
        self.subjects = subjects;
        best.filter(|p| p.weight > 0)
    }

    /// «в своём блоге Ризви заявил»: a name that could be taken for a genitive.
    fn name_after_setting(&mut self, start: usize, end: usize, agree: Agreement) -> Option<Phrase> {
        let view = self.view;
        phrase::subjects(view, start, end, agree, false, &mut self.subjects);
        self.subjects
            .iter()
            .rev()
            .find(|p| view.capital(p.head) && view.readings_known(p.head) && p.weight >= 3)
            .copied()
    }

    /// «сообщил лидер партии, известный проповедник X»: the name stands in an apposition behind a comma.
    fn with_name_behind(&self, segment: usize, phrase: Phrase, wanted: Wanted) -> SourcePhrase {
        let view = self.view;
        let source = phrase::source(view, phrase, wanted);
        let person = |s: &SourcePhrase| {
            s.mention
                .is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Person)
        };
        let animate = view.grammar(phrase.head, Grammar::ANIMATE)
            || view.is_people(phrase.head)
            || view.function(phrase.head, Function::SOURCE)
            || matches!(
                view.lower(phrase.head),
                "один" | "одна" | "одного" | "одной"
            )
            || view.entity_at(phrase.head) == Some(EntityType::Position);
        let plural = view.is_plural(phrase.head, wanted != Wanted::Nominative);
        if person(&source) || !animate || plural || phrase.end != self.segments[segment].end {
            return source;
        }
        if let Some(longer) =
            phrase::with_attribute(view, &source, self.segments.get(segment + 1).map(|s| s.end))
        {
            return longer;
        }
        let Some(mut next) = self.segments.get(segment + 1) else {
            return source;
        };
        // «директор общества защиты птиц (ОЗП) Пётр Юров»
        if next.bracketed
            && next.start == phrase.end + 1
            && let Some(behind) = self.segments.get(segment + 2)
            && behind.start == next.end + 1
            && let Some(name) = phrase::read(view, behind.start, behind.end, wanted, Agreement::ANY)
            && view.entity_at(name.head) == Some(EntityType::Person)
        {
            let named = phrase::source(view, name, wanted);
            if person(&named) {
                return SourcePhrase {
                    tokens: TokenRange::new(phrase.start, name.end),
                    ..named
                };
            }
        }
        if next.bracketed {
            next = match self.segments.get(segment + 2) {
                Some(behind) => behind,
                None => return source,
            };
        }
        if next.start >= next.end
            || next.start != phrase.end + 1
            || view.kind(phrase.end) != TokenKind::Comma
        {
            return source;
        }
        // «один из зрителей, 62-летний Олег Юров»
        let aged = ["летний", "летняя", "летнего", "летней"]
            .iter()
            .any(|e| view.lower(next.start).ends_with(e));
        let from = next.start + usize::from(aged);
        let Some(name) = phrase::read(view, from, next.end, wanted, Agreement::ANY) else {
            return source;
        };
        let named = phrase::source(view, name, wanted);
        // «По мнению врача, Ли, …»: a bare name that has no case tells nothing.
        let told = name.start < name.head
            || aged
            || wanted == Wanted::Nominative
            || named.mention.is_some_and(|m| {
                let range = view.doc.mentions[m as usize].tokens.range();
                range.start > name.start
                    || range
                        .into_iter()
                        .any(|i| !view.grammar(i, Grammar::NOM.or(Grammar::UNKNOWN)))
            });
        if name.end == next.end && person(&named) && told {
            return SourcePhrase {
                tokens: TokenRange::new(phrase.start, name.end),
                ..named
            };
        }
        source
    }

    /// «X сообщил, что A, а также назвал …»: the cue before, where it agrees and the verb stands without a subject.
    fn subject_of_verb_before(&mut self, cue: &Cue, start: usize) -> Option<SourcePhrase> {
        let view = self.view;
        for k in (0..cue.segment).rev() {
            let s = self.segments[k];
            for at in (s.start..s.end).rev() {
                let facts = *view.facts(at);
                let alike = facts.form == CueForm::Finite
                    && facts.frames.any(Frames::VERB)
                    && (facts.verb == cue.agree
                        || facts.verb == Agreement::SINGULAR
                            && facts.verb.any(cue.agree)
                            && !(s.start..at).any(|i| view.function(i, Function::WHICH)))
                    && !view.is_masked(at);
                if alike {
                    let other = Cue {
                        at,
                        tokens: TokenRange::new(at, at + 1),
                        segment: k,
                        form: facts.form,
                        frames: facts.frames,
                        agree: facts.verb,
                    };
                    return self.subject(&other, start, false);
                }
            }
        }
        None
    }

    /// «X, глава Y, заявил, что»: over appositions and gerunds back to the sentence's start or another clause.
    pub fn subject_across(&mut self, cue: &Cue, start: usize) -> Option<Phrase> {
        let view = self.view;
        let mut best: Option<Phrase> = None;
        let mut k = cue.segment;
        while k > 0 {
            k -= 1;
            let s = self.segments[k];
            if s.start >= s.end {
                continue;
            }
            let relative =
                (s.start..s.end.min(s.start + 3)).any(|i| view.function(i, Function::WHICH));
            let found = if relative || s.bracketed {
                None
            } else {
                self.best_subject(s.start, s.end, cue.agree, true)
            };
            if let Some(phrase) = found
                && best.is_none_or(|b| phrase.weight >= b.weight.min(4))
            {
                best = Some(phrase);
            }
            if s.start == start || view.has_predicate(s.start..s.end) && !relative {
                break;
            }
        }
        best
    }

    /// The subject of the finite verb that a gerund leans on: another cue's source, or the sentence's subject.
    pub fn subject_of_gerund(&mut self, cue: &Cue, start: usize) -> Option<SourcePhrase> {
        let view = self.view;
        if let Some((end, source)) = &self.previous
            && *end > start
            && *end + 3 > self.segments[cue.segment].start
        {
            return Some(source.clone());
        }
        for order in [true, false] {
            let mut k = cue.segment;
            loop {
                let s = self.segments[k];
                // What the gerund introduces has a subject of its own.
                let said = !order && s.start < s.end && view.function(s.start, Function::WHAT);
                let verb = (s.start..s.end).find(|&i| {
                    view.grammar(i, Grammar::FINITE)
                        && view.mention_at(i).is_none()
                        && !view.is_masked(i)
                });
                if let Some(verb) = verb.filter(|_| !said) {
                    let agree = view.facts(verb).verb;
                    // «отвергли эти обвинения, заявив»: behind the verb a thing is its object.
                    let subject = self.best_subject(s.start, verb, agree, true).or_else(|| {
                        self.best_subject(verb + 1, s.end, agree, false)
                            .filter(|p| p.weight >= 3 || view.facts(p.head).collective.is_noun())
                    });
                    if let Some(phrase) = subject {
                        return Some(phrase::source(view, phrase, Wanted::Nominative));
                    }
                }
                if order {
                    if k == 0 {
                        break;
                    }
                    k -= 1;
                } else {
                    k += 1;
                    if k >= self.segments.len() {
                        break;
                    }
                }
            }
        }
        None
    }

    /// «Иванову, считающему, что»: the noun before the comma.
    pub fn noun_of_participle(&self, cue: &Cue, start: usize) -> Option<SourcePhrase> {
        let segment = self.segments[cue.segment];
        if segment.start > start && cue.at <= segment.start + 2 {
            return self.antecedent(segment.start - 1, start);
        }
        None
    }

    /// The noun phrase that ends before the comma at `comma`.
    pub fn antecedent(&self, comma: usize, start: usize) -> Option<SourcePhrase> {
        let view = self.view;
        if comma <= start {
            return None;
        }
        let last = comma - 1;
        // «документ «…», который»: back over the marks.
        if view.kind(last) == TokenKind::Quote && view.mention_at(last - 1).is_none() {
            let open = (start..last)
                .rev()
                .find(|&i| view.kind(i) == TokenKind::Quote)?;
            if open > start && view.token(open - 1).is_wordlike() {
                return self.antecedent(open, start);
            }
            return None;
        }
        let (mut from, mention) = match view.mention_at(last) {
            Some(m) => (view.doc.mentions[m as usize].tokens.start as usize, Some(m)),
            None => (last, None),
        };
        let person =
            mention.is_some_and(|m| view.doc.mentions[m as usize].kind == EntityType::Person);
        // «прогнозы наблюдателей, которые»: people speak, not what is theirs.
        let people = view.is_people(last)
            && mention.is_none_or(|m| view.doc.mentions[m as usize].kind == EntityType::Position);
        let nouns = if people {
            Grammar::ANY_ADJECTIVE
        } else {
            Grammar::ANY_NOUN.or(Grammar::ANY_ADJECTIVE)
        };
        // The title before a name, the adjectives and nouns before a noun.
        while from > start {
            let j = from - 1;
            let grammar = view.facts(j).grammar;
            // «со стороны толпы, кричавшей»
            let fixed = matches!(view.lower(j), "стороны" | "лицом" | "имени")
                && j > start
                && matches!(view.lower(j - 1), "со" | "перед" | "от");
            if fixed {
                break;
            }
            let nominal = grammar.any(nouns)
                && !grammar.any(Grammar::PREPOSITION.or(Grammar::PRONOUN))
                && !grammar.any(Grammar::FINITE);
            if nominal && view.token(j).is_wordlike() || view.foreign_name(j) {
                from = j;
            } else {
                break;
            }
        }
        let mention = if person {
            mention
        } else {
            mention
                .filter(|&m| view.doc.mentions[m as usize].tokens.start as usize == from)
                .or_else(|| {
                    view.mention_at(from)
                        .filter(|&m| view.doc.mentions[m as usize].kind == EntityType::Position)
                })
        };
        Some(SourcePhrase {
            tokens: TokenRange::new(from, comma),
            head: mention.map_or(from as u32, |m| view.doc.mentions[m as usize].tokens.start),
            mention,
            oblique: true,
        })
    }

    /// «по словам X», «по его мнению», «со слов X», «согласно X»: the cue at noun or preposition `at`, and its source.
    pub fn words_of(
        &self,
        segment: usize,
        at: usize,
        end: usize,
    ) -> Option<(TokenRange, SourcePhrase)> {
        let view = self.view;
        let here = self.segments[segment];
        if view.frames(at, Frames::PREPOSITION) {
            return self.according_to(segment, at);
        }
        let po = (here.start.max(at.saturating_sub(3))..at)
            .rev()
            .find(|&i| {
                view.function(i, Function::PO.or(Function::SO))
                    || view.frames(at, Frames::NOUN_SO) && view.lower(i) == "на"
            })?;
        // «на взгляд X», «с точки зрения X», «со слов X»
        let fixed = match view.lower(at) {
            "взгляд" => view.lower(po) == "на",
            "зрения" => view.function(po, Function::SO) && view.lower(at - 1) == "точки",
            _ => view.lower(po) != "на",
        };
        if !fixed {
            return None;
        }
        if view.function(po, Function::SO) && !view.frames(at, Frames::NOUN_SO)
            || view.function(po, Function::PO) && !view.grammar(at, Grammar::DAT)
        {
            return None;
        }
        let cue = TokenRange::new(po, at + 1);
        if let Some(i) = (po + 1..at).find(|&i| view.grammar(i, Grammar::POSSESSIVE)) {
            let source = SourcePhrase {
                tokens: TokenRange::new(i, i + 1),
                head: i as u32,
                mention: None,
                oblique: true,
            };
            return Some((cue, source));
        }
        let mut next = at + 1;
        // «по словам же X»
        while next < end && (view.lower(next) == "же" || view.function(next, Function::SELF)) {
            next += 1;
        }
        let whole = here.end.max(next).min(end);
        let phrase = phrase::read(view, next, whole, Wanted::Genitive, Agreement::ANY)?;
        let source = if phrase.end == here.end {
            self.with_name_behind(segment, phrase, Wanted::Genitive)
        } else {
            phrase::source(view, phrase, Wanted::Genitive)
        };
        Some((cue, source))
    }

    fn according_to(&self, segment: usize, at: usize) -> Option<(TokenRange, SourcePhrase)> {
        let view = self.view;
        let to = self.segments[segment].end;
        let phrase = phrase::read(view, at + 1, to, Wanted::Dative, Agreement::ANY)?;
        let head = phrase.head;
        // «согласно закону» says what the law is; only documents, people and organisations speak.
        let noun = view.frames(head, Frames::NOUN_PO);
        if !noun && !view.function(head, Function::DOCUMENT) && view.entity_at(head).is_none() {
            return None;
        }
        let owner = phrase::read(view, head + 1, phrase.end, Wanted::Genitive, Agreement::ANY);
        if !noun
            && view.function(head, Function::DOCUMENT)
            && let Some(owner) = owner
        {
            // «согласно уставу форума»: the forum speaks.
            return Some((
                TokenRange::new(at, head + 1),
                phrase::source(view, owner, Wanted::Genitive),
            ));
        }
        if !noun {
            let source = phrase::source(view, phrase, Wanted::Dative);
            return Some((TokenRange::new(at, at + 1), source));
        }
        // «согласно данным X»: X speaks.
        let source = match owner {
            Some(owner) => phrase::source(view, owner, Wanted::Genitive),
            None => phrase::source(view, phrase, Wanted::Dative),
        };
        Some((TokenRange::new(at, head + 1), source))
    }
}
