//! `concise`: a finding a line, for terminals, editors and `grep`.

use super::{Input, Kind, Report};
use crate::lint::Diagnostic;
use crate::text::{visible, visible_name, without_commands};

/// See the module.
pub(super) static REPORT: Report =
    Report { name: "concise", about: "a finding a line", kind: Kind::People, render };

fn render(input: &Input<'_>) -> String {
    let lines: String = input.found.iter().map(|one| line(input, one)).collect();
    without_commands(&lines).into_owned()
}

fn line(input: &Input<'_>, one: &Diagnostic) -> String {
    let place = input.context.location(&one.site);
    let path = visible_name(&place.path);
    let at = place.source.map(|source| source.line_column(place.span.start));
    let at = at.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    let fix = if one.fix.is_some() { "[*] " } else { "" };
    let (severity, code, message) = (one.severity.as_str(), one.rule.code, visible(&one.message));
    format!("{path}{at}: {severity} {code} {fix}{message}\n")
}
