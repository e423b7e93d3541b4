//! The block structure of a Markdown text, line by line: the one place that decides what is code, a
//! comment, HTML, a quotation, a list item, a heading or the next line of a paragraph.
//!
//! A scanner of lines and not the events of the Markdown reader: listing a log needs this for every
//! file, and it takes a tenth of the time. `tests/lines.rs` holds the two together with random texts
//! and with real ones. A region has to begin where no block is open: at the beginning of the text, or
//! behind a heading that is in no list item or quotation.

use super::block_start::{Fence, HtmlEnd, Marker, atx, html_start, is_rule, is_table_rule};
use super::cursor::Cursor;
use super::line::{Line, LineKind};
use crate::text::Span;

/// The lines of `region`, in which no block is open at its beginning.
pub fn lines(text: &str, region: Span) -> Vec<Line> {
    let mut scanner = Scanner::new(text);
    let mut lines: Vec<Line> = Vec::new();
    for line in region.lines(text) {
        let line = scanner.read(line);
        if let LineKind::Underline(_) = line.kind {
            let words = scanner.paragraph();
            let above = lines.iter_mut().rev().take_while(|above| above.span.start >= words.start);
            above.for_each(|above| above.kind = line.kind);
        }
        if let Some(head) = lines.last_mut().filter(|above| above.kind == LineKind::Text)
            && line.kind == LineKind::Row
        {
            (head.kind, head.continues) = (LineKind::Row, false);
        }
        lines.push(line);
    }
    lines
}

/// What encloses a line.
#[derive(Clone, Copy)]
enum Container {
    Quote,
    /// A list item; a line belongs to it from this many columns on.
    Item {
        width: usize,
        /// Whether nothing but its marker has been read so far.
        is_empty: bool,
    },
}

