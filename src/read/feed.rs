//! Feeds in RSS (0.9 to 2.0) and Atom: an item or entry a document; and XML that is neither, which is refused.
//!
//! The text is the longest form that the item has: `content:encoded`, `yandex:full-text` or `content`, else `description` or `summary`. It
//! is HTML in RSS, and in Atom where the element says so.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

use crate::decode::Decoded;
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};

use super::date::iso_date;
use super::format::{Format, Kind};
use super::{Body, Known, ReadOptions, Reader, Whole, page, read_error, too_large, xml_entity};

/// RSS and Atom.
pub(super) struct Feed;

impl Kind for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom", "rdf"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        matches!(root(head).as_deref(), Some("rss" | "feed" | "RDF"))
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        reader.feed(from, id, path)
    }
}

/// XML of other kinds.
pub(super) struct OtherXml;

impl Kind for OtherXml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        matches!(root(head).as_deref(), Some("urlset" | "sitemapindex"))
    }

    fn decode(&self, whole: Whole, _: &ReadOptions, _: &mut Source) -> Result<Decoded> {
        let reason = match root(&whole.bytes).as_deref() {
            Some("urlset" | "sitemapindex") => {
                "a sitemap: it has addresses of pages, and no texts".to_owned()
            }
            Some(root) => {
                format!("XML with the root element <{root}>, which is no feed and no web page")
            }
            None => "no XML, and nothing else that is read".to_owned(),
        };
        Err(Error::new(ErrorKind::Format, reason))
    }
}

/// Local name of the first element.
fn root(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&head[..head.len().min(4096)]);
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    if !rest.starts_with('<') {
        return None;
    }
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let close = match rest.as_bytes().first()? {
            b'?' => "?>",
            b'!' if rest.starts_with("!--") => "-->",
            b'!' => ">",
            _ => break,
        };
        rest = &rest[rest.find(close)? + close.len()..];
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = &rest[..end];
    let local = name.rsplit(':').next().unwrap_or(name);
    (!local.is_empty()).then(|| local.to_owned())
}

/// What an element of an item is to us; of several for one thing the lowest rank counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Id,
    Title,
    Url,
    Date,
    Author,
    Source,
    Text,
}

const SLOTS: usize = 7;

fn slot(name: &str) -> Option<(Slot, u8)> {
    Some(match name {
        "guid" | "id" => (Slot::Id, 0),
        "title" => (Slot::Title, 0),
        "link" => (Slot::Url, 0),
        "pubDate" | "published" => (Slot::Date, 0),
        "dc:date" | "issued" => (Slot::Date, 1),
        "updated" | "modified" => (Slot::Date, 2),
        "dc:creator" => (Slot::Author, 0),
        "author" => (Slot::Author, 1),
        "source" => (Slot::Source, 0),
        "content:encoded" | "yandex:full-text" | "content" => (Slot::Text, 0),
        "description" | "summary" => (Slot::Text, 1),
        _ => return None,
    })
}

#[derive(Default)]
struct Item {
    slots: [Option<(u8, String)>; SLOTS],
    is_html: bool,
}

impl Item {
    fn take(&mut self, slot: Slot) -> Option<String> {
        let (_, value) = self.slots[slot as usize].take()?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then_some(value)
    }
}

/// What is being collected.
struct Open {
    slot: Slot,
    rank: u8,
    depth: usize,
    is_html: bool,
    /// Whether its children are its markup.
    is_markup: bool,
    text: String,
}

