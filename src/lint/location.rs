//! Places in files as reports show them.

use std::path::Path;

use crate::model::RecordId;
use crate::text::{Source, Span};

/// A place in a file, ready to be shown.
#[derive(Clone, Debug)]
pub struct Location<'a> {
    /// Relative to the working directory, with `/` as separator.
    pub path: String,
    /// The text; `None` for a file that is not a record, and for the log as a whole.
    pub source: Option<&'a Source>,
    /// Which bytes of the text.
    pub span: Span,
    /// The record, if the file is one.
    pub record: Option<RecordId>,
}

/// A path as reports show it: with `/` on every system.
pub(super) fn displayed_path(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace('\\', "/") }
}
