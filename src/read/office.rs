//! Office files: documents of Word (.docx), a document a file; workbooks (.xlsx), a record a row.
//!
//! Of a document the paragraphs are read, each on a line of its own, with those in tables; words that were struck out in review are not. Of
//! a workbook every sheet is read whose first row has a column for texts.

use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use calamine::{DataRef, Reader as _, Xlsx as Workbook};
use quick_xml::events::Event;

use crate::decode::Decoded;
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};

use super::date::iso_date;
use super::format::Kind;
use super::record::Role;
use super::{Body, ReadOptions, Reader, Whole, read_error, too_large};

/// Bytes that such a file may have, which pictures make large.
const MOST: usize = 256 << 20;
/// Bytes that one member may unpack to.
const MOST_OF_MEMBER: u64 = 512 << 20;

const NO_TEXTS: &str = "a sheet of a workbook without a column for texts";

/// Whether the first bytes are those of an Office file of a folder of this name inside.
fn holds(head: &[u8], folder: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, folder).is_some()
}

/// A document of Word.
pub(super) struct Docx;

impl Kind for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        holds(head, b"word/")
    }

    fn most_bytes(&self, limit: usize) -> usize {
        limit.max(MOST)
    }

    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let mut archive = zip::ZipArchive::new(Cursor::new(whole.bytes)).map_err(|e| broken(&e))?;
        let body = member(&mut archive, "word/document.xml")?;
        let text = paragraphs(&body)?;
        if text.len() > options.max_bytes {
            let reason = format!(
                "its text is larger than {} bytes, the limit of one document (--max-bytes)",
                options.max_bytes
            );
            return Err(Error::new(ErrorKind::Limit, reason));
        }
        if let Ok(core) = member(&mut archive, "docProps/core.xml") {
            let [title, created] = core_properties(&core);
            source.title = title;
            source.date = created.map(|date| iso_date(&date));
        }
        Ok(Decoded {
            text,
            encoding: encoding_rs::UTF_8.name(),
            damaged: 0,
            limit: None,
        })
    }
}

fn broken(e: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Format, format!("broken Office file: {e}"))
}

fn member(archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<String> {
    let member = archive
        .by_name(name)
        .map_err(|e| broken(&format!("{name}: {e}")))?;
    let mut text = String::new();
    member
        .take(MOST_OF_MEMBER)
        .read_to_string(&mut text)
        .map_err(|e| broken(&format!("{name}: {e}")))?;
    Ok(text)
}

/// The paragraphs of a document, with an empty line between.
fn paragraphs(xml: &str) -> Result<String> {
    let mut from = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    let (mut in_text, mut struck) = (false, 0u32);
    loop {
        match from.read_event().map_err(|e| broken(&e))? {
            Event::Eof => break,
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => in_text = struck == 0,
                "del" | "moveFrom" => struck += 1,
                _ => {}
            },
            Event::Empty(start) => match start.local_name().as_ref() {
                "br" | "cr" => text.push('\n'),
                "tab" => text.push('\t'),
                "noBreakHyphen" => text.push('-'),
                "p" => text.push('\n'),
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => in_text = false,
                "del" | "moveFrom" => struck = struck.saturating_sub(1),
                "p" => text.push_str("\n\n"),
                _ => {}
            },
            Event::Text(words) if in_text => text.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) if in_text => {
                text.push_str(&super::xml_entity(&entity));
            }
            _ => {}
        }
    }
    Ok(text)
}

/// Title and day of creation.
fn core_properties(xml: &str) -> [Option<String>; 2] {
    let mut from = quick_xml::Reader::from_str(xml);
    let mut found = [None, None];
    let mut at: Option<usize> = None;
    while let Ok(event) = from.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                at = match start.local_name().as_ref() {
                    "title" => Some(0),
                    "created" => Some(1),
                    _ => None,
                }
            }
            Event::End(_) => at = None,
            Event::Text(words) => {
                if let Some(at) = at {
                    let value: &mut String = found[at].get_or_insert_default();
                    value.push_str(&words.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(at) = at {
                    let value: &mut String = found[at].get_or_insert_default();
                    value.push_str(&super::xml_entity(&entity));
                }
            }
            _ => {}
        }
    }
    found.map(|value| value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()))
}

/// A workbook.
pub(super) struct Xlsx;

