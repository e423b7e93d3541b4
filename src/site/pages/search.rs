//! `/search.html`: all decisions from A to Z, and the search.

use serde::Serialize;
use tera::Context;

use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: Some("nav_search"),
    files: |_| vec![File::log("search.html")],
    fill: Fill::Template("search.html", values),
};

/// The decisions whose titles begin with the same letter.
#[derive(Serialize)]
struct Letter {
    letter: String,
    records: Vec<Reference>,
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let mut all = site.references(site.log.iter().map(|(id, _)| id));
    all.sort_by_cached_key(|one| (one.title.to_lowercase(), one.url.clone()));
    let mut letters: Vec<Letter> = Vec::new();
    for record in all {
        let first = record.title.chars().find(|c| c.is_alphanumeric());
        let letter = match first {
            Some(c) if c.is_alphabetic() => c.to_uppercase().to_string(),
            _ => "0–9".to_owned(),
        };
        match letters.iter_mut().find(|other| other.letter == letter) {
            Some(group) => group.records.push(record),
            None => letters.push(Letter { letter, records: vec![record] }),
        }
    }
    let mut context = Context::new();
    context.insert("letters", &letters);
    context
}
