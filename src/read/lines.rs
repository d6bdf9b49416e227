//! Lines that a program broke at a width -> whole paragraphs, in mail, in texts of press databases and of pages in print.
//!
//! A paragraph is what stands between blank lines. Its lines are joined where nearly all of them are about as long as the width allows:
//! verse, lists, signatures and tables have short lines and stay.

/// Width below which no program breaks lines.
const NARROWEST: usize = 45;
/// Lines of a text whose paragraphs are lines are longer than this.
const WIDEST: usize = 100;

/// A text with its broken lines joined.
pub(super) fn joined(text: &str) -> String {
    let width = text
        .lines()
        .map(|line| line.trim_end().chars().count())
        .max()
        .unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&width) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            paragraph.push(line);
            continue;
        }
        flush(&paragraph, width, &mut out);
        paragraph.clear();
        out.push('\n');
    }
    out.pop();
    out
}

fn flush(paragraph: &[&str], width: usize, out: &mut String) {
    let Some((last, before)) = paragraph.split_last() else {
        return;
    };
    // A line was full where the next word would not have gone into it.
    let is_full = |i: usize| {
        let next = paragraph
            .get(i + 1)
            .and_then(|next| next.split_whitespace().next());
        let room =
            paragraph[i].trim_end().chars().count() + 1 + next.map_or(0, |w| w.chars().count());
        room > width
    };
    let is_quoted = paragraph.iter().any(|line| line.starts_with('>'));
    let full = (0..before.len()).filter(|i| is_full(*i)).count();
    let is_broken = !is_quoted && !before.is_empty() && full * 4 >= before.len() * 3;
    for line in before {
        out.push_str(line.trim_end());
        out.push(if is_broken { ' ' } else { '\n' });
    }
    match is_broken {
        true => out.push_str(last.trim()),
        false => out.push_str(last),
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_joined_and_others_stay() {
        let broken = "Мост через реку откроют осенью, сообщили в мэрии города, и\nпо нему пойдут автобусы, которых ждали\nтри года.\n\nС уважением,\nА. Ким\nпресс-служба\n";
        assert_eq!(
            joined(broken),
            "Мост через реку откроют осенью, сообщили в мэрии города, и\nпо нему пойдут автобусы, которых ждали\nтри года.\n\nС уважением,\nА. Ким\nпресс-служба\n"
        );
        let even = "Мост через реку откроют осенью, сообщили в мэрии города, и\nпо нему пойдут автобусы, которых жители ждали последние\nтри года.\n\nДа.\n";
        assert_eq!(
            joined(even),
            "Мост через реку откроют осенью, сообщили в мэрии города, и по нему пойдут автобусы, которых жители ждали последние три года.\n\nДа.\n"
        );
        for kept in ["", "Да.\n\nНет.\n", &"слово ".repeat(40)] {
            assert_eq!(joined(kept), *kept);
        }
    }
}
