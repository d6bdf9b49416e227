//! Records in JSON: one a line, or as elements of an array, or one after another over many lines.
//!
//! The reader cuts the stream into records ([`super::cutter`]) without reading them, so that a record's own faults stay its own;
//! [`parse`] reads one record. Escapes of half a character (lone surrogates), which some programs write, become U+FFFD; numbers that JSON
//! has no words for (NaN, Infinity, 1e400) are nothing, for nobody reads them.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};

use super::cutter::{Cut, Cutter};
use super::format::{Format, Kind};
use super::nested::{self, Found, NestedCutter};
use super::record::{Fields, Record, Role};
use super::stream::{self, LineRead, read_line};
use super::{Body, Reader, read_error, too_large};

/// A record a line.
pub(super) struct JsonLines;

impl Kind for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        begins_record(head) && !goes_on(head)
    }

    fn holds(&self, shown: Format, head: &[u8]) -> bool {
        // A broken record in the first line is a fault of that line.
        shown.as_str() == self.name() || shown.as_str() == Json.name() && begins_record(head)
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        reader.json_lines(from, id, path)
    }
}

/// Records in an array, or one after another.
pub(super) struct Json;

impl Kind for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        begins_record(head) && goes_on(head)
            || behind(head, b'[').is_some_and(|rest| rest.starts_with(b"{"))
    }

    fn holds(&self, shown: Format, _: &[u8]) -> bool {
        shown.as_str() == self.name() || shown.as_str() == JsonLines.name()
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        reader.json(from, id, path)
    }
}

/// What follows a bracket at the head of a stream.
fn behind(head: &[u8], open: u8) -> Option<&[u8]> {
    let rest = head.trim_ascii_start().strip_prefix(&[open])?;
    Some(rest.trim_ascii_start())
}

/// Whether a stream begins as a record does.
fn begins_record(head: &[u8]) -> bool {
    behind(head, b'{').is_some_and(|rest| rest.starts_with(b"\""))
}

/// Whether the first record goes on in the next line.
fn goes_on(head: &[u8]) -> bool {
    let text = head.trim_ascii_start();
    match memchr::memchr(b'\n', text).map(|end| &text[..end]) {
        Some(line) => serde_json::from_slice::<IgnoredAny>(line).is_err(),
        None => false,
    }
}

impl Reader<'_, '_> {
    /// A record a line; empty lines are none.
    pub(super) fn json_lines(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let Some(mut from) = self.at_top(from, id, path)? else {
            return ControlFlow::Continue(());
        };
        let mut line = Vec::new();
        for number in 1.. {
            match read_line(&mut from, self.options.max_bytes, &mut line) {
                Ok(LineRead::End) => break,
                Ok(LineRead::TooLong) => {
                    self.fail(too_large(path, self.options.max_bytes).on_line(number))?;
                }
                Ok(LineRead::Line) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(LineRead::Line) => {
                    let body = Body::Json(std::mem::take(&mut line));
                    self.document(format!("{id}:{number}"), path, Some(number), body)?;
                }
                Err(e) => return self.fail(read_error(path, &e).on_line(number)),
            }
        }
        ControlFlow::Continue(())
    }

