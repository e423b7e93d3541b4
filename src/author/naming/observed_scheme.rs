//! The scheme that the files of a log follow, so that new files are named like the existing ones.

use std::collections::BTreeMap;

use super::scheme::{NamePart, Scheme};
use crate::format::{naming, slug_in};
use crate::model::{FileName, Log, Record, Stamp};

/// What the names of records are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NameOrder {
    /// By nothing: the names are words only.
    Words,
    Date,
    Number,
}

/// A record, with the scheme that its name follows.
struct NamedRecord<'r> {
    record: &'r Record,
    order: NameOrder,
    scheme: Scheme,
}

impl Scheme {
    /// The scheme that the newest files of `log` follow; the default for an empty log, and if no scheme is
    /// recognised.
    pub fn of(log: &Log) -> Self {
        let observe = |record| {
            let scheme = Self::of_record(record)?;
            Some(NamedRecord { record, order: scheme.order(), scheme })
        };
        let all_records: Vec<NamedRecord<'_>> = log.records().iter().filter_map(observe).collect();
        let Some(order) = usual_order(&all_records) else { return Self::default() };
        let same_order: Vec<&NamedRecord<'_>> =
            all_records.iter().filter(|one| one.order == order).collect();
        let folder = usual_folder(&same_order);
        let mut peers: Vec<&NamedRecord<'_>> =
            same_order.iter().filter(|one| one.scheme.folder == folder).copied().collect();
        if peers.is_empty() {
            peers = same_order;
        }
        let number = |one: &&&NamedRecord<'_>| match order {
            NameOrder::Number => one.record.number.as_ref().map(|number| number.value.value),
            _ => None,
        };
        let Some(newest) = peers.iter().max_by_key(number) else { return Self::default() };
        let mut scheme = Self { folder, ..newest.scheme.clone() };
        for part in &mut scheme.parts {
            match part {
                NamePart::Number(width) => *width = usual_width(&peers),
                NamePart::Slug(separator) => {
                    *separator = usual_separator(&peers).unwrap_or(*separator);
                }
                _ => {}
            }
        }
        scheme
    }

    /// The scheme that the file of one record follows.
    fn of_record(record: &Record) -> Option<Self> {
        let file = record.file.as_str();
        let file_name = FileName::read(file);
        let mut parts = name_parts(&file_name)?;
        // Digits that were not read as a number are part of the words.
        if record.number.is_none() && parts.iter().any(|part| matches!(part, NamePart::Number(_))) {
            parts = vec![slug_part(naming(file).of(file))];
        }
        let folder = folder_parts(file_name.folders);
        Some(Self { folder, parts, ending: file_name.end.to_owned() })
    }

    fn order(&self) -> NameOrder {
        if self.is_numbered() {
            NameOrder::Number
        } else if self.parts.iter().chain(&self.folder).any(|part| *part == NamePart::Year) {
            NameOrder::Date
        } else {
            NameOrder::Words
        }
    }
}

