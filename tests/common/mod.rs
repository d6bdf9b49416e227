//! What tests of the command line share: folders that go away, runs of the program, articles made by a generator.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of a test's own, removed when it is dropped.
pub struct Folder(PathBuf);

static NEXT: AtomicU32 = AtomicU32::new(0);

impl Folder {
    pub fn new(name: &str) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("glagol-{name}-{}-{n}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(&path, bytes).expect("written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program with arguments.
pub fn glagol(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glagol"));
    command.args(arguments);
    command
}

/// `glagol run INPUT --out OUT` with more arguments.
pub fn run(input: &Path, out: &Path, more: &[&str]) -> Output {
    glagol(&["run"])
        .arg(input)
        .arg("--out")
        .arg(out)
        .args(more)
        .output()
        .expect("runs")
}

pub fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Header and rows of a table.
pub fn table(out: &Path, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = fs::read_to_string(out.join(format!("{name}.csv"))).expect("the table");
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = cells(reader.headers().expect("a header"));
    let rows = reader
        .records()
        .map(|r| cells(&r.expect("a row")))
        .collect();
    (header, rows)
}

/// One column of a table.
pub fn column(out: &Path, name: &str, column: &str) -> Vec<String> {
    let (header, rows) = table(out, name);
    let at = header.iter().position(|h| h == column).expect("the column");
    rows.into_iter()
        .map(|mut row| row.swap_remove(at))
        .collect()
}

/// The documents of documents.jsonl.
pub fn documents(out: &Path) -> Vec<serde_json::Value> {
    fs::read_to_string(out.join("documents.jsonl"))
        .expect("documents.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// Names and bytes of all files of a finished run.
pub fn files(out: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(out)
        .expect("the output")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read(path).unwrap_or_default())
        })
        .collect();
    files.sort();
    files
}

/// A generator of numbers: the same for the same seed.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

pub const ARTICLE: &str = "Школу в Бишкеке открыли после ремонта\n\n\
    Министр образования Айгуль Осмонова 5 марта 2026 года заявила, что ремонт обошёлся в 12 млн сомов.\n\n\
    «Дети ждали этого три года, и сегодня они войдут в свои классы», — сказала Осмонова.\n\n\
    По словам директора школы, работали 140 строителей.\n";

/// An article of a few sentences, different for every number.
pub fn article(number: u64) -> String {
    let mut numbers = Numbers(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut pick = |list: &[&str]| -> String { list[numbers.below(list.len())].to_owned() };
    let people = [
        "Айбек Сарсенов",
        "Нина Лаптева",
        "Пётр Громов",
        "Гульмира Асанова",
        "Олег Вершинин",
        "Мария Дорохова",
    ];
    let posts = [
        "министр транспорта",
        "мэр города",
        "директор завода",
        "глава района",
        "депутат парламента",
    ];
    let cities = [
        "Бишкеке",
        "Минске",
        "Астане",
        "Ереване",
        "Томске",
        "Самаре",
        "Ташкенте",
    ];
    let things = [
        "дорогу",
        "больницу",
        "мост",
        "школу",
        "рынок",
        "станцию",
        "библиотеку",
        "парк",
    ];
    let deeds = [
        "построят",
        "откроют",
        "закроют",
        "отремонтируют",
        "передадут городу",
    ];
    let mut text = format!("В {} {} {}\n\n", pick(&cities), pick(&deeds), pick(&things));
    for _ in 0..6 {
        let (person, post) = (pick(&people), pick(&posts));
        text.push_str(&format!(
            "В {} {} {}, сообщил {post} {person}. «Мы {} {} за {} месяцев, и это обойдётся в {} млн рублей», — сказал он. \
             По его словам, в работах участвуют {} человек из {} бригад.\n\n",
            pick(&cities),
            pick(&deeds),
            pick(&things),
            pick(&deeds),
            pick(&things),
            numbers_word(number, 7),
            numbers_word(number, 300),
            numbers_word(number, 900),
            numbers_word(number, 40),
        ));
    }
    text
}

fn numbers_word(number: u64, most: u64) -> u64 {
    2 + number.wrapping_mul(2_654_435_761) % most
}

/// JSON lines of many articles.
pub fn many(count: u64) -> String {
    (0..count)
        .map(|n| format!("{}\n", serde_json::json!({"id": format!("doc-{n}"), "date": "2026-03-05", "text": article(n)})))
        .collect()
}
