//! `rdjson`: Reviewdog Diagnostic Format, which reviewdog brings to any forge.

use serde::Serialize;

use super::region::line_at;
use super::{Input, Kind, Report};
use crate::lint::{Diagnostic, FindingSite, Fix, Severity};
use crate::text::{Change, Source, Span};

/// See the module.
pub(super) static REPORT: Report =
    Report { name: "rdjson", about: "for reviewdog", kind: Kind::Json, render };

#[derive(Serialize)]
struct Document<'a> {
    source: Tool,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

/// The end is the place behind the last byte.
#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// Counted from 1, columns in bytes of UTF-8.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

fn render(input: &Input<'_>) -> String {
    let diagnostics = input.found.iter().map(|one| finding(input, one)).collect();
    let document = Document { source: Tool { name: "adr lint" }, diagnostics };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn finding<'a>(input: &Input<'_>, one: &'a Diagnostic) -> Finding<'a> {
    let related = one.related.iter().map(|other| {
        let site = FindingSite::Record(other.record, other.span);
        Related { message: &other.message, location: location(input, &site) }
    });
    let mut message = one.message.clone();
    if let Some(help) = &one.help {
        message = message + "\n" + help;
    }
    Finding {
        message,
        location: location(input, &one.site),
        severity: match one.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: one.rule.code, url: one.rule.url() },
        suggestions: one
            .fix
            .as_ref()
            .and_then(|fix| suggestion(input, one, fix))
            .into_iter()
            .collect(),
        related_locations: related.collect(),
    }
}

fn location(input: &Input<'_>, site: &FindingSite) -> Location {
    let place = input.context.location(site);
    let range = place.source.map(|source| range(source, place.span));
    Location { path: input.path(site), range }
}

/// The fix as one new text for one part of the file of the finding. Suggestions are taken or left
/// one by one, so that the edits of a fix must not be several of them; and no suggestion reaches
/// into another file.
fn suggestion(input: &Input<'_>, one: &Diagnostic, fix: &Fix) -> Option<Suggestion> {
    let source = input.context.location(&one.site).source?;
    let [Change::Edit { path, edits }] = fix.changes.as_slice() else { return None };
    if path != source.path() {
        return None;
    }
    let whole = edits.iter().map(|edit| edit.span).reduce(Span::to)?;
    let after = source.text().get(whole.end..)?.len();
    let mended = source.edited(edits).ok()?;
    let text = mended.get(whole.start..mended.len().checked_sub(after)?)?;
    Some(Suggestion { range: range(source, whole), text: text.to_owned() })
}

fn range(source: &Source, span: Span) -> Range {
    let at = |offset: usize| Position {
        line: source.line_column(offset).line,
        column: offset - line_at(source, offset).0.min(offset) + 1,
    };
    Range { start: at(span.start), end: at(span.end) }
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
{"message":"ADR-0001 has the date `2025-02-30`, a day that does not exist/nwrite the day of the decision as YYYY-MM-DD","location":{"path":"team/docs/adr/0001-use-kafka.md","range":{"start":{"line":3,"column":7},"end":{"line":3,"column":17}}},"severity":"ERROR","code":{"value":"ADR207"}}
{"message":"ADR-0001 links to `0002-nats.md`, which is not there/nADR-0002 is now in `0002-use-nats.md`","location":{"path":"team/docs/adr/0001-use-kafka.md","range":{"start":{"line":11,"column":19},"end":{"line":11,"column":31}}},"severity":"ERROR","code":{"value":"ADR409"},"suggestions":[{"range":{"start":{"line":11,"column":19},"end":{"line":11,"column":31}},"text":"0002-use-nats.md"}]}
{"message":"ADR-0002 spells `Supercedes`","location":{"path":"team/docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":11}}},"severity":"INFO","code":{"value":"ADR212"},"suggestions":[{"range":{"start":{"line":9,"column":1},"end":{"line":9,"column":9}},"text":"Supersed"}]}
{"message":"ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so/nadd /"superseded by ADR-0002/" to ADR-0001","location":{"path":"team/docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":45}}},"severity":"ERROR","code":{"value":"ADR402"},"related_locations":[{"message":"ADR-0001 reads /"accepted/"","location":{"path":"team/docs/adr/0001-use-kafka.md","range":{"start":{"line":7,"column":1},"end":{"line":7,"column":9}}}}]}
"#]]
        );
    }
}
