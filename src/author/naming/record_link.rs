//! How one record refers to another: by link, or by name.

use crate::format::naming;
use crate::model::{Log, Lookup, Record, RecordId};
use crate::text::{link_path, link_words, relative_path};

/// What other records need in order to refer to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordLink {
    /// The record; `None` if it is not in the log yet.
    record: Option<RecordId>,
    file: String,
    plain_name: String,
    /// The words of a link, with number and title.
    long_label: String,
    short_label: String,
}

impl RecordLink {
    /// A link to a record of `log`.
    pub fn of(log: &Log, id: RecordId) -> Self {
        let record = log.record(id);
        let mut link = Self { record: Some(id), ..Self::of_new_record(record) };
        // If two records share a number, only the file's name is unique.
        if log.find(&link.plain_name) != Lookup::One(id) {
            file_stem(record).clone_into(&mut link.plain_name);
        }
        link
    }

    /// A link to a record that is not in a log yet.
    pub fn of_new_record(record: &Record) -> Self {
        let title = record.title_or_file();
        let is_numbered = record.id.is_some() || record.number.is_some();
        let short_label = if is_numbered { record.label() } else { title.to_owned() };
        // The number in the file's name takes precedence over a wrong one in the heading.
        let number = record.number.as_ref().map(|number| number.value.value);
        let long_label = match (&record.heading_number, &record.id) {
            (Some(heading), None) => format!("{}. {title}", number.unwrap_or(heading.value.value)),
            _ => short_label.clone(),
        };
        let plain_name = if is_numbered { record.label() } else { file_stem(record).to_owned() };
        Self { record: None, file: record.file.clone(), plain_name, long_label, short_label }
    }

    /// The record; `None` if it is not in the log yet.
    pub(crate) fn record(&self) -> Option<RecordId> {
        self.record
    }

    /// The name for places in which links are not read, such as front matter.
    pub(crate) fn plain_name(&self) -> &str {
        &self.plain_name
    }

    /// A Markdown link for the text of `source`, labelled as its format does: adr-tools shows number and title,
    /// MADR the id.
    pub(crate) fn markdown(&self, source: &Record) -> String {
        let is_madr = source.format.name == "madr";
        let label = if is_madr { &self.short_label } else { &self.long_label };
        format!("[{}]({})", link_words(label), self.path_from(&source.file))
    }

    /// Whether the file's name contains a digit.
    pub(crate) fn has_digit(&self) -> bool {
        self.file.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// The relative path from a file of the log to this record, encoded for a link.
    pub(crate) fn path_from(&self, source_file: &str) -> String {
        link_path(&relative_path(source_file, &self.file))
    }
}

/// The file's name, with its folder if many files are called `README.md`.
fn file_stem(record: &Record) -> &str {
    record.file.get(naming(&record.file).start..).unwrap_or(&record.file)
}