/// What most names are ordered by; `None` if the log shows no order.
fn usual_order(records: &[NamedRecord<'_>]) -> Option<NameOrder> {
    let count = |order| records.iter().filter(|one| one.order == order).count();
    match (count(NameOrder::Number), count(NameOrder::Date), count(NameOrder::Words)) {
        // A single name of words only may belong to a page about the log.
        (0, 0, 0 | 1) => None,
        (numbers, dates, words) if words > numbers.max(dates) => Some(NameOrder::Words),
        (numbers, dates, _) if dates > numbers => Some(NameOrder::Date),
        _ => Some(NameOrder::Number),
    }
}

/// The folder of new records: the folder that holds all records, or the year's folder if most records are in
/// folders of years; else the log's own folder. A folder with another name may hold a subject or a status, which
/// the name does not show.
fn usual_folder(records: &[&NamedRecord<'_>]) -> Vec<NamePart> {
    let mut counts: Vec<(&[NamePart], usize)> = Vec::new();
    for record in records {
        let folder = record.scheme.folder.as_slice();
        match counts.iter_mut().find(|(counted, _)| *counted == folder) {
            Some((_, count)) => *count += 1,
            None => counts.push((folder, 1)),
        }
    }
    let usual = counts.into_iter().find(|(folder, count)| {
        *count == records.len() || folder.contains(&NamePart::Year) && count * 2 > records.len()
    });
    usual.map_or_else(Vec::new, |(folder, _)| folder.to_vec())
}

/// The smallest number of digits: the usual width of numbers that are padded with zeros.
fn usual_width(records: &[&NamedRecord<'_>]) -> usize {
    let mut width_counts: BTreeMap<usize, usize> = BTreeMap::new();
    for record in records {
        let digits = FileName::read(&record.record.file).digits;
        if digits.len() > 1 && digits.starts_with('0') {
            *width_counts.entry(digits.len()).or_default() += 1;
        }
    }
    width_counts.into_iter().max_by_key(|(_, count)| *count).map_or(1, |(width, _)| width)
}

/// The separator between two words of most names.
fn usual_separator(records: &[&NamedRecord<'_>]) -> Option<char> {
    let files = records.iter().map(|one| one.record.file.as_str());
    let slugs: Vec<&str> = files.filter_map(|file| Some(slug_in(file)?.of(file))).collect();
    let count = |separator: &char| slugs.iter().filter(|slug| slug.contains(*separator)).count();
    let used_separators = ['-', '_', ' '].into_iter().rev().filter(|mark| count(mark) > 0);
    used_separators.max_by_key(count)
}

/// The folders of a path, with years and months recognised.
fn folder_parts(folders: &str) -> Vec<NamePart> {
    let mut parts: Vec<NamePart> = Vec::new();
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_year =
            |text: &str| is_number(text) && text.len() == 4 && text.starts_with(['1', '2']);
        let is_month = |text: &str| is_number(text) && text.len() == 2;
        match folder.split_once('-') {
            Some((year, month)) if is_year(year) && is_month(month) => {
                parts.extend([NamePart::Year, NamePart::Text("-".to_owned()), NamePart::Month]);
            }
            None if is_year(folder) => parts.push(NamePart::Year),
            None if is_month(folder) && parts.contains(&NamePart::Year) => {
                parts.push(NamePart::Month);
            }
            _ => parts.push(NamePart::Text(folder.to_owned())),
        }
        parts.push(NamePart::Text("/".to_owned()));
    }
    parts
}

/// The parts of a name; `None` if nothing separates the words from the number.
fn name_parts(name: &FileName<'_>) -> Option<Vec<NamePart>> {
    let text_part = |text: &str| NamePart::Text(text.to_owned());
    if name.stamp.is_none() && name.digits.is_empty() {
        return Some(vec![slug_part(name.words)]);
    }
    let mut parts = Vec::new();
    parts.extend((!name.prefix.is_empty()).then(|| text_part(name.prefix)));
    parts.extend(name.stamp.iter().flat_map(date_parts));
    parts.extend((!name.gap.is_empty()).then(|| text_part(name.gap)));
    parts.extend((!name.digits.is_empty()).then_some(NamePart::Number(name.digits.len())));
    if !name.letter.is_empty() || name.separator.is_empty() != name.words.is_empty() {
        return None;
    }
    if !name.words.is_empty() {
        parts.extend([text_part(name.separator), slug_part(name.words)]);
    }
    Some(parts)
}

fn slug_part(words: &str) -> NamePart {
    let separator = ['-', '_', ' '].into_iter().find(|mark| words.contains(*mark));
    NamePart::Slug(separator.unwrap_or('-'))
}

fn date_parts(stamp: &Stamp<'_>) -> Vec<NamePart> {
    let separator = stamp.mark.map(|mark| NamePart::Text(mark.to_string()));
    let mut parts = vec![NamePart::Year];
    parts.extend(separator.clone());
    parts.push(NamePart::Month);
    parts.extend(separator);
    parts.push(NamePart::Day);
    parts.extend((stamp.clock > 0).then_some(NamePart::Clock(stamp.clock)));
    parts
}

#[cfg(test)]
mod tests {
    use crate::author::Scheme;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Date, Log};
    use crate::text::Source;

    fn next(files: &[&str]) -> String {
        let words = Words::new(std::iter::empty());
        let text = "# Use Go\n\n## Status\n\nAccepted\n\n## Context\n\nx\n";
        let read = |file: &&str| match recognise(Source::new(*file, text), file, &words) {
            Recognised::Record(record) => record,
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        };
        let log = Log::new(files.iter().map(read).collect(), vec![]);
        Scheme::of(&log).file_name(12, Date::day(2026, 3, 9).unwrap(), "use-rust")
    }

    #[test]
    fn new_numbers_have_the_usual_prefix_and_width() {
        assert_eq!(next(&[]), "0012-use-rust.md");
        assert_eq!(next(&["0007-a.md"]), "0012-use-rust.md");
        assert_eq!(next(&["009-a.md", "010-b.md"]), "012-use-rust.md");
        assert_eq!(next(&["9-a.md", "10-b.md"]), "12-use-rust.md");
        assert_eq!(next(&["0005-a.md", "0006-b.md", "007-c.md"]), "0012-use-rust.md");
        assert_eq!(next(&["ODH-ADR-0007-a.md"]), "ODH-ADR-0012-use-rust.md");
        assert_eq!(next(&["ADR046-a.md"]), "ADR012-use-rust.md");
        assert_eq!(next(&["0003.a.md"]), "0012.use-rust.md");
        assert_eq!(next(&["ADR 0001 - a b.md"]), "ADR 0012 - use rust.md");
        assert_eq!(next(&["0001_a_b.md", "0002_c.md", "0003_a_c.md"]), "0012_use_rust.md");
    }

    #[test]
    fn names_without_words_get_no_words() {
        assert_eq!(next(&["adr-63.md", "adr-64.md"]), "adr-12.md");
        assert_eq!(next(&["ADR-003.md"]), "ADR-012.md");
    }

    #[test]
    fn dates_keep_their_format() {
        assert_eq!(next(&["20240501-a.md"]), "20260309-use-rust.md");
        assert_eq!(next(&["2024-05-01-a.md"]), "2026-03-09-use-rust.md");
        assert_eq!(next(&["2024_05_01_a_b.md"]), "2026_03_09_use_rust.md");
        assert_eq!(next(&["2024.05.01-a.md"]), "2026.03.09-use-rust.md");
        assert_eq!(next(&["adr-2024-05-01-a.md"]), "adr-2026-03-09-use-rust.md");
        assert_eq!(next(&["20240501123000-a.md"]), "20260309000000-use-rust.md");
        assert_eq!(
            next(&["2024-05-01-a.md", "2024-05-02-b.md", "0001-c.md"]),
            "2026-03-09-use-rust.md"
        );
    }

    #[test]
    fn new_records_are_in_the_usual_folder() {
        assert_eq!(next(&["2024/0001-a.md", "2025/0002-b.md"]), "2026/0012-use-rust.md");
        assert_eq!(next(&["2025/2025-05-01-a.md"]), "2026/2026-03-09-use-rust.md");
        assert_eq!(next(&["2025/05/0001-a.md"]), "2026/03/0012-use-rust.md");
        assert_eq!(next(&["2025-05/0001-a.md"]), "2026-03/0012-use-rust.md");
        assert_eq!(next(&["backend/0001-a.md", "backend/0002-b.md"]), "backend/0012-use-rust.md");
        assert_eq!(next(&["a/0001-a.md", "b/0002-b.md"]), "0012-use-rust.md");
        assert_eq!(next(&["0001-a/README.md", "0002-b/README.md"]), "0012-use-rust/README.md");
        assert_eq!(next(&["2024-05-01-a/index.md"]), "2026-03-09-use-rust/index.md");
        assert_eq!(next(&["0001-a.markdown"]), "0012-use-rust.markdown");
    }

    #[test]
    fn names_may_consist_of_words_only() {
        assert_eq!(next(&["use-go.md", "use-c.md"]), "use-rust.md");
        assert_eq!(next(&["use-go.md", "0003-use-c.md"]), "0012-use-rust.md");
        assert_eq!(next(&["use-go.md", "4-day-week.md", "use-c.md"]), "use-rust.md");
        assert_eq!(next(&["use-go.md"]), "0012-use-rust.md");
    }
}
