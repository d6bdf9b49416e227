//! Records inside an answer of a service: the one array of records in a JSON of any nesting (`articles`, `response.docs`, `items` …).
//!
//! [`find`] looks at the first bytes for arrays whose elements have a text, and [`NestedCutter`] cuts the elements of that array out of the
//! stream, so that a file may be of any size. A record that has arrays of its own (sentences, comments) stays one record.

use super::cutter::Cut;
use super::record::{Fields, Role};

/// Bytes at the head of a stream of JSON that tell where its records are.
pub(super) const HEAD: u64 = 256 << 10;

/// Names of arrays of records, of services and programs.
const ARRAYS: [&str; 20] = [
    "articles",
    "data",
    "docs",
    "documents",
    "entries",
    "feed",
    "hits",
    "items",
    "list",
    "messages",
    "news",
    "posts",
    "records",
    "response",
    "result",
    "results",
    "rows",
    "stories",
    "value",
    "values",
];

/// Where the records of a stream are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// At its top, or in an array at its top.
    Top,
    /// In the array of this path: keys, and `[]` for the elements of an outer array.
    At(Vec<String>),
    /// In one of several arrays, of which none is better than the others: their paths.
    Several(Vec<String>),
}

/// A bracket that is open.
struct Frame {
    is_array: bool,
    /// Key of the member at hand.
    key: String,
    /// Whether it is an element of an array.
    is_element: bool,
    has_text: bool,
    has_title: bool,
}

/// An array, with how many of its elements have a text.
struct Array {
    path: Vec<String>,
    texts: u32,
    /// Whether the object that it is a member of looks like a record itself.
    owner_has_title: bool,
}

/// Looks for the records in the first bytes of a stream.
pub(super) fn find(head: &[u8], fields: &Fields) -> Found {
    let mut frames: Vec<Frame> = Vec::new();
    let mut arrays: Vec<Array> = Vec::new();
    let mut at = 0;
    while at < head.len() {
        match head[at] {
            open @ (b'{' | b'[') => {
                let is_element = frames.last().is_none_or(|frame| frame.is_array);
                frames.push(Frame {
                    is_array: open == b'[',
                    key: String::new(),
                    is_element,
                    has_text: false,
                    has_title: false,
                });
                at += 1;
            }
            b'}' | b']' => {
                let frame = frames.pop();
                if let Some(frame) = frame
                    && !frame.is_array
                {
                    close(&frame, &frames, &mut arrays);
                }
                if frames.is_empty() {
                    break;
                }
                at += 1;
            }
            b'"' => {
                let Some(end) = string_end(head, at + 1) else {
                    break;
                };
                let text = &head[at + 1..end];
                at = end + 1;
                let rest = head[at..].trim_ascii_start();
                let is_key =
                    rest.first() == Some(&b':') && frames.last().is_some_and(|f| !f.is_array);
                if is_key {
                    let value = rest[1..].trim_ascii_start().first().copied();
                    let key = String::from_utf8_lossy(text).into_owned();
                    note(&mut frames, key, value, fields);
                }
            }
            _ => at += 1,
        }
    }
    // What the head does not reach the end of.
    while let Some(frame) = frames.pop() {
        if !frame.is_array {
            close(&frame, &frames, &mut arrays);
        }
    }
    choose(arrays)
}

/// Notes a key with the first byte of its value.
fn note(frames: &mut [Frame], key: String, value: Option<u8>, fields: &Fields) {
    // The record is the innermost element of an array, and its fields are paths in it.
    let from = frames
        .iter()
        .rposition(|f| f.is_element && !f.is_array)
        .unwrap_or(0);
    if let Some(frame) = frames.last_mut() {
        frame.key = key;
    }
    let path: Vec<&str> = frames[from..]
        .iter()
        .filter(|f| !f.is_array)
        .map(|f| f.key.as_str())
        .collect();
    let role = fields.role_at(&path.join(".")).map(|(role, _)| role);
    match (role, value) {
        (Some(Role::Text), Some(b'"' | b'[')) => frames[from].has_text = true,
        (Some(Role::Title), Some(b'"' | b'{')) => frames[from].has_title = true,
        _ => {}
    }
}

/// Counts an object with the array that it lies in.
fn close(frame: &Frame, outer: &[Frame], arrays: &mut Vec<Array>) {
    if !frame.is_element || !(frame.has_text || frame.has_title && outer.len() > 1) {
        return;
    }
    let mut path = Vec::new();
    for frame in outer.iter().take(outer.len().saturating_sub(1)) {
        path.push(if frame.is_array {
            "[]".to_owned()
        } else {
            frame.key.clone()
        });
    }
    // The array itself is the last one; its own key is that of the object around it.
    if outer.is_empty() {
        path.push(String::new());
    }
    let owner = outer.len().checked_sub(2).and_then(|i| outer.get(i));
    let owner_has_title = owner.is_some_and(|owner| owner.has_title || owner.has_text);
    match arrays.iter_mut().find(|a| a.path == path) {
        Some(array) => array.texts += u32::from(frame.has_text),
        None => arrays.push(Array {
            path,
            texts: u32::from(frame.has_text),
            owner_has_title,
        }),
    }
}

