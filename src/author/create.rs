//! A new record, from a template.

use std::path::Path;

use super::{Filled, Scheme, Template, slug};
use crate::model::{Date, Log, SkipReason};
use crate::text::Change;
use crate::{Refusal, Result};

/// A record that is to be made.
#[derive(Clone, Debug)]
pub struct NewRecord<'n> {
    /// As typed; runs of white space count as one blank.
    pub title: &'n str,
    /// See [`next_number`]. Of no effect where the log counts by dates.
    pub number: u32,
    /// The day of the decision.
    pub date: Date,
    /// The word for its status.
    pub status: &'n str,
    /// What the author has said already.
    pub content: &'n Content,
}

/// What goes into the sections and fields of a record; what is empty is left to the author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Why the decision is due.
    pub context: Option<String>,
    /// What was decided.
    pub decision: Option<String>,
    /// What the decision has to satisfy.
    pub drivers: Vec<String>,
    /// What was weighed.
    pub options: Vec<String>,
    /// What follows.
    pub consequences: Vec<String>,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Who was asked.
    pub consulted: Vec<String>,
    /// Who was told.
    pub informed: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
}

impl Content {
    /// Whether the author has said anything about the decision itself, so that there is a text to
    /// read and not only a form to fill in.
    pub fn has_text(&self) -> bool {
        self.context.is_some()
            || self.decision.is_some()
            || !self.drivers.is_empty()
            || !self.options.is_empty()
            || !self.consequences.is_empty()
    }
}

/// The number after the highest of `log`; gaps are not filled. Files that we do not read count
/// too, where their names begin with a number.
pub fn next_number(log: &Log) -> u32 {
    let records = log.records().iter().filter_map(|record| record.number.as_ref());
    let records = records.map(|number| number.value.value);
    let skipped = log.skipped().iter().filter(|one| one.reason == SkipReason::Markup);
    let skipped = skipped.filter_map(|one| leading_number(&one.file));
    records.chain(skipped).max().unwrap_or(0).saturating_add(1)
}

/// The number that a file's name begins with, unless it is a date.
fn leading_number(file: &str) -> Option<u32> {
    let name = file.rsplit('/').next()?;
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    let digits = name.get(..end).filter(|digits| digits.len() < 8)?;
    digits.parse().ok()
}

/// The file of a new record in `folder`, named by `scheme` and filled in from `template`.
///
/// # Errors
///
/// Where the title is blank, or the template cannot be filled in.
pub fn create(
    new: &NewRecord<'_>,
    folder: &Path,
    scheme: &Scheme,
    template: &Template<'_>,
) -> Result<Change> {
    let title = tidy(new.title);
    if title.is_empty() {
        return Err(Refusal::BlankTitle.into());
    }
    let content = new.content;
    let text = template.fill(&Filled {
        number: scheme.is_numbered().then_some(new.number),
        id: &scheme.id(new.number),
        title: &title,
        date: &new.date.to_string(),
        status: new.status,
        context: content.context.as_deref(),
        decision: content.decision.as_deref(),
        drivers: &content.drivers,
        options: &content.options,
        consequences: &content.consequences,
        deciders: &content.deciders,
        consulted: &content.consulted,
        informed: &content.informed,
        tags: &content.tags,
    })?;
    let path = folder.join(scheme.file_name(new.number, new.date, &slug(&title)));
    Ok(Change::Create { path, text })
}

/// `title` on one line, without control characters.
fn tidy(title: &str) -> String {
    let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
