//! A sentence that the next one says somebody said: «A. Об этом сообщил X.», «A. Такое мнение высказал X.»
//!
//! Input: a cue with «об этом» or «такое» before it; output: a draft of the sentence before, unless that one was said by somebody
//! already.

use super::Finder;
use crate::document::{Gap, Rule};
use crate::language::clauses::Cue;
use crate::language::russian::clause;
use crate::lexis::cues::{Agreement, CueForm, Frames, Function};

impl Finder<'_, '_, '_> {
    /// «Об этом сообщил X»: the sentence before is what was said.
    pub(super) fn about_this(
        &mut self,
        index: usize,
        cue: &Cue,
        (start, end): (usize, usize),
    ) -> bool {
        let view = self.view;
        // «Как передаёт X, об этом заявил Y»
        let opens = self.clauses.segments[cue.segment].start;
        let begin = if opens > start && view.function(start, Function::AS) {
            opens
        } else {
            start
        };
        let limit = cue.at.min(begin + 6);
        let about = (begin..limit).find(|&i| {
            view.function(i, Function::ABOUT)
                && i + 1 < end
                && (view.function(i + 1, Function::THIS)
                    || matches!(view.lower(i + 1), "чем" | "этом"))
        });
        let this = about.is_none()
            && cue.at == start + 1
            && view.lower(start) == "это"
            && cue.form == CueForm::Finite
            && !view.facts(cue.at).verb.any(Agreement::NEUTER);
        // «Такое мнение высказал X», «С таким заявлением выступил X»
        let such = about.is_none()
            && cue.at <= begin + 5
            && (begin..cue.at).any(|i| view.function(i, Function::SUCH) && i <= begin + 1)
            && (begin..cue.at).any(|i| view.frames(i, Frames::NOUN_THAT));
        if about.is_none_or(|i| i > begin + 2) && !this && !such {
            return false;
        }
        // «Об этом, как передаёт X, сообщил Y»: the verb outside the parenthesis has the words.
        if cue.segment > 0 && view.function(opens, Function::AS) && self.later_about(cue) {
            return true;
        }
        // «Об этом он заявил, отвечая …»: with «что» of its own it is another pattern.
        if self.clauses.next_begins_with(cue.segment, Function::WHAT) {
            return false;
        }
        let Some(previous) = index.checked_sub(1) else {
            return true;
        };
        let doc = view.doc;
        let (here, before) = (&doc.sentences[index], &doc.sentences[previous]);
        if here.block > before.block + 1
            || view.token(start).gap == Gap::Paragraph
                && !doc.blocks[before.block as usize].kind.is_article()
        {
            return true;
        }
        let (from, to) = clause::core(view, before.tokens);
        let said = self
            .found
            .iter()
            .rev()
            .take(8)
            .any(|d| (d.tokens.start as usize) < to && d.tokens.end as usize > from);
        if said || view.free_words(from..to) < 3 {
            return true;
        }
        let source = if cue.frames.any(Frames::IMPERSONAL) {
            self.clauses.document_place(cue)
        } else {
            self.clauses.subject(cue, start, true)
        };
        let confidence = if source.is_some() { 0.85 } else { 0.6 };
        self.push_with(
            vec![(from, to)],
            cue.tokens,
            source,
            Rule::IndirectAboutThis,
            confidence,
            Some((start, end)),
        );
        true
    }

    /// Whether a cue that takes «об этом» stands in a later segment.
    fn later_about(&self, cue: &Cue) -> bool {
        let view = self.view;
        self.clauses.segments[cue.segment + 1..].iter().any(|s| {
            (s.start..s.end).any(|i| {
                view.frames(i, Frames::ABOUT)
                    && view.facts(i).form == CueForm::Finite
                    && !view.is_masked(i)
            })
        })
    }
}
