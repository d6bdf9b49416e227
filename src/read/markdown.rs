//! A Markdown file -> its text, and the fields of the head that site generators write (front matter).
//!
//! Taken away are the head, the marks of headings and quoted lines, those of emphasis and code, and the addresses of links and
//! pictures. Marks of lists stay, because a hyphen at the head of a line may as well begin a turn of speech; so does whatever is
//! no pair of marks.

use std::borrow::Cow;

use crate::decode::{self, Decoded};
use crate::document::Source;
use crate::error::Result;

use super::format::{Format, Kind};
use super::record::{Record, Role};
use super::{ReadOptions, Whole};

/// A text in Markdown.
pub(super) struct Markdown;

impl Kind for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn is_text(&self) -> bool {
        true
    }

    fn holds(&self, shown: Format, _: &[u8]) -> bool {
        // A cell or a line may look like a text of a press database.
        shown.as_str() == self.name() || shown == super::press::PRESS
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn decode(&self, whole: Whole, options: &ReadOptions, source: &mut Source) -> Result<Decoded> {
        let read = decode::decode(whole.bytes, options.encoding, whole.declared)?;
        let text = read_with_head(&read.text, options, source);
        Ok(Decoded { text, ..read })
    }
}

/// The text; the fields of its head are those of a record.
fn read_with_head(text: &str, options: &ReadOptions, source: &mut Source) -> String {
    let Some((head, rest)) = front_matter(text) else {
        return plain(text);
    };
    let mut record = Record::default();
    for (name, value) in fields(head) {
        match options.fields.role(name) {
            None | Some((Role::Text, _)) => {}
            Some(role) => record.set(role, value.to_owned()),
        }
    }
    record.into_source(source);
    plain(rest.trim_start_matches(['\r', '\n']))
}

/// Splits `---` … `---` at the head from the rest; gives the lines between them.
pub(super) fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---")?;
    let rest = rest
        .trim_start_matches([' ', '\t', '\r'])
        .strip_prefix('\n')?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        // A rule across the page is followed by anything but fields.
        let is_field = line.starts_with([' ', '\t', '-', '#']) || line.contains(':');
        if !is_field && !line.trim().is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

/// Names and values of the fields at the left edge, without quotation marks.
pub(super) fn fields(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.lines().filter_map(|line| {
        if line.starts_with([' ', '\t', '#', '-']) {
            return None;
        }
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        let bare = ['"', '\'']
            .into_iter()
            .find_map(|mark| value.strip_prefix(mark)?.strip_suffix(mark));
        Some((name.trim(), bare.unwrap_or(value)))
    })
}

/// The text without marks.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        let is_fence = line.trim_start().starts_with("```");
        if !is_fence {
            inline(edge(line), &mut out);
        }
        out.push_str(end);
    }
    out
}

/// A line without the marks of a heading or a quoted line at its head.
fn edge(line: &str) -> &str {
    let mut rest = line;
    while let Some(quoted) = rest.trim_start().strip_prefix('>') {
        rest = quoted.strip_prefix(' ').unwrap_or(quoted);
    }
    let title = rest.trim_start_matches('#');
    let marks = rest.len() - title.len();
    match title.strip_prefix(' ') {
        Some(title) if (1..=6).contains(&marks) => title.trim_end().trim_end_matches('#').trim(),
        _ => rest,
    }
}

/// Appends a line without links' addresses and marks of emphasis.
fn inline(line: &str, out: &mut String) {
    if !line.contains(['*', '_', '`', '[', '\\']) {
        out.push_str(line);
        return;
    }
    let mut rest: Cow<'_, str> = links(line);
    for mark in ["**", "__", "~~", "`", "*", "_"] {
        if let Cow::Owned(changed) = pairs(&rest, mark) {
            rest = Cow::Owned(changed);
        }
    }
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(c),
        }
    }
}

