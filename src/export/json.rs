//! One document as one line of JSON: the contract of `documents.jsonl`.

use std::fmt;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::document::{Amount, DateMention, Decimal, Document, Entity, Mention, Quote, Speaker};
use crate::span::{OffsetMap, Span};

use super::writer::JsonWriter;

/// Version of the JSON form; grows when a key changes its meaning.
const SCHEMA: usize = 1;

/// Writes `doc` as one line, with offsets in code points.
///
/// # Errors
/// Those of `out`.
pub fn write_json(doc: &Document, map: &OffsetMap, out: &mut impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    push_json(doc, map, &mut line)?;
    out.write_all(&line)
}

/// Appends what [`write_json`] writes.
///
/// # Errors
/// None by what a document can hold; numbers pass through `serde_json`, whose signature has them.
pub(crate) fn push_json(
    doc: &Document,
    map: &OffsetMap,
    out: &mut Vec<u8>,
) -> serde_json::Result<()> {
    out.reserve(doc.text.len() + ITEM * items(doc));
    Record {
        doc,
        map,
        json: JsonWriter::new(out),
    }
    .write()?;
    out.push(b'\n');
    Ok(())
}

/// Bytes of an item's object; a guess.
const ITEM: usize = 160;

fn items(doc: &Document) -> usize {
    let places = (doc.blocks.len() + doc.sentences.len()) / 4;
    let found = doc.mentions.len() + doc.entities.len() + doc.amounts.len() + doc.dates.len();
    // A quote has its words and its speaker.
    1 + places + found + doc.quotes.len() * 4
}

/// Writes the parts of a document.
struct Record<'a> {
    doc: &'a Document,
    map: &'a OffsetMap,
    json: JsonWriter<'a>,
}

impl<'a> Record<'a> {
    fn write(&mut self) -> serde_json::Result<()> {
        let doc = self.doc;
        let json = self.json.open(b'{');
        json.key("schema").integer(SCHEMA);
        json.key("id").text(doc.id());
        json.key("lang").text(doc.lang.as_str());
        json.key("title").optional(doc.source.title.as_deref());
        json.key("date").optional(doc.source.date.as_deref());
        json.key("source").optional(doc.source.source.as_deref());
        json.key("text").text(&doc.text);
        self.list("blocks", &doc.blocks, |record, block| {
            record.place(block.span);
            let json = record.json.key("kind").text(block.kind.as_str());
            json.key("lang").text(block.lang.as_str());
            Ok(())
        })?;
        self.list("sentences", &doc.sentences, |record, sentence| {
            record.place(sentence.span);
            Ok(())
        })?;
        self.list("mentions", &doc.mentions, Self::mention)?;
        let mut entities = 0..;
        self.list("entities", &doc.entities, |record, entity| {
            record.entity(entities.next().unwrap_or(0), entity)
        })?;
        self.list("amounts", &doc.amounts, Self::amount)?;
        self.list("dates", &doc.dates, Self::date)?;
        self.list("quotes", &doc.quotes, Self::quote)?;
        self.json.close(b'}');
        Ok(())
    }

