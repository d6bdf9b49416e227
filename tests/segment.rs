//! Tokens: a table of texts with their tokens, and what holds for any string.

use glagol::Pipeline;
use glagol::document::{Gap, LetterCase, Side, TokenKind};
use proptest::prelude::*;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

/// Tokens of a text, joined by ` | `.
fn tokens(text: &str) -> String {
    let doc = PIPELINE.process(text);
    let slices: Vec<&str> = doc.tokens.iter().map(|t| t.span.slice(text)).collect();
    slices.join(" | ")
}

fn kinds(text: &str) -> Vec<TokenKind> {
    PIPELINE
        .process(text)
        .tokens
        .iter()
        .map(|t| t.kind)
        .collect()
}

#[test]
fn a_stretch_without_an_end_is_cut() {
    let sentences = |text: &str| -> Vec<String> {
        let doc = PIPELINE.process(text);
        assert!(doc.sentences.iter().all(|s| s.tokens.range().len() <= 2000));
        let slices = doc.sentences.iter().map(|s| s.span.slice(text).to_owned());
        slices.collect()
    };
    // A semicolon in the second half of two thousand tokens is the best place, the last comma the next best.
    let list = "слово, ".repeat(600) + "слово; " + &"слово, ".repeat(2000);
    let found = sentences(&list);
    assert!(found[0].ends_with("слово;") && found[0].matches("слово").count() == 601);
    assert!(found[1].ends_with("слово,") && found[1].matches("слово").count() == 1000);
    assert_eq!(sentences(&"слово ".repeat(4500)).len(), 3);
    assert_eq!(
        sentences(&format!("Да. {} Нет.", "😀".repeat(5000))).len(),
        4
    );
    assert_eq!(sentences(&"слово ".repeat(1900)).len(), 1);
}

#[test]
fn control_characters_are_no_words() {
    assert_eq!(tokens("да\u{1}нет \u{7}\u{7F}"), "да | нет");
    let doc = PIPELINE.process("Мост открыли.\n\n\u{1}\u{2}\u{3}\n\nВсё.");
    assert_eq!(doc.sentences.len(), 2);
    assert!(PIPELINE.process("\u{1}\u{2}").sentences.is_empty());
}

#[test]
fn addresses_are_found_behind_words_that_are_none() {
    assert_eq!(
        tokens("да.нет.так a.b.c me.too@mail.example я«http://a.example/x» x_y@ z@w.example"),
        "да | . | нет | . | так | a | . | b | . | c | me.too@mail.example | я | « | http://a.example/x | » | x_y | @ | z@w.example"
    );
    assert_eq!(tokens("а.б.ru.в.г"), "а.б.ru | . | в | . | г");
}

