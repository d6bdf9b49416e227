//! Packed files: .gz, .zst, .bz2 and .xz of one file, .zip and .tar (also .tar.gz and the like) of many.
//!
//! Members are read one after another straight from the archive; nothing is unpacked to disk, and nothing of an archive is
//! trusted: what unpacks to far more than its own size is refused, and archives inside archives stay closed.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use crate::decode;
use crate::error::{Error, ErrorKind};

use super::format::{self, Format, HEAD, Packing};
use super::stream::{Counted, peeked};
use super::unpack::{Gzip, Zstd};
use super::walk::{HIDDEN, NO_ARTICLE, README, is_readme};
use super::{Reader, STDIN, read_error};

/// Bytes that may be unpacked before their ratio to the packed ones counts.
const FREE: u64 = 64 << 20;
/// How many bytes one packed byte may become. Text shrinks to a tenth, to a hundredth where it repeats itself.
const MOST: u64 = 400;

/// Why a member with holes is not read: how they are noted differs from program to program.
const SPARSE: &str = "a member with holes (a sparse file) is not read: pack it without --sparse";

/// Why a member is passed over.
const NO_FILE: &str = "no file but a link or a device";

impl Reader<'_, '_> {
    /// Reads a packed file.
    pub(super) fn packed(
        &mut self,
        file: Counted<File>,
        packing: Packing,
        id: &str,
        path: &str,
        known: (Option<Format>, bool),
    ) -> ControlFlow<()> {
        if packing == Packing::Zip {
            return self.zip(file, id, path, known.1);
        }
        let taken = file.own.clone();
        self.unpacked(Box::new(file), packing, taken, id, path, known)
    }

    /// Reads standard input, packed or not as its first bytes show.
    pub(super) fn standard_input(&mut self) -> ControlFlow<()> {
        let counted = Counted::new(io::stdin(), Arc::default());
        let taken = counted.own.clone();
        let (head, from) = match peeked(Box::new(counted), HEAD) {
            Ok(peeked) => peeked,
            Err(e) => return self.fail(read_error(STDIN, &e)),
        };
        let packing = Packing::of_content(&head);
        if packing == Packing::Zip {
            let reason = "a zip archive is read from its end: name the file instead";
            return self.fail(Error::new(ErrorKind::Format, reason).at(STDIN));
        }
        self.unpacked(from, packing, taken, STDIN, STDIN, (None, true))
    }

