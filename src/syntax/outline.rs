//! Headings, and the sections that they open.
//!
//! Read by a scanner of lines and not from the events of the Markdown reader: listing a log needs
//! the headings of every file and hardly anything else, and this takes a tenth of the time. A test
//! holds the two together.

use super::{Section, inline};
use crate::text::Span;

/// The sections of `text` from the byte `start` on.
pub(super) fn sections(text: &str, start: usize) -> Vec<Section> {
    let mut sections: Vec<Section> = headings(text, start)
        .into_iter()
        .map(|heading| Section {
            level: heading.level,
            title: inline::plain(heading.title.of(text)),
            title_span: heading.title,
            heading: heading.span,
            body: Span::new(heading.span.end, text.len()),
            end: text.len(),
        })
        .collect();
    close(&mut sections);
    sections
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

fn headings(text: &str, start: usize) -> Vec<Heading> {
    let mut scanner = Scanner { text, fence: None, html: None, paragraph: None, headings: vec![] };
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| at + end + 1);
        scanner.line(Span::new(at, end));
        at = end;
    }
    scanner.headings
}

/// What ends a block of raw HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HtmlEnd {
    Comment,
    BlankLine,
}

struct Scanner<'t> {
    text: &'t str,
    /// The fence that is open: its character and length.
    fence: Option<(u8, usize)>,
    /// The raw HTML that is open.
    html: Option<HtmlEnd>,
    /// The first line of the paragraph that is open, with the end of its last line.
    paragraph: Option<Span>,
    headings: Vec<Heading>,
}

impl Scanner<'_> {
    fn line(&mut self, line: Span) {
        let words = line.of(self.text).trim_end();
        let bare = words.trim_start_matches(' ');
        let indent = words.len() - bare.len();
        if self.in_fence(bare, indent) || self.in_html(bare) {
            return;
        }
        if bare.is_empty() {
            self.paragraph = None;
        } else if indent > 3 || bare.starts_with('\t') {
            // Code, or the next line of a paragraph; never a heading.
            self.paragraph = self.paragraph.map(|open| open.to(line));
        } else if let Some(fence) = fence(bare) {
            self.fence = Some(fence);
            self.paragraph = None;
        } else if let Some((level, inner)) = atx(bare) {
            let offset = line.start + indent + inner.start;
            let title = Span::new(offset, offset + inner.len());
            self.headings.push(Heading { level, title, span: line });
            self.paragraph = None;
        } else if let Some((level, open)) = underline(bare).zip(self.paragraph) {
            let title = open.trim(self.text);
            self.headings.push(Heading { level, title, span: open.to(line) });
            self.paragraph = None;
        } else if bare.starts_with("<!--") {
            if !bare.contains("-->") {
                self.html = Some(HtmlEnd::Comment);
            }
            self.paragraph = None;
        } else if self.paragraph.is_none() && opens_html(bare) {
            self.html = Some(HtmlEnd::BlankLine);
        } else if is_container(bare) {
            // A list or a quotation: what follows it lazily can be no setext heading of ours.
            self.paragraph = None;
        } else {
            self.paragraph = Some(self.paragraph.map_or(line, |open| open.to(line)));
        }
    }

    fn in_fence(&mut self, bare: &str, indent: usize) -> bool {
        let Some((mark, length)) = self.fence else { return false };
        let run = bare.bytes().take_while(|byte| *byte == mark).count();
        if indent <= 3 && run >= length && bare.len() == run {
            self.fence = None;
        }
        true
    }

    fn in_html(&mut self, bare: &str) -> bool {
        let Some(end) = self.html else { return false };
        let ends = match end {
            HtmlEnd::Comment => bare.contains("-->"),
            HtmlEnd::BlankLine => bare.is_empty(),
        };
        if ends {
            self.html = None;
        }
        true
    }
}

/// The character and length of the fence that the line opens.
fn fence(bare: &str) -> Option<(u8, usize)> {
    let mark = bare.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = bare.bytes().take_while(|byte| *byte == mark).count();
    let info = bare.get(length..).unwrap_or_default();
    (length >= 3 && (mark == b'~' || !info.contains('`'))).then_some((mark, length))
}

/// The level and the title (as bytes of `bare`) of a heading that begins with `#`.
fn atx(bare: &str) -> Option<(u8, Span)> {
    let level = bare.bytes().take_while(|byte| *byte == b'#').count();
    let rest = bare.get(level..)?;
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let title = rest.trim();
    let closed = title.trim_end_matches('#');
    let title =
        if closed.is_empty() || closed.ends_with([' ', '\t']) { closed.trim_end() } else { title };
    let start = level + (rest.len() - rest.trim_start().len());
    Some((u8::try_from(level).ok()?, Span::new(start, start + title.len())))
}

/// The level of the heading that the line makes of the paragraph above it.
fn underline(bare: &str) -> Option<u8> {
    let all = |mark: u8| bare.bytes().all(|byte| byte == mark);
    if all(b'=') {
        Some(1)
    } else if all(b'-') {
        Some(2)
    } else {
        None
    }
}

/// The elements that begin a block of raw HTML, as far as records use them.
const BLOCKS: [&str; 20] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "details",
    "div",
    "dl",
    "figure",
    "form",
    "h1",
    "h2",
    "head",
    "html",
    "main",
    "p",
    "section",
    "summary",
    "table",
];

/// Whether the line begins raw HTML that a blank line ends.
fn opens_html(bare: &str) -> bool {
    let Some(tag) = bare.strip_prefix('<') else { return false };
    let name = tag.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    BLOCKS.contains(&name.to_ascii_lowercase().as_str())
        && (rest.is_empty() || rest.starts_with([' ', '\t', '>', '/']))
}

/// Whether the line begins a list item or a quotation.
fn is_container(bare: &str) -> bool {
    if bare.starts_with('>') {
        return true;
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare.get(digits..).unwrap_or_default();
    let marker = match digits {
        0 => rest.starts_with(['-', '*', '+']),
        1..=9 => rest.starts_with(['.', ')']),
        _ => false,
    };
    marker && rest.get(1..).is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
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
}
