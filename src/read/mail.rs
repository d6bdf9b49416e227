//! Mail: a message (.eml), a mailbox (.mbox), a page that a browser saved as a message (.mhtml).
//!
//! The text of a message is its plain form, else its HTML; lines that a mail program broke are joined. Its subject is the title, its day the
//! date, its sender the author. Attachments are passed over, and told. A page in .mhtml is read as a web page.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use mail_parser::{
    Encoding as Transfer, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use crate::decode::{self, Decoded};
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};

use super::format::{Format, Kind};
use super::stream::{LineRead, read_line};
use super::{Body, Known, ReadOptions, Reader, Whole, lines, page, read_error, too_large};

const ATTACHMENT: &str = "an attachment of a message: save it as a file to have it read";

/// A message.
pub(super) struct Eml;

const EML: Format = Format::of_kind(&Eml);

impl Kind for Eml {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        let names = header_names(head);
        let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        let is_sent = has("message-id") || has("mime-version") || has("received");
        is_sent && has("from") && (has("date") || has("subject"))
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        reader.whole_with(EML, from, id, path, &mut |reader, bytes| {
            for n in 1..=attachments(bytes) {
                reader.skip(&format!("{path}#attachment-{n}"), None, ATTACHMENT)?;
            }
            ControlFlow::Continue(())
        })
    }

    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let message = parse(&whole.bytes)?;
        about(&message, source);
        let plain = message.text_body.iter().chain(&message.html_body);
        let parts: Vec<&MessagePart<'_>> = plain
            .filter_map(|at| message.parts.get(*at as usize))
            .collect();
        let find = |is_html: bool| {
            parts.iter().copied().find(|part| match part.body {
                PartType::Text(_) => !is_html,
                PartType::Html(_) => is_html,
                _ => false,
            })
        };
        if let Some(part) = find(false) {
            let read = part_text(&message, part, options)?;
            if !read.text.trim().is_empty() {
                return Ok(Decoded {
                    text: lines::joined(&read.text),
                    ..read
                });
            }
        }
        let Some(part) = find(true) else {
            // A message without words is a document without text.
            return decode::decode(Vec::new(), None, None);
        };
        let read = part_text(&message, part, options)?;
        let text = page::fragment(&read.text)?;
        Ok(Decoded { text, ..read })
    }
}

/// A mailbox.
pub(super) struct Mbox;

impl Kind for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mbox", "mbx"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        head.starts_with(b"From ")
            && memchr::memchr(b'\n', head)
                .is_some_and(|end| !header_names(&head[end + 1..]).is_empty())
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
        let mut from = BufReader::with_capacity(1 << 16, from);
        let mut message = Vec::new();
        let (mut begun, mut number, mut is_blank) = (1, 0, true);
        let mut line = Vec::new();
        let mut lines = 0u64;
        loop {
            let read = read_line(&mut from, reader.options.max_bytes, &mut line);
            lines += 1;
            let is_end = match read {
                Ok(LineRead::End) => true,
                Ok(LineRead::Line) => false,
                Ok(LineRead::TooLong) => {
                    reader.fail(too_large(path, reader.options.max_bytes).on_line(lines))?;
                    continue;
                }
                Err(e) => return reader.fail(read_error(path, &e).on_line(lines)),
            };
            if is_end || is_blank && line.starts_with(b"From ") {
                if !message.is_empty() {
                    number += 1;
                    let bytes = std::mem::take(&mut message);
                    reader.message(bytes, &format!("{id}:{number}"), path, begun)?;
                }
                if is_end {
                    return ControlFlow::Continue(());
                }
                (begun, is_blank) = (lines, false);
                continue;
            }
            is_blank = line.is_empty();
            // What would look like a new message was marked when it was written.
            let quoted = line.iter().position(|b| *b != b'>').unwrap_or(0);
            let from = usize::from(quoted > 0 && line[quoted..].starts_with(b"From "));
            message.extend_from_slice(&line[from..]);
            message.push(b'\n');
        }
    }
}

