//! What a file holds and what it is packed in, by its first bytes and by its name.
//!
//! A format is one implementation of [`Kind`] in a module of its own, and one line in [`KINDS`]. First bytes that show a format count
//! more than the name: pages are saved as `.txt` and `index.php?id=5`, mail as `.html`. What neither shows is refused with its reason.

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

use crate::decode::{self, Decoded};
use crate::document::Source;
use crate::error::Result;

use super::{ReadOptions, Reader, Whole};

/// A format that is read.
pub(super) trait Kind: Sync {
    /// Its name in lists and options.
    fn name(&self) -> &'static str;

    /// Extensions of file names, in lower case.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether the first bytes of a file show the format, whatever the name of the file. Texts look like nothing else.
    fn shows(&self, _head: &[u8]) -> bool {
        false
    }

    /// Whether a file whose name tells this format is read as that all the same when its first bytes show the other one.
    fn holds(&self, shown: Format, _head: &[u8]) -> bool {
        shown.as_str() == self.name()
    }

    /// Whether a file is one document.
    fn is_single(&self) -> bool {
        true
    }

    /// Whether its bytes are text as it stands, of which the first ones tell the encoding.
    fn is_text(&self) -> bool {
        false
    }

    /// Bytes that a file may have which is held in memory as a whole; a document may have `limit`.
    fn most_bytes(&self, limit: usize) -> usize {
        limit
    }

    /// Hands the documents of a stream over to [`Reader::document`], and what is broken to [`Reader::fail`]. Here: a single one, which
    /// is the whole stream.
    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        match Format::named(self.name()) {
            Some(format) => reader.whole(format, from, id, path),
            None => ControlFlow::Continue(()),
        }
    }

    /// Turns the bytes of one document into text, on any thread; what they tell besides goes into `source`.
    ///
    /// # Errors
    /// Of the kinds `Decode` and `Format`, where they are not what they should be.
    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let _ = source;
        decode::decode(whole.bytes, options.encoding, whole.declared)
    }
}

/// All formats. Of two that the first bytes show the first one counts.
static KINDS: &[&dyn Kind] = &[
    &super::text::Text,
    &super::markdown::Markdown,
    #[cfg(feature = "html")]
    &super::telegram::TelegramHtml,
    #[cfg(feature = "mail")]
    &super::mail::Mhtml,
    #[cfg(feature = "mail")]
    &super::mail::Mbox,
    #[cfg(feature = "mail")]
    &super::mail::Eml,
    #[cfg(feature = "archives")]
    &super::warc::Warc,
    #[cfg(feature = "office")]
    &super::office::Docx,
    #[cfg(feature = "office")]
    &super::office::Xlsx,
    &super::page::Html,
    #[cfg(feature = "feeds")]
    &super::feed::Feed,
    #[cfg(feature = "feeds")]
    &super::feed::OtherXml,
    &super::telegram::TelegramJson,
    &super::json::JsonLines,
    &super::json::Json,
    &super::table::Csv,
    &super::table::Tsv,
    // What looks like nothing else may be a text of many articles.
    &super::press::Press,
];

/// What a file holds.
#[derive(Clone, Copy)]
pub struct Format(&'static dyn Kind);

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Format {
    /// Plain text, a document a file.
    pub const TEXT: Format = Format(&super::text::Text);

    pub(super) const fn of_kind(kind: &'static dyn Kind) -> Format {
        Format(kind)
    }

    /// All formats that are read.
    pub fn all() -> impl Iterator<Item = Format> {
        KINDS.iter().map(|kind| Format(*kind))
    }

    /// The format of a name, as in options.
    pub fn named(name: &str) -> Option<Format> {
        Format::all().find(|format| format.as_str() == name)
    }

    /// Its name in lists and options.
    pub fn as_str(self) -> &'static str {
        self.0.name()
    }

    /// Whether a file of this format is one document.
    pub fn is_single(self) -> bool {
        self.0.is_single()
    }

    /// The format of a file-name extension, in lower case.
    pub fn of_extension(extension: &str) -> Option<Format> {
        Format::all().find(|format| format.0.extensions().contains(&extension))
    }

    pub(super) fn kind(self) -> &'static dyn Kind {
        self.0
    }
}

/// What a file is packed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Packing {
    /// In nothing.
    Plain,
    /// .gz
    Gzip,
    /// .zst
    Zstd,
    /// .bz2
    Bzip2,
    /// .xz
    Xz,
    /// .zip
    Zip,
    /// .tar
    Tar,
    /// .tar.gz, .tgz
    TarGzip,
    /// .tar.zst, .tzst
    TarZstd,
    /// .tar.bz2, .tbz2
    TarBzip2,
    /// .tar.xz, .txz
    TarXz,
}

