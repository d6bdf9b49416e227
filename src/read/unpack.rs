//! Streams of .gz and .zst -> their bytes: every part of them, each with its checksum verified.
//!
//! Both formats allow several parts (members, frames) one after another, and something between or behind them that holds no data: zeros
//! behind gzip, as tapes and disks leave them, and frames of Zstandard that are to be skipped. Invariant: what was unpacked before a
//! fault is given first, and then the fault in plain words.

use std::error::Error as _;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes read from the packed stream at a time.
const BUFFER: usize = 1 << 16;

/// Unpacks gzip, member after member.
pub(super) struct Gzip<R: Read> {
    state: GzipState<R>,
}

enum GzipState<R: Read> {
    /// Before a member, and whether it is the first.
    Between(BufReader<R>, bool),
    Inside(Box<GzDecoder<BufReader<R>>>),
    Done,
}

impl<R: Read> Gzip<R> {
    pub fn new(from: R) -> Self {
        let from = BufReader::with_capacity(BUFFER, from);
        Gzip {
            state: GzipState::Between(from, true),
        }
    }
}

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, GzipState::Done) {
                GzipState::Done => return Ok(0),
                GzipState::Between(mut from, is_first) => {
                    if !is_first {
                        skip_zeros(&mut from)?;
                        match from.fill_buf()?.first() {
                            None => return Ok(0),
                            Some(0x1F) => {}
                            Some(_) => {
                                return Err(broken(
                                    "behind its gzip data stands something that is none",
                                ));
                            }
                        }
                    }
                    self.state = GzipState::Inside(Box::new(GzDecoder::new(from)));
                }
                GzipState::Inside(mut decoder) => {
                    let n = decoder.read(out).map_err(|e| match e.kind() {
                        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                            broken(&format!("its gzip data are damaged ({e})"))
                        }
                        _ => e,
                    })?;
                    if n > 0 {
                        self.state = GzipState::Inside(decoder);
                        return Ok(n);
                    }
                    self.state = GzipState::Between(decoder.into_inner(), false);
                }
            }
        }
    }
}

fn skip_zeros(from: &mut impl BufRead) -> io::Result<()> {
    loop {
        let available = from.fill_buf()?;
        let zeros = available.iter().take_while(|b| **b == 0).count();
        let is_over = zeros < available.len() || available.is_empty();
        from.consume(zeros);
        if is_over {
            return Ok(());
        }
    }
}

/// Unpacks Zstandard, frame after frame.
pub(super) struct Zstd<R: Read> {
    from: BufReader<R>,
    decoder: Box<FrameDecoder>,
    is_inside: bool,
    is_done: bool,
}

impl<R: Read> Zstd<R> {
    pub fn new(from: R) -> Self {
        Zstd {
            from: BufReader::with_capacity(BUFFER, from),
            decoder: Box::default(),
            is_inside: false,
            is_done: false,
        }
    }

    /// Goes to the data of the next frame; tells whether there is one.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            if self.from.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.from) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let mut skipped = self.from.by_ref().take(length);
                    if io::copy(&mut skipped, &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(e) => return Err(in_words(e)),
            }
        }
    }

    /// Gives bytes of the frame at hand; none where it is over.
    fn inside(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            self.decoder
                .decode_blocks(&mut self.from, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(in_words)?;
        }
        let n = self.decoder.read(out)?;
        if n == 0
            && let Some(told) = self.decoder.get_checksum_from_data()
            && self.decoder.get_calculated_checksum() != Some(told)
        {
            return Err(broken(
                "its Zstandard data are damaged: the checksum is another",
            ));
        }
        Ok(n)
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !out.is_empty() && !self.is_done {
            // A fault ends the stream.
            self.is_done = true;
            if !self.is_inside {
                self.is_inside = self.next_frame()?;
                if !self.is_inside {
                    return Ok(0);
                }
            }
            let n = self.inside(out)?;
            self.is_done = false;
            if n > 0 {
                return Ok(n);
            }
            self.is_inside = false;
        }
        Ok(0)
    }
}

