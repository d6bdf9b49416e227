//! People of long documents: with indexes the same as without, and in a time that grows with their number.

use super::compared::COMPARED;
use super::join;
use crate::document::{Document, Source};
use crate::pipeline::{Pipeline, Scratch};

/// An invented surname, another for each number.
fn surname(n: usize) -> String {
    const BEGIN: [&str; 12] = [
        "Бо", "Ва", "Ге", "Ду", "Жи", "За", "Ко", "Ли", "Ма", "Ну", "Ре", "Та",
    ];
    const MIDDLE: [&str; 10] = ["ба", "ве", "гу", "до", "жу", "ки", "ло", "ми", "ре", "су"];
    const END: [&str; 5] = ["нов", "рин", "лец", "мский", "цко"];
    let (begin, rest) = (n % BEGIN.len(), n / BEGIN.len());
    let (end, rest) = (rest % END.len(), rest / END.len());
    let mut name = BEGIN[begin].to_owned();
    let mut rest = rest + 1;
    while rest > 0 {
        name.push_str(MIDDLE[rest % MIDDLE.len()]);
        rest /= MIDDLE.len();
    }
    name + END[end]
}

#[test]
fn indexes_give_the_same_people() {
    let pipeline = Pipeline::new().expect("loads");
    let mut text = String::new();
    for n in 0..90 {
        let name = surname(n % 40);
        let line = match n % 9 {
            0 => format!("Иван {name} прибыл в город."),
            1 => format!("Об этом сообщил А. {name}."),
            2 => format!("Андрей Петрович {name} и Анна {name}а уехали."),
            3 => format!("По словам {name}а, всё готово. {name}у ответили."),
            4 => format!("Мария Ким-{name} встретила Петра {name}а."),
            5 => format!("Абдул Рашид {name}, Абдул Карим {name} и Петрова."),
            6 => format!("Андрей Петрович поздравил Ивана. Ирина {name} молчит."),
            7 => "Mr. Barton met John Barton and Mary Barton. Barton left.".to_owned(),
            _ => format!("Борис Петкович и {name}. Петкович говорил с Ли Чжаном и с Ли."),
        };
        text.push_str(&line);
        text.push('\n');
    }
    let mut scratch = Scratch::default();
    let doc = Document::new(Source::default(), text);
    let doc = pipeline.process_document(doc, &mut scratch);
    let mut people = |few| {
        let mut clusters = Vec::new();
        let (people, of_person) = pipeline.given(&mut scratch, |given, names| {
            join(given, names, (&doc, few), &mut clusters)
        });
        let names: Vec<String> = people.iter().map(|p| format!("{:?}", p.name)).collect();
        (names, of_person)
    };
    let by_one = people(usize::MAX);
    assert!(by_one.0.len() > 60, "{} people", by_one.0.len());
    assert_eq!(by_one, people(0));
    assert_eq!(by_one, people(20));
}

#[test]
fn comparisons_grow_with_the_number_of_people() {
    let pipeline = Pipeline::new().expect("loads");
    let compared = |line: &dyn Fn(usize) -> String, lines: usize| {
        let text: String = (0..lines).map(|n| line(n) + "\n").collect();
        COMPARED.with(|count| count.set(0));
        let doc = pipeline.process_document(
            Document::new(Source::default(), text),
            &mut Scratch::default(),
        );
        let mentions = doc.mentions.len();
        assert!(mentions >= lines / 2, "{}: {mentions} mentions", line(0));
        COMPARED.get()
    };
    let shapes: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("full names", &|n| format!("Сергей {}", surname(n))),
        ("surnames", &|n| format!("Об этом сообщил {}.", surname(n))),
        ("initials", &|n| format!("А. {}", surname(n))),
        ("one surname", &|n| format!("{} Кравченко", surname(n))),
        ("patronymics", &|n| format!("Олег {}ич Лапин", surname(n))),
        ("English", &|n| {
            format!(
                "John {}",
                ["Ab", "Ed", "Il", "Or"][n % 4].to_owned()
                    + &"lo".repeat(n / 4 % 9)
                    + &"ber".repeat(n / 36)
                    + "son"
            )
        }),
    ];
    for (shape, line) in shapes {
        let (few, many) = (compared(line, 400), compared(line, 1600));
        // Four times as many people; the square would be sixteen times as many comparisons.
        assert!(many <= 6 * few + 1000, "{shape}: {few}, {many}");
    }
}
