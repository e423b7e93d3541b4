//! `/decisions/NNNN.html`: one decision.

use serde::Serialize;
use tera::{Context, Value};

use crate::model::RecordId;
use crate::site::links::display_number;
use crate::site::plan::{ChangeKind, Facts, RecordGroup, group_of_value};
use crate::site::record::{RecordText, banner, history, lineage, relations};
use crate::site::{Page, PageFile, PageFill, PageSubject};
use crate::text::{Encoding, Spanned};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Record("record.html", values) };

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let file = |id| PageFile { path: facts.url(id).to_owned(), subject: PageSubject::Record(id) };
    facts.log.iter().map(|(id, _)| file(id)).collect()
}

/// The maximum number of entries in a table of contents; a longer one does not help, and takes more memory
/// than the text.
const MAX_CONTENTS: usize = 1_000;

fn values(facts: &Facts<'_>, text: &RecordText<'_>) -> Context {
    let mut context = Context::new();
    let id = text.id;
    let record = facts.log.record(id);
    let body = facts.body(text);
    let (earlier, later) = facts.log.adjacent(id);
    let mentions = facts.mentions.get(&id).cloned().unwrap_or_default();
    context.insert("label", &facts.address(id).label);
    context.insert("number", &display_number(record));
    context.insert("heading", record.title_or_file());
    context.insert("title_id", &text.markdown.title_id());
    context.insert_value("status", facts.status_value(id).clone());
    context.insert("date", &record.date().map(|date| date.to_string()));
    let review_date = record.review.as_ref().and_then(|review| review.value.date());
    context.insert("review", &review_date.map(|date| date.to_string()));
    context.insert("fields", &fields(facts, id));
    context.insert("file", &record.file);
    context.insert("source", &facts.url_with_extension(id, "md"));
    context.insert("data", &facts.url_with_extension(id, "json"));
    let (path, forge) = (facts.project.path_of(&record.file), facts.project.forge.as_ref());
    context.insert("on_forge", &forge.and_then(|forge| forge.view_url(&path)));
    context.insert("edit", &forge.and_then(|forge| forge.edit_url(&path)));
    context.insert("summary", facts.summary_of(text));
    context.insert("notices", &notices(facts, id));
    context.insert("change", &change_note(facts, id));
    context.insert("changes", super::changes::PATH);
    context.insert("banner", &banner(facts, id));
    context.insert("lineage", &lineage(facts, id));
    let headings = text.markdown.contents().filter(|heading| (2..=3).contains(&heading.level));
    context.insert("contents", &headings.take(MAX_CONTENTS).collect::<Vec<_>>());
    context.insert_value("body", Value::safe_string(body.trim_end()));
    context.insert("relations", &relations(facts, id));
    context.insert("mentions", &facts.links(mentions));
    context.insert("history", &history(facts, id));
    context.insert("earlier", &earlier.map(|id| facts.link(id)));
    context.insert("later", &later.map(|id| facts.link(id)));
    context
}

/// A value of a field, with the page of the records that share it.
#[derive(Serialize)]
struct FieldValue<'s> {
    text: &'s str,
    url: Option<String>,
}

/// The values of a field in a record, the groups of the whole log, and the page of a group.
type FieldSource<'s> =
    (&'s str, &'s [Spanned<String>], &'s [RecordGroup], fn(&RecordGroup) -> String);

/// The people and the tags of a record: the name of each field that has values, and the values.
fn fields<'s>(facts: &'s Facts<'_>, id: RecordId) -> Vec<(&'s str, Vec<FieldValue<'s>>)> {
    let record = facts.log.record(id);
    let sources: [FieldSource<'_>; 4] = [
        ("decision_makers", &record.decision_makers, &facts.people, super::person::path),
        ("consulted", &record.consulted, &[], super::person::path),
        ("informed", &record.informed, &[], super::person::path),
        ("tags", &record.tags, &facts.tags, super::tag::path),
    ];
    let with_values = sources.into_iter().filter(|(_, values, ..)| !values.is_empty());
    with_values
        .map(|(key, values, groups, path)| {
            let value = |value: &'s Spanned<String>| FieldValue {
                text: value.value.trim(),
                url: group_of_value(groups, &value.value).map(path),
            };
            (facts.messages.get(key), values.iter().map(value).collect())
        })
        .collect()
}

/// The note on a record that has changed since the base.
fn change_note<'s>(facts: &'s Facts<'_>, id: RecordId) -> Option<&'s str> {
    let is_new = facts.changes?.of(id)? == ChangeKind::Added;
    Some(facts.messages.get(if is_new { "new_in_change" } else { "changed_in_change" }))
}

/// The problems of the file because of which the page may be incomplete.
fn notices(facts: &Facts<'_>, id: RecordId) -> Vec<String> {
    let record = facts.log.record(id);
    let encoding_notice = match record.source.encoding() {
        Encoding::Utf8 => None,
        Encoding::Lossy { .. } => Some(facts.messages.get("lossy").to_owned()),
        Encoding::Unreadable { reason } => {
            Some(facts.messages.get("unreadable").replace("{reason}", reason))
        }
    };
    let front_matter = record.document.front_matter.as_ref();
    let yaml_fault = front_matter.and_then(|front_matter| front_matter.fault.as_ref());
    let yaml_notice = yaml_fault.map(|fault| {
        let line = record.source.line_column(fault.span.start).line.to_string();
        facts.messages.get("front_matter").replace("{line}", &line)
    });
    encoding_notice.into_iter().chain(yaml_notice).collect()
}
