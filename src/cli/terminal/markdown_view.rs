//! Markdown for a terminal: wrapped to the width, with the colours of the terminal's theme.
//!
//! Nothing of a text is hidden: HTML and comments are shown as they are written, and the destination of a
//! link follows its words. The crates that do this bring a parser or a terminal library of their own, see
//! `docs/adr/0028-render-markdown-for-terminals-over-pulldown-cmark.md`.

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use super::markdown_table::{TableRow, table_lines};
use super::styled_line::StyledLine;
use super::wrapping::{StyledText, dimmed, painted, wrapped};
use crate::syntax::markdown;

/// How a text is shown.
#[derive(Clone, Copy)]
pub(crate) struct MarkdownView {
    /// The columns of the terminal.
    pub width: usize,
    pub color: bool,
}

/// No line of running text is longer: a wide terminal is hard to read otherwise.
const MAX_TEXT_WIDTH: usize = 100;

/// The columns that text has at least, however deep it is nested.
const MIN_TEXT_WIDTH: usize = 20;

impl MarkdownView {
    /// Returns the lines of `text`, which has no front matter.
    pub(crate) fn lines(self, text: &str) -> Vec<StyledLine> {
        let mut writer = Writer::new(self);
        for (event, _) in markdown(text) {
            writer.event(event);
        }
        writer.lines
    }

    fn styled(self, style: Style, text: &str) -> StyledLine {
        painted(self.color, style, text)
    }
}

/// A block that contains other blocks.
enum ShownBlock {
    Quote,
    Item {
        marker: String,
        /// Whether the first line of the item, which shows the marker, is written.
        is_begun: bool,
    },
}

struct Writer {
    view: MarkdownView,
    lines: Vec<StyledLine>,
    containers: Vec<ShownBlock>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The running text of the open block.
    texts: Vec<StyledText>,
    /// The styles of the open inline elements; the first one is the style of the block.
    styles: Vec<Style>,
    /// The destinations of the open links and pictures.
    destinations: Vec<String>,
    /// The text of the open code block.
    code: Option<String>,
    /// The rows of the open table, which are collected until the width of its columns is known.
    table_rows: Option<Vec<TableRow>>,
    /// Whether the next block is separated from the one above by an empty line.
    needs_gap: bool,
}

impl Writer {
    fn new(view: MarkdownView) -> Self {
        Self {
            view,
            lines: Vec::new(),
            containers: Vec::new(),
            lists: Vec::new(),
            texts: Vec::new(),
            styles: vec![Style::new()],
            destinations: Vec::new(),
            code: None,
            table_rows: None,
            needs_gap: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(&text),
            },
            Event::Code(code) if self.view.color => self.push_styled(&code, code_style()),
            Event::Code(code) => self.push(&format!("`{code}`")),
            Event::InlineHtml(html) if is_line_break(&html) => self.push("\n"),
            Event::Html(html) | Event::InlineHtml(html) => self.push_styled(&html, dimmed()),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::Rule => self.rule(),
            Event::TaskListMarker(is_done) => self.push(if is_done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(label) => self.push(&format!("[^{label}]")),
            Event::InlineMath(math) | Event::DisplayMath(math) => self.push(&math),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.begin_block();
                self.styles.push(heading_style());
                self.push(&format!("{} ", "#".repeat(level as usize)));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.gap();
                self.containers.push(ShownBlock::Quote);
            }
            Tag::CodeBlock(_) => {
                self.begin_block();
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::Table(_) => {
                self.begin_block();
                self.table_rows = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                self.styles.push(self.row_style());
                self.table_rows.iter_mut().for_each(|rows| rows.push(Vec::new()));
            }
            Tag::FootnoteDefinition(label) => {
                self.begin_block();
                self.push(&format!("[^{label}]: "));
            }
            Tag::Paragraph | Tag::HtmlBlock => self.begin_paragraph(),
            Tag::Link { dest_url, .. } => {
                self.destinations.push(dest_url.to_string());
                self.styles.push(self.style().underline());
            }
            Tag::Image { dest_url, .. } => {
                self.destinations.push(dest_url.to_string());
                self.styles.push(self.style().italic());
            }
            Tag::Emphasis => self.styles.push(self.style().italic()),
            Tag::Strong => self.styles.push(self.style().bold()),
            Tag::Strikethrough => self.styles.push(self.style().strikethrough()),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                self.flush();
                self.styles.pop();
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.needs_gap = true;
            }
            TagEnd::Item => {
                self.flush();
                self.show_empty_item();
                self.containers.pop();
                self.needs_gap = false;
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.texts);
                if let Some(row) = self.table_rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough => {
                self.styles.pop();
            }
            _ => {}
        }
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    /// The style of a table row that begins: the first one is the head.
    fn row_style(&self) -> Style {
        let is_head = self.table_rows.as_ref().is_some_and(Vec::is_empty);
        if is_head { Style::new().bold() } else { Style::new() }
    }

    fn push(&mut self, text: &str) {
        self.push_styled(text, self.style());
    }

    fn push_styled(&mut self, text: &str, style: Style) {
        self.texts.push(StyledText { text: text.to_owned(), style });
    }

    fn begin_block(&mut self) {
        self.flush();
        self.gap();
    }

    /// Begins a paragraph. The first one of a list item is on the line of the marker.
    fn begin_paragraph(&mut self) {
        let follows_marker =
            matches!(self.containers.last(), Some(ShownBlock::Item { is_begun: false, .. }));
        if follows_marker { self.flush() } else { self.begin_block() }
    }

