//! Quotations in English: each pattern with what it must find and what it must leave alone.

use std::sync::LazyLock;

use glagol::Pipeline;
use glagol::document::QuoteKind;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("dictionaries load"));

/// Kind, words, source as written (empty for none).
fn quotes(text: &str) -> Vec<(QuoteKind, String, String)> {
    let doc = PIPELINE.process(text);
    doc.quotes
        .iter()
        .map(|q| {
            let words: Vec<&str> = q.spans.iter().map(|s| s.slice(&doc.text)).collect();
            let source = q
                .speaker
                .as_ref()
                .and_then(|s| s.span)
                .map_or("", |s| s.slice(&doc.text));
            (q.kind, words.join(" … "), source.to_owned())
        })
        .collect()
}

fn indirect(text: &str) -> Vec<(String, String)> {
    quotes(text)
        .into_iter()
        .filter(|q| q.0 == QuoteKind::Indirect)
        .map(|q| (q.1, q.2))
        .collect()
}

#[track_caller]
fn finds(text: &str, words: &str, source: &str) {
    let found = indirect(text);
    assert!(
        found.iter().any(|q| q.0 == words && q.1 == source),
        "{text}\nfound {found:?}"
    );
}

#[track_caller]
fn finds_nothing(text: &str) {
    let found = indirect(text);
    assert!(found.is_empty(), "{text}\nfound {found:?}");
}

#[test]
fn clauses_after_cues() {
    finds(
        "The harbour master said that the crane would stay until spring.",
        "the crane would stay until spring",
        "The harbour master",
    );
    finds(
        "Odette Marsh said the crane would stay until spring.",
        "the crane would stay until spring",
        "Odette Marsh",
    );
    finds(
        "Odette Marsh told reporters on Monday that the crane would stay.",
        "the crane would stay",
        "Odette Marsh",
    );
    finds(
        "Odette Marsh, a spokeswoman for the port, said the crane would stay.",
        "the crane would stay",
        "Odette Marsh",
    );
    finds(
        "Marsh said in a statement that the crane would stay.",
        "the crane would stay",
        "Marsh",
    );
}

#[test]
fn cues_in_one_sentence() {
    let found = indirect("Marsh said the crane would stay, adding that the crew was safe.");
    assert_eq!(
        found,
        [
            ("the crane would stay".to_owned(), "Marsh".to_owned()),
            ("the crew was safe".to_owned(), "Marsh".to_owned()),
        ]
    );
}

#[test]
fn attribution_behind_and_inside() {
    finds(
        "The crane would stay until spring, Marsh said.",
        "The crane would stay until spring",
        "Marsh",
    );
    finds(
        "The crane, she said, would stay until spring.",
        "The crane … would stay until spring",
        "she",
    );
    finds(
        "The crane will stay until spring, according to the port authority.",
        "The crane will stay until spring",
        "the port authority",
    );
    finds(
        "According to the port authority, the crane will stay until spring.",
        "the crane will stay until spring",
        "the port authority",
    );
    // The clause goes on behind the aside; what another subject does is another clause.
    finds(
        "The crane, according to the port authority, is to stay until spring.",
        "The crane … is to stay until spring",
        "the port authority",
    );
    finds(
        "The crane will stay, according to the port authority, and the mayor left.",
        "The crane will stay",
        "the port authority",
    );
}

#[test]
fn intentions() {
    finds(
        "The mayor urges to leave the coast.",
        "to leave the coast",
        "The mayor",
    );
    finds(
        "The mayor vowed to rebuild the pier.",
        "to rebuild the pier",
        "The mayor",
    );
    finds(
        "The mayor urged residents to leave the coast.",
        "residents to leave the coast",
        "The mayor",
    );
}

#[test]
fn what_is_no_speech() {
    finds_nothing("The crane stood in the harbour until spring.");
    finds_nothing("Sailors from the United States walked along the pier.");
    finds_nothing("The report on the claims was long.");
    finds_nothing("Marsh was told to wait outside.");
    finds_nothing("The port raised $12 million from the banks.");
}

#[test]
fn beside_words_in_marks() {
    let of = |text: &str| {
        quotes(text)
            .into_iter()
            .filter(|q| q.0 == QuoteKind::Direct)
            .map(|q| (q.1, q.2))
            .collect::<Vec<_>>()
    };
    let one = |words: &str, source: &str| vec![(words.to_owned(), source.to_owned())];
    assert_eq!(
        of("“We will rebuild the pier,” said Tobias Renn, the mayor."),
        one("We will rebuild the pier", "Tobias Renn")
    );
    assert_eq!(
        of(
            "“We will rebuild the pier,” the mayor, Tobias Renn, told a crowd. “It will be of stone.”"
        ),
        one(
            "We will rebuild the pier … It will be of stone.",
            "the mayor, Tobias Renn"
        )
    );
    assert_eq!(
        of("Renn told the council: “We will rebuild the pier.”"),
        one("We will rebuild the pier.", "Renn")
    );
    assert_eq!(
        of("Renn spoke first, adding, “We will rebuild the pier.”"),
        one("We will rebuild the pier.", "Renn")
    );
    // A verb that no list has, behind a comma.
    assert_eq!(
        of("“We will rebuild the pier,” an angry Renn spluttered."),
        one("We will rebuild the pier", "an angry Renn")
    );
}

#[test]
fn surnames_and_pronouns_have_full_names() {
    let doc = PIPELINE.process(
        "Odette Marsh runs the port. “The crane will stay until spring,” Marsh said on Monday.\n\n\
         “We have waited for eleven years,” she added.",
    );
    let names: Vec<&str> = doc
        .quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Direct)
        .map(|q| q.speaker.as_ref().map_or("", |s| s.name.as_str()))
        .collect();
    assert_eq!(names, ["Odette Marsh", "Odette Marsh"]);
}

#[test]
fn sources_without_a_name() {
    let doc = PIPELINE.process("A source in the ministry said the crane would stay.");
    let speaker = doc.quotes[0].speaker.as_ref().expect("a speaker");
    assert!(speaker.unnamed);
}

#[test]
fn any_place_in_a_text() {
    // Offsets hold behind characters of several bytes.
    for lead in ["", "«Ж» — 30 €. "] {
        let text = format!("{lead}The mayor said that the pier would be rebuilt.");
        let doc = PIPELINE.process(&text);
        for quote in &doc.quotes {
            for span in &quote.spans {
                assert!(text.get(span.start()..span.end()).is_some());
            }
        }
    }
}