    /// Reads what is packed as a stream, which may be a .tar in turn. `taken` counts the packed bytes.
    fn unpacked(
        &mut self,
        from: Box<dyn Read + '_>,
        packing: Packing,
        taken: Arc<AtomicU64>,
        id: &str,
        path: &str,
        known: (Option<Format>, bool),
    ) -> ControlFlow<()> {
        let from: Box<dyn Read + '_> = match packing {
            Packing::Plain => return self.stream(from, id, path, known),
            Packing::Tar | Packing::Zip => return self.tar(from, id, path),
            Packing::Gzip | Packing::TarGzip => {
                let from = Gzip::new(from);
                Box::new(Guarded::new(from, taken))
            }
            Packing::Zstd | Packing::TarZstd => Box::new(Guarded::new(Zstd::new(from), taken)),
            Packing::Bzip2 | Packing::TarBzip2 => {
                let from = bzip2::read::MultiBzDecoder::new(BufReader::new(from));
                Box::new(Guarded::new(from, taken))
            }
            Packing::Xz | Packing::TarXz => {
                let from = lzma_rust2::XzReader::new(BufReader::new(from), true);
                Box::new(Guarded::new(from, taken))
            }
        };
        match peeked(from, HEAD) {
            Ok((head, from)) if format::is_tar(&head) || !packing.is_single() => {
                if let Some(list) = &mut self.list {
                    list.packing = list.packing.around_tar();
                }
                self.tar(from, id, path)
            }
            Ok((_, from)) => self.stream(from, id, path, known),
            Err(e) => self.fail(read_error(path, &e)),
        }
    }

    fn tar(&mut self, from: Box<dyn Read + '_>, id: &str, path: &str) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(from);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(e) => return self.fail(read_error(path, &e)),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                // Where the next entry begins is not known.
                Err(e) => return self.fail(read_error(path, &e)),
            };
            let kind = entry.header().entry_type();
            if kind.is_gnu_sparse() || has_holes(&mut entry) {
                let name = member_name(&entry.path_bytes());
                self.fail(Error::new(ErrorKind::Format, SPARSE).at(format!("{path}/{name}")))?;
            } else if kind.is_file() || kind.is_contiguous() {
                let name = member_name(&entry.path_bytes());
                let size = entry.size();
                self.member(Box::new(entry), &name, size, id, path)?;
            } else if !kind.is_dir() {
                let name = member_name(&entry.path_bytes());
                self.skip(&format!("{path}/{name}"), None, NO_FILE)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads a .zip that is no archive but a file of an Office program; gives any other one back, at its beginning.
    fn office_file(
        &mut self,
        file: Counted<File>,
        id: &str,
        path: &str,
        named: bool,
    ) -> ControlFlow<(), Option<Counted<File>>> {
        let mut file = BufReader::new(file);
        let format = zip::ZipArchive::new(&mut file)
            .ok()
            .and_then(|a| office(&a));
        if let Err(e) = file.rewind() {
            self.fail(read_error(path, &e))?;
            return ControlFlow::Continue(None);
        }
        match format {
            None => return ControlFlow::Continue(Some(file.into_inner())),
            Some(None) => self.fail(Error::new(ErrorKind::Format, OTHER_OFFICE).at(path))?,
            Some(format) => {
                if let Some(list) = &mut self.list {
                    list.packing = Packing::Plain;
                }
                self.stream(Box::new(file), id, path, (format, named))?;
            }
        }
        ControlFlow::Continue(None)
    }

    /// Reads the members that the directory at the end lists, two of one name as well.
    fn zip(&mut self, file: Counted<File>, id: &str, path: &str, named: bool) -> ControlFlow<()> {
        let broken = |reason: &str| Error::new(ErrorKind::Format, reason).at(path);
        let packed = file.inner().metadata().map_or(0, |m| m.len());
        let file = match self.office_file(file, id, path, named)? {
            Some(file) => file,
            None => return ControlFlow::Continue(()),
        };
        let config = zip::read::Config::default();
        let mut archive = match ZipIterable::try_new(BufReader::new(file), config) {
            Ok(archive) => archive,
            Err(e) => return self.fail(broken(&zip_fault(&e))),
        };
        let listed = archive.len();
        let files = match archive.files() {
            Ok(files) => files,
            Err(e) => return self.fail(broken(&zip_fault(&e))),
        };
        // Members may overlap, so the whole archive has one measure.
        let unpacked = Arc::new(AtomicU64::new(0));
        let packed = Arc::new(AtomicU64::new(packed));
        for number in 1.. {
            let entry = match files.next() {
                None => break,
                Some(Ok(entry)) => entry,
                // Where the next one is listed is not known.
                Some(Err(e)) => {
                    return self.fail(broken(&format!(
                        "its directory lists {listed} members and is broken at number {number}: {}",
                        zip_fault(&e)
                    )));
                }
            };
            let name = member_name(entry.name_raw());
            match entry.with_reader(files.reader_mut(), zip::read::ZipReadOptions::new()) {
                Ok(entry) if entry.is_file() => {
                    let size = entry.size();
                    let guarded = Guarded {
                        from: entry,
                        taken: packed.clone(),
                        given: unpacked.clone(),
                    };
                    self.member(Box::new(guarded), &name, size, id, path)?;
                }
                Ok(entry) if entry.is_dir() => {}
                Ok(_) => self.skip(&format!("{path}/{name}"), None, NO_FILE)?,
                Err(e) => self.fail(broken(&format!(
                    "its member {name} cannot be read: {}",
                    zip_fault(&e)
                )))?,
            }
        }
        ControlFlow::Continue(())
    }

    fn member(
        &mut self,
        from: Box<dyn Read + '_>,
        name: &str,
        size: u64,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let hidden = name
            .split('/')
            .any(|part| part == "__MACOSX" || (!self.options.hidden && part.starts_with('.')));
        let last = name.rsplit('/').next().unwrap_or(name);
        let (packing, format) = format::of_name(name);
        let path = format!("{path}/{name}");
        if hidden {
            return self.skip(&path, None, HIDDEN);
        }
        if is_readme(last) {
            return self.skip(&path, None, README);
        }
        if format::is_other(last) {
            return self.skip(&path, None, NO_ARTICLE);
        }
        let (head, from) = match peeked(from, HEAD) {
            Ok(peeked) => peeked,
            Err(e) => return self.fail(read_error(&path, &e)),
        };
        if super::packing_of(&head, packing, format) != Packing::Plain {
            let reason = "a packed file inside an archive is not read: unpack the archive first";
            return self.fail(Error::new(ErrorKind::Format, reason).at(path));
        }
        if let Some(list) = &mut self.list {
            list.bytes = size;
        }
        self.stream(from, &format!("{id}/{name}"), &path, (format, false))
    }
}

