//! How one record is named in another.

use crate::format::naming;
use crate::model::{Log, Lookup, Record, RecordId};
use crate::text::{link_path, link_words, relative_path};

/// What other records need to know of a record in order to name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    file: String,
    /// For places without links.
    plain: String,
    /// What a link to it reads.
    words: String,
    short: String,
}

impl Target {
    /// A record of `log`.
    pub fn of(log: &Log, id: RecordId) -> Self {
        let record = log.record(id);
        let mut target = Self::alone(record);
        // Where two records share a number, only the file tells them apart.
        if log.find(&target.plain) != Lookup::One(id) {
            own_name(record).clone_into(&mut target.plain);
        }
        target
    }

    /// A record that is in no log yet.
    pub fn alone(record: &Record) -> Self {
        let title = record.title_or_file();
        let numbered = record.id.is_some() || record.number.is_some();
        let short = if numbered { record.label() } else { title.to_owned() };
        // The number in the name of the file goes before a wrong one in the heading.
        let number = record.number.as_ref().map(|number| number.value.value);
        let words = match (&record.heading_number, &record.id) {
            (Some(heading), None) => format!("{}. {title}", number.unwrap_or(heading.value.value)),
            _ => short.clone(),
        };
        let plain = if numbered { record.label() } else { own_name(record).to_owned() };
        Self { file: record.file.clone(), plain, words, short }
    }

    /// The name for places where links are not read, such as front matter.
    pub(crate) fn plain(&self) -> &str {
        &self.plain
    }

    /// A Markdown link for the text of `from`, in the words of its format: adr-tools shows number
    /// and title, MADR the id.
    pub(crate) fn link(&self, from: &Record) -> String {
        let words = if from.format.name == "madr" { &self.short } else { &self.words };
        format!("[{}]({})", link_words(words), self.path_from(&from.file))
    }

    /// Whether its name holds a number of any kind.
    pub(crate) fn has_digit(&self) -> bool {
        self.file.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// The way from one file of the log to this one, as a link needs it.
    pub(crate) fn path_from(&self, from: &str) -> String {
        link_path(&relative_path(from, &self.file))
    }
}

/// The file by its own name, with that of its folder where many are called `README.md`.
fn own_name(record: &Record) -> &str {
    record.file.get(naming(&record.file).start..).unwrap_or(&record.file)
}
