//! Line breaks of a web page's source -> marks in its text nodes, which live through all that is done to the elements.
//!
//! Some `<br>` are lost where the article is cut out (lone ones before paragraphs that are made of double ones), and the words on both
//! sides would stand together; so each gets a mark behind it, which becomes a line break in the end. Line breaks of the source itself are white
//! space, as in browsers, but for one sort of page: text that was put between tags without its lines becoming elements. There lines
//! begin as sentences and headlines do; in a source that was wrapped at some width, most begin in the middle of a sentence.

use std::borrow::Cow;

/// A noncharacter, so that no page has a use for it.
const MARK: char = '\u{FDD1}';

/// Line breaks of the source that make a judgement possible.
const ENOUGH: usize = 3;

/// Elements that stand in lines: what begins with one goes on as text does.
pub(super) const INLINE: [&str; 20] = [
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u",
];

/// Elements whose content is no text of the page.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "noscript"];

/// The page with its marks.
pub(super) fn mark(html: &str) -> Cow<'_, str> {
    if html.contains(MARK) {
        return html.into();
    }
    let mut scanner = Scanner::default();
    scanner.scan(html);
    let Scanner {
        mut places,
        lines,
        small,
        ..
    } = scanner;
    if lines.len() >= ENOUGH && small * 10 <= lines.len() {
        places.extend(lines);
        places.sort_unstable();
    }
    if places.is_empty() {
        return html.into();
    }
    let mut out = String::with_capacity(html.len() + places.len() * 8);
    let mut from = 0;
    for (at, tags) in places {
        out.push_str(&html[from..at]);
        out.push_str(tags);
        out.push(MARK);
        from = at;
    }
    out.push_str(&html[from..]);
    out.into()
}

/// A text without marks, with the line breaks that they stand for.
pub(super) fn restore(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, part) in text.split(MARK).enumerate() {
        if i == 0 {
            out.push_str(part);
            continue;
        }
        out.truncate(out.trim_end_matches(' ').len());
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(part.trim_start_matches(' '));
    }
    out
}

#[derive(Default)]
struct Scanner {
    /// Where marks belong, and the tags before them.
    places: Vec<(usize, &'static str)>,
    /// The same for lines of the source.
    lines: Vec<(usize, &'static str)>,
    /// How many of these lines begin with a small letter.
    small: usize,
}

impl Scanner {
    fn scan(&mut self, html: &str) {
        let mut at = 0;
        // Where line breaks are kept anyhow.
        let mut preformatted = false;
        while let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|n| at + n) {
            if !preformatted {
                self.text(at, &html[at..open]);
            }
            let rest = &html[open..];
            if rest.starts_with("<!--") {
                at = rest.find("-->").map_or(html.len(), |n| open + n + 3);
                continue;
            }
            let Some(close) = memchr::memchr(b'>', rest.as_bytes()) else {
                return;
            };
            at = open + close + 1;
            let tag = &rest[1..close];
            let name = tag_name(tag.strip_prefix('/').unwrap_or(tag));
            if name.eq_ignore_ascii_case("pre") {
                preformatted = !tag.starts_with('/');
            }
            if tag.starts_with('/') {
                continue;
            }
            if let Some(raw) = raw(name) {
                at = end_of(html, at, raw);
            }
            if name.eq_ignore_ascii_case("br") && goes_on(&html[at..]) {
                self.places.push((at, ""));
            }
        }
        self.text(at, &html[at..]);
    }

    /// Notes the lines of a text between two tags, but for the first.
    fn text(&mut self, start: usize, text: &str) {
        let end = text.trim_ascii_end().len();
        let mut at = text.len() - text.trim_ascii_start().len();
        while let Some(line) = memchr::memchr(b'\n', text.as_bytes().get(at..end).unwrap_or(&[])) {
            let blank = &text[at + line..end];
            let next = blank.trim_ascii_start();
            let blank = &blank[..blank.len() - next.len()];
            at = end - next.len();
            let tags = match blank.matches('\n').count() {
                1 => "<br>",
                _ => "<br><br>",
            };
            self.lines.push((start + at, tags));
            let letter = next.chars().next();
            self.small += usize::from(letter.is_some_and(char::is_lowercase));
        }
    }
}

pub(super) fn tag_name(tag: &str) -> &str {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    &tag[..end.unwrap_or(tag.len())]
}

/// The name, in small letters, of an element whose content is no text of the page.
pub(super) fn raw(name: &str) -> Option<&'static str> {
    RAW.into_iter().find(|raw| name.eq_ignore_ascii_case(raw))
}

