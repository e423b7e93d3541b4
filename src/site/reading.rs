//! The text of a record, read once for all that is made of it: its page, the print page, the feed, the search.

use std::cell::OnceCell;

use super::Site;
use super::markdown::{Host, Passage, ROOT, Request, Text, Written, passages};
use super::pages::PRINT_WHOLE;
use super::said::shown;
use super::summary::summary;
use crate::model::RecordId;

/// The text of a record that has been read.
pub(super) struct Reading<'t> {
    /// Whose it is.
    pub id: RecordId,
    /// What its page shows of it.
    pub text: Text<'t>,
    passages: OnceCell<Vec<Passage>>,
    /// The text as HTML, once it has been written for the first page.
    written: OnceCell<Written>,
}

impl Reading<'_> {
    /// The words of the text, section by section.
    pub(super) fn passages(&self) -> &[Passage] {
        self.passages.get_or_init(|| passages(&self.text))
    }
}

impl Site<'_> {
    /// Reads the text of a record, and makes of it what `make` does.
    pub(super) fn read<T>(&self, id: RecordId, make: impl FnOnce(&Reading<'_>) -> T) -> T {
        let record = self.log.record(id);
        let shown = shown(record);
        let text = Text::read(&shown.text, shown.title, &shown.named(record));
        make(&Reading { id, text, passages: OnceCell::new(), written: OnceCell::new() })
    }

    /// What the decision says, in one sentence.
    pub(super) fn summary(&self, id: RecordId) -> &str {
        self.summed_up(id, || self.read(id, |reading| summary(reading.passages())))
    }

    /// The same of a record whose text is at hand.
    pub(super) fn summary_of(&self, reading: &Reading<'_>) -> &str {
        self.summed_up(reading.id, || summary(reading.passages()))
    }

    /// The summary that is known, else the one that is `found`.
    fn summed_up(&self, id: RecordId, found: impl FnOnce() -> String) -> &str {
        self.summaries.get(id.index()).map_or("", |known| known.get_or_init(found))
    }

    /// The text of a record as HTML.
    pub(super) fn body(&self, reading: &Reading<'_>) -> String {
        self.html(reading, Host::Own)
    }

    /// The same for readers elsewhere; the root of the site is at `root`.
    pub(super) fn absolute_body(&self, reading: &Reading<'_>, root: &str) -> String {
        let page = [root, self.url(reading.id)].concat();
        self.html(reading, Host::Elsewhere { root, page: &page, name: self.name(reading.id) })
    }

    /// The same as a part of a page with all records.
    pub(super) fn nested_body(&self, reading: &Reading<'_>) -> String {
        // On a page with a part of the log, another record may be on another.
        let is_whole = self.log.records().len() <= PRINT_WHOLE;
        let (page, name) = (self.url(reading.id), self.name(reading.id));
        self.html(reading, Host::Together { page, name, is_whole })
    }

    fn html(&self, reading: &Reading<'_>, host: Host<'_>) -> String {
        let id = reading.id;
        let leads = |destination: &str| self.leads(id, destination);
        let picture = |destination: &str| Some([ROOT, self.picture(id, destination)?].concat());
        let request = Request { leads: &leads, picture: &picture, words: &self.words };
        let written = reading.written.get_or_init(|| reading.text.write(&request));
        reading.text.html(written, host, &request)
    }
}
