//! Files, folders, archives, records -> raw documents: where bytes come from, and each document's id.
//!
//! [`read`] goes through the inputs in a fixed order (as named; the entries of a folder by name) and hands every document
//! over as bytes; [`RawDocument::decode`] turns them into text, on whatever thread has time. Nothing is lost on the way: whatever
//! cannot be read is handed over as an error in its place, and counts as one item.

#[cfg(feature = "archives")]
mod archive;
mod cutter;
pub(crate) mod date;
#[cfg(feature = "feeds")]
mod feed;
mod format;
mod json;
mod lines;
mod list;
#[cfg(feature = "mail")]
mod mail;
mod markdown;
mod nested;
#[cfg(feature = "office")]
mod office;
mod options;
mod page;
mod position;
mod press;
mod press_labels;
mod provenance;
mod record;
mod stamps;
mod stream;
mod table;
mod telegram;
mod text;
#[cfg(feature = "archives")]
mod unpack;
mod walk;
#[cfg(feature = "archives")]
mod warc;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;

use crate::decode;
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};

use format::Told;
pub use format::{Format, Packing, of_name};
pub use list::{Listed, list};
pub use options::ReadOptions;
pub use position::Position;
pub use press_labels::Label;
pub use provenance::Provenance;
pub use record::Fields;
use record::{Record, Role};
use stamps::Fit;
pub(crate) use stamps::Stamps;
use stream::{Counted, Transcoder};
pub use walk::{Walked, walk};

/// A document of one file, or one that a container holds as such.
#[derive(Debug)]
struct Whole {
    bytes: Vec<u8>,
    /// The encoding that what it lay in gives it.
    declared: Option<&'static Encoding>,
    /// What what it lay in tells of it.
    known: Option<Box<Known>>,
}

/// What a container tells of a document. It counts more than what the document itself tells.
#[derive(Debug, Default)]
struct Known {
    id: Option<String>,
    title: Option<String>,
    /// ISO where it is understood.
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    author: Option<String>,
}

impl Known {
    /// Fills in what it knows.
    fn apply(self, source: &mut Source) {
        if let Some(id) = self.id {
            source.id = id;
        }
        for (to, value) in [
            (&mut source.title, self.title),
            (&mut source.date, self.date),
            (&mut source.source, self.source),
        ] {
            if value.is_some() {
                *to = value;
            }
        }
        if source.source.is_none()
            && let Some(host) = self.url.and_then(|url| decode::host(&url))
        {
            source.source = Some(host);
        }
    }
}

/// What one document is made of, before decoding.
#[derive(Debug)]
enum Body {
    /// A document in a format of its own.
    Whole(Format, Whole),
    /// A record in JSON.
    Json(Vec<u8>),
    /// Cells of a row that matter.
    Cells(Vec<((Role, usize), Vec<u8>)>),
}

/// A document as bytes.
#[derive(Debug)]
pub struct RawDocument {
    /// Stable id: path relative to the input, with the line for records; a record's own id takes its place in decoding.
    pub id: String,
    /// The file.
    pub path: String,
    /// Line of the record in the file, from 1.
    pub line: Option<u64>,
    /// Encoding of the stream that a record was cut from, where it is not told record by record.
    encoding: Option<&'static str>,
    body: Body,
}

/// A document as text, ready for the pipeline, with how it was read.
#[derive(Debug)]
pub struct ReadDocument {
    /// Id, metadata and text.
    pub document: Document,
    /// File, encoding, damage.
    pub provenance: Provenance,
}

