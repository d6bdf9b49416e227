//! The command line: arguments -> runs of the library. Everything that prints, prints here.

mod arguments;
mod dict;
mod dict_check;
mod load;
mod panics;
mod progress;
mod rules;
mod run;
mod show;
mod terminal;
mod train;

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
    Run(Box<arguments::RunArgs>),
    /// Show one article with what was found in it.
    Show(show::ShowArgs),
    /// Check a dictionary of your own, or see the forms of a name.
    Dict(dict::DictArgs),
    /// List the rules that make marks and choose speakers.
    Rules(rules::RulesArgs),
    /// Learn the weights of the name tagger from documents of your own.
    Train(train::TrainArgs),
}

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
