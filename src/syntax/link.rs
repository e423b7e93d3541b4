//! Links and images of a document.

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

/// Every link and image of `document` that is written as Markdown, in the order of the text.
/// Links in code and in raw HTML are none.
pub fn links(document: &Document, text: &str) -> Vec<Link> {
    let body = document.body;
    if !may_link(body.of(text)) {
        return vec![];
    }
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

/// Whether a text holds what every link has: `](`, the `]:` that defines where one leads, or `<` before an
/// address. The reader of Markdown takes many times as long to see that there is none.
fn may_link(text: &str) -> bool {
    let bytes = text.as_bytes();
    let leads = |at: usize| bytes.get(at + 1).is_some_and(|next| b"(:".contains(next));
    let is_address = |at: usize| {
        let inside = bytes.get(at + 1..).unwrap_or_default();
        let end = inside.iter().position(|byte| matches!(byte, b'>' | b'<' | b' ' | b'\n'));
        inside
            .get(..end.unwrap_or(0))
            .is_some_and(|inside| inside.iter().any(|byte| b":@".contains(byte)))
    };
    memchr::memchr_iter(b']', bytes).any(leads) || memchr::memchr_iter(b'<', bytes).any(is_address)
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

#[cfg(test)]
mod tests {
    use super::links;
    use crate::syntax::parse;

    #[test]
    fn every_way_to_write_a_link_is_seen() {
        let all = [
            "[a](b)",
            "[a]\n\n[a]: b",
            "![a](b)",
            "<https://a.example>",
            "<a@b.example>",
            "<Ann@b.example>",
        ];
        for text in all {
            assert_eq!(links(&parse(text), text).len(), 1, "{text}");
        }
        for text in ["a", "<br>", "a < b: c", "[x] y", "`<a:b>`"] {
            assert_eq!(links(&parse(text), text), [], "{text}");
        }
    }

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
}
