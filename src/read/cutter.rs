//! A stream of JSON -> the records at its top, or in the array at its top, without reading what is in them: brackets and quotation
//! marks are counted, and nothing else.

/// What was cut off.
pub(super) enum Cut {
    /// A record, with its first line and its number, both from 1.
    Record {
        line: u64,
        number: u64,
        bytes: Vec<u8>,
    },
    /// A record that is longer than the limit, with its line; it was passed over.
    TooLong(u64),
}

/// Cuts a stream of JSON into the objects at its top, or in the array at its top.
pub(super) struct Cutter {
    /// Whether the records are elements of an array.
    pub in_array: bool,
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// The line at hand, from 1.
    pub line: u64,
    begun: u64,
    number: u64,
    too_long: bool,
    seen: bool,
    /// Something that is no record stood between records.
    stray: Option<u64>,
    record: Vec<u8>,
}

impl Default for Cutter {
    fn default() -> Self {
        Cutter {
            in_array: false,
            depth: 0,
            in_string: false,
            escaped: false,
            line: 1,
            begun: 1,
            number: 0,
            too_long: false,
            seen: false,
            stray: None,
            record: Vec::new(),
        }
    }
}

impl Cutter {
    /// Takes bytes up to the end of a record; gives how many it took.
    pub fn feed(&mut self, bytes: &[u8], limit: usize) -> (usize, Option<Cut>) {
        let mut from = 0;
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' {
                self.line += 1;
            }
            if self.depth == 0 {
                match b {
                    b'{' => {
                        self.depth = 1;
                        self.begun = self.line;
                        self.number += 1;
                        self.seen = true;
                        from = i;
                    }
                    b'[' if !self.seen => {
                        self.in_array = true;
                        self.seen = true;
                    }
                    b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' => {}
                    _ => {
                        self.stray.get_or_insert(self.line);
                    }
                }
                continue;
            }
            if self.in_string {
                match b {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match b {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
            if self.depth == 0 {
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
                return (i + 1, Some(cut));
            }
        }
        if self.depth > 0 {
            self.keep(&bytes[from..], limit);
        }
        (bytes.len(), None)
    }

    fn keep(&mut self, bytes: &[u8], limit: usize) {
        if self.too_long || self.record.len() + bytes.len() > limit {
            self.too_long = true;
            self.record = Vec::new();
        } else {
            self.record.extend_from_slice(bytes);
        }
    }

    /// What is wrong at the end, with its line.
    pub fn unfinished(&self) -> Option<(u64, String)> {
        if self.depth > 0 {
            let reason = "the file ends inside a record (a bracket or quotation mark is missing)";
            return Some((self.begun, reason.to_owned()));
        }
        self.stray
            .map(|line| (line, "something that is no record of JSON".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_cut_into_records() {
        let text = "[{\"text\": \"a}\\\"{\"},\n {\"b\": [1, {}]}, 5]";
        for size in [1, 3, 100] {
            let mut cutter = Cutter::default();
            let mut records = Vec::new();
            for part in text.as_bytes().chunks(size) {
                let mut at = 0;
                while at < part.len() {
                    let (n, cut) = cutter.feed(&part[at..], 100);
                    at += n;
                    if let Some(Cut::Record { line, bytes, .. }) = cut {
                        records.push((line, String::from_utf8(bytes).expect("UTF-8")));
                    }
                }
            }
            assert_eq!(
                records,
                [
                    (1, "{\"text\": \"a}\\\"{\"}".to_owned()),
                    (2, "{\"b\": [1, {}]}".to_owned())
                ]
            );
            assert_eq!(cutter.unfinished().map(|u| u.0), Some(2));
        }
    }
}
