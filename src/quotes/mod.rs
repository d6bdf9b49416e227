//! Everything found so far -> quotations and who said them.
//!
//! [`marks`] pairs quotation marks, [`layout`] finds speech set off by dashes, labels and blocks; [`crate::language::kind`] tells direct speech
//! and fragments from names in marks; [`parts`] cuts attributions out of speech.

mod attribution;
pub mod collective;
mod indirect;
mod interview;
mod labels;
mod layout;
mod marks;
mod parts;
mod referent;
mod speaker;
pub mod types;
mod via;

use crate::document::{Document, Quote, QuoteKind, Rule, TokenRange};
use crate::language::Packs;
use crate::language::kind::Marked;
use crate::language::types::{Draft, Part, Setting};
use crate::view::{Known, View};
use interview::Turn;
use marks::Paragraph;
use types::Quoted;

/// Fills `doc.quotes`.
/// `packs` are the languages that they are found in.
pub fn find_quotes(known: Known<'_>, packs: &Packs, doc: &mut Document) {
    let mut quotes = quotes(known, packs, doc);
    // A source that nobody in the text can be found for is named as it is written; one that is not even written is no speaker.
    for quote in &mut quotes {
        if let Some(speaker) = &mut quote.speaker
            && speaker.name.trim().is_empty()
        {
            speaker.name = speaker
                .span
                .map_or_else(String::new, |span| span.slice(&doc.text).trim().to_owned());
        }
        quote.speaker.take_if(|speaker| speaker.name.is_empty());
    }
    shallow(&mut quotes);
    doc.quotes = quotes;
}

/// How many quotes may stand inside each other.
const DEEPEST: usize = 8;

/// Leaves out quotes that stand inside too many others («сказал, что сказал, что …» without end), so that all quotes together are no longer
/// than a few times the text. `quotes` are in order of start.
fn shallow(quotes: &mut Vec<Quote>) {
    let mut open: Vec<usize> = Vec::new();
    quotes.retain(|quote| {
        let (Some(first), Some(last)) = (quote.spans.first(), quote.spans.last()) else {
            return true;
        };
        open.retain(|&end| end > first.start());
        let is_kept = open.len() < DEEPEST;
        if is_kept {
            open.push(last.end());
        }
        is_kept
    });
}

/// The quotes of a document, with the speakers that attributions, turns and the quotes around give them.
fn quotes(known: Known<'_>, packs: &Packs, doc: &Document) -> Vec<Quote> {
    let mut view = View::new(doc, known);
    let mut paragraphs = marks::paragraphs(doc);
    let (mut drafts, turns) = quoted_words(packs, &view, &mut paragraphs);
    // No cue stands inside somebody's words.
    let spoken = |d: &Draft| d.kind == QuoteKind::Direct;
    view.mask_only(parts_of(doc, drafts.iter().filter(|d| spoken(d))));
    attribution::attach(packs, &view, &mut drafts);
    indirect::find(packs, &view, &mut drafts);
    view.mask_only(parts_of(doc, drafts.iter()));
    let mut quotes = speaker::settle(packs, &view, drafts);
    let entries = &known.glossary.dictionaries.entries;
    interview::settle(&view, entries, &turns, &mut quotes);
    interview::settle_unattributed(&view, &paragraphs, &turns, &mut quotes);
    quotes
}

/// Tokens of the parts of drafts.
fn parts_of<'d>(
    doc: &'d Document,
    drafts: impl Iterator<Item = &'d Draft>,
) -> impl Iterator<Item = TokenRange> {
    drafts.flat_map(|d| d.parts.iter().map(|part| doc.tokens_in(*part)))
}

