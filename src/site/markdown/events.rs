//! Markdown events as HTML.

use std::mem;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::code::highlight;
use super::headings::PageAnchors;
use super::open_element::{OpenCell, OpenElement, OpenPicture};
use super::options::WriteOptions;
use super::table::{OpenTable, start_table_region};
use super::target_page::PageSlot;
use super::text::MarkdownText;
use super::writer::HtmlWriter;
use super::written_text::WrittenText;
use crate::text::escape;

/// Writes the text as HTML, with links to its `anchors`.
pub(super) fn write_text(
    text: &MarkdownText<'_>,
    options: &WriteOptions<'_>,
    anchors: PageAnchors,
) -> WrittenText {
    let mut writer = HtmlWriter::new(text, options, &anchors);
    for event in text.events() {
        writer.event(event);
    }
    writer.write_footnotes();
    let (html, raw_html) = (mem::take(&mut writer.out), mem::take(&mut writer.raw_html));
    WrittenText { html, raw_html, anchors }
}

impl HtmlWriter<'_> {
    fn event(&mut self, event: &Event<'_>) {
        if self.picture_event(event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(text),
                None if self.open_links > 0 || !self.has_addresses => {
                    escape(&mut self.out, text);
                }
                None => self.text_with_addresses(text),
            },
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push_escaped("<code>", text, "</code>");
            }
            Event::Html(html) => match &mut self.html_block {
                Some(block) => block.push_str(html),
                None => self.raw_html(html, false),
            },
            Event::InlineHtml(html) => self.raw_html(html, true),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(is_done) => self.task_box(*is_done),
            Event::FootnoteReference(label) => self.footnote_reference(label),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open("<p>", "</p>\n"),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(kind) => self.start_quotation(*kind),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => self.open("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                self.outer_outputs.push(mem::take(&mut self.out));
                self.open_elements.push(OpenElement::Footnote(label.to_string()));
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.start_table_part(tag);
            }
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.open_link(&format!("mailto:{dest_url}"), "");
            }
            Tag::Link { dest_url, title, .. } => self.open_link(dest_url, title),
            Tag::Image { dest_url, title, .. } => {
                let (destination, title) = (dest_url.to_string(), title.to_string());
                let picture = OpenPicture { depth: 1, destination, title, ..Default::default() };
                self.picture = Some(picture);
            }
            // These extensions of the parser are off.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.open("<div>", "</div>\n"),
        }
    }

    fn start_table_part(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Table(alignments) => {
                self.table = OpenTable::new(alignments.clone());
                start_table_region(&mut self.out, &self.options.words.table);
                self.open("<table>\n", "</tbody></table></div>\n");
            }
            Tag::TableHead => {
                self.table.start_row(true);
                self.open("<thead><tr>", "</tr></thead>\n<tbody>\n");
            }
            Tag::TableRow => {
                self.table.start_row(false);
                self.open("<tr>", "</tr>\n");
            }
            _ => {
                let (start_tag, end_tag) = self.table.next_cell();
                let start = self.out.len();
                self.out.push_str(start_tag);
                let cell = OpenCell { end_tag, start, content_start: self.out.len() };
                self.open_elements.push(OpenElement::Cell(cell));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::HtmlBlock {
            let html = self.html_block.take().unwrap_or_default();
            return self.raw_html(&html, false);
        }
        if tag == TagEnd::CodeBlock
            && let Some((language, text)) = self.code.take()
        {
            highlight(&mut self.out, &text, &language);
        }
        match self.open_elements.pop() {
            Some(OpenElement::Heading(level)) => {
                self.out.push_str("</h");
                PageSlot::Level(level).write(&mut self.out);
                self.out.push_str(">\n");
            }
            Some(OpenElement::Hidden(start)) => self.out.truncate(start),
            Some(OpenElement::Cell(OpenCell { start, content_start, .. }))
                if self.out.len() == content_start =>
            {
                // An empty heading cell would confuse screen readers.
                self.out.truncate(start);
                self.out.push_str("<td></td>");
            }
            Some(OpenElement::Plain(end_tag) | OpenElement::Cell(OpenCell { end_tag, .. })) => {
                self.out.push_str(end_tag);
            }
            Some(OpenElement::Link(link)) => self.end_link(&link),
            Some(OpenElement::Footnote(label)) => {
                let outer_output = self.outer_outputs.pop().unwrap_or_default();
                let footnote = mem::replace(&mut self.out, outer_output);
                self.footnotes.define(&label, footnote);
            }
            None => {}
        }
    }

    fn start_heading(&mut self) {
        let heading = self.headings.get(self.next_heading);
        self.next_heading += 1;
        let Some(heading) = heading.filter(|heading| !heading.is_left_out()) else {
            return self.open_elements.push(OpenElement::Hidden(self.out.len()));
        };
        self.out.push_str("<h");
        PageSlot::Level(heading.level).write(&mut self.out);
        self.out.push_str(" id=\"");
        PageSlot::Prefix.write(&mut self.out);
        escape(&mut self.out, &heading.id);
        self.out.push_str("\">");
        self.open_elements.push(OpenElement::Heading(heading.level));
    }

    fn start_quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.open("<blockquote>\n", "</blockquote>\n");
        };
        let words = self.options.words;
        let (class, label) = match kind {
            BlockQuoteKind::Note => ("note", &words.note),
            BlockQuoteKind::Tip => ("tip", &words.tip),
            BlockQuoteKind::Important => ("important", &words.important),
            BlockQuoteKind::Warning => ("warning", &words.warning),
            BlockQuoteKind::Caution => ("caution", &words.caution),
        };
        self.out.push_str("<blockquote class=\"");
        self.out.push_str(class);
        self.push_escaped("\">\n<p><strong>", label, "</strong></p>\n");
        self.open_elements.push(OpenElement::Plain("</blockquote>\n"));
    }

    /// Starts a block of code. It scrolls by itself, so the keyboard must reach it.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{', '\t']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        let is_allowed =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#' | '.');
        let language = info.chars().all(is_allowed).then(|| info.to_ascii_lowercase());
        let language = language.unwrap_or_default();
        let is_diagram = language == "mermaid";
        if is_diagram {
            let caption = &self.options.words.diagram;
            self.push_escaped("<figure><figcaption>", caption, "</figcaption>\n");
        }
        self.out.push_str("<pre tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(&mut self.out, &self.options.words.code);
        self.out.push_str("\"><code");
        if !language.is_empty() {
            self.push(format_args!(" class=\"language-{language}\""));
        }
        self.out.push('>');
        self.code = Some((language, String::new()));
        let end_tags = if is_diagram { "</code></pre></figure>\n" } else { "</code></pre>\n" };
        self.open_elements.push(OpenElement::Plain(end_tags));
    }

    fn task_box(&mut self, is_done: bool) {
        let words = self.options.words;
        let (mark, name) = if is_done { ('☑', &words.done) } else { ('☐', &words.open) };
        self.out.push_str("<span class=\"box\" role=\"img\" aria-label=\"");
        escape(&mut self.out, name);
        self.push(format_args!("\">{mark}</span> "));
    }

    /// Writes the footnotes at the end of the text.
    fn write_footnotes(&mut self) {
        let footnotes = mem::take(&mut self.footnotes);
        let mut defined = footnotes.defined().peekable();
        if defined.peek().is_none() {
            return;
        }
        self.out.push_str("<ol class=\"notes\">\n");
        for (number, html, is_referenced) in defined {
            let item = format_args!("Note-{number}\" value=\"{number}\">{html}");
            self.push_prefixed("<li id=\"", item);
            if is_referenced {
                self.out.push_str("<a href=\"");
                PageSlot::Address(&format!("#Ref-{number}")).write(&mut self.out);
                self.out.push_str("\" aria-label=\"");
                escape(&mut self.out, &self.options.words.back);
                self.out.push_str("\">↩</a>");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }
}
