//! The tables of a run: names and columns. The one place that knows them; the writers of CSV, workbooks and Parquet take names,
//! order and types from here. What each column means stands in [`columns`].

use super::columns;

/// A table of a run, in the order in which tables are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Table {
    /// One row a document that was read.
    Documents,
    /// One row a sentence.
    Sentences,
    /// One row a mention of a person, organisation, place or position.
    Mentions,
    /// One row a person, organisation or place of a document.
    Entities,
    /// One row an amount.
    Amounts,
    /// One row a date.
    Dates,
    /// One row a quote.
    Quotes,
    /// One row a part of a quote, whose offsets slice the text.
    QuoteParts,
    /// One row a person, organisation or place over all documents.
    Summary,
    /// One row a failure or warning.
    Errors,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// A whole number, or nothing.
    Integer,
    /// A decimal number, or nothing.
    Number,
    /// `true` or `false`, or nothing.
    Bool,
}

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// What it means, in one line.
    pub about: &'static str,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 10] = [
        Table::Documents,
        Table::Sentences,
        Table::Mentions,
        Table::Entities,
        Table::Amounts,
        Table::Dates,
        Table::Quotes,
        Table::QuoteParts,
        Table::Summary,
        Table::Errors,
    ];

    /// Name of the table and, with an extension, of its file.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Sentences => "sentences",
            Table::Mentions => "mentions",
            Table::Entities => "entities",
            Table::Amounts => "amounts",
            Table::Dates => "dates",
            Table::Quotes => "quotes",
            Table::QuoteParts => "quote_parts",
            Table::Summary => "summary",
            Table::Errors => "errors",
        }
    }

    /// The table of a name.
    pub fn from_name(name: &str) -> Option<Table> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// Its columns, in order.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::Documents => columns::DOCUMENTS,
            Table::Sentences => columns::SENTENCES,
            Table::Mentions => columns::MENTIONS,
            Table::Entities => columns::ENTITIES,
            Table::Amounts => columns::AMOUNTS,
            Table::Dates => columns::DATES,
            Table::Quotes => columns::QUOTES,
            Table::QuoteParts => columns::QUOTE_PARTS,
            Table::Summary => columns::SUMMARY,
            Table::Errors => columns::ERRORS,
        }
    }

    /// Place in [`Table::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_columns_are_distinct() {
        for (i, table) in Table::ALL.into_iter().enumerate() {
            assert_eq!(table.index(), i);
            assert_eq!(Table::from_name(table.name()), Some(table));
            let mut names: Vec<&str> = table.columns().iter().map(|c| c.name).collect();
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{}", table.name());
        }
    }
}
