//! The block structure of a Markdown text, line by line: the one place that decides what is code, a
//! comment, HTML, a quotation, a list item, a heading or the continuation of a paragraph.
//!
//! It scans lines instead of using the events of the Markdown parser: listing a log needs this for every
//! file, and it takes a tenth of the time. `tests/lines.rs` compares both with random texts
//! and with real ones. A region must start where no block is open: at the start of the text, or
//! after a heading that is not in a list item or quotation.

use super::block_start::{Fence, HtmlEnd, Marker, atx, html_start, is_rule, is_table_rule};
use super::cursor::Cursor;
use super::line::{Line, LineKind};
use crate::text::Span;

/// A block around a line.
#[derive(Clone, Copy)]
enum Container {
    Quote,
    /// A list item; a line belongs to it if it is indented by this many columns.
    Item {
        width: usize,
        /// Whether only its marker has been read so far.
        is_empty: bool,
    },
}

/// The open block that contains no other blocks.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Leaf {
    #[default]
    None,
    Paragraph,
    Table,
    Fence(Fence),
    /// Indented code.
    Code,
    Html(HtmlEnd),
}

/// Reads a text line by line.
pub(in crate::syntax) struct LineScanner<'t> {
    text: &'t str,
    containers: Vec<Container>,
    leaf: Leaf,
    /// From the first line of the open paragraph to its last.
    paragraph: Span,
}

impl<'t> LineScanner<'t> {
    pub(in crate::syntax) fn new(text: &'t str) -> Self {
        Self { text, containers: vec![], leaf: Leaf::None, paragraph: Span::at(0) }
    }

    /// The lines of the paragraph that the last line belonged to; for an underlined heading, its words.
    pub(in crate::syntax) fn paragraph(&self) -> Span {
        self.paragraph
    }

    /// Whether the last line was outside of list items and quotations.
    pub(in crate::syntax) fn is_outside(&self) -> bool {
        self.containers.is_empty()
    }

    /// Reads the line and returns `true`, if its first byte decides what it is: a blank line, code in an
    /// open fence, or the first or the next line of a paragraph. Most lines are one of these.
    pub(in crate::syntax) fn skip_simple_line(&mut self, line: Span) -> bool {
        if !self.containers.is_empty() {
            return false;
        }
        let first_byte = line.of(self.text).bytes().next().unwrap_or(b'\n');
        match (self.leaf, first_byte) {
            (Leaf::Fence(_), b'a'..=b'z' | b'A'..=b'Z') => {}
            (Leaf::None | Leaf::Paragraph, b'a'..=b'z' | b'A'..=b'Z') => self.text_line(line),
            (Leaf::None | Leaf::Paragraph, b'\n' | b'\r') => self.leaf = Leaf::None,
            _ => return false,
        }
        true
    }

    /// Reads the next line.
    pub(in crate::syntax) fn read(&mut self, line: Span) -> Line {
        let trimmed_length = line.of(self.text).trim_ascii_end().len();
        let span = Span::new(line.start, line.start + trimmed_length);
        let mut cursor = Cursor::new(self.text, span);
        let matched_count = self.matched(&mut cursor);
        let is_inside = matched_count == self.containers.len();
        if let Some(kind) = self.raw(&mut cursor, is_inside) {
            return self.line(kind, span, &cursor);
        }
        if cursor.is_blank() {
            return self.blank(span, &cursor, matched_count);
        }
        self.open(line, span, cursor, matched_count)
    }

    /// The number of open containers that the line continues; the cursor is moved past their marks.
    fn matched(&mut self, cursor: &mut Cursor<'_>) -> usize {
        let mut count = 0;
        for container in &self.containers {
            let is_continued = match container {
                Container::Quote => cursor.skip_quote_mark(),
                Container::Item { is_empty: true, .. } if cursor.is_blank() => false,
                Container::Item { .. } if cursor.is_blank() => true,
                Container::Item { width, .. } => cursor.skip_columns(*width),
            };
            if !is_continued {
                break;
            }
            count += 1;
        }
        count
    }

