//! Common nouns that stand for an organisation of the text: «издание», «ведомство», «компания», «профсоюз».
//!
//! Input: a noun of `dictionaries/source_nouns.csv` without a name of its own; output: the organisation of its kind that was
//! spoken of last. An organisation is of the noun's kind where the text calls it by that noun («профсоюз «Волна»»), where the
//! noun is a word of its name, or where the dictionary gives it a class that the noun covers. Nothing is found rather than an
//! organisation that is known to be of another kind.

use std::cell::OnceCell;

use crate::dictionary::Entries;
use crate::document::TokenKind;
use crate::document::{Entity, EntityType};
use crate::letters;
use crate::lexis::cues::Grammar;
use crate::lexis::source_nouns::Collective;
use crate::view::View;
use crate::words::stem;

/// What is known of an organisation of the document.
#[derive(Default)]
struct Known {
    /// Its name, once it is asked for.
    named: OnceCell<Named>,
    /// Keys of the nouns that the text calls it by, and what those say of it.
    called: Vec<(u64, Collective)>,
}

/// What its name says of an organisation.
struct Named {
    /// Class by the dictionary.
    class: Collective,
    /// Keys of the words of its name.
    words: Vec<u64>,
}

/// The organisations of a document.
pub struct Organisations<'v> {
    entries: &'v Entries,
    known: Vec<Known>,
}

/// Mentions back that a common noun looks.
const FAR: usize = 80;
/// Mentions ahead, where none before will do.
const AHEAD: usize = 20;
/// Sentences back after which an organisation that is known by its class alone is forgotten.
const OLD: usize = 12;

impl<'v> Organisations<'v> {
    /// Reads the document's mentions once.
    pub fn new(entries: &'v Entries, view: &View<'_>) -> Self {
        let doc = view.doc;
        let mut known: Vec<Known> = Vec::new();
        known.resize_with(doc.entities.len(), Known::default);
        for mention in &doc.mentions {
            let Some(entity) = mention.entity else {
                continue;
            };
            if mention.kind != EntityType::Organisation {
                continue;
            }
            let mut before = (mention.tokens.start as usize).wrapping_sub(1);
            if before < doc.tokens.len() && view.kind(before) == TokenKind::Quote {
                before = before.wrapping_sub(1);
            }
            // «профсоюз пилотов «Волна»»
            let noun = (before.saturating_sub(2)..=before)
                .rev()
                .take_while(|&i| i < doc.tokens.len())
                .find(|&i| {
                    view.facts(i).collective.is_noun()
                        || !view.grammar(i, Grammar::GEN)
                        || view.capital(i)
                });
            let Some(before) = noun else {
                continue;
            };
            let facts = view.facts(before);
            if facts.collective.is_noun() {
                let called = &mut known[entity as usize].called;
                let key = view.key(before);
                if !called.iter().any(|(k, _)| *k == key) {
                    called.push((key, facts.collective));
                }
            }
        }
        Organisations { entries, known }
    }

    fn name(&self, entity: &Entity) -> Named {
        let entry = self.entries.by_id(&entity.id);
        let mut named = Named {
            class: entry.map_or_else(Collective::default, |(_, e)| Collective::of_class(&e.class)),
            words: Vec::new(),
        };
        let mut lower = String::new();
        for name in [Some(&entity.name), entity.canonical.as_ref()]
            .into_iter()
            .flatten()
        {
            for word in name.split([' ', '-']) {
                if word.chars().nth(2).is_some() {
                    lower.clear();
                    letters::push_lower(word, &mut lower);
                    named.words.push(stem::key(&lower));
                }
            }
        }
        named
    }

    /// How well an organisation suits the noun: 3 where the text calls it so, 2 where its name has the word, 1 by its class; 0 where
    /// nothing is known of it. Nothing where it is of another kind.
    fn suits(&self, view: &View<'_>, entity: u32, key: u64, noun: Collective) -> Option<u8> {
        let known = &self.known[entity as usize];
        let entity = &view.doc.entities[entity as usize];
        let named = known.named.get_or_init(|| self.name(entity));
        let kindred = named.class == Collective::default()
            || named.class.shares_class(noun)
            || !noun.has_class();
        if kindred && known.called.iter().any(|(k, _)| *k == key) {
            return Some(3);
        }
        if named.words.contains(&key) {
            return Some(2);
        }
        let other = |c: Collective| !noun.is_general() && !c.is_general() && c.is_noun();
        if known.called.iter().any(|(_, c)| other(*c)) {
            return None;
        }
        let called = known
            .called
            .iter()
            .any(|(_, c)| c.shares_class(noun) && (noun.is_general() || c.is_general()));
        if named.class.shares_class(noun) || called {
            return Some(1);
        }
        let strange = named.class != Collective::default() || !known.called.is_empty();
        (!strange && noun.is_general() && !noun.is_media()).then_some(0)
    }

    /// The organisation that the noun at token `head` stands for. `spoke`: how the organisation spoke before, 2 for the last to
    /// speak; `near`: whether the phrase limits itself to what was just spoken of («американская компания»).
    pub fn find(
        &self,
        view: &View<'_>,
        head: usize,
        limited: bool,
        counts: &[u32],
        spoke: impl Fn(u32) -> u8,
    ) -> Option<u32> {
        let doc = view.doc;
        let noun = view.facts(head).collective;
        let key = view.key(head);
        let here = doc.sentence_at(doc.tokens[head].span.start())?;
        let mut best: Option<(i32, u32)> = None;
        let mut seen: Vec<u32> = Vec::new();
        for mention in doc.mentions_before(head).iter().rev().take(FAR) {
            let Some(entity) = self.candidate(view, mention, head) else {
                continue;
            };
            // The last mention of each decides.
            if seen.contains(&entity) {
                continue;
            }
            seen.push(entity);
            let Some(fit) = self.suits(view, entity, key, noun) else {
                continue;
            };
            let at = mention.tokens.start as usize;
            let sentence = doc.sentence_at(doc.tokens[at].span.start()).unwrap_or(0);
            let away = here.saturating_sub(sentence);
            let said = spoke(entity);
            if fit <= 1 && away > OLD && said == 0 || fit == 0 && (away > 2 || limited) && said < 2
            {
                continue;
            }
            let mut score = [4, 16, 20, 24][fit as usize] - 2 * away.min(5) as i32;
            score += [0, 10, 10][said.min(2) as usize] + counts[entity as usize].min(4) as i32;
            if view.is_masked(at) {
                score -= 6;
            }
            // The subject of the sentence before is what it goes on with.
            if away == 1 && view.grammar(at, Grammar::NOM.or(Grammar::ADJ_NOM)) {
                score += 7;
            }
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, entity));
            }
        }
        if best.is_none() {
            // «По данным канала, … передаёт канал «Восход»».
            best = doc
                .mentions_from(head)
                .iter()
                .take(AHEAD)
                .filter_map(|m| self.candidate(view, m, usize::MAX))
                .find(|&e| self.suits(view, e, key, noun) == Some(3))
                .map(|e| (0, e));
        }
        best.map(|(_, entity)| entity)
    }

    /// The organisation of a mention that a noun at `before` may stand for: a name, not another common noun.
    fn candidate(
        &self,
        view: &View<'_>,
        mention: &crate::document::Mention,
        before: usize,
    ) -> Option<u32> {
        let entity = mention.entity?;
        let at = mention.tokens.start as usize;
        let common = mention.generic || mention.tokens.len() == 1 && !view.capital(at);
        let names = mention.kind == EntityType::Organisation
            && !common
            && mention.tokens.end as usize <= before;
        names.then_some(entity)
    }
}
