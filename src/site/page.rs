//! What a page is.

use std::borrow::Cow;

use tera::Context;

use super::Site;
use super::part::Values;
use super::reading::Reading;
use crate::Result;
use crate::model::RecordId;

/// A kind of file of the site: one template, filled in once or many times.
pub(super) struct Page {
    /// The key of its name in the messages, where every page links to it.
    pub nav: Option<&'static str>,
    /// The files of this kind, the one to link to first. Asked for once, before any is written.
    pub files: fn(&Site<'_>) -> Vec<File>,
    /// How one of them comes about.
    pub fill: Fill,
}

/// How the content of a file comes about.
pub(super) enum Fill {
    /// A template below `templates/site/`, and the values for it.
    Template(&'static str, fn(&Site<'_>, &File) -> Context),
    /// The same for the page of a record, whose text is read for other pages too.
    Record(&'static str, fn(&Site<'_>, &Reading<'_>) -> Context),
    /// The same for a page that grows with the log: it is put together from [parts](Site::parts), and
    /// templates of the project may fail in them.
    Long(&'static str, fn(&Site<'_>, &File) -> Result<Values>),
    /// Without a template.
    Text(for<'s> fn(&'s Site<'_>, &File) -> Cow<'s, str>),
    /// The same for data that grows with the log: in pieces.
    LongText(fn(&Site<'_>, &File) -> Vec<String>),
}

/// A file of the site that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Below the root of the site, with `/` as separator.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
}

/// What a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The log as a whole.
    Log,
    /// One record.
    Record(RecordId),
    /// The records of one group; its place in the list of the groups of its kind.
    Group(usize),
}

impl File {
    /// A file about the whole log.
    pub(super) fn log(path: impl Into<String>) -> Self {
        Self { path: path.into(), subject: Subject::Log }
    }
}
