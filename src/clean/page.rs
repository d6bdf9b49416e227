//! What each line of a page is among its neighbours.
//!
//! A page runs head, article, tail. The head holds menus, the headline and lines with date and credit; the article begins with
//! its first line of running text; the tail begins where link lists, polls or comments do, and lasts unless prose returns: two
//! lines of running text in a row, not set between headlines as teasers are.

use super::line::Line;
use crate::document::BlockKind;

/// A headline has at least so many words; what is shorter is navigation.
const TITLE_WORDS: usize = 3;
/// And at most so many bytes.
const TITLE_BYTES: usize = 400;
/// Running text this long, in bytes, is no teaser.
const LONG: usize = 700;

/// The kind of each line.
pub(super) fn kinds(lines: &[Line], text: &str) -> Vec<BlockKind> {
    let mut kinds = vec![BlockKind::Body; lines.len()];
    let Some(first) = lines.iter().position(Line::is_prose) else {
        // Nothing reads as an article: only what known phrases say is labelled.
        for (kind, line) in kinds.iter_mut().zip(lines) {
            *kind = line.phrase.unwrap_or(BlockKind::Body);
        }
        return kinds;
    };
    head(&lines[..first], &mut kinds[..first]);
    let mut i = 0;
    while i < first {
        let list = list_end(&lines[..first], i);
        if list > i + 1 {
            kinds[i..list].fill(BlockKind::Links);
        }
        i = list.max(i + 1);
    }
    let mut i = first;
    while i < lines.len() {
        if starts_tail(lines, i) {
            let end = returns(lines, i).unwrap_or(lines.len());
            tail(&lines[i..end], &mut kinds[i..end], text);
            i = end;
            continue;
        }
        let line = &lines[i];
        let list = list_end(lines, i);
        if list > i + 1 {
            kinds[i..list].fill(BlockKind::Links);
            i = list;
            continue;
        }
        kinds[i] = match line.phrase {
            Some(kind) => kind,
            None if line.bars => BlockKind::Links,
            None if line.address => BlockKind::Other,
            None if line.date && line.words <= 4 && !line.ends => BlockKind::Dateline,
            None if is_heading(lines, i) => BlockKind::Heading,
            None => BlockKind::Body,
        };
        i += 1;
    }
    polls(lines, &mut kinds);
    kinds
}

/// One past the last of the items that begin at `i`: lines that open with a dash and end like no sentence.
fn list_end(lines: &[Line], i: usize) -> usize {
    let items = lines[i..]
        .iter()
        .take_while(|l| l.dash && !l.ends && l.words <= 10)
        .count();
    i + items
}

/// A count of votes makes a poll of the short lines above it, up to their question.
fn polls(lines: &[Line], kinds: &mut [BlockKind]) {
    /// So many answers at most.
    const ANSWERS: usize = 12;
    for i in 0..lines.len() {
        if !lines[i].votes {
            continue;
        }
        let above = &lines[i.saturating_sub(ANSWERS)..i];
        let answers = above
            .iter()
            .rev()
            .take_while(|l| !l.ends && (l.words <= 12 || l.digits))
            .count();
        let question = i.checked_sub(answers + 1);
        let from = match question {
            Some(q) if answers >= 2 && lines[q].words <= 16 => q,
            _ => continue,
        };
        kinds[from..=i].fill(BlockKind::Poll);
    }
}

/// Lines before the first running text.
fn head(lines: &[Line], kinds: &mut [BlockKind]) {
    let is_title = |line: &Line| {
        line.phrase.is_none()
            && !line.date
            && !line.bullet
            && !line.bars
            && !line.digits
            && line.words >= TITLE_WORDS
            && line.span.len() <= TITLE_BYTES
    };
    let menus = lines
        .iter()
        .map(|l| {
            let short = l.phrase == Some(BlockKind::Menu) || !l.date && l.words < TITLE_WORDS;
            usize::from(short) + 2 * usize::from(l.bars)
        })
        .sum::<usize>();
    // With a menu above it, the headline is the last line before the text; without one, the first.
    let title = if menus >= 2 {
        lines.iter().rposition(is_title)
    } else {
        lines.iter().position(is_title)
    };
    for (i, (line, kind)) in lines.iter().zip(kinds).enumerate() {
        *kind = match line.phrase {
            Some(kind) => kind,
            None if line.date => BlockKind::Dateline,
            None if line.bars => BlockKind::Menu,
            None if Some(i) == title => BlockKind::Title,
            None if title.is_some_and(|t| i < t) => BlockKind::Menu,
            None if line.digits => BlockKind::Other,
            // Speech and list items before the first long line belong to the text.
            None if line.dash || line.ends => BlockKind::Body,
            None => BlockKind::Heading,
        };
    }
}

