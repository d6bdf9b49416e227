//! Plain text, a document a file; and what is a web page in spite of its name.

use crate::decode::{self, Decoded};
use crate::document::Source;
use crate::error::Result;

use super::format::Kind;
use super::{ReadOptions, Whole, page};

/// Plain text.
pub(super) struct Text;

impl Kind for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn is_text(&self) -> bool {
        true
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        // The members of a stream have no first bytes that anybody looked at.
        if cfg!(feature = "html") && decode::is_page(&whole.bytes) {
            return page::Html.decode(whole, options, source);
        }
        decode::decode(whole.bytes, options.encoding, whole.declared)
    }
}
