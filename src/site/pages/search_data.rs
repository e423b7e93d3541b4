//! `/asset/search.js`, `/asset/search-N.js`: the search index.
//!
//! The files are scripts, because a page that is opened from a disk cannot load anything else. The first file starts
//! with the script that reads the index.

use std::iter;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::model::RecordId;
use crate::site::plan::Facts;
use crate::site::record::add_to_index;
use crate::site::render::without_comments;
use crate::site::search::{IndexBuilder, SearchIndex, index_part_paths};
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: PageFill::LongText(text) };

/// The address of the first file, relative to the root of the site.
pub(crate) const PATH: &str = "asset/search.js";

const SCRIPT: &str = include_str!("../../../templates/asset/search.js");

pub(crate) fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let parts = (0..).zip(index_part_paths(facts.log));
    let parts = parts.map(|(index, path)| PageFile { path, subject: PageSubject::Group(index) });
    iter::once(PageFile::log(PATH)).chain(parts).collect()
}

fn text(facts: &Facts<'_>, file: &PageFile) -> Vec<String> {
    pieces(facts.search_index.get_or_init(|| index_all(facts)), file)
}

/// The index of all records.
fn index_all(facts: &Facts<'_>) -> SearchIndex {
    let builder = IndexBuilder::default();
    let ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
    let add = |id: &RecordId| facts.read(*id, |text| add_to_index(&builder, facts, text));
    ids.par_iter().for_each(add);
    builder.finish(facts.log)
}

/// The content of one of the files.
pub(crate) fn pieces(search_index: &SearchIndex, file: &PageFile) -> Vec<String> {
    let part_script = |number: usize| {
        let Some(part) = search_index.parts.get(number) else { return String::new() };
        format!("adrSearch({number},{});\n", serde_json::Value::from(part.as_str()))
    };
    if let PageSubject::Group(number) = file.subject {
        return vec![part_script(number)];
    }
    let mut pieces = vec![format!("{}adrSearch('head',", without_comments(SCRIPT))];
    pieces.extend(search_index.head.iter().cloned());
    pieces.push(");\n".to_owned());
    if search_index.parts.len() == 1 {
        pieces.push(part_script(0));
    }
    pieces
}
