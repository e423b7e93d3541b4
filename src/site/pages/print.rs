//! `/print.html`: all decisions one after the other, to be printed or kept as one file. A large
//! log has a page for each year, or several.

use serde::Serialize;
use tera::Context;

use crate::Result;
use crate::model::RecordId;
use crate::site::banner::{Banner, banner};
use crate::site::group::by_year;
use crate::site::reading::Reading;
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site, Subject, Values};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Long("print.html", values) };

/// Where the first of them is, from the root of the site.
pub(crate) const PATH: &str = "print.html";

/// The most decisions on one page.
pub(crate) const WHOLE: usize = 2_000;

/// The most decisions of a year on one page.
const PART: usize = 500;

fn files(site: &Site<'_>) -> Vec<File> {
    let sheets = sheets(site);
    // Where there are several, they are listed on a page without records.
    let list = (sheets.len() != 1).then(|| File::log(PATH));
    list.into_iter().chain(sheets.into_iter().map(|sheet| sheet.file)).collect()
}

/// A page with decisions on it.
pub(crate) struct Sheet {
    pub(crate) file: File,
    /// In the order of the log.
    pub(crate) records: Vec<RecordId>,
}

/// The pages with decisions on them: one with all, or those of a large log, the oldest year first. Every
/// record is on one of them.
pub(crate) fn sheets(site: &Site<'_>) -> Vec<Sheet> {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    if ids.len() <= WHOLE {
        return vec![Sheet { file: File::log(PATH), records: ids }];
    }
    let mut sheets = Vec::new();
    for (year, mut records) in by_year(site.log, &ids).into_iter().rev() {
        records.sort_unstable();
        let name = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        for (at, records) in (1..).zip(records.chunks(PART)) {
            let number = if at == 1 { String::new() } else { format!("-{at}") };
            let path = format!("print-{name}{number}.html");
            let file = File { path, subject: Subject::Group(sheets.len()) };
            sheets.push(Sheet { file, records: records.to_vec() });
        }
    }
    sheets
}

/// A decision among the contents of the page.
#[derive(Serialize)]
struct Title<'s> {
    /// What the ids of the record begin with on the page.
    name: &'s str,
    record: Reference<'s>,
}

/// A decision on the page.
#[derive(Serialize)]
pub(crate) struct Printed<'s> {
    name: &'s str,
    record: Reference<'s>,
    /// Where links to its title lead.
    anchor: Option<String>,
    date: Option<String>,
    banner: Option<Banner<'s>>,
    body: tera::Value,
}

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    let sheets = sheets(site);
    let Some(sheet) = sheets.iter().find(|sheet| sheet.file == *file) else {
        let paths: Vec<&str> = sheets.iter().map(|sheet| sheet.file.path.as_str()).collect();
        return Ok(filled(Vec::new(), Vec::new(), &paths));
    };
    let records = sheet.records.iter();
    let printed = records.map(|id| site.read(*id, |reading| printed(site, reading)));
    sheet.filled(site, sheet.together(site, printed)?)
}

impl Sheet {
    /// Records of the page, one after the other, as HTML in pieces.
    ///
    /// # Errors
    ///
    /// Where a template of the project asks for a value that is not there.
    pub(crate) fn together<'s>(
        &self,
        site: &Site<'_>,
        printed: impl Iterator<Item = Printed<'s>>,
    ) -> Result<Vec<String>> {
        site.parts((&self.file, "_printed.html"), Context::new(), printed)
    }

    /// What the page shows whose records are `together`.
    ///
    /// # Errors
    ///
    /// As [`together`](Self::together).
    pub(crate) fn filled(&self, site: &Site<'_>, together: Vec<String>) -> Result<Values> {
        let records = self.records.iter();
        let titles = records.map(|id| Title { name: site.name(*id), record: site.reference(*id) });
        let titles = site.parts((&self.file, "_printed_titles.html"), Context::new(), titles)?;
        Ok(filled(titles, together, &[]))
    }
}

/// What the template sees: records and their titles as HTML, or the paths of the pages that have them.
fn filled(titles: Vec<String>, records: Vec<String>, parts: &[&str]) -> Values {
    let mut values = Values::default();
    let (titles, records) = (values.part(titles), values.part(records));
    values.context.insert_value("titles", titles);
    values.context.insert_value("records", records);
    values.context.insert("parts", parts);
    values
}

/// A record as such a page shows it.
pub(crate) fn printed<'s>(site: &'s Site<'_>, reading: &Reading<'_>) -> Printed<'s> {
    let id = reading.id;
    let body = site.nested_body(reading);
    let name = site.name(id);
    Printed {
        anchor: reading.text.title_id().map(|anchor| format!("{name}-{anchor}")),
        name,
        record: site.reference(id),
        date: site.log.record(id).date().map(|date| date.to_string()),
        banner: banner(site, id),
        body: tera::Value::safe_string(body.trim_end()),
    }
}