/// Every packing that packs a stream: extension, first bytes, itself, and itself around a .tar.
const STREAMS: [(&[&str], &[u8], Packing, Packing); 4] = [
    (&["gz", "tgz"], b"\x1F\x8B", Packing::Gzip, Packing::TarGzip),
    (
        &["zst", "tzst"],
        b"\x28\xB5\x2F\xFD",
        Packing::Zstd,
        Packing::TarZstd,
    ),
    (&["bz2", "tbz2"], b"BZh", Packing::Bzip2, Packing::TarBzip2),
    (&["xz", "txz"], b"\xFD7zXZ\0", Packing::Xz, Packing::TarXz),
];

impl Packing {
    /// Whether a file holds one member only.
    pub fn is_single(self) -> bool {
        self == Packing::Plain || STREAMS.iter().any(|(.., single, _)| *single == self)
    }

    /// Its name in lists.
    pub const fn as_str(self) -> &'static str {
        match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Bzip2 => "bzip2",
            Packing::Xz => "xz",
            Packing::Zip => "zip",
            Packing::Tar => "tar",
            Packing::TarGzip => "tar.gz",
            Packing::TarZstd => "tar.zst",
            Packing::TarBzip2 => "tar.bz2",
            Packing::TarXz => "tar.xz",
        }
    }

    /// The packing that the first bytes of a file show, where they are known. What is packed in a stream may be a .tar.
    pub(super) fn of_content(head: &[u8]) -> Packing {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Packing::Zip;
        }
        if is_tar(head) {
            return Packing::Tar;
        }
        // What begins with the letters BZh by chance has no block behind them.
        let is_bzip2 = |head: &[u8]| {
            matches!(head.get(3..10), Some([b'1'..=b'9', block @ ..])
                if block == b"1AY&SY" || block == b"\x17\x72\x45\x38\x50\x90")
        };
        STREAMS
            .iter()
            .find(|(_, magic, single, _)| {
                head.starts_with(magic) && (*single != Packing::Bzip2 || is_bzip2(head))
            })
            .map_or(Packing::Plain, |(.., single, _)| *single)
    }

    /// What it is around a .tar.
    pub(super) fn around_tar(self) -> Packing {
        STREAMS
            .iter()
            .find(|(.., single, _)| *single == self)
            .map_or(Packing::Tar, |(.., tar)| *tar)
    }
}

/// Whether the first bytes are those of a .tar.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// Extensions of files that are no articles in any format, and lie beside pages that were scraped or saved.
const OTHERS: [&str; 36] = [
    "7z", "avi", "bmp", "css", "db", "doc", "eot", "exe", "flac", "gif", "ico", "jpeg", "jpg",
    "js", "m4a", "mkv", "mov", "mp3", "mp4", "ods", "odt", "ogg", "otf", "png", "ppt", "pptx",
    "rar", "svg", "tif", "tiff", "ttf", "wav", "webm", "webp", "woff", "xls",
];

/// Whether a name says that the file is no article.
pub(super) fn is_other(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    OTHERS.contains(&extension.to_ascii_lowercase().as_str())
}

/// Bytes at the head of a file that tell what it holds.
pub(super) const HEAD: u64 = 4096;

