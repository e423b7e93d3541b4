//! A text as HTML, to be completed for each page that shows it.

use super::destination::LinkOutcome;
use super::headings::PageAnchors;
use super::link_resolver::LinkResolver;
use super::options::{MarkdownWords, WriteOptions};
use super::raw_html::{CleaningOptions, merge};
use super::target_page::TargetPage;
use super::text::MarkdownText;

/// A text as HTML, except for what differs between pages, and for its raw HTML.
pub(crate) struct WrittenText {
    /// With [slots](super::target_page::PageSlot).
    pub(super) html: String,
    /// The raw HTML; `<!3>` in `html` is replaced by the fourth.
    pub(super) raw_html: Vec<String>,
    /// The targets of links within the text.
    pub(super) anchors: PageAnchors,
}

impl WrittenText {
    /// Completes the text for a page. Returns it with the ids of its raw HTML.
    pub(super) fn on_page(
        &self,
        page: TargetPage<'_>,
        text: &MarkdownText<'_>,
        options: &WriteOptions<'_>,
    ) -> (String, Vec<String>) {
        let html = page.fill(&self.html);
        if self.raw_html.is_empty() {
            return (html, Vec::new());
        }
        let WriteOptions { picture, words, .. } = options;
        let resolver = LinkResolver { options, anchors: &self.anchors };
        let MarkdownWords { image, not_found, table, .. } = words;
        let link = |destination: &str| match resolver.resolve(destination) {
            LinkOutcome::Internal(own) => LinkOutcome::Internal(page.address(&own).into_owned()),
            outcome => outcome,
        };
        let cleaning = CleaningOptions {
            link: &link,
            picture: &|destination| Some(page.address(&picture(destination)?).into_owned()),
            image,
            not_found,
            table,
            id_prefix: &page.id_prefix(),
            is_cheap: &text.is_cheap,
            taken_ids: text.headings.iter().map(|heading| heading.id.as_str()).collect(),
        };
        merge(&html, &self.raw_html, &cleaning)
    }
}