#[test]
fn texts_fall_into_tokens() {
    for (text, expected) in [
        (
            "с 1,5 до 1 000 000 рублей",
            "с | 1,5 | до | 1 000 000 | рублей",
        ),
        ("около 5,3млн. сумов", "около | 5,3 | млн. | сумов"),
        ("на 20% и $1,5", "на | 20 | % | и | $ | 1,5"),
        ("1.844.036,12 евро", "1.844.036,12 | евро"),
        ("в 2020 300 человек", "в | 2020 | 300 | человек"),
        ("12\u{A0}345 тенге", "12\u{A0}345 | тенге"),
        ("1’000’000 francs", "1’000’000 | francs"),
        (
            "20-летний юноша 90-х, 5-го класса",
            "20-летний | юноша | 90-х | , | 5-го | класса",
        ),
        ("10–15 и 5-7 дней", "10 | – | 15 | и | 5 | - | 7 | дней"),
        ("а 10-15-летние дети", "а | 10 | - | 15-летние | дети"),
        (
            "in the 1990s, the 21st of May",
            "in | the | 1990s | , | the | 21st | of | May",
        ),
        ("a 5G mast for $5M", "a | 5G | mast | for | $ | 5 | M"),
        (
            "А. С. Пушкин и А.С.Пушкин",
            "А. | С. | Пушкин | и | А. | С. | Пушкин",
        ),
        (
            "Дж. Байден, Иванов И. И.",
            "Дж. | Байден | , | Иванов | И. | И.",
        ),
        ("Касым-Жомарт Кемелевич", "Касым-Жомарт | Кемелевич"),
        (
            "О’Нил, д'Артаньян и Кот-д’Ивуар",
            "О’Нил | , | д'Артаньян | и | Кот-д’Ивуар",
        ),
        (
            "Trump’s and the workers' don't",
            "Trump | ’s | and | the | workers | ' | don't",
        ),
        ("самолёт Су-35 и АН-2", "самолёт | Су-35 | и | АН-2"),
        (
            "в 2020 г. и т.д., т. е. так",
            "в | 2020 | г. | и | т.д. | , | т. | е. | так",
        ),
        ("им. Ленина дали им.", "им. | Ленина | дали | им | ."),
        ("сказал...«Да»", "сказал | ... | « | Да | »"),
        (
            "<<Слово>> и ''слово''",
            "<< | Слово | >> | и | '' | слово | ''",
        ),
        (",,слово``", ",, | слово | ``"),
        (
            "пишите на a.b-c@mail.example.kz!",
            "пишите | на | a.b-c@mail.example.kz | !",
        ),
        (
            "см. https://example.org/a?b=1, далее",
            "см. | https://example.org/a?b=1 | , | далее",
        ),
        (
            "пишет Пример.Ru (www.example.kz).",
            "пишет | Пример.Ru | ( | www.example.kz | ) | .",
        ),
        ("the end.It was", "the | end | . | It | was"),
        ("в Бюрсте.По мнению", "в | Бюрсте | . | По | мнению"),
        ("#Казань @user_1 №5", "#Казань | @user_1 | № | 5"),
        ("AT&T — это да-да", "AT&T | — | это | да-да"),
        ("двух- и трёхэтажный", "двух | - | и | трёхэтажный"),
        ("гепатит С. Врачи", "гепатит | С | . | Врачи"),
        (
            "Mr. Smith of the U.S. said at 5 p.m. so",
            "Mr. | Smith | of | the | U.S. | said | at | 5 | p.m. | so",
        ),
        (
            "No. 5, he said. No. It",
            "No. | 5 | , | he | said | . | No | . | It",
        ),
        ("oʻzbek va o‘zbek", "oʻzbek | va | o‘zbek"),
        (
            "за\u{AD}вод и за\u{301}мок",
            "за\u{AD}вод | и | за\u{301}мок",
        ),
        ("ул.Ленина,5", "ул. | Ленина | , | 5"),
        ("слово -- слово", "слово | -- | слово"),
        ("", ""),
        ("\u{FEFF}да", "да"),
    ] {
        assert_eq!(tokens(text), expected, "{text}");
    }
}

#[test]
fn tokens_know_what_they_are() {
    use TokenKind::*;
    assert_eq!(
        kinds("А. Б-в «В» (5-й) — 3, г. Ош: x@y.kz"),
        [
            Initial,
            Word,
            Quote,
            Word,
            Quote,
            Bracket,
            NumberWord,
            Bracket,
            Dash,
            Number,
            Comma,
            Abbreviation,
            Word,
            Colon,
            Email
        ]
    );
    let text = "БелАЗ McCain О’Нил ООН Я да Касым-Жомарт 5";
    let cases: Vec<LetterCase> = PIPELINE
        .process(text)
        .tokens
        .iter()
        .map(|t| t.case)
        .collect();
    use LetterCase as C;
    assert_eq!(
        cases,
        [
            C::Mixed,
            C::Capital,
            C::Capital,
            C::Upper,
            C::Single,
            C::Lower,
            C::Capital,
            C::None
        ]
    );
}

