//! A parsed text.

use std::cell::OnceCell;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::headings::{HiddenHeading, PageAnchors, PageHeading, PageHeadings, page_headings};
use crate::syntax::{MarkdownEvent, markdown};
use crate::text::Span;

/// A parsed text, from which everything else is made.
pub(crate) struct MarkdownText<'t> {
    pub(super) source: &'t str,
    pub(super) pieces: Vec<MarkdownEvent<'t>>,
    pub(super) headings: Vec<PageHeading>,
    /// The anchors of the headings, not of raw HTML.
    pub(super) heading_anchors: PageAnchors,
    /// Whether the raw HTML can be cleaned in reasonable time, found when it is first needed.
    pub(super) is_cheap: OnceCell<bool>,
    /// Whether it may contain an address that is not marked as a link. Few texts do.
    pub(super) has_addresses: bool,
}

/// The approximate number of bytes per piece of a text, to reserve memory.
const BYTES_PER_PIECE: usize = 12;

/// A text of more bytes is shown as a block of code. Parsing Markdown takes up to two hundred bytes per byte
/// of text, and browsers cannot handle a page with a million headings.
pub(super) const MAX_PARSED: usize = 4_000_000;

/// A text that is too long to be parsed, as a block of code.
fn as_code(source: &str) -> Vec<MarkdownEvent<'_>> {
    let block = Tag::CodeBlock(CodeBlockKind::Indented);
    let events =
        [Event::Start(block.clone()), Event::Text(source.into()), Event::End(block.to_end())];
    events.map(|event| (event, 0..source.len())).into()
}

impl<'t> MarkdownText<'t> {
    /// Parses Markdown without front matter. `title` is the line in `source` of the heading that is the title
    /// of the page, and `hidden` are the headings that were cut out, in order.
    pub(crate) fn parse(source: &'t str, title: Option<Span>, hidden: &[HiddenHeading]) -> Self {
        let mut pieces = if source.len() > MAX_PARSED {
            as_code(source)
        } else {
            let mut pieces = Vec::with_capacity(source.len() / BYTES_PER_PIECE);
            pieces.extend(markdown(source));
            pieces
        };
        let PageHeadings { headings, anchors } = page_headings(&mut pieces, source, title, hidden);
        let has_addresses = memchr::memmem::find(source.as_bytes(), b"://").is_some();
        let (heading_anchors, is_cheap) = (anchors, OnceCell::new());
        Self { source, pieces, headings, heading_anchors, is_cheap, has_addresses }
    }

    /// The Markdown events of the text, in order.
    pub(super) fn events(&self) -> impl Iterator<Item = &Event<'t>> {
        self.pieces.iter().map(|(event, _)| event)
    }

    /// The headings that are shown and have words, in order.
    pub(crate) fn contents(&self) -> impl Iterator<Item = &PageHeading> {
        let is_listed =
            |heading: &&PageHeading| !heading.is_left_out() && !heading.words.is_empty();
        self.headings.iter().filter(is_listed)
    }

    /// The anchor of the heading that is the title of the page.
    pub(crate) fn title_id(&self) -> Option<&str> {
        let title = self.headings.iter().find(|heading| heading.is_left_out());
        title.map(|heading| heading.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_PARSED, MarkdownText};

    #[test]
    fn a_text_that_is_too_long_to_be_parsed_is_shown_as_it_is_written() {
        let long = "# a\n".repeat(MAX_PARSED / 4 + 1);
        let text = MarkdownText::parse(&long, None, &[]);
        assert_eq!((text.pieces.len(), text.headings.len()), (3, 0));
        assert_eq!(MarkdownText::parse("# a\n", None, &[]).headings.len(), 1);
    }
}
