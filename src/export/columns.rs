//! The columns of every table, in order, with what each means.

use super::table::{Column, ColumnKind};

const fn text(name: &'static str, about: &'static str) -> Column {
    column(ColumnKind::Text, name, about)
}

const fn integer(name: &'static str, about: &'static str) -> Column {
    column(ColumnKind::Integer, name, about)
}

const fn number(name: &'static str, about: &'static str) -> Column {
    column(ColumnKind::Number, name, about)
}

const fn boolean(name: &'static str, about: &'static str) -> Column {
    column(ColumnKind::Bool, name, about)
}

const fn column(kind: ColumnKind, name: &'static str, about: &'static str) -> Column {
    Column { name, kind, about }
}

const DOCUMENT: Column = text("document", "id of the document");
const DATE: Column = text("date", "date of the document, ISO where it is understood");
const SOURCE: Column = text("source", "site, agency or newspaper of the document");
const SENTENCE: Column = integer(
    "sentence",
    "number of the sentence in the document, from 1; where it begins, if it spans several",
);
const START: Column = integer("start", "first code point in the document's text, from 0");
const END: Column = integer("end", "one past the last code point");
const TEXT: Column = text("text", "the words themselves");
const SENTENCE_TEXT: Column = text(
    "sentence_text",
    "the sentence; of a long one what stands around the words, cut with …",
);
const WHOLE_SENTENCE: Column = text(
    "sentence_text",
    "the whole sentence with `--sentence-text full`, else empty: join `sentences` by document and sentence",
);
const BLOCK: Column = text(
    "block",
    "what part of the page it stands in: title, dateline, body, heading, links, menu, poll, comment, caption, other",
);
const RULE: Column = text("rule", "the rule or dictionary row that made it");

pub(super) const DOCUMENTS: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    text("title", "headline"),
    text("lang", "language of most of the article, ISO 639-1"),
    text("path", "the file that it was read from"),
    text("encoding", "character encoding of the file"),
    integer(
        "damaged",
        "characters that could not be decoded and were replaced by U+FFFD",
    ),
    integer("bytes", "size of the text in bytes of UTF-8"),
    integer("characters", "size of the text in code points"),
    integer("sentences", "number of sentences"),
    integer("mentions", "number of mentions"),
    integer("entities", "number of entities"),
    integer("amounts", "number of amounts"),
    integer("dates", "number of dates"),
    integer("quotes", "number of quotes"),
    text(
        "duplicate_of",
        "id of the first document with the same or nearly the same article",
    ),
    number(
        "similarity",
        "share of three-word sequences that the two have in common, estimated; 1 for the same words",
    ),
];

pub(super) const SENTENCES: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    SENTENCE,
    START,
    END,
    TEXT,
    text("lang", "language of its block"),
    BLOCK,
];

pub(super) const MENTIONS: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    SENTENCE,
    START,
    END,
    TEXT,
    text("type", "PER, ORG, LOC or POS"),
    integer(
        "entity",
        "number of the entity in the document, from 0; of a position, of who holds it as far as the text tells",
    ),
    text(
        "id",
        "id of the entity, the same in every document; of a position that nobody holds, its own",
    ),
    text(
        "name",
        "fullest form of the name in this document, in the nominative",
    ),
    text(
        "canonical",
        "the dictionary's name in the document's language",
    ),
    text("name_en", "English name or transliteration"),
    boolean("generic", "a common noun that stands for one organisation"),
    integer(
        "holder",
        "of a position: number of the entity that it is joined to in the same words",
    ),
    WHOLE_SENTENCE,
    BLOCK,
    RULE,
];

pub(super) const ENTITIES: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    integer("entity", "number of the entity in the document, from 0"),
    text("type", "PER, ORG or LOC"),
    text("id", "id of the entity, the same in every document"),
    text(
        "id_source",
        "dictionary, or name where the id is made from the name alone",
    ),
    boolean("ambiguous", "another entity has the same name"),
    text(
        "name",
        "fullest form of the name in this document, in the nominative",
    ),
    text(
        "canonical",
        "the dictionary's name in the document's language",
    ),
    text("name_en", "English name or transliteration"),
    text("sex", "m or f, of people"),
    text("role", "position as the text gives it"),
    integer("mentions", "mentions in the document"),
    integer("quotes", "quotes in the document with this speaker"),
    SENTENCE,
    START,
    END,
    text("text", "the first mention"),
    text(
        "sentence_text",
        "the sentence of the first mention with `--sentence-text full`, else empty",
    ),
    text("block", "part of the page of the first mention"),
    text(
        "rule",
        "the rule or dictionary row that made the first mention",
    ),
];

