//! The number of the next record.

use crate::format::number_of;
use crate::model::Log;

/// The number after the highest of `log` and of `files`, which are those of other branches,
/// relative to the log; gaps are not filled. Files that we do not read count too, where their
/// names begin with a number.
pub fn next_number<'f>(log: &'f Log, files: impl Iterator<Item = &'f str>) -> u32 {
    let records = log.records().iter().filter_map(|record| record.number.as_ref());
    let records = records.map(|number| number.value.value);
    let skipped = log.skipped().iter().map(|one| one.file.as_str());
    let named = skipped.chain(files).filter_map(leading_number);
    records.chain(named).max().unwrap_or(0).saturating_add(1)
}

/// The number of a file by its name, unless it is a date, or nines as templates have them.
fn leading_number(file: &str) -> Option<u32> {
    let text = ["md", "markdown", "mdx", "adoc", "rst"];
    let is_text = file.rsplit_once('.').is_some_and(|(_, end)| text.contains(&end));
    let number = number_of(file).filter(|_| is_text && !file.split('/').any(is_template_folder))?;
    Some(number.value).filter(|number| !matches!(number, 999 | 9999))
}

fn is_template_folder(part: &str) -> bool {
    part == "templates"
}
