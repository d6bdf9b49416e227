//! Drafts -> quotes: who the source of each is, by name.
//!
//! Input: [`Draft`]s of a document; output: `doc.quotes`, ordered by start. A source is resolved by its mention; a role, a
//! pronoun or a common noun («компания») by what it refers to (see [`super::referent`]); words beside which nobody is named by
//! the discourse: a fragment speaks for who speaks around it, a quotation that follows another for the same speaker.
//! A source that cannot be resolved keeps its own words as its name; a pronoun then has none.

use super::clause::View;
use super::cues::{Agreement, Frames, Function, Grammar};
use super::phrase::{self, Wanted};
use super::referent::{Referent, Referents};
use super::types::{Draft, SourcePhrase};
use super::via;
use crate::document::{
    Document, EntityType, Mention, Quote, QuoteKind, Sex, Speaker, TokenRange, Via,
};
use crate::morph::{NamePart, NameWord};
use crate::pipeline::{Resources, Scratch};
use crate::segment::{LetterCase, TokenKind};
use crate::span::Span;

/// Words of the narrator between two quotations of one speaker of whom only the first is named.
const ADJACENT: usize = 4;

/// Fills `doc.quotes`.
pub fn settle(
    resources: &Resources,
    scratch: &Scratch,
    doc: &mut Document,
    mut drafts: Vec<Draft>,
) {
    drafts.sort_by_key(|d| {
        (
            d.parts[0].start,
            std::cmp::Reverse(d.parts[d.parts.len() - 1].end),
        )
    });
    let mut quotes: Vec<Quote> = Vec::with_capacity(drafts.len());
    {
        let doc = &*doc;
        let mut view = View::new(doc, &scratch.words, &scratch.lexicon);
        for draft in &drafts {
            for part in &draft.parts {
                view.mask(doc.tokens_in(*part));
            }
        }
        for draft in &mut drafts {
            via::find(&view, draft);
        }
        let settler = Settler {
            resources,
            view: &view,
        };
        let mut referents = Referents::new(resources, &view);
        let mut resolved: Vec<Option<Speaker>> = Vec::with_capacity(drafts.len());
        for index in 0..drafts.len() {
            let speaker = settler.speaker(&mut referents, &drafts, &resolved, index);
            resolved.push(speaker);
        }
        for (draft, speaker) in drafts.into_iter().zip(resolved) {
            quotes.push(settler.quote(draft, speaker));
        }
    }
    doc.quotes = quotes;
}

struct Settler<'v, 'd> {
    resources: &'v Resources,
    view: &'v View<'d>,
}

