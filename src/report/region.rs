//! The lines and columns of a finding, for programs that show a line of a file.

use crate::lint::Location;
use crate::text::{LineColumn, Source, Span};

/// A part of one line. Forges show a finding in a pull request only if all of its lines are part of the change, so that
/// a finding covers at most one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// The first character.
    pub start: LineColumn,
    /// The character after the last one, on the same line.
    pub end: LineColumn,
}

/// The region of a finding; the start of the file if it has no text.
pub(super) fn region(location: &Location<'_>) -> Region {
    let Some(source) = location.source else {
        let start = LineColumn { line: 1, column: 1 };
        return Region { start, end: start };
    };
    let span = first_line(source, location.span);
    Region { start: source.line_column(span.start), end: source.line_column(span.end) }
}

/// The part of `span` on its first line, without the line break.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let line = span.of(source.text()).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len())
}

/// The start of the line with the byte at `offset`, and its text without the line break.
pub(super) fn line_at(source: &Source, offset: usize) -> (usize, &str) {
    let text = source.text();
    let text_before = text.get(..offset).unwrap_or(text);
    let line_start = text_before.rfind('\n').map_or(0, |line_break| line_break + 1);
    (line_start, text.get(line_start..).unwrap_or_default().lines().next().unwrap_or_default())
}
