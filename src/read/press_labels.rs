//! Labels of header lines in texts of press databases: `Источник: Чуйские вести`, `Title: Harbour gets a crane`.

/// What a label says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Id of the article.
    Id,
    /// Headline.
    Title,
    /// Date of the article.
    Date,
    /// Newspaper, agency or site.
    Source,
    /// Who wrote it.
    Author,
    /// Address.
    Url,
    /// The text begins behind it.
    Text,
    /// Something else, which is no part of the text.
    Other,
}

impl Label {
    /// Its name in options.
    pub const fn as_str(self) -> &'static str {
        match self {
            Label::Id => "id",
            Label::Title => "title",
            Label::Date => "date",
            Label::Source => "source",
            Label::Author => "author",
            Label::Url => "url",
            Label::Text => "text",
            Label::Other => "none",
        }
    }

    /// The label of a field's name, as in options.
    pub fn named(name: &str) -> Option<Label> {
        Some(match name {
            "id" => Label::Id,
            "title" => Label::Title,
            "date" => Label::Date,
            "source" => Label::Source,
            "author" => Label::Author,
            "url" => Label::Url,
            "text" => Label::Text,
            "none" => Label::Other,
            _ => return None,
        })
    }
}

/// Names in lower case: of Integrum, ProQuest and other databases.
const NAMES: [(&str, Label); 48] = [
    ("автор", Label::Author),
    ("авторы", Label::Author),
    ("город", Label::Other),
    ("дата", Label::Date),
    ("дата выпуска", Label::Date),
    ("дата публикации", Label::Date),
    ("заглавие", Label::Title),
    ("заголовок", Label::Title),
    ("издание", Label::Source),
    ("источник", Label::Source),
    ("название", Label::Title),
    ("название источника", Label::Source),
    ("номер", Label::Other),
    ("номер выпуска", Label::Other),
    ("номер документа", Label::Other),
    ("объем", Label::Other),
    ("объём", Label::Other),
    ("полный текст", Label::Text),
    ("полоса", Label::Other),
    ("раздел", Label::Other),
    ("регион", Label::Other),
    ("рубрика", Label::Other),
    ("сми", Label::Source),
    ("ссылка", Label::Url),
    ("страница", Label::Other),
    ("текст", Label::Text),
    ("url", Label::Url),
    ("author", Label::Author),
    ("byline", Label::Author),
    ("date", Label::Date),
    ("document url", Label::Url),
    ("full text", Label::Text),
    ("headline", Label::Title),
    ("length", Label::Other),
    ("link", Label::Url),
    ("newspaper", Label::Source),
    ("pages", Label::Other),
    ("place of publication", Label::Other),
    ("publication date", Label::Date),
    ("publication title", Label::Source),
    ("published", Label::Date),
    ("publisher", Label::Other),
    ("section", Label::Other),
    ("source", Label::Source),
    ("text", Label::Text),
    ("title", Label::Title),
    ("word count", Label::Other),
    ("языки", Label::Other),
];

/// The label at the head of a line, and its value.
pub(super) fn of_line(line: &str) -> Option<(Label, &str)> {
    let (name, value) = line.split_once(':')?;
    if name.len() > 60 {
        return None;
    }
    let name = name.trim().to_lowercase();
    let found = NAMES.iter().find(|(n, _)| *n == name)?;
    Some((found.1, value.trim()))
}

/// The same, by the names that the user gives, with a colon behind or not.
pub(super) fn of_own<'l>(line: &'l str, own: &[(String, Label)]) -> Option<(Label, &'l str)> {
    own.iter().find_map(|(name, label)| {
        let rest = line.strip_prefix(name.as_str())?;
        let value = rest
            .strip_prefix(':')
            .or_else(|| match rest.chars().next() {
                None => Some(rest),
                Some(c) if c.is_whitespace() || name.ends_with(':') => Some(rest),
                Some(_) => None,
            })?;
        Some((*label, value.trim()))
    })
}

/// “Документ 3 из 20”: the line above an article.
pub(super) fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        [what, n, of, m] => {
            matches!(
                *what,
                "Документ" | "ДОКУМЕНТ" | "Document" | "DOCUMENT" | "Статья" | "Сообщение"
            ) && matches!(*of, "из" | "of")
                && is_number(n)
                && is_number(m)
        }
        _ => false,
    }
}

/// How many articles a text seems to hold, by its labels and the lines between them.
pub(super) fn articles_in(text: &str) -> usize {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut add = |key: String| match counts.iter().position(|(k, _)| *k == key) {
        Some(at) => counts[at].1 += 1,
        None => counts.push((key, 1)),
    };
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .peekable();
    while let Some(line) = lines.next() {
        let next_is_headline = lines.peek().is_some_and(|next| {
            next.chars().count() < 150 && !next.ends_with(['.', '!', '?', '…', '»', '"'])
        });
        if is_counter(line) {
            add("counter".to_owned());
        } else if is_rule(line) && next_is_headline {
            add(line.chars().take(1).collect());
        } else if let Some((label @ (Label::Title | Label::Date | Label::Source), _)) =
            of_line(line)
        {
            add(format!("{label:?}"));
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    if most < 3 { 1 } else { most }
}

/// A line of nothing but one sign: `-----`, `* * *`.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    matches!(first, Some('-' | '=' | '*' | '_' | '#' | '~'))
        && signs.clone().count() >= 2
        && signs.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told() {
        assert_eq!(
            of_line("Источник: Чуйские вести"),
            Some((Label::Source, "Чуйские вести"))
        );
        assert_eq!(
            of_line("Дата выпуска: 05.02.2026"),
            Some((Label::Date, "05.02.2026"))
        );
        assert_eq!(of_line("Иванов: да"), None);
        let own = [
            ("Газета".to_owned(), Label::Source),
            ("@".to_owned(), Label::Id),
        ];
        assert_eq!(
            of_own("Газета — Труд", &own),
            Some((Label::Source, "— Труд"))
        );
        assert_eq!(of_own("Газетам: да", &own), None);
        assert!(is_counter("Документ 3 из 20") && !is_counter("Документ принят"));
    }

    #[test]
    fn several_articles_are_counted() {
        let three = "Мост\nтекст.\n-----\nПаром\nтекст.\n-----\nКран\nтекст.\n-----\nШкола\nтекст.";
        assert_eq!(articles_in(three), 3);
        for one in [
            "",
            "Мост\n\nИванов: да.\nПетров: нет.\nИванов: да.\nИванов: нет.",
            "- a\n- b\n- c",
        ] {
            assert_eq!(articles_in(one), 1, "{one}");
        }
    }
}