impl Settler<'_, '_> {
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
            return resolved[around].clone();
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
                .map(|referent| self.named(referent));
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
            ..speaker.clone()
        })
    }

    fn resolve(
        &self,
        referents: &Referents<'_, '_>,
        source: &SourcePhrase,
        agree: Agreement,
        draft: &Draft,
    ) -> Speaker {
        let doc = self.view.doc;
        let span = self.span(source.tokens);
        let head = source.head as usize;
        let mut speaker = Speaker {
            span: Some(span),
            unnamed: source.tokens.range().any(|i| {
                self.view
                    .function(i, Function::SOURCE.or(Function::ANONYMOUS))
            }),
            ..Speaker::default()
        };
        let mention = source.mention.map(|m| &doc.mentions[m as usize]);
        let direct = mention.filter(|m| {
            m.kind == EntityType::Person
                || m.kind != EntityType::Position
                    && (m.tokens.range().contains(&head)
                        || self.view.function(
                            head,
                            Function::MEDIA
                                .or(Function::COMPANY)
                                .or(Function::DOCUMENT)
                                .or(Function::SETTING),
                        ))
        });
        if let Some(name) = self.several(source) {
            speaker.name = name;
            return speaker;
        }
        if (agree == Agreement::PLURAL || agree.is_empty()) && self.joined(source) {
            speaker.name = self.phrase(source);
            return speaker;
        }
        // A surname that the tagger left alone may have its full name elsewhere.
        let fuller = direct
            .and_then(|m| m.entity)
            .filter(|&e| self.view.is_english(head) && !doc.entities[e as usize].name.contains(' '))
            .and_then(|_| referents.full_name(source));
        let referent = match direct.and_then(|m| m.entity) {
            Some(_) if fuller.is_some() => fuller,
            Some(entity) if !direct.is_some_and(|m| m.generic || self.is_common(m)) => {
                Some(Referent::Entity(entity))
            }
            _ => {
                // «министр Шалом Симонов» whom the tagger missed is nobody else.
                if let Some(name) = self.unmarked_name(source) {
                    speaker.name = name;
                    return speaker;
                }
                referents.find(source, agree, draft)
            }
        };
        match referent {
            Some(Referent::Entity(entity)) => {
                let known = &doc.entities[entity as usize];
                speaker.entity = Some(entity);
                speaker.name.clone_from(&known.name);
                speaker.sex = known.sex;
                speaker.role.clone_from(&known.role);
                if known.kind == EntityType::Person {
                    speaker.unnamed = false;
                }
            }
            Some(Referent::Said(other)) => {
                speaker = Speaker {
                    span: Some(span),
                    ..other
                };
            }
            Some(Referent::Phrase(phrase)) => speaker.name = self.phrase(&phrase),
            None => {
                if !self
                    .view
                    .grammar(head, Grammar::PRONOUN.or(Grammar::POSSESSIVE))
                    && !self
                        .view
                        .function(head, Function::EN_SUBJECT.or(Function::EN_OBJECT))
                {
                    speaker.name = self.phrase(source);
                }
                if let Some(entity) = direct.and_then(|m| m.entity) {
                    speaker.entity = Some(entity);
                    // «Генпрокуратура» of a text that says «Генеральная прокуратура России» as well.
                    let full = &doc.entities[entity as usize].name;
                    if full.split(' ').count() > speaker.name.split(' ').count() {
                        speaker.name.clone_from(full);
                    }
                }
            }
        }
        if speaker.sex.is_none()
            && speaker
                .entity
                .is_none_or(|e| doc.entities[e as usize].kind == EntityType::Person)
        {
            speaker.sex = match agree {
                Agreement::FEMALE
                    if self.view.grammar(
                        head,
                        Grammar::ANIMATE.or(Grammar::PRONOUN).or(Grammar::NAME),
                    ) =>
                {
                    Some(Sex::Female)
                }
                Agreement::MALE
                    if self.view.grammar(
                        head,
                        Grammar::ANIMATE.or(Grammar::PRONOUN).or(Grammar::NAME),
                    ) =>
                {
                    Some(Sex::Male)
                }
                _ => None,
            };
        }
        speaker
    }

    /// Two or more words with capitals that no stage took for a name, at the end of a phrase whose head is a person's title.
    fn unmarked_name(&self, source: &SourcePhrase) -> Option<String> {
        let (view, doc) = (self.view, self.view.doc);
        let (head, end) = (source.head as usize, source.tokens.end as usize);
        let titled = view.is_people(head) || view.entity_at(head) == Some(EntityType::Position);
        let mut from = end;
        while from > head + 1
            && view.token(from - 1).is_wordlike()
            && view.capital(from - 1)
            && view.token(from - 1).case == LetterCase::Capital
            && view.mention_at(from - 1).is_none()
        {
            from -= 1;
        }
        if !titled || end - from < 2 || view.is_english(head) {
            return None;
        }
        let words: Vec<NameWord<'_>> = (from..end)
            .map(|i| NameWord {
                text: doc.tokens[i].span.slice(&doc.text),
                part: NamePart::Unknown,
            })
            .collect();
        if !source.oblique {
            let texts: Vec<&str> = words.iter().map(|w| w.text).collect();
            return Some(texts.join(" "));
        }
        let nominative = self.resources.morphology.nominative(&words, None);
        Some(nominative.words.join(" "))
    }

    /// A common noun that the tagger took for a name: «форум».
    fn is_common(&self, mention: &Mention) -> bool {
        let at = mention.tokens.start as usize;
        mention.tokens.len() == 1
            && !self.view.capital(at)
            && self.view.facts(at).collective.is_noun()
    }

    /// The names of several people or organisations that speak as one: «Иванов и Петров».
    fn several(&self, source: &SourcePhrase) -> Option<String> {
        let doc = self.view.doc;
        let range = source.tokens.range();
        let mut names: Vec<u32> = Vec::new();
        let mut last_end = 0;
        for i in range.clone() {
            let Some(m) = self.view.mention_at(i) else {
                continue;
            };
            let mention = &doc.mentions[m as usize];
            if mention.tokens.start as usize != i || !matches!(mention.kind, EntityType::Person) {
                continue;
            }
            let joined = names.is_empty()
                || (last_end..i).any(|t| {
                    self.view.function(t, Function::AND)
                        || self.view.kind(t) == TokenKind::Comma
                        || self.view.lower(t) == "and"
                });
            if joined {
                names.extend(mention.entity);
            }
            last_end = mention.tokens.end as usize;
        }
        names.dedup();
        if names.len() < 2
            || source
                .mention
                .is_none_or(|m| doc.mentions[m as usize].kind != EntityType::Person)
        {
            return None;
        }
        let (last, first) = names.split_last()?;
        let and = if self.view.readings_known(source.head as usize)
            || doc.lang == crate::document::Lang::Ru
        {
            "и"
        } else {
            "and"
        };
        let first: Vec<&str> = first
            .iter()
            .map(|&e| doc.entities[e as usize].name.as_str())
            .collect();
        Some(format!(
            "{} {and} {}",
            first.join(", "),
            doc.entities[*last as usize].name
        ))
    }

    /// Whether two subjects speak as one: «Анна Юрова и её семья», «Чили и Перу».
    fn joined(&self, source: &SourcePhrase) -> bool {
        let view = self.view;
        let (head, end) = (source.head as usize, source.tokens.end as usize);
        !source.oblique
            && !view.is_plural(head, false)
            && (head + 1..end).any(|i| {
                view.lower(i) == "и"
                    && view.mention_at(i).is_none()
                    && phrase::read(view, i + 1, end, Wanted::Nominative, Agreement::ANY)
                        .is_some_and(|p| p.end == end)
            })
    }

    /// The phrase in the nominative, without outer marks and without the capital of a sentence's first word.
    fn phrase(&self, source: &SourcePhrase) -> String {
        let doc = self.view.doc;
        let mut range = source.tokens.range();
        // «сама подсудимая»
        let own = self.view.function(range.start, Function::SELF);
        range.start += usize::from(own && range.len() > 1);
        let words: Vec<usize> = range
            .clone()
            .filter(|&i| self.view.token(i).is_wordlike())
            .collect();
        let bent = if source.oblique {
            let texts: Vec<&str> = words
                .iter()
                .map(|&i| doc.tokens[i].span.slice(&doc.text))
                .collect();
            Some(self.resources.morphology.oblique_nominative_words(&texts))
        } else {
            None
        };
        let mut out = String::new();
        let mut at = doc.tokens[range.start].span.start();
        let mut next = 0;
        for i in range.clone() {
            let token = &doc.tokens[i];
            out.push_str(doc.text.get(at..token.span.start()).unwrap_or(""));
            match &bent {
                Some(bent) if words.get(next) == Some(&i) && bent.len() == words.len() => {
                    out.push_str(&bent[next]);
                    next += 1;
                }
                _ => out.push_str(token.span.slice(&doc.text)),
            }
            at = token.span.end();
        }
        let mut name: String = out.split_whitespace().collect::<Vec<_>>().join(" ");
        let quoted = self.view.kind(range.start) == TokenKind::Quote
            && self.view.kind(range.end - 1) == TokenKind::Quote
            && words.len() + 2 == range.len();
        if quoted {
            name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        }
        let first = range.start;
        let begins = doc
            .sentence_at(doc.tokens[first].span.start())
            .is_some_and(|s| doc.sentences[s].tokens.start as usize == first);
        if begins
            && doc.tokens[first].case == LetterCase::Capital
            && self.view.mention_at(first).is_none_or(|m| {
                doc.mentions[m as usize].kind == EntityType::Position
                    || doc.mentions[m as usize].generic
            })
            && !self.view.grammar(first, Grammar::UNKNOWN)
        {
            let mut letters = name.chars();
            if let Some(letter) = letters.next() {
                name = letter.to_lowercase().chain(letters).collect();
            }
        }
        name
    }

    fn span(&self, tokens: TokenRange) -> Span {
        let doc = self.view.doc;
        let range = tokens.range();
        doc.tokens[range.start]
            .span
            .cover(doc.tokens[range.end - 1].span)
    }

    /// Chance that span, kind and speaker are right: that of the words times that of the speaker. The factors are what the rules
    /// reached on annotated Russian news, rounded down; English rules have their own, for the words alone.
    fn confidence(&self, draft: &Draft, speaker: Option<&Speaker>) -> f32 {
        let words = match (draft.kind, draft.rule.as_str()) {
            (QuoteKind::Direct, _) => 0.98,
            (QuoteKind::Fragment, "fragment.cue") => 0.82,
            (QuoteKind::Fragment, _) => 0.5,
            (_, "indirect.as_said" | "indirect.about_this" | "indirect.by_words_of") => 0.96,
            (_, "indirect.headline") => 0.6,
            (_, "indirect.headline_after") => 0.8,
            (_, "indirect.infinitive") => 0.86,
            (_, "indirect.that") if draft.confidence < 0.8 => 0.85,
            _ => 0.92,
        };
        let doc = self.view.doc;
        let source = draft.attribution.as_ref().and_then(|a| a.source.as_ref());
        let said = match (speaker, source) {
            (None, _) if draft.kind == QuoteKind::Fragment => 0.25,
            (None, _) => 0.62,
            (Some(s), _) if s.name.is_empty() => 0.15,
            (Some(s), _) if s.span.is_none() => 0.72,
            (Some(s), Some(source)) => match s.entity {
                Some(entity) => {
                    let named = source
                        .mention
                        .is_some_and(|m| doc.mentions[m as usize].entity == Some(entity));
                    let known = &doc.entities[entity as usize];
                    let person = known.kind == EntityType::Person;
                    match (named, person, known.name.contains(' ')) {
                        (true, true, true) => 0.97,
                        (true, true, false) => 0.78,
                        (true, false, true) => 0.95,
                        (true, false, false) => 0.93,
                        (false, true, _) => 0.95,
                        (false, false, _) => 0.84,
                    }
                }
                None if self.is_pronoun(source) => 0.75,
                // The words of the phrase itself, or a phrase that the document has elsewhere.
                None if self.repeats(source, &s.name) => 0.82,
                None => 0.74,
            },
            (Some(_), None) => 0.9,
        };
        words * said
    }

    fn is_pronoun(&self, source: &SourcePhrase) -> bool {
        source.tokens.len() == 1
            && self.view.grammar(
                source.head as usize,
                Grammar::PRONOUN.or(Grammar::POSSESSIVE),
            )
    }

    /// Whether a name is the phrase of the source itself: their first words begin alike.
    fn repeats(&self, source: &SourcePhrase, name: &str) -> bool {
        let first = self.view.lower(source.tokens.start as usize);
        let alike = name
            .chars()
            .flat_map(char::to_lowercase)
            .zip(first.chars())
            .take_while(|(a, b)| a == b)
            .count();
        alike >= 3 || alike == first.chars().count()
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
            rule: draft.rule,
            confidence,
        }
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
