//! The addresses of the pages of records.

use super::label::label;
use super::slug::{SECOND, slug};
use crate::model::{Log, Record};
use crate::text::UniqueNames;

/// The address and the label of a record, the same on every page.
#[derive(Debug)]
pub(crate) struct PageAddress {
    /// The address of its page, relative to the root of the site.
    pub url: Box<str>,
    /// `ADR-0042`; `None` for a record without number.
    pub label: Option<Box<str>>,
}

/// The address of a record's page before and after its name.
const FOLDER: &str = "decisions/";
const EXTENSION: &str = ".html";

impl PageAddress {
    /// The name of the page, without folder and extension.
    pub(crate) fn name(&self) -> &str {
        let file_name = self.url.strip_prefix(FOLDER);
        file_name.and_then(|name| name.strip_suffix(EXTENSION)).unwrap_or_default()
    }

    /// The address of another file about the record, relative to the root of the site.
    pub(crate) fn with_extension(&self, extension: &str) -> String {
        [FOLDER, self.name(), ".", extension].concat()
    }
}

/// The addresses of all records, in log order.
pub(crate) fn page_addresses(log: &Log) -> Vec<PageAddress> {
    let address = |(record, name): (&Record, String)| PageAddress {
        url: [FOLDER, &name, EXTENSION].concat().into(),
        label: label(record).map(Into::into),
    };
    log.records().iter().zip(page_names(log)).map(address).collect()
}

/// The names of the pages of all records, without folder and extension.
///
/// A name is the number, because titles change and numbers stay: `0042`. It belongs to the first record with this
/// number, in log order; the others with the same number add words of their file names.
fn page_names(log: &Log) -> Vec<String> {
    let mut taken_names = UniqueNames::default();
    let name = |record: &Record| match (number_name(record), slug(file_stem(record))) {
        (Some(number), _) if taken_names.insert(&number) => number,
        (Some(number), slug) => taken_names.take(format!("{number}-{slug}"), SECOND),
        (None, slug) => taken_names.take(slug, SECOND),
    };
    log.records().iter().map(name).collect()
}

/// The number as names contain it: at least four digits, after the prefix if it is not `ADR`.
fn number_name(record: &Record) -> Option<String> {
    let digits = record.number.as_ref()?.value.padded(4);
    let id = record.id.as_ref().map(|id| id.value.to_lowercase()).unwrap_or_default();
    let prefix: String = id
        .split(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let prefix = prefix.trim_matches('-');
    Some(if prefix.is_empty() || prefix == "adr" { digits } else { format!("{prefix}-{digits}") })
}

/// The file name without extension and number; for `x/README.md`, `x`.
fn file_stem(record: &Record) -> &str {
    let file_name = record.file_name();
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let is_index = stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index");
    let folder = record.file.rsplit('/').nth(1).filter(|_| is_index);
    let stem = folder.unwrap_or(stem);
    match &record.number {
        Some(_) => stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_ .".contains(c)),
        None => stem,
    }
}

/// The path from the page at `path` back to the root of the site: `""` or `"../"`.
pub(crate) fn path_to_root(path: &str) -> &'static str {
    if path.contains('/') { "../" } else { "" }
}