/// Words in marks and speech set off by layout, as drafts in order of start; beside them the turns of interviews and dialogue.
fn quoted_words(
    packs: &Packs,
    view: &View<'_>,
    paragraphs: &mut [Paragraph],
) -> (Vec<Draft>, Vec<Turn>) {
    let pairs = marks::pair(view.doc, paragraphs);
    let mut found: Vec<(Quoted, QuoteKind, Rule, f32)> =
        layout::find(packs, view, paragraphs, &pairs)
            .into_iter()
            .map(|q| {
                let rule = match q.setting {
                    Setting::Dash => Rule::DirectDash,
                    Setting::Turn => Rule::DirectTurn,
                    _ => Rule::DirectBlock,
                };
                (q, QuoteKind::Direct, rule, 0.85)
            })
            .collect();
    let laid_out = found.len();
    let turns: Vec<Turn> = found.iter().map(|(q, ..)| turn(view, q)).collect();
    let mut covered = 0;
    let mut taken = 0u32;
    for (index, pair) in pairs.iter().enumerate() {
        while covered < laid_out && found[covered].0.tokens.end <= pair.outer.start {
            covered += 1;
        }
        let inside = covered < laid_out
            && found[covered]
                .0
                .parts
                .iter()
                .any(|p| p.tokens.start <= pair.outer.start && pair.outer.start < p.tokens.end);
        if pair.outer.start < taken || inside {
            continue;
        }
        let Some(paragraph) = paragraph_at(paragraphs, pair.outer.start) else {
            continue;
        };
        let last = paragraph_at(paragraphs, pair.outer.end - 1).unwrap_or(paragraph);
        let bounds = paragraph.tokens.start as usize..last.tokens.end as usize;
        let Some(pack) = packs.of(view.lang(pair.inner.start as usize)) else {
            continue;
        };
        let Some(verdict) =
            Marked::of(view, pack.habits(), bounds, pair).and_then(|marked| pack.judge(&marked))
        else {
            continue;
        };
        taken = pair.outer.end;
        let mut quoted = Quoted {
            parts: Vec::with_capacity(1),
            tokens: pair.outer,
            setting: if pair.whole {
                Setting::Marks
            } else {
                Setting::HalfMarks
            },
            block: paragraph.block,
            label: None,
            attributed: false,
        };
        let inner = pair.inner.range();
        if verdict.kind == QuoteKind::Direct {
            parts::split(view, inner.start, inner.end, false, &mut quoted.parts);
            // Names in marks may stand in the attribution.
            let next = pairs[index + 1..]
                .iter()
                .filter(|q| q.outer.start >= pair.outer.end)
                .take(3)
                .take_while(|q| q.outer.start < last.tokens.end)
                .find(|q| q.whole && parts::goes_on(view, pack.habits(), pair, q));
            if let Some(next) = next {
                let inner = next.inner.range();
                parts::split(view, inner.start, inner.end, false, &mut quoted.parts);
                quoted.tokens.end = next.outer.end;
                taken = next.outer.end;
            }
        } else {
            let mut end = inner.end;
            while end > inner.start && view.text(end - 1) == "," {
                end -= 1;
            }
            quoted.parts.extend(Part::of(view, inner.start, end));
        }
        if !quoted.parts.is_empty() {
            found.push((quoted, verdict.kind, verdict.rule, verdict.confidence));
        }
    }
    let mut drafts: Vec<Draft> = found
        .into_iter()
        .map(|(quoted, kind, rule, confidence)| draft(quoted, kind, rule, confidence))
        .collect();
    drafts.sort_by_key(|d| d.tokens.start);
    (drafts, turns)
}

fn turn(view: &View<'_>, quoted: &Quoted) -> Turn {
    let (first, last) = (quoted.parts[0], quoted.parts[quoted.parts.len() - 1]);
    let end = last.tokens.end as usize;
    Turn {
        start: first.span.start,
        tokens: quoted.tokens,
        setting: quoted.setting,
        label: quoted.label,
        attributed: quoted.attributed,
        asks: view.text(end - 1).contains('?'),
    }
}

fn draft(quoted: Quoted, kind: QuoteKind, rule: Rule, confidence: f32) -> Draft {
    let tokens = TokenRange {
        start: quoted.parts.first().map_or(0, |p| p.tokens.start),
        end: quoted.parts.last().map_or(0, |p| p.tokens.end),
    };
    Draft {
        kind,
        parts: quoted.parts.iter().map(|p| p.span).collect(),
        tokens,
        attribution: None,
        setting: Some(quoted.setting),
        rule,
        confidence,
    }
}

/// The paragraph of a token.
fn paragraph_at(paragraphs: &[Paragraph], token: u32) -> Option<&Paragraph> {
    let next = paragraphs.partition_point(|p| p.tokens.start <= token);
    next.checked_sub(1).map(|i| &paragraphs[i])
}

#[cfg(test)]
mod tests {
    use crate::Pipeline;

    #[test]
    fn quotes_inside_quotes_have_an_end() {
        let pipeline = Pipeline::new().expect("loads");
        let text = "Иванов сказал, что ".repeat(60) + "мост открыт.";
        let doc = pipeline.process(&text);
        let covering = |at: usize| {
            let spans = doc
                .quotes
                .iter()
                .map(|q| (q.spans[0], q.spans[q.spans.len() - 1]));
            spans
                .filter(|(first, last)| first.start() <= at && at < last.end())
                .count()
        };
        let deepest = (0..text.len()).map(covering).max();
        assert_eq!(deepest, Some(super::DEEPEST));
    }
}
