//! `/print.html`: all decisions one after the other, to be printed or kept as one file. A large
//! log has a page for each year.

use serde::Serialize;
use tera::Context;

use crate::model::RecordId;
use crate::site::banner::{Banner, banner};
use crate::site::group::by_year;
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Template("print.html", values) };

/// Where the first of them is, from the root of the site.
pub(crate) const PATH: &str = "print.html";

/// The most decisions on one page.
pub(crate) const WHOLE: usize = 2_000;

fn files(site: &Site<'_>) -> Vec<File> {
    let years = years(site).len();
    let first = std::iter::once(File::log(PATH));
    let years = (0..years).map(|at| File { path: of_year(site, at), subject: Subject::Group(at) });
    first.chain(years).collect()
}

/// The years of a large log, the oldest first, with their records.
fn years(site: &Site<'_>) -> Vec<(Option<i16>, Vec<RecordId>)> {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    if ids.len() <= WHOLE {
        return Vec::new();
    }
    let mut years = by_year(site.log, &ids);
    years.reverse();
    years
}

fn of_year(site: &Site<'_>, at: usize) -> String {
    let year = years(site).get(at).and_then(|(year, _)| *year);
    year.map_or_else(|| format!("print-{at}-undated.html"), |year| format!("print-{year}.html"))
}

/// A decision on the page.
#[derive(Serialize)]
struct Printed {
    name: String,
    /// Where links to its title lead.
    anchor: Option<String>,
    record: Reference,
    date: Option<String>,
    banner: Option<Banner>,
    body: tera::Value,
}

fn values(site: &Site<'_>, file: &File) -> Context {
    let years = years(site);
    let ids: Vec<RecordId> = match file.subject {
        Subject::Group(at) => years.get(at).map(|(_, ids)| ids.clone()).unwrap_or_default(),
        _ if years.is_empty() => site.log.iter().map(|(id, _)| id).collect(),
        _ => Vec::new(),
    };
    let printed = ids.iter().map(|id| (id, site.nested_body(*id)));
    let printed = printed.map(|(id, body)| Printed {
        anchor: body
            .title_id
            .map(|anchor| format!("{}-{anchor}", site.names.get(id).map_or("", String::as_str))),
        name: site.names.get(id).cloned().unwrap_or_default(),
        record: site.reference(*id),
        date: site.log.record(*id).date().map(|date| date.to_string()),
        banner: banner(site, *id),
        body: tera::Value::safe_string(body.html.trim_end()),
    });
    let parts: Vec<_> = match file.subject {
        Subject::Group(_) => Vec::new(),
        _ => (0..years.len()).map(|at| of_year(site, at)).collect(),
    };
    let mut context = Context::new();
    context.insert("records", &printed.collect::<Vec<_>>());
    context.insert("parts", &parts);
    context
}
