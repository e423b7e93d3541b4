//! The text of a record, read once for all that is made of it: its page, the print page, the feed, the search.

use std::cell::OnceCell;

use super::Site;
use super::markdown::{Leads, Passage, Request, Text, passages};
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
        let text = Text::read(&shown.text, shown.title, shown.named(record));
        make(&Reading { id, text, passages: OnceCell::new() })
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
        self.written(reading, &|destination| self.leads(reading.id, destination), "", None)
    }

    /// The same for readers elsewhere: links begin with `base`.
    pub(super) fn absolute_body(&self, reading: &Reading<'_>, base: &str) -> String {
        let leads = |destination: &str| match self.leads(reading.id, destination) {
            Leads::Here(to) => Leads::Away(format!("{base}decisions/{to}")),
            leads => leads,
        };
        self.written(reading, &leads, base, None)
    }

    /// The same as a part of a page with all records.
    pub(super) fn nested_body(&self, reading: &Reading<'_>) -> String {
        let id = reading.id;
        let leads = |destination: &str| match self.linked(id, destination) {
            Some(target) => {
                let name = self.name(target);
                // On a page with a part of the log, the record may be on another.
                if self.log.records().len() > PRINT_WHOLE {
                    Leads::Here(format!("decisions/{name}.html"))
                } else {
                    Leads::Here(format!("#Record-{name}"))
                }
            }
            None => self.leads(id, destination),
        };
        let name = self.name(id);
        self.written(reading, &leads, "./", Some(&format!("{name}-")))
    }

    /// `base` leads to the root of the site; nothing for a record's own page.
    fn written(
        &self,
        reading: &Reading<'_>,
        leads: &dyn Fn(&str) -> Leads,
        base: &str,
        nested: Option<&str>,
    ) -> String {
        let id = reading.id;
        let picture = |destination: &str| {
            let to = self.picture(id, destination)?;
            Some(if base.is_empty() { format!("../{to}") } else { format!("{base}{to}") })
        };
        let words = &self.words;
        let own = if is_page(base) { String::new() } else { format!("{base}{}", self.url(id)) };
        reading.text.html(&Request { leads, picture: &picture, page: &own, nested, words })
    }
}

/// Whether `base` is the way from a page, on which places need no more than their names.
fn is_page(base: &str) -> bool {
    base.is_empty() || base == "./"
}
