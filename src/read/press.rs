//! Texts that press databases export, many articles in a file: Nexis, Factiva, Integrum and their like, told by their frame; and files that
//! the user says how to split.
//!
//! Each article is a document: its header is read into title, date, source and author, and neither header nor what the database adds at the
//! end is part of the text, so that no label is taken for somebody who speaks. Lines that were broken at a width are joined. A file is read
//! as a stream and may be of any size.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use regex::Regex;

use crate::decode;
use crate::error::{Error, ErrorKind};

use super::date::iso_date;
use super::format::{Format, Kind};
use super::press_labels::{self as labels, Label};
use super::stream::{LineRead, read_line};
use super::{Body, Known, Reader, Whole, lines, read_error, too_large};

/// How the articles of a file stand in it.
#[derive(Clone, Debug)]
enum Layout {
    /// “3 of 20 DOCUMENTS” above, labels in capitals.
    NexisNumbered,
    /// A line “Body” before the text, “End of Document” behind it.
    NexisUni,
    /// Lines begin with codes of two or three capitals (`HD`, `SN`, `TD`); `AN` ends the article.
    FactivaCodes,
    /// A line with the number of words above, “Document” with its number below.
    FactivaPlain,
    /// A header of labels (`Источник:`, `Дата:`, `Заголовок:`) above every article.
    Labelled,
    /// A line that the user describes begins an article.
    Split(Regex),
}

/// Texts of press databases.
pub(super) struct Press;

pub(super) const PRESS: Format = Format::of_kind(&Press);

const ARTICLE: Format = Format::TEXT;

impl Kind for Press {
    fn name(&self) -> &'static str {
        "press"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn shows(&self, head: &[u8]) -> bool {
        layout(&text_of(head)).is_some()
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
        reader.press(from, id, path)
    }
}

/// The first bytes as text.
fn text_of(head: &[u8]) -> String {
    match decode::sniff(head) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling(&head[mark..])
            .0
            .into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    }
}

/// The layout that the first lines of a file show.
fn layout(text: &str) -> Option<Layout> {
    let mut codes = 0u32;
    let mut words = false;
    let mut header = Vec::new();
    for line in text.lines().take(120) {
        let line = line.trim_end();
        let bare = line.trim();
        if is_numbered(bare) {
            return Some(Layout::NexisNumbered);
        }
        match labels::of_line(bare) {
            Some((label, _)) => {
                header.push(label);
                let has = |label| header.contains(&label);
                let is_header = has(Label::Title) && (has(Label::Date) || has(Label::Source));
                // A lone label is a line of any text.
                if is_header && header.len() >= 3 {
                    return Some(Layout::Labelled);
                }
            }
            None if bare.is_empty() => {}
            None => header.clear(),
        }
        match bare {
            "Body" => words = true,
            "End of Document" if words => return Some(Layout::NexisUni),
            _ => {}
        }
        if factiva_code(line).is_some() {
            codes |= match &line[..2] {
                "HD" => 1,
                "SN" | "PD" => 2,
                "LP" | "TD" | "WC" => 4,
                _ => 0,
            };
        }
        if is_factiva_end(bare) && has_word_count(text) {
            return Some(Layout::FactivaPlain);
        }
    }
    if codes == 7 {
        return Some(Layout::FactivaCodes);
    }
    // The first article may be longer than what is looked at.
    let mut lines = text.lines().map(str::trim);
    if words && lines.clone().any(|line| line.starts_with("Length:")) {
        return Some(Layout::NexisUni);
    }
    let counted = lines.position(is_word_count)?;
    let next = text.lines().map(str::trim).nth(counted + 1)?;
    let is_frame = (1..12).contains(&counted)
        && is_date_line(next)
        && text
            .lines()
            .take(counted + 12)
            .any(|line| is_copyright(line.trim()));
    is_frame.then_some(Layout::FactivaPlain)
}

