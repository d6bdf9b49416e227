//! Amounts and dates: the examples that stand beside the dictionaries, and what must hold for any string.

use glagol::document::{Amount, Document, Source};
use glagol::{Pipeline, Scratch};
use once_cell::sync::Lazy;
use serde::Deserialize;

static PIPELINE: Lazy<Pipeline> = Lazy::new(|| Pipeline::new().expect("compiled-in data loads"));

#[derive(Deserialize)]
struct Example {
    text: String,
    kind: String,
    span: String,
    value: String,
    value_max: String,
    unit: String,
    approx: String,
    bound: String,
    inferred: String,
}

impl Example {
    fn line(&self) -> String {
        format!(
            "[{}] {} {} {} {} approx={} bound={} inferred={}",
            self.span,
            self.kind,
            self.value,
            self.value_max,
            self.unit,
            if self.approx.is_empty() { "no" } else { "yes" },
            self.bound,
            if self.inferred.is_empty() {
                "no"
            } else {
                "yes"
            },
        )
    }
}

fn line(amount: &Amount, text: &str) -> String {
    format!(
        "[{}] {} {} {} {} approx={} bound={} inferred={}",
        amount.span.slice(text),
        amount.kind.as_str(),
        amount.value,
        amount.value_max.map(|v| v.to_string()).unwrap_or_default(),
        amount.unit.as_deref().unwrap_or_default(),
        if amount.approx { "yes" } else { "no" },
        amount.bound.map(|b| b.as_str()).unwrap_or_default(),
        if amount.inferred { "yes" } else { "no" },
    )
}

fn rows<T: serde::de::DeserializeOwned>(csv: &str) -> Vec<T> {
    glagol::tables::rows("examples", csv).expect("the examples are well-formed")
}

