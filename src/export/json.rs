//! One document as one line of JSON: the contract of `documents.jsonl`.

use std::fmt;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::document::{Amount, Decimal, Document, Entity, Mention, Quote, Rule};
use crate::span::{OffsetMap, Span};

/// Version of the JSON form; grows when a key changes its meaning.
const SCHEMA: u32 = 1;

/// Writes `doc` as one line, with offsets in code points.
///
/// # Errors
/// Those of `out`.
pub fn write_json(doc: &Document, map: &OffsetMap, out: &mut impl Write) -> io::Result<()> {
    let at = Offsets {
        map,
        text: &doc.text,
    };
    let record = Record {
        schema: SCHEMA,
        id: doc.id(),
        lang: doc.lang.as_str(),
        title: doc.source.title.as_deref(),
        date: doc.source.date.as_deref(),
        source: doc.source.source.as_deref(),
        text: &doc.text,
        blocks: doc
            .blocks
            .iter()
            .map(|b| {
                let (start, end) = at.points(b.span);
                BlockRecord {
                    start,
                    end,
                    kind: b.kind.as_str(),
                    lang: b.lang.as_str(),
                }
            })
            .collect(),
        sentences: doc
            .sentences
            .iter()
            .map(|s| {
                let (start, end) = at.points(s.span);
                SentenceRecord { start, end }
            })
            .collect(),
        mentions: doc.mentions.iter().map(|m| at.mention(m)).collect(),
        entities: (0u32..)
            .zip(&doc.entities)
            .map(|(i, e)| entity(i, e))
            .collect(),
        amounts: doc.amounts.iter().map(|a| at.amount(a)).collect(),
        dates: doc
            .dates
            .iter()
            .map(|d| {
                let (start, end) = at.points(d.span);
                DateRecord {
                    start,
                    end,
                    text: d.span.slice(&doc.text),
                    value: d.value.as_deref(),
                    precision: d.precision.as_str(),
                    rule: d.rule.as_str(),
                }
            })
            .collect(),
        quotes: doc.quotes.iter().map(|q| at.quote(doc, q)).collect(),
    };
    serde_json::to_writer(&mut *out, &record)?;
    out.write_all(b"\n")
}

struct Offsets<'a> {
    map: &'a OffsetMap,
    text: &'a str,
}

#[derive(Serialize)]
struct Record<'a> {
    schema: u32,
    id: &'a str,
    lang: &'a str,
    title: Option<&'a str>,
    date: Option<&'a str>,
    source: Option<&'a str>,
    text: &'a str,
    blocks: Vec<BlockRecord<'a>>,
    sentences: Vec<SentenceRecord>,
    mentions: Vec<MentionRecord<'a>>,
    entities: Vec<EntityRecord<'a>>,
    amounts: Vec<AmountRecord<'a>>,
    dates: Vec<DateRecord<'a>>,
    quotes: Vec<QuoteRecord<'a>>,
}

#[derive(Serialize)]
struct BlockRecord<'a> {
    start: usize,
    end: usize,
    kind: &'a str,
    lang: &'a str,
}

#[derive(Serialize)]
struct SentenceRecord {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct MentionRecord<'a> {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'a str,
    text: &'a str,
    entity: Option<u32>,
    generic: bool,
    holder: Option<u32>,
    rule: &'a str,
}

#[derive(Serialize)]
struct EntityRecord<'a> {
    entity: u32,
    #[serde(rename = "type")]
    kind: &'a str,
    name: &'a str,
    canonical: Option<&'a str>,
    name_en: Option<&'a str>,
    id: &'a str,
    id_source: &'a str,
    ambiguous: bool,
    sex: Option<&'a str>,
    role: Option<&'a str>,
}

#[derive(Serialize)]
struct AmountRecord<'a> {
    start: usize,
    end: usize,
    kind: &'a str,
    text: &'a str,
    value: Decimal,
    value_max: Option<Decimal>,
    unit: Option<&'a str>,
    approx: bool,
    bound: Option<&'a str>,
    inferred: bool,
    rule: &'a str,
}

#[derive(Serialize)]
struct DateRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    value: Option<&'a str>,
    precision: &'a str,
    rule: &'a str,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    kind: &'a str,
    spans: Vec<(usize, usize)>,
    text: String,
    cue: Option<&'a str>,
    speaker: Option<SpeakerRecord<'a>>,
    via: Vec<ViaRecord<'a>>,
    block: Option<&'a str>,
    rule: &'a str,
    speaker_rule: Option<&'a str>,
    confidence: f64,
}

