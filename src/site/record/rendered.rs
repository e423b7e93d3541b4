//! The text of a record as HTML, for each page that shows it.

use super::record_text::RecordText;
use crate::site::markdown::{SITE_ROOT, TargetPage, WriteOptions};
use crate::site::plan::Facts;

impl Facts<'_> {
    /// The text of a record for its own page.
    pub(crate) fn body(&self, text: &RecordText<'_>) -> String {
        self.html(text, TargetPage::Own)
    }

    /// The same for readers outside the site, such as feed readers; the root of the site has the address `root`.
    pub(crate) fn absolute_body(&self, text: &RecordText<'_>, root: &str) -> String {
        let page = [root, self.url(text.id)].concat();
        self.html(text, TargetPage::Outside { root, page: &page, name: self.page_name(text.id) })
    }

    /// The same for a page with several records; `is_whole` is true if all records are on it.
    pub(crate) fn nested_body(&self, text: &RecordText<'_>, is_whole: bool) -> String {
        let (page, name) = (self.url(text.id), self.page_name(text.id));
        self.html(text, TargetPage::Together { page, name, is_whole })
    }

    fn html(&self, text: &RecordText<'_>, page: TargetPage<'_>) -> String {
        let id = text.id;
        let link = |destination: &str| self.link_outcome(id, destination);
        let picture =
            |destination: &str| Some([SITE_ROOT, self.picture(id, destination)?].concat());
        let options = WriteOptions { link: &link, picture: &picture, words: &self.markdown_words };
        let written = text.written.get_or_init(|| text.markdown.write(&options));
        text.markdown.html(written, page, &options)
    }
}
