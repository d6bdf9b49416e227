//! Drafts -> quotes: who the source of each is, by name.
//!
//! Input: [`Draft`]s of a document; output: quotes, ordered by start. Here is settled which source counts: the one beside
//! the words, that of the words around a fragment, or, where nobody is named, that of the quotation before. [`name`] turns a
//! source into a name, [`wording`] its own words into the nominative, [`confidence`] says how sure all of it is.
//! A source that cannot be resolved keeps its own words as its name; a pronoun then has none.

mod confidence;
mod name;
mod wording;

use super::referent::{Referent, Referents};
use super::via;
use crate::document::{EntityType, Quote, QuoteKind, Rule, Speaker, TokenRange, Via};
use crate::language::Packs;
use crate::language::types::Draft;
use crate::lexis::cues::{Frames, Grammar};
use crate::span::Span;
use crate::view::View;

/// Words of the narrator between two quotations of one speaker of whom only the first is named.
const ADJACENT: usize = 4;

/// The quotes of the drafts, in order of start.
pub fn settle(packs: &Packs, view: &View<'_>, mut drafts: Vec<Draft>) -> Vec<Quote> {
    drafts.sort_by_key(|d| {
        (
            d.parts[0].start,
            std::cmp::Reverse(d.parts[d.parts.len() - 1].end),
        )
    });
    for draft in &mut drafts {
        via::find(view, draft);
    }
    let settler = Settler { packs, view };
    let mut referents = Referents::new(packs, view);
    let mut resolved: Vec<Option<Speaker>> = Vec::with_capacity(drafts.len());
    for index in 0..drafts.len() {
        let speaker = settler.speaker(&mut referents, &drafts, &resolved, index);
        resolved.push(speaker);
    }
    drafts
        .into_iter()
        .zip(resolved)
        .map(|(draft, speaker)| settler.quote(draft, speaker))
        .collect()
}

struct Settler<'v, 'd> {
    packs: &'v Packs,
    view: &'v View<'d>,
}

impl Settler<'_, '_> {
    /// Whether words agree in the language that token `i` stands in.
    fn inflected(&self, i: usize) -> bool {
        let pack = self.packs.of(self.view.lang(i));
        pack.is_none_or(|pack| pack.habits().inflected)
    }

    /// Who speaks draft `index`; `resolved` are the speakers of those before it.
    fn speaker(
        &self,
        referents: &mut Referents<'_, '_>,
        drafts: &[Draft],
        resolved: &[Option<Speaker>],
        index: usize,
    ) -> Option<Speaker> {
        let draft = &drafts[index];
        // A fragment speaks for whoever speaks around it.
        if draft.kind == QuoteKind::Fragment
            && let Some(around) = enclosing(drafts, index)
        {
            return resolved[around].clone().map(|s| by(Rule::SpeakerAround, s));
        }
        let Some(attribution) = &draft.attribution else {
            if draft.kind == QuoteKind::Direct {
                return self.same_as_before(drafts, resolved, index);
            }
            return None;
        };
        let Some(source) = &attribution.source else {
            // «A», — сказано в ответ; a direct quotation without a subject goes on with its speaker.
            if draft.kind == QuoteKind::Direct {
                return self.same_as_before(drafts, resolved, index);
            }
            let at = attribution.cue.start as usize;
            return self
                .takes_up(at)
                .then(|| referents.goes_on(at))
                .flatten()
                .map(|referent| by(Rule::SpeakerGoesOn, self.named(referent)));
        };
        // Nobody speaks from inside the words in marks.
        if draft.kind == QuoteKind::Fragment
            && source.tokens.start < draft.tokens.end
            && draft.tokens.start < source.tokens.end
        {
            return None;
        }
        let agree = self.view.facts(attribution.cue.start as usize).verb;
        let speaker = self.resolve(referents, source, agree, draft);
        referents.note(source, &speaker, agree);
        Some(speaker)
    }

