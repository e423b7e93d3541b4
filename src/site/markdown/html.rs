//! A parsed text as HTML, and all its anchors.

use pulldown_cmark::Event;

use super::destination::LinkOutcome;
use super::events::write_text;
use super::headings::PageAnchors;
use super::options::{MarkdownWords, WriteOptions};
use super::raw_html::may_set_id;
use super::target_page::TargetPage;
use super::text::MarkdownText;
use super::written_text::WrittenText;

impl MarkdownText<'_> {
    /// The anchors of the headings and of raw HTML.
    pub(crate) fn anchors(&self) -> PageAnchors {
        self.heading_anchors.clone().with_ids(&self.raw_html_ids())
    }

    /// The ids that raw HTML sets.
    fn raw_html_ids(&self) -> Vec<String> {
        let may_set_id = |event: &Event<'_>| match event {
            Event::Html(html) | Event::InlineHtml(html) => may_set_id(html),
            _ => false,
        };
        if !self.events().any(may_set_id) {
            return Vec::new();
        }
        // Only cleaning the HTML shows which ids are left, and they do not depend on links.
        let (link, picture) = (|_: &str| LinkOutcome::Refused, |_: &str| None);
        let words = &MarkdownWords::default();
        let options = WriteOptions { link: &link, picture: &picture, words };
        let written = write_text(self, &options, PageAnchors::default());
        written.on_page(TargetPage::Own, self, &options).1
    }

    /// Writes the text as HTML, for every page that shows it.
    pub(crate) fn write(&self, options: &WriteOptions<'_>) -> WrittenText {
        // All anchors must be known first: a link may precede its target.
        write_text(self, options, self.anchors())
    }

    /// The HTML of the `written` text for a page, to be inserted below a heading of level 1.
    pub(crate) fn html(
        &self,
        written: &WrittenText,
        page: TargetPage<'_>,
        options: &WriteOptions<'_>,
    ) -> String {
        written.on_page(page, self, options).0
    }
}
