//! What would be read, and how, without reading it: every file, also those inside archives, with the id of its (first) document and its
//! encoding, and why the rest is passed over.
//!
//! It goes the way of [`super::read`] and stops in every file after the first bytes, or after the first record: what is told is what a
//! run does, but for an encoding that only shows further on. Archives made by tar are unpacked to be listed, since nothing else says
//! what is in them.

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
    format: Format,
    /// Whether the file at hand is on the list.
    is_told: bool,
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
        format: Format::Text,
        is_told: false,
    };
    let mut reader = Reader {
        options,
        from: Position::default(),
        at: Position::default(),
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
            (list.format, list.is_told) = (format, false);
        }
        if format.is_single() {
            return self.list_text(from, id, path, format);
        }
        // It breaks off at the first record.
        let _: ControlFlow<()> = self.documents(from, id, path, format);
        let encoding = self.encoding.unwrap_or(encoding_rs::UTF_8.name());
        if self.list.as_ref().is_some_and(|list| !list.is_told) {
            self.tell(path, None, format, encoding, Vec::new());
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
        let is_page = cfg!(feature = "html") && format == Format::Text && decode::is_page(&head);
        let format = if is_page { Format::Html } else { format };
        #[cfg(feature = "html")]
        let declared = match format {
            Format::Html => decode::html::declared_encoding(&head),
            _ => None,
        };
        #[cfg(not(feature = "html"))]
        let declared = None;
        match decode::decode(head, self.options.encoding, declared) {
            Ok(read) => {
                self.tell(path, Some(id.to_owned()), format, read.encoding, Vec::new());
                ControlFlow::Continue(())
            }
            Err(e) => self.fail(e.at(path)),
        }
    }

    /// Puts a file of records on the list, by its first one.
    pub(super) fn list_record(&mut self, raw: RawDocument) -> ControlFlow<()> {
        let fields = raw.fields(self.options);
        let (path, line) = (raw.path.clone(), raw.line);
        let format = self.list.as_ref().map_or(Format::Text, |list| list.format);
        match raw.decode(self.options) {
            Ok(read) => {
                let (id, encoding) = (read.document.source.id, read.provenance.encoding);
                self.tell(&path, Some(id), format, encoding, fields);
            }
            Err(e) => {
                let e = e.at(&path);
                let _: ControlFlow<()> = self.fail(match line {
                    Some(line) => e.on_line(line),
                    None => e,
                });
            }
        }
        ControlFlow::Break(())
    }

    fn tell(
        &mut self,
        path: &str,
        id: Option<String>,
        format: Format,
        encoding: &'static str,
        fields: Vec<(&'static str, String)>,
    ) {
        if let Some(list) = &mut self.list {
            let (packing, bytes) = (list.packing, list.bytes);
            list.tell(Listed::File {
                path: path.to_owned(),
                id,
                format,
                packing,
                bytes,
                encoding,
                fields,
            });
        }
    }
}

impl RawDocument {
    /// What the fields of a record are used for, with their names.
    fn fields(&self, options: &ReadOptions) -> Vec<(&'static str, String)> {
        let mut used: Vec<(Role, usize)> = match &self.body {
            Body::Cells(cells) => cells.iter().map(|(role, _)| *role).collect(),
            Body::Json(bytes) => {
                match json::parse(&String::from_utf8_lossy(bytes), &options.fields) {
                    Ok((record, _)) => record.roles().collect(),
                    Err(_) => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        used.sort_unstable_by_key(|&(role, rank)| (role as usize, rank));
        used.dedup_by_key(|(role, _)| *role);
        used.into_iter()
            .map(|(role, rank)| (role.as_str(), options.fields.name(role, rank).to_owned()))
            .collect()
    }
}