/// Runs every example alone and behind characters of several bytes; says every one that fails.
fn check(csv: &str, at_least: usize) {
    let rows: Vec<Example> = rows(csv);
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    let mut texts = 0;
    for group in rows.chunk_by(|a, b| a.text == b.text) {
        let text = &group[0].text;
        texts += 1;
        let want: Vec<String> = group
            .iter()
            .filter(|e| e.kind != "none")
            .map(Example::line)
            .collect();
        for (prefix, skip) in [("", ""), ("«Ё» 😀.\n\n", " (behind other characters)")] {
            let whole = format!("{prefix}{text}");
            let doc =
                PIPELINE.process_document(Document::new(Source::default(), whole), &mut scratch);
            let got: Vec<String> = doc.amounts.iter().map(|a| line(a, &doc.text)).collect();
            if got != want {
                wrong.push(format!(
                    "{text}{skip}\n    want {}\n    got  {}",
                    want.join("; "),
                    got.join("; ")
                ));
            }
        }
    }
    assert!(texts >= at_least, "only {texts} examples");
    assert!(
        wrong.is_empty(),
        "{} of {texts}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn examples_of_amounts_have_their_values() {
    check(include_str!("../dictionaries/amount_examples.csv"), 100);
}

#[test]
fn every_currency_has_its_code() {
    check(include_str!("../dictionaries/currency_examples.csv"), 200);
}

#[derive(Deserialize)]
struct DateExample {
    text: String,
    today: String,
    span: String,
    value: String,
    precision: String,
}

#[test]
fn examples_of_dates_have_their_values() {
    let rows: Vec<DateExample> = rows(include_str!("../dictionaries/date_examples.csv"));
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    let groups = rows.chunk_by(|a, b| a.text == b.text && a.today == b.today);
    for group in groups {
        let want: Vec<String> = group
            .iter()
            .filter(|e| e.precision != "none")
            .map(|e| format!("[{}] {} {}", e.span, e.value, e.precision))
            .collect();
        let source = Source {
            date: (!group[0].today.is_empty()).then(|| group[0].today.clone()),
            ..Source::default()
        };
        let doc =
            PIPELINE.process_document(Document::new(source, group[0].text.clone()), &mut scratch);
        let got: Vec<String> = doc
            .dates
            .iter()
            .map(|d| {
                format!(
                    "[{}] {} {}",
                    d.span.slice(&doc.text),
                    d.value.as_deref().unwrap_or_default(),
                    d.precision.as_str()
                )
            })
            .collect();
        if got != want {
            wrong.push(format!(
                "{} ({})\n    want {}\n    got  {}",
                group[0].text,
                group[0].today,
                want.join("; "),
                got.join("; ")
            ));
        }
    }
    assert!(rows.len() >= 50);
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Pieces that amounts and dates are made of, and that break them.
const PIECES: &[&str] = &[
    "5",
    "1,5",
    "1 000",
    "2026",
    "10.00.1",
    "1,2,3",
    "99999999999999999999",
    "0",
    "-",
    "–",
    " ",
    " ",
    " ",
    "млн",
    "тыс.",
    "миллиардов",
    "тысяча",
    "два",
    "двадцать",
    "сто",
    "полтора",
    "с половиной",
    "двое",
    "четверть",
    "сотня",
    "руб.",
    "рублей",
    "долларов",
    "США",
    "$",
    "€",
    "US",
    "копеек",
    "%",
    "процентов",
    "пункта",
    "км",
    "/",
    "ч",
    "кв.",
    "м",
    "²",
    "°",
    "C",
    "градусов",
    "минус",
    "+",
    "от",
    "до",
    "между",
    "и",
    "или",
    "более",
    "чем",
    "на",
    "около",
    "не",
    "менее",
    "с",
    "лишним",
    "(",
    ")",
    ".",
    ",",
    ":",
    "\n",
    "\n\n",
    "человек",
    "домов",
    "новых",
    "раненых",
    "БПЛА",
    "раз",
    "в",
    "№",
    "ст.",
    "году",
    "февраля",
    "5-го",
    "3-х",
    "100-процентный",
    "два-три",
    "понедельник",
    "вчера",
    "прошлом",
    "half",
    "a",
    "million",
    "dollars",
    "two",
    "hundred",
    "of",
    "her",
    "cows",
    "people",
    "percent",
    "May",
    "Feb.",
    "5th",
    "R100m",
    "bn",
    "€5",
    "ё",
    "😀",
    "\u{301}",
    "\u{AD}",
    "\u{A0}",
    "½",
    "у.",
    "е.",
    "£",
    "k",
    "1/3",
    "3:1",
    "г.",
    "in",
    "10",
];

/// What must hold for whatever was found.
fn assert_sound(doc: &Document) {
    let spans = |list: Vec<glagol::Span>| {
        for span in &list {
            assert!(span.start() < span.end() && span.end() <= doc.text.len());
            assert!(doc.text.is_char_boundary(span.start()), "{span:?}");
            assert!(doc.text.is_char_boundary(span.end()), "{span:?}");
        }
        for pair in list.windows(2) {
            assert!(pair[0].end() <= pair[1].start(), "{pair:?} overlap");
        }
    };
    spans(doc.amounts.iter().map(|a| a.span).collect());
    spans(doc.dates.iter().map(|d| d.span).collect());
    for amount in &doc.amounts {
        assert!(
            doc.dates.iter().all(|d| !d.span.overlaps(amount.span)),
            "a date inside {amount:?}"
        );
        if let Some(max) = amount.value_max {
            assert!(amount.value.is_less(max), "{amount:?}");
        }
    }
}

#[test]
fn any_mixture_of_pieces_is_sound_and_the_same_twice() {
    // A small generator of its own, so that a failure is the same on every machine.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut scratch = Scratch::default();
    let mut found = 0;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..3 + next(14) {
            text.push_str(PIECES[next(PIECES.len())]);
            if next(4) > 0 {
                text.push(' ');
            }
        }
        let read = |text: &str, scratch: &mut Scratch| {
            PIPELINE.process_document(Document::new(Source::default(), text.to_owned()), scratch)
        };
        let doc = read(&text, &mut scratch);
        assert_sound(&doc);
        let again = read(&text, &mut Scratch::default());
        assert_eq!(doc.amounts, again.amounts, "{text}");
        assert_eq!(doc.dates, again.dates, "{text}");
        found += doc.amounts.len() + doc.dates.len();
    }
    assert!(found > 5_000, "only {found} found: the pieces are too wild");
}

proptest::proptest! {
    #[test]
    fn any_string_is_read_without_panic(text in "\\PC{0,200}") {
        let doc = PIPELINE.process(&text);
        assert_sound(&doc);
    }
}
