//! The files of a site, one kind per module.
//!
//! To add one: copy a module, put its template into `templates/site/`, then name the module twice below. A
//! test fails for a module that is not listed. The navigation has the same order.

use super::Page;

mod badge;
mod changes;
mod data;
mod feed;
mod graph;
mod graph_file;
mod health;
mod index;
mod llms;
mod not_found;
mod people;
mod person;
mod print;
mod record;
mod record_data;
mod record_source;
mod script;
mod search;
mod search_data;
mod sitemap;
mod status;
mod style;
mod tag;
mod tags;
mod timeline;

pub(super) use health::PATH as HEALTH;
pub(super) use not_found::PATH as NOT_FOUND;
pub(super) use print::{PATH as PRINT, PrintSheet, PrintedRecord, print_sheets};
pub(super) use script::{list_path as list_script_path, path as script_path};
pub(super) use search_data::{
    PATH as SEARCH_DATA, files as search_files, pieces as search_file_pieces,
};
pub(super) use style::{extra_style_path, path as style_path};

/// Every kind of file.
pub(super) static PAGES: &[&Page] = &[
    &index::PAGE,
    &changes::PAGE,
    &timeline::PAGE,
    &graph::PAGE,
    &graph_file::PAGE,
    &tags::PAGE,
    &people::PAGE,
    &search::PAGE,
    &record::PAGE,
    &status::PAGE,
    &tag::PAGE,
    &person::PAGE,
    &health::PAGE,
    &print::PAGE,
    &not_found::PAGE,
    &data::PAGE,
    &record_data::PAGE,
    &record_source::PAGE,
    &llms::PAGE,
    &badge::PAGE,
    &feed::PAGE,
    &sitemap::PAGE,
    &style::PAGE,
    &script::PAGE,
    &search_data::PAGE,
];

#[cfg(test)]
mod tests {
    use super::PAGES;
    use crate::site::PageFill;
    use crate::site::render::TEMPLATES;

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/site/pages");
        let files = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
        let files = files.filter(|file| file.as_ref().unwrap().file_name() != "mod.rs");
        assert_eq!(PAGES.len(), files.count());
    }

    #[test]
    fn every_page_has_its_template() {
        for page in PAGES {
            if let PageFill::Template(name, _) | PageFill::PageList(name, _) = page.fill {
                assert!(TEMPLATES.iter().any(|(other, _)| *other == name), "{name}");
            }
        }
    }
}
