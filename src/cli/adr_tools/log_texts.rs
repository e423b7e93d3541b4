//! The texts of a log in the layout of adr-tools, while a command changes them.

use std::collections::BTreeMap;

use crate::author::{PlainRecord, is_plain_record, plain_find, plain_number, with_link};
use crate::cli::terminal::{Environment, Ui};
use crate::project::PlainLog;
use crate::text::{Edit, Source};
use crate::{Error, Result};

/// The texts of a locked log, by file name.
pub(super) struct LogTexts {
    pub log: PlainLog,
    /// The texts on disk.
    sources: BTreeMap<String, Source>,
    /// The texts to write.
    pub texts: BTreeMap<String, String>,
}

impl LogTexts {
    /// Locks the log and reads it.
    pub(super) fn open(mut log: PlainLog, environment: &Environment) -> Result<Self> {
        log.lock(&environment.state_folders())?;
        let sources: BTreeMap<String, Source> = read_sources(&log)?.into_iter().collect();
        let text = |(name, source): (&String, &Source)| (name.clone(), source.text().to_owned());
        Ok(Self { log, texts: sources.iter().map(text).collect(), sources })
    }

    /// Returns the number after the highest one that any name in the folder starts with.
    pub(super) fn next_number(&self) -> u64 {
        self.log.names().iter().filter_map(|name| plain_number(name)).max().unwrap_or(0) + 1
    }

    /// Returns the file name of the record that `given` refers to.
    pub(super) fn find(&self, given: &str) -> Result<String> {
        let text = |(name, source): (&String, &Source)| (name.clone(), source.text().to_owned());
        let records: Vec<PlainRecord> = self.sources.iter().map(text).collect();
        let file_name = plain_find(&records, given).map(str::to_owned);
        file_name.ok_or_else(|| Error::NoRecord { given: given.to_owned(), nearest: vec![] })
    }

    /// Adds a link from the record `from` to the record `to`.
    pub(super) fn link(&mut self, from: &str, link: &str, to: &str, ui: &mut Ui<'_>) {
        let target_text = self.texts.get(to).cloned().unwrap_or_default();
        let Some(text) = self.texts.get_mut(from) else { return };
        match with_link(text, link, (to, &target_text)) {
            Some(linked_text) => *text = linked_text,
            None => ui.remark(&format!("{from} has no section `## Status`; no link was written")),
        }
    }

    pub(super) fn write(&mut self) -> Result<()> {
        let mut new_texts = self.texts.clone();
        for (name, text) in &mut new_texts {
            let source = self.sources.get(name);
            // A text with lone CRs is edited, so that its other bytes stay the same.
            if let Some(source) = source.filter(|source| source.written() != source.text()) {
                let edited_text = source.edited(&[Edit::between(source.text(), text)]);
                let path = || source.path().to_owned();
                *text = edited_text.map_err(|_| Error::Changed { path: path() })?;
            }
        }
        let text_on_disk = |source: &Source| source.written().to_owned();
        let old_texts =
            self.sources.iter().map(|(name, source)| (name.clone(), text_on_disk(source)));
        self.log.write(&old_texts.collect(), &new_texts)
    }
}

/// Returns the names and texts of all records, by number.
pub(super) fn read_records(log: &PlainLog) -> Result<Vec<PlainRecord>> {
    let text = |(name, source): (String, Source)| (name, source.text().to_owned());
    Ok(read_sources(log)?.into_iter().map(text).collect())
}

/// Reads the files of all records, by number.
fn read_sources(log: &PlainLog) -> Result<Vec<(String, Source)>> {
    let mut names = log.names();
    names.retain(|name| is_plain_record(name));
    names.sort_by_key(|name| plain_number(name));
    let source = |name: String| log.read(&name).map(|text| (name.clone(), Source::new(name, text)));
    names.into_iter().map(source).collect()
}
