//! `/search.html`: all decisions from A to Z, and the search.

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::model::RecordId;
use crate::site::plan::Facts;
use crate::site::render::{PageValues, render_parts};
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: Some("nav_search"),
    files: |_| vec![PageFile::log("search.html")],
    fill: PageFill::Long("search.html", values),
};

/// The decisions with titles that start with the same letter.
#[derive(Serialize)]
struct LetterGroup {
    letter: String,
    /// As `_titles.html` renders them.
    records: Value,
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Result<PageValues> {
    let title = |id: RecordId| facts.log.record(id).title_or_file();
    let mut ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
    ids.sort_by_cached_key(|id| (title(*id).to_lowercase(), facts.url(*id)));
    let mut by_letter: Vec<(String, Vec<RecordId>)> = Vec::new();
    for id in ids {
        let letter = first_letter(title(id));
        match by_letter.iter_mut().find(|(other, _)| *other == letter) {
            Some((_, records)) => records.push(id),
            None => by_letter.push((letter, vec![id])),
        }
    }
    let mut values = PageValues::default();
    let template = (file.path.as_str(), "_titles.html");
    let letters = by_letter.into_iter().map(|(letter, ids)| {
        let links = ids.into_iter().map(|id| facts.link(id));
        let titles = render_parts(&facts.templates, template, Context::new(), links)?;
        Ok(LetterGroup { letter, records: values.add_part(titles) })
    });
    let letters = letters.collect::<Result<Vec<_>>>()?;
    values.context.insert("letters", &letters);
    Ok(values)
}

/// The letter under which a title is listed.
fn first_letter(title: &str) -> String {
    match title.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_alphabetic() => c.to_uppercase().to_string(),
        _ => "0–9".to_owned(),
    }
}
