//! Sources without a verb: «по словам X», «по его мнению», «со слов X», «на взгляд X», «согласно X».
//!
//! Input: the noun or preposition of such a phrase; output: the tokens of the cue, and the source in its case. Of documents only those
//! speak that somebody issued.

use crate::document::TokenRange;
use crate::language::clauses::Clauses;
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::SourcePhrase;
use crate::lexis::cues::{Agreement, Frames, Function, Grammar};

impl<'v, 'd> Clauses<'v, 'd> {
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

    /// «согласно X», «согласно данным X», «согласно уставу X».
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