    /// «Отмечается, что»: more from a source that spoke before. «Сообщалось», «было отмечено» are anybody's words.
    fn takes_up(&self, cue: usize) -> bool {
        let view = self.view;
        let been = |i: usize| view.lower(i).starts_with("был");
        view.frames(cue, Frames::GOES_ON)
            && !view.grammar(cue, Grammar::PAST)
            && !(cue > 0 && been(cue - 1))
    }

    /// A speaker whom the text does not name at the quotation.
    fn named(&self, referent: Referent) -> Speaker {
        match referent {
            Referent::Entity(entity) => {
                let known = &self.view.doc.entities[entity as usize];
                Speaker {
                    span: None,
                    entity: Some(entity),
                    name: known.name.clone(),
                    sex: known.sex,
                    role: known.role.clone(),
                    unnamed: false,
                    rule: None,
                }
            }
            Referent::Said(speaker) => Speaker {
                span: None,
                ..speaker
            },
            Referent::Phrase(phrase) => Speaker {
                name: self.phrase(&phrase),
                ..Speaker::default()
            },
        }
    }

    /// The speaker of the quotation before, where next to nothing stands between.
    fn same_as_before(
        &self,
        drafts: &[Draft],
        resolved: &[Option<Speaker>],
        index: usize,
    ) -> Option<Speaker> {
        let draft = &drafts[index];
        let before = (0..index)
            .rev()
            .find(|&j| drafts[j].kind != QuoteKind::Fragment)?;
        let speaker = resolved[before].as_ref()?;
        let previous = &drafts[before];
        let end = previous
            .attribution
            .as_ref()
            .map_or(previous.tokens.end, |a| {
                a.tokens.end.max(previous.tokens.end)
            });
        let between = end as usize..draft.tokens.start.max(end) as usize;
        // «Белова извинения приняла.» — the narrator speaks of somebody else.
        let other = between.clone().any(|i| {
            self.view.mention_at(i).is_some_and(|m| {
                let mention = &self.view.doc.mentions[m as usize];
                mention.kind == EntityType::Person && mention.entity != speaker.entity
            })
        });
        if between.len() > 4 * ADJACENT || other {
            return None;
        }
        let between = self.view.free_words(between);
        (between <= ADJACENT).then(|| Speaker {
            span: None,
            rule: Some(Rule::SpeakerQuoteBefore),
            ..speaker.clone()
        })
    }

    fn span(&self, tokens: TokenRange) -> Span {
        let doc = self.view.doc;
        let range = tokens.range();
        doc.tokens[range.start]
            .span
            .cover(doc.tokens[range.end - 1].span)
    }

    fn quote(&self, draft: Draft, speaker: Option<Speaker>) -> Quote {
        let doc = self.view.doc;
        let attribution = draft.attribution.as_ref();
        let via = attribution.map_or_else(Vec::new, |a| {
            a.via
                .iter()
                .filter_map(|&m| {
                    let mention = &doc.mentions[m as usize];
                    let entity = mention.entity?;
                    (speaker.as_ref().and_then(|s| s.entity) != Some(entity)).then(|| Via {
                        span: mention.span,
                        entity: Some(entity),
                        name: doc.entities[entity as usize].name.clone(),
                    })
                })
                .collect()
        });
        let confidence = self.confidence(&draft, speaker.as_ref());
        Quote {
            kind: draft.kind,
            spans: draft.parts,
            cue: attribution.map(|a| self.span(a.cue)),
            speaker,
            via,
            attribution: attribution.map(|a| a.rule),
            rule: draft.rule,
            confidence,
        }
    }
}

/// A speaker as chosen by a rule.
fn by(rule: Rule, speaker: Speaker) -> Speaker {
    Speaker {
        rule: Some(rule),
        ..speaker
    }
}

/// The innermost indirect quotation that holds draft `index`. Drafts are in order of start, so it stands among those just before.
fn enclosing(drafts: &[Draft], index: usize) -> Option<usize> {
    let inner = drafts[index].parts[0];
    (index.saturating_sub(16)..index)
        .filter(|&j| {
            drafts[j].kind == QuoteKind::Indirect
                && drafts[j].parts.iter().any(|p| p.contains(inner))
        })
        .min_by_key(|&j| drafts[j].parts.iter().map(|p| p.len()).sum::<usize>())
}
