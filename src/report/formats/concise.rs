//! `concise`: one finding per line, for terminals, editors and `grep`.

use crate::lint::Diagnostic;
use crate::report::definition::{Input, Report, ReportKind};
use crate::text::{visible, visible_name, without_commands};

/// The report.
pub(super) static REPORT: Report =
    Report { name: "concise", about: "one finding per line", kind: ReportKind::People, render };

fn render(input: &Input<'_>) -> String {
    let lines: String = input.found.iter().map(|one| line(input, one)).collect();
    without_commands(&lines).into_owned()
}

fn line(input: &Input<'_>, one: &Diagnostic) -> String {
    let location = input.context.location(&one.site);
    let path = visible_name(&location.path);
    let position = location.source.map(|source| source.line_column(location.span.start));
    let position =
        position.map_or(String::new(), |start| format!(":{}:{}", start.line, start.column));
    let fix_mark = if one.fix.is_some() { "[*] " } else { "" };
    let (severity, code, message) = (one.severity.as_str(), one.rule.code, visible(&one.message));
    format!("{path}{position}: {severity} {code} {fix_mark}{message}\n")
}
