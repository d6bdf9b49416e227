//! Everything that the program prints goes through here: texts, names of files and reasons can have characters in them that steer a
//! terminal. They are shown as escapes, on a terminal or not, in colour or not; the program's own colours are written as styles.

use std::fmt;
use std::io::{self, Write};

/// Exit status where documents failed and the rest of the run was done.
pub(super) const SOME_FAILED: u8 = 1;
/// Exit status where the run could not begin: arguments, dictionaries, output folder.
pub(super) const USAGE: u8 = 2;
/// Exit status where the run broke off: disk full, output folder gone.
pub(super) const BROKE_OFF: u8 = 3;
/// Exit status after Ctrl-C.
pub(super) const INTERRUPTED: u8 = 130;

/// Whether a character steers a terminal, or turns the direction of what stands behind it.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Adds a text with escapes for what steers a terminal; tabs stay, and line breaks where `breaks` says so.
fn add(out: &mut String, text: &str, breaks: bool) {
    for c in text.chars() {
        match c {
            '\t' => out.push(c),
            '\n' if breaks => out.push(c),
            c if steers(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 1);
    add(&mut line, text, false);
    line
}

/// A number with its noun: 1 document, 2 documents.
pub(super) fn count(number: u64, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Tells something on standard error, on one line. A closed standard error is nobody's loss.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{}", one_line(text));
}

/// Prints a line of an answer on standard output.
pub fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{}", one_line(text));
}

/// A page for standard output; `write!` adds text, which is made harmless.
#[derive(Debug, Default)]
pub struct Screen(String);

impl Screen {
    /// Adds text of many lines.
    pub fn text(&mut self, text: &str) {
        // Line ends of Windows are no more than line ends.
        for (i, line) in text.split("\r\n").enumerate() {
            if i > 0 {
                self.0.push('\n');
            }
            add(&mut self.0, line, true);
        }
    }

    /// Adds what changes colours.
    pub fn style(&mut self, style: &'static str) {
        self.0.push_str(style);
    }

    /// Ends the line where it is not ended.
    pub fn end_line(&mut self) {
        if !self.0.ends_with('\n') {
            self.0.push('\n');
        }
    }

    /// Shows all of it.
    ///
    /// # Errors
    /// Where standard output cannot be written.
    pub fn show(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(self.0.as_bytes())?;
        out.flush()
    }
}

impl fmt::Write for Screen {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(one_line("a\x1b[2J\tб\n\u{9b}"), "a\\u{1b}[2J\tб\\n\\u{9b}");
        assert_eq!(one_line("a\u{202e}б"), "a\\u{202e}б");
        let mut screen = Screen::default();
        screen.style("\x1b[1m");
        screen.text("а\r\nб\x07\rв\n");
        assert_eq!(screen.0, "\x1b[1mа\nб\\u{7}\\rв\n");
    }
}