    /// A stream whose records lie at its top. Records that lie deeper are read here, and nothing is given then.
    fn at_top<'r>(
        &mut self,
        from: Box<dyn Read + 'r>,
        id: &str,
        path: &str,
    ) -> ControlFlow<(), Option<BufReader<Box<dyn Read + 'r>>>> {
        let peeked = self.decoded(from, path).and_then(|from| {
            let from: Box<dyn Read + 'r> = Box::new(from);
            stream::peeked(from, nested::HEAD).map_err(|e| read_error(path, &e))
        });
        let (head, from) = match peeked {
            Ok((head, from)) => (head, BufReader::with_capacity(1 << 16, from)),
            Err(e) => {
                self.fail(e)?;
                return ControlFlow::Continue(None);
            }
        };
        match nested::find(&head, &self.options.fields) {
            Found::Top => return ControlFlow::Continue(Some(from)),
            Found::At(at) => {
                let cutter = NestedCutter::new(at);
                self.cut(
                    from,
                    cutter,
                    path,
                    &mut |reader, (line, number, bytes, _)| {
                        let id = format!("{id}:{number}");
                        reader.document(id, path, Some(line), Body::Json(bytes))
                    },
                )?;
            }
            Found::Several(paths) => {
                let reason = format!(
                    "records lie in several arrays ({}): leave one of them in the file",
                    paths.join(", ")
                );
                self.fail(Error::new(ErrorKind::Format, reason).at(path))?;
            }
        }
        ControlFlow::Continue(None)
    }

    /// An array of records, or records one after another.
    pub(super) fn json(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let Some(mut from) = self.at_top(from, id, path)? else {
            return ControlFlow::Continue(());
        };
        let mut cutter = Cutter::default();
        loop {
            let available = match from.fill_buf() {
                Ok([]) => break,
                Ok(available) => available,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return self.fail(read_error(path, &e).on_line(cutter.line)),
            };
            let used = available.len();
            let mut at = 0;
            while at < used {
                let Some(available) = from.buffer().get(at..) else {
                    break;
                };
                let (n, cut) = cutter.feed(available, self.options.max_bytes);
                at += n;
                match cut {
                    Some(Cut::Record {
                        line,
                        number,
                        bytes,
                    }) => {
                        let id = if number == 1 && !cutter.in_array {
                            id.to_owned()
                        } else {
                            format!("{id}:{number}")
                        };
                        self.document(id, path, Some(line), Body::Json(bytes))?;
                    }
                    Some(Cut::TooLong(line)) => {
                        self.fail(too_large(path, self.options.max_bytes).on_line(line))?;
                    }
                    None => {}
                }
            }
            from.consume(used);
        }
        match cutter.unfinished() {
            Some((line, reason)) => {
                self.fail(Error::new(ErrorKind::Format, reason).at(path).on_line(line))
            }
            None => ControlFlow::Continue(()),
        }
    }
}

/// Reads one record; gives it with the number of characters that had to be replaced.
pub(super) fn parse(text: &str, fields: &Fields) -> Result<(Record, u32)> {
    let read = |text: &str| {
        let mut from = serde_json::Deserializer::from_str(text);
        let record = Seed(fields).deserialize(&mut from)?;
        from.end()?;
        Ok::<Record, serde_json::Error>(record)
    };
    match read(text) {
        Ok(record) => Ok((record, 0)),
        Err(e) => {
            let (mended, count) = mend_surrogates(text);
            let mended = without_odd_numbers(&mended);
            if (count > 0 || matches!(mended, Cow::Owned(_)))
                && let Ok(record) = read(&mended)
            {
                return Ok((record, count));
            }
            Err(Error::new(ErrorKind::Format, format!("broken JSON: {e}")))
        }
    }
}

/// How deep fields are looked for in objects.
const DEEPEST: usize = 4;

/// Takes a field: its path, what it is, its words.
type TakeField<'a> = dyn FnMut(&str, (Role, usize), String) + 'a;

/// Goes through the fields of a member that matter, with their paths.
fn fields_of(path: &str, value: Value, fields: &Fields, take: &mut TakeField<'_>) {
    if let Value::Object(inner) = value {
        if path.split('.').count() < DEEPEST {
            for (name, value) in inner {
                fields_of(&format!("{path}.{name}"), value, fields, take);
            }
        }
        return;
    }
    let Some(role) = fields.role_at(path) else {
        return;
    };
    let text = match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) if role.0 == Role::Text => paragraphs(&list),
        _ => None,
    };
    if let Some(text) = text {
        take(path, role, text);
    }
}

