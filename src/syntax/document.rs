//! A Markdown file, split into front matter and sections.

use super::{FrontMatter, Section, front_matter, outline};
use crate::text::Span;

/// The outline of a Markdown file. All spans are offsets in the whole file, so that they can be reported
/// and edited directly.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The YAML between `---` fences at the very top, if there is any.
    pub front_matter: Option<FrontMatter>,
    /// Everything after the front matter (and after a byte order mark).
    pub body: Span,
    /// The text before the first heading.
    pub preamble: Span,
    /// Every heading with the text below it, in the order of the file.
    pub sections: Vec<Section>,
}

/// The first heading of a text that starts with `beginning`, if nothing that follows could change
/// it. Its section ends where `beginning` does.
pub fn first_heading(beginning: &str) -> Option<Section> {
    let start = mark_length(beginning);
    let body_start = front_matter::body_start(beginning, start)?;
    let section = outline::first_section(beginning, body_start);
    section.filter(|section| section.heading.end < beginning.len())
}

/// Parses `text`. Never fails: a fault in the front matter is part of the result.
pub fn parse(text: &str) -> Document {
    let start = mark_length(text);
    let front_matter = front_matter::read(text, start);
    let body_start = front_matter.as_ref().map_or(start, |front_matter| front_matter.span.end);
    let sections = outline::sections(text, body_start);
    let preamble_end = sections.first().map_or(text.len(), |section| section.heading.start);
    Document {
        front_matter,
        body: Span::new(body_start, text.len()),
        preamble: Span::new(body_start, preamble_end),
        sections,
    }
}

/// The length of the byte order mark at the start of `text`.
fn mark_length(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
