//! Streams with limits: lines that may be too long, and text in encodings other than UTF-8 on its way to a parser.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder};

use crate::decode;

/// A stream that counts what it gives.
pub(super) struct Counted<R> {
    from: R,
    /// Bytes that this stream gave.
    pub own: Arc<AtomicU64>,
    /// Bytes that all streams gave.
    all: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    pub fn new(from: R, all: Arc<AtomicU64>) -> Self {
        Counted {
            from,
            own: Arc::default(),
            all,
        }
    }

    /// The stream itself.
    #[cfg(feature = "archives")]
    pub fn inner(&self) -> &R {
        &self.from
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(out)?;
        self.own.fetch_add(n as u64, Ordering::Relaxed);
        self.all.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: io::Seek> io::Seek for Counted<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.from.seek(to)
    }
}

/// The first bytes of a stream, and the whole of it again. A fault behind the first bytes comes behind them again.
pub(super) fn peeked<'r>(
    mut from: Box<dyn Read + 'r>,
    bytes: u64,
) -> io::Result<(Vec<u8>, Box<dyn Read + 'r>)> {
    let (head, fault) = head(&mut from, bytes)?;
    let whole = io::Cursor::new(head.clone())
        .chain(Fault(fault))
        .chain(from);
    Ok((head, Box::new(whole)))
}

/// The first bytes of a stream and, where it ends in one there, the fault behind them.
fn head(from: &mut impl Read, bytes: u64) -> io::Result<(Vec<u8>, Option<io::Error>)> {
    let mut head = Vec::new();
    match from.by_ref().take(bytes).read_to_end(&mut head) {
        Ok(_) => Ok((head, None)),
        Err(fault) if head.is_empty() => Err(fault),
        Err(fault) => Ok((head, Some(fault))),
    }
}

/// A stream of nothing but a fault, which is told once.
struct Fault(Option<io::Error>);

impl Read for Fault {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// What a limited line turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LineRead {
    /// A line; its line break is left out.
    Line,
    /// A line that is longer than the limit; it was passed over.
    TooLong,
    /// There is none left.
    End,
}