impl RawDocument {
    /// Turns the bytes into text and the record's fields into metadata.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] where the bytes are no text, [`ErrorKind::Format`] where the record is broken.
    pub fn decode(self, options: &ReadOptions) -> Result<ReadDocument> {
        let mut source = Source {
            id: self.id,
            ..Source::default()
        };
        // A record of a stream whose encoding was forced, or told by its head, is UTF-8 by now.
        let transcoded = self.encoding.or(options.encoding.map(Encoding::name));
        let is_utf8 = transcoded.map(|_| encoding_rs::UTF_8);
        let mut missing = Vec::new();
        let mut remarks = Vec::new();
        let mut limit = None;
        // What a stream could not transcode is U+FFFD by now; what was UTF-8 is counted as it is decoded.
        let is_transcoded = self.encoding.is_some();
        let lost = |text: &str| match is_transcoded {
            true => text.matches('\u{FFFD}').count() as u32,
            false => 0,
        };
        let (text, encoding, damaged) = match self.body {
            Body::Whole(format, mut whole) => {
                let known = whole.known.take();
                let is_alone = known.is_none() && format == Format::TEXT;
                let read = format.kind().decode(whole, options, &mut source)?;
                if let Some(known) = known {
                    known.apply(&mut source);
                }
                if is_alone && let n @ 2.. = press_labels::articles_in(&read.text) {
                    remarks.push(format!(
                        "looks like {n} articles in one file: --split PATTERN tells the line that begins one"
                    ));
                }
                limit = read.limit;
                (read.text, read.encoding, read.damaged)
            }
            Body::Cells(cells) => {
                let mut record = Record::default();
                let (mut encoding, mut damaged) = (encoding_rs::UTF_8.name(), 0);
                for ((role, rank), cell) in cells {
                    let read = decode::decode(cell, is_utf8, None)?;
                    if role == Role::Text {
                        encoding = read.encoding;
                    }
                    damaged += read.damaged + lost(&read.text);
                    record.set((role, rank), read.text);
                }
                missing = record.missing(&options.fields);
                let text = record.into_source(&mut source).ok_or_else(|| {
                    let reason =
                        "the row has fewer cells than the header, and none in the column of the text";
                    Error::new(ErrorKind::Format, reason)
                })?;
                (text, transcoded.unwrap_or(encoding), damaged)
            }
            Body::Json(bytes) => {
                let read = decode::decode(bytes, is_utf8, None)?;
                let (record, mended) = json::parse(&read.text, &options.fields)?;
                missing = record.missing(&options.fields);
                let text = record
                    .into_source(&mut source)
                    .or_else(|| json::instead_of_text(&read.text, &options.fields))
                    .ok_or_else(|| json::no_text(&read.text, &options.fields))?;
                let damaged = read.damaged + mended + lost(&read.text);
                (text, transcoded.unwrap_or(read.encoding), damaged)
            }
        };
        let cut = record::limit(&mut source);
        Ok(ReadDocument {
            document: Document::new(source, text),
            provenance: Provenance {
                path: self.path,
                line: self.line,
                encoding,
                damaged,
                missing,
                cut,
                remarks,
                limit,
            },
        })
    }
}

impl RawDocument {
    /// Its size in bytes, roughly.
    pub fn weight(&self) -> usize {
        self.id.len()
            + match &self.body {
                Body::Json(bytes) => bytes.len(),
                Body::Whole(_, whole) => whole.bytes.len(),
                Body::Cells(cells) => cells.iter().map(|(_, cell)| cell.len()).sum(),
            }
    }
}

/// Takes what is read; told to break off where no more is wanted.
pub type Give<'a> = dyn FnMut(Result<RawDocument>) -> ControlFlow<()> + 'a;

/// How far reading is, for other threads to see.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes of files that were taken from disk or passed over.
    pub consumed: Arc<AtomicU64>,
}

/// Why a file of records is passed over.
const NO_RECORDS: &str = "it has no records";

/// Id and path of what comes from standard input.
const STDIN: &str = "stdin";

/// Reads everything that `inputs` name; `-` is standard input. What stands before `from` is passed over, without reading it where
/// that is possible.
///
/// # Errors
/// [`ErrorKind::Format`] where what is passed over is not what was read before: nothing was given then.
pub fn read(
    inputs: &[PathBuf],
    options: &ReadOptions,
    from: Position,
    progress: &Progress,
    give: &mut Give<'_>,
) -> Result<()> {
    read_from(inputs, options, from, Stamps::default(), progress, give)
}

