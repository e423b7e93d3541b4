//! `/search.html`: all decisions from A to Z, and the search.

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::model::RecordId;
use crate::site::{File, Fill, Page, Site, Values};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: Some("nav_search"),
    files: |_| vec![File::log("search.html")],
    fill: Fill::Long("search.html", values),
};

/// The decisions whose titles begin with the same letter.
#[derive(Serialize)]
struct Letter {
    letter: String,
    /// As `_titles.html` writes them.
    records: Value,
}

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    let title = |id: RecordId| site.log.record(id).title_or_file();
    let mut all: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    all.sort_by_cached_key(|id| (title(*id).to_lowercase(), site.url(*id)));
    let mut letters: Vec<(String, Vec<RecordId>)> = Vec::new();
    for id in all {
        let letter = letter(title(id));
        match letters.iter_mut().find(|(other, _)| *other == letter) {
            Some((_, records)) => records.push(id),
            None => letters.push((letter, vec![id])),
        }
    }
    let mut values = Values::default();
    let letters = letters.into_iter().map(|(letter, records)| {
        let records = records.into_iter().map(|id| site.reference(id));
        let records = site.parts((file, "_titles.html"), Context::new(), records)?;
        Ok(Letter { letter, records: values.part(records) })
    });
    let letters = letters.collect::<Result<Vec<_>>>()?;
    values.context.insert("letters", &letters);
    Ok(values)
}

/// Below which letter a title stands.
fn letter(title: &str) -> String {
    match title.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_alphabetic() => c.to_uppercase().to_string(),
        _ => "0–9".to_owned(),
    }
}