/// `[words](address)` and `![words](address)` -> `words`.
fn links(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    // The next ends of words and of an address: no place of the line is looked at from every bracket before it.
    let mut middle = Ahead::of("](");
    let mut last = Ahead::of(")");
    let mut next = line.find('[');
    while let Some(open) = next {
        let after = |at: usize| line[at..].find('[').map(|i| at + i);
        next = after(open + 1);
        let Some(close) = middle.find(line, open) else {
            break;
        };
        // The inner one of two brackets may begin a link.
        if next.is_some_and(|next| next < close) {
            continue;
        }
        let Some(end) = last.find(line, close) else {
            break;
        };
        let begin = open - usize::from(line[..open].ends_with('!'));
        out.push_str(&line[kept..begin.max(kept)]);
        out.push_str(&line[open + 1..close]);
        kept = end + 1;
        if next.is_some_and(|next| next < kept) {
            next = after(kept);
        }
    }
    if kept == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(&line[kept..]);
    Cow::Owned(out)
}

/// Finds a mark again and again, each time from a place that is not before the last one.
struct Ahead {
    mark: &'static str,
    at: usize,
}

impl Ahead {
    fn of(mark: &'static str) -> Self {
        Ahead { mark, at: 0 }
    }

    /// The first mark from `from` on.
    fn find(&mut self, line: &str, from: usize) -> Option<usize> {
        if self.at < from || self.at == 0 {
            self.at = from + line[from..].find(self.mark)?;
        }
        Some(self.at)
    }
}

/// Takes away pairs of a mark that stand at the edges of words.
fn pairs<'l>(line: &'l str, mark: &str) -> Cow<'l, str> {
    let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let opens = |at: usize| {
        let before = line[..at].chars().next_back();
        is_word(line[at + mark.len()..].chars().next())
            && !before.is_some_and(|c| c.is_alphanumeric() || c == '\\')
    };
    let closes = |at: usize| {
        let before = line[..at].chars().next_back();
        is_word(before)
            && before != Some('\\')
            && !line[at + mark.len()..].starts_with(char::is_alphanumeric)
    };
    let mut out = String::new();
    let mut kept = 0;
    let mut open: Option<usize> = None;
    let mut from = 0;
    while let Some(at) = line[from..].find(mark).map(|i| from + i) {
        from = at + mark.len();
        match open {
            Some(begin) if closes(at) && at > begin + mark.len() => {
                out.push_str(&line[kept..begin]);
                out.push_str(&line[begin + mark.len()..at]);
                kept = from;
                open = None;
            }
            None if opens(at) => open = Some(at),
            _ => {}
        }
    }
    if kept == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(&line[kept..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (text, expected) in [
            ("# Мост открыли\n\nДа.\n", "Мост открыли\n\nДа.\n"),
            ("## Мост ##\n#хэштег\n", "Мост\n#хэштег\n"),
            ("> Мы ждали.\n>> И я.\n", "Мы ждали.\nИ я.\n"),
            (
                "Министр **Пётр Ивин** [заявил](http://a.example/x_y), ![](p.png)что",
                "Министр Пётр Ивин заявил, что",
            ),
            ("*Да*, _нет_ и __так__ `x`", "Да, нет и так x"),
            ("- Да, сказал он.\n* пункт\n", "- Да, сказал он.\n* пункт\n"),
            ("2 * 3 * 4 и snake_case_name", "2 * 3 * 4 и snake_case_name"),
            ("5\\* звёзд, [так] и (так)", "5* звёзд, [так] и (так)"),
            ("```\nкод\n```\n", "\nкод\n\n"),
            ("без конца **слово", "без конца **слово"),
            ("[[так](x) и [вот](y) [1] [^2]", "[так и вот [1] [^2]"),
            ("[a](x[b](y) ![в](z)", "a в"),
            ("[a] [b](x", "[a] [b](x"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn the_head_gives_fields() {
        let text =
            "---\ntitle: \"Мост: открытие\"\ndate: 2026-03-05\ntags:\n  - мосты\n---\n\nТекст.\n";
        let (head, rest) = front_matter(text).expect("a head");
        assert_eq!(rest, "\nТекст.\n");
        let fields: Vec<_> = fields(head).collect();
        assert_eq!(
            fields,
            [
                ("title", "Мост: открытие"),
                ("date", "2026-03-05"),
                ("tags", "")
            ]
        );
        for text in [
            "---\n\nТекст без полей.\n---\n",
            "--- да",
            "---\ntitle: x\n",
            "",
        ] {
            assert_eq!(front_matter(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "(\\PC|[*_`\\[\\]()#>\\\\ \n-]){0,60}") {
            let once = plain(&text);
            proptest::prop_assert!(once.len() <= text.len());
            let _ = front_matter(&text).map(|(head, _)| fields(head).count());
        }
    }
}