/// [`read`], where it is known what the files before `from` looked like.
///
/// # Errors
/// Those of [`read`]; the same where one of these files was changed.
pub(crate) fn read_from(
    inputs: &[PathBuf],
    options: &ReadOptions,
    from: Position,
    stamps: Stamps,
    progress: &Progress,
    give: &mut Give<'_>,
) -> Result<()> {
    let mut reader = Reader {
        options,
        from,
        at: Position::default(),
        met: 0,
        skipped: 0,
        stamps,
        changed: None,
        progress,
        encoding: None,
        list: None,
        give,
    };
    let ended = reader.inputs(inputs);
    // Fewer items than before, and all of them passed over.
    if ended.is_continue() && reader.at.items() < from.items() {
        reader.changed = Some("files were added or removed".to_owned());
    }
    match reader.changed {
        Some(what) => Err(Error::new(
            ErrorKind::Format,
            format!(
                "the input is not what it was when the run was broken off: {what}; begin anew without --resume"
            ),
        )),
        None => Ok(()),
    }
}

/// Reads inputs one after the other.
struct Reader<'a, 'g> {
    options: &'a ReadOptions,
    /// Where to begin, and where it is.
    from: Position,
    at: Position,
    /// Documents and failures so far, and what was passed over.
    met: u64,
    skipped: u64,
    /// What files before looked like.
    stamps: Stamps,
    /// In which way what was passed over is not what it was.
    changed: Option<String>,
    progress: &'a Progress,
    /// Encoding of the stream at hand, where its head tells one.
    encoding: Option<&'static str>,
    /// Takes what would be read, where nothing is to be read.
    list: Option<list::Listing<'a, 'g>>,
    give: &'a mut Give<'g>,
}

