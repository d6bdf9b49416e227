//! A language is added in one place: an invented one, with a dozen words, is read by the same engine as Russian and English.

use glagol::Pipeline;
use glagol::document::{Document, Gap, Lang, QuoteKind, Rule, TokenKind, TokenRange};
use glagol::language::clauses::Clauses;
use glagol::language::habits::{Habits, Lead, LeadUp, Region, Step};
use glagol::language::kind::{Marked, Right, Verdict};
use glagol::language::pack::{Before, Behind, Language, Piece};
use glagol::language::statement::statement;
use glagol::language::types::{Attribution, Draft, SourcePhrase};
use glagol::view::View;

/// Written with the letters of Ukrainian, so that its blocks have that code.
struct Invented;

/// Its words: verbs of speech, and the word that opens a clause.
const SAYS: [&str; 4] = ["зувів", "зувіла", "мімує", "горіє"];
const THAT: &str = "якбі";

const HABITS: Habits = Habits {
    reach: 20,
    reach_before: 20,
    marks_between: 4,
    comma_inside: false,
    cue_behind: 5,
    cue_behind_stop: 4,
    inflected: true,
    dashed_line: false,
};

/// The verb of speech in tokens `from..to`.
fn verb(view: &View<'_>, from: usize, to: usize) -> Option<usize> {
    (from..to).find(|&i| SAYS.contains(&view.lower(i)))
}

/// The word at `i` as a source, where it has a capital.
fn name(view: &View<'_>, i: usize) -> Option<SourcePhrase> {
    (view.token(i).is_wordlike() && view.capital(i)).then(|| SourcePhrase {
        tokens: TokenRange::new(i, i + 1),
        head: i as u32,
        mention: None,
        oblique: false,
    })
}

fn attribution(verb: usize, source: SourcePhrase, rule: Rule) -> Attribution {
    let cue = TokenRange::new(verb, verb + 1);
    Attribution::new(cue, Some(source), cue, rule, 0.9)
}

/// «A», зувів X: the name stands behind the verb.
fn said_behind(clauses: &mut Clauses<'_, '_>, region: Region) -> Option<Attribution> {
    let at = verb(clauses.view, region.start, region.end)?;
    let source = name(clauses.view, at + 1)?;
    Some(attribution(at, source, Rule::AttributionAfter))
}

/// X зувів: «A»: the name stands before it.
fn said_before(clauses: &mut Clauses<'_, '_>, lead_up: LeadUp) -> Option<Attribution> {
    let at = verb(clauses.view, lead_up.from, lead_up.end)?;
    let source = name(clauses.view, at.checked_sub(1)?)?;
    Some(attribution(at, source, Rule::AttributionBefore))
}

impl Language for Invented {
    fn lang(&self) -> Lang {
        Lang::Uk
    }

    fn habits(&self) -> &Habits {
        &HABITS
    }

    fn is_cue(&self, view: &View<'_>, i: usize) -> bool {
        SAYS.contains(&view.lower(i))
    }

    fn step(&self, view: &View<'_>, lead: Lead, from: usize, i: usize) -> Step {
        match view.kind(i) {
            _ if i > from && view.token(i).gap >= Gap::Paragraph => Step::Apart,
            TokenKind::Quote => Step::Over(lead),
            TokenKind::Comma => Step::Over(Lead {
                comma: true,
                ..lead
            }),
            TokenKind::Dash => Step::Over(Lead { dash: true, ..lead }),
            _ => Step::Begin(lead),
        }
    }

    fn begins(&self, _view: &View<'_>, lead: Lead, _start: usize, _between: bool) -> bool {
        lead.comma
    }

    fn behind(&self) -> &[Behind] {
        &[said_behind]
    }

    fn before(&self) -> &[Before] {
        &[said_before]
    }

    fn judge(&self, marked: &Marked<'_>) -> Option<Verdict> {
        let end = marked.pair.outer.end as usize;
        let behind = verb(marked.view, end, (end + 4).min(marked.range.end)).is_some();
        let speech = behind || marked.right == Right::End && marked.content.words > 2;
        speech.then_some(Verdict {
            kind: QuoteKind::Direct,
            rule: Rule::DirectSentence,
            confidence: 0.9,
        })
    }

    fn fragment(&self, _clauses: &mut Clauses<'_, '_>, _draft: &Draft) -> Option<Attribution> {
        None
    }

    fn and(&self) -> &'static str {
        "та"
    }

    /// X зувів, якбі A.
    fn sentence(&self, clauses: &mut Clauses<'_, '_>, piece: Piece<'_>, found: &mut Vec<Draft>) {
        let view = clauses.view;
        let range = piece.tokens.range();
        let Some(at) = verb(view, range.start, range.end) else {
            return;
        };
        let Some(source) = at.checked_sub(1).and_then(|i| name(view, i)) else {
            return;
        };
        let Some(that) = (at + 1..range.end).find(|&i| view.lower(i) == THAT) else {
            return;
        };
        let attribution = attribution(at, source, Rule::IndirectThat);
        found.extend(statement(view, &[(that + 1, range.end)], attribution));
    }
}

const TEXT: &str = "Містія гуріка соліві\n\n«Міві гаріні соловіє та бівіє», зувів Орін. Міля Тарія мімує: «Гаріні сівіє \
                    кіні боліві». Міля Бекія горіє, якбі кілімі домівіє. Соловія гаріні містіє.";

/// Kind, words and speaker of each quote.
fn quotes(doc: &Document) -> Vec<(QuoteKind, String, String)> {
    let speaker =
        |q: &glagol::document::Quote| q.speaker.as_ref().map_or("", |s| &s.name).to_owned();
    doc.quotes
        .iter()
        .map(|q| {
            let words: Vec<&str> = q.spans.iter().map(|s| s.slice(&doc.text)).collect();
            (q.kind, words.join(" … "), speaker(q))
        })
        .collect()
}

#[test]
fn an_invented_language_is_read_by_the_same_engine() {
    let mut pipeline = Pipeline::new().expect("loads");
    let doc = pipeline.process(TEXT);
    assert_eq!(doc.blocks.last().map(|b| b.lang), Some(Lang::Uk));
    // A language without a pack is left alone: nothing is read by the rules of another.
    assert_eq!(quotes(&doc), []);
    pipeline.add_language(Box::new(Invented));
    let doc = pipeline.process(TEXT);
    let expected = [
        (QuoteKind::Direct, "Міві гаріні соловіє та бівіє", "Орін"),
        (QuoteKind::Direct, "Гаріні сівіє кіні боліві", "Тарія"),
        (QuoteKind::Indirect, "кілімі домівіє", "Бекія"),
    ];
    let expected = expected.map(|(kind, text, name)| (kind, text.to_owned(), name.to_owned()));
    assert_eq!(quotes(&doc), expected);
    // The others are read as before.
    let doc = pipeline.process("“The road will open in May,” said Jane Odell.");
    assert_eq!(
        quotes(&doc),
        [(
            QuoteKind::Direct,
            "The road will open in May".to_owned(),
            "Jane Odell".to_owned()
        )]
    );
}