/// “3 of 20 DOCUMENTS”
fn is_numbered(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_number =
        |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number(words.next())
        && words.next() == Some("of")
        && is_number(words.next())
        && matches!(words.next(), Some("DOCUMENTS" | "DOCUMENT"))
        && words.next().is_none()
}

/// A code of Factiva at the head of a line, and what follows it.
fn factiva_code(line: &str) -> Option<(&str, &str)> {
    let end = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = line.get(end..)?;
    let is_code = (2..=3).contains(&end) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    const CODES: [&str; 28] = [
        "AN", "ART", "BY", "CLM", "CO", "CR", "CT", "CX", "CY", "ED", "ET", "HD", "HL", "IN",
        "IPC", "IPD", "LA", "LP", "NS", "PD", "PG", "PUB", "RE", "RF", "SC", "SE", "SN", "TD",
    ];
    let code = &line[..end];
    (is_code && (CODES.contains(&code) || matches!(code, "VOL" | "WC")))
        .then(|| (code, rest.trim()))
}

/// “Document GRDN000020190105ef150001x”
fn is_factiva_end(line: &str) -> bool {
    let id = line
        .strip_prefix("Document ")
        .or_else(|| line.strip_prefix("Документ "));
    id.is_some_and(|id| {
        id.len() >= 15
            && id.bytes().all(|b| b.is_ascii_alphanumeric())
            && id.bytes().filter(u8::is_ascii_digit).count() >= 8
    })
}

/// “1,545 words”, «545 слов»
fn is_word_count(line: &str) -> bool {
    let Some((number, unit)) = line.rsplit_once(' ') else {
        return false;
    };
    matches!(unit, "words" | "word" | "слов" | "слова" | "слово")
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{A0}'))
}

fn has_word_count(text: &str) -> bool {
    text.lines().any(|line| is_word_count(line.trim()))
}

fn is_date_line(line: &str) -> bool {
    line.len() < 60 && super::date::is_iso(&iso_date(line))
}