/// Reads a line of at most `limit` bytes into `line`.
pub(super) fn read_line(
    from: &mut impl BufRead,
    limit: usize,
    line: &mut Vec<u8>,
) -> io::Result<LineRead> {
    line.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let available = match from.fill_buf() {
            Ok(available) => available,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', available);
        let part = &available[..end.unwrap_or(available.len())];
        if line.len() + part.len() > limit {
            too_long = true;
        } else if !too_long {
            line.extend_from_slice(part);
        }
        let used = end.map_or(available.len(), |e| e + 1);
        from.consume(used);
        if end.is_some() {
            break;
        }
    }
    if too_long {
        line.clear();
        return Ok(LineRead::TooLong);
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(if any { LineRead::Line } else { LineRead::End })
}

/// Bytes of a stream whose head tells the encoding.
const HEAD: usize = 1 << 16;

/// A stream of UTF-8 from a stream in any encoding: from `forced`, else as its first bytes show. A stream that seems to be
/// UTF-8 goes through as it is, without byte-order mark.
pub(super) struct Transcoder<R> {
    from: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    at: usize,
    /// What comes behind the first bytes, where that is a fault.
    fault: Option<io::Error>,
    ended: bool,
    ready: Vec<u8>,
    given: usize,
    /// Name of the encoding, where it is not told record by record.
    pub encoding: Option<&'static str>,
}

impl<R: Read> Transcoder<R> {
    pub fn new(mut from: R, forced: Option<&'static encoding_rs::Encoding>) -> io::Result<Self> {
        let (raw, fault) = head(&mut from, HEAD as u64)?;
        let found = match forced {
            // Of the two kinds of UTF-16 a byte-order mark knows better.
            Some(e) if !e.is_single_byte() && e != encoding_rs::UTF_8 => {
                Some(encoding_rs::Encoding::for_bom(&raw).unwrap_or((e, 0)))
            }
            Some(encoding) => Some((encoding, 0)),
            None => decode::sniff(&raw),
        };
        let (decoder, at, encoding) = match found {
            Some((e, mark)) if e == encoding_rs::UTF_8 => (None, mark, None),
            Some((e, mark)) => (Some(e.new_decoder_with_bom_removal()), mark, Some(e.name())),
            None => (None, 0, None),
        };
        Ok(Transcoder {
            from,
            decoder,
            raw,
            at,
            fault,
            ended: false,
            ready: Vec::new(),
            given: 0,
            encoding,
        })
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() && !self.ended {
            if self.at == self.raw.len() {
                if let Some(fault) = self.fault.take() {
                    return Err(fault);
                }
                self.raw.resize(HEAD, 0);
                self.at = 0;
                let n = self.from.read(&mut self.raw)?;
                self.raw.truncate(n);
                self.ended = n == 0;
            }
            match &mut self.decoder {
                None => {
                    std::mem::swap(&mut self.ready, &mut self.raw);
                    self.given = self.at;
                    self.raw.clear();
                    self.at = 0;
                    if self.given < self.ready.len() {
                        return Ok(());
                    }
                    self.ready.clear();
                    self.given = 0;
                }
                Some(decoder) => {
                    self.ready.resize(HEAD * 3 + 16, 0);
                    let (result, read, written, _) =
                        decoder.decode_to_utf8(&self.raw[self.at..], &mut self.ready, self.ended);
                    self.ready.truncate(written);
                    self.at += read;
                    debug_assert!(result == CoderResult::InputEmpty || written > 0);
                }
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            self.refill()?;
        }
        let part = &self.ready[self.given..];
        let n = part.len().min(out.len());
        out[..n].copy_from_slice(&part[..n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_passed_over() {
        let mut from = io::BufReader::with_capacity(4, &b"ab\r\nabcdefgh\n\nz"[..]);
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            let read = read_line(&mut from, 5, &mut line).expect("reads");
            if read == LineRead::End {
                break;
            }
            seen.push((read, String::from_utf8(line.clone()).expect("UTF-8")));
        }
        let line = |text: &str| (LineRead::Line, text.to_owned());
        assert_eq!(
            seen,
            [
                line("ab"),
                (LineRead::TooLong, String::new()),
                line(""),
                line("z")
            ]
        );
    }

    #[test]
    fn a_mark_tells_which_utf16() {
        let bytes: Vec<u8> = "\u{FEFF}Да"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let mut stream = Transcoder::new(&*bytes, Some(encoding_rs::UTF_16LE)).expect("reads");
        let mut back = String::new();
        stream.read_to_string(&mut back).expect("UTF-8");
        assert_eq!((back.as_str(), stream.encoding), ("Да", Some("UTF-16BE")));
    }

    #[test]
    fn what_stands_before_a_fault_is_given() {
        let broken = || {
            let fault = Fault(Some(io::ErrorKind::UnexpectedEof.into()));
            io::Cursor::new("раз два").chain(fault)
        };
        let mut back = Vec::new();
        let mut stream = Transcoder::new(broken(), None).expect("reads");
        assert!(stream.read_to_end(&mut back).is_err());
        assert_eq!(back, "раз два".as_bytes());
        let (head, mut whole) = peeked(Box::new(broken()), 1000).expect("reads");
        back.clear();
        assert!(whole.read_to_end(&mut back).is_err());
        assert_eq!((head, back), ("раз два".into(), "раз два".into()));
    }

    #[test]
    fn streams_become_utf8() {
        let text = "Новость о погоде: дождь и снег. ".repeat(9000);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (cp1251, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
        for (bytes, encoding) in [
            (utf16, Some("UTF-16LE")),
            (cp1251.into_owned(), Some("windows-1251")),
            (text.clone().into_bytes(), None),
            (format!("\u{FEFF}{text}").into_bytes(), None),
        ] {
            let mut stream = Transcoder::new(&*bytes, None).expect("reads");
            let mut back = String::new();
            stream.read_to_string(&mut back).expect("UTF-8");
            assert!(back == text, "{encoding:?}");
            assert_eq!(stream.encoding, encoding);
        }
    }
}
