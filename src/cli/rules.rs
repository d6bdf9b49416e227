//! `glagol rules`: the registry of rules, a line each.

use clap::Args;
use glagol::document::Rule;

use super::terminal::{USAGE, print, tell};

#[derive(Args)]
pub struct RulesArgs {
    /// One rule (indirect.that), or all of a stage (indirect).
    name: Option<String>,
}

pub fn rules(args: &RulesArgs) -> u8 {
    let wanted = |rule: &&Rule| {
        args.name.as_deref().is_none_or(|name| {
            let stage = rule.as_str().split_once('.').map(|(stage, _)| stage);
            rule.as_str() == name || stage == Some(name)
        })
    };
    let mut rules = Rule::ALL.iter().filter(wanted).peekable();
    if rules.peek().is_none() {
        let name = args.name.as_deref().unwrap_or("");
        tell(&format!(
            "glagol: there is no rule {name:?}; glagol rules lists all"
        ));
        return USAGE;
    }
    for rule in rules {
        print(&format!("{:<28} {}", rule.as_str(), rule.settles()));
    }
    0
}