/// The block without blocks of its own that is open.
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
pub(super) struct Scanner<'t> {
    text: &'t str,
    containers: Vec<Container>,
    leaf: Leaf,
    /// From the first line of the open paragraph to its last.
    paragraph: Span,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, containers: vec![], leaf: Leaf::None, paragraph: Span::at(0) }
    }

    /// The lines of the paragraph that the last line belonged to; of an underlined heading its words.
    pub(super) fn paragraph(&self) -> Span {
        self.paragraph
    }

    /// Whether the last line was in no list item and no quotation.
    pub(super) fn is_outside(&self) -> bool {
        self.containers.is_empty()
    }

    /// Whether the first byte of the line settles that it is blank, code of an open fence, or the next
    /// or the first line of a paragraph, as most lines are. It has been read then.
    pub(super) fn skims(&mut self, line: Span) -> bool {
        if !self.containers.is_empty() {
            return false;
        }
        let first = line.of(self.text).bytes().next().unwrap_or(b'\n');
        match self.leaf {
            Leaf::Fence(_) => return first.is_ascii_alphabetic(),
            Leaf::None | Leaf::Paragraph if first.is_ascii_alphabetic() => self.text_line(line),
            Leaf::None | Leaf::Paragraph if matches!(first, b'\n' | b'\r') => {
                self.leaf = Leaf::None
            }
            _ => return false,
        }
        true
    }

    /// Reads the next line.
    pub(super) fn read(&mut self, line: Span) -> Line {
        let trimmed = line.of(self.text).trim_ascii_end().len();
        let span = Span::new(line.start, line.start + trimmed);
        let mut cursor = Cursor::new(self.text, span);
        let matched = self.matched(&mut cursor);
        let is_inside = matched == self.containers.len();
        if let Some(kind) = self.raw(&mut cursor, is_inside) {
            return self.line(kind, span, &cursor);
        }
        if cursor.is_blank() {
            return self.blank(span, &cursor, matched);
        }
        self.open(line, span, cursor, matched)
    }

    /// How many of the open containers the line belongs to; the cursor is moved behind their marks.
    fn matched(&mut self, cursor: &mut Cursor<'_>) -> usize {
        let mut count = 0;
        for container in &self.containers {
            let fits = match container {
                Container::Quote => cursor.quote(),
                Container::Item { is_empty: true, .. } if cursor.is_blank() => false,
                Container::Item { .. } if cursor.is_blank() => true,
                Container::Item { width, .. } => cursor.skip_columns(*width),
            };
            if !fits {
                break;
            }
            count += 1;
        }
        count
    }

    /// What a line is within the code or HTML that is open.
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
        // A blank line ends a quotation that it has no mark of, and what is in it.
        let quote =
            self.containers.iter().skip(matched).position(|c| matches!(c, Container::Quote));
        if let Some(quote) = quote {
            self.containers.truncate(matched + quote);
        }
        if let Some(Container::Item { is_empty: true, .. }) = self.containers.get(matched) {
            self.containers.truncate(matched);
        }
        self.leaf = Leaf::None;
        self.line(LineKind::Blank, span, cursor)
    }

    /// A line that is not blank and in no open code or HTML: opens the blocks that begin on it.
    fn open(&mut self, line: Span, span: Span, mut cursor: Cursor<'_>, matched: usize) -> Line {
        let indent = cursor.column();
        let mut inside = matched == self.containers.len();
        let mut is_item = false;
        let kind = loop {
            let paragraph = inside && matches!(self.leaf, Leaf::Paragraph);
            if cursor.indent() > 3 {
                if self.leaf == Leaf::Paragraph && !is_item {
                    break None;
                }
                self.close(matched, &mut inside);
                self.leaf = Leaf::Code;
                break Some(LineKind::Code);
            }
            let bare = cursor.bare();
            if is_words(bare) {
                break None;
            }
            if bare.starts_with('>') {
                self.close(matched, &mut inside);
                cursor.quote();
                self.containers.push(Container::Quote);
            } else if let Some(kind) = self.block(&mut cursor, paragraph) {
                self.close(matched, &mut inside);
                break Some(self.opened(kind));
            } else if let Some(marker) = Marker::read(bare, paragraph) {
                self.close(matched, &mut inside);
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
            None => self.prose(line, &cursor, (matched, inside)),
        };
        let mut read = self.line(kind, span, &cursor);
        (read.is_item, read.continues) = (is_item, continues);
        if let LineKind::Heading(_) = kind
            && let Some((_, words)) = atx(read.content.of(self.text))
        {
            read.content = words.shift(read.content.start);
        }
        if is_item {
            read.indent = indent;
        }
        read
    }

    /// The block that begins at the cursor and holds no others.
    fn block(&self, cursor: &mut Cursor<'_>, paragraph: bool) -> Option<Opened> {
        let bare = cursor.bare();
        if let Some((level, _)) = atx(bare) {
            return Some(Opened::Line(LineKind::Heading(level)));
        }
        if let Some(fence) = Fence::read(bare) {
            return Some(Opened::Fence(fence));
        }
        let in_words = matches!(self.leaf, Leaf::Paragraph | Leaf::Table);
        if let Some(end) = html_start(bare, in_words) {
            return Some(Opened::Html { end, is_closed: end.is_in_first(bare) });
        }
        if paragraph && let Some(level) = underline(bare) {
            return Some(Opened::Line(LineKind::Underline(level)));
        }
        is_rule(bare).then_some(Opened::Line(LineKind::Rule))
    }

    fn opened(&mut self, opened: Opened) -> LineKind {
        match opened {
            Opened::Line(kind) => kind,
            Opened::Fence(fence) => {
                self.leaf = Leaf::Fence(fence);
                LineKind::Fence
            }
            Opened::Html { end, is_closed } => {
                self.leaf = if is_closed { Leaf::None } else { Leaf::Html(end) };
                end.kind()
            }
        }
    }

    /// Ends what is open inside of the first `matched` containers, once in a line.
    fn close(&mut self, matched: usize, inside: &mut bool) {
        if !*inside {
            self.containers.truncate(matched);
        }
        *inside = true;
        self.leaf = Leaf::None;
    }

    /// A line of words; says whether it continues the paragraph above it.
    fn prose(
        &mut self,
        line: Span,
        cursor: &Cursor<'_>,
        (matched, inside): (usize, bool),
    ) -> (LineKind, bool) {
        match self.leaf {
            // Also where the marks of quotations and items are left out.
            Leaf::Paragraph if !(inside && is_table_rule(cursor.bare())) => {
                self.paragraph = self.paragraph.to(line);
                return (LineKind::Text, true);
            }
            Leaf::Paragraph => {
                self.leaf = Leaf::Table;
                return (LineKind::Row, false);
            }
            Leaf::Table if inside => return (LineKind::Row, false),
            _ => {}
        }
        if !inside {
            self.containers.truncate(matched);
        }
        let bare = cursor.bare();
        let label = bare.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        if label.is_some_and(|(_, rest)| rest.starts_with(':')) {
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

/// Whether a line begins with a letter, as most lines do: no block begins with one.
fn is_words(bare: &str) -> bool {
    let first = bare.bytes().next();
    first.is_some_and(|first| first.is_ascii_alphabetic() || !first.is_ascii())
}

/// A block that begins on a line.
#[derive(Clone, Copy)]
enum Opened {
    Line(LineKind),
    Fence(Fence),
    Html { end: HtmlEnd, is_closed: bool },
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