impl Reader<'_, '_> {
    /// A message of a mailbox.
    fn message(&mut self, bytes: Vec<u8>, id: &str, path: &str, line: u64) -> ControlFlow<()> {
        let limit = self.options.max_bytes;
        if bytes.len() > limit {
            return self.fail(too_large(path, limit).on_line(line));
        }
        for n in 1..=attachments(&bytes) {
            self.skip(&format!("{path}#attachment-{n}"), Some(line), ATTACHMENT)?;
        }
        let own = message_id(&bytes);
        let whole = Whole {
            bytes,
            declared: None,
            known: Some(Box::new(Known {
                id: own,
                ..Known::default()
            })),
        };
        self.document(id.to_owned(), path, Some(line), Body::Whole(EML, whole))
    }
}

/// A page that a browser saved as a message.
pub(super) struct Mhtml;

impl Kind for Mhtml {
    fn name(&self) -> &'static str {
        "mhtml"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mhtml", "mht"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
        let names = header_names(head);
        names.iter().any(|n| n.eq_ignore_ascii_case("mime-version"))
            && has(b"multipart/related")
            && (has(b"Snapshot-Content-Location") || has(b"Saved by") || has(b"Content-Location"))
    }

    fn most_bytes(&self, limit: usize) -> usize {
        // Pictures lie in it too.
        limit.max(64 << 20)
    }

    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let message = parse(&whole.bytes)?;
        let html = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
        let Some(part) = message.parts.iter().find(html) else {
            let reason = "no page lies in it";
            return Err(Error::new(ErrorKind::Format, reason));
        };
        let (bytes, declared) = part_bytes(&message, part);
        let whole = Whole {
            bytes,
            declared,
            known: None,
        };
        page::Html.decode(whole, options, source)
    }
}

fn parse(bytes: &[u8]) -> Result<Message<'_>> {
    MessageParser::default().parse(bytes).ok_or_else(|| {
        Error::new(
            ErrorKind::Format,
            "no message of mail: it has no header lines",
        )
    })
}

/// What the header tells.
fn about(message: &Message<'_>, source: &mut Source) {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    source.title = message
        .subject()
        .map(line)
        .filter(|title| !title.is_empty());
    source.date = message
        .date()
        .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    let sender = message.from().and_then(|from| from.first());
    source.source = sender.and_then(|sender| {
        let host = sender.address()?.rsplit_once('@')?.1;
        Some(host.to_lowercase())
    });
}

fn message_id(bytes: &[u8]) -> Option<String> {
    let id = MessageParser::default().parse_headers(bytes)?;
    id.message_id().map(str::to_owned)
}

/// Bytes of a part as they were before the transfer, and the encoding that it says it has.
fn part_bytes(
    message: &Message<'_>,
    part: &MessagePart<'_>,
) -> (Vec<u8>, Option<&'static encoding_rs::Encoding>) {
    let raw = message
        .raw_message
        .get(part.offset_body as usize..part.offset_end as usize)
        .unwrap_or_default();
    let bytes = match part.encoding {
        Transfer::None => None,
        Transfer::QuotedPrintable => {
            mail_parser::decoders::quoted_printable::quoted_printable_decode(raw)
        }
        Transfer::Base64 => mail_parser::decoders::base64::base64_decode(raw),
    };
    let declared = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"))
        .and_then(decode::encoding_named);
    (bytes.unwrap_or_else(|| raw.to_vec()), declared)
}

fn part_text(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    options: &ReadOptions,
) -> Result<Decoded> {
    let (bytes, declared) = part_bytes(message, part);
    let read = decode::decode(bytes, options.encoding, declared)?;
    Ok(Decoded {
        text: read.text.replace("\r\n", "\n"),
        ..read
    })
}

/// Names of the header lines at the head.
fn header_names(head: &[u8]) -> Vec<&str> {
    let mut names = Vec::new();
    for line in head.split(|b| *b == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        let is_name = !name.is_empty()
            && name.len() < line.len()
            && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
        match std::str::from_utf8(name) {
            Ok(name) if is_name => names.push(name),
            _ => break,
        }
    }
    names
}

/// How many files are attached to a message.
fn attachments(bytes: &[u8]) -> usize {
    const MARK: &[u8] = b"content-disposition: attachment";
    bytes
        .split(|b| *b == b'\n')
        .filter(|line| {
            line.get(..MARK.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(MARK))
        })
        .count()
}
