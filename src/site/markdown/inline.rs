//! The inline content of a text: links, pictures, addresses, raw HTML, and references to footnotes.

use pulldown_cmark::Event;

use super::broken_link::{BROKEN_END, end_link};
use super::destination::{LinkOutcome, bare_addresses};
use super::elements::is_never_shown;
use super::escaped_source::write_escaped_html;
use super::open_element::{OpenElement, OpenLink, OpenPicture};
use super::target_page::PageSlot;
use super::writer::HtmlWriter;
use crate::syntax::element;
use crate::text::escape;

impl HtmlWriter<'_> {
    /// Writes running text with links for its addresses.
    pub(super) fn text_with_addresses(&mut self, text: &str) {
        let mut written_to = 0;
        for range in bare_addresses(text) {
            escape(&mut self.out, text.get(written_to..range.start).unwrap_or_default());
            let address = text.get(range.clone()).unwrap_or_default();
            let link = self.start_link(address, "");
            escape(&mut self.out, address);
            self.end_link(&link);
            written_to = range.end;
        }
        escape(&mut self.out, text.get(written_to..).unwrap_or_default());
    }

    /// Starts a link, to be ended by [`end_link`](Self::end_link).
    pub(super) fn open_link(&mut self, destination: &str, title: &str) {
        let link = self.start_link(destination, title);
        self.open_elements.push(OpenElement::Link(link));
    }

    /// Writes the start tag of a link, or of what replaces it.
    fn start_link(&mut self, destination: &str, title: &str) -> OpenLink {
        let end_tag = match self.resolver.resolve(destination) {
            LinkOutcome::Internal(own) => {
                self.out.push_str("<a href=\"");
                PageSlot::Address(&own).write(&mut self.out);
                self.end_tag_with_title(title);
                "</a>"
            }
            LinkOutcome::External(url) => {
                self.push_escaped("<a href=\"", &url, "");
                self.end_tag_with_title(title);
                "</a>"
            }
            LinkOutcome::Unpublished(path) => {
                self.push_escaped("<span class=\"path\" title=\"", &path, "\">");
                "</span>"
            }
            LinkOutcome::Broken(path) => {
                self.push_escaped("<span class=\"broken\" title=\"", &path, "\">");
                BROKEN_END
            }
            LinkOutcome::Refused => "",
        };
        self.open_links += 1;
        let destination = destination.to_owned();
        OpenLink { end_tag, destination, content_start: self.out.len() }
    }

    /// Writes the end of a link; a link without words shows its destination.
    pub(super) fn end_link(&mut self, link: &OpenLink) {
        self.open_links = self.open_links.saturating_sub(1);
        if self.out.len() == link.content_start {
            escape(&mut self.out, &link.destination);
        }
        end_link(&mut self.out, link.end_tag, &self.options.words.not_found);
    }

    /// Ends the open attribute and the tag, with a title if the author gave one.
    fn end_tag_with_title(&mut self, title: &str) {
        if title.is_empty() {
            self.out.push_str("\">");
        } else {
            self.push_escaped("\" title=\"", title, "\">");
        }
    }

    /// Handles an event inside a picture, of which only the words are kept. Returns whether a picture was open.
    pub(super) fn picture_event(&mut self, event: &Event<'_>) -> bool {
        let Some(picture) = &mut self.picture else { return false };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) => picture.depth -= 1,
            Event::Text(text) | Event::Code(text) => picture.words.push_str(text),
            Event::SoftBreak | Event::HardBreak => picture.words.push(' '),
            _ => {}
        }
        if picture.depth == 0
            && let Some(picture) = self.picture.take()
        {
            self.write_picture(&picture);
        }
        true
    }

    /// Writes a picture. One that the site does not have becomes a link, because pages load nothing from
    /// other sites.
    fn write_picture(&mut self, picture: &OpenPicture) {
        let OpenPicture { words, destination, title, .. } = picture;
        if let Some(own) = (self.options.picture)(destination) {
            self.out.push_str("<img src=\"");
            PageSlot::Address(&own).write(&mut self.out);
            self.push_escaped("\" alt=\"", words, "\" loading=\"lazy");
            return self.end_tag_with_title(title);
        }
        let words = if words.trim().is_empty() { &self.options.words.image } else { words };
        if self.open_links > 0 {
            return escape(&mut self.out, words);
        }
        let link = self.start_link(destination, title);
        escape(&mut self.out, words);
        self.end_link(&link);
    }

    /// Writes raw HTML without comments: kept for the cleaner if pages may contain it, else shown as text.
    pub(super) fn raw_html(&mut self, html: &str, is_inline: bool) {
        let html = without_html_comments(html);
        let html = html.trim();
        if html.is_empty() || !is_inline && is_never_shown(html) {
            return;
        }
        if is_inline && html.trim_matches(['<', '>', '/', ' ']).eq_ignore_ascii_case("br") {
            return self.out.push_str("<br>");
        }
        if element(html).is_some() {
            let number = self.raw_html.len();
            self.push(format_args!("<!{number}>"));
            // The line end keeps an unclosed tag from including the text after it.
            let line_end = if is_inline { "" } else { "\n" };
            return self.raw_html.push(format!("{html}{line_end}"));
        }
        write_escaped_html(&mut self.out, html, is_inline);
    }

    /// Writes a reference to a footnote.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let (number, is_first) = self.footnotes.reference(label);
        self.out.push_str("<sup");
        if is_first {
            self.push_prefixed(" id=\"", format_args!("Ref-{number}\""));
        }
        self.out.push_str("><a href=\"");
        PageSlot::Address(&format!("#Note-{number}")).write(&mut self.out);
        self.push(format_args!("\">{number}</a></sup>"));
    }
}

/// `html` without `<!-- … -->`; an unclosed comment reaches to the end.
fn without_html_comments(html: &str) -> String {
    let mut stripped = String::new();
    let mut remaining_html = html;
    while let Some((html_before, comment)) = remaining_html.split_once("<!--") {
        stripped.push_str(html_before);
        remaining_html = comment.split_once("-->").map_or("", |(_, html_after)| html_after);
    }
    stripped.push_str(remaining_html);
    stripped
}