#[derive(Serialize)]
struct SpeakerRecord<'a> {
    start: Option<usize>,
    end: Option<usize>,
    text: Option<&'a str>,
    name: &'a str,
    canonical: Option<&'a str>,
    entity: Option<u32>,
    id: Option<&'a str>,
    sex: Option<&'a str>,
    role: Option<&'a str>,
    unnamed: bool,
}

#[derive(Serialize)]
struct ViaRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    name: &'a str,
    id: Option<&'a str>,
}

fn entity(index: u32, e: &Entity) -> EntityRecord<'_> {
    EntityRecord {
        entity: index,
        kind: e.kind.as_str(),
        name: &e.name,
        canonical: e.canonical.as_deref(),
        name_en: e.name_en.as_deref(),
        id: &e.id,
        id_source: e.id_source.as_str(),
        ambiguous: e.ambiguous,
        sex: e.sex.map(|s| s.as_str()),
        role: e.role.as_deref(),
    }
}

impl<'a> Offsets<'a> {
    fn points(&self, span: Span) -> (usize, usize) {
        self.map.code_points(self.text, span)
    }

    fn mention(&self, m: &'a Mention) -> MentionRecord<'a> {
        let (start, end) = self.points(m.span);
        MentionRecord {
            start,
            end,
            kind: m.kind.as_str(),
            text: m.span.slice(self.text),
            entity: m.entity,
            generic: m.generic,
            holder: m.holder,
            rule: m.rule.as_str(),
        }
    }

    fn amount(&self, a: &'a Amount) -> AmountRecord<'a> {
        let (start, end) = self.points(a.span);
        AmountRecord {
            start,
            end,
            kind: a.kind.as_str(),
            text: a.span.slice(self.text),
            value: a.value,
            value_max: a.value_max,
            unit: a.unit.as_deref(),
            approx: a.approx,
            bound: a.bound.map(|b| b.as_str()),
            inferred: a.inferred,
            rule: a.rule.as_str(),
        }
    }

    fn quote(&self, doc: &'a Document, q: &'a Quote) -> QuoteRecord<'a> {
        let entity = |index: Option<u32>| index.and_then(|i| doc.entities.get(i as usize));
        QuoteRecord {
            kind: q.kind.as_str(),
            spans: q.spans.iter().map(|&s| self.points(s)).collect(),
            text: q
                .spans
                .iter()
                .map(|s| s.slice(self.text))
                .collect::<Vec<_>>()
                .join(" … "),
            cue: q.cue.map(|s| s.slice(self.text)),
            speaker: q.speaker.as_ref().map(|s| {
                let points = s.span.map(|span| self.points(span));
                let entity = entity(s.entity);
                SpeakerRecord {
                    start: points.map(|p| p.0),
                    end: points.map(|p| p.1),
                    text: s.span.map(|span| span.slice(self.text)),
                    name: &s.name,
                    canonical: entity.and_then(|e| e.canonical.as_deref()),
                    entity: s.entity,
                    id: entity.map(|e| e.id.as_str()),
                    sex: s.sex.map(|s| s.as_str()),
                    role: s.role.as_deref(),
                    unnamed: s.unnamed,
                }
            }),
            via: q
                .via
                .iter()
                .map(|v| {
                    let (start, end) = self.points(v.span);
                    ViaRecord {
                        start,
                        end,
                        text: v.span.slice(self.text),
                        name: &v.name,
                        id: entity(v.entity).map(|e| e.id.as_str()),
                    }
                })
                .collect(),
            block: q
                .spans
                .first()
                .and_then(|s| doc.block_at(s.start()))
                .map(|i| doc.blocks[i].kind.as_str()),
            rule: q.rule.as_str(),
            speaker_rule: q.speaker.as_ref().and_then(|s| s.rule).map(Rule::as_str),
            confidence: (f64::from(q.confidence) * 1000.0).round() / 1000.0,
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = padded.split_at(padded.len() - scale);
        let part = part.trim_end_matches('0');
        if part.is_empty() {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{part}")
        }
    }
}

/// A JSON number where a 64-bit float holds it exactly enough to read back the same digits, else a string of digits.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_string();
        if self.scale == 0
            && let Ok(whole) = i64::try_from(self.digits)
            && whole.unsigned_abs() < (1 << 53)
        {
            return serializer.serialize_i64(whole);
        }
        match text.parse::<f64>() {
            Ok(float) if float.to_string() == text => serializer.serialize_f64(float),
            _ => serializer.serialize_str(&text),
        }
    }
}
