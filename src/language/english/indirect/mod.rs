//! Indirect quotations in English: what a cue of speech, thought or attitude introduces without marks.
//!
//! Input: a sentence; output: [`Draft`]s of kind indirect with cue and source. Patterns: a clause after “said (that)”, “to” and
//! an infinitive after “vowed”, “urged X to”, a noun phrase after “criticized”, words before or around “X said”, “according
//! to X”, “the claim that”, headlines “X: …”. Invariant: a quotation has words of its own outside marks, at least half of it.
//!
//! This module goes through the sentence and keeps what is found; [`verb`] holds the patterns of verbs, [`other`] those of other
//! cues, [`complement`] where a verb's words begin, [`extent`] where they end.

mod complement;
mod extent;
mod other;
mod verb;

use super::reader::Reader;
use crate::document::TokenRange;
use crate::document::{Rule, TokenKind};
use crate::language::english::cue::cue_at;
use crate::language::pack::Piece;
use crate::language::statement::statement;
use crate::language::types::{Attribution, Draft, SourcePhrase};
use crate::lexis::classes::Classes;
use crate::lexis::cues::CueList;
use crate::view::View;

/// What follows a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Complement {
    /// A clause.
    Clause,
    /// “to” and an infinitive, or a noun phrase.
    Phrase,
}

/// Appends the indirect quotations of one sentence.
pub(super) fn sentence(view: &View<'_>, piece: Piece<'_>, found: &mut Vec<Draft>) {
    let Piece {
        tokens,
        title,
        taken,
        ..
    } = piece;
    let (start, mut end) = (tokens.start as usize, tokens.end as usize);
    while end > start && matches!(view.kind(end - 1), TokenKind::Stop) {
        end -= 1;
    }
    let mut finder = Finder {
        words: &view.known.glossary.languages.cues,
        reader: Reader { view },
        taken,
        start,
        end,
        last: None,
        covered: start,
        headed: false,
        found,
    };
    finder.headed = finder.title_case();
    if title && finder.headline() {
        return;
    }
    let mut i = start;
    while i < end {
        if view.is_masked(i) {
            i += 1;
            continue;
        }
        i = finder.at(i).max(i + 1);
    }
}

struct Finder<'v, 'd, 'f> {
    words: &'v CueList,
    reader: Reader<'v, 'd>,
    taken: &'f [TokenRange],
    start: usize,
    end: usize,
    /// Subject of the cue before, which a verb without a subject shares.
    last: Option<SourcePhrase>,
    /// Words before this token belong to a quotation already.
    covered: usize,
    /// Every word has a capital, as over an article.
    headed: bool,
    found: &'f mut Vec<Draft>,
}

impl Finder<'_, '_, '_> {
    /// Looks at token `i`; gives where to go on.
    fn at(&mut self, i: usize) -> usize {
        let reader = self.reader;
        let word = reader.word(i);
        // “the United States”, “the Backing Group”: a verb has no capital inside a sentence.
        if reader.capital(i) && i > self.start && !self.headed && !word.any(Classes::PAST) {
            return i + 1;
        }
        if word.any(Classes::VERB.or(Classes::PHRASE))
            && let Some(cue) = cue_at(self.words, reader, i)
        {
            if self.taken.iter().any(|t| t.range().contains(&i)) {
                if let Some(source) = reader.subject(i, self.start, self.last.as_ref()) {
                    self.last = Some(source);
                }
                return cue.tokens.end as usize;
            }
            if cue.preposition {
                return self.according(&cue);
            }
            if !reader.noun_use(i, self.start) {
                return self.verb(&cue);
            }
        }
        if word.any(Classes::NOUN) {
            return self.noun(i);
        }
        if word.any(Classes::ADJECTIVE) {
            return self.adjective(i);
        }
        i + 1
    }

    /// Whether the sentence has capitals throughout.
    fn title_case(&self) -> bool {
        let (mut capital, mut lower) = (0, 0);
        for i in self.start..self.end {
            let token = self.reader.view.token(i);
            if token.kind == TokenKind::Word && token.span.len() > 3 {
                if self.reader.capital(i) {
                    capital += 1;
                } else {
                    lower += 1;
                }
            }
        }
        capital > 2 && lower * 4 <= capital
    }

    /// Whether token `at` lies in the words of a quotation that was found already.
    fn inside(&self, at: usize) -> bool {
        at < self.covered
    }

    fn push(
        &mut self,
        parts: &[(usize, usize)],
        cue: TokenRange,
        source: Option<SourcePhrase>,
        rule: Rule,
        confidence: f32,
    ) -> bool {
        let view = self.reader.view;
        let (start, end) = (cue.start as usize, cue.end as usize);
        let attribution = Attribution::new(cue, source, cue, rule, confidence);
        let Some(mut draft) = statement(view, parts, attribution) else {
            return false;
        };
        // Where words in marks of their own make most of it, they are the quotation.
        let words = draft.tokens.range();
        let masked = words.clone().filter(|&i| view.is_masked(i)).count();
        if masked * 2 > words.len() {
            return false;
        }
        if let Some(attribution) = &mut draft.attribution {
            attribution.tokens = TokenRange::new(start.min(words.start), end.max(words.end));
        }
        self.found.push(draft);
        true
    }
}
