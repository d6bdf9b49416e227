//! One document -> its rows in every table of CSV. Offsets become code points here (and in `json`, `brat`), nowhere else.
//!
//! Invariant: a row has exactly the cells that [`Table::columns`] names; the row of `documents` alone is left open, because
//! whether a document is a duplicate is known only when those before it are.

use crate::document::{Document, Entity, EntityType};
pub use crate::read::Provenance;
use crate::span::{OffsetMap, Span};

use super::csv::{CsvOptions, Lines, RowWriter, SentenceText, Strips};
use super::table::Table;
use super::window;

/// Which tables are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSet(u16);

impl TableSet {
    /// All of them.
    pub const ALL: TableSet = TableSet(u16::MAX);
    /// None.
    pub const NONE: TableSet = TableSet(0);

    /// With one more.
    #[must_use]
    pub const fn with(self, table: Table) -> Self {
        TableSet(self.0 | 1 << table.index())
    }

    /// Whether it is wanted.
    pub const fn has(self, table: Table) -> bool {
        self.0 & (1 << table.index()) != 0
    }
}

/// Number of columns of `documents` that are known only when the documents before it are.
pub const OPEN_COLUMNS: usize = 2;

/// The rows of one document, table by table.
#[derive(Debug, Default)]
pub struct Rows {
    /// Lines, by [`Table::index`].
    pub tables: [Lines; Table::ALL.len()],
}

/// Where something stands, for the columns that all tables share.
struct Place<'a> {
    span: Span,
    /// Index of the sentence.
    sentence: Option<usize>,
    /// Code points.
    start: u64,
    end: u64,
    text: &'a str,
    block: &'static str,
}

/// Cells that many rows of a document have in common.
#[derive(Default)]
struct Common {
    /// document, date, source: one strip.
    head: Strips,
    /// sentence_text, by index of the sentence.
    sentences: Strips,
    /// id, name, canonical, name_en, by index of the entity.
    entities: Strips,
}

/// Whether a table shows sentences by default.
#[derive(Clone, Copy)]
enum Shows {
    Nothing,
    Window,
}

/// Writes the rows of one document.
pub struct RowsOf<'a> {
    doc: &'a Document,
    map: &'a OffsetMap,
    options: CsvOptions,
    common: Common,
}

/// Bytes of a row beside its strips: numbers, its own words, names of kinds and rules; a guess.
const ROW: usize = 96;

impl<'a> RowsOf<'a> {
    /// For a document that a pipeline handed out, and the map of its text.
    pub fn new(doc: &'a Document, map: &'a OffsetMap, options: CsvOptions) -> Self {
        RowsOf {
            doc,
            map,
            options,
            common: Common::default(),
        }
    }

    /// Writes all rows of the tables in `wanted`, in the place of what was in `rows`.
    pub fn write(mut self, wanted: TableSet, provenance: &Provenance, rows: &mut Rows) {
        rows.tables.iter_mut().for_each(Lines::clear);
        if wanted == TableSet::NONE {
            return;
        }
        self.common = self.common();
        for table in Table::ALL {
            if wanted.has(table) {
                let lines = &mut rows.tables[table.index()];
                match table {
                    Table::Documents => self.documents(lines, provenance),
                    Table::Sentences => self.sentences(lines),
                    Table::Mentions => self.mentions(lines),
                    Table::Entities => self.entities(lines),
                    Table::Amounts => self.amounts(lines),
                    Table::Dates => self.dates(lines),
                    Table::Quotes => self.quotes(lines),
                    Table::QuoteParts => self.quote_parts(lines),
                    Table::Summary | Table::Errors => {}
                }
            }
        }
    }

    fn common(&self) -> Common {
        let (doc, options) = (self.doc, self.options);
        let mut common = Common {
            head: Strips::default(),
            // A sentence is longer by its marks; a name stands in three forms beside the id.
            sentences: Strips::with_capacity(doc.sentences.len(), doc.text.len() * 9 / 8),
            entities: Strips::with_capacity(doc.entities.len(), doc.entities.len() * ROW),
        };
        common.head.add(options, |row| {
            row.text(doc.id())
                .optional(doc.source.date.as_deref())
                .optional(doc.source.source.as_deref());
        });
        for sentence in &doc.sentences {
            let text = sentence.span.slice(&doc.text);
            common.sentences.add(options, |row| {
                row.text(text);
            });
        }
        for entity in &doc.entities {
            common.entities.add(options, |row| {
                row.text(&entity.id)
                    .text(&entity.name)
                    .optional(entity.canonical.as_deref())
                    .optional(entity.name_en.as_deref());
            });
        }
        common
    }

