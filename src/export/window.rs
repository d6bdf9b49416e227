//! What of a sentence stands beside the words of a row: the whole of it, or a window around the words.
//!
//! Input: spans of the sentence and of the words; output: the span that is shown, cut at white space where it is cut. Invariant: all windows
//! of a table together are at most [`SHARE`] times as long as its sentences, however many rows a sentence has, and none is longer than
//! [`LONGEST`]; finding one takes no more time than it is long.

use crate::span::Span;

/// Code points of a window.
pub(super) const LONGEST: usize = 500;
/// How often a sentence may stand in the rows of a table, counted in code points: where it has more rows, they show less of it.
pub(super) const SHARE: usize = 16;

/// Code points that each of so many rows of one sentence may show of it.
pub(super) fn room(length: usize, rows: usize) -> usize {
    LONGEST.min(SHARE * length / rows.max(1))
}

/// The part of `sentence`, which is longer, that shows `words` and what stands around them, in at most `room` code points.
pub(super) fn around(text: &str, sentence: Span, words: Span, room: usize) -> Span {
    let start = words.start().clamp(sentence.start(), sentence.end());
    let end = words.end().clamp(start, sentence.end());
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or("");
    let (words_end, words_length) = forward(slice(start, end), room);
    if start + words_end < end {
        return Span::new(start, start + at_blank_before(slice(start, end), words_end));
    }
    let left = room - words_length;
    // What one side has no use for goes to the other one.
    let (back, before) = backward(slice(sentence.start(), start), left / 2);
    let (ahead, after) = forward(slice(end, sentence.end()), left - before);
    let (back, _) = match left / 2 + after < left {
        true => backward(slice(sentence.start(), start), left - after),
        false => (back, before),
    };
    let mut from = start - back;
    if from > sentence.start() {
        from += slice(from, start)
            .find(char::is_whitespace)
            .unwrap_or(start - from);
        from += slice(from, start).len() - slice(from, start).trim_start().len();
    }
    let to = match end + ahead < sentence.end() {
        true => {
            let part = slice(end, end + ahead);
            end + part.rfind(char::is_whitespace).unwrap_or(0)
        }
        false => sentence.end(),
    };
    let to = end + slice(end, to).trim_end().len();
    Span::new(from, to)
}

/// Bytes and number of the first code points, at most so many.
fn forward(text: &str, most: usize) -> (usize, usize) {
    let mut count = 0;
    for (at, _) in text.char_indices() {
        if count == most {
            return (at, count);
        }
        count += 1;
    }
    (text.len(), count)
}

/// Bytes and number of the last code points, at most so many.
fn backward(text: &str, most: usize) -> (usize, usize) {
    let mut from = text.len();
    let mut count = 0;
    for (at, _) in text.char_indices().rev().take(most) {
        (from, count) = (at, count + 1);
    }
    (text.len() - from, count)
}

/// The last white space before `end`, or `end` where there is none.
fn at_blank_before(text: &str, end: usize) -> usize {
    let part = text.get(..end).unwrap_or("");
    match part.rfind(char::is_whitespace) {
        Some(at) if at > 0 => part[..at].trim_end().len(),
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown<'t>(text: &'t str, words: &str, room: usize) -> &'t str {
        let at = text.find(words).expect("the words");
        around(
            text,
            Span::new(0, text.len()),
            Span::new(at, at + words.len()),
            room,
        )
        .slice(text)
    }

    #[test]
    fn words_stand_in_the_middle_and_are_cut_at_blanks() {
        let text = "Мост через реку обошёлся в 5 млн рублей, сообщили в мэрии города";
        assert_eq!(shown(text, "5 млн", 25), "в 5 млн рублей,");
        assert_eq!(shown(text, "Мост", 16), "Мост через реку");
        assert_eq!(shown(text, "города", 16), "в мэрии города");
        assert_eq!(shown(text, "5 млн рублей, сообщили", 14), "5 млн рублей,");
        assert_eq!(shown(text, "сообщили", 3), "соо");
    }

    #[test]
    fn many_rows_show_less() {
        assert_eq!(room(10_000, 1), LONGEST);
        assert_eq!(room(100, 16), 100);
        assert_eq!(room(1_000, 400), 40);
        assert_eq!(room(0, 0), 0);
    }

    proptest! {
        #[test]
        fn windows_hold_their_words(text in "([a-я ]{1,9}|\\PC){0,40}", from in 0usize..80, length in 0usize..30, room in 0usize..60) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let place = |i: usize| places[i.min(places.len() - 1)];
            let words = Span::new(place(from), place(from + length));
            let found = around(&text, Span::new(0, text.len()), words, room);
            prop_assert!(found.slice(&text).chars().count() <= room);
            if words.slice(&text).chars().count() <= room {
                prop_assert!(found.start() <= words.start() && found.end() >= words.end());
            } else {
                prop_assert!(words.slice(&text).starts_with(found.slice(&text)));
            }
        }
    }
}