    fn start_item(&mut self) {
        self.flush();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "• ".to_owned(),
        };
        self.containers.push(ShownBlock::Item { marker, is_begun: false });
    }

    /// Writes the marker of an item without text.
    fn show_empty_item(&mut self) {
        if matches!(self.containers.last(), Some(ShownBlock::Item { is_begun: false, .. })) {
            let prefix = self.prefix();
            self.lines.push(prefix);
        }
    }

    /// Writes the words of a link or a picture, followed by the destination if the words are not it.
    fn end_link(&mut self) {
        self.styles.pop();
        let destination = self.destinations.pop().unwrap_or_default();
        let words = self.texts.last().map_or("", |last| last.text.as_str());
        if !destination.is_empty() && destination.trim_start_matches("mailto:") != words {
            self.push_styled(&format!(" ({destination})"), dimmed());
        }
    }

    /// Writes the running text of the block that ends.
    fn flush(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        for line in wrapped(&texts, self.text_width()) {
            let prefix = self.prefix();
            self.lines.push(line.into_iter().fold(prefix, |shown, piece| {
                shown.and(&self.view.styled(piece.style, &piece.text))
            }));
            self.needs_gap = true;
        }
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        for line in code.lines() {
            let shown = self.prefix().and_text("    ").and(&self.view.styled(code_style(), line));
            self.lines.push(shown);
        }
        self.needs_gap = true;
    }

    fn rule(&mut self) {
        self.begin_block();
        let rule = "─".repeat(self.text_width());
        let shown = self.prefix().and(&self.view.styled(dimmed(), &rule));
        self.lines.push(shown);
        self.needs_gap = true;
    }

    fn end_table(&mut self) {
        let Some(rows) = self.table_rows.take() else { return };
        for line in table_lines(&rows, self.text_width(), self.view.color) {
            let shown = self.prefix().and(&line);
            self.lines.push(shown);
        }
        self.needs_gap = true;
    }

    /// Separates a block from the one above it.
    fn gap(&mut self) {
        if self.needs_gap {
            let prefix = self.blank_prefix();
            self.lines.push(prefix);
            self.needs_gap = false;
        }
    }

    /// Returns what precedes the next line; the first line of an item shows its marker.
    fn prefix(&mut self) -> StyledLine {
        let mut prefix = StyledLine::default();
        for container in &mut self.containers {
            prefix = match container {
                ShownBlock::Quote => prefix.and(&self.view.styled(dimmed(), "│ ")),
                ShownBlock::Item { marker, is_begun: false } => prefix.and_text(marker),
                ShownBlock::Item { marker, .. } => prefix.and_text(&" ".repeat(marker.width())),
            };
            if let ShownBlock::Item { is_begun, .. } = container {
                *is_begun = true;
            }
        }
        prefix
    }

    /// Returns what precedes an empty line: the marks of quotations only.
    fn blank_prefix(&self) -> StyledLine {
        let quotes = self.containers.iter().filter(|one| matches!(one, ShownBlock::Quote)).count();
        match quotes {
            0 => StyledLine::default(),
            quotes => self.view.styled(dimmed(), &vec!["│"; quotes].join(" ")),
        }
    }

    fn text_width(&self) -> usize {
        let width_of = |container: &ShownBlock| match container {
            ShownBlock::Quote => 2,
            ShownBlock::Item { marker, .. } => marker.width(),
        };
        let used: usize = self.containers.iter().map(width_of).sum();
        self.view.width.min(MAX_TEXT_WIDTH).saturating_sub(used).max(MIN_TEXT_WIDTH)
    }
}

fn heading_style() -> Style {
    Style::new().bold().fg_color(Some(AnsiColor::Blue.into()))
}

fn code_style() -> Style {
    Style::new().fg_color(Some(AnsiColor::Cyan.into()))
}

fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::MarkdownView;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lines = MarkdownView { width: 30, color: false }.lines(text);
        let shown: Vec<&str> = lines.iter().map(|line| line.as_str().trim_end()).collect();
        assert_eq!(shown.join("\n"), expected.trim_matches('\n'), "{text}");
    }

    #[test]
    fn text_is_wrapped_and_blocks_are_separated() {
        check(
            "# Use Rust\n\nOne two three four five six\nseven *eight* `nine`.\n***\nEnd",
            "
# Use Rust

One two three four five six
seven eight `nine`.

──────────────────────────────

End",
        );
    }

    #[test]
    fn lists_show_their_markers_and_boxes() {
        check(
            "* one\n* two\n  * three\n\n    text\n\n3. a\n4. b\n\n- [x] done\n- [ ] open\n-\n",
            "
• one
• two
  • three

    text

3. a
4. b

• [x] done
• [ ] open
•",
        );
    }

    #[test]
    fn quotes_code_and_html_keep_their_text() {
        check(
            "> a\n>\n> b\n\n```sh\ncargo run  --release\n```\n\n<!-- why -->\n\na<br>b",
            "
│ a
│
│ b

    cargo run  --release

<!-- why -->

a
b",
        );
    }

    #[test]
    fn links_show_where_they_lead() {
        check("[one](1.md), <https://e.org>", "one (1.md), https://e.org");
        check("![A map](map.png)", "A map (map.png)");
    }

    #[test]
    fn a_wide_table_is_wrapped() {
        check(
            "| Option | Good |\n|---|---|\n| MySQL | known to all of us here |\n| NATS | new |",
            "
Option │ Good
───────┼──────────────────────
MySQL  │ known to all of us
       │ here
NATS   │ new",
        );
    }

    #[test]
    fn colours_are_styles_around_safe_text() {
        let lines = MarkdownView { width: 80, color: true }.lines("**a\u{1b}[31m** `b`");
        let shown: Vec<&str> = lines.iter().map(super::StyledLine::as_str).collect();
        assert_eq!(shown, ["\u{1b}[1ma\\u{1b}[31m\u{1b}[0m \u{1b}[36mb\u{1b}[0m"]);
    }
}
