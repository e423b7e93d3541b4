//! Headings, and the sections that they open.

use super::line::LineKind;
use super::lines::Scanner;
use super::{Section, heading};
use crate::text::Span;

/// The sections of `text` from the byte `start` on.
pub(super) fn sections(text: &str, start: usize) -> Vec<Section> {
    let mut sections: Vec<Section> =
        headings(text, start).iter().map(|heading| heading.section(text)).collect();
    close(&mut sections);
    sections
}

/// The first of the sections, as if no heading followed it; what stands behind it is not read.
pub(super) fn first(text: &str, start: usize) -> Option<Section> {
    let mut headings = Headings::new(text);
    for line in Span::new(start, text.len()).lines(text) {
        headings.line(line);
        if let Some(first) = headings.found.first() {
            return Some(first.section(text));
        }
    }
    None
}

/// Ends every section where the next one begins that is not below it.
fn close(sections: &mut [Section]) {
    let mut open: [usize; 7] = [usize::MAX; 7];
    for at in (0..sections.len()).rev() {
        let Some(section) = sections.get_mut(at) else { continue };
        let level = usize::from(section.level);
        let next = open.iter().take(level + 1).min().copied().unwrap_or(usize::MAX);
        section.end = section.end.min(next);
        let any = open.iter().min().copied().unwrap_or(usize::MAX);
        section.body.end = section.body.end.min(any);
        if let Some(slot) = open.get_mut(level) {
            *slot = section.heading.start;
        }
    }
}

struct Heading {
    level: u8,
    title: Span,
    span: Span,
}

impl Heading {
    /// All of the text that follows it.
    fn section(&self, text: &str) -> Section {
        let read = heading(self.title.of(text));
        Section {
            level: self.level,
            title: read.words,
            title_span: read.span.shift(self.title.start),
            heading: self.span,
            body: Span::new(self.span.end, text.len()),
            end: text.len(),
        }
    }
}

/// So many headings are told apart; what is below the last belongs to it. Every one is kept for as long as its
/// record is.
const MOST: usize = 100_000;

fn headings(text: &str, start: usize) -> Vec<Heading> {
    let mut headings = Headings::new(text);
    for line in Span::new(start, text.len()).lines(text) {
        if headings.found.len() == MOST {
            break;
        }
        headings.line(line);
    }
    headings.found
}

/// Collects headings that are in no list item and no quotation.
struct Headings<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    found: Vec<Heading>,
}

impl<'t> Headings<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, scanner: Scanner::new(text), found: vec![] }
    }

    fn line(&mut self, line: Span) {
        if self.scanner.skims(line) {
            return;
        }
        let read = self.scanner.read(line);
        if !self.scanner.is_outside() {
            return;
        }
        match read.kind {
            LineKind::Heading(level) => {
                self.found.push(Heading { level, title: read.content, span: line });
            }
            LineKind::Underline(level) => {
                let paragraph = self.scanner.paragraph();
                let title = paragraph.trim(self.text);
                self.found.push(Heading { level, title, span: paragraph.to(line) });
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