/// What the fields of a record are used for, with their paths.
pub(super) fn used(text: &str, fields: &Fields) -> Vec<((Role, usize), String)> {
    let mut used = Vec::new();
    let Ok(Value::Object(record)) = value(text) else {
        return used;
    };
    for (name, value) in record {
        if fields.looks_into(&name) {
            fields_of(&name, value, fields, &mut |path, role, _| {
                used.push((role, path.to_owned()))
            });
        }
    }
    used
}

/// A value of JSON, with what is no character in it replaced.
pub(super) fn value(text: &str) -> Result<Value> {
    serde_json::from_str(text)
        .or_else(|e| serde_json::from_str(&mend_surrogates(text).0).map_err(|_| e))
        .map_err(|e| Error::new(ErrorKind::Format, format!("broken JSON: {e}")))
}

/// The text of a field of a record, without reading the rest.
pub(super) fn text_field(record: &[u8], name: &str) -> Option<String> {
    match field(record, name)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The number of a field of a record.
pub(super) fn number_field(record: &[u8], name: &str) -> Option<u64> {
    field(record, name)?.as_u64()
}

fn field(record: &[u8], name: &str) -> Option<Value> {
    let text = String::from_utf8_lossy(record);
    value(&text).ok()?.get_mut(name).map(Value::take)
}

/// Fields of a record without a text that stand for one: a summary, as services give it that may not give more.
const SUMMARIES: [&str; 8] = [
    "description",
    "summary",
    "excerpt",
    "abstract",
    "snippet",
    "lead_paragraph",
    "trailtext",
    "lead",
];

/// What there is to read in a record without a field for its text: a summary, or the title alone, where no other field is longer.
pub(super) fn instead_of_text(text: &str, fields: &Fields) -> Option<String> {
    if fields.text.is_some() {
        return None;
    }
    let Ok(Value::Object(record)) = value(text) else {
        return None;
    };
    // A text that is null is one that is missing, not one of another name.
    let is_summary = |name: &str| SUMMARIES.contains(&name.to_lowercase().as_str());
    let title = record.iter().find_map(|(name, value)| {
        let (role, _) = fields.role_at(name)?;
        let title = value.as_str()?;
        (role == Role::Title && !title.trim().is_empty()).then_some(title)
    })?;
    let summary = record
        .iter()
        .filter(|(name, _)| is_summary(name))
        .filter_map(|(_, value)| value.as_str())
        .max_by_key(|text| text.len())
        .filter(|text| !text.trim().is_empty());
    let found = summary.unwrap_or(title);
    let is_longest = record.iter().all(|(name, value)| {
        let is_address = |text: &str| text.starts_with("http") && !text.contains(' ');
        match value {
            Value::String(text) => {
                text.len() <= found.len().max(200) || is_address(text) || is_summary(name)
            }
            Value::Array(list) => !list
                .iter()
                .any(|v| v.as_str().is_some_and(|t| t.len() > 200)),
            _ => true,
        }
    });
    is_longest.then(|| found.to_owned())
}

/// A text that is a list of paragraphs.
fn paragraphs(list: &[Value]) -> Option<String> {
    let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    texts.map(|texts| texts.join("\n\n"))
}

/// Says why a record has no text.
pub(super) fn no_text(text: &str, fields: &Fields) -> Error {
    let (mended, _) = mend_surrogates(text);
    let mended = without_odd_numbers(&mended);
    let Ok(record) = serde_json::from_str::<serde_json::Map<_, _>>(&mended) else {
        return Error::new(ErrorKind::Format, "the record has no text");
    };
    let is_text = |name: &&String| matches!(fields.role(name), Some((Role::Text, _)));
    if let Some(name) = record.keys().find(is_text) {
        let what = match &record[name] {
            Value::Null => "null",
            Value::Array(_) => "a list of other things than texts",
            Value::Object(_) => "another record",
            _ => "no text",
        };
        return Error::new(ErrorKind::Format, format!("the field {name:?} is {what}"));
    }
    let names: Vec<&String> = record.keys().collect();
    fields.no_text("field", &names)
}

/// Replaces escapes of half a character by that of U+FFFD.
fn mend_surrogates(text: &str) -> (Cow<'_, str>, u32) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut kept, mut at, mut count) = (0, 0, 0);
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                out.push_str(&text[kept..at]);
                out.push_str("\\ufffd");
                at += 6;
                kept = at;
                count += 1;
            }
            Some(_) => at += 6,
            None => at += 2,
        }
    }
    if count == 0 {
        return (Cow::Borrowed(text), 0);
    }
    out.push_str(&text[kept..]);
    (Cow::Owned(out), count)
}