    /// Makes room for so many rows with these bytes beside what all rows have.
    fn expect(&self, lines: &mut Lines, rows: usize, bytes: usize) {
        let row = self.common.head.mean_length() + ROW + bytes;
        lines.bytes.reserve(rows * row);
    }

    /// The same for rows of what stands in a sentence, each with the cells of so many entities, or words as long.
    fn expect_found(&self, lines: &mut Lines, rows: usize, entities: usize, shows: Shows) {
        let sentence = match (self.options.sentence_text, shows) {
            (SentenceText::Full, _) | (SentenceText::Window, Shows::Window) => {
                // One long sentence must not count as many times as it has rows.
                self.common.sentences.mean_length().min(window::LONGEST)
            }
            _ => 0,
        };
        let entities = entities * self.common.entities.mean_length().min(ROW * 4);
        self.expect(lines, rows, sentence + entities);
    }

    /// Start and end in code points.
    fn points(&self, span: Span) -> (u64, u64) {
        let (start, end) = self.map.code_points(&self.doc.text, span);
        (start as u64, end as u64)
    }

    fn place(&self, span: Span) -> Place<'a> {
        let (start, end) = self.points(span);
        let sentence = self.doc.sentence_at(span.start());
        Place {
            span,
            sentence,
            start,
            end,
            text: span.slice(&self.doc.text),
            block: self
                .doc
                .block_at(span.start())
                .map_or("", |i| self.doc.blocks[i].kind.as_str()),
        }
    }

    /// A row with document, date and source in it.
    fn begin<'l>(&self, lines: &'l mut Lines) -> RowWriter<'l> {
        let mut row = lines.row(self.options);
        row.strip(&self.common.head, 0);
        row
    }

    fn documents(&self, lines: &mut Lines, provenance: &Provenance) {
        let doc = self.doc;
        let mut row = self.begin(lines);
        row.optional(doc.source.title.as_deref())
            .text(doc.lang.as_str())
            .text(&provenance.path)
            .text(provenance.encoding)
            .integer(provenance.damaged);
        for n in [
            doc.text.len(),
            self.map.code_point(&doc.text, doc.text.len()),
            doc.sentences.len(),
            doc.mentions.len(),
            doc.entities.len(),
            doc.amounts.len(),
            doc.dates.len(),
            doc.quotes.len(),
        ] {
            row.integer(n as u64);
        }
        let cells = row.pause();
        debug_assert_eq!(cells + OPEN_COLUMNS, Table::Documents.columns().len());
    }

    fn sentences(&self, lines: &mut Lines) {
        let sentences = &self.common.sentences;
        self.expect(lines, self.doc.sentences.len(), sentences.mean_length());
        for (i, sentence) in self.doc.sentences.iter().enumerate() {
            let (start, end) = self.points(sentence.span);
            let block = self.doc.blocks.get(sentence.block as usize);
            let mut row = self.begin(lines);
            row.integer(i as u64 + 1)
                .integer(start)
                .integer(end)
                .strip(sentences, i)
                .optional(block.map(|b| b.lang.as_str()))
                .optional(block.map(|b| b.kind.as_str()));
            end_row(&mut row, Table::Sentences);
        }
    }

    fn mentions(&self, lines: &mut Lines) {
        self.expect_found(lines, self.doc.mentions.len(), 1, Shows::Nothing);
        for mention in &self.doc.mentions {
            let place = self.place(mention.span);
            let holder = mention
                .holder
                .and_then(|i| self.doc.mentions.get(i as usize))
                .and_then(|m| m.entity);
            let mut row = self.begin(lines);
            place
                .cells(&mut row)
                .text(mention.kind.as_str())
                .maybe(mention.entity);
            match mention.entity {
                Some(entity) if (entity as usize) < self.doc.entities.len() => {
                    row.strip(&self.common.entities, entity as usize);
                }
                _ => {
                    row.optional(mention.id.as_deref()).empty().empty().empty();
                }
            }
            row.boolean(mention.generic).maybe(holder);
            self.context(&mut row, &place).text(mention.rule.as_str());
            end_row(&mut row, Table::Mentions);
        }
    }

    fn entities(&self, lines: &mut Lines) {
        let tally = Tally::of(self.doc);
        self.expect_found(lines, self.doc.entities.len(), 1, Shows::Nothing);
        for (i, entity) in self.doc.entities.iter().enumerate() {
            let first = tally.first[i].map(|m| &self.doc.mentions[m]);
            let mut row = self.begin(lines);
            row.integer(i as u64)
                .text(entity.kind.as_str())
                .text(&entity.id)
                .text(entity.id_source.as_str())
                .boolean(entity.ambiguous)
                .text(&entity.name)
                .optional(entity.canonical.as_deref())
                .optional(entity.name_en.as_deref())
                .optional(entity.sex.map(|s| s.as_str()))
                .optional(entity.role.as_deref())
                .integer(tally.mentions[i])
                .integer(tally.quotes[i]);
            match first {
                Some(mention) => {
                    let place = self.place(mention.span);
                    place.cells(&mut row);
                    self.context(&mut row, &place).text(mention.rule.as_str());
                }
                None => {
                    for _ in 0..7 {
                        row.empty();
                    }
                }
            }
            end_row(&mut row, Table::Entities);
        }
    }

    fn amounts(&self, lines: &mut Lines) {
        self.expect_found(lines, self.doc.amounts.len(), 0, Shows::Window);
        let crowds = self.crowds(self.doc.amounts.iter().map(|found| found.span));
        for amount in &self.doc.amounts {
            let place = self.place(amount.span);
            let mut row = self.begin(lines);
            place
                .cells(&mut row)
                .text(amount.kind.as_str())
                .number(amount.value);
            match amount.value_max {
                Some(most) => row.number(most),
                None => row.empty(),
            };
            row.optional(amount.unit.as_deref())
                .boolean(amount.approx)
                .optional(amount.bound.map(|b| b.as_str()))
                .boolean(amount.inferred);
            self.window(&mut row, &place, &crowds)
                .text(amount.rule.as_str());
            end_row(&mut row, Table::Amounts);
        }
    }

    fn dates(&self, lines: &mut Lines) {
        self.expect_found(lines, self.doc.dates.len(), 0, Shows::Window);
        let crowds = self.crowds(self.doc.dates.iter().map(|found| found.span));
        for date in &self.doc.dates {
            let place = self.place(date.span);
            let mut row = self.begin(lines);
            place
                .cells(&mut row)
                .optional(date.value.as_deref())
                .text(date.precision.as_str());
            self.window(&mut row, &place, &crowds)
                .text(date.rule.as_str());
            end_row(&mut row, Table::Dates);
        }
    }

    fn quotes(&self, lines: &mut Lines) {
        let text = &self.doc.text;
        self.expect_found(lines, self.doc.quotes.len(), 2, Shows::Window);
        let firsts = self.doc.quotes.iter().filter_map(|q| q.spans.first());
        let crowds = self.crowds(firsts.copied());
        for (i, quote) in self.doc.quotes.iter().enumerate() {
            let (Some(&first), Some(&last)) = (quote.spans.first(), quote.spans.last()) else {
                continue;
            };
            let place = self.place(first);
            let words;
            let words = if quote.spans.len() == 1 {
                place.text
            } else {
                let parts: Vec<&str> = quote.spans.iter().map(|s| s.slice(text)).collect();
                words = parts.join(" … ");
                words.as_str()
            };
            let speaker = quote.speaker.as_ref();
            let entity = speaker.and_then(|s| self.entity(s.entity));
            let named = speaker.and_then(|s| s.span);
            let at = named.map(|span| self.points(span));
            let via: Vec<&str> = quote.via.iter().map(|v| v.name.as_str()).collect();
            let via_ids: Vec<&str> = quote
                .via
                .iter()
                .filter_map(|v| self.entity(v.entity).map(|e| e.id.as_str()))
                .collect();
            let mut row = self.begin(lines);
            row.integer(i as u64 + 1)
                .maybe(place.sentence_number())
                .integer(place.start)
                .integer(self.map.code_point(text, last.end()) as u64)
                .text(words)
                .text(quote.kind.as_str())
                .integer(quote.spans.len() as u64)
                .optional(quote.cue.map(|s| s.slice(text)))
                .optional(named.map(|s| s.slice(text)))
                .maybe(at.map(|p| p.0))
                .maybe(at.map(|p| p.1))
                .optional(speaker.map(|s| s.name.as_str()))
                .optional(entity.and_then(|e| e.canonical.as_deref()))
                .optional(entity.and_then(|e| e.name_en.as_deref()))
                .maybe(speaker.and_then(|s| s.entity))
                .optional(entity.map(|e| e.id.as_str()))
                .optional(speaker.and_then(|s| s.sex).map(|s| s.as_str()))
                .optional(speaker.and_then(|s| s.role.as_deref()));
            match speaker {
                Some(speaker) => row.boolean(speaker.unnamed),
                None => row.empty(),
            };
            row.text(&via.join("; "))
                .text(&via_ids.join("; "))
                .number((f64::from(quote.confidence) * 1000.0).round() / 1000.0);
            self.window(&mut row, &place, &crowds)
                .text(quote.rule.as_str())
                .optional(speaker.and_then(|s| s.rule).map(|r| r.as_str()));
            end_row(&mut row, Table::Quotes);
        }
    }

    fn quote_parts(&self, lines: &mut Lines) {
        self.expect_found(lines, self.doc.quotes.len(), 1, Shows::Nothing);
        for (i, quote) in self.doc.quotes.iter().enumerate() {
            let speaker = quote.speaker.as_ref();
            let entity = speaker.and_then(|s| self.entity(s.entity));
            for (part, &span) in quote.spans.iter().enumerate() {
                let place = self.place(span);
                let mut row = self.begin(lines);
                row.integer(i as u64 + 1).integer(part as u64 + 1);
                place
                    .cells(&mut row)
                    .text(quote.kind.as_str())
                    .optional(speaker.map(|s| s.name.as_str()))
                    .optional(entity.map(|e| e.id.as_str()));
                self.context(&mut row, &place).text(quote.rule.as_str());
                end_row(&mut row, Table::QuoteParts);
            }
        }
    }

    /// sentence_text, block; of rows that leave the sentence to the table of sentences.
    fn context<'r, 'l>(
        &self,
        row: &'r mut RowWriter<'l>,
        place: &Place<'_>,
    ) -> &'r mut RowWriter<'l> {
        match place.sentence {
            Some(sentence) if self.options.sentence_text == SentenceText::Full => {
                row.strip(&self.common.sentences, sentence)
            }
            _ => row.empty(),
        }
        .text(place.block)
    }

    /// The same, of rows that show what stands around their words.
    fn window<'r, 'l>(
        &self,
        row: &'r mut RowWriter<'l>,
        place: &Place<'_>,
        crowds: &[u32],
    ) -> &'r mut RowWriter<'l> {
        let (Some(i), SentenceText::Window) = (place.sentence, self.options.sentence_text) else {
            return self.context(row, place);
        };
        let sentence = self.doc.sentences[i].span;
        let (start, end) = self.points(sentence);
        let length = (end - start) as usize;
        let rows = crowds.get(i).map_or(0, |&rows| rows as usize);
        let room = window::room(length, rows);
        if length <= room {
            return row.strip(&self.common.sentences, i).text(place.block);
        }
        let shown = window::around(&self.doc.text, sentence, place.span, room);
        let before = if shown.start() > sentence.start() {
            "…"
        } else {
            ""
        };
        let after = if shown.end() < sentence.end() {
            "…"
        } else {
            ""
        };
        let shown = shown.slice(&self.doc.text);
        row.text(&format!("{before}{shown}{after}"))
            .text(place.block)
    }

    /// How many rows of a table each sentence has; none where no sentence can have too many.
    fn crowds(&self, found: impl Iterator<Item = Span> + Clone) -> Vec<u32> {
        if found.clone().nth(window::SHARE).is_none()
            || self.options.sentence_text != SentenceText::Window
        {
            return Vec::new();
        }
        let mut crowds = vec![0; self.doc.sentences.len()];
        for span in found {
            if let Some(rows) = self
                .doc
                .sentence_at(span.start())
                .and_then(|i| crowds.get_mut(i))
            {
                *rows += 1;
            }
        }
        crowds
    }

    fn entity(&self, index: Option<u32>) -> Option<&'a Entity> {
        index.and_then(|i| self.doc.entities.get(i as usize))
    }
}

