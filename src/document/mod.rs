//! The model: a [`Document`] holds one text and, as spans and indices into it, everything that was found there.
//!
//! Stages fill it from top to bottom of the struct and see only what earlier stages made. Invariants that hold when a
//! pipeline hands it out: spans are byte ranges on character boundaries of `text`; `blocks`, `sentences` and `tokens` are
//! ordered and disjoint; mentions and quotes are ordered by start; every index points into the list that it names.

mod rule;
mod token;

use std::borrow::Cow;
use std::sync::Arc;

pub use rule::{Maker, Rule};
pub(crate) use token::token;
pub use token::{Gap, LetterCase, Side, Token, TokenKind};

use crate::span::Span;

/// What is known of a document before its text is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Stable name: path relative to the input, or the record's own id.
    pub id: String,
    /// Title, where the page's metadata or the record gives one.
    pub title: Option<String>,
    /// ISO date (`2026-02-05`, `2026-02`), from metadata, the record, or the dateline.
    pub date: Option<String>,
    /// Site, agency or newspaper.
    pub source: Option<String>,
}

/// Language of a document or block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Lang {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
    /// Ukrainian.
    Uk,
    /// Belarusian.
    Be,
    /// Kazakh.
    Kk,
    /// Kyrgyz.
    Ky,
    /// Any other that can be told, with its ISO 639-1 code (639-3 where it has none).
    Foreign(&'static str),
    /// One that cannot be told.
    Other,
}

/// Codes of the languages that can be told, but for those of [`Lang`]: ISO 639-3 as the library that tells them writes it, then
/// ISO 639-1.
const CODES: [(&str, &str); 76] = [
    ("abk", "ab"),
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bak", "ba"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("chv", "cv"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mon", "mn"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tat", "tt"),
    ("tel", "te"),
    ("tgk", "tg"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
    ("eng", "en"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("bel", "be"),
];

impl Lang {
    /// The language of an ISO 639-1 or 639-3 code; [`Lang::Other`] where the code is none that can be told.
    pub fn of_code(code: &str) -> Lang {
        let code = CODES
            .iter()
            .find(|(long, _)| *long == code)
            .map_or(code, |(_, short)| short);
        match code {
            "ru" => Lang::Ru,
            "en" => Lang::En,
            "uk" => Lang::Uk,
            "be" => Lang::Be,
            "kk" => Lang::Kk,
            "ky" => Lang::Ky,
            code => match CODES.iter().find(|(_, short)| *short == code) {
                Some((_, short)) => Lang::Foreign(short),
                None => Lang::Other,
            },
        }
    }

    /// ISO 639-1 code, `und` where it cannot be told.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lang::Ru => "ru",
            Lang::En => "en",
            Lang::Uk => "uk",
            Lang::Be => "be",
            Lang::Kk => "kk",
            Lang::Ky => "ky",
            Lang::Foreign(code) => code,
            Lang::Other => "und",
        }
    }
}

/// What a stretch of a page is. Names as in the JSON key `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Headline of the article.
    Title,
    /// Place, date, agency before the text.
    Dateline,
    /// The article.
    Body,
    /// A heading inside the article.
    Heading,
    /// Links to other articles, with or without their first lines.
    Links,
    /// Navigation.
    Menu,
    /// A poll with its answers.
    Poll,
    /// Readers' comments.
    Comment,
    /// Photo credits and captions.
    Caption,
    /// What is left: share buttons, counters, copyright lines.
    Other,
}

impl BlockKind {
    /// Name in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Dateline => "dateline",
            BlockKind::Body => "body",
            BlockKind::Heading => "heading",
            BlockKind::Links => "links",
            BlockKind::Menu => "menu",
            BlockKind::Poll => "poll",
            BlockKind::Comment => "comment",
            BlockKind::Caption => "caption",
            BlockKind::Other => "other",
        }
    }

    /// Whether the block belongs to the article: title, dateline, body or heading.
    pub const fn is_article(self) -> bool {
        matches!(
            self,
            BlockKind::Title | BlockKind::Dateline | BlockKind::Body | BlockKind::Heading
        )
    }
}

/// A paragraph or line group of one kind. Blocks cover all text that is not white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Place, without white space at the ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Language of the block.
    pub lang: Lang,
}