    /// An array of objects under a key.
    fn list<T>(
        &mut self,
        key: &'static str,
        items: &'a [T],
        mut write: impl FnMut(&mut Self, &'a T) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        self.json.key(key).open(b'[');
        for item in items {
            self.json.open(b'{');
            write(self, item)?;
            self.json.close(b'}');
        }
        self.json.close(b']');
        Ok(())
    }

    fn slice(&self, span: Span) -> &'a str {
        span.slice(&self.doc.text)
    }

    /// start, end
    fn place(&mut self, span: Span) {
        let (start, end) = self.map.code_points(&self.doc.text, span);
        self.json.key("start").integer(start);
        self.json.key("end").integer(end);
    }

    fn mention(&mut self, m: &'a Mention) -> serde_json::Result<()> {
        self.place(m.span);
        let text = self.slice(m.span);
        let json = self.json.key("type").text(m.kind.as_str());
        json.key("text").text(text);
        json.key("entity").maybe(m.entity.map(|e| e as usize));
        json.key("generic").boolean(m.generic);
        json.key("holder").maybe(m.holder.map(|h| h as usize));
        json.key("rule").text(m.rule.as_str());
        Ok(())
    }

    fn entity(&mut self, index: usize, e: &Entity) -> serde_json::Result<()> {
        let json = self.json.key("entity").integer(index);
        json.key("type").text(e.kind.as_str());
        json.key("name").text(&e.name);
        json.key("canonical").optional(e.canonical.as_deref());
        json.key("name_en").optional(e.name_en.as_deref());
        json.key("id").text(&e.id);
        json.key("id_source").text(e.id_source.as_str());
        json.key("ambiguous").boolean(e.ambiguous);
        json.key("sex").optional(e.sex.map(|s| s.as_str()));
        json.key("role").optional(e.role.as_deref());
        Ok(())
    }

    fn amount(&mut self, a: &'a Amount) -> serde_json::Result<()> {
        self.place(a.span);
        let text = self.slice(a.span);
        let json = self.json.key("kind").text(a.kind.as_str());
        json.key("text").text(text);
        json.key("value").value(&a.value)?;
        json.key("value_max").value(&a.value_max)?;
        json.key("unit").optional(a.unit.as_deref());
        json.key("approx").boolean(a.approx);
        json.key("bound").optional(a.bound.map(|b| b.as_str()));
        json.key("inferred").boolean(a.inferred);
        json.key("rule").text(a.rule.as_str());
        Ok(())
    }

    fn date(&mut self, d: &'a DateMention) -> serde_json::Result<()> {
        self.place(d.span);
        let text = self.slice(d.span);
        let json = self.json.key("text").text(text);
        json.key("value").optional(d.value.as_deref());
        json.key("precision").text(d.precision.as_str());
        json.key("rule").text(d.rule.as_str());
        Ok(())
    }

    fn quote(&mut self, q: &'a Quote) -> serde_json::Result<()> {
        self.json.key("kind").text(q.kind.as_str());
        self.json.key("spans").open(b'[');
        for &span in &q.spans {
            let (start, end) = self.map.code_points(&self.doc.text, span);
            self.json.open(b'[').integer(start).integer(end).close(b']');
        }
        self.json.close(b']').key("text");
        match q.spans.as_slice() {
            &[span] => self.json.text(span.slice(&self.doc.text)),
            spans => {
                let parts: Vec<&str> = spans.iter().map(|s| s.slice(&self.doc.text)).collect();
                self.json.text(&parts.join(" … "))
            }
        };
        let cue = q.cue.map(|s| self.slice(s));
        self.json.key("cue").optional(cue).key("speaker");
        match &q.speaker {
            Some(speaker) => self.speaker(speaker),
            None => {
                self.json.null();
            }
        }
        self.list("via", &q.via, |record, via| {
            record.place(via.span);
            let text = record.slice(via.span);
            let id = record.named(via.entity).map(|e| e.id.as_str());
            let json = record.json.key("text").text(text);
            json.key("name").text(&via.name);
            json.key("id").optional(id);
            Ok(())
        })?;
        let block = q
            .spans
            .first()
            .and_then(|s| self.doc.block_at(s.start()))
            .map(|i| self.doc.blocks[i].kind.as_str());
        let json = self.json.key("block").optional(block);
        json.key("rule").text(q.rule.as_str());
        let confidence = (f64::from(q.confidence) * 1000.0).round() / 1000.0;
        json.key("confidence").value(&confidence)?;
        Ok(())
    }

    fn speaker(&mut self, s: &'a Speaker) {
        let entity = self.named(s.entity);
        self.json.open(b'{');
        match s.span {
            Some(span) => self.place(span),
            None => {
                self.json.key("start").null().key("end").null();
            }
        }
        let text = s.span.map(|span| self.slice(span));
        let json = self.json.key("text").optional(text);
        json.key("name").text(&s.name);
        json.key("canonical")
            .optional(entity.and_then(|e| e.canonical.as_deref()));
        json.key("entity").maybe(s.entity.map(|e| e as usize));
        json.key("id").optional(entity.map(|e| e.id.as_str()));
        json.key("sex").optional(s.sex.map(|s| s.as_str()));
        json.key("role").optional(s.role.as_deref());
        json.key("unnamed").boolean(s.unnamed).close(b'}');
    }

    fn named(&self, index: Option<u32>) -> Option<&'a Entity> {
        index.and_then(|i| self.doc.entities.get(i as usize))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        if scale == 0 {
            return fmt::Display::fmt(&self.digits, f);
        }
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
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
        if self.scale == 0
            && let Ok(whole) = i64::try_from(self.digits)
            && whole.unsigned_abs() < (1 << 53)
        {
            return serializer.serialize_i64(whole);
        }
        let text = self.to_string();
        match text.parse::<f64>() {
            Ok(float) if float.to_string() == text => serializer.serialize_f64(float),
            _ => serializer.serialize_str(&text),
        }
    }
}
