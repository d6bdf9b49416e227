//! Subjects that stand in another segment than their verb: of the clause or verb before, over appositions, of what a gerund
//! leans on, before «который» or a participle.
//!
//! Input: a [`Cue`] without a subject in its segment; output: a [`SourcePhrase`] of the same sentence, or none.

use crate::document::TokenKind;
use crate::document::{EntityType, TokenRange};
use crate::language::clauses::Phrase;
use crate::language::clauses::{Clauses, Cue};
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function, Grammar};

impl<'v, 'd> Clauses<'v, 'd> {
    /// The subject of the clause that a relative clause leans on; of any gender where none agrees.
    pub(super) fn subject_of_clause_before(
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

    /// «X сообщил, что A, а также назвал …»: the cue before, where it agrees and the verb stands without a subject.
    pub(super) fn subject_of_verb_before(
        &mut self,
        cue: &Cue,
        start: usize,
    ) -> Option<SourcePhrase> {
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
                    let other = Cue::read(view, at, k);
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
}
