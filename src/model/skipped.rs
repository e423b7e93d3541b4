//! The files of a log that are not records.

/// A file in the log's folder that is not a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Skipped {
    /// Relative to the folder of the log, with `/` as separator.
    pub file: String,
    /// Why it was skipped.
    pub reason: SkipReason,
}

/// Why a file is not a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// A template for new records.
    Template,
    /// A list of the records, or a page about the log.
    Index,
    /// A text about something else.
    Note,
    /// A text in an unsupported markup language.
    Markup,
    /// The record of the same name in another language: `0004-x.de.md` next to `0004-x.md`.
    Translation,
    /// A folder that cannot be listed.
    Unreadable,
    /// Another name of a file of the log: a symbolic link.
    Alias,
    /// A folder that holds a built site.
    Site,
}

impl SkipReason {
    /// What the file is instead, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Template => "a template",
            Self::Index => "an index or readme",
            Self::Note => "a note, not a record",
            Self::Markup => "not Markdown: AsciiDoc and reStructuredText are not read",
            Self::Translation => "a translation of the record of the same name",
            Self::Unreadable => "a folder that cannot be read",
            Self::Alias => "a symbolic link to another file of the log",
            Self::Site => "a site that `adr build` made",
        }
    }
}