impl Reader<'_, '_> {
    fn inputs(&mut self, inputs: &[PathBuf]) -> ControlFlow<()> {
        for input in inputs {
            let (before, skipped) = (self.met, self.skipped);
            if input.as_os_str() == "-" {
                self.standard_input()?;
            } else {
                let mut ended = ControlFlow::Continue(());
                walk(input, self.options, &mut |found| {
                    ended = match found {
                        Walked::File { path, id, named } => self.file(&path, &id, named),
                        Walked::Broken(error) => self.fail(error),
                        Walked::Skipped { path, reason } => {
                            self.skip(&path.to_string_lossy(), None, reason)
                        }
                    };
                    ended
                })?;
                ended?;
            }
            if self.met == before {
                let reason = match self.skipped - skipped {
                    0 => "there is nothing to read in it".to_owned(),
                    n => format!(
                        "nothing in it could be read: all it has is passed over ({n} in number)"
                    ),
                };
                self.fail(Error::new(ErrorKind::Read, reason).at(input))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Tells what is no document.
    fn skip(&mut self, path: &str, line: Option<u64>, reason: &'static str) -> ControlFlow<()> {
        self.skipped += 1;
        if self.is_before() {
            return self.pass(Path::new(path), line);
        }
        if let Some(list) = &mut self.list {
            list.tell(Listed::Skipped {
                path: path.to_owned(),
                reason,
            });
            return ControlFlow::Continue(());
        }
        let skipped = Error::new(ErrorKind::Skipped, reason).at(path);
        (self.give)(Err(match line {
            Some(line) => skipped.on_line(line),
            None => skipped,
        }))
    }

    /// Whether the next item is one to be passed over.
    fn is_before(&self) -> bool {
        self.at.items() < self.from.items()
    }

    /// Passes over an item.
    fn pass(&mut self, path: &Path, line: Option<u64>) -> ControlFlow<()> {
        self.at = self.at.after(path, line);
        if !self.is_before() && self.at != self.from {
            self.changed = Some("files were added, removed or changed".to_owned());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn fail(&mut self, error: Error) -> ControlFlow<()> {
        self.met += 1;
        if self.is_before() {
            return self.pass(error.path().unwrap_or(Path::new("")), error.line());
        }
        if let Some(list) = &mut self.list {
            list.tell(Listed::Broken(error));
            return ControlFlow::Continue(());
        }
        (self.give)(Err(error))
    }

    fn document(
        &mut self,
        id: String,
        path: &str,
        line: Option<u64>,
        body: Body,
    ) -> ControlFlow<()> {
        self.met += 1;
        if self.is_before() {
            return self.pass(Path::new(path), line);
        }
        let raw = RawDocument {
            id,
            path: path.to_owned(),
            line,
            encoding: self.encoding,
            body,
        };
        if self.list.is_some() {
            return self.list_record(raw);
        }
        (self.give)(Ok(raw))
    }

    fn file(&mut self, path: &Path, id: &str, named: bool) -> ControlFlow<()> {
        let (named_packing, format) = format::of_name(id);
        let shown = path.display().to_string();
        if self.is_before() {
            let meta = std::fs::metadata(path).ok();
            let fit = self.stamps.fit(&shown, meta.as_ref());
            if fit != Fit::Same {
                self.changed = Some(match fit {
                    Fit::Changed => format!("{shown} was changed after it was read"),
                    _ => format!("files before {shown} were added or removed"),
                });
                return ControlFlow::Break(());
            }
        }
        let opened = File::open(path).and_then(|mut file| Ok((head_of(&mut file)?, file)));
        let (head, file) = match opened {
            Ok(opened) => opened,
            Err(e) => {
                if !self.is_before() {
                    self.stamps.note(&shown, None);
                }
                return self.fail(read_error(&shown, &e));
            }
        };
        let meta = file.metadata().ok();
        if !self.is_before() {
            self.stamps.note(&shown, meta.as_ref());
        }
        let packing = match head {
            Some(head) => packing_of(&head, named_packing, format),
            None => named_packing,
        };
        let size = meta.map_or(0, |m| m.len());
        if let Some(list) = &mut self.list {
            (list.packing, list.bytes) = (packing, size);
        }
        let file = Counted::new(file, self.progress.consumed.clone());
        let own = file.own.clone();
        let ended = self.packed(file, packing, id, &shown, (format, named));
        // What is not read to its end is done all the same.
        let left = size.saturating_sub(own.load(Ordering::Relaxed));
        self.progress.consumed.fetch_add(left, Ordering::Relaxed);
        ended
    }

    #[cfg(not(feature = "archives"))]
    fn standard_input(&mut self) -> ControlFlow<()> {
        self.stream(Box::new(std::io::stdin()), STDIN, STDIN, (None, true))
    }

    #[cfg(not(feature = "archives"))]
    fn packed(
        &mut self,
        file: Counted<File>,
        packing: Packing,
        id: &str,
        path: &str,
        known: (Option<Format>, bool),
    ) -> ControlFlow<()> {
        if packing == Packing::Plain {
            return self.stream(Box::new(file), id, path, known);
        }
        let reason = "this build reads no archives (feature \"archives\")";
        self.fail(Error::new(ErrorKind::Format, reason).at(path))
    }

    /// A stream of records as UTF-8; notes the encoding where its head tells one.
    fn decoded<'r>(
        &mut self,
        from: Box<dyn Read + 'r>,
        path: &str,
    ) -> Result<BufReader<Transcoder<Box<dyn Read + 'r>>>> {
        self.decoded_as(from, path, None)
    }

    /// The same, where the stream says in which encoding it is, unless the user does.
    fn decoded_as<'r>(
        &mut self,
        from: Box<dyn Read + 'r>,
        path: &str,
        declared: Option<&'static Encoding>,
    ) -> Result<BufReader<Transcoder<Box<dyn Read + 'r>>>> {
        let encoding = self.options.encoding.or(declared);
        let from = Transcoder::new(from, encoding).map_err(|e| read_error(path, &e))?;
        self.encoding = from.encoding;
        Ok(BufReader::with_capacity(1 << 16, from))
    }

    /// Reads the documents of one stream, of which the format is known that its name tells, and whether the user named it.
    fn stream(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        (by_name, named): (Option<Format>, bool),
    ) -> ControlFlow<()> {
        self.encoding = None;
        let (head, from) = match stream::peeked(from, format::HEAD) {
            Ok(peeked) => peeked,
            Err(e) => return self.fail(read_error(path, &e)),
        };
        let format = match format::of(&head, by_name, self.options.format, named) {
            // The user knows how a text is split.
            Told::As(format) if format == Format::TEXT && self.options.split.is_some() => {
                press::PRESS
            }
            Told::As(format) => format,
            Told::Skipped(reason) => return self.skip(path, None, reason),
        };
        if self.list.is_some() {
            return self.list_stream(from, id, path, format);
        }
        let before = (self.met, self.skipped);
        format.kind().read(self, from, id, path)?;
        if before == (self.met, self.skipped) {
            return self.skip(path, None, NO_RECORDS);
        }
        ControlFlow::Continue(())
    }

    /// Reads a stream that is one document.
    fn whole(
        &mut self,
        format: Format,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        if self.is_before() {
            self.met += 1;
            return self.pass(Path::new(path), None);
        }
        self.whole_with(
            format,
            from,
            id,
            path,
            &mut |_, _| ControlFlow::Continue(()),
        )
    }

    /// The same, where `look` tells what is passed over in it.
    fn whole_with(
        &mut self,
        format: Format,
        mut from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        look: &mut Look<'_>,
    ) -> ControlFlow<()> {
        let limit = format.kind().most_bytes(self.options.max_bytes);
        let mut bytes = Vec::new();
        match from.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes) {
            Err(e) => self.fail(read_error(path, &e)),
            Ok(_) if bytes.len() > limit => self.fail(too_large(path, limit)),
            Ok(_) => {
                look(self, &bytes)?;
                let whole = Whole {
                    bytes,
                    declared: None,
                    known: None,
                };
                self.document(id.to_owned(), path, None, Body::Whole(format, whole))
            }
        }
    }
}