impl Reader<'_, '_> {
    fn feed(&mut self, from: Box<dyn Read + '_>, id: &str, path: &str) -> ControlFlow<()> {
        let from = match self.decoded_xml(from, path) {
            Ok(from) => from,
            Err(e) => return self.fail(e),
        };
        let mut xml = Xml::from_reader(from);
        let config = xml.config_mut();
        (config.check_end_names, config.allow_unmatched_ends) = (false, true);
        let mut buffer = Vec::new();
        // Qualified names of open elements.
        let mut names: Vec<String> = Vec::new();
        let mut item: Option<(usize, Item)> = None;
        let mut open: Option<Open> = None;
        let mut channel = String::new();
        let (mut number, mut size) = (0u64, 0usize);
        loop {
            buffer.clear();
            let event = match xml.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(quick_xml::Error::Io(e)) => return self.fail(read_error(path, &e)),
                Err(e) => {
                    let reason = format!("broken XML behind item {number}: {e}");
                    return self.fail(Error::new(ErrorKind::Format, reason).at(path));
                }
            };
            match event {
                Event::Eof => break,
                Event::Start(start) => {
                    let name = start.name().as_ref().to_owned();
                    names.push(name.clone());
                    if item.is_none() && matches!(name.as_str(), "item" | "entry") {
                        (item, size) = (Some((names.len(), Item::default())), 0);
                    } else if let Some((depth, _)) = &item {
                        opened(&start, &name, names.len() - depth, names.len(), &mut open);
                    }
                }
                Event::Empty(start) => {
                    if let Some((_, item)) = &mut item {
                        emptied(&start, open.as_mut(), item);
                    }
                }
                Event::Text(text) => {
                    let text = text.xml10_content();
                    size += text.len();
                    match &mut open {
                        Some(open) => put(open, &names, &text),
                        None if item.is_none() && is_channel_title(&names) => {
                            channel.push_str(&text);
                        }
                        None => {}
                    }
                }
                Event::CData(text) => {
                    let text: &str = &text;
                    size += text.len();
                    match &mut open {
                        Some(open) => open.text.push_str(text),
                        None if item.is_none() && is_channel_title(&names) => {
                            channel.push_str(text);
                        }
                        None => {}
                    }
                }
                Event::GeneralRef(entity) => {
                    let text = xml_entity(&entity);
                    match &mut open {
                        Some(open) => put(open, &names, &text),
                        None if item.is_none() && is_channel_title(&names) => {
                            channel.push_str(&text);
                        }
                        None => {}
                    }
                }
                Event::End(_) => {
                    let depth = names.len();
                    let name = names.pop().unwrap_or_default();
                    if let Some(found) = &mut open {
                        if found.depth < depth {
                            if found.is_markup && !found.text.is_empty() {
                                found.text.push_str(&format!("</{name}>"));
                            }
                        } else if let (Some(found), Some((_, item))) = (open.take(), &mut item) {
                            close(found, item);
                        }
                    }
                    if item.as_ref().is_some_and(|(begun, _)| *begun == depth)
                        && let Some((_, item)) = item.take()
                    {
                        number += 1;
                        let limit = self.options.max_bytes;
                        if size > limit {
                            self.fail(too_large(path, limit))?;
                        } else {
                            self.item(item, &channel, &format!("{id}:{number}"), path)?;
                        }
                    }
                }
                _ => {}
            }
        }
        if item.is_some() {
            let reason = "the feed ends inside an item, as if it was cut off";
            return self.fail(Error::new(ErrorKind::Format, reason).at(path));
        }
        ControlFlow::Continue(())
    }

    fn item(&mut self, mut item: Item, channel: &str, id: &str, path: &str) -> ControlFlow<()> {
        let channel = channel.split_whitespace().collect::<Vec<_>>().join(" ");
        let url = item.take(Slot::Url);
        let known = Known {
            id: item.take(Slot::Id).or_else(|| url.clone()),
            title: item.take(Slot::Title).map(|title| page::unescaped(&title)),
            date: item.take(Slot::Date).map(|date| iso_date(&date)),
            source: item
                .take(Slot::Source)
                .or_else(|| (!channel.is_empty()).then_some(channel)),
            author: item.take(Slot::Author),
            url,
        };
        let text = item.slots[Slot::Text as usize].take();
        let text = text.map_or(String::new(), |(_, text)| text);
        let format = match item.is_html {
            true => page::FRAGMENT,
            false => Format::TEXT,
        };
        let whole = Whole {
            bytes: text.into_bytes(),
            declared: Some(encoding_rs::UTF_8),
            known: Some(Box::new(known)),
        };
        self.document(id.to_owned(), path, None, Body::Whole(format, whole))
    }
}

/// Takes an opening tag inside an item, so many levels below it.
fn opened(start: &BytesStart<'_>, name: &str, below: usize, depth: usize, open: &mut Option<Open>) {
    if let Some(open) = open {
        if open.is_markup {
            open.text.push_str(&format!("<{name}>"));
        }
        return;
    }
    if below != 1 {
        return;
    }
    let Some((slot, rank)) = slot(name) else {
        return;
    };
    // Atom says what its texts are; those of RSS are HTML.
    let kind = attribute(start, "type").unwrap_or_default();
    let is_atom_text = matches!(name, "content" | "summary") && matches!(&*kind, "" | "text");
    let is_xhtml = kind.contains("xhtml") || kind.contains("xml");
    *open = Some(Open {
        slot,
        rank,
        depth,
        is_html: slot == Slot::Text && !is_atom_text,
        is_markup: slot == Slot::Text && (is_xhtml || !is_atom_text),
        text: String::new(),
    });
}