/// A sentence; never crosses a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentence {
    /// Place, without white space at the ends.
    pub span: Span,
    /// First and one past the last token.
    pub tokens: TokenRange,
    /// Index of its block.
    pub block: u32,
}

/// A half-open range of indices into [`Document::tokens`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// `start..end` as indices.
    pub const fn new(start: usize, end: usize) -> Self {
        TokenRange {
            start: start as u32,
            end: end as u32,
        }
    }

    /// As a range of `usize`, to index with.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no token.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Type of a mention or entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EntityType {
    /// Person.
    Person,
    /// Organisation.
    Organisation,
    /// Place.
    Place,
    /// Position or occupation of a person.
    Position,
}

impl EntityType {
    /// `PER`, `ORG`, `LOC`, `POS`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntityType::Person => "PER",
            EntityType::Organisation => "ORG",
            EntityType::Place => "LOC",
            EntityType::Position => "POS",
        }
    }
}

/// Sex of a person as grammar or dictionary shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
}

impl Sex {
    /// `m` or `f`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sex::Male => "m",
            Sex::Female => "f",
        }
    }
}

/// A place in the text that names somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// Place.
    pub span: Span,
    /// The same in tokens.
    pub tokens: TokenRange,
    /// What it names.
    pub kind: EntityType,
    /// Index of its entity; set by resolve. For a position, the person whom it stands for, where that is known.
    pub entity: Option<u32>,
    /// A common noun that stands for one organisation (правительство, парламент).
    pub generic: bool,
    /// For a position: index of the person mention that holds it, where the text joins the two.
    pub holder: Option<u32>,
    /// Dictionary id, where a row made it.
    pub id: Option<Arc<str>>,
    /// What made it.
    pub rule: Maker,
}

/// Where an entity's id comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdSource {
    /// A dictionary row.
    Dictionary,
    /// Made from the name alone.
    Name,
}

impl IdSource {
    /// `dictionary` or `name`.
    pub const fn as_str(self) -> &'static str {
        match self {
            IdSource::Dictionary => "dictionary",
            IdSource::Name => "name",
        }
    }
}

/// A person, organisation or place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// Fullest form of the name in this document, in the nominative.
    pub name: String,
    /// The dictionary's name in the document's language.
    pub canonical: Option<String>,
    /// English name: the dictionary's, else for people a transliteration.
    pub name_en: Option<String>,
    /// Stable id.
    pub id: String,
    /// Where the id comes from.
    pub id_source: IdSource,
    /// Another entity of the document, or of the dictionary, has the same name.
    pub ambiguous: bool,
    /// Sex, for people.
    pub sex: Option<Sex>,
    /// Position as the text gives it, in the nominative; else none.
    pub role: Option<String>,
}

/// Kind of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountKind {
    /// A sum of money.
    Money,
    /// A percentage or percentage points.
    Percent,
    /// A physical quantity.
    Measure,
    /// A number of things or people.
    Count,
}

impl AmountKind {
    /// Name in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            AmountKind::Money => "money",
            AmountKind::Percent => "percent",
            AmountKind::Measure => "measure",
            AmountKind::Count => "count",
        }
    }
}

/// Which way a bound points: `min` for «не менее», `max` for «до».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The value is the least.
    Min,
    /// The value is the most.
    Max,
}

impl Bound {
    /// `min` or `max`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Bound::Min => "min",
            Bound::Max => "max",
        }
    }
}

/// A decimal number: `digits` / 10^`scale`. Sums of money never pass through floating point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits, as an integer.
    pub digits: i128,
    /// How many of them stand after the point.
    pub scale: u8,
}

/// An amount with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amount {
    /// Place, with the words of approximation, number, multiplier and unit.
    pub span: Span,
    /// Kind.
    pub kind: AmountKind,
    /// Value in whole units (roubles, not thousands of roubles).
    pub value: Decimal,
    /// Upper end of a range.
    pub value_max: Option<Decimal>,
    /// Money: ISO 4217 code; measure: symbol; percent: `pp` or none; count: noun in the nominative singular.
    pub unit: Option<Cow<'static, str>>,
    /// Said to be approximate.
    pub approx: bool,
    /// Said to be a least or most.
    pub bound: Option<Bound>,
    /// The currency was said elsewhere.
    pub inferred: bool,
    /// What made it.
    pub rule: Rule,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Precision {
    /// Name in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
        }
    }
}

