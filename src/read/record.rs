//! Fields of a record (of JSON, of a table) -> id, metadata and text.

use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};

/// Names of the fields or columns of records. Where the user names none, the usual names are tried, in order.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Fields {
    /// Field of the text.
    pub text: Option<String>,
    /// Field of the id.
    pub id: Option<String>,
    /// Field of the title.
    pub title: Option<String>,
    /// Field of the date.
    pub date: Option<String>,
    /// Field of the source.
    pub source: Option<String>,
}

/// What a field is to us; the index into [`Record::values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Id,
    Title,
    Date,
    Source,
}

const ROLES: [(Role, &[&str]); 5] = [
    (
        Role::Text,
        &[
            "text",
            "body",
            "content",
            "article",
            "fulltext",
            "full_text",
            "article_text",
            "текст",
        ],
    ),
    (
        Role::Id,
        &["id", "doc_id", "document_id", "docid", "uid", "guid"],
    ),
    (Role::Title, &["title", "headline", "заголовок", "название"]),
    (
        Role::Date,
        &[
            "date",
            "published",
            "published_at",
            "publish_date",
            "pubdate",
            "pub_date",
            "date_published",
            "datetime",
            "дата",
        ],
    ),
    (
        Role::Source,
        &[
            "source",
            "site",
            "outlet",
            "publisher",
            "newspaper",
            "agency",
            "domain",
            "источник",
        ],
    ),
];

impl Fields {
    fn chosen(&self, role: Role) -> Option<&str> {
        match role {
            Role::Text => self.text.as_deref(),
            Role::Id => self.id.as_deref(),
            Role::Title => self.title.as_deref(),
            Role::Date => self.date.as_deref(),
            Role::Source => self.source.as_deref(),
        }
    }

    /// What the field of this name is, and how good a name it is (0 the best).
    pub(super) fn role(&self, name: &str) -> Option<(Role, usize)> {
        let name = name.trim();
        let mut best = None;
        for (role, usual) in ROLES {
            let rank = match self.chosen(role) {
                Some(chosen) => (chosen == name).then_some(0),
                None => usual
                    .iter()
                    .position(|u| *u == name || name.to_lowercase() == **u),
            };
            if let Some(rank) = rank
                && best.is_none_or(|(_, b)| rank < b)
            {
                best = Some((role, rank));
            }
        }
        best
    }

    /// How to name the text's field in a message.
    pub(super) fn text_name(&self) -> &str {
        self.text.as_deref().unwrap_or("text")
    }
}

/// The fields of one record that matter.
#[derive(Debug, Default)]
pub(super) struct Record {
    values: [Option<(usize, String)>; ROLES.len()],
    /// How the text's field is named in messages.
    pub text_name: String,
}

impl Record {
    /// Sets a field, unless one with a better name has set it.
    pub fn set(&mut self, (role, rank): (Role, usize), value: String) {
        let slot = &mut self.values[role as usize];
        if slot.as_ref().is_none_or(|(old, _)| rank < *old) {
            *slot = Some((rank, value));
        }
    }

    fn take(&mut self, role: Role) -> Option<String> {
        self.values[role as usize].take().map(|(_, value)| value)
    }

