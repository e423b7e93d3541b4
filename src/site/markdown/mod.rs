//! The text of a record as HTML. Knows no record: where links lead is asked of its caller.
//!
//! Every tag and attribute is written by [`writer`], every text passes through [`escape()`](crate::text::escape); HTML that
//! a record holds is made harmless by [`raw`], on the pages that have any.

mod broken;
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
mod table;
mod tag;
mod writer;

use std::cell::OnceCell;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TextMergeWithOffset};

pub(super) use destination::{Leads, elsewhere};
pub(super) use heading::Heading;
pub(super) use host::{Host, ROOT};
pub(super) use plain::{Passage, passages};
pub(super) use writer::Written;

use crate::syntax::AnchorIndex;
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

/// A heading that has a name, whoever reads the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name.
    pub name: String,
    /// The bytes of its line in the text; `None` for one that is shown elsewhere.
    pub at: Option<Span>,
}

/// A text that has been read, for all that is made of it.
pub(super) struct Text<'t> {
    source: &'t str,
    pieces: Vec<Piece<'t>>,
    headings: Vec<Heading>,
    /// The names of the headings, made when the first link asks for them.
    places: OnceCell<AnchorIndex>,
    /// The names of headings that are shown elsewhere; the same.
    elsewhere: OnceCell<AnchorIndex>,
    /// Whether the HTML in it can be cleaned at a fair price; the same.
    is_cheap: OnceCell<bool>,
    named: Vec<Named>,
    /// Whether it may hold an address that is not marked as a link: few texts do.
    has_addresses: bool,
}

/// A piece of Markdown and the bytes that it comes from.
type Piece<'t> = (Event<'t>, std::ops::Range<usize>);

/// How many bytes of a text there are to a piece of it, about; more than that only takes longer.
const BYTES: usize = 12;

/// A text of more bytes is shown as it is written. The reader of Markdown takes up to two hundred bytes for one of
/// the text, and no browser has patience with a page of a million headings.
const LONGEST: usize = 4_000_000;

/// A text that is too long to be read, as a block of code.
fn as_written(source: &str) -> Vec<Piece<'_>> {
    let block = Tag::CodeBlock(CodeBlockKind::Indented);
    let events =
        [Event::Start(block.clone()), Event::Text(source.into()), Event::End(block.to_end())];
    events.map(|event| (event, 0..source.len())).into()
}

impl<'t> Text<'t> {
    /// Reads Markdown without front matter. `elsewhere` is the line of a heading that is shown elsewhere,
    /// and `named` are the names of headings, both with their bytes in `source`.
    pub(super) fn read(source: &'t str, elsewhere: Option<Span>, named: Vec<Named>) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_GFM;
        let pieces = if source.len() > LONGEST {
            as_written(source)
        } else {
            let read = Parser::new_ext(source, options).into_offset_iter();
            let mut pieces = Vec::with_capacity(source.len() / BYTES);
            pieces.extend(TextMergeWithOffset::new(read));
            pieces
        };
        let headings = heading::headings(&pieces, elsewhere, &named);
        let has_addresses = memchr::memmem::find(source.as_bytes(), b"://").is_some();
        Self {
            source,
            pieces,
            headings,
            places: OnceCell::new(),
            elsewhere: OnceCell::new(),
            is_cheap: OnceCell::new(),
            named,
            has_addresses,
        }
    }

    /// The names of the headings that the text has on its page.
    fn places(&self) -> &AnchorIndex {
        let ids = || self.headings.iter().map(|heading| heading.id.as_str());
        self.places.get_or_init(|| AnchorIndex::new(ids()))
    }

    /// The names of the headings that are shown elsewhere.
    fn places_elsewhere(&self) -> &AnchorIndex {
        let shown = self.named.iter().filter(|one| one.at.is_none());
        let names = shown.map(|one| one.name.as_str());
        self.elsewhere.get_or_init(|| AnchorIndex::new(names))
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

    /// The ids that the text has as HTML: of its headings, and of the HTML in it.
    pub(super) fn anchors(&self) -> AnchorIndex {
        let marks = self.marks();
        let ids = self.headings.iter().map(|heading| &heading.id).chain(&marks);
        AnchorIndex::new(ids.map(String::as_str))
    }

    /// The ids of the HTML in the text, wherever its links lead.
    fn marks(&self) -> Vec<String> {
        if !raw::may_mark(self.source) {
            return Vec::new();
        }
        let (leads, picture) = (|_: &str| Leads::Refused, |_: &str| None);
        let words = &Words::default();
        let request = Request { leads: &leads, picture: &picture, words };
        writer::write(self, &request, AnchorIndex::default()).on(Host::Own, self, &request).1
    }

    /// The text as HTML, for every page that shows it.
    pub(super) fn write(&self, request: &Request<'_>) -> Written {
        // A link may stand before the place that it leads to.
        writer::write(self, request, AnchorIndex::new(self.marks().iter().map(String::as_str)))
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
        let text = Text::read(&long, None, vec![]);
        assert_eq!((text.pieces.len(), text.headings.len()), (3, 0));
        assert_eq!(Text::read("# a\n", None, vec![]).headings.len(), 1);
    }
}