#[test]
fn marks_know_their_side() {
    let side = |text: &str| -> String {
        PIPELINE
            .process(text)
            .tokens
            .iter()
            .filter(|t| t.kind == TokenKind::Quote)
            .map(|t| match t.side {
                Side::Open => '(',
                Side::Close => ')',
                _ => '?',
            })
            .collect()
    };
    assert_eq!(side("сказал: \"Да\", и \"нет\"."), "()()");
    assert_eq!(side("он: «Да „нет“», “yes”, ‘no’."), "(())()()");
    assert_eq!(side("“He said ‘no’”, it's the workers' idea"), "(())");
}

#[test]
fn gaps_count_lines() {
    let doc = PIPELINE.process("а б\nв\n\nг, д");
    let gaps: Vec<Gap> = doc.tokens.iter().map(|t| t.gap).collect();
    use Gap as G;
    assert_eq!(
        gaps,
        [
            G::Paragraph,
            G::Space,
            G::Line,
            G::Paragraph,
            G::None,
            G::Space
        ]
    );
}

/// White space, and the format characters that are no tokens.
fn blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
}

fn check(text: &str) {
    let doc = PIPELINE.process(text);
    let mut at = 0;
    for t in &doc.tokens {
        assert!(t.span.start() >= at && !t.span.is_empty());
        assert!(text[at..t.span.start()].chars().all(blank), "{text:?}");
        assert!(!t.span.slice(text).is_empty());
        at = t.span.end();
    }
    assert!(text[at..].chars().all(blank), "{text:?}");
    let mut next = 0;
    for s in &doc.sentences {
        assert_eq!(s.tokens.start, next, "{text:?}");
        assert!(!s.tokens.is_empty());
        let range = s.tokens.range();
        assert_eq!(s.span.start, doc.tokens[range.start].span.start);
        assert_eq!(s.span.end, doc.tokens[range.end - 1].span.end);
        assert!(doc.blocks[s.block as usize].span.contains(s.span));
        next = s.tokens.end;
    }
    assert_eq!(next as usize, doc.tokens.len());
}

proptest! {
    #[test]
    fn any_string_is_given_back(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_newslike_string_is_given_back(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("г."), Just("т."), Just("е."), Just(" "), Just("\n"), Just("\u{A0}"), Just("«"), Just("»"), Just("''"),
                Just("А."), Just("Дж."), Just("1"), Just("000"), Just("."), Just(","), Just("-"), Just("—"), Just("’"),
                Just("s"), Just("слово"), Just("Слово"), Just("word"), Just(".ru"), Just("@"), Just("#"), Just("www."),
                Just("http://"), Just("<<"), Just("("), Just(")"), Just("\u{AD}"), Just("\u{301}"), Just("\u{200B}"), Just("№"),
                Just("…"), Just("!"), Just("U.S."), Just("қ"), Just("😀"), Just("ё"), Just("\r\n"),
            ],
            0..40,
        )
    ) {
        check(&parts.concat());
    }
}

#[test]
fn hard_cases_are_split_as_marked() {
    let mut count = 0;
    let mut wrong = String::new();
    for case in include_str!("data/sentences.txt").lines() {
        if case.starts_with("# ") {
            continue;
        }
        count += 1;
        let marked = case.replace("\\n", "\n");
        let text = marked.replace(" | ", " ").replace('|', "");
        let expected: Vec<&str> = marked
            .split('|')
            .map(str::trim)
            .flat_map(|s| {
                if s.contains('\n') {
                    s.lines().collect()
                } else {
                    vec![s]
                }
            })
            .filter(|s| !s.is_empty())
            .collect();
        let doc = PIPELINE.process(&text);
        let found: Vec<&str> = doc.sentences.iter().map(|s| s.span.slice(&text)).collect();
        if found != expected {
            wrong += &format!("{}\n", found.join(" | "));
        }
    }
    assert!(count >= 150);
    assert!(wrong.is_empty(), "{count} cases, wrong:\n{wrong}");
}
