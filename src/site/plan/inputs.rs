//! The inputs of a site.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::changes::Changes;
use crate::lint::Diagnostic;
use crate::model::Histories;
use crate::site::Destinations;

/// The inputs of a site other than its log and its configuration.
#[derive(Debug, Default)]
pub struct SiteInputs<'s> {
    /// The history of the records in the repository.
    pub histories: Option<&'s Histories>,
    /// The changes since the base; without them, the page of changes is left out.
    pub changes: Option<&'s Changes>,
    /// The title of the log if the configuration has none.
    pub title: String,
    /// The folder of the log as pages show it.
    pub folder: String,
    /// The project's own templates, which replace the built-in ones: name and text.
    pub templates: &'s [(String, String)],
    /// The pictures among the [`destinations()`](crate::site::destinations) to publish, with their files.
    pub pictures: BTreeMap<String, PathBuf>,
    /// The other pictures that exist, with the word for why they are not published.
    pub left_out: Vec<(&'s str, &'static str)>,
    /// The targets of the links; without them, links are resolved in the log only.
    pub destinations: Option<&'s Destinations>,
    /// The findings of the linter; without them, the health page is left out.
    pub findings: Option<&'s [Diagnostic]>,
}
