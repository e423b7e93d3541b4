//! `/health.html`: the findings of the linter.

use serde::Serialize;
use tera::Context;

use crate::lint::{Diagnostic, FindingSite, Severity};
use crate::site::plan::Facts;
use crate::site::record::RecordLink;
use crate::site::{Page, PageFile, PageFill};
use crate::text::escape;

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Template("health.html", values) };

/// Its address, relative to the root of the site.
pub(crate) const PATH: &str = "health.html";

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    facts.findings.iter().map(|_| PageFile::log(PATH)).collect()
}

/// The maximum number of findings of a rule on the page.
const MAX_FINDINGS: usize = 500;

/// The findings of a rule.
#[derive(Serialize)]
struct RuleFindingsView<'s> {
    code: &'static str,
    name: &'static str,
    /// The summary of the rule.
    about: tera::Value,
    severity: &'s str,
    count: usize,
    findings: Vec<FindingView<'s>>,
    /// The number of findings that are not shown.
    more: usize,
}

/// A finding.
#[derive(Serialize)]
struct FindingView<'s> {
    record: Option<RecordLink<'s>>,
    /// The file, if it is not a record.
    file: Option<&'s str>,
    /// The line in the record, from 1.
    line: Option<usize>,
    message: tera::Value,
}

/// The reasons for leaving out a picture, and the keys of their messages.
const PICTURE_REASONS: [(&str, &str); 7] = [
    ("untracked", "picture_untracked"),
    ("outside", "picture_outside"),
    ("link", "picture_link"),
    ("kind", "picture_kind"),
    ("large", "picture_large"),
    ("labels", "picture_labels"),
    ("drawing", "picture_drawing"),
];

fn values(facts: &Facts<'_>, _: &PageFile) -> Context {
    let by_rule = || facts.findings.iter().flatten();
    let views = by_rule().map(|rule_findings| {
        let (rule, findings) = (rule_findings.rule, &rule_findings.findings);
        let shown = findings.iter().take(MAX_FINDINGS);
        RuleFindingsView {
            code: rule.code,
            name: rule.name,
            about: with_code(&rule.summary()),
            severity: facts.messages.get(severity_key(rule_findings.severity)),
            count: findings.len(),
            findings: shown.map(|finding| finding_view(facts, finding)).collect(),
            more: findings.len().saturating_sub(MAX_FINDINGS),
        }
    });
    let reason_text = |reason: &str| {
        let key = PICTURE_REASONS.iter().find(|(known, _)| *known == reason);
        key.map_or("", |(_, key)| facts.messages.get(key))
    };
    let left_out = facts.pictures.left_out.iter();
    let left_out = left_out.map(|(path, reason)| (*path, reason_text(reason)));
    let mut context = Context::new();
    context.insert("left_out", &left_out.collect::<Vec<_>>());
    context.insert("lines", &views.collect::<Vec<_>>());
    let count = by_rule().map(|rule_findings| rule_findings.findings.len()).sum::<usize>();
    context.insert("found", &count);
    context
}

fn finding_view<'s>(facts: &'s Facts<'_>, finding: &'s Diagnostic) -> FindingView<'s> {
    let message = with_code(&finding.message);
    let view = FindingView { record: None, file: None, line: None, message };
    match &finding.site {
        FindingSite::Record(id, span) => {
            let line = facts.log.record(*id).source.line_column(span.start).line;
            FindingView { record: Some(facts.link(*id)), line: Some(line), ..view }
        }
        FindingSite::File(file) => FindingView { file: Some(file), ..view },
        FindingSite::Tracked(..) | FindingSite::Log => view,
    }
}

/// A message of the linter as HTML, with the text between backticks as code.
fn with_code(text: &str) -> tera::Value {
    let mut html = String::with_capacity(text.len());
    let mut pieces = text.split('`').peekable();
    let mut is_code = false;
    while let Some(piece) = pieces.next() {
        // The last backtick is a plain one if it has no partner.
        let (prefix, suffix) = match (is_code, pieces.peek().is_some()) {
            (true, true) => ("<code>", "</code>"),
            (true, false) => ("`", ""),
            (false, _) => ("", ""),
        };
        html.push_str(prefix);
        escape(&mut html, piece);
        html.push_str(suffix);
        is_code = !is_code;
    }
    tera::Value::safe_string(&html)
}

/// The key of the message for a severity.
fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity_error",
        Severity::Warning => "severity_warning",
        Severity::Info => "severity_info",
    }
}

#[cfg(test)]
mod tests {
    use super::with_code;

    #[test]
    fn text_between_backticks_is_code() {
        assert_eq!(with_code("a `<b>` & `c").to_string(), "a <code>&lt;b&gt;</code> &amp; `c");
    }
}
