//! The text of a record as HTML. Knows no record: where links lead is asked of its caller.
//!
//! Every tag and attribute is written by [`writer`], every text passes through [`escape()`](crate::text::escape); HTML that
//! a record holds is made harmless by [`raw`], on the pages that have any.

mod broken;
mod closer;
mod code;
mod destination;
mod element;
mod heading;
mod host;
mod inline;
mod meter;
mod note;
mod place;
mod plain;
mod raw;
mod source;
mod table;
mod tag;
mod writer;

use std::cell::OnceCell;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

pub(super) use destination::{Leads, elsewhere};
use heading::Headings;
pub(super) use heading::{Heading, Places};
pub(super) use host::{Host, ROOT};
pub(super) use plain::{Passage, passages};
pub(super) use writer::Written;

use crate::syntax::{HeadingText, MarkdownEvent, markdown};
use crate::text::Span;

/// The words that the writer adds to a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The name of a region of code.
    pub code: String,
    /// The name of a region with a table.
    pub table: String,
    /// What stands in the place of a picture without words.
    pub image: String,
    /// The caption of a diagram that is shown as its source.
    pub diagram: String,
    /// What is said of a link that leads nowhere.
    pub not_found: String,
    /// The link from a footnote back to the text.
    pub back: String,
    /// A box that is ticked.
    pub done: String,
    /// A box that is not.
    pub open: String,
    /// The five kinds of quotations that forges know.
    pub note: String,
    /// See `note`.
    pub tip: String,
    /// See `note`.
    pub important: String,
    /// See `note`.
    pub warning: String,
    /// See `note`.
    pub caution: String,
}

/// A heading of the whole text that is shown elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// What it says.
    pub heading: HeadingText,
    /// The byte of the text at which it was left out.
    pub at: usize,
}

/// A text that has been read, for all that is made of it.
pub(super) struct Text<'t> {
    source: &'t str,
    pieces: Vec<MarkdownEvent<'t>>,
    headings: Vec<Heading>,
    /// What links can lead to, without the HTML in the text.
    places: Places,
    /// Whether the HTML in it can be cleaned at a fair price, found when that is first asked.
    is_cheap: OnceCell<bool>,
    /// Whether it may hold an address that is not marked as a link: few texts do.
    has_addresses: bool,
}

/// How many bytes of a text there are to a piece of it, about; more than that only takes longer.
const BYTES: usize = 12;

/// A text of more bytes is shown as it is written. The reader of Markdown takes up to two hundred bytes for one of
/// the text, and no browser has patience with a page of a million headings.
const LONGEST: usize = 4_000_000;

/// A text that is too long to be read, as a block of code.
fn as_written(source: &str) -> Vec<MarkdownEvent<'_>> {
    let block = Tag::CodeBlock(CodeBlockKind::Indented);
    let events =
        [Event::Start(block.clone()), Event::Text(source.into()), Event::End(block.to_end())];
    events.map(|event| (event, 0..source.len())).into()
}

impl<'t> Text<'t> {
    /// Reads Markdown without front matter. `without` is the line of a heading that is the heading of the page, with its
    /// bytes in `source`, and `named` are the headings that are shown elsewhere, in their order.
    pub(super) fn read(source: &'t str, without: Option<Span>, named: &[Named]) -> Self {
        let mut pieces = if source.len() > LONGEST {
            as_written(source)
        } else {
            let mut pieces = Vec::with_capacity(source.len() / BYTES);
            pieces.extend(markdown(source));
            pieces
        };
        let Headings { all, places } = heading::headings(&mut pieces, source, without, named);
        let has_addresses = memchr::memmem::find(source.as_bytes(), b"://").is_some();
        Self { source, pieces, headings: all, places, is_cheap: OnceCell::new(), has_addresses }
    }

    /// What the text says, in its order.
    fn events(&self) -> impl Iterator<Item = &Event<'t>> {
        self.pieces.iter().map(|(event, _)| event)
    }

    /// The headings that are shown and have words, in the order of the text.
    pub(super) fn contents(&self) -> impl Iterator<Item = &Heading> {
        self.headings.iter().filter(|one| !one.is_left_out() && !one.words.is_empty())
    }

    /// The anchor of the heading that is shown elsewhere.
    pub(super) fn title_id(&self) -> Option<&str> {
        self.headings.iter().find(|heading| heading.is_left_out()).map(|one| one.id.as_str())
    }

    /// What links can lead to.
    pub(super) fn places(&self) -> Places {
        self.places.clone().and(&self.marks())
    }

    /// The ids of the HTML in the text, wherever its links lead.
    fn marks(&self) -> Vec<String> {
        let may_mark = |event: &Event<'_>| matches!(event, Event::Html(html) | Event::InlineHtml(html) if raw::may_mark(html));
        if !self.events().any(may_mark) {
            return Vec::new();
        }
        let (leads, picture) = (|_: &str| Leads::Refused, |_: &str| None);
        let words = &Words::default();
        let request = Request { leads: &leads, picture: &picture, words };
        writer::write(self, &request, Places::default()).on(Host::Own, self, &request).1
    }

    /// The text as HTML, for every page that shows it.
    pub(super) fn write(&self, request: &Request<'_>) -> Written {
        // A link may stand before the place that it leads to.
        writer::write(self, request, self.places())
    }

    /// The text, which has been `written`, as HTML that is safe to put into a page below a heading of level 1.
    pub(super) fn html(&self, written: &Written, host: Host<'_>, request: &Request<'_>) -> String {
        written.on(host, self, request).0
    }
}

/// How to write a text.
pub(super) struct Request<'r> {
    /// Where a link leads, given its destination. Anchors of the text itself are not asked for.
    pub leads: &'r dyn Fn(&str) -> Leads,
    /// The address of the picture at a destination, on the record's own page, where the site has it.
    pub picture: &'r dyn Fn(&str) -> Option<String>,
    /// What to call things.
    pub words: &'r Words,
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Text};

    #[test]
    fn a_text_that_is_too_long_to_be_read_is_shown_as_it_is_written() {
        let long = "# a\n".repeat(LONGEST / 4 + 1);
        let text = Text::read(&long, None, &[]);
        assert_eq!((text.pieces.len(), text.headings.len()), (3, 0));
        assert_eq!(Text::read("# a\n", None, &[]).headings.len(), 1);
    }
}
