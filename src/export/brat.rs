//! One document as brat standoff: `.ann` beside the text. Offsets are code points, as brat counts.
//!
//! Text-bound annotations (T) are mentions, amounts, dates, quotes, their speakers and cues; relations (R) tie a quote to its
//! speaker; normalisations (N) give ids of entities; notes (#) give values and rules.

use std::fmt::Write as _;

use crate::document::Document;
use crate::hash;
use crate::span::{OffsetMap, Span};

/// The `.ann` file of a document.
pub fn annotations(doc: &Document, map: &OffsetMap) -> String {
    let mut ann = Annotations {
        doc,
        map,
        out: String::new(),
        marks: 0,
        relations: 0,
        norms: 0,
        notes: 0,
    };
    for mention in &doc.mentions {
        let t = ann.mark(mention.kind.as_str(), &[mention.span]);
        if let Some(entity) = mention.entity.and_then(|i| doc.entities.get(i as usize)) {
            ann.norms += 1;
            let (n, id, name) = (ann.norms, word(&entity.id), line(&entity.name));
            let _ = writeln!(ann.out, "N{n}\tReference T{t} glagol:{id}\t{name}");
        }
        ann.note(t, mention.rule.as_str());
    }
    for amount in &doc.amounts {
        let t = ann.mark(amount.kind.as_str(), &[amount.span]);
        let mut note = amount.value.to_string();
        if let Some(max) = amount.value_max {
            let _ = write!(note, "..{max}");
        }
        if let Some(unit) = &amount.unit {
            let _ = write!(note, " {unit}");
        }
        ann.note(t, &note);
    }
    for date in &doc.dates {
        let t = ann.mark("date", &[date.span]);
        ann.note(t, date.value.as_deref().unwrap_or("?"));
    }
    for quote in &doc.quotes {
        let t = ann.mark(quote.kind.as_str(), &quote.spans);
        ann.note(t, quote.rule.as_str());
        if let Some(cue) = quote.cue {
            let cue = ann.mark("cue", &[cue]);
            ann.relate("Cue", t, cue);
        }
        if let Some(speaker) = &quote.speaker {
            match speaker.span {
                Some(span) => {
                    let source = ann.mark("speaker", &[span]);
                    ann.note(source, &speaker.name);
                    ann.relate("Speaker", t, source);
                }
                None => ann.note(t, &format!("speaker: {}", speaker.name)),
            }
        }
    }
    ann.out
}

struct Annotations<'a> {
    doc: &'a Document,
    map: &'a OffsetMap,
    out: String,
    marks: u32,
    relations: u32,
    norms: u32,
    notes: u32,
}

impl Annotations<'_> {
    /// A T line; spans are cut at what ends a line or a field to brat, which its marks may not cross.
    fn mark(&mut self, kind: &str, spans: &[Span]) -> u32 {
        let text = &self.doc.text;
        let mut places = Vec::new();
        let mut words = Vec::new();
        for span in spans {
            let mut next = span.start();
            for piece in span.slice(text).split_inclusive(ends) {
                let at = next;
                next += piece.len();
                let is_edge = |c: char| c.is_whitespace() || ends(c);
                let trimmed = piece.trim_matches(is_edge);
                if !trimmed.is_empty() {
                    let start = at + (piece.len() - piece.trim_start_matches(is_edge).len());
                    let (start, end) = self
                        .map
                        .code_points(text, Span::new(start, start + trimmed.len()));
                    places.push(format!("{start} {end}"));
                    words.push(trimmed);
                }
            }
        }
        if places.is_empty() {
            let (start, end) = self
                .map
                .code_points(text, spans.first().copied().unwrap_or_default());
            places.push(format!("{start} {end}"));
        }
        self.marks += 1;
        let _ = writeln!(
            self.out,
            "T{}\t{kind} {}\t{}",
            self.marks,
            places.join(";"),
            words.join(" ")
        );
        self.marks
    }

    fn note(&mut self, mark: u32, text: &str) {
        self.notes += 1;
        let _ = writeln!(
            self.out,
            "#{}\tAnnotatorNotes T{mark}\t{}",
            self.notes,
            line(text)
        );
    }

    fn relate(&mut self, kind: &str, from: u32, to: u32) {
        self.relations += 1;
        let _ = writeln!(
            self.out,
            "R{}\t{kind} Arg1:T{from} Arg2:T{to}",
            self.relations
        );
    }
}

