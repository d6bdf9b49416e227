//! Web pages, a document a file.

use crate::decode::{self, Decoded};
use crate::document::Source;
use crate::error::Result;

use super::format::{Format, Kind};
use super::{ReadOptions, Whole};

/// A web page.
pub(super) struct Html;

impl Kind for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn is_text(&self) -> bool {
        true
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        decode::is_page(head)
    }

    #[cfg(feature = "html")]
    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let declared = whole
            .declared
            .or_else(|| decode::html::declared_encoding(&whole.bytes));
        let read = decode::decode(whole.bytes, options.encoding, declared)?;
        let page = decode::html::read_page(&read.text, options.page);
        source.title = page.title;
        source.date = page.date.map(|date| super::date::iso_date(&date));
        source.source = page.source;
        Ok(Decoded {
            text: page.text,
            limit: page.limit,
            ..read
        })
    }

    #[cfg(not(feature = "html"))]
    fn decode(&self, _: Whole, _: &ReadOptions, _: &mut Source) -> Result<Decoded> {
        use crate::error::{Error, ErrorKind};
        let reason = "this build reads no web pages (feature \"html\")";
        Err(Error::new(ErrorKind::Format, reason))
    }
}

/// A piece of a page, as feeds have it: no article has to be looked for in it.
pub(super) struct Fragment;

pub(super) const HTML: Format = Format::of_kind(&Html);

pub(super) const FRAGMENT: Format = Format::of_kind(&Fragment);

impl Kind for Fragment {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    #[cfg(feature = "html")]
    fn decode(&self, whole: Whole, options: &ReadOptions, _: &mut Source) -> Result<Decoded> {
        let _ = options;
        let read = decode::decode(whole.bytes, whole.declared, None)?;
        let text = fragment(&read.text)?;
        Ok(Decoded { text, ..read })
    }

    #[cfg(not(feature = "html"))]
    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        Html.decode(whole, options, source)
    }
}

/// The words of a piece of HTML.
#[cfg(feature = "html")]
pub(super) fn fragment(html: &str) -> Result<String> {
    match html.contains(['<', '&']) {
        true => Ok(decode::html::read_page(html, decode::PagePart::Whole).text),
        false => Ok(html.to_owned()),
    }
}

/// One line of HTML without tags and entities.
#[cfg(feature = "html")]
pub(super) fn unescaped(line: &str) -> String {
    if !line.contains(['<', '&']) {
        return line.to_owned();
    }
    let page = decode::html::read_page(line, decode::PagePart::Whole);
    page.text.split_whitespace().collect::<Vec<_>>().join(" ")
}
