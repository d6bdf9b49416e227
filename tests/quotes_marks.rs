//! Words in marks and speech set off by layout: what is direct speech, what a fragment, what neither, and where each begins and
//! ends. Every case is run again behind other text with characters of several bytes; marks by the hundred thousand stay cheap.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use glagol::document::{QuoteKind, Source};
use glagol::{Document, Pipeline, Scratch};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new().expect("the pipeline loads"));

/// Direct quotations as `D:part|part`, fragments as `F:part`, in order.
fn quoted(text: &str) -> Vec<String> {
    let doc = PIPELINE.process(text);
    doc.quotes
        .iter()
        .filter(|q| q.kind.as_str() != "indirect")
        .map(|q| {
            let parts: Vec<&str> = q.spans.iter().map(|s| s.slice(&doc.text)).collect();
            let kind = q.kind.as_str()[..1].to_uppercase();
            format!("{kind}:{}", parts.join("|"))
        })
        .collect()
}

fn check(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, wanted) in cases {
        for text in [
            (*text).to_owned(),
            format!("Ёлки стоят — 😀 ещё до весны.\n\n{text}"),
        ] {
            let found = quoted(&text);
            if found != *wanted {
                wrong.push(format!("{text:?}\n   found {found:?}\n  wanted {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn marks_of_every_shape() {
    check(&[
        (
            "«Мост откроют осенью», — сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "\"Мост откроют осенью\", - сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "“Мост откроют осенью”, — сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "„Мост откроют осенью“, — сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "''Мост откроют осенью'', - сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "<<Мост откроют осенью>>, - сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "« Мост откроют осенью » , — сказал мэр.",
            &["D:Мост откроют осенью"],
        ),
        (
            "“The bridge will open in May,” the mayor said.",
            &["D:The bridge will open in May"],
        ),
        (
            "\"The bridge will open in May,\" the mayor said.",
            &["D:The bridge will open in May"],
        ),
        (
            "''The bridge will open in May,'' the mayor said.",
            &["D:The bridge will open in May"],
        ),
        (
            "‘The bridge will open in May,’ the mayor said.",
            &["D:The bridge will open in May"],
        ),
        (
            "The mayor's answer: “It isn't the drivers' fault.”",
            &["D:It isn't the drivers' fault."],
        ),
    ]);
}

#[test]
fn nested_and_doubled_marks() {
    check(&[
        (
            "«Мы купим завод „Заря“ и откроем цех», — сказал мэр.",
            &["D:Мы купим завод „Заря“ и откроем цех"],
        ),
        (
            "\"Мы купим завод \"Заря\" и откроем цех\", - сказал мэр.",
            &["D:Мы купим завод \"Заря\" и откроем цех"],
        ),
        (
            "«Мы купим завод «Заря» и откроем цех», — сказал мэр.",
            &["D:Мы купим завод «Заря» и откроем цех"],
        ),
        ("««Мы откроем цех»», — сказал мэр.", &["D:Мы откроем цех"]),
        ("''«Мы откроем цех»'', — сказал мэр.", &["D:Мы откроем цех"]),
        (
            "“She told me ‘never again’ and left,” he said.",
            &["D:She told me ‘never again’ and left"],
        ),
        // Speech inside speech is no quotation of its own.
        (
            "«Он мне ответил: „Ничего не будет“. И ушёл», — вспоминает дежурная.",
            &["D:Он мне ответил: „Ничего не будет“. И ушёл"],
        ),
    ]);
}

#[test]
fn marks_lost_on_one_side() {
    check(&[
        (
            "Я вам так скажу: мост нужен всем. Мы его построим\", - сказал мэр.",
            &["D:Я вам так скажу: мост нужен всем. Мы его построим"],
        ),
        ("«Мы мост построим, — сказал мэр.", &["D:Мы мост построим"]),
        (
            "«Мы мост построим\", - сказал мэр.",
            &["D:Мы мост построим"],
        ),
        (
            "\"Мы мост построим», — сказал мэр.",
            &["D:Мы мост построим"],
        ),
        ("Мэр сказал: «Мы мост построим.", &["D:Мы мост построим."]),
        (
            "We will build that bridge,” the mayor said.",
            &["D:We will build that bridge"],
        ),
        // An odd mark spoils nothing in the next paragraphs.
        (
            "Завод «Заря открыли в мае.\n\n«Мы мост построим», — сказал мэр.\n\nВ цехе стоят 5\" трубы.\n\n«Трубы новые», — добавил он.",
            &["D:Мы мост построим", "D:Трубы новые"],
        ),
        (
            "Завод Заря» открыли в мае. «Мы мост построим», — сказал мэр.",
            &["D:Мы мост построим"],
        ),
    ]);
}

#[test]
fn speech_over_several_paragraphs() {
    check(&[
        (
            "«Река поднялась ночью. Мы спали.\n\nУтром воды уже не было», — сказала она.",
            &["D:Река поднялась ночью. Мы спали.\n\nУтром воды уже не было"],
        ),
        (
            "«Река поднялась ночью. Мы спали.\n\n«Утром воды уже не было», — сказала она.",
            &["D:Река поднялась ночью. Мы спали.\n\n«Утром воды уже не было"],
        ),
        (
            "“The river rose at night. We slept.\n\n“By morning it was gone,” she said.",
            &["D:The river rose at night. We slept.\n\n“By morning it was gone"],
        ),
        // A new pair is a new quotation.
        (
            "«Река поднялась ночью», — сказала она.\n\n«Утром воды уже не было».",
            &["D:Река поднялась ночью", "D:Утром воды уже не было"],
        ),
    ]);
}

#[test]
fn interrupted_speech() {
    check(&[
        (
            "«Мост нужен, — сказал мэр. — Мы его построим».",
            &["D:Мост нужен|Мы его построим"],
        ),
        (
            "«Мост, — сказал мэр города Иван Петров, — мы построим».",
            &["D:Мост|мы построим"],
        ),
        (
            "«Мост нужен», — сказал мэр. — «Мы его построим».",
            &["D:Мост нужен|Мы его построим"],
        ),
        (
            "“The bridge is needed,” the mayor said. “We will build it.”",
            &["D:The bridge is needed|We will build it."],
        ),
        (
            "“The bridge,” the mayor said, “is needed.”",
            &["D:The bridge|is needed."],
        ),
        // Each has an attribution of its own.
        (
            "«Мост нужен», — сказал мэр. «Мы его построим», — добавил он.",
            &["D:Мост нужен", "D:Мы его построим"],
        ),
        (
            "“The bridge is needed,” the mayor said. “We will build it,” he added.",
            &["D:The bridge is needed", "D:We will build it"],
        ),
        // A dash of the speaker's own.
        (
            "«Главное, — работать, а не ждать», — сказал мэр.",
            &["D:Главное, — работать, а не ждать"],
        ),
    ]);
}

#[test]
fn clauses_before_which_a_cue_stands() {
    check(&[
        ("Мэр сказал: «Мост нужен всем».", &["D:Мост нужен всем"]),
        (
            "Как рассказал мэр, «мост откроют осенью».",
            &["D:мост откроют осенью"],
        ),
        (
            "Мэр заявил, что «мост откроют осенью, и движение пойдёт».",
            &["D:мост откроют осенью, и движение пойдёт"],
        ),
        (
            "Мэр уверен, что после ремонта «миллион, который город потерял, покажется шуткой».",
            &["D:миллион, который город потерял, покажется шуткой"],
        ),
        (
            "«Автобус не пришёл»: жители посёлка вышли на трассу",
            &["D:Автобус не пришёл"],
        ),
        ("«Золотой мост»: жители выбрали лучший проект года", &[]),
        ("He replied, “We will build it.”", &["D:We will build it."]),
        (
            "She had one word for it: “Shameful, and everybody knows it.”",
            &["D:Shameful, and everybody knows it."],
        ),
        (
            "В очереди шумели. «Следующий!» Дверь закрылась.",
            &["D:Следующий!"],
        ),
    ]);
}

#[test]
fn fragments() {
    check(&[
        ("Мэр назвал мост «стройкой века».", &["F:стройкой века"]),
        (
            "Мэр назвал контракт «договором с дьяволом».",
            &["F:договором с дьяволом"],
        ),
        (
            "Он заявил, что дорога «не стоит этих денег».",
            &["F:не стоит этих денег"],
        ),
        (
            "По его словам, смета «слишком щедрая».",
            &["F:слишком щедрая"],
        ),
        (
            "The mayor called the plan “a gift to nobody”.",
            &["F:a gift to nobody"],
        ),
        (
            "She said the board was “asleep at the wheel” for years.",
            &["F:asleep at the wheel"],
        ),
    ]);
}

#[test]
fn names_titles_and_terms_are_no_quotations() {
    check(&[
        ("Об этом сообщил телеканал «Север 24».", &[]),
        ("Газета «Степная правда» вышла в новом формате.", &[]),
        (
            "Компания «Ак-Жол» выиграла конкурс «Лучший мост года».",
            &[],
        ),
        (
            "ООО \"Заречье\" сообщило о проекте \"Северный ветер\".",
            &[],
        ),
        ("Фильм «Мы вернёмся» покажут в мае.", &[]),
        (
            "Так называемая «зелёная программа» прошла без пластика.",
            &[],
        ),
        ("Оператор «горячей линии» отметила рост обращений.", &[]),
        ("«Динамо» обыграло «Спартак» со счётом 2:1.", &[]),
        (
            "“The Silver Boat,” a film about two brothers, opens on Friday, organisers said.",
            &[],
        ),
        ("The so-called “green programme” went ahead.", &[]),
    ]);
}

#[test]
fn lines_that_open_with_a_dash() {
    check(&[
        (
            "— Мост нужен, — говорит мэр. — Мы его построим.",
            &["D:Мост нужен|Мы его построим."],
        ),
        ("- Служебные! - смеётся сторож.", &["D:Служебные!"]),
        (
            "— Не знаю, — пожал плечами сторож, но остался.",
            &["D:Не знаю"],
        ),
        (
            "— Когда откроют мост?\n\n— Осенью.",
            &["D:Когда откроют мост?", "D:Осенью."],
        ),
        (
            "— Is it late?\n\n— It is always late, says the driver. — Sit down.",
            &["D:Is it late?", "D:It is always late|Sit down."],
        ),
        // Lists.
        (
            "Что взять с собой:\n\n- паспорт,\n\n- полис,\n\n- деньги.",
            &[],
        ),
        (
            "Повестка дня:\n- О ремонте моста.\n- О бюджете города.",
            &[],
        ),
    ]);
}

#[test]
fn turns_with_labels() {
    check(&[
        (
            "Вопрос: Когда откроют мост?\nОтвет: Осенью.\nВопрос: Точно?\nОтвет: Посмотрим.",
            &[
                "D:Когда откроют мост?",
                "D:Осенью.",
                "D:Точно?",
                "D:Посмотрим.",
            ],
        ),
        (
            "Q: Is it late?\n\nA: It is.\n\nAnd I said so.\n\nQ: Why?\n\nA: Snow.",
            &[
                "D:Is it late?",
                "D:It is.\n\nAnd I said so.",
                "D:Why?",
                "D:Snow.",
            ],
        ),
        // Labels that do not come back are no interview.
        ("Дата: 5 мая.\nМесто: Минск.\nЦена: 300 рублей.", &[]),
    ]);
}

#[test]
fn blocks_after_a_colon() {
    check(&[
        (
            "Открывая мост, мэр сказал:\n\nДвадцать лет я ждал этого дня. Спасибо строителям.\n\nМост стоит 5 млн рублей.",
            &["D:Двадцать лет я ждал этого дня. Спасибо строителям."],
        ),
        (
            "Мэр ответил на письмо. Дословно:\n\nМост будет. Точка.\n\nПисьмо подписали сто человек.",
            &["D:Мост будет. Точка."],
        ),
        (
            "The night shift wrote:\n\nLast train at ten. Bring a tin.\n\nThe town agreed.",
            &["D:Last train at ten. Bring a tin."],
        ),
        // A list after a colon.
        (
            "В город привезли новую технику:\n\nТракторы и краны стоят у моста.",
            &[],
        ),
    ]);
}

/// Names of the speakers of direct quotations, empty for none.
fn speakers(text: &str) -> Vec<String> {
    let doc = PIPELINE.process(text);
    doc.quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Direct)
        .map(|q| q.speaker.as_ref().map_or(String::new(), |s| s.name.clone()))
        .collect()
}

#[test]
fn lines_without_attribution_have_speakers() {
    for (text, wanted) in [
        // Two take turns.
        (
            "На причале спорили Пётр Лунин и Анна Белова.\n\n— Лодка моя, — сказал Лунин.\n\n— Нет, моя, — ответила Белова.\n\n— Ваша?\n\n— Моя.",
            &["Пётр Лунин", "Анна Белова", "Пётр Лунин", "Анна Белова"][..],
        ),
        // A question from outside is nobody's, and is answered by who spoke.
        (
            "Причал строит Пётр Лунин.\n\n— Лодки будут, — говорит Лунин.\n\n— А деньги?\n\n— Деньги тоже будут.",
            &["Пётр Лунин", "", "Пётр Лунин"],
        ),
        // Who asks stands on the line before.
        (
            "Анна Белова вошла. «Лодки нет», — сказала она. Пётр Лунин подумал и спросил:\n\n— Где же лодка?\n\n— Её продали вчера.",
            &["Анна Белова", "Пётр Лунин", "Анна Белова"],
        ),
        // In an interview questions may end in a full stop.
        (
            "Интервью с Петром Луниным.\n\n— Давно вы строите лодки?\n\n— Сорок лет.\n\n— Расскажите о первой.\n\n— Она утонула. Что тут расскажешь?\n\n— А вторая?\n\n— Вторая плавает.\n\n— Кому вы её продали?\n\n— Никому.",
            &[
                "",
                "Пётр Лунин",
                "",
                "Пётр Лунин",
                "",
                "Пётр Лунин",
                "",
                "Пётр Лунин",
            ],
        ),
        // Counts behind names are no speech.
        (
            "The count so far.\n\nMarsh: 1,769.\n\nRenn: 1,501.\n\nMarsh: 547.\n\nRenn: 46.",
            &[],
        ),
        (
            "The winners are:\n\n— Odette Marsh of Harbour Radio, who tells stories of the sea.\n\n— Tobias Renn, who says little.",
            &[],
        ),
        // The attribution on the next line.
        (
            "Совещание прошло утром.\n\n«Мы построим мост через реку. Работы начнутся весной»\n\nзаявил после совещания Пётр Лунин.",
            &["Пётр Лунин"],
        ),
        // The sentence before says who speaks, unless it is about somebody else too.
        (
            "Анна Белова водопроводу не верит. «Мне шестьдесят лет, я посижу у колодца».",
            &["Анна Белова"],
        ),
        (
            "Анна Белова и Пётр Лунин водопроводу не верят. «Мне шестьдесят лет, я посижу у колодца».",
            &[""],
        ),
        (
            "Odette Marsh has heard promises before. “The last governor gave us a stadium.”",
            &["Odette Marsh"],
        ),
        (
            "Odette Marsh wrote to Tobias Renn. “The last governor gave us a stadium.”",
            &[""],
        ),
        // Who took the picture is no guest; whom the questions call by name is.
        (
            "Лодки и люди\n\nТекст: Анна Белова\n\nПётр Лунин строит лодки сорок лет.\n\n— Пётр Ильич, вы устали?\n\n— Нет.\n\n— А лодки?\n\n— Лодки тоже.\n\n— Что будет дальше?\n\n— Увидим.",
            &["", "Пётр Лунин", "", "Пётр Лунин", "", "Пётр Лунин"],
        ),
        // Labels: question and answer with a full stop, with an outlet in brackets, in capitals, a title behind the name.
        (
            "Odette Marsh mends boats.\n\nQ. When did you start?\n\nA. As a child.\n\nQ. Is it dangerous?\n\nA. The gulls are.",
            &["", "Odette Marsh", "", "Odette Marsh"],
        ),
        (
            "Пётр Лунин, глава порта: Начнём.\n\nВопрос (газета «Причал»): Где лодки?\n\nПётр Лунин: На берегу.\n\nВопрос (газета «Причал»): А люди?\n\nПётр Лунин: Тоже.",
            &["Пётр Лунин", "Причал", "Пётр Лунин", "Причал", "Пётр Лунин"],
        ),
        (
            "Tobias Renn met Odette Marsh.\n\nTOBIAS RENN: Are you afraid?\n\nODETTE MARSH: Twice I was.\n\nThe sea only wanted the boat.\n\nRENN: What will you do?\n\nMARSH: Sleep at night.",
            &["Tobias Renn", "Odette Marsh", "Tobias Renn", "Odette Marsh"],
        ),
        // A verb that is no cue, a name that nobody marked.
        (
            "— I was born on the water, says Sean Gallagher.\n\n— You were born on the water, corrects Declan. — I was born in a taxi.",
            &["Sean Gallagher", "Declan"],
        ),
    ] {
        assert_eq!(speakers(text), wanted, "{text}");
    }
}

#[test]
fn a_megabyte_of_marks_takes_linear_time() {
    let shapes = [
        "«",
        "\"а\" ",
        "«а\n\n",
        "а»\n\n",
        "„“",
        "«а» б\n",
        "'",
        "“А,” ",
        "“",
    ];
    for shape in shapes {
        let mut times = [Duration::ZERO; 2];
        for (time, bytes) in times.iter_mut().zip([250_000, 1_000_000]) {
            let text = shape.repeat(bytes / shape.len());
            let start = Instant::now();
            let doc = PIPELINE.process(&text);
            *time = start.elapsed();
            assert!(doc.quotes.iter().all(|q| !q.spans.is_empty()));
        }
        // Four times the text; quadratic work would take sixteen times as long.
        let limit = times[0] * 10 + Duration::from_millis(300);
        assert!(times[1] < limit, "{shape:?}: {times:?}");
    }
}

#[test]
fn long_pages_take_linear_time() {
    let shapes = [
        "— Где мост? — спросил Пётр Лунин.\n\n— Моста нет.\n\n— Да?\n\n",
        "— Где мост?\n\n— Моста нет.\n\n",
        "Пётр Лунин: Где мост?\n\nАнна Белова: Моста нет и не будет.\n\n",
        "«Мост построим», — сказал он. Она возразила, что денег нет. Министр Пётр Лунин уверен, что мост нужен.\n\n",
        "Пётр Лунин пришёл, он сказал, что мост нужен, а министр ответил, что денег нет, ",
        "“We will build it,” he said. She objected that nobody needed it. Mayor Peter Marsh said they would.\n\n",
        "Peter Marsh came and he said “we need it now,” and he said that the mayor agreed, ",
        "— Well, so, it is, again, you know, that, ",
    ];
    const SHORT: usize = 20_000;
    const TIMES: usize = 32;
    // Processor time of the quote stage alone, over `times` runs.
    let cost = |text: String, times: usize| {
        let mut scratch = Scratch::default();
        let source = Source::default();
        let mut doc = PIPELINE.process_document(Document::new(source, text), &mut scratch);
        let start = processor_time();
        for _ in 0..times {
            PIPELINE.work(glagol::pipeline::Stage::Quotes, &mut doc, &mut scratch);
        }
        processor_time().saturating_sub(start)
    };
    for shape in shapes {
        let text = |bytes: usize| shape.repeat(bytes / shape.len());
        let (short, long) = (cost(text(SHORT), TIMES), cost(text(SHORT * TIMES), 1));
        // The same number of bytes; quadratic work would take thirty-two times as long.
        let limit = short * 6 + Duration::from_millis(40);
        assert!(long < limit, "{shape:?}: {short:?}, {long:?}");
    }
}

/// Time that this thread has had of a processor, where the system tells; else the time of day, which other work disturbs.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|s| s.split(' ').next()?.parse().ok())
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}
