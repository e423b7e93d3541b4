//! Headings, and the sections that they open.
//!
//! Read by a scanner of lines and not from the events of the Markdown reader: listing a log needs
//! the headings of every file and hardly anything else, and this takes a tenth of the time. A test
//! holds the two together.

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
    let mut scanner = Scanner { text, ..Scanner::default() };
    for line in Span::new(start, text.len()).lines(text) {
        scanner.line(line);
        if let Some(first) = scanner.headings.first() {
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
    let mut scanner = Scanner { text, ..Scanner::default() };
    for line in Span::new(start, text.len()).lines(text) {
        if scanner.headings.len() == MOST {
            break;
        }
        scanner.line(line);
    }
    scanner.headings
}

/// What ends a block of raw HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HtmlEnd {
    Here,
    Comment,
    BlankLine,
}

#[derive(Default)]
struct Scanner<'t> {
    text: &'t str,
    /// The fence that is open: its character and length.
    fence: Option<(u8, usize)>,
    /// The raw HTML that is open.
    html: Option<HtmlEnd>,
    /// The first line of the paragraph that is open, with the end of its last line.
    paragraph: Option<Span>,
    /// The list item that is open: the column from which on a line belongs to it.
    item: Option<usize>,
    /// Whether a table is open, or a paragraph in an item or a quotation: plain lines continue it.
    lazy: bool,
    headings: Vec<Heading>,
}

impl Scanner<'_> {
    fn line(&mut self, line: Span) {
        let first = line.of(self.text).bytes().next();
        let closed = self.fence.is_none() && self.html.is_none();
        if closed && first.is_some_and(|first| first.is_ascii_alphabetic()) {
            // Most lines: nothing but a paragraph begins with a letter.
            return self.flow(line);
        }
        let words = line.of(self.text).trim_end();
        let bare = words.trim_start_matches([' ', '\t']);
        let offset = words.len() - bare.len();
        let indent = columns(words.get(..offset).unwrap_or_default());
        if self.in_fence(bare, indent) || self.in_html(bare) {
            return;
        }
        if bare.is_empty() {
            self.paragraph = None;
            self.lazy = false;
        } else if self.item.is_some_and(|content| indent >= content) {
            self.lazy = !opens_block(bare);
        } else if indent > 3 {
            // Code, or the next line of a paragraph; never a heading.
            self.paragraph = self.paragraph.map(|open| open.to(line));
        } else if let Some((level, inner)) = atx(bare) {
            self.end_blocks();
            let start = line.start + offset + inner.start;
            let title = Span::new(start, start + inner.len());
            self.headings.push(Heading { level, title, span: line });
        } else if let Some((level, open)) = underline(bare).zip(self.paragraph) {
            self.end_blocks();
            let title = open.trim(self.text);
            self.headings.push(Heading { level, title, span: open.to(line) });
        } else {
            self.block(bare, indent, line);
        }
    }

    /// A line that is neither blank nor indented nor part of a heading.
    fn block(&mut self, bare: &str, indent: usize, line: Span) {
        if let Some(fence) = fence(bare) {
            self.end_blocks();
            self.fence = Some(fence);
        } else if let Some(end) = opens_html(bare) {
            self.end_blocks();
            self.html = Some(end).filter(|end| *end != HtmlEnd::Here);
        } else if is_rule(bare) {
            self.end_blocks();
        } else if let Some(marker) = marker(bare, self.paragraph.is_some()) {
            let inner = bare.get(marker.width..).unwrap_or_default();
            self.end_blocks();
            self.item = (!marker.quotes).then_some(indent + marker.width);
            self.lazy = !inner.trim().is_empty() && !opens_block(inner.trim_start());
        } else if self.paragraph.is_some() && is_table_rule(bare) {
            self.end_blocks();
            self.lazy = true;
        } else {
            let defines = self.paragraph.is_none() && bare.starts_with('[') && bare.contains("]:");
            self.flow(line);
            self.paragraph = self.paragraph.filter(|_| !defines);
        }
    }

    /// A line of a paragraph, or the next row of a table.
    fn flow(&mut self, line: Span) {
        // Else it goes on with what is not ours.
        if !self.lazy {
            self.item = None;
            self.paragraph = Some(self.paragraph.map_or(line, |open| open.to(line)));
        }
    }

    /// Ends whatever paragraph, item and quotation is open.
    fn end_blocks(&mut self) {
        self.paragraph = None;
        self.item = None;
        self.lazy = false;
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
            HtmlEnd::Here => true,
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

/// What ends the raw HTML that the line begins, if it begins any.
fn opens_html(bare: &str) -> Option<HtmlEnd> {
    let tag = bare.strip_prefix('<')?;
    if tag.starts_with("!--") {
        return Some(if tag.contains("-->") { HtmlEnd::Here } else { HtmlEnd::Comment });
    }
    let name = tag.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let is_block = BLOCKS.contains(&name.to_ascii_lowercase().as_str());
    let is_tag = rest.is_empty() || rest.starts_with([' ', '\t', '>', '/']);
    (is_block && is_tag).then_some(HtmlEnd::BlankLine)
}

/// The tags that begin raw HTML which a blank line ends; those that occur in records.
const BLOCKS: [&str; 24] = [
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
    "li",
    "main",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// What a list item or a quotation begins with.
struct Marker {
    /// Up to its content, in columns.
    width: usize,
    quotes: bool,
}

/// The marker that the line begins with. Not every one can end a paragraph: an empty item cannot, nor
/// a number other than 1.
fn marker(bare: &str, in_paragraph: bool) -> Option<Marker> {
    if bare.starts_with('>') {
        return Some(Marker { width: 1, quotes: true });
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = bare.split_at_checked(digits)?;
    let after = match digits {
        0 => rest.strip_prefix(['-', '*', '+']),
        1..=9 => rest.strip_prefix(['.', ')']),
        _ => None,
    }?;
    let content = after.trim_start_matches([' ', '\t']);
    let begins = content.len() < after.len() || after.is_empty();
    if !begins || in_paragraph && (content.is_empty() || !matches!(number, "" | "1")) {
        return None;
    }
    let blanks = after.len() - content.len();
    // A wide gap is the indent of code inside the item.
    let blanks = if content.is_empty() || blanks > 4 { 1 } else { blanks };
    Some(Marker { width: digits + 1 + blanks, quotes: false })
}

/// Whether the line is a rule across the page: three or more of `-`, `*` or `_`, and blanks.
fn is_rule(bare: &str) -> bool {
    let Some(mark) = bare.bytes().next().filter(|byte| matches!(byte, b'-' | b'*' | b'_')) else {
        return false;
    };
    let rule = |byte: u8| byte == mark || matches!(byte, b' ' | b'\t');
    bare.bytes().all(rule) && bare.bytes().filter(|byte| *byte == mark).count() >= 3
}

/// Whether the line stands between the head and the body of a table.
fn is_table_rule(bare: &str) -> bool {
    bare.contains('|') && bare.contains('-') && bare.bytes().all(|byte| b"|-: \t".contains(&byte))
}

/// Whether the line, inside an item or a quotation, is anything but words of a paragraph.
fn opens_block(bare: &str) -> bool {
    atx(bare).is_some() || fence(bare).is_some() || is_rule(bare)
}

/// The width of white space, with tabs at every fourth column.
fn columns(blanks: &str) -> usize {
    blanks.bytes().fold(0, |at, byte| if byte == b'\t' { at / 4 * 4 + 4 } else { at + 1 })
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
