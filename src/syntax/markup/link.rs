//! The links and images of a document, in Markdown and in HTML.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events::events;
use super::html::{HtmlAttribute, HtmlPiece, HtmlTag, element, pieces};
use crate::syntax::Document;
use crate::text::Span;

/// The kind of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A link to another document.
    Link,
    /// An image to show in its place.
    Image,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The kind.
    pub kind: LinkKind,
    /// The whole link: `[words](destination "title")`, `<a href="destination">words</a>`.
    pub span: Span,
    /// The destination alone; the whole link if the destination is elsewhere, as in
    /// a reference link.
    pub destination_span: Span,
    /// The destination as written, without escapes and entities; `mailto:` and the address for a bare e-mail address.
    pub destination: String,
    /// The visible words.
    pub words: String,
}

/// Every link and image of `document`, in the order of the text, except those in code and comments.
pub fn links(document: &Document, text: &str) -> Vec<Link> {
    let body = document.body;
    if !may_link(body.of(text)) {
        return vec![];
    }
    let mut reader = LinkReader { text, ..LinkReader::default() };
    for (event, range) in events(body.of(text)) {
        reader.take(&event, Span::from(range).shift(body.start));
    }
    reader.links.extend(reader.anchor);
    reader.links.sort_by_key(|link| link.span);
    reader.links
}

/// Whether a text contains something that every link has: `](`, the `]:` of a definition, or `<` before an
/// address or a link tag. The Markdown parser takes many times as long to find that there are no links.
fn may_link(text: &str) -> bool {
    let bytes = text.as_bytes();
    let may_lead = |offset: usize| bytes.get(offset + 1).is_some_and(|next| b"(:".contains(next));
    let is_address = |offset: usize| {
        let inside = bytes.get(offset + 1..).unwrap_or_default();
        let address_end = inside.iter().position(|byte| matches!(byte, b'>' | b'<' | b' ' | b'\n'));
        inside
            .get(..address_end.unwrap_or(0))
            .is_some_and(|inside| inside.iter().any(|byte| b":@".contains(byte)))
    };
    let is_tag = |offset: usize| {
        let after_mark = bytes.get(offset + 1..).unwrap_or_default();
        let starts_with_tag = |tag: &&str| {
            after_mark
                .get(..tag.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
                && after_mark.get(tag.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
        };
        ["a", "img", "source"].iter().any(starts_with_tag)
    };
    memchr::memchr_iter(b']', bytes).any(may_lead)
        || memchr::memchr_iter(b'<', bytes).any(|offset| is_address(offset) || is_tag(offset))
}

/// The links that have been read, and those that are open.
#[derive(Default)]
struct LinkReader<'t> {
    text: &'t str,
    links: Vec<Link>,
    open: Vec<Link>,
    /// The open HTML link.
    anchor: Option<Link>,
    /// The open HTML block.
    block: Option<HtmlText>,
}

impl LinkReader<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let mut link = self.started(LinkKind::Link, dest_url, span);
                if *link_type == LinkType::Email {
                    link.destination.insert_str(0, "mailto:");
                }
                self.open.push(link);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.open.push(self.started(LinkKind::Image, dest_url, span));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.links.extend(self.open.pop()),
            Event::Text(words) | Event::Code(words) => self.push_words(words),
            Event::SoftBreak => self.push_words(" "),
            Event::Start(Tag::HtmlBlock) => self.block = Some(HtmlText::default()),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(block) = self.block.take() {
                    self.html(&block);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut inline = HtmlText::default();
                self.block.as_mut().unwrap_or(&mut inline).add(html, span);
                self.html(&inline);
            }
            _ => {}
        }
    }

    fn push_words(&mut self, words: &str) {
        for link in self.open.iter_mut().chain(&mut self.anchor) {
            link.words.push_str(words);
        }
    }

    fn started(&self, kind: LinkKind, destination: &str, span: Span) -> Link {
        let source = span.of(self.text);
        // The last occurrence: the words before it may be the same as the destination.
        let last_offset = source.rfind(destination).filter(|_| !destination.is_empty());
        let destination_span = last_offset.map_or(span, |offset| {
            Span::new(span.start + offset, span.start + offset + destination.len())
        });
        let destination = destination.to_owned();
        Link { kind, span, destination_span, destination, words: String::new() }
    }

    fn html(&mut self, html: &HtmlText) {
        for piece in pieces(&html.text) {
            match piece {
                HtmlPiece::Text(words) => self.push_words(words),
                HtmlPiece::Tag(tag) => self.tag(&tag, html),
            }
        }
    }

    fn tag(&mut self, tag: &HtmlTag<'_>, html: &HtmlText) {
        let span = html.span_in_text(tag.span);
        let link = |kind: LinkKind, destination: &str, value_span: Span| Link {
            kind,
            span,
            destination_span: html.span_in_text(value_span),
            destination: destination.trim().to_owned(),
            words: String::new(),
        };
        let has_value = |one: &&HtmlAttribute<'_>| !one.value.trim().is_empty();
        let attribute = |name: &str| tag.attribute(name).filter(has_value).filter(|_| !tag.is_end);
        match element(tag.span.of(&html.text)) {
            Some("a") => {
                if let Some(mut anchor) = self.anchor.take() {
                    anchor.span = anchor.span.to(span);
                    self.links.push(anchor);
                }
                self.anchor =
                    attribute("href").map(|one| link(LinkKind::Link, &one.value, one.span));
            }
            Some("img" | "source") => {
                let source_link = attribute("src").filter(|_| tag.name == "img");
                let source_link =
                    source_link.map(|one| link(LinkKind::Image, &one.value, one.span));
                let set_links = attribute("srcset").into_iter().flat_map(candidates);
                let set_links =
                    set_links.map(|(destination, span)| link(LinkKind::Image, destination, span));
                self.links.extend(source_link.into_iter().chain(set_links));
                if let Some(words) = attribute("alt") {
                    self.push_words(&words.value);
                }
            }
            _ => {}
        }
    }
}

