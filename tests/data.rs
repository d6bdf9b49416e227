//! Tables of users over the built-in ones: `--data`, `glagol dict check`, `glagol dict explain`.
#![cfg(feature = "cli")]

mod common;

use std::fs;

use common::{Folder, column, glagol, run, status, stderr, stdout};
use glagol::{Pipeline, Tables};

/// «Верещунькнуть» and “to blorf” are words of no language.
const ARTICLE: &str = "Министр экономики Иван Петров верещунькнул, что завод в Минске откроют в мае.\n\n\
    The plant will open in May, Peter Brown blorfed on Monday.\n";

#[test]
fn an_invented_cue_verb_finds_quotes() {
    let folder = Folder::new("data-cue");
    let input = folder.write("in/a.txt", ARTICLE);
    let cues = "cue,lang,kind,frames,class\n\
        верещунькнуть,ru,verb,that after about direct,speech\n\
        blorf,en,verb,that zero after direct,speech\n";
    folder.write("data/cues.csv", cues);
    folder.write("data/notes.txt", "what is no table is not read");

    let without = folder.path("without");
    let ran = run(&input, &without, &[]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert!(column(&without, "quotes", "cue").is_empty());

    let data = folder.path("data");
    let with = folder.path("with");
    let ran = run(&input, &with, &["--data", data.to_str().expect("a name")]);
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert_eq!(column(&with, "quotes", "cue"), ["верещунькнул", "blorfed"]);
    assert_eq!(
        column(&with, "quotes", "speaker"),
        ["Министр экономики Иван Петров", "Peter Brown"]
    );

    let record: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(with.join("run.json")).expect("run.json"))
            .expect("JSON");
    let own = record["own_tables"].as_array().expect("a list");
    assert_eq!(own.len(), 1);
    assert!(
        own[0]["file"]
            .as_str()
            .expect("a name")
            .ends_with("cues.csv")
    );
    assert_eq!(own[0]["sha256"].as_str().map(str::len), Some(64));

    let shown = glagol(&["show", "--explain", "--color", "never", "--data"])
        .arg(&data)
        .arg(&input)
        .output()
        .expect("runs");
    assert!(
        stdout(&shown).contains("cue: верещунькнул"),
        "{}",
        stdout(&shown)
    );
}

#[test]
fn a_broken_table_ends_the_run_before_it_begins() {
    let folder = Folder::new("data-broken");
    let input = folder.write("in/a.txt", ARTICLE);
    for (file, text, reason) in [
        (
            "cues.csv",
            "cue,lang,kind,frames,class\nбурчать,ru,verb,that,spech\n",
            "cues.csv:2: class is \"spech\", not speech, opinion",
        ),
        (
            "cues.csv",
            "cue,lang,kind,frames,class\nbark,en,verb,about,speech\n",
            "cues.csv:2: frames has \"about\", not that, zero",
        ),
        (
            "cues.csv",
            "cue,lang,kind,frame,class\nbark,en,verb,that,speech\n",
            "cues.csv:1: column \"frame\" means nothing here",
        ),
        (
            "units.csv",
            "phrase,lang\nпарсек,ru\n",
            "units.csv:1: there is no column symbol",
        ),
        (
            "name_context.csv",
            "word,class,value\nдля,preposition,x\n",
            "name_context.csv:2: value is \"x\", not of the letters gdail",
        ),
        ("cuse.csv", "cue\n", "cuse.csv: no table has this name"),
        ("date_examples.csv", "text\n", "is not read in a run"),
        (
            "role_relations.csv",
            "general,specific\npos-head,pos-nobody-knows\n",
            "role_relations.csv:2: there is no position pos-nobody-knows",
        ),
        (
            "surname_nominatives.csv",
            "name,count\nДудочка,3\n",
            "surname_nominatives.csv:2: Дудочка is not in lower case",
        ),
    ] {
        let data = folder.path(&format!("data-{file}"));
        let _ = fs::remove_dir_all(&data);
        folder.write(&format!("data-{file}/{file}"), text);
        let ran = run(
            &input,
            &folder.path("out"),
            &["--data", data.to_str().expect("a name")],
        );
        assert_eq!(status(&ran), 2, "{file}: {}", stderr(&ran));
        assert!(stderr(&ran).contains(reason), "{}", stderr(&ran));
    }
    let empty = folder.path("empty");
    fs::create_dir_all(&empty).expect("made");
    let ran = run(
        &input,
        &folder.path("out"),
        &["--data", empty.to_str().expect("a name")],
    );
    assert_eq!(status(&ran), 2);
    assert!(
        stderr(&ran).contains("there is no table"),
        "{}",
        stderr(&ran)
    );
}

/// What a pipeline with one table over ours finds in a text, as JSON.
fn found(file: &str, rows: &str, text: &str) -> String {
    let tables = Tables::of([(file, rows)]).expect("good rows");
    let glagol = Pipeline::with_data(&tables).expect("loads");
    json(&glagol, text)
}

fn json(glagol: &Pipeline, text: &str) -> String {
    let doc = glagol.process(text);
    let map = glagol::OffsetMap::new(&doc.text);
    let mut out = Vec::new();
    glagol::export::write_json(&doc, &map, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn every_table_of_the_program_can_be_laid_over() {
    let plain = Pipeline::new().expect("loads");
    // File, rows, a text, and what stands in the JSON with the rows and not without.
    let cases = [
        (
            "units.csv",
            "symbol,phrase,lang\nshtof,штоф,ru\n",
            "Завод разлил 20 штофов воды.",
            "\"unit\":\"shtof\"",
        ),
        (
            "currencies.csv",
            "code,country,kind,form,lang,use,per_unit\nXTL,XX,noun,тугривон,ru,default,1\n",
            "Мост обошёлся в 300 тугривонов.",
            "\"unit\":\"XTL\"",
        ),
        (
            "numbers.csv",
            "form,lang,kind,value\nтридевять,ru,unit,27\n",
            "Он купил тридевять килограммов муки.",
            "\"value\":27,",
        ),
        (
            "amount_words.csv",
            "phrase,lang,kind,approx\nпрямёхонько,ru,before,yes\n",
            "Мост обошёлся в прямёхонько 300 рублей.",
            "\"approx\":true",
        ),
        (
            "dates.csv",
            "form,lang,kind,value,match\nсолнцемай,ru,month,5,form\n",
            "Встреча пройдёт 5 солнцемай 2026 года.",
            "\"value\":\"2026-05-05\"",
        ),
        (
            "english_plurals.csv",
            "form,singular\nkilogrammy,kilogram\n",
            "He bought 20 kilogrammy of flour.",
            "\"unit\":\"kg\"",
        ),
        (
            "page_lines.csv",
            "phrase,where,kind\nчитайте ниже,start,links\n",
            "Завод открыли в мае, и город это отметил.\n\nЧитайте ниже: мост\n\nМост откроют в июне, сказали там же.",
            "\"links\"",
        ),
        (
            "people_world.csv",
            "id,type,name,lang,sex\nzz-krutov,PER,Эразм Крутохвостов,ru,m\n",
            "На встречу пришёл Эразм Крутохвостов.",
            "zz-krutov",
        ),
    ];
    for (file, rows, text, wanted) in cases {
        assert!(!json(&plain, text).contains(wanted), "{file}");
        let with = found(file, rows, text);
        assert!(with.contains(wanted), "{file}: {with}");
    }
}
