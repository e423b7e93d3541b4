//! What stands in a line: links, pictures, addresses, raw HTML.

use pulldown_cmark::{Event, TagEnd};

use super::Leads;
use super::broken::BROKEN;
use super::closer::{Closer, Picture};
use super::destination::bare_addresses;
use super::element::is_silent;
use super::host::Slot;
use super::source::as_written;
use super::writer::Writer;
use crate::syntax::element;
use crate::text::escape;

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        let mut done = 0;
        for range in bare_addresses(text) {
            escape(&mut self.out, text.get(done..range.start).unwrap_or_default());
            let address = text.get(range.clone()).unwrap_or_default();
            self.link(address, "");
            escape(&mut self.out, address);
            self.end(TagEnd::Link);
            done = range.end;
        }
        escape(&mut self.out, text.get(done..).unwrap_or_default());
    }

    /// Begins a link, or what is shown instead if it leads nowhere.
    pub(super) fn link(&mut self, destination: &str, title: &str) {
        let after = match self.destinations.leads(destination) {
            Leads::Here(own) => {
                self.out.push_str("<a href=\"");
                Slot::Address(&own).write(&mut self.out);
                self.title(title);
                "</a>"
            }
            Leads::Away(to) => {
                self.wrapped("<a href=\"", &to, "");
                self.title(title);
                "</a>"
            }
            Leads::Unpublished(path) => {
                self.wrapped("<span class=\"path\" title=\"", &path, "\">");
                "</span>"
            }
            Leads::Broken(path) => {
                self.wrapped("<span class=\"broken\" title=\"", &path, "\">");
                BROKEN
            }
            Leads::Refused => "",
        };
        self.links += 1;
        self.closers.push(Closer::Link(after, destination.to_owned(), self.out.len()));
    }

    /// Ends the attribute that is open, and the tag with it, behind the title that its author gave it.
    fn title(&mut self, title: &str) {
        if title.is_empty() {
            self.out.push_str("\">");
        } else {
            self.wrapped("\" title=\"", title, "\">");
        }
    }

    /// Whether the event belongs to a picture, of which only the words are kept.
    pub(super) fn in_picture(&mut self, event: &Event<'_>) -> bool {
        let Some(picture) = &mut self.alt else { return false };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) => picture.depth -= 1,
            Event::Text(text) | Event::Code(text) => picture.words.push_str(text),
            Event::SoftBreak | Event::HardBreak => picture.words.push(' '),
            _ => {}
        }
        if picture.depth == 0
            && let Some(picture) = self.alt.take()
        {
            self.picture(&picture);
        }
        true
    }

    /// A picture: shown where the site has it, else a link, for pages fetch nothing from other sites.
    fn picture(&mut self, picture: &Picture) {
        let Picture { words, destination, title, .. } = picture;
        if let Some(own) = (self.request.picture)(destination) {
            self.out.push_str("<img src=\"");
            Slot::Address(&own).write(&mut self.out);
            self.wrapped("\" alt=\"", words, "\" loading=\"lazy");
            return self.title(title);
        }
        let words = if words.trim().is_empty() { &self.request.words.image } else { words };
        if self.links > 0 {
            return escape(&mut self.out, words);
        }
        self.link(destination, title);
        escape(&mut self.out, words);
        self.end(TagEnd::Link);
    }

    /// HTML that a record holds: kept for the cleaner where pages may have it, else shown as text;
    /// comments left out.
    pub(super) fn raw_html(&mut self, html: &str, is_inline: bool) {
        let shown = without_comments(html);
        let shown = shown.trim();
        if shown.is_empty() || !is_inline && is_silent(shown) {
            return;
        }
        if is_inline && shown.trim_matches(['<', '>', '/', ' ']).eq_ignore_ascii_case("br") {
            return self.out.push_str("<br>");
        }
        if element(shown).is_some() {
            let number = self.raws.len();
            self.push(format_args!("<!{number}>"));
            // A tag that does not end must not take in what follows.
            let end = if is_inline { "" } else { "\n" };
            return self.raws.push(format!("{shown}{end}"));
        }
        as_written(&mut self.out, shown, is_inline);
    }
}

/// `html` without `<!-- … -->`; a comment that does not end reaches to the end.
fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
