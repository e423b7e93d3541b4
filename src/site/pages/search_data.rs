//! `/asset/search.js`, `/asset/search-N.js`: the search index as scripts, because a page that is
//! opened from a disk can load nothing else. The first of them begins with what reads it.

use std::iter;

use crate::model::Log;
use crate::site::asset::spare;
use crate::site::search::{Index, count, index};
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::LongText(text) };

/// Where the first of them is, from the root of the site.
pub(crate) const PATH: &str = "asset/search.js";

const SCRIPT: &str = include_str!("../../../templates/asset/search.js");

pub(crate) fn files(site: &Site<'_>) -> Vec<File> {
    let parts = (0..).zip(parts(site.log));
    let parts = parts.map(|(at, path)| File { path, subject: Subject::Group(at) });
    iter::once(File::log(PATH)).chain(parts).collect()
}

/// Where the parts of the index are; nowhere where there is only one, which comes with the first file.
pub(crate) fn parts(log: &Log) -> Vec<String> {
    let count = Some(count(log)).filter(|count| *count > 1);
    (0..count.unwrap_or_default()).map(|at| format!("asset/search-{at}.js")).collect()
}

fn text(site: &Site<'_>, file: &File) -> Vec<String> {
    pieces(site.index.get_or_init(|| index(site)), file)
}

/// What one of the files holds.
pub(crate) fn pieces(index: &Index, file: &File) -> Vec<String> {
    let call = |at: usize, part: &String| {
        let part = serde_json::Value::from(part.as_str());
        format!("adrSearch({at},{part});\n")
    };
    let part = |at: usize| index.parts.get(at).map(|part| call(at, part)).unwrap_or_default();
    if let Subject::Group(at) = file.subject {
        return vec![part(at)];
    }
    let mut pieces = vec![format!("{}adrSearch('head',", spare(SCRIPT))];
    pieces.extend(index.head.iter().cloned());
    pieces.push(");\n".to_owned());
    if index.parts.len() == 1 {
        pieces.push(part(0));
    }
    pieces
}
