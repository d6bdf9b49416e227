//! A web page -> the text of its article, its title, date and source.
//!
//! The article is what Mozilla's Readability finds; where it finds nothing, or hardly anything of the page, the whole page is
//! the text, and the blocks of [`crate::clean`] tell article from menus. The title stands first in the text, as it does on the
//! page. Nothing is said of where words stood in the HTML: offsets count in the text that comes out.

use dom_smoothie::{Config, Readability, TextMode};

use super::{PagePart, breaks, host, stripped, tree};

/// What a web page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The text, paragraphs on lines of their own.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Date as the page gives it.
    pub date: Option<String>,
    /// Name or host of the site.
    pub source: Option<String>,
    /// The limit that the page passes, in words, where it was read tag by tag, without a tree and so without metadata.
    pub limit: Option<String>,
}

/// The character encoding that the head of a page declares.
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some((_, after)) = rest.split_once("charset") {
        rest = after;
        if let Some(name) = after.trim_start().strip_prefix('=') {
            let name: String = name
                .trim_start_matches(['"', '\'', ' '])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            if let Some(encoding) = super::encoding_named(&name) {
                return Some(encoding);
            }
        }
    }
    None
}

/// Reads a page.
pub fn read_page(html: &str, part: PagePart) -> Page {
    let source = html;
    let html = &*breaks::mark(html);
    let document = match tree::of(html) {
        Ok(document) => document,
        Err(limit) => {
            return Page {
                text: stripped::text(source),
                limit: Some(limit),
                ..Page::default()
            };
        }
    };
    let mut page = Page::default();
    let meta = |selector: &str, attribute: &str| {
        document
            .select(selector)
            .iter()
            .find_map(|found| found.attr(attribute))
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    page.date = meta("meta[property='article:published_time']", "content")
        .or_else(|| meta("meta[itemprop='datePublished']", "content"))
        .or_else(|| {
            meta(
                "meta[name='date'], meta[name='pubdate'], meta[name='publish-date']",
                "content",
            )
        })
        .or_else(|| meta("time[datetime]", "datetime"));
    page.source = meta("meta[property='og:site_name']", "content")
        .or_else(|| meta("link[rel='canonical']", "href").and_then(|url| host(&url)))
        .or_else(|| meta("meta[property='og:url']", "content").and_then(|url| host(&url)));
    let headline = document
        .select("h1")
        .iter()
        .map(|h| squeezed(&h.text()))
        .find(|h| !h.is_empty());
    page.title = meta("meta[property='og:title']", "content")
        .or(headline)
        .or_else(|| Some(squeezed(&document.select("title").text())).filter(|t| !t.is_empty()));

    document
        .select("script, style, noscript, template, iframe, svg")
        .remove();
    let whole = {
        let body = document.select("body").formatted_text().to_string();
        if body.trim().is_empty() {
            document.formatted_text().to_string()
        } else {
            body
        }
    };
    let mut text = whole.clone();
    if part == PagePart::Article {
        let config = Config {
            text_mode: TextMode::Formatted,
            ..Config::default()
        };
        let article = Readability::new(html, None, Some(config)).and_then(|mut r| r.parse());
        if let Ok(article) = article {
            page.date = page.date.or(article.published_time);
            page.source = page.source.or(article.site_name);
            if page.title.is_none() && !article.title.trim().is_empty() {
                page.title = Some(squeezed(&article.title));
            }
            // A teaser instead of the article is worse than an article with its menus.
            if article.text_content.trim().len() * 5 >= whole.trim().len() {
                text = article.text_content.to_string();
            }
        }
    }
    let text = breaks::restore(&text);
    let text = text.trim();
    page.title = page.title.map(|title| squeezed(&breaks::restore(&title)));
    let opening: String = squeezed(&text.chars().take(600).collect::<String>());
    page.text = match &page.title {
        Some(title) if !opening.contains(title.as_str()) && !text.is_empty() => {
            format!("{title}\n\n{text}\n")
        }
        _ => format!("{text}\n"),
    };
    page
}

/// Text with one space wherever there is white space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html><html><head><title>Школу открыли | Весть</title>
        <meta property='og:site_name' content='Весть'>
        <meta property='article:published_time' content='2026-03-05T09:00:00+06:00'></head>
        <body><nav><a href='/'>Главная</a> <a href='/s'>Спорт</a></nav>
        <article><h1>Школу открыли</h1>
        <p>В Бишкеке после ремонта открыли школу, которая стояла закрытой три года и четыре месяца, сообщила мэрия города.</p>
        <p>«Дети ждали её три года, и сегодня они наконец войдут в свои классы», &mdash; сказала директор школы Айгуль Осмонова.</p>
        <p>Ремонт обошёлся в 12&nbsp;млн сомов; половину из них, по словам директора, собрали родители и выпускники.</p></article>
        <script>var x = 'не текст';</script><footer>Все права защищены</footer></body></html>";

    #[test]
    fn a_page_gives_article_and_metadata() {
        let page = read_page(PAGE, PagePart::Article);
        assert_eq!(page.title.as_deref(), Some("Школу открыли"));
        assert_eq!(page.date.as_deref(), Some("2026-03-05T09:00:00+06:00"));
        assert_eq!(page.source.as_deref(), Some("Весть"));
        assert!(page.text.starts_with("Школу открыли\n"), "{}", page.text);
        for wanted in ["закрытой три года", "классы», — сказала", "12 млн"]
        {
            assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
        }
        assert!(
            !page.text.contains("не текст") && !page.text.contains("Все права"),
            "{}",
            page.text
        );
        assert!(
            page.text.lines().filter(|l| !l.is_empty()).count() >= 4,
            "{}",
            page.text
        );
    }

    #[test]
    fn the_whole_page_keeps_what_shows() {
        let page = read_page(PAGE, PagePart::Whole);
        assert!(
            page.text.contains("Спорт") && !page.text.contains("не текст"),
            "{}",
            page.text
        );
    }

    #[test]
    fn lines_stay_lines() {
        let long =
            "По словам мэра, дорогу вдоль реки отремонтируют к осени, а мост откроют раньше. "
                .repeat(6);
        let lines = ["Мост откроют весной", "12 мая", "Фото: Весть", &long, &long];
        for (between, around) in [
            ("<br>", ("", "")),
            ("<br>\n", ("<div>", "</div>")),
            ("\n", ("<p>", "</p>")),
            ("\n", ("<pre>", "</pre>")),
        ] {
            let words = lines[..4].join(between);
            // Before a double break, single ones are lost by those who make paragraphs of double ones.
            let html = format!(
                "<html><body>{}{words}<br><br>{long}<br><br>{long}{}</body></html>",
                around.0, around.1
            );
            for part in [PagePart::Article, PagePart::Whole] {
                let page = read_page(&html, part);
                let found: Vec<&str> = page.text.lines().map(str::trim).take(4).collect();
                let expected: Vec<&str> = lines[..4].iter().map(|line| line.trim()).collect();
                assert_eq!(found, expected, "{between:?} {around:?} {part:?}");
            }
        }
    }

    #[test]
    fn what_is_hardly_a_page_is_no_fault() {
        for html in [
            "",
            "<",
            "просто текст",
            "<p>",
            "<html></html>",
            "<a <b <c",
            "</div></div>",
        ] {
            assert_eq!(read_page(html, PagePart::Article).limit, None, "{html}");
        }
        let deep = format!("{}Мост <b>открыли</b>.", "<div>".repeat(100_000));
        let page = read_page(&deep, PagePart::Article);
        assert_eq!(page.text.trim(), "Мост открыли.");
        assert!(page.limit.is_some());
        assert_eq!(
            read_page(&"<p>a ".repeat(20_000), PagePart::Whole).limit,
            None
        );
    }

    #[test]
    fn declared_encodings_are_found() {
        let named =
            |html: &str| declared_encoding(html.as_bytes()).map(encoding_rs::Encoding::name);
        assert_eq!(
            named("<meta charset=\"windows-1251\">"),
            Some("windows-1251")
        );
        assert_eq!(
            named("<meta http-equiv=x content='text/html; charset=koi8-r'>"),
            Some("KOI8-R")
        );
        assert_eq!(named("<p>charset</p>"), None);
    }
}
