//! Records as JSON: the same for `adr list`, `adr show`, and the site's data files.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use crate::model::{Event, Log, RecordId, Relation, Status};

/// The version of all JSON documents. Raised when a field changes its meaning or is removed; new fields do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// A whole log.
#[derive(Debug, Serialize)]
pub struct LogJson<'l, R> {
    /// See [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// A list of [`RecordJson`], in log order.
    pub records: R,
    /// By path.
    pub skipped: Vec<SkippedJson<'l>>,
}

/// The data of a record.
#[derive(Debug, Serialize)]
pub struct RecordJson<'l> {
    /// Relative to the folder of the log.
    pub file: &'l str,
    /// Relative to the working directory.
    pub path: String,
    /// Without leading zeros.
    pub number: Option<u32>,
    /// The id as written, if it has a prefix.
    pub id: Option<&'l str>,
    /// Without number and status.
    pub title: Option<&'l str>,
    /// In lower case: a state of the lifecycle, or the team's own word.
    pub status: Option<&'l str>,
    /// As written.
    pub status_text: Option<&'l str>,
    /// The lifecycle state of the status, if it is known.
    pub state: Option<&'static str>,
    /// Whether it is in force today.
    pub in_force: bool,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub date: Option<String>,
    /// Its relations to other records, each once, in the order of the text.
    pub relations: Vec<RelationJson<'l>>,
    /// In the order of the text.
    pub tags: Vec<&'l str>,
    /// In the order of the text.
    pub decision_makers: Vec<&'l str>,
    /// In the order of the text.
    pub consulted: Vec<&'l str>,
    /// In the order of the text.
    pub informed: Vec<&'l str>,
    /// The name of the format.
    pub format: &'static str,
    /// What a published site adds.
    #[serde(flatten)]
    pub published: Option<PublishedJson<'l>>,
}

/// What a published site adds to the data of a record.
#[derive(Debug, Serialize)]
pub struct PublishedJson<'l> {
    /// Its page, from the root of the site.
    pub url: &'l str,
    /// The decision in one sentence; `None` if the text has none.
    pub summary: Option<&'l str>,
    /// The relations of other records to it, in log order.
    pub incoming: Vec<IncomingJson<'l>>,
    /// The committed statuses, the oldest first; `None` if the history is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<StatusJson<'l>>>,
    /// A hash of its text.
    pub hash: String,
}

/// A relation of another record to this one.
#[derive(Debug, Serialize)]
pub struct IncomingJson<'l> {
    /// The name of the kind, as the other record states it.
    pub kind: &'static str,
    /// The file of the other record.
    pub source: &'l str,
    /// The page of the other record, from the root of the site.
    pub url: &'l str,
    /// The reference as written, without the verb.
    pub text: &'l str,
}

/// A status that a record has had.
#[derive(Debug, Serialize)]
pub struct StatusJson<'l> {
    /// In lower case; `None` if there was none.
    pub status: Option<&'l str>,
    /// The date of the commit, `YYYY-MM-DD`.
    pub date: String,
}

/// A document with one record.
#[derive(Debug, Serialize)]
pub struct OneJson<'l> {
    /// See [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// As in [`LogJson`].
    #[serde(flatten)]
    pub record: RecordJson<'l>,
    /// Its history in the repository, the oldest event first; `None` if it was not requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<EventJson<'l>>>,
}

/// A committed change of a record.
#[derive(Debug, Serialize)]
pub struct EventJson<'l> {
    /// `added`, `status` or `changed`.
    pub event: &'static str,
    /// The status before, in lower case.
    pub from: Option<&'l str>,
    /// The status after, in lower case.
    pub to: Option<&'l str>,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// The name of the author.
    pub author: Option<&'l str>,
    /// The full name of the commit.
    pub commit: &'l str,
}

impl<'l> From<&'l Event> for EventJson<'l> {
    fn from(event: &'l Event) -> Self {
        let word = |status: &'l Option<Status>| status.as_ref().map(|status| &*status.word);
        Self {
            event: event.kind.as_str(),
            from: word(&event.from),
            to: word(&event.to),
            date: event.date.to_string(),
            author: event.author.as_deref(),
            commit: &event.commit,
        }
    }
}

/// A relation.
#[derive(Debug, Serialize)]
pub struct RelationJson<'l> {
    /// The name of the kind.
    pub kind: &'static str,
    /// The file of the other record; `null` if there is no such record.
    pub target: Option<&'l str>,
    /// The reference as written, without the verb.
    pub text: &'l str,
    /// The page of the other record, from the root of a published site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'l str>,
}

/// A file that is not a record.
#[derive(Debug, Serialize)]
pub struct SkippedJson<'l> {
    /// Relative to the folder of the log.
    pub file: &'l str,
    /// Why it was skipped.
    pub reason: &'static str,
}

/// A list whose values are created while it is written: all values of a large log would take as much memory as its
/// text.
struct LazyList<I>(I);

impl<I> Serialize for LazyList<I>
where
    I: Iterator<Item: Serialize> + Clone,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// The records `ids` of `log`, and all files that it skipped.
pub fn log_json<'l>(
    log: &'l Log,
    ids: impl Iterator<Item = RecordId> + Clone + 'l,
) -> LogJson<'l, impl Serialize> {
    log_json_of(log, ids.map(move |id| RecordJson::new(log, id)))
}

