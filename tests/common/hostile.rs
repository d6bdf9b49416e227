//! Texts that are all one thing, of any length: each is the worst case of some step that would look at everything before or behind it.
//! The tests of scaling and the bench of the same name go through all of them.

/// A name and what makes a text of about so many bytes.
pub type Generator = (&'static str, fn(usize) -> String);

/// Pieces one after another, each made from its number.
fn fill(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 100);
    for i in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&piece(i));
    }
    text
}

fn repeat(bytes: usize, piece: &str) -> String {
    fill(bytes, |_| piece.to_owned())
}

/// A word in small letters that differs from those of other numbers.
fn word(i: usize) -> String {
    let letters: Vec<char> = "абвгдеиклмнопрст".chars().collect();
    let mut word = String::from("м");
    let mut rest = i;
    for _ in 0..4 {
        word.push(letters[rest % 16]);
        word.push('о');
        rest /= 16;
    }
    word
}

/// The same with a capital.
fn name(i: usize) -> String {
    let word = word(i);
    let rest = word.strip_prefix('м').unwrap_or(&word);
    format!("М{rest}")
}

fn latin(i: usize) -> String {
    let mut word = String::from("M");
    let mut rest = i;
    for _ in 0..4 {
        word.push(char::from(b'a' + (rest % 16) as u8));
        word.push('o');
        rest /= 16;
    }
    word
}

/// All of them.
pub const GENERATORS: &[Generator] = &[
    ("words joined by stops", |n| {
        fill(n, |i| format!("{}.", word(i)))
    }),
    ("letters joined by stops", |n| repeat(n, "а.б.")),
    ("words glued by marks", |n| repeat(n, "я«")),
    ("words glued by closing marks", |n| repeat(n, "я»")),
    ("words glued by hyphens", |n| repeat(n, "я-")),
    ("words glued by underscores", |n| repeat(n, "a_b@")),
    ("mail without a host", |n| repeat(n, "a.b+c@")),
    ("schemes without an address", |n| repeat(n, "http:")),
    ("initials", |n| repeat(n, "А. ")),
    ("initials in pairs", |n| repeat(n, "А.Б. ")),
    ("initials glued", |n| repeat(n, "А.")),
    ("initials with surnames", |n| {
        fill(n, |i| format!("А. Б. {}, ", name(i)))
    }),
    ("abbreviations", |n| repeat(n, "г. ")),
    ("abbreviations and names", |n| {
        fill(n, |i| format!("г. {} ", name(i)))
    }),
    ("one word", |n| repeat(n, "я")),
    ("one number", |n| repeat(n, "1")),
    ("groups of digits", |n| repeat(n, "1 000 ")),
    ("straight marks", |n| repeat(n, "\" ")),
    ("stops and straight marks", |n| repeat(n, "да. \" ")),
    ("opening marks", |n| repeat(n, "«")),
    ("opening marks and words", |n| repeat(n, "«да ")),
    ("closing marks", |n| repeat(n, "да» ")),
    ("brackets", |n| repeat(n, "(")),
    ("bracketed capitals", |n| {
        fill(n, |i| format!("{} (АБВ), ", name(i)))
    }),
    ("dashes", |n| repeat(n, "— ")),
    ("emoji", |n| repeat(n, "да. 😀😀")),
    ("control characters", |n| repeat(n, "\u{1}\u{7}")),
    ("short lines", |n| repeat(n, "Да,\n")),
    ("wrapped lines", |n| {
        fill(n, |i| {
            format!("{} и тогда {} всё же\n", word(i), word(i + 7))
        })
    }),
    ("turns of speech", |n| repeat(n, "\n— Да, — сказал он.\n")),
    ("cues", |n| repeat(n, "сказал, что ")),
    ("cues with people", |n| {
        fill(n, |i| format!("Пётр {} сказал, что ", name(i)))
    }),
    ("quotes", |n| {
        fill(n, |i| {
            format!("«Мы ждём {} здесь», — сказал Иван {}. ", word(i), name(i))
        })
    }),
    ("quotes of one man", |n| {
        fill(n, |i| format!("«Мы ждём {} здесь», — сказал он. ", word(i)))
    }),
    ("according to", |n| {
        fill(n, |i| format!("по словам {}, ", name(i)))
    }),
    ("agencies in one sentence", |n| {
        repeat(n, "МИД, ООН, НАТО, ")
    }),
    ("capitals", |n| repeat(n, "ОТКРЫЛИ МОСТ ")),
    ("heads with surnames", |n| {
        fill(n, |i| format!("глава {} Иванов, ", name(i)))
    }),
    ("chains of offices", |n| {
        repeat(n, "главы отдела управления министерства ")
    }),
    ("chains of heads", |n| {
        repeat(n, "заместитель главы помощника министра ")
    }),
    ("offices of their own", |n| {
        fill(n, |i| format!("Министр {} страны сказал. ", word(i)))
    }),
    ("organisations of their own", |n| {
        fill(n, |i| format!("ООО «{}», ", name(i)))
    }),
    ("people of their own", |n| {
        fill(n, |i| format!("Иван {}, ", name(i)))
    }),
    ("double surnames", |n| {
        fill(n, |i| format!("Анна {}-{}, ", name(i), name(i + 1)))
    }),
    ("given names", |n| repeat(n, "Иван Пётр Анна ")),
    ("lists of places", |n| repeat(n, "Москва, Бишкек, Лондон, ")),
    ("prices", |n| fill(n, |i| format!("{} руб., ", i % 1000))),
    ("prices in dollars", |n| repeat(n, "$1 ")),
    ("percentages", |n| repeat(n, "5% ")),
    ("ranges", |n| repeat(n, "от 5 до 7 млн ")),
    ("dates", |n| repeat(n, "5 марта 2026 года, ")),
    ("The ministry said", |n| {
        fill(n, |i| format!("The ministry of {} said ", latin(i)))
    }),
    ("English people", |n| {
        fill(n, |i| format!("John {} said that ", latin(i)))
    }),
    ("English titles", |n| {
        fill(n, |i| format!("Mr. {}, ", latin(i)))
    }),
    ("English double surnames", |n| {
        fill(n, |i| format!("Ann {}-{}, ", latin(i), latin(i + 1)))
    }),
    ("English quotes", |n| {
        fill(n, |i| {
            format!("“We wait for {} here,” Smith said. ", latin(i))
        })
    }),
    ("he said", |n| repeat(n, "he said that she said that ")),
    ("relative clauses", |n| repeat(n, "который сказал, ")),
    ("commas", |n| repeat(n, "да, ")),
    ("colons", |n| repeat(n, "Он: ")),
    ("hashtags", |n| repeat(n, "#да#нет")),
    ("footnotes", |n| fill(n, |i| format!("да[{i}] "))),
    ("pipes", |n| repeat(n, "да | ")),
    ("addresses", |n| fill(n, |i| format!("site{i}.ru "))),
];

/// The same for Markdown.
pub const MARKDOWN: &[Generator] = &[
    ("brackets without links", |n| repeat(n, "[")),
    ("brackets before a link", |n| {
        format!("{}](x)", repeat(n, "["))
    }),
    ("links without an end", |n| repeat(n, "[a](")),
    ("footnotes of Markdown", |n| fill(n, |i| format!("[^{i}] "))),
    ("links", |n| repeat(n, "[a](b) ")),
    ("marks of emphasis", |n| repeat(n, "*a _b ")),
    ("quoted lines", |n| repeat(n, "> ")),
    ("backslashes", |n| repeat(n, "\\*")),
];