impl Place<'_> {
    /// sentence, start, end, text
    fn cells<'r, 'l>(&self, row: &'r mut RowWriter<'l>) -> &'r mut RowWriter<'l> {
        row.maybe(self.sentence_number())
            .integer(self.start)
            .integer(self.end)
            .text(self.text)
    }

    /// From 1.
    fn sentence_number(&self) -> Option<u64> {
        self.sentence.map(|i| i as u64 + 1)
    }
}

fn end_row(row: &mut RowWriter<'_>, table: Table) {
    let cells = row.finish();
    debug_assert_eq!(cells, table.columns().len(), "{}", table.name());
}

/// Mentions and quotes of every entity of a document.
pub struct Tally {
    /// Index of the first mention.
    pub first: Vec<Option<usize>>,
    /// Mentions, without positions.
    pub mentions: Vec<u32>,
    /// Quotes with the entity as speaker.
    pub quotes: Vec<u32>,
}

impl Tally {
    /// Counts.
    pub fn of(doc: &Document) -> Self {
        let n = doc.entities.len();
        let mut tally = Tally {
            first: vec![None; n],
            mentions: vec![0; n],
            quotes: vec![0; n],
        };
        for (i, mention) in doc.mentions.iter().enumerate() {
            if let Some(e) = mention.entity.map(|e| e as usize)
                && e < n
                && mention.kind != EntityType::Position
            {
                tally.first[e].get_or_insert(i);
                tally.mentions[e] += 1;
            }
        }
        for quote in &doc.quotes {
            if let Some(e) = quote
                .speaker
                .as_ref()
                .and_then(|s| s.entity)
                .map(|e| e as usize)
                && e < n
            {
                tally.quotes[e] += 1;
            }
        }
        tally
    }
}
