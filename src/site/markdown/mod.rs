//! The text of a record as HTML. Knows no record: where links lead is asked of its caller.
//!
//! Every tag and attribute is written by [`writer`], every text passes through [`escape()`]; HTML that
//! a record holds is made harmless by [`raw`], on the pages that have any.

mod broken;
mod code;
mod destination;
mod element;
mod escape;
mod heading;
mod inline;
mod note;
mod place;
mod plain;
mod raw;
mod table;
mod tag;
mod writer;

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset};

pub(super) use destination::{Leads, elsewhere};
pub(super) use escape::escape;
pub(super) use heading::Heading;
pub(super) use plain::{Passage, passages};

use crate::text::Span;

/// The words that the writer adds to a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words<'w> {
    /// The name of a region of code.
    pub code: &'w str,
    /// The name of a region with a table.
    pub table: &'w str,
    /// What stands in the place of a picture without words.
    pub image: &'w str,
    /// The caption of a diagram that is shown as its source.
    pub diagram: &'w str,
    /// What is said of a link that leads nowhere.
    pub not_found: &'w str,
    /// The link from a footnote back to the text.
    pub back: &'w str,
    /// A box that is ticked.
    pub done: &'w str,
    /// A box that is not.
    pub open: &'w str,
    /// The five kinds of quotations that forges know.
    pub note: &'w str,
    /// See `note`.
    pub tip: &'w str,
    /// See `note`.
    pub important: &'w str,
    /// See `note`.
    pub warning: &'w str,
    /// See `note`.
    pub caution: &'w str,
}

/// A text as HTML.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Safe to put into a page, below a heading of level 1.
    pub html: String,
    /// The headings of the text that have words, in its order, without the one that was left out.
    pub headings: Vec<Heading>,
    /// The anchor of the heading that was left out.
    pub title_id: Option<String>,
}

/// A heading that has a name, whoever reads the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name.
    pub name: String,
    /// The bytes of its line in the text; `None` for one that is shown elsewhere.
    pub at: Option<Span>,
}

/// How to write a text.
pub(super) struct Request<'r> {
    /// The Markdown, without front matter.
    pub text: &'r str,
    /// A heading that is shown elsewhere: the bytes of its line, counted in `text`.
    pub without: Option<Span>,
    /// The names of headings.
    pub named: &'r [Named],
    /// Where a link leads, given its destination. Anchors of the text itself are not asked for.
    pub leads: &'r dyn Fn(&str) -> Leads,
    /// The address of the picture at a destination, where the site has it.
    pub picture: &'r dyn Fn(&str) -> Option<String>,
    /// What goes before a link to a place in the text: nothing where it is read on its own page.
    pub page: &'r str,
    /// For a page with other texts: what ids begin with. Headings are one level lower there.
    pub nested: Option<&'r str>,
    /// What to call things.
    pub words: Words<'r>,
}

/// Writes a text as HTML.
pub(super) fn render(request: &Request<'_>) -> Body {
    let events = events(request.text);
    let headings = heading::headings(&events, request.without, request.named);
    let (mut html, marks) = writer::write(request, events, &headings, &[]);
    if !marks.is_empty() {
        // A link may stand before the place that it leads to.
        html = writer::write(request, self::events(request.text), &headings, &marks).0;
    }
    let title_id = headings.iter().find(|heading| heading.is_left_out()).map(|h| h.id.clone());
    let has_words = |heading: &Heading| !heading.is_left_out() && !heading.words.is_empty();
    let shown = headings.into_iter().filter(has_words);
    Body { html, headings: shown.collect(), title_id }
}

/// The anchors of `text`: the ids that [`render`] gives its headings, and those of its HTML.
pub(super) fn anchors(text: &str, named: &[Named]) -> Vec<String> {
    let events = events(text);
    let headings = heading::headings(&events, None, named);
    let marks = if raw::may_mark(text) { marks(text, named, events, &headings) } else { vec![] };
    headings.into_iter().map(|heading| heading.id).chain(marks).collect()
}

/// The ids of the HTML in a text, wherever its links lead.
fn marks(text: &str, named: &[Named], events: Vec<Piece<'_>>, headings: &[Heading]) -> Vec<String> {
    let (leads, picture) = (|_: &str| Leads::Refused, |_: &str| None);
    let request = Request {
        text,
        without: None,
        named,
        leads: &leads,
        picture: &picture,
        page: "",
        nested: None,
        words: Words::default(),
    };
    writer::write(&request, events, headings, &[]).1
}

/// A piece of Markdown and the bytes that it comes from.
type Piece<'t> = (Event<'t>, std::ops::Range<usize>);

fn events(text: &str) -> Vec<Piece<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter()).collect()
}
