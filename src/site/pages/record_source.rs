//! `/decisions/NNNN.md`: one decision as it was written, byte for byte where it is UTF-8.

use std::borrow::Cow;

use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Text(text) };

fn files(site: &Site<'_>) -> Vec<File> {
    let all = site.log.iter();
    all.map(|(id, _)| File { path: site.beside(id, "md"), subject: Subject::Record(id) }).collect()
}

fn text<'s>(site: &'s Site<'_>, file: &File) -> Cow<'s, str> {
    let Subject::Record(id) = file.subject else { return "".into() };
    site.log.record(id).source.written().into()
}
