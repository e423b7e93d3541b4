//! A Markdown file taken apart into front matter and sections.

use super::{FrontMatter, front_matter, outline};
use crate::text::Span;

/// The outline of a Markdown file. All spans are bytes of the whole file, so that nothing has to
/// be added to them to report or edit it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The YAML between `---` fences at the very top, if there is any.
    pub front_matter: Option<FrontMatter>,
    /// Everything after the front matter (and after a byte order mark).
    pub body: Span,
    /// What stands before the first heading.
    pub preamble: Span,
    /// Every heading with what stands below it, in the order of the file.
    pub sections: Vec<Section>,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// The heading's words as [`heading`](super::heading()) reads them.
    pub title: String,
    /// The heading's words as written, without `#`, white space, attributes and empty anchors.
    pub title_span: Span,
    /// The whole line of the heading; for a setext heading its underline too.
    pub heading: Span,
    /// From behind the heading to the next heading of any level.
    pub body: Span,
    /// Where the next heading of the same or a higher level begins, or the text ends.
    pub end: usize,
}

impl Section {
    /// All that belongs to the section: its body and its subsections, without its heading.
    pub fn content(&self) -> Span {
        Span::new(self.body.start, self.end)
    }
}

/// The first heading of the text that begins with `beginning`, where nothing that follows could change
/// it; its section ends where `beginning` does.
pub fn first_heading(beginning: &str) -> Option<Section> {
    let start = if beginning.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = front_matter::behind(beginning, start)?;
    outline::first(beginning, start).filter(|first| first.heading.end < beginning.len())
}

/// Takes `text` apart. Cannot fail: a fault in the front matter is part of the result.
pub fn parse(text: &str) -> Document {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front_matter = front_matter::read(text, start);
    let body_start = front_matter.as_ref().map_or(start, |front| front.span.end);
    let sections = outline::sections(text, body_start);
    let preamble_end = sections.first().map_or(text.len(), |section| section.heading.start);
    Document {
        front_matter,
        body: Span::new(body_start, text.len()),
        preamble: Span::new(body_start, preamble_end),
        sections,
    }
}
