//! `glagol show`: one article in the terminal, with what was found in it marked.
//!
//! On a terminal marks are colours; in a pipe they are brackets, so that nothing is lost: `[Токаев PER]`, and behind a quote
//! its kind and speaker.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use glagol::document::{Document, EntityType, Quote, Rule};
use glagol::read::{self, Position, Progress, RawDocument, ReadOptions};
use glagol::{Error, OffsetMap, Pipeline, Result, Scratch, Span};

use super::terminal::{SOME_FAILED, Screen, USAGE, tell};

#[derive(Args)]
pub struct ShowArgs {
    /// The article; - is standard input.
    file: PathBuf,
    /// Say for each mark which rule or dictionary row made it.
    #[arg(long)]
    explain: bool,
    /// Which article of a file that holds several, from 1.
    #[arg(long, default_value_t = 1, value_name = "N")]
    number: u64,
    /// A dictionary of your own (CSV); may be given several times.
    #[arg(long, value_name = "FILE")]
    dict: Vec<PathBuf>,
    /// A folder of tables that lie over the built-in ones of the same names.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// When to use colours.
    #[arg(long, default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never: marks are brackets.
    Never,
}

pub fn show(args: &ShowArgs) -> u8 {
    let color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    };
    let shown = super::load::tables(args.data.as_deref())
        .and_then(|tables| super::load::pipeline(&tables, &args.dict))
        .map_err(|e| (USAGE, e))
        .and_then(|pipeline| {
            let doc = first_document(&pipeline, args).map_err(|e| (SOME_FAILED, e))?;
            Ok(Page {
                doc: &doc,
                color,
                explain: args.explain,
            }
            .screen())
        });
    match shown {
        Ok(screen) => match screen.show() {
            // A pager that was closed has seen enough.
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
                tell(&format!("glagol: {e}"));
                SOME_FAILED
            }
            _ => 0,
        },
        Err((status, e)) => {
            tell(&format!("glagol: {e}"));
            status
        }
    }
}

fn first_document(pipeline: &Pipeline, args: &ShowArgs) -> Result<Document> {
    let options = ReadOptions::default();
    let mut found: Option<Result<RawDocument>> = None;
    let inputs = [args.file.clone()];
    let mut before = args.number.saturating_sub(1);
    let (from, progress) = (Position::default(), Progress::default());
    read::read(&inputs, &options, from, &progress, &mut |raw| {
        if before > 0 {
            before -= 1;
            return ControlFlow::Continue(());
        }
        found = Some(raw);
        ControlFlow::Break(())
    })?;
    let nothing = || Error::new(glagol::ErrorKind::Read, "there is no such article").at(&args.file);
    let raw = found.ok_or_else(nothing)??;
    let read = raw.decode(&options).map_err(|e| e.at(&args.file))?;
    Ok(pipeline.process_document(read.document, &mut Scratch::default()))
}

/// A mark that begins or ends.
struct Mark {
    span: Span,
    color: &'static str,
    label: String,
}

struct Page<'a> {
    doc: &'a Document,
    color: bool,
    explain: bool,
}

const RESET: &str = "\x1b[0m";
const DIM: &str = "\x1b[2m";

