//! Links and images of a document, in Markdown and in HTML. Does not follow them.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Document;
use super::html::{self, Attribute, element, pieces};
use super::markdown::events;
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
    /// All of it: `[words](destination "title")`, `<a href="destination">words</a>`.
    pub span: Span,
    /// The destination alone; the whole link, if the destination is elsewhere, as that of
    /// a reference link is.
    pub destination_span: Span,
    /// Where it leads, as written but for escapes and entities; `mailto:` and a mail address, if only that is written.
    pub destination: String,
    /// The words that a reader sees.
    pub words: String,
}

/// Every link and image of `document`, in the order of the text. Those in code and comments are none.
pub fn links(document: &Document, text: &str) -> Vec<Link> {
    let body = document.body;
    if !may_link(body.of(text)) {
        return vec![];
    }
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in events(body.of(text)) {
        reader.take(&event, Span::from(range).shift(body.start));
    }
    reader.links.extend(reader.anchor);
    reader.links.sort_by_key(|link| link.span);
    reader.links
}

/// Whether a text holds what every link has: `](`, the `]:` that defines where one leads, or `<` before an
/// address or the tag of a link. The reader of Markdown takes many times as long to see that there is none.
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
    let is_tag = |at: usize| {
        let name = bytes.get(at + 1..).unwrap_or_default();
        let has = |tag: &&str| {
            name.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
                && name.get(tag.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
        };
        ["a", "img", "source"].iter().any(has)
    };
    memchr::memchr_iter(b']', bytes).any(leads)
        || memchr::memchr_iter(b'<', bytes).any(|at| is_address(at) || is_tag(at))
}

/// What has been read, and what is open.
#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    links: Vec<Link>,
    open: Vec<Link>,
    /// The link in HTML that is open.
    anchor: Option<Link>,
    /// The block of HTML that is open.
    block: Option<Html>,
}

impl Reader<'_> {
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
            Event::Text(words) | Event::Code(words) => self.say(words),
            Event::SoftBreak => self.say(" "),
            Event::Start(Tag::HtmlBlock) => self.block = Some(Html::default()),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(block) = self.block.take() {
                    self.html(&block);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut inline = Html::default();
                self.block.as_mut().unwrap_or(&mut inline).add(html, span);
                self.html(&inline);
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        for link in self.open.iter_mut().chain(&mut self.anchor) {
            link.words.push_str(words);
        }
    }

    fn started(&self, kind: LinkKind, destination: &str, span: Span) -> Link {
        let written = span.of(self.text);
        // The last occurrence: the words before it may be the same as the destination.
        let inside = written.rfind(destination).filter(|_| !destination.is_empty());
        let destination_span = inside
            .map_or(span, |at| Span::new(span.start + at, span.start + at + destination.len()));
        let destination = destination.to_owned();
        Link { kind, span, destination_span, destination, words: String::new() }
    }

    fn html(&mut self, html: &Html) {
        for piece in pieces(&html.text) {
            match piece {
                html::Piece::Text(words) => self.say(words),
                html::Piece::Tag(tag) => self.tag(&tag, html),
            }
        }
    }

    fn tag(&mut self, tag: &html::Tag<'_>, html: &Html) {
        let span = html.place(tag.span);
        let link = |kind: LinkKind, destination: &str, written: Span| Link {
            kind,
            span,
            destination_span: html.place(written),
            destination: destination.trim().to_owned(),
            words: String::new(),
        };
        let leads = |one: &&Attribute<'_>| !one.value.trim().is_empty();
        let attribute = |name: &str| tag.attribute(name).filter(leads).filter(|_| !tag.is_end);
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
                let source = attribute("src").filter(|_| tag.name == "img");
                let source = source.map(|one| link(LinkKind::Image, &one.value, one.span));
                let set = attribute("srcset").into_iter().flat_map(candidates);
                let set = set.map(|(to, written)| link(LinkKind::Image, to, written));
                self.links.extend(source.into_iter().chain(set));
                if let Some(words) = attribute("alt") {
                    self.say(&words.value);
                }
            }
            _ => {}
        }
    }
}

/// The pictures that a `srcset` names, each with its place.
fn candidates<'a>(set: &'a Attribute<'_>) -> Vec<(&'a str, Span)> {
    let mut found = Vec::new();
    // Pictures in the text itself have commas of their own, and lead nowhere.
    if set.value.len() != set.span.len() || set.value.contains("data:") {
        return found;
    }
    let mut start = set.span.start;
    for candidate in set.value.split(',') {
        let blanks = candidate.len() - candidate.trim_start().len();
        if let Some(to) = candidate.split_whitespace().next() {
            found.push((to, Span::new(start + blanks, start + blanks + to.len())));
        }
        start += candidate.len() + 1;
    }
    found
}

/// HTML in pieces, without the marks that a quotation has before its lines.
#[derive(Default)]
struct Html {
    text: String,
    /// Where each piece begins here, and where it is in the text.
    pieces: Vec<(usize, Span)>,
}

impl Html {
    fn add(&mut self, html: &str, span: Span) {
        self.pieces.push((self.text.len(), span));
        self.text.push_str(html);
    }

    /// The place in the text of what is here at `span`; if it is in several pieces, all of them.
    fn place(&self, span: Span) -> Span {
        let piece = |at: usize| {
            let after = self.pieces.partition_point(|(start, _)| *start <= at);
            self.pieces.get(after.saturating_sub(1)).copied().unwrap_or_default()
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
