//! `/decisions/NNNN.html`: one decision.

use serde::Serialize;
use tera::Context;

use crate::model::RecordId;
use crate::site::banner::banner;
use crate::site::changes::Kind;
use crate::site::group::{Group, of_value};
use crate::site::history::history;
use crate::site::lineage::lineage;
use crate::site::reading::Reading;
use crate::site::relation::relations;
use crate::site::view::number;
use crate::site::{File, Fill, Page, Site, Subject};
use crate::text::{Encoding, Spanned};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Record("record.html", values) };

fn files(site: &Site<'_>) -> Vec<File> {
    let all = site.log.iter();
    all.map(|(id, _)| File { path: site.url(id).to_owned(), subject: Subject::Record(id) })
        .collect()
}

/// So many entries a table of contents has at most: one with more is no help, and takes more memory than the text.
const MOST_CONTENTS: usize = 1_000;

fn values(site: &Site<'_>, reading: &Reading<'_>) -> Context {
    let mut context = Context::new();
    let id = reading.id;
    let record = site.log.record(id);
    let body = site.body(reading);
    let (earlier, later) = site.log.adjacent(id);
    let mentions = site.mentions.get(&id).cloned().unwrap_or_default();
    context.insert("label", &site.called(id).label);
    context.insert("number", &number(record));
    context.insert("heading", record.title_or_file());
    context.insert("title_id", &reading.text.title_id());
    context.insert_value("status", site.status_value(id).clone());
    context.insert("date", &record.date().map(|date| date.to_string()));
    let review = record.review.as_ref().and_then(|review| review.value.date());
    context.insert("review", &review.map(|date| date.to_string()));
    context.insert("fields", &fields(site, id));
    context.insert("file", &record.file);
    context.insert("source", &site.beside(id, "md"));
    context.insert("data", &site.beside(id, "json"));
    let path = site.project_path(&record.file);
    context.insert("on_forge", &site.forge.as_ref().and_then(|forge| forge.see(&path)));
    context.insert("edit", &site.forge.as_ref().and_then(|forge| forge.edit(&path)));
    context.insert("summary", site.summary_of(reading));
    context.insert("notices", &notices(site, id));
    context.insert("change", &change(site, id));
    context.insert("changes", super::changes::PATH);
    context.insert("banner", &banner(site, id));
    context.insert("lineage", &lineage(site, id));
    let contents = reading.text.contents().filter(|one| (2..=3).contains(&one.level));
    let contents: Vec<_> = contents.take(MOST_CONTENTS).collect();
    context.insert("contents", &contents);
    context.insert_value("body", tera::Value::safe_string(body.trim_end()));
    context.insert("relations", &relations(site, id));
    context.insert("mentions", &site.references(mentions));
    context.insert("history", &history(site, id));
    context.insert("earlier", &earlier.map(|id| site.reference(id)));
    context.insert("later", &later.map(|id| site.reference(id)));
    context
}

/// A value of a field, with the page of the records that share it.
#[derive(Serialize)]
struct Value<'s> {
    text: &'s str,
    url: Option<String>,
}

/// People and tags: the name of each field that is not empty, and its values.
fn fields<'s>(site: &'s Site<'_>, id: RecordId) -> Vec<(&'s str, Vec<Value<'s>>)> {
    type Field<'s> = (&'s str, &'s [Spanned<String>], &'s [Group], fn(&Group) -> String);
    let record = site.log.record(id);
    let all: [Field<'_>; 4] = [
        ("decision_makers", &record.decision_makers, &site.people, super::person::path),
        ("consulted", &record.consulted, &[], super::person::path),
        ("informed", &record.informed, &[], super::person::path),
        ("tags", &record.tags, &site.tags, super::tag::path),
    ];
    let filled = all.into_iter().filter(|(_, values, ..)| !values.is_empty());
    filled
        .map(|(key, values, groups, path)| {
            let value = |value: &'s Spanned<String>| Value {
                text: value.value.trim(),
                url: of_value(groups, &value.value).map(path),
            };
            (site.messages.get(key), values.iter().map(value).collect())
        })
        .collect()
}

/// Whether the change that the site was built for touches it.
fn change<'s>(site: &'s Site<'_>, id: RecordId) -> Option<&'s str> {
    let is_new = site.changes?.of(id)? == Kind::Added;
    Some(site.messages.get(if is_new { "new_in_change" } else { "changed_in_change" }))
}

/// What is wrong with the file, where the page may lack what it holds.
fn notices(site: &Site<'_>, id: RecordId) -> Vec<String> {
    let record = site.log.record(id);
    let text = match record.source.encoding() {
        Encoding::Utf8 => None,
        Encoding::Lossy { .. } => Some(site.messages.get("lossy").to_owned()),
        Encoding::Unreadable { reason } => {
            Some(site.messages.get("unreadable").replace("{reason}", reason))
        }
    };
    let fault = record.document.front_matter.as_ref().and_then(|front| front.fault.as_ref());
    let fault = fault.map(|fault| {
        let line = record.source.line_column(fault.span.start).line.to_string();
        site.messages.get("front_matter").replace("{line}", &line)
    });
    text.into_iter().chain(fault).collect()
}