/// The images in a `srcset`, each with its span.
fn candidates<'a>(attribute: &'a HtmlAttribute<'_>) -> Vec<(&'a str, Span)> {
    let mut images = Vec::new();
    // Data URLs contain commas, and lead nowhere.
    if attribute.value.len() != attribute.span.len() || attribute.value.contains("data:") {
        return images;
    }
    let mut candidate_start = attribute.span.start;
    for candidate in attribute.value.split(',') {
        let space_length = candidate.len() - candidate.trim_start().len();
        if let Some(destination) = candidate.split_whitespace().next() {
            images.push((
                destination,
                Span::new(
                    candidate_start + space_length,
                    candidate_start + space_length + destination.len(),
                ),
            ));
        }
        candidate_start += candidate.len() + 1;
    }
    images
}

/// HTML of several pieces, without the marks of a quotation before its lines.
#[derive(Default)]
struct HtmlText {
    text: String,
    /// The offset of each piece here, and its span in the document.
    pieces: Vec<(usize, Span)>,
}

impl HtmlText {
    fn add(&mut self, html: &str, span: Span) {
        self.pieces.push((self.text.len(), span));
        self.text.push_str(html);
    }

    /// The span in the document of `span` here; from the first to the last piece if there are several.
    fn span_in_text(&self, span: Span) -> Span {
        let piece = |offset: usize| {
            let piece_count = self.pieces.partition_point(|(start, _)| *start <= offset);
            self.pieces.get(piece_count.saturating_sub(1)).copied().unwrap_or_default()
        };
        let (first, last) = (piece(span.start), piece(span.end.saturating_sub(1).max(span.start)));
        let (start, end) =
            (first.1.start + (span.start - first.0), last.1.start + (span.end - last.0));
        Span::new(start, end.min(last.1.end).max(start))
    }
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
            "<A HREF='b'>a</A>",
            "x <img src=b.png>",
            "> <picture>\n> <source\n> srcset=b.png></picture>",
            "* <!-- a --> [a](b)",
        ];
        for text in all {
            assert_eq!(links(&parse(text), text).len(), 1, "{text}");
        }
        for text in [
            "a",
            "<br>",
            "a < b: c",
            "[x] y",
            "`<a:b>`",
            "`<a href=b>`",
            "<!-- <a href=b> -->",
            "<a>b</a>",
            "<abbr>",
        ] {
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

    #[test]
    fn links_in_html_have_their_places() {
        let text = "> <p>see <a href=\"b.md\"\n> id=x>the *b*</a>\n> <img alt=\"c > d\"\n> src='e&amp;f.png' srcset=\"g.png 1x, h.png 2x\"></p>\n\n\
            x <a href=i.md>[j](k.md)</a> <m@n.example>\n";
        let found: Vec<_> = links(&parse(text), text)
            .into_iter()
            .map(|link| (link.destination_span.of(text), link.destination, link.words))
            .collect();
        let expected = [
            ("b.md", "b.md", "the *b*"),
            ("e&amp;f.png", "e&f.png", ""),
            ("g.png", "g.png", ""),
            ("h.png", "h.png", ""),
            ("i.md", "i.md", "j"),
            ("k.md", "k.md", "j"),
            ("m@n.example", "mailto:m@n.example", "m@n.example"),
        ];
        assert_eq!(found, expected.map(|(at, to, words)| (at, to.to_owned(), words.to_owned())));
    }
}