    /// The kind of a line within open code or HTML.
    fn raw(&mut self, cursor: &mut Cursor<'_>, is_inside: bool) -> Option<LineKind> {
        if !is_inside {
            if matches!(self.leaf, Leaf::Fence(_) | Leaf::Html(_) | Leaf::Code) {
                self.leaf = Leaf::None;
            }
            return None;
        }
        match self.leaf {
            Leaf::Fence(fence) => {
                if cursor.indent() <= 3 && fence.is_closed_by(cursor.bare()) {
                    self.leaf = Leaf::None;
                    return Some(LineKind::Fence);
                }
                Some(LineKind::Code)
            }
            Leaf::Html(end) => {
                let kind = end.kind();
                if end.is_blank_line() && cursor.is_blank() {
                    self.leaf = Leaf::None;
                    return None;
                }
                if end.is_in(cursor.bare()) {
                    self.leaf = Leaf::None;
                }
                Some(kind)
            }
            Leaf::Code if cursor.is_blank() => Some(LineKind::Blank),
            Leaf::Code if cursor.indent() > 3 => Some(LineKind::Code),
            _ => None,
        }
    }

    fn blank(&mut self, span: Span, cursor: &Cursor<'_>, matched: usize) -> Line {
        // A blank line without the mark of a quotation ends it, and everything in it.
        let first_quote = self
            .containers
            .iter()
            .skip(matched)
            .position(|container| matches!(container, Container::Quote));
        if let Some(first_quote) = first_quote {
            self.containers.truncate(matched + first_quote);
        }
        if let Some(Container::Item { is_empty: true, .. }) = self.containers.get(matched) {
            self.containers.truncate(matched);
        }
        self.leaf = Leaf::None;
        self.line(LineKind::Blank, span, cursor)
    }

    /// Opens the blocks that start on a line which is not blank, and not in open code or HTML.
    fn open(
        &mut self,
        line: Span,
        span: Span,
        mut cursor: Cursor<'_>,
        matched_count: usize,
    ) -> Line {
        let indent = cursor.column();
        let mut is_inside = matched_count == self.containers.len();
        let mut is_item = false;
        let kind = loop {
            let in_paragraph = is_inside && matches!(self.leaf, Leaf::Paragraph);
            if cursor.indent() > 3 {
                if self.leaf == Leaf::Paragraph && !is_item {
                    break None;
                }
                self.close(matched_count, &mut is_inside);
                self.leaf = Leaf::Code;
                break Some(LineKind::Code);
            }
            let content = cursor.bare();
            if starts_with_letter(content) {
                break None;
            }
            if content.starts_with('>') {
                self.close(matched_count, &mut is_inside);
                cursor.skip_quote_mark();
                self.containers.push(Container::Quote);
            } else if let Some(kind) = self.block(&mut cursor, in_paragraph) {
                self.close(matched_count, &mut is_inside);
                break Some(self.opened(kind));
            } else if let Some(marker) = Marker::read(content, in_paragraph) {
                self.close(matched_count, &mut is_inside);
                let width = cursor.indent() + marker.width;
                cursor.skip_marker(&marker);
                let is_empty = cursor.is_blank();
                self.containers.push(Container::Item { width, is_empty });
                is_item = true;
            } else {
                break None;
            }
            if cursor.is_blank() {
                break Some(LineKind::Blank);
            }
        };
        if let Some(Container::Item { is_empty, .. }) = self.containers.last_mut() {
            *is_empty = *is_empty && kind == Some(LineKind::Blank);
        }
        let (kind, continues) = match kind {
            Some(LineKind::Blank) => (LineKind::Text, false),
            Some(kind) => (kind, false),
            None => self.prose(line, &cursor, matched_count, is_inside),
        };
        let mut opened_line = self.line(kind, span, &cursor);
        (opened_line.is_item, opened_line.continues) = (is_item, continues);
        if let LineKind::Heading(_) = kind
            && let Some((_, words)) = atx(opened_line.content.of(self.text))
        {
            opened_line.content = words.shift(opened_line.content.start);
        }
        if is_item {
            opened_line.indent = indent;
        }
        opened_line
    }

