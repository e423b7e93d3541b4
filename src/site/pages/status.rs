//! `/status/WORD.html`: the decisions with one status.

use tera::Context;

use super::feed;
use super::index::{filters, sections_of};
use crate::Result;
use crate::model::{Lifecycle, RecordId};
use crate::site::group::Group;
use crate::site::view::Row;
use crate::site::{File, Fill, Page, Site, Subject, Values};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Long("status.html", values) };

/// The address of the page of a status, from the root of the site.
pub(super) fn path(group: &Group) -> String {
    format!("status/{}.html", group.name)
}

fn files(site: &Site<'_>) -> Vec<File> {
    let all = site.statuses.iter().enumerate();
    all.map(|(at, group)| File { path: path(group), subject: Subject::Group(at) }).collect()
}

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    let mut values = Values::default();
    let Subject::Group(at) = file.subject else { return Ok(values) };
    let records = site.statuses.get(at).map(|group| group.records.as_slice()).unwrap_or_default();
    // All have the same status, which a row need not say; and there is more to say than in other lists.
    let row = |id: &RecordId| Row { note: note(site, *id), ..site.row(*id) };
    let sections = sections_of(site, &mut values, records, |ids| {
        let mut common = Context::new();
        common.insert("alike", &true);
        site.parts((file, "_rows.html"), common, ids.iter().map(row))
    })?;
    let context = &mut values.context;
    filters(site, context);
    context.insert("groups", &sections);
    let status = records.first().map(|id| site.status(*id));
    let feed = records.first().and_then(|id| feed::of_status(site, site.log.record(*id).status()?));
    context.insert("feed", &feed);
    context.insert("status", &status);
    context.insert("count", &records.len());
    Ok(values)
}

/// What a reader of this list asks first: why something was rejected, until when a proposal is open.
fn note(site: &Site<'_>, id: RecordId) -> Option<String> {
    let record = site.log.record(id);
    match record.status()?.meaning? {
        Lifecycle::Rejected => {
            Some(site.summary(id).to_owned()).filter(|summary| !summary.is_empty())
        }
        Lifecycle::Proposed => {
            let date = record.review.as_ref()?.value.date()?;
            Some(format!("{}: {date}", site.messages.get("review_by")))
        }
        _ => None,
    }
}
