//! The places in a record that a fragment may mean, gathered once for all links that lead there: any number
//! of links in any number of records may lead to one text. Does not depend on `lint::rules`.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::model::{Log, Record, RecordId};
use crate::syntax::{AnchorIndex, AnchorNames, anchors, plain};

/// The places in all records, each read when the first link asks.
#[derive(Debug)]
pub(super) struct AllPlaces(Vec<OnceLock<Places>>);

impl AllPlaces {
    pub(super) fn new(log: &Log) -> Self {
        Self(log.records().iter().map(|_| OnceLock::new()).collect())
    }

    /// The places in the record `id` of `log`.
    pub(super) fn of(&self, log: &Log, id: RecordId) -> Option<&Places> {
        Some(self.0.get(id.index())?.get_or_init(|| Places::new(log.record(id))))
    }
}

/// The places in one record.
#[derive(Debug)]
pub(super) struct Places {
    names: Vec<String>,
    headings: AnchorIndex,
    marks: OnceLock<HashSet<Box<str>>>,
    inner: OnceLock<AnchorIndex>,
}

impl Places {
    fn new(record: &Record) -> Self {
        let names: Vec<String> =
            anchors(&record.document).into_iter().map(|anchor| anchor.name).collect();
        let headings = AnchorIndex::new(names.iter().map(String::as_str));
        Self { names, headings, marks: OnceLock::new(), inner: OnceLock::new() }
    }

    /// The anchors of the headings, in the order of the text.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether a heading, or what `text`, the record's own, says of itself, is called so.
    pub(super) fn has(&self, text: &str, fragment: &str) -> bool {
        let marks = || {
            let found = || marks(text).into_iter().map(Into::into).collect();
            self.marks.get_or_init(found)
        };
        let inner = || self.inner.get_or_init(|| contained(text));
        self.headings.meant(fragment).is_some()
            || marks().contains(fragment)
            || inner().meant(fragment).is_some()
    }
}

/// What is written as a name of a place: `"x"`, `'x'`, `{#x}`, `[^x]`.
fn marks(text: &str) -> HashSet<&str> {
    let mut marks = HashSet::new();
    for quote in *b"\"'" {
        let mut last = None;
        for at in memchr::memchr_iter(quote, text.as_bytes()) {
            marks.extend(last.and_then(|last: usize| text.get(last + 1..at)));
            last = Some(at);
        }
    }
    for (open, close) in [("{#", '}'), ("[^", ']')] {
        // Of several that one mark closes, the last: their lengths together are at most that of the text.
        for piece in text.split_inclusive(close).filter_map(|piece| piece.strip_suffix(close)) {
            marks.extend(piece.rsplit_once(open).map(|(_, name)| name));
        }
    }
    marks
}

/// The names of headings within quotations and list items, which are no sections of the record.
fn contained(text: &str) -> AnchorIndex {
    let mut names = AnchorNames::default();
    let heading = |line: &str| {
        let marks = |c: char| {
            matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t' | '.' | ')') || c.is_ascii_digit()
        };
        let bare = line.trim_start_matches(marks);
        let words = bare.trim_start_matches('#');
        let level = bare.len() - words.len();
        let is_heading =
            bare.len() < line.len() && (1..=6).contains(&level) && words.starts_with(' ');
        is_heading.then(|| plain(words.trim().trim_end_matches('#')))
    };
    let words = text.lines().filter_map(heading);
    let names: Vec<String> = words.map(|words| names.of(&words)).collect();
    AnchorIndex::new(names.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn names_are_what_marks_enclose() {
        let text = "<a id=\"x\"> it's 'y' {#z} [^1] {#{#a} \"b {#c";
        let marks = marks(text);
        for (name, is_there) in [
            ("x", true),
            ("y", true),
            ("z", true),
            ("1", true),
            ("a", true),
            ("b", false),
            ("c", false),
            ("{#a", false),
        ] {
            assert_eq!(marks.contains(name), is_there, "{name}");
        }
    }
}