    /// The block at the cursor, if it cannot contain other blocks.
    fn block(&self, cursor: &mut Cursor<'_>, in_paragraph: bool) -> Option<OpenedBlock> {
        let content = cursor.bare();
        if let Some((level, _)) = atx(content) {
            return Some(OpenedBlock::Line(LineKind::Heading(level)));
        }
        if let Some(fence) = Fence::read(content) {
            return Some(OpenedBlock::Fence(fence));
        }
        let in_paragraph_or_table = matches!(self.leaf, Leaf::Paragraph | Leaf::Table);
        if let Some(html_end) = html_start(content, in_paragraph_or_table) {
            let is_closed = html_end.is_in_first(content);
            return Some(OpenedBlock::Html { end: html_end, is_closed });
        }
        if in_paragraph && let Some(level) = underline(content) {
            return Some(OpenedBlock::Line(LineKind::Underline(level)));
        }
        is_rule(content).then_some(OpenedBlock::Line(LineKind::Rule))
    }

    fn opened(&mut self, block: OpenedBlock) -> LineKind {
        match block {
            OpenedBlock::Line(kind) => kind,
            OpenedBlock::Fence(fence) => {
                self.leaf = Leaf::Fence(fence);
                LineKind::Fence
            }
            OpenedBlock::Html { end, is_closed } => {
                self.leaf = if is_closed { Leaf::None } else { Leaf::Html(end) };
                end.kind()
            }
        }
    }

    /// Closes the blocks inside of the first `matched_count` containers, once per line.
    fn close(&mut self, matched_count: usize, is_inside: &mut bool) {
        if !*is_inside {
            self.containers.truncate(matched_count);
        }
        *is_inside = true;
        self.leaf = Leaf::None;
    }

    /// Reads a line of words; returns also whether it continues the paragraph above it.
    fn prose(
        &mut self,
        line: Span,
        cursor: &Cursor<'_>,
        matched_count: usize,
        is_inside: bool,
    ) -> (LineKind, bool) {
        match self.leaf {
            // Lazy continuation: the marks of quotations and items may be missing.
            Leaf::Paragraph if !(is_inside && is_table_rule(cursor.bare())) => {
                self.paragraph = self.paragraph.to(line);
                return (LineKind::Text, true);
            }
            Leaf::Paragraph => {
                self.leaf = Leaf::Table;
                return (LineKind::Row, false);
            }
            Leaf::Table if is_inside => return (LineKind::Row, false),
            _ => {}
        }
        if !is_inside {
            self.containers.truncate(matched_count);
        }
        let content = cursor.bare();
        let label =
            content.strip_prefix('[').and_then(|after_bracket| after_bracket.split_once(']'));
        if label.is_some_and(|(_, after_bracket)| after_bracket.starts_with(':')) {
            self.leaf = Leaf::None;
            return (LineKind::Definition, false);
        }
        self.leaf = Leaf::Paragraph;
        self.paragraph = line;
        (LineKind::Text, false)
    }

    fn text_line(&mut self, line: Span) {
        self.paragraph = match self.leaf {
            Leaf::Paragraph => self.paragraph.to(line),
            _ => line,
        };
        self.leaf = Leaf::Paragraph;
    }

    fn line(&self, kind: LineKind, span: Span, cursor: &Cursor<'_>) -> Line {
        let quotes = self.containers.iter().filter(|c| matches!(c, Container::Quote)).count();
        let content = Span::new(cursor.content_start(), span.end);
        let indent = cursor.column() + cursor.indent();
        Line { kind, span, content, quotes, is_item: false, indent, continues: false }
    }
}

/// Whether a line begins with a letter, as most lines do: no block starts with one.
fn starts_with_letter(content: &str) -> bool {
    let first_byte = content.bytes().next();
    first_byte.is_some_and(|first_byte| first_byte.is_ascii_alphabetic() || !first_byte.is_ascii())
}

/// A block that starts on a line.
#[derive(Clone, Copy)]
enum OpenedBlock {
    Line(LineKind),
    Fence(Fence),
    Html { end: HtmlEnd, is_closed: bool },
}

/// The level of the heading that the line makes out of the paragraph above it.
fn underline(content: &str) -> Option<u8> {
    let consists_of = |mark: u8| content.bytes().all(|byte| byte == mark);
    if consists_of(b'=') {
        Some(1)
    } else if consists_of(b'-') {
        Some(2)
    } else {
        None
    }
}
