//! What a page is: a kind of file of the site, and one file of that kind.

use std::borrow::Cow;

use tera::Context;

use super::plan::Facts;
use super::record::RecordText;
use super::render::PageValues;
use crate::Result;
use crate::model::RecordId;

/// A kind of file of the site: one template, filled in once or many times.
pub(super) struct Page {
    /// The key of its name in the messages, if every page links to it.
    pub nav: Option<&'static str>,
    /// The files of this kind; the navigation links to the first. Called once, before any file is made.
    pub files: fn(&Facts<'_>) -> Vec<PageFile>,
    /// How one of the files is made.
    pub fill: PageFill,
}

/// How the content of a file is made.
pub(super) enum PageFill {
    /// From a template below `templates/site/` and its values.
    Template(&'static str, fn(&Facts<'_>, &PageFile) -> Context),
    /// The same for the page of a record. Other pages share its parsed text.
    Record(&'static str, fn(&Facts<'_>, &RecordText<'_>) -> Context),
    /// The same for a list of pages; the function gets the paths of all files of the site.
    PageList(&'static str, fn(&[&str]) -> Context),
    /// The same for a page that grows with the log and is [rendered in parts](super::render::render_parts).
    /// Templates of the project may fail in a part.
    Long(&'static str, fn(&Facts<'_>, &PageFile) -> Result<PageValues>),
    /// Without a template.
    Text(for<'s> fn(&'s Facts<'_>, &PageFile) -> Cow<'s, str>),
    /// Without a template, in pieces, for data that grows with the log.
    LongText(fn(&Facts<'_>, &PageFile) -> Vec<String>),
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageFile {
    /// Relative to the root of the site, with `/` as separator.
    pub path: String,
    pub subject: PageSubject,
}

/// What a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageSubject {
    /// The log as a whole.
    Log,
    /// One record.
    Record(RecordId),
    /// One group of records: its index in the list of groups of its kind.
    Group(usize),
}

impl PageFile {
    /// A file about the whole log.
    pub(super) fn log(path: impl Into<String>) -> Self {
        Self { path: path.into(), subject: PageSubject::Log }
    }
}
