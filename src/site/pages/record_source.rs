//! `/decisions/NNNN.md`: one decision as its file has it, byte for byte if it is UTF-8.

use std::borrow::Cow;

use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: PageFill::Text(text) };

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let path = |id| facts.url_with_extension(id, "md");
    let file = |id| PageFile { path: path(id), subject: PageSubject::Record(id) };
    facts.log.iter().map(|(id, _)| file(id)).collect()
}

fn text<'s>(facts: &'s Facts<'_>, file: &PageFile) -> Cow<'s, str> {
    let PageSubject::Record(id) = file.subject else { return "".into() };
    facts.log.record(id).source.written().into()
}
