//! What the command line says to its user and its caller: lines, and exit statuses.

/// Exit status where documents failed and the rest of the run was done.
pub(super) const SOME_FAILED: u8 = 1;
/// Exit status where the run could not begin: arguments, dictionaries, output folder.
pub(super) const USAGE: u8 = 2;
/// Exit status where the run broke off: disk full, output folder gone.
pub(super) const BROKE_OFF: u8 = 3;
/// Exit status after Ctrl-C.
pub(super) const INTERRUPTED: u8 = 130;

/// Tells something on standard error. A closed standard error is nobody's loss.
pub(super) fn tell(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{}", one_line(text));
}

/// Prints a line of an answer on standard output.
pub(super) fn print(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{}", one_line(text));
}

/// A number with its noun: 1 document, 2 documents.
pub(super) fn count(number: u64, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// A line as it may go to a terminal: names of files can have line breaks and worse in them.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => line.push(c),
            c if c.is_control() => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    line
}
