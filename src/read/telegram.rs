//! Exports of Telegram Desktop, in JSON (`result.json`) and HTML (`messages.html`): a message a document.
//!
//! The chat is the source, and its sender the author. What the program itself writes into a chat (who joined, what was pinned) is passed
//! over; a message that is a picture without words is a document without text.

use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use serde_json::Value;

use crate::decode::{self, Decoded};
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};

use super::cutter::Cut;
use super::date::iso_date;
use super::format::{Format, Kind};
use super::nested::{self, Found, NestedCutter};
use super::{Body, Known, ReadOptions, Reader, Whole, json, read_error, stream, too_large};

const SERVICE: &str = "no message but a notice of Telegram itself";

/// An export in JSON.
pub(super) struct TelegramJson;

const JSON: Format = Format::of_kind(&TelegramJson);

impl Kind for TelegramJson {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn shows(&self, head: &[u8]) -> bool {
        let has = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
        head.trim_ascii_start().starts_with(b"{")
            && (has("\"messages\"") && has("\"date_unixtime\"") && has("\"type\"")
                || has("\"personal_information\"") && has("Telegram"))
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
        reader.telegram(from, id, path)
    }

    fn decode(&self, whole: Whole, _: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let read = decode::decode(whole.bytes, Some(encoding_rs::UTF_8), None)?;
        let message: Value = json::value(&read.text)?;
        let number = |key: &str| message.get(key).and_then(Value::as_u64);
        let date = message.get("date").and_then(Value::as_str);
        source.date = date
            .map(iso_date)
            .or_else(|| number("date_unixtime").map(|n| iso_date(&n.to_string())));
        let text = message.get("text").map_or(String::new(), words);
        Ok(Decoded { text, ..read })
    }
}

/// The words of a text, which is a string or a list of strings and of marked words.
fn words(text: &Value) -> String {
    match text {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words).collect(),
        Value::Object(marked) => marked.get("text").map_or(String::new(), words),
        _ => String::new(),
    }
}

impl Reader<'_, '_> {
    fn telegram(&mut self, from: Box<dyn Read + '_>, id: &str, path: &str) -> ControlFlow<()> {
        let peeked = self.decoded(from, path).and_then(|from| {
            stream::peeked(Box::new(from), nested::HEAD).map_err(|e| read_error(path, &e))
        });
        let (head, from) = match peeked {
            Ok(peeked) => peeked,
            Err(e) => return self.fail(e),
        };
        let at = match nested::find(&head, &self.options.fields) {
            Found::At(at) if at.last().is_some_and(|name| name == "messages") => at,
            _ if memchr::memmem::find(&head, b"\"chats\"").is_some() => {
                ["chats", "list", "[]", "messages"]
                    .map(str::to_owned)
                    .to_vec()
            }
            _ => vec!["messages".to_owned()],
        };
        let is_one_chat = at.len() == 1;
        self.cut(
            BufReader::new(from),
            NestedCutter::new(at),
            path,
            &mut |reader, record| {
                let (line, number, bytes, names) = record;
                let begin = &bytes[..bytes.len().min(400)];
                if memchr::memmem::find(begin, b"\"service\"").is_some()
                    && json::text_field(&bytes, "type").as_deref() == Some("service")
                {
                    return reader.skip(path, Some(line), SERVICE);
                }
                let source = names.iter().rev().find_map(Clone::clone);
                let author =
                    json::text_field(&bytes, "from").filter(|from| source.as_ref() != Some(from));
                let own = json::number_field(&bytes, "id").filter(|_| is_one_chat);
                let whole = Whole {
                    bytes,
                    declared: None,
                    known: Some(Box::new(Known {
                        source,
                        author,
                        ..Known::default()
                    })),
                };
                let id = format!("{id}:{}", own.unwrap_or(number));
                reader.document(id, path, Some(line), Body::Whole(JSON, whole))
            },
        )
    }

    /// Hands over what a cutter cuts out of a stream: line, number and bytes of a record, with the names of what lies around it.
    pub(super) fn cut(
        &mut self,
        mut from: impl BufRead,
        mut cutter: NestedCutter,
        path: &str,
        take: &mut TakeRecord<'_>,
    ) -> ControlFlow<()> {
        let limit = self.options.max_bytes;
        loop {
            let available = match from.fill_buf() {
                Ok([]) => break,
                Ok(available) => available,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return self.fail(read_error(path, &e).on_line(cutter.line)),
            };
            let (used, cut) = cutter.feed(available, limit);
            from.consume(used);
            match cut {
                Some(Cut::Record {
                    line,
                    number,
                    bytes,
                }) => take(self, (line, number, bytes, &cutter.names))?,
                Some(Cut::TooLong(line)) => self.fail(too_large(path, limit).on_line(line))?,
                None => {}
            }
        }
        match cutter.unfinished() {
            Some(line) => {
                let reason =
                    "the file ends inside a record (a bracket or quotation mark is missing)";
                self.fail(Error::new(ErrorKind::Format, reason).at(path).on_line(line))
            }
            None => ControlFlow::Continue(()),
        }
    }
}

/// A record that was cut out.
pub(super) type CutRecord<'a> = (u64, u64, Vec<u8>, &'a [Option<String>]);

type TakeRecord<'a> = dyn FnMut(&mut Reader<'_, '_>, CutRecord<'_>) -> ControlFlow<()> + 'a;

/// An export in HTML.
#[cfg(feature = "html")]
pub(super) struct TelegramHtml;

#[cfg(feature = "html")]
impl Kind for TelegramHtml {
    fn name(&self) -> &'static str {
        "telegram-html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn shows(&self, head: &[u8]) -> bool {
        let has = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
        decode::is_page(head) && has("<title>Exported Data</title>") && has("page_wrap")
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        mut from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let limit = reader.options.max_bytes;
        let mut bytes = Vec::new();
        match from.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes) {
            Err(e) => return reader.fail(read_error(path, &e)),
            Ok(_) if bytes.len() > limit => return reader.fail(too_large(path, limit)),
            Ok(_) => {}
        }
        let page = match decode::decode(bytes, reader.options.encoding, Some(encoding_rs::UTF_8)) {
            Ok(read) => dom_query::Document::from(read.text),
            Err(e) => return reader.fail(e.at(path)),
        };
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let chat = squeezed(&page.select(".page_header .text").text());
        let mut sender = None;
        for message in page.select(".message").iter() {
            let own = message.attr("id").unwrap_or_default();
            let own = own.trim_start_matches("message").to_owned();
            if message.has_class("service") {
                reader.skip(&format!("{path}#{own}"), None, SERVICE)?;
                continue;
            }
            let name = squeezed(&message.select(".from_name").first().text());
            if !name.is_empty() {
                sender = Some(name);
            }
            let date = message.select(".date").first().attr("title");
            let html = message.select(".text").first().inner_html();
            let known = Known {
                date: date.map(|date| iso_date(&date)),
                source: Some(chat.clone()).filter(|chat| !chat.is_empty()),
                author: sender.clone().filter(|name| *name != chat),
                ..Known::default()
            };
            let whole = Whole {
                bytes: html.trim().as_bytes().to_vec(),
                declared: Some(encoding_rs::UTF_8),
                known: Some(Box::new(known)),
            };
            let body = Body::Whole(super::page::FRAGMENT, whole);
            reader.document(format!("{id}:{own}"), path, None, body)?;
        }
        ControlFlow::Continue(())
    }
}