/// Looks at the bytes of a document before it is handed over.
type Look<'a> = dyn FnMut(&mut Reader<'_, '_>, &[u8]) -> ControlFlow<()> + 'a;

/// The characters of an entity of XML; of one that XML does not know, as it stands.
#[cfg(any(feature = "feeds", feature = "office"))]
fn xml_entity(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = entity;
    match name {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        name => format!("&{name};"),
    }
}

/// The first bytes of a file, which stands at its beginning again; none of what is no file but a pipe.
fn head_of(file: &mut File) -> std::io::Result<Option<Vec<u8>>> {
    if !file.metadata()?.is_file() {
        return Ok(None);
    }
    let mut head = Vec::new();
    file.by_ref().take(format::HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(Some(head))
}

/// What a file is packed in. A name that tells a packing is believed where the first bytes are those of no text; an Office file is a
/// .zip, but no archive.
fn packing_of(head: &[u8], named: Packing, format: Option<Format>) -> Packing {
    let is_text = std::str::from_utf8(head).map_or_else(
        |e| e.error_len().is_none() && e.valid_up_to() > 0,
        |text| !text.is_empty() && !text.contains('\0'),
    );
    match Packing::of_content(head) {
        Packing::Zip if format.is_some_and(|format| format.kind().shows(head)) => Packing::Plain,
        Packing::Plain if !is_text => named,
        shown => shown,
    }
}

fn read_error(path: &str, error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        let reason = format!("ends too early, as if it was cut off: {error}");
        return Error::new(ErrorKind::Format, reason).at(path);
    }
    let kind = match error.kind() {
        std::io::ErrorKind::FileTooLarge => ErrorKind::Limit,
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput => ErrorKind::Format,
        _ => ErrorKind::Read,
    };
    Error::new(kind, error.to_string()).at(path)
}

fn too_large(path: &str, limit: usize) -> Error {
    Error::new(
        ErrorKind::Limit,
        format!("larger than {limit} bytes, the limit of one document (--max-bytes)"),
    )
    .at(path)
}