/// The `records`, and all files that `log` skipped.
pub fn log_json_of<'l>(
    log: &'l Log,
    records: impl Iterator<Item = RecordJson<'l>> + Clone,
) -> LogJson<'l, impl Serialize> {
    let skipped = log.skipped().iter();
    LogJson {
        schema_version: SCHEMA_VERSION,
        records: LazyList(records),
        skipped: skipped
            .map(|one| SkippedJson { file: &one.file, reason: one.reason.as_str() })
            .collect(),
    }
}

impl<'l> From<RecordJson<'l>> for OneJson<'l> {
    fn from(record: RecordJson<'l>) -> Self {
        Self { schema_version: SCHEMA_VERSION, record, history: None }
    }
}

impl<'l> RecordJson<'l> {
    /// One record of `log`.
    pub fn new(log: &'l Log, id: RecordId) -> Self {
        let record = log.record(id);
        let status = record.status();
        let values = |list: &'l [crate::text::Spanned<String>]| -> Vec<&'l str> {
            list.iter().map(|one| one.value.as_str()).collect()
        };
        Self {
            file: &record.file,
            path: record.source.path().to_string_lossy().into_owned(),
            number: record.number.as_ref().map(|number| number.value.value),
            id: record.id.as_ref().map(|id| id.value.as_str()),
            title: record.title.as_ref().map(|title| title.value.as_str()),
            status: status.map(|status| &*status.word),
            status_text: record.status_text(),
            state: status.and_then(|status| status.meaning).map(crate::model::Lifecycle::as_str),
            in_force: log.in_force(id),
            date: record.date().map(|date| date.to_string()),
            relations: relations(log, id),
            tags: values(&record.tags),
            decision_makers: values(&record.decision_makers),
            consulted: values(&record.consulted),
            informed: values(&record.informed),
            format: record.format.name,
            published: None,
        }
    }
}

fn relations(log: &Log, id: RecordId) -> Vec<RelationJson<'_>> {
    distinct_relations(log, id)
        .map(|(relation, target)| RelationJson {
            kind: relation.kind.as_str(),
            target: target.map(|target| log.record(target).file.as_str()),
            text: &relation.reference.text,
            url: None,
        })
        .collect()
}

/// The relations of a record, in the order of [`RecordJson::relations`], without repetitions: a relation may be stated
/// in the front matter and in a section.
pub fn distinct_relations(
    log: &Log,
    id: RecordId,
) -> impl Iterator<Item = (&Relation, Option<RecordId>)> {
    let mut known_relations = BTreeSet::new();
    log.relations(id).filter(move |(relation, target)| {
        let other = target.ok_or(relation.reference.text.as_str());
        known_relations.insert((relation.kind.as_str(), other))
    })
}

/// Every relation between two of the records, from the later decision to the earlier one, with the verb. A relation
/// that both records state is listed once.
pub(super) fn edges(log: &Log, ids: &[RecordId]) -> Vec<(RecordId, RecordId, &'static str)> {
    let shown: BTreeSet<RecordId> = ids.iter().copied().collect();
    let mut known_edges = BTreeSet::new();
    let mut edges = Vec::new();
    for id in ids {
        for (relation, target) in log.relations(*id) {
            let Some(target) = target.filter(|target| shown.contains(target) && target != id)
            else {
                continue;
            };
            let is_passive = relation.kind.as_str().ends_with("-by");
            let kind = if is_passive { relation.kind.inverse() } else { relation.kind };
            let (later, earlier) = if is_passive { (target, *id) } else { (*id, target) };
            let is_known_mutual =
                kind.inverse() == kind && known_edges.contains(&(earlier, later, kind));
            if !is_known_mutual && known_edges.insert((later, earlier, kind)) {
                edges.push((later, earlier, kind.as_str()));
            }
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::RecordJson;
    use crate::export::testing;

    /// The relations of each record.
    fn stated_relations(texts: &[(&str, &str)]) -> Vec<String> {
        let log = testing::of(texts);
        let records = log.iter().map(|(id, _)| RecordJson::new(&log, id));
        let relations = records.flat_map(|record| {
            let show = |one: super::RelationJson<'_>| {
                format!("{}: {} {:?} {}", record.file, one.kind, one.target, one.text)
            };
            record.relations.into_iter().map(show).collect::<Vec<_>>()
        });
        relations.collect()
    }

    #[test]
    fn what_is_said_twice_is_shown_once() {
        let text = "---\nsupersedes: [0002, ADR-9]\n---\n# A\n\n## Status\n\nAccepted\n\nSupersedes [2](0002-b.md) and ADR-9. Partially supersedes ADR-2.\n";
        assert_eq!(
            stated_relations(&[("0001-a.md", text), ("0002-b.md", "# 2. B\n")]),
            [
                "0001-a.md: supersedes Some(\"0002-b.md\") 0002",
                "0001-a.md: supersedes None ADR-9",
                "0001-a.md: partially-supersedes Some(\"0002-b.md\") ADR-2",
            ]
        );
    }

    #[test]
    fn another_document_of_the_same_name_is_not_the_record_itself() {
        let text = "# 1. Names\n\nRelated: [the proposal](../done/PROP-012-names.md)\n";
        assert_eq!(
            stated_relations(&[("ADR-001-names.md", text)]),
            ["ADR-001-names.md: relates-to None [the proposal](../done/PROP-012-names.md)"]
        );
    }
}
