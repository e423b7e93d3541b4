//! `full`: every finding with its source lines, as compilers show them.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::lint::{Diagnostic, FindingSite, Location, Related, Safety, Severity};
use crate::report::definition::{Input, Report, ReportKind};
use crate::text::{Source, Span, visible, visible_name, visible_source, without_commands};

/// The report.
pub(super) static REPORT: Report = Report {
    name: "full",
    about: "every finding with its source lines",
    kind: ReportKind::People,
    render,
};

/// A line is cut off after so many bytes on either side of the finding.
const MAX_CONTEXT: usize = 500;

/// Of a finding on more lines only the first one is shown.
const MAX_LINES: usize = 4;

fn render(input: &Input<'_>) -> String {
    let renderer = if input.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(input.width);
    let mut output = String::new();
    for one in input.found {
        output += &renderer.render(&[group(input, one)]);
        output += "\n\n";
    }
    without_commands(&output).into_owned()
}

fn group<'a>(input: &'a Input<'_>, one: &'a Diagnostic) -> Group<'a> {
    let level = match one.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(visible(&one.message)).id(one.rule.code);
    let label = one.label.as_deref().unwrap_or_default();
    let location = input.context.location(&one.site);
    let mut group =
        with_excerpt(Group::with_title(title), &location, (AnnotationKind::Primary, label));
    for Related { record, span, message } in &one.related {
        let location = input.context.location(&FindingSite::Record(*record, *span));
        group = with_excerpt(group, &location, (AnnotationKind::Context, message));
    }
    for (name, text) in footer(one) {
        group = group.element(Level::NOTE.with_name(name).message(text));
    }
    group
}

/// What to do, and how to read more.
fn footer(one: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    // Reports that show no fixes need the help; here it would repeat the title of the fix.
    let repeats_fix = |help: &&String| one.fix.as_ref().is_some_and(|fix| fix.title == **help);
    if let Some(help) = one.help.as_ref().filter(|help| !repeats_fix(help)) {
        lines.push(("help", visible(help).into_owned()));
    }
    if let Some(fix) = &one.fix {
        let options = match fix.safety {
            Safety::Safe => "safe, --fix",
            Safety::Unsafe => "unsafe, --fix --unsafe-fixes",
        };
        lines.push(("fix", format!("{} [{options}]", visible(&fix.title))));
    }
    lines.push(("docs", format!("adr rule {}", one.rule.code)));
    lines
}

/// Adds the lines of `location` to the group, with a mark and a label below the span.
fn with_excerpt<'a>(
    group: Group<'a>,
    location: &Location<'_>,
    (kind, label): (AnnotationKind, &str),
) -> Group<'a> {
    let path = visible_name(&location.path).into_owned();
    let text = location.source.map(Source::text).filter(|text| !text.is_empty());
    let (Some(source), Some(text)) = (location.source, text) else {
        return group.element(Origin::path(path));
    };
    let Excerpt { lines, marked } = excerpt(text, location.span);
    let first_line = source.line_column(lines.start);
    let original = Span::new(marked.start - lines.start, marked.end - lines.start);
    let (shown, marked) = visible_excerpt(lines.of(text), original);
    let mut annotation: Annotation<'a> = kind.span(marked.range());
    if !label.is_empty() {
        annotation = annotation.label(visible(label).into_owned());
    }
    let snippet = Snippet::source(shown).line_start(first_line.line).annotation(annotation);
    if first_line.column == 1 {
        return group.element(snippet.path(path));
    }
    // The start of the line was cut off, so that the column cannot be counted in the excerpt.
    let position = source.line_column(location.span.start);
    let origin = Origin::path(path).line(position.line).char_column(position.column);
    group.element(origin).element(snippet)
}

/// The lines with their control characters made visible, and the marked span moved accordingly.
fn visible_excerpt(lines: &str, original: Span) -> (String, Span) {
    let mut marked = original;
    // A carriage return before a line feed has no width.
    let without_returns = lines.replace("\r\n", " \n");
    let shown = visible_source(&without_returns, |offset, old_length, new_length| {
        // The mark has moved with all bytes before it, so that it is never before them.
        if offset < original.start {
            marked.start = (marked.start + new_length).saturating_sub(old_length);
        }
        if offset < original.end {
            marked.end = (marked.end + new_length).saturating_sub(old_length);
        }
    });
    (shown, marked)
}

/// What is shown of a text.
struct Excerpt {
    /// The lines, cut off if they are very long.
    lines: Span,
    /// The part of the finding in these lines.
    marked: Span,
}

/// The excerpt for a finding at `span`.
fn excerpt(text: &str, span: Span) -> Excerpt {
    // Searches no farther than is shown, because one line may have any number of findings.
    let first_shown = boundary(text, span.start.saturating_sub(MAX_CONTEXT));
    let text_before = text.get(first_shown..span.start).unwrap_or_default();
    let excerpt_start =
        text_before.rfind('\n').map_or(first_shown, |line_break| first_shown + line_break + 1);
    let has_many_lines = span.of(text).matches('\n').take(MAX_LINES).count() >= MAX_LINES;
    let end_of_line = |offset: usize| {
        let last_shown = boundary(text, offset.saturating_add(2 * MAX_CONTEXT));
        let text_after = text.get(offset..last_shown).unwrap_or_default();
        text_after.find('\n').map_or(last_shown, |line_break| offset + line_break)
    };
    let marked_end =
        if has_many_lines { end_of_line(span.start) } else { span.end.max(span.start) };
    let cut_end = boundary(text, marked_end.min(span.start + MAX_CONTEXT));
    let excerpt_end = end_of_line(marked_end);
    let is_crlf = text.get(marked_end..excerpt_end).is_some_and(|after| after.ends_with('\r'));
    let excerpt_end =
        boundary(text, (excerpt_end - usize::from(is_crlf)).min(cut_end + MAX_CONTEXT));
    Excerpt { lines: Span::new(excerpt_start, excerpt_end), marked: Span::new(span.start, cut_end) }
}

/// The nearest boundary of a character at or before `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offsets = (0..=offset.min(text.len())).rev();
    offsets.find(|offset| text.is_char_boundary(*offset)).unwrap_or_default()
}
