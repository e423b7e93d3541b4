//! The text of a record as HTML. Does not depend on records: the caller resolves links.
//!
//! `events` writes every tag and attribute, and escapes every text. `raw_html` cleans the HTML that a record
//! contains, if there is any.

mod attributes;
mod broken_link;
mod code;
mod destination;
mod elements;
mod escaped_source;
mod events;
mod footnotes;
mod headings;
mod html;
mod inline;
mod link_resolver;
mod open_element;
mod options;
mod parser_cost;
mod passages;
mod raw_html;
mod table;
mod target_page;
mod text;
mod writer;
mod written_text;

pub(super) use destination::{LinkOutcome, external_link};
pub(super) use headings::{HiddenHeading, PageAnchors};
pub(super) use options::{MarkdownWords, WriteOptions};
pub(super) use passages::{TextPassage, passages};
pub(super) use target_page::{SITE_ROOT, TargetPage};
pub(super) use text::MarkdownText;
pub(super) use written_text::WrittenText;
