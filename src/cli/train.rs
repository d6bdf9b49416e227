//! `glagol train`: documents with marked entities -> a weights file of the tagger, or how well it would do.

use std::path::PathBuf;

use clap::Args;
use glagol::train::rename::renamed;
use glagol::train::{Agreement, Settings, TrainingSet, evaluate, join_texts, train};
use glagol::{Error, ErrorKind, Pipeline, Result};

use super::load::read_text;
use super::terminal::{USAGE, print, tell};

/// Learns the weights of one language from JSON lines of documents with marked entities: `{"id", "text", "entities":
/// [{"start", "end", "type"}]}`, offsets in code points, types PER, ORG, LOC.
#[derive(Args)]
pub struct TrainArgs {
    /// Files to learn from.
    #[arg(required = true)]
    data: Vec<PathBuf>,
    /// Where to write the weights.
    #[arg(long, required_unless_present = "folds")]
    out: Option<PathBuf>,
    /// Texts of documents whose entities stand apart: JSON lines with `id` and `text`.
    #[arg(long)]
    texts: Option<PathBuf>,
    /// With --texts: which set of the documents to take.
    #[arg(long, default_value = "train")]
    set: String,
    /// English only: learn also from so many copies of every document with its names replaced.
    #[arg(long, default_value_t = 0)]
    renamed: usize,
    /// Learn from all but every Nth document, compare with these, for each of N parts; print the agreement.
    #[arg(long)]
    folds: Option<usize>,
}

/// Runs the command.
pub fn run(args: &TrainArgs) -> u8 {
    match learn(args) {
        Ok(()) => 0,
        Err(error) => {
            tell(&error.to_string());
            USAGE
        }
    }
}

fn learn(args: &TrainArgs) -> Result<()> {
    let pipeline = Pipeline::new()?;
    let texts = match &args.texts {
        Some(path) => Some((path.display().to_string(), read_text(path)?)),
        None => None,
    };
    let mut files = Vec::new();
    for path in &args.data {
        let name = path.display().to_string();
        let mut text = read_text(path)?;
        if let Some((file, texts)) = &texts {
            text = join_texts((&name, &text), (file, texts), &args.set)?;
        }
        files.push((name, text));
    }
    let fit = |learnt: &dyn Fn(usize) -> bool| -> Result<Vec<u8>> {
        let mut set = TrainingSet::default();
        for (name, text) in &files {
            set.add(&pipeline, name, text, |n, _| learnt(n))?;
            if args.renamed > 0 {
                let copies = renamed(&pipeline, name, text, args.renamed)?;
                set.add(&pipeline, name, &copies, |n, _| learnt(n / args.renamed))?;
            }
        }
        Ok(train(&set, Settings::default(), |_, _| ()))
    };
    if let Some(folds) = args.folds.map(|n| n.max(2)) {
        let mut sums = [Agreement::default(); 3];
        for fold in 0..folds {
            let weights = fit(&|n| n % folds != fold)?;
            for (name, text) in &files {
                let part = evaluate(&pipeline, &weights, name, text, |n| n % folds == fold)?;
                for (sum, part) in sums.iter_mut().zip(part) {
                    sum.add(part);
                }
            }
        }
        show(&sums);
    }
    if let Some(out) = &args.out {
        std::fs::write(out, fit(&|_| true)?)
            .map_err(|e| Error::new(ErrorKind::Write, e.to_string()).at(out))?;
    }
    Ok(())
}

fn show(sums: &[Agreement; 3]) {
    let mut all = Agreement::default();
    for (name, sum) in ["PER", "ORG", "LOC"].iter().zip(sums) {
        all.add(*sum);
        print(&format!("{name} {:.4}", sum.f1()));
    }
    print(&format!("all {:.4}", all.f1()));
}
