//! Files, folders, archives, records -> raw documents: where bytes come from, and each document's id.
//!
//! [`read`] goes through the inputs in a fixed order (as named; the entries of a folder by name) and hands every document
//! over as bytes; [`RawDocument::decode`] turns them into text, on whatever thread has time. Nothing is lost on the way: whatever
//! cannot be read is handed over as an error in its place, and counts as one item.

#[cfg(feature = "archives")]
mod archive;
mod cutter;
pub(crate) mod date;
mod format;
mod json;
mod list;
mod markdown;
mod options;
mod position;
mod provenance;
mod record;
mod stamps;
mod stream;
mod table;
mod walk;

use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;

use crate::decode;
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};

pub use format::{Format, Packing, of_name};
pub use list::{Listed, list};
pub use options::ReadOptions;
pub use position::Position;
pub use provenance::Provenance;
pub use record::Fields;
use record::{Record, Role};
use stamps::Fit;
pub(crate) use stamps::Stamps;
use stream::{Counted, Transcoder};
pub use walk::{Walked, walk};

/// What one document is made of, before decoding.
#[derive(Debug)]
enum Body {
    /// A text.
    Text(Vec<u8>),
    /// A text in Markdown.
    Markdown(Vec<u8>),
    /// A web page.
    Html(Vec<u8>),
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
        // What a stream could not transcode is U+FFFD by now; what was UTF-8 is counted as it is decoded.
        let is_transcoded = self.encoding.is_some();
        let lost = |text: &str| match is_transcoded {
            true => text.matches('\u{FFFD}').count() as u32,
            false => 0,
        };
        let (text, encoding, damaged) = match self.body {
            // Pages are saved under any name.
            Body::Text(bytes) if cfg!(feature = "html") && decode::is_page(&bytes) => {
                read_html(bytes, options, &mut source)?
            }
            Body::Text(bytes) => {
                let read = decode::decode(bytes, options.encoding, None)?;
                (read.text, read.encoding, read.damaged)
            }
            Body::Markdown(bytes) => {
                let read = decode::decode(bytes, options.encoding, None)?;
                let text = read_markdown(&read.text, options, &mut source);
                (text, read.encoding, read.damaged)
            }
            Body::Html(bytes) => read_html(bytes, options, &mut source)?,
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
            },
        })
    }
}

