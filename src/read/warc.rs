//! Web archives (.warc, .warc.gz): every page that a server answered with is a document.
//!
//! Requests and what the archive tells of itself are no documents. Answers that are no pages or texts, errors of servers, and repetitions
//! are passed over, each with its reason.

use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use crate::decode;
use crate::error::{Error, ErrorKind};

use super::format::{Format, Kind};
use super::stream::{LineRead, read_line};
use super::{Body, Known, Reader, Whole, page, read_error, too_large};

const NO_TEXT: &str = "an answer of a server that is no page and no text";
const STATUS: &str = "an answer of a server that is an error or points elsewhere";
const REPEATED: &str = "a repetition of an earlier answer";
const ENCODED: &str = "an answer that is packed in a way that is not read";

/// A web archive.
pub(super) struct Warc;

impl Kind for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["warc"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.")
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
        reader.warc(BufReader::with_capacity(1 << 16, from), id, path)
    }
}

/// Bytes of a header line.
const LINE: usize = 1 << 16;

/// Header lines: names in lower case, and values.
type Header = Vec<(String, String)>;

fn value<'h>(header: &'h Header, name: &str) -> Option<&'h str> {
    let found = header.iter().find(|(n, _)| n == name)?;
    Some(found.1.trim_matches(['<', '>']))
}

fn parse_header(lines: &[u8]) -> Header {
    String::from_utf8_lossy(lines)
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}

impl Reader<'_, '_> {
    fn warc(&mut self, mut from: impl BufRead, id: &str, path: &str) -> ControlFlow<()> {
        let broken = |reason: String| Error::new(ErrorKind::Format, reason).at(path);
        let mut line = Vec::new();
        for number in 1u64.. {
            // Blank lines stand between records.
            loop {
                match read_line(&mut from, LINE, &mut line) {
                    Ok(LineRead::End) => return ControlFlow::Continue(()),
                    Ok(LineRead::Line) if line.is_empty() => {}
                    Ok(_) => break,
                    Err(e) => return self.fail(read_error(path, &e)),
                }
            }
            if !line.starts_with(b"WARC/") {
                let reason =
                    format!("record {number} does not begin with WARC/: the rest is not read");
                return self.fail(broken(reason));
            }
            let mut lines = Vec::new();
            loop {
                match read_line(&mut from, LINE, &mut line) {
                    Ok(LineRead::Line) if !line.is_empty() => {
                        lines.extend_from_slice(&line);
                        lines.push(b'\n');
                    }
                    Ok(LineRead::TooLong) => {}
                    Ok(_) => break,
                    Err(e) => return self.fail(read_error(path, &e)),
                }
            }
            let header = parse_header(&lines);
            let length = value(&header, "content-length").and_then(|n| n.parse::<u64>().ok());
            let Some(length) = length else {
                let reason = format!("record {number} has no length: the rest is not read");
                return self.fail(broken(reason));
            };
            let mut block = from.by_ref().take(length);
            let ended = self.warc_record(&header, &mut block, number, id, path);
            if let Err(e) = std::io::copy(&mut block, &mut std::io::sink()) {
                return self.fail(read_error(path, &e));
            }
            let left = block.limit();
            ended?;
            if left > 0 {
                return self.fail(broken(format!(
                    "ends inside record {number}, as if it was cut off"
                )));
            }
        }
        ControlFlow::Continue(())
    }

    fn warc_record(
        &mut self,
        header: &Header,
        block: &mut dyn Read,
        number: u64,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let url = value(header, "warc-target-uri").unwrap_or_default();
        let place = format!("{path}#{number} {url}");
        let kind = value(header, "warc-type").unwrap_or_default();
        match kind {
            "response" | "resource" | "conversion" => {}
            "revisit" => return self.skip(&place, None, REPEATED),
            // What tells of requests, of the archive, of other records.
            _ => return ControlFlow::Continue(()),
        }
        let limit = self.options.max_bytes;
        let mut bytes = Vec::new();
        if let Err(e) = block.take(limit as u64 + 1).read_to_end(&mut bytes) {
            return self.fail(read_error(&place, &e));
        }
        let is_answer = kind == "response"
            && value(header, "content-type").is_some_and(|kind| kind.contains("http"));
        let (answer, from) = match is_answer {
            true => {
                let end = header_end(&bytes);
                let status = bytes.split(|b| *b == b' ').nth(1).and_then(|s| s.first());
                if status != Some(&b'2') {
                    return self.skip(&place, None, STATUS);
                }
                (parse_header(&bytes[..end]), end)
            }
            false => (header.clone(), 0),
        };
        let content = value(&answer, "content-type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let body = &bytes[from..];
        let format = match content.split(';').next().unwrap_or_default().trim() {
            "text/html" | "application/xhtml+xml" => page::HTML,
            "text/plain" => Format::TEXT,
            "" | "application/octet-stream" if decode::is_page(body) => page::HTML,
            _ => return self.skip(&place, None, NO_TEXT),
        };
        if bytes.len() > limit {
            return self.fail(too_large(&place, limit));
        }
        let mut body = body.to_vec();
        if value(&answer, "transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked"))
            && let Some(whole) = unchunked(&body)
        {
            body = whole;
        }
        match value(&answer, "content-encoding").unwrap_or_default() {
            "" | "identity" => {}
            // Some programs unpack the answer and keep its header.
            "gzip" | "x-gzip" if !body.starts_with(b"\x1F\x8B") => {}
            "gzip" | "x-gzip" => {
                let mut unpacked = Vec::new();
                let from = flate2::read::MultiGzDecoder::new(body.as_slice());
                match from.take(limit as u64 + 1).read_to_end(&mut unpacked) {
                    Ok(_) if unpacked.len() > limit => return self.fail(too_large(&place, limit)),
                    Ok(_) => body = unpacked,
                    Err(e) => return self.fail(read_error(&place, &e)),
                }
            }
            _ => return self.skip(&place, None, ENCODED),
        }
        let declared = content.split_once("charset=").and_then(|(_, name)| {
            decode::encoding_named(name.split(';').next()?.trim_matches(['"', ' ']))
        });
        let own = (!url.is_empty()).then(|| url.to_owned());
        let whole = Whole {
            bytes: body,
            declared,
            known: Some(Box::new(Known {
                id: own.clone(),
                url: own,
                ..Known::default()
            })),
        };
        let id = format!("{id}:{number}");
        self.document(id, path, None, Body::Whole(format, whole))
    }
}

/// Where the header of an answer ends.
fn header_end(bytes: &[u8]) -> usize {
    let find = |words: &[u8]| memchr::memmem::find(bytes, words).map(|at| at + words.len());
    match (find(b"\r\n\r\n"), find(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b).unwrap_or(bytes.len()),
    }
}

/// A body that was sent in pieces; nothing where it was put together before.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        body = body.get(end + 2..)?;
        whole.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_put_together() {
        assert_eq!(
            unchunked(b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n").as_deref(),
            Some(&b"abcde"[..])
        );
        for body in [&b"<html>"[..], b"", b"9\r\nab", b"ffffffffffffffff\r\nab"] {
            assert_eq!(unchunked(body), None);
        }
    }
}
