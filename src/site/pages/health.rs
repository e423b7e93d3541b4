//! `/health.html`: what the linter says about the log.

use serde::Serialize;
use tera::Context;

use crate::lint::Severity;
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Template("health.html", values) };

/// Where it is, from the root of the site.
pub(crate) const PATH: &str = "health.html";

fn files(site: &Site<'_>) -> Vec<File> {
    site.health.iter().map(|_| File::log(PATH)).collect()
}

/// What one rule found.
#[derive(Serialize)]
struct Line<'s> {
    code: &'static str,
    name: String,
    severity: &'s str,
    count: usize,
    records: Vec<Reference>,
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let lines = site.health.iter().flatten().map(|line| Line {
        code: line.code,
        name: line.name.replace('-', " "),
        severity: site.messages.get(severity(line.severity)),
        count: line.count,
        records: site.references(line.records.iter().copied()),
    });
    let mut context = Context::new();
    context.insert("lines", &lines.collect::<Vec<_>>());
    context.insert("found", &site.health.iter().flatten().map(|line| line.count).sum::<usize>());
    context
}

/// The key of the word for how grave something is.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity_error",
        Severity::Warning => "severity_warning",
        Severity::Info => "severity_info",
    }
}
