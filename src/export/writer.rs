//! JSON as it grows: brackets, keys, commas, texts and whole numbers, written straight into bytes.
//!
//! What is written is what `serde_json` would write, byte for byte. That every bracket is closed, and that keys stand in
//! objects alone, is the caller's to see to.

/// Writes JSON to the end of a buffer.
pub(super) struct JsonWriter<'a> {
    out: &'a mut Vec<u8>,
    /// Whether a comma stands before what comes next.
    comma: bool,
}

impl<'a> JsonWriter<'a> {
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        JsonWriter { out, comma: false }
    }

    fn separate(&mut self) {
        if self.comma {
            self.out.push(b',');
        }
        self.comma = true;
    }

    /// Opens an object or array.
    pub fn open(&mut self, bracket: u8) -> &mut Self {
        self.separate();
        self.out.push(bracket);
        self.comma = false;
        self
    }

    /// Closes it.
    pub fn close(&mut self, bracket: u8) -> &mut Self {
        self.out.push(bracket);
        self.comma = true;
        self
    }

    /// A key, which needs no escapes; its value comes next.
    #[inline]
    pub fn key(&mut self, key: &'static str) -> &mut Self {
        self.separate();
        self.comma = false;
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self
    }

    /// A text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        self.out.push(b'"');
        escape(text.as_bytes(), self.out);
        self.out.push(b'"');
        self
    }

    /// A text, or null.
    pub fn optional(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, number: usize) -> &mut Self {
        self.separate();
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(number);
        self.out.extend_from_slice(digits.as_bytes());
        self
    }

    /// A whole number, or null.
    pub fn maybe(&mut self, number: Option<usize>) -> &mut Self {
        match number {
            Some(number) => self.integer(number),
            None => self.null(),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, yes: bool) -> &mut Self {
        self.separate();
        let text: &[u8] = if yes { b"true" } else { b"false" };
        self.out.extend_from_slice(text);
        self
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Self {
        self.separate();
        self.out.extend_from_slice(b"null");
        self
    }

    /// Any other value.
    ///
    /// # Errors
    /// Those of its `Serialize`.
    pub fn value(&mut self, value: &impl serde::Serialize) -> serde_json::Result<&mut Self> {
        self.separate();
        serde_json::to_writer(&mut *self.out, value)?;
        Ok(self)
    }
}

/// Whether a byte cannot stand in a JSON string as it is.
const fn is_special(b: u8) -> bool {
    b < 0x20 || b == b'"' || b == b'\\'
}

/// Bytes that are looked through at once.
const STRIDE: usize = 64;

/// Appends the text with escapes.
fn escape(text: &[u8], out: &mut Vec<u8>) {
    let mut kept = 0;
    for (i, stride) in text.chunks(STRIDE).enumerate() {
        // Looked through to the end, without a branch for each byte.
        if !stride.iter().fold(false, |any, &b| any | is_special(b)) {
            continue;
        }
        for (j, &b) in stride.iter().enumerate() {
            if is_special(b) {
                let at = i * STRIDE + j;
                out.extend_from_slice(&text[kept..at]);
                kept = at + 1;
                push_escape(b, out);
            }
        }
    }
    out.extend_from_slice(&text[kept..]);
}

fn push_escape(b: u8, out: &mut Vec<u8>) {
    let short = match b {
        b'"' | b'\\' => b,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0C => b'f',
        _ => {
            const HEX: &[u8; 16] = b"0123456789abcdef";
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(b >> 4)]);
            out.push(HEX[usize::from(b & 15)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn brackets_keys_and_commas() {
        let mut out = Vec::new();
        let mut json = JsonWriter::new(&mut out);
        json.open(b'{').key("a").integer(7).key("b").open(b'[');
        json.text("да").boolean(true).null().open(b'{').close(b'}');
        json.close(b']').key("c").maybe(None);
        json.key("d").optional(Some("\"\n")).close(b'}');
        let expected = "{\"a\":7,\"b\":[\"да\",true,null,{}],\"c\":null,\"d\":\"\\\"\\n\"}";
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }

    proptest! {
        #[test]
        fn texts_are_what_serde_json_makes_of_them(
            text in "([а-яa-z]{0,70}|[\"\\\\\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}]|\\PC){0,6}",
        ) {
            let mut out = Vec::new();
            JsonWriter::new(&mut out).text(&text);
            prop_assert_eq!(out, serde_json::to_vec(&text).expect("serializes"));
        }
    }
}