/// A date with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DateMention {
    /// Place.
    pub span: Span,
    /// ISO value as exact as its precision; none where the year cannot be known.
    pub value: Option<String>,
    /// How exact it is.
    pub precision: Precision,
    /// What made it.
    pub rule: Rule,
}

/// Kind of a quotation, as `README.md` defines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Verbatim words, at least a clause.
    Direct,
    /// Quoted words inside the narrator's own sentence, less than a clause.
    Fragment,
    /// Words that a cue introduces, without marks.
    Indirect,
}

impl QuoteKind {
    /// Name in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Fragment => "fragment",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// Who said a quote.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Speaker {
    /// The source as the text names it at this quote; none where it follows from before.
    pub span: Option<Span>,
    /// Index of its entity.
    pub entity: Option<u32>,
    /// Fullest form of the source's name in the document, in the nominative; or the noun phrase of a group.
    pub name: String,
    /// Sex where text or dictionary shows it.
    pub sex: Option<Sex>,
    /// Position as the text gives it.
    pub role: Option<String>,
    /// A source that the text does not name («источник в правительстве»).
    pub unnamed: bool,
    /// What chose it; every speaker of a finished document has one.
    pub rule: Option<Rule>,
}

/// An outlet that passed a quote on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Via {
    /// Place of its name.
    pub span: Span,
    /// Index of its entity.
    pub entity: Option<u32>,
    /// Its name in the nominative.
    pub name: String,
}

/// A quotation with its speaker.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quote {
    /// Kind.
    pub kind: QuoteKind,
    /// Its parts, in order, without outer marks; at least one.
    pub spans: Vec<Span>,
    /// The word or phrase that introduces it (сказал, по словам).
    pub cue: Option<Span>,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// Outlets that passed it on, in the order of the text.
    pub via: Vec<Via>,
    /// Where the cue and its source were found; for an indirect quotation, the rule that made it.
    pub attribution: Option<Rule>,
    /// What made it.
    pub rule: Rule,
    /// Chance that span, kind and speaker are right, from 0 to 1.
    pub confidence: f32,
}

/// One text and everything that was found in it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Document {
    /// Id and metadata.
    pub source: Source,
    /// The text exactly as it was read (after decoding and HTML removal).
    pub text: String,
    /// Language of most of the article.
    pub lang: Lang,
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// Tokens in order.
    pub tokens: Vec<crate::document::Token>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Mentions in order of start, longer first.
    pub mentions: Vec<Mention>,
    /// Entities in order of first mention.
    pub entities: Vec<Entity>,
    /// Amounts in order.
    pub amounts: Vec<Amount>,
    /// Dates in order.
    pub dates: Vec<DateMention>,
    /// Quotes in order of start.
    pub quotes: Vec<Quote>,
}

impl Document {
    /// A document of `text` with nothing found yet.
    pub fn new(source: Source, text: String) -> Self {
        Document {
            source,
            text,
            ..Document::default()
        }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.source.id
    }

    /// Index of the block that holds byte `offset`, or of the last one before it.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        self.blocks
            .partition_point(|b| b.span.start() <= offset)
            .checked_sub(1)
    }

    /// Mentions that begin before token `token`; they are ordered by their start.
    pub(crate) fn mentions_before(&self, token: usize) -> &[Mention] {
        &self.mentions[..self.first_mention(token)]
    }

    /// Mentions that begin at token `token` or behind it.
    pub(crate) fn mentions_from(&self, token: usize) -> &[Mention] {
        &self.mentions[self.first_mention(token)..]
    }

    fn first_mention(&self, token: usize) -> usize {
        self.mentions
            .partition_point(|m| (m.tokens.start as usize) < token)
    }

    /// Index of the sentence that holds byte `offset`, or of the last one before it.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        self.sentences
            .partition_point(|s| s.span.start() <= offset)
            .checked_sub(1)
    }

    /// The text from the first to the last token of a range; empty for an empty one.
    pub fn tokens_text(&self, tokens: TokenRange) -> &str {
        match self.tokens.get(tokens.range()) {
            Some([first, .., last]) => Span {
                start: first.span.start,
                end: last.span.end,
            }
            .slice(&self.text),
            Some([only]) => only.span.slice(&self.text),
            _ => "",
        }
    }

    /// Tokens that lie wholly inside `span`.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        TokenRange::new(start, end.max(start))
    }
}