fn choose(mut arrays: Vec<Array>) -> Found {
    // Titles without texts are records in an array of a usual name alone.
    match arrays.iter().any(|a| a.texts > 0) {
        true => arrays.retain(|a| a.texts > 0),
        false => arrays.retain(|a| {
            a.path
                .last()
                .is_some_and(|name| ARRAYS.contains(&name.to_lowercase().as_str()))
        }),
    }
    // A record at the top (the path is one empty name), or in an array at the top (the path is empty).
    if arrays.iter().any(|a| a.path.is_empty() || a.path == [""]) {
        return Found::Top;
    }
    let is_usual = |array: &Array| {
        array
            .path
            .iter()
            .all(|name| name == "[]" || ARRAYS.contains(&name.to_lowercase().as_str()))
    };
    // Comments of an article lie inside the article.
    let mut best: Vec<&Array> = arrays
        .iter()
        .filter(|a| {
            !arrays
                .iter()
                .any(|b| b.path.len() < a.path.len() && a.path.starts_with(&b.path))
        })
        .collect();
    if best.iter().any(|a| is_usual(a)) {
        best.retain(|a| is_usual(a));
    } else {
        best.retain(|a| !a.owner_has_title);
    }
    match best.as_slice() {
        [] => Found::Top,
        [one] => Found::At(one.path.clone()),
        several => Found::Several(several.iter().map(|a| a.path.join(".")).collect()),
    }
}

/// Where a string ends whose first byte is at `at`: the place of its closing mark.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// Cuts the elements of one array out of a stream of JSON.
pub(super) struct NestedCutter {
    path: Vec<String>,
    /// Whether a bracket is that of an array, with the key of its member at hand.
    open: Vec<(bool, String)>,
    /// The last text of a key `name` or `title` in each open object outside of records.
    pub names: Vec<Option<String>>,
    string: Option<Vec<u8>>,
    escaped: bool,
    /// The string before, which may be a key.
    last: Vec<u8>,
    /// Brackets that are open inside the record at hand.
    depth: u32,
    pub line: u64,
    begun: u64,
    number: u64,
    too_long: bool,
    record: Vec<u8>,
}

/// Bytes of a key or a name that are kept.
const KEY: usize = 1000;

impl NestedCutter {
    pub fn new(path: Vec<String>) -> Self {
        NestedCutter {
            path,
            open: Vec::new(),
            names: Vec::new(),
            string: None,
            escaped: false,
            last: Vec::new(),
            depth: 0,
            line: 1,
            begun: 0,
            number: 0,
            too_long: false,
            record: Vec::new(),
        }
    }

