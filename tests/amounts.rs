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
    glagol::dictionary::rows("examples", csv).expect("the examples are well-formed")
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
