//! PDF: the text layer of a file is a document; lines that the page broke are joined.
//!
//! A file without a text layer (a scan) is refused: there is nothing in it to read.

use crate::decode::Decoded;
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};

use super::format::Kind;
use super::{ReadOptions, Whole, lines};

/// Bytes that such a file may have, which pictures make large.
const MOST: usize = 256 << 20;

/// A file in PDF.
pub(super) struct Pdf;

impl Kind for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        head.starts_with(b"%PDF-")
    }

    fn most_bytes(&self, limit: usize) -> usize {
        limit.max(MOST)
    }

    fn decode(&self, whole: Whole, options: &ReadOptions, _: &mut Source) -> Result<Decoded> {
        let text = pdf_extract::extract_text_from_mem(&whole.bytes)
            .map_err(|e| Error::new(ErrorKind::Format, format!("broken PDF: {e}")))?;
        if text.trim().is_empty() {
            let reason = "a PDF without text, as of scanned pages: it has to go through text recognition first";
            return Err(Error::new(ErrorKind::Format, reason));
        }
        if text.len() > options.max_bytes {
            let reason = format!(
                "its text is larger than {} bytes, the limit of one document (--max-bytes)",
                options.max_bytes
            );
            return Err(Error::new(ErrorKind::Limit, reason));
        }
        Ok(Decoded {
            text: lines::joined(&text),
            encoding: encoding_rs::UTF_8.name(),
            damaged: 0,
        })
    }
}
