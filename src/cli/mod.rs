//! The command line: arguments -> runs of the library. Everything that prints, prints here.

mod arguments;
mod dict;
mod dict_check;
mod panics;
mod progress;
mod rules;
mod run;
mod show;
mod train;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use glagol::{Error, ErrorKind, Pipeline, Result, Tables};

/// Reads Russian and English news and says who is mentioned, which organisations and places, which amounts, and who said what.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read files and folders and write tables.
    Run(arguments::RunArgs),
    /// Show one article with what was found in it.
    Show(show::ShowArgs),
    /// Check a dictionary of your own, or see the forms of a name.
    Dict(dict::DictArgs),
    /// List the rules that make marks and choose speakers.
    Rules(rules::RulesArgs),
    /// Learn the weights of the name tagger from documents of your own.
    Train(train::TrainArgs),
}

/// Exit status where documents failed and the rest of the run was done.
const SOME_FAILED: u8 = 1;
/// Exit status where the run could not begin: arguments, dictionaries, output folder.
const USAGE: u8 = 2;
/// Exit status where the run broke off: disk full, output folder gone.
const BROKE_OFF: u8 = 3;

/// Exit status after Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let status = match cli.command {
        Command::Run(args) => run::run(&args),
        Command::Show(args) => show::show(&args),
        Command::Dict(args) => dict::dict(&args),
        Command::Rules(args) => rules::rules(&args),
        Command::Train(args) => train::run(&args),
    };
    ExitCode::from(status)
}

/// Tells something on standard error. A closed standard error is nobody's loss.
fn tell(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{}", one_line(text));
}

/// Prints a line of an answer on standard output.
fn print(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{}", one_line(text));
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

/// A number with its noun: 1 document, 2 documents.
fn count(number: u64, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Reads a small text file, in any encoding.
fn read_text(path: &Path) -> Result<String> {
    let bytes =
        std::fs::read(path).map_err(|e| Error::new(ErrorKind::Read, e.to_string()).at(path))?;
    let read = glagol::decode::decode(bytes, None, None).map_err(|e| e.at(path))?;
    Ok(read.text)
}

/// The built-in tables, with those of a folder over them.
fn tables(folder: Option<&Path>) -> Result<Tables> {
    folder.map_or_else(|| Ok(Tables::default()), Tables::read)
}

/// A pipeline with the user's tables and dictionaries.
fn pipeline(tables: &Tables, dictionaries: &[PathBuf]) -> Result<Pipeline> {
    let mut pipeline = Pipeline::with_data(tables)?;
    for path in dictionaries {
        pipeline.add_dictionary(&path.display().to_string(), &read_text(path)?)?;
    }
    Ok(pipeline)
}
