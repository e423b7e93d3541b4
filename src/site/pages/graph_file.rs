//! `/graph.dot` and `/graph.svg`: the relations as files to download, in the form of `adr graph`.

use crate::export::{Addresses, EXPORTS};
use crate::model::RecordId;
use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Text(|facts, file| text(facts, file).into()) };

/// The maximum number of decisions in an SVG file; no one could follow more.
const MAX_DRAWN: usize = 1_000;

/// The paths of the files. The extension is the name of the export.
pub(super) fn paths(facts: &Facts<'_>) -> Vec<String> {
    let is_drawn = facts.log.records().len() <= MAX_DRAWN;
    let formats = [("dot", true), ("svg", is_drawn)].into_iter();
    let existing = formats.filter(|(_, exists)| *exists);
    existing.map(|(format, _)| format!("graph.{format}")).collect()
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let is_related = |id: RecordId| facts.log.relations(id).any(|(_, target)| target.is_some());
    let has_graph = facts.log.iter().any(|(id, _)| is_related(id));
    paths(facts).into_iter().filter(|_| has_graph).map(PageFile::log).collect()
}

fn text(facts: &Facts<'_>, file: &PageFile) -> String {
    let format = file.path.rsplit('.').next().unwrap_or_default();
    let Some(export) = EXPORTS.iter().find(|export| export.name == format) else {
        return String::new();
    };
    let ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
    let pages = facts.log.iter().map(|(id, record)| (record.file.as_str(), facts.url(id)));
    let addresses = Addresses { pages: pages.collect(), ..Addresses::default() };
    (export.write)(facts.log, &ids, &addresses)
}