pub(super) const AMOUNTS: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    SENTENCE,
    START,
    END,
    TEXT,
    text("kind", "money, percent, measure or count"),
    number("value", "value in whole units"),
    number("value_max", "upper end of a range"),
    text(
        "unit",
        "ISO 4217 code, symbol, pp, or the counted noun in the nominative singular",
    ),
    boolean("approx", "said to be approximate"),
    text("bound", "min or max where the text gives a least or most"),
    boolean("inferred", "the currency was said elsewhere"),
    SENTENCE_TEXT,
    BLOCK,
    RULE,
];

pub(super) const DATES: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    SENTENCE,
    START,
    END,
    TEXT,
    text("value", "ISO date as exact as its precision"),
    text("precision", "day, month or year"),
    SENTENCE_TEXT,
    BLOCK,
    RULE,
];

pub(super) const QUOTES: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    integer("quote", "number of the quote in the document, from 1"),
    SENTENCE,
    START,
    END,
    text("text", "the words; parts are joined by ' … '"),
    text("kind", "direct, fragment or indirect"),
    integer("parts", "number of parts"),
    text("cue", "the words that introduce it"),
    text("speaker", "the source as the text names it at this quote"),
    integer("speaker_start", "first code point of the source"),
    integer("speaker_end", "one past its last code point"),
    text(
        "speaker_name",
        "fullest form of the speaker's name in the document, in the nominative",
    ),
    text("speaker_canonical", "the dictionary's name"),
    text("speaker_name_en", "English name or transliteration"),
    integer("speaker_entity", "number of the entity in the document"),
    text("speaker_id", "id of the entity, the same in every document"),
    text("speaker_sex", "m or f"),
    text("speaker_role", "position as the text gives it"),
    boolean("unnamed", "a source that the text does not name"),
    text("via", "outlets that passed the words on, joined by '; '"),
    text("via_id", "their ids, joined by '; '"),
    number(
        "confidence",
        "chance that span, kind and speaker are right, 0 to 1",
    ),
    SENTENCE_TEXT,
    BLOCK,
    RULE,
    text("speaker_rule", "the rule that chose the speaker"),
];

pub(super) const QUOTE_PARTS: &[Column] = &[
    DOCUMENT,
    DATE,
    SOURCE,
    integer("quote", "number of the quote in the document, from 1"),
    integer("part", "number of the part in the quote, from 1"),
    SENTENCE,
    START,
    END,
    TEXT,
    text("kind", "direct, fragment or indirect"),
    text(
        "speaker_name",
        "fullest form of the speaker's name in the document",
    ),
    text("speaker_id", "id of the speaker"),
    WHOLE_SENTENCE,
    BLOCK,
    RULE,
];

pub(super) const SUMMARY: &[Column] = &[
    text(
        "type",
        "PER, ORG, LOC, or none for a speaker that is no entity",
    ),
    text("id", "id of the entity"),
    text(
        "name",
        "the dictionary's name, else the name of its first document",
    ),
    text("name_en", "English name or transliteration"),
    integer("documents", "documents that mention it"),
    integer("mentions", "mentions in all of them"),
    integer("quotes", "quotes with this speaker"),
    integer("documents_unique", "documents, leaving out duplicates"),
    integer("mentions_unique", "mentions, leaving out duplicates"),
    integer("quotes_unique", "quotes, leaving out duplicates"),
    text(
        "first_date",
        "date of the earliest document that has an ISO date",
    ),
    text("last_date", "date of the latest"),
];

pub(super) const ERRORS: &[Column] = &[
    text("document", "id of the document, where it has one"),
    text("path", "the file"),
    integer("line", "line of the file, from 1, where there is one"),
    text("severity", "error where something was lost, else warning"),
    text(
        "kind",
        "read, write, decode, format, limit, bug, collision, damaged; skipped for what was passed over",
    ),
    text("reason", "what happened, in plain words"),
];