/// Whether a character ends a line or a field to one of brat's readers, which ask Python for lines; or is another one that cannot be seen.
fn ends(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A text in one line.
fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || ends(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A text as one word.
fn word(text: &str) -> String {
    line(text).replace(' ', "_")
}

/// The `annotation.conf` of a folder of such files: without it brat shows every mark as a mistake.
pub fn configuration() -> String {
    let kinds = [
        "PER", "ORG", "LOC", "POS", "money", "percent", "measure", "count", "date", "direct",
        "indirect", "fragment", "speaker", "cue",
    ];
    format!(
        "[entities]\n{}\n\n[relations]\nSpeaker\tArg1:direct|indirect|fragment, Arg2:speaker\n\
         Cue\tArg1:direct|indirect|fragment, Arg2:cue\n\
         <OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n",
        kinds.join("\n")
    )
}

/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Bytes of a path at most, and of each of its parts.
const LONGEST: usize = 200;
const LONGEST_PART: usize = 120;

/// A path for the files of a document, without extension, that is safe on every system: the id with what no file name may have
/// replaced, and with its head and a hash where it is long. Two ids may have one path, also but for upper and lower case.
pub fn file_name(id: &str) -> String {
    let parts = id
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."));
    let mut parts: Vec<String> = parts.map(safe).filter(|part| !part.is_empty()).collect();
    // A folder must not be called what the files of another document are.
    let folders = parts.len().saturating_sub(1);
    for folder in &mut parts[..folders] {
        let lower = folder.to_lowercase();
        if lower.ends_with(".txt") || lower.ends_with(".ann") {
            folder.push('_');
        }
    }
    let path = parts.join("/");
    if path.is_empty() {
        "document".to_owned()
    } else if path.len() > LONGEST || parts.iter().any(|part| part.len() > LONGEST_PART) {
        let mut head = path.replace('/', "_");
        while head.len() > LONGEST_PART {
            head.pop();
        }
        format!("{head}~{:016x}", hash::of(id))
    } else {
        path
    }
}

/// A part of a path, as every system takes it.
fn safe(part: &str) -> String {
    let replaced = |c: char| match c {
        c if c.is_control() || "<>:\"|?*".contains(c) => '_',
        c => c,
    };
    let mut name: String = part.chars().map(replaced).collect();
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    let stem = name.split('.').next().unwrap_or("").to_ascii_lowercase();
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = device.len() < stem.len();
    if DEVICES.contains(&device) && is_numbered == matches!(device, "com" | "lpt") {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_safe() {
        assert_eq!(file_name("a/b.txt"), "a/b.txt");
        assert_eq!(file_name("../../etc/x"), "etc/x");
        assert_eq!(
            file_name("https://site.example/a?b=1"),
            "https_/site.example/a_b=1"
        );
        assert_eq!(file_name("///"), "document");
        assert_eq!(file_name("x.txt/y. "), "x.txt_/y");
        assert_eq!(file_name("news/Con.2/LPT1"), "news/_Con.2/_LPT1");
        assert_eq!(
            file_name("concert/compass/com/lpt"),
            "concert/compass/com/lpt"
        );
    }

    #[test]
    fn no_mark_breaks_its_line() {
        let text = "\t«Мост\tоткрыт\r\n\u{B}сегодня\u{2028}утром»\u{85}";
        let doc = Document::new(crate::document::Source::default(), text.to_owned());
        let map = OffsetMap::new(text);
        let mut ann = Annotations {
            doc: &doc,
            map: &map,
            out: String::new(),
            marks: 0,
            relations: 0,
            norms: 0,
            notes: 0,
        };
        ann.mark("date", &[Span::new(0, text.len())]);
        assert_eq!(
            ann.out,
            "T1\tdate 1 6;7 13;16 23;24 30\t«Мост открыт сегодня утром»\n"
        );
        assert_eq!(word("a b\tc"), "a_b_c");
        assert_eq!(line(" a\u{1C}\n b "), "a b");
    }

    #[test]
    fn long_ids_have_short_names_of_their_own() {
        let long = |end: &str| file_name(&format!("{}{end}", "новости/".repeat(900)));
        assert!(long("а").len() <= LONGEST_PART + 17, "{}", long("а").len());
        assert!(!long("а").contains('/') && long("а") != long("б"));
        assert_ne!(file_name(&"й".repeat(200)), file_name(&"й".repeat(201)));
    }
}