impl Kind for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        holds(head, b"xl/")
    }

    fn is_single(&self) -> bool {
        false
    }

    fn read(
        &self,
        reader: &mut Reader<'_, '_>,
        mut from: Box<dyn Read + '_>,
        id: &str,
        path: &str,
    ) -> ControlFlow<()> {
        let mut bytes = Vec::new();
        match from.by_ref().take(MOST as u64 + 1).read_to_end(&mut bytes) {
            Err(e) => return reader.fail(read_error(path, &e)),
            Ok(_) if bytes.len() > MOST => return reader.fail(too_large(path, MOST)),
            Ok(_) => {}
        }
        let mut book = match Workbook::new(Cursor::new(bytes)) {
            Ok(book) => book,
            Err(e) => return reader.fail(broken(&e).at(path)),
        };
        let sheets = book.sheet_names();
        let before = reader.met;
        for (n, sheet) in sheets.iter().enumerate() {
            let id = match n {
                0 => id.to_owned(),
                _ => format!("{id}/{sheet}"),
            };
            // Of many sheets some are no tables of texts; where none is, the reason is told.
            let is_only = n + 1 == sheets.len() && reader.met == before;
            reader.sheet(&mut book, sheet, &id, path, is_only)?;
        }
        ControlFlow::Continue(())
    }
}

/// The cells of one row: row and column from 0.
type Row = (u32, Vec<(u32, String)>);

impl Reader<'_, '_> {
    fn sheet(
        &mut self,
        book: &mut Workbook<Cursor<Vec<u8>>>,
        sheet: &str,
        id: &str,
        path: &str,
        is_only: bool,
    ) -> ControlFlow<()> {
        let place = format!("{path}#{sheet}");
        let mut cells = match book.worksheet_cells_reader(sheet) {
            Ok(cells) => cells,
            Err(e) => return self.fail(broken(&e).at(place)),
        };
        let mut rows: VecDeque<Row> = VecDeque::new();
        let mut roles: Option<Vec<Option<(Role, usize)>>> = None;
        loop {
            let cell = match cells.next_cell() {
                Ok(cell) => cell,
                Err(e) => return self.fail(broken(&e).at(place)),
            };
            if let Some(cell) = &cell {
                let (row, column) = cell.get_position();
                let Some(value) = words(cell.get_value()) else {
                    continue;
                };
                match rows.back_mut() {
                    Some((last, values)) if *last == row => {
                        values.push((column, value));
                        continue;
                    }
                    _ => rows.push_back((row, vec![(column, value)])),
                }
            }
            // A row is whole when the next one begins.
            let is_end = cell.is_none();
            while rows.len() > 1 || is_end && !rows.is_empty() {
                let Some((row, values)) = rows.pop_front() else {
                    break;
                };
                let Some(roles) = &roles else {
                    let names: Vec<&str> = values.iter().map(|(_, name)| name.as_str()).collect();
                    let mut found = Vec::new();
                    for (column, name) in &values {
                        found.resize(*column as usize, None);
                        found.push(self.options.fields.role(name));
                    }
                    if !found.iter().flatten().any(|(role, _)| *role == Role::Text) {
                        if is_only {
                            let error = self.options.fields.no_text("column", &names);
                            return self.fail(error.at(place).on_line(u64::from(row) + 1));
                        }
                        return self.skip(&place, None, NO_TEXTS);
                    }
                    roles = Some(found);
                    continue;
                };
                let line = u64::from(row) + 1;
                let cells: Vec<_> = values
                    .into_iter()
                    .filter_map(|(column, value)| {
                        let role = roles.get(column as usize).copied().flatten()?;
                        Some((role, value.into_bytes()))
                    })
                    .collect();
                let cells = with_text(cells, roles);
                let size: usize = cells.iter().map(|(_, cell)| cell.len()).sum();
                if size > self.options.max_bytes {
                    self.fail(too_large(path, self.options.max_bytes).on_line(line))?;
                } else {
                    self.document(format!("{id}:{line}"), path, Some(line), Body::Cells(cells))?;
                }
            }
            if is_end {
                return ControlFlow::Continue(());
            }
        }
    }
}

/// Cells that matter, with their roles.
type Cells = Vec<((Role, usize), Vec<u8>)>;

/// A row whose cell for the text is empty has an empty text: workbooks leave such cells out.
fn with_text(mut cells: Cells, roles: &[Option<(Role, usize)>]) -> Cells {
    let is_text = |role: &&(Role, usize)| role.0 == Role::Text;
    if !cells.iter().any(|(role, _)| role.0 == Role::Text)
        && let Some(role) = roles.iter().flatten().find(is_text)
    {
        cells.push((*role, Vec::new()));
    }
    cells
}

/// What stands in a cell; days as ISO dates.
fn words(value: &DataRef<'_>) -> Option<String> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTimeIso(date) => date.clone(),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        _ => return None,
    })
}