impl Page<'_> {
    fn screen(&self) -> Screen {
        let mut out = Screen::default();
        self.marked(&mut out);
        out.end_line();
        self.entities(&mut out);
        self.quotes(&mut out);
        if self.explain {
            self.rules(&mut out);
        }
        out
    }

    fn marks(&self) -> Vec<Mark> {
        let doc = self.doc;
        let mut marks = Vec::new();
        for quote in &doc.quotes {
            for (i, &span) in quote.spans.iter().enumerate() {
                let last = i + 1 == quote.spans.len();
                let label = if last {
                    format!("{} — {}", quote.kind.as_str(), speaker(quote))
                } else {
                    format!("{} …", quote.kind.as_str())
                };
                marks.push(Mark {
                    span,
                    color: "\x1b[3;4m",
                    label,
                });
            }
        }
        for mention in &doc.mentions {
            let color = match mention.kind {
                EntityType::Person => "\x1b[1;32m",
                EntityType::Organisation => "\x1b[1;34m",
                EntityType::Place => "\x1b[33m",
                _ => "\x1b[36m",
            };
            marks.push(Mark {
                span: mention.span,
                color,
                label: mention.kind.as_str().to_owned(),
            });
        }
        for amount in &doc.amounts {
            let unit = amount.unit.as_deref().unwrap_or(match amount.kind {
                glagol::document::AmountKind::Percent => "%",
                _ => "",
            });
            let label = match amount.value_max {
                Some(max) => format!("{}–{max} {unit}", amount.value),
                None => format!("{} {unit}", amount.value),
            };
            marks.push(Mark {
                span: amount.span,
                color: "\x1b[35m",
                label,
            });
        }
        // Outer marks open first and close last.
        marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        marks
    }

    /// The text with its marks.
    fn marked(&self, out: &mut Screen) {
        let text = &self.doc.text;
        let marks = self.marks();
        let mut open: Vec<&Mark> = Vec::new();
        let mut at = 0;
        let mut next = marks.iter().peekable();
        loop {
            let closes = open.iter().map(|m| m.span.end()).min();
            let opens = next.peek().map(|m| m.span.start());
            let (Some(stop), closing) = (match (closes, opens) {
                (Some(c), Some(o)) if c <= o => (Some(c), true),
                (Some(c), None) => (Some(c), true),
                (_, Some(o)) => (Some(o), false),
                (None, None) => (None, false),
            }) else {
                break;
            };
            if let Some(part) = text.get(at..stop) {
                out.text(part);
                at = stop;
            }
            if closing {
                let index = open.iter().rposition(|m| m.span.end() == stop);
                let Some(mark) = index.map(|i| open.remove(i)) else {
                    break;
                };
                if self.color {
                    out.style(RESET);
                    if mark.label.contains('—') || !mark.label.chars().all(char::is_alphabetic) {
                        out.style(DIM);
                        let _ = write!(out, " [{}]", mark.label);
                        out.style(RESET);
                    }
                    open.iter().for_each(|m| out.style(m.color));
                } else {
                    let _ = write!(out, " {}]", mark.label);
                }
            } else if let Some(mark) = next.next() {
                out.style(if self.color { mark.color } else { "[" });
                open.push(mark);
            }
        }
        out.text(text.get(at..).unwrap_or(""));
    }

    fn heading(&self, out: &mut Screen, text: &str) {
        if self.color {
            out.style("\n\x1b[1m");
            out.text(text);
            out.style(RESET);
            out.end_line();
        } else {
            let _ = writeln!(out, "\n{text}");
        }
    }

    fn entities(&self, out: &mut Screen) {
        if self.doc.entities.is_empty() {
            return;
        }
        self.heading(out, "Entities");
        for entity in &self.doc.entities {
            let _ = write!(out, "  {} {}", entity.kind.as_str(), entity.name);
            if let Some(en) = entity.name_en.as_ref().filter(|en| **en != entity.name) {
                let _ = write!(out, " ({en})");
            }
            if let Some(role) = &entity.role {
                let _ = write!(out, ", {role}");
            }
            let _ = writeln!(out, "  {}", entity.id);
        }
    }

    fn quotes(&self, out: &mut Screen) {
        if self.doc.quotes.is_empty() {
            return;
        }
        self.heading(out, "Quotes");
        for quote in &self.doc.quotes {
            let parts: Vec<&str> = quote
                .spans
                .iter()
                .map(|s| s.slice(&self.doc.text))
                .collect();
            let _ = writeln!(
                out,
                "  {} ({}): {}",
                speaker(quote),
                quote.kind.as_str(),
                parts.join(" … ")
            );
        }
    }

    fn rules(&self, out: &mut Screen) {
        let doc = self.doc;
        let map = OffsetMap::new(&doc.text);
        let mut rows: Vec<(Span, String)> = Vec::new();
        for block in &doc.blocks {
            rows.push((
                block.span,
                format!("block {} ({})", block.kind.as_str(), block.lang.as_str()),
            ));
        }
        for m in &doc.mentions {
            rows.push((
                m.span,
                format!("{} by {}", m.kind.as_str(), m.rule.as_str()),
            ));
        }
        for a in &doc.amounts {
            rows.push((
                a.span,
                format!("{} by {}", a.kind.as_str(), a.rule.as_str()),
            ));
        }
        for d in &doc.dates {
            let value = d.value.as_deref().unwrap_or("?");
            rows.push((d.span, format!("date {value} by {}", d.rule.as_str())));
        }
        for q in &doc.quotes {
            let cue = q.cue.map_or("no cue", |c| c.slice(&doc.text));
            let by = |rule: Option<Rule>| {
                rule.map_or_else(String::new, |r| format!(" by {}", r.as_str()))
            };
            // The rule of an indirect quotation found its cue as well.
            let attribution = by(q.attribution.filter(|&r| r != q.rule));
            let chosen = by(q.speaker.as_ref().and_then(|s| s.rule));
            for &span in &q.spans {
                rows.push((
                    span,
                    format!(
                        "{} quote by {} (cue: {cue}{attribution}; speaker: {}{chosen}; confidence {:.2})",
                        q.kind.as_str(),
                        q.rule.as_str(),
                        speaker(q),
                        q.confidence
                    ),
                ));
            }
        }
        rows.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        self.heading(out, "Rules (offsets in code points)");
        for (span, what) in rows {
            let (start, end) = map.code_points(&doc.text, span);
            let words = span
                .slice(&doc.text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let _ = writeln!(out, "  {start}-{end} {}: {what}", shortened(&words));
        }
    }
}

fn speaker(quote: &Quote) -> &str {
    match &quote.speaker {
        Some(speaker) if !speaker.name.is_empty() => &speaker.name,
        Some(_) => "unnamed",
        None => "nobody named",
    }
}

fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = words.chars().take(MOST).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}
