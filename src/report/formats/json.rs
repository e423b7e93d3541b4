//! `json`: all data of the findings, as one document.

use serde::Serialize;

use crate::lint::{Context, Diagnostic, FindingSite, Fix, Location, Severity};
use crate::report::definition::{Input, Report, ReportKind};
use crate::text::{Change, Edit, Source, Span};

/// The report.
pub(super) static REPORT: Report =
    Report { name: "json", about: "one JSON document", kind: ReportKind::Json, render };

/// Raised when a field changes its meaning or is removed. New fields do not raise it.
pub(super) const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonReport<'a> {
    schema_version: u32,
    diagnostics: Vec<JsonFinding<'a>>,
    summary: JsonSummary,
}

#[derive(Serialize)]
struct JsonSummary {
    records: usize,
    error: usize,
    warning: usize,
    info: usize,
    fixable: usize,
}

#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    path: String,
    /// `null` for a finding on the log as a whole, or on a file that is not a record.
    range: Option<JsonRange>,
    label: Option<&'a str>,
    related: Vec<JsonRelated<'a>>,
    help: Option<&'a str>,
    fix: Option<JsonFix<'a>>,
    url: Option<String>,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    path: String,
    range: Option<JsonRange>,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    safety: &'static str,
    title: &'a str,
    edits: Vec<JsonEdit>,
    /// Files that are renamed after their edits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    renames: Vec<JsonRename>,
}

#[derive(Serialize)]
struct JsonRename {
    path: String,
    to: String,
}

#[derive(Serialize)]
struct JsonEdit {
    path: String,
    /// What is replaced; `null` for a new file.
    range: Option<JsonRange>,
    text: String,
}

/// The end is the position after the last character.
#[derive(Serialize)]
struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

/// Counted from 1, columns in Unicode scalar values.
#[derive(Serialize)]
struct JsonPosition {
    line: usize,
    column: usize,
}

fn render(input: &Input<'_>) -> String {
    let count = |severity| input.found.iter().filter(|one| one.severity == severity).count();
    let report = JsonReport {
        schema_version: SCHEMA_VERSION,
        diagnostics: input.found.iter().map(|one| json_finding(input.context, one)).collect(),
        summary: JsonSummary {
            records: input.context.log.records().len(),
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            fixable: input.found.iter().filter(|one| one.fix.is_some()).count(),
        },
    };
    // Serializing strings and numbers cannot fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

pub(super) fn json_finding<'a>(context: &'a Context<'_>, one: &'a Diagnostic) -> JsonFinding<'a> {
    let location = context.location(&one.site);
    let related = one.related.iter().map(|related| {
        let location = context.location(&FindingSite::Record(related.record, related.span));
        JsonRelated { range: range(&location), path: location.path, message: &related.message }
    });
    JsonFinding {
        code: one.rule.code,
        name: one.rule.name,
        severity: one.severity.as_str(),
        message: &one.message,
        range: range(&location),
        path: location.path,
        label: one.label.as_deref(),
        related: related.collect(),
        help: one.help.as_deref(),
        fix: one.fix.as_ref().map(|fix| json_fix(context, fix)),
        url: one.rule.url(),
    }
}

fn json_fix<'a>(context: &Context<'_>, fix: &'a Fix) -> JsonFix<'a> {
    JsonFix {
        safety: fix.safety.as_str(),
        title: &fix.title,
        edits: fix.changes.iter().flat_map(|change| json_edits(context, change)).collect(),
        renames: fix.changes.iter().filter_map(json_rename).collect(),
    }
}

fn json_edits(context: &Context<'_>, change: &Change) -> Vec<JsonEdit> {
    match change {
        Change::Create { path, text } => {
            vec![JsonEdit { path: path.display().to_string(), range: None, text: text.clone() }]
        }
        Change::Edit { path, edits } | Change::Move { path, edits, .. } => {
            let source = context.source(path);
            let json_edit = |edit: &Edit| JsonEdit {
                path: path.display().to_string(),
                range: source.map(|source| range_in(source, edit.span)),
                text: source.map_or_else(|| edit.text.clone(), |source| source.local(edit).text),
            };
            edits.iter().map(json_edit).collect()
        }
        // No fix moves a folder.
        Change::MoveFolder { .. } => vec![],
    }
}

fn json_rename(change: &Change) -> Option<JsonRename> {
    let Change::Move { path, to, .. } = change else { return None };
    Some(JsonRename { path: path.display().to_string(), to: to.display().to_string() })
}

fn range(location: &Location<'_>) -> Option<JsonRange> {
    location.source.map(|source| range_in(source, location.span))
}

fn range_in(source: &Source, span: Span) -> JsonRange {
    let position = |offset| {
        let position = source.line_column(offset);
        JsonPosition { line: position.line, column: position.column }
    };
    JsonRange { start: position(span.start), end: position(span.end) }
}
