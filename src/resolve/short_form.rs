//! A short name of an organisation -> the one longer name of the document that begins with it: «ГУ МВД» is the ГУ МВД по Москве, where no
//! other name of the document begins so.
//!
//! Names are compared by the keys of their words, so in any case form. Invariant: what the dictionaries know, and what several longer
//! names begin with, stays as it is; each beginning of a name is looked at once, so that the time grows with the words of all names.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::cluster::Cluster;
use crate::dictionary::composed::add_key;
use crate::document::{Document, EntityType, TokenRange};
use crate::resolve::given::Given;
use crate::words::WordId;

/// The longest names with a beginning, each of another entity: its cluster, and the tokens of the longest name it has there.
type Longest = [Option<(usize, usize)>; KEPT];

/// So many tell whether there is but one beside the short name itself.
const KEPT: usize = 3;

/// Joins short forms with the names that they are short for, in `of_mention`.
pub(super) fn join(
    given: &Given<'_>,
    doc: &Document,
    clusters: &[Cluster],
    of_mention: &mut [Option<usize>],
) {
    let organisation = |i: usize| doc.mentions[i].kind == EntityType::Organisation;
    let is_short = |i: usize, cluster: usize| {
        organisation(i) && clusters[cluster].entry.is_none() && !doc.mentions[i].generic
    };
    let mut numbers: Vec<u64> = Vec::new();
    let mut wanted: HashMap<u64, Longest, FxBuildHasher> = HashMap::default();
    let mentions = |of_mention: &[Option<usize>], i: usize| Some((i, of_mention[i]?));
    for (i, cluster) in (0..of_mention.len()).filter_map(|i| mentions(of_mention, i)) {
        if is_short(i, cluster) {
            beginnings(given, doc.mentions[i].tokens, &mut numbers);
            wanted.extend(numbers.last().map(|&whole| (whole, Longest::default())));
        }
    }
    if wanted.is_empty() {
        return;
    }
    for (i, cluster) in (0..of_mention.len()).filter_map(|i| mentions(of_mention, i)) {
        if !organisation(i) {
            continue;
        }
        let tokens = doc.mentions[i].tokens;
        beginnings(given, tokens, &mut numbers);
        numbers.pop();
        for beginning in &numbers {
            if let Some(longest) = wanted.get_mut(beginning) {
                keep(longest, cluster, tokens.len());
            }
        }
    }
    // Where what was a cluster is after all that is joined behind it in the text: hence from the end.
    let mut joined: HashMap<usize, usize, FxBuildHasher> = HashMap::default();
    for (i, short) in (0..of_mention.len())
        .rev()
        .filter_map(|i| mentions(of_mention, i))
    {
        if !is_short(i, short) {
            continue;
        }
        let tokens = doc.mentions[i].tokens;
        beginnings(given, tokens, &mut numbers);
        let Some(longest) = numbers.last().and_then(|whole| wanted.get(whole)) else {
            continue;
        };
        let mut longer = longest
            .iter()
            .flatten()
            .filter(|&&(cluster, length)| cluster != short && length > tokens.len());
        if let (Some(&(long, _)), None) = (longer.next(), longer.next()) {
            let end = joined.get(&long).copied().unwrap_or(long);
            joined.insert(short, end);
        }
    }
    for cluster in of_mention.iter_mut().flatten() {
        // What a cluster was joined to may be joined itself; not for ever, where two were joined to each other.
        for _ in 0..joined.len() {
            match joined.get(cluster) {
                Some(&next) if next != *cluster => *cluster = next,
                _ => break,
            }
        }
    }
}

/// A number for each beginning of a name that ends with a word, the whole name last.
fn beginnings(given: &Given<'_>, tokens: TokenRange, numbers: &mut Vec<u64>) {
    numbers.clear();
    let mut number = 0;
    for i in tokens.range() {
        if given.known.words[i] != WordId::NONE {
            number = add_key(number, given.known.at(i).key());
            numbers.push(number);
        }
    }
}

/// Keeps a name of so many tokens where it is among the longest.
fn keep(longest: &mut Longest, cluster: usize, length: usize) {
    if let Some((_, kept)) = longest.iter_mut().flatten().find(|(c, _)| *c == cluster) {
        *kept = length.max(*kept);
        return;
    }
    let shortest = longest
        .iter_mut()
        .min_by_key(|kept| kept.map_or(0, |(_, length)| length));
    if let Some(kept) = shortest
        && kept.is_none_or(|(_, other)| other < length)
    {
        *kept = Some((cluster, length));
    }
}
