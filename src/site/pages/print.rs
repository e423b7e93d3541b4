//! `/print.html`: all decisions on one page, to be printed or kept.
//!
//! A large log has one or more pages for each year.

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::model::RecordId;
use crate::site::lists::records_by_year;
use crate::site::plan::Facts;
use crate::site::record::{Banner, RecordLink, RecordText, banner};
use crate::site::render::{PageValues, render_parts};
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Long("print.html", values) };

/// The address of the first page, relative to the root of the site.
pub(crate) const PATH: &str = "print.html";

/// A log with at most this many decisions is on one page.
pub(super) const MAX_SINGLE_PAGE: usize = 2_000;

/// The maximum number of decisions on a page of a year.
const MAX_YEAR_PAGE: usize = 500;

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let sheets = print_sheets(facts);
    // Several sheets are listed on a page without records.
    let list = (sheets.len() != 1).then(|| PageFile::log(PATH));
    list.into_iter().chain(sheets.into_iter().map(|sheet| sheet.file)).collect()
}

/// A page with the texts of decisions.
pub(crate) struct PrintSheet {
    pub(crate) file: PageFile,
    /// In log order.
    pub(crate) records: Vec<RecordId>,
}

/// The pages with the texts of decisions: a single one, or several for a large log, oldest year first. Every
/// record is on one of them.
pub(crate) fn print_sheets(facts: &Facts<'_>) -> Vec<PrintSheet> {
    let ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
    if ids.len() <= MAX_SINGLE_PAGE {
        return vec![PrintSheet { file: PageFile::log(PATH), records: ids }];
    }
    let mut sheets = Vec::new();
    for (year, mut records) in records_by_year(facts.log, &ids).into_iter().rev() {
        records.sort_unstable();
        let year_name = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        for (number, records) in (1..).zip(records.chunks(MAX_YEAR_PAGE)) {
            let suffix = if number == 1 { String::new() } else { format!("-{number}") };
            let path = format!("print-{year_name}{suffix}.html");
            let file = PageFile { path, subject: PageSubject::Group(sheets.len()) };
            sheets.push(PrintSheet { file, records: records.to_vec() });
        }
    }
    sheets
}

/// A decision in the table of contents.
#[derive(Serialize)]
struct PrintedTitle<'s> {
    /// The prefix of the record's ids on the page.
    name: &'s str,
    record: RecordLink<'s>,
}

/// A decision on the page.
#[derive(Serialize)]
pub(crate) struct PrintedRecord<'s> {
    name: &'s str,
    record: RecordLink<'s>,
    /// The id of its title.
    anchor: Option<String>,
    date: Option<String>,
    banner: Option<Banner<'s>>,
    body: Value,
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Result<PageValues> {
    let sheets = print_sheets(facts);
    let Some(sheet) = sheets.iter().find(|sheet| sheet.file == *file) else {
        let paths: Vec<&str> = sheets.iter().map(|sheet| sheet.file.path.as_str()).collect();
        return Ok(page_values(Vec::new(), Vec::new(), &paths));
    };
    let records = sheet.records.iter();
    let printed = records.map(|id| facts.read(*id, |text| PrintedRecord::new(facts, text)));
    sheet.values(facts, sheet.records_html(facts, printed)?)
}

impl PrintSheet {
    /// Records of the page as HTML in pieces.
    ///
    /// # Errors
    ///
    /// If a template of the project asks for a value that does not exist.
    pub(crate) fn records_html<'s>(
        &self,
        facts: &Facts<'_>,
        printed: impl Iterator<Item = PrintedRecord<'s>>,
    ) -> Result<Vec<String>> {
        let template = (self.file.path.as_str(), "_printed.html");
        render_parts(&facts.templates, template, Context::new(), printed)
    }

    /// The values of the page, given the HTML of all its records.
    ///
    /// # Errors
    ///
    /// As [`records_html`](Self::records_html).
    pub(crate) fn values(
        &self,
        facts: &Facts<'_>,
        records_html: Vec<String>,
    ) -> Result<PageValues> {
        let title =
            |id: &RecordId| PrintedTitle { name: facts.page_name(*id), record: facts.link(*id) };
        let template = (self.file.path.as_str(), "_printed_titles.html");
        let titles = self.records.iter().map(title);
        let titles = render_parts(&facts.templates, template, Context::new(), titles)?;
        Ok(page_values(titles, records_html, &[]))
    }
}

/// The values of a page: the HTML of records and their titles, or the paths of the pages that have them.
fn page_values(titles: Vec<String>, records: Vec<String>, parts: &[&str]) -> PageValues {
    let mut values = PageValues::default();
    let (titles, records) = (values.add_part(titles), values.add_part(records));
    values.context.insert_value("titles", titles);
    values.context.insert_value("records", records);
    values.context.insert("parts", parts);
    values
}

impl<'s> PrintedRecord<'s> {
    pub(crate) fn new(facts: &'s Facts<'_>, text: &RecordText<'_>) -> Self {
        let id = text.id;
        // On a page with a part of the log, a linked record may be on another page.
        let is_whole = facts.log.records().len() <= MAX_SINGLE_PAGE;
        let body = facts.nested_body(text, is_whole);
        let name = facts.page_name(id);
        Self {
            anchor: text.markdown.title_id().map(|anchor| format!("{name}-{anchor}")),
            name,
            record: facts.link(id),
            date: facts.log.record(id).date().map(|date| date.to_string()),
            banner: banner(facts, id),
            body: Value::safe_string(body.trim_end()),
        }
    }
}
