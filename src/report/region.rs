//! The lines and columns of a finding, for programs that show a line of a file. Knows no format.

use crate::lint::Location;
use crate::text::{LineColumn, Source, Span};

/// A part of one line. Forges show a finding in a pull request only where all of its lines are
/// part of the change, so that one line is the most that a finding may claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// The first character.
    pub start: LineColumn,
    /// The character after the last one, on the same line.
    pub end: LineColumn,
}

/// Where the finding stands; the beginning of the file where that is all that is known.
pub(super) fn region(place: &Location<'_>) -> Region {
    let Some(source) = place.source else {
        let start = LineColumn { line: 1, column: 1 };
        return Region { start, end: start };
    };
    let span = first_line(source, place.span);
    Region { start: source.line_column(span.start), end: source.line_column(span.end) }
}

/// The part of `span` that lies in its first line, without the line break.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let line = span.of(source.text()).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len())
}

/// The line of `source` that holds the byte `at`, without its line break, and where it begins.
pub(super) fn line_at(source: &Source, at: usize) -> (usize, &str) {
    let text = source.text();
    let start = text.get(..at).unwrap_or(text).rfind('\n').map_or(0, |at| at + 1);
    (start, text.get(start..).unwrap_or_default().lines().next().unwrap_or_default())
}