    /// Takes bytes up to the end of a record; gives how many it took.
    pub fn feed(&mut self, bytes: &[u8], limit: usize) -> (usize, Option<Cut>) {
        let mut from = 0;
        for (i, &b) in bytes.iter().enumerate() {
            self.line += u64::from(b == b'\n');
            if let Some(string) = &mut self.string {
                match b {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.last = std::mem::take(string);
                        self.string = None;
                        if self.depth == 0 {
                            self.value();
                        }
                        continue;
                    }
                    _ => {}
                }
                if self.depth == 0 && string.len() < KEY {
                    string.push(b);
                }
                continue;
            }
            match b {
                b'"' => self.string = Some(Vec::new()),
                b'{' | b'[' if self.depth > 0 => self.depth += 1,
                b'{' if self.is_inside() => {
                    (self.depth, self.begun, from) = (1, self.line, i);
                    self.number += 1;
                }
                b'{' | b'[' => {
                    self.open.push((b == b'[', String::new()));
                    self.names.push(None);
                }
                b'}' | b']' if self.depth == 0 => {
                    self.open.pop();
                    self.names.pop();
                }
                b'}' | b']' => self.depth -= 1,
                b':' if self.depth == 0 => {
                    if let Some((false, key)) = self.open.last_mut() {
                        *key = String::from_utf8_lossy(&self.last).into_owned();
                    }
                }
                _ => {}
            }
            if self.depth == 0 && self.begun > 0 {
                self.keep(&bytes[from..=i], limit);
                let cut = if std::mem::take(&mut self.too_long) {
                    Cut::TooLong(self.begun)
                } else {
                    Cut::Record {
                        line: self.begun,
                        number: self.number,
                        bytes: std::mem::take(&mut self.record),
                    }
                };
                self.begun = 0;
                return (i + 1, Some(cut));
            }
        }
        if self.depth > 0 {
            self.keep(&bytes[from..], limit);
        }
        (bytes.len(), None)
    }

    /// Notes a string that is the value of a name.
    fn value(&mut self) {
        if let (Some((false, key)), Some(name)) = (self.open.last(), self.names.last_mut())
            && matches!(key.as_str(), "name" | "title")
            && name.is_none()
        {
            let quoted = [b"\"", self.last.as_slice(), b"\""].concat();
            *name = serde_json::from_slice(&quoted).ok();
        }
    }

    /// Whether the array of the records is the innermost open one.
    fn is_inside(&self) -> bool {
        let Some((outer, (true, _))) = self.open.split_last().map(|(last, outer)| (outer, last))
        else {
            return false;
        };
        outer.len() == self.path.len()
            && outer
                .iter()
                .zip(&self.path)
                .all(|((is_array, key), name)| match is_array {
                    true => name == "[]",
                    false => name == key,
                })
    }

    fn keep(&mut self, bytes: &[u8], limit: usize) {
        if self.too_long || self.record.len() + bytes.len() > limit {
            self.too_long = true;
            self.record = Vec::new();
        } else {
            self.record.extend_from_slice(bytes);
        }
    }

    /// Line of what is not closed at the end.
    pub fn unfinished(&self) -> Option<u64> {
        match (self.depth, self.open.is_empty()) {
            (0, true) => None,
            (0, false) => Some(self.line),
            _ => Some(self.begun),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(json: &str) -> Found {
        find(json.as_bytes(), &Fields::default())
    }

    fn path(names: &[&str]) -> Found {
        Found::At(names.iter().map(|&n| n.to_owned()).collect())
    }

    #[test]
    fn the_array_of_records_is_found() {
        for (json, found) in [
            (
                r#"{"status": "ok", "articles": [{"source": {"id": null, "name": "x"}, "title": "t", "content": "c"}]}"#,
                path(&["articles"]),
            ),
            (
                r#"{"articles": {"results": [{"title": "t", "body": "c"}], "page": 1}}"#,
                path(&["articles", "results"]),
            ),
            (
                r#"{"response": {"docs": [{"headline": {"main": "t"}, "text": "c"}"#,
                path(&["response", "docs"]),
            ),
            (
                r#"{"chats": {"list": [{"name": "x", "messages": [{"id": 1, "text": "c"}]}]}}"#,
                path(&["chats", "list", "[]", "messages"]),
            ),
            (
                r#"{"hits": {"hits": [{"_id": "1", "_source": {"text": "c"}}]}}"#,
                path(&["hits", "hits"]),
            ),
            (
                r#"{"title": "feed", "items": [{"content_text": "c"}]}"#,
                path(&["items"]),
            ),
            (
                r#"[{"title": {"rendered": "t"}, "content": {"rendered": "c"}}]"#,
                Found::Top,
            ),
            (r#"{"text": "c", "comments": [{"text": "x"}]}"#, Found::Top),
            (r#"{"comments": [{"text": "x"}], "text": "c"}"#, Found::Top),
            (
                r#"{"headline": "h", "sentences": [{"text": "x"}]}"#,
                Found::Top,
            ),
            (
                r#"{"articles": [{"text": "a", "comments": [{"text": "x"}]}]}"#,
                path(&["articles"]),
            ),
            (r#"{"text": "a"}{"articles": [{"text": "a"}]}"#, Found::Top),
            (
                r#"{"articles": [{"url": "u", "title": "t"}]}"#,
                path(&["articles"]),
            ),
            (r#"{"title": "x", "people": [{"title": "t"}]}"#, Found::Top),
            (r#"{"lead": "a"}"#, Found::Top),
            ("", Found::Top),
        ] {
            assert_eq!(at(json), found, "{json}");
        }
        let two = r#"{"first": [{"text": "a"}], "second": [{"text": "a"}]}"#;
        assert_eq!(
            at(two),
            Found::Several(vec!["first".into(), "second".into()])
        );
    }

    #[test]
    fn the_array_is_cut() {
        let text = "{\"name\": \"К\\u0430\\\"}\", \"n\": [{\"a\": 1}], \"x\": {\"articles\": [\n{\"text\": \"}]\\\"\"},\n {\"b\": [{}, {\"text\": 1}]}]}, \"z\": [{}]}";
        for size in [1, 3, 1000] {
            let mut cutter = NestedCutter::new(vec!["x".into(), "articles".into()]);
            let mut records = Vec::new();
            for part in text.as_bytes().chunks(size) {
                let mut at = 0;
                while at < part.len() {
                    let (n, cut) = cutter.feed(&part[at..], 100);
                    at += n;
                    if let Some(Cut::Record {
                        line,
                        number,
                        bytes,
                    }) = cut
                    {
                        assert_eq!(cutter.names[0].as_deref(), Some("Ка\"}"));
                        records.push((line, number, String::from_utf8(bytes).expect("UTF-8")));
                    }
                }
            }
            assert_eq!(
                records,
                [
                    (2, 1, "{\"text\": \"}]\\\"\"}".to_owned()),
                    (3, 2, "{\"b\": [{}, {\"text\": 1}]}".to_owned())
                ],
                "{size}"
            );
            assert_eq!(cutter.unfinished(), None);
        }
    }
}
