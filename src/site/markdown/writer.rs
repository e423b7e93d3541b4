//! The state of writing a text as HTML, and the simplest steps. `inline` and `events` add the others.

use std::fmt::{self, Write as _};

use super::footnotes::Footnotes;
use super::headings::{PageAnchors, PageHeading};
use super::link_resolver::LinkResolver;
use super::open_element::{OpenElement, OpenPicture};
use super::options::WriteOptions;
use super::table::OpenTable;
use super::target_page::PageSlot;
use super::text::MarkdownText;
use crate::text::escape;

/// The HTML that has been written, and the elements that are open.
pub(super) struct HtmlWriter<'w> {
    pub options: &'w WriteOptions<'w>,
    pub headings: &'w [PageHeading],
    pub resolver: LinkResolver<'w>,
    /// Whether the text may contain an address that is not marked as a link.
    pub has_addresses: bool,
    pub out: String,
    /// The index of the next heading.
    pub next_heading: usize,
    /// The open elements, innermost last.
    pub open_elements: Vec<OpenElement>,
    /// The number of open links. An address inside a link does not become a link.
    pub open_links: usize,
    /// The open block of code: its language and its text.
    pub code: Option<(String, String)>,
    pub picture: Option<OpenPicture>,
    /// The open block of raw HTML.
    pub html_block: Option<String>,
    /// The raw HTML; `<!3>` in the output is replaced by the fourth.
    pub raw_html: Vec<String>,
    pub table: OpenTable,
    pub footnotes: Footnotes,
    /// The output before each open footnote.
    pub outer_outputs: Vec<String>,
}

impl<'w> HtmlWriter<'w> {
    pub(super) fn new(
        text: &'w MarkdownText<'_>,
        options: &'w WriteOptions<'w>,
        anchors: &'w PageAnchors,
    ) -> Self {
        Self {
            options,
            headings: &text.headings,
            has_addresses: text.has_addresses,
            resolver: LinkResolver { options, anchors },
            out: String::with_capacity(text.source.len() * 3 / 2),
            next_heading: 0,
            open_elements: Vec::new(),
            open_links: 0,
            code: None,
            picture: None,
            html_block: None,
            raw_html: Vec::new(),
            table: OpenTable::default(),
            footnotes: Footnotes::default(),
            outer_outputs: Vec::new(),
        }
    }

    /// Writes markup with values that need no escaping.
    pub(super) fn push(&mut self, markup: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(markup);
    }

    /// Writes `before`, the prefix of ids, and `after`.
    pub(super) fn push_prefixed(&mut self, before: &str, after: fmt::Arguments<'_>) {
        self.out.push_str(before);
        PageSlot::Prefix.write(&mut self.out);
        self.push(after);
    }

    /// Writes `text`, escaped, between two pieces of markup.
    pub(super) fn push_escaped(&mut self, before: &str, text: &str, after: &str) {
        self.out.push_str(before);
        escape(&mut self.out, text);
        self.out.push_str(after);
    }

    /// Writes a start tag, and notes the end tag.
    pub(super) fn open(&mut self, start_tag: &str, end_tag: &'static str) {
        self.out.push_str(start_tag);
        self.open_elements.push(OpenElement::Plain(end_tag));
    }
}
