//! `/print.html`: all decisions one after the other, to be printed or kept as one file. A large
//! log has a page for each year, or several.

use serde::Serialize;
use tera::Context;

use crate::Result;
use crate::model::RecordId;
use crate::site::banner::{Banner, banner};
use crate::site::group::by_year;
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Long("print.html", values) };

/// Where the first of them is, from the root of the site.
pub(crate) const PATH: &str = "print.html";

/// The most decisions on one page.
pub(crate) const WHOLE: usize = 2_000;

/// The most decisions of a year on one page.
const PART: usize = 500;

fn files(site: &Site<'_>) -> Vec<File> {
    let first = std::iter::once(File::log(PATH));
    let parts = parts(site).into_iter().enumerate();
    let parts = parts.map(|(at, part)| File { path: part.path, subject: Subject::Group(at) });
    first.chain(parts).collect()
}

/// A page of a large log.
struct Part {
    path: String,
    /// In the order of the log.
    records: Vec<RecordId>,
}

/// The pages of a large log, the oldest year first; none where the log is small.
fn parts(site: &Site<'_>) -> Vec<Part> {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    if ids.len() <= WHOLE {
        return Vec::new();
    }
    let mut parts = Vec::new();
    for (year, mut records) in by_year(site.log, &ids).into_iter().rev() {
        records.sort_unstable();
        let name = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        for (at, records) in (1..).zip(records.chunks(PART)) {
            let number = if at == 1 { String::new() } else { format!("-{at}") };
            let path = format!("print-{name}{number}.html");
            parts.push(Part { path, records: records.to_vec() });
        }
    }
    parts
}

/// A decision among the contents of the page.
#[derive(Serialize)]
struct Title {
    name: String,
    record: Reference,
}

/// A decision on the page.
#[derive(Serialize)]
struct Printed {
    name: String,
    record: Reference,
    /// Where links to its title lead.
    anchor: Option<String>,
    date: Option<String>,
    banner: Option<Banner>,
    body: tera::Value,
}

fn values(site: &Site<'_>, file: &File) -> Result<Context> {
    let parts = parts(site);
    let ids: Vec<RecordId> = match file.subject {
        Subject::Group(at) => parts.get(at).map(|part| part.records.clone()).unwrap_or_default(),
        _ if parts.is_empty() => site.log.iter().map(|(id, _)| id).collect(),
        _ => Vec::new(),
    };
    let titles = ids.iter().map(|id| Title { name: name(site, *id), record: site.reference(*id) });
    let titles = site.parts((file, "_printed_titles.html"), Context::new(), titles)?;
    let printed = ids.iter().map(|id| printed(site, *id));
    let printed = site.parts((file, "_printed.html"), Context::new(), printed)?;
    let parts: Vec<_> = match file.subject {
        Subject::Group(_) => Vec::new(),
        _ => parts.into_iter().map(|part| part.path).collect(),
    };
    let mut context = Context::new();
    context.insert("titles", &titles);
    context.insert("records", &printed);
    context.insert("parts", &parts);
    Ok(context)
}

/// What the ids of a record begin with on the page.
fn name(site: &Site<'_>, id: RecordId) -> String {
    site.names.get(&id).cloned().unwrap_or_default()
}

fn printed(site: &Site<'_>, id: RecordId) -> Printed {
    let body = site.nested_body(id);
    let name = name(site, id);
    Printed {
        anchor: body.title_id.map(|anchor| format!("{name}-{anchor}")),
        name,
        record: site.reference(id),
        date: site.log.record(id).date().map(|date| date.to_string()),
        banner: banner(site, id),
        body: tera::Value::safe_string(body.html.trim_end()),
    }
}