fn broken(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// A fault of the decoder: one of the stream below it as it is, others in words.
fn in_words(error: FrameDecoderError) -> io::Error {
    if let FrameDecoderError::WindowSizeTooBig { requested, max } = error {
        let reason =
            format!("its Zstandard data need {requested} bytes of memory, more than {max}");
        return io::Error::new(io::ErrorKind::FileTooLarge, reason);
    }
    if let FrameDecoderError::DictNotProvided { .. } = error {
        return broken("its Zstandard data need a dictionary that is not in the file");
    }
    let mut cause = error.source();
    while let Some(fault) = cause {
        if let Some(fault) = fault.downcast_ref::<io::Error>() {
            return match fault.kind() {
                io::ErrorKind::UnexpectedEof => io::ErrorKind::UnexpectedEof.into(),
                kind => io::Error::new(kind, fault.to_string()),
            };
        }
        cause = fault.source();
    }
    broken("its Zstandard data are damaged")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).expect("packs");
        packed.finish().expect("packs")
    }

    /// A frame of one uncompressed block, with `sum` as its checksum.
    fn zstd(text: &str, sum: Option<u32>) -> Vec<u8> {
        let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD];
        frame.push(0x20 | if sum.is_some() { 4 } else { 0 });
        frame.push(text.len() as u8);
        frame.extend_from_slice(&((text.len() as u32) << 3 | 1).to_le_bytes()[..3]);
        frame.extend_from_slice(text.as_bytes());
        if let Some(sum) = sum {
            frame.extend_from_slice(&sum.to_le_bytes());
        }
        frame
    }

    /// What is given before the end or a fault.
    fn all(mut from: impl Read) -> (String, Option<io::ErrorKind>) {
        let mut bytes = Vec::new();
        let fault = from.read_to_end(&mut bytes).err().map(|e| e.kind());
        (String::from_utf8_lossy(&bytes).into_owned(), fault)
    }

    #[test]
    fn members_of_gzip_are_read_to_the_last() {
        let two = [gzip("один "), gzip("два")].concat();
        assert_eq!(all(Gzip::new(&*two)), ("один два".into(), None));
        let zeros = [two.clone(), vec![0; 100_000]].concat();
        assert_eq!(all(Gzip::new(&*zeros)), ("один два".into(), None));
        let (text, fault) = all(Gzip::new(&*[two.clone(), b"else".to_vec()].concat()));
        assert_eq!(
            (text.as_str(), fault),
            ("один два", Some(io::ErrorKind::InvalidData))
        );
        let (text, fault) = all(Gzip::new(&two[..two.len() - 2]));
        assert_eq!(
            (text.as_str(), fault),
            ("один два", Some(io::ErrorKind::UnexpectedEof))
        );
        assert!(all(Gzip::new(&b""[..])).1.is_some());
    }

    #[test]
    fn frames_without_data_are_skipped() {
        let skipped = [&b"\x55\x2A\x4D\x18\x05\0\0\0"[..], b"index"].concat();
        let whole = [
            skipped.clone(),
            zstd("one ", None),
            skipped.clone(),
            zstd("two", None),
            skipped.clone(),
        ]
        .concat();
        assert_eq!(all(Zstd::new(&*whole)), ("one two".into(), None));
        let cut = all(Zstd::new(&whole[..whole.len() - 1]));
        assert_eq!(cut, ("one two".into(), Some(io::ErrorKind::UnexpectedEof)));
    }

    #[test]
    fn a_wrong_checksum_is_told() {
        let (text, fault) = all(Zstd::new(&*zstd("дождь", Some(1))));
        assert_eq!(
            (text.as_str(), fault),
            ("дождь", Some(io::ErrorKind::InvalidData))
        );
    }
}
