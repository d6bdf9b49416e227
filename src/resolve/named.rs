//! Mentions of organisations and places -> entities, by dictionary id, by form, by abbreviations that the text introduces in
//! brackets («Всемирная организация здравоохранения (ВОЗ)»), by the country that the words around name («российский МИД»), and
//! a short form by the one longer name of the document that begins with it.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::cluster::Cluster;
use super::{nominative, short_form};
use crate::dictionary::NameKind;
use crate::dictionary::composed::add_key;
use crate::document::{Document, EntityType, Mention, TokenRange};
use crate::document::{LetterCase, Side, TokenKind};
use crate::hash;
use crate::resolve::given::Given;
use crate::words::WordId;
use crate::words::stem;

/// Joins mentions that name the same organisation or place.
pub(super) fn link(
    given: &Given<'_>,
    doc: &Document,
    clusters: &mut Vec<Cluster>,
    of_mention: &mut [Option<usize>],
) {
    let entries = &given.dictionaries().entries;
    let mut by_entry: HashMap<u32, usize, FxBuildHasher> = HashMap::default();
    let mut by_form: HashMap<(EntityType, u64), usize, FxBuildHasher> = HashMap::default();
    let countries = countries(given, doc);
    for (i, mention) in doc.mentions.iter().enumerate() {
        if !matches!(mention.kind, EntityType::Organisation | EntityType::Place) {
            continue;
        }
        let name = given.names.get(i).copied().flatten();
        let own = name.map(|n| entries.names[n as usize].entry);
        let form = (mention.kind, form_key(given, doc, mention.tokens));
        let entry = match mention.kind {
            EntityType::Organisation => of_country(given, doc, mention, own, &countries).or(own),
            _ => own,
        };
        let known = entry
            .and_then(|e| by_entry.get(&e))
            .or_else(|| by_form.get(&form))
            .copied()
            .filter(|&c| entry.is_none() || clusters[c].entry.is_none_or(|e| Some(e) == entry));
        let cluster = known.unwrap_or_else(|| {
            clusters.push(Cluster {
                kind: mention.kind,
                entry,
                name: String::new(),
                fullness: 0,
                sex: None,
                ambiguous: false,
                slug: String::new(),
            });
            clusters.len() - 1
        });
        if let Some(entry) = entry {
            by_entry.entry(entry).or_insert(cluster);
        }
        by_form.entry(form).or_insert(cluster);
        if let Some(short) = bracketed(doc, mention.tokens.end as usize) {
            let key = form_key(given, doc, TokenRange::new(short, short + 1));
            by_form
                .entry((EntityType::Organisation, key))
                .or_insert(cluster);
        }
        of_mention[i] = Some(cluster);
        let c = &mut clusters[cluster];
        c.entry = c.entry.or(entry);
        let fullness = fullness(doc, mention, name.map(|n| entries.names[n as usize].kind));
        if fullness > c.fullness {
            c.fullness = fullness;
            c.name = match name {
                Some(n) => entries.names[n as usize].text.to_string(),
                None => nominative::phrase_nominative(given, doc, mention.tokens),
            };
        }
    }
    short_form::join(given, doc, clusters, of_mention);
}

/// How full a name is: the more words the fuller. A country's usual name counts more than its formal one, for that is what
/// articles call it; headlines in capitals count less.
fn fullness(doc: &Document, mention: &Mention, kind: Option<NameKind>) -> usize {
    let first = doc.tokens[mention.tokens.start as usize];
    let shouted = matches!(first.case, LetterCase::Upper) && mention.tokens.len() > 1;
    let words = if mention.kind == EntityType::Place && kind == Some(NameKind::Full) {
        9
    } else {
        mention.tokens.len()
    };
    2 * words + usize::from(kind.is_some() && !shouted)
}

/// Countries that the document names or has adjectives of, most often named first.
fn countries(given: &Given<'_>, doc: &Document) -> Vec<u32> {
    let entries = &given.dictionaries().entries;
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for hit in given.hits_between(0, doc.tokens.len() as u32) {
        let entry = entries.names[hit.name as usize].entry;
        if &*entries.entries[entry as usize].class == "country" {
            match counts.iter_mut().find(|(_, e)| *e == entry) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, entry)),
            }
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(_, entry)| entry).collect()
}

/// The organisation of a country that a mention means by the words that it has in every country: by an adjective before or a
/// country behind, else by the one country of the document that has such an organisation in the document's own words.
fn of_country(
    given: &Given<'_>,
    doc: &Document,
    mention: &Mention,
    own: Option<u32>,
    countries: &[u32],
) -> Option<u32> {
    let entries = &given.dictionaries().entries;
    if own.is_some_and(|e| !entries.entries[e as usize].country.is_empty()) {
        return None;
    }
    let composed = &given.dictionaries().composed;
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let mut owned = false;
    for hit in given.hits_between(start.saturating_sub(1), end + 1) {
        let name = &entries.names[hit.name as usize];
        if &*entries.entries[name.entry as usize].class != "country" {
            continue;
        }
        let adjective = name.kind == NameKind::Adjective;
        let tokens = if adjective && hit.tokens.start <= start {
            TokenRange {
                start: start.max(hit.tokens.end),
                end,
            }
        } else if !adjective
            && name.kind != NameKind::Demonym
            && hit.tokens.end >= end
            && hit.tokens.start > start
        {
            TokenRange {
                start,
                end: end.min(hit.tokens.start),
            }
        } else {
            continue;
        };
        owned = true;
        let found = composed.find(form_key(given, doc, tokens), name.entry);
        if found.is_some() {
            return found;
        }
    }
    if owned {
        return None;
    }
    own?;
    // «МИД» alone in an article that names one country most of all.
    let first = *countries.first()?;
    composed.find(form_key(given, doc, mention.tokens), first)
}

/// One number for all case forms of a name.
fn form_key(given: &Given<'_>, doc: &Document, tokens: TokenRange) -> u64 {
    let mut key = 0u64;
    for i in tokens.range() {
        if given.known.words[i] != WordId::NONE || doc.tokens[i].kind == TokenKind::Number {
            key = add_key(key, word_key(given, doc, i));
        }
    }
    if key == 0 {
        key = hash::word(doc.tokens_text(tokens));
    }
    key
}

fn word_key(given: &Given<'_>, doc: &Document, i: usize) -> u64 {
    match given.known.words[i] {
        WordId::NONE => stem::key(doc.tokens[i].span.slice(&doc.text)),
        word => given.known.facts(word).key(),
    }
}

/// The abbreviation that stands in brackets right after token `end`.
fn bracketed(doc: &Document, end: usize) -> Option<usize> {
    let mut at = end;
    // The name may stand in marks.
    if doc.tokens.get(at)?.kind == TokenKind::Quote {
        at += 1;
    }
    let open = doc.tokens.get(at)?;
    let mut short = at + 1;
    if doc.tokens.get(short)?.kind == TokenKind::Quote {
        short += 1;
    }
    let word = doc.tokens.get(short)?;
    let close = doc.tokens.get(short + 1)?;
    let bracket = |t: &crate::document::Token, side| t.kind == TokenKind::Bracket && t.side == side;
    (bracket(open, Side::Open)
        && matches!(word.case, LetterCase::Upper | LetterCase::Mixed)
        && (bracket(close, Side::Close)
            || matches!(
                close.kind,
                TokenKind::Comma | TokenKind::Semicolon | TokenKind::Quote
            )))
    .then_some(short)
}
