//! `json`: everything that is known of the findings, as one document.

use serde::Serialize;

use super::{Input, Kind, Report};
use crate::lint::{Context, Diagnostic, FindingSite, Location, Severity};
use crate::text::{Change, Source, Span};

/// See the module.
pub(super) static REPORT: Report =
    Report { name: "json", about: "one JSON document", kind: Kind::Json, render };

/// Grows when a field changes its meaning or goes; fields may be added without.
pub(super) const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    records: usize,
    error: usize,
    warning: usize,
    info: usize,
    fixable: usize,
}

/// What is known of one finding.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    path: String,
    /// `null` for a finding on the log as a whole, or on a file that is no record.
    range: Option<Range>,
    label: Option<&'a str>,
    related: Vec<Other<'a>>,
    help: Option<&'a str>,
    fix: Option<Mend<'a>>,
    url: Option<String>,
}

#[derive(Serialize)]
struct Other<'a> {
    path: String,
    range: Option<Range>,
    message: &'a str,
}

#[derive(Serialize)]
struct Mend<'a> {
    safety: &'static str,
    title: &'a str,
    edits: Vec<NewText>,
    /// Files that get another name, when their edits are made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    renames: Vec<Rename>,
}

#[derive(Serialize)]
struct Rename {
    path: String,
    to: String,
}

#[derive(Serialize)]
struct NewText {
    path: String,
    /// What goes; `null` for a file that comes.
    range: Option<Range>,
    text: String,
}

/// The end is the place behind the last character.
#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// Counted from 1, columns in Unicode scalar values.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

fn render(input: &Input<'_>) -> String {
    let count = |severity| input.found.iter().filter(|one| one.severity == severity).count();
    let document = Document {
        schema_version: SCHEMA_VERSION,
        diagnostics: input.found.iter().map(|one| finding(input.context, one)).collect(),
        summary: Summary {
            records: input.context.log.records().len(),
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            fixable: input.found.iter().filter(|one| one.fix.is_some()).count(),
        },
    };
    // Strings and numbers alone: nothing in it can fail to be written.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// `one` with its places.
pub(super) fn finding<'a>(context: &'a Context<'_>, one: &'a Diagnostic) -> Finding<'a> {
    let place = context.location(&one.site);
    let related = one.related.iter().map(|other| {
        let place = context.location(&FindingSite::Record(other.record, other.span));
        Other { range: range(&place), path: place.path, message: &other.message }
    });
    Finding {
        code: one.rule.code,
        name: one.rule.name,
        severity: one.severity.as_str(),
        message: &one.message,
        range: range(&place),
        path: place.path,
        label: one.label.as_deref(),
        related: related.collect(),
        help: one.help.as_deref(),
        fix: one.fix.as_ref().map(|fix| Mend {
            safety: fix.safety.as_str(),
            title: &fix.title,
            edits: fix.changes.iter().flat_map(|change| edits(context, change)).collect(),
            renames: fix.changes.iter().filter_map(rename).collect(),
        }),
        url: one.rule.url(),
    }
}

fn edits(context: &Context<'_>, change: &Change) -> Vec<NewText> {
    match change {
        Change::Create { path, text } => {
            vec![NewText { path: path.display().to_string(), range: None, text: text.clone() }]
        }
        Change::Edit { path, edits } | Change::Move { path, edits, .. } => {
            let source = context.source(path);
            let new = |edit: &crate::text::Edit| NewText {
                path: path.display().to_string(),
                range: source.map(|source| between(source, edit.span)),
                text: source.map_or_else(|| edit.text.clone(), |source| source.local(edit).text),
            };
            edits.iter().map(new).collect()
        }
        // No fix moves a folder.
        Change::MoveFolder { .. } => vec![],
    }
}

fn rename(change: &Change) -> Option<Rename> {
    let Change::Move { path, to, .. } = change else { return None };
    Some(Rename { path: path.display().to_string(), to: to.display().to_string() })
}

fn range(place: &Location<'_>) -> Option<Range> {
    place.source.map(|source| between(source, place.span))
}

fn between(source: &Source, span: Span) -> Range {
    let at = |offset| {
        let place = source.line_column(offset);
        Position { line: place.line, column: place.column }
    };
    Range { start: at(span.start), end: at(span.end) }
}
