//! Titles: cleaned, escaped, and replaced.

use crate::author::edits::{line_ending, set_value};
use crate::model::{Layout, Record};
use crate::syntax;
use crate::text::{Edit, Span};

/// `text` on one line, without control characters.
pub(crate) fn single_line(text: &str) -> String {
    let without_controls: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    without_controls.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `title` as Markdown: a `<` that would open a tag is escaped. All other markup may be intended.
pub(crate) fn escaped(title: &str) -> String {
    let mut escaped_title = String::with_capacity(title.len());
    let mut characters = title.chars().peekable();
    while let Some(c) = characters.next() {
        let next_opens_tag =
            characters.peek().is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(*c));
        if c == '<' && next_opens_tag && !escaped_title.ends_with('\\') {
            escaped_title.push('\\');
        }
        escaped_title.push(c);
    }
    escaped_title
}

/// The edits that replace the title in the heading of `record`, after its number and status, and in the front
/// matter, if that has the same title. `None` if the old title cannot be located.
pub(crate) fn retitle_edits(record: &Record, title: &str) -> Option<Vec<Edit>> {
    let text = record.text();
    let Some(old_title) = &record.title else {
        let heading = format!("# {}", escaped(title));
        return Some(vec![insert_heading(record, &heading)]);
    };
    let mut edits = Vec::new();
    let heading_span = old_title.span?;
    if old_title.layout == Layout::Title {
        let span = title_span(heading_span.of(text), &old_title.value)?.shift(heading_span.start);
        edits.push(Edit::replace(span, escaped(title)));
    }
    let front = record.document.front_matter.as_ref();
    if let Some(entry) = front.and_then(|front| front.entry(&["title"]))
        && let Some(front_title) = entry.value.scalar()
        && let Some(span) = title_span(front_title, &old_title.value)
    {
        let (prefix, suffix) = (front_title.get(..span.start)?, front_title.get(span.end..)?);
        edits.push(set_value(text, entry, &format!("{prefix}{title}{suffix}"))?);
    }
    Some(edits)
}

/// The edit that inserts `heading` at the start of the body, for a record without one.
pub(crate) fn insert_heading(record: &Record, heading: &str) -> Edit {
    let text = record.text();
    let ending = line_ending(text);
    let body_start = record.document.body.start;
    let gap_above = if record.document.front_matter.is_some() { ending } else { "" };
    let body = text.get(body_start..).unwrap_or_default();
    let gap_below = if body.starts_with(['\r', '\n']) { "" } else { ending };
    Edit::insert(body_start, format!("{gap_above}{heading}{ending}{gap_below}"))
}

/// The bytes of `heading` from which `title` was read.
pub(crate) fn title_span(heading: &str, title: &str) -> Option<Span> {
    if let Some(start) = heading.rfind(title) {
        return Some(Span::new(start, start + title.len()));
    }
    // The heading has markup: find its longest end that is read as the title.
    let mut starts = heading.char_indices().map(|(start, _)| start);
    let start = starts.find(|start| {
        let heading_end = heading.get(*start..).unwrap_or_default();
        !heading_end.starts_with(char::is_whitespace) && syntax::heading(heading_end).words == title
    });
    start.map(|start| Span::new(start, heading.len()))
}

#[cfg(test)]
mod tests {
    use super::title_span;

    #[test]
    fn the_title_is_located_in_the_heading() {
        let check = |heading: &str, title: &str, expected: &str| {
            assert_eq!(title_span(heading, title).map(|span| span.of(heading)), Some(expected));
        };
        check("12. Use Rust", "Use Rust", "Use Rust");
        check("**ADR-0012: Use Rust**", "Use Rust", "Use Rust");
        check("12. Use `rust` for _all_", "Use rust for all", "Use `rust` for _all_");
        assert_eq!(title_span("12. Use Rust", "Use Go"), None);
    }
}
