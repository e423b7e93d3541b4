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

/// The words for why a picture is left out, and the keys of the sentences on it.
const WHY: [(&str, &str); 6] = [
    ("untracked", "picture_untracked"),
    ("outside", "picture_outside"),
    ("link", "picture_link"),
    ("kind", "picture_kind"),
    ("large", "picture_large"),
    ("runs", "picture_runs"),
];

fn values(site: &Site<'_>, _: &File) -> Context {
    let lines = site.health.iter().flatten().map(|line| Line {
        code: line.code,
        name: line.name.replace('-', " "),
        severity: site.messages.get(severity(line.severity)),
        count: line.count,
        records: site.references(line.records.iter().copied()),
    });
    let why = |word: &str| {
        WHY.iter().find(|(known, _)| *known == word).map_or("", |(_, key)| site.messages.get(key))
    };
    let left_out = site.left_out.iter().map(|(path, word)| (*path, why(word)));
    let mut context = Context::new();
    context.insert("left_out", &left_out.collect::<Vec<_>>());
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