/// Whether text follows, and not an element that makes a line of its own or another `<br>`.
fn goes_on(html: &str) -> bool {
    let mut next = html.trim_ascii_start();
    let is_inline = |tag: &str| INLINE.iter().any(|inline| tag.eq_ignore_ascii_case(inline));
    // Comments, and the ends of elements within the line, are no text.
    loop {
        let end = match (next.strip_prefix("<!--"), next.strip_prefix("</")) {
            (Some(comment), _) => comment.split_once("-->"),
            (_, Some(tag)) if is_inline(tag_name(tag)) => tag.split_once('>'),
            _ => break,
        };
        match end {
            Some((_, rest)) => next = rest.trim_ascii_start(),
            None => return false,
        }
    }
    match next.strip_prefix('<').map(tag_name) {
        Some(tag) => is_inline(tag),
        None => !next.is_empty(),
    }
}

/// Where the end tag of a raw element begins, from `at` on.
pub(super) fn end_of(html: &str, at: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut from = at;
    while let Some(open) = memchr::memmem::find(&bytes[from..], b"</").map(|n| from + n) {
        let found = bytes.get(open + 2..open + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return open;
        }
        from = open + 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        mark(html).replace(MARK, "|")
    }

    #[test]
    fn breaks_before_text_get_a_mark() {
        for (html, expected) in [
            ("Да<br>Нет<BR />Может", "Да<br>|Нет<BR />|Может"),
            (
                "Да<br>\n<br>Нет<br> <br/><br>",
                "Да<br>\n<br>|Нет<br> <br/><br>",
            ),
            ("Да<br><b>Нет</b><br></p>", "Да<br>|<b>Нет</b><br></p>"),
            ("Да<br><p>Нет</p>", "Да<br><p>Нет</p>"),
            ("<b>Да<br></b>Нет", "<b>Да<br>|</b>Нет"),
            ("Да<br><!-- a -->Нет", "Да<br>|<!-- a -->Нет"),
            ("<b>Да<br></b></p>", "<b>Да<br></b></p>"),
            ("<!-- <br>a --><p>Да</p>", "<!-- <br>a --><p>Да</p>"),
            (
                "<script>'<br>'</script>a<br>b",
                "<script>'<br>'</script>a<br>|b",
            ),
            (
                "<pre>a\nb\nc\nd\n<br>e</pre>",
                "<pre>a\nb\nc\nd\n<br>|e</pre>",
            ),
            ("<brim>a", "<brim>a"),
            ("a<br", "a<br"),
            ("<br>", "<br>"),
        ] {
            assert_eq!(shown(html), expected);
        }
    }

    #[test]
    fn lines_count_where_they_begin_as_lines_do() {
        let lines = "<p>Заголовок\n12 мая\n\n«Да», — сказал он.\nКонец</p>";
        assert_eq!(
            shown(lines),
            "<p>Заголовок\n<br>|12 мая\n\n<br><br>|«Да», — сказал он.\n<br>|Конец</p>"
        );
        for wrapped in [
            // Wrapped at some width.
            "<p>Мэр города открыл\nновую школу, которую\nстроили три года\nИвановы и другие</p>",
            // Too few to tell.
            "<p>Мэр\nИванов</p>",
            // Between elements.
            "<p>\nДа\n</p>\n<p>\nНет\n</p>\n<p>Да</p>",
            "<pre>А\nБ\nВ\nГ\nД</pre>",
        ] {
            assert_eq!(shown(wrapped), wrapped);
        }
    }

    #[test]
    fn marks_become_breaks_where_none_is() {
        for (text, expected) in [
            ("Да|Нет", "Да\nНет"),
            ("Да\n| Нет", "Да\nНет"),
            ("Да |Нет|", "Да\nНет\n"),
            ("|Да\n\n|Нет", "Да\n\nНет"),
            ("Да", "Да"),
        ] {
            assert_eq!(restore(&text.replace('|', &MARK.to_string())), expected);
        }
    }
}
