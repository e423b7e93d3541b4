//! The decision log: all records in their order, with the relations between them resolved.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use super::ends::ends;
use super::find::{find, knows};
use super::language::without_translations;
use super::web::Web;
use super::{DateStatement, Order, Record, Relation, RelationKind};
use crate::syntax::{Link, links};

/// The place of a record in its [`Log`], from 0. Means nothing to another log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(super) usize);

impl RecordId {
    /// The number of records before it.
    pub fn index(self) -> usize {
        self.0
    }
}

/// A file in the log's folder that is no record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Skipped {
    /// Relative to the folder of the log, with `/` as separator.
    pub file: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// To be copied and filled in.
    Template,
    /// A list of the records, or a page about the log.
    Index,
    /// A text about something else.
    Note,
    /// Text in a markup language that we do not read.
    Markup,
    /// The record of the same name in another language: `0004-x.de.md` beside `0004-x.md`.
    Translation,
    /// A folder that cannot be listed.
    Unreadable,
    /// Another name of a file of the log: a symbolic link.
    Alias,
    /// A folder that holds a built site.
    Site,
}

impl SkipReason {
    /// For messages: what the file is instead.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Template => "a template",
            Self::Index => "an index or readme",
            Self::Note => "a note, not a record",
            Self::Markup => "not Markdown: AsciiDoc and reStructuredText are not read",
            Self::Translation => "a translation of the record of the same name",
            Self::Unreadable => "a folder that cannot be read",
            Self::Alias => "a symbolic link to another file of the log",
            Self::Site => "a site that `adr build` made",
        }
    }
}

/// A relation, seen from the record that it points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Who says it.
    pub from: RecordId,
    /// Which of its relations, as an index into [`Record::relations`].
    pub relation: usize,
}

/// What a reference that a person gave turned out to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Exactly one record.
    One(RecordId),
    /// Several, in log order.
    Many(Vec<RecordId>),
    /// None; the nearest by name or title, best first.
    None(Vec<RecordId>),
}

/// All records of a folder. Their order is that of the files' names, with runs of digits compared
/// as numbers, so that `adr-9.md` comes before `adr-10.md`.
#[derive(Debug, Default)]
pub struct Log {
    records: Vec<Record>,
    skipped: Vec<Skipped>,
    /// Made when it is asked for: a plain list of the records needs none of it.
    web: OnceLock<Web>,
}

/// What the destinations of links in one record mean.
#[derive(Debug)]
pub struct Meanings<'l> {
    log: &'l Log,
    from: RecordId,
    /// What relations mean by their destinations.
    related: HashMap<&'l str, Option<RecordId>>,
}

impl Meanings<'_> {
    /// The record that a link leads to, else the one that the record relates to by this very destination.
    pub fn of(&self, destination: &str) -> Option<RecordId> {
        let related = || self.related.get(destination).copied().flatten();
        self.log.linked(self.from, destination).or_else(related)
    }
}

impl Log {
    /// Orders `records` and settles what needs the whole log to be settled.
    pub fn new(mut records: Vec<Record>, mut skipped: Vec<Skipped>) -> Self {
        skipped.extend(without_translations(&mut records));
        records.sort_by(|a, b| file_order(&a.file, &b.file));
        skipped.sort_by(|a, b| a.file.cmp(&b.file));
        settle_dates(&mut records);
        Self { records, skipped, web: OnceLock::new() }
    }

    /// The log with the records that `keep` wants, as if the others had never been written.
    #[must_use]
    pub fn only(self, keep: impl Fn(&Record) -> bool) -> Self {
        let records = self.records.into_iter().filter(keep).collect();
        Self { records, skipped: self.skipped, web: OnceLock::new() }
    }

    fn web(&self) -> &Web {
        self.web.get_or_init(|| Web::new(&self.records))
    }

    /// All records, in log order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// All records with their places, in log order.
    pub fn iter(&self) -> impl Iterator<Item = (RecordId, &Record)> + Clone {
        self.records.iter().enumerate().map(|(at, record)| (RecordId(at), record))
    }

