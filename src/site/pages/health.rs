//! `/health.html`: what the linter says about the log.

use serde::Serialize;
use tera::Context;

use crate::lint::{Diagnostic, FindingSite as Place, Severity};
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site};
use crate::text::escape;

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Template("health.html", values) };

/// Where it is, from the root of the site.
pub(crate) const PATH: &str = "health.html";

fn files(site: &Site<'_>) -> Vec<File> {
    site.health.iter().map(|_| File::log(PATH)).collect()
}

/// The most findings of one rule that are shown.
const MOST: usize = 500;

/// What one rule found.
#[derive(Serialize)]
struct Line<'s> {
    code: &'static str,
    name: &'static str,
    /// What the rule checks.
    about: tera::Value,
    severity: &'s str,
    count: usize,
    findings: Vec<Found<'s>>,
    /// How many are not shown.
    more: usize,
}

/// One of its findings.
#[derive(Serialize)]
struct Found<'s> {
    /// The record that it stands in.
    record: Option<Reference<'s>>,
    /// Where it stands, where that is no record.
    file: Option<&'s str>,
    /// The line that it stands in, from 1.
    line: Option<usize>,
    /// What is wrong.
    message: tera::Value,
}

/// The words for why a picture is left out, and the keys of the sentences on it.
const WHY: [(&str, &str); 7] = [
    ("untracked", "picture_untracked"),
    ("outside", "picture_outside"),
    ("link", "picture_link"),
    ("kind", "picture_kind"),
    ("large", "picture_large"),
    ("labels", "picture_labels"),
    ("drawing", "picture_drawing"),
];

fn values(site: &Site<'_>, _: &File) -> Context {
    let lines = site.health.iter().flatten().map(|line| Line {
        code: line.rule.code,
        name: line.rule.name,
        about: coded(&line.rule.summary()),
        severity: site.messages.get(severity(line.severity)),
        count: line.findings.len(),
        findings: line.findings.iter().take(MOST).map(|one| found(site, one)).collect(),
        more: line.findings.len().saturating_sub(MOST),
    });
    let why = |word: &str| {
        WHY.iter().find(|(known, _)| *known == word).map_or("", |(_, key)| site.messages.get(key))
    };
    let left_out = site.left_out.iter().map(|(path, word)| (*path, why(word)));
    let mut context = Context::new();
    context.insert("left_out", &left_out.collect::<Vec<_>>());
    context.insert("lines", &lines.collect::<Vec<_>>());
    let count = site.health.iter().flatten().map(|line| line.findings.len()).sum::<usize>();
    context.insert("found", &count);
    context
}

fn found<'s>(site: &'s Site<'_>, one: &'s Diagnostic) -> Found<'s> {
    let message = coded(&one.message);
    let none = Found { record: None, file: None, line: None, message };
    match &one.site {
        Place::Record(id, span) => {
            let line = site.log.record(*id).source.line_column(span.start).line;
            Found { record: Some(site.reference(*id)), line: Some(line), ..none }
        }
        Place::File(file) => Found { file: Some(file), ..none },
        Place::Tracked(..) | Place::Log => none,
    }
}

/// A text of the linter, with what stands between backticks as code.
fn coded(text: &str) -> tera::Value {
    let mut html = String::with_capacity(text.len());
    let mut pieces = text.split('`').peekable();
    let mut is_code = false;
    while let Some(piece) = pieces.next() {
        // A backtick without a second one is one.
        let (before, after) = match (is_code, pieces.peek().is_some()) {
            (true, true) => ("<code>", "</code>"),
            (true, false) => ("`", ""),
            (false, _) => ("", ""),
        };
        html.push_str(before);
        escape(&mut html, piece);
        html.push_str(after);
        is_code = !is_code;
    }
    tera::Value::safe_string(&html)
}

/// The key of the word for how grave something is.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity_error",
        Severity::Warning => "severity_warning",
        Severity::Info => "severity_info",
    }
}

#[cfg(test)]
mod tests {
    use super::coded;

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(coded("a `<b>` & `c").to_string(), "a <code>&lt;b&gt;</code> &amp; `c");
    }
}
