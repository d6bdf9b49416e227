//! Arguments of `glagol run` -> options of the library's run.

use std::path::PathBuf;

use clap::Args;
use glagol::decode::PagePart;
use glagol::document::Lang;
use glagol::export::csv::SentenceText;
use glagol::export::rows::TableSet;
use glagol::export::table::Table;
use glagol::pipeline::READABLE;
use glagol::read::{Format, Label};
use glagol::run::{Pack, RunOptions};

#[derive(Args)]
pub struct RunArgs {
    /// Files and folders to read; - is standard input, packed (.gz, .zst, .tar) or not.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the output; made where it is not there.
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// Threads, at most 1024; as many as there are cores where none is given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// What to write.
    #[arg(long, value_delimiter = ',', default_values = ["csv", "jsonl"])]
    pub format: Vec<OutputFormat>,
    #[arg(long, value_delimiter = ',', value_name = "TABLE", value_parser = table, help = tables_help())]
    tables: Vec<Table>,
    /// A dictionary of your own (CSV); may be given several times.
    #[arg(long, value_name = "FILE")]
    pub dict: Vec<PathBuf>,
    /// A folder of tables that lie over the built-in ones of the same names (cues.csv, units.csv …; DICTIONARIES.md describes them).
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Take up a run that was broken off in the same folder; ends where files of the input were added, removed or changed since.
    #[arg(long)]
    resume: bool,
    /// List what would be read and how, inside archives too, by the first bytes of every file; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Print nothing but what ends the run; errors.csv and the exit status tell the rest.
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Args)]
#[command(next_help_heading = "Reading")]
struct Reading {
    /// Encoding of all inputs (utf-8, windows-1251, koi8-r, cp866 …); told by content where none is given.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Format of standard input (without it, JSON is told by its first bytes, and all else is text), and of files whose names tell none,
    /// in folders too.
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(Format::all().map(Format::as_str)))]
    input_format: Option<String>,
    /// Field or column of the text.
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// Field or column of the id.
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// Field or column of the title.
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// Field or column of the date.
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// Field or column of the source.
    #[arg(long, value_name = "NAME")]
    source_field: Option<String>,
    /// In text files of many articles, what the line is like that begins one (a regular expression); where it is the whole line, the line is
    /// no part of the article.
    #[arg(long, value_name = "PATTERN", value_parser = regex::Regex::new)]
    split: Option<regex::Regex>,
    /// With --split: a label at the head of a line above an article, and what follows it (title, date, source, author, id, url, text, or none
    /// for what is to be left out); may be given several times.
    #[arg(long, value_name = "LABEL=FIELD", value_parser = header, requires = "split")]
    header: Vec<(String, Label)>,
    /// Which part of web pages is read.
    #[arg(long, default_value = "article", value_name = "PART")]
    html: HtmlPart,
    /// Languages to read, with commas between them; documents in others are listed in documents.csv, and nothing is looked for in them.
    #[arg(long, value_delimiter = ',', default_values = ["ru", "en"], value_name = "LANG", value_parser = language)]
    languages: Vec<Lang>,
    /// Size that one document may have (K, M, G behind the number); larger ones are left out and told in errors.csv. A document takes about
    /// thirty times its size in memory.
    #[arg(long, default_value = "16M", value_name = "BYTES", value_parser = size)]
    max_bytes: usize,
    /// Read files and folders whose names begin with a dot, too.
    #[arg(long)]
    hidden: bool,
    /// Bytes of documents in memory at a time, roughly (K, M, G behind the number).
    #[arg(long, default_value = "4M", value_name = "BYTES", value_parser = size)]
    budget: usize,
}

