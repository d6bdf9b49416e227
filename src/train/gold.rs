//! Documents with marked entities -> a label for every token.
//!
//! Input are JSON lines `{"id", "text", "entities": [{"start", "end", "type"} | {"form", "type"}]}` with offsets in code
//! points; entities that have a form and no offsets are looked for in the text, the longest first. An organisation that is
//! followed by a place with one space between («Министерство обороны» «США») is learnt as one organisation, which is this
//! project's convention.

use serde::Deserialize;

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;
use crate::tag::crf::legal;

#[derive(Deserialize)]
pub(crate) struct GoldDocument {
    pub id: String,
    pub text: String,
    pub entities: Vec<GoldEntity>,
}

#[derive(Deserialize)]
#[serde(from = "EntityForm")]
pub(crate) struct GoldEntity {
    pub start: Option<usize>,
    pub end: Option<usize>,
    form: Option<String>,
    pub kind: String,
}

/// The two ways of writing an entity: an object, or start, end and type in a row.
#[derive(Deserialize)]
#[serde(untagged)]
enum EntityForm {
    Row(usize, usize, String),
    Object {
        start: Option<usize>,
        end: Option<usize>,
        form: Option<String>,
        #[serde(rename = "type")]
        kind: String,
    },
}

impl From<EntityForm> for GoldEntity {
    fn from(entity: EntityForm) -> Self {
        match entity {
            EntityForm::Row(start, end, kind) => GoldEntity {
                start: Some(start),
                end: Some(end),
                form: None,
                kind,
            },
            EntityForm::Object {
                start,
                end,
                form,
                kind,
            } => GoldEntity {
                start,
                end,
                form,
                kind,
            },
        }
    }
}

/// Joins entities that stand apart from their texts (JSON lines `{"id", "set", "entities"}`) with the texts (JSON lines
/// `{"id", "text", ...}`): gives JSON lines that [`super::TrainingSet::add`] and [`super::evaluate`] read, those of one set, in the order
/// of the entities' file.
///
/// # Errors
/// [`ErrorKind::Format`] with file and line where a line does not read, or where a text is missing.
pub fn join_texts(
    (entity_file, entities): (&str, &str),
    (text_file, texts): (&str, &str),
    set: &str,
) -> Result<String> {
    let object = |file: &str, n: usize, line: &str| {
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).map_err(|e| {
            Error::new(ErrorKind::Format, e.to_string())
                .at(file)
                .on_line(n as u64 + 1)
        })
    };
    let mut by_id = hashbrown::HashMap::new();
    for (n, line) in texts.lines().enumerate() {
        let mut row = object(text_file, n, line)?;
        if let (Some(serde_json::Value::String(id)), Some(text)) =
            (row.remove("id"), row.remove("text"))
        {
            by_id.insert(id, text);
        }
    }
    let mut out = String::new();
    for (n, line) in entities.lines().enumerate() {
        let mut row = object(entity_file, n, line)?;
        if row.get("set").and_then(|s| s.as_str()) != Some(set) {
            continue;
        }
        let id = row.get("id").and_then(|id| id.as_str()).unwrap_or_default();
        let text = by_id.get(id).cloned().ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("no text has the id {id:?}"))
                .at(entity_file)
                .on_line(n as u64 + 1)
        })?;
        row.insert("text".to_string(), text);
        out.push_str(&serde_json::Value::Object(row).to_string());
        out.push('\n');
    }
    Ok(out)
}

pub(crate) fn read_line(file: &str, n: usize, line: &str) -> Result<GoldDocument> {
    serde_json::from_str(line).map_err(|e| {
        Error::new(ErrorKind::Format, e.to_string())
            .at(file)
            .on_line(n as u64 + 1)
    })
}