fn is_copyright(line: &str) -> bool {
    ["Copyright", "©", "(c)", "(C)", "All Rights Reserved"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

/// What stands in an article's frame.
#[derive(Default)]
struct Article {
    known: Known,
    text: String,
}

impl Reader<'_, '_> {
    fn press(&mut self, from: Box<dyn Read + '_>, id: &str, path: &str) -> ControlFlow<()> {
        let from = match self.decoded(from, path) {
            Ok(from) => from,
            Err(e) => return self.fail(e),
        };
        let peeked = super::stream::peeked(Box::new(from), 1 << 16);
        let (head, from) = match peeked {
            Ok(peeked) => peeked,
            Err(e) => return self.fail(read_error(path, &e)),
        };
        let said = self.options.split.clone().map(Layout::Split);
        let Some(layout) = said.or_else(|| layout(&String::from_utf8_lossy(&head))) else {
            let reason = "no export of a press database: its frame is none that is known";
            return self.fail(Error::new(ErrorKind::Format, reason).at(path));
        };
        let mut from = BufReader::with_capacity(1 << 16, from);
        let limit = self.options.max_bytes;
        let mut article = Lines::default();
        let (mut line, mut number) = (Vec::new(), 0u64);
        for at in 1u64.. {
            let read = match read_line(&mut from, limit, &mut line) {
                Ok(read) => read,
                Err(e) => return self.fail(read_error(path, &e).on_line(at)),
            };
            if read == LineRead::TooLong {
                self.fail(too_large(path, limit).on_line(at))?;
                continue;
            }
            let text = String::from_utf8_lossy(&line);
            let place = match read {
                LineRead::End => Place::End,
                _ => place(&layout, &text, &article),
            };
            match place {
                Place::Inside => article.push(at, text.into_owned()),
                Place::Last => {
                    article.push(at, text.into_owned());
                    self.article(&mut article, &layout, &mut number, id, path)?;
                }
                Place::First | Place::Between => {
                    // The labels before one that shows that they begin an article are its own.
                    let own = article.cut_labels(&layout);
                    self.article(&mut article, &layout, &mut number, id, path)?;
                    article = own;
                    if matches!(place, Place::First) {
                        article.push(at, text.into_owned());
                    }
                }
                Place::End => {
                    return self.article(&mut article, &layout, &mut number, id, path);
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn article(
        &mut self,
        lines: &mut Lines,
        layout: &Layout,
        number: &mut u64,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let Lines { first, lines } = std::mem::take(lines);
        if lines.iter().all(|line| line.trim().is_empty()) {
            return ControlFlow::Continue(());
        }
        let size: usize = lines.iter().map(String::len).sum();
        if size > self.options.max_bytes {
            return self.fail(too_large(path, self.options.max_bytes).on_line(first));
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let found = match layout {
            Layout::NexisNumbered => nexis_numbered(&lines),
            Layout::NexisUni => nexis_uni(&lines),
            Layout::FactivaCodes => factiva_codes(&lines),
            Layout::FactivaPlain => factiva_plain(&lines),
            Layout::Labelled => labelled(&lines, &[]),
            Layout::Split(_) => labelled(&lines, &self.options.headers),
        };
        let Some(found) = found else {
            return self.skip(path, Some(first), OUTSIDE);
        };
        *number += 1;
        let whole = Whole {
            bytes: lines::joined(found.text.trim()).into_bytes(),
            declared: Some(encoding_rs::UTF_8),
            known: Some(Box::new(found.known)),
        };
        let id = format!("{id}:{number}");
        self.document(id, path, Some(first), Body::Whole(ARTICLE, whole))
    }
}

const OUTSIDE: &str = "a part of an export of a press database that is no article";

/// Lines of the article at hand, and the number of the first.
#[derive(Default)]
struct Lines {
    first: u64,
    lines: Vec<String>,
}

impl Lines {
    fn push(&mut self, at: u64, line: String) {
        if self.lines.is_empty() {
            self.first = at;
        }
        self.lines.push(line);
    }

    /// Whether a line of the text, and no label, has been read.
    fn has_text(&self) -> bool {
        self.lines
            .iter()
            .any(|line| !line.trim().is_empty() && labels::of_line(line.trim()).is_none())
    }

    /// Takes off the labels at the end, which belong to the next article.
    fn cut_labels(&mut self, layout: &Layout) -> Lines {
        if !matches!(layout, Layout::Labelled) {
            return Lines::default();
        }
        let is_label = |line: &String| labels::of_line(line.trim()).is_some();
        let kept = self
            .lines
            .iter()
            .rposition(|line| !is_label(line))
            .map_or(0, |i| i + 1);
        let lines = self.lines.split_off(kept);
        Lines {
            first: self.first + kept as u64,
            lines,
        }
    }
}

/// Where a line stands.
enum Place {
    Inside,
    /// It is the last line of an article.
    Last,
    /// It is the first line of one.
    First,
    /// It stands between two, and belongs to none.
    Between,
    End,
}

fn place(layout: &Layout, line: &str, article: &Lines) -> Place {
    let bare = line.trim();
    match layout {
        Layout::NexisNumbered if is_numbered(bare) => Place::Between,
        Layout::NexisUni if bare == "End of Document" => Place::Last,
        Layout::FactivaCodes if line.starts_with("AN ") => Place::Last,
        Layout::FactivaPlain if is_factiva_end(bare) => Place::Last,
        Layout::Labelled if labels::is_counter(bare) => Place::Between,
        // The second label in a row, behind a text: the first one began an article.
        Layout::Labelled => {
            let before = article.lines.last().map_or("", |line| line.trim());
            let two = labels::of_line(before).is_some() && labels::of_line(bare).is_some();
            match two && article.begins_anew() {
                true => Place::First,
                false => Place::Inside,
            }
        }
        Layout::Split(pattern) => match pattern.find(line) {
            Some(found) if found.range() == (0..line.len()) => Place::Between,
            Some(_) => Place::First,
            None => Place::Inside,
        },
        _ => Place::Inside,
    }
}

impl Lines {
    /// Whether the label at the end stands behind a text.
    fn begins_anew(&self) -> bool {
        let (_, before) = match self.lines.split_last() {
            Some(split) => split,
            None => return false,
        };
        let last = before.iter().rev().find(|line| !line.trim().is_empty());
        self.has_text() && last.is_some_and(|line| labels::of_line(line.trim()).is_none())
    }
}

/// Paragraphs of lines: without the blank lines between.
fn paragraphs<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    lines
        .split(|line| line.trim().is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .map(<[&str]>::to_vec)
        .collect()
}

fn one_line(lines: &[&str]) -> String {
    let words: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    words.join(" ")
}

fn some(line: String) -> Option<String> {
    (!line.is_empty()).then_some(line)
}

/// A label in capitals and what follows it: `BYLINE: Ann Ray`.
fn capital_label(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.trim().split_once(':')?;
    let is_label = label.len() >= 4 && label.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    is_label.then(|| (label, value.trim()))
}

/// Labels that a database adds behind a text.
const TAIL: [&str; 14] = [
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "JOURNAL-CODE",
    "DOCUMENT-TYPE",
    "GRAPHIC",
    "SUBJECT",
    "ACC-NO",
    "NOTES",
    "ORGANIZATION",
    "PERSON",
    "GEOGRAPHIC",
    "INDUSTRY",
    "CORRECTION-DATE",
];

fn nexis_numbered(lines: &[&str]) -> Option<Article> {
    let mut article = Article::default();
    let known = &mut article.known;
    let mut body: Vec<String> = Vec::new();
    let mut is_header = true;
    for paragraph in paragraphs(lines) {
        let first = paragraph[0].trim();
        if is_copyright(first) {
            continue;
        }
        if let Some((label, value)) = capital_label(first)
            && (body.is_empty() || TAIL.contains(&label))
        {
            if !body.is_empty() {
                break;
            }
            if label == "BYLINE" {
                known.author = some(one_line(&[&[value], &paragraph[1..]].concat()));
            }
            is_header = false;
            continue;
        }
        let words = one_line(&paragraph);
        if is_header && known.source.is_none() {
            known.source = Some(words);
        } else if is_header && known.date.is_none() && is_date_line(first) {
            known.date = Some(iso_date(first));
        } else if is_header && known.title.is_none() {
            known.title = Some(words);
        } else {
            body.push(paragraph.join("\n"));
        }
    }
    article.text = body.join("\n\n");
    article.known.date.as_ref()?;
    Some(article)
}

/// Labels above a text whose values are no part of it.
const UNI: [&str; 4] = ["Section:", "Length:", "Dateline:", "Highlight:"];

fn nexis_uni(lines: &[&str]) -> Option<Article> {
    let body = lines.iter().position(|line| line.trim() == "Body")?;
    let mut article = Article::default();
    let known = &mut article.known;
    for paragraph in paragraphs(&lines[..body]) {
        for line in paragraph {
            let line = line.trim();
            if let Some(author) = line.strip_prefix("Byline:") {
                known.author = some(one_line(&[author]));
            } else if is_copyright(line) || UNI.iter().any(|label| line.starts_with(label)) {
                continue;
            } else if known.title.is_none() {
                known.title = Some(one_line(&[line]));
            } else if known.date.is_none() && is_date_line(line) {
                known.date = Some(iso_date(line));
            } else if known.source.is_none() && known.date.is_none() {
                known.source = Some(one_line(&[line]));
            }
        }
    }
    let rest = &lines[body + 1..];
    let is_tail = |line: &&str| {
        let line = line.trim();
        matches!(
            line,
            "End of Document" | "Graphic" | "Classification" | "Notes" | "Correction"
        ) || line.starts_with("Load-Date:")
    };
    let end = rest.iter().position(is_tail).unwrap_or(rest.len());
    article.text = rest[..end].join("\n");
    Some(article)
}

fn factiva_codes(lines: &[&str]) -> Option<Article> {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match factiva_code(line) {
            Some((code, value)) => fields.push((code, vec![value])),
            None => {
                if let Some((_, values)) = fields.last_mut() {
                    values.push(line.trim());
                }
            }
        }
    }
    let field = |code: &str| {
        fields
            .iter()
            .find(|(c, _)| *c == code)
            .map(|(_, lines)| lines.as_slice())
    };
    let line = |code: &str| field(code).and_then(|lines| some(one_line(lines)));
    let text =
        |code: &str| field(code).map_or(String::new(), |lines| lines.join("\n").trim().to_owned());
    Some(Article {
        known: Known {
            id: line("AN").map(|id| id.trim_start_matches("Document ").to_owned()),
            title: Some(line("HD")?),
            date: line("PD").map(|date| iso_date(&date)),
            source: line("SN"),
            author: line("BY"),
            ..Known::default()
        },
        text: [text("LP"), text("TD")].join("\n\n"),
    })
}

fn factiva_plain(lines: &[&str]) -> Option<Article> {
    let counted = lines.iter().position(|line| is_word_count(line.trim()))?;
    let mut known = Known::default();
    let above = lines[..counted]
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty());
    let is_byline = |line: &str| line.starts_with("By ") || line.starts_with("BY ");
    let mut heads = Vec::new();
    for line in above {
        match is_byline(line) {
            true => known.author = some(one_line(&[&line[3..]])),
            false => heads.push(line),
        }
    }
    // A section above and a name below are shorter than the headline.
    known.title = heads
        .iter()
        .rev()
        .max_by_key(|line| line.chars().count())
        .map(|line| one_line(&[line]));
    let below = &lines[counted + 1..];
    let mut body = 0;
    for (i, line) in below.iter().enumerate().take(12) {
        let line = line.trim();
        let is_time = line.len() <= 5 && line.contains(':');
        if line.is_empty() && body > 0 {
            break;
        }
        if known.date.is_none() && is_date_line(line) {
            known.date = Some(iso_date(line));
        } else if known.date.is_some() && known.source.is_none() && !is_time && !line.is_empty() {
            known.source = Some(one_line(&[line]));
        } else if is_copyright(line) {
            body = i + 1;
        }
        if matches!(line, "English" | "Russian" | "русский" | "Русский") && body == 0
        {
            body = i + 1;
        }
    }
    let rest = &below[body..];
    let end = rest
        .iter()
        .position(|line| is_factiva_end(line.trim()))
        .unwrap_or(rest.len());
    known.id = rest
        .get(end)
        .and_then(|line| line.trim().split_once(' '))
        .map(|(_, id)| id.to_owned());
    Some(Article {
        known,
        text: rest[..end].join("\n"),
    })
}

/// Labels at the head of an article, and its text. `own` are the labels that the user names.
fn labelled(lines: &[&str], own: &[(String, Label)]) -> Option<Article> {
    let mut article = Article::default();
    let mut from = 0;
    for (i, line) in lines.iter().enumerate() {
        let line = line.trim();
        let found = match own.is_empty() {
            true => labels::of_line(line),
            false => labels::of_own(line, own),
        };
        match found {
            Some((label, value)) => {
                from = i + 1;
                if label == Label::Text {
                    article.text = value.to_owned();
                    break;
                }
                set(&mut article.known, label, value);
            }
            None if line.is_empty() => {}
            None => break,
        }
    }
    article.text.push('\n');
    article.text.push_str(&lines[from..].join("\n"));
    Some(article)
}

fn set(known: &mut Known, label: Label, value: &str) {
    let value = some(one_line(&[value]));
    let slot = match label {
        Label::Title => &mut known.title,
        Label::Source => &mut known.source,
        Label::Author => &mut known.author,
        Label::Id => &mut known.id,
        Label::Url => &mut known.url,
        Label::Date => {
            known.date = known.date.take().or(value.map(|date| iso_date(&date)));
            return;
        }
        Label::Text | Label::Other => return,
    };
    if slot.is_none() {
        *slot = value;
    }
}
