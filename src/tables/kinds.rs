//! Every kind of table under `dictionaries/`: its files, its columns and what their cells may hold, the columns that make its key.
//!
//! This is the one place where a table is described. The build holds all shipped tables against it, the loader the tables of users,
//! `glagol dict check` any file; `DICTIONARIES.md` says in words what every name here means, and a test compares the two. What a class
//! does is known in the room that reads the table. The file leans on the standard library alone, as the build script has it too.

/// A kind of table.
#[derive(Debug)]
pub struct Table {
    /// Its files under `dictionaries/`; of rows of several files that give one name, the earlier file's come first.
    pub files: &'static [&'static str],
    /// Its columns in order.
    pub columns: &'static [Column],
    /// The columns that say what a row is about: a user's row takes the place of all of ours that have the same cells in them.
    pub key: &'static [&'static str],
    /// Who reads it.
    pub readers: Readers,
    /// Whether its rows stand in the order of their cells; in other tables the order means something, or groups belong together.
    pub sorted: bool,
}

/// Who reads a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The program; its rows are parsed when it starts.
    Program,
    /// The program; the build digests the rows, so that nothing is parsed at start.
    Digest,
    /// The program; people, organisations, places and positions, whose rows the build digests.
    Entities,
    /// `glagol train` alone.
    Training,
    /// Tests alone.
    Tests,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub cell: Cell,
    /// Whether it must be there.
    pub need: Need,
}

/// Whether a column and its cells must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Every row fills it, users' rows too.
    Filled,
    /// A cell may be empty; a user's file may leave the column out.
    MayBeEmpty,
    /// The column may be left out, in our tables too.
    Optional,
    /// Every row of ours fills it; a user's file may leave the column out.
    Ours,
}

