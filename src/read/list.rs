//! What would be read, and how, without reading it: every file, also those inside archives, with the id of its (first) document and its
//! encoding, and why the rest is passed over.
//!
//! It goes the way of [`super::read`]. Of a text it reads the first bytes, of other documents the whole, and of files of records all, to
//! count them; only the first record is decoded. What is told is what a run does, but for an encoding that only shows further on.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::decode;
use crate::error::Error;

use super::{
    Body, Format, Packing, Position, Progress, RawDocument, ReadOptions, Reader, Role, Stamps,
    json, read_error,
};

/// What is met.
#[derive(Debug)]
#[non_exhaustive]
pub enum Listed {
    /// A file to read, or the member of an archive.
    #[non_exhaustive]
    File {
        /// Where it is; inside an archive, behind its path.
        path: String,
        /// Id of its document; of a file of records that of the first, and none where it has no record.
        id: Option<String>,
        /// What it holds.
        format: Format,
        /// What it, or the archive that it lies in, is packed in.
        packing: Packing,
        /// Bytes on disk; of the member of an archive, unpacked.
        bytes: u64,
        /// Its character encoding, as its first bytes tell.
        encoding: &'static str,
        /// Of records: what a field is used for, and its name, by the first record.
        fields: Vec<(&'static str, String)>,
        /// Records in it; none where it is one document.
        records: Option<u64>,
        /// Title, date and source of its first document, where it had to be read for this.
        about: [Option<String>; 3],
    },
    /// A file that is passed over.
    #[non_exhaustive]
    Skipped {
        /// Where it is.
        path: String,
        /// Why.
        reason: &'static str,
    },
    /// What cannot be read.
    Broken(Error),
}

/// Takes what is met.
pub(super) type Take<'g> = dyn FnMut(Listed) + 'g;

/// The list of a [`Reader`] that is to read nothing, with what is known of the file at hand.
pub(super) struct Listing<'a, 'g> {
    take: &'a mut Take<'g>,
    pub packing: Packing,
    pub bytes: u64,
    /// Records of the file at hand so far, and the first that could be read.
    records: u64,
    first: Option<First>,
    /// Whether the file at hand, or a fault of it, is on the list.
    is_told: bool,
}

/// What is told of a file's first document.
#[derive(Default)]
struct First {
    id: Option<String>,
    encoding: &'static str,
    fields: Vec<(&'static str, String)>,
    about: [Option<String>; 3],
}

impl Listing<'_, '_> {
    pub fn tell(&mut self, listed: Listed) {
        self.is_told = true;
        (self.take)(listed);
    }
}

/// Lists what [`super::read`] would read. Standard input is left out.
pub fn list(inputs: &[PathBuf], options: &ReadOptions, take: &mut dyn FnMut(Listed)) {
    let named: Vec<PathBuf> = inputs
        .iter()
        .filter(|i| i.as_os_str() != "-")
        .cloned()
        .collect();
    let listing = Listing {
        take,
        packing: Packing::Plain,
        bytes: 0,
        records: 0,
        first: None,
        is_told: false,
    };
    let mut reader = Reader {
        options,
        from: Position::default(),
        at: Position::default(),
        met: 0,
        skipped: 0,
        stamps: Stamps::default(),
        changed: None,
        progress: &Progress::default(),
        encoding: None,
        list: Some(listing),
        give: &mut |_| ControlFlow::Continue(()),
    };
    let _: ControlFlow<()> = reader.inputs(&named);
}

/// Bytes that tell the encoding of a text.
const HEAD: u64 = 1 << 16;

impl Reader<'_, '_> {
    /// Puts a file on the list.
    pub(super) fn list_stream(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        format: Format,
    ) -> ControlFlow<()> {
        if let Some(list) = &mut self.list {
            (list.records, list.first, list.is_told) = (0, None, false);
        }
        if format.kind().is_text() {
            return self.list_text(from, id, path, format);
        }
        format.kind().read(self, from, id, path)?;
        let encoding = self.encoding.unwrap_or(encoding_rs::UTF_8.name());
        let Some(list) = &mut self.list else {
            return ControlFlow::Continue(());
        };
        let records = (!format.is_single()).then_some(list.records);
        match list.first.take() {
            Some(first) => self.tell(path, format, first, records),
            None if list.is_told => {}
            None => {
                let first = First {
                    encoding,
                    ..First::default()
                };
                self.tell(path, format, first, records);
            }
        }
        ControlFlow::Continue(())
    }

