//! Offices and documents that speak: «сообщили в мэрии», «говорится в сообщении министерства», «в нём говорится».
//!
//! Input: a [`Cue`] that has no person as its subject; output: the office, who issued the document, or the document itself. A place
//! on the map, a time and a setting («в интервью») say nothing.

use crate::document::TokenKind;
use crate::document::{EntityType, TokenRange};
use crate::language::clauses::Phrase;
use crate::language::clauses::{Clauses, Cue};
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function, Grammar};

impl<'v, 'd> Clauses<'v, 'd> {
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
                        .or(Function::DEMONSTRATIVE)
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
}
