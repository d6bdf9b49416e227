//! Names of files -> what they hold.

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// One document, plain text or Markdown.
    Text,
    /// A record in JSON a line.
    JsonLines,
    /// Records in JSON: an array of them, or one after another.
    Json,
}

/// What a file is packed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Packing {
    /// In nothing.
    Plain,
}

impl Format {
    /// Whether a file of this format is one document.
    pub const fn is_single(self) -> bool {
        matches!(self, Format::Text)
    }

    /// The format of a file-name extension, in lower case.
    pub fn of_extension(extension: &str) -> Option<Format> {
        Some(match extension {
            "txt" | "text" | "md" | "markdown" => Format::Text,
            "jsonl" | "ndjson" => Format::JsonLines,
            "json" => Format::Json,
            _ => return None,
        })
    }
}

/// Packing and format of a file by its name.
pub fn of_name(name: &str) -> (Packing, Option<Format>) {
    let lower = name.to_ascii_lowercase();
    let extension = lower
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    (Packing::Plain, Format::of_extension(extension))
}
