//! The number of the next record.

use crate::format::number_of;
use crate::model::Log;

/// The number after the highest one in `log` and in `files`, the files of other branches, relative to the log.
/// Gaps are not filled. Files that are not read as records count too if their names begin with a number.
pub fn next_number<'f>(log: &'f Log, files: impl Iterator<Item = &'f str>) -> u32 {
    let records = log.records().iter().filter_map(|record| record.number.as_ref());
    let record_numbers = records.map(|number| number.value.value);
    let skipped_files = log.skipped().iter().map(|skipped| skipped.file.as_str());
    let file_numbers = skipped_files.chain(files).filter_map(leading_number);
    record_numbers.chain(file_numbers).max().unwrap_or(0).saturating_add(1)
}

/// The number in a file's name, unless it is a date, or a placeholder such as 9999 in a template.
fn leading_number(file: &str) -> Option<u32> {
    let text_extensions = ["md", "markdown", "mdx", "adoc", "rst"];
    let is_text_file =
        file.rsplit_once('.').is_some_and(|(_, extension)| text_extensions.contains(&extension));
    let is_template = file.split('/').any(|part| part == "templates");
    let number = number_of(file).filter(|_| is_text_file && !is_template)?;
    Some(number.value).filter(|number| !matches!(number, 999 | 9999))
}
