//! What holds for any text whatever: no panic, spans on character boundaries and inside the text, order, indices that point
//! somewhere, the same output twice and in any company.

use std::sync::LazyLock;

use glagol::batch::BatchOptions;
use glagol::document::{Document, Source};
use glagol::{OffsetMap, Pipeline, Scratch, Span, batch, export};
use proptest::prelude::*;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new().expect("the pipeline loads"));

fn process(text: &str, scratch: &mut Scratch) -> Document {
    let source = Source {
        id: "any.txt".into(),
        ..Source::default()
    };
    PIPELINE.process_document(Document::new(source, text.to_owned()), scratch)
}

fn json(doc: &Document) -> String {
    let mut out = Vec::new();
    export::write_json(doc, &OffsetMap::new(&doc.text), &mut out).expect("writes to memory");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn ordered(spans: impl Iterator<Item = Span>) -> bool {
    let spans: Vec<Span> = spans.collect();
    spans.windows(2).all(|w| w[0].end <= w[1].start)
}

fn check(doc: &Document) {
    let text = &doc.text;
    let mut spans: Vec<Span> = Vec::new();
    spans.extend(doc.blocks.iter().map(|b| b.span));
    spans.extend(doc.sentences.iter().map(|s| s.span));
    spans.extend(doc.tokens.iter().map(|t| t.span));
    spans.extend(doc.mentions.iter().map(|m| m.span));
    spans.extend(doc.amounts.iter().map(|a| a.span));
    spans.extend(doc.dates.iter().map(|d| d.span));
    for quote in &doc.quotes {
        assert!(!quote.spans.is_empty(), "a quote without parts");
        assert!((0.0..=1.0).contains(&quote.confidence));
        spans.extend(&quote.spans);
        spans.extend(quote.cue);
        spans.extend(quote.via.iter().map(|v| v.span));
        if let Some(speaker) = &quote.speaker {
            spans.extend(speaker.span);
            assert!(
                speaker
                    .entity
                    .is_none_or(|e| (e as usize) < doc.entities.len())
            );
            assert!(!speaker.name.is_empty(), "a speaker without a name");
        }
    }
    for span in spans {
        assert!(
            text.get(span.start()..span.end())
                .is_some_and(|s| !s.is_empty()),
            "{span:?} does not slice {text:?}"
        );
    }
    assert!(ordered(doc.blocks.iter().map(|b| b.span)), "blocks overlap");
    assert!(
        ordered(doc.sentences.iter().map(|s| s.span)),
        "sentences overlap"
    );
    assert!(ordered(doc.tokens.iter().map(|t| t.span)), "tokens overlap");
    assert!(doc.mentions.is_sorted_by_key(|m| m.span.start));
    assert!(doc.amounts.is_sorted_by_key(|a| a.span.start));
    assert!(doc.quotes.is_sorted_by_key(|q| q.spans[0].start));
    assert!(doc.sentences.iter().all(|s| s.tokens.range().len() <= 2000));
    // Blocks, and the tokens in them, cover all that is not white space or a mark of no width (byte order mark, joiner).
    // Control characters are white space to tokens.
    let unseen = |c: char| {
        c.is_ascii_control()
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    for (i, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let inside = |s: Span| s.start() <= i && i < s.end();
        assert!(
            doc.blocks.iter().any(|b| inside(b.span)),
            "{c:?} at {i} is in no block"
        );
        assert!(
            unseen(c) || doc.tokens.iter().any(|t| inside(t.span)),
            "{c:?} at {i} is in no token"
        );
    }
    for mention in &doc.mentions {
        assert!(mention.tokens.end as usize <= doc.tokens.len() && !mention.tokens.is_empty());
        assert!(
            mention
                .entity
                .is_none_or(|e| (e as usize) < doc.entities.len())
        );
        assert!(
            mention
                .holder
                .is_none_or(|h| (h as usize) < doc.mentions.len())
        );
    }
    for entity in &doc.entities {
        assert!(!entity.id.is_empty() && !entity.name.is_empty());
    }
    let line = json(doc);
    assert_eq!(line.matches('\n').count(), 1, "one line a document");
    let value: serde_json::Value = serde_json::from_str(&line).expect("well-formed JSON");
    assert_eq!(value["text"], *text);
    let points: Vec<char> = text.chars().collect();
    for key in ["mentions", "amounts", "dates"] {
        for record in value[key].as_array().expect("a list") {
            let (start, end) = (record["start"].as_u64(), record["end"].as_u64());
            let (start, end) = (
                start.expect("a number") as usize,
                end.expect("a number") as usize,
            );
            let slice: String = points[start..end].iter().collect();
            assert_eq!(record["text"], slice, "{key} slice by code points");
        }
    }
}

/// Pieces that news are made of, and what breaks programs; put together by chance they reach more rules than random letters.
const PIECES: &[&str] = &[
    "«",
    "»",
    "“",
    "”",
    "„",
    "\"",
    "'",
    "''",
    "—",
    "–",
    "-",
    ",",
    ".",
    "…",
    ":",
    "?",
    "!",
    "(",
    ")",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\u{a0}",
    "\u{ad}",
    "\u{301}",
    "\u{200b}",
    "\u{feff}",
    "\r\n",
    "\t",
    "\0",
    "😀",
    "é",
    "ß",
    "İ",
    "ё",
    "№",
    "%",
    "$",
    "€",
    "1",
    "2,5",
    "1 000 000",
    "1.844.036,12",
    "5,3млн",
    "17",
    "2026",
    "05.02.2026",
    "12:58",
    "млрд",
    "тыс.",
    "рублей",
    "долларов США",
    "от",
    "до",
    "более",
    "около",
    "г.",
    "А. С.",
    "Иванов",
    "Мария",
    "Лукашенко",
    "Касым-Жомарт Токаев",
    "президент Беларуси",
    "министр",
    "Минск",
    "ЕАЭС",
    "ООН",
    "Министерство обороны США",
    "ООО",
    "сказал",
    "заявила",
    "сообщает",
    "ТАСС",
    "что",
    "он",
    "по его словам",
    "по словам",
    "По мнению",
    "Об этом",
    "призвал",
    "построить",
    "завод",
    "мы готовы",
    "Я думаю",
    "said",
    "according to",
    "Mr.",
    "Smith",
    "the president",
    "told",
    "that",
    "$5 million",
    "“We",
    "will go,”",
    "Inc.",
    "U.S.",
    "Вопрос:",
    "Ответ:",
    "Дословно:",
    "Фото:",
    "Читайте также",
    "Наш опрос",
    "31%",
    "http://a.b/c",
    "@name",
    "#tag",
    "a@b.ru",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(
        (prop::sample::select(PIECES), prop::bool::weighted(0.7)),
        0..60,
    )
    .prop_map(|parts| {
        let mut text = String::new();
        for (piece, space) in parts {
            text.push_str(piece);
            if space {
                text.push(' ');
            }
        }
        text
    })
}

/// Lines that pages are made of, and lines cut in the middle: for the stage that labels blocks.
const LINES: &[&str] = &[
    "Главная | Новости | Контакты",
    "МИНСК, 5 марта — ТАСС.",
    "5 марта 2026, 12:30",
    "Читайте также:",
    "Наш опрос: нужна ли новая дорога?",
    "Да — 31%",
    "Нет — 52%",
    "Фото: Нина Лаптева",
    "Комментарии (12)",
    "Новый мост откроют осенью",
    "«Мост ждали три года», — сказал министр транспорта Айбек Сарсенов.",
    "По словам мэра, работали 140 строителей",
    "— Когда откроют мост? — Осенью.",
    "Вопрос: Что дальше?",
    "Ответ: «Будем строить",
    "Подписывайтесь на наш канал",
    "“We will open it in autumn,” said the minister.",
    "Share this article",
    "© 2026",
    "...",
    "   ",
    "\u{a0}\u{200b}",
];

fn lines() -> impl Strategy<Value = String> {
    let line = (
        prop::sample::select(LINES),
        prop::bool::weighted(0.2),
        any::<prop::sample::Index>(),
        prop::sample::select(&["\n", "\n\n", "\r\n", "\r", "\u{2028}", "\n \n"][..]),
    )
        .prop_map(|(line, cut, at, end)| {
            let length = line.chars().count();
            let keep = if cut { at.index(length + 1) } else { length };
            line.chars()
                .take(keep)
                .chain(end.chars())
                .collect::<String>()
        });
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.concat())
}

/// Clauses, and the words around them, of which every quote is known.
const CLAUSES: &[&str] = &[
    "Мы построим дорогу к осени",
    "Деньги на ремонт школы уже выделены",
    "Строители закончат работу через месяц",
    "Завод получит новое оборудование",
];
const SPEAKERS: &[&str] = &[
    "Айбек Сарсенов",
    "Нина Лаптева",
    "Пётр Громов",
    "Гульмира Асанова",
];
const MARKS: &[(&str, &str)] = &[("«", "»"), ("“", "”"), ("\"", "\""), ("„", "“")];

/// Sentences with one direct quote each; its clause and its speaker.
fn quoted() -> impl Strategy<Value = Vec<(String, &'static str, &'static str)>> {
    let sentence = (
        prop::sample::select(CLAUSES),
        prop::sample::select(SPEAKERS),
        prop::sample::select(MARKS),
        any::<bool>(),
    )
        .prop_map(|(clause, speaker, (open, close), first)| {
            let verb = if speaker.ends_with('а') {
                "заявила"
            } else {
                "заявил"
            };
            let text = if first {
                format!("{speaker} {verb}: {open}{clause}{close}.")
            } else {
                format!("{open}{clause}{close}, — {verb} {speaker}.")
            };
            (text, clause, speaker)
        });
    prop::collection::vec(sentence, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_of_news(text in pieces()) {
        check(&process(&text, &mut Scratch::default()));
    }

    #[test]
    fn any_string(text in "\\PC{0,200}") {
        check(&process(&text, &mut Scratch::default()));
    }

    #[test]
    fn any_lines_of_pages(text in lines()) {
        check(&process(&text, &mut Scratch::default()));
    }

    #[test]
    fn plain_quotes_are_found_with_their_speakers(sentences in quoted(), before in prop::sample::select(&["", "😀 ", "Новости дня.\n\n"][..])) {
        let text: String = before.chars().chain(sentences.iter().flat_map(|(s, ..)| s.chars().chain("\n\n".chars()))).collect();
        let doc = process(&text, &mut Scratch::default());
        check(&doc);
        let found: Vec<(&str, &str)> = doc
            .quotes
            .iter()
            .map(|q| (q.spans[0].slice(&text), q.speaker.as_ref().map_or("", |s| s.name.as_str())))
            .collect();
        let expected: Vec<(&str, &str)> = sentences.iter().map(|(_, clause, speaker)| (*clause, *speaker)).collect();
        prop_assert_eq!(found, expected, "{}", text);
    }

    #[test]
    fn any_characters(text in prop::collection::vec(any::<char>(), 0..80)) {
        check(&process(&text.into_iter().collect::<String>(), &mut Scratch::default()));
    }
}

#[test]
fn a_scratch_that_was_used_before_changes_nothing() {
    let texts = [
        "«Мы построим завод», — сказал министр Пётр Иванов. По его словам, он даст 300 мест.",
        "“We will build,” said Harold Pemberton, the mayor of London.",
        "Об этом сообщил ТАСС со ссылкой на МИД Беларуси.",
    ];
    let mut used = Scratch::default();
    for text in texts.iter().chain(texts.iter().rev()) {
        let again = json(&process(text, &mut used));
        assert_eq!(again, json(&process(text, &mut Scratch::default())));
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let documents = || -> Vec<Document> {
        (0..200)
            .map(|i| {
                let text = format!(
                    "Президент Беларуси Александр Лукашенко {i} февраля заявил, что ЕАЭС получит {i},5 млн рублей. «Мы готовы», — сказал он."
                );
                Document::new(Source { id: format!("{i}"), ..Source::default() }, text)
            })
            .collect()
    };
    let run = |threads: usize| -> String {
        let mut options = BatchOptions::default();
        options.threads = threads;
        batch::process_all(&PIPELINE, options, documents())
            .iter()
            .map(|doc| json(doc.as_ref().expect("no failure")))
            .collect()
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(7));
}

#[test]
fn long_runs_of_one_thing_stay_linear() {
    // Any of these took minutes if some step looked back over the whole text for every token.
    for piece in [
        "«",
        "»",
        "\"",
        "— ",
        "А. ",
        "1 ",
        "г. ",
        "сказал ",
        "Иванов ",
        "«Да», — сказал он. ",
        "'",
        "( ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let start = std::time::Instant::now();
        let doc = process(&text, &mut Scratch::default());
        assert!(!doc.tokens.is_empty());
        let spent = start.elapsed();
        assert!(spent.as_secs() < 20, "{piece:?} took {spent:?}");
    }
}
