//! `rdjson`: Reviewdog Diagnostic Format, which reviewdog shows in any forge.

use serde::Serialize;

use crate::lint::{Diagnostic, FindingSite, Fix, Severity};
use crate::report::definition::{Input, Report, ReportKind};
use crate::report::region::line_at;
use crate::text::{Change, Source, Span};

/// The report.
pub(super) static REPORT: Report =
    Report { name: "rdjson", about: "for reviewdog", kind: ReportKind::Json, render };

#[derive(Serialize)]
struct RdjsonReport<'a> {
    source: RdjsonTool,
    diagnostics: Vec<RdjsonFinding<'a>>,
}

#[derive(Serialize)]
struct RdjsonTool {
    name: &'static str,
}

#[derive(Serialize)]
struct RdjsonFinding<'a> {
    message: String,
    location: RdjsonLocation,
    severity: &'static str,
    code: RdjsonCode,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<RdjsonSuggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RdjsonRelated<'a>>,
}

#[derive(Serialize)]
struct RdjsonCode {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct RdjsonLocation {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RdjsonRange>,
}

#[derive(Serialize)]
struct RdjsonRelated<'a> {
    message: &'a str,
    location: RdjsonLocation,
}

#[derive(Serialize)]
struct RdjsonSuggestion {
    range: RdjsonRange,
    text: String,
}

/// The end is the position after the last byte.
#[derive(Serialize)]
struct RdjsonRange {
    start: RdjsonPosition,
    end: RdjsonPosition,
}

/// Counted from 1, columns in bytes of UTF-8.
#[derive(Serialize)]
struct RdjsonPosition {
    line: usize,
    column: usize,
}

fn render(input: &Input<'_>) -> String {
    let diagnostics = input.found.iter().map(|one| rdjson_finding(input, one)).collect();
    let report = RdjsonReport { source: RdjsonTool { name: "adr lint" }, diagnostics };
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn rdjson_finding<'a>(input: &Input<'_>, one: &'a Diagnostic) -> RdjsonFinding<'a> {
    let related = one.related.iter().map(|related| {
        let site = FindingSite::Record(related.record, related.span);
        RdjsonRelated { message: &related.message, location: rdjson_location(input, &site) }
    });
    let mut message = one.message.clone();
    if let Some(help) = &one.help {
        message = message + "\n" + help;
    }
    let suggestion = one.fix.as_ref().and_then(|fix| suggestion(input, one, fix));
    RdjsonFinding {
        message,
        location: rdjson_location(input, &one.site),
        severity: match one.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: RdjsonCode { value: one.rule.code, url: one.rule.url() },
        suggestions: suggestion.into_iter().collect(),
        related_locations: related.collect(),
    }
}

fn rdjson_location(input: &Input<'_>, site: &FindingSite) -> RdjsonLocation {
    let location = input.context.location(site);
    let range = location.source.map(|source| rdjson_range(source, location.span));
    RdjsonLocation { path: input.path(site), range }
}

/// The fix as one replacement in the file of the finding. Reviewers accept suggestions one by one, so that the edits
/// of a fix cannot be several suggestions; and a suggestion cannot change another file.
fn suggestion(input: &Input<'_>, one: &Diagnostic, fix: &Fix) -> Option<RdjsonSuggestion> {
    let source = input.context.location(&one.site).source?;
    let [Change::Edit { path, edits }] = fix.changes.as_slice() else { return None };
    if path != source.path() {
        return None;
    }
    let replaced = edits.iter().map(|edit| edit.span).reduce(Span::to)?;
    let length_after = source.text().get(replaced.end..)?.len();
    let fixed = source.edited(edits).ok()?;
    let text = fixed.get(replaced.start..fixed.len().checked_sub(length_after)?)?;
    Some(RdjsonSuggestion { range: rdjson_range(source, replaced), text: text.to_owned() })
}

fn rdjson_range(source: &Source, span: Span) -> RdjsonRange {
    let position = |offset: usize| RdjsonPosition {
        line: source.line_column(offset).line,
        column: offset - line_at(source, offset).0.min(offset) + 1,
    };
    RdjsonRange { start: position(span.start), end: position(span.end) }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::REPORT;
    use crate::report::testing::lines;

    #[test]
    fn columns_are_bytes_and_fixes_are_suggestions() {
        snapbox::assert_data_eq!(
            lines(&REPORT, "/diagnostics"),
            str![[r#"
{"source":{"name":"adr lint"},"diagnostics":"…"}
{"message":"ADR-0001 has the date `2025-02-30`, which does not exist/nwrite the date of the decision as YYYY-MM-DD","location":{"path":"team/docs/adr/0001-use-kafka.md","range":{"start":{"line":3,"column":7},"end":{"line":3,"column":17}}},"severity":"ERROR","code":{"value":"ADR207"}}
{"message":"ADR-0001 links to `0002-nats.md`, which does not exist/nADR-0002 is now in `0002-use-nats.md`","location":{"path":"team/docs/adr/0001-use-kafka.md","range":{"start":{"line":11,"column":19},"end":{"line":11,"column":31}}},"severity":"ERROR","code":{"value":"ADR409"},"suggestions":[{"range":{"start":{"line":11,"column":19},"end":{"line":11,"column":31}},"text":"0002-use-nats.md"}]}
{"message":"`Supercedes` in ADR-0002 is misspelled","location":{"path":"team/docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":11}}},"severity":"INFO","code":{"value":"ADR212"},"suggestions":[{"range":{"start":{"line":9,"column":1},"end":{"line":9,"column":9}},"text":"Supersed"}]}
{"message":"ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so/nadd /"superseded by ADR-0002/" to ADR-0001","location":{"path":"team/docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":45}}},"severity":"ERROR","code":{"value":"ADR402"},"related_locations":[{"message":"ADR-0001 reads /"accepted/"","location":{"path":"team/docs/adr/0001-use-kafka.md","range":{"start":{"line":7,"column":1},"end":{"line":7,"column":9}}}}]}
"#]]
        );
    }
}