    /// The files that are no records, by path.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The record at a place that this log has given out.
    ///
    /// # Panics
    ///
    /// If `id` comes from another, longer log.
    #[expect(clippy::indexing_slicing, reason = "ids are made by this log, for its own records")]
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0]
    }

    /// The records before and after it, in log order.
    pub fn beside(&self, id: RecordId) -> (Option<RecordId>, Option<RecordId>) {
        let there = |at: &usize| *at < self.records.len();
        let after = id.0.checked_add(1).filter(there);
        (id.0.checked_sub(1).map(RecordId), after.map(RecordId))
    }

    /// Every relation of the record with the record that it means; `None` for a dangling one.
    pub fn relations(&self, id: RecordId) -> impl Iterator<Item = (&Relation, Option<RecordId>)> {
        self.web().relations(&self.records, id)
    }

    /// What the record says about another one, in the order of its text.
    pub fn relations_to(
        &self,
        id: RecordId,
        other: RecordId,
    ) -> impl Iterator<Item = &Relation> + use<'_> {
        let relations = self.records.get(id.0).map_or(&[][..], |record| &record.relations);
        let about = self.web().about(id);
        let first = about.partition_point(|(target, _)| *target < other);
        let rest = about.get(first..).unwrap_or_default().iter();
        let same = rest.take_while(move |(target, _)| *target == other);
        same.filter_map(|(_, at)| relations.get(*at))
    }

    /// What other records (and it itself, by mistake) say about this one, in log order.
    pub fn incoming(&self, id: RecordId) -> impl Iterator<Item = (RecordId, &Relation)> {
        self.web().incoming(&self.records, id)
    }

    /// The links and images of the record's text, in their order; read once.
    pub fn links(&self, id: RecordId) -> &[Link] {
        let record = self.record(id);
        let read = || links(&record.document, record.text()).into();
        self.web().links.get(id.0).map_or(&[], |known| known.get_or_init(read))
    }

    /// The record that the path in a link in `from` leads to, if it leads to one; none for an address of
    /// the web, which may be that of another project's record.
    pub fn linked(&self, from: RecordId, destination: &str) -> Option<RecordId> {
        self.web().index.linked(self.record(from), destination)
    }

    /// Whether the path in a link in the record `from` leads out of the folder of the log, by the names of folders alone.
    pub fn leads_out(&self, from: RecordId, destination: &str) -> bool {
        self.web().index.leads_out(self.record(from), destination)
    }

    /// Whether the path in a link in `file`, which is not in the log, leads past the log.
    pub fn leads_past(&self, file: &Path, destination: &str) -> bool {
        self.web().index.leads_past(file, destination)
    }

    /// What the destinations of links in the record `from` mean; for more than one of them.
    pub fn meanings(&self, from: RecordId) -> Meanings<'_> {
        let mut related = HashMap::new();
        for (relation, target) in self.relations(from) {
            if let Some(to) = &relation.reference.destination {
                related.entry(to.as_str()).or_insert(target);
            }
        }
        Meanings { log: self, from, related }
    }

    /// The records that took the place of this one: those that it names, and those that claim it
    /// and are decided. In log order, each once, never the record itself.
    pub fn successors(&self, id: RecordId) -> &[RecordId] {
        self.web().successors.get(id.0).map_or(&[], Vec::as_slice)
    }

    /// The records whose place this one took, in log order, each once.
    pub fn predecessors(&self, id: RecordId) -> Vec<RecordId> {
        self.web().neighbours(&self.records, id, RelationKind::Supersedes, |_| true)
    }

    /// Whether the decision is to be followed today: its status means accepted, and no record
    /// took its place as a whole.
    pub fn in_force(&self, id: RecordId) -> bool {
        self.web().in_force.get(id.0).is_some_and(|in_force| *in_force)
    }

    /// The records at the ends of all chains of successors that begin at this one, in log order:
    /// what to follow instead of it. Empty for a record without successor, and for a cycle.
    pub fn current(&self, id: RecordId) -> &[RecordId] {
        let web = self.web();
        if self.successors(id).is_empty() {
            return &[];
        }
        let ends = web.ends.get_or_init(|| ends(&web.successors));
        ends.get(id.0).map_or(&[], AsRef::as_ref)
    }

    /// The record that a person means by `given`: a number, an id, a path, a file name, a part of
    /// one, words of the title, `@last` or `@proposed`.
    pub fn find(&self, given: &str) -> Lookup {
        find(&self.web().index, &self.records, given)
    }

    /// Whether `text`, an id or a number, is that of a record, or the beginning of a file's name.
    pub fn knows(&self, text: &str) -> bool {
        knows(&self.web().index, text)
    }
}

/// Reads ambiguous dates in the order of those that are not, where these agree.
fn settle_dates(records: &mut [Record]) {
    let orders: Vec<Order> = records
        .iter()
        .filter_map(|record| match record.date.as_ref()?.value {
            DateStatement::InOrder { order, .. } => Some(order),
            _ => None,
        })
        .collect();
    let Some((first, others)) = orders.split_first() else { return };
    if others.iter().all(|other| other == first) {
        for date in records.iter_mut().filter_map(|record| record.date.as_mut()) {
            date.value = date.value.settled(*first);
        }
    }
}

/// The order of a log: file names as people sort them, without regard to case, with runs of digits
/// compared by their value.
pub fn file_order(a: &str, b: &str) -> Ordering {
    let (mut one, mut other) = (a, b);
    loop {
        let (x, y) = (one.chars().next(), other.chars().next());
        let (Some(x), Some(y)) = (x, y) else {
            return x.cmp(&y).then_with(|| a.cmp(b));
        };
        let order = match (x.is_ascii_digit(), y.is_ascii_digit()) {
            (true, true) => digits(&mut one).cmp(&digits(&mut other)),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                one = one.get(x.len_utf8()..).unwrap_or_default();
                other = other.get(y.len_utf8()..).unwrap_or_default();
                if x == y { Ordering::Equal } else { x.to_lowercase().cmp(y.to_lowercase()) }
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The value of the run of digits that `text` begins with, which it loses; of one that is too
/// long, the largest there is.
fn digits(text: &mut &str) -> u64 {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (run, rest) = text.split_at_checked(length).unwrap_or(("", text));
    *text = rest;
    let value = |so_far: u64, digit| so_far.saturating_mul(10).saturating_add(u64::from(digit));
    run.bytes().map(|digit| digit - b'0').fold(0, value)
}
