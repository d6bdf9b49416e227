//! Indirect quotations: the rules' own positive and negative examples (`tests/data/quote_cues.csv`), sources of quotations in
//! marks, what pronouns and roles refer to. Every example is run again behind other text with characters of several bytes.

use std::fmt::Write as _;
use std::sync::LazyLock;

use glagol::document::QuoteKind;
use glagol::{Document, Pipeline};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new().expect("the pipeline loads"));

/// A heading before the text, so that it is read as the body of an article.
fn article(text: &str) -> [String; 2] {
    [
        format!("Новости района\n\nДень прошёл спокойно.\n\n{text}\n\nДень закончился тихо."),
        format!("Ёлки 😀 у моря\n\nШёл снег — ёжики спали.\n\n{text}\n\nСнег шёл до утра."),
    ]
}

/// Indirect quotations of a document: parts joined by « … », quotations by « | », and the names of their speakers.
fn indirect(doc: &Document) -> (String, Vec<String>) {
    let (mut said, mut names) = (String::new(), Vec::new());
    for quote in doc.quotes.iter().filter(|q| q.kind == QuoteKind::Indirect) {
        let parts: Vec<&str> = quote.spans.iter().map(|s| s.slice(&doc.text)).collect();
        let between = if said.is_empty() { "" } else { " | " };
        write!(said, "{between}{}", parts.join(" … ")).expect("writes to a string");
        names.push(
            quote
                .speaker
                .as_ref()
                .map_or(String::new(), |s| s.name.clone()),
        );
    }
    (said, names)
}

#[test]
fn every_example_is_read_as_it_says() {
    let mut reader = csv::Reader::from_reader(include_str!("data/quote_cues.csv").as_bytes());
    let mut wrong = String::new();
    let mut count = 0;
    for row in reader.records() {
        let row = row.expect("a good row");
        for text in article(&row[1]) {
            let (said, names) = indirect(&PIPELINE.process(&text));
            let named = names.iter().all(|n| *n == row[3]);
            if said != row[2] || !named {
                writeln!(wrong, "{:?}\n  found {said:?} by {names:?}", &row[1]).expect("writes");
            }
        }
        count += 1;
    }
    assert!(count > 30, "{count} examples");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Name of the speaker of each direct quotation and fragment.
fn speakers(text: &str) -> Vec<String> {
    let [text, _] = article(text);
    PIPELINE
        .process(&text)
        .quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Indirect)
        .map(|q| q.speaker.as_ref().map_or(String::new(), |s| s.name.clone()))
        .collect()
}

#[test]
fn words_in_marks_have_the_speaker_beside_them() {
    for (text, wanted) in [
        (
            "«Мы построим причал», — сказал капитан Олег Сомов.",
            "Олег Сомов",
        ),
        (
            "Капитан Олег Сомов сказал: «Мы построим причал».",
            "Олег Сомов",
        ),
        (
            "«Мы построим причал, — сказал Олег Сомов. — Он нужен городу».",
            "Олег Сомов",
        ),
        (
            "По словам Олега Сомова, «мы построим причал».",
            "Олег Сомов",
        ),
        (
            "«Мы построим причал», — сказал президент РБ.",
            "президент РБ",
        ),
        (
            "«Причал закрыт на ремонт»: пассажиры ждут паром третий день",
            "пассажиры",
        ),
        (
            "«Мы построим причал», — говорится в сообщении порта.",
            "порт",
        ),
    ] {
        assert_eq!(
            speakers(text).first().map(String::as_str),
            Some(wanted),
            "{text}"
        );
    }
}

#[test]
fn pronouns_and_roles_mean_whom_the_text_named() {
    let text = "Капитан порта Олег Сомов приехал утром. «Мы построим причал», — сказал он. По его словам, деньги уже выделены. \
                «Работы начнутся в мае», — добавил капитан.";
    let [text, _] = article(text);
    let doc = PIPELINE.process(&text);
    let names: Vec<&str> = doc
        .quotes
        .iter()
        .filter_map(|q| q.speaker.as_ref().map(|s| s.name.as_str()))
        .collect();
    assert_eq!(names, ["Олег Сомов"; 3]);
}

#[test]
fn a_source_without_a_name_is_marked() {
    let [text, _] = article("Причал закроют, сообщил источник в правительстве.");
    let doc = PIPELINE.process(&text);
    let speaker = doc.quotes[0].speaker.as_ref().expect("a speaker");
    assert!(speaker.unnamed);
    assert_eq!(speaker.name, "источник в правительстве");
}

#[test]
fn a_page_without_full_stops_stays_cheap() {
    let line =
        "Олег Сомов заявил, что причал закроют, и по его словам «работы» начнутся, сообщил порт, ";
    let time = |copies: usize| {
        let text = line.repeat(copies);
        let start = std::time::Instant::now();
        assert!(!PIPELINE.process(&text).quotes.is_empty());
        start.elapsed()
    };
    let (short, long) = (time(300), time(3000));
    assert!(
        long < short * 40 + std::time::Duration::from_millis(200),
        "{short:?}, {long:?}"
    );
}

/// Speakers of all quotations of `text`, in order.
fn names(text: &str) -> Vec<String> {
    let [text, _] = article(text);
    PIPELINE
        .process(&text)
        .quotes
        .iter()
        .map(|q| q.speaker.as_ref().map_or(String::new(), |s| s.name.clone()))
        .collect()
}

/// `tests/data/quote_speakers.csv`: text and the speakers of its quotations, joined by «|».
#[test]
fn every_source_is_who_the_text_says() {
    let mut reader = csv::Reader::from_reader(include_str!("data/quote_speakers.csv").as_bytes());
    let mut wrong = String::new();
    let mut count = 0;
    for row in reader.records() {
        let row = row.expect("a good row");
        let found = names(&row[0]).join("|");
        if found != row[1] {
            writeln!(wrong, "{}\n  wanted {}\n  found  {found}", &row[0], &row[1]).expect("writes");
        }
        count += 1;
    }
    assert!(count > 30, "{count} examples");
    assert!(wrong.is_empty(), "{wrong}");
}
