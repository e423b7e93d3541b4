//! The text of a record, parsed once for its page, the print page, the feed, and the search.

use std::cell::OnceCell;

use super::hidden_header::visible_text;
use super::summary::summary;
use crate::model::RecordId;
use crate::site::markdown::{MarkdownText, TextPassage, WrittenText, passages};
use crate::site::plan::Facts;

/// The text of a record, parsed.
pub(crate) struct RecordText<'t> {
    pub id: RecordId,
    /// The part of the text that the record's page shows.
    pub markdown: MarkdownText<'t>,
    /// The text as HTML, written for the first page that shows it.
    pub written: OnceCell<WrittenText>,
    passages: OnceCell<Vec<TextPassage>>,
}

impl RecordText<'_> {
    /// The words of the text, section by section.
    pub(crate) fn passages(&self) -> &[TextPassage] {
        self.passages.get_or_init(|| passages(&self.markdown))
    }
}

impl Facts<'_> {
    /// Parses the text of a record and returns what `make` makes of it.
    pub(crate) fn read<T>(&self, id: RecordId, make: impl FnOnce(&RecordText<'_>) -> T) -> T {
        let record = self.log.record(id);
        let visible = visible_text(record);
        let hidden_headings = visible.hidden_headings(record);
        let markdown = MarkdownText::parse(&visible.text, visible.title, &hidden_headings);
        let (written, passages) = (OnceCell::new(), OnceCell::new());
        make(&RecordText { id, markdown, written, passages })
    }

    /// The decision in one sentence.
    pub(crate) fn summary(&self, id: RecordId) -> &str {
        self.cached_summary(id, || self.read(id, |text| summary(text.passages())))
    }

    /// The same for a text that is already parsed.
    pub(crate) fn summary_of(&self, text: &RecordText<'_>) -> &str {
        self.cached_summary(text.id, || summary(text.passages()))
    }

    fn cached_summary(&self, id: RecordId, make: impl FnOnce() -> String) -> &str {
        let cached = self.caches.summaries.get(id.index());
        cached.map_or("", |summary| summary.get_or_init(make))
    }
}