/// Whether a line without a full stop is a heading inside the text: short, and running text follows.
fn is_heading(lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    !line.ends
        && !line.dash
        && !line.bullet
        && line.words <= 14
        && line.after_blank
        && lines
            .get(i + 1)
            .is_some_and(|next| next.after_blank && (next.ends || next.dash))
}

/// Whether the lists around the article begin here.
fn starts_tail(lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    let next = lines.get(i + 1);
    match line.phrase {
        Some(BlockKind::Links | BlockKind::Poll | BlockKind::Comment | BlockKind::Menu) => {
            return true;
        }
        // «Сегодня 08:00  Комментарии [0]» closes an article.
        Some(BlockKind::Other) => {
            return next.is_none_or(|n| n.date || n.phrase.is_some() || !n.is_prose());
        }
        Some(_) => return false,
        None => {}
    }
    if line.bullet && !line.ends {
        return true;
    }
    // A date alone after the text, with a headline behind it.
    if line.date && line.words <= 3 && next.is_some_and(|n| !n.ends) {
        return true;
    }
    // A headline over a teaser that is cut off.
    !line.ends && line.after_blank && next.is_some_and(|n| n.cut)
}

/// Where the article goes on after lists that began at `from`: long running text, or two lines of it in a row.
fn returns(lines: &[Line], from: usize) -> Option<usize> {
    let mut i = from + 1;
    while i < lines.len() {
        if lines[i].is_prose() && lines[i - 1].phrase != Some(BlockKind::Poll) {
            let before_date = lines[i - 1].date;
            let second = lines.get(i + 1).is_some_and(|n| n.is_prose());
            let teaser = !lines[i - 1].ends && lines[i - 1].phrase.is_none();
            if lines[i].span.len() >= LONG && !teaser || second && !before_date {
                return Some(i);
            }
        }
        i += 1;
    }
    None
}