#[derive(Args)]
#[command(next_help_heading = "Writing tables")]
struct Writing {
    /// What stands in the columns sentence_text: in quotes, amounts and dates what stands around the words (window), everywhere the whole
    /// sentence (full), or nothing (none).
    #[arg(long, default_value = "window", value_name = "WHAT")]
    sentence_text: Sentences,
    /// Pack CSV and JSON lines when they are whole, as .gz or .zst.
    #[arg(long, value_name = "HOW")]
    pack: Option<Packed>,
    /// Leave out the byte-order mark at the head of CSV files (Excel then misreads Cyrillic).
    #[arg(long)]
    no_bom: bool,
    /// Character between the cells of CSV files; tab for a tabulator.
    #[arg(long, default_value = ",", value_name = "CHAR", value_parser = delimiter)]
    delimiter: u8,
    /// Leave cells as they are that a spreadsheet would take for formulas.
    #[arg(long)]
    raw_cells: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// One CSV file a table.
    Csv,
    /// documents.jsonl, one document a line.
    Jsonl,
    /// One workbook, a sheet a table.
    Xlsx,
    /// Standoff annotations, two files a document.
    Brat,
    /// One Parquet file a table, with typed columns (a build with the feature "parquet").
    Parquet,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Sentences {
    Full,
    Window,
    None,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Packed {
    Gz,
    Zst,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum HtmlPart {
    /// The article.
    Article,
    /// Everything that shows.
    Page,
}

/// A language that can be read.
fn language(code: &str) -> Result<Lang, String> {
    let lang = Lang::of_code(&code.trim().to_ascii_lowercase());
    match READABLE.contains(&lang) {
        true => Ok(lang),
        false => Err("ru and en can be read".to_owned()),
    }
}

/// A table by its name.
fn table(name: &str) -> Result<Table, String> {
    Table::from_name(name.trim()).ok_or_else(|| format!("the tables are {}", table_names()))
}

fn table_names() -> String {
    Table::ALL.map(Table::name).join(", ")
}

fn tables_help() -> String {
    format!(
        "Tables to write, with commas between them; all where none is given ({})",
        table_names()
    )
}

/// A character that no number and no truth value has in it, since those cells are never quoted.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [b] if b.is_ascii_punctuation() && !b"\"'+-.".contains(b) => Ok(*b),
        b"\t" | b"\\t" | b"tab" => Ok(b'\t'),
        _ => Err("the delimiter is one of , ; | : and the like, or tab".to_owned()),
    }
}

/// A label and what it says.
fn header(text: &str) -> Result<(String, Label), String> {
    let (label, field) = text.rsplit_once('=').ok_or("write LABEL=FIELD")?;
    let field = Label::named(field.trim())
        .ok_or("fields are title, date, source, author, id, url, text and none")?;
    match label.trim() {
        "" => Err("the label is empty".to_owned()),
        label => Ok((label.to_owned(), field)),
    }
}

/// A size in bytes.
fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" => 1 << 10,
        "M" | "MB" => 1 << 20,
        "G" | "GB" => 1 << 30,
        unit => return Err(format!("{unit} is no unit of size")),
    };
    let number: usize = digits
        .parse()
        .map_err(|_| "give a whole number, as in 500K, 16M or 1G".to_owned())?;
    number
        .checked_mul(factor)
        .filter(|&n| n > 0 && n <= 2 << 30)
        .ok_or_else(|| "from 1 byte to 2G".to_owned())
}

impl RunArgs {
    /// The options of the library's run; a usage error in words.
    pub fn options(&self) -> Result<RunOptions, String> {
        let out = self.out.clone().unwrap_or_default();
        let mut options = RunOptions::new(self.inputs.clone(), out);
        options.csv.delimiter = self.writing.delimiter;
        options.csv.bom = !self.writing.no_bom;
        options.csv.guard = !self.writing.raw_cells;
        options.csv.sentence_text = match self.writing.sentence_text {
            Sentences::Full => SentenceText::Full,
            Sentences::Window => SentenceText::Window,
            Sentences::None => SentenceText::None,
        };
        options.pack = self.writing.pack.map(|pack| match pack {
            Packed::Gz => Pack::Gz,
            Packed::Zst => Pack::Zst,
        });
        options.write_csv = self.format.contains(&OutputFormat::Csv);
        options.write_jsonl = self.format.contains(&OutputFormat::Jsonl);
        options.write_xlsx = self.format.contains(&OutputFormat::Xlsx);
        options.write_brat = self.format.contains(&OutputFormat::Brat);
        options.write_parquet = self.format.contains(&OutputFormat::Parquet);
        if options.write_parquet && !cfg!(feature = "parquet") {
            return Err(
                "this build writes no Parquet: install with cargo install --path . --features parquet; \
                 or in pandas: pd.read_csv(\"quotes.csv\").to_parquet(\"quotes.parquet\")"
                    .into(),
            );
        }
        if options.write_xlsx && !cfg!(feature = "xlsx") {
            return Err("this build writes no workbooks (feature \"xlsx\")".into());
        }
        if !self.tables.is_empty() {
            let none = TableSet::NONE;
            options.tables = self.tables.iter().fold(none, |set, table| set.with(*table));
        }
        options.resume = self.resume;
        options.languages.clone_from(&self.reading.languages);
        options.languages.sort_unstable();
        options.languages.dedup();
        options.batch.threads = self.threads.map_or(0, usize::from);
        options.batch.budget = self.reading.budget;
        let read = &mut options.read;
        if let Some(name) = &self.reading.encoding {
            let encoding = glagol::decode::encoding_named(name);
            read.encoding = Some(encoding.ok_or_else(|| format!("there is no encoding {name:?}"))?);
        }
        read.format = self.reading.input_format.as_deref().and_then(Format::named);
        read.fields.text.clone_from(&self.reading.text_field);
        read.fields.id.clone_from(&self.reading.id_field);
        read.fields.title.clone_from(&self.reading.title_field);
        read.fields.date.clone_from(&self.reading.date_field);
        read.fields.source.clone_from(&self.reading.source_field);
        read.page = match self.reading.html {
            HtmlPart::Article => PagePart::Article,
            HtmlPart::Page => PagePart::Whole,
        };
        read.max_bytes = self.reading.max_bytes;
        read.split.clone_from(&self.reading.split);
        read.headers.clone_from(&self.reading.header);
        read.hidden = self.reading.hidden;
        Ok(options)
    }
}
