//! Names of files -> what they hold and what they are packed in.

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// One document, plain text.
    Text,
    /// One document in Markdown.
    Markdown,
    /// One web page.
    Html,
    /// A record in JSON a line.
    JsonLines,
    /// Records in JSON: an array of them, or one after another.
    Json,
    /// A table with commas or semicolons between cells.
    Csv,
    /// A table with tabs between cells.
    Tsv,
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
    /// .zip
    Zip,
    /// .tar
    Tar,
    /// .tar.gz, .tgz
    TarGzip,
    /// .tar.zst, .tzst
    TarZstd,
}

impl Packing {
    /// Whether a file holds one member only.
    pub const fn is_single(self) -> bool {
        matches!(self, Packing::Plain | Packing::Gzip | Packing::Zstd)
    }

    /// Its name in lists.
    pub const fn as_str(self) -> &'static str {
        match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Zip => "zip",
            Packing::Tar => "tar",
            Packing::TarGzip => "tar.gz",
            Packing::TarZstd => "tar.zst",
        }
    }
}

impl Format {
    /// Whether a file of this format is one document.
    pub const fn is_single(self) -> bool {
        matches!(self, Format::Text | Format::Markdown | Format::Html)
    }

    /// Its name in lists and options.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::JsonLines => "jsonl",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
        }
    }

    /// The format of a file-name extension, in lower case.
    pub fn of_extension(extension: &str) -> Option<Format> {
        Some(match extension {
            "txt" | "text" => Format::Text,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "json" => Format::Json,
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            _ => return None,
        })
    }
}

/// Extensions of files that are no articles in any format, and lie beside pages that were scraped or saved.
const OTHERS: [&str; 32] = [
    "7z", "avi", "bmp", "css", "db", "doc", "docx", "eot", "exe", "gif", "ico", "jpeg", "jpg",
    "js", "m4a", "mov", "mp3", "mp4", "ogg", "pdf", "png", "ppt", "rar", "svg", "tif", "ttf",
    "wav", "webm", "webp", "woff", "xls", "xlsx",
];

/// Whether a name says that the file is no article.
pub(super) fn is_other(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    OTHERS.contains(&extension.to_ascii_lowercase().as_str())
}

/// Bytes that tell [`of_content`].
pub(super) const HEAD: u64 = 4096;

/// What a stream without a name holds, by its first bytes: records of JSON, or a text (which may be a web page).
pub(super) fn of_content(head: &[u8]) -> Format {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text = text.trim_ascii_start();
    let behind = |open: u8| text.strip_prefix(&[open]).map(<[u8]>::trim_ascii_start);
    if behind(b'[').is_some_and(|rest| rest.starts_with(b"{")) {
        return Format::Json;
    }
    if !behind(b'{').is_some_and(|rest| rest.starts_with(b"\"")) {
        return Format::Text;
    }
    // A record that goes on in the next line is no line.
    match memchr::memchr(b'\n', text).map(|end| &text[..end]) {
        Some(line) if serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err() => {
            Format::Json
        }
        _ => Format::JsonLines,
    }
}

/// Packing and format of a file by its name. What an archive holds is known by the names of its members; here it counts as text.
pub fn of_name(name: &str) -> (Packing, Option<Format>) {
    let lower = name.to_ascii_lowercase();
    let split = |name: &str| {
        name.rsplit_once('.')
            .map(|(stem, extension)| (stem.to_owned(), extension.to_owned()))
    };
    let Some((stem, extension)) = split(&lower) else {
        return (Packing::Plain, None);
    };
    let inner = split(&stem).map(|(_, inner)| inner);
    let is_tar = inner.as_deref() == Some("tar");
    let packing = match extension.as_str() {
        "gz" if is_tar => Packing::TarGzip,
        "zst" if is_tar => Packing::TarZstd,
        "tgz" => Packing::TarGzip,
        "tzst" => Packing::TarZstd,
        "tar" => Packing::Tar,
        "zip" => Packing::Zip,
        "gz" => Packing::Gzip,
        "zst" => Packing::Zstd,
        _ => return (Packing::Plain, Format::of_extension(&extension)),
    };
    if packing.is_single() {
        return (
            packing,
            inner.and_then(|inner| Format::of_extension(&inner)),
        );
    }
    (packing, Some(Format::Text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_records() {
        for (head, format) in [
            ("{\"text\": \"Да\"}\n{\"text\"", Format::JsonLines),
            ("\u{FEFF} {\"text\": \"Да", Format::JsonLines),
            ("{\n  \"text\": \"Да\"\n}", Format::Json),
            ("[\n {\"text\": 1}]", Format::Json),
            ("[Фото] Да", Format::Text),
            ("{Да}", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(of_content(head.as_bytes()), format, "{head}");
        }
    }

    #[test]
    fn names_tell_packing_and_format() {
        for (name, packing, format) in [
            ("a.txt", Packing::Plain, Some(Format::Text)),
            ("a.md", Packing::Plain, Some(Format::Markdown)),
            ("A.HTML", Packing::Plain, Some(Format::Html)),
            ("a.jsonl.gz", Packing::Gzip, Some(Format::JsonLines)),
            ("a.csv.zst", Packing::Zstd, Some(Format::Csv)),
            ("a.tar.gz", Packing::TarGzip, Some(Format::Text)),
            ("a.tgz", Packing::TarGzip, Some(Format::Text)),
            ("a.zip", Packing::Zip, Some(Format::Text)),
            ("a.jpg", Packing::Plain, None),
            ("a.gz", Packing::Gzip, None),
            ("a", Packing::Plain, None),
        ] {
            assert_eq!(of_name(name), (packing, format), "{name}");
        }
    }
}
