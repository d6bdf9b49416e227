//! Fields of a record (of JSON, of a table, of the head of a Markdown file) -> id, metadata and text.

use crate::bytes;
use crate::document::Source;
use crate::error::{Error, ErrorKind};
use crate::hash;

use super::date::iso_date;

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

impl Role {
    /// Names inside an object that hold its value.
    const fn values(self) -> &'static [&'static str] {
        match self {
            Role::Text => &["rendered", "content", "value", "text", "html", "#text"],
            Role::Title => &["rendered", "main", "value", "content", "text", "#text"],
            Role::Source => &["name", "title", "value", "#text"],
            Role::Date => &["value", "iso", "$date"],
            Role::Id => &["$oid", "value"],
        }
    }

    /// What it is called, in options too.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Id => "id",
            Role::Title => "title",
            Role::Date => "date",
            Role::Source => "source",
        }
    }
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
            "maintext",
            "articlebody",
            "article_body",
            "bodytext",
            "story_text",
            "content_text",
            "content_html",
            "текст",
        ],
    ),
    (
        Role::Id,
        &["id", "doc_id", "document_id", "docid", "uid", "guid"],
    ),
    (
        Role::Title,
        &["title", "headline", "webtitle", "заголовок", "название"],
    ),
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
            "publishedat",
            "webpublicationdate",
            "seendate",
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
            "media_name",
            "origin",
            "источник",
        ],
    ),
];

/// Objects that are the record itself, in something that is kept with it.
const WRAPPERS: [&str; 9] = [
    "_source",
    "attributes",
    "article",
    "doc",
    "document",
    "fields",
    "node",
    "post",
    "story",
];
/// What a name inside such an object is worse than the same name outside.
const WRAPPED: usize = 100;

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

    /// The name of a field, the reverse of [`Fields::role`].
    pub(super) fn name(&self, role: Role, rank: usize) -> &str {
        let usual = || {
            ROLES[role as usize]
                .1
                .get(rank)
                .copied()
                .unwrap_or_default()
        };
        self.chosen(role).unwrap_or_else(usual)
    }

    /// What the field of this name is, and how good a name it is (0 the best).
    pub(super) fn role(&self, name: &str) -> Option<(Role, usize)> {
        let name = name.trim();
        let lower = name.to_lowercase();
        let mut best = None;
        for (role, usual) in ROLES {
            let rank = match self.chosen(role) {
                Some(chosen) => (chosen == name).then_some(0),
                None => usual.iter().position(|u| lower == **u),
            };
            if let Some(rank) = rank
                && best.is_none_or(|(_, b)| rank < b)
            {
                best = Some((role, rank));
            }
        }
        best
    }

    /// What the field of this path is, names with dots between. An object may hold a field's value (`title.rendered`), or wrap the
    /// record (`_source.text`).
    pub(super) fn role_at(&self, path: &str) -> Option<(Role, usize)> {
        if let Some(role) = self.role(path) {
            return Some(role);
        }
        let (outer, inner) = path.rsplit_once('.')?;
        if let Some((role, rank)) = self.role(outer)
            && role.values().contains(&inner)
        {
            return Some((role, rank));
        }
        if !WRAPPERS.contains(&outer) {
            return None;
        }
        self.role(inner).map(|(role, rank)| (role, rank + WRAPPED))
    }

    /// Whether fields are looked for inside the object of this name.
    pub(super) fn looks_into(&self, name: &str) -> bool {
        let is_chosen = |role: &Role| {
            let rest = self.chosen(*role).and_then(|path| path.strip_prefix(name));
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        WRAPPERS.contains(&name)
            || self.role(name).is_some()
            || ROLES.iter().any(|(role, _)| is_chosen(role))
    }

    /// Says that none of `names`, which are `what` (fields, columns), holds the text.
    pub(super) fn no_text(&self, what: &str, names: &[impl AsRef<str>]) -> Error {
        const MOST: usize = 30;
        let more = if names.len() > MOST { ", …" } else { "" };
        let names: Vec<&str> = names.iter().take(MOST).map(AsRef::as_ref).collect();
        let names = names.join(", ");
        let reason = match &self.text {
            Some(chosen) => {
                format!(
                    "there is no {what} {chosen:?}; there are: {names}{more} (--text-field names the one of the text)"
                )
            }
            None => format!(
                "no {what} has a name that is known for texts; there are: {names}{more} (--text-field names the one of the text)"
            ),
        };
        Error::new(ErrorKind::Format, reason)
    }
}

