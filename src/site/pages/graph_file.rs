//! `/graph.dot` and `/graph.svg`: the relations as files to take away, as `adr graph` prints them.

use crate::export::{Addresses, EXPORTS};
use crate::model::RecordId;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Text(|site, file| text(site, file).into()) };

/// The most decisions that are drawn in one file: nobody could follow more.
const MOST: usize = 1_000;

/// The files that there are, the name of each being that of its form.
pub(super) fn paths(site: &Site<'_>) -> Vec<String> {
    let is_drawn = site.log.records().len() <= MOST;
    let forms = [("dot", true), ("svg", is_drawn)].into_iter().filter(|(_, is_there)| *is_there);
    forms.map(|(form, _)| format!("graph.{form}")).collect()
}

fn files(site: &Site<'_>) -> Vec<File> {
    let is_related = |id: RecordId| site.log.relations(id).any(|(_, target)| target.is_some());
    let has_graph = site.log.iter().any(|(id, _)| is_related(id));
    paths(site).into_iter().filter(|_| has_graph).map(File::log).collect()
}

fn text(site: &Site<'_>, file: &File) -> String {
    let form = file.path.rsplit('.').next().unwrap_or_default();
    let Some(export) = EXPORTS.iter().find(|export| export.name == form) else {
        return String::new();
    };
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    let pages = site.log.iter().map(|(id, record)| (record.file.as_str(), site.url(id)));
    let addresses = Addresses { pages: pages.collect(), ..Addresses::default() };
    (export.write)(site.log, &ids, &addresses)
}
