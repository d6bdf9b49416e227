//! The command line: arguments -> runs of the library. Everything that prints, prints here.

mod run;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    Run(run::RunArgs),
}

/// Exit status where documents failed and the rest of the run was done.
const SOME_FAILED: u8 = 1;
/// Exit status where the run could not begin: arguments, dictionaries, output folder.
const USAGE: u8 = 2;
/// Exit status where the run broke off: disk full, output folder gone.
const BROKE_OFF: u8 = 3;

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let status = match cli.command {
        Command::Run(args) => run::run(&args),
    };
    ExitCode::from(status)
}

/// Tells something on standard error. A closed standard error is nobody's loss.
fn tell(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}