/// Takes an element without content: `<link href="…"/>`, `<br/>`.
fn emptied(start: &BytesStart<'_>, open: Option<&mut Open>, item: &mut Item) {
    let name = start.name();
    let name: &str = name.as_ref();
    if let Some(open) = open {
        if open.is_markup {
            open.text.push_str(&format!("<{name}>"));
        }
    } else if name == "link" {
        let rel = attribute(start, "rel").unwrap_or_default();
        if matches!(&*rel, "" | "alternate")
            && let Some(href) = attribute(start, "href")
        {
            item.slots[Slot::Url as usize].get_or_insert((0, href));
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start
        .attributes()
        .flatten()
        .find(|a| a.key.as_ref() == name)?;
    let value: &str = &found.value;
    Some(page::unescaped(value).trim().to_owned())
}

/// Adds text to what is being collected.
fn put(open: &mut Open, names: &[String], text: &str) {
    let inner = names.last().map_or("", String::as_str);
    let is_inside = names.len() > open.depth;
    match open.slot {
        // Of a person, the name; of the feed that an entry was taken from, the title.
        Slot::Author if is_inside && inner != "name" => {}
        Slot::Source if is_inside && inner != "title" => {}
        Slot::Text if open.is_html && is_inside => {
            open.text
                .push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        }
        _ => open.text.push_str(text),
    }
}

fn close(open: Open, item: &mut Item) {
    if open.text.trim().is_empty() {
        return;
    }
    let slot = &mut item.slots[open.slot as usize];
    let is_better = match slot {
        None => true,
        Some((rank, old)) => {
            open.rank < *rank
                || open.rank == *rank && open.slot == Slot::Text && open.text.len() > old.len()
        }
    };
    if is_better {
        if open.slot == Slot::Text {
            item.is_html = open.is_html;
        }
        *slot = Some((open.rank, open.text));
    }
}

fn is_channel_title(names: &[String]) -> bool {
    match names {
        [.., parent, name] => name == "title" && matches!(parent.as_str(), "channel" | "feed"),
        _ => false,
    }
}

impl Reader<'_, '_> {
    /// A stream of XML as UTF-8, in the encoding that its first line tells.
    fn decoded_xml<'r>(
        &mut self,
        from: Box<dyn Read + 'r>,
        path: &str,
    ) -> Result<Box<dyn BufRead + 'r>> {
        let (head, from) = super::stream::peeked(from, 256).map_err(|e| read_error(path, &e))?;
        let from = self.decoded_as(from, path, declared(&head))?;
        Ok(Box::new(from))
    }
}

/// The encoding in `<?xml … encoding="…"?>`, but for UTF-8.
fn declared(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(head);
    let line = head.trim_start_matches('\u{FEFF}').strip_prefix("<?xml")?;
    let line = &line[..line.find("?>")?];
    let (_, rest) = line.split_once("encoding")?;
    let rest = rest.trim_start_matches([' ', '=']);
    let mark = rest.chars().next()?;
    let name = rest[mark.len_utf8()..].split(mark).next()?;
    crate::decode::encoding_named(name).filter(|e| *e != encoding_rs::UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_told() {
        for (head, name) in [
            (
                "<?xml version=\"1.0\"?>\n<!-- a --><rss version=\"2.0\">",
                Some("rss"),
            ),
            (
                "\u{FEFF}<feed xmlns=\"http://www.w3.org/2005/Atom\">",
                Some("feed"),
            ),
            ("<rdf:RDF xmlns:rdf=\"x\">", Some("RDF")),
            ("<urlset>", Some("urlset")),
            ("<!DOCTYPE html><html>", Some("html")),
            ("Да", None),
            ("<", None),
            ("<?xml", None),
        ] {
            assert_eq!(root(head.as_bytes()).as_deref(), name, "{head}");
        }
        assert_eq!(
            declared(b"<?xml version='1.0' encoding='windows-1251'?><rss>"),
            Some(encoding_rs::WINDOWS_1251)
        );
        assert_eq!(declared(b"<rss>"), None);
    }
}
