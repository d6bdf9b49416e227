//! Tables of CSV -> Parquet, a file a table, with typed columns: 64-bit integers, 64-bit floats, booleans and text.
//!
//! Every column may be empty (null), because an empty cell of CSV is. Rows are read from the finished CSV and written in row groups of
//! some megabytes, so that memory does not grow with the table. Pages are packed with Snappy, which every reader knows.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::csv::{CsvOptions, unguard};
use super::table::{Column, ColumnKind, Table};
use crate::error::{Error, ErrorKind, Result};

/// Bytes of cells in a row group.
const GROUP: usize = 8 << 20;

/// Writes one table, which stands as CSV in a file.
///
/// # Errors
/// [`ErrorKind::Write`] where the file cannot be written, [`ErrorKind::Read`] where the table cannot be read.
pub fn write_table(to: &Path, table: Table, from: &Path, csv: CsvOptions) -> Result<()> {
    let failed = |e: ParquetError| Error::new(ErrorKind::Write, e.to_string()).at(to);
    let broken = |e: csv::Error| Error::new(ErrorKind::Read, e.to_string()).at(from);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(csv.delimiter)
        .has_headers(true)
        .flexible(true)
        .from_path(from)
        .map_err(broken)?;
    let columns = table.columns();
    let file = File::create(to).map_err(|e| Error::new(ErrorKind::Write, e.to_string()).at(to))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("glagol ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let schema = schema(table).map_err(failed)?;
    let mut writer =
        SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(failed)?;
    let mut cells: Vec<Cells> = columns.iter().map(Cells::new).collect();
    let mut record = csv::StringRecord::new();
    let mut bytes = 0;
    while rows.read_record(&mut record).map_err(broken)? {
        for (cells, cell) in cells.iter_mut().zip(&record) {
            match csv.guard {
                true => cells.push(&unguard(cell, csv.delimiter)),
                false => cells.push(cell),
            }
        }
        bytes += record.as_slice().len() + columns.len() * 4;
        if bytes > GROUP {
            write_group(&mut writer, &mut cells).map_err(failed)?;
            bytes = 0;
        }
    }
    if bytes > 0 {
        write_group(&mut writer, &mut cells).map_err(failed)?;
    }
    writer.close().map_err(failed)?;
    Ok(())
}

fn schema(table: Table) -> Result<Arc<Type>, ParquetError> {
    let fields = table.columns().iter().map(|column| {
        let physical = match column.kind {
            ColumnKind::Text => Physical::BYTE_ARRAY,
            ColumnKind::Integer => Physical::INT64,
            ColumnKind::Number => Physical::DOUBLE,
            ColumnKind::Bool => Physical::BOOLEAN,
        };
        Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type((column.kind == ColumnKind::Text).then_some(LogicalType::String))
            .build()
            .map(Arc::new)
    });
    let schema = Type::group_type_builder(table.name())
        .with_fields(fields.collect::<Result<_, _>>()?)
        .build()?;
    Ok(Arc::new(schema))
}

/// The cells of one column in a row group.
struct Cells {
    /// 1 where there is a value, 0 where there is none.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Bools(Vec<bool>),
}

impl Cells {
    fn new(of: &Column) -> Self {
        Cells {
            levels: Vec::new(),
            values: match of.kind {
                ColumnKind::Text => Values::Text(Vec::new()),
                ColumnKind::Integer => Values::Integers(Vec::new()),
                ColumnKind::Number => Values::Numbers(Vec::new()),
                ColumnKind::Bool => Values::Bools(Vec::new()),
            },
        }
    }

    fn push(&mut self, cell: &str) {
        /// Whether it was a value.
        fn add<T>(to: &mut Vec<T>, value: Option<T>) -> bool {
            let is_there = value.is_some();
            to.extend(value);
            is_there
        }
        let is_there = match &mut self.values {
            Values::Text(to) => add(to, (!cell.is_empty()).then(|| ByteArray::from(cell))),
            Values::Integers(to) => add(to, cell.parse().ok()),
            Values::Numbers(to) => add(to, cell.parse().ok()),
            Values::Bools(to) => add(to, cell.parse().ok()),
        };
        self.levels.push(i16::from(is_there));
    }

    fn write(&mut self, to: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        let Some(mut column) = to.next_column()? else {
            return Ok(());
        };
        let levels = Some(self.levels.as_slice());
        match &mut self.values {
            Values::Text(v) => {
                column
                    .typed::<ByteArrayType>()
                    .write_batch(v, levels, None)?;
                v.clear();
            }
            Values::Integers(v) => {
                column.typed::<Int64Type>().write_batch(v, levels, None)?;
                v.clear();
            }
            Values::Numbers(v) => {
                column.typed::<DoubleType>().write_batch(v, levels, None)?;
                v.clear();
            }
            Values::Bools(v) => {
                column.typed::<BoolType>().write_batch(v, levels, None)?;
                v.clear();
            }
        }
        self.levels.clear();
        column.close()
    }
}

fn write_group(
    writer: &mut SerializedFileWriter<File>,
    cells: &mut [Cells],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in cells {
        column.write(&mut group)?;
    }
    group.close()?;
    Ok(())
}
