//! Who is the subject of a cue: by agreement, word order, relative clauses, gerunds, offices («сообщили в мэрии»).
//!
//! Input: a sentence cut into segments and a cue in it; output: a [`SourcePhrase`]. Nothing is found rather than a phrase that
//! disagrees with the verb. Here is settled in which order subjects are looked for; [`elsewhere`] has those that stand in another
//! segment than the verb, [`issuer`] offices and documents that speak, [`apposition`] the name behind a phrase, [`words_of`]
//! sources without a verb.

mod apposition;
mod elsewhere;
mod issuer;
mod words_of;

use super::phrase::{self, Wanted};
use crate::document::EntityType;
use crate::document::TokenKind;
use crate::language::clauses::Phrase;
use crate::language::clauses::{Clauses, Cue};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function, Grammar};

impl<'v, 'd> Clauses<'v, 'd> {
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
}
