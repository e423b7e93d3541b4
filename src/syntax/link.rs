//! Links and images of a document, and the anchors that links can point at.

use std::collections::HashMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Document;
use crate::text::Span;

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Another document.
    Link,
    /// A picture to show in its place.
    Image,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which of the two.
    pub kind: LinkKind,
    /// All of it: `[words](destination "title")`.
    pub span: Span,
    /// The destination alone; the whole link, where the destination stands elsewhere, as that of
    /// a reference link does.
    pub destination_span: Span,
    /// Where it leads, as written but for escapes.
    pub destination: String,
    /// The words that a reader sees.
    pub words: String,
}

/// A place in a document that `#name` leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// As GitHub makes it of the heading's words; the second of a kind ends in `-1`.
    pub name: String,
    /// The heading.
    pub span: Span,
}

/// Every link and image of `document` that is written as Markdown, in the order of the text.
/// Links in code and in raw HTML are none.
pub fn links(document: &Document, text: &str) -> Vec<Link> {
    let body = document.body;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut links = Vec::new();
    let mut open: Vec<Link> = Vec::new();
    for (event, range) in Parser::new_ext(body.of(text), options).into_offset_iter() {
        let span = Span::from(range).shift(body.start);
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                open.push(started(LinkKind::Link, &dest_url, span, text));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                open.push(started(LinkKind::Image, &dest_url, span, text));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => links.extend(open.pop()),
            Event::Text(words) | Event::Code(words) => {
                for link in &mut open {
                    link.words.push_str(&words);
                }
            }
            Event::SoftBreak => open.iter_mut().for_each(|link| link.words.push(' ')),
            _ => {}
        }
    }
    links.sort_by_key(|link| link.span);
    links
}

fn started(kind: LinkKind, destination: &str, span: Span, text: &str) -> Link {
    let written = span.of(text);
    // The last occurrence: the words before it may be the same as the destination.
    let inside = written.rfind(destination).filter(|_| !destination.is_empty());
    let destination_span =
        inside.map_or(span, |at| Span::new(span.start + at, span.start + at + destination.len()));
    let destination = destination.to_owned();
    Link { kind, span, destination_span, destination, words: String::new() }
}

/// The anchors that the headings of `document` make.
pub fn anchors(document: &Document) -> Vec<Anchor> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let make = |section: &super::Section| {
        let base = anchor_name(&section.title);
        let count = seen.entry(base.clone()).or_default();
        let name = if *count == 0 { base } else { format!("{base}-{count}") };
        *count += 1;
        Anchor { name, span: section.heading }
    };
    document.sections.iter().map(make).collect()
}

/// The words of a heading in lower case, blanks as `-`, punctuation left out.
fn anchor_name(title: &str) -> String {
    let keep = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    };
    title.to_lowercase().chars().filter_map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::{anchors, links};
    use crate::syntax::parse;

    #[test]
    fn the_destination_has_its_own_place() {
        let text = "---\nstatus: x\n---\n# T\n\n[a.md](a.md \"a.md\") ![p](p.png) `[no](no.md)`\n";
        let found: Vec<_> = links(&parse(text), text)
            .into_iter()
            .map(|link| (link.destination_span.start, link.destination, link.words))
            .collect();
        let image = text.find("p.png").unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found.get(1), Some(&(image, "p.png".to_owned(), "p".to_owned())));
    }

    #[test]
    fn equal_headings_make_different_anchors() {
        let document = parse("# Über uns\n## A & B\n## A & B\n");
        let names: Vec<_> = anchors(&document).into_iter().map(|anchor| anchor.name).collect();
        assert_eq!(names, ["über-uns", "a--b", "a--b-1"]);
    }
}