/// The fields of one record that matter.
#[derive(Debug, Default)]
pub(super) struct Record {
    values: [Option<(usize, String)>; ROLES.len()],
}

/// Bytes that id, date and source may have: they stand in every row of a document.
const LONGEST: [(Role, usize); 3] = [(Role::Id, 300), (Role::Date, 60), (Role::Source, 120)];

/// Cuts what is too long in every row of a document, and gives the names of what was cut. An id keeps its head and gets a hash of the whole,
/// so that ids which differ stay different.
pub(super) fn limit(source: &mut Source) -> Vec<&'static str> {
    let mut cut = Vec::new();
    for (role, most) in LONGEST {
        let text = match role {
            Role::Id => Some(&mut source.id),
            Role::Date => source.date.as_mut(),
            _ => source.source.as_mut(),
        };
        let Some(text) = text.filter(|text| text.len() > most) else {
            continue;
        };
        let end = match role {
            Role::Id => format!("~{:016x}", hash::of(text)),
            _ => "…".to_owned(),
        };
        text.truncate(bytes::boundary_before(text, most - end.len()));
        text.push_str(&end);
        cut.push(role.as_str());
    }
    cut
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

    /// Fields that the user named and the record lacks, but for that of the text, as the options are called.
    pub fn missing(&self, fields: &Fields) -> Vec<&'static str> {
        ROLES
            .iter()
            .map(|(role, _)| *role)
            .filter(|&role| role != Role::Text && fields.chosen(role).is_some())
            .filter(|&role| self.values[role as usize].is_none())
            .map(Role::as_str)
            .collect()
    }

    /// Moves the metadata into `source` and gives the text, where there is one.
    pub fn into_source(mut self, source: &mut Source) -> Option<String> {
        if let Some(id) = self.take_line(Role::Id) {
            source.id = id;
        }
        source.title = self.take_line(Role::Title);
        source.date = self.take_line(Role::Date).map(|d| iso_date(&d));
        source.source = self.take_line(Role::Source);
        self.take(Role::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_every_row_is_short() {
        let long = |end: &str| Source {
            id: format!("{}{end}", "https://сайт.example/".repeat(50)),
            date: Some("вчера ".repeat(50)),
            source: Some("Вестник".to_owned()),
            ..Source::default()
        };
        let (mut one, mut other) = (long("а"), long("б"));
        assert_eq!(limit(&mut one), ["id", "date"]);
        assert_eq!(limit(&mut other), ["id", "date"]);
        assert!(one.id != other.id && one.id.len() <= 300, "{}", one.id);
        assert!(one.id.starts_with("https://сайт.example/https://"));
        let date = one.date.expect("a date");
        assert!(date.len() <= 60 && date.ends_with('…'), "{date}");
        assert_eq!(one.source.as_deref(), Some("Вестник"));
        let mut short = Source {
            id: "й".repeat(150),
            ..Source::default()
        };
        assert!(limit(&mut short).is_empty());
        assert_eq!(short.id, "й".repeat(150));
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
            record.into_source(&mut Source::default()).as_deref(),
            Some("a")
        );
        let chosen = Fields {
            text: Some("lead".into()),
            ..Fields::default()
        };
        assert!(chosen.role("text").is_none() && chosen.role("lead").is_some());
        let chosen = Fields {
            date: Some("day".into()),
            id: Some("key".into()),
            ..Fields::default()
        };
        let mut record = Record::default();
        assert_eq!(record.missing(&chosen), ["id", "date"]);
        record.set((Role::Date, 0), "2026".into());
        assert_eq!(record.missing(&chosen), ["id"]);
        assert!(record.missing(&Fields::default()).is_empty());
    }
}