const OTHER_OFFICE: &str =
    "an Office file or a book of a kind that is not read: save it as .docx, .xlsx or text";

/// The format of a .zip that is no archive but a file of an Office program; `Some(None)` where that is none that is read.
fn office<R: Read + io::Seek>(archive: &zip::ZipArchive<R>) -> Option<Option<Format>> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        Some(Format::named("docx"))
    } else if has("xl/workbook.xml") {
        Some(Format::named("xlsx"))
    } else if has("ppt/presentation.xml")
        || has("mimetype") && has("META-INF/manifest.xml")
        || has("META-INF/container.xml")
    {
        Some(None)
    } else {
        None
    }
}

/// What is wrong with an archive, in words.
fn zip_fault(error: &ZipError) -> String {
    match error {
        ZipError::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
            "it ends too early, as if it was cut off".to_owned()
        }
        error => error.to_string(),
    }
}

/// Whether a member's own header notes holes; its data begin with a list of them then.
fn has_holes<R: Read>(entry: &mut tar::Entry<'_, R>) -> bool {
    match entry.pax_extensions() {
        Ok(Some(notes)) => notes
            .flatten()
            .any(|note| note.key_bytes().starts_with(b"GNU.sparse.")),
        _ => false,
    }
}

/// The name of a member: UTF-8, or what Windows programs write.
fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => decode::decode(raw.to_vec(), None, Some(encoding_rs::IBM866)).map_or_else(
            |_| String::from_utf8_lossy(raw).into_owned(),
            |read| read.text,
        ),
    };
    let parts: Vec<&str> = name
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect();
    parts.join("/")
}

/// A stream of unpacked bytes that ends with an error where they are far more than the packed ones.
struct Guarded<R> {
    from: R,
    taken: Arc<AtomicU64>,
    given: Arc<AtomicU64>,
}

impl<R> Guarded<R> {
    fn new(from: R, taken: Arc<AtomicU64>) -> Self {
        Guarded {
            from,
            taken,
            given: Arc::default(),
        }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(out)?;
        let given = self.given.fetch_add(n as u64, Ordering::Relaxed) + n as u64;
        if given > FREE && given / MOST > self.taken.load(Ordering::Relaxed) {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("refused: it unpacks to more than {MOST} times its size"),
            ));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_members_stay_inside() {
        assert_eq!(member_name(b"../../etc/./a.txt"), "etc/a.txt");
        assert_eq!(member_name(b"a\\b.txt"), "a/b.txt");
        let (cp866, _, _) = encoding_rs::IBM866.encode("новости/погода.txt");
        assert_eq!(member_name(&cp866), "новости/погода.txt");
    }

    #[test]
    fn what_swells_too_much_is_refused() {
        let mut swells = Guarded::new(io::repeat(b'a'), Arc::new(AtomicU64::new(1000)));
        let error = io::copy(&mut swells, &mut io::sink()).expect_err("refused");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
