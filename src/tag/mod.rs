//! Tokens -> mentions of people, organisations, places and positions.
//!
//! dictionary hits (`hits`) and the trained tagger (`crf`) -> what each is worth (`combine`) -> positions and who
//! holds them (`positions`). Invariant: mentions are ordered by start, longer first; two mentions of people, organisations or
//! places never overlap; a position may hold the name of an organisation or place («президент Беларуси»).

mod candidate;
mod combine;
pub mod crf;
mod field;
mod hits;
mod latin;
mod patterns;
mod positions;

use crate::dictionary::gazetteer::Hit;
use crate::document::Document;
use crate::view::Known;
use crate::words::Lexicon;

use crf::{Columns, Model, Tagged};

/// What this stage keeps from document to document.
#[derive(Default)]
pub struct Work {
    cache: hits::Cache,
    model: crf::Cache,
    /// All dictionary hits, in order of start, the longest first.
    pub hits: Vec<Hit>,
    /// The longest hits from left to right, as the trained tagger sees them.
    best: Vec<Hit>,
    marks: Vec<u8>,
    tagged: Vec<Tagged>,
    /// Of each mention of the document, the dictionary name that the whole of it is a form of.
    pub names: Vec<Option<u32>>,
}

/// Collects the longest dictionary hits of the document, from left to right, without overlaps. What a hit is worth (ordinary
/// words, adjectives of places) is for later steps to weigh.
pub fn find_hits(known: Known<'_>, lexicon: &mut Lexicon, doc: &Document, out: &mut Vec<Hit>) {
    let mut all = Vec::new();
    all_hits(known, lexicon, &mut hits::Cache::default(), doc, &mut all);
    longest_hits(&all, out);
}

/// Every dictionary hit of the document, in order of start, the longest first.
fn all_hits(
    known: Known<'_>,
    lexicon: &mut Lexicon,
    cache: &mut hits::Cache,
    doc: &Document,
    out: &mut Vec<Hit>,
) {
    out.clear();
    let mut finder = hits::Finder {
        known,
        doc,
        lexicon,
        cache,
    };
    for at in 0..doc.tokens.len() {
        finder.hits_at(at, out);
    }
}

/// Of hits in order of start, the longest first, those that do not overlap one before.
fn longest_hits(all: &[Hit], out: &mut Vec<Hit>) {
    out.clear();
    let mut end = 0;
    for hit in all {
        if hit.tokens.start >= end {
            out.push(*hit);
            end = hit.tokens.end;
        }
    }
}

/// Fills `doc.mentions`. `lexicon` learns the words of names that are looked at; `work` is what the stage keeps between documents.
pub fn find_mentions(
    known: Known<'_>,
    (model, columns): (&Model, &Columns),
    lexicon: &mut Lexicon,
    work: &mut Work,
    doc: &mut Document,
) {
    doc.mentions.clear();
    let entries = &known.glossary.dictionaries.entries;
    all_hits(known, lexicon, &mut work.cache, doc, &mut work.hits);
    longest_hits(&work.hits, &mut work.best);
    crf::mark_hits(entries, doc, &work.best, &mut work.marks);
    let words = crf::Words { known, columns };
    model.tag(doc, words, &work.marks, &mut work.model, &mut work.tagged);
    let mut found = combine::combine(known, doc, &work.hits, &work.tagged);
    positions::find_positions(known, doc, &work.hits, &mut found);
    found.sort_by_key(|(m, _)| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
    work.names.clear();
    work.names.extend(found.iter().map(|(_, name)| *name));
    doc.mentions.extend(found.into_iter().map(|(m, _)| m));
    positions::find_holders(known, doc);
}
