//! Headings, and the sections that they open.

use super::structure::{LineKind, LineScanner};
use super::{Section, heading};
use crate::text::Span;

/// The sections of `text` from the byte `start` on.
pub(super) fn sections(text: &str, start: usize) -> Vec<Section> {
    let mut sections: Vec<Section> =
        heading_lines(text, start).iter().map(|heading| heading.section(text)).collect();
    close(&mut sections);
    sections
}

/// The first section, as if no heading followed it. The text after its heading is not read.
pub(super) fn first_section(text: &str, start: usize) -> Option<Section> {
    let mut headings = HeadingScanner::new(text);
    for line in Span::new(start, text.len()).lines(text) {
        headings.line(line);
        if let Some(section) = headings.found.first() {
            return Some(section.section(text));
        }
    }
    None
}

/// Ends every section before the next heading of the same or a higher level.
fn close(sections: &mut [Section]) {
    // For each level, the start of the next heading below the current section.
    let mut next_starts: [usize; 7] = [usize::MAX; 7];
    for index in (0..sections.len()).rev() {
        let Some(section) = sections.get_mut(index) else { continue };
        let level = usize::from(section.level);
        let next_heading = next_starts.iter().take(level + 1).min().copied().unwrap_or(usize::MAX);
        section.end = section.end.min(next_heading);
        let any_heading = next_starts.iter().min().copied().unwrap_or(usize::MAX);
        section.body.end = section.body.end.min(any_heading);
        if let Some(slot) = next_starts.get_mut(level) {
            *slot = section.heading.start;
        }
    }
}

struct HeadingLine {
    level: u8,
    title: Span,
    span: Span,
}

impl HeadingLine {
    /// The section from this heading to the end of the text.
    fn section(&self, text: &str) -> Section {
        let result = heading(self.title.of(text));
        Section {
            level: self.level,
            title: result.words,
            title_span: result.span.shift(self.title.start),
            heading: self.span,
            body: Span::new(self.span.end, text.len()),
            end: text.len(),
        }
    }
}

/// The greatest number of headings that are distinguished; the text after the last belongs to it. All of them are kept
/// as long as the record.
const MOST: usize = 100_000;

fn heading_lines(text: &str, start: usize) -> Vec<HeadingLine> {
    let mut headings = HeadingScanner::new(text);
    for line in Span::new(start, text.len()).lines(text) {
        if headings.found.len() == MOST {
            break;
        }
        headings.line(line);
    }
    headings.found
}

/// Collects headings outside of list items and quotations.
struct HeadingScanner<'t> {
    text: &'t str,
    scanner: LineScanner<'t>,
    found: Vec<HeadingLine>,
}

impl<'t> HeadingScanner<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, scanner: LineScanner::new(text), found: vec![] }
    }

    fn line(&mut self, line: Span) {
        if self.scanner.skip_simple_line(line) {
            return;
        }
        let scanned_line = self.scanner.read(line);
        if !self.scanner.is_outside() {
            return;
        }
        match scanned_line.kind {
            LineKind::Heading(level) => {
                self.found.push(HeadingLine { level, title: scanned_line.content, span: line });
            }
            LineKind::Underline(level) => {
                let paragraph = self.scanner.paragraph();
                let title = paragraph.trim(self.text);
                self.found.push(HeadingLine { level, title, span: paragraph.to(line) });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sections;

    /// Level, title and body of every section.
    fn outline(text: &str) -> Vec<(u8, String, &str)> {
        let of = |section: super::Section| (section.level, section.title, section.body.of(text));
        sections(text, 0).into_iter().map(of).collect()
    }

    #[test]
    fn both_kinds_of_headings_open_sections() {
        let text = "One\n===\n\na\n\n## Two ##\n\nb\n\nThree\n---\nc\n";
        let expected = [(1, "One", "\na\n\n"), (2, "Two", "\nb\n\n"), (2, "Three", "c\n")];
        assert_eq!(
            outline(text),
            expected.map(|(level, title, body)| (level, title.to_owned(), body))
        );
    }

    #[test]
    fn a_section_ends_where_one_begins_that_is_not_below_it() {
        let text = "# A\n## B\n### C\n## D\n";
        let ends: Vec<_> = sections(text, 0).iter().map(|section| section.end).collect();
        let d = text.find("## D").unwrap();
        assert_eq!(ends, [text.len(), d, d, text.len()]);
    }

    #[test]
    fn code_comments_and_lists_hold_no_headings() {
        for text in [
            "```\n# a\n```\n",
            "~~~ sh\n# a\n```\n# b\n~~~\n",
            "    # a\n",
            "<!--\n# a\n-->\n",
            "<div>\n# a\n</div>\n",
            "- a\n---\n",
            "#a\n",
            "####### a\n",
            "\n---\n",
        ] {
            assert_eq!(outline(text), [], "{text}");
        }
    }

    #[test]
    fn only_so_many_headings_are_told_apart() {
        let text = "# a\n".repeat(super::MOST + 7);
        let sections = sections(&text, 0);
        assert_eq!(sections.len(), super::MOST);
        assert_eq!(sections.last().map(|last| last.body.end), Some(text.len()));
    }
}
