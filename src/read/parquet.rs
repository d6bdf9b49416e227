//! Parquet: a row a document, columns by name as in other tables.
//!
//! A file is held in memory as it is packed, and its rows are unpacked one after another.

use std::io::Read;
use std::ops::ControlFlow;

use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::error::{Error, ErrorKind};

use super::date::iso_date;
use super::format::Kind;
use super::record::Role;
use super::{Body, Reader, read_error, too_large};

/// Bytes that a file may have.
const MOST: usize = 1 << 30;

/// A table in Parquet.
pub(super) struct Parquet;

impl Kind for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["parquet", "pq"]
    }

    fn shows(&self, head: &[u8]) -> bool {
        head.starts_with(b"PAR1")
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
        reader.parquet(bytes::Bytes::from(bytes), id, path)
    }
}

impl Reader<'_, '_> {
    fn parquet(&mut self, bytes: impl ChunkReader + 'static, id: &str, path: &str) -> ControlFlow<()> {
        let broken = |e: &dyn std::fmt::Display| {
            Error::new(ErrorKind::Format, format!("Parquet that is broken or packed in a way that is not read: {e}")).at(path)
        };
        let file = match SerializedFileReader::new(bytes) {
            Ok(file) => file,
            Err(e) => return self.fail(broken(&e)),
        };
        let schema = file.metadata().file_metadata().schema();
        let names: Vec<String> = schema.get_fields().iter().map(|f| f.name().to_owned()).collect();
        let is_text = |name: &String| matches!(self.options.fields.role(name), Some((Role::Text, _)));
        if !names.iter().any(is_text) {
            return self.fail(self.options.fields.no_text("column", &names).at(path));
        }
        let rows = match file.get_row_iter(None) {
            Ok(rows) => rows,
            Err(e) => return self.fail(broken(&e)),
        };
        for (number, row) in (1u64..).zip(rows) {
            let row = match row {
                Ok(row) => row,
                Err(e) => return self.fail(broken(&e).on_line(number)),
            };
            let mut cells = Vec::new();
            for (name, value) in row.get_column_iter() {
                if let Some(role) = self.options.fields.role(name)
                    && let Some(value) = words(value)
                {
                    cells.push((role, value.into_bytes()));
                } else if let Some(role @ (Role::Text, _)) = self.options.fields.role(name) {
                    // Null is a row without text.
                    cells.push((role, Vec::new()));
                }
            }
            let size: usize = cells.iter().map(|(_, cell)| cell.len()).sum();
            if size > self.options.max_bytes {
                self.fail(too_large(path, self.options.max_bytes).on_line(number))?;
            } else {
                let id = format!("{id}:{number}");
                self.document(id, path, Some(number), Body::Cells(cells))?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// What stands in a cell.
fn words(field: &Field) -> Option<String> {
    Some(match field {
        Field::Null | Field::Group(_) | Field::MapInternal(_) | Field::ListInternal(_) => return None,
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::TimestampMillis(ms) => iso_date(&(ms / 1000).to_string()),
        Field::TimestampMicros(us) => iso_date(&(us / 1_000_000).to_string()),
        // Days since 1970.
        Field::Date(days) => iso_date(&(i64::from(*days) * 86_400).to_string()),
        other => other.to_string(),
    })
}