/// What becomes of a stream.
pub(super) enum Told {
    /// It is read in this format.
    As(Format),
    /// It is none of ours.
    Skipped(&'static str),
}

/// Why a file is passed over that nobody named.
pub(super) const NO_FORMAT: &str =
    "neither its name nor its first bytes tell a format that is read";

/// What a stream holds, by its first bytes, by its name, and by what the user says of names that tell nothing.
///
/// `is_meant` says that the user named the file itself: it is a text where nothing else is known.
pub(super) fn of(
    head: &[u8],
    by_name: Option<Format>,
    said: Option<Format>,
    is_meant: bool,
) -> Told {
    let shown = of_content(head);
    match (shown, by_name.or(said), said) {
        (Some(shown), None, _) => Told::As(shown),
        (Some(shown), Some(named), None) if !named.kind().holds(shown, head) => Told::As(shown),
        // A name that tells a format is no reason to misread the file, an option is.
        (Some(shown), Some(named), Some(_))
            if by_name.is_some() && !named.kind().holds(shown, head) =>
        {
            Told::As(shown)
        }
        (_, Some(named), _) => Told::As(named),
        (None, None, _) if is_meant => Told::As(Format::TEXT),
        (None, None, _) => Told::Skipped(NO_FORMAT),
    }
}

/// What the first bytes of a stream show it to hold.
pub(super) fn of_content(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    Format::all().find(|format| format.kind().shows(head))
}

/// Packing and format of a file by its name; an archive tells its format by what it holds.
pub fn of_name(name: &str) -> (Packing, Option<Format>) {
    let lower = name.to_ascii_lowercase();
    let lower = lower.rsplit('/').next().unwrap_or(&lower);
    let Some((stem, extension)) = lower.rsplit_once('.') else {
        return (Packing::Plain, None);
    };
    let inner = stem.rsplit_once('.').map(|(_, inner)| inner);
    match extension {
        "zip" => return (Packing::Zip, None),
        "tar" => return (Packing::Tar, None),
        _ => {}
    }
    for (extensions, _, single, tar) in STREAMS {
        match extensions.iter().position(|e| *e == extension) {
            Some(0) if inner != Some("tar") => {
                return (single, inner.and_then(Format::of_extension));
            }
            Some(_) => return (tar, None),
            None => {}
        }
    }
    (Packing::Plain, Format::of_extension(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(head: &str) -> Option<&'static str> {
        of_content(head.as_bytes()).map(Format::as_str)
    }

    #[test]
    fn first_bytes_tell_formats() {
        for (head, format) in [
            ("{\"text\": \"Да\"}\n{\"text\"", Some("jsonl")),
            ("\u{FEFF} {\"text\": \"Да", Some("jsonl")),
            ("{\n  \"text\": \"Да\"\n}", Some("json")),
            ("[\n {\"text\": 1}]", Some("json")),
            ("<!DOCTYPE html><p>Да", Some("html")),
            ("[Фото] Да", None),
            ("{Да}", None),
            ("", None),
        ] {
            assert_eq!(shown(head), format, "{head}");
        }
    }

    #[test]
    fn first_bytes_count_more_than_names() {
        let told = |head: &str, name: &str, said: Option<&str>, is_meant: bool| {
            let said = said.and_then(Format::named);
            match of(head.as_bytes(), of_name(name).1, said, is_meant) {
                Told::As(format) => format.as_str(),
                Told::Skipped(_) => "",
            }
        };
        for (head, name, said, is_meant, format) in [
            ("<html><p>Да", "a.txt", None, false, "html"),
            ("<html><p>Да", "index.php?id=5", None, false, "html"),
            ("<html><p>Да", "index.php?id=5", Some("text"), false, "text"),
            ("<html><p>Да", "a.txt", Some("jsonl"), false, "html"),
            ("{\"text\": 1}\n", "a.txt", None, false, "jsonl"),
            ("{\"text\": 1}\n", "a.json", None, false, "json"),
            ("{\"text\":\n", "a.jsonl", None, false, "jsonl"),
            ("[{\"text\":\n", "a.jsonl", None, false, "json"),
            ("Да", "a", None, true, "text"),
            ("Да", "a", None, false, ""),
        ] {
            assert_eq!(told(head, name, said, is_meant), format, "{head} {name}");
        }
    }

    #[test]
    fn names_tell_packing_and_format() {
        for (name, packing, format) in [
            ("a.txt", Packing::Plain, Some("text")),
            ("a.md", Packing::Plain, Some("markdown")),
            ("A.HTML", Packing::Plain, Some("html")),
            ("a.jsonl.gz", Packing::Gzip, Some("jsonl")),
            ("a.csv.zst", Packing::Zstd, Some("csv")),
            ("a.txt.bz2", Packing::Bzip2, Some("text")),
            ("a.txt.xz", Packing::Xz, Some("text")),
            ("a.tar.gz", Packing::TarGzip, None),
            ("a.tgz", Packing::TarGzip, None),
            ("a.tar.xz", Packing::TarXz, None),
            ("a.zip", Packing::Zip, None),
            ("a.jpg", Packing::Plain, None),
            ("a.gz", Packing::Gzip, None),
            ("a", Packing::Plain, None),
        ] {
            let (packed, named) = of_name(name);
            assert_eq!(
                (packed, named.map(Format::as_str)),
                (packing, format),
                "{name}"
            );
        }
    }

    #[test]
    fn first_bytes_tell_packings() {
        for (head, packing) in [
            (&b"PK\x03\x04"[..], Packing::Zip),
            (b"\x1F\x8B\x08", Packing::Gzip),
            (b"BZh91AY&SY", Packing::Bzip2),
            (b"BZhe is a name", Packing::Plain),
            (b"\xFD7zXZ\0\0", Packing::Xz),
            (b"\x28\xB5\x2F\xFD", Packing::Zstd),
            (b"Text", Packing::Plain),
        ] {
            assert_eq!(Packing::of_content(head), packing);
        }
        assert_eq!(Packing::Gzip.around_tar(), Packing::TarGzip);
    }

    #[test]
    fn every_format_has_a_name_and_extensions_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for format in Format::all() {
            assert_eq!(Format::named(format.as_str()), Some(format));
            for word in format.kind().extensions() {
                assert!(seen.insert(*word), "{word}");
            }
        }
    }
}
