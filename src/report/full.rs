//! `full`: every finding with the lines that it speaks of, as compilers show them.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Input, Kind, Report};
use crate::lint::{Diagnostic, FindingSite, Location, Related, Severity};
use crate::text::{Source, Span, visible, visible_name, visible_source, without_commands};

/// See the module.
pub(super) static REPORT: Report = Report {
    name: "full",
    about: "every finding with the lines that it speaks of",
    kind: Kind::People,
    render,
};

/// A line is cut off beyond so many bytes on either side of the place of the finding.
const LONGEST: usize = 500;

/// A finding that spans more lines is shown by the first of them.
const MOST_LINES: usize = 4;

fn render(input: &Input<'_>) -> String {
    let renderer = if input.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(input.width);
    let mut out = String::new();
    for one in input.found {
        out += &renderer.render(&[group(input, one)]);
        out += "\n\n";
    }
    without_commands(&out).into_owned()
}

fn group<'a>(input: &'a Input<'_>, one: &'a Diagnostic) -> Group<'a> {
    let level = match one.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let place = input.context.location(&one.site);
    let title = level.primary_title(visible(&one.message)).id(one.rule.code);
    let label = one.label.as_deref().unwrap_or_default();
    let first = (AnnotationKind::Primary, label);
    let mut group = excerpt(Group::with_title(title), &place, first);
    for Related { record, span, message } in &one.related {
        let place = input.context.location(&FindingSite::Record(*record, *span));
        group = excerpt(group, &place, (AnnotationKind::Context, message));
    }
    for (name, text) in footer(one) {
        group = group.element(Level::NOTE.with_name(name).message(text));
    }
    group
}

/// What to do, and where to read more.
fn footer(one: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    // Reports that show no fixes need the advice; here it would be said twice.
    let is_fix = |help: &&String| one.fix.as_ref().is_some_and(|fix| fix.title == **help);
    if let Some(help) = one.help.as_ref().filter(|help| !is_fix(help)) {
        lines.push(("help", visible(help).into_owned()));
    }
    if let Some(fix) = &one.fix {
        let how = match fix.safety {
            crate::lint::Safety::Safe => "safe, --fix",
            crate::lint::Safety::Unsafe => "unsafe, --fix --unsafe-fixes",
        };
        lines.push(("fix", format!("{} [{how}]", visible(&fix.title))));
    }
    lines.push(("docs", format!("adr rule {}", one.rule.code)));
    lines
}

/// Adds the lines of `place` to the group, with a mark and a label below the span.
fn excerpt<'a>(
    group: Group<'a>,
    place: &Location<'_>,
    (kind, label): (AnnotationKind, &str),
) -> Group<'a> {
    let path = visible_name(&place.path).into_owned();
    let text = place.source.map(Source::text).filter(|text| !text.is_empty());
    let (Some(source), Some(text)) = (place.source, text) else {
        return group.element(Origin::path(path));
    };
    let (lines, span) = lines(text, place.span);
    let line = source.line_column(lines.start);
    let mut marked = Span::new(span.start - lines.start, span.end - lines.start);
    let original = marked;
    // The return before a line feed, within the lines: it has no width, and is no text.
    let shown = lines.of(text).replace("\r\n", " \n");
    let shown = visible_source(&shown, |at, old, new| {
        // Bytes before the mark: it has moved with them, and is never before them.
        if at < original.start {
            marked.start = (marked.start + new).saturating_sub(old);
        }
        if at < original.end {
            marked.end = (marked.end + new).saturating_sub(old);
        }
    });
    let mut annotation: Annotation<'a> = kind.span(marked.range());
    if !label.is_empty() {
        annotation = annotation.label(visible(label).into_owned());
    }
    let snippet = Snippet::source(shown).line_start(line.line).annotation(annotation);
    if line.column == 1 {
        return group.element(snippet.path(path));
    }
    // The line was cut at its beginning, so that the column cannot be counted in what is shown.
    let at = source.line_column(place.span.start);
    group.element(Origin::path(path).line(at.line).char_column(at.column)).element(snippet)
}

/// The lines to show for `span`, and the part of `span` that lies in them; both cut where they are
/// very long.
fn lines(text: &str, span: Span) -> (Span, Span) {
    // No farther than is shown: one line may have any number of findings.
    let first = boundary(text, span.start.saturating_sub(LONGEST));
    let before = text.get(first..span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(first, |at| first + at + 1);
    let many = span.of(text).matches('\n').take(MOST_LINES).count() >= MOST_LINES;
    let end_of_line = |from: usize| {
        let most = boundary(text, from.saturating_add(2 * LONGEST));
        let rest = text.get(from..most).unwrap_or_default();
        rest.find('\n').map_or(most, |at| from + at)
    };
    let marked_end = if many { end_of_line(span.start) } else { span.end.max(span.start) };
    let span = Span::new(span.start, boundary(text, marked_end.min(span.start + LONGEST)));
    let end = end_of_line(marked_end);
    let is_crlf = text.get(marked_end..end).is_some_and(|rest| rest.ends_with('\r'));
    let end = boundary(text, (end - usize::from(is_crlf)).min(span.end + LONGEST));
    (Span::new(start, end), span)
}

/// The nearest place at or before `at` that is no inside of a character.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
