//! Whom a source names: a person or organisation in it, several together, or what a role, a pronoun or a common noun refers to
//! (see [`crate::quotes::referent`]).
//!
//! Input: a [`SourcePhrase`] with the number and gender that its verb asks for; output: a [`Speaker`] with the span of the phrase,
//! its name empty where nothing but a pronoun stands there.

use super::Settler;
use crate::document::{EntityType, Mention, Rule, Sex, Speaker};
use crate::document::{LetterCase, TokenKind};
use crate::language::russian::phrase::{self, Wanted};
use crate::language::types::{Draft, SourcePhrase};
use crate::lexis::cues::{Agreement, Function, Grammar};
use crate::morph::{NamePart, NameWord};
use crate::quotes::referent::{Referent, Referents};

impl Settler<'_, '_> {
    /// The speaker that a source names; `agree` is what its verb asks of it.
    pub(super) fn resolve(
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
            speaker.rule = Some(Rule::SpeakerSeveral);
            return speaker;
        }
        if (agree == Agreement::PLURAL || agree.is_empty()) && self.joined(source) {
            speaker.name = self.phrase(source);
            speaker.rule = Some(Rule::SpeakerSeveral);
            return speaker;
        }
        // A surname that the tagger left alone may have its full name elsewhere.
        let fuller = direct
            .and_then(|m| m.entity)
            .filter(|&e| !doc.entities[e as usize].name.contains(' '))
            .and_then(|_| referents.full_name(source));
        let found = match direct.and_then(|m| m.entity) {
            Some(_) if fuller.is_some() => fuller.map(|r| (Rule::SpeakerFullName, r)),
            Some(entity) if !direct.is_some_and(|m| m.generic || self.is_common(m)) => {
                Some((Rule::SpeakerNamed, Referent::Entity(entity)))
            }
            _ => {
                // «министр Шалом Симонов» whom the tagger missed is nobody else.
                if let Some(name) = self.unmarked_name(source) {
                    speaker.name = name;
                    speaker.rule = Some(Rule::SpeakerTitledName);
                    return speaker;
                }
                referents.find(source, agree, draft)
            }
        };
        let (rule, referent) = found.map_or((Rule::SpeakerOwnWords, None), |(r, f)| (r, Some(f)));
        speaker.rule = Some(rule);
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
                    rule: Some(rule),
                    ..other
                };
            }
            Some(Referent::Phrase(phrase)) => speaker.name = self.phrase(&phrase),
            None => {
                if !self
                    .view
                    .grammar(head, Grammar::PRONOUN.or(Grammar::POSSESSIVE))
                    && !self.view.function(head, Function::PRONOUN)
                {
                    speaker.name = self.phrase(source);
                }
                if let Some(entity) = direct.and_then(|m| m.entity) {
                    speaker.entity = Some(entity);
                    speaker.rule = Some(Rule::SpeakerNamed);
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
        if !titled || end - from < 2 || !self.inflected(head) {
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
        let nominative = self.view.known.glossary.morphology.nominative(&words, None);
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
        let lang = match self.view.readings_known(source.head as usize) {
            true => self.view.lang(source.head as usize),
            false => doc.lang,
        };
        let and = self.packs.of(lang).map_or("", |pack| pack.and());
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
}
