//! `/asset/search.js`, `/asset/search-N.js`: the search index as scripts, because a page that is
//! opened from a disk can load nothing else. The first of them begins with what reads it.

use crate::site::asset::spare;
use crate::site::search::{Index, count, index};
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Text(text) };

/// Where the first of them is, from the root of the site.
pub(crate) const PATH: &str = "asset/search.js";

const SCRIPT: &str = include_str!("../../../templates/asset/search.js");

fn files(site: &Site<'_>) -> Vec<File> {
    let parts = count(site.log);
    let mut files = vec![File::log(PATH)];
    if parts > 1 {
        files.extend((0..parts).map(|at| File { path: part(at), subject: Subject::Group(at) }));
    }
    files
}

fn part(at: usize) -> String {
    format!("asset/search-{at}.js")
}

fn made<'s>(site: &'s Site<'_>) -> &'s Index {
    site.index.get_or_init(|| index(site))
}

fn text(site: &Site<'_>, file: &File) -> String {
    let index = made(site);
    let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
    match file.subject {
        Subject::Group(at) => {
            let data = index.parts.get(at).map(quoted).unwrap_or_default();
            format!("adrSearch({at},{data});\n")
        }
        _ if index.parts.len() > 1 => {
            let files: Vec<String> = (0..index.parts.len()).map(part).collect();
            let files = serde_json::json!(files);
            let head = index.head.strip_suffix('}').unwrap_or_default();
            let script = spare(SCRIPT);
            format!("{script}adrSearch('head',{head},\"files\":{files}}});\n")
        }
        _ => {
            let data = index.parts.first().map_or_else(|| "\"\"".to_owned(), quoted);
            let script = spare(SCRIPT);
            format!("{script}adrSearch('head',{});\nadrSearch(0,{data});\n", index.head)
        }
    }
}
