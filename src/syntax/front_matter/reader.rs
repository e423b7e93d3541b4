//! The front matter at the top of a Markdown file.
//!
//! One reader serves reading, linting and editing. If the YAML is broken, lines that look
//! like `key: value` are still read, as a person would do.

use super::key_lines;
use super::line_spans::LineSpans;
use super::tree::{FrontMatter, YamlFault};
use super::yaml::{MAX_BYTES, read_yaml};
use crate::text::Span;

/// The front matter that starts at `start`, if the line there is a fence.
pub(in crate::syntax) fn read(text: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = LineSpans::new(text, start);
    let opening_fence = lines.next()?;
    if opening_fence.of(text).trim_end() != "---" {
        return None;
    }
    let mut content = Span::at(lines.offset());
    while let Some(line) = lines.next() {
        if line.of(text).trim_end() == "---" {
            return Some(parse(text, Span::new(start, lines.offset()), content));
        }
        content.end = lines.offset();
    }
    unclosed(text, start, content)
}

/// The offset after the front matter that starts at `start`, or `start` if there is none.
/// `None` if the front matter has no end.
pub(in crate::syntax) fn body_start(text: &str, start: usize) -> Option<usize> {
    let mut lines = LineSpans::new(text, start);
    if lines.next()?.of(text).trim_end() != "---" {
        return Some(start);
    }
    while let Some(line) = lines.next() {
        if line.of(text).trim_end() == "---" {
            return Some(lines.offset());
        }
    }
    None
}

/// Front matter without a closing fence. The fence is only a thematic break, unless keys follow it.
fn unclosed(text: &str, start: usize, content: Span) -> Option<FrontMatter> {
    let mut lines = LineSpans::new(text, content.start);
    let mut end = content.start;
    while let Some(line) = lines.next() {
        let line_text = line.of(text);
        if line_text.trim().is_empty() || line_text.starts_with('#') {
            break;
        }
        end = lines.offset();
    }
    let content = Span::new(content.start, end);
    let entries = key_lines::read(text, content.first(MAX_BYTES, text));
    let first_is_key = entries.first().is_some_and(|first| first.key.span.start == content.start);
    first_is_key.then(|| FrontMatter {
        span: Span::new(start, end),
        content,
        entries,
        fault: Some(YamlFault {
            message: "the front matter is not closed with `---`".to_owned(),
            span: Span::new(start, start + 3),
        }),
    })
}

fn parse(text: &str, span: Span, content: Span) -> FrontMatter {
    let bounded_content = content.first(MAX_BYTES, text);
    let fault = if content == bounded_content && key_lines::are_plain(content.of(text)) {
        None
    } else {
        match read_yaml(text, content) {
            Ok(entries) => return FrontMatter { span, content, entries, fault: None },
            Err(fault) => Some(fault),
        }
    };
    FrontMatter { span, content, entries: key_lines::read(text, bounded_content), fault }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::syntax::{FrontMatter, NodeKind};

    fn front(text: &str) -> FrontMatter {
        read(text, 0).unwrap()
    }

    /// Every key with the bytes of its value.
    fn shape(text: &str) -> Vec<(String, String)> {
        let front = front(text);
        let of = |entry: &crate::syntax::Entry| {
            (entry.key.value.clone(), entry.value.span.of(text).to_owned())
        };
        front.entries.iter().map(of).collect()
    }

    #[test]
    fn values_span_exactly_their_bytes() {
        let text =
            "---\nstatus: \"accepted\" # so far\ntags: [a, b]\nids:\n  - 1\n  - 2\n\n---\n# T\n";
        let expected = [("status", "\"accepted\""), ("tags", "[a, b]"), ("ids", "- 1\n  - 2")];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(shape(text), expected);
        assert_eq!(front(text).span.of(text).lines().last(), Some("---"));
        assert_eq!(front(text).fault, None);
    }

    #[test]
    fn an_empty_value_stands_behind_its_colon() {
        let text = "---\nstatus:\ndate: 2024-01-01\n---\n";
        let front = front(text);
        let status = &front.entries.first().unwrap().value;
        assert_eq!((status.span.start, &status.kind), (11, &NodeKind::Null));
    }

    #[test]
    fn broken_yaml_is_reported_and_read_line_by_line() {
        let text = "---\nstatus: accepted\ndeciders: @anna\ndate: 2024-01-01\n---\n# T\n";
        let front = front(text);
        let fault = front.fault.unwrap();
        assert_eq!(fault.span.start, text.find('@').unwrap());
        let keys: Vec<_> = front.entries.iter().map(|entry| entry.key.value.as_str()).collect();
        assert_eq!(keys, ["status", "deciders", "date"]);
    }

    #[test]
    fn a_rule_across_the_page_is_no_front_matter() {
        assert_eq!(read("---\n\n# Title\n", 0), None);
        assert_eq!(read("# Title\n\n---\n", 0), None);
    }

    #[test]
    fn front_matter_that_is_not_closed_ends_at_the_first_blank_line() {
        let text = "---\nstatus: accepted\n\n# T\n";
        let front = front(text);
        assert_eq!(front.span.end, text.find("\n# T").unwrap());
        assert_eq!(front.fault.unwrap().message, "the front matter is not closed with `---`");
    }

    #[test]
    fn deep_nesting_and_aliases_are_refused() {
        let deep = format!("---\na: {}\n---\n", "[".repeat(10_000));
        assert!(front(&deep).fault.is_some());
        assert!(front("---\na: &x 1\nb: *x\n---\n").fault.is_some());
    }

    #[test]
    fn windows_line_ends_are_no_part_of_a_value() {
        let text = "---\r\nstatus: accepted\r\n---\r\n# T\r\n";
        assert_eq!(shape(text), [("status".to_owned(), "accepted".to_owned())]);
    }
}
