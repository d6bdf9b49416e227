//! Records in JSON: one a line, or as elements of an array, or one after another over many lines.
//!
//! The reader cuts the stream into records ([`super::cutter`]) without reading them, so that a record's own faults stay its own;
//! [`parse`] reads one record. Escapes of half a character (lone surrogates), which some programs write, become U+FFFD; numbers that JSON
//! has no words for (NaN, Infinity, 1e400) are nothing, for nobody reads them.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::error::{Error, ErrorKind, Result};

use super::cutter::{Cut, Cutter};
use super::record::{Fields, Record, Role};
use super::stream::{LineRead, read_line};
use super::{Body, Reader, read_error, too_large};

impl Reader<'_, '_> {
    /// A record a line; empty lines are none.
    pub(super) fn json_lines(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let mut from = match self.decoded(from, path) {
            Ok(from) => from,
            Err(e) => return self.fail(e),
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

    /// An array of records, or records one after another.
    pub(super) fn json(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let mut from = match self.decoded(from, path) {
            Ok(from) => from,
            Err(e) => return self.fail(e),
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

/// A text that is a list of paragraphs.
fn paragraphs(list: &[serde_json::Value]) -> Option<String> {
    let texts: Option<Vec<&str>> = list.iter().map(serde_json::Value::as_str).collect();
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
            serde_json::Value::Null => "null",
            serde_json::Value::Array(_) => "a list of other things than texts",
            serde_json::Value::Object(_) => "another record",
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
            match self.0.role(&name) {
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
                Some(role) => match map.next_value::<serde_json::Value>()? {
                    serde_json::Value::String(text) => record.set(role, text),
                    serde_json::Value::Number(number) => record.set(role, number.to_string()),
                    serde_json::Value::Array(list) if role.0 == Role::Text => {
                        if let Some(text) = paragraphs(&list) {
                            record.set(role, text);
                        }
                    }
                    _ => {}
                },
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
