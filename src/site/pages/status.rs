//! `/status/WORD.html`: the decisions with one status.

use tera::Context;

use super::feed;
use crate::Result;
use crate::model::{Lifecycle, RecordId};
use crate::site::lists::{insert_status_filters, list_sections_with};
use crate::site::plan::{Facts, RecordGroup};
use crate::site::record::ListRow;
use crate::site::render::{PageValues, render_parts};
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Long("status.html", values) };

/// The address of the page of a status, relative to the root of the site.
pub(super) fn path(group: &RecordGroup) -> String {
    format!("status/{}.html", group.name)
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let file = |(index, group)| PageFile { path: path(group), subject: PageSubject::Group(index) };
    facts.statuses.iter().enumerate().map(file).collect()
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Result<PageValues> {
    let mut values = PageValues::default();
    let PageSubject::Group(index) = file.subject else { return Ok(values) };
    let group = facts.statuses.get(index);
    let records = group.map(|group| group.records.as_slice()).unwrap_or_default();
    // The rows need no status, since it is the same for all; instead, they have notes.
    let row = |id: &RecordId| ListRow { note: note(facts, *id), ..facts.row(*id) };
    let template = (file.path.as_str(), "_rows.html");
    let sections = list_sections_with(facts, &mut values, records, |ids| {
        let mut common = Context::new();
        common.insert("alike", &true);
        render_parts(&facts.templates, template, common, ids.iter().map(row))
    })?;
    let context = &mut values.context;
    insert_status_filters(context, facts, path);
    context.insert("groups", &sections);
    let first = records.first();
    let feed_path =
        first.and_then(|id| feed::path_of_status(facts, facts.log.record(*id).status()?));
    context.insert("feed", &feed_path);
    context.insert("status", &first.map(|id| facts.status(*id)));
    context.insert("count", &records.len());
    Ok(values)
}

/// What readers of this list want to know first: why a decision was rejected, or until when a proposal is open.
fn note(facts: &Facts<'_>, id: RecordId) -> Option<String> {
    let record = facts.log.record(id);
    match record.status()?.meaning? {
        Lifecycle::Rejected => {
            Some(facts.summary(id).to_owned()).filter(|summary| !summary.is_empty())
        }
        Lifecycle::Proposed => {
            let date = record.review.as_ref()?.value.date()?;
            Some(format!("{}: {date}", facts.messages.get("review_by")))
        }
        _ => None,
    }
}