/// Lines of lists around the article.
fn tail(lines: &[Line], kinds: &mut [BlockKind], text: &str) {
    let mut region = BlockKind::Links;
    for (i, (line, kind)) in lines.iter().zip(kinds).enumerate() {
        if let Some(phrase) = line.phrase {
            if matches!(
                phrase,
                BlockKind::Links | BlockKind::Poll | BlockKind::Comment
            ) {
                region = phrase;
            }
            *kind = phrase;
            // The count of votes closes a poll.
            let closes = text[line.span.start()..line.span.end()]
                .chars()
                .any(|c| c.is_ascii_digit());
            if phrase == BlockKind::Poll && closes && i > 0 {
                region = BlockKind::Links;
            }
            continue;
        }
        *kind = match region {
            BlockKind::Poll | BlockKind::Comment => region,
            _ if line.digits && !line.date => BlockKind::Menu,
            _ if line.words < TITLE_WORDS
                && !line.date
                && !line.bullet
                && !lines.get(i + 1).is_some_and(|n| n.cut || n.ends) =>
            {
                BlockKind::Menu
            }
            _ => BlockKind::Links,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Cleaner;
    use crate::document::{Document, Source};

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let mut doc = Document::new(Source::default(), text.to_owned());
        Cleaner::new(&crate::tables::Tables::default())
            .expect("loads")
            .find_blocks(&mut doc);
        doc.blocks
            .iter()
            .map(|b| (b.kind, b.span.slice(&doc.text).to_owned()))
            .collect()
    }

    fn kind_of(text: &str, line: &str) -> BlockKind {
        blocks(text)
            .into_iter()
            .find(|(_, t)| t.starts_with(line))
            .expect("line is a block")
            .0
    }

    #[test]
    fn a_poll_without_a_heading_is_known_by_its_votes() {
        let text = "Министр приехал в город и осмотрел новый завод.\n\nНужен ли городу завод?\nДа\nНет\n\n912 голосов\n";
        assert_eq!(kind_of(text, "Нужен"), BlockKind::Poll);
        assert_eq!(kind_of(text, "Нет"), BlockKind::Poll);
        let no = "Министр приехал в город и осмотрел новый завод.\n\nЗа закон подали 912 голосов, сообщили в парламенте.\n";
        assert_eq!(kind_of(no, "За закон"), BlockKind::Body);
    }

    #[test]
    fn bars_make_a_menu_and_dashes_a_list() {
        let text = "Главная | Новости | Спорт\n\nМост открыли для движения\n\nМинистр приехал в город и осмотрел новый завод.\n\n- Отправить почтой\n- Печать\n";
        assert_eq!(kind_of(text, "Главная"), BlockKind::Menu);
        assert_eq!(kind_of(text, "Мост"), BlockKind::Title);
        assert_eq!(kind_of(text, "- Печать"), BlockKind::Links);
        let speech =
            "Министр приехал в город и осмотрел новый завод.\n- Когда откроете?\n- Осенью.\n";
        assert_eq!(kind_of(speech, "- Осенью"), BlockKind::Body);
    }

    const PAGE: &str = "понедельник, 9 марта 2026\nГлавная\n\nНапишите нам\n\nВ Гродно открыли новый мост через Неман\n\n\
        В Гродно во вторник открыли новый мост через реку Неман, сообщили в мэрии.\n\nЧто дальше\n\n\
        «Мост построили за два года», — сказал мэр города на открытии.\nФото из архива редакции\n\n\
        Сегодня 08:00 Комментарии [0]\n\n12 марта 2026 10:05\n\nВ Бресте закрыли завод\n\nЗавод в Бресте закрыли после проверки на прошлой неделе.\n\n\
        11 марта 2026 09:00\n\nВ Минске выпал снег\n\nНаш опрос\n\nНужен ли городу мост?\n31%\nДа, конечно\nВсего голосов: 12\n\nОбзоры\n\nКогда построят дорогу?\n";

    #[test]
    fn a_page_with_everything_around_the_article() {
        assert_eq!(kind_of(PAGE, "понедельник"), BlockKind::Dateline);
        assert_eq!(kind_of(PAGE, "Напишите"), BlockKind::Menu);
        assert_eq!(kind_of(PAGE, "В Гродно открыли"), BlockKind::Title);
        assert_eq!(kind_of(PAGE, "В Гродно во вторник"), BlockKind::Body);
        assert_eq!(kind_of(PAGE, "Что дальше"), BlockKind::Heading);
        assert_eq!(kind_of(PAGE, "«Мост построили"), BlockKind::Body);
        assert_eq!(kind_of(PAGE, "Фото из"), BlockKind::Caption);
        assert_eq!(kind_of(PAGE, "В Бресте закрыли"), BlockKind::Links);
        assert_eq!(kind_of(PAGE, "Завод в Бресте"), BlockKind::Links);
        assert_eq!(kind_of(PAGE, "Нужен ли"), BlockKind::Poll);
        assert_eq!(kind_of(PAGE, "Да, конечно"), BlockKind::Poll);
        assert_eq!(kind_of(PAGE, "Когда построят"), BlockKind::Links);
    }

    #[test]
    fn plain_prose_is_all_body() {
        let text = "Министр приехал в город и осмотрел новый завод.\n— Когда откроете? — спросил он.\n— Осенью.\n";
        assert!(blocks(text).iter().all(|(k, _)| *k == BlockKind::Body));
    }

    #[test]
    fn a_link_inside_the_article_does_not_end_it() {
        let text = "Министр приехал в город и осмотрел новый завод.\n\nЧитайте также: Как строили завод\n\n\
            Завод начнёт работать осенью, обещают строители и власти.\n\nНа нём будут работать триста человек из города и района.\n";
        assert_eq!(kind_of(text, "Читайте"), BlockKind::Links);
        assert_eq!(kind_of(text, "Завод начнёт"), BlockKind::Body);
        assert_eq!(kind_of(text, "На нём"), BlockKind::Body);
    }

    #[test]
    fn a_cut_teaser_takes_its_headline_along() {
        let text = "Министр приехал в город и осмотрел новый завод.\n\nДороги починят\n\nДороги области начнут чинить в мае, ...\n\n  • 11.11.2025\n";
        assert_eq!(kind_of(text, "Дороги починят"), BlockKind::Links);
        assert_eq!(kind_of(text, "Дороги области"), BlockKind::Links);
        assert_eq!(kind_of(text, "•"), BlockKind::Links);
    }
}