    fn list_text(
        &mut self,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
        format: Format,
    ) -> ControlFlow<()> {
        // Of what is packed by itself, the size is known only when all of it is unpacked.
        let size = self.list.as_ref().map_or(0, |list| list.bytes);
        if size > self.options.max_bytes as u64 {
            return self.fail(super::too_large(path, self.options.max_bytes));
        }
        let mut head = Vec::new();
        if let Err(e) = from.take(HEAD).read_to_end(&mut head) {
            return self.fail(read_error(path, &e));
        }
        if head.len() as u64 == HEAD
            && let Err(e) = std::str::from_utf8(&head)
            && e.error_len().is_none()
        {
            head.truncate(e.valid_up_to());
        }
        #[cfg(feature = "html")]
        let declared = match format.as_str() {
            "html" => decode::html::declared_encoding(&head),
            _ => None,
        };
        #[cfg(not(feature = "html"))]
        let declared = None;
        match decode::decode(head, self.options.encoding, declared) {
            Ok(read) => {
                self.met += 1;
                let first = First {
                    id: Some(id.to_owned()),
                    encoding: read.encoding,
                    ..First::default()
                };
                self.tell(path, format, first, None);
                ControlFlow::Continue(())
            }
            Err(e) => self.fail(e.at(path)),
        }
    }

    /// Counts a record; of the first that can be read more is told.
    pub(super) fn list_record(&mut self, raw: RawDocument) -> ControlFlow<()> {
        let Some(list) = &mut self.list else {
            return ControlFlow::Continue(());
        };
        list.records += 1;
        if list.first.is_some() {
            return ControlFlow::Continue(());
        }
        let fields = raw.fields(self.options);
        let (path, line) = (raw.path.clone(), raw.line);
        match raw.decode(self.options) {
            Ok(read) => {
                let source = read.document.source;
                list.first = Some(First {
                    id: Some(source.id),
                    encoding: read.provenance.encoding,
                    fields,
                    about: [source.title, source.date, source.source],
                });
                ControlFlow::Continue(())
            }
            Err(e) => {
                let e = e.at(&path);
                self.fail(match line {
                    Some(line) => e.on_line(line),
                    None => e,
                })
            }
        }
    }

    fn tell(&mut self, path: &str, format: Format, first: First, records: Option<u64>) {
        if let Some(list) = &mut self.list {
            let (packing, bytes) = (list.packing, list.bytes);
            list.tell(Listed::File {
                path: path.to_owned(),
                id: first.id,
                format,
                packing,
                bytes,
                encoding: first.encoding,
                fields: first.fields,
                records,
                about: first.about,
            });
        }
    }
}

impl RawDocument {
    /// What the fields of a record are used for, with their names.
    fn fields(&self, options: &ReadOptions) -> Vec<(&'static str, String)> {
        let mut used: Vec<((Role, usize), String)> = match &self.body {
            Body::Cells(cells) => cells
                .iter()
                .map(|((role, rank), _)| {
                    ((*role, *rank), options.fields.name(*role, *rank).to_owned())
                })
                .collect(),
            Body::Json(bytes) => json::used(&String::from_utf8_lossy(bytes), &options.fields),
            Body::Whole(..) => Vec::new(),
        };
        used.sort_unstable_by_key(|((role, rank), _)| (*role as usize, *rank));
        used.dedup_by_key(|((role, _), _)| *role);
        used.into_iter()
            .map(|((role, _), name)| (role.as_str(), name))
            .collect()
    }
}