/// Puts `null` for values that some programs write as numbers, and JSON does not know: NaN, Infinity, and what no float can hold.
fn without_odd_numbers(text: &str) -> Cow<'_, str> {
    let is_value = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut kept, mut at, mut in_text) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            b if !in_text && is_value(b) => {
                let length = bytes[at..].iter().take_while(|&&b| is_value(b)).count();
                let value = &text[at..at + length];
                let is_odd = match value.trim_start_matches(['-', '+']) {
                    "NaN" | "nan" | "Infinity" | "inf" => true,
                    number if number.starts_with(|c: char| c.is_ascii_digit()) => {
                        number.parse::<f64>().is_ok_and(f64::is_infinite)
                    }
                    _ => false,
                };
                if is_odd {
                    out.push_str(&text[kept..at]);
                    out.push_str("null");
                    kept = at + length;
                }
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// Reads the fields of an object that matter.
struct Seed<'a>(&'a Fields);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Record;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Record, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Record, A::Error> {
        let mut record = Record::default();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            if self.0.looks_into(&name) {
                let value = map.next_value::<Value>()?;
                fields_of(&name, value, self.0, &mut |_, role, text| {
                    record.set(role, text)
                });
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    fn text_of(json: &str) -> Result<(String, u32)> {
        let (record, mended) = parse(json, &Fields::default())?;
        let read = record.into_source(&mut Source::default());
        Ok((
            read.ok_or_else(|| no_text(json, &Fields::default()))?,
            mended,
        ))
    }

    #[test]
    fn records_are_read() {
        assert_eq!(
            text_of(r#"{"id": 7, "x": {"text": []}, "text": "Да"}"#).ok(),
            Some(("Да".into(), 0))
        );
        assert_eq!(
            text_of(r#"{"text": "\ud800 и \ud83d\ude00 и \\ud800"}"#).ok(),
            Some(("\u{FFFD} и 😀 и \\ud800".into(), 1))
        );
        assert_eq!(
            text_of(r#"{"text": ["Да.", "Нет."]}"#).ok(),
            Some(("Да.\n\nНет.".into(), 0))
        );
        for odd in ["NaN", "-Infinity", "[1, 1e400]", "{\"x\": nan}"] {
            let json = format!(r#"{{"score": {odd}, "date": {odd}, "text": "Да: NaN, \"inf"}}"#);
            let read = text_of(&json).ok();
            assert_eq!(read, Some(("Да: NaN, \"inf".into(), 0)), "{json}");
        }
        for (json, word) in [
            (r#"{"text": NaN}"#, "is null"),
            (r#"{"lead": "a", "date": 5}"#, "there are: date, lead"),
            (r#"{"text": null}"#, "is null"),
            (r#"{"text": {"a": 5}}"#, "is another record"),
        ] {
            let error = text_of(json).expect_err("no text");
            assert!(error.reason().contains(word), "{error}");
        }
        for broken in [
            "{}",
            "[]",
            "{\"text\": 5",
            "{\"text\": null}",
            "{\"text\": \"a\"} {",
        ] {
            assert!(text_of(broken).is_err(), "{broken}");
        }
    }
}