impl RawDocument {
    /// Its size in bytes, roughly.
    pub fn weight(&self) -> usize {
        self.id.len()
            + match &self.body {
                Body::Text(bytes)
                | Body::Markdown(bytes)
                | Body::Html(bytes)
                | Body::Json(bytes) => bytes.len(),
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
    /// Files in folders that are none of ours, see [`Walked::Skipped`].
    pub skipped: AtomicU64,
}

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
            if input.as_os_str() == "-" {
                self.standard_input()?;
                continue;
            }
            let mut ended = ControlFlow::Continue(());
            walk(input, self.options, &mut |found| {
                ended = match found {
                    Walked::File { path, id, named } => self.file(&path, &id, named),
                    Walked::Broken(error) => self.fail(error),
                    Walked::Skipped { path, reason } => {
                        self.skip(&path.to_string_lossy(), reason);
                        ControlFlow::Continue(())
                    }
                };
                ended
            })?;
            ended?;
        }
        ControlFlow::Continue(())
    }

    /// Counts what is no document.
    fn skip(&mut self, path: &str, reason: &'static str) {
        self.progress.skipped.fetch_add(1, Ordering::Relaxed);
        if let Some(list) = &mut self.list {
            list.tell(Listed::Skipped {
                path: path.to_owned(),
                reason,
            });
        }
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
        let (packing, format) = format::of_name(id);
        let format = match format.or(self.options.format) {
            Some(format) => format,
            // A file that the user names is read whatever its name.
            None if named => Format::Text,
            None => return ControlFlow::Continue(()),
        };
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
            if packing.is_single() && format.is_single() {
                let size = meta.map_or(0, |m| m.len());
                self.progress.consumed.fetch_add(size, Ordering::Relaxed);
                return self.pass(path, None);
            }
        }
        match File::open(path) {
            Ok(file) => {
                let meta = file.metadata().ok();
                if !self.is_before() {
                    self.stamps.note(&shown, meta.as_ref());
                }
                if let Some(list) = &mut self.list {
                    (list.packing, list.bytes) = (packing, meta.map_or(0, |m| m.len()));
                }
                let file = Counted::new(file, self.progress.consumed.clone());
                self.packed(file, packing, id, &shown, format)
            }
            Err(e) => {
                if !self.is_before() {
                    self.stamps.note(&shown, None);
                }
                self.fail(read_error(&shown, &e))
            }
        }
    }

    #[cfg(not(feature = "archives"))]
    fn standard_input(&mut self) -> ControlFlow<()> {
        match stream::peeked(Box::new(std::io::stdin()), format::HEAD) {
            Ok((head, from)) => {
                let format = self.options.format;
                let format = format.unwrap_or_else(|| format::of_content(&head));
                self.stream(from, STDIN, STDIN, format)
            }
            Err(e) => self.fail(read_error(STDIN, &e)),
        }
    }

    #[cfg(not(feature = "archives"))]
    fn packed(
        &mut self,
        file: Counted<File>,
        packing: Packing,
        id: &str,
        path: &str,
        format: Format,
    ) -> ControlFlow<()> {
        if packing == Packing::Plain {
            return self.stream(Box::new(file), id, path, format);
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
        let from =
            Transcoder::new(from, self.options.encoding).map_err(|e| read_error(path, &e))?;
        self.encoding = from.encoding;
        Ok(BufReader::with_capacity(1 << 16, from))
    }

    /// Reads the documents of one stream.
    fn stream(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        format: Format,
    ) -> ControlFlow<()> {
        self.encoding = None;
        if self.list.is_some() {
            return self.list_stream(from, id, path, format);
        }
        self.documents(from, id, path, format)
    }

    fn documents(
        &mut self,
        mut from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        format: Format,
    ) -> ControlFlow<()> {
        match format {
            Format::Text | Format::Markdown | Format::Html => {
                let limit = self.options.max_bytes;
                let mut bytes = Vec::new();
                match from.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes) {
                    Err(e) => self.fail(read_error(path, &e)),
                    Ok(_) if bytes.len() > limit => self.fail(too_large(path, limit)),
                    Ok(_) => {
                        let body = match format {
                            Format::Html => Body::Html(bytes),
                            Format::Markdown => Body::Markdown(bytes),
                            _ => Body::Text(bytes),
                        };
                        self.document(id.to_owned(), path, None, body)
                    }
                }
            }
            Format::JsonLines => self.json_lines(from, id, path),
            Format::Json => self.json(from, id, path),
            Format::Csv => self.table(from, id, path, None),
            Format::Tsv => self.table(from, id, path, Some(b'\t')),
        }
    }
}

/// The text of a Markdown file; the fields of its head are those of a record.
fn read_markdown(text: &str, options: &ReadOptions, source: &mut Source) -> String {
    let Some((head, rest)) = markdown::front_matter(text) else {
        return markdown::plain(text);
    };
    let mut record = Record::default();
    for (name, value) in markdown::fields(head) {
        match options.fields.role(name) {
            None | Some((Role::Text, _)) => {}
            Some(role) => record.set(role, value.to_owned()),
        }
    }
    record.into_source(source);
    markdown::plain(rest.trim_start_matches(['\r', '\n']))
}

#[cfg(feature = "html")]
fn read_html(
    bytes: Vec<u8>,
    options: &ReadOptions,
    source: &mut Source,
) -> Result<(String, &'static str, u32)> {
    let declared = decode::html::declared_encoding(&bytes);
    let read = decode::decode(bytes, options.encoding, declared)?;
    let page = decode::html::read_page(&read.text, options.page)?;
    source.title = page.title;
    source.date = page.date.map(|date| date::iso_date(&date));
    source.source = page.source;
    Ok((page.text, read.encoding, read.damaged))
}

#[cfg(not(feature = "html"))]
fn read_html(_: Vec<u8>, _: &ReadOptions, _: &mut Source) -> Result<(String, &'static str, u32)> {
    let reason = "this build reads no web pages (feature \"html\")";
    Err(Error::new(ErrorKind::Format, reason))
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