/// What the cells of a column hold; an empty cell is a matter of [`Need`].
#[derive(Debug)]
pub enum Cell {
    /// Any text.
    Text,
    /// A word or phrase, or several, by which people look a row up.
    Word,
    /// A number.
    Number,
    /// Some of these letters.
    Letters(&'static str),
    /// One of these.
    One(&'static [&'static str]),
    /// One or more of these, with spaces between them.
    Several(&'static [&'static str]),
    /// One of these in our tables; users may have others.
    Known(&'static [&'static str]),
    /// Nothing.
    Empty,
    /// What the named column holds decides; for all other values the last.
    By(&'static str, &'static [(&'static str, Cell)], &'static Cell),
}

const fn filled(name: &'static str, cell: Cell) -> Column {
    let need = Need::Filled;
    Column { name, cell, need }
}

const fn empty(name: &'static str, cell: Cell) -> Column {
    let need = Need::MayBeEmpty;
    Column { name, cell, need }
}

const fn optional(name: &'static str, cell: Cell) -> Column {
    let need = Need::Optional;
    Column { name, cell, need }
}

const fn source() -> Column {
    Column {
        name: "source",
        cell: Cell::One(&SOURCES),
        need: Need::Ours,
    }
}

/// Where rows come from; `dictionaries/LICENSES.md` says what each is.
pub const SOURCES: [&str; 6] = [
    "hand",
    "cldr",
    "geonames",
    "polnear",
    "russiannames",
    "us-census-1990",
];

/// Types of entities.
pub const TYPES: [&str; 4] = ["PER", "ORG", "LOC", "POS"];
/// Languages that are read.
pub const LANGS: [&str; 2] = ["ru", "en"];
/// Kinds of names of entities; an empty one is the first.
pub const KINDS: [&str; 9] = [
    "full",
    "short",
    "abbr",
    "variant",
    "formal",
    "former",
    "adjective",
    "demonym",
    "feminine",
];
/// Sexes of entities.
pub const SEXES: [&str; 3] = ["", "m", "f"];
/// Ways in which names of entities match.
pub const MATCHES: [&str; 3] = ["", "context", "exact"];
/// The classes of organisations, and more.
macro_rules! organisations {
    ($($more:literal),*) => {
        &[
            "international",
            "regional",
            "government",
            "ministry",
            "agency",
            "parliament",
            "party",
            "court",
            "centralbank",
            "military",
            "media",
            "company",
            "bank",
            "sport",
            "university",
            "ngo",
            "religious",
            "other",
            $($more),*
        ]
    };
}

/// Classes of organisations.
pub const ORGANISATIONS: &[&str] = organisations!();

const LANG: Column = filled("lang", Cell::One(&LANGS));
const YES: Cell = Cell::One(&["yes"]);
const SEX: Cell = Cell::One(&["m", "f"]);
const CONTEXT: Cell = Cell::One(&["context"]);

/// Columns of the examples of amounts.
const AMOUNT_EXAMPLES: &[Column] = &[
    filled("text", Cell::Text),
    filled(
        "kind",
        Cell::One(&["money", "count", "none", "measure", "percent"]),
    ),
    empty("span", Cell::Text),
    empty("value", Cell::Number),
    empty("value_max", Cell::Number),
    empty("unit", Cell::Text),
    empty("approx", YES),
    empty("bound", Cell::One(&["min", "max"])),
    empty("inferred", YES),
    source(),
];

/// All kinds of tables.
pub static TABLES: &[Table] = &[
    Table {
        files: &[
            "countries.csv",
            "regions.csv",
            "cities.csv",
            "geography.csv",
            "organisations.csv",
            "media.csv",
            "companies.csv",
            "people_region.csv",
            "people_world.csv",
            "positions.csv",
        ],
        columns: &[
            filled("id", Cell::Text),
            filled("type", Cell::One(&TYPES)),
            empty(
                "class",
                Cell::Known(organisations!(
                    "country",
                    "region",
                    "city",
                    "district",
                    "sea",
                    "river",
                    "mountain",
                    "street",
                    "politician",
                    "official",
                    "culture",
                    "business",
                    "profession",
                    "office",
                    "title",
                    "courtesy"
                )),
            ),
            filled("name", Cell::Word),
            empty("lang", Cell::One(&LANGS)),
            empty("kind", Cell::One(&KINDS)),
            empty("sex", SEX),
            empty("country", Cell::Text),
            empty("role", Cell::Text),
            empty("match", Cell::One(&["context", "exact"])),
            source(),
        ],
        key: &["id", "name", "lang", "kind"],
        readers: Readers::Entities,
        sorted: false,
    },
    Table {
        files: &["cues.csv"],
        columns: &[
            filled("cue", Cell::Word),
            LANG,
            filled(
                "kind",
                Cell::By(
                    "lang",
                    &[("en", Cell::One(&["verb", "noun", "adj", "phrase"]))],
                    &Cell::One(&[
                        "verb",
                        "outlet_verb",
                        "light",
                        "short",
                        "noun_po",
                        "noun_so",
                        "noun_that",
                        "inf_that",
                        "prep",
                    ]),
                ),
            ),
            filled(
                "frames",
                Cell::By(
                    "lang",
                    &[(
                        "en",
                        Cell::Several(&[
                            "that", "zero", "after", "direct", "inf", "obj_inf", "object", "whom",
                            "phrase",
                        ]),
                    )],
                    &Cell::Several(&[
                        "that",
                        "after",
                        "about",
                        "direct",
                        "inf",
                        "subjunctive",
                        "impersonal",
                        "goes_on",
                        "placed",
                        "that_fact",
                        "denied",
                        "naming",
                        "quoting",
                        "via",
                        "noun",
                        "phrase",
                    ]),
                ),
            ),
            filled(
                "class",
                Cell::One(&[
                    "speech",
                    "opinion",
                    "intention",
                    "promise",
                    "request",
                    "accuse",
                    "object",
                    "document",
                    "outlet",
                    "light",
                ]),
            ),
            empty("forms", Cell::Word),
            optional("example", Cell::Text),
            optional("counter", Cell::Text),
            source(),
        ],
        key: &["cue", "lang", "kind"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["function_words.csv"],
        columns: &[
            filled("word", Cell::Word),
            LANG,
            filled(
                "class",
                Cell::By(
                    "lang",
                    &[(
                        "en",
                        Cell::One(&[
                            "adverb",
                            "and",
                            "be",
                            "chief",
                            "company",
                            "conj",
                            "contrast",
                            "definite",
                            "det",
                            "dialogue",
                            "do",
                            "document",
                            "firm",
                            "have",
                            "indefinite",
                            "media",
                            "modal",
                            "not",
                            "object",
                            "plural",
                            "possessive",
                            "prep",
                            "question",
                            "relative",
                            "source",
                            "speaking",
                            "subject",
                            "time",
                        ]),
                    )],
                    &Cell::One(&[
                        "adverb",
                        "anonymous",
                        "anyone",
                        "attributive",
                        "before_as",
                        "begins",
                        "cause",
                        "cause_of",
                        "chief",
                        "company",
                        "correlate",
                        "degree",
                        "document",
                        "firm",
                        "group",
                        "headline",
                        "insider",
                        "interlocutor",
                        "knowledge",
                        "media",
                        "personal",
                        "quantity",
                        "refer",
                        "relation",
                        "reply",
                        "self",
                        "setting",
                        "source",
                        "subordinate",
                        "such",
                        "time",
                    ]),
                ),
            ),
            source(),
        ],
        key: &["word", "lang", "class"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["clause_words.csv"],
        columns: &[
            filled("word", Cell::Word),
            LANG,
            filled(
                "class",
                Cell::One(&[
                    "finite",
                    "subject",
                    "first",
                    "second",
                    "complement",
                    "verbatim",
                    "naming",
                    "term",
                    "question",
                    "answer",
                ]),
            ),
            source(),
        ],
        key: &["word", "lang", "class"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["source_nouns.csv"],
        columns: &[
            filled("word", Cell::Word),
            filled("classes", Cell::Several(organisations!("named"))),
            empty("general", YES),
            source(),
        ],
        key: &["word"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["quoted_names.csv"],
        columns: &[filled("word", Cell::Word), LANG, source()],
        key: &["word", "lang"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["organisation_words.csv"],
        columns: &[
            filled("word", Cell::Word),
            LANG,
            filled(
                "use",
                Cell::One(&["named", "generic", "head", "thing", "office", "occasion"]),
            ),
            source(),
        ],
        key: &["word", "lang", "use"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["role_relations.csv"],
        columns: &[
            filled("general", Cell::Word),
            filled("specific", Cell::Word),
            source(),
        ],
        key: &["general", "specific"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["given_names.csv"],
        columns: &[
            filled("name", Cell::Word),
            LANG,
            filled("sex", Cell::One(&["m", "f", "mf"])),
            empty("origin", Cell::Text),
            empty("match", CONTEXT),
            source(),
        ],
        key: &["name", "lang"],
        readers: Readers::Digest,
        sorted: true,
    },
    Table {
        files: &["surnames.csv"],
        columns: &[
            filled("name", Cell::Word),
            LANG,
            empty("match", CONTEXT),
            source(),
        ],
        key: &["name", "lang"],
        readers: Readers::Digest,
        sorted: true,
    },
    Table {
        files: &["english_words.csv"],
        columns: &[filled("word", Cell::Word), source()],
        key: &["word"],
        readers: Readers::Digest,
        sorted: true,
    },
    Table {
        files: &["given_name_counts.csv"],
        columns: &[
            filled("name", Cell::Word),
            filled("sex", SEX),
            filled("count", Cell::Number),
            source(),
        ],
        key: &["name", "sex"],
        readers: Readers::Digest,
        sorted: true,
    },
    Table {
        files: &["surname_nominatives.csv"],
        columns: &[
            filled("name", Cell::Word),
            filled("count", Cell::Number),
            source(),
        ],
        key: &["name"],
        readers: Readers::Digest,
        sorted: true,
    },
    Table {
        files: &["name_context.csv"],
        columns: &[
            filled("word", Cell::Word),
            filled(
                "class",
                Cell::One(&[
                    "preposition",
                    "relation",
                    "duty",
                    "either",
                    "relative",
                    "courtesy",
                    "office",
                ]),
            ),
            empty(
                "value",
                Cell::By(
                    "class",
                    &[
                        ("preposition", Cell::Letters("gdail")),
                        ("relation", Cell::One(&["office"])),
                        ("relative", SEX),
                        ("courtesy", SEX),
                        ("office", Cell::One(&["highest"])),
                    ],
                    &Cell::Empty,
                ),
            ),
            source(),
        ],
        key: &["word", "class"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["name_particles.csv"],
        columns: &[
            filled("word", Cell::Word),
            LANG,
            filled(
                "use",
                Cell::One(&["particle", "ambiguous", "joint", "son", "daughter"]),
            ),
            source(),
        ],
        key: &["word", "lang", "use"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["name_endings.csv"],
        columns: &[
            filled(
                "part",
                Cell::One(&["given", "surname", "patronymic", "any", "noun"]),
            ),
            filled("sex", Cell::One(&["m", "f", "b", "n", "p"])),
            filled("ending", Cell::Word),
            filled("cut", Cell::Number),
            filled("genitive", Cell::Text),
            filled("dative", Cell::Text),
            filled("accusative", Cell::Text),
            filled("instrumental", Cell::Text),
            filled("locative", Cell::Text),
            filled("chance", Cell::Number),
            empty("nominative_chance", Cell::Number),
            optional("example", Cell::Text),
            source(),
        ],
        key: &["part", "sex", "ending"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["chinese_names.csv"],
        columns: &[
            filled("text", Cell::Word),
            filled("kind", Cell::One(&["surname", "syllable"])),
            source(),
        ],
        key: &["text", "kind"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["name_spellings.csv"],
        columns: &[
            filled("spelling", Cell::Word),
            filled("like", Cell::Text),
            filled("place", Cell::One(&["any", "end"])),
            source(),
        ],
        key: &["spelling", "place"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["transliteration.csv"],
        columns: &[
            filled("letter", Cell::Word),
            empty("news", Cell::Text),
            empty("bgn", Cell::Text),
            empty("icao", Cell::Text),
            empty("iso9", Cell::Text),
            empty("gost", Cell::Text),
            source(),
        ],
        key: &["letter"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["latin_spellings.csv"],
        columns: &[
            filled("latin", Cell::Word),
            filled("cyrillic", Cell::Text),
            source(),
        ],
        key: &["latin"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["name_parts.csv"],
        columns: &[
            filled("part", Cell::Word),
            filled(
                "kind",
                Cell::One(&[
                    "topic",
                    "adjective",
                    "body",
                    "company",
                    "media",
                    "institution",
                ]),
            ),
            source(),
        ],
        key: &["part", "kind"],
        readers: Readers::Training,
        sorted: false,
    },
    Table {
        files: &["abbreviations.csv"],
        columns: &[
            filled("form", Cell::Word),
            LANG,
            filled(
                "class",
                Cell::One(&["abbreviation", "initial", "label", "scale", "starter"]),
            ),
            empty(
                "context",
                Cell::One(&[
                    "number_before",
                    "number_after",
                    "capital_after",
                    "comma_before",
                ]),
            ),
            empty("ends", Cell::One(&["never", "may", "usual"])),
            source(),
        ],
        key: &["form", "lang"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["domains.csv"],
        columns: &[
            filled("domain", Cell::Word),
            filled("written", Cell::Several(&["lower", "title", "upper"])),
            source(),
        ],
        key: &["domain"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["page_lines.csv"],
        columns: &[
            filled("phrase", Cell::Word),
            filled("where", Cell::One(&["start", "whole", "any"])),
            filled(
                "kind",
                Cell::One(&["caption", "links", "poll", "comment", "menu", "other"]),
            ),
            empty("lang", Cell::One(&LANGS)),
            optional("example", Cell::Text),
            optional("counterexample", Cell::Text),
            source(),
        ],
        key: &["phrase", "where"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["languages.csv"],
        columns: &[
            filled("lang", Cell::Text),
            filled("kind", Cell::One(&["letter", "word"])),
            filled("value", Cell::Word),
            source(),
        ],
        key: &["lang", "kind", "value"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["numbers.csv"],
        columns: &[
            filled("form", Cell::Word),
            LANG,
            filled(
                "kind",
                Cell::One(&[
                    "unit",
                    "teen",
                    "ten",
                    "hundred",
                    "scale",
                    "collective",
                    "ordinal",
                    "half",
                    "whole",
                    "addend",
                ]),
            ),
            filled("value", Cell::Number),
            empty("alone", Cell::One(&["one", "article", "governed", "glued"])),
            source(),
        ],
        key: &["form"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["amount_words.csv"],
        columns: &[
            filled("phrase", Cell::Word),
            LANG,
            filled(
                "kind",
                Cell::One(&[
                    "before",
                    "after",
                    "below",
                    "preposition",
                    "change",
                    "label",
                    "uncounted",
                    "weight",
                    "genitive",
                    "weather",
                    "angle",
                    "acronym",
                    "percent",
                    "percent_adjective",
                    "point",
                    "function",
                    "coordinate",
                    "attributive",
                    "adverb",
                ]),
            ),
            empty("approx", YES),
            empty("bound", Cell::One(&["min", "max"])),
            source(),
        ],
        key: &["phrase", "lang", "kind"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["currencies.csv"],
        columns: &[
            empty("code", Cell::Text),
            filled("country", Cell::Text),
            filled(
                "kind",
                Cell::One(&[
                    "noun",
                    "minor",
                    "sign",
                    "prefix",
                    "abbreviation",
                    "iso",
                    "country",
                ]),
            ),
            filled("form", Cell::Word),
            empty(
                "lang",
                Cell::By("kind", &[("prefix", Cell::Text)], &Cell::One(&LANGS)),
            ),
            filled(
                "use",
                Cell::One(&["default", "region", "after", "glued", "sign"]),
            ),
            filled("per_unit", Cell::One(&["1", "100"])),
            source(),
        ],
        key: &["kind", "form", "lang"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["units.csv"],
        columns: &[
            filled("symbol", Cell::Text),
            filled("phrase", Cell::Word),
            empty("lang", Cell::One(&LANGS)),
            empty(
                "use",
                Cell::One(&[
                    "abbreviation",
                    "number_glued_or_after",
                    "glued",
                    "upper",
                    "lower",
                    "mass",
                    "weak",
                ]),
            ),
            source(),
        ],
        key: &["phrase", "lang"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["dates.csv"],
        columns: &[
            filled("form", Cell::Word),
            LANG,
            filled(
                "kind",
                Cell::One(&[
                    "month",
                    "weekday",
                    "day",
                    "shift",
                    "year",
                    "month_word",
                    "before_year",
                    "before_month",
                    "before_weekday",
                ]),
            ),
            filled("value", Cell::Number),
            filled("match", Cell::One(&["lemma", "form", "short"])),
            source(),
        ],
        key: &["form", "lang", "kind"],
        readers: Readers::Program,
        sorted: false,
    },
    Table {
        files: &["english_plurals.csv"],
        columns: &[
            filled("form", Cell::Word),
            empty("singular", Cell::Word),
            source(),
        ],
        key: &["form"],
        readers: Readers::Program,
        sorted: true,
    },
    Table {
        files: &["amount_examples.csv", "currency_examples.csv"],
        columns: AMOUNT_EXAMPLES,
        key: &["text", "span"],
        readers: Readers::Tests,
        sorted: false,
    },
    Table {
        files: &["date_examples.csv"],
        columns: &[
            filled("text", Cell::Text),
            empty("today", Cell::Text),
            empty("span", Cell::Text),
            empty("value", Cell::Text),
            filled("precision", Cell::One(&["day", "month", "year", "none"])),
            source(),
        ],
        key: &["text", "today", "span"],
        readers: Readers::Tests,
        sorted: false,
    },
];

/// The table that a file is of, by its name under `dictionaries/`.
pub fn of_file(file: &str) -> Option<(&'static Table, &'static str)> {
    TABLES.iter().find_map(|table| {
        let file = table.files.iter().find(|f| **f == file)?;
        Some((table, *file))
    })
}