/// Gold entities in bytes with the number of their type, joined where an organisation and its country stand side by side.
pub(super) fn gold_spans(gold: &GoldDocument) -> Vec<(Span, usize)> {
    let bytes: Vec<usize> = gold
        .text
        .char_indices()
        .map(|(i, _)| i)
        .chain([gold.text.len()])
        .collect();
    let kind_of = |name: &str| ["PER", "ORG", "LOC"].iter().position(|k| *k == name);
    let mut spans: Vec<(Span, usize)> = Vec::new();
    let mut forms: Vec<(&str, usize)> = Vec::new();
    for entity in &gold.entities {
        let Some(kind) = kind_of(&entity.kind) else {
            continue;
        };
        match (entity.start, entity.end, &entity.form) {
            (Some(start), Some(end), _) => {
                if let (Some(&a), Some(&b)) = (bytes.get(start), bytes.get(end)) {
                    spans.push((Span::new(a, b.max(a)), kind));
                }
            }
            (_, _, Some(form)) => forms.push((form, kind)),
            _ => {}
        }
    }
    // A form that is a bare number or a word in lower case would mark ordinary text all over.
    forms.retain(|(form, _)| form.chars().any(char::is_uppercase));
    forms.sort_by_key(|(form, kind)| (std::cmp::Reverse(form.len()), *form, *kind));
    for (form, kind) in forms {
        for (at, _) in gold.text.match_indices(form) {
            let span = Span::new(at, at + form.len());
            let whole = !gold.text[..at].ends_with(char::is_alphanumeric)
                && !gold.text[span.end()..].starts_with(char::is_alphanumeric);
            if whole && !spans.iter().any(|(s, _)| s.overlaps(span)) {
                spans.push((span, kind));
            }
        }
    }
    spans.sort();
    let mut joined: Vec<(Span, usize)> = Vec::new();
    for (span, kind) in spans {
        if let Some((last, 1)) = joined.last_mut()
            && kind == 2
            && last.end() + 1 == span.start()
            && gold.text.as_bytes()[last.end()] == b' '
        {
            last.end = span.end;
            continue;
        }
        joined.push((span, kind));
    }
    joined
}

pub(super) fn labels(doc: &Document, spans: &[(Span, usize)]) -> Vec<u8> {
    let mut labels = vec![0u8; doc.tokens.len()];
    for &(span, kind) in spans {
        let mut first = true;
        for (i, token) in doc.tokens.iter().enumerate() {
            // Marks at the ends of a gold span do not belong to the name.
            let mark = token.kind == crate::document::TokenKind::Quote;
            let edge = token.span.start <= span.start || token.span.end >= span.end;
            if token.span.overlaps(span) && labels[i] == 0 && !(mark && edge) {
                labels[i] = (1 + 2 * kind + usize::from(!first)) as u8;
                first = false;
            }
        }
    }
    labels
}

/// A continuation without its beginning (the sentence or the marks cut it off) becomes a beginning.
pub(super) fn make_legal(labels: &mut [u8]) {
    let mut before = None;
    for label in labels {
        let from = before.or(Some(0));
        if !legal(from, usize::from(*label)) {
            *label -= 1;
        }
        before = Some(usize::from(*label));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_entities_with_their_texts() {
        let entities = r#"{"id": "b", "set": "train", "entities": [[0, 4, "PER"]]}
{"id": "a", "set": "dev", "entities": []}"#;

        let texts = r#"{"id": "a", "text": "Nobody.", "quotes": []}
{"id": "b", "text": "Anna left."}"#;

        let joined = join_texts(("e", entities), ("t", texts), "train").unwrap();
        let gold = read_line("e", 0, &joined).unwrap();
        assert_eq!((&*gold.id, &*gold.text), ("b", "Anna left."));
        assert_eq!(gold.entities[0].end, Some(4));
        assert_eq!(joined.lines().count(), 1);
        let error = join_texts(("e", entities), ("t", ""), "dev").unwrap_err();
        assert!(error.to_string().contains('a'));
    }
}