    fn take_line(&mut self, role: Role) -> Option<String> {
        let value = self.take(role)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Moves the metadata into `source` and gives the text.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] where the record has no text field.
    pub fn into_source(mut self, source: &mut Source) -> Result<String> {
        let Some(text) = self.take(Role::Text) else {
            return Err(Error::new(
                ErrorKind::Format,
                format!(
                    "the record has no field {:?} (--text-field names another)",
                    self.text_name
                ),
            ));
        };
        if let Some(id) = self.take_line(Role::Id) {
            source.id = id;
        }
        source.title = self.take_line(Role::Title);
        source.date = self.take_line(Role::Date).map(|d| iso_date(&d));
        source.source = self.take_line(Role::Source);
        Ok(text)
    }
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The ISO date of a record's date: `2026-02-05T10:00:00Z`, `20260205`, `05.02.2026`, `Thu, 05 Feb 2026 10:00:00 GMT`,
/// `Feb 5, 2026`; anything else as it stands.
pub(crate) fn iso_date(date: &str) -> String {
    let parts: Vec<&str> = date
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let month = |part: &str| {
        let head = part.to_ascii_lowercase();
        let named = MONTHS
            .iter()
            .position(|m| head.starts_with(m) && head.is_ascii());
        named.map(|m| m as u32 + 1)
    };
    let whole = |y: u32, m: u32, d: u32| {
        ((1000..=9999).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d))
            .then(|| format!("{y:04}-{m:02}-{d:02}"))
    };
    let found = match parts.as_slice() {
        [one] if one.len() == 8 => {
            number(one, 8..=8).and_then(|n| whole(n / 10000, n / 100 % 100, n % 100))
        }
        [y, m] if date.len() == 7 => number(y, 4..=4)
            .zip(number(m, 2..=2))
            .filter(|(_, m)| (1..=12).contains(m))
            .map(|(y, m)| format!("{y:04}-{m:02}")),
        // 2026-02-05T10:00:00: the day ends where the time begins.
        [y, m, d, ..] if number(y, 4..=4).is_some() => {
            let day = d.split(['T', 't']).next().unwrap_or(d);
            match (number(y, 4..=4), number(m, 1..=2), number(day, 1..=2)) {
                (Some(y), Some(m), Some(d)) => whole(y, m, d),
                _ => None,
            }
        }
        [d, m, y, ..] if number(d, 1..=2).is_some() && number(m, 1..=2).is_some() => {
            match (number(d, 1..=2), number(m, 1..=2), number(y, 4..=4)) {
                // Day first, as in Europe, unless only month first can be meant.
                (Some(a), Some(b), Some(y)) if b <= 12 => whole(y, b, a),
                (Some(a), Some(b), Some(y)) => whole(y, a, b),
                _ => None,
            }
        }
        parts => parts.windows(3).find_map(|w| {
            let year = number(w[2], 4..=4)?;
            match (month(w[0]), month(w[1])) {
                (None, Some(m)) => whole(year, m, number(w[0], 1..=2)?),
                (Some(m), None) => whole(year, m, number(w[1], 1..=2)?),
                _ => None,
            }
        }),
    };
    found.unwrap_or_else(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_iso() {
        for (date, iso) in [
            ("2026-02-05", "2026-02-05"),
            ("2026-02-05T10:00:00+03:00", "2026-02-05"),
            ("2026-02-05 10:00", "2026-02-05"),
            ("2026-02", "2026-02"),
            ("20260205", "2026-02-05"),
            ("05.02.2026", "2026-02-05"),
            ("5.2.2026, 10:15", "2026-02-05"),
            ("12/25/2025", "2025-12-25"),
            ("Thu, 05 Feb 2026 10:00:00 GMT", "2026-02-05"),
            ("Feb 5, 2026", "2026-02-05"),
            ("вчера", "вчера"),
            ("99.99.2026", "99.99.2026"),
            ("", ""),
        ] {
            assert_eq!(iso_date(date), iso, "{date}");
        }
    }

    #[test]
    fn the_best_named_field_wins() {
        let fields = Fields::default();
        let mut record = Record::default();
        for (name, value) in [
            ("content", "b"),
            ("Text", "a"),
            ("body", "c"),
            ("likes", "9"),
        ] {
            if let Some(role) = fields.role(name) {
                record.set(role, value.into());
            }
        }
        assert_eq!(
            record.into_source(&mut Source::default()).ok().as_deref(),
            Some("a")
        );
        let chosen = Fields {
            text: Some("lead".into()),
            ..Fields::default()
        };
        assert!(chosen.role("text").is_none() && chosen.role("lead").is_some());
    }
}
